// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"
#include "letter/assembly.hpp"

#include <cstdint>
#include <string>

namespace engross::cli {

/// What `engross book list` and `engross book show` are told.
struct BookOptions {
  std::string path;  ///< book.json or a firm folder
  std::string id;    ///< show only
  std::string group; ///< list only; empty: all
  std::string office;
  std::vector<std::string> books; ///< of the user
  Voice voice;
};

/// The opinion paragraphs of a book, a line each.
ExitStatus book_list(const BookOptions& options);

/// All that the book says of one opinion paragraph, and how it reads.
ExitStatus book_show(const BookOptions& options);

/// What `engross book new` and `engross book extract` are told.
struct BookToolOptions {
  std::string folder; ///< new
  bool flat = false;  ///< new
  std::string letter; ///< the rest: extract
  std::string section;
  std::string id;
  std::string into; ///< book.json, or its folder
  std::string group;
  std::string title;
  std::int64_t time = 315532800;
  Voice voice;
};

/// Begins a book in a folder, which is made where it is not there. Overwrites nothing.
ExitStatus book_new(const BookToolOptions& options);

/// Makes an entry of a book from a section of a letter. Overwrites nothing but book.json.
ExitStatus book_extract(const BookToolOptions& options);

/// One object on one line: id group title in decider reason rule values.
std::string to_json_line(const letter::OpinionChoice& choice);

} // namespace engross::cli
