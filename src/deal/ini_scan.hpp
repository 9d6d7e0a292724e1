// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What PropertyTree's INI and INFO readers do not tell or do not mind. Not for other folders.

namespace engross::deal {

struct LineScan {
  /// 1-based line of each node of the tree that PropertyTree will make, in document order.
  std::vector<std::uint32_t> lines;
};

/// Both want "\n" at line ends, and give nothing, but findings, when the text breaks the rules.
std::optional<LineScan> scan_ini(const std::string& file, std::string_view text,
                                 Findings& findings);
std::optional<LineScan> scan_info(const std::string& file, std::string_view text, int depth_limit,
                                  Findings& findings);

} // namespace engross::deal
