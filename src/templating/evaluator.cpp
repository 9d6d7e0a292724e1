// SPDX-License-Identifier: MPL-2.0
#include "templating/evaluator.hpp"

#include "templating/decimal.hpp"
#include "templating/functions.hpp"
#include "templating/unicode.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;
using ValueKind = Value::Kind;

Value undefined(std::string path) { return deal::Undefined{std::move(path)}; }

bool is_nothing(const Value& value) {
  return value.is_undefined() && value.as_undefined().path.empty();
}

bool is_voice(const ExpressionNode& node, const Context::State& state) {
  return node.kind == Kind::name && node.text == "voice" && !state.is_variable("voice");
}

bool is_loop(const ExpressionNode& node) { return node.kind == Kind::name && node.text == "loop"; }

} // namespace

std::string described(const ExpressionNode& node) {
  std::string text = canonical_text(node);
  if (count_code_points(text) > 60) text = std::string(code_point_range(text, 0, 57)) + "…";
  return text;
}

namespace {

/// A finding about an operand of the wrong kind.
[[noreturn]] void fail_operand(std::string_view what, std::string_view expected, const Value& value,
                               const ExpressionNode& node, Evaluator& evaluator) {
  EvaluationError error;
  error.code = Code::wrong_kind;
  error.arguments = {std::string(what), std::string(expected), described(node),
                     std::string(deal::kind_name(value.kind()))};
  error.data_path = evaluator.data_path(node);
  error.origin = value.origin;
  throw error;
}

} // namespace

void fail(Code code, std::vector<std::string> arguments) {
  EvaluationError error;
  error.code = code;
  error.arguments = std::move(arguments);
  throw error;
}

void fail_too_large(const ExpressionNode& node) { fail(Code::result_too_large, {described(node)}); }

const Value* Evaluator::find(const ExpressionNode& node) {
  switch (node.kind) {
  case Kind::literal:
    return &node.value;
  case Kind::name:
    if (node.text == "loop" && m_state.loop() != nullptr) return nullptr;
    if (is_voice(node, m_state)) return nullptr;
    // A variable that was set to something missing is missing.
    if (const Value* found = m_state.find(node.text))
      return found->is_undefined() ? nullptr : found;
    return nullptr;
  case Kind::attribute: {
    if (is_loop(node.child(0))) {
      if (const LoopFrame* frame = m_state.loop()) {
        const std::size_t i = frame->passes - 1;
        if (node.text == "previtem" && i > 0) return &frame->item(i - 1);
        if (node.text == "nextitem" && i + 1 < frame->count) return &frame->item(i + 1);
        return nullptr;
      }
    }
    const Value* object = find(node.child(0));
    return object != nullptr ? object->member(node.text) : nullptr;
  }
  case Kind::index: {
    const Value* container = find(node.child(0));
    if (container == nullptr) return nullptr;
    if (const Value* key = find(node.child(1))) return find_item(*container, *key);
    return nullptr;
  }
  default:
    return nullptr;
  }
}

std::string Evaluator::data_path(const ExpressionNode& node) {
  switch (node.kind) {
  case Kind::name: {
    const Section& section = m_state.sections.back();
    for (std::size_t l = m_state.loops.size(); l > section.first_loop; --l) {
      const LoopFrame& frame = m_state.loops[l - 1];
      if (!frame.in_pass() || frame.tag->targets.size() != 1 || frame.tag->targets[0] != node.text)
        continue;
      const ExpressionNode& source = frame.tag->expression.root();
      if (source.kind == Kind::name && source.text == node.text) return {};
      const std::string list = data_path(source);
      if (list.empty()) return {};
      return list + "[" + std::to_string(frame.source_index(frame.passes - 1)) + "]";
    }
    return m_state.is_variable(node.text) || node.text == "loop" ? std::string{} : node.text;
  }
  case Kind::attribute: {
    const std::string parent = data_path(node.child(0));
    return parent.empty() ? parent : parent + "." + node.text;
  }
  case Kind::index: {
    const std::string parent = data_path(node.child(0));
    const Value* key = find(node.child(1));
    return parent.empty() || key == nullptr ? std::string{} : index_path(parent, *key);
  }
  case Kind::filter:
    return data_path(node.child(0));
  default:
    return {};
  }
}

