// SPDX-License-Identifier: MPL-2.0
#include "letter/assembly.hpp"

#include "deal/merge.hpp"
#include "letter/anchors.hpp"
#include "letter/books.hpp"
#include "letter/continued_lists.hpp"
#include "letter/docx_check.hpp"
#include "letter/firm.hpp"
#include "letter/fragments.hpp"
#include "letter/labels.hpp"
#include "letter/pictures.hpp"
#include "letter/template_check.hpp"
#include "letter/template_file.hpp"
#include "letterhead/apply.hpp"
#include "odf/deflate.hpp"
#include "odf/document.hpp"
#include "odf/list_numbering.hpp"
#include "odf/namespaces.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"
#include "opinion/slot.hpp"
#include "opinion/support.hpp"
#include "templating/analysis.hpp"
#include "templating/compile.hpp"
#include "templating/render.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace engross::letter {

namespace fs = std::filesystem;
using deal::Value;
using templating::MarkedPart;
using templating::Program;
using templating::Tag;

namespace {

constexpr const char* k_xml_declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr const char* k_text_mimetype = "application/vnd.oasis.opendocument.text";

/// Where these lie among the programmed parts.
constexpr std::size_t k_content = 0;
constexpr std::size_t k_styles = 1;

/// One of content.xml, styles.xml and meta.xml, in this order. Without a program it is the
/// template's.
struct ProgrammedPart {
  const char* path = nullptr;
  std::optional<Program> program;
};

/// Expressions that stand alone in a paragraph of the body, outside loops. Where the body sets
/// names, the same words may mean another value there than in a header.
std::set<std::string> alone_in_body(const MarkedPart& content) {
  std::set<std::string> out;
  const std::set<std::string> own = names_given(content);
  for (const templating::FoundTag& found : content.tags)
    if (found.tag.kind == Tag::Kind::print && found.alone && !found.in_loop &&
        !reads_any(found.tag.expression, own))
      out.insert(found.tag.expression.canonical());
  return out;
}

} // namespace

struct Assembly::Impl {
  std::optional<Firm> firm;
  std::optional<deal::Schema> schema;
  std::optional<opinion::Book> book;
  std::optional<opinion::Places> places; ///< none: the name of a slot is computed
  templating::Settings settings;

  std::string version;
  std::optional<odf::CarriedParts> carried; ///< what is the same in every letter, packed once
  std::vector<ProgrammedPart> programmed;
  odf::ListStyles lists;
  odf::TextLanguages languages;
  std::uint32_t last_picture = 0; ///< "Picture 3" of the template or the letterhead
  std::optional<odf::Package> package;
  std::string template_name;
  bool broken = false;                 ///< compiled with errors: findings, but no letter
  std::set<std::string> own_names;     ///< that the template gives to values itself
  std::string conditions;              ///< what its blocks ask for
  mutable odf::DeflaterPool deflaters; ///< safe to share; see its header

  /// The firm's voice is a default: a deal that says who speaks wins.
  templating::Settings settings_for(const deal::Deal& deal) const {
    templating::Settings out = settings;
    if (deal.root.member("voice") != nullptr) out.voice.clear();
    return out;
  }
  void grade(Findings& findings) const;
  bool is_certain(const Finding& finding, const deal::Deal& deal) const;
  Programs programs() const;
  templating::Need analyse(Findings& findings) const;
  opinion::Circumstances circumstances(const deal::Deal& deal, const Request& request) const;
  Letter render(const deal::Deal& deal, const Request& request) const;
};

/// Fills an Impl; one use.
class Assembly::Compiler {
 public:
  explicit Compiler(const Sources& sources) : m_sources(sources) {}

  void run(Impl& impl, Findings& findings) {
    m_impl = &impl;
    m_findings = &findings;
    read_firm_folder();
    std::optional<odf::Document> document = open_template();
    if (!document) {
      letterhead(); // for its findings
      return;
    }
    apply_letterhead(*document);
    compile(*document);
    m_impl->carried.emplace(*document);
    m_impl->version = document->version();
    m_impl->template_name = m_sources.template_file.string();
    m_impl->package = std::move(document->package);
  }

