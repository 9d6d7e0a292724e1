// SPDX-License-Identifier: MPL-2.0
#include "letter/anchors.hpp"

#include <cstring>
#include <set>
#include <string>

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
  // A name that the headers give to a value themselves is none of the body's.
  std::set<std::string> own;
  for (const templating::FoundTag& found : styles.tags)
    own.insert(found.tag.targets.begin(), found.tag.targets.end());
  const auto is_own = [&](const std::string& expression) {
    return own.contains(expression.substr(0, expression.find_first_of(".[ |(")));
  };
  for (const templating::FoundTag& found : styles.tags)
    if (found.tag.kind == templating::Tag::Kind::print && found.marker && !found.in_loop &&
        is_continuation_header(found.marker) && !is_own(found.tag.expression.canonical()))
      out.emplace(found.tag.expression.canonical(), static_cast<std::uint32_t>(out.size()));
  return out;
}

} // namespace engross::letter
