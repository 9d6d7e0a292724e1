// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/openings.hpp"

#include "letterhead/body.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <string_view>

namespace engross::letterhead {

namespace {

/// The page number that a style asks for beside its page style.
std::optional<int> number_of(const StyleIndex& index, Space space, std::string_view name) {
  const char* properties =
      space == Space::table ? "style:table-properties" : "style:paragraph-properties";
  std::set<std::string> seen;
  pugi::xml_node style = index.find(space, name);
  while (style && !style.attribute("style:master-page-name")) {
    const std::string parent = style.attribute("style:parent-style-name").value();
    const auto named = index.named.find(style_key(space, parent));
    if (!seen.insert(parent).second || named == index.named.end()) return std::nullopt;
    style = named->second;
  }
  const std::string_view value = style.child(properties).attribute("style:page-number").value();
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < 1) return std::nullopt;
  return number;
}

bool names_page(const pugi::xml_node& styles) {
  const auto all = styles.children("style:style");
  return std::any_of(all.begin(), all.end(), [](const pugi::xml_node& style) {
    return *style.attribute("style:master-page-name").value() != '\0';
  });
}

/// The paragraph, or the first one of a table.
const TextParagraph* paragraph_of(const TextPart& part, const pugi::xml_node& element) {
  const auto is_inside = [&](pugi::xml_node node) {
    while (node && node != element) node = node.parent();
    return static_cast<bool>(node);
  };
  const auto at = std::find_if(part.paragraphs.begin(), part.paragraphs.end(),
                               [&](const TextParagraph& p) { return is_inside(p.node); });
  return at == part.paragraphs.end() ? nullptr : &*at;
}

} // namespace

std::vector<PageOpening> page_openings(const Subject& subject) {
  const odf::Document& document = subject.document;
  const pugi::xml_node automatic =
      document.content.document_element().child("office:automatic-styles");
  const pugi::xml_node named = document.styles.document_element().child("office:styles");
  if (!names_page(automatic) && !names_page(named)) return {}; // most letters
  StyleIndex index;
  add_definitions(index.automatic, automatic);
  add_definitions(index.named, named);
  MasterPageResolver resolver(index);
  std::vector<PageOpening> out;
  for_each_flow_element(document.content, [&](const pugi::xml_node& element, bool opening) {
    const auto [space, style] = flow_style(element);
    const std::string page = resolver.master_page(space, style);
    if (page.empty()) return;
    const TextParagraph* paragraph = paragraph_of(subject.body, element);
    if (paragraph == nullptr) return;
    out.push_back({paragraph, subject.masters.find(page), number_of(index, space, style), opening});
  });
  return out;
}

bool shows_letterhead(const MasterPage& page) {
  if (page.role == Role::first) return static_cast<bool>(shown(page.node, "style:header"));
  return page.role == Role::continuation && page.name != k_continued_page &&
         has_first_page_content(page.node);
}

} // namespace engross::letterhead
