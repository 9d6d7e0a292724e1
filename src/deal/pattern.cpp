// SPDX-License-Identifier: MPL-2.0
#include "deal/pattern.hpp"

#include "deal/text.hpp"

#include <locale>
#include <regex>

namespace engross::deal {

struct Pattern::Compiled {
  std::wregex expression;
};

namespace {

constexpr std::size_t k_longest_expression = 1000;

#if defined(__GLIBCXX__)
// libstdc++ goes back and forth by recursion, one level a character, and in exponential time. This
// flag makes it go forward only; it refuses expressions that refer back to a group.
constexpr auto k_flags = std::regex::ECMAScript | std::regex_constants::__polynomial;
constexpr std::size_t k_longest_text = 100'000;
#else
constexpr auto k_flags = std::regex::ECMAScript;
constexpr std::size_t k_longest_text = 2'000;
#endif

std::wstring widen(std::string_view text) {
  std::wstring out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length(text, i));
    std::uint32_t c = static_cast<unsigned char>(text[i]);
    if (length > 1) c &= 0xFFU >> (length + 1);
    for (std::size_t k = 1; k < length; ++k)
      c = (c << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    if constexpr (sizeof(wchar_t) == 2) {
      if (c >= 0x10000) {
        out += static_cast<wchar_t>(0xD800 + ((c - 0x10000) >> 10U));
        c = 0xDC00 + ((c - 0x10000) & 0x3FFU);
      }
    }
    out += static_cast<wchar_t>(c);
    i += length;
  }
  return out;
}

} // namespace

std::optional<Pattern> Pattern::compile(const std::string& expression) {
  if (expression.size() > k_longest_expression) return std::nullopt;
  auto compiled = std::make_shared<Compiled>();
  try {
    compiled->expression.imbue(std::locale::classic());
    compiled->expression.assign(widen(expression), k_flags);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
  return Pattern(std::move(compiled));
}

std::optional<bool> Pattern::matches(std::string_view text) const {
  if (text.size() > k_longest_text) return std::nullopt;
  try {
    return std::regex_search(widen(text), m_compiled->expression);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

} // namespace engross::deal
