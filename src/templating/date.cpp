// SPDX-License-Identifier: MPL-2.0
#include "templating/date.hpp"

#include "templating/locale/locale.hpp"
#include "templating/spellout.hpp"
#include "templating/unicode.hpp"

#include <array>
#include <cstddef>

namespace engross::templating {

namespace {

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> k_days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : k_days[static_cast<std::size_t>(month - 1)];
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : m_text(text) {}
  bool at_end() const { return m_text.empty(); }
  bool skip(char c) {
    if (m_text.empty() || m_text[0] != c) return false;
    m_text.remove_prefix(1);
    return true;
  }
  bool skip_any(std::string_view chars) {
    if (m_text.empty() || chars.find(m_text[0]) == std::string_view::npos) return false;
    m_text.remove_prefix(1);
    return true;
  }
  bool number(std::size_t digits, int& value) {
    if (m_text.size() < digits) return false;
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (m_text[i] < '0' || m_text[i] > '9') return false;
      value = value * 10 + (m_text[i] - '0');
    }
    m_text.remove_prefix(digits);
    return true;
  }
  void skip_digits() {
    while (!m_text.empty() && m_text[0] >= '0' && m_text[0] <= '9') m_text.remove_prefix(1);
  }

 private:
  std::string_view m_text;
};

bool scan_time(Scanner& scanner, Date& date) {
  date.has_time = true;
  if (!scanner.number(2, date.hour) || !scanner.skip(':') || !scanner.number(2, date.minute))
    return false;
  if (scanner.skip(':')) {
    if (!scanner.number(2, date.second)) return false;
    if (scanner.skip_any(".,")) scanner.skip_digits();
  }
  if (date.hour > 23 || date.minute > 59 || date.second > 60) return false;
  if (scanner.skip('Z')) return true;
  if (scanner.skip_any("+-")) {
    int ignored = 0;
    if (!scanner.number(2, ignored)) return false;
    scanner.skip(':');
    if (!scanner.at_end() && !scanner.number(2, ignored)) return false;
  }
  return true;
}

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

/// What the author may have meant by letters that mean nothing here, or by a name in capitals.
std::string pattern_hint(std::string_view pattern, std::string_view letters) {
  const auto meant = [](std::string_view what, std::string_view write) {
    return std::string(what) + " is " + std::string(write) + " in a pattern.";
  };
  std::string lower(pattern);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const std::string_view name : {"full", "long", "medium", "short", "iso"})
    if (lower == name) return "Did you mean “" + std::string(name) + "”?";
  switch (letters.front()) {
  case 'Y':
  case 'y':
    return meant("The year", "yyyy or yy");
  case 'D':
    return meant("The day", "d or dd");
  case 'm':
    return meant("The month", "M, MM or MMMM; m and mm are minutes, which stand beside an hour,");
  case 'S':
    return meant("The second", "ss");
  default:
    return "Put words into single quotation marks, as in \"ddd 'day of' MMMM, yyyy\".";
  }
}

/// Whether letters ask for what only a time has.
bool is_time_letter(char letter) {
  return std::string_view("aHhKkms").find(letter) != std::string_view::npos;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The first code point of a name, for the narrow width.
std::string narrow(std::string_view name) { return std::string(code_point_range(name, 0, 1)); }

/// One field of a pattern; no value: the letters mean nothing here.
std::optional<std::string> field(const Date& date, char letter, std::size_t count,
                                 const LocaleData& names, std::string_view locale,
                                 bool first_is_ordinal) {
  const auto month = static_cast<std::size_t>(date.month - 1);
  const auto weekday = static_cast<std::size_t>(date.weekday());
  const auto hour = [&](int value) { return padded(value, count); };
  switch (letter) {
  case 'y':
  case 'u':
    if (count == 2) return padded(date.year % 100, 2);
    if (count > 4) return std::nullopt;
    return padded(date.year, count);
  case 'M':
  case 'L': {
    const bool alone = letter == 'L';
    if (count <= 2) return padded(date.month, count);
    if (count == 3)
      return std::string((alone ? names.months_alone_short : names.months_short)[month]);
    if (count == 4) return std::string((alone ? names.months_alone : names.months)[month]);
    if (count == 5) return narrow(names.months_alone[month]);
    return std::nullopt;
  }
  case 'd':
    if (count == 1 && first_is_ordinal && date.day == 1) return ordinal_digits(1, locale);
    if (count <= 2) return padded(date.day, count);
    if (count == 3) return ordinal_digits(date.day, locale);
    if (count == 4) return spelled_ordinal(std::to_string(date.day), locale, {});
    return std::nullopt;
  case 'E':
  case 'c':
  case 'e':
    if (letter != 'E' && count < 3) return std::nullopt;
    if (count <= 3 || count == 6) return std::string(names.days_short[weekday]);
    if (count == 4) return std::string(names.days[weekday]);
    if (count == 5) return narrow(names.days[weekday]);
    return std::nullopt;
  case 'a':
    return std::string(names.day_periods[date.hour % 24 < 12 ? 0 : 1]);
  case 'H':
    return count <= 2 ? std::optional(hour(date.hour)) : std::nullopt;
  case 'h':
    return count <= 2 ? std::optional(hour((date.hour + 11) % 12 + 1)) : std::nullopt;
  case 'K':
    return count <= 2 ? std::optional(hour(date.hour % 12)) : std::nullopt;
  case 'k':
    return count <= 2 ? std::optional(hour((date.hour + 23) % 24 + 1)) : std::nullopt;
  case 'm':
    return count <= 2 ? std::optional(padded(date.minute, count)) : std::nullopt;
  case 's':
    return count <= 2 ? std::optional(padded(date.second, count)) : std::nullopt;
  default:
    return std::nullopt;
  }
}

/// "1er janvier", "1º gennaio", "1º de janeiro", though the patterns of CLDR say nothing of it.
bool first_is_ordinal(std::string_view pattern, std::string_view locale) {
  const std::string_view language = language_of(locale);
  const bool in_words = pattern == "full" || pattern == "long" || pattern == "medium";
  return in_words && (language == "fr" || language == "it" ||
                      (language == "pt" && locale_data(locale).tag != "pt-PT"));
}

std::string_view named_pattern(std::string_view pattern, const LocaleData& names) {
  if (pattern == "full") return names.date_patterns[0];
  if (pattern == "long") return names.date_patterns[1];
  if (pattern == "medium") return names.date_patterns[2];
  if (pattern == "short") return names.date_patterns[3];
  if (pattern == "iso") return "yyyy-MM-dd";
  return pattern;
}

} // namespace

