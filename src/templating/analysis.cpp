// SPDX-License-Identifier: MPL-2.0
#include "templating/analysis.hpp"

#include "templating/constants.hpp"
#include "templating/expression_reader.hpp"
#include "templating/truths.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;

/// A white pixel, for a picture that a sample must have.
constexpr const char* k_picture =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/"
    "AAX+Av4N70a4AAAAAElFTkSuQmCC";

/// Walks the tags of a program and follows its loops, conditions and {% set %}.
class Analyst {
 public:
  Analyst(Need& root, Findings& findings) : m_state(root, &findings) {}

  void program(const Program& program) {
    m_state.restart();
    m_chains.clear();
    m_truths.clear();
    m_examples.clear();
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const Instruction& at = program.code[i];
      if (at.op == Instruction::Op::picture) m_examples[at.a] = k_picture;
      if (at.op == Instruction::Op::link_value && i > 0 &&
          program.code[i - 1].op == Instruction::Op::literal &&
          program.literal(program.code[i - 1]).ends_with('"'))
        m_examples[at.a] = "https://example.com";
    }
    for (std::size_t i = 0; i < program.tags.size(); ++i) tag(program.tags[i], i);
  }

 private:
  void tag(const Program::PlacedTag& placed, std::size_t number) {
    m_state.place = placed.place;
    const Tag& tag = placed.tag;
    for (const Expression* expression : {&tag.expression, &tag.filter})
      if (*expression)
        if (const auto fault = constant_fault(expression->root()))
          m_state.report(fault->code, fault->arguments);
    if (tag.kind == Tag::Kind::print || tag.kind == Tag::Kind::for_ || tag.kind == Tag::Kind::set)
      if (const auto fault = constant_use_fault(tag.expression.root(), tag.kind == Tag::Kind::for_))
        m_state.report(fault->code, fault->arguments);
    switch (tag.kind) {
    case Tag::Kind::print: {
      const auto example = m_examples.find(static_cast<std::uint32_t>(number));
      m_state.example = example == m_examples.end() ? std::string{} : example->second;
      m_reader.use(tag.expression.root(), Need::Kind::text, true);
      m_state.example.clear();
      break;
    }
    case Tag::Kind::if_:
      m_chains.push_back({});
      m_chains.back().loops = m_state.loops();
      m_state.enter_condition();
      m_truths.enter();
      [[fallthrough]];
    case Tag::Kind::elif:
      condition(placed);
      break;
    case Tag::Kind::else_:
      if (m_chains.empty() || m_chains.back().loops != m_state.loops()) break; // of a loop
      if (m_chains.back().always) m_state.report(Code::branch_unreachable);
      m_truths.next_branch();
      break;
    case Tag::Kind::endif:
      if (!m_chains.empty()) m_chains.pop_back();
      m_state.leave_condition();
      m_truths.leave();
      break;
    case Tag::Kind::for_:
      begin_loop(tag);
      break;
    case Tag::Kind::endfor:
      m_state.leave_loop();
      break;
    case Tag::Kind::set: {
      const Trace value = m_reader.trace(tag.expression.root(), true);
      for (const Spot& spot : value.at) m_state.mark(spot, Need::Kind::any, true);
      if (tag.targets.size() == 1)
        bind(tag.targets.front(), value);
      else
        take_apart(tag.targets, value);
      break;
    }
    case Tag::Kind::opinions:
    case Tag::Kind::opinion:
    case Tag::Kind::reference:
    case Tag::Kind::label:
      if (tag.expression) m_reader.use(tag.expression.root(), Need::Kind::text, true);
      for (const auto& [name, option] : tag.options)
        m_reader.use(option.root(), Need::Kind::any, true);
      break;
    default:
      break;
    }
  }

  /// for name, value in pairs; set first, second = list.
  void take_apart(const std::vector<std::string>& targets, const Trace& entry) {
    std::vector<Trace> values(targets.size());
    for (const Spot& spot : entry.at) {
      m_state.mark(spot, Need::Kind::list, true);
      while (spot.need->parts.size() < targets.size()) spot.need->parts.emplace_back();
      auto part = spot.need->parts.begin();
      for (Trace& value : values) value.at.push_back({&*part++});
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (const Spot& item : entry.items) values[i].at.push_back(item);
      bind(targets[i], std::move(values[i]));
    }
  }

  void begin_loop(const Tag& tag) {
    const ExpressionNode& source = tag.expression.root();
    const Trace list = m_reader.trace(source, true, Need::Kind::list);
    Trace entry;
    entry.at = m_reader.entries(list, true);
    if (constant_truth(source) == false) m_state.report(Code::branch_unreachable);
    m_truths.forget("loop");
    m_state.enter_loop(entry);
    if (tag.targets.size() == 1) {
      bind(tag.targets.front(), std::move(entry));
    } else if (!list.pairs.empty() && tag.targets.size() == 2) {
      bind(tag.targets[0], {});
      Trace value;
      value.at = list.pairs;
      bind(tag.targets[1], std::move(value));
    } else {
      take_apart(tag.targets, entry);
    }
    if (tag.filter) {
      m_state.in_loop_head = true;
      m_reader.ask(tag.filter.root());
      m_state.in_loop_head = false;
      warn_of_idle(tag.filter.root());
    }
  }

  struct Chain {
    std::set<std::string> seen;
    bool always = false;   ///< a branch before holds in every case
    std::size_t loops = 0; ///< around it
  };

  void condition(const Program::PlacedTag& placed) {
    const ExpressionNode& root = placed.tag.expression.root();
    if (!m_chains.empty()) {
      Chain& chain = m_chains.back();
      const bool again = !chain.seen.insert(placed.tag.expression.canonical()).second;
      m_truths.next_branch();
      const std::optional<bool> constant =
          m_truths.known(root) ? m_truths.known(root) : constant_truth(root);
      m_truths.hold(root);
      if (again || chain.always || constant == false) m_state.report(Code::branch_unreachable);
      // After x, “not x” holds in every case that is left.
      chain.always = chain.always || constant == true || chain.seen.contains(opposite(root));
    }
    warn_of_idle(root);
    m_reader.ask(root);
    guard(root);
  }

  void warn_of_idle(const ExpressionNode& root) {
    if (const ExpressionNode* idle = idle_alternative(root))
      m_state.report(Code::condition_always, {canonical_text(root), canonical_text(*idle)});
  }

  /// {% if letter.exhibit %} … {{ letter.exhibit }}: the letter does without.
  void guard(const ExpressionNode& node) {
    if (is_path(node)) {
      for (const Spot& spot : m_reader.trace(node, false).at) m_state.guard(*spot.need);
    } else if (node.kind == Kind::and_ || node.kind == Kind::test || node.kind == Kind::filter ||
               node.kind == Kind::compare) {
      for (const NodePointer& child : node.children)
        if (child) guard(*child);
    }
  }

  void bind(const std::string& name, Trace value) {
    m_truths.forget(name);
    m_state.bind(name, std::move(value));
  }

  AnalysisState m_state;
  ExpressionReader m_reader{m_state};
  std::vector<Chain> m_chains;
  Truths m_truths;                                 ///< what the conditions around the place say
  std::map<std::uint32_t, std::string> m_examples; ///< by tag: what the sample must hold
};

} // namespace

Need analyse(const std::vector<const Program*>& programs, Findings& findings) {
  Need root;
  root.kind = Need::Kind::object;
  Analyst analyst(root, findings);
  for (const Program* program : programs) analyst.program(*program);
  return root;
}

void analyse(const Expression& expression, const Place& place, Need& need) {
  if (!expression) return;
  AnalysisState state(need, nullptr);
  state.place = place;
  ExpressionReader(state).ask(expression.root());
}

} // namespace engross::templating
