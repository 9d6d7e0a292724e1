// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// A blank at whose place a line must not end: offset of the blank, and what it holds together.
struct Breakable {
  std::size_t blank = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "§ 5", "No. 5", "October 23", "Mr. Pike", each with a plain blank inside. A tag counts as a
/// number or a name.
std::vector<Breakable> breakables_of(std::string_view text, const House& house);

} // namespace engross::letterhead
