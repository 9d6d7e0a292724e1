// SPDX-License-Identifier: MPL-2.0
#include "templating/context.hpp"

#include "templating/evaluator.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

/// No JSON or XML text gives such a name by accident.
constexpr std::string_view k_loop_number = "\x01loop";

} // namespace

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
  object.set(std::string(k_loop_number), integer(number));
  return object;
}

Value loop_handle(std::size_t number) {
  deal::Object object;
  object.set(std::string(k_loop_number), Value::integer(static_cast<std::int64_t>(number)));
  return object;
}

LoopFrame* loop_of_value(const Value& value, Context::State& state) {
  const Value* number = value.member(k_loop_number);
  if (number == nullptr || number->kind() != Value::Kind::number) return nullptr;
  const std::optional<std::int64_t> i = to_int64(number->as_number());
  if (!i || *i < 0 || *i >= static_cast<std::int64_t>(state.loops.size())) return nullptr;
  LoopFrame& frame = state.loops[static_cast<std::size_t>(*i)];
  return frame.in_pass() ? &frame : nullptr;
}

const Value* Context::State::find(std::string_view name) const {
  const Section& section = sections.back();
  for (std::size_t i = variables.size(); i > section.first_variable; --i)
    if (variables[i - 1].name == name) return variables[i - 1].value;
  if (const Value* parameter = section.parameters.member(name)) return parameter;
  return data.member(name);
}

bool Context::State::is_variable(std::string_view name) const {
  const Section& section = sections.back();
  for (std::size_t i = variables.size(); i > section.first_variable; --i)
    if (variables[i - 1].name == name) return true;
  return section.parameters.member(name) != nullptr;
}

void Context::State::note_open(std::string_view path) const {
  if (open == nullptr) return;
  // Before the first and behind the last item there is none, whatever the deal says.
  if (path.starts_with("loop.") && loop() != nullptr) return;
  open->any = true;
  // The longest path says most: a.b.c rather than a.
  if (open->path.empty() || path.starts_with(open->path + ".")) open->path = path;
}

const LoopFrame* Context::State::loop() const {
  for (std::size_t i = loops.size(); i > sections.back().first_loop; --i)
    if (loops[i - 1].in_pass()) return &loops[i - 1];
  return nullptr;
}

LoopFrame* Context::State::loop() {
  return const_cast<LoopFrame*>(static_cast<const State*>(this)->loop());
}

namespace {

/// As many parts as the tag names.
void check_parts(const Tag& tag, const Value& item) {
  const bool is_list = item.kind() == Value::Kind::list;
  const std::size_t parts = is_list ? item.as_list().size() : 1;
  if (is_list && parts == tag.targets.size()) return;
  fail(Code::cannot_unpack,
       {tag.expression.canonical(), std::to_string(parts), std::to_string(tag.targets.size())});
}

/// The item must have passed check_parts where the tag has several targets.
void bind_targets(Context::State& state, const Tag& tag, const Value& item) {
  const auto bind = [&](const std::string& name, const Value& value) {
    Variable variable;
    variable.name = name;
    variable.value = &value;
    state.variables.push_back(std::move(variable));
  };
  if (tag.targets.size() == 1) return bind(tag.targets.front(), item);
  for (std::size_t i = 0; i < tag.targets.size(); ++i) bind(tag.targets[i], item.as_list()[i]);
}

std::shared_ptr<const List> loop_items(const Tag& tag, Context& context, bool& over_names) {
  Evaluator evaluator(context);
  const ExpressionNode& node = tag.expression.root();
  const Value value = evaluate(tag.expression, context);
  switch (value.kind()) {
  case Value::Kind::list:
    return value.share_list();
  case Value::Kind::object: {
    over_names = true;
    evaluator.note_group(node, value);
    auto names = std::make_shared<List>();
    for (const auto& [name, member] : value.as_object()) names->emplace_back(name);
    return names;
  }
  case Value::Kind::undefined:
    if (value.as_undefined().path.empty()) return std::make_shared<const List>();
    fail_missing(value, context);
  default:
    break;
  }
  EvaluationError error;
  error.code = Code::not_a_list;
  error.arguments = {tag.expression.canonical(), std::string(deal::kind_name(value.kind()))};
  error.data_path = evaluator.data_path(node);
  error.origin = value.origin;
  throw error;
}

} // namespace

