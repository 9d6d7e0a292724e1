// SPDX-License-Identifier: MPL-2.0
#include "templating/evaluator.hpp"

#include "templating/decimal.hpp"
#include "templating/functions.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;
using ValueKind = Value::Kind;

Value undefined(std::string path) { return deal::Undefined{std::move(path)}; }

bool is_nothing(const Value& value) {
  return value.is_undefined() && value.as_undefined().path.empty();
}

std::string index_path(const std::string& parent, const Value& key) {
  if (key.kind() == ValueKind::number) return parent + "[" + key.as_number().text + "]";
  if (key.kind() == ValueKind::string) return parent + "." + key.as_string();
  return parent + "[…]";
}

/// Python's index: from the end where negative; no value outside.
std::optional<std::size_t> position_in(const Value& key, std::size_t size) {
  const std::optional<Number> number = as_number(key);
  if (!number || !number->is_integer()) return std::nullopt;
  std::optional<std::int64_t> i = to_int64(*number);
  if (!i) return std::nullopt;
  if (*i < 0) *i += static_cast<std::int64_t>(size);
  if (*i < 0 || *i >= static_cast<std::int64_t>(size)) return std::nullopt;
  return static_cast<std::size_t>(*i);
}

/// The name under which an object holds a key: 1 and "1" are the same.
std::optional<std::string> key_name(const Value& key) {
  switch (key.kind()) {
  case ValueKind::string:
    return key.as_string();
  case ValueKind::number:
    return plain_text(key.as_number());
  case ValueKind::boolean:
    return key.as_bool() ? "True" : "False";
  default:
    return std::nullopt;
  }
}

const Value* find_item(const Value& container, const Value& key) {
  if (container.kind() == ValueKind::list) {
    const List& list = container.as_list();
    const std::optional<std::size_t> i = position_in(key, list.size());
    return i ? &list[*i] : nullptr;
  }
  if (container.kind() == ValueKind::object) {
    if (key.kind() == ValueKind::string) return container.as_object().find(key.as_string());
    const std::optional<std::string> name = key_name(key);
    return name ? container.as_object().find(*name) : nullptr;
  }
  return nullptr;
}

bool is_voice(const ExpressionNode& node, const Context::State& state) {
  return node.kind == Kind::name && node.text == "voice" && !state.is_variable("voice");
}

bool is_loop(const ExpressionNode& node) { return node.kind == Kind::name && node.text == "loop"; }

/// As the author would write it, cut to a readable length.
std::string described(const ExpressionNode& node) {
  std::string text = canonical_text(node);
  if (count_code_points(text) > 60) text = std::string(code_point_range(text, 0, 57)) + "…";
  return text;
}

std::string_view operator_name(Operator op) {
  switch (op) {
  case Operator::add:
    return "+";
  case Operator::subtract:
    return "-";
  case Operator::multiply:
    return "*";
  case Operator::divide:
    return "/";
  case Operator::floor_divide:
    return "//";
  case Operator::modulo:
    return "%";
  case Operator::equal:
    return "==";
  case Operator::not_equal:
    return "!=";
  case Operator::less:
    return "<";
  case Operator::less_equal:
    return "<=";
  case Operator::greater:
    return ">";
  case Operator::greater_equal:
    return ">=";
  case Operator::in:
    return "in";
  case Operator::not_in:
    return "not in";
  }
  return "";
}

// The names along a path as text: "a.b[2].c" gives a, b, 2, c.
struct Step {
  std::string_view name;
  bool index = false;
};

std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> steps;
  while (!path.empty()) {
    const bool index = path[0] == '[';
    if (index || path[0] == '.') path.remove_prefix(1);
    const std::size_t end = std::min(path.find_first_of(index ? "]" : ".["), path.size());
    steps.push_back({path.substr(0, end), index});
    path.remove_prefix(index ? std::min(end + 1, path.size()) : end);
  }
  return steps;
}

std::vector<std::string> member_names(const Value& value) {
  std::vector<std::string> names;
  if (value.kind() == ValueKind::object)
    for (const auto& [name, member] : value.as_object()) names.push_back(name);
  return names;
}

