// SPDX-License-Identifier: MPL-2.0
#include "templating/render.hpp"

#include "odf/document.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <map>
#include <set>
#include <utility>

namespace engross::templating {

namespace {

using Op = Instruction::Op;

constexpr std::string_view k_mark_open = "<?eg ";

void report(Rendering& r, Finding finding) {
  // A fault inside a loop is one fault.
  if (std::find(r.findings.begin(), r.findings.end(), finding) == r.findings.end())
    r.findings.push_back(std::move(finding));
}

void report(Rendering& r, const Place& at, const EvaluationError& error) {
  Place place = at;
  place.data_path = error.data_path;
  Finding finding = make_finding(error.code, place, error.arguments);
  if (r.mode != Mode::strict && error.code == Code::missing_value)
    finding.severity = Severity::warning;
  if (error.origin.line > 0 && r.deal_files != nullptr &&
      error.origin.file < r.deal_files->size()) {
    if (!finding.hint.empty()) finding.hint += ' ';
    finding.hint += "The value stands in " + (*r.deal_files)[error.origin.file] + ", line " +
                    std::to_string(error.origin.line) + ".";
  }
  report(r, std::move(finding));
}

/// Evaluates; what fails is reported and `otherwise` stands for it.
template <class T, class F>
T attempt(Rendering& r, const Program::PlacedTag& placed, T otherwise, F&& evaluate_it) {
  try {
    return evaluate_it();
  } catch (const EvaluationError& error) {
    report(r, placed.place, error);
    return otherwise;
  }
}

void append_value(Rendering& r, const Program::PlacedTag& placed, std::string_view text) {
  bool dropped = false;
  if (r.plain)
    odf::append_escaped(r.out, text);
  else
    dropped = append_text(r.out, text);
  if (dropped) report(r, make_finding(Code::characters_dropped, placed.place, {placed.place.tag}));
}

/// Visible in the letter and easy to find: [letter.date].
void append_missing(Rendering& r, const Program::PlacedTag& placed, const std::string& name) {
  const bool draft = r.mode == Mode::draft;
  const std::string text = draft ? "[" + name + "]" : placed.place.tag;
  if (r.plain || !draft) {
    odf::append_escaped(r.out, text);
    return;
  }
  r.out += "<text:span text:style-name=\"" + std::string(k_missing_style) + "\">";
  odf::append_escaped(r.out, text);
  r.out += "</text:span>";
}

/// The text that a tag prints; none where it could not be had and what stands for it is written.
std::optional<std::string> printed(Rendering& r, const Program::PlacedTag& placed) {
  try {
    std::string text;
    templating::print(placed.tag.expression, r.context, text);
    return text;
  } catch (const EvaluationError& error) {
    report(r, placed.place, error);
    if (r.mode != Mode::strict && error.code == Code::missing_value)
      append_missing(r, placed, error.data_path);
    return std::nullopt;
  }
}

void print(Rendering& r, const Program::PlacedTag& placed) {
  if (const std::optional<std::string> text = printed(r, placed)) append_value(r, placed, *text);
}

/// A length of ODF (part 3, 18.3.18): number and unit.
std::pair<double, std::string> length_of(const std::string& text) {
  std::size_t end = text.find_first_not_of("0123456789.");
  if (end == std::string::npos) end = text.size();
  double number = 0;
  std::from_chars(text.data(), text.data() + end, number);
  return {number, text.substr(end)};
}

std::string length_text(double number, const std::string& unit) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                          std::chars_format::fixed, 4);
  return std::string(buffer.data(), end) + unit;
}

