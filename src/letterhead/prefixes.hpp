// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <pugixml.hpp>
#include <unordered_set>

#include <set>
#include <string>
#include <string_view>

namespace engross::letterhead {

/// The namespace prefixes of what comes from one part into another. ODF's own mean the same
/// everywhere; those of other vendors need not.
class Prefixes {
 public:
  /// The document elements of the two parts.
  Prefixes(const pugi::xml_node& from, const pugi::xml_node& to);

  /// Remembers the prefix of an element's or attribute's name, if it has one.
  void note(std::string_view name);
  /// Takes out of a copied subtree what is marked by a prefix that means something else here.
  void leave_out_clashing(const pugi::xml_node& copy) const;
  /// Declares the prefixes that were noted and are not declared yet.
  void declare();

 private:
  pugi::xml_node m_from, m_to;
  std::set<std::string> m_noted;
  std::unordered_set<std::string> m_clashing;
};

} // namespace engross::letterhead
