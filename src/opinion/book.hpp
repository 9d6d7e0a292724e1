// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "finding/finding.hpp"
#include "templating/expression.hpp"
#include "templating/program.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::opinion {

/// A reference in a paragraph of the book.
struct Reference {
  std::string label;
  Place place;
  std::string form; ///< empty: computed

  bool wants_number() const { return form == "full" || form == "number"; }
};

/// One approved paragraph of the firm: what book.json says of it and how its section reads.
struct Opinion {
  std::string id;
  std::string title;
  std::string group;
  int order = 0; ///< of insertion within the group; ties by place in book.json
  std::string when_text;
  templating::Expression when;    ///< empty: by choice only
  std::vector<std::string> needs; ///< "requires": ids that come along
  std::vector<std::string> excludes;
  std::string alternatives; ///< name of the set of which one stands; empty: none
  std::vector<std::string> covers;
  std::vector<std::string> backup;
  std::string version;
  std::string owner;
  std::string approved_by;
  std::string approved_on;
  std::string review_by;
  std::string note;
  std::string section;
  std::string overrides; ///< id of the paragraph of an earlier book that it replaces
  Place place;           ///< of the entry in book.json

  templating::Program program;
  std::string style;                ///< named paragraph style of its first numbered paragraph
  std::set<int> levels;             ///< of the list on which its numbered paragraphs stand
  std::string typed_number;         ///< "4." with which it begins as text, where it has no number
  std::set<std::uint32_t> styles;   ///< indices into Book::styles that its section uses
  std::set<std::uint32_t> pictures; ///< indices into Book::pictures
  /// Ids of which its tags ask `is chosen`, and where.
  std::vector<std::pair<std::string, Place>> asks;
  std::set<std::string> reads;        ///< first names that its tags read: "parties", "series"
  std::vector<std::string> labels;    ///< names that it gives, where they are plain text
  std::set<std::string> flush_labels; ///< of these, those on paragraphs without a number
  bool computes_labels = false;       ///< it gives others as well
  std::vector<Reference> refers;
};

/// Styles by name that a section asks for; the letterhead must have them.
struct StyleUse {
  std::string family; ///< "paragraph" or "text"
  std::string name;   ///< as in XML: Opinion_20_1
  Place place;
  std::string opinion; ///< id of the first that uses it
};

/// A level of a list on which a section has a number.
struct ListUse {
  std::string list; ///< name of the list style in the book, as in XML
  int level = 1;
  bool lacking = false; ///< the list style of that name has no such level in the book itself
  Place place;
  std::string opinion; ///< id of the first that uses it
};

/// Family and name, as in XML.
using StyleNames = std::set<std::pair<std::string, std::string>>;

/// The name as a person sees it: "Opinion 1".
std::string shown_style(std::string_view name);

/// A picture that a section shows, under the path by which the section names it.
struct Picture {
  std::string path; ///< "Pictures/EO1_…": no other part of a letter has it
  std::string media_type;
  std::string bytes;
};

/// The clause library, compiled. Immutable; threads may share it.
class Book {
 public:
  using FileReader = std::function<Result<std::string>(const std::string& name)>;

  /// Reads book.json and the files that it lists, through `read_file`. A broken entry is left out
  /// with its findings; no value when book.json itself cannot be read.
  static Result<Book> load(const std::string& name, const FileReader& read_file);

  /// The books of a firm, its office and its user, in this order. An entry of a later book with
  /// "overrides" replaces the one it names; the id of that one then means the new one.
  struct Source {
    std::string name;     ///< of book.json
    FileReader read_file; ///< for that name, and for the files as the book lists them
  };
  static Result<Book> load(const std::vector<Source>& sources);

  /// In the order of insertion: by group's first appearance, order, place in book.json.
  const std::vector<Opinion>& opinions() const { return m_opinions; }
  /// Also by the id of a paragraph that was overridden. nullptr: none.
  const Opinion* find(std::string_view id) const;
  bool has_group(std::string_view group) const;
  std::vector<std::string> ids() const;
  std::vector<std::string> groups() const;
  /// Automatic styles of the sections as XML, renamed so that they meet no other.
  const std::vector<std::string>& styles() const { return m_styles; }
  const std::vector<StyleUse>& style_uses() const { return m_style_uses; }
  /// Named styles that the files of the book have themselves.
  const StyleNames& own_styles() const { return m_own_styles; }
  const std::vector<ListUse>& list_uses() const { return m_list_uses; }
  const std::vector<Picture>& pictures() const { return m_pictures; }
  /// Prefixes of namespaces, the usual ones, that sections and styles use.
  const std::set<std::string>& prefixes() const { return m_prefixes; }
  /// How a letter may word a law of "covers" ("Trust Indenture Act of 1939" under "the federal laws
  /// of the United States"); nullptr: as it stands. An empty list: never looked for.
  const std::vector<std::string>* wordings(std::string_view law) const;

 private:
  friend class BookLoader;
  std::vector<Opinion> m_opinions;
  std::map<std::string, std::size_t, std::less<>> m_by_id; ///< ids that were overridden too
  std::map<std::string, std::vector<std::string>, std::less<>> m_laws;
  std::vector<Picture> m_pictures;
  std::vector<std::string> m_styles;
  std::vector<StyleUse> m_style_uses;
  StyleNames m_own_styles;
  std::vector<ListUse> m_list_uses;
  std::set<std::string> m_prefixes;
};

/// “There is no opinion paragraph …”, with the id that was meant, or `otherwise` as what to do.
Finding unknown_opinion(const Book& book, const std::string& id, const Place& place,
                        const std::string& otherwise);

} // namespace engross::opinion
