// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/page_words.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace engross::letterhead {

namespace {

/// Words in small letters, without what stands between them.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_word = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                         static_cast<unsigned char>(c) > 0x7F;
    if (is_word)
      out.back() += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

using Words = std::set<std::string>;

void add(std::string_view text, Words& known) {
  for (std::string& word : words_of(text)) known.insert(std::move(word));
}

Words letterheads_words(const Reference& reference) {
  Words known = {"and", "page", "of", "picture"};
  for (const PageRole role : k_page_roles)
    for (const bool is_header : {true, false}) add(reference.pattern(role, is_header), known);
  return known;
}

bool holds_only(const std::vector<std::string>& lines, const Words& known) {
  return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const std::vector<std::string> words = words_of(line);
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return known.contains(word); });
  });
}

} // namespace

bool says_more(const std::vector<std::string>& lines, const Reference& reference,
               const AddressBlock& block) {
  Words known = letterheads_words(reference);
  for (const TextParagraph* p : block.front) add(p->text, known);
  std::vector<std::string> others = lines;
  std::erase_if(others, [](const std::string& line) { return is_date_text(line); });
  return !holds_only(others, known);
}

} // namespace engross::letterhead
