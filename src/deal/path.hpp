// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Paths to values, as templates and assignments write them. Not for other folders.

namespace engross::deal {

/// One step of a path: into an object by name, or into a list by number.
struct Step {
  std::optional<long> index; ///< from the end where negative
  std::string name;          ///< without an index
};

/// Reads `letter.addressee`, `documents[0].title`, `names["@id"]`, `list[-1]`. Nothing, and why in
/// a few words, when it cannot be read. At most 256 steps.
std::optional<std::vector<Step>> parse_path(std::string_view path, std::string& why);

} // namespace engross::deal
