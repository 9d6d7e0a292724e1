// SPDX-License-Identifier: MPL-2.0
#include "deal/merge.hpp"

#include "deal/json_reader.hpp"
#include "deal/path.hpp"
#include "deal/text.hpp"

namespace engross::deal {

namespace {

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0 || text[i] == '\0') return false;
    i += length;
  }
  return true;
}

class Assigner {
 public:
  Assigner(const Assignment& assignment, std::vector<Step> steps, Value value, Findings& findings)
      : m_assignment(assignment), m_steps(std::move(steps)), m_value(std::move(value)),
        m_findings(findings) {}

  /// `current` with the value put in place from step `n` on; nothing, and a finding, if impossible.
  std::optional<Value> put(const Value* current, std::size_t n, const std::string& path) {
    if (n == m_steps.size()) return m_value;
    const Step& step = m_steps[n];
    const bool missing = current == nullptr || current->kind() == Value::Kind::none;
    const Value::Kind needed = step.index ? Value::Kind::list : Value::Kind::object;
    if (!missing && current->kind() != needed) {
      m_findings.push_back(
          make_finding(Code::set_inside_value, place_of({}, 0, path),
                       {m_assignment.path, path.empty() ? "the deal" : "“" + path + "”",
                        std::string(kind_name(current->kind()))}));
      return std::nullopt;
    }
    if (step.index) return put_entry(missing ? List() : current->as_list(), n, path, current);
    Object object = missing ? Object() : current->as_object();
    std::optional<Value> inner = put(object.find(step.name), n + 1, join_path(path, step.name));
    if (!inner) return std::nullopt;
    object.set(step.name, *std::move(inner));
    return like(current, Value(std::move(object)));
  }

 private:
  std::optional<Value> put_entry(List list, std::size_t n, const std::string& path,
                                 const Value* current) {
    const auto size = static_cast<long>(list.size());
    const long asked = *m_steps[n].index;
    const long index = asked < 0 ? asked + size : asked;
    const std::string entry = "[" + std::to_string(asked) + "]";
    if (index < 0 || index > size || (asked < 0 && size == 0)) {
      m_findings.push_back(
          make_finding(Code::set_entry, place_of({}, 0, path),
                       {entry, "“" + path + "” has " +
                                   (size == 0   ? "none"
                                    : size == 1 ? "one entry"
                                                : std::to_string(size) + " entries")}));
      return std::nullopt;
    }
    const auto at = static_cast<std::size_t>(index);
    std::optional<Value> inner = put(at < list.size() ? &list[at] : nullptr, n + 1,
                                     join_path(path, "[" + std::to_string(index) + "]"));
    if (!inner) return std::nullopt;
    if (at < list.size())
      list[at] = *std::move(inner);
    else
      list.push_back(*std::move(inner));
    return like(current, Value(std::move(list)));
  }

  static Value like(const Value* current, Value value) {
    if (current != nullptr) value.origin = current->origin;
    return value;
  }

  const Assignment& m_assignment;
  std::vector<Step> m_steps;
  Value m_value;
  Findings& m_findings;
};

} // namespace

Value merge(const Value& under, const Value& over) {
  if (under.kind() != Value::Kind::object || over.kind() != Value::Kind::object) return over;
  Object merged = under.as_object();
  for (const auto& [name, value] : over.as_object()) {
    const Value* const below = merged.find(name);
    merged.set(name, below == nullptr ? value : merge(*below, value));
  }
  Value result(std::move(merged));
  result.origin = under.origin;
  return result;
}

void assign(Value& root, const Assignment& assignment, const Limits& limits, Findings& findings) {
  std::string why;
  std::optional<std::vector<Step>> steps = parse_path(assignment.path, why);
  if (!steps) {
    findings.push_back(make_finding(Code::set_path, Place{}, {assignment.path, why}));
    return;
  }
  if (!is_utf8(assignment.path) || !is_utf8(assignment.value)) {
    // What is not UTF-8 cannot be shown.
    const std::string path = is_utf8(assignment.path) ? assignment.path : "--set";
    findings.push_back(make_finding(Code::set_text, place_of({}, 0, path), {path}));
    return;
  }
  const int depth = limits.depth - static_cast<int>(steps->size());
  Findings found;
  std::optional<Value> value = read_json_value(assignment.value, depth, found);
  if (!value && assignment.value.starts_with('{')) {
    findings.push_back(make_finding(Code::set_like_json, place_of({}, 0, assignment.path),
                                    {assignment.path, found.front().message}));
    return;
  }
  if (!value) {
    value = Value(assignment.value);
  } else if (!found.empty()) {
    for (Finding& finding : found) finding.place.data_path = assignment.path;
    append(findings, std::move(found));
    return;
  }
  Assigner assigner(assignment, *std::move(steps), *std::move(value), findings);
  if (std::optional<Value> changed = assigner.put(&root, 0, "")) root = *std::move(changed);
}

} // namespace engross::deal
