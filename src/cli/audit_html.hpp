// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/audit_report.hpp"

#include <array>
#include <string>
#include <vector>

namespace engross::cli {

/// The report of an audit as one HTML file that needs nothing else: a table of files by rule, and
/// under it each file with place and excerpt. Reads well on screen and on paper.
class AuditHtml {
 public:
  void add(const FileReport& report);
  /// `letterhead`: its file; `day`: "2026-11-22".
  std::string finish(const letterhead::House& house, const std::string& letterhead,
                     const std::string& day) const;

 private:
  struct Cell {
    std::size_t count = 0;
    Severity worst = Severity::info;
  };
  struct Row {
    std::string file;
    std::array<Cell, letterhead::k_rules> cells;
    std::array<std::size_t, 3> counts{}; ///< by severity
    bool is_readable = true;
  };
  struct RuleTotal {
    std::size_t findings = 0;
    std::size_t files = 0;
    std::size_t repairable = 0;
  };

  std::string table() const;
  std::string rules() const;
  void add_details(const FileReport& report, const Row& row);

  std::vector<Row> m_rows;
  std::array<RuleTotal, letterhead::k_rules> m_totals{};
  std::string m_details;
};

} // namespace engross::cli
