// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engross::templating {

/// A day of the Gregorian calendar, with a time where one was given. Time zones are not computed
/// with: the day is the one that is written.
struct Date {
  int year = 0;
  int month = 1; ///< 1 to 12
  int day = 1;
  bool has_time = false;
  int hour = 0;
  int minute = 0;
  int second = 0;

  int weekday() const; ///< 0 is Sunday
};

/// ISO 8601: "2006-02-27", "2006-02-27T09:30", with seconds, fraction and zone. No value on
/// anything else, impossible days included.
std::optional<Date> parse_date(std::string_view text);

/// Why a pattern cannot be used.
struct PatternError {
  std::string at;          ///< the letters that mean nothing
  std::string hint;        ///< what to do
  bool needs_time = false; ///< the letters mean a time, and the date has none
};

/// Formats by a CLDR pattern (UTS 35 part 4, 8.1; letters y M L d E c a H h K k m s and quoted
/// text), extended by ddd ("27th") and dddd ("twenty-seventh"); or by one of the names "full",
/// "long", "medium", "short", "iso". `error` says why there is no value.
std::optional<std::string> format_date(const Date& date, std::string_view pattern,
                                       std::string_view locale, PatternError& error);

} // namespace engross::templating
