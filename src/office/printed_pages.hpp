// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/layout.hpp"

#include <string>
#include <vector>

namespace engross::office {

/// What a page of a PDF shows, whatever it belongs to.
struct PrintedPage {
  struct Text {
    std::string text;
    double y = 0; ///< base line, points below the edge of the paper
  };
  std::vector<Text> texts;              ///< in the order in which they were drawn
  std::vector<double> picture_places{}; ///< middles of those on the paper, points below its edge
};

/// Takes out of the office's own layout those lines of headers and footers that the PDF made of it
/// does not show: a header that is too low for its words is cut off, and the layout has them all
/// the same; so with pictures (shows_pictures). Lines in scripts whose letters a PDF may not tell
/// are left.
void keep_printed(Layout& layout, const std::vector<PrintedPage>& pages);

} // namespace engross::office
