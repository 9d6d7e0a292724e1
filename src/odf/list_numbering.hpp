// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::odf {

/// One level of a list style (ODF 1.3 part 3, 16.30 to 16.34 and 19.500 ff.). As it stands here
/// Writer counts a level that the style lacks.
struct ListLevel {
  bool given = false;       ///< the style has the level
  bool bullet = false;      ///< a bullet or a picture
  std::string format = "1"; ///< style:num-format: "1" "a" "A" "i" "I"; empty: no number
  bool consecutive = false; ///< the style counts on through all levels
  bool letter_sync = false; ///< past z: aa bb instead of aa ab
  int start = 1;
  /// The label with %1% to %10% in the place of numbers, as LibreOffice keeps it
  /// (loext:num-list-format) and else makes it of prefix, suffix and levels shown; none: "%n%.".
  std::optional<std::string> label;
};

constexpr std::size_t k_list_levels = 10;
using ListStyle = std::array<ListLevel, k_list_levels>;

/// \p level: counted from 1.
inline bool has_level(const ListStyle& style, int level) {
  const auto index = static_cast<std::size_t>(level) - 1;
  return index < style.size() && style[index].given;
}

/// All list styles of a document by name. Immutable once read.
class ListStyles {
 public:
  /// Adds the text:list-style children of office:styles or office:automatic-styles.
  void read(pugi::xml_node styles);
  const ListStyle* find(std::string_view name) const;
  /// The name in XML of a style that a person calls so: "Legal_20_List" for "Legal List".
  std::string name_of(const std::string& shown) const;
  /// The name of one of these styles as a person calls it.
  std::string shown_name(const ListStyle& style) const;

 private:
  std::map<std::string, std::string> m_shown; ///< display name -> name
  std::map<std::string, ListStyle, std::less<>> m_styles;
};

/// The number alone: format_number(3, level "A") is "C"; 0 is "0" in any format.
std::string format_number(int number, const ListLevel& level);

/// The number of one level as Writer's reference field reads it: the label without the full stop at
/// its end, "11" of "11.", "(C)" of "(C)", "A)" of "A)", "Section 1" of "Section 1.".
struct LevelNumber {
  int level = 0; ///< 0 is the outermost
  int number = 0;
  const ListStyle* style = nullptr; ///< by which it is written
  std::string text;
  pugi::xml_node paragraph;                ///< that carries this number
  std::array<bool, k_list_levels> shows{}; ///< levels whose numbers the text has
  std::string unknown_format; ///< not empty: only LibreOffice writes numbers of this kind
};

/// Walks a body in document order and counts its lists as Writer does (continue-list,
/// continue-numbering, start values, list headers, style-override, items that begin with a list).
/// For each numbered paragraph `visit` gets the numbers of all its levels, outermost first.
void number_lists(
    pugi::xml_node body, const ListStyles& styles,
    const std::function<void(pugi::xml_node, const std::vector<LevelNumber>&)>& visit);

} // namespace engross::odf
