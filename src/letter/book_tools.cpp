// SPDX-License-Identifier: MPL-2.0
#include "letter/book_tools.hpp"

#include "deal/deal.hpp"
#include "letter/books.hpp"
#include "odf/document.hpp"
#include "opinion/book.hpp"
#include "opinion/extract.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <system_error>

namespace engross::letter {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* k_new_book = R"json({
  "book": "Opinion paragraphs",
  "version": "1.0",
  "files": [
    "@FILE@"
  ],
  "opinions": [
    {
      "id": "good-standing",
      "title": "Existence and good standing",
      "group": "opinions",
      "order": 10,
      "when": "parties",
      "backup": [
        "Good standing certificate"
      ],
      "version": "1.0",
      "note": "An example: replace it."
    },
    {
      "id": "enforceable",
      "title": "Agreements enforceable",
      "group": "opinions",
      "order": 20,
      "when": "agreements",
      "version": "1.0",
      "note": "An example: replace it."
    }
  ]
}
)json";

std::string level_style(int level) {
  const std::string number = std::to_string(level);
  return "<style:style style:name=\"Opinion_20_" + number + "\" style:display-name=\"Opinion " +
         number +
         "\" style:family=\"paragraph\" style:parent-style-name=\"Standard\" "
         "style:list-level=\"" +
         number +
         "\" style:list-style-name=\"Opinions\">"
         "<style:paragraph-properties fo:margin-bottom=\"12pt\"/></style:style>\n";
}

std::string list_level(int level, const char* format, const char* more) {
  return "<text:list-level-style-number text:level=\"" + std::to_string(level) +
         "\" style:num-format=\"" + format + "\" " + more +
         "><style:list-level-properties "
         "text:list-level-position-and-space-mode=\"label-alignment\">"
         "<style:list-level-label-alignment text:label-followed-by=\"listtab\" "
         "fo:text-indent=\"-0.5in\" fo:margin-left=\"" +
         std::to_string(level * 5 / 10) + "." + std::to_string(level * 5 % 10) +
         "in\"/></style:list-level-properties></text:list-level-style-number>\n";
}

std::string paragraph(int level, const char* text) {
  return "<text:p text:style-name=\"Opinion_20_" + std::to_string(level) + "\">" + text +
         "</text:p>";
}

std::string item(const std::string& inside) {
  return "<text:list-item>" + inside + "</text:list-item>\n";
}

std::string section(const char* id, const std::string& items) {
  return std::string("<text:section text:name=\"") + id +
         "\"><text:list text:style-name=\"Opinions\">\n" + items + "</text:list></text:section>\n";
}

/// The styles have the names of the sample firm's letterhead.
std::string new_document() {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document "
      "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
      "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
      "office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\">\n"
      "<office:styles>\n<style:style style:name=\"Standard\" style:family=\"paragraph\" "
      "style:class=\"text\"/>\n";
  for (int level = 1; level <= 3; ++level) out += level_style(level);
  out +=
      "<text:list-style style:name=\"Opinions\">\n" + list_level(1, "1", "style:num-suffix=\".\"") +
      list_level(2, "A",
                 "style:num-prefix=\"(\" style:num-suffix=\")\" style:num-letter-sync=\"true\"") +
      list_level(3, "i", "style:num-prefix=\"(\" style:num-suffix=\")\"") +
      "</text:list-style>\n</office:styles>\n<office:body><office:text>\n";
  out +=
      section("good-standing",
              item(paragraph(1, "{{ parties.company.name }} is a corporation that validly exists "
                                "and is in good standing under the laws of the State of "
                                "{{ parties.company.state }}")));
  out += section(
      "enforceable",
      item(paragraph(1, "So far as {{ voice.we }} know,") + "<text:list>\n" +
           item(paragraph(2, "{% for agreement in agreements %}")) +
           item(paragraph(2, "the {{ agreement.name }} is a valid and binding obligation of "
                             "{{ parties.company.name }}")) +
           item(paragraph(2, "{% endfor %}")) + "</text:list>"));
  return out + "</office:text></office:body>\n</office:document>\n";
}

std::optional<Finding> already_there(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error))) return std::nullopt;
  Place place;
  place.file = file.string();
  return make_finding(Code::book_file_exists, place, {file.string()});
}

/// "good-standing" as "Good standing".
std::string title_of(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
  return id;
}

/// Indented like the entries of the sample book.
std::string entry_of(const Extraction& extraction) {
  const Json entry = {
      {"id", extraction.id},
      {"title", extraction.title.empty() ? title_of(extraction.id) : extraction.title},
      {"group", extraction.group},
      {"version", "1.0"}};
  std::string out = entry.dump(2);
  for (std::size_t at = out.find('\n'); at != std::string::npos; at = out.find('\n', at + 1))
    out.insert(at + 1, "    ");
  return out;
}

