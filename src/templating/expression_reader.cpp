// SPDX-License-Identifier: MPL-2.0
#include "templating/expression_reader.hpp"

#include "templating/constants.hpp"
#include "templating/date.hpp"
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace engross::templating {

using Kind = ExpressionNode::Kind;
using ValueKind = deal::Value::Kind;

namespace {

constexpr std::array<std::string_view, 9> k_loop_facts = {
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"};

template <class Items, class Item> bool holds(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

} // namespace

bool is_text(const ExpressionNode& node) {
  return node.kind == Kind::literal && node.value.kind() == ValueKind::string;
}

bool is_path(const ExpressionNode& node) {
  return node.kind == Kind::name ||
         ((node.kind == Kind::attribute || node.kind == Kind::index) && is_path(node.child(0)));
}

Need::Kind kind_of(const ExpressionNode& node) {
  if (node.kind == Kind::list && !node.children.empty()) return kind_of(node.child(0));
  if (node.kind != Kind::literal) return Need::Kind::any;
  switch (node.value.kind()) {
  case ValueKind::string:
    return parse_date(node.value.as_string()) ? Need::Kind::date : Need::Kind::text;
  case ValueKind::number:
    return Need::Kind::number;
  case ValueKind::boolean:
    return Need::Kind::boolean;
  default:
    return Need::Kind::any;
  }
}

void ExpressionReader::ask(const ExpressionNode& node) {
  if (is_path(node)) {
    for (const Spot& spot : trace(node, false).at) {
      m_state.mark(spot, Need::Kind::any, false);
      m_state.guess(*spot.need, Need::Kind::boolean);
    }
  } else if (node.kind == Kind::and_ || node.kind == Kind::or_ || node.kind == Kind::not_) {
    for (const NodePointer& child : node.children) ask(*child);
  } else {
    use(node, Need::Kind::any, false);
  }
}

void ExpressionReader::use(const ExpressionNode& node, Need::Kind as, bool required) {
  const Trace found = trace(node, required, as);
  for (const Spot& spot : found.at) m_state.mark(spot, as, required);
}

Trace ExpressionReader::trace(const ExpressionNode& node, bool required, Need::Kind as) {
  Trace out;
  switch (node.kind) {
  case Kind::literal:
    out.numeric = node.value.kind() == ValueKind::number;
    return out;
  case Kind::name:
    return m_state.find_name(node.text);
  case Kind::attribute:
    return attribute(node, required);
  case Kind::index:
    return index(node, required);
  case Kind::slice:
    for (std::size_t i = 1; i < node.children.size(); ++i)
      if (node.children[i]) use(node.child(i), Need::Kind::number, required);
    out = trace(node.child(0), required);
    for (const Spot& spot : out.at) m_state.mark(spot, Need::Kind::any, required);
    return out;
  case Kind::negate:
  case Kind::plus:
    use(node.child(0), Need::Kind::number, required);
    out.numeric = true;
    return out;
  case Kind::not_:
    ask(node.child(0));
    return out;
  case Kind::and_:
    ask(node.child(0));
    return trace(node.child(1), required, as);
  case Kind::or_:
    out = trace(node.child(0), false, as);
    for (const Spot& spot : out.at) m_state.mark(spot, as, false);
    out.do_without();
    out.join(trace(node.child(1), required, as));
    return out;
  case Kind::conditional:
    ask(node.child(1));
    out = trace(node.child(0), required, as);
    if (node.children[2]) out.join(trace(node.child(2), required, as));
    return out;
  case Kind::binary:
    return binary(node, required, as);
  case Kind::concat:
    for (const NodePointer& child : node.children) use(*child, Need::Kind::text, required);
    return out;
  case Kind::list:
    for (const NodePointer& child : node.children) {
      const Trace item = trace(*child, required);
      for (const Spot& spot : item.at) m_state.mark(spot, Need::Kind::any, required);
      out.items.insert(out.items.end(), item.at.begin(), item.at.end());
    }
    return out;
  case Kind::compare:
    comparison(node, required);
    return out;
  case Kind::filter:
    return filter(node, required, as);
  case Kind::test:
    test(node);
    return out;
  case Kind::call:
    return call(node, required);
  case Kind::dict:
    for (const NodePointer& child : node.children)
      if (child) use(*child, Need::Kind::any, required);
    return out;
  }
  return out;
}

Trace ExpressionReader::attribute(const ExpressionNode& node, bool required) {
  const ExpressionNode& base = node.child(0);
  Trace out;
  if (base.kind == Kind::name && !m_state.is_bound(base.text)) {
    if (base.text == "loop" && m_state.in_loop()) {
      if (m_state.in_loop_head) m_state.report(Code::loop_outside, {});
      if (node.text == "previtem" || node.text == "nextitem") return m_state.entry();
      out.numeric = node.text != "first" && node.text != "last";
      if (!holds(k_loop_facts, node.text))
        m_state.report_member("loop", node.text, {k_loop_facts.begin(), k_loop_facts.end()});
      return out;
    }
    if (base.text == "voice") {
      const std::vector<std::string> forms = voice_forms();
      if (!holds(forms, node.text)) m_state.report_member("voice", node.text, forms);
      return out;
    }
  }
  for (const Spot& parent : trace(base, required).at) {
    m_state.mark(parent, Need::Kind::object, required);
    out.at.push_back({&parent.need->member(node.text), parent.wanted});
  }
  return out;
}

Trace ExpressionReader::index(const ExpressionNode& node, bool required) {
  Trace out;
  const Trace container = trace(node.child(0), required);
  const ExpressionNode& key = node.child(1);
  const Trace of_key = trace(key, required);
  const bool by_name = is_text(key);
  const bool by_number = key.kind == Kind::literal || of_key.numeric;
  for (const Spot& spot : of_key.at) {
    m_state.mark(spot, Need::Kind::text, required);
    spot.need->is_key = true;
  }
  if (by_number && !by_name) {
    out.at = container.items;
    for (const Spot& parent : container.at) {
      m_state.mark(parent, Need::Kind::list, required);
      if (required && parent.wanted && !m_state.is_guarded(*parent.need))
        parent.need->at_least = std::max(parent.need->at_least, entries_up_to(key));
      out.at.push_back({&parent.need->any_item(), parent.wanted});
    }
    return out;
  }
  for (const Spot& parent : container.at) {
    m_state.mark(parent, Need::Kind::object, required);
    parent.need->keyed = parent.need->keyed || !by_name;
    out.at.push_back(
        {by_name ? &parent.need->member(key.value.as_string()) : &parent.need->any_item(),
         parent.wanted});
  }
  return out;
}

std::size_t ExpressionReader::entries_up_to(const ExpressionNode& key) {
  const bool negative = key.kind == Kind::negate;
  const ExpressionNode& literal = negative ? key.child(0) : key;
  if (literal.kind != Kind::literal || literal.value.kind() != ValueKind::number) return 0;
  const auto number = to_int64(literal.value.as_number());
  if (!number || *number > 100) return 0;
  return static_cast<std::size_t>(*number < 0 || negative ? std::abs(*number) : *number + 1);
}

std::vector<Spot> ExpressionReader::entries(const Trace& list, bool required) {
  std::vector<Spot> out = list.items;
  for (const Spot& spot : list.at) {
    m_state.mark(spot, Need::Kind::list, required);
    out.push_back({&spot.need->any_item()});
  }
  return out;
}

Trace ExpressionReader::binary(const ExpressionNode& node, bool required, Need::Kind as) {
  const ExpressionNode& left = node.child(0);
  const ExpressionNode& right = node.child(1);
  Trace out;
  if (node.operators[0] != Operator::add) {
    const bool repeats = node.operators[0] == Operator::multiply;
    for (const ExpressionNode* side : {&left, &right}) {
      const bool counted = repeats && is_text(side == &left ? right : left);
      if (!(repeats && is_text(*side))) use(*side, Need::Kind::number, required);
      out.numeric = out.numeric || !counted;
    }
    return out;
  }
  // a + b joins texts and lists as well as it adds numbers.
  const Trace a = trace(left, required, as);
  const Trace b = trace(right, required, as);
  Need::Kind kind = as == Need::Kind::list ? as : Need::Kind::any;
  if (is_text(left) || is_text(right)) kind = Need::Kind::text;
  if (left.kind == Kind::list || right.kind == Kind::list) kind = Need::Kind::list;
  if (a.numeric || b.numeric) kind = Need::Kind::number;
  out.join(a);
  out.join(b);
  for (const Spot& spot : out.at) m_state.mark(spot, kind, required);
  if (kind == Need::Kind::number) {
    out = {};
    out.numeric = true;
  }
  return out;
}

void ExpressionReader::comparison(const ExpressionNode& node, bool required) {
  for (std::size_t i = 0; i < node.operators.size(); ++i) {
    const ExpressionNode& left = node.child(i);
    const ExpressionNode& right = node.child(i + 1);
    const bool within = node.operators[i] == Operator::in || node.operators[i] == Operator::not_in;
    compare_with(left, right, required);
    if (!within)
      compare_with(right, left, required);
    else
      contain(right, left, required);
  }
}

void ExpressionReader::compare_with(const ExpressionNode& node, const ExpressionNode& other,
                                    bool required) {
  Need::Kind as = kind_of(other);
  const Trace found = trace(node, required);
  if (as == Need::Kind::any && is_number(other)) as = Need::Kind::number;
  for (const Spot& spot : found.at) m_state.mark(spot, as, required);
}

void ExpressionReader::contain(const ExpressionNode& node, const ExpressionNode& sought,
                               bool required) {
  const Trace found = trace(node, required);
  const Need::Kind kind = kind_of(sought);
  for (const Spot& spot : found.at) {
    m_state.mark(spot, kind == Need::Kind::number ? Need::Kind::list : Need::Kind::any, required);
    if (kind == Need::Kind::number) m_state.mark(spot.need->any_item(), kind, required);
    m_state.guess(*spot.need, Need::Kind::list);
  }
}

bool ExpressionReader::is_number(const ExpressionNode& node) const {
  switch (node.kind) {
  case Kind::literal:
    return node.value.kind() == ValueKind::number;
  case Kind::negate:
  case Kind::plus:
    return true;
  case Kind::binary:
    return node.operators[0] != Operator::add || is_number(node.child(0)) ||
           is_number(node.child(1));
  case Kind::filter:
    return gives_number(node.filter->name);
  case Kind::attribute:
    return node.child(0).kind == Kind::name && node.child(0).text == "loop" && m_state.in_loop() &&
           node.text.find("index") != std::string::npos;
  default:
    return false;
  }
}

void ExpressionReader::test(const ExpressionNode& node) {
  const std::string_view name = node.test->name;
  Need::Kind as = Need::Kind::any;
  if (name == "even" || name == "odd" || name == "divisibleby") as = Need::Kind::number;
  if (node.children.size() > 1 && name == "in") {
    as = kind_of(node.child(1));
    contain(node.child(1), node.child(0), false);
  } else if (node.children.size() > 1) {
    if (as == Need::Kind::any) as = kind_of(node.child(1));
    for (std::size_t i = 1; i < node.children.size(); ++i)
      use(node.child(i), name == "divisibleby" ? as : Need::Kind::any, false);
  }
  use(node.child(0), as, false);
}

Trace ExpressionReader::call(const ExpressionNode& node, bool required) {
  const ExpressionNode& callee = node.child(0);
  Trace out;
  if (node.text == "items") {
    for (const Spot& group : trace(callee.child(0), required).at) {
      m_state.mark(group, Need::Kind::object, required);
      group.need->keyed = true;
      out.pairs.push_back({&group.need->any_item()});
    }
  } else if (callee.kind == Kind::attribute && callee.child(0).kind == Kind::name) {
    m_state.find_name(callee.child(0).text); // loop, which must be under way
  }
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Trace value = trace(node.child(i), required && node.text == "cycle");
    for (const Spot& spot : value.at) m_state.mark(spot, Need::Kind::any, node.text == "cycle");
    if (node.text == "cycle") out.join(value);
  }
  return out;
}

} // namespace engross::templating