bool Evaluator::truth(const ExpressionNode& node, Missing missing) {
  if (missing == Missing::refuse) missing = Missing::condition;
  if (const Value* found = find(node)) return holds(node, *found);
  const Tolerance tolerance(m_tolerant, true);
  return holds(node, value(node, missing));
}

void Evaluator::note_group(const ExpressionNode& node, const Value& value) const {
  if (value.kind() == ValueKind::object && node.kind != Kind::dict) m_state.note_open("");
}

/// Truth; an empty group is not always empty.
bool Evaluator::holds(const ExpressionNode& node, const Value& value) const {
  const bool out = is_true(value);
  if (!out) note_group(node, value);
  return out;
}

Value Evaluator::value(const ExpressionNode& node, Missing missing) {
  const Missing asked = missing == Missing::refuse ? Missing::condition : missing;
  switch (node.kind) {
  case Kind::literal:
    return node.value;
  case Kind::name:
    return noted(name(node));
  case Kind::attribute:
    return noted(attribute(node));
  case Kind::index:
    return noted(index(node));
  case Kind::slice:
    return slice(node);
  case Kind::list: {
    List items;
    items.reserve(node.children.size());
    for (const NodePointer& child : node.children) items.push_back(value(*child, missing));
    return items;
  }
  case Kind::dict:
    return dict(node);
  case Kind::negate:
  case Kind::plus:
    return negate(node, missing);
  case Kind::not_:
    return !truth(node.child(0), missing);
  case Kind::and_: {
    Value left = value(node.child(0), asked);
    return holds(node.child(0), left) ? value(node.child(1), missing) : left;
  }
  case Kind::or_: {
    Value left = value(node.child(0), asked);
    return holds(node.child(0), left) ? left : value(node.child(1), missing);
  }
  case Kind::binary:
    return binary(node, missing);
  case Kind::concat:
    return concat(node, missing);
  case Kind::compare:
    return compare(node, missing);
  case Kind::conditional:
    if (truth(node.child(1), missing)) return value(node.child(0), missing);
    return node.children[2] ? value(node.child(2), missing) : undefined("");
  case Kind::filter:
    return filter(node, missing);
  case Kind::test:
    return test(node, missing);
  case Kind::call:
    return call(node);
  }
  return {};
}

Value Evaluator::noted(Value value) const {
  // A conditional without else gives nothing, and lacks nothing.
  if (value.is_undefined() && !is_nothing(value)) m_state.note_open(value.as_undefined().path);
  return value;
}

Value Evaluator::name(const ExpressionNode& node) { return m_context.lookup(node.text); }

std::optional<Value> Evaluator::loop_attribute(LoopFrame& frame, std::string_view name) {
  const auto integer = [](std::size_t n) { return Value::integer(static_cast<std::int64_t>(n)); };
  const std::size_t i = frame.passes - 1;
  if (name == "index") return integer(i + 1);
  if (name == "index0") return integer(i);
  if (name == "first") return Value(i == 0);
  if (name == "last") return Value(i + 1 == frame.count);
  if (name == "length") return integer(frame.count);
  if (name == "revindex") return integer(frame.count - i);
  if (name == "revindex0") return integer(frame.count - i - 1);
  if (name == "previtem") return i > 0 ? frame.item(i - 1) : undefined("loop.previtem");
  if (name == "nextitem")
    return i + 1 < frame.count ? frame.item(i + 1) : undefined("loop.nextitem");
  return std::nullopt;
}

Value Evaluator::attribute(const ExpressionNode& node) {
  const ExpressionNode& base = node.child(0);
  if (is_loop(base)) {
    if (LoopFrame* frame = m_state.loop()) {
      std::optional<Value> fact = loop_attribute(*frame, node.text);
      return fact ? std::move(*fact) : undefined("loop." + node.text);
    }
  }
  if (is_voice(base, m_state)) {
    const auto form = voice_form(voice_of(m_state), node.text);
    return form ? Value(std::string(*form)) : undefined("voice." + node.text);
  }
  const Operand object(*this, base, Missing::condition);
  if (object->is_undefined()) {
    if (is_nothing(*object)) return undefined(canonical_text(node));
    if (object->as_undefined().of_key) return *object;
    return undefined(object->as_undefined().path + "." + node.text);
  }
  if (const Value* member = object->member(node.text)) return *member;
  return undefined(canonical_text(node));
}

