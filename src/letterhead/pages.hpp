// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/document.hpp"

#include <pugixml.hpp>
#include <unordered_map>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// What a master page is for in a letter.
enum class Role {
  other,        ///< none of these: an envelope, an annex with a header of its own
  first,        ///< page 1 only, by a chain style:next-style-name to the continuation
  continuation, ///< every page after the first; page 1 too where no other is first
  turned        ///< on its side, as page 1 is not: landscape in a letter
};

struct MasterPage {
  pugi::xml_node node;
  pugi::xml_node layout; ///< its style:page-layout; empty when nobody defines it
  std::string name;
  std::string next; ///< style:next-style-name; empty when it follows itself
  bool landscape = false;
  Role role = Role::other;
};

/// The master pages of a document in document order, with their roles.
struct MasterPages {
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  std::vector<MasterPage> pages;
  std::unordered_map<std::string, std::size_t> index;
  std::size_t start = npos;        ///< the one on which page 1 stands
  std::size_t continuation = npos; ///< the end of the chain that begins there
  std::size_t first = npos;        ///< another one for page 1; npos without one
  std::size_t left = npos;         ///< the one that takes turns with the continuation
  /// Names of more than one that could be meant for page 1, when the document does not say which.
  std::vector<std::string> unclear;

  std::size_t find(std::string_view name) const;
};

/// The name of the page on which a letter's text stands when nothing in the text names another
/// one: Writer's own default page style.
inline constexpr std::string_view k_main_page = "Standard";
/// A copy of the letter's page without the first page's header, for pages that follow an explicit
/// change of page (back from a landscape annex, say): the letterhead is printed on page 1 only.
inline constexpr std::string_view k_continued_page = "Letter_20_continued";

/// `start`: the master page that the body's first paragraph names, or empty. `is_letterhead`: a
/// master page that leads to the continuation is the first page also when nobody uses it, because
/// a letterhead has no text to use it.
MasterPages read_master_pages(const pugi::xml_document& styles, const std::string& start,
                              bool is_letterhead);

/// The pages of the chain between page 1 and the continuation: a page 2 with a style of its own.
std::vector<const MasterPage*> pages_between(const MasterPages& masters);

/// A page style as Writer shows it: "First Page" for First_20_Page without a style:display-name.
std::string shown_name(const pugi::xml_node& master_page);
std::string shown_name(std::string_view name);
/// Whether it is called as Writer calls its own page style for page 1.
bool is_first_page_name(std::string_view name);
/// Whether its paper is too small for a letter: Writer's Insert ▸ Envelope puts one before page 1.
bool is_envelope(const MasterPage& page);
/// Those of a document, by the page that its text names first.
MasterPages master_pages_of(const odf::Document& document, bool is_letterhead);

/// Whether style:header-first or style:footer-first of a master page is shown.
bool has_first_page_content(const pugi::xml_node& master_page);
/// A header or footer element that is there and shown (style:display is not false).
pugi::xml_node shown(const pugi::xml_node& master_page, const char* element);

} // namespace engross::letterhead
