// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/style_import.hpp"

#include <pugixml.hpp>

namespace engross::letterhead {

/// The gap between header and text is the layout's, in Writer. In DOCX page 1 takes it from the
/// last paragraph of its header, and a margin there counts besides. So that both begin the text at
/// the same height: that paragraph's margin is the gap on page 1, and 0 on the pages after it.
/// `page`: a master page of the letter, with the names of its styles there.
void even_out_headers(const pugi::xml_node& page, StyleImport& styles);

} // namespace engross::letterhead
