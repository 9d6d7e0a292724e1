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
#include <vector>

namespace engross::opinion {

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
  Place place; ///< of the entry in book.json

  templating::Program program;
  std::set<std::uint32_t> styles;  ///< indices into Book::styles that its section uses
  std::vector<std::string> labels; ///< names that it gives, where they are plain text
};

/// Styles by name that a section asks for; the letterhead must have them.
struct StyleUse {
  std::string family; ///< "paragraph" or "text"
  std::string name;   ///< as in XML: Opinion_20_1
  Place place;
};

/// The clause library, compiled. Immutable; threads may share it.
class Book {
 public:
  using FileReader = std::function<Result<std::string>(const std::string& name)>;

  /// Reads book.json and the files that it lists, through `read_file`. A broken entry is left out
  /// with its findings; no value when book.json itself cannot be read.
  static Result<Book> load(const std::string& name, const FileReader& read_file);

  /// In the order of insertion: by group's first appearance, order, place in book.json.
  const std::vector<Opinion>& opinions() const { return m_opinions; }
  const Opinion* find(std::string_view id) const;
  bool has_group(std::string_view group) const;
  std::vector<std::string> ids() const;
  std::vector<std::string> groups() const;
  /// Automatic styles of the sections as XML, renamed so that they meet no other.
  const std::vector<std::string>& styles() const { return m_styles; }
  const std::vector<StyleUse>& style_uses() const { return m_style_uses; }
  /// The opinion paragraph that gives a label, or nullptr.
  const Opinion* labelled(std::string_view label) const;

 private:
  friend class BookLoader;
  std::vector<Opinion> m_opinions;
  std::map<std::string, std::size_t, std::less<>> m_by_id;
  std::vector<std::string> m_styles;
  std::vector<StyleUse> m_style_uses;
};

} // namespace engross::opinion
