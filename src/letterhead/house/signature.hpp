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
  /// A table in which it stands, or a part of it.
  struct Table {
    pugi::xml_node node;
    const TextParagraph* first = nullptr; ///< its first line that is not blank
    bool keeps_next = false;              ///< something of the block follows
  };
  std::vector<const TextParagraph*> paragraphs; ///< in order, the last of the text first
  std::vector<const TextParagraph*> keeping;    ///< those that must keep with what follows
  std::vector<Table> tables;                    ///< which may not be split
  bool contains(const TextParagraph& p) const;
};

/// "Very truly yours,"
bool is_closing(const House& house, std::string_view text);

/// "By: ________": a line to be signed on and nothing else.
bool is_line_to_sign(std::string_view text);

/// Whether no page ends inside a table of the block, nor behind it where more of the block follows.
bool stays_whole(const pugi::xml_document& content, const SignatureBlock::Table& table);

/// Found by its styles, else by its closing words ("Very truly yours,").
SignatureBlock signature_block(const Subject& subject, const House& house,
                               const Reference* reference);

} // namespace engross::letterhead
