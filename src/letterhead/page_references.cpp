// SPDX-License-Identifier: MPL-2.0
#include "letterhead/page_references.hpp"

#include "letterhead/tree.hpp"

#include <utility>

namespace engross::letterhead {

namespace {

/// A use of a page style that a person should see.
struct Trouble {
  Code code{};
  std::string page;
};
using Troubles = std::unordered_map<std::size_t, Trouble>; // hash of the element

Findings report(const odf::Document& letter, const Troubles& troubles) {
  Findings findings;
  if (troubles.empty()) return findings;
  int paragraph = 0;
  walk(letter.content.document_element(), [&](const pugi::xml_node& node) {
    const bool is_table = std::string_view(node.name()) == "table:table";
    if (is_paragraph(node.name())) ++paragraph;
    if (const auto it = troubles.find(node.hash_value()); it != troubles.end()) {
      Place place;
      place.file = letter.package.name();
      place.part = "content.xml";
      place.paragraph = is_table ? paragraph + 1 : paragraph;
      place.excerpt = excerpt_of(node);
      findings.push_back(make_finding(it->second.code, std::move(place), {it->second.page}));
    }
    return true;
  });
  return findings;
}

/// What can begin a page, when nothing that is printed stands before it.
struct Opening {
  pugi::xml_node element;
  bool on_letter_page = false; ///< it names a page whose place the letter's page takes
};

/// How the text uses master pages.
struct Flow {
  std::vector<Opening> openings;
  NameSet used_later; ///< styles, and their ancestors, of what stands further on
  Troubles troubles;
};

Flow read_flow(const odf::Document& letter, const PagePlan& plan, const StyleIndex& index) {
  Flow flow;
  MasterPageResolver resolver(index);
  const MasterPages& pages = plan.letter();
  NameSet told;
  const auto is_letter_page = [&](const std::string& name) {
    const std::size_t i = pages.find(name);
    return i == MasterPages::npos || pages.pages[i].role == Role::first ||
           pages.pages[i].role == Role::continuation;
  };
  // A page style begins anew, with its first header, only after another one. So does a letter
  // behind a cover sheet or an envelope.
  bool is_behind_envelope =
      pages.start != MasterPages::npos && is_envelope(pages.pages[pages.start]);
  const auto begins_letter = [&](std::size_t i) {
    return pages.pages[i].role == Role::first || is_first_page_name(pages.pages[i].name) ||
           (i != pages.start && std::exchange(is_behind_envelope, false));
  };
  for_each_flow_element(letter.content, [&](const pugi::xml_node& element, bool opening) {
    const auto [space, style] = flow_style(element);
    const std::string& page = resolver.master_page(space, style);
    if (opening) flow.openings.push_back({element, !page.empty() && is_letter_page(page)});
    std::string_view name = opening ? std::string_view() : style;
    while (!name.empty() && flow.used_later.insert(style_key(space, name)).second) {
      name = attribute_of(index.find(space, name), "style:parent-style-name");
    }
    if (page.empty()) return;
    const std::size_t i = pages.find(page);
    if (i == MasterPages::npos && page != k_main_page && told.insert(page).second)
      flow.troubles[element.hash_value()] = {Code::unknown_page_style, shown_name(page)};
    if (!opening && i != MasterPages::npos && begins_letter(i))
      flow.troubles[element.hash_value()] = {Code::first_page_again,
                                             shown_name(pages.pages[i].node)};
  });
  return flow;
}

/// Whether the style's reference changed.
bool rewrite_style(const pugi::xml_node& style, const PagePlan& plan, const NameSet& used_later) {
  pugi::xml_attribute page = style.attribute("style:master-page-name");
  if (!page || *page.value() == '\0') return false;
  const std::string key = style_key(definition_space(style), definition_name(style).value());
  const std::string name = plan.letter_page(page.value(), used_later.count(key) != 0);
  if (name == page.value()) return false;
  page.set_value(name.c_str());
  return true;
}

/// A style that begins the letter and is also used further on means two things now.
void split_opening_styles(odf::Document& letter, const std::vector<Opening>& openings,
                          const StyleIndex& index) {
  pugi::xml_node root = letter.content.document_element();
  MasterPageResolver resolver(index);
  std::unordered_map<std::string, std::string> split;
  const auto free_name = [&](Space space, const std::string& base) {
    std::string name = base;
    const auto is_taken = [&] {
      const std::string key = style_key(space, name);
      if (index.automatic.count(key) != 0 || index.named.count(key) != 0) return true;
      for (const auto& [old, fresh] : split) {
        if (fresh == name) return true;
      }
      return false;
    };
    for (int n = 1; is_taken(); ++n) name = base + "_" + std::to_string(n);
    return name;
  };
  for (const Opening& opening : openings) {
    const auto [space, name] = flow_style(opening.element);
    if (!opening.on_letter_page || resolver.master_page(space, name) == k_main_page) continue;
    const std::string key = style_key(space, name);
    auto known = split.find(key);
    if (known == split.end()) {
      pugi::xml_node automatic = ensure_child(root, "office:automatic-styles", {"office:body"});
      const auto old = index.automatic.find(key);
      const bool is_copy = old != index.automatic.end();
      pugi::xml_node style;
      if (is_copy) {
        style = automatic.insert_copy_after(old->second, old->second);
      } else {
        style = automatic.append_child("style:style");
        set_attribute(style, "style:family", space == Space::table ? "table" : "paragraph");
        set_attribute(style, "style:parent-style-name", name);
      }
      const std::string fresh = free_name(space, is_copy ? std::string(name) : "P");
      set_attribute(style, "style:name", fresh);
      set_attribute(style, "style:master-page-name", k_main_page);
      known = split.emplace(key, fresh).first;
    }
    set_attribute(opening.element, space == Space::table ? "table:style-name" : "text:style-name",
                  known->second);
    letter.content_changed = true;
  }
}

} // namespace

Findings rewrite_page_references(odf::Document& letter, const PagePlan& plan,
                                 const StyleImport& styles) {
  const pugi::xml_node root = letter.content.document_element();
  StyleIndex index;
  add_definitions(index.automatic, root.child("office:automatic-styles"));
  index.named = styles.index().named;

  const Flow flow = read_flow(letter, plan, index);
  Findings findings = report(letter, flow.troubles);
  for (const pugi::xml_node& style : root.child("office:automatic-styles").children()) {
    if (rewrite_style(style, plan, flow.used_later)) letter.content_changed = true;
  }
  for (const pugi::xml_node& style : styles.named().children("style:style")) {
    if (!styles.is_letterheads(style)) rewrite_style(style, plan, flow.used_later);
  }
  std::string name;
  const auto follow = [&](Space space, std::string_view page) -> const std::string* {
    if (space != Space::master_page) return nullptr;
    name = plan.letter_page(std::string(page), true);
    return &name;
  };
  if (rewrite_references(root.child("office:body"), follow)) letter.content_changed = true;
  split_opening_styles(letter, flow.openings, index);
  return findings;
}

} // namespace engross::letterhead
