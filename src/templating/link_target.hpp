// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engross::templating {

/// What keeps a value from being a link's target or a part of one: "is empty", "has a line break";
/// none where it can be written.
std::optional<std::string_view> unusable_in_link(std::string_view value);

/// The value as it stands behind `before`, the part of the target already written: without blanks
/// at its ends, and with all that a URI (RFC 3986, 2) may not hold as %XX. What is %XX already
/// stays, and so do host names and the names of places in the letter (#…), which Writer keeps as
/// they are.
std::string in_link(std::string_view before, std::string_view value);

/// All but letters, digits and "-._~" as %XX: a text that stands in a target for a value.
std::string percent_encoded(std::string_view text);

} // namespace engross::templating
