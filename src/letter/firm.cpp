// SPDX-License-Identifier: MPL-2.0
#include "letter/firm.hpp"

#include "letter/assembly.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace engross::letter {

namespace fs = std::filesystem;
using deal::Value;

namespace {

constexpr std::array k_text_document_endings = {".odt", ".ott", ".fodt"};
constexpr std::array k_deal_endings = {".json", ".xml", ".ini", ".info"};

template <class Endings>
std::vector<fs::path> files_in(const fs::path& folder, const Endings& endings) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string ending = at->path().extension().string();
    const bool hidden = at->path().filename().string().front() == '.';
    if (!hidden && std::find(endings.begin(), endings.end(), ending) != endings.end())
      out.push_back(at->path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Values of the firm stand in no file of the deal.
Value without_origin(const Value& value) {
  Value out = value;
  if (value.kind() == Value::Kind::list) {
    deal::List list;
    for (const Value& one : value.as_list()) list.push_back(without_origin(one));
    out = Value(std::move(list));
  } else if (value.kind() == Value::Kind::object) {
    deal::Object object;
    for (const auto& [name, member] : value.as_object()) object.set(name, without_origin(member));
    out = Value(std::move(object));
  }
  out.origin = {};
  return out;
}

/// Keys of firm.json; docs/schemas/firm.schema.json has the same. "note" is for people.
const std::vector<std::string>& firm_keys() {
  static const std::vector<std::string> k_keys = {
      "$schema", "name",         "note",     "locale", "voice", "letterhead", "letterheads",
      "book",    "office_books", "examined", "schema", "laws",  "severities", "data"};
  return k_keys;
}

const std::vector<std::string>& code_ids() {
  static const std::vector<std::string> k_ids = {
#define ENGROSS_FINDING(name, id, severity, message, hint) id,
#include "finding/codes.def"
#undef ENGROSS_FINDING
  };
  return k_ids;
}

class FirmReader {
 public:
  explicit FirmReader(const Value& root, std::string file) : m_root(root), m_file(std::move(file)) {
    known(root, {}, firm_keys());
  }

  std::string text(const char* key) {
    const Value* value = m_root.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    if (value->kind() == Value::Kind::string) return value->as_string();
    wrong(*value, key, "text");
    return {};
  }

  /// One text, or a list of them.
  std::vector<std::string> texts(const char* key) {
    const Value* value = m_root.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    return texts_of(*value, key);
  }

  /// Texts, or lists of them, by name.
  void texts_by_name(const char* key, std::map<std::string, std::vector<std::string>>& out) {
    const Value* value = m_root.member(key);
    if (value == nullptr) return;
    if (value->kind() != Value::Kind::object)
      return wrong(*value, key, "a group of books by office");
    for (const auto& [name, books] : value->as_object())
      out[name] = texts_of(books, std::string(key) + "." + name);
  }

  void severities(std::map<std::string, Severity, std::less<>>& out) {
    const Value* value = m_root.member("severities");
    if (value == nullptr) return;
    if (value->kind() != Value::Kind::object)
      return wrong(*value, "severities", "a group of codes");
    known(*value, "severities", code_ids());
    for (const auto& [code, severity] : value->as_object()) {
      const std::string name =
          severity.kind() == Value::Kind::string ? severity.as_string() : std::string();
      if (name == "error")
        out[code] = Severity::error;
      else if (name == "warning")
        out[code] = Severity::warning;
      else if (name == "info")
        out[code] = Severity::info;
      else
        wrong(severity, "severities." + code, "\"error\", \"warning\" or \"info\"");
    }
  }

  void letterheads(std::map<std::string, Firm::Derived>& out) {
    const Value* value = m_root.member("letterheads");
    if (value == nullptr) return;
    if (value->kind() != Value::Kind::object)
      return wrong(*value, "letterheads", "a group of letterheads by name");
    for (const auto& [name, derived] : value->as_object()) {
      const std::string key = "letterheads." + name;
      const auto word = [&](const char* of) {
        const Value* found = derived.kind() == Value::Kind::object ? derived.member(of) : nullptr;
        return found != nullptr && found->kind() == Value::Kind::string ? found->as_string()
                                                                        : std::string();
      };
      const std::optional<letterhead::Paper> paper = letterhead::paper_named(word("paper"));
      known(derived, key, {"from", "paper"});
      if (word("from").empty())
        wrong(derived, key + ".from", "the name of the letterhead that it is");
      else if (!paper)
        wrong(derived, key + ".paper", "\"Letter\", \"Legal\" or \"A4\"");
      else
        out[name] = {word("from"), *paper};
    }
  }

  Value data() {
    const Value* value = m_root.member("data");
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    if (value->kind() == Value::Kind::object) return without_origin(*value);
    wrong(*value, "data", "a group of names with values");
    return {};
  }

  Findings findings;

 private:
  std::vector<std::string> texts_of(const Value& value, const std::string& key) {
    if (value.kind() == Value::Kind::string) return {value.as_string()};
    std::vector<std::string> out;
    const bool is_list = value.kind() == Value::Kind::list;
    if (is_list)
      for (const Value& one : value.as_list())
        if (one.kind() == Value::Kind::string) out.push_back(one.as_string());
    if (!is_list || out.size() != value.as_list().size())
      wrong(value, key, "text, or a list of texts");
    return out;
  }

  Place place_of(const Value& value, const std::string& key) const {
    Place place;
    place.file = m_file;
    place.line = static_cast<int>(value.origin.line);
    place.data_path = key;
    return place;
  }

  void wrong(const Value& value, const std::string& key, std::string_view wanted) {
    findings.push_back(make_finding(Code::firm_key_wrong, place_of(value, key), {key, wanted}));
  }

  /// What nobody reads was meant to be read.
  void known(const Value& group, const std::string& path, const std::vector<std::string>& keys) {
    if (group.kind() != Value::Kind::object) return;
    for (const auto& [name, member] : group.as_object()) {
      if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
      const std::string key = path.empty() ? name : path + "." + name;
      std::vector<std::string> free;
      for (const std::string& one : keys)
        if (group.member(one) == nullptr) free.push_back(one);
      const auto close = closest_name(name, free);
      const std::string hint =
          close ? "Did you mean “" + *close + "”?"
          : path.empty()
              ? "Delete it; values for the letters stand under “data”, remarks under “note”."
          : path == "severities" ? "Write a code as findings show it, such as EG-T001."
                                 : "Delete it.";
      findings.push_back(make_finding(Code::firm_key_unknown, place_of(member, key), {key, hint}));
    }
  }

  const Value& m_root;
  std::string m_file;
};

} // namespace

Result<Firm> read_firm(const fs::path& folder) {
  const fs::path file = (folder / "firm.json").lexically_normal();
  Result<std::string> bytes = read_file(file);
  if (!bytes) return {std::move(bytes.findings)};
  const deal::Source source{file.string(), std::move(*bytes), deal::Format::json};
  Result<deal::Deal> json = deal::read({&source, 1});
  if (!json || has_errors(json.findings)) return {std::move(json.findings)};
  FirmReader reader(json->root, file.string());
  Firm firm;
  firm.folder = folder;
  firm.name = reader.text("name");
  if (const std::string locale = reader.text("locale"); !locale.empty()) firm.locale = locale;
  firm.voice = reader.text("voice");
  firm.letterhead = reader.text("letterhead");
  firm.books = reader.texts("book");
  reader.texts_by_name("office_books", firm.office_books);
  firm.laws = reader.text("laws");
  firm.examined = reader.text("examined");
  firm.schema = reader.text("schema");
  firm.data = reader.data();
  reader.severities(firm.severities);
  reader.letterheads(firm.letterheads);
  Result<Firm> out(std::move(firm));
  out.findings = std::move(json.findings);
  append(out.findings, std::move(reader.findings));
  return out;
}

std::vector<fs::path> letterhead_files(const fs::path& folder) {
  return files_in((folder / "letterheads").lexically_normal(), k_text_document_endings);
}

Result<deal::Schema> read_deal_schema(const Firm& firm) {
  if (firm.schema.empty()) return {};
  const fs::path file = (firm.folder / firm.schema).lexically_normal();
  Result<std::string> bytes = read_file(file);
  if (!bytes) return {std::move(bytes.findings)};
  return deal::Schema::compile({file.string(), std::move(*bytes), deal::Format::json});
}

namespace {

void add_paths(const Value& value, const std::string& path, std::vector<std::string>& out) {
  if (!path.empty()) out.push_back(path);
  if (value.kind() == Value::Kind::object)
    for (const auto& [name, member] : value.as_object()) {
      add_paths(member, path.empty() ? name : path + "." + name, out);
      if (!path.empty()) add_paths(member, path + "{}", out); // looked up by a computed key
    }
  else if (value.kind() == Value::Kind::list)
    for (const Value& item : value.as_list()) add_paths(item, path + "[]", out);
}

} // namespace

std::vector<std::string> declared_names(const Firm& firm, const deal::Schema& schema) {
  std::vector<std::string> out = schema.declared_paths();
  add_paths(firm.data, {}, out);
  return out;
}

std::optional<fs::path> find_firm(const fs::path& file) {
  std::error_code error;
  const fs::path here = fs::absolute("firm.json", error).parent_path();
  fs::path folder = fs::absolute(file, error).lexically_normal().parent_path();
  for (; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / "firm.json", error)) {
      // A person who names files from where he stands reads names from there.
      const fs::path seen = file.is_relative() ? folder.lexically_relative(here) : folder;
      return seen.empty() ? folder : seen;
    }
    if (folder == folder.root_path()) break;
  }
  return std::nullopt;
}

