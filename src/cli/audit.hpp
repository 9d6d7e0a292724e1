// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/house_files.hpp"
#include "cli/output.hpp"

#include <string>

namespace engross::cli {

/// What `engross audit` is told.
struct AuditOptions {
  HouseOptions house;
  std::string html;         ///< file of the report for a browser; empty: none
  std::string today;        ///< "2026-11-22", for that report
  bool laid_out = false;    ///< through LibreOffice: headers as they stand on the pages, Word files
  bool reload_docx = false; ///< the same, and the DOCX made of each is laid out too
  int time_limit = 60;      ///< seconds for LibreOffice and one document
  unsigned workers = 0;     ///< threads; 0: as many as the machine has
  Voice voice;
};

/// Finds what breaks the house style; changes nothing.
ExitStatus audit(const AuditOptions& options);

} // namespace engross::cli
