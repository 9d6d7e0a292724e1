// SPDX-License-Identifier: MPL-2.0
#include "templating/locale/locale.hpp"

#include <algorithm>

namespace engross::templating {

std::string_view language_of(std::string_view tag) {
  return tag.substr(0, tag.find_first_of("-_"));
}

const LocaleData& locale_data(std::string_view tag) {
  const auto same = [](std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return x == y || (x == '-' && y == '_'); });
  };
  const std::span<const LocaleData> all = all_locales();
  for (const std::string_view wanted : {tag, language_of(tag), std::string_view("en")})
    for (const LocaleData& data : all)
      if (same(data.tag, wanted)) return data;
  return all.front();
}

} // namespace engross::templating
