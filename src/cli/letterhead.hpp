// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace engross::cli {

/// What `engross letterhead` is told.
struct LetterheadOptions {
  std::string file;
  std::string letterhead; ///< name in the firm folder, or a path
  std::string firm;
  std::vector<std::string> deals;
  std::vector<std::string> assignments; ///< "path=value"
  std::vector<std::string> outputs;     ///< .odt .ott .docx .pdf
  int time_limit = 60;                  ///< of LibreOffice, in seconds
  std::int64_t time = 315532800;
  Voice voice;
};

/// Puts a letter or a template on another letterhead; all files or none.
ExitStatus change_letterhead(const LetterheadOptions& options);

} // namespace engross::cli
