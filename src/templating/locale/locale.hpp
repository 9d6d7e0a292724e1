// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Names and patterns of the supported locales, and the letters' cases: generated at build time by
/// generate_locale_data.py from CLDR and Unicode data; nothing is read at run time.
namespace engross::templating {

struct CurrencyData {
  std::string_view code;   ///< ISO 4217
  std::string_view symbol; ///< the code where the locale has no symbol
  std::string_view one;    ///< "US dollar"
  std::string_view other;  ///< "US dollars"
};

/// "million": what stands behind the number of 10^exponent.
struct CompactUnit {
  int exponent = 0;
  std::string_view one;
  std::string_view other;
};

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
  std::string_view decimal_mark;
  std::string_view group_mark;
  std::string_view money_group_mark;  ///< empty: group_mark
  std::size_t minimum_grouping = 1;   ///< digits before the first group mark
  std::string_view money_pattern;     ///< "¤#,##0.00"
  std::array<CompactUnit, 9> compact; ///< 10^6 to 10^14
  std::span<const CurrencyData> currencies;
};

std::span<const LocaleData> all_locales();

/// The data of the locale, else of its language, else of en. `tag` is BCP 47; "_" will do for "-".
const LocaleData& locale_data(std::string_view tag);

/// "en" of "en-US".
std::string_view language_of(std::string_view tag);

constexpr std::int64_t k_negative_rule = -1;
constexpr std::int64_t k_fraction_rule = -2;

/// One rule of UTS 35 part 3, 5; `body` in its notation, without ";".
struct SpelloutRule {
  std::int64_t base = 0;
  std::int64_t radix = 10;
  std::string_view body;
};
struct SpelloutRuleSet {
  std::string_view name;
  std::span<const SpelloutRule> rules; ///< bases ascend
};
struct SpelloutLocale {
  std::string_view tag;
  std::span<const SpelloutRuleSet> sets;
};
std::span<const SpelloutLocale> spellout_locales();

struct CaseMapping {
  char32_t from = 0;
  std::array<char32_t, 3> to{}; ///< 0: none
};
std::span<const CaseMapping> upper_mappings(); ///< sorted by `from`
std::span<const CaseMapping> lower_mappings();

} // namespace engross::templating
