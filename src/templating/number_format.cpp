// SPDX-License-Identifier: MPL-2.0
#include "templating/number_format.hpp"

#include "templating/spellout.hpp"

#include <algorithm>
#include <array>

namespace engross::templating {

namespace {

std::string grouped(std::string_view whole, std::string_view mark, std::size_t minimum) {
  if (whole.size() < 3 + minimum) return std::string(whole);
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += mark;
    out += whole[i];
  }
  return out;
}

std::string unsigned_figures(const Digits& digits, const LocaleData& locale,
                             std::string_view group_mark) {
  std::string out = grouped(digits.whole, group_mark, locale.minimum_grouping);
  if (!digits.fraction.empty()) out += std::string(locale.decimal_mark) + digits.fraction;
  return out;
}

std::string_view region_of(std::string_view tag) {
  for (std::size_t i = tag.find_first_of("-_"); i != std::string_view::npos;) {
    const std::size_t next = tag.find_first_of("-_", i + 1);
    const std::string_view part = tag.substr(i + 1, next - i - 1);
    if (part.size() == 2) return part;
    i = next;
  }
  return {};
}

struct HomeCurrency {
  std::string_view place; ///< region, or language where the tag has no region
  std::string_view code;
};

constexpr std::array<HomeCurrency, 28> k_home = {{
    {"US", "USD"}, {"GB", "GBP"}, {"CA", "CAD"}, {"AU", "AUD"}, {"NZ", "NZD"}, {"IN", "INR"},
    {"SG", "SGD"}, {"HK", "HKD"}, {"ZA", "ZAR"}, {"CH", "CHF"}, {"LI", "CHF"}, {"BR", "BRL"},
    {"MX", "MXN"}, {"JP", "JPY"}, {"CN", "CNY"}, {"KR", "KRW"}, {"SE", "SEK"}, {"NO", "NOK"},
    {"DK", "DKK"}, {"PL", "PLN"}, {"CZ", "CZK"}, {"PR", "USD"}, {"en", "USD"}, {"pt", "BRL"},
    {"de", "EUR"}, {"es", "EUR"}, {"fr", "EUR"}, {"it", "EUR"},
}};

std::string_view home_currency(std::string_view locale) {
  const std::string_view region = region_of(locale);
  const std::string_view place = region.empty() ? language_of(locale) : region;
  for (const HomeCurrency& home : k_home)
    if (home.place == place) return home.code;
  return "EUR";
}

/// At home nobody says whose currency it is.
struct BareName {
  std::string_view language;
  std::string_view code;
  std::string_view one;
  std::string_view other;
};

constexpr std::array<BareName, 14> k_bare_names = {{
    {"en", "USD", "dollar", "dollars"},
    {"en", "GBP", "pound", "pounds"},
    {"en", "CAD", "dollar", "dollars"},
    {"en", "AUD", "dollar", "dollars"},
    {"en", "NZD", "dollar", "dollars"},
    {"en", "SGD", "dollar", "dollars"},
    {"en", "HKD", "dollar", "dollars"},
    {"en", "INR", "rupee", "rupees"},
    {"en", "ZAR", "rand", "rand"},
    {"es", "MXN", "peso", "pesos"},
    {"es", "USD", "dólar", "dólares"},
    {"pt", "BRL", "real", "reais"},
    {"de", "CHF", "Franken", "Franken"},
    {"fr", "CHF", "franc", "francs"},
}};

struct Subunit {
  std::string_view language;
  std::string_view code; ///< empty: every other currency of the language
  std::string_view one;
  std::string_view other;
  std::string_view and_;
};

constexpr std::array<Subunit, 12> k_subunits = {{
    {"en", "GBP", "penny", "pence", "and"},
    {"en", "", "cent", "cents", "and"},
    {"de", "CHF", "Rappen", "Rappen", "und"},
    {"de", "GBP", "Penny", "Pence", "und"},
    {"de", "", "Cent", "Cent", "und"},
    {"es", "EUR", "céntimo", "céntimos", "con"},
    {"es", "", "centavo", "centavos", "con"},
    {"fr", "USD", "cent", "cents", "et"},
    {"fr", "", "centime", "centimes", "et"},
    {"it", "", "centesimo", "centesimi", "e"},
    {"pt", "EUR", "cêntimo", "cêntimos", "e"},
    {"pt", "", "centavo", "centavos", "e"},
}};

const CurrencyData* find_currency(std::string_view code, const LocaleData& locale) {
  const auto found = std::find_if(locale.currencies.begin(), locale.currencies.end(),
                                  [&](const CurrencyData& c) { return c.code == code; });
  return found == locale.currencies.end() ? nullptr : &*found;
}

/// "¤#,##0.00" with the number and the symbol in their places.
std::string placed(std::string_view pattern, std::string_view number, std::string_view symbol) {
  constexpr std::string_view k_sign = "¤";
  std::string out;
  bool number_done = false;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with(k_sign)) {
      out += symbol;
      // A code needs a blank before the digits: "SGD 5".
      if (!number_done && !symbol.empty() && symbol.back() >= 'A' && symbol.back() <= 'Z' &&
          i + k_sign.size() < pattern.size() && pattern[i + k_sign.size()] == '#')
        out += "\u00A0";
      i += k_sign.size();
      continue;
    }
    if (std::string_view("#,0.").find(pattern[i]) != std::string_view::npos) {
      if (!number_done) out += number;
      number_done = true;
      ++i;
      continue;
    }
    out += pattern[i++];
  }
  return out;
}

