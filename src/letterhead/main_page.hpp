// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/pages.hpp"
#include "letterhead/style_import.hpp"

#include <pugixml.hpp>

namespace engross::letterhead {

/// Gives `page`, a copy of the letterhead's continuation page, the headers and footers of the
/// letterhead's first and left pages. `styles`: where the copy's page layout came to.
void build_main_page(pugi::xml_node page, const MasterPages& letterhead, const StyleImport& styles);

/// Writer shows no footer at all on page 1 where there is a style:header-first and no
/// style:footer-first; a footer that is meant for every page is said twice.
void complete_first_page(pugi::xml_node page);

} // namespace engross::letterhead
