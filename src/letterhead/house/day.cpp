// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/day.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace engross::letterhead {

namespace {

/// Names of each month, each with a blank on both sides.
constexpr std::array<std::string_view, 12> k_months = {
    " january jan januar jänner janvier enero gennaio janeiro ",
    " february feb februar février febrero febbraio fevereiro ",
    " march mar märz mars marzo março ",
    " april apr avril abril aprile ",
    " may mai mayo maggio maio ",
    " june jun juni juin junio giugno junho ",
    " july jul juli juillet julio luglio julho ",
    " august aug août agosto ",
    " september sept sep septembre septiembre settembre setembro ",
    " october oct oktober octobre octubre ottobre outubro ",
    " november nov novembre noviembre novembro ",
    " december dec dezember décembre diciembre dicembre dezembro "};
/// Between a day, its month and the year.
constexpr std::string_view k_between = " st nd rd th er º ª of de del day ";
/// Around a date that is all of a text.
constexpr std::string_view k_around =
    " dated the le el il den on monday tuesday wednesday thursday friday saturday sunday ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Small letters, also of "FÉVRIER"; non-breaking spaces are spaces.
std::string lowered(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0') {
      out += ' ';
      ++i;
      continue;
    }
    const bool after_c3 = i > 0 && text[i - 1] == '\xC3';
    const auto code = static_cast<unsigned char>(c);
    if ((c >= 'A' && c <= 'Z') || (after_c3 && code >= 0x80U && code <= 0x9EU))
      c = static_cast<char>(code + 0x20U);
    out += c;
  }
  return out;
}

bool is_one_of(std::string_view word, std::string_view list) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1))
    if (list[at - 1] == ' ' && list[at + word.size()] == ' ') return true;
  return false;
}

/// A number, a word or a sign; blanks, commas and full stops part them and are left out.
struct Token {
  std::string text;
  int number = -1; ///< of at most four digits
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      Token token{std::string(text.substr(begin, at - begin)), -1};
      if (token.text.size() <= 4) token.number = std::stoi(token.text);
      out.push_back(std::move(token));
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      out.push_back({std::string(text.substr(begin, at - begin)), -1});
    } else {
      if (text[at] != ' ' && text[at] != ',' && text[at] != '.')
        out.push_back({std::string(1, text[at]), -1});
      ++at;
    }
  }
  return out;
}

int month_of(const Token& token) {
  for (std::size_t m = 0; m < k_months.size(); ++m)
    if (is_one_of(token.text, k_months[m])) return static_cast<int>(m) + 1;
  return 0;
}

bool is_day_number(const Token& t) { return t.text.size() <= 2 && t.number >= 1 && t.number <= 31; }
bool is_year(const Token& t) { return t.text.size() == 4 && t.number >= 1900 && t.number <= 2199; }

struct Reading {
  std::vector<Day> days;
  bool is_all = false; ///< there is one date, and nothing else
  /// The sign of a date whose day and month may be read either way, the month first in `days`.
  char either = '\0';
};

/// Dates with the month in words.
void read_words(const std::vector<Token>& tokens, Reading& out) {
  const auto is_between = [&](std::size_t i) { return is_one_of(tokens[i].text, k_between); };
  for (std::size_t m = 0; m < tokens.size(); ++m) {
    const int month = month_of(tokens[m]);
    if (month == 0) continue;
    std::size_t begin = m;
    while (begin > 0 && is_between(begin - 1)) --begin;
    std::size_t next = m + 1;
    int day = 0;
    if (begin > 0 && is_day_number(tokens[begin - 1])) {
      day = tokens[--begin].number;
    } else if (next < tokens.size() && is_day_number(tokens[next])) {
      day = tokens[next++].number;
      begin = m;
    }
    while (next < tokens.size() && is_between(next)) ++next;
    if (day == 0 || next >= tokens.size() || !is_year(tokens[next])) continue;
    out.days.push_back({tokens[next].number, month, day});
    const auto is_around = [](const Token& t) { return is_one_of(t.text, k_around); };
    out.is_all = std::all_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                             is_around) &&
                 next + 1 == tokens.size();
    m = next;
  }
}

/// "2/27/2006", "27.02.2006", "2006-02-27".
void read_numbers(std::string_view text, Reading& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && (is_digit(text[at - 1]) || is_letter(text[at - 1]))))
      continue;
    std::array<int, 3> parts{};
    std::array<std::size_t, 3> digits{};
    std::size_t end = at;
    char sign = '\0';
    bool fits = true;
    for (std::size_t i = 0; i < 3 && fits; ++i) {
      if (i > 0) {
        fits = end < text.size() &&
               (sign == '\0' ? std::string_view("/.-").find(text[end]) != std::string_view::npos
                             : text[end] == sign);
        if (!fits) break;
        sign = text[end++];
      }
      const std::size_t begin = end;
      while (end < text.size() && is_digit(text[end]) && end - begin < 5) ++end;
      digits[i] = end - begin;
      fits = digits[i] >= 1 && digits[i] <= 4;
      if (fits) parts[i] = std::stoi(std::string(text.substr(begin, digits[i])));
    }
    if (!fits) continue;
    const auto add = [&](int year, int month, int day) {
      if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return;
      if (const Day one{year, month, day};
          std::find(out.days.begin(), out.days.end(), one) == out.days.end())
        out.days.push_back(one);
      out.is_all = out.is_all || (at == 0 && end == text.size());
    };
    if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) {
      add(parts[0], parts[1], parts[2]);
    } else if (digits[2] == 4 && digits[0] <= 2 && digits[1] <= 2) {
      add(parts[2], parts[0], parts[1]);
      add(parts[2], parts[1], parts[0]);
      if (out.days.size() == 2) out.either = sign;
    }
    at = end - 1;
  }
}

bool may_name_day(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

Reading read(std::string_view text) {
  std::string low = lowered(text);
  const std::size_t first = low.find_first_not_of(" \t\n");
  const std::size_t last = low.find_last_not_of(" \t\n");
  low = first == std::string::npos ? std::string() : low.substr(first, last + 1 - first);
  Reading out;
  read_words(tokens_of(low), out);
  if (out.days.empty()) read_numbers(low, out);
  return out;
}

} // namespace

std::vector<Day> days_in(std::string_view text) {
  return may_name_day(text) ? read(text).days : std::vector<Day>();
}

bool is_day(std::string_view text) {
  // "Wednesday, the twenty-seventh …" is none; every paragraph of a letter comes by here.
  constexpr std::size_t k_longest = 80;
  return text.size() <= k_longest && may_name_day(text) && read(text).is_all;
}

bool same_day(std::string_view a, std::string_view b) {
  if (!may_name_day(a) || !may_name_day(b)) return false;
  const Reading of_a = read(a);
  const Reading of_b = read(b);
  // A letter writes its dates in one way.
  if (of_a.either != '\0' && of_a.either == of_b.either)
    return of_a.days.front() == of_b.days.front();
  return std::any_of(of_a.days.begin(), of_a.days.end(), [&](const Day& day) {
    return std::find(of_b.days.begin(), of_b.days.end(), day) != of_b.days.end();
  });
}

} // namespace engross::letterhead
