// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <string>

namespace engross::templating {

/// Where a paragraph stands, in a person's words, from the outside in: "header of the first page,
/// page style “Standard”", "table “Signatures”, row 2", "text box “Seal”", "footnote", "title of
/// the document". Empty: in the running text.
std::string area_of(const pugi::xml_node& paragraph);

/// The header or footer around a paragraph; an empty node elsewhere.
pugi::xml_node page_part_of(const pugi::xml_node& paragraph);

} // namespace engross::templating
