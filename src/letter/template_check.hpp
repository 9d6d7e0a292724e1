// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letter/labels.hpp"
#include "odf/list_numbering.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"
#include "templating/compile.hpp"

#include <optional>

namespace engross::letter {

/// The parts of a template after their tags were found.
struct TemplateTags {
  const templating::MarkedPart& content;
  const templating::MarkedPart& styles;
  const templating::MarkedPart& meta;
};

/// What is wrong without data with the slots of a template, their places and options, with labels,
/// and with ids of which a tag asks `is chosen`. Gives the places for paragraphs; none where a
/// slot's name is computed. \p book may be nullptr.
std::optional<opinion::Places> check_slots(const TemplateTags& tags, const opinion::Book* book,
                                           const odf::ListStyles& lists, Findings& findings);

/// Levels on which paragraphs of the book may stand in slots and which the slots' lists lack.
/// \p programs: of the template.
void check_list_levels(const Programs& programs, const opinion::Book& book,
                       const odf::ListStyles& lists, Findings& findings);

} // namespace engross::letter