class Extractor {
 public:
  explicit Extractor(const Extraction& extraction)
      : m_e(extraction), m_source(book_source(extraction.book)) {}

  Result<std::vector<Output>> run() {
    Result<std::vector<Output>> out;
    const std::string file = m_e.id + ".odt";
    check_names();
    const std::optional<std::string> book = read_book_file();
    std::optional<std::string> bytes;
    if (!has_errors(m_findings)) bytes = extracted();
    if (bytes && book) {
      Result<std::string> changed =
          opinion::add_to_book(m_e.book.string(), *book, entry_of(m_e), file);
      append(m_findings, std::move(changed.findings));
      if (changed && reads_well(*book, *changed, file, *bytes))
        out.value = std::vector<Output>{{m_e.book.parent_path() / file, *bytes},
                                        {m_e.book, std::move(*changed)}};
    }
    out.findings = std::move(m_findings);
    return out;
  }

 private:
  void say(Code code, const std::vector<std::string>& arguments) {
    Place place;
    place.file = m_e.book.string();
    m_findings.push_back(make_finding(code, place, arguments));
  }

  void check_names() {
    if (!opinion::is_usable_id(m_e.id)) return say(Code::opinion_id_unusable, {m_e.id});
    if (auto finding = already_there(m_e.book.parent_path() / (m_e.id + ".odt")))
      m_findings.push_back(std::move(*finding));
  }

  std::optional<std::string> read_book_file() {
    Result<std::string> bytes = read_file(m_e.book);
    append(m_findings, std::move(bytes.findings));
    if (!bytes) return std::nullopt;
    const deal::Source source{m_e.book.string(), *bytes, deal::Format::json};
    const Result<deal::Deal> json = deal::read({&source, 1});
    append(m_findings, json.findings);
    if (!json || has_errors(json.findings)) return std::nullopt;
    const deal::Value* entries = json->root.member("opinions");
    if (entries != nullptr && entries->kind() == deal::Value::Kind::list)
      for (const deal::Value& entry : entries->as_list())
        if (const deal::Value* id = entry.member("id");
            id != nullptr && id->kind() == deal::Value::Kind::string && id->as_string() == m_e.id)
          say(Code::opinion_id_taken, {m_e.id});
    return std::move(*bytes);
  }

  std::optional<std::string> extracted() {
    Result<std::string> bytes = read_file(m_e.letter);
    append(m_findings, std::move(bytes.findings));
    if (!bytes) return std::nullopt;
    Result<odf::Document> letter = odf::Document::open(m_e.letter.string(), std::move(*bytes));
    append(m_findings, std::move(letter.findings));
    if (!letter || !opinion::extract_section(*letter, m_e.section, m_e.id, m_findings))
      return std::nullopt;
    return odf::write(*letter, m_e.time);
  }

  /// What is wrong with the book already is no reason to refuse; what the paragraph brings is.
  bool reads_well(const std::string& before, const std::string& after, const std::string& file,
                  const std::string& bytes) {
    const auto findings = [&](const std::string& json) {
      return opinion::Book::load(m_source.name,
                                 [&](const std::string& name) {
                                   if (name == m_source.name) return Result<std::string>(json);
                                   return name == file ? Result<std::string>(bytes)
                                                       : m_source.read_file(name);
                                 })
          .findings;
    };
    const Findings known = findings(before);
    Findings fresh = findings(after);
    std::erase_if(fresh, [&](const Finding& finding) {
      return std::any_of(known.begin(), known.end(), [&](const Finding& old) {
        return old.code == finding.code && old.message == finding.message;
      });
    });
    const bool well = !has_errors(fresh);
    append(m_findings, std::move(fresh));
    return well;
  }

  const Extraction& m_e;
  opinion::Book::Source m_source;
  Findings m_findings;
};

} // namespace

Result<std::vector<Output>> new_book(const fs::path& folder, bool flat, std::int64_t time) {
  const std::string file = flat ? "opinions.fodt" : "opinions.odt";
  std::string json = k_new_book;
  json.replace(json.find("@FILE@"), 6, file);
  std::string document = new_document();
  if (!flat) {
    Result<std::string> packed = pack(file, std::move(document), false, time);
    if (!packed) return {std::move(packed.findings)};
    document = std::move(*packed);
  }
  Findings findings;
  for (const char* name : {"book.json", "opinions.fodt", "opinions.odt"})
    if (auto finding = already_there(folder / name)) findings.push_back(std::move(*finding));
  if (!findings.empty()) return findings;
  return std::vector<Output>{{folder / file, std::move(document)},
                             {folder / "book.json", std::move(json)}};
}

Result<std::vector<Output>> extract_opinion(const Extraction& extraction) {
  try {
    return Extractor(extraction).run();
  } catch (const Error& error) {
    return {error.findings()};
  }
}

} // namespace engross::letter
