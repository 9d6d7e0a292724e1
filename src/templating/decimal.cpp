// SPDX-License-Identifier: MPL-2.0
#include "templating/decimal.hpp"

#include "templating/unicode.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace engross::templating {

namespace {

using boost::multiprecision::cpp_int;

constexpr int k_max_digits = 1000;
constexpr int k_exact_division = 50;
constexpr int k_rounded_division = 28;

/// mantissa * 10^-scale; scale >= 0.
struct Decimal {
  cpp_int mantissa;
  int scale = 0;
  bool whole = true; ///< written without a decimal point: stays an integer
};

cpp_int power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 2 * k_max_digits) throw NumberTooLarge();
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

/// Sign, digits and exponent as written.
struct Written {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

Written take_apart(std::string_view text) {
  Written w;
  if (text.starts_with('-') || text.starts_with('+')) {
    w.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), w.exponent);
    if (error != std::errc{} || w.exponent > k_max_digits || w.exponent < -k_max_digits)
      throw NumberTooLarge();
    text = text.substr(0, e);
  }
  const std::size_t point = text.find('.');
  w.whole = text.substr(0, point);
  if (point != std::string_view::npos) w.fraction = text.substr(point + 1);
  if (w.whole.size() + w.fraction.size() > static_cast<std::size_t>(k_max_digits))
    throw NumberTooLarge();
  return w;
}

Decimal read(const Number& number) {
  const Written w = take_apart(number.text);
  Decimal d;
  d.whole = number.is_integer();
  std::string digits = std::string(w.whole) + std::string(w.fraction);
  // A leading zero would make it octal.
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (!digits.empty()) d.mantissa = cpp_int(digits);
  if (w.negative) d.mantissa = -d.mantissa;
  d.scale = static_cast<int>(w.fraction.size()) - w.exponent;
  if (d.scale < 0) {
    d.mantissa *= power_of_ten(-d.scale);
    d.scale = 0;
  }
  return d;
}

Number write(const Decimal& d) {
  const bool negative = d.mantissa < 0;
  std::string digits = (negative ? cpp_int(-d.mantissa) : d.mantissa).str();
  if (digits.size() > static_cast<std::size_t>(k_max_digits)) throw NumberTooLarge();
  if (d.whole) return Number((negative ? "-" : "") + digits);
  const auto scale = static_cast<std::size_t>(d.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - scale);
  digits.resize(digits.size() - scale);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (fraction.empty()) fraction = "0";
  return Number((negative ? "-" : "") + digits + "." + fraction);
}

void align(Decimal& a, Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  for (Decimal* d : {&a, &b}) {
    if (d->scale < scale) d->mantissa *= power_of_ten(scale - d->scale);
    d->scale = scale;
  }
}

/// The number where it is whole and small enough for sums and products without overflow.
std::optional<std::int64_t> small(const Number& number, std::size_t max_length) {
  const std::string& text = number.text;
  if (text.empty() || text.size() > max_length) return std::nullopt;
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

cpp_int floor_quotient(const cpp_int& a, const cpp_int& b) {
  cpp_int quotient;
  cpp_int remainder;
  boost::multiprecision::divide_qr(a, b, quotient, remainder);
  if (remainder != 0 && (remainder < 0) != (b < 0)) --quotient;
  return quotient;
}

/// a / b rounded; b > 0.
cpp_int rounded_quotient(const cpp_int& a, const cpp_int& b, Rounding rounding) {
  cpp_int below = floor_quotient(a, b);
  const cpp_int rest = a - below * b;
  if (rest == 0) return below;
  const cpp_int twice = rest * 2;
  bool up = false;
  switch (rounding) {
  case Rounding::down:
    break;
  case Rounding::up:
    up = true;
    break;
  case Rounding::truncate:
    up = a < 0;
    break;
  case Rounding::half_up:
    up = a < 0 ? twice > b : twice >= b;
    break;
  case Rounding::half_even:
    up = twice > b || (twice == b && below % 2 != 0);
    break;
  }
  return up ? cpp_int(below + 1) : below;
}

} // namespace

std::optional<Number> parse_number(std::string_view text) {
  text = trim_blanks(text);
  std::string out;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) {
    if (text[i] == '-') out += '-';
    ++i;
  }
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return text.substr(begin, i - begin);
  };
  std::string_view whole = digits();
  const bool any = !whole.empty();
  while (whole.size() > 1 && whole[0] == '0') whole.remove_prefix(1);
  out += any ? whole : "0";
  std::string_view fraction;
  if (i < text.size() && text[i] == '.') {
    ++i;
    fraction = digits();
    out += '.';
    out += fraction.empty() ? "0" : fraction;
  }
  if (!any && fraction.empty()) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    out += 'e';
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) out += text[i++];
    const std::string_view exponent = digits();
    if (exponent.empty()) return std::nullopt;
    out += exponent;
  }
  if (i != text.size()) return std::nullopt;
  return Number(std::move(out));
}

Number add(const Number& a, const Number& b) {
  const auto x = small(a, 18);
  const auto y = small(b, 18);
  if (x && y) return Number(*x + *y);
  Decimal p = read(a);
  Decimal q = read(b);
  align(p, q);
  return write({p.mantissa + q.mantissa, p.scale, p.whole && q.whole});
}

Number subtract(const Number& a, const Number& b) {
  const auto x = small(a, 18);
  const auto y = small(b, 18);
  if (x && y) return Number(*x - *y);
  return add(a, negate(b));
}

