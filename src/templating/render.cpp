// SPDX-License-Identifier: MPL-2.0
#include "templating/render.hpp"

#include "odf/document.hpp"
#include "templating/evaluator.hpp"
#include "templating/link_target.hpp"
#include "templating/writing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace engross::templating {

namespace {

using Op = Instruction::Op;

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
  /// What an opinion paragraph lacks leaves its whole slot to a later pass.
  Runner(const Program& program, Rendering& rendering)
      : m_program(program), m_r(rendering), m_first_pass(rendering.passes.size()),
        m_partial(rendering.mode == Mode::partial && !rendering.context.in_section()) {}

  void run() {
    const std::vector<Instruction>& code = m_program.code;
    const std::size_t begin = m_r.out.size();
    const std::vector<Program::PlacedTag>* around = std::exchange(m_r.tags, &m_program.tags);
    for (m_at = 0; m_at < code.size();) {
      if (beyond_limits(m_program, m_r)) return;
      const Instruction& i = code[m_at++];
      if (m_kept == 0 || !keep(i)) step(i);
    }
    if (!m_program.continued.empty()) continue_lists(begin);
    m_r.tags = around;
  }

 private:
  /// A list, or the text around all lists with its headings.
  struct Count {
    std::optional<std::pair<std::uint32_t, std::uint32_t>> pending; ///< level, number
    std::set<std::size_t> begun; ///< instructions that have written their own number
  };
  struct Optional {
    std::size_t begin = 0;
    std::size_t content = 0;
    std::vector<Count> counts;                                    ///< as they were before it
    std::optional<std::pair<std::uint32_t, std::uint32_t>> start; ///< level, number: its own
  };

  const Program::PlacedTag& placed(const Instruction& i) const { return m_program.tags[i.a]; }

