// SPDX-License-Identifier: MPL-2.0
#include "odf/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace engross::odf {

namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0;
}

bool continues(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

} // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const std::uint8_t a = byte_at(text, at);
  if (at >= text.size()) return 0;
  if (a < 0x80) return 1;
  const std::uint8_t b = byte_at(text, at + 1);
  if (!continues(b)) return 0;
  if (a >= 0xC2 && a <= 0xDF) return 2;
  const std::uint8_t c = byte_at(text, at + 2);
  if (!continues(c)) return 0;
  if (a == 0xE0) return b >= 0xA0 ? 3 : 0;
  if (a == 0xED) return b <= 0x9F ? 3 : 0;
  if (a >= 0xE1 && a <= 0xEF) return 3;
  if (!continues(byte_at(text, at + 3))) return 0;
  if (a == 0xF0) return b >= 0x90 ? 4 : 0;
  if (a == 0xF4) return b <= 0x8F ? 4 : 0;
  return a >= 0xF1 && a <= 0xF3 ? 4 : 0;
}

std::optional<std::size_t> first_bad_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    // Eight ASCII bytes at a time: most of every part is ASCII.
    while (i + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      i += 8;
    }
    if (i >= text.size()) break;
    const std::size_t length = utf8_length(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_forbidden(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t c = byte_at(text, i);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return i;
    if (c == 0xEF && byte_at(text, i + 1) == 0xBF && byte_at(text, i + 2) >= 0xBE) return i;
  }
  return std::nullopt;
}

} // namespace engross::odf