 private:
  template <class T> std::optional<T> take(Result<T> result) {
    append(*m_findings, std::move(result.findings));
    return std::move(result.value);
  }

  std::optional<odf::Document> open(const fs::path& file) {
    std::optional<std::string> bytes = take(read_file(file));
    if (!bytes) return std::nullopt;
    return take(odf::Document::open(file.string(), std::move(*bytes)));
  }

  std::optional<odf::Document> open_template() {
    const fs::path& file = m_sources.template_file;
    std::error_code error;
    if (!fs::is_directory(file, error)) return open(file);
    Place place;
    place.file = file.string();
    m_findings->push_back(make_finding(Code::template_kind_unknown, place, {place.file}));
    return std::nullopt;
  }

  void read_firm_folder() {
    std::optional<fs::path> folder;
    if (!m_sources.firm.empty())
      folder = m_sources.firm;
    else
      folder = find_firm(m_sources.template_file);
    if (!folder) {
      m_no_book = NoBook::no_firm;
      return;
    }
    Result<Firm> read = read_firm(*folder);
    // What a broken firm.json fails to name, it may well have meant to name.
    m_firm_is_sound = read && !has_errors(read.findings);
    m_impl->firm = take(std::move(read));
    if (!m_impl->firm) return;
    const Firm& firm = *m_impl->firm;
    m_impl->settings.locale = firm.locale;
    m_impl->settings.voice = firm.voice;
    m_impl->schema = take(read_deal_schema(firm));
    const std::vector<opinion::Book::Source> books =
        book_sources(firm, m_sources.office, m_sources.books, *m_findings);
    if (!books.empty()) m_impl->book = take(opinion::Book::load(books));
    m_no_book = m_firm_is_sound && books.empty() && m_sources.office.empty() ? NoBook::not_named
                                                                             : NoBook::not_read;
  }

  std::optional<odf::Document> letterhead() {
    std::string name = m_sources.letterhead;
    if (name.empty() && m_impl->firm) name = m_impl->firm->letterhead;
    if (name.empty()) return std::nullopt;
    return take(open_letterhead(m_impl->firm.value_or(Firm{}), name));
  }

  void apply_letterhead(odf::Document& document) {
    const bool is_named =
        !m_sources.letterhead.empty() || (m_impl->firm && !m_impl->firm->letterhead.empty());
    if (!is_named) return check_blank_paper(document);
    if (const std::optional<odf::Document> found = letterhead()) {
      append(*m_findings, letterhead::apply(document, *found));
      m_letterhead = found->package.name();
    }
  }

  /// Nobody names a letterhead: is it forgotten?
  void check_blank_paper(const odf::Document& document) {
    if (!m_firm_is_sound || has_letterhead(document)) return;
    std::string names;
    std::string first;
    for (const fs::path& file : letterhead_files(m_impl->firm->folder)) {
      if (first.empty()) first = file.stem().string();
      names += (names.empty() ? "" : ", ") + file.stem().string();
    }
    if (first.empty()) return;
    Place place;
    place.file = (m_impl->firm->folder / "firm.json").lexically_normal().string();
    m_findings->push_back(make_finding(Code::firm_without_letterhead, place, {names, first}));
  }

