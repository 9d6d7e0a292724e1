// SPDX-License-Identifier: MPL-2.0
#include "letterhead/main_page.hpp"

#include "letterhead/tree.hpp"

#include <array>
#include <string>
#include <utility>

namespace engross::letterhead {

namespace {

/// The header or footer `name` of a master page; made, empty, if it is not there or not shown.
pugi::xml_node ensure_area(pugi::xml_node page, const std::string& name) {
  if (const pugi::xml_node there = shown(page, name.c_str())) return there;
  while (page.remove_child(name.c_str())) {
  }
  // ODF 1.3 part 3, 16.9: headers before footers, left and first ones behind the plain one.
  const bool is_header = name.starts_with("style:header");
  const std::string plain = is_header ? "style:header" : "style:footer";
  pugi::xml_node before;
  if (name == plain) {
    before = is_header ? pugi::xml_node() : page.child("style:header-first");
    if (!is_header && !before) before = page.child("style:header-left");
    if (!is_header && !before) before = page.child("style:header");
  } else {
    before = ensure_area(page, plain);
    if (!before.first_child()) before.append_child("text:p");
    const pugi::xml_node left = page.child((plain + "-left").c_str());
    if (left && name.ends_with("-first")) before = left;
  }
  return before ? page.insert_child_after(name.c_str(), before) : page.prepend_child(name.c_str());
}

void fill_area(pugi::xml_node area, const pugi::xml_node& source) {
  while (area.remove_child(area.first_child())) {
  }
  for (const pugi::xml_node& child : source.children()) area.append_copy(child);
  const auto is_element = [](const pugi::xml_node& node) {
    return node.type() == pugi::node_element;
  };
  if (!area.find_child(is_element)) area.append_child("text:p");
}

} // namespace

void build_main_page(pugi::xml_node page, const MasterPages& letterhead,
                     const StyleImport& styles) {
  for (const std::string plain : {"style:header", "style:footer"}) {
    const std::array parts = {std::pair{letterhead.left, plain + "-left"},
                              std::pair{letterhead.first, plain + "-first"}};
    for (const auto& [index, name] : parts) {
      if (index == MasterPages::npos) continue;
      const pugi::xml_node other = letterhead.pages[index].node;
      // What that page shows where it stands; nothing if it shows nothing.
      pugi::xml_node source = shown(other, name.c_str());
      if (!source) source = shown(other, plain.c_str());
      if (source || shown(page, plain.c_str())) fill_area(ensure_area(page, name), source);
    }
  }
  if (letterhead.left == MasterPages::npos) return;
  // Its layout was for one side only.
  const std::string layout_name =
      styles.automatic_name(Space::page_layout, attribute_of(page, "style:page-layout-name"));
  const auto it = styles.index().automatic.find(style_key(Space::page_layout, layout_name));
  if (it == styles.index().automatic.end()) return;
  pugi::xml_node layout = it->second;
  const pugi::xml_node ours = layout.child("style:page-layout-properties");
  const pugi::xml_node theirs =
      letterhead.pages[letterhead.left].layout.child("style:page-layout-properties");
  if (attribute_of(ours, "fo:margin-left") == attribute_of(theirs, "fo:margin-left")) {
    layout.remove_attribute("style:page-usage");
  } else {
    set_attribute(layout, "style:page-usage", "mirrored");
  }
}

void complete_first_page(pugi::xml_node page) {
  const pugi::xml_node footer = shown(page, "style:footer");
  if (!footer || !page.child("style:header-first") || page.child("style:footer-first")) return;
  fill_area(ensure_area(page, "style:footer-first"), footer);
}

} // namespace engross::letterhead
