// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/breaking.hpp"

#include "letterhead/house/day.hpp"
#include "letterhead/house/subject.hpp"

#include <algorithm>
#include <array>

namespace engross::letterhead {

namespace {

constexpr std::array<std::string_view, 12> k_months = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U);
}
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

enum class Follows : unsigned char { number, day, name };

bool fits(std::string_view text, std::size_t at, Follows what) {
  if (at >= text.size()) return false;
  if (text.substr(at, 2) == "{{") return what != Follows::day;
  switch (what) {
  case Follows::number:
    return is_digit(text[at]);
  case Follows::name:
    return is_capital(text[at]);
  case Follows::day:
    break;
  }
  // One or two digits: "May 2001" is a month and a year.
  std::size_t digits = 0;
  while (at + digits < text.size() && is_digit(text[at + digits])) ++digits;
  return digits == 1 || digits == 2;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != ' ' && text[at] != '\t' && text[at] != '\n' &&
         text[at] != ',' && text[at] != ';')
    ++at;
  return at;
}

void find_word(std::string_view text, std::string_view word, Follows what,
               std::vector<Breakable>& out) {
  if (word.empty()) return;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    // "Nos." is not the end of another word.
    if (at > 0 && is_letter(word.front()) && (is_letter(text[at - 1]) || is_digit(text[at - 1])))
      continue;
    const std::size_t blank = at + word.size();
    if (blank >= text.size() || text[blank] != ' ' || !fits(text, blank + 1, what)) continue;
    out.push_back({blank, at, word_end(text, blank + 1)});
  }
}

} // namespace

std::vector<Breakable> breakables_of(std::string_view text, const House& house) {
  std::vector<Breakable> out;
  // The date of a letter stands alone on its line.
  if (text.find(' ') == std::string_view::npos || is_day(text)) return out;
  for (const std::string& word : house.before_number) find_word(text, word, Follows::number, out);
  for (const std::string& word : house.titles) find_word(text, word, Follows::name, out);
  if (house.keep_dates)
    for (const std::string_view month : k_months) find_word(text, month, Follows::day, out);
  // A blank inside a tag belongs to an expression: another character is another value.
  const auto tags = tags_of(text);
  std::erase_if(out, [&](const Breakable& b) {
    return is_inside_tag(tags, b.begin) || is_inside_tag(tags, b.blank);
  });
  std::sort(out.begin(), out.end(),
            [](const Breakable& a, const Breakable& b) { return a.blank < b.blank; });
  // "§§ 5" holds "§ 5".
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Breakable& a, const Breakable& b) { return a.blank == b.blank; }),
            out.end());
  return out;
}

} // namespace engross::letterhead
