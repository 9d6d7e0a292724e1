// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/reference.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// A way of the letterhead in which a header or footer reads.
struct PageFit {
  const PatternLines* pattern = nullptr;
  /// Its line for each line of the text; none for a further addressee.
  std::vector<std::optional<std::size_t>> lines;
};
/// None where it reads as no letter on the letterhead does. More lines of the address block than
/// one are right in a header that names the addressee.
std::optional<PageFit> fit_page(const std::vector<std::string>& lines, const Reference& reference,
                                PageRole role, bool is_header, const AddressBlock& block);

/// Whether a letter's header or footer, as page_lines gives it, says more than the letterhead's: a
/// word that is neither in the letterhead's headers and footers nor in what stands before the
/// letter's salutation, dates and page numbers aside. An exhibit or document number, a legend, an
/// older name of the firm: nothing may replace them.
bool says_more(const std::vector<std::string>& lines, const Reference& reference,
               const AddressBlock& block);

/// Whether the header of a page 1 holds a line of the letterhead's, the firm's name say. Else it is
/// that of another firm, which nothing of ours may be put beside.
bool is_of_letterhead(const std::vector<std::string>& lines, const Reference& reference);
/// Whether a letter's page 1 has a header that is not the letterhead's at all.
bool has_other_letterhead(const Subject& subject, const Reference& reference);

/// A line of a header or footer that belongs to the letter, not to its letterhead: an exhibit
/// number, a legend ("Privileged and confidential"), the number of the document; in the header of
/// later pages whatever is no date, no page number and does not stand on page 1 as well.
struct LetterLine {
  std::string text;
  std::string where; ///< "header of page 1"
};
/// Whether a line is one, by its words.
bool is_letters_own(std::string_view line);
/// Those of a letter's pages; lines with tags are left out.
std::vector<LetterLine> letter_lines(const MasterPages& masters);
/// Those of `before` that neither the pages nor the beginning of the letter say any more.
std::vector<LetterLine> lost_lines(const std::vector<LetterLine>& before, const MasterPages& now,
                                   const AddressBlock& block);

/// A header or footer of pages that are none of the letter's own: a landscape annex, say.
struct ForeignPart {
  std::size_t page = 0; ///< in Subject::masters
  bool is_header = true;
  bool is_later = true; ///< of all pages in the style, not of the first one or left ones alone
  pugi::xml_node part;
  std::string page_name; ///< as Writer shows it, in quotes
  std::string text;      ///< for a sentence: "Old Firm LLP / Page #"
};
/// Those on pages in use that say a word, or show a picture, which the header (footer) of later
/// pages does not. What tags will print is not known. `letterhead`: null where there is none.
std::vector<ForeignPart> foreign_parts(const Subject& subject, const MasterPages* letterhead,
                                       const AddressBlock& block);

} // namespace engross::letterhead
