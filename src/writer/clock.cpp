// SPDX-License-Identifier: MPL-2.0
#include "writer/clock.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace engross::writer {

std::string today() {
  using namespace std::chrono;
  const year_month_day date(floor<days>(system_clock::now()));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

} // namespace engross::writer
