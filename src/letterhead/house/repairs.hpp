// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/audit.hpp"

namespace engross::letterhead {

// The single repairs. Each changes the document of a subject, whose paragraphs and styles are then
// out of date: read it anew before the next.

/// Gives text of forbidden styles the style that the house names for it.
void replace_styles(Subject& subject, const House& house, const Reference* reference);

/// Puts a document on the letterhead. A template gets the letterhead's headers with their tags; a
/// letter keeps the words of its own where they are right, and gets the letterhead's where the
/// firm's data and the address block answer its tags. Where that would lose words of its headers,
/// `obstacle` says which ("the header of page 1, which …") and only its styles become the
/// letterhead's. False: not possible, and the subject is no longer to be used.
bool apply_letterhead(Subject& subject, const House& house, const Reference& reference,
                      std::string& obstacle);

/// Lets the continuation header refer to the address block, with the text that stands there.
void link_header(Subject& subject, const House& house, const Reference* reference);

void remove_formatting_by_hand(Subject& subject, const House& house);
void remove_empty_paragraphs(Subject& subject, const House& house, const Reference* reference);
void set_language(Subject& subject, const House& house, const Reference* reference);
void bind_blanks(Subject& subject, const House& house);
void keep_signature(Subject& subject, const House& house, const Reference* reference);

} // namespace engross::letterhead
