// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <map>
#include <string>

namespace engross::odf {

/// In which language the text of a document is, by its styles (ODF 1.3 part 3, 20.202). Immutable
/// once read.
class TextLanguages {
 public:
  /// Adds the paragraph and text styles of office:styles or office:automatic-styles.
  void read(pugi::xml_node styles);

  /// Of what stands at a node: the formatting nearest to it decides, then its paragraph's style and
  /// the parents of that, then the default. "de"; empty: nothing says so.
  std::string at(pugi::xml_node node) const;

 private:
  struct Style {
    std::string parent;
    std::string language;
  };
  std::string of_style(const std::string& key) const;

  std::map<std::string, Style> m_styles; ///< by family and name
  std::string m_default;
};

} // namespace engross::odf
