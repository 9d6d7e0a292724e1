// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"
#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <cstddef>
#include <vector>

namespace engross::letterhead {

/// The lines that a signature needs on one page: the last paragraph of the text, the closing, the
/// space to be signed in, names and titles. Empty where a document has none.
struct SignatureBlock {
  std::vector<const TextParagraph*> paragraphs; ///< in order, the last of the text first
  bool contains(const TextParagraph& p) const;
  /// Those that must keep with the next: all but the last one.
  std::size_t keeping() const { return paragraphs.empty() ? 0 : paragraphs.size() - 1; }
};

/// "Very truly yours,"
bool is_closing(const House& house, std::string_view text);

/// Found by its styles, else by its closing words ("Very truly yours,").
SignatureBlock signature_block(const Subject& subject, const House& house,
                               const Reference* reference);

} // namespace engross::letterhead