Value Evaluator::index(const ExpressionNode& node) {
  const Operand container(*this, node.child(0), Missing::condition);
  const Operand key(*this, node.child(1), Missing::condition);
  if (container->is_undefined()) {
    if (container->as_undefined().of_key) return *container;
    return undefined(is_nothing(*container) ? canonical_text(node)
                                            : index_path(container->as_undefined().path, *key));
  }
  if (m_tolerant == 0) check_parallel(node, *container);
  // What stands behind the brackets is not what is missing.
  if (key->is_undefined()) return deal::Undefined{key->as_undefined().path, true};
  if (const Value* item = find_item(*container, *key)) return *item;
  if (container->kind() == ValueKind::string) {
    const std::string& text = container->as_string();
    if (const auto i = position_in(*key, count_code_points(text)))
      return std::string(code_point_range(text, *i, *i + 1));
  }
  return undefined(index_path(canonical_text(node.child(0)), *key));
}

/// names[loop.index0] beside a loop over another list: each entry needs its counterpart, or one of
/// them would be left out, or stand beside the wrong one.
void Evaluator::check_parallel(const ExpressionNode& node, const Value& container) {
  if (container.kind() != ValueKind::list) return;
  const ExpressionNode& key = node.child(1);
  const bool counted_from_one = key.kind == Kind::binary && canonical_text(key) == "loop.index - 1";
  const bool position =
      key.kind == Kind::attribute && is_loop(key.child(0)) && key.text == "index0";
  if (!position && !counted_from_one) return;
  const LoopFrame* frame = m_state.loop();
  const std::size_t size = container.as_list().size();
  // A list that the template made may be longer: names of places, say.
  if (frame == nullptr || frame->count == size || data_path(node.child(0)).empty()) return;
  fail(Code::lists_not_parallel,
       {canonical_text(frame->tag->expression.root()) + " has " + std::to_string(frame->count) +
        ", " + canonical_text(node.child(0)) + " has " + std::to_string(size)});
}

Value Evaluator::slice(const ExpressionNode& node) {
  const Operand container(*this, node.child(0), Missing::condition);
  if (container->is_undefined())
    return is_nothing(*container) ? undefined(canonical_text(node)) : *container;
  const auto bound = [&](std::size_t i) -> std::optional<std::int64_t> {
    if (!node.children[i]) return std::nullopt;
    const Operand part(*this, node.child(i), Missing::refuse);
    if (part->kind() == ValueKind::none) return std::nullopt;
    const std::optional<Number> number = as_number(*part);
    if (!number || !number->is_integer())
      fail_operand("[…:…]", "whole numbers", *part, node.child(i), *this);
    if (const auto value = to_int64(*number)) return value;
    fail(Code::result_too_large, {described(node)});
  };
  const auto start = bound(1);
  const auto stop = bound(2);
  const std::int64_t step = bound(3).value_or(1);
  if (step == 0) fail(Code::division_by_zero, {described(node)});
  if (container->kind() == ValueKind::list) {
    const List& list = container->as_list();
    List part;
    for (const std::size_t i : slice_positions(start, stop, step, list.size()))
      part.push_back(list[i]);
    return part;
  }
  if (container->kind() == ValueKind::string) {
    const std::string& text = container->as_string();
    std::vector<std::string_view> characters;
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t begin = i;
      decode(text, i);
      characters.push_back(std::string_view(text).substr(begin, i - begin));
    }
    std::string part;
    for (const std::size_t i : slice_positions(start, stop, step, characters.size()))
      part += characters[i];
    return part;
  }
  return undefined(canonical_text(node));
}

