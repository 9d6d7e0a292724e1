// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace engross::templating {

class Context;
struct ExpressionNode;

/// One parsed expression: immutable, cheap to copy, shareable between threads.
class Expression {
 public:
  Expression() = default; ///< empty; evaluating it is our bug
  explicit Expression(std::shared_ptr<const ExpressionNode> root) : m_root(std::move(root)) {}

  explicit operator bool() const { return m_root != nullptr; }
  const ExpressionNode& root() const { return *m_root; }
  /// Normal form: two expressions with the same canonical text read the same data the same way
  /// (white space, quotes and redundant parentheses do not count).
  std::string canonical() const;

 private:
  std::shared_ptr<const ExpressionNode> m_root;
};

} // namespace engross::templating
