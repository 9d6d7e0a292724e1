// SPDX-License-Identifier: MPL-2.0
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/number_format.hpp"
#include "templating/spellout.hpp"

#include <algorithm>
#include <array>

/// The filters that write numbers as letters do.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

std::string subject_name(const FilterCall& call) { return canonical_text(call.node().child(0)); }

const std::string& locale_of(const FilterCall& call) { return call.context().settings().locale; }

[[noreturn]] void fail_large(const FilterCall& call) {
  fail(Code::result_too_large, {canonical_text(call.node())});
}

/// A whole number from 1 to `limit`.
std::int64_t position(const FilterCall& call, std::int64_t limit) {
  const std::optional<std::int64_t> n = to_int64(call.subject_number());
  if (!n || *n < 1 || *n > limit)
    fail(Code::wrong_kind,
         {"The filter " + call.node().text, "a whole number from 1 to " + std::to_string(limit),
          subject_name(call), to_text(call.subject())});
  return *n;
}

Value number(FilterCall& call) {
  deal::Number n = call.subject_number();
  Digits digits = digits_of(n);
  if (call.given(0)) {
    const std::int64_t decimals = call.integer(0, 0);
    if (decimals < 0 || decimals > 100) call.fail_argument(0, "a number of digits");
    const auto wanted = static_cast<std::size_t>(decimals);
    if (digits.fraction.size() > wanted)
      digits = digits_of(round_to(to_decimal(n), static_cast<int>(decimals), Rounding::half_up));
    digits.fraction.resize(wanted, '0');
  }
  return figures(digits, locale_data(locale_of(call)));
}

enum MoneyParameter { k_currency, k_form, k_decimals };

/// Takes a word that is a currency or a form; false: it is neither.
bool take_money_word(const std::string& word, std::string_view locale, Money& money,
                     std::string& currency) {
  if (word == "figures")
    money.form = MoneyForm::figures;
  else if (word == "short")
    money.form = MoneyForm::short_;
  else if (word == "words")
    money.form = MoneyForm::words;
  else if (currency_decimals(word, locale))
    currency = word;
  else
    return false;
  return true;
}

std::vector<std::string> wrong_money_word(const std::string& word) {
  std::vector<std::string> known = {"figures", "short", "words"};
  for (const CurrencyData& currency : locale_data("en").currencies)
    known.emplace_back(currency.code);
  const auto close = closest_name(word, known);
  return {"The filter money", "knows neither a currency nor a form “" + word + "”",
          "{{ amount | money(\"USD\", \"short\") }}; the forms are figures, short and words" +
              (close ? "; did you mean “" + *close + "”?" : std::string())};
}

std::optional<TagError> check_money(const ExpressionNode& node) {
  Money money;
  std::string currency;
  for (const std::size_t i : {k_currency, k_form}) {
    const std::string* word = literal_text_argument(node, i);
    if (word != nullptr && !word->empty() && !take_money_word(*word, "en", money, currency))
      return TagError{Code::wrong_arguments, wrong_money_word(*word), 0};
  }
  return std::nullopt;
}

Value money(FilterCall& call) {
  Money money{call.subject_number(), {}, MoneyForm::figures, {}};
  std::string currency;
  for (const std::size_t i : {k_currency, k_form}) {
    const std::string word = call.text(i, "");
    if (word.empty()) continue;
    if (!take_money_word(word, locale_of(call), money, currency))
      fail(Code::wrong_arguments, wrong_money_word(word));
  }
  money.currency = currency;
  if (call.given(k_decimals)) {
    const std::int64_t decimals = call.integer(k_decimals, 2);
    if (decimals < 0 || decimals > 100) call.fail_argument(k_decimals, "a number of digits");
    money.decimals = static_cast<int>(decimals);
  }
  std::optional<std::string> text = format_money(money, locale_of(call));
  const std::size_t cents =
      money.form == MoneyForm::words ? digits_of(money.amount).fraction.size() : 0;
  if (!text && cents > 2)
    call.fail_kind("an amount without parts of a cent", call.subject(), subject_name(call));
  if (!text) fail_large(call);
  return std::move(*text);
}

bool is_form(const std::string& word, bool is_ordinal) {
  return word.empty() || (is_ordinal && (word == "figures" || word == "words")) ||
         is_spellout_form(word, is_ordinal);
}

