// SPDX-License-Identifier: MPL-2.0
#include "letterhead/header_gap.hpp"

#include "letterhead/house/length.hpp"
#include "letterhead/pages.hpp"
#include "letterhead/tree.hpp"

#include <cmath>

namespace engross::letterhead {

namespace {

double points(std::string_view length) { return points_of(length).value_or(0); }

/// fo:margin-bottom that a paragraph style comes to, in points.
double bottom_margin(const std::string& paragraph_style, const StyleIndex& index) {
  pugi::xml_node style = index.find(Space::paragraph, paragraph_style);
  for (std::size_t steps = 0; style && steps <= index.named.size(); ++steps) {
    const pugi::xml_node properties = style.child("style:paragraph-properties");
    for (const char* which : {"fo:margin-bottom", "fo:margin"}) {
      const std::string_view value = attribute_of(properties, which);
      if (!value.empty() && value.back() != '%') return points(value);
    }
    const auto parent = index.named.find(
        style_key(Space::paragraph, attribute_of(style, "style:parent-style-name")));
    style = parent == index.named.end() ? pugi::xml_node() : parent->second;
  }
  return 0;
}

/// Gives the last printed paragraph of a header its bottom margin, by a style of its own.
void set_last_margin(const pugi::xml_node& area, std::string_view margin, StyleImport& styles) {
  pugi::xml_node last = area.last_child();
  while (last && (last.type() != pugi::node_element ||
                  (is_paragraph(last.name()) && holds_only_block_tags(last)))) {
    last = last.previous_sibling();
  }
  if (!last || !is_paragraph(last.name())) return;
  const std::string name(attribute_of(last, "text:style-name"));
  constexpr double k_tolerance = 0.05;
  if (std::abs(bottom_margin(name, styles.index()) - points(margin)) < k_tolerance) return;
  pugi::xml_node style = styles.new_paragraph_style(name);
  pugi::xml_node properties = style.child("style:paragraph-properties");
  // ODF 1.3 part 3, 16.2: paragraph properties stand before text properties.
  if (!properties) properties = style.prepend_child("style:paragraph-properties");
  set_attribute(properties, "fo:margin-bottom", margin);
  set_attribute(last, "text:style-name", attribute_of(style, "style:name"));
}

} // namespace

void even_out_headers(const pugi::xml_node& page, StyleImport& styles) {
  const auto layout = styles.index().automatic.find(
      style_key(Space::page_layout, attribute_of(page, "style:page-layout-name")));
  if (layout == styles.index().automatic.end()) return;
  const pugi::xml_node properties =
      layout->second.child("style:header-style").child("style:header-footer-properties");
  const std::string_view gap = attribute_of(properties, "fo:margin-bottom");
  if (gap.empty() || attribute_of(properties, "style:dynamic-spacing") == "true") return;
  set_last_margin(shown(page, "style:header"), "0in", styles);
  set_last_margin(shown(page, "style:header-left"), "0in", styles);
  set_last_margin(shown(page, "style:header-first"), gap, styles);
}

} // namespace engross::letterhead
