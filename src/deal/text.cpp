// SPDX-License-Identifier: MPL-2.0
#include "deal/text.hpp"

#include <array>
#include <cstdio>

namespace engross::deal {

namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

bool starts_with_bytes(std::string_view text, std::initializer_list<unsigned char> bytes) {
  if (text.size() < bytes.size()) return false;
  std::size_t i = 0;
  for (const unsigned char b : bytes)
    if (static_cast<unsigned char>(text[i++]) != b) return false;
  return true;
}

/// Also without a byte order mark: a file of ours begins with an ASCII character.
std::string_view wide_encoding(std::string_view text) {
  if (starts_with_bytes(text, {0xFF, 0xFE, 0, 0})) return "UTF-32";
  if (starts_with_bytes(text, {0, 0, 0xFE, 0xFF})) return "UTF-32";
  if (starts_with_bytes(text, {0xFF, 0xFE}) || starts_with_bytes(text, {0xFE, 0xFF}))
    return "UTF-16";
  if (text.size() >= 4 && ((text[0] == 0 && text[1] != 0 && text[2] == 0) ||
                           (text[0] != 0 && text[1] == 0 && text[3] == 0)))
    return "UTF-16";
  return {};
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

} // namespace

std::uint32_t LineCounter::line_at(std::size_t offset) {
  if (offset > m_text.size()) offset = m_text.size();
  for (; m_offset < offset; ++m_offset) {
    const char c = m_text[m_offset];
    const bool alone = m_offset + 1 == m_text.size() || m_text[m_offset + 1] != '\n';
    if (c == '\n' || (c == '\r' && alone)) ++m_line;
  }
  return m_line;
}

std::string unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  return out;
}

std::uint32_t line_of(std::string_view text, std::size_t offset) {
  return LineCounter(text).line_at(offset);
}

// The Unicode Standard, table 3-7.
std::size_t utf8_length(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const std::size_t left = text.size() - offset;
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(text[offset + i])) return 0;
  if (first == 0xE0 && byte(1) < 0xA0) return 0;
  if (first == 0xED && byte(1) > 0x9F) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t k_most = 40;
  std::string out = "“";
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (++count > k_most) {
      out += "…";
      break;
    }
    if (length == 0)
      out += "\xEF\xBF\xBD";
    else if (length == 1 && static_cast<unsigned char>(text[i]) < 0x20)
      out += ' ';
    else
      out += text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out + "”";
}

Place place_of(std::string file, std::uint32_t line, std::string data_path) {
  Place place;
  place.file = std::move(file);
  place.line = static_cast<int>(line);
  place.data_path = std::move(data_path);
  return place;
}

Place place_at(const std::string& file, std::string_view text, std::size_t offset) {
  constexpr std::size_t k_before = 24;
  constexpr std::size_t k_after = 24;
  Place place;
  place.file = file;
  if (offset > text.size()) offset = text.size();
  place.line = static_cast<int>(line_of(text, offset));
  const auto ends_line = [](char c) { return c == '\n' || c == '\r'; };
  std::size_t begin = offset;
  std::size_t before = 0;
  while (begin > 0 && !ends_line(text[begin - 1]) && before < k_before) {
    --begin;
    while (begin > 0 && is_continuation(text[begin])) --begin;
    ++before;
  }
  while (begin < offset && (text[begin] == ' ' || text[begin] == '\t')) {
    ++begin;
    --before;
  }
  std::size_t end = offset;
  for (std::size_t after = 0; end < text.size() && !ends_line(text[end]) && after < k_after;
       ++after) {
    const std::size_t length = utf8_length(text, end);
    end += length == 0 ? 1 : length;
  }
  if (end == begin) return place;
  for (std::size_t i = begin; i < end;) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0)
      place.excerpt += "\xEF\xBF\xBD";
    else if (length == 1 && static_cast<unsigned char>(text[i]) < 0x20)
      place.excerpt += ' ';
    else
      place.excerpt += text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  place.caret = static_cast<int>(before);
  return place;
}

std::optional<std::string_view> text_of(const Source& source, const Limits& limits,
                                        Findings& findings) {
  std::string_view text = source.bytes;
  if (text.size() > limits.bytes) {
    findings.push_back(make_finding(Code::data_too_large, place_of(source.name),
                                    {std::to_string(text.size()), std::to_string(limits.bytes)}));
    return std::nullopt;
  }
  if (const std::string_view wide = wide_encoding(text); !wide.empty()) {
    findings.push_back(make_finding(Code::data_utf16, place_of(source.name), {wide}));
    return std::nullopt;
  }
  if (text.substr(0, 3) == k_byte_order_mark) text.remove_prefix(3);
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) - 1U < 0x7F) {
      ++i;
      continue;
    }
    if (text[i] == '\0') {
      findings.push_back(make_finding(Code::data_nul, place_at(source.name, text, i)));
      return std::nullopt;
    }
    const std::size_t length = utf8_length(text, i);
    if (length == 0) {
      std::array<char, 8> hex{};
      std::snprintf(hex.data(), hex.size(), "%02X",
                    static_cast<unsigned>(static_cast<unsigned char>(text[i])));
      findings.push_back(
          make_finding(Code::data_not_utf8, place_at(source.name, text, i), {hex.data()}));
      return std::nullopt;
    }
    i += length;
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    findings.push_back(make_finding(Code::data_empty, place_of(source.name)));
    return std::nullopt;
  }
  return text;
}

} // namespace engross::deal
