// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/layout.hpp"

#include <optional>
#include <string_view>

namespace engross::office {

/// One dump. The office breaks into lines what it shows, and forgets the lines of what it has not
/// shown for a while.
struct LayoutDump {
  Layout layout;
  std::vector<bool> in_lines; ///< of each page: all of its text has lines
};

/// Reads what LibreOffice's own filter "writer_layout_dump" writes: the tree of frames with their
/// lines and portions, lengths in twips. The form is no standard; this reads that of 7.4 to 25.2.
/// None where it is something else.
std::optional<LayoutDump> read_layout_dump(std::string_view xml);

/// Takes over the pages that `more` has in lines and `dump` has not.
void add_pages(LayoutDump& dump, LayoutDump more);

} // namespace engross::office
