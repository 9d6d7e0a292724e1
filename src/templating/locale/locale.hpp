// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

/// Names and patterns of the supported locales, and the letters' cases: generated at build time by
/// generate_locale_data.py from CLDR and Unicode data; nothing is read at run time.
namespace engross::templating {

struct LocaleData {
  std::string_view tag; ///< "en", "de-CH"
  std::array<std::string_view, 12> months;
  std::array<std::string_view, 12> months_short;
  std::array<std::string_view, 12> months_alone;
  std::array<std::string_view, 12> months_alone_short;
  std::array<std::string_view, 7> days; ///< Sunday first
  std::array<std::string_view, 7> days_short;
  std::array<std::string_view, 2> day_periods;   ///< AM, PM
  std::array<std::string_view, 4> date_patterns; ///< full, long, medium, short
};

std::span<const LocaleData> all_locales();

/// The data of the locale, else of its language, else of en. `tag` is BCP 47; "_" will do for "-".
const LocaleData& locale_data(std::string_view tag);

/// "en" of "en-US".
std::string_view language_of(std::string_view tag);

struct CaseMapping {
  char32_t from = 0;
  std::array<char32_t, 3> to{}; ///< 0: none
};
std::span<const CaseMapping> upper_mappings(); ///< sorted by `from`
std::span<const CaseMapping> lower_mappings();

} // namespace engross::templating
