// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/kept_layout.hpp"

#include "letterhead/house/length.hpp"
#include "letterhead/house/wide.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace engross::letterhead {

namespace {

pugi::xml_node named_styles(const odf::Document& document) {
  return document.styles.document_element().child("office:styles");
}

void renumber(pugi::xml_node level, const pugi::xml_node& old) {
  for (pugi::xml_attribute attribute = level.first_attribute(); attribute;) {
    const pugi::xml_attribute next = attribute.next_attribute();
    if (is_of_number(attribute.name()) && !old.attribute(attribute.name()))
      level.remove_attribute(attribute);
    attribute = next;
  }
  for (const pugi::xml_attribute& attribute : old.attributes())
    if (is_of_number(attribute.name())) set_attribute(level, attribute.name(), attribute.value());
}

using Lengths = std::map<std::string, std::string>;

Lengths read(const pugi::xml_node& properties) {
  Lengths out;
  for (const char* name :
       {"fo:page-width", "fo:page-height", "fo:margin-left", "fo:margin-right"}) {
    const bool is_margin = std::string_view(name).starts_with("fo:margin");
    out[name] =
        attribute_of(properties, is_margin && !properties.attribute(name) ? "fo:margin" : name);
  }
  return out;
}

Lengths measures(const MasterPages& masters) {
  return read(masters.pages[masters.continuation].layout.child("style:page-layout-properties"));
}

} // namespace

ListNumbers::ListNumbers(const Subject& subject) {
  const std::set<std::string> used = lists_in_use(subject);
  for (const pugi::xml_node& list : named_styles(subject.document).children("text:list-style"))
    if (used.contains(list.attribute("style:name").value())) m_old.append_copy(list);
}

void ListNumbers::put_back(odf::Document& document) const {
  for (const pugi::xml_node& old : m_old.children()) {
    const pugi::xml_node list = named_styles(document).find_child_by_attribute(
        "text:list-style", "style:name", old.attribute("style:name").value());
    for (const pugi::xml_node& level : old.children())
      if (pugi::xml_node ours = list.find_child_by_attribute(level.name(), "text:level",
                                                             level.attribute("text:level").value()))
        renumber(ours, level);
  }
}

OwnWidth::OwnWidth(const Subject& subject, const Reference& reference) {
  const std::vector<WideObject> wide = wide_objects(subject, reference);
  if (std::none_of(wide.begin(), wide.end(), [](const WideObject& w) { return w.is_pushed_off; }))
    return;
  m_kept = measures(subject.masters);
  m_replaced = measures(reference.masters());
}

void OwnWidth::put_back(odf::Document& document) const {
  if (m_kept.empty()) return;
  pugi::xml_node layouts = document.styles.document_element().child("office:automatic-styles");
  for (const pugi::xml_node& layout : layouts.children("style:page-layout")) {
    pugi::xml_node properties = layout.child("style:page-layout-properties");
    if (read(properties) != m_replaced) continue;
    for (const auto& [name, value] : m_kept) set_attribute(properties, name.c_str(), value);
  }
}

OwnPages::OwnPages(const Subject& subject)
    : m_names(page_names(subject.document.content)), m_added(subject.document.added),
      m_dropped(subject.document.dropped) {
  const pugi::xml_node root = subject.document.styles.document_element();
  m_pages.append_copy(root.child("office:master-styles"));
  m_automatic.append_copy(root.child("office:automatic-styles"));
}

bool OwnPages::put_back(odf::Document& document) const {
  if (page_names(document.content) != m_names) return false;
  pugi::xml_node root = document.styles.document_element();
  for (const pugi::xml_document* old : {&m_automatic, &m_pages}) {
    if (!old->first_child()) continue;
    const pugi::xml_node replaced = root.child(old->first_child().name());
    if (!replaced) return false;
    root.insert_copy_before(old->first_child(), replaced);
    root.remove_child(replaced);
  }
  // The letterhead's styles may name a page of theirs, which is not here.
  const auto has_page = [&](std::string_view name) {
    const pugi::xml_node pages = root.child("office:master-styles");
    return static_cast<bool>(pages.find_child(
        [&](const pugi::xml_node& page) { return page.attribute("style:name").value() == name; }));
  };
  for (const pugi::xml_node& style : root.child("office:styles").children("style:style"))
    if (const std::string_view name = style.attribute("style:master-page-name").value();
        !name.empty() && !has_page(name))
      return false;
  document.added = m_added;
  document.dropped = m_dropped;
  return true;
}

std::vector<std::string> OwnPages::page_names(const pugi::xml_document& content) {
  std::vector<std::string> out;
  walk(content.document_element(), [&](const pugi::xml_node& node) {
    for (const char* name : {"style:master-page-name", "text:master-page-name"})
      if (const pugi::xml_attribute page = node.attribute(name)) out.emplace_back(page.value());
    return true;
  });
  return out;
}

std::optional<odf::Document> on_allowed_paper(const Subject& subject, const House& house,
                                              const Reference& reference) {
  const auto paper_of = [](const MasterPages& masters) {
    const PageMeasures m = measures_of(masters.pages[masters.continuation]);
    return std::pair{m.width, m.height};
  };
  const auto is_same = [](const auto& a, const auto& b) {
    return same_length(a.first, b.first) && same_length(a.second, b.second);
  };
  if (subject.masters.continuation == MasterPages::npos) return std::nullopt;
  const auto is = paper_of(subject.masters);
  const auto letterheads = paper_of(reference.masters());
  const bool is_allowed = std::any_of(house.papers.begin(), house.papers.end(),
                                      [&](const auto& paper) { return is_same(paper, is); });
  if (!is_allowed || is_same(is, letterheads)) return std::nullopt;
  const odf::Document& from = reference.subject().document;
  odf::Document out(from.package);
  out.content.reset(from.content);
  out.styles.reset(from.styles);
  out.meta.reset(from.meta);
  out.added = from.added;
  out.added_folders = from.added_folders;
  const pugi::xml_node own = subject.masters.pages[subject.masters.continuation].layout.child(
      "style:page-layout-properties");
  const std::array lengths = {own.attribute("fo:page-width"), own.attribute("fo:page-height")};
  for (const pugi::xml_node& layout : out.styles.document_element()
                                          .child("office:automatic-styles")
                                          .children("style:page-layout")) {
    const pugi::xml_node properties = layout.child("style:page-layout-properties");
    pugi::xml_attribute width = properties.attribute("fo:page-width");
    pugi::xml_attribute height = properties.attribute("fo:page-height");
    const std::pair size = {points_of(width.value()).value_or(0),
                            points_of(height.value()).value_or(0)};
    const bool is_upright = is_same(size, letterheads);
    if (!is_upright && !is_same(std::pair{size.second, size.first}, letterheads)) continue;
    width.set_value(lengths[is_upright ? 0 : 1].value());
    height.set_value(lengths[is_upright ? 1 : 0].value());
  }
  return out;
}

} // namespace engross::letterhead
