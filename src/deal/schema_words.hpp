// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "deal/decimal.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// How values and bounds read in a finding of the schema.

namespace engross::deal {

/// Equal values have equal keys: numbers by what they are worth, members in any order.
std::string key_of(const Value& value);

/// "1 entry", "3 entries".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

/// The value as it can stand in a sentence: 12, “text”, a list of 3.
std::string show(const Value& value);

/// Its kind, and itself where it is short.
std::string show_kind(const Value& value);

/// "a, b or c"; of more than twelve the first ones.
std::string listed(const std::vector<std::string>& names, std::string_view joint);

/// A number without exponent, where it has not too many digits for that.
std::string plain(const Decimal& number);

} // namespace engross::deal
