// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/references.hpp"

#include <pugixml.hpp>
#include <unordered_map>

#include <map>
#include <string>
#include <string_view>

namespace engross::letterhead {

/// Formatting by name: "p|fo:margin-left", "t|fo:font-size", "s|style:list-style-name", with the
/// kind of property before the bar: paragraph, text, style. What only says how a program edited
/// the text, and what is for Asian and complex scripts, is left out. A font is its family.
using Properties = std::map<std::string, std::string, std::less<>>;

/// The properties that a style:style or style:default-style sets itself; shorthands (fo:margin,
/// fo:padding, fo:border) as the four that they mean. `fonts`: name -> family.
using FontFamilies = std::unordered_map<std::string, std::string>;
Properties own_properties(const pugi::xml_node& style, const FontFamilies& fonts);

/// Whether two values of a property look the same; an empty one is the property's own default.
bool same_value(std::string_view property, std::string_view a, std::string_view b);

/// "margin-left" for "p|fo:margin-left".
std::string_view property_name(std::string_view property);

/// A value for a person: "not set" for none.
std::string value_text(std::string_view property, std::string_view value);

/// The paragraph and character styles that one part sees, each with what it inherits resolved
/// (ODF 1.3 part 3, 16.2). Immutable once made; threads may share it.
class StyleSheet {
 public:
  struct Style {
    pugi::xml_node node;
    std::string parent; ///< empty: none
    bool is_automatic = false;
    Properties own;
    Properties resolved; ///< with the parents' and, for paragraphs, the default style's
  };

  /// `automatic`: office:automatic-styles of the part whose text is looked at.
  StyleSheet(const pugi::xml_document& styles, const pugi::xml_node& automatic,
             const pugi::xml_node& more_fonts);

  /// Null where nobody defines it.
  const Style* find(Space space, std::string_view name) const;
  /// The named style behind a style: itself, or the parent of an automatic one.
  std::string named(Space space, std::string_view name) const;
  /// As Writer shows it: style:display-name, else the name.
  std::string display_name(Space space, std::string_view name) const;
  /// The style that Writer shows under this name; empty when there is none.
  std::string by_display_name(Space space, std::string_view display) const;

  /// The style that says a property itself: `name` or the nearest of its parents; where none does,
  /// the last of them. Styles that are each other's parents end the way.
  std::string origin(Space space, std::string_view name, std::string_view property) const;

  const Properties& paragraph_defaults() const { return m_defaults; }
  const FontFamilies& fonts() const { return m_fonts; }
  /// All named styles of paragraphs and characters, by style_key.
  const std::map<std::string, Style>& all() const { return m_styles; }

 private:
  void add(const pugi::xml_node& styles, bool is_automatic);
  const Properties& resolve(const std::string& key, int depth);

  FontFamilies m_fonts;
  Properties m_defaults;
  std::map<std::string, Style> m_styles;
  std::map<std::string, std::string> m_display; ///< style_key of the display name -> name
};

} // namespace engross::letterhead