  void compile(odf::Document& document) {
    const std::string& file = document.package.name();
    // On a letterhead the page headers are the letterhead's.
    const std::string& styles_file = m_letterhead.empty() ? file : m_letterhead;
    MarkedPart styles = templating::mark_tags(document.styles, styles_file, "styles.xml");
    MarkedPart content = templating::mark_tags(
        document.content, file, "content.xml",
        document.styles.child("office:document-styles").child("office:styles"));
    MarkedPart meta = templating::mark_tags(document.meta, file, "meta.xml");
    check_for_tags({&content, &meta, m_letterhead.empty() ? &styles : &content});
    include(document, content, styles);

    templating::Anchors anchors = anchors_of(styles);
    const std::set<std::string> alone = alone_in_body(content);
    std::erase_if(anchors, [&](const auto& anchor) { return !alone.contains(anchor.first); });
    if (!anchors.empty()) free_anchor_names(document);

    const bool has_slot = std::any_of(content.tags.begin(), content.tags.end(), [](const auto& t) {
      return t.tag.kind == Tag::Kind::opinions || t.tag.kind == Tag::Kind::opinion;
    });
    if (has_slot) {
      free_slot_ids(document);
      pugi::xml_node root = document.content.child("office:document-content");
      if (!root.child("office:automatic-styles"))
        root.insert_child_before("office:automatic-styles", root.child("office:body"));
      if (m_impl->book)
        for (const std::string& prefix : m_impl->book->prefixes())
          if (const std::string name = "xmlns:" + prefix; !root.attribute(name.c_str()))
            root.append_attribute(name.c_str()) = std::string(odf::usual_uri(prefix)).c_str();
    }
    read_list_styles(document);
    name_continued_lists(document.content, content, m_impl->lists);
    Findings slots;
    m_impl->places = check_slots({content, styles, meta}, m_impl->book ? &*m_impl->book : nullptr,
                                 m_impl->lists, slots);
    take_slot_findings(std::move(slots));
    check_book_styles(document);

    m_impl->last_picture = std::max(templating::last_picture(document.content),
                                    templating::last_picture(document.styles));
    part("content.xml", document.content, content, document.content_changed || has_slot,
         [&](templating::Emitter& emitter) {
           emitter.anchored = &anchors;
           emitter.mark_automatic_styles = has_slot;
         });
    part("styles.xml", document.styles, styles, document.styles_changed,
         [&](templating::Emitter& emitter) { emitter.linked = &anchors; });
    odf::clean_meta(document.meta);
    drop_description(document, meta);
    part("meta.xml", document.meta, meta, true, [](templating::Emitter&) {});
    append(*m_findings, std::move(content.findings));
    append(*m_findings, std::move(styles.findings));
    append(*m_findings, std::move(meta.findings));
  }

  /// What a template is for is no remark on the letter, unless the letter shows it or it has tags.
  static void drop_description(odf::Document& document, const MarkedPart& meta) {
    pugi::xml_node root = document.meta.document_element().child("office:meta");
    const pugi::xml_node description = root.child("dc:description");
    const auto is_inside = [&](pugi::xml_node node) {
      while (node && node != description) node = node.parent();
      return static_cast<bool>(node);
    };
    const bool has_tags = std::any_of(meta.tags.begin(), meta.tags.end(),
                                      [&](const auto& found) { return is_inside(found.marker); });
    if (!has_tags && !odf::shown_meta(document.content, document.styles).contains("dc:description"))
      root.remove_child(description);
  }

  /// A finished letter in the place of its template prints an old date and old parties.
  void check_for_tags(const std::vector<const MarkedPart*>& parts) {
    const bool has_tag = std::any_of(parts.begin(), parts.end(), [](const MarkedPart* part) {
      return !part->tags.empty() || !part->findings.empty();
    });
    if (has_tag || is_letterhead()) return;
    Place place;
    place.file = m_sources.template_file.string();
    m_findings->push_back(make_finding(Code::no_tag, place, {place.file}));
  }

  /// A letterhead may be checked like a template; it needs no tag.
  bool is_letterhead() const {
    if (!m_impl->firm) return false;
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(m_impl->firm->folder / "letterheads", error);
    const fs::path file = fs::weakly_canonical(m_sources.template_file, error);
    return file.parent_path() == folder;
  }

  template <class Configure>
  void part(const char* path, pugi::xml_document& dom, const MarkedPart& marked, bool changed,
            Configure&& configure) {
    ProgrammedPart out{path, std::nullopt};
    for (const templating::FoundTag& found : marked.tags) {
      m_impl->own_names.insert(found.tag.targets.begin(), found.tag.targets.end());
      if (found.tag.kind == Tag::Kind::if_ || found.tag.kind == Tag::Kind::elif)
        m_impl->conditions += found.tag.expression.canonical() + '\n';
    }
    if (changed || marked.changed) {
      odf::remove_edit_marks(dom);
      templating::Emitter emitter(marked);
      configure(emitter);
      emitter.literal(k_xml_declaration);
      emitter.children(dom);
      out.program = emitter.finish();
    }
    m_impl->programmed.push_back(std::move(out));
  }