/// The picture's part, or one side of the largest size that fits into the frame.
void write_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field) {
  const std::optional<std::string> value = printed(r, placed);
  const auto picture = value && r.picture ? r.picture(*value, placed.place) : std::nullopt;
  const std::vector<std::string>& frame = placed.tag.targets; // width, height
  if (field == PictureField::href) {
    if (picture) odf::append_escaped(r.out, picture->part);
    return;
  }
  const std::size_t side = field == PictureField::width ? 0 : 1;
  if (!picture || picture->aspect <= 0 || frame.size() < 2) {
    odf::append_escaped(r.out, side < frame.size() ? frame[side] : frame.back());
    return;
  }
  const auto [width, width_unit] = length_of(frame[0]);
  const auto [height, height_unit] = length_of(frame[1]);
  const double fitting_width = std::min(width, height * picture->aspect);
  r.out += side == 0 ? length_text(fitting_width, width_unit)
                     : length_text(fitting_width / picture->aspect, height_unit);
}

/// The name that a label, reference or slot carries: text.
std::optional<std::string> name_of(Rendering& r, const Program::PlacedTag& placed) {
  return attempt(r, placed, std::optional<std::string>(), [&]() -> std::optional<std::string> {
    const Value name = evaluate(placed.tag.expression, r.context);
    if (name.kind() == Value::Kind::string) return name.as_string();
    report(r, make_finding(Code::name_not_text, placed.place,
                           {placed.place.tag, deal::kind_name(name.kind())}));
    return std::nullopt;
  });
}

void mark(Rendering& r, char kind, std::size_t index) {
  r.out += k_mark_open;
  r.out += kind;
  r.out += std::to_string(index);
  r.out += "?>";
}

void write_label(Rendering& r, const Program::PlacedTag& placed) {
  const std::optional<std::string> name = name_of(r, placed);
  if (!name) return;
  const bool twice = std::any_of(r.labels.begin(), r.labels.end(),
                                 [&](const Rendering::Mark& label) { return label.name == *name; });
  if (twice) return report(r, make_finding(Code::label_twice, placed.place, {*name}));
  mark(r, 'l', r.labels.size());
  r.labels.push_back({*name, {}, placed.place});
}

void write_reference(Rendering& r, const Program::PlacedTag& placed) {
  const std::optional<std::string> name = name_of(r, placed);
  if (!name) return;
  std::string form = "full";
  for (const auto& [key, expression] : placed.tag.options) {
    const Value value =
        attempt(r, placed, Value(), [&, &e = expression] { return evaluate(e, r.context); });
    form = value.kind() == Value::Kind::string ? value.as_string() : key;
  }
  if (form == "below") form = "above";
  if (form != "full" && form != "number" && form != "page" && form != "above")
    return report(r, make_finding(Code::reference_form_unknown, placed.place, {form}));
  mark(r, 'r', r.references.size());
  r.references.push_back({*name, form, placed.place});
}

} // namespace

bool append_text(std::string& out, std::string_view text) {
  bool dropped = false;
  std::size_t blanks = 0;
  const bool at_start = out.empty() || out.back() == '>';
  std::size_t plain_from = 0;
  const auto plain = [&](std::size_t to) {
    if (to > plain_from) {
      const std::size_t before = out.size();
      const std::string_view piece = text.substr(plain_from, to - plain_from);
      odf::append_escaped(out, piece);
      dropped = dropped || out.size() - before < piece.size();
    }
  };
  const auto flush_blanks = [&](bool edge) {
    if (blanks == 0) return;
    // The first blank of a run may stay a character unless it stands at the edge of the value.
    if (!edge) {
      out += ' ';
      --blanks;
    }
    if (blanks == 1)
      out += "<text:s/>";
    else if (blanks > 1)
      out += "<text:s text:c=\"" + std::to_string(blanks) + "\"/>";
    blanks = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') {
      if (blanks == 0) plain(i);
      ++blanks;
      plain_from = i + 1;
      continue;
    }
    if (blanks > 0) flush_blanks(i == blanks && at_start);
    if (c != '\n' && c != '\t' && c != '\r') continue;
    plain(i);
    plain_from = i + 1;
    if (c == '\n')
      out += "<text:line-break/>";
    else if (c == '\t')
      out += "<text:tab/>";
    else if (i + 1 >= text.size() || text[i + 1] != '\n')
      out += "<text:line-break/>";
  }
  if (blanks > 0)
    flush_blanks(true);
  else
    plain(text.size());
  return dropped;
}

