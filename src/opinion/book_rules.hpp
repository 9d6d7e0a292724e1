// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "opinion/book.hpp"

#include <vector>

namespace engross::opinion {

/// What the entries of a book say about each other and cannot all be true: requirements in a
/// circle, paragraphs that need what they exclude, alternatives that nothing ever reaches, a label
/// that two paragraphs of one letter would give. `opinions`: in the order of the book.
void check_rules(const std::vector<Opinion>& opinions, Findings& findings);

} // namespace engross::opinion