std::vector<std::string> names_in_scope(const Context::State& state) {
  std::vector<std::string> names = member_names(state.data);
  const Section& section = state.sections.back();
  for (const std::string& name : member_names(section.parameters)) names.push_back(name);
  for (std::size_t i = section.first_variable; i < state.variables.size(); ++i)
    names.emplace_back(state.variables[i].name);
  names.emplace_back("voice");
  return names;
}

/// The path of a member of that name anywhere in the data, nearest to the root first.
std::optional<std::string> path_of_member(const Value& data, std::string_view name) {
  std::deque<std::pair<const Value*, std::string>> queue{{&data, ""}};
  for (std::size_t seen = 0; !queue.empty() && seen < 2000; ++seen) {
    const auto [value, path] = queue.front();
    queue.pop_front();
    if (value->kind() != ValueKind::object) continue;
    for (const auto& [member, child] : value->as_object()) {
      std::string child_path = path.empty() ? member : path + "." + member;
      if (member == name) return child_path;
      queue.emplace_back(&child, std::move(child_path));
    }
  }
  return std::nullopt;
}

/// Names of one or two letters are all alike.
std::optional<std::string> similar(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  if (name.size() < 3) return std::nullopt;
  return closest_name(name, candidates);
}

/// What the author may have meant, as a whole path; empty: no idea.
std::string suggestion(std::string_view path, const Context& context) {
  const Context::State& state = context.state();
  const std::vector<Step> steps = steps_of(path);
  if (steps.empty()) return {};
  const auto rest_behind = [&](std::size_t i) {
    const Step& step = steps[i];
    const auto end = static_cast<std::size_t>(step.name.data() - path.data()) + step.name.size();
    return std::string(path.substr(end));
  };
  if (steps[0].name == "voice" && steps.size() > 1) {
    const auto closest = similar(steps[1].name, voice_forms());
    return closest ? "voice." + *closest : std::string{};
  }
  Value current = context.lookup(steps[0].name);
  if (current.is_undefined()) {
    if (const auto closest = similar(steps[0].name, names_in_scope(state)))
      return *closest + rest_behind(0);
    if (steps.back().name.size() < 3) return {};
    return path_of_member(state.data, steps.back().name).value_or(std::string{});
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const Value* next = nullptr;
    std::size_t index = 0;
    if (steps[i].index && current.kind() == ValueKind::list) {
      const std::string_view digits = steps[i].name;
      std::from_chars(digits.data(), digits.data() + digits.size(), index);
      if (index < current.as_list().size()) next = &current.as_list()[index];
    } else {
      next = current.member(steps[i].name);
    }
    if (next == nullptr) {
      const auto closest = similar(steps[i].name, member_names(current));
      if (!closest) return {};
      const auto begin = static_cast<std::size_t>(steps[i].name.data() - path.data());
      return std::string(path.substr(0, begin)) + *closest + rest_behind(i);
    }
    Value copy = *next;
    current = std::move(copy);
  }
  return {};
}

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

void fail_missing(const Value& value, const Context& context) {
  const std::string& path = value.as_undefined().path;
  // party.name in a loop over a group's names: the group was meant to be a list.
  const std::vector<Step> steps = steps_of(path);
  const Context::State& state = context.state();
  for (std::size_t i = state.loops.size(); steps.size() > 1 && i > 0; --i) {
    const LoopFrame& frame = state.loops[i - 1];
    if (frame.over_names && frame.in_pass() && frame.tag->targets.front() == steps[0].name)
      fail(Code::not_a_list,
           {frame.tag->expression.canonical(), std::string(deal::kind_name(Value::Kind::object))});
  }
  const std::string closest = suggestion(path, context);
  EvaluationError error;
  error.code = Code::missing_value;
  error.arguments = {path, closest.empty() ? "" : "Did you mean " + closest + "? "};
  error.data_path = path;
  throw error;
}

std::optional<Number> as_number(const Value& value) {
  if (value.kind() == ValueKind::number) return value.as_number();
  if (value.kind() == ValueKind::boolean) return Number(std::int64_t{value.as_bool() ? 1 : 0});
  return std::nullopt;
}