Value Evaluator::dict(const ExpressionNode& node) {
  deal::Object object;
  for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
    const Operand key(*this, node.child(i), Missing::refuse);
    if (key->is_undefined()) fail_missing(*key, m_context);
    const std::optional<std::string> name = key_name(*key);
    if (!name) fail_operand("A group of values", "names", *key, node.child(i), *this);
    object.set(*name, value(node.child(i + 1)));
  }
  return object;
}

Value Evaluator::negate(const ExpressionNode& node, Missing missing) {
  const Operand operand(*this, node.child(0), missing);
  if (operand->is_undefined()) {
    if (missing == Missing::ignore) return *operand;
    fail_missing(*operand, m_context);
  }
  const std::optional<Number> number = as_number(*operand);
  const std::string_view sign = node.kind == Kind::negate ? "-" : "+";
  if (!number) fail_operand(sign, "a number", *operand, node.child(0), *this);
  return node.kind == Kind::negate ? templating::negate(*number) : *number;
}

namespace {

/// Text or a list times a whole number.
std::optional<Value> repeat(const Value& value, const Value& times, const ExpressionNode& node) {
  const bool is_text = value.kind() == ValueKind::string;
  if (!is_text && value.kind() != ValueKind::list) return std::nullopt;
  const std::optional<Number> number = as_number(times);
  if (!number || !number->is_integer()) return std::nullopt;
  const std::size_t size = is_text ? value.as_string().size() : value.as_list().size();
  const std::int64_t limit = static_cast<std::int64_t>(is_text ? k_max_text : k_max_items);
  const std::optional<std::int64_t> count = to_int64(*number);
  if (size > 0 && (!count || *count > limit / static_cast<std::int64_t>(size)))
    fail(Code::result_too_large, {described(node)});
  std::string text;
  List list;
  for (std::int64_t i = 0; size > 0 && i < *count; ++i) {
    if (is_text)
      text += value.as_string();
    else
      list.insert(list.end(), value.as_list().begin(), value.as_list().end());
  }
  return is_text ? Value(std::move(text)) : Value(std::move(list));
}

} // namespace

Value Evaluator::binary(const ExpressionNode& node, Missing missing) {
  const Operand left(*this, node.child(0), missing);
  const Operand right(*this, node.child(1), missing);
  for (const Operand* operand : {&left, &right}) {
    if (!(*operand)->is_undefined()) continue;
    if (missing == Missing::ignore) return **operand;
    fail_missing(**operand, m_context);
  }
  const Operator op = node.operators[0];
  if (op == Operator::add && left->kind() == ValueKind::string &&
      right->kind() == ValueKind::string) {
    if (left->as_string().size() + right->as_string().size() > k_max_text)
      fail(Code::result_too_large, {described(node)});
    return left->as_string() + right->as_string();
  }
  if (op == Operator::add && left->kind() == ValueKind::list && right->kind() == ValueKind::list) {
    List all = left->as_list();
    if (all.size() + right->as_list().size() > k_max_items)
      fail(Code::result_too_large, {described(node)});
    all.insert(all.end(), right->as_list().begin(), right->as_list().end());
    return all;
  }
  if (op == Operator::multiply) {
    if (std::optional<Value> repeated = repeat(*left, *right, node)) return std::move(*repeated);
    if (std::optional<Value> repeated = repeat(*right, *left, node)) return std::move(*repeated);
  }
  const std::optional<Number> a = as_number(*left);
  const std::optional<Number> b = as_number(*right);
  if (!a) fail_operand(operator_text(op), "a number", *left, node.child(0), *this);
  if (!b) fail_operand(operator_text(op), "a number", *right, node.child(1), *this);
  const bool divides =
      op == Operator::divide || op == Operator::floor_divide || op == Operator::modulo;
  if (divides && is_zero(*b)) fail(Code::division_by_zero, {described(node)});
  try {
    switch (op) {
    case Operator::add:
      return add(*a, *b);
    case Operator::subtract:
      return subtract(*a, *b);
    case Operator::multiply:
      return multiply(*a, *b);
    case Operator::divide:
      return divide(*a, *b);
    case Operator::floor_divide:
      return floor_divide(*a, *b);
    default:
      return modulo(*a, *b);
    }
  } catch (const NumberTooLarge&) {
    fail(Code::result_too_large, {described(node)});
  }
}

