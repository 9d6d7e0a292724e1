// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Exact arithmetic on numbers as they are written. Whole numbers stay whole, as in Python; a
/// result with a decimal point is written with as few digits as it has, one at least ("3.0").
/// Every function throws NumberTooLarge beyond 10^±1000 or a thousand digits.
namespace engross::templating {

using deal::Number;

struct NumberTooLarge : std::runtime_error {
  NumberTooLarge() : std::runtime_error("number too large") {}
};

/// "12", "-1.50", "1e3" (JSON's grammar, and leading zeros, a leading "+", "1." and ".5"), white
/// space around it allowed. No value where the text is no number.
std::optional<Number> parse_number(std::string_view text);

Number add(const Number& a, const Number& b);
Number subtract(const Number& a, const Number& b);
Number multiply(const Number& a, const Number& b);
// The divisor must not be zero.
/// Has a decimal point always; rounded to 28 significant digits where it does not end before 50.
Number divide(const Number& a, const Number& b);
/// Rounded towards minus infinity, as Python's // and %.
Number floor_divide(const Number& a, const Number& b);
Number modulo(const Number& a, const Number& b);

Number negate(const Number& a);
Number absolute(const Number& a);
std::strong_ordering compare(const Number& a, const Number& b);
bool is_zero(const Number& a);
bool is_negative(const Number& a);

enum class Rounding { half_even, half_up, up, down, truncate };
/// To `digits` behind the point (negative: before it). The result has a point where `a` has one.
Number round_to(const Number& a, int digits, Rounding rounding);
/// The whole number, cut off towards zero.
Number to_integer(const Number& a);
/// With a decimal point: "3" becomes "3.0".
Number to_decimal(const Number& a);
/// No value where it is not whole or does not fit.
std::optional<std::int64_t> to_int64(const Number& a);

/// As it is written, but never with an exponent.
std::string plain_text(const Number& a);

/// The digits before and behind the point, without sign, exponent and superfluous leading zeros.
struct Digits {
  bool negative = false;
  std::string whole = "0";
  std::string fraction; ///< as many digits as are written
};
Digits digits_of(const Number& a);

} // namespace engross::templating
