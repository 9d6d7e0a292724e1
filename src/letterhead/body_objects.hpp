// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/pages.hpp"
#include "odf/document.hpp"

#include <pugixml.hpp>

#include <string>
#include <vector>

namespace engross::letterhead {

/// A table, frame or picture of the body that has a width of its own, in points. One that is as
/// wide as the text lets it be, or whose place depends on the paper alone, is none.
struct BodyObject {
  pugi::xml_node node;
  double width = 0;
  double edge = 0;       ///< from the left end of the text to its right side
  double text_width = 0; ///< of the page on which it stands
  std::size_t page = MasterPages::npos;

  /// Whether it stands out to the right of a text of this width by more than cell padding does.
  bool stands_out(double of_width) const;
};

/// Those of the main flow and of the frames anchored in it, in document order; not those within a
/// table's cells, which bound them, nor frames in frames.
std::vector<BodyObject> body_objects(const odf::Document& document, const MasterPages& masters);

/// Between the side margins of a page style, in points; 0 without a layout.
double text_width(const MasterPage& page);

/// "The table “Fees”", "A picture".
std::string object_name(const pugi::xml_node& node);

} // namespace engross::letterhead
