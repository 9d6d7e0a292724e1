// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

#include <optional>
#include <string>
#include <vector>

// What PropertyTree's XML reader does not see or does not mind. Not for other folders.

namespace engross::deal {

struct XmlScan {
  /// 1-based line of each element's tag and, behind it, of each of its attributes, in document
  /// order.
  std::vector<std::uint32_t> lines;
};

/// Checks that `text` is well-formed XML 1.0 without a document type, within the depth limit, that
/// no text stands beside elements, that entities are known. Line ends are "\n" already; those in
/// attribute values become blanks in place (XML 1.0, 3.3.3). Nothing when the text cannot be read
/// on.
std::optional<XmlScan> scan_xml(const std::string& file, std::string& text, int depth_limit,
                                Findings& findings);

} // namespace engross::deal
