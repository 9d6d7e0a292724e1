// SPDX-License-Identifier: MPL-2.0
#include "opinion/slot.hpp"

#include "odf/document.hpp"

#include <algorithm>

namespace engross::opinion {

namespace {

using templating::ParagraphShape;
using templating::Rendering;
using templating::Value;

struct Piece {
  int level = 0; ///< 1 is an opinion, 2 a sub-item, 3 a sub-sub-item; 0 outside the list
  ParagraphShape shape{};
  std::string start_tag;
  std::string content;
};

bool is_numbered(const Piece& piece) { return piece.shape == ParagraphShape::numbered; }

/// The last character that a reader sees, past tags and closing quotes.
char last_visible(std::string_view xml) {
  std::size_t at = xml.size();
  while (at > 0) {
    const char c = xml[at - 1];
    if (c == '>') {
      const std::size_t open = xml.rfind('<', at - 1);
      if (open == std::string_view::npos) break;
      at = open;
    } else if (c == ' ' || c == '\n' || c == '\t' || c == '"' || c == ')') {
      --at;
    } else if (at >= 3 && (xml.substr(at - 3, 3) == "”" || xml.substr(at - 3, 3) == "’")) {
      at -= 3;
    } else {
      return c;
    }
  }
  return '\0';
}

void end_with(std::string& content, const std::string& mark) {
  while (!content.empty() && (content.back() == ' ' || content.back() == '\n')) content.pop_back();
  // "Citigroup Inc." has its full stop already.
  if (!mark.empty() && mark.front() == '.' && last_visible(content) == '.')
    content += mark.substr(1);
  else
    content += mark;
}

/// What stands behind piece k: the outermost item that ends there decides.
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
  ListWriter(std::string& out, const SlotOptions& options, int slot)
      : m_out(out), m_options(options), m_slot(slot) {}

  void write(const Piece& piece) {
    if (piece.shape == ParagraphShape::block) {
      close_to(0);
      m_out += piece.start_tag + piece.content;
      return;
    }
    const int level = std::max(1, piece.level);
    close_to(level);
    if (is_numbered(piece)) {
      if (m_depth == level) m_out += "</text:list-item><text:list-item>";
      while (m_depth < level) open_list();
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
        if (m_options.goes_on && m_slot > 1)
          m_out += " text:continue-list=\"" + id(m_slot - 1) + "\"";
      }
      m_out += " text:style-name=\"";
      odf::append_escaped(m_out, m_options.list_style);
      m_out += "\">";
      m_opened = true;
    } else {
      m_out += "<text:list>";
    }
    m_out += "<text:list-item>";
    ++m_depth;
  }

  void close_to(int level) {
    for (; m_depth > level; --m_depth) m_out += "</text:list-item></text:list>";
  }

  static std::string id(int slot) { return "eng_slot" + std::to_string(slot); }

  std::string& m_out;
  const SlotOptions& m_options;
  int m_slot;
  int m_depth = 0;
  bool m_opened = false;
};

} // namespace

SlotOptions SlotWriter::options(const templating::Program::PlacedTag& placed) {
  SlotOptions out;
  const auto text = [](const Value& v) { return v.kind() == Value::Kind::string; };
  for (const auto& [key, expression] : placed.tag.options) {
    Value value;
    try {
      value = evaluate(expression, m_rendering.context);
    } catch (const templating::EvaluationError& error) {
      Place place = placed.place;
      place.data_path = error.data_path;
      m_rendering.findings.push_back(make_finding(error.code, place, error.arguments));
      continue;
    }
    if (key == "end" || key == "end2" || key == "end3") {
      EndMarks& marks = out.end[key == "end" ? 0 : key == "end2" ? 1 : 2];
      if (text(value)) {
        marks = {value.as_string(), value.as_string(), value.as_string()};
        continue;
      }
      if (value.kind() == Value::Kind::list && value.as_list().size() >= 2 &&
          value.as_list().size() <= 3 &&
          std::all_of(value.as_list().begin(), value.as_list().end(), text)) {
        const deal::List& list = value.as_list();
        marks = {list[0].as_string(), list[1].as_string(), list.back().as_string()};
        if (list.size() == 2) marks.last = marks.between;
        continue;
      }
    } else if (key == "list" && text(value)) {
      out.list_style = value.as_string();
      continue;
    } else if (key == "numbering" && text(value) &&
               (value.as_string() == "continue" || value.as_string() == "restart")) {
      out.goes_on = value.as_string() == "continue";
      continue;
    }
    std::string shown =
        text(value) ? "“" + value.as_string() + "”" : std::string(kind_name(value.kind()));
    m_rendering.findings.push_back(
        make_finding(Code::slot_option_wrong, placed.place, {shown, key}));
  }
  return out;
}

void SlotWriter::write(const std::vector<const Opinion*>& opinions, const SlotOptions& options) {
  std::vector<Piece> pieces;
  std::string letter = std::move(m_rendering.out);
  for (const Opinion* opinion : opinions) {
    m_rendering.out.clear();
    m_rendering.paragraphs.clear();
    m_rendering.context.begin_section(Value(deal::Object()));
    templating::run(opinion->program, m_rendering);
    m_rendering.context.end_section();
    const std::string_view xml = m_rendering.out;
    for (const Rendering::Paragraph& p : m_rendering.paragraphs) {
      Piece piece{p.level, static_cast<ParagraphShape>(p.shape),
                  std::string(xml.substr(p.begin, p.open - p.begin)),
                  std::string(xml.substr(p.open, p.end - p.open))};
      // A paragraph whose conditions left nothing is no paragraph.
      if (piece.content.find_first_not_of(" \n\t") != std::string::npos)
        pieces.push_back(std::move(piece));
    }
  }
  m_rendering.paragraphs.clear();
  m_rendering.out = std::move(letter);
  if (pieces.empty()) return;
  ListWriter list(m_rendering.out, options, ++m_slots);
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    Piece piece = pieces[k];
    if (piece.shape != ParagraphShape::block) end_with(piece.content, end_mark(pieces, k, options));
    list.write(piece);
  }
  list.finish();
}

} // namespace engross::opinion
