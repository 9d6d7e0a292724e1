// SPDX-License-Identifier: MPL-2.0
#include "letter/on_letterhead.hpp"

#include "deal/merge.hpp"
#include "letter/anchors.hpp"
#include "letter/assembly.hpp"
#include "letter/firm.hpp"
#include "letter/pictures.hpp"
#include "letter/template_file.hpp"
#include "letterhead/apply.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/page_words.hpp"
#include "letterhead/house/wide.hpp"
#include "templating/compile.hpp"
#include "templating/render.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace engross::letter {

namespace fs = std::filesystem;
using templating::MarkedPart;
using templating::Program;

namespace {

constexpr std::string_view k_anchor_prefix = "_eng_header_";

/// Whether the body holds tags: then the file is a template, and so is what it becomes.
bool is_template(const odf::Document& document) {
  pugi::xml_document copy;
  copy.reset(document.content);
  const MarkedPart marked = templating::mark_tags(copy, document.package.name(), "content.xml");
  return !marked.tags.empty() || has_errors(marked.findings);
}

void take_old_anchors(pugi::xml_node node) {
  for (pugi::xml_node child = node.first_child(); child;) {
    const pugi::xml_node next = child.next_sibling();
    if (std::string_view(child.name()).starts_with("text:bookmark") &&
        std::string_view(child.attribute("text:name").value()).starts_with(k_anchor_prefix))
      node.remove_child(child);
    else
      take_old_anchors(child);
    child = next;
  }
}

/// Character data of a paragraph; no value where it holds more than text, spans and bookmarks.
bool add_text(pugi::xml_node node, std::string& out) {
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      out += child.value();
    else if (name == "text:span" || name == "text:a") {
      if (!add_text(child, out)) return false;
    } else if (name != "text:soft-page-break" && !name.starts_with("text:bookmark")) {
      return false;
    }
  }
  return true;
}

/// The first paragraph of the body that says just that.
pugi::xml_node paragraph_saying(pugi::xml_node node, const std::string& text) {
  for (const pugi::xml_node child : node.children()) {
    if (templating::is_paragraph(child)) {
      std::string found;
      if (add_text(child, found) && found == text) return child;
    } else if (const pugi::xml_node inside = paragraph_saying(child, text)) {
      return inside;
    }
  }
  return {};
}

class Change {
 public:
  explicit Change(const LetterheadChange& change) : m_change(change) {}

  std::optional<std::string> run() {
    read_firm_folder();
    std::optional<odf::Document> document =
        m_change.bytes ? take(odf::Document::open(m_change.file.string(), *m_change.bytes))
                       : open(m_change.file);
    std::optional<odf::Document> letterhead =
        take(open_letterhead(m_firm.value_or(Firm{}), m_change.letterhead));
    if (!document || !letterhead || has_errors(findings)) return std::nullopt;
    const bool keeps_tags = is_template(*document);
    const letterhead::MasterPages old = letterhead::master_pages_of(*document, false);
    m_own_lines = letterhead::letter_lines(old);
    for (const letterhead::BodyObject& object : letterhead::body_objects(*document, old))
      m_own_widths.push_back(object.text_width);
    append(findings, letterhead::apply(*document, *letterhead));
    if (!keeps_tags) fill(*document, letterhead->package.name());
    if (has_errors(findings)) return std::nullopt;
    std::string out = m_change.as_flat ? odf::write_flat(*document, m_change.as_template)
                                       : odf::write(*document, m_change.time, m_change.as_template);
    check_headers(out, *letterhead, keeps_tags);
    return out;
  }

  /// What the pages say that are not on the letterhead itself, and what the header repeats.
  void check_headers(const std::string& bytes, const odf::Document& from, bool keeps_tags) {
    const std::string letterhead = letterhead::letterhead_name(from.package.name());
    const letterhead::MasterPages masters = letterhead::master_pages_of(from, true);
    const Result<letterhead::Subject> made =
        letterhead::Subject::open(m_change.file.string(), bytes);
    if (!made) return;
    const letterhead::AddressBlock block = letterhead::address_block(*made, letterhead::House());
    const std::vector<letterhead::ForeignPart> kept =
        letterhead::foreign_parts(*made, &masters, block);
    if (!keeps_tags) compare_header(*made, kept);
    if (!keeps_tags) find_typed_letterhead(*made, letterhead);
    compare_widths(*made, letterhead);
    for (const letterhead::LetterLine& lost :
         letterhead::lost_lines(m_own_lines, made->masters, block))
      findings.push_back(make_finding(Code::letter_line_lost, made->place("styles.xml"),
                                      {lost.text, lost.where, letterhead}));
    for (const letterhead::ForeignPart& one : kept) {
      // It says more than the note that this page stays.
      const std::string note =
          make_finding(Code::page_style_kept, {},
                       {letterhead::shown_name(made->masters.pages[one.page].node), letterhead})
              .message;
      std::erase_if(findings, [&](const Finding& f) { return f.message == note; });
      findings.push_back(
          make_finding(Code::old_header_kept, made->place("styles.xml"),
                       {one.page_name, one.is_header ? "header" : "footer", one.text, letterhead}));
    }
  }