bool is_true(const Value& value) {
  switch (value.kind()) {
  case ValueKind::undefined:
  case ValueKind::none:
    return false;
  case ValueKind::boolean:
    return value.as_bool();
  case ValueKind::number:
    return !is_zero(value.as_number());
  case ValueKind::string:
    return !value.as_string().empty();
  case ValueKind::list:
    return !value.as_list().empty();
  case ValueKind::object:
    return !value.as_object().empty();
  }
  return false;
}

bool values_equal(const Value& a, const Value& b) {
  if (const auto x = as_number(a)) {
    const auto y = as_number(b);
    return y && compare(*x, *y) == 0;
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
  case ValueKind::string:
    return a.as_string() == b.as_string();
  case ValueKind::list:
    return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(),
                      b.as_list().end(), values_equal);
  case ValueKind::object: {
    if (a.as_object().size() != b.as_object().size()) return false;
    for (const auto& [name, member] : a.as_object()) {
      const Value* other = b.as_object().find(name);
      if (other == nullptr || !values_equal(member, *other)) return false;
    }
    return true;
  }
  default:
    return true;
  }
}

std::optional<std::strong_ordering> order_values(const Value& a, const Value& b) {
  if (const auto x = as_number(a)) {
    const auto y = as_number(b);
    if (!y) return std::nullopt;
    return compare(*x, *y);
  }
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == ValueKind::string) return a.as_string().compare(b.as_string()) <=> 0;
  if (a.kind() != ValueKind::list) return std::nullopt;
  const List& x = a.as_list();
  const List& y = b.as_list();
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
    if (!values_equal(x[i], y[i])) return order_values(x[i], y[i]);
  return x.size() <=> y.size();
}

std::optional<bool> contains(const Value& container, const Value& value) {
  switch (container.kind()) {
  case ValueKind::undefined:
    return false;
  case ValueKind::list:
    return std::any_of(container.as_list().begin(), container.as_list().end(),
                       [&](const Value& item) { return values_equal(item, value); });
  case ValueKind::object: {
    if (value.kind() == ValueKind::list || value.kind() == ValueKind::object) return std::nullopt;
    const std::optional<std::string> name = key_name(value);
    return name && container.as_object().contains(*name);
  }
  case ValueKind::string:
    if (value.kind() != ValueKind::string) return std::nullopt;
    return container.as_string().find(value.as_string()) != std::string::npos;
  default:
    return std::nullopt;
  }
}

Value attribute_of(const Value& value, const Value& path, std::string_view subject) {
  if (path.kind() == ValueKind::number) {
    const Value* item = find_item(value, path);
    return item != nullptr ? *item : undefined(index_path(std::string(subject), path));
  }
  if (path.kind() != ValueKind::string) return undefined(std::string(subject));
  const Value* current = &value;
  std::string_view rest = path.as_string();
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string_view step = rest.substr(0, dot);
    const bool digits = !step.empty() && step.find_first_not_of("0123456789") == std::string::npos;
    current = digits && current->kind() == ValueKind::list
                  ? find_item(*current, Value(Number(std::string(step))))
                  : current->member(step);
    if (current == nullptr) return undefined(std::string(subject) + "." + path.as_string());
    if (dot == std::string_view::npos) return *current;
    rest.remove_prefix(dot + 1);
  }
}

Value loop_snapshot(const LoopFrame& frame, std::size_t number) {
  deal::Object object;
  const auto integer = [](std::size_t n) { return Value::integer(static_cast<std::int64_t>(n)); };
  const std::size_t i = frame.passes - 1;
  object.set("index", integer(i + 1));
  object.set("index0", integer(i));
  object.set("revindex", integer(frame.count - i));
  object.set("revindex0", integer(frame.count - i - 1));
  object.set("first", i == 0);
  object.set("last", i + 1 == frame.count);
  object.set("length", integer(frame.count));
  if (i > 0) object.set("previtem", frame.item(i - 1));
  if (i + 1 < frame.count) object.set("nextitem", frame.item(i + 1));
  object.set("@loop", integer(number));
  return object;
}

