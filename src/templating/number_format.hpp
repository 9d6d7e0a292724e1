// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/decimal.hpp"
#include "templating/locale/locale.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace engross::templating {

/// "1,234,567.50" in the locale's marks; the fraction as it stands in `digits`.
std::string figures(const Digits& digits, const LocaleData& locale);

/// How an amount of money is written.
enum class MoneyForm {
  figures, ///< "$1,000,000,000", "$12.50"
  short_,  ///< "$1 billion"; figures below a million
  words,   ///< "one billion dollars"
};

struct Money {
  Number amount;
  std::string_view currency{}; ///< ISO 4217; empty: the locale's own
  MoneyForm form = MoneyForm::figures;
  std::optional<int> decimals{}; ///< else as many as the currency has, none where they are zeros
};

/// No value: a currency that is not known, or words for a number that is too large.
std::optional<std::string> format_money(const Money& money, std::string_view locale);

/// Digits behind the point: 2, or 0 for yen and won. No value: not known.
std::optional<int> currency_decimals(std::string_view code, std::string_view locale);

} // namespace engross::templating
