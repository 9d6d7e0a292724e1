// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

// Numbers compared by their text, without rounding. Not for other folders.

namespace engross::deal {

/// 0.DIGITS times ten to the power of `exponent`; no zero at either end of the digits, and none at
/// all for zero. Exponents beyond a thousand million are cut to it.
struct Decimal {
  bool is_negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// `text` follows the number grammar of RFC 8259, 6.
Decimal parse_decimal(std::string_view text);
/// The shortest decimal that reads back as `number`.
Decimal to_decimal(double number);

std::strong_ordering compare(const Decimal& a, const Decimal& b);
bool is_whole(const Decimal& number);
/// False also for numbers and divisors of more than a thousand digits.
bool is_multiple(const Decimal& number, const Decimal& divisor);

/// Does `text` follow the number grammar of RFC 8259, 6?
bool is_json_number(std::string_view text);

} // namespace engross::deal
