// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/audit.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace engross::letterhead {

/// A header or footer that reads otherwise after the repair.
struct ChangedHeader {
  std::string what; ///< "header of page 1"
  std::string was;  ///< lines parted by " / "; empty: there was none
  std::string is;
};

/// What became of a document.
struct Repaired {
  std::string bytes; ///< of the same kind of file; those given where nothing was to be done
  bool changed = false;
  Hits done; ///< breaches that were found and are gone
  Hits left; ///< breaches that need a person
  std::vector<ChangedHeader> headers;
  Findings faults; ///< why it was left alone; then `bytes` are those given
};

/// Puts right what can be put right with certainty: everything that audit calls repairable. The
/// words of the body, their numbers and the pages that they begin stay as they are: a step that
/// changes any of it is undone and left to a person. Only the continuation header follows the
/// address block, and blanks become non-breaking ones. What it gives back, given again, comes back
/// unchanged. `time`: of the package's entries.
Repaired standardise(const std::string& name, std::string bytes, const House& house,
                     const Reference* reference, std::int64_t time);

} // namespace engross::letterhead
