// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/list_numbering.hpp"

#include <string>

namespace engross::letter {

/// What the DOCX of a letter will say in another way than its ODT: letters past Z of list styles
/// without letter-sync, each list style once. \p content: content.xml of the finished letter;
/// \p lists: its named list styles.
void check_docx(const std::string& content, const odf::ListStyles& lists, const std::string& file,
                Findings& findings);

} // namespace engross::letter
