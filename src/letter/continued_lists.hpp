// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/list_numbering.hpp"
#include "templating/compile.hpp"

#include <pugixml.hpp>

namespace engross::letter {

/// Writer goes on only with the list right before (text:continue-numbering, ODF 1.3 part
/// 3, 19.776). Where a slot will put a list in between, or a condition may take one away, the list
/// names the one that it means. \p content: the tags of the body, in place.
void name_continued_lists(pugi::xml_document& body, const templating::MarkedPart& content,
                          const odf::ListStyles& lists);

} // namespace engross::letter
