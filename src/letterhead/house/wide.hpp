// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/body_objects.hpp"
#include "letterhead/house/reference.hpp"

#include <optional>
#include <vector>

namespace engross::letterhead {

/// What is wider than the text of the letterhead's page, and stands on a page that would become
/// that one.
struct WideObject {
  BodyObject object;
  double new_width = 0;     ///< of the letterhead's text, points
  bool is_pushed_off = false; ///< there it would run off the paper, and does not yet
};
std::vector<WideObject> wide_objects(const Subject& subject, const Reference& reference);

/// Where it stands; no value for a paragraph that the subject does not have.
Place place_of(const Subject& subject, const BodyObject& object);

/// "6in", or in centimetres where `like`, a length as a document writes it, is metric.
std::string length_like(double points, std::string_view like);
/// The width of the page of a document's later pages, as it writes it.
std::string_view unit_of(const MasterPages& masters);

} // namespace engross::letterhead
