// SPDX-License-Identifier: MPL-2.0
// What can be said of a book without a deal.
#include "letter/assembly.hpp"
#include "letter/books.hpp"
#include "letter/labels.hpp"
#include "odf/document.hpp"
#include "odf/list_numbering.hpp"
#include "opinion/slot.hpp"
#include "templating/analysis.hpp"
#include "templating/compile.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace engross::letter {

namespace fs = std::filesystem;

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

/// What templates of the firm give to paragraphs of its book.
struct TemplateGifts {
  std::set<std::string> labels;
  bool computes_labels = false;
  std::set<std::string> parameters; ///< of slots; their options too
  bool has_slot = false;
};

TemplateGifts template_gifts(const fs::path& firm) {
  TemplateGifts out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(firm / "templates", error)) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".fodt" && ending != ".odt" && ending != ".ott") continue;
    Result<std::string> bytes = read_file(entry.path());
    if (!bytes) continue;
    Result<odf::Document> document = odf::Document::open(entry.path().string(), std::move(*bytes));
    if (!document) continue; // its own faults are said where it is checked itself
    for (const templating::FoundTag& found :
         templating::mark_tags(document->content, entry.path().string(), "content.xml").tags) {
      const templating::Tag::Kind kind = found.tag.kind;
      if (kind == templating::Tag::Kind::opinions || kind == templating::Tag::Kind::opinion) {
        out.has_slot = true;
        for (const auto& [name, expression] : found.tag.options) out.parameters.insert(name);
      }
      if (kind != templating::Tag::Kind::label) continue;
      std::string name = templating::literal_text(found.tag.expression);
      out.computes_labels = out.computes_labels || name.empty();
      out.labels.insert(std::move(name));
    }
  }
  return out;
}

/// References to labels that neither a paragraph of the book nor a template gives.
void check_labels(const opinion::Book& book, const TemplateGifts& templates, Findings& findings) {
  if (templates.computes_labels) return;
  std::vector<std::string> known(templates.labels.begin(), templates.labels.end());
  for (const opinion::Opinion& o : book.opinions()) {
    if (o.computes_labels) return;
    known.insert(known.end(), o.labels.begin(), o.labels.end());
  }
  for (const opinion::Opinion& o : book.opinions())
    for (const opinion::Reference& reference : o.refers) {
      const std::string& label = reference.label;
      check_form(reference, book, templates.labels.contains(label), findings);
      if (std::find(known.begin(), known.end(), label) != known.end()) continue;
      const auto close = closest_name(label, known);
      findings.push_back(make_finding(Code::label_not_in_book, reference.place,
                                      {o.id, label,
                                       close ? "Did you mean “" + *close + "”?"
                                             : "Check the name, or write {% label \"" + label +
                                                   "\" %} in the paragraph that is meant."}));
    }
}

/// A label that stands twice in each letter with the paragraph, or may: in a loop.
void check_repeated_labels(const opinion::Opinion& o, Findings& findings) {
  using Op = templating::Instruction::Op;
  std::set<std::string> seen;
  std::size_t conditional = 0; // up to here
  std::size_t loops = 0;
  const std::vector<templating::Instruction>& code = o.program.code;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const templating::Instruction& i = code[at];
    if (i.op == Op::jump_if_false) conditional = std::max<std::size_t>(conditional, i.b);
    if (i.op == Op::jump) conditional = std::max<std::size_t>(conditional, i.a);
    if (i.op == Op::for_begin) ++loops;
    if (i.op == Op::for_next) --loops;
    if (i.op != Op::label) continue;
    const templating::Program::PlacedTag& placed = o.program.tags[i.a];
    const std::string name = templating::literal_text(placed.tag.expression);
    if (name.empty() || (loops == 0 && at < conditional)) continue;
    Finding finding = make_finding(Code::label_twice, placed.place, {name});
    if (loops > 0) finding.severity = Severity::warning; // the list may have one entry
    if (loops > 0 || !seen.insert(name).second) findings.push_back(std::move(finding));
  }
}

/// What fails in the tags whatever the data, and names that rules and tags read and the deal schema
/// does not have (`declared`, empty: there is none). Each paragraph by itself, so that all places
/// are named.
void check_tags(const opinion::Book& book, const std::vector<std::string>& declared,
                const TemplateGifts& templates, Findings& findings) {
  const std::set<std::string> known(declared.begin(), declared.end());
  for (const opinion::Opinion& o : book.opinions()) {
    check_repeated_labels(o, findings);
    templating::Need need = templating::analyse({&o.program}, findings);
    if (declared.empty()) continue;
    templating::Need rule;
    templating::analyse(o.when, o.place, rule);
    templating::check_declared(rule, declared, findings);
    // A parameter of a slot looks like a name of the deal.
    need.members.remove_if([&](const auto& member) {
      return templates.parameters.contains(member.first) ||
             (!templates.has_slot && !known.contains(member.first));
    });
    templating::check_declared(need, declared, findings);
  }
}

/// A book of the firm, or of an office, with those that it may override. One that the firm does not
/// name stands alone, or comes after the firm's and its office's where the firm was given for it.
std::vector<opinion::Book::Source> sources_up_to(const fs::path& book, const Firm& firm,
                                                 bool is_given, const std::string& office,
                                                 Findings& findings) {
  std::vector<std::vector<std::string>> chains{firm.books};
  for (const auto& [name, books] : firm.office_books) {
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
  return is_given ? book_sources(firm, office, {book}, findings)
                  : std::vector<opinion::Book::Source>{book_source(book)};
}

/// What the firm of a book says for it.
struct OfFirm {
  LetterheadStyles letterheads;
  TemplateGifts templates;
  std::optional<Firm> firm;
  std::vector<std::string> declared; ///< names of its deals; empty: no schema that can be read

  explicit OfFirm(const std::optional<fs::path>& folder) {
    if (!folder) return;
    letterheads = letterhead_styles(*folder);
    templates = template_gifts(*folder);
    firm = read_firm(*folder).value; // its faults are said where it is checked itself
    if (!firm) return;
    if (const Result<deal::Schema> schema = read_deal_schema(*firm))
      declared = declared_names(*firm, *schema);
  }
};

} // namespace

Findings check_book(const fs::path& book, const fs::path& firm, const std::string& office) {
  const OfFirm of_firm(firm.empty() ? find_firm(book) : firm);
  std::vector<opinion::Book::Source> sources{book_source(book)};
  Findings findings;
  if (of_firm.firm) sources = sources_up_to(book, *of_firm.firm, !firm.empty(), office, findings);
  Result<opinion::Book> read = opinion::Book::load(sources);
  append(findings, std::move(read.findings));
  if (read) {
    check_styles(*read, of_firm.letterheads.names, findings);
    check_list_uses(*read, of_firm.letterheads.lists, findings);
    check_labels(*read, of_firm.templates, findings);
    check_tags(*read, of_firm.declared, of_firm.templates, findings);
  }
  if (of_firm.firm) grade(*of_firm.firm, findings);
  return findings;
}

} // namespace engross::letter
