// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/wide.hpp"

#include "letterhead/house/length.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

bool is_same_layout(const MasterPage& a, const MasterPage& b) {
  const PageMeasures x = measures_of(a);
  const PageMeasures y = measures_of(b);
  return same_length(x.width, y.width) && same_length(x.margins.at("left"), y.margins.at("left")) &&
         same_length(x.margins.at("right"), y.margins.at("right"));
}

bool holds_frame(const pugi::xml_node& paragraph) {
  return static_cast<bool>(paragraph.find_node(
      [](const pugi::xml_node& node) { return std::string_view(node.name()) == "draw:frame"; }));
}

/// Where printers print nothing counts as off the paper.
bool is_off_paper(const BodyObject& object, const MasterPage& page) {
  constexpr double k_unprinted = 14.4; // points
  const PageMeasures measures = measures_of(page);
  return measures.margins.at("left") + object.edge > measures.width - k_unprinted;
}

} // namespace

std::vector<WideObject> wide_objects(const Subject& subject, const Reference& reference) {
  std::vector<WideObject> out;
  const MasterPages& masters = subject.masters;
  const bool has_any = std::any_of(subject.body.paragraphs.begin(), subject.body.paragraphs.end(),
                                   [](const TextParagraph& p) {
                                     return p.flow == Flow::table || p.flow == Flow::frame ||
                                            (p.has_objects && holds_frame(p.node));
                                   });
  if (!has_any || masters.continuation == MasterPages::npos ||
      reference.masters().continuation == MasterPages::npos)
    return out;
  const MasterPage& letters = masters.pages[masters.continuation];
  const MasterPage& theirs = reference.masters().pages[reference.masters().continuation];
  const double width = text_width(theirs);
  for (const BodyObject& object : body_objects(subject.document, masters)) {
    if (object.page == MasterPages::npos || !object.stands_out(width)) continue;
    const MasterPage& page = masters.pages[object.page];
    const bool becomes_letters = page.role == Role::first || page.role == Role::continuation ||
                                 (page.role == Role::other && is_same_layout(page, letters));
    if (!becomes_letters) continue;
    out.push_back({object, width, is_off_paper(object, theirs) && !is_off_paper(object, page)});
  }
  return out;
}

Place place_of(const Subject& subject, const BodyObject& object) {
  const auto is_at = [&](pugi::xml_node inner, const pugi::xml_node& outer) {
    while (inner && inner != outer) inner = inner.parent();
    return static_cast<bool>(inner);
  };
  for (const TextParagraph& p : subject.body.paragraphs)
    if (is_at(p.node, object.node) || is_at(object.node, p.node))
      return subject.place(subject.body, p);
  return subject.place("content.xml");
}

std::string length_like(double points, std::string_view like) {
  return like.ends_with("cm") || like.ends_with("mm") ? centimetres(points) : inches(points);
}

std::string_view unit_of(const MasterPages& masters) {
  if (masters.continuation == MasterPages::npos) return {};
  return attribute_of(
      masters.pages[masters.continuation].layout.child("style:page-layout-properties"),
      "fo:page-width");
}

} // namespace engross::letterhead
