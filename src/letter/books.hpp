// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letter/firm.hpp"
#include "opinion/book.hpp"

#include <filesystem>
#include <vector>

namespace engross::letter {

/// A book whose files lie beside its book.json.
opinion::Book::Source book_source(const std::filesystem::path& book);

/// Those of a firm, of one of its offices and of the user, in the order in which later ones
/// override. An office that the firm does not have is a finding.
std::vector<opinion::Book::Source> book_sources(const Firm& firm, const std::string& office,
                                                const std::vector<std::filesystem::path>& books,
                                                Findings& findings);

} // namespace engross::letter
