// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/reference.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace engross::letterhead {

/// A paragraph of a letter's own header or footer, which names a style that is not automatic.
struct OwnLine {
  pugi::xml_node paragraph;
  std::optional<std::size_t> form; ///< the letterhead's, where the whole part reads as it may
};

/// The style of each of a letter's own lines among the letterhead's `forms`, which stand in
/// `styles_xml`. A line is known by what the whole part reads like, as a picture, by its words or
/// by the style that it has; by its place only between lines that are known. An unknown line keeps
/// its own style.
std::vector<std::string> styles_of_lines(const std::vector<OwnLine>& lines,
                                         const std::vector<pugi::xml_node>& forms,
                                         const Reference& reference,
                                         const pugi::xml_document& styles_xml);

} // namespace engross::letterhead
