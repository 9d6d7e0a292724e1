// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/lexer.hpp"
#include "templating/syntax.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace engross::templating {

/// Recursive descent over Jinja2's grammar. The parse functions throw SyntaxError.
class Parser {
 public:
  struct SyntaxError {
    TagError error;
  };

  struct Arguments {
    std::vector<NodePointer> positional;
    std::vector<std::pair<std::string, NodePointer>> named;
  };

  explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

  const Token& current() const { return m_tokens[m_index]; }
  const Token& look_ahead() const;
  Token take();
  bool at_end() const { return current().kind == Token::Kind::end; }
  bool at_symbol(std::string_view s) const { return current().is_symbol(s); }
  bool at_name(std::string_view s) const { return current().is_name(s); }
  bool skip_symbol(std::string_view s);
  bool skip_name(std::string_view s);
  void expect_symbol(std::string_view s);
  /// A name of the author's own, not a word of the language.
  std::string expect_identifier();

  NodePointer expression(bool with_conditional = true);
  /// One expression, or several with commas as a list; `stop` is a word that ends it.
  NodePointer tuple(bool with_conditional = true, std::string_view stop = {});
  /// A text, a name or a literal, with attributes and indices.
  NodePointer operand();
  /// ( … ) of a call.
  Arguments arguments();
  void expect_end();

  [[noreturn]] void fail_expected(std::string_view expected, std::string_view hint = {}) const;
  [[noreturn]] static void fail(Code code, std::vector<std::string> arguments, std::size_t offset);
  std::string describe_current() const;

 private:
  NodePointer conditional();
  NodePointer disjunction();
  NodePointer conjunction();
  NodePointer negation();
  NodePointer comparison();
  NodePointer sum();
  NodePointer concatenation();
  NodePointer product();
  NodePointer unary(bool with_filter = true);
  NodePointer primary();
  NodePointer parenthesised();
  NodePointer list();
  NodePointer dict();
  NodePointer postfix(NodePointer node);
  NodePointer filters(NodePointer node);
  NodePointer subscript(NodePointer node);
  NodePointer call(NodePointer callee);
  NodePointer filter(NodePointer subject);
  NodePointer test(NodePointer subject);
  void bind(ExpressionNode& node, Arguments arguments, std::size_t offset);
  static NodePointer finish(ExpressionNode node, std::size_t offset);

  std::vector<Token> m_tokens;
  std::size_t m_index = 0;
  int m_depth = 0;
};

} // namespace engross::templating
