// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace engross::templating {

/// office:automatic-styles of a part, while its tags are compiled. A part without them has none.
class AutomaticStyles {
 public:
  /// What a paragraph begins.
  struct Break {
    std::string master_page;
    std::string before; ///< "page", "column"
    bool empty() const { return master_page.empty() && before.empty(); }
  };

  AutomaticStyles() = default;
  /// \p named: office:styles, where they are at hand.
  explicit AutomaticStyles(pugi::xml_node styles, pugi::xml_node named = {})
      : m_styles(styles), m_named(named) {}

  /// The automatic style of a paragraph; none where its style has a name of its own.
  pugi::xml_node of(pugi::xml_node paragraph) const;
  /// The name that an author knows: of the style behind an automatic one.
  std::string named_style(pugi::xml_node paragraph) const;
  Break break_of(pugi::xml_node paragraph) const;
  /// A carrier that began a page leaves the break to the paragraph or table behind it, which is
  /// returned where there is one; \p before becomes the name of the style that it had.
  pugi::xml_node hand_on_break(pugi::xml_node carrier, std::string& before);
  /// Begins a page or column at \p next, or at the first paragraph or table in it.
  pugi::xml_node give_break(pugi::xml_node next, const Break& given);
  /// Not to be dropped, though no attribute names it as it stands.
  void keep(std::string name) { m_given.insert(std::move(name)); }
  /// Formatting of what went away; other families (tables, frames) may be named in other ways.
  void drop_unused(pugi::xml_node root);

 private:
  /// The first paragraph or table in a list or section, or the node itself.
  static pugi::xml_node first_block(pugi::xml_node next);
  const Break& named_break(const std::string& name) const;

  pugi::xml_node m_styles;
  pugi::xml_node m_named;
  mutable std::map<std::string, Break, std::less<>> m_named_breaks;
  int m_breaks = 0;
  std::set<std::string, std::less<>> m_given; ///< styles that stay in any case
};

/// Of a paragraph or table.
const char* carrier_style_attribute(pugi::xml_node node);

} // namespace engross::templating
