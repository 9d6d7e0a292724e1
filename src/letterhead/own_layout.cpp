// SPDX-License-Identifier: MPL-2.0
#include "letterhead/own_layout.hpp"

#include "letterhead/house/length.hpp"
#include "letterhead/tree.hpp"

#include <cmath>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

bool is_same_length(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto x = points_of(a);
  const auto y = points_of(b);
  constexpr double k_millimetre = 2.84;
  return x && y && std::abs(*x - *y) < k_millimetre;
}

/// A margin, also where the layout names all four at once.
std::string_view margin_of(const pugi::xml_node& properties, const char* side) {
  const std::string_view own = attribute_of(properties, side);
  return own.empty() ? attribute_of(properties, "fo:margin") : own;
}

std::string children_of(const pugi::xml_node& node) {
  std::ostringstream out;
  for (const pugi::xml_node& child : node.children()) child.print(out, "", pugi::format_raw);
  return std::move(out).str();
}

void keep_margins(pugi::xml_node kept, const pugi::xml_node& is, bool is_turned,
                  const pugi::xml_node& was, const MasterPage* like) {
  for (const char* side : {"fo:margin-left", "fo:margin-right"}) {
    const std::string_view margin = margin_of(is, side);
    if (margin.empty()) continue;
    // What stands on a page on its side, often a wide table, was made for its width.
    bool stays = is_turned || !is_same_length(margin, margin_of(was, side));
    if (like != nullptr) {
      const pugi::xml_node theirs = like->layout.child("style:page-layout-properties");
      stays = points_of(margin).value_or(0) + 0.5 < points_of(margin_of(theirs, side)).value_or(0);
    }
    if (stays) set_attribute(kept, side, margin);
  }
  if (like != nullptr) return;
  for (const char* side : {"fo:margin-top", "fo:margin-bottom"}) {
    const std::string_view margin = margin_of(is, side);
    if (!margin.empty() && !is_same_length(margin, margin_of(was, side)))
      set_attribute(kept, side, margin);
  }
}

} // namespace

OwnLayout own_layout(const MasterPage& page, const MasterPage& old, const MasterPage* like) {
  auto out = std::make_unique<pugi::xml_document>();
  pugi::xml_node layout = out->append_child("style:page-layout");
  if (attribute_of(page.layout, "style:page-usage") != attribute_of(old.layout, "style:page-usage"))
    set_attribute(layout, "style:page-usage", attribute_of(page.layout, "style:page-usage"));
  pugi::xml_node kept = layout.append_child("style:page-layout-properties");
  const pugi::xml_node is = page.layout.child("style:page-layout-properties");
  const pugi::xml_node was = old.layout.child("style:page-layout-properties");

  const bool is_turned = page.landscape != old.landscape;
  const char* width = is_turned ? "fo:page-height" : "fo:page-width";
  const char* height = is_turned ? "fo:page-width" : "fo:page-height";
  if (!is_same_length(attribute_of(is, "fo:page-width"), attribute_of(was, width)) ||
      !is_same_length(attribute_of(is, "fo:page-height"), attribute_of(was, height)))
    for (const char* side : {"fo:page-width", "fo:page-height"})
      set_attribute(kept, side, attribute_of(is, side));
  keep_margins(kept, is, is_turned, was, like);
  for (const pugi::xml_attribute& attribute : is.attributes()) {
    const std::string_view name = attribute.name();
    if (name.starts_with("fo:page-") || name.starts_with("fo:margin") ||
        name == "style:print-orientation")
      continue;
    if (attribute_of(was, attribute.name()) != attribute.value())
      set_attribute(kept, attribute.name(), attribute.value());
  }
  if (children_of(is) != children_of(was))
    for (const pugi::xml_node& child : is.children()) kept.append_copy(child);
  if (is_turned && like == nullptr)
    set_attribute(kept, "style:print-orientation", page.landscape ? "landscape" : "portrait");
  const bool says_something =
      layout.first_attribute() || kept.first_attribute() || kept.first_child();
  return says_something ? std::move(out) : nullptr;
}

} // namespace engross::letterhead