bool all_zeros(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

/// The digits with the decimals that the currency wants.
Digits money_digits(const Money& money, int currency_digits) {
  Digits digits = digits_of(money.amount);
  const int wanted = money.decimals.value_or(
      all_zeros(digits.fraction)
          ? 0
          : std::max(currency_digits, static_cast<int>(digits.fraction.size())));
  if (static_cast<int>(digits.fraction.size()) > wanted)
    digits = digits_of(round_to(to_decimal(money.amount), wanted, Rounding::half_up));
  digits.fraction.resize(static_cast<std::size_t>(wanted), '0');
  return digits;
}

/// "1.5 billion"; no value below a million, and none that needs more than three digits behind the
/// point and was not asked to be rounded: it is exact.
std::optional<std::string> compact_figures(const Money& money, const LocaleData& locale) {
  const std::string_view language = language_of(locale.tag);
  // Italian counts on in "miliardi"; "mille miliardi" takes no figures before it.
  const auto unit_of = [&](std::size_t length) -> const CompactUnit& {
    return locale.compact[std::min<std::size_t>(length - 7, language == "it" ? 5 : 8)];
  };
  Digits digits = digits_of(money.amount);
  if (money.decimals && digits.whole.size() >= 7) {
    const CompactUnit& unit = unit_of(digits.whole.size());
    digits = digits_of(
        round_to(to_decimal(money.amount), *money.decimals - unit.exponent, Rounding::half_up));
  }
  const std::size_t length = digits.whole.size();
  if (length < 7) return std::nullopt;
  const CompactUnit& unit = unit_of(length);
  const auto shift = static_cast<std::size_t>(unit.exponent);
  digits.fraction = digits.whole.substr(length - shift) + digits.fraction;
  digits.whole.resize(length - shift);
  while (!digits.fraction.empty() && digits.fraction.back() == '0') digits.fraction.pop_back();
  if (money.decimals)
    digits.fraction.resize(static_cast<std::size_t>(*money.decimals), '0');
  else if (digits.fraction.size() > 3)
    return std::nullopt;
  // "1,5 million" in French and Brazilian Portuguese.
  const bool one_and_half = language == "fr" || (language == "pt" && locale.tag != "pt-PT");
  const bool one = digits.whole == "1" && (digits.fraction.empty() || one_and_half);
  return unsigned_figures(digits, locale, locale.group_mark) + " " +
         std::string(one ? unit.one : unit.other);
}

std::string currency_name(const CurrencyData& currency, std::string_view locale, bool one) {
  if (currency.code == home_currency(locale))
    for (const BareName& name : k_bare_names)
      if (name.language == language_of(locale) && name.code == currency.code)
        return std::string(one ? name.one : name.other);
  return std::string(one ? currency.one : currency.other);
}

/// What follows "millions of" does not bend the number.
bool ends_in_million(std::string_view whole) {
  return whole.size() > 6 && all_zeros(whole.substr(whole.size() - 6));
}

/// Romance languages: "un million de dollars".
std::string_view link_before(std::string_view language, std::string_view whole,
                             std::string_view name) {
  if (!ends_in_million(whole)) return " ";
  const bool vowel =
      !name.empty() && std::string_view("aeiouAEIOU").find(name[0]) != std::string_view::npos;
  if (language == "fr") return vowel ? " d’" : " de ";
  if (language == "it") return " di ";
  if (language == "es" || language == "pt") return " de ";
  return " ";
}

/// "une livre sterling", "dos coronas": currencies with a feminine name.
bool is_feminine(std::string_view code, std::string_view language) {
  if (language == "en" || (language == "de" && code == "GBP")) return false;
  return code == "GBP" || code == "INR" || code == "SEK" || code == "NOK" || code == "DKK" ||
         code == "CZK";
}

std::string_view minus_word(std::string_view language) {
  if (language == "es" || language == "pt") return "menos";
  if (language == "fr") return "moins";
  return language == "it" ? "meno" : "minus";
}

std::optional<std::string> money_words(const Money& money, const CurrencyData& currency,
                                       int currency_digits, std::string_view locale) {
  const std::string_view language = language_of(locale);
  const Digits digits = money_digits(money, currency_digits);
  const auto words = [&](std::string_view whole, bool feminine) {
    return spelled_number(whole, locale,
                          language == "en" ? "" : (feminine ? "feminine" : "masculine"));
  };
  const std::optional<std::string> whole =
      words(digits.whole, is_feminine(currency.code, language) && !ends_in_million(digits.whole));
  if (!whole) return std::nullopt;
  const bool one = digits.whole == "1" || (language == "fr" && digits.whole == "0");
  const std::string name = currency_name(currency, locale, one);
  std::string out = *whole + std::string(link_before(language, digits.whole, name)) + name;
  if (all_zeros(digits.fraction)) return out;
  const Subunit* subunit = nullptr;
  for (const Subunit& row : k_subunits) {
    if (row.language != language || (!row.code.empty() && row.code != currency.code)) continue;
    subunit = &row;
    break;
  }
  if (subunit == nullptr || digits.fraction.size() != 2) return std::nullopt;
  const std::string cents = digits.fraction[0] == '0' ? digits.fraction.substr(1) : digits.fraction;
  const std::optional<std::string> cent_words = words(cents, false);
  if (!cent_words) return std::nullopt;
  out += " " + std::string(subunit->and_) + " " + *cent_words + " ";
  return out + std::string(cents == "1" ? subunit->one : subunit->other);
}

} // namespace

