// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <optional>
#include <string>

namespace engross::letterhead {

/// What keeps the picture of a header from showing, for a sentence: "a file that is missing",
/// "transparent", "cropped", "off the page". `like`: the letterhead's, which may be cropped or
/// transparent itself. Empty: it shows.
std::string hidden_picture(const Subject& subject, const PagePicture& picture,
                           const Reference& letterhead, const PagePicture& like);

/// Whether a PDF has it as an image: a photograph or a PNG. Drawings of lines and curves it draws,
/// and what lets something through it may hold in another way.
bool is_drawn_as_image(const Subject& subject, const PagePicture& picture);

/// The fixed height (ODF 1.3 part 3, 20.410 svg:height) of a page style's header or footer, in
/// points; none where it grows with its lines, as it should.
std::optional<double> fixed_height(const MasterPage& page, bool is_header);
/// Whether it is too little for the lines and pictures that stand in it, by their sizes. Headers
/// with a table are not measured.
bool is_too_low(const Subject& subject, const MasterPage& page, bool is_header, double height);

} // namespace engross::letterhead
