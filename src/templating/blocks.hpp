// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/compile.hpp"

namespace engross::templating {

/// Print, reference and label stand in a line; everything else decides or repeats.
bool is_control(Tag::Kind kind);
bool is_block_tag(Tag::Kind kind);

/// The second pass: lifts the tags that stand alone out of their carriers, pairs the tags of each
/// block and puts them under one parent. What cannot be paired is reported and taken out.
void place_blocks(pugi::xml_node root, MarkedPart& marked);

} // namespace engross::templating
