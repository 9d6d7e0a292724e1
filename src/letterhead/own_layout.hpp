// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/pages.hpp"

#include <pugixml.hpp>

#include <memory>

namespace engross::letterhead {

/// What the layout of a page of the letter does otherwise than the old continuation's: larger
/// paper, margins, columns, roman numbers. A document of one style:page-layout; null for nothing.
/// It stays.
using OwnLayout = std::unique_ptr<pugi::xml_document>;

/// `old`: the letter's later pages as they were. `like`: the letterhead's own page for this use;
/// null where the letter's page serves.
OwnLayout own_layout(const MasterPage& page, const MasterPage& old, const MasterPage* like);

} // namespace engross::letterhead
