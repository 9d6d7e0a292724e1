// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letterhead/references.hpp"

#include <pugixml.hpp>
#include <unordered_map>
#include <unordered_set>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::letterhead {

using NodeMap = std::unordered_map<std::string, pugi::xml_node>;

/// The style definitions that a part can refer to: its automatic styles hide the named ones.
struct StyleIndex {
  NodeMap automatic;
  NodeMap named;

  /// The definition; an empty node when there is none.
  pugi::xml_node find(Space space, std::string_view name) const;
};

/// text:p and text:h: what a finding's paragraph number counts.
bool is_paragraph(std::string_view element);

/// Adds what the children of `styles` (office:styles, office:automatic-styles,
/// office:font-face-decls, office:master-styles) define; of two alike the first counts.
void add_definitions(NodeMap& map, const pugi::xml_node& styles);

/// Calls `visit(element, opening)` for each text:p, text:h and table:table of the body's main flow:
/// what can begin a new page. Not those in frames, notes, headers and table cells. `opening`:
/// nothing that is printed stands before it (a paragraph that only holds block tags is not
/// printed).
void for_each_flow_element(const pugi::xml_document& content,
                           const std::function<void(const pugi::xml_node&, bool)>& visit);

/// A paragraph of nothing but block tags and comments: it leaves nothing behind in a letter.
bool holds_only_block_tags(const pugi::xml_node& paragraph);

/// The style reference of a flow element.
std::pair<Space, std::string_view> flow_style(const pugi::xml_node& element);

/// Answers which master page a style asks for, through its ancestors. Each style is looked at once.
class MasterPageResolver {
 public:
  explicit MasterPageResolver(const StyleIndex& index) : m_index(index) {}
  /// Empty: none (ODF 1.3 part 3, 19.500: an empty value is no page break).
  const std::string& master_page(Space space, std::string_view name);

 private:
  const StyleIndex& m_index;
  std::unordered_map<std::string, std::string> m_known;
};

/// The master page that the first printed paragraph names; empty without one.
std::string start_page(const pugi::xml_document& content, const pugi::xml_document& styles);

/// Where the styles of a part are looked up and how its findings name it.
struct StyleCheck {
  const StyleIndex& index;
  std::string file;
  std::string part;
  std::string letterhead; ///< its name, for the sentence
};

/// A paragraph, character or list style that the part refers to and nobody defines, or whose parent
/// or list style nobody defines: one finding a name, at its first use.
Findings check_styles(const pugi::xml_document& document, const StyleCheck& check);

/// Named styles that are their own ancestor: the keys (style_key) of each circle.
std::vector<std::vector<std::string>> ancestry_circles(const pugi::xml_node& styles);
/// One finding a circle.
Findings check_ancestry(const pugi::xml_node& styles, const std::string& file);

/// Text as it is read, white space collapsed, cut after about `limit` characters.
std::string excerpt_of(const pugi::xml_node& node, std::size_t limit = 40);

} // namespace engross::letterhead
