// SPDX-License-Identifier: MPL-2.0
#include "opinion/slot.hpp"

#include "odf/document.hpp"

#include <algorithm>
#include <functional>

namespace engross::opinion {

using templating::ParagraphShape;
using templating::Rendering;
using templating::Value;

struct SlotWriter::Piece {
  int level = 0; ///< 1 is an opinion, 2 a sub-item, 3 a sub-sub-item; 0 outside the list
  ParagraphShape shape{};
  std::string start_tag;
  std::string content;
};

namespace {

template <class Piece> bool is_numbered(const Piece& piece) {
  return piece.shape == ParagraphShape::numbered;
}

constexpr std::string_view k_label_mark = "<?eg l";
constexpr char k_ellipsis = '\x1a'; ///< stands for “…”, which is no single char

/// Where the tag begins that ends with `xml`; a note goes as a whole. npos: none.
std::size_t tag_begin(std::string_view xml) {
  // A note behind the last word is not what the paragraph ends with.
  return xml.ends_with("</text:note>") ? xml.rfind("<text:note ") : xml.rfind('<');
}

/// Whether `xml`, which ends with ")", ends with a sentence in parentheses: "It is. (It was.)", and
/// not "the Bank (Acme, N.A.)".
bool ends_in_own_sentence(std::string_view xml) {
  int depth = 0;
  for (std::size_t at = xml.size(); at > 0;) {
    const char c = xml[at - 1];
    if (c == '>') {
      const std::size_t open = tag_begin(xml.substr(0, at));
      if (open == std::string_view::npos) return false;
      at = open;
      continue;
    }
    --at;
    if (depth > 0 || c == ')') {
      depth += c == ')' ? 1 : c == '(' ? -1 : 0;
      continue;
    }
    // Before the parenthesis.
    if (c == ' ' || c == '\n' || c == '\t') continue;
    return c == '.' || c == '!' || c == '?' || xml.substr(0, at + 1).ends_with("…") ||
           xml.substr(0, at + 1).ends_with(".”");
  }
  return depth == 0;
}

/// The last character that a reader sees, past tags and closing quotes; ')' where the parenthesis
/// belongs to the sentence before it.
char last_visible(std::string_view xml) {
  for (std::size_t at = xml.size(); at > 0;) {
    const char c = xml[at - 1];
    if (c == '>') {
      const std::size_t open = tag_begin(xml.substr(0, at));
      if (open == std::string_view::npos) break;
      const std::string_view tag = xml.substr(open, at - open);
      // A reference will be a number, a letter or a word.
      if (tag.starts_with("<?") && !tag.starts_with(k_label_mark)) return ')';
      at = open;
    } else if (c == ')') {
      if (!ends_in_own_sentence(xml.substr(0, at))) return c;
      --at;
    } else if (c == ' ' || c == '\n' || c == '\t' || c == '"') {
      --at;
    } else if (at >= 3 && (xml.substr(at - 3, 3) == "”" || xml.substr(at - 3, 3) == "’")) {
      at -= 3;
    } else if (xml.substr(0, at).ends_with("…")) {
      return k_ellipsis;
    } else {
      return c;
    }
  }
  return '\0';
}

/// Blanks, tabs and line breaks behind the last visible character, also before closing tags.
void drop_blank_end(std::string& content) {
  for (std::size_t at = content.size(); at > 0;) {
    if (content[at - 1] == ' ' || content[at - 1] == '\n' || content[at - 1] == '\t') {
      content.erase(--at, 1);
      continue;
    }
    const std::size_t open =
        content[at - 1] == '>' ? content.rfind('<', at - 1) : std::string::npos;
    if (open == std::string::npos) return;
    const std::string_view tag = std::string_view(content).substr(open, at - open);
    const auto is = [&](std::string_view name) { return tag.starts_with(name); };
    if (is("<text:line-break") || is("<text:s/") || is("<text:s ") || is("<text:tab"))
      content.erase(open, at - open);
    else if (!is("</text:span>") && !is("</text:a>") && !is(k_label_mark))
      return;
    at = open;
  }
}

/// Where the text of a paragraph ends: before closing tags and marks of labels.
std::size_t text_end(std::string_view content) {
  while (content.ends_with('>')) {
    const std::size_t open = content.rfind('<');
    if (open == std::string_view::npos) break;
    const std::string_view tag = content.substr(open);
    if (tag != "</text:span>" && tag != "</text:a>" && !tag.starts_with(k_label_mark)) break;
    content = content.substr(0, open);
  }
  return content.size();
}

/// A semicolon or comma that the book has at an end gives way to the mark of the slot, with the
/// "and" or "or" behind it where `joints` has that.
void drop_own_mark(std::string& content, const std::string& mark,
                   const std::vector<std::string_view>& joints) {
  if (mark.empty()) return;
  const std::size_t end = text_end(content);
  const std::string_view text = std::string_view(content).substr(0, end);
  std::size_t last = end;
  for (const std::string_view joint : joints)
    if (text.ends_with(joint)) last = text.find_last_not_of(" \n\t", end - joint.size() - 1) + 1;
  if (last == 0 || (content[last - 1] != ';' && content[last - 1] != ',')) return;
  const std::size_t before = last > 1 ? content.find_last_of("&; <>", last - 2) : std::string::npos;
  if (content[last - 1] == ';' && before != std::string::npos && content[before] == '&') return;
  content.erase(last - 1, end - last + 1);
  drop_blank_end(content);
}

/// " and" and " or", but for the one that would give way to the other.
std::vector<std::string_view> joints_of(const SlotOptions& options) {
  std::vector<std::string_view> out;
  const auto says = [&](std::string_view word) {
    return std::any_of(options.end.begin(), options.end.end(),
                       [&](const EndMarks& marks) { return marks.before_last.ends_with(word); });
  };
  if (!says(" or")) out.emplace_back(" and");
  if (!says(" and")) out.emplace_back(" or");
  return out;
}

void end_with(std::string& content, const std::string& mark,
              const std::vector<std::string_view>& joints) {
  drop_blank_end(content);
  drop_own_mark(content, mark, joints);
  // "Citigroup Inc." has its full stop already.
  const char last = last_visible(content);
  // A colon leads on to a table or to further paragraphs.
  if (last == ':') return;
  const bool stands = last == '.' || last == '!' || last == '?' || last == k_ellipsis;
  if (!mark.empty() && mark.front() == '.' && stands)
    content += mark.substr(1);
  else
    content += mark;
}

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

/// What stands behind piece k: the outermost item that ends there decides.
template <class Piece>
std::string end_mark(const std::vector<Piece>& pieces, std::size_t k, const SlotOptions& options) {
  const Piece& piece = pieces[k];
  if (piece.shape == ParagraphShape::block) return {};
  const auto marks = [&](int level) -> const EndMarks& {
    return options.end[static_cast<std::size_t>(std::clamp(level, 1, 3) - 1)];
  };
  std::size_t next = k + 1;
  while (next < pieces.size() && pieces[next].shape == ParagraphShape::block) ++next;
  if (next == pieces.size()) return marks(1).last;
  const Piece& follower = pieces[next];
  if (!is_numbered(follower))
    return follower.level < piece.level ? marks(follower.level + 1).last : std::string();
  if (follower.level > piece.level) return {}; // lead-in of its sub-items
  // A sibling follows; is it the last of its list?
  for (std::size_t i = next + 1; i < pieces.size(); ++i) {
    if (pieces[i].level == 0) continue;
    if (pieces[i].level < follower.level) break;
    if (is_numbered(pieces[i]) && pieces[i].level == follower.level)
      return marks(follower.level).between;
  }
  return marks(follower.level).before_last;
}

/// Opens and closes lists and items as the levels ask (ODF 1.3 part 3, 5.3).
class ListWriter {
 public:
  /// \p before: the slot whose numbers go on where the options say so; 0: none.
  ListWriter(std::string& out, const SlotOptions& options, int slot, int before)
      : m_out(out), m_options(options), m_slot(slot), m_before(before) {}

