// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

#include <optional>
#include <string>
#include <string_view>

// XML, INI and INFO by Boost.PropertyTree. Not for other folders.

namespace engross::deal {

/// Reads `text` (as text_of() gave it) of the source's format. Nothing, and findings, when it
/// cannot be read. The value is an object, or text where an XML root holds nothing but text.
std::optional<Value> read_tree(const Source& source, std::string_view text, std::uint32_t file,
                               const Limits& limits, Findings& findings);

} // namespace engross::deal
