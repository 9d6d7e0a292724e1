// SPDX-License-Identifier: MPL-2.0
#include "cli/check.hpp"

#include "cli/house_files.hpp"
#include "cli/outputs.hpp"
#include "finding/files.hpp"
#include "letter/assembly.hpp"
#include "letter/firm.hpp"
#include "letterhead/house/house.hpp"

#include <algorithm>
#include <filesystem>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

enum class Kind { document, firm, book, house, schema, deal, folder, missing, unknown };

/// Whether "rules" holds a rule of a house style.
bool holds_rules(const deal::Value& root) {
  const deal::Value* rules = root.member("rules");
  if (rules == nullptr || rules->kind() != deal::Value::Kind::object) return false;
  for (std::size_t i = 0; i < letterhead::k_rules; ++i) {
    const deal::Value* rule =
        rules->member(letterhead::rule_name(static_cast<letterhead::Rule>(i)));
    if (rule != nullptr && rule->kind() == deal::Value::Kind::object) return true;
  }
  return false;
}

/// What a JSON file is, by its name and by what it holds. One that cannot be read is a deal: the
/// reader of deals says why.
Kind kind_of_json(const fs::path& file) {
  if (file.filename() == "firm.json") return Kind::firm;
  if (file.filename() == "house.json") return Kind::house;
  const Result<std::string> bytes = letter::read_file(file);
  if (!bytes) return Kind::deal;
  const deal::Source source{file.string(), *bytes, deal::Format::json};
  const Result<deal::Deal> json = deal::read({&source, 1});
  if (!json) return file.filename() == "book.json" ? Kind::book : Kind::deal;
  const deal::Value& root = json->root;
  const auto is_list = [&](const char* name) {
    const deal::Value* value = root.member(name);
    return value != nullptr && value->kind() == deal::Value::Kind::list;
  };
  if (file.filename() == "book.json" || (is_list("opinions") && is_list("files")))
    return Kind::book;
  const deal::Value* schema = root.member("$schema");
  const std::string named = schema != nullptr && schema->kind() == deal::Value::Kind::string
                                ? schema->as_string()
                                : std::string();
  if (named.find("json-schema.org/") != std::string::npos) return Kind::schema;
  if (fs::path(named).filename() == "house.schema.json" || holds_rules(root)) return Kind::house;
  const bool is_schema = file.stem().extension() == ".schema" && root.member("type") != nullptr;
  return is_schema ? Kind::schema : Kind::deal;
}

Kind kind_of(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return Kind::folder;
  if (!fs::exists(path, error)) return Kind::missing;
  const std::string ending = ending_of(path);
  if (ending == ".odt" || ending == ".ott" || ending == ".fodt") return Kind::document;
  if (ending == ".json") return kind_of_json(path);
  if (ending == ".xml" || ending == ".ini" || ending == ".info") return Kind::deal;
  return Kind::unknown;
}

Finding finding_for(Code code, const std::string& path) {
  Place place;
  place.file = path;
  return make_finding(code, place, {path});
}

class Check {
 public:
  explicit Check(const CheckOptions& options) : m_options(options) {}

  void path(const std::string& path) {
    switch (kind_of(path)) {
    case Kind::document:
      return document(path);
    case Kind::folder:
      return firm(path);
    case Kind::firm:
      return firm(fs::path(path).has_parent_path() ? fs::path(path).parent_path() : ".");
    case Kind::book:
      ++checked;
      return append(findings, letter::check_book(path, m_options.firm, m_options.office));
    case Kind::house:
      return house(path);
    case Kind::schema:
      ++checked;
      return append(findings, letter::check_schema(path));
    case Kind::deal:
      ++checked;
      return append(findings, letter::check_deal(path, m_options.firm));
    case Kind::missing:
      return findings.push_back(finding_for(Code::file_not_found, path));
    case Kind::unknown:
      return findings.push_back(finding_for(Code::check_kind_unknown, path));
    }
  }

  Findings findings;
  std::size_t checked = 0;

 private:
  void document(const fs::path& file) {
    ++checked;
    append(findings, letter::Assembly::check({file,
                                              m_options.firm,
                                              m_options.letterhead,
                                              m_options.office,
                                              {m_options.books.begin(), m_options.books.end()}}));
  }

  void firm(const fs::path& folder) {
    ++checked;
    Result<letter::FirmFolder> list = letter::list_firm(folder);
    const bool readable = list && !has_errors(list.findings);
    append(findings, std::move(list.findings));
    if (!readable) return; // the templates would say the same, and more that follows from it
    append(findings, letter::check_firm(folder));
    for (const fs::path& file : list->templates) document(file);
    const fs::path style = (folder / "house.json").lexically_normal();
    std::error_code error;
    if (fs::exists(style, error)) house(style);
  }

  void house(const fs::path& file) {
    ++checked;
    append(findings, check_house_file(file, m_options.firm));
  }

  const CheckOptions& m_options;
};

} // namespace

ExitStatus check(const CheckOptions& options) {
  Check work(options);
  for (const std::string& path : options.paths) work.path(path);
  // Templates of one firm share its book and letterhead; what is wrong there is said once.
  Findings once;
  for (Finding& finding : work.findings)
    if (std::find(once.begin(), once.end(), finding) == once.end())
      once.push_back(std::move(finding));
  const ExitStatus status = finish(once, options.voice);
  say(std::to_string(work.checked) + (work.checked == 1 ? " file checked, " : " files checked, ") +
          std::to_string(once.size()) + (once.size() == 1 ? " finding." : " findings."),
      options.voice);
  return status;
}

} // namespace engross::cli