std::string figures(const Digits& digits, const LocaleData& locale) {
  return (digits.negative ? "-" : "") + unsigned_figures(digits, locale, locale.group_mark);
}

std::optional<int> currency_decimals(std::string_view code, std::string_view locale) {
  if (find_currency(code, locale_data(locale)) == nullptr) return std::nullopt;
  return code == "JPY" || code == "KRW" ? 0 : 2;
}

std::optional<std::string> format_money(const Money& money, std::string_view locale) {
  const LocaleData& data = locale_data(locale);
  const std::string_view code = money.currency.empty() ? home_currency(locale) : money.currency;
  const CurrencyData* currency = find_currency(code, data);
  const std::optional<int> decimals = currency_decimals(code, locale);
  if (currency == nullptr || !decimals) return std::nullopt;
  if (money.form == MoneyForm::words) {
    const bool negative = is_negative(money.amount);
    Money positive = money;
    positive.amount = absolute(money.amount);
    std::optional<std::string> words = money_words(positive, *currency, *decimals, locale);
    if (words && negative) words = std::string(minus_word(language_of(locale))) + " " + *words;
    return words;
  }
  std::string number;
  bool nothing = false; // what rounding left
  if (money.form == MoneyForm::short_)
    number = compact_figures(money, data).value_or(std::string{});
  if (number.empty()) {
    const Digits digits = money_digits(money, *decimals);
    nothing = all_zeros(digits.whole) && all_zeros(digits.fraction);
    number = unsigned_figures(
        digits, data, data.money_group_mark.empty() ? data.group_mark : data.money_group_mark);
  }
  return (is_negative(money.amount) && !nothing ? "-" : "") +
         placed(data.money_pattern, number, currency->symbol);
}

} // namespace engross::templating