  /// What an older letterhead says is often typed above the date.
  void find_typed_letterhead(const letterhead::Subject& made, const std::string& letterhead) {
    const letterhead::AddressBlock block = letterhead::address_block(made, letterhead::House());
    const letterhead::TextParagraph* first = letterhead::typed_letterhead(block);
    if (first == nullptr) return;
    findings.push_back(make_finding(Code::letterhead_typed, made.place(made.body, *first),
                                    {letterhead::shortened(first->text), letterhead}));
  }

  /// What stands out of the text now that it is narrower.
  void compare_widths(const letterhead::Subject& made, const std::string& letterhead) {
    const std::vector<letterhead::BodyObject> now =
        letterhead::body_objects(made.document, made.masters);
    if (now.size() != m_own_widths.size()) return;
    const std::string_view unit = letterhead::unit_of(made.masters);
    for (std::size_t i = 0; i < now.size(); ++i) {
      const letterhead::BodyObject& object = now[i];
      if (object.text_width + 1 > m_own_widths[i] || !object.stands_out(object.text_width))
        continue;
      findings.push_back(make_finding(Code::wider_than_text, letterhead::place_of(made, object),
                                      {letterhead::object_name(object.node),
                                       letterhead::length_like(object.width, unit), letterhead,
                                       letterhead::length_like(object.text_width, unit)}));
    }
  }

  /// The first lines of a letter whose address block is not known, for a person to compare.
  static std::string beginning_of(const letterhead::Subject& made) {
    constexpr int k_lines = 3;
    std::string out;
    int count = 0;
    for (const letterhead::TextParagraph* p :
         letterhead::address_block(made, letterhead::House()).front) {
      if (letterhead::is_legend(p->text) || letterhead::is_date_text(p->text)) continue;
      if (++count > k_lines) break;
      out += (out.empty() ? "" : " / ") + letterhead::comparable(p->text);
    }
    return letterhead::shortened(out, 120);
  }

  /// The deal may be that of another letter: what the header repeats must stand in this one.
  void compare_header(const letterhead::Subject& made,
                      const std::vector<letterhead::ForeignPart>& kept) {
    const auto is_kept = [&](pugi::xml_node node) {
      for (; node; node = node.parent())
        for (const letterhead::ForeignPart& one : kept)
          if (one.part == node) return true;
      return false;
    };
    for (const letterhead::HeaderLine& line :
         letterhead::header_lines(made, letterhead::House(), nullptr)) {
      if (line.agrees || is_kept(line.paragraph->node)) continue;
      const bool is_date = line.kind == letterhead::LineKind::date;
      const Place place = made.place(made.pages, *line.paragraph);
      const std::string expected =
          line.expected.empty() && !is_date ? beginning_of(made) : line.expected;
      if (expected.empty() && !is_date) continue;
      Finding finding =
          expected.empty()
              ? make_finding(Code::date_missing, place,
                             {", but the continuation header says “" + line.text + "”"})
          : is_date ? make_finding(Code::date_disagrees, place, {line.text, expected})
                    : make_finding(Code::addressee_disagrees, place, {line.text, expected});
      finding.severity = Severity::warning;
      findings.push_back(std::move(finding));
    }
  }

  /// The firm may judge otherwise than we do.
  void grade() {
    if (m_firm) letter::grade(*m_firm, findings);
  }

  Findings findings;

 private:
  template <class T> std::optional<T> take(Result<T> result) {
    append(findings, std::move(result.findings));
    return std::move(result.value);
  }

  std::optional<odf::Document> open(const fs::path& file) {
    std::optional<std::string> bytes = take(read_file(file));
    if (!bytes) return std::nullopt;
    return take(odf::Document::open(file.string(), std::move(*bytes)));
  }

  void read_firm_folder() {
    const std::optional<fs::path> folder =
        m_change.firm.empty() ? find_firm(m_change.file) : m_change.firm;
    if (folder) m_firm = take(read_firm(*folder));
    if (m_firm) m_schema = take(read_deal_schema(*m_firm));
  }

  /// A letterhead shows little of a deal: what else the deal lacks is not missed here.
  std::optional<deal::Deal> read_data() {
    std::optional<deal::Deal> deal = take(read_deal_files(m_change.deals, m_change.assignments));
    if (!deal) return deal;
    if (m_firm && m_firm->data.kind() == deal::Value::Kind::object)
      deal->root = deal::merge(m_firm->data, deal->root);
    if (m_schema) {
      Findings violations = m_schema->apply(*deal);
      std::erase_if(violations, [](const Finding& f) { return f.code == Code::schema_missing; });
      append(findings, std::move(violations));
    }
    return deal;
  }

