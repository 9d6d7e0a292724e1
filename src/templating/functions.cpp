// SPDX-License-Identifier: MPL-2.0
#include "templating/functions.hpp"

#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/syntax.hpp"
#include "templating/unicode.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

std::string filter_name(const FilterCall& call) { return "The filter " + call.node().text; }

} // namespace

std::size_t FilterSpec::parameter_count() const {
  const auto end = std::find(parameters.begin(), parameters.end(), std::string_view{});
  return static_cast<std::size_t>(end - parameters.begin());
}

const std::string* literal_text_argument(const ExpressionNode& node, std::size_t parameter) {
  if (node.children.size() < parameter + 2 || !node.children[parameter + 1]) return nullptr;
  const ExpressionNode& argument = node.child(parameter + 1);
  const bool literal =
      argument.kind == ExpressionNode::Kind::literal && argument.value.kind() == ValueKind::string;
  return literal ? &argument.value.as_string() : nullptr;
}

bool FilterCall::given(std::size_t i) const {
  return m_arguments[i] != nullptr && m_arguments[i]->kind() != ValueKind::none;
}

void FilterCall::fail_kind(std::string_view expected, const Value& value,
                           std::string_view what) const {
  EvaluationError error;
  error.code = Code::wrong_kind;
  error.arguments = {filter_name(*this), std::string(expected), std::string(what),
                     std::string(deal::kind_name(value.kind()))};
  error.origin = value.origin;
  throw error;
}

void FilterCall::fail_argument(std::size_t i, std::string_view expected) const {
  fail_kind(expected, *m_arguments[i],
            "its value “" + std::string(m_node.filter->parameters[i]) + "”");
}

std::string FilterCall::text(std::size_t i, std::string_view otherwise) const {
  if (!given(i)) return std::string(otherwise);
  switch (m_arguments[i]->kind()) {
  case ValueKind::string:
  case ValueKind::number:
  case ValueKind::boolean:
    return to_text(*m_arguments[i]);
  default:
    fail_argument(i, "text");
  }
}

bool FilterCall::flag(std::size_t i, bool otherwise) const {
  return m_arguments[i] == nullptr ? otherwise : is_true(*m_arguments[i]);
}

std::int64_t FilterCall::integer(std::size_t i, std::int64_t otherwise) const {
  if (m_arguments[i] == nullptr) return otherwise;
  const auto number = as_number(*m_arguments[i]);
  const auto value = number ? to_int64(*number) : std::nullopt;
  if (!value) fail_argument(i, "a whole number");
  return *value;
}

std::string FilterCall::subject_text() const {
  switch (m_subject.kind()) {
  case ValueKind::string:
    return m_subject.as_string();
  case ValueKind::number:
  case ValueKind::boolean:
    return to_text(m_subject);
  default:
    fail_kind("text", m_subject, canonical_text(m_node.child(0)));
  }
}

deal::Number FilterCall::subject_number() const {
  if (const auto number = as_number(m_subject)) return *number;
  if (m_subject.kind() == ValueKind::string)
    if (auto number = parse_number(m_subject.as_string())) return *number;
  fail_kind("a number", m_subject, canonical_text(m_node.child(0)));
}

const List& FilterCall::subject_list() const {
  if (m_subject.kind() == ValueKind::list) return m_subject.as_list();
  fail(Code::not_a_list,
       {canonical_text(m_node.child(0)), std::string(deal::kind_name(m_subject.kind()))});
}

List FilterCall::subject_items() const {
  List items;
  switch (m_subject.kind()) {
  case ValueKind::list:
    return m_subject.as_list();
  case ValueKind::object:
    for (const auto& [name, member] : m_subject.as_object()) items.emplace_back(name);
    return items;
  case ValueKind::string: {
    const std::string& text = m_subject.as_string();
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t begin = i;
      decode(text, i);
      items.emplace_back(text.substr(begin, i - begin));
    }
    return items;
  }
  default:
    fail(Code::not_a_list,
         {canonical_text(m_node.child(0)), std::string(deal::kind_name(m_subject.kind()))});
  }
}

namespace {

const FilterSpec* find_in(std::span<const FilterSpec> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const FilterSpec& spec) { return spec.name == name; });
  return found == table.end() ? nullptr : &*found;
}

} // namespace

const FilterSpec* find_filter(std::string_view name) {
  for (const auto table : {general_filters(), legal_filters(), number_filters()})
    if (const FilterSpec* found = find_in(table, name)) return found;
  return nullptr;
}

std::vector<std::string> filter_names() {
  std::vector<std::string> names;
  for (const auto table : {general_filters(), legal_filters(), number_filters()})
    for (const FilterSpec& spec : table) names.emplace_back(spec.name);
  return names;
}

const TestSpec* find_test(std::string_view name) {
  const std::span<const TestSpec> table = tests();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const TestSpec& spec) { return spec.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> test_names() {
  std::vector<std::string> names;
  for (const TestSpec& spec : tests()) names.emplace_back(spec.name);
  return names;
}

} // namespace engross::templating
