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

namespace {

/// Named styles of the letterheads of a firm, and the list styles of each.
struct LetterheadStyles {
  opinion::StyleNames names;
  std::vector<odf::ListStyles> lists;
};

LetterheadStyles letterhead_styles(const fs::path& firm) {
  LetterheadStyles out;
  for (const fs::path& file : letterhead_files(firm)) {
    Result<std::string> bytes = read_file(file);
    if (!bytes) continue;
    Result<odf::Document> document = odf::Document::open(file.string(), std::move(*bytes));
    if (!document) continue; // its own faults are said where it is checked itself
    const pugi::xml_node styles =
        document->styles.child("office:document-styles").child("office:styles");
    for (pugi::xml_node style : styles.children("style:style"))
      out.names.emplace(style.attribute("style:family").value(),
                        style.attribute("style:name").value());
    out.lists.emplace_back().read(styles);
  }
  return out;
}

/// Levels that a list style of the letterheads lacks, or of the book where none of them has it.
void check_list_uses(const opinion::Book& book, const std::vector<odf::ListStyles>& letterheads,
                     Findings& findings) {
  for (const opinion::ListUse& use : book.list_uses()) {
    bool known = false;
    bool lacking = false;
    for (const odf::ListStyles& lists : letterheads)
      if (const odf::ListStyle* style = lists.find(use.list)) {
        known = true;
        lacking = lacking || !odf::has_level(*style, use.level);
      }
    if (known ? lacking : use.lacking)
      findings.push_back(
          make_finding(Code::list_level_missing, use.place,
                       {opinion::shown_style(use.list), std::to_string(use.level), use.opinion}));
  }
}

void check_styles(const opinion::Book& book, const opinion::StyleNames& known, Findings& findings) {
  std::vector<std::string> names;
  for (const opinion::StyleNames* styles : {&known, &book.own_styles()})
    for (const auto& [family, name] : *styles) names.push_back(opinion::shown_style(name));
  opinion::StyleNames reported;
  for (const opinion::StyleUse& use : book.style_uses()) {
    const std::pair<std::string, std::string> style(use.family, use.name);
    if (use.name.empty() || known.contains(style) || book.own_styles().contains(style) ||
        !reported.insert(style).second)
      continue;
    const std::string shown = opinion::shown_style(use.name);
    const auto close = closest_name(shown, names);
    findings.push_back(make_finding(Code::book_style_nowhere, use.place,
                                    {use.opinion, shown,
                                     close ? "Did you mean “" + *close + "”?"
                                           : "Add it to a letterhead, or use another one."}));
  }
}

/// Labels that templates of the firm give, and whether one of them is computed.
struct TemplateLabels {
  std::set<std::string> names;
  bool computed = false;
};

TemplateLabels template_labels(const fs::path& firm) {
  TemplateLabels out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(firm / "templates", error)) {
    const std::string kind = entry.path().extension().string();
    if (kind != ".fodt" && kind != ".odt" && kind != ".ott") continue;
    Result<std::string> bytes = read_file(entry.path());
    if (!bytes) continue;
    Result<odf::Document> document = odf::Document::open(entry.path().string(), std::move(*bytes));
    if (!document) continue; // its own faults are said where it is checked itself
    for (const templating::FoundTag& found :
         templating::mark_tags(document->content, entry.path().string(), "content.xml").tags) {
      if (found.tag.kind != templating::Tag::Kind::label) continue;
      std::string name = templating::literal_text(found.tag.expression);
      out.computed = out.computed || name.empty();
      out.names.insert(std::move(name));
    }
  }
  return out;
}

/// References to labels that neither a paragraph of the book nor a template gives.
void check_labels(const opinion::Book& book, const TemplateLabels& templates, Findings& findings) {
  if (templates.computed) return;
  std::vector<std::string> known(templates.names.begin(), templates.names.end());
  for (const opinion::Opinion& o : book.opinions()) {
    if (o.computes_labels) return;
    known.insert(known.end(), o.labels.begin(), o.labels.end());
  }
  for (const opinion::Opinion& o : book.opinions())
    for (const opinion::Reference& reference : o.refers) {
      const std::string& label = reference.label;
      check_form(reference, book, templates.names.contains(label), findings);
      if (std::find(known.begin(), known.end(), label) != known.end()) continue;
      const auto close = closest_name(label, known);
      findings.push_back(make_finding(Code::label_not_in_book, reference.place,
                                      {o.id, label,
                                       close ? "Did you mean “" + *close + "”?"
                                             : "Check the name, or write {% label \"" + label +
                                                   "\" %} in the paragraph that is meant."}));
    }
}

/// A book of the firm, or of an office, with those that it may override, else the book alone.
std::vector<opinion::Book::Source> sources_up_to(const fs::path& book, const Firm& firm) {
  std::vector<std::vector<std::string>> chains{firm.books};
  for (const auto& [office, books] : firm.office_books) {
    chains.push_back(firm.books);
    chains.back().insert(chains.back().end(), books.begin(), books.end());
  }
  for (const std::vector<std::string>& chain : chains) {
    std::vector<opinion::Book::Source> out;
    for (const std::string& one : chain) {
      std::error_code error;
      const bool found = fs::equivalent(firm.folder / one, book, error);
      out.push_back(book_source(found ? book : (firm.folder / one).lexically_normal()));
      if (found) return out;
    }
  }
  return {book_source(book)};
}

} // namespace

Findings check_book(const fs::path& book) {
  std::vector<opinion::Book::Source> sources{book_source(book)};
  LetterheadStyles known;
  TemplateLabels labels;
  if (const std::optional<fs::path> folder = find_firm(book)) {
    known = letterhead_styles(*folder);
    labels = template_labels(*folder);
    if (const Result<Firm> firm = read_firm(*folder)) sources = sources_up_to(book, *firm);
  }
  Result<opinion::Book> read = opinion::Book::load(sources);
  Findings findings = std::move(read.findings);
  if (read) check_styles(*read, known.names, findings);
  if (read) check_list_uses(*read, known.lists, findings);
  if (read) check_labels(*read, labels, findings);
  return findings;
}

} // namespace engross::letter
