// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letter/assembly.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace engross::letter {

/// A new opinion book in a folder: book.json and a document with two paragraphs to begin with. As
/// flat ODF (text that version control can compare) or as ODT. Nothing is written here; a file that
/// is there already is a finding.
Result<std::vector<Output>> new_book(const std::filesystem::path& folder, bool flat,
                                     std::int64_t time);

struct Extraction {
  std::filesystem::path letter; ///< .odt .ott .fodt
  std::string section;          ///< its name in Writer
  std::filesystem::path book;   ///< book.json
  std::string id;
  std::string group;
  std::string title; ///< empty: made of the id
  std::int64_t time = 315532800;
};

/// A paragraph of a letter as a new entry of a book: the changed book.json and a file ID.odt beside
/// it. Nothing is written here, and nothing comes back unless the book then reads without a new
/// error. Findings also say what a person should look at.
Result<std::vector<Output>> extract_opinion(const Extraction& extraction);

} // namespace engross::letter
