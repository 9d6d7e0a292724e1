// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace engross::letterhead {

/// One line of a letterhead's header as a letter may have it.
struct PatternLine {
  std::string glob;           ///< `*` stands for what a tag prints
  std::size_t source = 0;     ///< the letterhead's line that it comes from
  bool is_optional = false;   ///< a tag that may print nothing
  bool is_any_number = false; ///< a loop over what is not known
};
/// A header or footer from its first line to its last.
using PatternLines = std::vector<PatternLine>;

/// All the ways in which a header with tags may read: loops over the firm's data written out,
/// blocks that only the deal decides with and without their lines, and names looked up by what only
/// the deal says (`firm.offices[letter.office]`) once for each name that the firm has. At least
/// one.
std::vector<PatternLines> patterns_of(const std::vector<std::string>& lines,
                                      const deal::Value& firm_data);

/// The pattern's line for each line of a text; none where the text is another one.
std::optional<std::vector<std::size_t>> fit(const std::vector<std::string>& lines,
                                            const PatternLines& pattern);

/// The pattern in one text, lines parted by line feeds.
std::string glob_of(const PatternLines& pattern);

/// The pattern whose words a text has most of.
const PatternLines& nearest(const std::vector<PatternLines>& patterns, const std::string& text);

} // namespace engross::letterhead