std::string anchor_bookmark(std::uint32_t anchor) {
  return "_eng_header_" + std::to_string(anchor + 1);
}

void run(const Program& program, Rendering& r) {
  struct Optional {
    std::size_t begin = 0;
    std::size_t content = 0;
  };
  std::vector<Optional> optionals;
  const std::vector<Instruction>& code = program.code;
  for (std::size_t at = 0; at < code.size();) {
    const Instruction& i = code[at++];
    switch (i.op) {
    case Op::literal:
      r.out += program.literal(i);
      break;
    case Op::picture:
      write_picture(r, program.tags[i.a], static_cast<PictureField>(i.b));
      break;
    case Op::print_plain: {
      const bool plain = std::exchange(r.plain, true);
      print(r, program.tags[i.a]);
      r.plain = plain;
      break;
    }
    case Op::print:
      print(r, program.tags[i.a]);
      break;
    case Op::anchored_print: {
      const std::string name = anchor_bookmark(i.b);
      std::optional<std::string> text = printed(r, program.tags[i.a]);
      if (!text) break;
      r.out += "<text:bookmark-start text:name=\"" + name + "\"/>";
      append_value(r, program.tags[i.a], *text);
      r.out += "<text:bookmark-end text:name=\"" + name + "\"/>";
      if (r.anchors.size() <= i.b) r.anchors.resize(i.b + 1);
      r.anchors[i.b] = std::move(text);
      break;
    }
    case Op::linked_print:
      if (i.b < r.anchors.size() && r.anchors[i.b]) {
        r.out += "<text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"" +
                 anchor_bookmark(i.b) + "\">";
        odf::append_escaped(r.out, *r.anchors[i.b]);
        r.out += "</text:bookmark-ref>";
      } else {
        print(r, program.tags[i.a]);
      }
      break;
    case Op::reference:
      write_reference(r, program.tags[i.a]);
      break;
    case Op::label:
      write_label(r, program.tags[i.a]);
      break;
    case Op::set: {
      const Program::PlacedTag& placed = program.tags[i.a];
      const bool assigned = attempt(r, placed, false, [&] {
        r.context.assign(placed.tag);
        return true;
      });
      if (!assigned)
        for (const std::string& target : placed.tag.targets)
          r.context.set(target, deal::Undefined{target});
      break;
    }
    case Op::jump:
      at = i.a;
      break;
    case Op::jump_if_false: {
      const Program::PlacedTag& placed = program.tags[i.a];
      const bool holds = attempt(
          r, placed, false, [&] { return evaluate_condition(placed.tag.expression, r.context); });
      if (!holds) at = i.b;
      break;
    }
    case Op::for_begin: {
      const Program::PlacedTag& placed = program.tags[i.a];
      const bool any = attempt(r, placed, false, [&] {
        if (!r.context.begin_loop(placed.tag)) {
          r.context.end_loop();
          return false;
        }
        return r.context.next();
      });
      if (!any) at = i.b;
      break;
    }
    case Op::for_next:
      if (r.context.next())
        at = i.a;
      else
        r.context.end_loop();
      break;
    case Op::slot:
      if (r.slot) r.slot(program.tags[i.a]);
      break;
    case Op::optional_begin:
      optionals.push_back({r.out.size(), 0});
      break;
    case Op::optional_content:
      optionals.back().content = r.out.size();
      break;
    case Op::optional_end: {
      const Optional optional = optionals.back();
      optionals.pop_back();
      if (r.out.size() == optional.content) {
        r.out.resize(optional.begin);
        at = i.a;
      }
      break;
    }
    case Op::automatic_styles:
      if (r.automatic_styles) r.automatic_styles();
      break;
    case Op::paragraph_begin:
      r.paragraphs.push_back({static_cast<int>(i.a), i.b, r.out.size(), 0, 0});
      break;
    case Op::paragraph_open:
      r.paragraphs.back().open = r.out.size();
      break;
    case Op::paragraph_end:
      r.paragraphs.back().end = r.out.size();
      break;
    }
  }
}

// --- References ----------------------------------------------------------------------------------

