// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace engross::odf {

/// Whether a node is an element of this name, or of one of these.
inline bool named(const pugi::xml_node& node, const char* name) {
  return std::strcmp(node.name(), name) == 0;
}
template <std::size_t N>
bool named(const pugi::xml_node& node, const std::array<const char*, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return named(node, name); });
}

} // namespace engross::odf
