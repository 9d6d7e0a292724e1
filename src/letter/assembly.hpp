// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "finding/files.hpp"
#include "finding/finding.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace engross::letter {

/// What a letter is made from. Everything but the template may be empty.
struct Sources {
  std::filesystem::path template_file; ///< .odt .ott .fodt
  std::filesystem::path firm; ///< folder with firm.json; empty: searched upwards from the template
  std::string letterhead;     ///< file stem in letterheads/, or a path; empty: firm.json's default
  std::string office{};       ///< whose opinion books come after those of the firm; empty: none
  std::vector<std::filesystem::path> books{}; ///< each a book.json of the user; they come last
};

/// One row of the list of opinion paragraphs that a person may choose from.
struct OpinionChoice {
  std::string id;
  std::string title;
  std::string group;
  bool chosen = false; ///< by deal and rules
  std::string reason;  ///< why in or out, one sentence
  std::string
      decider;      ///< "person", "deal excludes", "deal includes", "requirement", "rule", "nobody"
  std::string rule; ///< as book.json has it; empty: by choice only
  std::vector<std::pair<std::string, std::string>> values; ///< what the rule saw, as text
  bool has_place = true; ///< in the template; without one it cannot be chosen
};

/// What stands where a value is missing: strict makes no letter, draft a visible [name], partial
/// keeps the tag for a later pass.
enum class Mode { strict, draft, partial };

struct Request {
  Mode mode = Mode::strict;
  std::map<std::string, bool>
      opinions;                  ///< id -> in or out, as the person says (--opinions=+id,-id)
  std::int64_t time = 315532800; ///< of the package's entries, seconds since 1970
  std::string today; ///< "2026-11-22", for review dates; empty: they are not looked at
  bool docx = false; ///< the letter becomes a DOCX: what that says in another way is found
};

struct Letter {
  std::string odt;   ///< bytes; empty when findings hold an error
  Findings findings; ///< in the order of the document
  bool ok() const { return !odt.empty(); }
};

/// A template with its letterhead and opinion book, compiled. Immutable; threads may share it.
class Assembly {
 public:
  /// Reads and compiles. The findings of the template, the letterhead and the book are all there.
  /// With an error among them the value is broken: it still finds what is wrong with a deal, so
  /// that a person learns of everything at once, but it never makes a letter.
  static Result<Assembly> compile(const Sources& sources);
  ~Assembly();
  Assembly(Assembly&&) noexcept;
  Assembly& operator=(Assembly&&) noexcept;

  /// Reads deal files and merges them over the firm's own data, coerced and checked by the firm's
  /// deal schema. No value when a file cannot be read. Outside strict mode a value that the schema
  /// requires may be missing (a warning).
  Result<deal::Deal> read_deal(const std::vector<std::filesystem::path>& files,
                               const std::vector<deal::Assignment>& assignments = {},
                               Mode mode = Mode::strict) const;

  /// One letter. Never throws for bad data: every fault is a finding, and with one of severity
  /// error, here or in compile(), there is no letter.
  Letter render(const deal::Deal& deal, const Request& request = {}) const;

  /// Faults that show without data: names that the deal schema does not have, branches that cannot
  /// be reached, loop variables outside their loop. Those of compile() are not repeated.
  Findings check() const;
  /// All faults of a template at once, those of compile() and of check(); what a tag that cannot be
  /// read would have said is not guessed at.
  static Findings check(const Sources& sources);

  /// JSON Schema (draft 7) of the data that the template, its letterhead and the opinion paragraphs
  /// for which it has a place ask for; types are inferred from use.
  std::string fields() const;
  /// The same as a deal to be filled in.
  std::string sample() const;

  /// All opinion paragraphs of the book, for dialogs and `explain`: always a value, with what is
  /// wrong with the choice (ids that the book does not have, conflicts, rules that fail).
  Result<std::vector<OpinionChoice>> opinions(const deal::Deal& deal,
                                              const Request& request = {}) const;

 private:
  struct Impl;
  class Compiler;
  explicit Assembly(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> m_impl;
};

/// The same document in the other form: flat ODF becomes a package, with nothing but the
/// mimetype changed where \p as_template says so. For packing sources that are kept as flat ODF.
Result<std::string> pack(const std::string& name, std::string bytes, bool as_template,
                         std::int64_t time);

/// Deal files as they are, without a firm: what can be said of them when the template is broken.
Result<deal::Deal> read_deal_files(const std::vector<std::filesystem::path>& files,
                                   const std::vector<deal::Assignment>& assignments);

/// The faults of an opinion book, with those that it may override, and against the letterheads, the
/// labels of templates and the deal schema of its firm; no folder: the firm above the file.
Findings check_book(const std::filesystem::path& book, const std::filesystem::path& firm = {},
                    const std::string& office = {});

/// The faults of what firm.json names, the schema and the books; those of firm.json itself are
/// list_firm()'s.
Findings check_firm(const std::filesystem::path& folder);

/// The faults of a deal by the schema of its firm; no folder: the firm above the file.
Findings check_deal(const std::filesystem::path& file, const std::filesystem::path& firm);

/// The faults of a deal schema by itself.
Findings check_schema(const std::filesystem::path& file);

/// What a book says of one opinion paragraph.
struct BookEntry {
  std::string id;
  std::string title;
  std::string group;
  std::string rule; ///< empty: by choice only
  std::vector<std::string> needs;
  std::vector<std::string> excludes;
  std::string alternatives; ///< name of the set
  std::vector<std::string> covers;
  std::vector<std::string> backup;
  std::string version;
  std::string owner;
  std::string approved_by;
  std::string approved_on;
  std::string review_by;
  std::string note;
  std::string overrides;
  std::string text; ///< with its tags; sub-items indented
};

/// The entries of a book.json, or of all books of a firm folder, of one of its offices and of the
/// user, merged.
Result<std::vector<BookEntry>> read_book(const std::filesystem::path& path,
                                         const std::string& office = {},
                                         const std::vector<std::filesystem::path>& books = {});

/// A firm folder as the dialogs need it: names of what lies in it. Findings say what is broken.
struct FirmFolder {
  std::string name; ///< of the firm, as firm.json says
  std::vector<std::filesystem::path> templates;
  std::vector<std::filesystem::path> deals;
  std::vector<std::string> letterheads;
};
Result<FirmFolder> list_firm(const std::filesystem::path& firm);

/// Reads a whole file; findings instead of exceptions.
Result<std::string> read_file(const std::filesystem::path& file);

/// Writes all or none; a finding names the file that failed, and nothing half-written is left.
using Output = NewFile;
Findings write_files(const std::vector<Output>& outputs);

} // namespace engross::letter
