// SPDX-License-Identifier: MPL-2.0
#include "templating/unicode.hpp"

namespace engross::templating {

char32_t decode(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  const char32_t first = byte(position);
  if (first < 0x80) {
    ++position;
    return first;
  }
  std::size_t length = 0;
  char32_t value = 0;
  if (first >= 0xC2 && first < 0xE0) {
    length = 2;
    value = first & 0x1FU;
  } else if (first >= 0xE0 && first < 0xF0) {
    length = 3;
    value = first & 0x0FU;
  } else if (first >= 0xF0 && first < 0xF5) {
    length = 4;
    value = first & 0x07U;
  }
  if (length == 0 || position + length > text.size()) {
    ++position;
    return 0xFFFD;
  }
  for (std::size_t i = 1; i < length; ++i) {
    const char32_t next = byte(position + i);
    if ((next & 0xC0U) != 0x80U) {
      ++position;
      return 0xFFFD;
    }
    value = (value << 6U) | (next & 0x3FU);
  }
  position += length;
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

bool is_blank(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) decode(text, i);
  return count;
}

std::string_view code_point_range(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t position = 0;
  std::size_t index = 0;
  for (; index < begin && position < text.size(); ++index) decode(text, position);
  const std::size_t from = position;
  for (; index < end && position < text.size(); ++index) decode(text, position);
  return text.substr(from, position - from);
}

std::size_t begin_of_blanks(std::string_view text, std::size_t end) {
  while (end > 0) {
    std::size_t before = end - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
    std::size_t next = before;
    if (!is_blank(decode(text, next))) break;
    end = before;
  }
  return end;
}

std::size_t end_of_blanks(std::string_view text, std::size_t begin) {
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!is_blank(decode(text, next))) break;
    begin = next;
  }
  return begin;
}

std::string_view trim_blanks(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!is_blank(decode(text, next))) break;
    begin = next;
  }
  std::size_t end = begin;
  for (std::size_t i = begin; i < text.size();) {
    if (!is_blank(decode(text, i))) end = i;
  }
  return text.substr(begin, end - begin);
}

} // namespace engross::templating
