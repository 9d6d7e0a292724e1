// SPDX-License-Identifier: MPL-2.0
#include "templating/render.hpp"

#include "odf/document.hpp"
#include "odf/links.hpp"
#include "templating/evaluator.hpp"
#include "templating/link_target.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

/// What of the target of a link is written already.
std::string_view target_so_far(const Rendering& r) {
  return std::string_view(r.out).substr(r.out.rfind('"') + 1); // quotation marks are escaped in it
}

void write_link_value(Rendering& r, const Program::PlacedTag& placed) {
  const std::string_view before = target_so_far(r);
  try {
    std::string text;
    templating::print(placed.tag.expression, r.context, text);
    if (const auto why = unusable_in_link(text)) {
      EvaluationError error;
      error.code = Code::link_target_unusable;
      error.arguments = {placed.place.tag, std::string(*why)};
      error.data_path = Evaluator(r.context).data_path(placed.tag.expression.root());
      error.origin = evaluate(placed.tag.expression, r.context).origin;
      throw error;
    }
    odf::append_escaped(r.out, in_link(before, text));
  } catch (const EvaluationError& error) {
    report(r, placed.place, error);
    if (r.mode == Mode::partial && error.code == Code::missing_value) {
      r.out += percent_encoded(placed.place.tag);
      return;
    }
    // A place that the letter does not have: a click leads nowhere.
    if (before.empty()) r.out += '#';
    if (error.code == Code::missing_value) r.out += percent_encoded("[" + error.data_path + "]");
  }
}

void check_link(Rendering& r, const Program::PlacedTag& placed) {
  const std::string_view target = target_so_far(r);
  if (!target.empty() && !odf::may_be_clicked(target))
    report(r, make_finding(Code::link_refused, placed.place, {target.substr(0, 120)}));
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

/// A picture for a later pass, as it stood in the template.
void keep_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field) {
  const std::vector<std::string>& frame = placed.tag.targets; // href, name, width, height
  const std::size_t which = field == PictureField::href    ? 0
                            : field == PictureField::name  ? 1
                            : field == PictureField::width ? 2
                                                           : 3;
  if (which < frame.size()) odf::append_escaped(r.out, frame[which]);
}

