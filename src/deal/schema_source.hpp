// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "deal/pattern.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

// A schema document, checked and brought into a form without surprises. Not for other folders.

namespace engross::deal {

/// What one schema of the document says that its normal form does not.
struct SchemaNode {
  std::optional<List> allowed;  ///< "enum"
  std::optional<List> constant; ///< the one value of "const"
  std::string title;
  std::string description;
};

/// The keyword in the normal form that holds the index into SchemaSource::nodes.
inline constexpr const char* k_node_keyword = "engross:node";

struct SchemaSource {
  /// Every schema of the document stands in "definitions" under its index and is referred to from
  /// there alone: {"$ref": "#/definitions/0", "definitions": {"0": …}}. Holds the keywords of draft
  /// 7 that constrain a value, but for enum and const. No reference leads in a circle.
  Value normal;
  std::vector<SchemaNode> nodes;
  std::map<std::string, Pattern, std::less<>> patterns; ///< all regular expressions of the document
};

/// Checks the document: keywords and what they hold, references, regular expressions, nesting.
Result<SchemaSource> read_schema(const Source& source);

} // namespace engross::deal