  void step(const Instruction& i) {
    switch (i.op) {
    case Op::literal:
      m_r.out += m_program.literal(i);
      break;
    case Op::picture:
      if (!std::exchange(m_has_pictures, true))
        m_r.pictures = std::max(m_r.pictures, last_picture(m_program.text));
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
        if (m_r.outer_loop == m_loops.back()) m_r.outer_loop.reset();
        m_loops.pop_back();
      }
      break;
    case Op::slot:
      slot(placed(i));
      break;
    case Op::optional_begin:
      m_optionals.push_back({m_r.out.size(), 0, m_counts, {}});
      break;
    case Op::optional_content:
      m_optionals.back().content = m_r.out.size();
      break;
    case Op::optional_end: {
      const Optional optional = m_optionals.back();
      m_optionals.pop_back();
      if (m_r.out.find_first_not_of(' ', optional.content) == std::string::npos) {
        m_r.out.resize(optional.begin);
        m_counts = optional.counts;
        if (optional.start) count_of(optional.start->first).pending = optional.start;
        m_at = i.a;
      }
      break;
    }
    case Op::optional_else:
      if (m_r.out.find_first_not_of(' ', m_optionals.back().content) != std::string::npos)
        m_at = i.a;
      m_optionals.pop_back();
      break;
    case Op::automatic_styles:
      if (m_r.automatic_styles) m_r.automatic_styles();
      break;
    case Op::typed:
      break;
    case Op::name_passes:
      name_passes(i.a, i.b);
      break;
    case Op::list_begin:
      m_counts.emplace_back();
      break;
    case Op::list_end:
      m_counts.pop_back();
      break;
    case Op::start_next:
      count_of(i.b).pending = {i.b, i.a};
      break;
    case Op::start:
      start_numbers(i.a, i.b);
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

  Count& count_of(std::uint32_t level) { return level > 0 ? m_counts.front() : m_counts.back(); }

  void start_numbers(std::uint32_t level, std::uint32_t own) {
    Count& count = count_of(level);
    std::optional<std::uint32_t> number;
    if (own > 0 && count.begun.insert(m_at).second) number = own - 1;
    if (count.pending && count.pending->first == level) {
      if (!number) number = count.pending->second;
      count.pending.reset();
    }
    if (!number) return;
    if (!m_optionals.empty() && m_optionals.back().content == 0)
      m_optionals.back().start = {level, *number};
    if (level > 0) m_r.out += " text:restart-numbering=\"true\"";
    m_r.out += " text:start-value=\"" + std::to_string(*number) + "\"";
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
    if (m_r.held.any && m_r.anchors[anchor]->find_first_of("{}") != std::string::npos)
      return print(m_r, tag);
    m_r.out += "<text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"" +
               anchor_bookmark(anchor) + "\">";
    odf::append_escaped(m_r.out, *m_r.anchors[anchor]);
    m_r.out += "</text:bookmark-ref>";
  }

  void set(const Program::PlacedTag& tag) {
    const bool done = attempt(m_r, tag, false, [&] {
      m_r.context.assign(tag.tag);
      return true;
    });
    if (is_open(m_r, tag))
      forget(tag.tag);
    else if (!done)
      for (const std::string& target : tag.tag.targets)
        m_r.context.set(target, deal::Undefined{target});
    if (m_partial && m_r.held.any && m_loops.empty()) m_r.out += tag.typed;
  }

  /// What a later pass sets is not known in this one, and what was set before no longer holds.
  void forget(const Tag& tag) {
    for (const std::string& target : tag.targets)
      m_r.context.set(target, deal::Undefined{m_r.open.path.empty() ? target : m_r.open.path});
  }

  void slot(const Program::PlacedTag& tag) {
    if (!m_r.slot) return;
    if (m_partial && m_r.held.any) {
      m_r.out += tag.typed;
      return hold(m_r);
    }
    if (m_partial) {
      std::vector<const Expression*> read{&tag.tag.expression};
      for (const auto& [key, expression] : tag.tag.options) read.push_back(&expression);
      for (const Expression* expression : read) {
        attempt(m_r, tag, false, [&] {
          evaluate(*expression, m_r.context);
          return true;
        });
        if (is_open(m_r, tag)) return;
      }
    }
    m_r.slot(tag);
  }

  /// Before an {% else %} part stands a jump over it.
  void note_left_out() {
    if (m_program.code[m_at - 1].op != Op::jump) m_r.left_out_at = m_r.out.size();
  }

  void jump_if_false(Instruction i) {
    const Program::PlacedTag& tag = placed(i);
    // All of a chain is decided at its beginning: where a question is open, it is kept whole.
    const std::size_t begin = m_at;
    for (;;) {
      const Program::PlacedTag& asked = placed(i);
      const bool holds = attempt(
          m_r, asked, false, [&] { return evaluate_condition(asked.tag.expression, m_r.context); });
      if (is_open(m_r, asked) && m_partial) {
        m_at = begin;
        return begin_kept(tag);
      }
      if (holds) return;
      m_at = i.b;
      if (m_at >= m_program.code.size()) return note_left_out();
      i = m_program.code[m_at];
      if (i.op != Op::jump_if_false || placed(i).tag.kind != Tag::Kind::elif)
        return note_left_out();
      ++m_at;
    }
  }

  /// The loops over the columns of one table, in each row, are one.
  Held::Loop loop_of(const Program::PlacedTag& tag, std::size_t at) const {
    return {&m_program, tag.group > 0 ? m_program.code.size() + tag.group : at};
  }

  void begin_loop(const Instruction& i) {
    const Program::PlacedTag& tag = placed(i);
    const Held::Loop here = loop_of(tag, m_at - 1);
    if (m_partial && m_r.held.loops.contains(here)) return begin_kept(tag);
    bool begun = false;
    const bool has_pass = attempt(m_r, tag, false, [&] {
      try {
        const bool any = m_r.context.begin_loop(tag.tag);
        begun = true;
        return any;
      } catch (const EvaluationError& error) {
        if (m_r.mode == Mode::draft && error.code == Code::missing_value)
          mark_missing_list(tag, error.data_path);
        throw;
      }
    });
    const bool open = is_open(m_r, tag) && m_partial;
    if (has_pass && !open) {
      m_r.context.next();
      m_r.passes.push_back(1);
      if (m_partial && !m_r.outer_loop) m_r.outer_loop = here;
      m_loops.push_back(here);
      return;
    }
    if (begun) m_r.context.end_loop();
    if (open) return begin_kept(tag);
    m_at = i.b;
    note_left_out();
  }

  /// A draft shows where a list is missing: in the carrier of the tag, which the letter would not
  /// have.
  void mark_missing_list(const Program::PlacedTag& tag, const std::string& name) {
    std::string source;
    if (m_r.plain)
      odf::append_escaped(source, tag.source);
    else
      append_text(source, tag.source);
    const std::size_t at = source.empty() ? std::string::npos : tag.typed.find(source);
    if (at == std::string::npos) return; // between columns
    m_r.out += tag.typed.substr(0, at);
    append_missing(m_r, name);
    m_r.out += tag.typed.substr(at + source.size());
  }

  /// The list in the letter with whose numbers one goes on that names \p before; empty: it is the
  /// first, and those that name the same list go on with it.
  std::string list_before(std::string before, const std::set<std::string>& written,
                          const std::map<std::string, std::string>& heirs) const {
    for (std::size_t steps = 0; !before.empty() && steps < 1000; ++steps) {
      if (written.contains(before)) return before;
      if (const auto heir = heirs.find(before); heir != heirs.end()) return heir->second;
      const auto known = m_program.continued.find(before);
      before = known == m_program.continued.end() ? std::string() : known->second;
    }
    return {};
  }

  /// A list whose predecessor is not in the letter goes on with the one before that.
  void continue_lists(std::size_t begin) {
    static constexpr std::string_view k_attribute = " text:continue-list=\"";
    std::set<std::string> written;
    std::map<std::string, std::string> heirs;
    std::string& out = m_r.out;
    for (std::size_t at = out.find("<text:list ", begin); at != std::string::npos;
         at = out.find("<text:list ", at + 1)) {
      const std::size_t end = out.find('>', at);
      const auto value_of = [&](std::string_view attribute) {
        const std::size_t from = std::min(out.find(attribute, at), end);
        if (from == end) return std::string();
        const std::size_t first = from + attribute.size();
        return out.substr(first, out.find('"', first) - first);
      };
      const std::string before = value_of(k_attribute);
      if (!before.empty()) {
        const std::string followed = list_before(before, written, heirs);
        const std::size_t from = out.find(k_attribute, at);
        const std::size_t to = out.find('"', from + k_attribute.size()) + 1;
        if (!followed.empty()) {
          if (followed != before)
            out.replace(from, to - from, std::string(k_attribute) + followed + '"');
        } else if (m_r.held.any) { // a later pass knows which list is the first
          written.insert(before);
        } else if (const std::string id = value_of(" xml:id=\""); !id.empty()) {
          heirs[before] = id;
          out.erase(from, to - from);
        } else {
          out.replace(from, to - from, " xml:id=\"" + before + '"');
        }
      }
      if (std::string id = value_of(" xml:id=\""); !id.empty()) written.insert(std::move(id));
    }
  }

  // --- Kept for a later pass -------------------------------------------------------------------

  void begin_kept(const Program::PlacedTag& tag) {
    hold(m_r);
    m_kept = 1;
    write_typed(tag);
  }

  void write_typed(const Program::PlacedTag& tag) {
    m_r.out += tag.typed;
    if (tag.typed.starts_with("<table:table-column")) ++m_r.columns;
    // Its carrier has its number again.
    if (tag.typed.starts_with("<text:list-item text:start")) m_counts.back().pending.reset();
  }

  void append_kept(const Program::PlacedTag& tag, bool plain) {
    plain = std::exchange(m_r.plain, m_r.plain || plain);
    append_source(m_r, tag.source);
    m_r.plain = plain;
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
      if (placed(i).group > 0) m_r.found.loops.insert(loop_of(placed(i), 0));
      write_typed(placed(i));
      return true;
    case Op::typed:
      write_typed(placed(i));
      if (placed(i).tag.kind != Tag::Kind::else_) --m_kept;
      return true;
    case Op::set:
      forget(placed(i).tag);
      write_typed(placed(i));
      return true;
    case Op::slot:
      write_typed(placed(i));
      return true;
    case Op::start_next: // the tag's carrier says so
      return true;
    case Op::picture:
      keep_picture(m_r, placed(i), static_cast<PictureField>(i.b));
      return true;
    case Op::link_value:
      m_r.out += percent_encoded(placed(i).source);
      return true;
    case Op::print:
    case Op::print_plain:
    case Op::anchored_print:
    case Op::linked_print:
    case Op::reference:
    case Op::label:
      append_kept(placed(i), i.op == Op::print_plain);
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
  bool m_has_pictures = false;
  std::vector<Held::Loop> m_loops; ///< under way
  std::vector<Optional> m_optionals;
  std::vector<Count> m_counts{1};
  std::vector<std::uint32_t> m_column_marks;
};

} // namespace

bool Held::add(const Held& more) {
  const bool had = any;
  const std::size_t before = loops.size();
  any = any || more.any;
  loops.insert(more.loops.begin(), more.loops.end());
  return any != had || loops.size() != before;
}

void watch_partial(Rendering& rendering) {
  if (rendering.mode != Mode::partial) return;
  rendering.open.voice = rendering.held.any;
  rendering.context.watch(&rendering.open);
}

void run(const Program& program, Rendering& rendering) { Runner(program, rendering).run(); }

} // namespace engross::templating
