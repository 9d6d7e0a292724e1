// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engross::templating {

/// The code point at `position`, which moves behind it. Broken UTF-8 gives U+FFFD, one byte each.
char32_t decode(std::string_view text, std::size_t& position);
void append_utf8(std::string& out, char32_t code_point);

/// White space as Python's str.isspace has it, non-breaking spaces included.
bool is_blank(char32_t c);
/// Soft hyphens, zero-width characters, byte order marks: nobody sees them.
bool is_invisible(char32_t c);
bool is_ascii_digit(char32_t c);

std::size_t count_code_points(std::string_view text);
/// Code points [begin, end) of the text.
std::string_view code_point_range(std::string_view text, std::size_t begin, std::size_t end);
/// Where the blanks begin that end at `end`, and where those end that begin at `begin`.
std::size_t begin_of_blanks(std::string_view text, std::size_t end);
std::size_t end_of_blanks(std::string_view text, std::size_t begin);
std::string_view trim_blanks(std::string_view text);

} // namespace engross::templating
