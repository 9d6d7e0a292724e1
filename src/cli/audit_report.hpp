// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/audit.hpp"

#include <string>
#include <vector>

namespace engross::cli {

/// What was found in one document.
struct FileReport {
  std::string file;
  letterhead::Hits hits;
  Findings faults;                ///< why it could not be audited
  std::vector<std::string> pages; ///< pictures (PNG) of its first pages, where it was laid out
  std::size_t count(Severity severity) const;
};

/// "3 errors, 1 warning", "nothing".
std::string count_text(std::size_t errors, std::size_t warnings, std::size_t infos);
std::string count_text(const FileReport& report);

/// The report of one document for a terminal, rule by rule.
std::string to_text(const FileReport& report);

/// A breach as one JSON object on one line: as any finding, with `rule` and `repairable`.
std::string to_json_line(const letterhead::Hit& hit);

} // namespace engross::cli
