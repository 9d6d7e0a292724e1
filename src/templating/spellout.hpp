// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Numbers in words by the spell-out rules of CLDR (UTS 35 part 3, 5 "Rule-Based Number
/// Formatting").
namespace engross::templating {

/// "one thousand two hundred thirty-four": `digits` are plain digits, with "-" before and a point
/// inside where the number has them. `rules` names a rule set of the locale; empty: its plain one.
/// No value: no such rule set, or too many digits.
std::optional<std::string> spelled_number(std::string_view digits, std::string_view locale,
                                          std::string_view rules);
/// "twenty-seventh".
std::optional<std::string> spelled_ordinal(std::string_view digits, std::string_view locale,
                                           std::string_view rules);
/// Whether a language has rules of that name beside its plain ones: "feminine", "year", "plain".
bool is_spellout_form(std::string_view name, bool ordinal);
/// "27th".
std::optional<std::string> ordinal_digits(long long number, std::string_view locale);

} // namespace engross::templating
