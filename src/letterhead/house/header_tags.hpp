// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// A piece of a header with tags: text, the end of a line, a value, or a block with what is in it.
struct HeaderNode {
  enum class Kind : unsigned char { text, feed, value, loop, choice, set };
  struct Branch {
    std::string condition; ///< empty: else
    std::vector<HeaderNode> body;
  };
  Kind kind = Kind::text;
  std::string text; ///< literal, expression, or the name that a loop or set gives
  std::string list; ///< what a loop goes over, what a set says
  std::vector<Branch> branches;
  std::size_t line = 0;
};

/// Lines with tags as a tree. What is no tag of ours is a value that nobody knows.
std::vector<HeaderNode> read_header_tags(const std::vector<std::string>& lines);

/// Whether a name in an expression may hold it.
bool is_name_character(char c);
/// Without blanks and line feeds at both ends.
std::string_view trimmed(std::string_view text);

} // namespace engross::letterhead
