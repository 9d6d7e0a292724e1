// SPDX-License-Identifier: MPL-2.0
#include "opinion/slot.hpp"

#include "odf/document.hpp"
#include "opinion/end_marks.hpp"
#include "opinion/lead_in.hpp"

#include <algorithm>
#include <functional>

namespace engross::opinion {

using templating::ParagraphShape;
using templating::Rendering;
using templating::Value;

namespace {

/// Whether a reader sees nothing of it: blanks, and the marks of labels.
bool is_blank(std::string_view content) {
  for (;;) {
    const std::size_t at = content.find_first_not_of(" \n\t");
    if (at == std::string_view::npos) return true;
    if (!content.substr(at).starts_with(k_label_mark)) return false;
    const std::size_t end = content.find("?>", at);
    if (end == std::string_view::npos) return true;
    content.remove_prefix(end + 2);
  }
}

/// Labels and references are numbered through the letter.
std::string without_marks(std::string_view content) {
  std::string out;
  for (;;) {
    const std::size_t mark = content.find("<?");
    out += content.substr(0, mark);
    if (mark == std::string_view::npos) return out;
    content.remove_prefix(content.find("?>", mark) + 2);
  }
}

/// Opens and closes lists and items as the levels ask (ODF 1.3 part 3, 5.3).
class ListWriter {
 public:
  /// \p before: the slot whose numbers go on where the options say so; 0: none.
  ListWriter(std::string& out, const SlotOptions& options, int slot, int before)
      : m_out(out), m_options(options), m_slot(slot), m_before(before) {}

  void write(const Piece& piece) {
    if (piece.shape == ParagraphShape::block) {
      close_to(0);
      m_out += piece.start_tag + piece.content;
      return;
    }
    const int level = std::max(1, piece.level) + m_options.level - 1;
    close_to(level);
    if (piece.is_numbered()) {
      if (m_depth == level) m_out += "</text:list-item><text:list-item>";
      while (m_depth < level) open_list();
      m_started = true;
    }
    // A continuation joins the item that is open; with none open it is a paragraph of the letter.
    m_out += piece.start_tag + piece.content + "</text:p>";
  }

  void finish() { close_to(0); }

 private:
  void open_list() {
    if (m_depth == 0) {
      m_out += "<text:list";
      if (m_opened)
        m_out += " text:continue-list=\"" + id(m_slot) + "\"";
      else {
        m_out += " xml:id=\"" + id(m_slot) + "\"";
        if (m_options.goes_on && m_before > 0)
          m_out += " text:continue-list=\"" + id(m_before) + "\"";
      }
      m_out += " text:style-name=\"";
      odf::append_escaped(m_out, m_options.list_style);
      m_out += "\">";
      m_opened = true;
    } else {
      m_out += "<text:list>";
    }
    ++m_depth;
    m_out += "<text:list-item";
    if (!m_started && m_options.start && m_depth == m_options.level)
      m_out += " text:start-value=\"" + std::to_string(*m_options.start) + "\"";
    m_out += ">";
  }

  void close_to(int level) {
    for (; m_depth > level; --m_depth) m_out += "</text:list-item></text:list>";
  }

  static std::string id(int slot) { return "eng_slot" + std::to_string(slot); }

