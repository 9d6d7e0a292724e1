// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"
#include "templating/program.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engross::letter {

/// What is wrong with the form of a reference to a label of the book. \p elsewhere: the label is
/// given outside the book, too.
void check_form(const opinion::Reference& reference, const opinion::Book& book, bool elsewhere,
                Findings& findings);

/// The compiled parts of a template; none is nullptr.
using Programs = std::vector<const templating::Program*>;

/// Why a label is not in a letter and what a person can do about it: nobody gives it, its paragraph
/// was not chosen, or a condition leaves it out. \p book may be nullptr.
std::string absent_label(const std::string& label, const Programs& programs,
                         const opinion::Book* book,
                         const std::set<const opinion::Opinion*>& chosen);

/// References to labels that no letter from this template ever has, or whose paragraphs never have
/// the number asked for. \p places: none where a slot's name is computed.
void check_references(const Programs& programs, const opinion::Book* book,
                      const std::optional<opinion::Places>& places, Findings& findings);

} // namespace engross::letter
