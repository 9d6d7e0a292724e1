// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/document.hpp"

#include <string>
#include <string_view>

namespace engross::opinion {

/// Small letters, digits and hyphens: also the name of a section and of a file.
bool is_usable_id(std::string_view id);

/// Turns a letter into a file of a book that holds nothing of it but one section, named `id`, and
/// the styles: no headers, no history, no pictures of other places. End marks go (the slot sets
/// them), references become text. Findings: no such section, and what a person should look at.
/// False: the document cannot be used.
bool extract_section(odf::Document& letter, const std::string& section, const std::string& id,
                     Findings& findings);

/// book.json with one more entry and one more file, the rest of it as it was written. `entry`: a
/// JSON object. A finding where the book has no lists "files" and "opinions".
Result<std::string> add_to_book(const std::string& name, std::string_view book_json,
                                std::string_view entry, std::string_view file);

} // namespace engross::opinion