namespace {

/// A file, or a stem in letterheads/.
Result<fs::path> find_letterhead(const Firm& firm, const std::string& name) {
  std::error_code error;
  if (fs::is_regular_file(name, error)) return fs::path(name);
  std::string known;
  std::vector<std::string> stems;
  for (const auto& [derived, from] : firm.letterheads) stems.push_back(derived);
  for (const fs::path& file : letterhead_files(firm.folder)) {
    if (file.stem() == name) return file;
    stems.push_back(file.stem().string());
  }
  for (const std::string& stem : stems) known += (known.empty() ? "" : ", ") + stem;
  Place place;
  place.file = (firm.folder / "letterheads").lexically_normal().string();
  std::string hint = known.empty() ? "The folder letterheads/ of the firm is empty."
                                   : "The firm has: " + known + ".";
  if (const auto close = closest_name(name, stems)) hint = "Did you mean “" + *close + "”? " + hint;
  return {make_finding(Code::letterhead_not_found, place, {name, hint})};
}

} // namespace

Result<odf::Document> open_letterhead(const Firm& firm, const std::string& name) {
  const auto derived = firm.letterheads.find(name);
  const bool is_derived = derived != firm.letterheads.end();
  Result<fs::path> file = find_letterhead(firm, is_derived ? derived->second.from : name);
  if (!file) return {std::move(file.findings)};
  Result<std::string> bytes = read_file(*file);
  if (!bytes) return {std::move(bytes.findings)};
  Result<odf::Document> out = odf::Document::open(file->string(), std::move(*bytes));
  if (out && is_derived) letterhead::set_paper(*out, derived->second.paper);
  return out;
}

void grade(const Firm& firm, Findings& findings) {
  for (Finding& finding : findings) {
    const auto own = firm.severities.find(code_id(finding.code));
    if (own != firm.severities.end()) finding.severity = own->second;
  }
}

Result<FirmFolder> list_firm(const fs::path& folder) {
  Result<Firm> firm = read_firm(folder);
  if (!firm) return {std::move(firm.findings)};
  FirmFolder out;
  out.name = firm->name;
  out.templates = files_in((folder / "templates").lexically_normal(), k_text_document_endings);
  out.deals = files_in((folder / "deals").lexically_normal(), k_deal_endings);
  for (const fs::path& file : letterhead_files(folder))
    out.letterheads.push_back(file.stem().string());
  for (const auto& [name, derived] : firm->letterheads) out.letterheads.push_back(name);
  std::sort(out.letterheads.begin(), out.letterheads.end());
  Result<FirmFolder> result(std::move(out));
  result.findings = std::move(firm.findings);
  return result;
}

} // namespace engross::letter
