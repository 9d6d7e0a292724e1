// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <initializer_list>
#include <string_view>

namespace engross::letterhead {

/// The value of an attribute; empty without one.
inline std::string_view attribute_of(const pugi::xml_node& node, const char* name) {
  return node.attribute(name).value();
}

/// Sets an attribute; makes it, behind the others, if it is not there.
void set_attribute(pugi::xml_node node, const char* name, std::string_view value);

/// The child called `name`. If it is not there it is made before the first of `followers` that is,
/// so that children keep the order of the schema.
pugi::xml_node ensure_child(pugi::xml_node parent, const char* name,
                            std::initializer_list<const char*> followers);

} // namespace engross::letterhead
