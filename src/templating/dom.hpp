// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the passes of the compiler ask of ODF's elements.
namespace engross::templating {

/// U+FFFC stands for fields, frames and notes in the text of a paragraph.
inline constexpr std::string_view k_object_replacement = "\xEF\xBF\xBC";
/// Around the index of a tag in an attribute; no XML can hold these characters.
inline constexpr char k_attribute_tag_begin = '\x01';
inline constexpr char k_attribute_tag_end = '\x02';

bool named(pugi::xml_node node, const char* name);
bool starts_with(pugi::xml_node node, std::string_view prefix);
bool is_blank(std::string_view text);
bool is_text(pugi::xml_node node);
/// Inline elements whose content is text of the paragraph.
bool is_transparent(pugi::xml_node node);
/// Elements that hold paragraphs of their own in the middle of another paragraph or part.
bool is_flow_boundary(pugi::xml_node node);
/// meta.xml has no paragraphs; these hold text that may hold tags (ODF 1.3 part 3, 4.3).
bool is_meta_text(pugi::xml_node node);
/// Text between the children of other elements is layout of the file, not of the document.
bool is_mixed(pugi::xml_node node);
/// At which number a list item or heading begins to count anew (ODF 1.3 part 3, 19.873, 19.857).
std::optional<int> number_start_of(pugi::xml_node node);
/// Whether a paragraph or span prints anything, tags apart.
bool prints_something(pugi::xml_node node);
/// A text box whose style has no parent is a drawing, as all other shapes are: LibreOffice keeps
/// neither bookmarks nor references in it. \p automatic_styles: of its part.
bool is_in_drawing(pugi::xml_node node, pugi::xml_node automatic_styles);

/// All nodes below, in document order; not those below a node for which `visit` is false.
template <class F> void walk(pugi::xml_node node, F&& visit) {
  for (pugi::xml_node child : node)
    if (visit(child)) walk(child, visit);
}

/// One stretch of a paragraph's text and the node that it comes from.
struct Piece {
  pugi::xml_node node;
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// A paragraph's text across its spans. UTF-8.
struct ParagraphText {
  std::string text;
  std::vector<Piece> pieces;
};

void gather(pugi::xml_node node, ParagraphText& out);

} // namespace engross::templating
