// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/document.hpp"
#include "opinion/book.hpp"

#include <pugixml.hpp>

#include <functional>
#include <set>
#include <string>

namespace engross::opinion {

/// What a section of a book cannot bring into a letter: references and links to places that stay
/// behind, embedded objects, fields that would read otherwise there, lists that count on.
/// `is_bullets`: whether a list style has no numbers.
void check_contents(pugi::xml_node section, const Opinion& opinion,
                    const std::function<bool(const std::string& style)>& is_bullets,
                    Findings& findings);

/// Whether a list or numbered paragraph goes on with the numbers of one before it.
bool counts_on(pugi::xml_node node);

/// List styles of a document without numbers.
std::set<std::string> bullet_styles(const odf::Document& document);

/// The lists of a section, in their order, outside items of others. Those in the style of the first
/// one are the opinion's. One of another style behind it keeps its own bullets or numbers and its
/// own end marks, as a table does, unless it begins below the first level.
class SectionLists {
 public:
  /// `bullets` must outlive this.
  explicit SectionLists(const std::set<std::string>& bullets) : m_bullets(bullets) {}
  /// \p seen_numbered: a numbered paragraph stands before the list.
  bool is_opinions(pugi::xml_node list, bool seen_numbered);

 private:
  const std::set<std::string>& m_bullets;
  std::string m_main; ///< style of the first list
};

/// Whether the first item of a list has a paragraph of its own, not only sub-items.
bool begins_on_first_level(pugi::xml_node list);

/// Fields whose value the book declares (user fields, variables) become the text that they show:
/// the declaration stays behind, and LibreOffice would print nothing.
void freeze_fields(pugi::xml_node section);

} // namespace engross::opinion
