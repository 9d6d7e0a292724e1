// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace engross::letterhead {

/// The name spaces of ODF styles (ODF 1.3 part 3, 16 and 19.498): two definitions are the same
/// style when space and name agree.
enum class Space : char {
  none = 0,
  paragraph,
  text,
  section,
  ruby,
  table,
  table_column,
  table_row,
  table_cell,
  graphic,
  presentation,
  drawing_page,
  chart,
  other_family,
  list,
  data,
  page_layout,
  master_page,
  font,
  gradient,
  hatch,
  fill_image,
  opacity,
  stroke_dash,
  marker
};

/// Fonts, number formats, gradients and their like: brought along only where something refers to
/// them.
bool is_resource(Space space);

/// The space of a style:family value.
Space family_space(std::string_view family);

/// What `node` defines: its space (none if it defines no style) and its name.
Space definition_space(const pugi::xml_node& node);
/// The attribute that holds a definition's name (style:name, draw:name); empty handle without one.
pugi::xml_attribute definition_name(const pugi::xml_node& node);

/// One string for a map: space and name.
inline std::string style_key(Space space, std::string_view name) {
  std::string key(1, static_cast<char>(space));
  key += name;
  return key;
}

/// The space that an attribute of `node` refers to; none if it is no reference to a style.
Space reference_space(const pugi::xml_node& node, std::string_view attribute);

/// Calls `visit(node)` for `root` and all elements below it in document order, without recursion.
/// Children of a node for which `visit` gives false are skipped.
template <class Visit> void walk(const pugi::xml_node& root, Visit&& visit) {
  pugi::xml_node node = root;
  while (node) {
    const bool descend = visit(node);
    if (descend && node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != root && !node.next_sibling()) node = node.parent();
    if (node == root) return;
    node = node.next_sibling();
  }
}

/// Calls `visit(space, name)` for each style that `root` and what is below it refer to. Attributes
/// that hold a list of names give one call a name.
void collect_references(const pugi::xml_node& root,
                        const std::function<void(Space, std::string_view)>& visit);

/// Rewrites references below and at `root`: `rename(space, name)` gives the new name or null.
/// Gives whether anything changed.
bool rewrite_references(const pugi::xml_node& root,
                        const std::function<const std::string*(Space, std::string_view)>& rename);

} // namespace engross::letterhead