void Evaluator::refuse_gap(const ExpressionNode& node, const Value& value) {
  if (value.kind() != ValueKind::string || !value.as_string().empty()) return;
  for (const ExpressionNode* at = &node; at->kind == Kind::filter; at = &at->child(0)) {
    if (at->filter->accepts_missing) return; // default says what stands instead
    if (!at->filter->never_empty) continue;
    EvaluationError error;
    error.code = Code::nothing_to_print;
    error.arguments = {described(node), described(at->child(0))};
    error.data_path = data_path(at->child(0));
    if (const Value* source = find(at->child(0))) error.origin = source->origin;
    throw error;
  }
}

Value Evaluator::concat(const ExpressionNode& node, Missing missing) {
  std::string text;
  for (const NodePointer& child : node.children) {
    const Operand part(*this, *child, missing);
    if (is_nothing(*part)) continue;
    if (part->is_undefined()) {
      if (missing == Missing::ignore) return *part;
      fail_missing(*part, m_context);
    }
    if (part->kind() == ValueKind::string) {
      refuse_gap(*child, *part);
      text += part->as_string();
    } else if (part->kind() == ValueKind::number || part->kind() == ValueKind::boolean) {
      text += to_text(*part);
    } else {
      fail_operand("~", "text", *part, *child, *this);
    }
    if (text.size() > k_max_text) fail(Code::result_too_large, {described(node)});
  }
  return text;
}

Value Evaluator::compare(const ExpressionNode& node, Missing missing) {
  Operand left_operand(*this, node.child(0), missing);
  for (std::size_t i = 0; i < node.operators.size(); ++i) {
    const ExpressionNode& right_node = node.child(i + 1);
    Operand right_operand(*this, right_node, missing);
    const Value& left = *left_operand;
    const Value& right = *right_operand;
    bool holds = false;
    switch (const Operator op = node.operators[i]) {
    case Operator::equal:
    case Operator::not_equal:
      note_group(node.child(i), left);
      note_group(right_node, right);
      if (left.kind() == ValueKind::list && groups_decide(left, right)) m_state.note_open("");
      holds = values_equal(left, right) == (op == Operator::equal);
      break;
    case Operator::in:
    case Operator::not_in: {
      const std::optional<bool> found = contains(right, left);
      if (groups_decide_in(right, left)) m_state.note_open("");
      if (right.kind() == ValueKind::object && found == false)
        m_state.note_open(index_path(canonical_text(right_node), left));
      if (!found && right.kind() == ValueKind::string && left.is_undefined() &&
          missing != Missing::refuse)
        return false;
      if (!found)
        fail_operand(operator_text(op), "a list or text that holds text", right, right_node, *this);
      holds = *found == (op == Operator::in);
      break;
    }
    default: {
      if (left.is_undefined() || right.is_undefined()) {
        if (missing != Missing::refuse) return false;
        fail_missing(left.is_undefined() ? left : right, m_context);
      }
      const auto order = order_values(left, right);
      if (!order)
        fail_operand(operator_text(op), "two values of one kind", right, right_node, *this);
      holds = (op == Operator::less && std::is_lt(*order)) ||
              (op == Operator::less_equal && std::is_lteq(*order)) ||
              (op == Operator::greater && std::is_gt(*order)) ||
              (op == Operator::greater_equal && std::is_gteq(*order));
    }
    }
    if (!holds) return false;
    left_operand = std::move(right_operand);
  }
  return true;
}

