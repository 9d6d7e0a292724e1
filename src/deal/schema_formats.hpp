// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string_view>

// "format" of a JSON Schema: dates and times of RFC 3339, 5.6.

namespace engross::deal {

/// "2025-03-14", a day that the calendar has.
bool is_date(std::string_view text);

/// "14:30:00Z", "14:30:00.5+01:00".
bool is_time(std::string_view text);

bool is_date_time(std::string_view text);

} // namespace engross::deal
