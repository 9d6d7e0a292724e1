// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"
#include "letter/assembly.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace engross::cli {

/// --set PATH=VALUE.
std::vector<deal::Assignment> parse_assignments(const std::vector<std::string>& texts);

/// Refuses an ending that we cannot write before any work is done.
Findings check_outputs(const std::vector<std::string>& names);

/// An output must be a file of its own: not named twice, not over what the letter is made from.
/// Says so on standard error.
bool outputs_misused(const std::vector<std::string>& outputs,
                     const std::vector<std::string>& inputs);

constexpr int k_usual_time_limit = 60; ///< seconds

struct ExportOptions {
  std::string letter;                  ///< what findings call it; empty: by the first output
  int time_limit = k_usual_time_limit; ///< of LibreOffice, in seconds
};

/// Gives the bytes of every output: ODT as it is, the rest through LibreOffice.
Findings export_letter(const std::string& odt, const std::vector<std::string>& names,
                       std::vector<letter::Output>& outputs, const ExportOptions& options);

/// Says what was found and gives the exit status.
ExitStatus finish(const Findings& findings, const Voice& voice);

/// Writes all or none where nothing is wrong, and names what was written.
ExitStatus write_and_say(Findings findings, const std::vector<letter::Output>& outputs,
                         const Voice& voice);

} // namespace engross::cli