namespace {

Value loop_handle(const std::vector<LoopFrame>& loops, const LoopFrame& frame) {
  deal::Object object;
  object.set("@loop", Value::integer(&frame - loops.data()));
  return object;
}

} // namespace

LoopFrame* loop_of_value(const Value& value, Context::State& state) {
  const Value* number = value.member("@loop");
  if (number == nullptr || number->kind() != ValueKind::number) return nullptr;
  const std::optional<std::int64_t> i = to_int64(number->as_number());
  if (!i || *i < 0 || *i >= static_cast<std::int64_t>(state.loops.size())) return nullptr;
  LoopFrame& frame = state.loops[static_cast<std::size_t>(*i)];
  return frame.in_pass() ? &frame : nullptr;
}

const Value* Evaluator::find(const ExpressionNode& node) {
  switch (node.kind) {
  case Kind::literal:
    return &node.value;
  case Kind::name:
    if (node.text == "loop" && m_state.loop() != nullptr) return nullptr;
    if (is_voice(node, m_state)) return nullptr;
    return m_state.find(node.text);
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
  if (const Value* found = find(node)) return is_true(*found);
  return is_true(value(node, missing));
}

Value Evaluator::value(const ExpressionNode& node, Missing missing) {
  const Missing asked = missing == Missing::refuse ? Missing::condition : missing;
  switch (node.kind) {
  case Kind::literal:
    return node.value;
  case Kind::name:
    return name(node);
  case Kind::attribute:
    return attribute(node);
  case Kind::index:
    return index(node);
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
    return is_true(left) ? value(node.child(1), missing) : left;
  }
  case Kind::or_: {
    Value left = value(node.child(0), asked);
    return is_true(left) ? left : value(node.child(1), missing);
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
    return undefined(object->as_undefined().path + "." + node.text);
  }
  if (const Value* member = object->member(node.text)) return *member;
  return undefined(canonical_text(node));
}

Value Evaluator::index(const ExpressionNode& node) {
  const Operand container(*this, node.child(0), Missing::condition);
  const Operand key(*this, node.child(1), Missing::condition);
  if (container->is_undefined())
    return undefined(is_nothing(*container) ? canonical_text(node)
                                            : index_path(container->as_undefined().path, *key));
  if (key->is_undefined()) return *key;
  if (const Value* item = find_item(*container, *key)) return *item;
  if (container->kind() == ValueKind::string) {
    const std::string& text = container->as_string();
    if (const auto i = position_in(*key, count_code_points(text)))
      return std::string(code_point_range(text, *i, *i + 1));
  }
  return undefined(index_path(canonical_text(node.child(0)), *key));
}

namespace {

/// Python's slice: the positions that it takes, in order.
std::vector<std::size_t> slice_positions(std::optional<std::int64_t> start,
                                         std::optional<std::int64_t> stop, std::int64_t step,
                                         std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const auto clamp = [&](std::int64_t i) {
    if (i < 0) i += length;
    if (step > 0) return std::clamp<std::int64_t>(i, 0, length);
    return std::clamp<std::int64_t>(i, -1, length - 1);
  };
  std::int64_t i = start ? clamp(*start) : step > 0 ? 0 : length - 1;
  const std::int64_t end = stop ? clamp(*stop) : step > 0 ? length : -1;
  std::vector<std::size_t> positions;
  while (step > 0 ? i < end : i > end) {
    positions.push_back(static_cast<std::size_t>(i));
    // A step beyond the end would overflow before it ends.
    if (step > 0 ? step >= end - i : step <= end - i) break;
    i += step;
  }
  return positions;
}

} // namespace

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
  if (!a) fail_operand(operator_name(op), "a number", *left, node.child(0), *this);
  if (!b) fail_operand(operator_name(op), "a number", *right, node.child(1), *this);
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
      holds = values_equal(left, right);
      break;
    case Operator::not_equal:
      holds = !values_equal(left, right);
      break;
    case Operator::in:
    case Operator::not_in: {
      const std::optional<bool> found = contains(right, left);
      if (!found && right.kind() == ValueKind::string && left.is_undefined() &&
          missing != Missing::refuse)
        return false;
      if (!found)
        fail_operand(operator_name(op), "a list or text that holds text", right, right_node, *this);
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
        fail_operand(operator_name(op), "two values of one kind", right, right_node, *this);
      holds = (op == Operator::less && *order < 0) || (op == Operator::less_equal && *order <= 0) ||
              (op == Operator::greater && *order > 0) ||
              (op == Operator::greater_equal && *order >= 0);
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
    const Value handle = loop_handle(m_state.loops, *m_state.loop());
    return apply(node, handle, missing);
  }
  const Operand subject(*this, subject_node, of_subject);
  if (subject->is_undefined() && !spec.accepts_missing && !is_nothing(*subject)) {
    if (missing != Missing::refuse) return *subject;
    fail_missing(*subject, m_context);
  }
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
  const Operand subject(*this, node.child(0), of_subject);
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
  if (frame->last_changed && values_equal(*frame->last_changed, now)) return false;
  frame->last_changed = std::move(now);
  return true;
}