  std::string& m_out;
  const SlotOptions& m_options;
  int m_slot;
  int m_before;
  int m_depth = 0;
  bool m_opened = false;
  bool m_started = false; ///< the first number is written
};

} // namespace

std::vector<SlotWriter::Entry> SlotWriter::entries(const std::vector<const Choice*>& candidates,
                                                   bool reserves) const {
  std::vector<Entry> out;
  std::set<std::string> settled; // of a set of alternatives one place is kept
  for (const Choice* choice : candidates)
    if (choice->in) settled.insert(choice->opinion->alternatives);
  settled.erase(std::string());
  for (const Choice* choice : candidates) {
    const std::string& set = choice->opinion->alternatives;
    if (choice->in)
      out.push_back({choice->opinion, false});
    else if (reserves && (set.empty() || settled.insert(set).second))
      out.push_back({choice->opinion, true});
  }
  return out;
}

std::vector<Piece> SlotWriter::render(const std::vector<Entry>& entries, const SlotOptions& options,
                                      const std::string& reserved_style) {
  std::vector<Piece> pieces;
  std::string letter = std::move(m_rendering.out);
  const std::size_t left_out_at = m_rendering.left_out_at;
  for (const Entry& entry : entries) {
    m_rendering.out.clear();
    if (entry.reserved) {
      Piece piece{1, ParagraphShape::numbered, "<text:p text:style-name=\"", {}};
      const std::string& own = entry.opinion->style;
      odf::append_escaped(piece.start_tag, own.empty() ? reserved_style : own);
      piece.start_tag += "\">";
      templating::append_text(piece.content, options.reserved);
      pieces.push_back(std::move(piece));
      continue;
    }
    m_rendering.paragraphs.clear();
    m_rendering.context.begin_section(Value(options.parameters));
    const auto before = m_written.find(entry.opinion);
    m_rendering.copy =
        before == m_written.end() ? 0 : static_cast<std::uint32_t>(before->second.size());
    templating::run(entry.opinion->program, m_rendering);
    m_rendering.copy = 0;
    m_rendering.context.end_section();
    const std::string_view xml = m_rendering.out;
    const std::size_t first = pieces.size();
    for (const Rendering::Paragraph& p : m_rendering.paragraphs) {
      Piece piece{p.level, static_cast<ParagraphShape>(p.shape),
                  std::string(xml.substr(p.begin, p.open - p.begin)),
                  std::string(xml.substr(p.open, p.end - p.open))};
      // A paragraph whose conditions left nothing is no paragraph.
      if (!is_blank(piece.content)) pieces.push_back(std::move(piece));
    }
    std::string words;
    std::set<int> levels;
    for (std::size_t i = first; i < pieces.size(); ++i) {
      words += without_marks(pieces[i].content) + '\n';
      if (pieces[i].is_numbered()) levels.insert(std::max(1, pieces[i].level));
    }
    check_levels(*entry.opinion, levels, options, m_lists, m_levels, m_rendering.findings);
    if (pieces.size() > first) note_written(*entry.opinion, words);
    const auto head = std::find_if(pieces.begin() + static_cast<std::ptrdiff_t>(first),
                                   pieces.end(), std::mem_fn(&Piece::is_numbered));
    check_lead_ins(*entry.opinion, pieces, first);
    if (head != pieces.end() && head->level > 1)
      m_rendering.findings.push_back(
          make_finding(Code::opinion_without_head, entry.opinion->place, {entry.opinion->id}));
  }
  m_rendering.paragraphs.clear();
  m_rendering.out = std::move(letter);
  m_rendering.left_out_at = left_out_at;
  return pieces;
}

/// A paragraph that ends in a colon, and whose sub-items the deal left out.
void SlotWriter::check_lead_ins(const Opinion& opinion, const std::vector<Piece>& pieces,
                                std::size_t first) {
  for (std::size_t i = first; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (!piece.is_numbered() || !ends_in_colon(piece.content)) continue;
    const bool has_deeper = *opinion.levels.rbegin() > piece.level;
    const bool nothing_follows = i + 1 == pieces.size() || (pieces[i + 1].is_numbered() &&
                                                            pieces[i + 1].level <= piece.level);
    if (!has_deeper || !nothing_follows) continue;
    std::string words = visible_text(piece.content);
    constexpr std::size_t k_shown = 60; // bytes
    if (words.size() > k_shown)
      words = "…" + words.substr(words.find(' ', words.size() - k_shown) + 1);
    m_rendering.findings.push_back(
        make_finding(Code::opinion_leads_to_nothing, opinion.place, {opinion.id, words}));
  }
}

/// Once for each series is right; the same words again are a slip of the template.
void SlotWriter::note_written(const Opinion& opinion, std::string_view words) {
  std::vector<std::size_t>& before = m_written[&opinion];
  const std::size_t hash = std::hash<std::string_view>{}(words);
  if (std::count(before.begin(), before.end(), hash) == 1)
    m_rendering.findings.push_back(
        make_finding(Code::opinion_printed_twice, opinion.place, {opinion.id}));
  before.push_back(hash);
}

void SlotWriter::check_parameters(const std::vector<Entry>& entries, const SlotOptions& options,
                                  const Place& place) {
  for (const Entry& entry : entries) {
    if (entry.reserved) continue;
    std::string lengths;
    std::set<std::size_t> different;
    for (const auto& [name, value] : options.parameters) {
      if (value.kind() != Value::Kind::list || !entry.opinion->reads.contains(name)) continue;
      different.insert(value.as_list().size());
      lengths +=
          (lengths.empty() ? "" : ", ") + name + " " + std::to_string(value.as_list().size());
    }
    if (different.size() < 2) continue;
    m_rendering.findings.push_back(
        make_finding(Code::slot_lists_unequal, place, {place.tag, entry.opinion->id, lengths}));
  }
}

void SlotWriter::note_end() {
  static constexpr std::size_t k_enough = 64;
  m_end = m_rendering.out.size();
  m_tail = m_rendering.out.substr(m_end - std::min(m_end, k_enough));
}

bool SlotWriter::is_end_of_slot(std::size_t at) const {
  return m_end > 0 && at == m_end &&
         std::string_view(m_rendering.out).substr(0, at).ends_with(m_tail);
}

void SlotWriter::write_empty(const templating::Program::PlacedTag& placed,
                             const SlotOptions& options, const std::string& name) {
  const std::size_t lead_in = end_before_blanks(m_rendering.out);
  const std::string_view ahead = std::string_view(m_rendering.out).substr(0, lead_in);
  // What a slot wrote leads in to nothing.
  const bool leads_in = ahead.ends_with("</text:p>") || ahead.ends_with("</text:h>") ||
                        ahead.ends_with("</text:list>");
  // A lead-in in a block of its own is out already; what another slot dropped is dropped once.
  const bool left_out =
      m_rendering.left_out_at >= lead_in && m_rendering.left_out_at <= m_rendering.out.size();
  if (options.drops_lead_in && leads_in && !is_end_of_slot(lead_in)) {
    if (left_out) {
      m_rendering.findings.push_back(make_finding(Code::lead_in_missing, placed.place,
                                                  {placed.place.tag, "a block that is left out"}));
    } else {
      m_rendering.out.resize(lead_in);
      drop_lead_in(m_rendering.out);
      m_rendering.left_out_at = std::string::npos;
      note_end();
    }
  }
  if (!options.empty.empty()) {
    m_rendering.out += "<text:p text:style-name=\"";
    odf::append_escaped(m_rendering.out, placed.style);
    m_rendering.out += "\">";
    templating::append_text(m_rendering.out, options.empty);
    m_rendering.out += "</text:p>";
    note_end();
  } else if (!options.drops_lead_in && placed.tag.kind == templating::Tag::Kind::opinions) {
    Finding finding = make_finding(Code::slot_empty, placed.place, {name});
    // What a draft lacks may choose one.
    if (m_rendering.mode != templating::Mode::strict) finding.severity = Severity::warning;
    m_rendering.findings.push_back(std::move(finding));
  }
}

void SlotWriter::report_unwritten() {
  for (const Choice& choice : m_choices) {
    if (!choice.in || m_written.contains(choice.opinion)) continue;
    Finding finding =
        make_finding(Code::opinion_not_printed, choice.opinion->place, {choice.opinion->id});
    // What a draft lacks may decide over its blocks.
    if (m_rendering.mode != templating::Mode::strict) finding.severity = Severity::warning;
    m_rendering.findings.push_back(std::move(finding));
  }
}

void SlotWriter::write(const templating::Program::PlacedTag& placed) {
  std::string name;
  try {
    name = templating::to_text(evaluate(placed.tag.expression, m_rendering.context));
  } catch (const templating::EvaluationError& error) {
    Place place = placed.place;
    place.data_path = error.data_path;
    m_rendering.findings.push_back(make_finding(error.code, place, error.arguments));
    return;
  }
  const bool one = placed.tag.kind == templating::Tag::Kind::opinion;
  std::vector<const Choice*> candidates;
  // The id of a paragraph that was overridden means the one in its place.
  const Opinion* named = one && m_book != nullptr ? m_book->find(name) : nullptr;
  for (const Choice& choice : m_choices)
    if (one ? choice.opinion == named : choice.opinion->group == name)
      candidates.push_back(&choice);
  const SlotOptions options =
      read_slot_options(placed, m_rendering, m_lists, [&](const std::string& parameter) {
        return std::any_of(candidates.begin(), candidates.end(), [&](const Choice* choice) {
          return choice->opinion->reads.contains(parameter);
        });
      });
  const std::vector<Entry> standing = entries(candidates, !options.reserved.empty());
  check_parameters(standing, options, placed.place);
  std::vector<Piece> pieces = render(standing, options, placed.style);
  if (pieces.empty()) return write_empty(placed, options, name);
  set_end_marks(pieces, options);
  int& last = m_last[options.list_style];
  ListWriter list(m_rendering.out, options, ++m_slots, last);
  last = m_slots;
  for (const Piece& piece : pieces) list.write(piece);
  list.finish();
  note_end();
}

} // namespace engross::opinion
