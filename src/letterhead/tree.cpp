// SPDX-License-Identifier: MPL-2.0
#include "letterhead/tree.hpp"

#include <string>

namespace engross::letterhead {

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  pugi::xml_attribute attribute = node.attribute(name);
  if (!attribute) attribute = node.append_attribute(name);
  attribute.set_value(std::string(value).c_str());
}

pugi::xml_node ensure_child(pugi::xml_node parent, const char* name,
                            std::initializer_list<const char*> followers) {
  if (pugi::xml_node child = parent.child(name)) return child;
  for (const char* follower : followers) {
    if (pugi::xml_node next = parent.child(follower)) {
      return parent.insert_child_before(name, next);
    }
  }
  return parent.append_child(name);
}

} // namespace engross::letterhead