  void include(odf::Document& document, MarkedPart& content, MarkedPart& styles) {
    std::vector<fs::path> folders;
    if (m_impl->firm) folders.push_back(m_impl->firm->folder / "templates");
    include_fragments(document, content, m_sources.template_file, folders);
    for (const templating::FoundTag& found : styles.tags)
      if (found.tag.kind == Tag::Kind::include && found.alone)
        styles.findings.push_back(
            make_finding(Code::include_not_available, found.place, {found.place.tag}));
  }

  /// Nothing of a book that could not be read: that has been said.
  void take_slot_findings(Findings slots) {
    for (Finding& finding : slots) {
      if (finding.code == Code::no_book && m_no_book == NoBook::not_read) continue;
      if (finding.code == Code::no_book && m_no_book == NoBook::no_firm)
        finding = make_finding(Code::no_firm, finding.place,
                               {finding.place.tag, m_sources.template_file.string()});
      m_findings->push_back(std::move(finding));
    }
  }

  /// The book brings names of styles; the letterhead must know what they look like.
  void check_book_styles(const odf::Document& document) {
    if (!m_impl->book || (m_impl->places && m_impl->places->empty())) return;
    std::set<std::pair<std::string, std::string>> known;
    const pugi::xml_node styles =
        document.styles.child("office:document-styles").child("office:styles");
    for (pugi::xml_node style : styles.children("style:style"))
      known.emplace(style.attribute("style:family").value(), style.attribute("style:name").value());
    std::set<std::pair<std::string, std::string>> reported;
    for (const opinion::StyleUse& use : m_impl->book->style_uses()) {
      if (use.name.empty() || known.contains({use.family, use.name})) continue;
      if (reported.emplace(use.family, use.name).second)
        m_findings->push_back(
            make_finding(Code::book_style_unknown, use.place, {opinion::shown_style(use.name)}));
    }
  }

  void read_list_styles(const odf::Document& document) {
    const pugi::xml_node named =
        document.styles.child("office:document-styles").child("office:styles");
    m_impl->lists.read(named);
    m_impl->languages.read(named);
    m_impl->lists.read(
        document.content.child("office:document-content").child("office:automatic-styles"));
  }

  const Sources& m_sources;
  Findings* m_findings = nullptr;
  Impl* m_impl = nullptr;
  std::string m_letterhead; ///< its file, once it is applied
  bool m_firm_is_sound = false;
  enum class NoBook { not_read, no_firm, not_named };
  NoBook m_no_book = NoBook::not_read;
};

/// The firm may judge a finding otherwise than we do.
void Assembly::Impl::grade(Findings& findings) const {
  if (firm) letter::grade(*firm, findings);
}

opinion::Circumstances Assembly::Impl::circumstances(const deal::Deal& deal,
                                                     const Request& request) const {
  opinion::Circumstances out;
  out.today = request.today;
  if (!firm) return out;
  // A list that the firm names and the deal lacks is an empty one.
  static const Value k_nothing{deal::List()};
  const auto list = [&](const std::string& path) -> const Value* {
    if (path.empty()) return nullptr;
    const Value* value = deal.root.at_path(path);
    return value != nullptr ? value : &k_nothing;
  };
  out.laws_path = firm->laws;
  out.laws = list(firm->laws);
  out.examined_path = firm->examined;
  out.examined = list(firm->examined);
  return out;
}

/// Whether what was found with a broken template will still be found when that is mended.
bool Assembly::Impl::is_certain(const Finding& finding, const deal::Deal& deal) const {
  switch (finding.code) {
  case Code::missing_value: {
    // Without the blocks of the template a value may seem needed that a condition guards, and the
    // name of a loop's item may seem to be one of the deal.
    const std::string& path = finding.place.data_path;
    const std::string root = path.substr(0, path.find('.'));
    return path.find('[') == std::string::npos && !own_names.contains(root) &&
           deal.root.member(root) != nullptr && conditions.find(path) == std::string::npos;
  }
  case Code::opinion_unknown:
  case Code::not_a_list:
  case Code::wrong_kind:
  case Code::invalid_date:
  case Code::invalid_voice:
  case Code::lists_not_parallel:
    return true;
  default:
    return false;
  }
}

