// SPDX-License-Identifier: MPL-2.0
#include "templating/area.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace engross::templating {

namespace {

constexpr std::array<std::pair<std::string_view, const char*>, 6> k_page_parts = {{
    {"style:header", "header"},
    {"style:header-left", "header of left pages"},
    {"style:header-first", "header of the first page"},
    {"style:footer", "footer"},
    {"style:footer-left", "footer of left pages"},
    {"style:footer-first", "footer of the first page"},
}};

constexpr std::array<std::pair<std::string_view, const char*>, 4> k_properties = {{
    {"dc:title", "title of the document"},
    {"dc:subject", "subject of the document"},
    {"dc:description", "comments of the document"},
    {"meta:keyword", "keyword of the document"},
}};

const char* find(const auto& table, std::string_view element) {
  for (const auto& [name, words] : table)
    if (name == element) return words;
  return nullptr;
}

std::string quoted(std::string_view name) { return "“" + std::string(name) + "”"; }

/// With a space before it; empty without a name.
std::string named(const char* name) { return *name == '\0' ? std::string() : " " + quoted(name); }

/// Rows are counted through headings and groups of rows, as a person counts them.
int rows_up_to(const pugi::xml_node& parent, const pugi::xml_node& last, bool& found) {
  int rows = 0;
  for (pugi::xml_node child = parent.first_child(); child && !found; child = child.next_sibling()) {
    const std::string_view name = child.name();
    if (name == "table:table-row") {
      ++rows;
      found = child == last;
    } else if (name == "table:table-header-rows" || name == "table:table-rows" ||
               name == "table:table-row-group") {
      rows += rows_up_to(child, last, found);
    }
  }
  return rows;
}

std::string row_text(const pugi::xml_node& row) {
  pugi::xml_node table = row.parent();
  while (table && std::string_view(table.name()) != "table:table") table = table.parent();
  if (!table) return {};
  bool found = false;
  return "table" + named(table.attribute("table:name").value()) + ", row " +
         std::to_string(rows_up_to(table, row, found));
}

/// What an element around a paragraph is to a person; empty for most.
std::string words_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (const char* part = find(k_page_parts, name)) {
    const pugi::xml_node page = node.parent();
    const char* display = page.attribute("style:display-name").value();
    const char* style = *display != '\0' ? display : page.attribute("style:name").value();
    return *style == '\0' ? part : std::string(part) + ", page style" + named(style);
  }
  if (const char* property = find(k_properties, name)) return property;
  if (name == "meta:user-defined")
    return "document property" + named(node.attribute("meta:name").value());
  if (name == "text:note")
    return std::string_view(node.attribute("text:note-class").value()) == "endnote" ? "endnote"
                                                                                    : "footnote";
  if (name == "draw:text-box")
    return "text box" + named(node.parent().attribute("draw:name").value());
  if (name == "table:table-row") return row_text(node);
  return {};
}

} // namespace

std::string area_of(const pugi::xml_node& paragraph) {
  std::string out;
  for (pugi::xml_node node = paragraph; node; node = node.parent()) {
    const std::string words = words_of(node);
    if (!words.empty()) out = out.empty() ? words : words + ", " + out;
  }
  return out;
}

pugi::xml_node page_part_of(const pugi::xml_node& paragraph) {
  pugi::xml_node node = paragraph;
  while (node && find(k_page_parts, node.name()) == nullptr) node = node.parent();
  return node;
}

} // namespace engross::templating
