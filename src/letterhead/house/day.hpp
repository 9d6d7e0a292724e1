// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string_view>
#include <vector>

namespace engross::letterhead {

/// A day of the calendar, month and day from 1.
struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
  bool operator==(const Day&) const = default;
};

/// The days that a text names: "February 27, 2006", "27th day of FEBRUARY 2006", "Feb. 27, 2006",
/// "27. Februar 2006", "le 27 février 2006", "2/27/2006", "2006-02-27"; month names in English,
/// German, French, Spanish, Italian and Portuguese. "3/4/2006" may be either of two days.
std::vector<Day> days_in(std::string_view text);

/// Whether a text is a day and says nothing else.
bool is_day(std::string_view text);

/// Whether two texts name a day that both may mean.
bool same_day(std::string_view a, std::string_view b);

} // namespace engross::letterhead
