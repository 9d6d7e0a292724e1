// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/reference.hpp"

#include <string>
#include <vector>

namespace engross::letterhead {

/// Whether a letter's header or footer, as page_lines gives it, says more than the letterhead's: a
/// word that is neither in the letterhead's headers and footers nor in what stands before the
/// letter's salutation, dates and page numbers aside. An exhibit or document number, a legend, an
/// older name of the firm: nothing may replace them.
bool says_more(const std::vector<std::string>& lines, const Reference& reference,
               const AddressBlock& block);

} // namespace engross::letterhead
