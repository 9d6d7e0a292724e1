// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"

#include <string>
#include <vector>

namespace engross::cli {

/// What `engross check` is told: templates, firm folders, books, house styles, deals, schemas.
struct CheckOptions {
  std::vector<std::string> paths;
  std::string firm;
  std::string letterhead;
  std::string office;
  std::vector<std::string> books;
  Voice voice;
};

/// Finds the faults that show without a letter; each path is judged as what it is.
ExitStatus check(const CheckOptions& options);

} // namespace engross::cli