namespace {

struct Edit {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string text;
};

struct Target {
  pugi::xml_node paragraph;
  std::size_t position = 0;
  std::vector<odf::LevelNumber> numbers;
};

bool is_paragraph_node(pugi::xml_node node) {
  return std::strcmp(node.name(), "text:p") == 0 || std::strcmp(node.name(), "text:h") == 0;
}

pugi::xml_node paragraph_around(pugi::xml_node node) {
  while (node && !is_paragraph_node(node)) node = node.parent();
  return node;
}

class Resolver {
 public:
  Resolver(Rendering& rendering, const odf::ListStyles& lists) : m_r(rendering), m_lists(lists) {}

  void run(const std::function<std::string(const std::string&)>& absent_label) {
    m_document.load_buffer(m_r.out.data(), m_r.out.size(),
                           pugi::parse_default | pugi::parse_pi | pugi::parse_ws_pcdata);
    find_marks();
    odf::number_lists(m_document, m_lists,
                      [&](pugi::xml_node paragraph, const std::vector<odf::LevelNumber>& numbers) {
                        for (auto& [label, target] : m_targets)
                          if (target.paragraph == paragraph) target.numbers = numbers;
                      });
    for (auto& [label, target] : m_targets) bookmark(target.paragraph, label);
    for (std::size_t i = 0; i < m_references.size(); ++i) {
      if (m_references[i].to == 0) continue; // dropped with its paragraph
      m_references[i].text = field(m_r.references[i], m_references[i].from, absent_label);
      m_edits.push_back(m_references[i]);
    }
    apply();
  }

 private:
  void find_marks() {
    m_references.resize(m_r.references.size());
    std::vector<std::pair<std::size_t, pugi::xml_node>> by_offset;
    collect(m_document, by_offset);
    for (const auto& [offset, node] : by_offset) {
      const std::size_t from = offset - 2; // "<?" lies before the name
      const std::size_t to = m_r.out.find("?>", from) + 2;
      const std::string value = node.value();
      const auto index = static_cast<std::size_t>(std::strtoul(value.c_str() + 1, nullptr, 10));
      if (value[0] == 'l') {
        m_targets[m_r.labels[index].name] = {paragraph_around(node), from, {}};
        m_edits.push_back({from, to, {}});
      } else {
        m_references[index] = {from, to, {}};
      }
    }
  }

  void collect(pugi::xml_node parent, std::vector<std::pair<std::size_t, pugi::xml_node>>& out) {
    for (pugi::xml_node child : parent) {
      if (child.type() == pugi::node_pi) {
        out.emplace_back(static_cast<std::size_t>(child.offset_debug()), child);
      } else {
        if (std::strncmp(child.name(), "text:bookmark", 13) == 0)
          m_names.insert(child.attribute("text:name").value());
        collect(child, out);
      }
    }
  }

  /// Bookmarks the content of a paragraph once; returns the bookmark's name.
  const std::string& bookmark(pugi::xml_node paragraph, const std::string& wish) {
    const auto known = m_bookmarks.find(paragraph.internal_object());
    if (known != m_bookmarks.end()) return known->second;
    // Word: letters, digits, underscore, at most 40 characters.
    std::string name = "_eng_";
    for (const char c : wish) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (name.size() < 34) name += plain ? c : '_';
    }
    std::string unique = name;
    for (int n = 2; !m_names.insert(unique).second; ++n) unique = name + "_" + std::to_string(n);

    const auto begin = static_cast<std::size_t>(paragraph.offset_debug());
    const std::size_t content = m_r.out.find('>', begin) + 1;
    m_edits.push_back({content, content, "<text:bookmark-start text:name=\"" + unique + "\"/>"});
    const std::size_t end = end_of(paragraph);
    m_edits.push_back({end, end, "<text:bookmark-end text:name=\"" + unique + "\"/>"});
    return m_bookmarks[paragraph.internal_object()] = unique;
  }

