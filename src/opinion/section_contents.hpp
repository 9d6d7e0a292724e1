// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "opinion/book.hpp"

#include <pugixml.hpp>

#include <functional>
#include <string>

namespace engross::opinion {

/// What a section of a book cannot bring into a letter: references and links to places that stay
/// behind, embedded objects, fields that would read otherwise there, lists that count on.
/// `is_bullets`: whether a list style has no numbers.
void check_contents(pugi::xml_node section, const Opinion& opinion,
                    const std::function<bool(const std::string& style)>& is_bullets,
                    Findings& findings);

/// Whether a list or numbered paragraph goes on with the numbers of one before it.
bool counts_on(pugi::xml_node node);

/// Fields whose value the book declares (user fields, variables) become the text that they show:
/// the declaration stays behind, and LibreOffice would print nothing.
void freeze_fields(pugi::xml_node section);

} // namespace engross::opinion
