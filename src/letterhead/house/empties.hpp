// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"
#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <vector>

namespace engross::letterhead {

/// Paragraphs of nothing, one after the other, that stand for a distance.
struct EmptyRun {
  std::vector<const TextParagraph*> paragraphs;
  const TextParagraph* previous = nullptr; ///< printed before; null at the beginning
  /// They can go: nothing hangs on them, and the styles around them keep a distance.
  bool is_removable = false;
};

/// Those in the running text. Not in table cells, where a paragraph must stand; not what a border
/// makes visible; not those of styles that may be empty.
std::vector<EmptyRun> empty_runs(const Subject& subject, const House& house,
                                 const Reference* reference);

} // namespace engross::letterhead
