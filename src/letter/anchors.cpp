// SPDX-License-Identifier: MPL-2.0
#include "letter/anchors.hpp"

#include <cstring>

namespace engross::letter {

namespace {

bool is_continuation_header(pugi::xml_node node) {
  for (; node; node = node.parent())
    if (std::strcmp(node.name(), "style:header") == 0 ||
        std::strcmp(node.name(), "style:header-left") == 0)
      return true;
  return false;
}

} // namespace

templating::Anchors anchors_of(const templating::MarkedPart& styles) {
  templating::Anchors out;
  for (const templating::FoundTag& found : styles.tags)
    if (found.tag.kind == templating::Tag::Kind::print && found.marker &&
        is_continuation_header(found.marker))
      out.emplace(found.tag.expression.canonical(), static_cast<std::uint32_t>(out.size()));
  return out;
}

} // namespace engross::letter
