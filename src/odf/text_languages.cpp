// SPDX-License-Identifier: MPL-2.0
#include "odf/text_languages.hpp"

#include "odf/element.hpp"

#include <cstring>
#include <utility>

namespace engross::odf {

namespace {

std::string language_of(pugi::xml_node style) {
  return style.child("style:text-properties").attribute("fo:language").value();
}

} // namespace

void TextLanguages::read(pugi::xml_node styles) {
  for (pugi::xml_node style : styles) {
    const std::string family = style.attribute("style:family").value();
    if (family != "paragraph" && family != "text") continue;
    if (named(style, "style:default-style")) {
      if (family == "paragraph") m_default = language_of(style);
    } else if (named(style, "style:style")) {
      const std::string prefix = family + ":";
      std::string parent = style.attribute("style:parent-style-name").value();
      if (!parent.empty()) parent.insert(0, prefix);
      m_styles[prefix + style.attribute("style:name").value()] = {std::move(parent),
                                                                  language_of(style)};
    }
  }
}

std::string TextLanguages::of_style(const std::string& key) const {
  // Styles that inherit from each other in a circle end after as many steps as there are styles.
  auto style = m_styles.find(key);
  for (std::size_t i = 0; i < m_styles.size() && style != m_styles.end(); ++i) {
    if (!style->second.language.empty()) return style->second.language;
    style = m_styles.find(style->second.parent);
  }
  return {};
}

std::string TextLanguages::at(pugi::xml_node node) const {
  for (; node; node = node.parent()) {
    const bool paragraph = named(node, "text:p") || named(node, "text:h");
    if (!paragraph && !named(node, "text:span")) continue;
    const std::string name = node.attribute("text:style-name").value();
    std::string language = of_style((paragraph ? "paragraph:" : "text:") + name);
    if (!language.empty()) return language;
    if (paragraph) break;
  }
  return m_default;
}

} // namespace engross::odf