int Date::weekday() const {
  // Sakamoto's method.
  static constexpr std::array<int, 12> k_offsets = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  const int y = month < 3 ? year - 1 : year;
  const int offset = k_offsets[static_cast<std::size_t>(month - 1)];
  return (y + y / 4 - y / 100 + y / 400 + offset + day) % 7;
}

std::optional<Date> parse_date(std::string_view text) {
  Scanner scanner(trim_blanks(text));
  Date date;
  if (!scanner.number(4, date.year) || !scanner.skip('-') || !scanner.number(2, date.month) ||
      !scanner.skip('-') || !scanner.number(2, date.day))
    return std::nullopt;
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 ||
      date.day > days_in_month(date.year, date.month))
    return std::nullopt;
  if (scanner.skip_any("Tt ") && !scan_time(scanner, date)) return std::nullopt;
  if (!scanner.at_end()) return std::nullopt;
  return date;
}

std::optional<std::string> format_date(const Date& date, std::string_view pattern,
                                       std::string_view locale, PatternError& error) {
  const LocaleData& names = locale_data(locale);
  const std::string_view given = pattern;
  pattern = named_pattern(pattern, names);
  std::string out;
  const bool first = first_is_ordinal(given, locale);
  bool has_field = false;
  bool has_hour = false;
  std::string_view minutes;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with("''")) {
      out += '\'';
      i += 2;
      continue;
    }
    // Writer makes curly marks of the straight ones.
    const auto mark = [&](std::size_t at) -> std::size_t {
      if (pattern.substr(at).starts_with("'")) return 1;
      for (const std::string_view curly : {"‘", "’"})
        if (pattern.substr(at).starts_with(curly)) return curly.size();
      return 0;
    };
    if (const std::size_t open = mark(i)) {
      std::size_t j = i + open;
      bool closed = false;
      while (j < pattern.size()) {
        if (pattern.substr(j).starts_with("''")) {
          out += '\'';
          j += 2;
          continue;
        }
        if (const std::size_t close = mark(j)) {
          j += close;
          closed = true;
          break;
        }
        out += pattern[j++];
      }
      if (!closed) {
        error = {std::string(pattern.substr(i)), "Close the single quotation mark.", false};
        return std::nullopt;
      }
      i = j;
      continue;
    }
    if (!is_letter(pattern[i])) {
      out += pattern[i++];
      continue;
    }
    std::size_t count = 1;
    while (i + count < pattern.size() && pattern[i + count] == pattern[i]) ++count;
    const std::string_view letters = pattern.substr(i, count);
    const std::optional<std::string> text = field(date, pattern[i], count, names, locale, first);
    if (!text) {
      error = {std::string(letters), pattern_hint(given, letters), false};
      return std::nullopt;
    }
    has_field = true;
    has_hour = has_hour || std::string_view("HhKk").find(pattern[i]) != std::string_view::npos;
    if (pattern[i] == 'm') minutes = letters;
    if (is_time_letter(pattern[i]) && !date.has_time && error.at.empty())
      error = {std::string(letters), {}, true};
    out += *text;
    i += count;
  }
  if (!minutes.empty() && !has_hour)
    error = {std::string(minutes), pattern_hint(given, minutes), false};
  else if (!has_field)
    error = {std::string(given), "It has no letter for a day, a month or a year.", false};
  else if (!error.needs_time)
    return out;
  return std::nullopt;
}

} // namespace engross::templating
