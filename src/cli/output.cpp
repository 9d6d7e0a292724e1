// SPDX-License-Identifier: MPL-2.0
#include "cli/output.hpp"

#include "cli/exit_status.hpp"

#include <algorithm>
#include <cstdio>

namespace engross::cli {

ExitStatus exit_status(const Findings& findings) {
  ExitStatus status = k_done;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::error) continue;
    if (finding.code == Code::internal_error) return k_our_bug;
    const char letter = code_id(finding.code)[3];
    // A path that leads nowhere is a mistake in the command's words, not a fault of the disk.
    const bool file = finding.code == Code::file_not_read || finding.code == Code::file_not_written;
    if (letter == 'X')
      status = std::max(status, k_office);
    else
      status = std::max(status, file ? k_file : k_findings);
  }
  return status;
}

void print(const Findings& findings, const Voice& voice) {
  if (voice.json) {
    for (const Finding& finding : findings) {
      const std::string line = to_json_line(finding) + "\n";
      std::fwrite(line.data(), 1, line.size(), stdout);
    }
    return;
  }
  Findings shown = findings;
  if (voice.quiet)
    std::erase_if(shown, [](const Finding& f) { return f.severity != Severity::error; });
  for (const std::string& text : to_texts(shown)) std::fwrite(text.data(), 1, text.size(), stderr);
}

void say(const std::string& line, const Voice& voice) {
  if (voice.json || voice.quiet) return;
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
}

} // namespace engross::cli