Value Evaluator::filter(const ExpressionNode& node, Missing missing) {
  const FilterSpec& spec = *node.filter;
  const Missing of_subject = spec.accepts_missing ? Missing::condition : missing;
  const ExpressionNode& subject_node = node.child(0);
  if (spec.takes_loop && is_loop(subject_node) && m_state.loop() != nullptr) {
    // Only its place is asked: no facts are gathered.
    const Value handle =
        loop_handle(static_cast<std::size_t>(m_state.loop() - m_state.loops.data()));
    return apply(node, handle, missing);
  }
  const Operand subject = [&] {
    const Tolerance tolerance(m_tolerant, spec.accepts_missing);
    return Operand(*this, subject_node, of_subject);
  }();
  if (subject->is_undefined() && !spec.accepts_missing && !is_nothing(*subject)) {
    if (missing != Missing::refuse) return *subject;
    fail_missing(*subject, m_context);
  }
  if (!spec.accepts_missing && !spec.takes_loop) note_group(subject_node, *subject);
  if (is_nothing(*subject) && !spec.accepts_missing) return apply(node, std::string{}, missing);
  return apply(node, *subject, missing);
}

Value Evaluator::apply(const ExpressionNode& node, const Value& subject, Missing missing) {
  const FilterSpec& spec = *node.filter;
  FilterCall call(node, subject, m_context);
  const std::size_t count = spec.parameter_count();
  std::array<Value, k_max_parameters> computed;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (!node.children[i]) continue;
    const ExpressionNode& argument = node.child(i);
    if (i > count) {
      call.m_rest.push_back(value(argument, missing));
      continue;
    }
    const Value* found = find(argument);
    if (found == nullptr) {
      computed[i - 1] = value(argument, missing);
      found = &computed[i - 1];
    }
    if (found->is_undefined() && !spec.accepts_missing) {
      if (missing != Missing::refuse) return *found;
      fail_missing(*found, m_context);
    }
    call.m_arguments[i - 1] = found;
  }
  try {
    return spec.function(call);
  } catch (EvaluationError& error) {
    if (error.data_path.empty()) {
      error.data_path = data_path(node.child(0));
      if (error.origin.line == 0) error.origin = subject.origin;
    }
    throw;
  }
}

Value Evaluator::test(const ExpressionNode& node, Missing missing) {
  const TestSpec& spec = *node.test;
  const Missing of_subject = spec.accepts_missing ? Missing::condition : missing;
  const Operand subject = [&] {
    const Tolerance tolerance(m_tolerant, spec.accepts_missing);
    return Operand(*this, node.child(0), of_subject);
  }();
  if (subject->is_undefined() && !spec.accepts_missing) {
    if (missing != Missing::refuse) return false;
    fail_missing(*subject, m_context);
  }
  std::vector<Value> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i)
    arguments.push_back(value(node.child(i), missing));
  for (const Value& argument : arguments) {
    if (!argument.is_undefined() || spec.accepts_missing) continue;
    if (missing != Missing::refuse) return false;
    fail_missing(argument, m_context);
  }
  return spec.function(*subject, arguments, m_context);
}

LoopFrame* Evaluator::loop_of(const ExpressionNode& node) {
  if (is_loop(node)) return m_state.loop();
  const Operand value(*this, node, Missing::condition);
  return loop_of_value(*value, m_state);
}

Value Evaluator::call(const ExpressionNode& node) {
  const ExpressionNode& object_node = node.child(0).child(0);
  if (node.text == "items") {
    const Operand object(*this, object_node, Missing::refuse);
    if (object->is_undefined()) {
      if (is_nothing(*object)) return List{};
      return *object;
    }
    if (object->kind() != ValueKind::object)
      fail_operand("items()", "a group of values", *object, object_node, *this);
    note_group(object_node, *object);
    List items;
    for (const auto& [name, member] : object->as_object())
      items.push_back(List{Value(name), member});
    return items;
  }
  LoopFrame* frame = loop_of(object_node);
  if (frame == nullptr) return undefined(canonical_text(node.child(0)));
  if (node.text == "cycle") {
    const std::size_t choices = node.children.size() - 1;
    return value(node.child(1 + (frame->passes - 1) % choices));
  }
  List values;
  for (std::size_t i = 1; i < node.children.size(); ++i)
    values.push_back(value(node.child(i), Missing::condition));
  Value now(std::move(values));
  if (frame->last_changed && groups_decide(*frame->last_changed, now)) m_state.note_open("");
  if (frame->last_changed && values_equal(*frame->last_changed, now)) return false;
  frame->last_changed = std::move(now);
  return true;
}

} // namespace engross::templating
