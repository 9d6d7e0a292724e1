// SPDX-License-Identifier: MPL-2.0
#include "templating/evaluator.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

/// What to say about a name that leads nowhere.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

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

/// Whether one path is the end of the other: a step too few or too many in front.
bool is_end_of(std::string_view end, std::string_view path) {
  return path.ends_with(end) &&
         (path.size() == end.size() || path[path.size() - end.size() - 1] == '.');
}

/// The path in the data that lacks the first steps of the given one, or has more of them; nearest
/// to the root first. The same name elsewhere in the data is another thing.
std::optional<std::string> path_like(const Value& data, std::string_view wanted) {
  std::deque<std::pair<const Value*, std::string>> queue{{&data, ""}};
  for (std::size_t seen = 0; !queue.empty() && seen < 2000; ++seen) {
    const auto [value, path] = queue.front();
    queue.pop_front();
    if (value->kind() != ValueKind::object) continue;
    for (const auto& [member, child] : value->as_object()) {
      std::string child_path = path;
      if (!path.empty()) child_path += '.';
      child_path += member;
      if (is_end_of(wanted, child_path) || is_end_of(child_path, wanted)) return child_path;
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

/// The entry or member that a step leads to; null where there is none.
const Value* at_step(const Value& value, const Step& step) {
  if (!step.index || value.kind() != ValueKind::list) return value.member(step.name);
  std::size_t index = 0;
  std::from_chars(step.name.data(), step.name.data() + step.name.size(), index);
  return index < value.as_list().size() ? &value.as_list()[index] : nullptr;
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
    return path_like(state.data, path).value_or(std::string{});
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const Value* next = at_step(current, steps[i]);
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

/// Where the group stands in which the last name of a path is missing.
deal::Origin origin_of_group(const std::vector<Step>& steps, const Context& context) {
  if (steps.size() < 2) return {};
  Value current = context.lookup(steps[0].name);
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
    const Value* next = at_step(current, steps[i]);
    if (next == nullptr) break;
    Value copy = *next;
    current = std::move(copy);
  }
  return current.origin;
}

} // namespace

void fail_missing(const Value& value, const Context& context) {
  const std::string& path = value.as_undefined().path;
  // party.name in a loop over a group's names: the group was meant to be a list.
  const std::vector<Step> steps = steps_of(path);
  const Context::State& state = context.state();
  for (std::size_t i = state.loops.size(); steps.size() > 1 && i > 0; --i) {
    const LoopFrame& frame = state.loops[i - 1];
    if (frame.over_names && frame.in_pass() && frame.tag->targets.front() == steps[0].name) {
      EvaluationError error;
      error.code = Code::not_a_list;
      const std::string group = frame.tag->expression.canonical();
      error.arguments = {group, std::string(deal::kind_name(Value::Kind::object))};
      error.data_path = group;
      std::vector<Step> inside = steps_of(group);
      inside.push_back({}); // what would stand in it
      error.origin = origin_of_group(inside, context);
      throw error;
    }
  }
  const std::string closest = suggestion(path, context);
  EvaluationError error;
  error.code = Code::missing_value;
  error.arguments = {path, closest.empty() ? "" : "Did you mean " + closest + "? "};
  error.data_path = path;
  error.origin = origin_of_group(steps, context);
  throw error;
}

} // namespace engross::templating