  template <class Piece> void write(const Piece& piece) {
    if (piece.shape == ParagraphShape::block) {
      close_to(0);
      m_out += piece.start_tag + piece.content;
      return;
    }
    const int level = std::max(1, piece.level) + m_options.level - 1;
    close_to(level);
    if (is_numbered(piece)) {
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

void drop_last_paragraph(std::string& out);

/// Where the letter ends when the blank paragraphs at its end are left out.
std::size_t end_before_blanks(std::string_view out) {
  for (;;) {
    out = out.substr(0, out.find_last_not_of(" \n\t") + 1);
    std::string_view rest = out;
    if (rest.ends_with("</text:p>")) {
      rest.remove_suffix(std::string_view("</text:p>").size());
      rest = rest.substr(0, rest.find_last_not_of(" \n\t") + 1);
    } else if (!rest.ends_with("/>")) {
      return out.size();
    }
    const std::size_t open = rest.ends_with('>') ? rest.rfind('<') : std::string_view::npos;
    if (open == std::string_view::npos) return out.size();
    const std::string_view tag = rest.substr(open);
    const bool closed = rest.size() < out.size(); // "<text:p/>" or "<text:p></text:p>"
    if (!tag.starts_with("<text:p ") && !tag.starts_with("<text:p>") &&
        !tag.starts_with("<text:p/"))
      return out.size();
    if (tag.ends_with("/>") == closed) return out.size();
    out = out.substr(0, open);
  }
}

/// Cuts off the paragraph before a slot; where it is an item of a list, the item, and a list that
/// has no other.
void drop_lead_in(std::string& out) {
  const auto trim = [&] { out.resize(out.find_last_not_of(" \n\t") + 1); };
  std::vector<std::string> closed; // end tags, the last one first
  for (bool more = true; more;) {
    trim();
    more = false;
    for (const char* one : {"text:list", "text:list-item"})
      if (const std::string tag = "</" + std::string(one) + ">"; out.ends_with(tag)) {
        closed.emplace_back(one);
        out.resize(out.size() - tag.size());
        more = true;
      }
  }
  drop_last_paragraph(out);
  trim();
  for (; !closed.empty(); closed.pop_back()) {
    const std::size_t open = out.rfind('<');
    const std::string_view tag = std::string_view(out).substr(std::min(open, out.size()));
    const bool empty = tag.size() > closed.back().size() + 1 && tag.ends_with(">") &&
                       tag.substr(1, closed.back().size()) == closed.back() &&
                       tag[closed.back().size() + 1] != '-';
    if (!empty) break;
    out.resize(open);
    trim();
  }
  for (; !closed.empty(); closed.pop_back()) out += "</" + closed.back() + ">";
}

/// Cuts off the paragraph with which `out` ends, if it ends with one.
void drop_last_paragraph(std::string& out) {
  const std::size_t last = out.find_last_not_of(" \n\t");
  if (last == std::string::npos) return;
  std::string name;
  for (const char* one : {"text:p", "text:h"})
    if (out.substr(0, last + 1).ends_with("</" + std::string(one) + ">")) name = one;
  if (name.empty()) return;
  // Notes and frames hold paragraphs of their own.
  int depth = 0;
  for (std::size_t at = last;;) {
    const std::size_t close = out.rfind("</" + name + ">", at);
    std::size_t open = out.rfind("<" + name, at);
    while (open != std::string::npos && open > 0 && out[open + name.size() + 1] != ' ' &&
           out[open + name.size() + 1] != '>')
      open = out.rfind("<" + name, open - 1);
    if (open == std::string::npos) return;
    if (close != std::string::npos && close > open) {
      ++depth;
      at = close - 1;
      continue;
    }
    const bool without_content = out[out.find('>', open) - 1] == '/';
    if (!without_content && --depth == 0) {
      out.resize(open);
      return;
    }
    if (open == 0) return;
    at = open - 1;
  }
}

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

std::vector<SlotWriter::Piece> SlotWriter::render(const std::vector<Entry>& entries,
                                                  const SlotOptions& options,
                                                  const std::string& reserved_style) {
  std::vector<Piece> pieces;
  std::string letter = std::move(m_rendering.out);
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
    for (std::size_t i = first; i < pieces.size(); ++i)
      words += without_marks(pieces[i].content) + '\n';
    if (pieces.size() > first) note_written(*entry.opinion, words);
    const auto head = std::find_if(pieces.begin() + static_cast<std::ptrdiff_t>(first),
                                   pieces.end(), is_numbered<Piece>);
    if (head != pieces.end() && head->level > 1)
      m_rendering.findings.push_back(
          make_finding(Code::opinion_without_head, entry.opinion->place, {entry.opinion->id}));
  }
  m_rendering.paragraphs.clear();
  m_rendering.out = std::move(letter);
  return pieces;
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
  if (options.drops_lead_in && leads_in && !is_end_of_slot(lead_in)) {
    m_rendering.out.resize(lead_in);
    drop_lead_in(m_rendering.out);
  }
  if (!options.empty.empty()) {
    m_rendering.out += "<text:p text:style-name=\"";
    odf::append_escaped(m_rendering.out, placed.style);
    m_rendering.out += "\">";
    templating::append_text(m_rendering.out, options.empty);
    m_rendering.out += "</text:p>";
    note_end();
  } else if (!options.drops_lead_in && placed.tag.kind == templating::Tag::Kind::opinions) {
    m_rendering.findings.push_back(make_finding(Code::slot_empty, placed.place, {name}));
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
  std::vector<Piece> pieces =
      render(entries(candidates, !options.reserved.empty()), options, placed.style);
  if (pieces.empty()) return write_empty(placed, options, name);
  std::vector<std::string> marks;
  for (std::size_t k = 0; k < pieces.size(); ++k) marks.push_back(end_mark(pieces, k, options));
  const std::vector<std::string_view> joints = joints_of(options);
  int& last = m_last[options.list_style];
  ListWriter list(m_rendering.out, options, ++m_slots, last);
  last = m_slots;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    if (pieces[k].shape != ParagraphShape::block) end_with(pieces[k].content, marks[k], joints);
    list.write(pieces[k]);
  }
  list.finish();
  note_end();
}

} // namespace engross::opinion
