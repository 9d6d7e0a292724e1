// SPDX-License-Identifier: MPL-2.0
#include "letter/anchors.hpp"

#include <algorithm>
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

std::set<std::string> names_given(const templating::MarkedPart& part) {
  std::set<std::string> out;
  for (const templating::FoundTag& found : part.tags)
    out.insert(found.tag.targets.begin(), found.tag.targets.end());
  return out;
}

bool reads_any(const templating::Expression& expression, const std::set<std::string>& names) {
  const std::vector<std::string> read = templating::names_read(expression);
  return std::any_of(read.begin(), read.end(), [&](const std::string& path) {
    return names.contains(path.substr(0, path.find_first_of(".[")));
  });
}

templating::Anchors anchors_of(const templating::MarkedPart& styles) {
  templating::Anchors out;
  // A name that the headers give to a value themselves is none of the body's.
  const std::set<std::string> own = names_given(styles);
  for (const templating::FoundTag& found : styles.tags)
    if (found.tag.kind == templating::Tag::Kind::print && found.marker && !found.in_loop &&
        is_continuation_header(found.marker) && !reads_any(found.tag.expression, own))
      out.emplace(found.tag.expression.canonical(), static_cast<std::uint32_t>(out.size()));
  return out;
}

} // namespace engross::letter
