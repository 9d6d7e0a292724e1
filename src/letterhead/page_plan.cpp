// SPDX-License-Identifier: MPL-2.0
#include "letterhead/page_plan.hpp"

#include "letterhead/own_layout.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

/// What is printed, without white space; page numbers are all alike, a picture counts as a word.
void append_words(const pugi::xml_node& node, std::string& out) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
    const std::string_view text = node.value();
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text.substr(i, 2) == "\xC2\xA0") // a no-break space
        ++i;
      else if (std::string_view(" \t\r\n").find(text[i]) == std::string_view::npos)
        out += text[i];
    }
    return;
  }
  const std::string_view name = node.name();
  if (name == "text:page-number" || name == "text:page-count") {
    out += '#';
    return;
  }
  if (name == "draw:image") {
    out += '\x01';
    return;
  }
  for (const pugi::xml_node& child : node.children()) append_words(child, out);
}

std::string words_of(const pugi::xml_node& part) {
  std::string out;
  if (part) append_words(part, out);
  return out;
}

/// The words of its headers and footers, by part; those of page 1 only where they are its own.
std::vector<std::string> header_words(const pugi::xml_node& page) {
  std::vector<std::string> out;
  for (const std::string plain : {"style:header", "style:footer"}) {
    out.push_back(words_of(shown(page, plain.c_str())));
    const pugi::xml_node left = shown(page, (plain + "-left").c_str());
    out.push_back(left ? words_of(left) : out.back());
  }
  return out;
}

bool has_words(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& part) { return !part.empty(); });
}

} // namespace

PagePlan::PagePlan(MasterPages letterhead, MasterPages letter, const pugi::xml_node& named)
    : m_letterhead(std::move(letterhead)), m_letter(std::move(letter)) {
  // The one page of the letter, in the place of the first page that it replaces.
  PageImport main{m_letterhead.continuation, std::string(k_main_page), {}, {}, {}};
  if (m_letter.continuation != MasterPages::npos)
    m_old_words = header_words(m_letter.pages[m_letter.continuation].node);
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
  plan_continued();
  rename_kept();
}

/// Whether the letter simply goes on there, under the old continuation's header or, on a page on
/// its side, under none. A header of the author's own is no such page's.
bool PagePlan::goes_on(const MasterPage& page) const {
  if (m_old_words.empty() || has_first_page_content(page.node)) return false;
  const std::vector<std::string> words = header_words(page.node);
  return (page.role == Role::turned || has_words(words)) &&
         std::equal(
             words.begin(), words.end(), m_old_words.begin(),
             [](const std::string& is, const std::string& was) { return is.empty() || is == was; });
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
    // A header of the annex's own stays: the letterhead's would throw its words away.
    const MasterPage& theirs = m_letterhead.pages[m_turned];
    const bool is_theirs =
        page.name == theirs.name || header_words(page.node) == header_words(theirs.node);
    if (!is_theirs && !goes_on(page)) continue;
    m_replaced.insert(i);
    m_names.insert(page.name);
    PageImport import{m_turned, page.name, page.node, page.next,
                      own_layout(page, old_page(), &theirs)};
    m_imports.push_back(std::move(import));
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
        {i, page.name, replaces ? m_letter.pages[old].node : pugi::xml_node(), page.next, {}});
  }
}

/// Notes at the end stand on pages of their own: more pages of the letter.
void PagePlan::plan_notes(const pugi::xml_node& named) {
  for (const pugi::xml_node& notes : named.children("text:notes-configuration")) {
    const std::size_t i = m_letter.find(attribute_of(notes, "text:master-page-name"));
    if (i == MasterPages::npos || m_letter.pages[i].role != Role::other) continue;
    if (!m_replaced.insert(i).second) continue;
    ContinuedPage page;
    page.replaced = m_letter.pages[i].node;
    page.name = m_letter.pages[i].name;
    m_continued.push_back(std::move(page));
  }
}

/// Word's sections become such pages, for one.
void PagePlan::plan_continued() {
  for (std::size_t i = 0; i < m_letter.pages.size(); ++i) {
    const MasterPage& page = m_letter.pages[i];
    if (page.role != Role::turned && page.role != Role::other) continue;
    if (is_replaced(i) || !goes_on(page)) continue;
    m_replaced.insert(i);
    m_names.insert(page.name);
    ContinuedPage next;
    next.replaced = page.node;
    next.name = page.name;
    next.next = page.next;
    next.own_layout = own_layout(page, old_page(), nullptr);
    m_continued.push_back(std::move(next));
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
    for (ContinuedPage& continued : m_continued) {
      if (continued.replaced == page.node) continued.name = name;
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
