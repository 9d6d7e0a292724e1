// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letterhead/body.hpp"
#include "letterhead/prefixes.hpp"
#include "letterhead/references.hpp"
#include "odf/document.hpp"

#include <pugixml.hpp>
#include <unordered_map>
#include <unordered_set>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::letterhead {

using NameMap = std::unordered_map<std::string, std::string>; // style_key -> name in the letter
using NameSet = std::unordered_set<std::string>;

/// Brings the letterhead's styles, and what they need, into the letter's styles.xml: what replaces
/// what, and who gives way when a name means two things, is said in README.md, "What comes from the
/// letterhead". Used in this order: `need` for every page that comes along,
/// `name_automatic_styles`, `import_styles`, then `place_like` and `adopt` for the pages
/// themselves, `finish`.
class StyleImport {
 public:
  /// Makes missing containers of the letter's styles.xml. Both documents outlive this object.
  /// `letterhead_name`: as findings call it.
  StyleImport(odf::Document& letter, const odf::Document& letterhead, std::string letterhead_name);

  pugi::xml_node named() const { return m_to_named; }         ///< office:styles of the letter
  pugi::xml_node automatic() const { return m_to_automatic; } ///< office:automatic-styles
  pugi::xml_node masters() const { return m_to_masters; }     ///< office:master-styles
  /// The definitions of the letter's styles.xml as they stand now.
  const StyleIndex& index() const { return m_to_index; }
  /// Whether a style of the letter's office:styles comes from the letterhead.
  bool is_letterheads(const pugi::xml_node& style) const;

  /// Follows references from `root`, a node of the letterhead, to automatic styles and resources.
  void need(const pugi::xml_node& root);
  /// Gives the automatic styles that are needed names which are free in the letter.
  void name_automatic_styles();
  /// `page_name`: where a reference of a named style to a page of the letterhead leads.
  void import_styles(const std::function<std::string(const std::string&)>& page_name);

  /// Copies `source` behind the last of its kind below `parent`.
  pugi::xml_node place_like(pugi::xml_node parent, const pugi::xml_node& source);
  /// Makes a copied subtree at home in the letter: names, pictures. `automatic_scope`: it is one of
  /// those that can refer to automatic styles.
  void adopt(const pugi::xml_node& copy, bool automatic_scope);

  /// The name in the letter of an automatic style of the letterhead; empty if it does not come.
  std::string automatic_name(Space space, std::string_view name) const;
  /// A style of styles.xml that is like automatic style `like`, or a child of the named style
  /// `like`; it has a name of its own.
  pugi::xml_node new_paragraph_style(const std::string& like);
  /// A copy of a page layout of styles.xml, with a name of its own; empty without one of that name.
  pugi::xml_node copy_of_layout(const std::string& name);
  /// Removes the automatic styles that `leaving` uses and `staying` does not.
  void drop_used_only_by(const std::vector<pugi::xml_node>& leaving,
                         const std::vector<pugi::xml_node>& staying);
  /// Removes the automatic styles in whose place a style of new_paragraph_style came and that none
  /// of the letter's pages uses any more.
  void drop_stood_in_for();

  /// Declares prefixes, raises office:version, drops the pictures that nothing shows any more;
  /// gives the findings.
  Findings finish();

 private:
  void follow(const pugi::xml_node& root, bool automatic_scope);
  void raise_version();
  void drop_parts();
  void import_named_styles(const std::function<std::string(const std::string&)>& page_name);
  void import_automatic_styles();
  const std::string& import_resource(Space space, const std::string& name, int depth);
  const std::string& import_part(const std::string& path);
  std::string free_name(Space space, const std::string& name);
  NameSet automatic_styles_of(const std::vector<pugi::xml_node>& pages) const;
  void drop_automatic_style(const std::string& key);

  odf::Document& m_letter;
  const odf::Document& m_letterhead;
  std::string m_name;
  Findings m_findings;

  pugi::xml_node m_from; ///< roots of styles.xml
  pugi::xml_node m_to;
  Prefixes m_prefixes;
  pugi::xml_node m_to_fonts, m_to_named, m_to_automatic, m_to_masters;
  StyleIndex m_from_index, m_to_index;

  NameSet m_needed;
  std::vector<pugi::xml_node> m_needed_automatic;
  std::vector<std::pair<Space, std::string>> m_needed_resources;
  NameSet m_stood_in_for;                   ///< automatic styles that a header no longer uses
  NameSet m_taken;                          ///< what an automatic style cannot be called
  NameMap m_automatic_names, m_named_names; ///< letterhead name -> letter name
  std::unordered_map<std::string, int> m_suffixes;
  NameMap m_parts;               ///< path in the letterhead -> path in the letter
  std::set<std::string> m_shown; ///< parts that the letter's styles showed at first
  std::unordered_map<std::string, pugi::xml_node> m_last_of_kind;
};

} // namespace engross::letterhead
