// SPDX-License-Identifier: MPL-2.0
#include "templating/evaluator.hpp"
#include "templating/values.hpp"

/// The ways into the evaluator.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

} // namespace

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
    if (found->as_string().empty())
      guarded(node, [&] { return evaluator.refuse_gap(node, *found), true; });
    out += found->as_string();
    return;
  case ValueKind::undefined:
    if (found->as_undefined().path.empty()) return;
    try {
      fail_missing(*found, context);
    } catch (EvaluationError& error) {
      if (std::string path = evaluator.data_path(node);
          !path.empty() && error.code == Code::missing_value)
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
