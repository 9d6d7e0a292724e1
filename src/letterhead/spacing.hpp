// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letterhead/style_import.hpp"
#include "odf/document.hpp"

#include <pugixml.hpp>
#include <unordered_map>

#include <string>
#include <vector>

namespace engross::letterhead {

/// The distances between paragraphs that a text has of a style which the letterhead redefines:
/// Writer's Standard, as most letters are typed. Read before the letterhead's styles come, kept
/// afterwards.
class Spacing {
 public:
  Spacing(odf::Document& letter, const StyleImport& styles);

  /// Where a text that had distances would have none, paragraphs in Standard get the letterhead's
  /// style for text, or their old distances where it has none; the letter's own styles that inherit
  /// from Standard keep what they had. Says which style came; `letterhead`: its name.
  Findings keep(const StyleImport& styles, const std::string& letterhead);

 private:
  /// Above and below, as ODF writes lengths.
  struct Distance {
    std::string top;
    std::string bottom;
    double sum() const;
  };
  struct Paragraph {
    pugi::xml_node node;
    Distance was;
  };

  StyleIndex index(const StyleImport& styles) const;
  static Distance distance(const StyleIndex& index, const pugi::xml_node& defaults,
                           std::string_view style);
  static pugi::xml_node defaults(const StyleImport& styles);
  static std::string text_style(const StyleImport& styles, const StyleIndex& index);
  static void write(pugi::xml_node style, const Distance& distance);
  std::string automatic_style(const Distance& distance);

  odf::Document& m_letter;
  std::vector<Paragraph> m_paragraphs;
  std::unordered_map<std::string, Distance> m_own; ///< of the letter's styles on Standard
  int m_number = 0;
};

} // namespace engross::letterhead
