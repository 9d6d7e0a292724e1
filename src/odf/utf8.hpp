// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace engross::odf {

/// Length in bytes of the UTF-8 sequence at `text[at]`; 0 where there is none (broken, overlong,
/// surrogate, over U+10FFFF).
std::size_t utf8_length(std::string_view text, std::size_t at);

/// Offset of the first byte that belongs to no UTF-8 sequence.
std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// Offset of the first character that XML 1.0 (2.2, Char) forbids, in valid UTF-8.
std::optional<std::size_t> first_forbidden(std::string_view text);

} // namespace engross::odf
