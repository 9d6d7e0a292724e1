// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "opinion/slot.hpp"
#include "templating/program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engross::opinion {

/// Begins the mark of a label in a paragraph that is not written out yet.
inline constexpr std::string_view k_label_mark = "<?eg l";

/// A paragraph or block of a slot, before it is written.
struct Piece {
  int level = 0; ///< 1 is an opinion, 2 a sub-item, 3 a sub-sub-item; 0 outside the list
  templating::ParagraphShape shape{};
  std::string start_tag;
  std::string content;

  bool is_numbered() const { return shape == templating::ParagraphShape::numbered; }
};

/// "Inc." keeps its full stop, which is the sentence's as well.
bool ends_in_abbreviation(std::string_view text);

/// What a reader sees of `xml`, without the blanks behind it.
std::string visible_text(std::string_view xml);

/// Whether the text leads on to what stands below.
bool ends_in_colon(std::string_view xml);

/// Ends each paragraph as the options of its slot ask.
void set_end_marks(std::vector<Piece>& pieces, const SlotOptions& options);

} // namespace engross::opinion