Letter Assembly::Impl::render(const deal::Deal& deal, const Request& request) const {
  Letter letter;
  const bool partial = request.mode == Mode::partial;
  std::vector<opinion::Choice> choices;
  std::set<const opinion::Opinion*> chosen;
  templating::Held held;
  if (book) {
    templating::Context context(deal.root, settings_for(deal));
    templating::Open open;
    if (partial) context.watch(&open);
    choices = opinion::choose(*book, context, request.opinions, places, letter.findings);
    for (const opinion::Choice& choice : choices)
      if (choice.in) chosen.insert(choice.opinion);
    opinion::check_support(*book, choices, circumstances(deal, request), letter.findings);
    // A rule that asks for what the deal lacks may say something else in a later pass.
    held.any = open.any && (!places || !places->empty());
  }
  std::set<std::uint32_t> used_styles;
  std::set<std::uint32_t> used_pictures;
  for (const opinion::Choice& choice : choices) {
    if (!choice.in) continue;
    used_styles.insert(choice.opinion->styles.begin(), choice.opinion->styles.end());
    used_pictures.insert(choice.opinion->pictures.begin(), choice.opinion->pictures.end());
  }

  // Partial: what one run leaves open decides what the next one holds.
  std::vector<std::string> written(programmed.size());
  Findings missing;
  std::optional<templating::Context> context;
  std::optional<templating::Rendering> renderer;
  std::optional<Pictures> pictures;
  std::optional<opinion::SlotWriter> slots;
  do {
    if (renderer && missing.empty()) missing = std::move(renderer->findings);
    context.emplace(deal.root, settings_for(deal));
    context->is_chosen = [&](std::string_view id) {
      if (renderer->held.any) context->note_open({});
      return book && chosen.contains(book->find(id));
    };
    renderer.emplace(*context);
    templating::Rendering& rendering = *renderer;
    rendering.mode = request.mode == Mode::draft ? templating::Mode::draft
                     : partial                   ? templating::Mode::partial
                                                 : templating::Mode::strict;
    rendering.held = held;
    templating::watch_partial(rendering);
    rendering.deal_files = &deal.files;
    rendering.languages = &languages;
    rendering.pictures = last_picture;
    pictures.emplace(deal.files.empty() ? fs::path() : fs::path(deal.files.back()).parent_path());
    rendering.picture = [&](const std::string& value, const Place& place) {
      return pictures->take(value, place, renderer->findings);
    };
    rendering.stand_in = [&](const std::string& name) { return pictures->stand_in(name); };
    slots.emplace(rendering, book ? &*book : nullptr, choices, lists);
    rendering.slot = [&](const Program::PlacedTag& placed) { slots->write(placed); };
    rendering.automatic_styles = [&] {
      if (renderer->held.any) return;
      for (const std::uint32_t style : used_styles) renderer->out += book->styles()[style];
    };
    for (std::size_t i = 0; i < programmed.size(); ++i) {
      if (!programmed[i].program) continue;
      rendering.out.clear();
      rendering.plain = std::strcmp(programmed[i].path, "meta.xml") == 0;
      templating::run(*programmed[i].program, rendering);
      written[i] = std::move(rendering.out);
    }
  } while (partial && held.add(renderer->found));
  templating::Rendering& rendering = *renderer;
  for (Finding& finding : missing)
    if (finding.code == Code::missing_value && finding.severity == Severity::warning &&
        std::find(rendering.findings.begin(), rendering.findings.end(), finding) ==
            rendering.findings.end())
      rendering.findings.push_back(std::move(finding));
  if (held.any) used_pictures.clear();
  if (!broken) {
    if (!held.any) slots->report_unwritten();
    rendering.out = std::move(written[k_content]);
    templating::resolve_references(
        rendering, written[k_styles], lists, [&](const std::string& label) {
          return absent_label(label, programs(), book ? &*book : nullptr, chosen);
        });
    written[k_content] = std::move(rendering.out);
    if (!written[k_content].empty())
      fit_missing_style(written[k_styles],
                        written[k_content].find(templating::k_missing_style) != std::string::npos);
  }
  append(letter.findings, std::move(rendering.findings));
  if (request.docx && !broken && !has_errors(letter.findings))
    check_docx(written[k_content].empty() ? package->read(programmed[k_content].path)
                                          : written[k_content],
               lists, template_name, letter.findings);
  if (broken)
    std::erase_if(letter.findings, [&](const Finding& f) { return !is_certain(f, deal); });
  grade(letter.findings);
  if (broken || has_errors(letter.findings)) return letter;

  odf::PackageWriter writer(k_text_mimetype, request.time, &deflaters);
  // The picture whose place a picture of the deal took may be another client's.
  const auto is_replaced = [&](std::string_view path) {
    if (pictures->parts().empty() || !path.starts_with("Pictures/")) return false;
    for (std::size_t i = 0; i < programmed.size(); ++i) {
      const std::size_t found = programmed[i].program
                                    ? written[i].find(path)
                                    : package->read(programmed[i].path).find(path);
      if (found != std::string::npos) return false;
    }
    return true;
  };
  carried->copy_to(writer, is_replaced);
  for (std::size_t i = 0; i < programmed.size(); ++i) {
    const char* path = programmed[i].path;
    if (programmed[i].program)
      writer.add(path, "text/xml", written[i]);
    else
      writer.copy(path, "text/xml", package->raw(path));
  }
  for (const std::uint32_t used : used_pictures) {
    const opinion::Picture& picture = book->pictures()[used];
    writer.add(picture.path, picture.media_type, picture.bytes);
  }
  for (const auto& [path, part] : pictures->parts()) writer.add(path, part.media_type, part.bytes);
  letter.odt = writer.finish(version);
  return letter;
}

