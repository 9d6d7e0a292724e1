// SPDX-License-Identifier: MPL-2.0
#include "letter/books.hpp"

#include "letter/assembly.hpp"
#include "letter/labels.hpp"
#include "odf/document.hpp"
#include "odf/list_numbering.hpp"
#include "templating/compile.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace engross::letter {

namespace fs = std::filesystem;
using templating::Instruction;
using templating::Program;

opinion::Book::Source book_source(const fs::path& book) {
  return {book.string(), [book](const std::string& name) {
            return read_file(name == book.string() ? book : book.parent_path() / name);
          }};
}

std::vector<opinion::Book::Source> book_sources(const Firm& firm, const std::string& office,
                                                const std::vector<fs::path>& books,
                                                Findings& findings) {
  std::vector<opinion::Book::Source> out;
  for (const std::string& book : firm.books)
    out.push_back(book_source((firm.folder / book).lexically_normal()));
  const auto of_office = firm.office_books.find(office);
  if (of_office != firm.office_books.end()) {
    for (const std::string& book : of_office->second)
      out.push_back(book_source((firm.folder / book).lexically_normal()));
  } else if (!office.empty()) {
    std::vector<std::string> names;
    std::string known;
    for (const auto& [name, its] : firm.office_books) {
      names.push_back(name);
      known += (known.empty() ? "" : ", ") + name;
    }
    std::string hint = known.empty() ? "Name its books under “office_books” in firm.json."
                                     : "firm.json has books of: " + known + ".";
    if (const auto close = closest_name(office, names)) hint = "Did you mean “" + *close + "”?";
    Place place;
    place.file = (firm.folder / "firm.json").lexically_normal().string();
    findings.push_back(make_finding(Code::office_unknown, place, {office, hint}));
  }
  for (const fs::path& book : books) out.push_back(book_source(book));
  return out;
}

namespace {

/// Character data of well-formed XML, our own.
void append_visible(std::string& out, std::string_view xml) {
  static constexpr std::pair<std::string_view, char> k_entities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}};
  for (std::size_t at = 0; at < xml.size();) {
    if (xml[at] == '<') {
      at = std::min(xml.find('>', at), xml.size() - 1) + 1;
      continue;
    }
    std::size_t length = 1;
    char shown = xml[at];
    for (const auto& [entity, character] : k_entities)
      if (xml.substr(at, entity.size()) == entity) {
        length = entity.size();
        shown = character;
      }
    out += shown;
    at += length;
  }
}

/// The paragraph as the book's owner wrote it, tags and all; each level indented by two blanks.
std::string readable(const Program& program) {
  std::string out;
  for (const Instruction& i : program.code) {
    switch (i.op) {
    case Instruction::Op::literal:
      append_visible(out, program.literal(i));
      break;
    case Instruction::Op::paragraph_begin:
      if (!out.empty()) out += '\n';
      out.append(i.a > 1 ? 2 * (i.a - 1) : 0, ' ');
      break;
    case Instruction::Op::print:
    case Instruction::Op::reference:
    case Instruction::Op::label:
    case Instruction::Op::set:
    case Instruction::Op::jump_if_false:
    case Instruction::Op::for_begin:
      out += program.tags[i.a].place.tag;
      break;
    default:
      break;
    }
  }
  return out;
}

} // namespace

Result<std::vector<BookEntry>> read_book(const fs::path& path, const std::string& office,
                                         const std::vector<fs::path>& books) {
  std::vector<opinion::Book::Source> sources;
  Findings findings;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    Result<Firm> firm = read_firm(path);
    append(findings, std::move(firm.findings));
    if (firm) sources = book_sources(*firm, office, books, findings);
    if (firm && sources.empty()) {
      Place place;
      place.file = path.string();
      findings.push_back(make_finding(Code::no_book, place, {path.string()}));
    }
  } else {
    sources.push_back(book_source(path));
    for (const fs::path& book : books) sources.push_back(book_source(book));
  }
  Result<std::vector<BookEntry>> out;
  if (!sources.empty()) {
    Result<opinion::Book> book = opinion::Book::load(sources);
    append(findings, std::move(book.findings));
    if (book) {
      out.value.emplace();
      for (const opinion::Opinion& o : book->opinions())
        out.value->push_back({o.id, o.title, o.group, o.when_text, o.needs, o.excludes,
                              o.alternatives, o.covers, o.backup, o.version, o.owner, o.approved_by,
                              o.approved_on, o.review_by, o.note, o.overrides,
                              readable(o.program)});
    }
  }
  out.findings = std::move(findings);
  return out;
}

} // namespace engross::letter
