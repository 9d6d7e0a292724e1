// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/house_files.hpp"
#include "cli/output.hpp"

#include <cstdint>
#include <string>

namespace engross::cli {

/// What `engross standardise` is told.
struct StandardiseOptions {
  HouseOptions house;
  std::string out;       ///< folder for the copies; empty: in place
  bool in_place = false; ///< the originals are kept beside as NAME.bak
  unsigned workers = 0;
  std::int64_t time = 315532800;
  Voice voice;
};

/// Writes corrected copies, says what it changed and what needs a person. With --out every document
/// is there afterwards, those with nothing to do byte for byte; in place only what changed is
/// written, each original kept.
ExitStatus standardise(const StandardiseOptions& options);

} // namespace engross::cli
