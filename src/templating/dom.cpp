// SPDX-License-Identifier: MPL-2.0
#include "templating/dom.hpp"

#include "templating/compile.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace engross::templating {

using pugi::xml_node;

bool named(xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

bool starts_with(xml_node node, std::string_view prefix) {
  return std::string_view(node.name()).substr(0, prefix.size()) == prefix;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_text(xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool is_transparent(xml_node node) {
  return named(node, "text:span") || named(node, "text:a") || named(node, "text:meta") ||
         named(node, "text:ruby") || named(node, "text:ruby-base");
}

bool is_flow_boundary(xml_node node) {
  static constexpr std::array k_names = {
      "text:note-body",     "draw:text-box", "style:header",      "style:header-left",
      "style:header-first", "style:footer",  "style:footer-left", "style:footer-first",
      "office:annotation",  "office:text"};
  return std::any_of(k_names.begin(), k_names.end(),
                     [&](const char* name) { return named(node, name); });
}

bool is_meta_text(xml_node node) {
  return named(node, "dc:title") || named(node, "dc:subject") || named(node, "dc:description") ||
         named(node, "meta:keyword") || named(node, "meta:user-defined");
}

bool is_mixed(xml_node node) {
  return is_paragraph(node) || is_transparent(node) || is_meta_text(node);
}

std::optional<int> number_start_of(xml_node node) {
  const pugi::xml_attribute value = node.attribute("text:start-value");
  if (named(node, "text:h")) {
    if (!node.attribute("text:restart-numbering").as_bool()) return std::nullopt;
    return std::max(0, value.as_int(1));
  }
  if (!named(node, "text:list-item") || !value) return std::nullopt;
  return std::max(0, value.as_int(1));
}

bool prints_something(xml_node node) {
  for (xml_node child : node) {
    if (is_text(child)) {
      if (!is_blank(child.value())) return true;
    } else if (is_transparent(child)) {
      if (prints_something(child)) return true;
    } else if (named(child, "text:bookmark-ref")) {
      return true;
    } else if (!named(child, k_tag_element) && !named(child, "text:s") &&
               !named(child, "text:tab") && !named(child, "text:soft-page-break") &&
               !starts_with(child, "text:bookmark") && !named(child, "text:line-break")) {
      return true;
    }
  }
  return false;
}

void gather(xml_node node, ParagraphText& out) {
  for (xml_node child : node) {
    const std::size_t begin = out.text.size();
    if (is_text(child)) {
      out.text += child.value();
    } else if (named(child, "text:s")) {
      out.text.append(std::max(1U, child.attribute("text:c").as_uint(1)), ' ');
    } else if (named(child, "text:tab")) {
      out.text += '\t';
    } else if (named(child, "text:line-break")) {
      out.text += '\n';
    } else if (is_transparent(child)) {
      gather(child, out);
      continue;
    } else if (starts_with(child, "text:bookmark-") || named(child, "text:bookmark") ||
               starts_with(child, "text:reference-mark") || named(child, k_tag_element) ||
               named(child, "text:soft-page-break")) {
      // text:bookmark-ref prints; the other bookmark and reference marks do not.
      if (named(child, "text:bookmark-ref"))
        out.text += k_object_replacement;
      else
        continue;
    } else {
      out.text += k_object_replacement;
    }
    out.pieces.push_back({child, begin, out.text.size() - begin});
  }
}

bool is_in_drawing(pugi::xml_node node, pugi::xml_node automatic_styles) {
  for (; node; node = node.parent()) {
    const std::string_view name = node.name();
    if (!name.starts_with("draw:") || name == "draw:text-box" || name == "draw:a") continue;
    if (name != "draw:frame") return true;
    const pugi::xml_node style = automatic_styles.find_child_by_attribute(
        "style:style", "style:name", node.attribute("draw:style-name").value());
    if (style && !style.attribute("style:parent-style-name")) return true;
  }
  return false;
}

} // namespace engross::templating
