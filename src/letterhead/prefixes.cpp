// SPDX-License-Identifier: MPL-2.0
#include "letterhead/prefixes.hpp"

#include "letterhead/references.hpp"
#include "letterhead/tree.hpp"

#include <vector>

namespace engross::letterhead {

Prefixes::Prefixes(const pugi::xml_node& from, const pugi::xml_node& to) : m_from(from), m_to(to) {
  for (const pugi::xml_attribute& theirs : m_from.attributes()) {
    const std::string_view name = theirs.name();
    const pugi::xml_attribute ours = m_to.attribute(theirs.name());
    if (!name.starts_with("xmlns:") || !ours) continue;
    if (std::string_view(ours.value()) != theirs.value()) m_clashing.emplace(name.substr(6));
  }
}

void Prefixes::note(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon != std::string_view::npos) m_noted.emplace(name.substr(0, colon));
}

void Prefixes::leave_out_clashing(const pugi::xml_node& copy) const {
  if (m_clashing.empty()) return;
  const auto clashes = [&](std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos &&
           m_clashing.count(std::string(name.substr(0, colon))) != 0;
  };
  std::vector<pugi::xml_node> leaving;
  walk(copy, [&](pugi::xml_node node) {
    if (clashes(node.name())) {
      leaving.push_back(node);
      return false;
    }
    for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
      const pugi::xml_attribute next = attribute.next_attribute();
      if (clashes(attribute.name())) node.remove_attribute(attribute);
      attribute = next;
    }
    return true;
  });
  for (const pugi::xml_node& node : leaving) node.parent().remove_child(node);
}

void Prefixes::declare() {
  for (const std::string& prefix : m_noted) {
    const std::string name = "xmlns:" + prefix;
    const pugi::xml_attribute theirs = m_from.attribute(name.c_str());
    if (theirs && !m_to.attribute(name.c_str())) set_attribute(m_to, name.c_str(), theirs.value());
  }
}

} // namespace engross::letterhead
