// SPDX-License-Identifier: MPL-2.0
#include "letterhead/same_names.hpp"

#include "letterhead/references.hpp"
#include "letterhead/tree.hpp"

#include <unordered_set>

#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

void unify_display_names(odf::Document& letter, const pugi::xml_node& letterhead_styles,
                         const NodeMap& letterhead_named) {
  pugi::xml_node named = letter.styles.document_element().child("office:styles");
  const auto display = [](const pugi::xml_node& style) {
    const std::string_view shown_as = attribute_of(style, "style:display-name");
    return shown_as.empty() ? attribute_of(style, "style:name") : shown_as;
  };
  const auto is_named_style = [](const pugi::xml_node& node) {
    const Space space = definition_space(node);
    return space != Space::none && !is_resource(space) && space != Space::other_family;
  };
  std::unordered_map<std::string, std::string> theirs; // display name -> name
  for (const pugi::xml_node& style : letterhead_styles.children()) {
    if (!is_named_style(style)) continue;
    theirs.emplace(style_key(definition_space(style), display(style)),
                   attribute_of(style, "style:name"));
  }
  std::unordered_map<std::string, std::string> renamed;
  std::unordered_set<std::string> ours;
  std::vector<pugi::xml_node> others;
  for (const pugi::xml_node& style : named.children()) {
    if (!is_named_style(style)) continue;
    const Space space = definition_space(style);
    const std::string key = style_key(space, attribute_of(style, "style:name"));
    ours.insert(key);
    if (letterhead_named.count(key) != 0) continue;
    const auto match = theirs.find(style_key(space, display(style)));
    if (match == theirs.end()) continue;
    renamed.emplace(key, match->second);
    others.push_back(style);
  }
  if (renamed.empty()) return;
  const auto rename_in = [&](const pugi::xml_node& root) {
    NodeMap automatic;
    add_definitions(automatic, root.child("office:automatic-styles"));
    return rewrite_references(root, [&](Space space, std::string_view name) -> const std::string* {
      const std::string key = style_key(space, name);
      const auto it = renamed.find(key);
      return it == renamed.end() || automatic.count(key) != 0 ? nullptr : &it->second;
    });
  };
  rename_in(letter.styles.document_element());
  if (rename_in(letter.content.document_element())) letter.content_changed = true;
  for (pugi::xml_node style : others) {
    const Space space = definition_space(style);
    const std::string& name = renamed.at(style_key(space, attribute_of(style, "style:name")));
    if (ours.insert(style_key(space, name)).second) {
      set_attribute(style, "style:name", name);
    } else {
      named.remove_child(style);
    }
  }
}

} // namespace engross::letterhead
