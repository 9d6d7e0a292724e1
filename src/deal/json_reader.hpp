// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

#include <optional>
#include <string>
#include <string_view>

// RFC 8259 by nlohmann/json's SAX interface. Not for other folders.

namespace engross::deal {

struct JsonText {
  const std::string& name; ///< of the file, for findings
  std::string_view text;   ///< as text_of() gave it
  std::uint32_t file = 0;  ///< for Origin
  int depth_limit = 256;
  bool with_origins = true; ///< else every origin has line 0
};

/// Any JSON value. Nothing, and findings, when the text cannot be read to its end; a value and
/// findings when names stand twice (the later one stays) or comments were skipped.
std::optional<Value> read_json(const JsonText& json, Findings& findings);

/// The same for a value that stands in no file: findings have no place, origins line 0.
std::optional<Value> read_json_value(std::string_view text, int depth_limit, Findings& findings);

} // namespace engross::deal
