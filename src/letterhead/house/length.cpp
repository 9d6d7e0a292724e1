// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/length.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace engross::letterhead {

namespace {

constexpr double k_rounding = 0.1; // points; Writer's own is 0.03 at each of two savings

std::string trimmed(double value, const char* unit) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.3f", value);
  std::string out(buffer.data());
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  if (out == "-0") out = "0";
  return out + unit;
}

} // namespace

std::optional<double> points_of(std::string_view length) {
  while (!length.empty() && length.front() == ' ') length.remove_prefix(1);
  if (!length.empty() && length.front() == '+') length.remove_prefix(1);
  double value = 0;
  const char* const last = length.data() + length.size();
  const auto [end, error] = std::from_chars(length.data(), last, value);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(last - end));
  if (unit == "pt") return value;
  if (unit == "in" || unit == "inch") return value * 72;
  if (unit == "cm") return value * 72 / 2.54;
  if (unit == "mm") return value * 72 / 25.4;
  if (unit == "pc") return value * 12;
  if (unit == "px") return value * 0.75;
  if (unit.empty() && value == 0) return 0;
  return std::nullopt;
}

bool same_length(double a, double b) { return std::abs(a - b) <= k_rounding; }

std::string inches(double points) { return trimmed(points / 72, "in"); }
std::string centimetres(double points) { return trimmed(points / 72 * 2.54, "cm"); }
std::string point_text(double points) { return trimmed(points, "pt"); }

} // namespace engross::letterhead
