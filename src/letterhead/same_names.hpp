// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/body.hpp"
#include "odf/document.hpp"

#include <pugixml.hpp>

namespace engross::letterhead {

/// A person knows a style by its display name, and so does Writer. A named style of the letter that
/// has the display name of one of the letterhead's but another style:name takes the letterhead's,
/// in both parts; where the letter has that one too, it goes. `letterhead_styles`: office:styles;
/// `letterhead_named`: what it defines.
void unify_display_names(odf::Document& letter, const pugi::xml_node& letterhead_styles,
                         const NodeMap& letterhead_named);

} // namespace engross::letterhead
