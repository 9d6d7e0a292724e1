// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/shown_parts.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/address_block.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace engross::letterhead {

namespace {

/// A graphic property of a frame in a header, with what its style inherits; empty: not set.
std::string graphic_property(const Subject& subject, const pugi::xml_node& frame,
                             const char* property) {
  constexpr int k_most_parents = 16;
  const pugi::xml_node root = subject.document.styles.document_element();
  std::string name = frame.attribute("draw:style-name").value();
  for (int i = 0; i < k_most_parents && !name.empty(); ++i) {
    pugi::xml_node style;
    for (const char* styles : {"office:automatic-styles", "office:styles"})
      for (const pugi::xml_node& one : root.child(styles).children("style:style"))
        if (!style && name == one.attribute("style:name").value() &&
            std::string_view(one.attribute("style:family").value()) == "graphic")
          style = one;
    if (const pugi::xml_attribute value =
            style.child("style:graphic-properties").attribute(property))
      return value.value();
    name = style.attribute("style:parent-style-name").value();
  }
  return {};
}

double opacity_of(const Subject& subject, const pugi::xml_node& frame) {
  const std::string value = graphic_property(subject, frame, "draw:image-opacity");
  constexpr double k_all = 100;
  return value.empty() ? k_all : std::strtod(value.c_str(), nullptr);
}

/// How much of the picture is cut off at its sides (XSL 7.20.1): "rect(0.3in, 0in, 0in, 0in)",
/// with blanks or commas; in whole points.
std::array<int, 4> clip_of(const Subject& subject, const pugi::xml_node& frame) {
  std::string value = graphic_property(subject, frame, "fo:clip");
  std::array<int, 4> out{};
  if (!value.starts_with("rect(")) return out;
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == ',' || c == ')'; }, ' ');
  std::size_t at = std::string_view("rect(").size();
  for (int& side : out) {
    at = value.find_first_not_of(' ', at);
    if (at == std::string::npos) break;
    const std::size_t end = std::min(value.find(' ', at), value.size());
    side = static_cast<int>(std::lround(points_of(value.substr(at, end - at)).value_or(0)));
    at = end;
  }
  return out;
}

/// Whether it stands where no paper is; of one in a line nothing is known.
bool is_off_page(const Subject& subject, const pugi::xml_node& frame) {
  if (std::string_view(frame.attribute("text:anchor-type").value()) == "as-char") return false;
  const MasterPages& masters = subject.masters;
  if (masters.continuation == MasterPages::npos) return false;
  const PageMeasures paper = measures_of(masters.pages[masters.continuation]);
  const auto length = [&](const char* name) {
    return points_of(frame.attribute(name).value()).value_or(0);
  };
  const auto is_beside = [](double at, double size, double whole) {
    return whole > 0 && (at >= whole || at + size <= 0);
  };
  return is_beside(length("svg:x"), std::max(1.0, length("svg:width")), paper.width) ||
         is_beside(length("svg:y"), std::max(1.0, length("svg:height")), paper.height);
}

bool has_table(const pugi::xml_node& part) {
  return static_cast<bool>(part.find_node(
      [](const pugi::xml_node& node) { return std::string_view(node.name()) == "table:table"; }));
}

bool is_inside(pugi::xml_node node, const pugi::xml_node& ancestor) {
  while (node && node != ancestor) node = node.parent();
  return static_cast<bool>(node);
}

/// The least that the paragraphs of a part take, without the distances between them.
double height_of(const Subject& subject, const pugi::xml_node& part) {
  double out = 0;
  for (const TextParagraph& p : subject.pages.paragraphs) {
    if (p.flow == Flow::frame || !is_inside(p.node, part)) continue;
    double line =
        points_of(paragraph_property(*subject.page_styles, p, "t|fo:font-size")).value_or(0);
    for (const Run& run : p.runs)
      line = std::max(
          line,
          points_of(run_property(*subject.page_styles, p, run, "t|fo:font-size")).value_or(0));
    for (const PagePicture& picture : page_pictures(p.node))
      if (std::string_view(picture.frame.attribute("text:anchor-type").value()) == "as-char")
        line = std::max(line, picture.height);
    out += line * static_cast<double>(1 + std::count(p.text.begin(), p.text.end(), '\n'));
  }
  return out;
}

} // namespace

std::string hidden_picture(const Subject& subject, const PagePicture& picture,
                           const Reference& letterhead, const PagePicture& like) {
  if (!picture.part.empty() && !subject.document.package.contains(picture.part))
    return "a file that is missing";
  constexpr double k_rounding = 1;
  const double opacity = opacity_of(subject, picture.frame);
  if (opacity + k_rounding < opacity_of(letterhead.subject(), like.frame)) return "transparent";
  if (clip_of(subject, picture.frame) != clip_of(letterhead.subject(), like.frame))
    return "cropped";
  return is_off_page(subject, picture.frame) ? "off the page" : "";
}

bool is_drawn_as_image(const Subject& subject, const PagePicture& picture) {
  constexpr double k_all = 100;
  if (opacity_of(subject, picture.frame) < k_all) return false;
  const std::string_view type =
      picture.frame.child("draw:image").attribute("draw:mime-type").value();
  const std::string part = folded(picture.part);
  return type == "image/png" || type == "image/jpeg" || part.ends_with(".png") ||
         part.ends_with(".jpg") || part.ends_with(".jpeg");
}

std::optional<double> fixed_height(const MasterPage& page, bool is_header) {
  return points_of(page.layout.child(is_header ? "style:header-style" : "style:footer-style")
                       .child("style:header-footer-properties")
                       .attribute("svg:height")
                       .value());
}

bool is_too_low(const Subject& subject, const MasterPage& page, bool is_header, double height) {
  constexpr std::array k_headers = {"style:header", "style:header-first", "style:header-left"};
  constexpr std::array k_footers = {"style:footer", "style:footer-first", "style:footer-left"};
  const auto& names = is_header ? k_headers : k_footers;
  return std::any_of(names.begin(), names.end(), [&](const char* name) {
    const pugi::xml_node part = shown(page.node, name);
    return part && !has_table(part) && height_of(subject, part) > height;
  });
}

} // namespace engross::letterhead
