// SPDX-License-Identifier: MPL-2.0
#include "letter/books.hpp"

#include "letter/assembly.hpp"

#include <algorithm>
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

std::vector<opinion::Book::Source> book_sources(const Firm& firm) {
  std::vector<opinion::Book::Source> out;
  for (const std::string& book : firm.books) out.push_back(book_source(firm.folder / book));
  return out;
}

Findings check_book(const fs::path& book) {
  return opinion::Book::load({book_source(book)}).findings;
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

Result<std::vector<BookEntry>> read_book(const fs::path& path) {
  std::vector<opinion::Book::Source> sources;
  Findings findings;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    Result<Firm> firm = read_firm(path);
    append(findings, std::move(firm.findings));
    if (firm) sources = book_sources(*firm);
    if (firm && sources.empty()) {
      Place place;
      place.file = path.string();
      findings.push_back(make_finding(Code::no_book, place, {path.string()}));
    }
  } else {
    sources.push_back(book_source(path));
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
