// SPDX-License-Identifier: MPL-2.0
#include "templating/link_target.hpp"

#include "templating/unicode.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

bool is_delimiter(char c) {
  return std::string_view(":/?#@!$&'()*+,;=").find(c) != std::string_view::npos;
}

void append_encoded(std::string& out, char c) {
  static constexpr std::string_view k_digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += k_digits[byte >> 4U];
  out += k_digits[byte & 0xFU];
}

/// Whether what follows is part of the host: behind "//" and before the path.
bool in_host(std::string_view target) {
  const std::size_t slashes = target.find("//");
  return slashes != std::string_view::npos &&
         target.find_first_of("/?#", slashes + 2) == std::string_view::npos;
}

} // namespace

std::optional<std::string_view> unusable_in_link(std::string_view value) {
  const std::string_view text = trim_blanks(value);
  if (text.empty()) return "is empty";
  if (text.find_first_of("\r\n") != std::string_view::npos) return "has a line break in it";
  if (std::any_of(text.begin(), text.end(), is_control))
    return "has a tab or another character in it that no address can hold";
  return std::nullopt;
}

std::string in_link(std::string_view before, std::string_view value) {
  const std::string_view text = trim_blanks(value);
  const std::string_view begin = before.empty() ? text : before;
  if (begin.starts_with('#')) return std::string(text);
  std::string whole(before);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool coded =
        c == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    const bool of_host =
        (c == '[' || c == ']' || static_cast<unsigned char>(c) >= 0x80) && in_host(whole);
    if (coded || of_host || is_unreserved(c) || is_delimiter(c))
      whole += c;
    else
      append_encoded(whole, c);
  }
  return whole.substr(before.size());
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_unreserved(c))
      out += c;
    else
      append_encoded(out, c);
  return out;
}

} // namespace engross::templating
