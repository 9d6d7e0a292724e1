// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/address_block.hpp"
#include "letterhead/house/house.hpp"
#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace engross::letterhead {

/// What a continuation header repeats from the first page.
enum class LineKind : unsigned char { other, addressee, date };

/// One line of a continuation header that repeats the addressee or the date.
struct HeaderLine {
  LineKind kind = LineKind::other;
  const TextParagraph* paragraph = nullptr; ///< in Subject::pages
  pugi::xml_node field;                     ///< its text:bookmark-ref; empty: typed
  std::string text;                         ///< as it reads now
  std::string expected;    ///< as it should; empty when the letter has nothing to repeat
  std::string source_text; ///< the same as it is typed, non-breaking spaces kept
  const TextParagraph* source = nullptr; ///< the paragraph of the body that it repeats
  bool refers = false;                   ///< the field refers to the right paragraph
  bool agrees = false;
  bool is_broken = false; ///< the field refers to what is not there; Writer will print an error
  bool is_empty = false;  ///< the field refers to a line of nothing
  bool is_number = false; ///< the field prints a number of what it refers to, of its page say
  bool is_whole = false;  ///< typed, and the whole paragraph is nothing but this
  /// What it is and what it should say are not guesses: it may be replaced.
  bool is_certain = false;
};

/// Page styles that the text names, besides those of the letter itself: annexes, pages after them.
std::vector<std::size_t> other_pages(const Subject& subject);

/// The addressee and date lines of the continuation headers of a letter, on all page styles that
/// its text uses. A header that should say one of them (the letterhead's does) and has no line for
/// it gives a line with all of its text.
std::vector<HeaderLine> header_lines(const Subject& subject, const House& house,
                                     const Reference* reference);

} // namespace engross::letterhead