/// The picture's part, or one side of the largest size that fits into the frame.
void write_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field) {
  const std::vector<std::string>& frame = placed.tag.targets; // href, name, width, height
  std::string value;
  std::optional<Rendering::Picture> picture;
  try {
    templating::print(placed.tag.expression, r.context, value);
    Place place = placed.place;
    place.data_path = Evaluator(r.context).data_path(placed.tag.expression.root());
    if (r.picture && field != PictureField::name) picture = r.picture(value, place);
  } catch (const EvaluationError& error) {
    report(r, placed.place, error);
    if (r.mode == Mode::strict || error.code != Code::missing_value) return;
    if (r.mode == Mode::partial) return keep_picture(r, placed, field);
    if (r.stand_in && field != PictureField::name) picture = r.stand_in(error.data_path);
  }
  if (field == PictureField::name) {
    r.out += "Picture " + std::to_string(++r.pictures);
    return;
  }
  if (field == PictureField::href) {
    if (picture) odf::append_escaped(r.out, picture->part);
    return;
  }
  const std::size_t side = field == PictureField::width ? 2 : 3;
  const auto [width, width_unit] = length_of(frame[2]);
  const auto [height, height_unit] = length_of(frame[3]);
  if (!picture || picture->aspect <= 0 || width <= 0 || height <= 0 || width_unit != height_unit) {
    odf::append_escaped(r.out, frame[side]);
    return;
  }
  const double fitting_width = std::min(width, height * picture->aspect);
  r.out += side == 2 ? length_text(fitting_width, width_unit)
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
  const bool twice =
      std::any_of(r.labels.begin(), r.labels.end(), [&](const Rendering::Mark& label) {
        return label.name == *name && (label.copy == r.copy || label.tag != &placed);
      });
  if (twice) return report(r, make_finding(Code::label_twice, placed.place, {*name}));
  mark(r, 'l', r.labels.size());
  r.labels.push_back({*name, {}, placed.place, r.copy, &placed});
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
  r.references.push_back({*name, form, placed.place, r.copy, nullptr});
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
    if (c == '\t')
      out += "<text:tab/>";
    else if (c == '\n' || i + 1 >= text.size() || text[i + 1] != '\n')
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

namespace {

constexpr std::size_t k_max_steps = 5'000'000;
constexpr std::size_t k_max_bytes = 256U << 20U;
constexpr std::size_t k_max_findings = 10'000;

/// Loops inside loops multiply: without a limit a template of a page fills the memory.
bool beyond_limits(const Program& program, Rendering& r) {
  if (r.given_up) return true;
  ++r.steps;
  if (r.steps <= k_max_steps && r.out.size() <= k_max_bytes && r.findings.size() <= k_max_findings)
    return false;
  Place place;
  if (!program.tags.empty()) place.file = program.tags.front().place.file;
  r.findings.push_back(make_finding(Code::letter_too_large, place,
                                    {r.steps > k_max_steps        ? "5 million steps"
                                     : r.out.size() > k_max_bytes ? "256 MB of text"
                                                                  : "10,000 findings"}));
  return r.given_up = true;
}

/// Runs one program. Where a block's condition or list is missing and a later pass shall find it,
/// the whole block is kept: jumps are not taken, and every tag writes itself.
class Runner {
 public:
  Runner(const Program& program, Rendering& rendering)
      : m_program(program), m_r(rendering), m_first_pass(rendering.passes.size()),
        m_partial(rendering.mode == Mode::partial && !rendering.context.in_section()) {}

  void run() {
    const std::vector<Instruction>& code = m_program.code;
    for (m_at = 0; m_at < code.size();) {
      if (beyond_limits(m_program, m_r)) return;
      const Instruction& i = code[m_at++];
      if (m_kept == 0 || !keep(i)) step(i);
    }
  }

 private:
  struct Optional {
    std::size_t begin = 0;
    std::size_t content = 0;
  };

  const Program::PlacedTag& placed(const Instruction& i) const { return m_program.tags[i.a]; }

  void step(const Instruction& i) {
    switch (i.op) {
    case Op::literal:
      m_r.out += m_program.literal(i);
      break;
    case Op::picture:
      write_picture(m_r, placed(i), static_cast<PictureField>(i.b));
      break;
    case Op::print_plain: {
      const bool plain = std::exchange(m_r.plain, true);
      print(m_r, placed(i));
      m_r.plain = plain;
      break;
    }
    case Op::link_value:
      write_link_value(m_r, placed(i));
      break;
    case Op::link_end:
      check_link(m_r, placed(i));
      break;
    case Op::print:
      print(m_r, placed(i));
      break;
    case Op::anchored_print:
      anchored_print(placed(i), i.b);
      break;
    case Op::linked_print:
      linked_print(placed(i), i.b);
      break;
    case Op::reference:
      write_reference(m_r, placed(i));
      break;
    case Op::label:
      write_label(m_r, placed(i));
      break;
    case Op::set:
      set(placed(i));
      break;
    case Op::jump:
      m_at = i.a;
      break;
    case Op::jump_if_false:
      jump_if_false(i);
      break;
    case Op::for_begin:
      begin_loop(i);
      break;
    case Op::for_next:
      if (m_r.context.next()) {
        ++m_r.passes.back();
        m_at = i.a;
      } else {
        m_r.context.end_loop();
        m_r.passes.pop_back();
      }
      break;
    case Op::slot:
      if (m_r.slot) m_r.slot(placed(i));
      break;
    case Op::optional_begin:
      m_optionals.push_back({m_r.out.size(), 0});
      break;
    case Op::optional_content:
      m_optionals.back().content = m_r.out.size();
      break;
    case Op::optional_end: {
      const Optional optional = m_optionals.back();
      m_optionals.pop_back();
      if (m_r.out.size() == optional.content) {
        m_r.out.resize(optional.begin);
        m_at = i.a;
      }
      break;
    }
    case Op::automatic_styles:
      if (m_r.automatic_styles) m_r.automatic_styles();
      break;
    case Op::typed:
      break;
    case Op::name_passes:
      name_passes(i.a, i.b);
      break;
    case Op::column:
      m_r.columns += i.b;
      break;
    case Op::column_mark:
      if (m_column_marks.size() <= i.a) m_column_marks.resize(i.a + 1);
      m_column_marks[i.a] = m_r.columns;
      break;
    case Op::column_span:
      m_r.out += std::to_string(std::max(1U, m_column_marks[i.b] - m_column_marks[i.a]));
      break;
    case Op::paragraph_begin:
      m_r.paragraphs.push_back({static_cast<int>(i.a), i.b, m_r.out.size(), 0, 0});
      break;
    case Op::paragraph_open:
      m_r.paragraphs.back().open = m_r.out.size();
      break;
    case Op::paragraph_end:
      m_r.paragraphs.back().end = m_r.out.size();
      break;
    }
  }

  void anchored_print(const Program::PlacedTag& tag, std::uint32_t anchor) {
    const std::string name = anchor_bookmark(anchor);
    std::optional<std::string> text = printed(m_r, tag);
    if (!text) return;
    m_r.out += "<text:bookmark-start text:name=\"" + name + "\"/>";
    append_value(m_r, tag, *text);
    m_r.out += "<text:bookmark-end text:name=\"" + name + "\"/>";
    if (m_r.anchors.size() <= anchor) m_r.anchors.resize(anchor + 1);
    m_r.anchors[anchor] = std::move(text);
  }

  void linked_print(const Program::PlacedTag& tag, std::uint32_t anchor) {
    if (anchor >= m_r.anchors.size() || !m_r.anchors[anchor]) return print(m_r, tag);
    m_r.out += "<text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"" +
               anchor_bookmark(anchor) + "\">";
    odf::append_escaped(m_r.out, *m_r.anchors[anchor]);
    m_r.out += "</text:bookmark-ref>";
  }

  void set(const Program::PlacedTag& tag) {
    try {
      m_r.context.assign(tag.tag);
    } catch (const EvaluationError& error) {
      report(m_r, tag.place, error);
      for (const std::string& target : tag.tag.targets)
        m_r.context.set(target, deal::Undefined{target});
    }
    if (m_partial && m_r.context.lookup(tag.tag.targets.front()).is_undefined())
      m_r.out += tag.typed;
  }

  void jump_if_false(const Instruction& i) {
    const Program::PlacedTag& tag = placed(i);
    if (m_partial && tag.tag.kind == Tag::Kind::if_ && !is_decided(i)) return begin_kept(tag);
    const bool holds = attempt(m_r, tag, false,
                               [&] { return evaluate_condition(tag.tag.expression, m_r.context); });
    if (!holds) m_at = i.b;
  }

  /// Whether the data say which branch is taken; else a finding names the first thing missing.
  bool is_decided(Instruction i) {
    for (;;) {
      const Program::PlacedTag& tag = placed(i);
      std::string missing;
      bool holds = false;
      try {
        holds = evaluate_condition(tag.tag.expression, m_r.context, missing);
      } catch (const EvaluationError&) {
        return true; // a fault, to be reported
      }
      if (!missing.empty()) {
        EvaluationError error;
        error.code = Code::missing_value;
        error.arguments = {missing, ""};
        error.data_path = missing;
        report(m_r, tag.place, error);
        return false;
      }
      if (holds || i.b >= m_program.code.size()) return true;
      i = m_program.code[i.b];
      if (i.op != Op::jump_if_false || placed(i).tag.kind != Tag::Kind::elif) return true;
    }
  }

  void begin_loop(const Instruction& i) {
    const Program::PlacedTag& tag = placed(i);
    try {
      if (m_r.context.begin_loop(tag.tag)) {
        m_r.context.next();
        m_r.passes.push_back(1);
        return;
      }
      m_r.context.end_loop();
    } catch (const EvaluationError& error) {
      report(m_r, tag.place, error);
      if (m_partial && error.code == Code::missing_value) return begin_kept(tag);
    }
    m_at = i.b;
  }

  // --- Kept for a later pass -------------------------------------------------------------------

  void begin_kept(const Program::PlacedTag& tag) {
    m_kept = 1;
    write_typed(tag);
  }

  void write_typed(const Program::PlacedTag& tag) {
    m_r.out += tag.typed;
    if (tag.typed.starts_with("<table:table-column")) ++m_r.columns;
  }

  /// Whether the instruction does something else in a block that is kept, and that is done.
  bool keep(const Instruction& i) {
    switch (i.op) {
    case Op::jump:
    case Op::for_next:
      return true;
    case Op::jump_if_false:
    case Op::for_begin:
      if (placed(i).tag.kind != Tag::Kind::elif) ++m_kept;
      write_typed(placed(i));
      return true;
    case Op::typed:
      write_typed(placed(i));
      if (placed(i).tag.kind != Tag::Kind::else_) --m_kept;
      return true;
    case Op::set:
    case Op::slot:
      write_typed(placed(i));
      return true;
    case Op::picture:
      keep_picture(m_r, placed(i), static_cast<PictureField>(i.b));
      return true;
    case Op::link_value:
      m_r.out += percent_encoded(placed(i).place.tag);
      return true;
    case Op::print:
    case Op::print_plain:
    case Op::anchored_print:
    case Op::linked_print:
    case Op::reference:
    case Op::label:
      odf::append_escaped(m_r.out, placed(i).place.tag);
      return true;
    default:
      return false;
    }
  }

  // --- Names in loops --------------------------------------------------------------------------

  /// Nothing in the first pass of all loops: then the name is what the author gave.
  void name_passes(std::uint32_t common, std::uint32_t all) {
    const auto pass = [&](std::uint32_t n) {
      const std::size_t at = m_first_pass + n;
      return n < common && at < m_r.passes.size() ? m_r.passes[at] : 1;
    };
    bool first = true;
    for (std::uint32_t n = 0; n < all; ++n) first = first && pass(n) == 1;
    if (first) return;
    for (std::uint32_t n = 0; n < all; ++n)
      m_r.out += (n == 0 ? m_program.name_mark : "_") + std::to_string(pass(n));
  }

  const Program& m_program;
  Rendering& m_r;
  std::size_t m_at = 0;
  std::size_t m_first_pass = 0;
  std::size_t m_kept = 0; ///< blocks around that are kept
  bool m_partial = false;
  std::vector<Optional> m_optionals;
  std::vector<std::uint32_t> m_column_marks;
};

} // namespace

void run(const Program& program, Rendering& rendering) { Runner(program, rendering).run(); }

} // namespace engross::templating
