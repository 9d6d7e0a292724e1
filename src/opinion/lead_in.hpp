// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engross::opinion {

/// Where the letter ends when the blank paragraphs at its end are left out.
std::size_t end_before_blanks(std::string_view out);

/// Cuts off the paragraph with which `out` ends, the lead-in of a slot; where it is an item of a
/// list, the item, and a list that has no other.
void drop_lead_in(std::string& out);

} // namespace engross::opinion
