// SPDX-License-Identifier: MPL-2.0
#include "templating/constants.hpp"

#include "templating/evaluator.hpp"
#include "templating/functions.hpp"

#include <algorithm>

/// What can be said of an expression without data.
namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;

/// Whether nothing in it depends on data, on a loop or on the choice of paragraphs.
bool is_closed(const ExpressionNode& node) {
  if (node.kind == Kind::name || node.kind == Kind::call) return false;
  if (node.kind == Kind::test && node.test->name == "chosen") return false;
  return std::all_of(node.children.begin(), node.children.end(),
                     [](const NodePointer& child) { return !child || is_closed(*child); });
}

/// Whether the locale of the firm decides what is right: forms of numbers in words.
bool depends_on_locale(const ExpressionNode& node) {
  if (node.kind == Kind::filter && node.children.size() > 1 &&
      (node.text == "words" || node.text == "ordinal" || node.text == "money"))
    return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [](const NodePointer& child) { return child && depends_on_locale(*child); });
}

} // namespace

std::optional<bool> constant_truth(const ExpressionNode& node) {
  if (node.kind == Kind::not_) {
    const auto inner = constant_truth(node.child(0));
    return inner ? std::optional<bool>(!*inner) : std::nullopt;
  }
  if (node.kind == Kind::and_ || node.kind == Kind::or_) {
    const bool decides = node.kind == Kind::or_;
    const auto left = constant_truth(node.child(0));
    const auto right = constant_truth(node.child(1));
    if (left == decides || right == decides) return decides;
    return left && right ? std::optional<bool>(!decides) : std::nullopt;
  }
  if (!is_closed(node)) return std::nullopt;
  try {
    Context nothing(Value(deal::Object()), {});
    return guarded(node, [&] { return Evaluator(nothing).truth(node); });
  } catch (const EvaluationError&) {
    return std::nullopt; // constant_fault names it
  }
}

std::string opposite(const ExpressionNode& node) {
  if (node.kind == Kind::not_) return canonical_text(node.child(0));
  return "not " + canonical_text(node);
}

const ExpressionNode* idle_alternative(const ExpressionNode& node) {
  if (node.kind == Kind::or_)
    for (const std::size_t i : {0U, 1U})
      if (constant_truth(node.child(i)) == true && !is_closed(node.child(1 - i)))
        return &node.child(i);
  if (node.kind != Kind::or_ && node.kind != Kind::and_ && node.kind != Kind::not_) return nullptr;
  for (const NodePointer& child : node.children)
    if (const ExpressionNode* found = idle_alternative(*child)) return found;
  return nullptr;
}

std::optional<TagError> constant_fault(const ExpressionNode& node) {
  if (node.kind == Kind::literal) return std::nullopt;
  if (is_closed(node) && !depends_on_locale(node)) {
    try {
      Context nothing(Value(deal::Object()), {});
      guarded(node, [&] { return Evaluator(nothing).value(node, Missing::condition); });
      return std::nullopt;
    } catch (const EvaluationError& error) {
      if (error.code == Code::missing_value) return std::nullopt;
      return TagError{error.code, error.arguments, 0};
    }
  }
  for (const NodePointer& child : node.children)
    if (child)
      if (auto fault = constant_fault(*child)) return fault;
  return std::nullopt;
}

std::optional<TagError> constant_use_fault(const ExpressionNode& node, bool as_list) {
  if (!is_closed(node) || depends_on_locale(node)) return std::nullopt;
  try {
    Context nothing(Value(deal::Object()), {});
    const Value value = guarded(node, [&] { return Evaluator(nothing).value(node); });
    if (value.is_undefined()) {
      const std::string& path = value.as_undefined().path;
      if (path.empty()) return std::nullopt;
      return TagError{Code::missing_value, {path, ""}, 0};
    }
    if (!as_list || value.kind() == Value::Kind::list || value.kind() == Value::Kind::object)
      return std::nullopt;
    return TagError{
        Code::not_a_list, {canonical_text(node), std::string(deal::kind_name(value.kind()))}, 0};
  } catch (const EvaluationError& error) {
    if (error.code != Code::missing_value) return std::nullopt; // constant_fault names it
    return TagError{error.code, error.arguments, 0};
  }
}

} // namespace engross::templating
