// SPDX-License-Identifier: MPL-2.0
#include "letterhead/paper.hpp"

#include "letterhead/house/length.hpp"

#include <array>
#include <cmath>

namespace engross::letterhead {

namespace {

struct KnownPaper {
  std::string_view name;
  std::string_view width;
  std::string_view height;
};

constexpr std::array<KnownPaper, 3> k_papers = {
    {{"Letter", "8.5in", "11in"}, {"Legal", "8.5in", "14in"}, {"A4", "210mm", "297mm"}}};

/// To a millimetre: programs round paper in their own ways.
bool same(std::string_view a, std::string_view b) {
  const auto x = points_of(a);
  const auto y = points_of(b);
  return x && y && std::abs(*x - *y) < 3;
}

} // namespace

std::optional<Paper> paper_named(std::string_view name) {
  for (const KnownPaper& paper : k_papers)
    if (paper.name == name)
      return Paper{std::string(name), std::string(paper.width), std::string(paper.height)};
  return std::nullopt;
}

void set_paper(odf::Document& letterhead, const Paper& paper) {
  pugi::xml_node layouts =
      letterhead.styles.child("office:document-styles").child("office:automatic-styles");
  for (pugi::xml_node layout : layouts.children("style:page-layout")) {
    pugi::xml_node properties = layout.child("style:page-layout-properties");
    pugi::xml_attribute width = properties.attribute("fo:page-width");
    pugi::xml_attribute height = properties.attribute("fo:page-height");
    for (const KnownPaper& known : k_papers) {
      const bool upright = same(width.value(), known.width) && same(height.value(), known.height);
      const bool on_side = same(width.value(), known.height) && same(height.value(), known.width);
      if (!upright && !on_side) continue;
      width.set_value((upright ? paper.width : paper.height).c_str());
      height.set_value((upright ? paper.height : paper.width).c_str());
      letterhead.styles_changed = true;
      break;
    }
  }
}

} // namespace engross::letterhead
