// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string>
#include <string_view>

namespace engross::templating {

// As Python's str.upper, str.lower; str.capitalize; and Jinja2's title.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
std::string capitalized(std::string_view text);
std::string to_title(std::string_view text);
/// Only the first letter, digits and marks before it skipped no further than the first word.
std::string with_upper_first(std::string_view text);

} // namespace engross::templating
