// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"
#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <pugixml.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engross::letterhead {

// What a document keeps of its own over the change of letterhead.

/// How the lists of a letter's text are numbered.
class ListNumbers {
 public:
  explicit ListNumbers(const Subject& subject);
  void put_back(odf::Document& document) const;

 private:
  pugi::xml_document m_old;
};

/// Paper and side margins of a letter whose tables would stand out of the letterhead's text.
class OwnWidth {
 public:
  OwnWidth(const Subject& subject, const Reference& reference);
  bool is_kept() const { return !m_kept.empty(); }
  /// On all pages that have the letterhead's now.
  void put_back(odf::Document& document) const;

 private:
  std::map<std::string, std::string> m_kept; ///< empty: nothing is kept
  std::map<std::string, std::string> m_replaced;
};

/// The pages of a letter as they are, where only its styles become the letterhead's: page styles,
/// their layouts, and what their headers are formatted with.
class OwnPages {
 public:
  explicit OwnPages(const Subject& subject);
  /// False where the text stands on other page styles now.
  bool put_back(odf::Document& document) const;

 private:
  static std::vector<std::string> page_names(const pugi::xml_document& content);

  pugi::xml_document m_pages;
  pugi::xml_document m_automatic;
  std::vector<std::string> m_names; ///< of the page styles that the text names, in order
  std::map<std::string, odf::Document::Part> m_added;
  std::set<std::string> m_dropped;
};

/// The letterhead on the paper of a document, where the house allows that and it is another; none
/// where the letterhead's own is right.
std::optional<odf::Document> on_allowed_paper(const Subject& subject, const House& house,
                                              const Reference& reference);

} // namespace engross::letterhead
