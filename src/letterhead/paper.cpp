// SPDX-License-Identifier: MPL-2.0
#include "letterhead/paper.hpp"

#include <array>
#include <charconv>
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

/// ODF 1.3 part 3, 18.3.18 length; not a number for anything else.
double millimetres(std::string_view length) {
  constexpr std::array<std::pair<std::string_view, double>, 5> units = {
      {{"in", 25.4}, {"cm", 10}, {"mm", 1}, {"pt", 25.4 / 72}, {"pc", 25.4 / 6}}};
  double number = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), number);
  if (error != std::errc()) return std::nan("");
  const std::string_view unit(end, static_cast<std::size_t>(length.data() + length.size() - end));
  for (const auto& [name, factor] : units)
    if (name == unit) return number * factor;
  return std::nan("");
}

bool same(std::string_view a, std::string_view b) {
  return std::abs(millimetres(a) - millimetres(b)) < 1;
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
