// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <string>

namespace engross::cli {

/// How the command speaks: options that every subcommand has.
struct Voice {
  bool json = false;  ///< findings as JSON lines on standard output
  bool quiet = false; ///< nothing but findings of severity error
};

/// Findings for a person on standard error, the same at several places said once; or all of them
/// as JSON lines on standard output.
void print(const Findings& findings, const Voice& voice);

/// A line of progress or result on standard output; not with --quiet or --json.
void say(const std::string& line, const Voice& voice);

} // namespace engross::cli
