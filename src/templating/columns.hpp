// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/compile.hpp"

namespace engross::templating {

/// Elements that stand between columns while a part is compiled: "n" columns begin here, boundary
/// "n" is here. Never written.
inline constexpr const char* k_column_element = "engross:column";
inline constexpr const char* k_column_mark_element = "engross:column-mark";
/// Around two numbers of boundaries in an attribute: as many columns as lie between them.
inline constexpr char k_span_begin = '\x03';
inline constexpr char k_span_end = '\x04';

/// A cell that shows nothing: tags, or empty paragraphs.
bool is_empty_cell(pugi::xml_node cell);

/// Block tags that stand alone in cells of one row, one a cell, repeat or choose the columns
/// between them: their markers go between the cells of every row and between the columns of the
/// table, and the columns in which they stood vanish.
void place_columns(pugi::xml_node root, MarkedPart& marked);

} // namespace engross::templating
