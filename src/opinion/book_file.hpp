// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/document.hpp"
#include "odf/list_numbering.hpp"
#include "opinion/book.hpp"
#include "opinion/section_contents.hpp"
#include "templating/compile.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace engross::opinion {

/// What the files of a book bring besides their sections.
struct BookParts {
  std::vector<std::string> styles;
  std::vector<StyleUse> uses;
  StyleNames own_styles;
  std::vector<ListUse> list_uses;
  std::vector<Picture> pictures;
  std::set<std::string> prefixes; ///< of namespaces, the usual ones
};

/// One ODF file of a book while its sections are compiled.
class BookFile {
 public:
  /// `number` makes the names of this file's automatic styles and pictures its own.
  BookFile(odf::Document document, std::size_t number, BookParts& parts);

  const std::map<std::string, pugi::xml_node>& sections() const { return m_sections; }
  Findings take_findings() { return std::move(m_marked.findings); }

  /// Compiles a section, once. Writer saves the list entries of a section as lists of their own;
  /// here they become paragraphs, each with its level, for the slot to wrap anew.
  void compile(pugi::xml_node section, Opinion& opinion);

 private:
  struct Renamed {
    std::string name;
    std::optional<std::uint32_t> index; ///< none: the named parent stands for it
  };

  void collect_sections(pugi::xml_node node);
  void flatten(pugi::xml_node parent, int level);
  void outer_list(pugi::xml_node node, int level);
  void list(pugi::xml_node node, int level, std::string style);
  void note_level(const std::string& list, int level);
  void loose_paragraph(pugi::xml_node node);
  void numbered_paragraph(pugi::xml_node node);
  void paragraph(pugi::xml_node node, int level, templating::ParagraphShape shape);
  void block(pugi::xml_node node);
  int style_level(const std::string& name) const;
  std::string named_style(const std::string& name) const;

  bool keeps(std::string_view name);
  void keep_known(pugi::xml_node node);
  void name_fonts(pugi::xml_node properties) const;
  void take_over_style(pugi::xml_node style);
  void take_over(pugi::xml_node node);
  void take_picture(pugi::xml_attribute href);
  void map_style(pugi::xml_node node, pugi::xml_attribute attribute);
  void note_use(pugi::xml_node node, const std::string& name);
  void rename(pugi::xml_node style, const std::string& name);
  void read_tags();
  void note_labels(pugi::xml_node node, bool numbered, bool in_item = false);

  odf::Document m_document;
  std::string m_prefix;
  BookParts& m_parts;
  templating::MarkedPart m_marked;
  std::map<std::string, pugi::xml_node> m_automatic;
  std::map<std::string, std::string> m_fonts; ///< name -> family
  std::set<std::string, std::less<>> m_known_prefixes;
  std::map<std::string, int> m_levels;
  odf::ListStyles m_lists;
  std::set<std::string> m_bullets; ///< list styles without numbers
  std::map<std::string, pugi::xml_node> m_sections;
  std::map<std::string, Renamed> m_renamed;
  std::map<std::string, std::uint32_t> m_pictures;
  templating::Emitter* m_emitter = nullptr;
  Opinion* m_opinion = nullptr;
  bool m_seen_numbered = false;
  SectionLists* m_section_lists = nullptr;
  std::set<std::string> m_own_lists; ///< styles of lists that are not the opinion's
  std::set<std::string> m_numbered_labels;
  int m_first_level = 0; ///< of the section's first number; 0: none yet
};

} // namespace engross::opinion
