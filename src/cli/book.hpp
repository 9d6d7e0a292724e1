// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"
#include "letter/assembly.hpp"

#include <string>

namespace engross::cli {

/// What `engross book list` and `engross book show` are told.
struct BookOptions {
  std::string path;  ///< book.json or a firm folder
  std::string id;    ///< show only
  std::string group; ///< list only; empty: all
  Voice voice;
};

/// The opinion paragraphs of a book, a line each.
ExitStatus book_list(const BookOptions& options);

/// All that the book says of one opinion paragraph, and how it reads.
ExitStatus book_show(const BookOptions& options);

/// One object on one line: id group title in decider reason rule values.
std::string to_json_line(const letter::OpinionChoice& choice);

} // namespace engross::cli