Value evaluate(const Expression& expression, Context& context) {
  Evaluator evaluator(context);
  const ExpressionNode& node = expression.root();
  return guarded(node, [&]() -> Value {
    if (const Value* found = evaluator.find(node)) return *found;
    return evaluator.value(node);
  });
}

bool evaluate_condition(const Expression& expression, Context& context) {
  const ExpressionNode& node = expression.root();
  return guarded(node, [&] { return Evaluator(context).truth(node); });
}

bool evaluate_when(const Expression& expression, Context& context) {
  const ExpressionNode& node = expression.root();
  return guarded(node, [&] { return Evaluator(context).truth(node, Missing::ignore); });
}

std::string to_text(const Value& value) {
  switch (value.kind()) {
  case ValueKind::string:
    return value.as_string();
  case ValueKind::number:
    try {
      return plain_text(value.as_number());
    } catch (const NumberTooLarge&) {
      return value.as_number().text;
    }
  case ValueKind::boolean:
    return value.as_bool() ? "True" : "False";
  case ValueKind::undefined:
    if (value.as_undefined().path.empty()) return {};
    break;
  default:
    break;
  }
  EvaluationError error;
  error.origin = value.origin;
  if (value.is_undefined()) {
    error.code = Code::missing_value;
    error.arguments = {value.as_undefined().path, ""};
    error.data_path = value.as_undefined().path;
  } else {
    error.code = Code::not_printable;
    error.arguments = {"The value", std::string(deal::kind_name(value.kind())), ""};
  }
  throw error;
}

void print(const Expression& expression, Context& context, std::string& out) {
  Evaluator evaluator(context);
  const ExpressionNode& node = expression.root();
  Value computed;
  const Value* found = guarded(node, [&] {
    if (const Value* in_place = evaluator.find(node)) return in_place;
    computed = evaluator.value(node);
    return static_cast<const Value*>(&computed);
  });
  switch (found->kind()) {
  case ValueKind::string:
    out += found->as_string();
    return;
  case ValueKind::undefined:
    if (found->as_undefined().path.empty()) return;
    try {
      fail_missing(*found, context);
    } catch (EvaluationError& error) {
      if (std::string path = evaluator.data_path(node); !path.empty())
        error.data_path = std::move(path);
      throw;
    }
  case ValueKind::none:
  case ValueKind::list:
  case ValueKind::object: {
    EvaluationError error;
    error.code = Code::not_printable;
    const std::string what = described(node);
    std::string hint;
    if (found->kind() == ValueKind::list)
      hint = "Loop over it with {% for %}, or write {{ " + what + " | and_list }}.";
    else if (found->kind() == ValueKind::object)
      hint = "Name one of its values, as in {{ " + what + "." +
             (found->as_object().empty() ? "name" : found->as_object().begin()->first) + " }}.";
    else
      hint = "Give it a value in the deal, or ask for it with {% if %}.";
    error.arguments = {what, std::string(deal::kind_name(found->kind())), hint};
    error.data_path = evaluator.data_path(node);
    error.origin = found->origin;
    throw error;
  }
  default:
    out += to_text(*found);
  }
}

} // namespace engross::templating
