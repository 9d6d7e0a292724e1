// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/audit.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::letterhead {

/// One page as somebody laid it out.
struct PageFacts {
  bool is_seen = true; ///< false: its lines are not known
  bool is_turned = false;
  std::vector<std::string> header; ///< as printed, without blank lines
  std::vector<std::string> footer;
  std::vector<std::string> header_boxes; ///< lines of text boxes in it, apart from its own
  std::vector<std::string> footer_boxes;
  std::vector<std::pair<double, double>> header_pictures; ///< width and height, points
  bool shows_pictures = true; ///< false: they are there, but the PDF shows fewer images
  std::string first_line;     ///< of the body
};

/// A document as it was laid out in one format: "ODT and PDF", "DOCX".
struct LaidOutFacts {
  std::string format;
  std::vector<PageFacts> pages;
};

/// What breaks the house style on the pages themselves: headers and footers that do not stand there
/// or say something else, a missing logo, a signature block on two pages, another number of pages
/// from format to format. Turned pages keep what they have.
Hits check_laid_out(const Subject& subject, const House& house, const Reference* reference,
                    const std::vector<LaidOutFacts>& formats);

} // namespace engross::letterhead
