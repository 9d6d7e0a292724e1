// SPDX-License-Identifier: MPL-2.0
#include "templating/automatic_styles.hpp"

#include "templating/compile.hpp"
#include "templating/dom.hpp"

#include <set>

namespace engross::templating {

using pugi::xml_node;

xml_node AutomaticStyles::of(xml_node paragraph) const {
  return m_styles.find_child_by_attribute("style:style", "style:name",
                                          paragraph.attribute("text:style-name").value());
}

std::string AutomaticStyles::named_style(xml_node paragraph) const {
  const xml_node automatic = of(paragraph);
  return automatic ? automatic.attribute("style:parent-style-name").value()
                   : paragraph.attribute("text:style-name").value();
}

namespace {

constexpr int k_most_parents = 64;

/// What one style says; \p decided is set where it says so, be it that there is no break.
void read_break(xml_node style, AutomaticStyles::Break& out, bool& decided) {
  if (out.master_page.empty()) out.master_page = style.attribute("style:master-page-name").value();
  const xml_node properties = style.child("style:paragraph-properties");
  const pugi::xml_attribute before = properties.attribute("fo:break-before");
  const pugi::xml_attribute after = properties.attribute("fo:break-after");
  if (decided || (!before && !after)) return;
  decided = true;
  // What ended a page is gone, so what follows begins one.
  for (const pugi::xml_attribute one : {before, after})
    if (out.before.empty() && std::string_view(one.value()) != "auto") out.before = one.value();
}

} // namespace

const char* carrier_style_attribute(xml_node node) {
  return named(node, "table:table") ? "table:style-name" : "text:style-name";
}

const AutomaticStyles::Break& AutomaticStyles::named_break(const std::string& name) const {
  const auto [at, is_new] = m_named_breaks.emplace(name, Break());
  if (!is_new) return at->second;
  bool decided = false;
  std::string parent = name;
  for (int i = 0; i < k_most_parents && !parent.empty(); ++i) {
    const xml_node style = m_named.find_child([&](xml_node node) {
      return parent == node.attribute("style:name").value() &&
             std::string_view(node.attribute("style:family").value()) == "paragraph";
    });
    read_break(style, at->second, decided);
    parent = style.attribute("style:parent-style-name").value();
  }
  return at->second;
}

AutomaticStyles::Break AutomaticStyles::break_of(xml_node paragraph) const {
  const xml_node style = of(paragraph);
  if (!style) return named_break(paragraph.attribute("text:style-name").value());
  Break out;
  bool decided = false;
  read_break(style, out, decided);
  const Break& inherited = named_break(style.attribute("style:parent-style-name").value());
  if (out.master_page.empty()) out.master_page = inherited.master_page;
  if (!decided) out.before = inherited.before;
  return out;
}

xml_node AutomaticStyles::hand_on_break(xml_node carrier, std::string& before) {
  const Break begun = break_of(carrier);
  if (begun.empty()) return {};
  xml_node next;
  for (xml_node from = carrier; !next;) {
    next = from.next_sibling();
    while (next && (is_tag(next) || is_text(next))) next = next.next_sibling();
    if (next) break;
    from = from.parent();
    if (!starts_with(from, "text:list") && !named(from, "text:section")) return {};
  }
  next = first_block(next);
  before = next.attribute(carrier_style_attribute(next)).value();
  if (before.empty() && is_paragraph(next)) before = "Standard"; // as Writer has it
  // What begins a page by its own style does so in each pass of a loop.
  if (is_paragraph(next) && !of(next) && !named_break(before).before.empty()) return {};
  return give_break(next, begun);
}

xml_node AutomaticStyles::first_block(xml_node next) {
  while (named(next, "text:list") || named(next, "text:list-item") || named(next, "text:section"))
    next = next.find_child([](xml_node n) { return n.type() == pugi::node_element && !is_tag(n); });
  return next;
}

xml_node AutomaticStyles::give_break(xml_node next, const Break& given) {
  if (given.empty()) return {};
  next = first_block(next);
  const bool table = named(next, "table:table");
  if (!is_paragraph(next) && !table) return {};
  const char* attribute = carrier_style_attribute(next);
  pugi::xml_attribute style_name = next.attribute(attribute);
  // It begins a page already, in the first pass of its loop.
  if (*style_name.value() == k_attribute_tag_begin) return next;
  xml_node style =
      m_styles.find_child_by_attribute("style:style", "style:name", style_name.value());
  if (style) {
    style = m_styles.append_copy(style);
  } else {
    style = m_styles.append_child("style:style");
    style.append_attribute("style:name");
    style.append_attribute("style:family") = table ? "table" : "paragraph";
    if (style_name) style.append_attribute("style:parent-style-name") = style_name.value();
  }
  std::string name;
  do name = "EB" + std::to_string(++m_breaks);
  while (m_styles.find_child_by_attribute("style:name", name.c_str()));
  m_given.insert(name);
  style.attribute("style:name").set_value(name.c_str());
  if (!given.master_page.empty() && !style.attribute("style:master-page-name"))
    style.append_attribute("style:master-page-name") = given.master_page.c_str();
  if (!given.before.empty()) {
    const char* kind = table ? "style:table-properties" : "style:paragraph-properties";
    xml_node properties = style.child(kind);
    if (!properties) properties = style.prepend_child(kind);
    pugi::xml_attribute own = properties.attribute("fo:break-before");
    if (!own) own = properties.append_attribute("fo:break-before");
    if (*own.value() == '\0' || std::string_view(own.value()) == "auto")
      own.set_value(given.before.c_str());
    // Writer, which writes it where a break was taken away, reads it as no break at all.
    if (std::string_view(properties.attribute("fo:break-after").value()) == "auto")
      properties.remove_attribute("fo:break-after");
  }
  if (!style_name) style_name = next.append_attribute(attribute);
  style_name.set_value(name.c_str());
  return next;
}

void AutomaticStyles::drop_unused(xml_node root) {
  if (!m_styles) return;
  std::set<std::string_view> used;
  walk(root, [&](xml_node node) {
    for (pugi::xml_attribute a : node.attributes())
      if (std::string_view(a.name()).ends_with("style-name")) used.insert(a.value());
    return true;
  });
  for (xml_node style = m_styles.first_child(); style;) {
    const xml_node next = style.next_sibling();
    const std::string_view family = style.attribute("style:family").value();
    if (named(style, "style:style") && (family == "paragraph" || family == "text") &&
        !used.contains(style.attribute("style:name").value()) &&
        !m_given.contains(style.attribute("style:name").value()))
      m_styles.remove_child(style);
    style = next;
  }
}
} // namespace engross::templating
