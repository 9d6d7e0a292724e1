// SPDX-License-Identifier: MPL-2.0
#include "deal/decimal.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace engross::deal {

namespace {

constexpr std::int64_t k_largest_exponent = 1'000'000'000;
constexpr std::int64_t k_most_digits = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t i) {
  std::size_t end = i;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - i;
}

} // namespace

Decimal parse_decimal(std::string_view text) {
  Decimal number;
  if (text.starts_with('-')) {
    number.is_negative = true;
    text.remove_prefix(1);
  }
  const std::size_t whole = digits_at(text, 0);
  number.digits = text.substr(0, whole);
  text.remove_prefix(whole);
  if (text.starts_with('.')) {
    const std::size_t fraction = digits_at(text, 1);
    number.digits += text.substr(1, fraction);
    text.remove_prefix(fraction + 1);
  }
  std::int64_t exponent = 0;
  if (!text.empty()) {
    text.remove_prefix(1);
    const bool is_negative = text.starts_with('-');
    for (const char c : text)
      if (is_digit(c)) exponent = std::min(exponent * 10 + (c - '0'), k_largest_exponent);
    if (is_negative) exponent = -exponent;
  }
  const std::size_t first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) return {};
  number.exponent =
      std::clamp(exponent + static_cast<std::int64_t>(whole) - static_cast<std::int64_t>(first),
                 -k_largest_exponent, k_largest_exponent);
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  number.digits.erase(0, first);
  return number;
}

Decimal to_decimal(double number) {
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return error == std::errc{}
             ? parse_decimal({buffer.data(), static_cast<std::size_t>(end - buffer.data())})
             : Decimal{};
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
  const auto sign = [](const Decimal& d) { return d.digits.empty() ? 0 : d.is_negative ? -1 : 1; };
  if (sign(a) != sign(b) || sign(a) == 0) return sign(a) <=> sign(b);
  const Decimal& smaller_side = a.is_negative ? b : a;
  const Decimal& larger_side = a.is_negative ? a : b;
  if (a.exponent != b.exponent) return smaller_side.exponent <=> larger_side.exponent;
  return smaller_side.digits.compare(larger_side.digits) <=> 0;
}

bool is_whole(const Decimal& number) {
  return number.digits.empty() ||
         number.exponent >= static_cast<std::int64_t>(number.digits.size());
}

bool is_multiple(const Decimal& number, const Decimal& divisor) {
  using boost::multiprecision::cpp_int;
  if (number.digits.empty()) return true;
  if (divisor.digits.empty()) return false;
  const auto last = [](const Decimal& d) {
    return d.exponent - static_cast<std::int64_t>(d.digits.size());
  };
  const std::int64_t shift = last(number) - last(divisor);
  if (static_cast<std::int64_t>(number.digits.size()) > k_most_digits || shift > k_most_digits ||
      shift < -k_most_digits)
    return false;
  const std::string zeros(static_cast<std::size_t>(shift < 0 ? -shift : shift), '0');
  const cpp_int dividend(shift > 0 ? number.digits + zeros : number.digits);
  const cpp_int by(shift < 0 ? divisor.digits + zeros : divisor.digits);
  return dividend % by == 0;
}

bool is_json_number(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_at(text, i);
  if (whole == 0 || (whole > 1 && text[i] == '0')) return false;
  i += whole;
  if (i < text.size() && text[i] == '.') {
    const std::size_t fraction = digits_at(text, i + 1);
    if (fraction == 0) return false;
    i += fraction + 1;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const std::size_t exponent = digits_at(text, i);
    if (exponent == 0) return false;
    i += exponent;
  }
  return i == text.size();
}

} // namespace engross::deal
