// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/subject.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// What the body says on paper, a line for each paragraph that prints: its number, its words, what
/// of them is hidden or in a symbol font, and whether it is made to begin a page. Formatting may
/// change without changing this; a repair that changes it changes the letter. Line breaks, tabs and
/// non-breaking spaces count as spaces. `of_template`: how numbers look is the firm's to say.
std::vector<std::string> printed(const Subject& subject, bool of_template);

/// A line of it for a sentence: without the marks of what is no word.
std::string words_alone(std::string_view line);

} // namespace engross::letterhead
