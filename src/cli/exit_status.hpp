// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

namespace engross::cli {

/// What the command answers to a script.
enum ExitStatus {
  k_done = 0,
  k_findings = 1, ///< errors in template or data; nothing was written
  k_usage = 2,
  k_file = 3,   ///< a file could not be read or written
  k_office = 4, ///< LibreOffice is missing or failed
  k_our_bug = 70,
  k_interrupted = 130,
};

/// The status that a list of findings asks for: done without an error among them.
ExitStatus exit_status(const Findings& findings);

} // namespace engross::cli