Context::Context(Value data, Settings settings) : m_state(std::make_unique<State>()) {
  m_state->data = std::move(data);
  m_state->settings = std::move(settings);
  m_state->sections.emplace_back();
}

Context::~Context() = default;

const Settings& Context::settings() const { return m_state->settings; }

Value Context::lookup(std::string_view name) const {
  if (name == "loop")
    if (const LoopFrame* frame = m_state->loop())
      return loop_snapshot(*frame, static_cast<std::size_t>(frame - m_state->loops.data()));
  if (name == "voice" && !m_state->is_variable(name)) return voice_of(*m_state);
  if (const Value* found = m_state->find(name)) return *found;
  return deal::Undefined{std::string(name)};
}

void Context::set(const std::string& name, Value value) {
  State& state = *m_state;
  std::size_t first = state.sections.back().first_variable;
  if (state.loops.size() > state.sections.back().first_loop)
    first = state.loops.back().first_variable;
  for (std::size_t i = state.variables.size(); i > first; --i) {
    Variable& variable = state.variables[i - 1];
    if (variable.name != name) continue;
    variable.own_value = std::make_unique<Value>(std::move(value));
    variable.value = variable.own_value.get();
    return;
  }
  Variable variable;
  variable.own_name = std::make_unique<std::string>(name);
  variable.name = *variable.own_name;
  variable.own_value = std::make_unique<Value>(std::move(value));
  variable.value = variable.own_value.get();
  state.variables.push_back(std::move(variable));
}

void Context::assign(const Tag& tag) {
  const Value value = evaluate(tag.expression, *this);
  if (tag.targets.size() == 1) return set(tag.targets.front(), value);
  check_parts(tag, value);
  for (std::size_t i = 0; i < tag.targets.size(); ++i) set(tag.targets[i], value.as_list()[i]);
}

void Context::begin_section(Value parameters) {
  m_state->sections.push_back(
      {std::move(parameters), m_state->variables.size(), m_state->loops.size()});
}

void Context::end_section() {
  const Section& section = m_state->sections.back();
  m_state->variables.resize(section.first_variable);
  m_state->loops.resize(section.first_loop);
  m_state->sections.pop_back();
}

bool Context::in_section() const { return m_state->sections.size() > 1; }

void Context::watch(Open* open) { m_state->open = open; }
void Context::note_open(std::string_view path) const { m_state->note_open(path); }

bool Context::begin_loop(const Tag& tag) {
  State& state = *m_state;
  LoopFrame frame;
  frame.tag = &tag;
  frame.first_variable = state.variables.size();
  frame.items = loop_items(tag, *this, frame.over_names);
  // All entries are checked before the first pass, so that next() cannot fail.
  if (tag.targets.size() > 1)
    for (const Value& item : *frame.items) check_parts(tag, item);
  if (tag.filter) {
    frame.filtered = true;
    try {
      for (std::size_t i = 0; i < frame.items->size(); ++i) {
        bind_targets(state, tag, frame.items->at(i));
        if (evaluate_condition(tag.filter, *this))
          frame.kept.push_back(static_cast<std::uint32_t>(i));
        state.variables.resize(frame.first_variable);
      }
    } catch (...) {
      state.variables.resize(frame.first_variable);
      throw;
    }
  }
  frame.count = frame.filtered ? frame.kept.size() : frame.items->size();
  state.loops.push_back(std::move(frame));
  return state.loops.back().count > 0;
}

bool Context::next() {
  LoopFrame& frame = m_state->loops.back();
  m_state->variables.resize(frame.first_variable);
  if (frame.passes >= frame.count) {
    frame.passes = frame.count + 1;
    return false;
  }
  ++frame.passes;
  bind_targets(*m_state, *frame.tag, frame.item(frame.passes - 1));
  return true;
}

void Context::end_loop() {
  m_state->variables.resize(m_state->loops.back().first_variable);
  m_state->loops.pop_back();
}

} // namespace engross::templating
