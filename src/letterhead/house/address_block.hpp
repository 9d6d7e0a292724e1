// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"
#include "letterhead/house/subject.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// Where a letter says to whom and when; null where it does not.
struct AddressBlock {
  const TextParagraph* date = nullptr;
  std::vector<const TextParagraph*> lines; ///< of the address, the addressee first
  /// The house's styles say so. Without them both are guesses, by which nothing may be replaced.
  bool is_date_certain = false;
  bool is_address_certain = false;
  /// All that stands before the salutation, so where a header line may come from.
  std::vector<const TextParagraph*> front;
  bool is_certain() const { return is_date_certain && is_address_certain; }
};
AddressBlock address_block(const Subject& subject, const House& house);

/// The first line of an older letterhead that is typed above the date: name and street at least.
/// Null where there is none.
const TextParagraph* typed_letterhead(const AddressBlock& block);

/// "October 23, 2001", "23rd October 2001", "23. Oktober 2001", "2001-10-23" (see is_day) and
/// nothing else.
bool is_date_text(std::string_view text);

/// Blanks collapsed, non-breaking ones too.
std::string comparable(std::string_view text);

/// The same in small letters, quotes and dashes of one kind: for telling whether two lines agree.
std::string folded(std::string_view text);

/// How a letter was sent and what it is, which stands where an address would begin.
bool is_legend(std::string_view text);

} // namespace engross::letterhead
