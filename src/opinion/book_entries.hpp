// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "finding/finding.hpp"
#include "opinion/book.hpp"

#include <map>
#include <string>
#include <vector>

namespace engross::opinion {

/// One entry of book.json, its section not yet compiled.
struct Entry {
  Opinion opinion;
  std::vector<std::string> alternatives; ///< ids, where they are listed one by one
  std::size_t source = 0;                ///< which book
  // Whether book.json says it, if only as an empty text or list.
  bool has_order = false;
  bool has_when = false;
  bool has_needs = false;
  bool has_covers = false;
  bool has_backup = false;
  bool has_excludes = false;
  bool has_alternatives = false;
};

/// What one book.json says.
struct BookEntries {
  std::vector<std::string> files;
  std::vector<Entry> entries;
  std::map<std::string, std::vector<std::string>> laws;
};

/// Reads the parsed book.json. What is wrong with an entry is a finding; the entry stays unless it
/// has no id of its own.
BookEntries read_entries(const deal::Value& root, const std::string& file, std::size_t source,
                         Findings& findings);

} // namespace engross::opinion
