// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/subject.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace engross::letterhead {

/// A paragraph or table that begins a page in a page style which it, or a style that it inherits
/// from, names (ODF 1.3 part 3, 19.501).
struct PageOpening {
  const TextParagraph* paragraph = nullptr; ///< itself, or the first one of the table
  std::size_t page = MasterPages::npos;     ///< in Subject::masters; npos: not defined
  std::optional<int> number; ///< with which the pages are numbered from here on; none: they go on
  bool begins_text = false;
};
/// In the order of the text. What stands in cells, frames and notes begins no page.
std::vector<PageOpening> page_openings(const Subject& subject);

/// Whether a page of the letter itself is another one where its style begins: the letterhead.
bool shows_letterhead(const MasterPage& page);

} // namespace engross::letterhead
