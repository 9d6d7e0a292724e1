// SPDX-License-Identifier: MPL-2.0
#include "office/pdf_font.hpp"

#include "office/hexadecimal.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace engross::office {

namespace {

constexpr unsigned k_longest_range = 65536;

/// The bytes of "<0041>"; none where it is something else.
std::optional<std::string> bytes_of(std::string_view token) {
  if (token.size() < 2 || token.front() != '<' || token.back() != '>') return std::nullopt;
  std::string out;
  int high = -1;
  for (const char c : token.substr(1, token.size() - 2)) {
    const int digit = hexadecimal_digit(c);
    if (digit < 0) return std::nullopt;
    if (high < 0) {
      high = digit;
    } else {
      out += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return out;
}

unsigned number_of(std::string_view bytes) {
  unsigned out = 0;
  for (const char c : bytes) out = out << 8U | static_cast<unsigned char>(c);
  return out;
}

void add_utf8(unsigned code, std::string& out) {
  const auto put = [&](unsigned value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6U);
    put(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12U);
    put(0x80 | (code >> 6U & 0x3FU));
    put(0x80 | (code & 0x3FU));
  } else {
    put(0xF0 | code >> 18U);
    put(0x80 | (code >> 12U & 0x3FU));
    put(0x80 | (code >> 6U & 0x3FU));
    put(0x80 | (code & 0x3FU));
  }
}

/// From UTF-16, the high byte first; halves of pairs are left out.
std::string utf8_of(std::string_view utf16) {
  std::string out;
  for (std::size_t i = 0; i + 1 < utf16.size(); i += 2) {
    unsigned code = number_of(utf16.substr(i, 2));
    if (code >= 0xD800 && code < 0xDC00 && i + 3 < utf16.size()) {
      const unsigned low = number_of(utf16.substr(i + 2, 2));
      if (low < 0xDC00 || low >= 0xE000) continue;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      i += 2;
    }
    if (code < 0xD800 || code >= 0xE000) add_utf8(code, out);
  }
  return out;
}

/// Hexadecimal strings, brackets and words.
std::vector<std::string_view> tokens_of(std::string_view map) {
  std::vector<std::string_view> out;
  constexpr std::string_view k_blanks = " \t\r\n\f";
  for (std::size_t i = 0; i < map.size();) {
    if (k_blanks.find(map[i]) != std::string_view::npos) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    if (map[i] == '<' && map.substr(i, 2) != "<<") {
      end = std::min(map.find('>', i), map.size() - 1) + 1;
    } else if (map[i] != '[' && map[i] != ']') {
      while (end < map.size() && map[end] != '<' && map[end] != '[' && map[end] != ']' &&
             k_blanks.find(map[end]) == std::string_view::npos)
        ++end;
    }
    out.push_back(map.substr(i, end - i));
    i = end;
  }
  return out;
}

} // namespace

PdfFont::PdfFont(std::string_view map) {
  const std::vector<std::string_view> tokens = tokens_of(map);
  const auto bytes = [&](std::size_t i) {
    return i < tokens.size() ? bytes_of(tokens[i]) : std::optional<std::string>();
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "begincodespacerange") {
      if (const auto first = bytes(i + 1)) m_bytes = std::clamp<std::size_t>(first->size(), 1, 4);
    } else if (tokens[i] == "beginbfchar") {
      for (; bytes(i + 1) && bytes(i + 2); i += 2)
        m_texts[number_of(*bytes(i + 1))] = utf8_of(*bytes(i + 2));
    } else if (tokens[i] == "beginbfrange") {
      while (bytes(i + 1) && bytes(i + 2)) {
        const unsigned first = number_of(*bytes(i + 1));
        const unsigned last = std::min(number_of(*bytes(i + 2)), first + k_longest_range);
        i += 3;
        if (i < tokens.size() && tokens[i] == "[") {
          for (unsigned code = first; bytes(i + 1); ++i, ++code)
            m_texts[code] = utf8_of(*bytes(i + 1));
          ++i;
          continue;
        }
        std::string text = bytes(i).value_or("");
        for (unsigned code = first; code <= last && !text.empty(); ++code) {
          m_texts[code] = utf8_of(text);
          text.back() = static_cast<char>(static_cast<unsigned char>(text.back()) + 1U);
        }
      }
    }
  }
}

std::string PdfFont::text_of(std::string_view codes) const {
  std::string out;
  for (std::size_t i = 0; i + m_bytes <= codes.size(); i += m_bytes)
    if (const auto at = m_texts.find(number_of(codes.substr(i, m_bytes))); at != m_texts.end())
      out += at->second;
  return out;
}

} // namespace engross::office
