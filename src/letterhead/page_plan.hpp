// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/own_layout.hpp"
#include "letterhead/pages.hpp"

#include <pugixml.hpp>
#include <unordered_map>
#include <unordered_set>

#include <cstddef>
#include <string>
#include <vector>

namespace engross::letterhead {

/// A master page of the letterhead that comes into the letter.
struct PageImport {
  std::size_t source = 0;  ///< of the letterhead's pages
  std::string name;        ///< in the letter
  pugi::xml_node replaced; ///< the letter's page in whose place it comes; empty: at the end
  std::string next;        ///< style:next-style-name; empty for none
  OwnLayout own_layout;
};

/// One more continuation page of the letter: for notes, for an annex on its side, or for a part of
/// the letter that had the old continuation's header.
struct ContinuedPage {
  pugi::xml_node replaced; ///< the letter's page in whose place it comes
  std::string name;
  std::string next; ///< style:next-style-name; empty for none
  OwnLayout own_layout;
};

/// Which pages of the letterhead take the place of which of the letter's, and where references to
/// either lead then (README.md, "One page style").
class PagePlan {
 public:
  PagePlan() = default;
  /// `named`: the letter's office:styles, where its notes name pages of their own. A page that
  /// stays but is called what the letter's page will be called gets another name at once.
  PagePlan(MasterPages letterhead, MasterPages letter, const pugi::xml_node& named);

  const MasterPages& letterhead() const { return m_letterhead; }
  const MasterPages& letter() const { return m_letter; }
  /// The letter's one page comes first.
  std::vector<PageImport>& imports() { return m_imports; }
  const std::vector<PageImport>& imports() const { return m_imports; }
  /// Whether the letter's page `i` gives way.
  bool is_replaced(std::size_t i) const { return m_replaced.count(i) != 0; }
  std::vector<ContinuedPage>& continued() { return m_continued; }
  const std::vector<ContinuedPage>& continued() const { return m_continued; }

  /// Where a reference of the letterhead to one of its own pages leads. `as_next`: from the page
  /// before it.
  std::string letterhead_page(const std::string& name, bool as_next) const;
  /// Where a reference of the letter to one of its own pages leads. `used`: text stands on it.
  std::string letter_page(const std::string& name, bool used) const;

 private:
  bool goes_on(const MasterPage& page) const;
  const MasterPage& old_page() const { return m_letter.pages[m_letter.continuation]; }
  void plan_turned();
  void plan_others();
  void plan_notes(const pugi::xml_node& named);
  void plan_continued();
  void rename_kept();

  MasterPages m_letterhead;
  MasterPages m_letter;
  std::vector<std::string> m_old_words; ///< of the old continuation's header and footer
  std::vector<PageImport> m_imports;
  std::unordered_set<std::string> m_names; ///< of the letter's pages, as planned
  std::unordered_set<std::size_t> m_replaced;
  std::size_t m_turned = MasterPages::npos; ///< the letterhead's page on its side
  bool m_turned_is_taken = false;
  std::vector<ContinuedPage> m_continued;
  std::unordered_map<std::string, std::string> m_renamed; ///< kept pages with another name now
};

} // namespace engross::letterhead
