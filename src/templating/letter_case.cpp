// SPDX-License-Identifier: MPL-2.0
#include "templating/letter_case.hpp"

#include "templating/locale/locale.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <span>

namespace engross::templating {

namespace {

const CaseMapping* find_mapping(std::span<const CaseMapping> table, char32_t c) {
  const auto found = std::lower_bound(table.begin(), table.end(), c,
                                      [](const CaseMapping& m, char32_t x) { return m.from < x; });
  return found != table.end() && found->from == c ? &*found : nullptr;
}

void append_mapped(std::string& out, std::span<const CaseMapping> table, char32_t c) {
  const CaseMapping* mapping = find_mapping(table, c);
  if (mapping == nullptr) {
    append_utf8(out, c);
    return;
  }
  for (const char32_t to : mapping->to)
    if (to != 0) append_utf8(out, to);
}

void append_upper(std::string& out, char32_t c) {
  if (c < 0x80)
    out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  else
    append_mapped(out, upper_mappings(), c);
}

bool is_cased(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return find_mapping(upper_mappings(), c) != nullptr ||
         find_mapping(lower_mappings(), c) != nullptr;
}

void append_lower(std::string& out, char32_t c, bool ends_word) {
  if (c < 0x80)
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  else if (c == 0x03A3 && ends_word)
    append_utf8(out, 0x03C2);
  else
    append_mapped(out, lower_mappings(), c);
}

/// Lower case from `position`; `after_letter` is for the Greek final sigma.
void append_lower_rest(std::string& out, std::string_view text, bool after_letter) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = decode(text, i);
    bool ends_word = false;
    if (c == 0x03A3) {
      std::size_t next = i;
      ends_word = after_letter && (i >= text.size() || !is_cased(decode(text, next)));
    }
    append_lower(out, c, ends_word);
    after_letter = is_cased(c);
  }
}

/// Title case differs from upper case for ß and ligatures: only the first letter is large.
void append_title(std::string& out, char32_t c) {
  const CaseMapping* mapping = c < 0x80 ? nullptr : find_mapping(upper_mappings(), c);
  if (mapping == nullptr || mapping->to[1] == 0) {
    append_upper(out, c);
    return;
  }
  append_utf8(out, mapping->to[0]);
  for (std::size_t i = 1; i < mapping->to.size(); ++i)
    if (mapping->to[i] != 0) append_lower(out, mapping->to[i], false);
}

std::string capitalized_part(std::string_view text) {
  std::string out;
  if (text.empty()) return out;
  std::size_t i = 0;
  const char32_t first = decode(text, i);
  append_title(out, first);
  append_lower_rest(out, text.substr(i), is_cased(first));
  return out;
}

} // namespace

std::string to_upper(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) append_upper(out, decode(text, i));
  return out;
}

std::string to_lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_lower_rest(out, text, false);
  return out;
}

std::string capitalized(std::string_view text) { return capitalized_part(text); }

std::string to_title(std::string_view text) {
  std::string out;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    const std::string_view word = text.substr(begin, end - begin);
    if (word.empty()) return;
    std::size_t i = 0;
    const char32_t letter = decode(word, i);
    append_upper(out, letter);
    append_lower_rest(out, word.substr(i), false);
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t here = i;
    const char32_t c = decode(text, i);
    const bool separator =
        is_blank(c) || c == U'-' || c == U'(' || c == U'{' || c == U'[' || c == U'<';
    if (!separator) continue;
    flush(here);
    append_utf8(out, c);
    begin = i;
  }
  flush(text.size());
  return out;
}

std::string with_upper_first(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t here = i;
    const char32_t c = decode(text, i);
    if (is_cased(c)) {
      out.assign(text.substr(0, here));
      append_title(out, c);
      out += text.substr(i);
      return out;
    }
    if (is_blank(c) || is_ascii_digit(c)) break;
  }
  return std::string(text);
}

} // namespace engross::templating