  /// The tags of the letterhead become the letter's values.
  void fill(odf::Document& document, const std::string& letterhead) {
    MarkedPart styles = templating::mark_tags(document.styles, letterhead, "styles.xml");
    append(findings, std::move(styles.findings));
    if (styles.tags.empty() || has_errors(findings)) return;
    const std::optional<deal::Deal> deal = read_data();
    if (!deal) return;

    templating::Settings settings;
    if (m_firm) {
      settings.locale = m_firm->locale;
      if (deal->root.member("voice") == nullptr) settings.voice = m_firm->voice;
    }
    templating::Context context(deal->root, settings);
    templating::Rendering rendering(context);
    rendering.deal_files = &deal->files;
    Pictures pictures(deal->files.empty() ? fs::path()
                                          : fs::path(deal->files.back()).parent_path());
    rendering.picture = [&](const std::string& value, const Place& place) {
      return pictures.take(value, place, rendering.findings);
    };
    rendering.stand_in = [&](const std::string& name) { return pictures.stand_in(name); };
    rendering.pictures = templating::last_picture(document.content);
    const templating::Anchors anchors = anchors_of(styles);
    find_anchors(document, styles, anchors, rendering);

    templating::Emitter emitter(styles);
    emitter.linked = &anchors;
    emitter.children(document.styles);
    const Program program = emitter.finish();
    templating::run(program, rendering);
    add_findings(std::move(rendering.findings), letterhead);
    for (const auto& [path, part] : pictures.parts())
      document.added[path] = {part.bytes, part.media_type};
    const bool is_draft = static_cast<bool>(document.content.find_node([](pugi::xml_node node) {
      return std::string_view(node.attribute("text:style-name").value()) ==
             templating::k_missing_style;
    }));
    fit_missing_style(rendering.out, is_draft);
    if (std::optional<pugi::xml_document> filled =
            take(odf::parse_xml(rendering.out, letterhead, "styles.xml")))
      document.styles = std::move(*filled);
    document.styles_changed = true;
  }

  /// Bookmarks the paragraphs of the body to which the headers will refer.
  static void find_anchors(odf::Document& document, const MarkedPart& styles,
                           const templating::Anchors& anchors, templating::Rendering& rendering) {
    pugi::xml_node body =
        document.content.child("office:document-content").child("office:body").child("office:text");
    take_old_anchors(body);
    document.content_changed = true;
    rendering.anchors.resize(anchors.size());
    for (const templating::FoundTag& found : styles.tags) {
      const auto anchor = anchors.find(found.tag.expression.canonical());
      if (anchor == anchors.end() || rendering.anchors[anchor->second]) continue;
      const std::optional<std::string> text = value_of(styles, found, rendering);
      if (!text) continue;
      pugi::xml_node paragraph = paragraph_saying(body, *text);
      if (!paragraph) continue;
      const std::string name = templating::anchor_bookmark(anchor->second);
      paragraph.prepend_child("text:bookmark-start").append_attribute("text:name") = name.c_str();
      paragraph.append_child("text:bookmark-end").append_attribute("text:name") = name.c_str();
      rendering.anchors[anchor->second] = *text;
    }
  }

  /// What a tag prints, as plain text on one line; its faults are found again when it is printed.
  static std::optional<std::string> value_of(const MarkedPart& styles,
                                             const templating::FoundTag& found,
                                             templating::Rendering& rendering) {
    templating::Emitter emitter(styles);
    emitter.literal("<text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">");
    emitter.node(found.marker);
    emitter.literal("</text:p>");
    const Program program = emitter.finish();
    templating::run(program, rendering);
    pugi::xml_document paragraph;
    const bool read = static_cast<bool>(
        paragraph.load_string(rendering.out.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
    rendering.out.clear();
    rendering.findings.clear();
    std::string text;
    if (!read || !add_text(paragraph.first_child(), text) || text.empty()) return std::nullopt;
    return text;
  }

  /// Without a deal it is not the data that lacks a value.
  void add_findings(Findings more, const std::string& letterhead) {
    const bool no_deal = m_change.deals.empty() && m_change.assignments.empty();
    for (Finding& finding : more) {
      if (no_deal && finding.code == Code::missing_value)
        finding = make_finding(Code::letterhead_needs_data, finding.place,
                               {fs::path(letterhead).filename().string(), finding.place.data_path});
      if (std::none_of(findings.begin(), findings.end(), [&](const Finding& f) {
            return f.code == finding.code && f.message == finding.message;
          }))
        findings.push_back(std::move(finding));
    }
  }

  const LetterheadChange& m_change;
  std::optional<Firm> m_firm;
  std::optional<deal::Schema> m_schema;
  std::vector<letterhead::LetterLine> m_own_lines; ///< of the old headers and footers
  std::vector<double> m_own_widths; ///< of the text around each table, frame and picture
};

} // namespace

Result<std::string> put_on_letterhead(const LetterheadChange& change) {
  Result<std::string> out;
  try {
    Change work(change);
    out.value = work.run();
    work.grade();
    out.findings = std::move(work.findings);
    if (has_errors(out.findings)) out.value.reset();
  } catch (const Error& error) {
    out.value.reset();
    append(out.findings, error.findings());
  }
  return out;
}

} // namespace engross::letter