  /// Where the end tag of a paragraph begins: behind its last descendant, past the end tags of
  /// paragraphs inside it (notes, frames).
  std::size_t end_of(pugi::xml_node paragraph) const {
    const std::string open = "<" + std::string(paragraph.name());
    const std::string close = "</" + std::string(paragraph.name()) + ">";
    std::size_t at = static_cast<std::size_t>(paragraph.offset_debug());
    int depth = 1;
    for (;;) {
      const std::size_t next_close = m_r.out.find(close, at);
      std::size_t next_open = m_r.out.find(open, at);
      while (next_open < next_close && m_r.out[next_open + open.size()] != ' ' &&
             m_r.out[next_open + open.size()] != '>')
        next_open = m_r.out.find(open, next_open + 1);
      if (next_close == std::string::npos) return m_r.out.size(); // cannot be: our own XML
      if (next_open < next_close) {
        ++depth;
        at = next_open + 1;
      } else {
        if (--depth == 0) return next_close;
        at = next_close + 1;
      }
    }
  }

  static void append_field(std::string& out, std::string_view format, std::string_view name,
                           std::string_view text) {
    out += "<text:bookmark-ref text:reference-format=\"";
    out += format;
    out += "\" text:ref-name=\"";
    out += name;
    out += "\">";
    odf::append_escaped(out, text);
    out += "</text:bookmark-ref>";
  }

  std::string field(const Rendering::Mark& reference, std::size_t position,
                    const std::function<std::string(const std::string&)>& absent_label) {
    const auto found = m_targets.find(reference.name);
    if (found == m_targets.end()) {
      Finding finding = make_finding(Code::label_unknown, reference.place,
                                     {reference.name, absent_label(reference.name)});
      if (m_r.mode != Mode::strict) finding.severity = Severity::warning;
      m_r.findings.push_back(std::move(finding));
      if (m_r.mode == Mode::strict) return {};
      std::string text;
      odf::append_escaped(text, m_r.mode == Mode::draft ? "[" + reference.name + "]"
                                                        : reference.place.tag);
      return text;
    }
    const Target& target = found->second;
    std::string out;
    const std::string& name = bookmark(target.paragraph, reference.name);
    if (reference.form == "above") {
      append_field(out, "direction", name, target.position < position ? "above" : "below");
    } else if (reference.form == "page") {
      append_field(out, "page", name, "–");
      m_r.findings.push_back(
          make_finding(Code::page_reference_pending, reference.place, {reference.name}));
    } else if (target.numbers.empty()) {
      m_r.findings.push_back(
          make_finding(Code::label_not_numbered, reference.place, {reference.name}));
    } else if (reference.form == "number") {
      append_field(out, "number-no-superior", name, target.numbers.back().text);
    } else {
      // A level that shows its superiors itself stands for them.
      std::size_t first = target.numbers.size() - 1;
      while (first > 0 && target.numbers[first].display_levels <= 1) --first;
      for (std::size_t i = first; i < target.numbers.size(); ++i)
        append_field(out, "number-no-superior", bookmark(target.numbers[i].paragraph, "paragraph"),
                     target.numbers[i].text);
    }
    return out;
  }

  void apply() {
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const Edit& a, const Edit& b) {
      return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    std::string out;
    out.reserve(m_r.out.size() + 128 * m_edits.size());
    std::size_t at = 0;
    for (const Edit& edit : m_edits) {
      out.append(m_r.out, at, edit.from - at);
      out += edit.text;
      at = edit.to;
    }
    out.append(m_r.out, at);
    m_r.out = std::move(out);
  }

  Rendering& m_r;
  const odf::ListStyles& m_lists;
  pugi::xml_document m_document;
  std::map<std::string, Target> m_targets;
  std::map<const void*, std::string> m_bookmarks;
  std::vector<Edit> m_references;
  std::vector<Edit> m_edits;
  std::set<std::string> m_names;
};

} // namespace

void resolve_references(Rendering& rendering, const odf::ListStyles& lists,
                        const std::function<std::string(const std::string&)>& absent_label) {
  if (rendering.labels.empty() && rendering.references.empty()) return;
  Resolver(rendering, lists).run(absent_label);
}

} // namespace engross::templating