std::vector<std::string> wrong_form(const std::string& word, bool is_ordinal) {
  std::vector<std::string> known = {"masculine", "feminine"};
  for (const char* name : {"figures", "words"})
    if (is_ordinal) known.emplace_back(name);
  if (!is_ordinal) known.emplace_back("year");
  const auto close = closest_name(word, known);
  return {is_ordinal ? "The filter ordinal" : "The filter words", "knows no form “" + word + "”",
          (is_ordinal ? "{{ number | ordinal(\"words\") }}" : "{{ number | words }}") +
              (close ? "; did you mean “" + *close + "”?" : std::string())};
}

template <bool is_ordinal> std::optional<TagError> check_form(const ExpressionNode& node) {
  const std::string* word = literal_text_argument(node, 0);
  if (word == nullptr || is_form(*word, is_ordinal)) return std::nullopt;
  return TagError{Code::wrong_arguments, wrong_form(*word, is_ordinal), 0};
}

std::string form_of(const FilterCall& call, const char* otherwise, bool is_ordinal) {
  std::string form = call.text(0, otherwise);
  if (!is_form(form, is_ordinal)) fail(Code::wrong_arguments, wrong_form(form, is_ordinal));
  return form;
}

Value words(FilterCall& call) {
  const Digits digits = digits_of(call.subject_number());
  std::string plain = (digits.negative ? "-" : "") + digits.whole;
  if (!digits.fraction.empty()) plain += "." + digits.fraction;
  std::optional<std::string> text =
      spelled_number(plain, locale_of(call), form_of(call, "", false));
  if (!text) fail_large(call);
  return std::move(*text);
}

Value ordinal(FilterCall& call) {
  const std::optional<std::int64_t> n = to_int64(call.subject_number());
  if (!n || *n < 0)
    fail(Code::wrong_kind, {"The filter ordinal", "a whole number, not negative",
                            subject_name(call), to_text(call.subject())});
  const std::string form = form_of(call, "figures", true);
  std::optional<std::string> text =
      form == "figures"
          ? ordinal_digits(*n, locale_of(call))
          : spelled_ordinal(std::to_string(*n), locale_of(call), form == "words" ? "" : form);
  if (!text) fail_large(call);
  return std::move(*text);
}

Value roman(FilterCall& call) {
  struct Numeral {
    int value;
    std::string_view text;
  };
  static constexpr std::array<Numeral, 13> k_numerals = {{{1000, "M"},
                                                          {900, "CM"},
                                                          {500, "D"},
                                                          {400, "CD"},
                                                          {100, "C"},
                                                          {90, "XC"},
                                                          {50, "L"},
                                                          {40, "XL"},
                                                          {10, "X"},
                                                          {9, "IX"},
                                                          {5, "V"},
                                                          {4, "IV"},
                                                          {1, "I"}}};
  std::int64_t n = position(call, 3999);
  std::string text;
  for (const Numeral& numeral : k_numerals)
    for (; n >= numeral.value; n -= numeral.value) text += numeral.text;
  return text;
}

/// A … Z, AA, BB …, as Writer and Word count letter-synchronous lists.
Value letter(FilterCall& call) {
  const std::int64_t n = position(call, std::int64_t{26} * 50) - 1;
  return std::string(static_cast<std::size_t>(n / 26 + 1), static_cast<char>('A' + n % 26));
}

Value plural(FilterCall& call) {
  bool one = false;
  if (call.subject().kind() == ValueKind::list)
    one = call.subject().as_list().size() == 1;
  else
    one = std::is_eq(compare(absolute(call.subject_number()), deal::Number("1")));
  return call.text(one ? 0 : 1, "");
}

constexpr FilterSpec k_filters[] = {
    {.name = "number",
     .function = number,
     .parameters = {"decimals"},
     .usage = "amount | number(2)"},
    {.name = "money",
     .function = money,
     .parameters = {"currency", "form", "decimals"},
     .check = check_money,
     .usage = "amount | money(\"USD\", \"short\")"},
    {.name = "words",
     .function = words,
     .parameters = {"form"},
     .check = check_form<false>,
     .usage = "number | words"},
    {.name = "ordinal",
     .function = ordinal,
     .parameters = {"form"},
     .check = check_form<true>,
     .usage = "number | ordinal(\"words\")"},
    {.name = "roman", .function = roman, .usage = "number | roman"},
    {.name = "letter", .function = letter, .usage = "number | letter"},
    {.name = "plural",
     .function = plural,
     .parameters = {"one", "many"},
     .required = 2,
     .usage = "agreements | plural(\"agreement\", \"agreements\")"},
};

} // namespace

std::span<const FilterSpec> number_filters() { return k_filters; }

} // namespace engross::templating