/// Those of the template alone.
Programs Assembly::Impl::programs() const {
  Programs out;
  for (const ProgrammedPart& part : programmed)
    if (part.program) out.push_back(&*part.program);
  return out;
}

templating::Need Assembly::Impl::analyse(Findings& findings) const {
  Programs programs = this->programs();
  const auto has_place = [&](const opinion::Opinion& o) { return !places || places->has(o); };
  if (book)
    for (const opinion::Opinion& o : book->opinions())
      if (has_place(o)) programs.push_back(&o.program);
  templating::Need need = templating::analyse(programs, findings);
  // What a slot gives to its paragraphs, the deal need not have.
  std::set<std::string> given;
  for (const ProgrammedPart& part : programmed)
    if (part.program)
      for (const Program::PlacedTag& placed : part.program->tags)
        if (placed.tag.kind == Tag::Kind::opinions || placed.tag.kind == Tag::Kind::opinion)
          for (const auto& [key, expression] : placed.tag.options) given.insert(key);
  need.members.remove_if([&](const auto& member) { return given.contains(member.first); });
  if (book)
    for (const opinion::Opinion& o : book->opinions())
      if (has_place(o)) templating::analyse(o.when, o.place, need);
  return need;
}

Assembly::Assembly(std::unique_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
Assembly::~Assembly() = default;
Assembly::Assembly(Assembly&&) noexcept = default;
Assembly& Assembly::operator=(Assembly&&) noexcept = default;

Result<Assembly> Assembly::compile(const Sources& sources) {
  Result<Assembly> out;
  try {
    auto impl = std::make_unique<Impl>();
    Compiler compiler(sources);
    compiler.run(*impl, out.findings);
    impl->grade(out.findings);
    impl->broken = has_errors(out.findings);
    out.value = Assembly(std::move(impl));
  } catch (const Error& error) {
    append(out.findings, error.findings());
  }
  return out;
}

Result<deal::Deal> read_deal_files(const std::vector<fs::path>& files,
                                   const std::vector<deal::Assignment>& assignments) {
  Findings findings;
  std::vector<deal::Source> sources;
  for (const fs::path& file : files) {
    Place place;
    place.file = file.string();
    const std::optional<deal::Format> format = deal::format_of(file.string());
    if (!format) {
      findings.push_back(make_finding(Code::deal_format_unknown, place, {file.string()}));
      continue;
    }
    Result<std::string> bytes = read_file(file);
    append(findings, std::move(bytes.findings));
    if (bytes) sources.push_back({file.string(), std::move(*bytes), *format});
  }
  Result<deal::Deal> deal = deal::read(sources, assignments);
  append(findings, std::move(deal.findings));
  // Half a deal would only give a finding for each value that it lacks.
  if (has_errors(findings)) return {std::move(findings)};
  deal.findings = std::move(findings);
  return deal;
}

Result<deal::Deal> Assembly::read_deal(const std::vector<fs::path>& files,
                                       const std::vector<deal::Assignment>& assignments,
                                       Mode mode) const {
  Result<deal::Deal> deal = read_deal_files(files, assignments);
  if (deal && m_impl->firm && m_impl->firm->data.kind() == Value::Kind::object)
    deal->root = deal::merge(m_impl->firm->data, deal->root);
  if (deal && m_impl->schema) {
    Findings violations = m_impl->schema->apply(*deal);
    for (Finding& violation : violations)
      if (mode != Mode::strict && violation.code == Code::schema_missing)
        violation.severity = Severity::warning;
    append(deal.findings, std::move(violations));
  }
  m_impl->grade(deal.findings);
  return deal;
}

Letter Assembly::render(const deal::Deal& deal, const Request& request) const {
  try {
    return m_impl->render(deal, request);
  } catch (const Error& error) {
    return {{}, error.findings()};
  }
}

Result<std::string> pack(const std::string& name, std::string bytes, bool as_template,
                         std::int64_t time) {
  try {
    Result<odf::Document> document = odf::Document::open(name, std::move(bytes));
    if (!document) return {std::move(document.findings)};
    Result<std::string> out(odf::write(*document, time, as_template));
    out.findings = std::move(document.findings);
    return out;
  } catch (const Error& error) {
    return {error.findings()};
  }
}

Findings Assembly::check() const {
  Findings findings;
  if (m_impl->broken) return findings; // its consequences would only hide the cause
  const templating::Need need = m_impl->analyse(findings);
  check_references(m_impl->programs(), m_impl->book ? &*m_impl->book : nullptr, m_impl->places,
                   findings);
  if (m_impl->book) check_list_levels(m_impl->programs(), *m_impl->book, m_impl->lists, findings);
  if (m_impl->schema) {
    templating::check_declared(need, declared_names(*m_impl->firm, *m_impl->schema), findings);
  }
  m_impl->grade(findings);
  return findings;
}

Findings Assembly::check(const Sources& sources) {
  Findings findings;
  try {
    auto impl = std::make_unique<Impl>();
    Compiler(sources).run(*impl, findings);
    impl->grade(findings);
    // A block or a variable that could not be read would only bring findings of its own.
    const bool readable =
        impl->package && std::all_of(findings.begin(), findings.end(), [](const Finding& finding) {
          return finding.severity != Severity::error || !finding.place.tag.starts_with("{%");
        });
    if (readable) append(findings, Assembly(std::move(impl)).check());
  } catch (const Error& error) {
    append(findings, error.findings());
  }
  return findings;
}

std::string Assembly::fields() const {
  Findings ignored;
  return templating::to_json_schema(m_impl->analyse(ignored),
                                    fs::path(m_impl->template_name).filename().string());
}

std::string Assembly::sample() const {
  Findings ignored;
  return templating::to_sample(m_impl->analyse(ignored));
}

Result<std::vector<OpinionChoice>> Assembly::opinions(const deal::Deal& deal,
                                                      const Request& request) const {
  std::vector<OpinionChoice> rows;
  if (!m_impl->book) return rows;
  Findings findings;
  templating::Context context(deal.root, m_impl->settings_for(deal));
  for (const opinion::Choice& choice :
       opinion::choose(*m_impl->book, context, request.opinions, m_impl->places, findings)) {
    const bool has_place = !m_impl->places || m_impl->places->has(*choice.opinion);
    rows.push_back({choice.opinion->id, choice.opinion->title, choice.opinion->group,
                    choice.in && has_place,
                    has_place ? choice.reason : "The template has no place for it.",
                    std::string(decider_name(choice.decider)), choice.opinion->when_text,
                    values_seen(*choice.opinion, context), has_place});
  }
  m_impl->grade(findings);
  Result<std::vector<OpinionChoice>> out(std::move(rows));
  out.findings = std::move(findings);
  return out;
}

} // namespace engross::letter