Number multiply(const Number& a, const Number& b) {
  const auto x = small(a, 9);
  const auto y = small(b, 9);
  if (x && y) return Number(*x * *y);
  const Decimal p = read(a);
  const Decimal q = read(b);
  return write({p.mantissa * q.mantissa, p.scale + q.scale, p.whole && q.whole});
}

Number divide(const Number& a, const Number& b) {
  Decimal p = read(a);
  Decimal q = read(b);
  align(p, q);
  if (q.mantissa < 0) {
    p.mantissa = -p.mantissa;
    q.mantissa = -q.mantissa;
  }
  const auto length = [](const cpp_int& n) {
    return n == 0 ? 0 : static_cast<int>((n < 0 ? cpp_int(-n) : n).str().size());
  };
  // Digits before the point of the quotient, one too many at most.
  const int before = length(p.mantissa) - length(q.mantissa) + 1;
  const int exact_scale = std::max(0, k_exact_division - before);
  const cpp_int scaled = p.mantissa * power_of_ten(exact_scale);
  if (scaled % q.mantissa == 0) return write({scaled / q.mantissa, exact_scale, false});
  int scale = std::max(0, k_rounded_division - before);
  if (length(p.mantissa * power_of_ten(scale) / q.mantissa) < k_rounded_division) ++scale;
  return write({rounded_quotient(p.mantissa * power_of_ten(scale), q.mantissa, Rounding::half_even),
                scale, false});
}

namespace {

struct Quotient {
  std::int64_t quotient = 0;
  std::int64_t remainder = 0;
};

/// Python's: the remainder has the divisor's sign.
Quotient floor_quotient(std::int64_t a, std::int64_t b) {
  Quotient q{a / b, a % b};
  if (q.remainder != 0 && (q.remainder < 0) != (b < 0)) {
    --q.quotient;
    q.remainder += b;
  }
  return q;
}

} // namespace

Number floor_divide(const Number& a, const Number& b) {
  const auto x = small(a, 18);
  const auto y = small(b, 18);
  if (x && y) return Number(floor_quotient(*x, *y).quotient);
  Decimal p = read(a);
  Decimal q = read(b);
  align(p, q);
  return write({floor_quotient(p.mantissa, q.mantissa), 0, p.whole && q.whole});
}

Number modulo(const Number& a, const Number& b) {
  const auto x = small(a, 18);
  const auto y = small(b, 18);
  if (x && y) return Number(floor_quotient(*x, *y).remainder);
  Decimal p = read(a);
  Decimal q = read(b);
  align(p, q);
  return write({p.mantissa - floor_quotient(p.mantissa, q.mantissa) * q.mantissa, p.scale,
                p.whole && q.whole});
}

Number negate(const Number& a) {
  if (a.text.starts_with('-')) return Number(a.text.substr(1));
  if (a.is_integer() && is_zero(a)) return a;
  return Number("-" + a.text);
}

Number absolute(const Number& a) { return a.text.starts_with('-') ? negate(a) : a; }

std::strong_ordering compare(const Number& a, const Number& b) {
  const auto x = small(a, 18);
  const auto y = small(b, 18);
  if (x && y) return *x <=> *y;
  Decimal p = read(a);
  Decimal q = read(b);
  align(p, q);
  const int sign = p.mantissa.compare(q.mantissa);
  return sign <=> 0;
}

bool is_zero(const Number& a) {
  const std::string_view mantissa = std::string_view(a.text).substr(0, a.text.find_first_of("eE"));
  return mantissa.find_first_of("123456789") == std::string_view::npos;
}

bool is_negative(const Number& a) { return a.text.starts_with('-') && !is_zero(a); }

Number round_to(const Number& a, int digits, Rounding rounding) {
  if (digits > k_max_digits || digits < -k_max_digits) throw NumberTooLarge();
  Decimal d = read(a);
  if (digits >= d.scale) return write(d);
  const int drop = d.scale - digits;
  cpp_int mantissa = rounded_quotient(d.mantissa, power_of_ten(drop), rounding);
  if (digits < 0) mantissa *= power_of_ten(-digits);
  return write({mantissa, std::max(digits, 0), d.whole});
}

Number to_integer(const Number& a) {
  if (a.is_integer()) return a;
  const Decimal d = read(a);
  return write({d.mantissa / power_of_ten(d.scale), 0, true});
}

Number to_decimal(const Number& a) {
  Decimal d = read(a);
  d.whole = false;
  return write(d);
}

std::optional<std::int64_t> to_int64(const Number& a) {
  if (const auto value = small(a, 20)) return value;
  const Decimal d = read(a);
  const cpp_int divisor = power_of_ten(d.scale);
  if (d.mantissa % divisor != 0) return std::nullopt;
  const cpp_int value = d.mantissa / divisor;
  if (value > std::numeric_limits<std::int64_t>::max() ||
      value < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string plain_text(const Number& a) {
  if (a.text.find_first_of("eE") == std::string::npos) return a.text;
  return write(read(a)).text;
}

Digits digits_of(const Number& a) {
  const std::string text = plain_text(a);
  const Written w = take_apart(text);
  Digits d;
  d.whole = std::string(w.whole);
  d.whole.erase(0, std::min(d.whole.find_first_not_of('0'), d.whole.size()));
  if (d.whole.empty()) d.whole = "0";
  d.fraction = std::string(w.fraction);
  d.negative = is_negative(a);
  return d;
}

} // namespace engross::templating
