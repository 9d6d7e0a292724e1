// SPDX-License-Identifier: MPL-2.0
#include "letterhead/page_plan.hpp"

#include "letterhead/tree.hpp"

#include <utility>

namespace engross::letterhead {

PagePlan::PagePlan(MasterPages letterhead, MasterPages letter, const pugi::xml_node& named)
    : m_letterhead(std::move(letterhead)), m_letter(std::move(letter)) {
  // The one page of the letter, in the place of the first page that it replaces.
  PageImport main{m_letterhead.continuation, std::string(k_main_page), {}, {}};
  for (std::size_t i = 0; i < m_letter.pages.size(); ++i) {
    const MasterPage& page = m_letter.pages[i];
    if (page.role != Role::first && page.role != Role::continuation) continue;
    m_replaced.insert(i);
    if (!main.replaced && page.name != k_continued_page) main.replaced = page.node;
  }
  m_names.emplace(k_main_page);
  m_names.emplace(k_continued_page);
  m_imports.push_back(std::move(main));
  plan_turned();
  plan_others();
  plan_notes(named);
  rename_kept();
}

void PagePlan::plan_turned() {
  for (std::size_t i = 0; i < m_letterhead.pages.size() && m_turned == MasterPages::npos; ++i) {
    if (m_letterhead.pages[i].role == Role::turned) m_turned = i;
  }
  if (m_turned == MasterPages::npos) return;
  for (std::size_t i = 0; i < m_letter.pages.size(); ++i) {
    const MasterPage& page = m_letter.pages[i];
    // A letterhead that is itself on its side has no such page for an upright letter's annex.
    if (page.role != Role::turned || m_letterhead.pages[m_turned].landscape != page.landscape) {
      continue;
    }
    m_replaced.insert(i);
    m_names.insert(page.name);
    m_imports.push_back({m_turned, page.name, page.node, page.next});
    m_turned_is_taken = true;
  }
}

void PagePlan::plan_others() {
  for (std::size_t i = 0; i < m_letterhead.pages.size(); ++i) {
    const MasterPage& page = m_letterhead.pages[i];
    if (page.role != Role::turned && page.role != Role::other) continue;
    if (i == m_turned && m_turned_is_taken) continue;
    if (!m_names.insert(page.name).second) continue;
    const std::size_t old = m_letter.find(page.name);
    const bool replaces = old != MasterPages::npos && m_replaced.insert(old).second;
    m_imports.push_back(
        {i, page.name, replaces ? m_letter.pages[old].node : pugi::xml_node(), page.next});
  }
}

/// Notes at the end stand on pages of their own: more pages of the letter.
void PagePlan::plan_notes(const pugi::xml_node& named) {
  for (const pugi::xml_node& notes : named.children("text:notes-configuration")) {
    const std::size_t i = m_letter.find(attribute_of(notes, "text:master-page-name"));
    if (i == MasterPages::npos || m_letter.pages[i].role != Role::other) continue;
    if (m_replaced.insert(i).second) m_note_pages.push_back(m_letter.pages[i].node);
  }
}

/// A page that stays must not be called what the letter's page is called.
void PagePlan::rename_kept() {
  for (std::size_t i = 0; i < m_letter.pages.size(); ++i) {
    if (!is_replaced(i)) m_names.insert(m_letter.pages[i].name);
  }
  for (std::size_t i = 0; i < m_letter.pages.size(); ++i) {
    const MasterPage& page = m_letter.pages[i];
    if (page.name != k_main_page || page.role != Role::turned) continue;
    std::string name;
    for (int n = 1; !m_names.insert(name = page.name + "_" + std::to_string(n)).second;) ++n;
    m_renamed[page.name] = name;
    for (PageImport& import : m_imports) {
      if (import.replaced == page.node) import.name = name;
    }
    if (!is_replaced(i)) set_attribute(page.node, "style:name", name);
  }
}

std::string PagePlan::letterhead_page(const std::string& name, bool as_next) const {
  const std::size_t i = m_letterhead.find(name);
  if (i == MasterPages::npos) return name;
  switch (m_letterhead.pages[i].role) {
  case Role::first:
    return std::string(k_main_page);
  case Role::continuation:
    // A style that begins a letter on the only page begins it with the letterhead.
    return std::string(as_next || m_letterhead.first != MasterPages::npos ? k_continued_page
                                                                          : k_main_page);
  default:
    return name == k_main_page ? std::string(k_continued_page) : name;
  }
}

std::string PagePlan::letter_page(const std::string& name, bool used) const {
  if (name.empty()) return name;
  if (const auto it = m_renamed.find(name); it != m_renamed.end()) return it->second;
  const std::size_t i = m_letter.find(name);
  if (i == MasterPages::npos || m_letter.pages[i].role == Role::continuation) {
    return std::string(used ? k_continued_page : k_main_page);
  }
  if (m_letter.pages[i].role == Role::first) return std::string(k_main_page);
  return name;
}

} // namespace engross::letterhead
