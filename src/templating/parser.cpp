// SPDX-License-Identifier: MPL-2.0
#include "templating/parser.hpp"

#include "templating/functions.hpp"

#include <algorithm>
#include <array>

namespace engross::templating {

namespace {

constexpr int k_max_depth = 200;

using Kind = ExpressionNode::Kind;

constexpr std::array<std::string_view, 7> k_reserved = {"and", "or", "not", "in",
                                                        "is",  "if", "else"};

bool is_reserved(std::string_view name) {
  return std::find(k_reserved.begin(), k_reserved.end(), name) != k_reserved.end();
}

ExpressionNode make(Kind kind) {
  ExpressionNode node;
  node.kind = kind;
  return node;
}

template <class... Children> ExpressionNode make(Kind kind, Children... children) {
  ExpressionNode node = make(kind);
  (node.children.push_back(std::move(children)), ...);
  return node;
}

ExpressionNode make_literal(deal::Value value) {
  ExpressionNode node = make(Kind::literal);
  node.value = std::move(value);
  return node;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::optional<std::string> closest = closest_name(name, candidates);
  return closest ? "Did you mean " + *closest + "? " : std::string{};
}

/// RAII for the nesting of the recursive descent.
class Nesting {
 public:
  Nesting(int& depth, std::size_t offset) : m_depth(depth) {
    if (++m_depth > k_max_depth) {
      --m_depth;
      Parser::fail(Code::expression_too_deep, {}, offset);
    }
  }
  ~Nesting() { --m_depth; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  int& m_depth;
};

} // namespace

const Token& Parser::look_ahead() const {
  return m_tokens[std::min(m_index + 1, m_tokens.size() - 1)];
}

Token Parser::take() {
  Token token = current();
  if (!at_end()) ++m_index;
  return token;
}

bool Parser::skip_symbol(std::string_view s) {
  if (!at_symbol(s)) return false;
  ++m_index;
  return true;
}

bool Parser::skip_name(std::string_view s) {
  if (!at_name(s)) return false;
  ++m_index;
  return true;
}

void Parser::expect_symbol(std::string_view s) {
  if (!skip_symbol(s)) fail_expected("“" + std::string(s) + "”");
}

std::string Parser::expect_identifier() {
  if (current().kind != Token::Kind::name || is_reserved(current().text)) fail_expected("a name");
  return take().text;
}

void Parser::expect_end() {
  if (!at_end()) fail_expected("the end of the tag");
}

std::string Parser::describe_current() const {
  switch (current().kind) {
  case Token::Kind::string:
    return "the text “" + current().text + "”";
  case Token::Kind::end:
    return "the end of the tag";
  default:
    return "“" + current().text + "”";
  }
}

void Parser::fail_expected(std::string_view expected, std::string_view hint) const {
  if (hint.empty() && current().kind == Token::Kind::symbol && current().text == "=")
    hint = "Two values are compared with ==. ";
  if (hint.empty() && current().kind == Token::Kind::symbol && current().text == "|")
    hint = "A filter has one bar before its name; “or” joins conditions. ";
  fail(Code::unexpected_in_tag, {describe_current(), std::string(expected), std::string(hint)},
       current().begin);
}

void Parser::fail(Code code, std::vector<std::string> arguments, std::size_t offset) {
  throw SyntaxError{TagError{code, std::move(arguments), offset}};
}

NodePointer Parser::finish(ExpressionNode node, std::size_t offset) {
  int deepest = 0;
  for (const NodePointer& child : node.children)
    if (child) deepest = std::max(deepest, child->depth);
  node.depth = deepest + 1;
  if (node.depth > k_max_depth) fail(Code::expression_too_deep, {}, offset);
  return std::make_unique<const ExpressionNode>(std::move(node));
}

NodePointer Parser::expression(bool with_conditional) {
  const Nesting nesting(m_depth, current().begin);
  return with_conditional ? conditional() : disjunction();
}

NodePointer Parser::tuple(bool with_conditional, std::string_view stop) {
  const std::size_t begin = current().begin;
  ExpressionNode items = make(Kind::list);
  bool is_list = false;
  while (true) {
    const bool ends = at_end() || at_symbol(")") || (!stop.empty() && at_name(stop));
    if (ends) break;
    items.children.push_back(expression(with_conditional));
    if (!skip_symbol(",")) break;
    is_list = true;
  }
  if (items.children.empty()) fail_expected("an expression");
  if (!is_list) return std::move(items.children.front());
  return finish(std::move(items), begin);
}

NodePointer Parser::conditional() {
  const std::size_t begin = current().begin;
  NodePointer node = disjunction();
  while (skip_name("if")) {
    NodePointer condition = disjunction();
    NodePointer otherwise;
    if (skip_name("else")) otherwise = expression();
    node =
        finish(make(Kind::conditional, std::move(node), std::move(condition), std::move(otherwise)),
               begin);
  }
  return node;
}

NodePointer Parser::disjunction() {
  const std::size_t begin = current().begin;
  NodePointer node = conjunction();
  while (skip_name("or")) {
    NodePointer right = conjunction();
    node = finish(make(Kind::or_, std::move(node), std::move(right)), begin);
  }
  return node;
}

NodePointer Parser::conjunction() {
  const std::size_t begin = current().begin;
  NodePointer node = negation();
  while (skip_name("and")) {
    NodePointer right = negation();
    node = finish(make(Kind::and_, std::move(node), std::move(right)), begin);
  }
  return node;
}

NodePointer Parser::negation() {
  const std::size_t begin = current().begin;
  if (!skip_name("not")) return comparison();
  const Nesting nesting(m_depth, begin);
  return finish(make(Kind::not_, negation()), begin);
}

NodePointer Parser::comparison() {
  static constexpr std::array<std::pair<std::string_view, Operator>, 6> k_operators = {{
      {"==", Operator::equal},
      {"!=", Operator::not_equal},
      {"<", Operator::less},
      {"<=", Operator::less_equal},
      {">", Operator::greater},
      {">=", Operator::greater_equal},
  }};
  const std::size_t begin = current().begin;
  NodePointer first = sum();
  ExpressionNode node = make(Kind::compare);
  while (true) {
    std::optional<Operator> found;
    for (const auto& [symbol, op] : k_operators)
      if (at_symbol(symbol)) found = op;
    if (found) {
      ++m_index;
    } else if (skip_name("in")) {
      found = Operator::in;
    } else if (at_name("not") && look_ahead().is_name("in")) {
      m_index += 2;
      found = Operator::not_in;
    }
    if (!found) break;
    if (node.children.empty()) node.children.push_back(std::move(first));
    node.operators.push_back(*found);
    node.children.push_back(sum());
  }
  if (node.children.empty()) return first;
  return finish(std::move(node), begin);
}

NodePointer Parser::sum() {
  const std::size_t begin = current().begin;
  NodePointer left = concatenation();
  while (at_symbol("+") || at_symbol("-")) {
    const Operator op = at_symbol("+") ? Operator::add : Operator::subtract;
    ++m_index;
    NodePointer right = concatenation();
    ExpressionNode node = make(Kind::binary, std::move(left), std::move(right));
    node.operators.push_back(op);
    left = finish(std::move(node), begin);
  }
  return left;
}

NodePointer Parser::concatenation() {
  const std::size_t begin = current().begin;
  NodePointer first = product();
  if (!at_symbol("~")) return first;
  ExpressionNode node = make(Kind::concat, std::move(first));
  while (skip_symbol("~")) node.children.push_back(product());
  return finish(std::move(node), begin);
}

NodePointer Parser::product() {
  const std::size_t begin = current().begin;
  NodePointer left = unary();
  while (true) {
    Operator op{};
    if (at_symbol("*"))
      op = Operator::multiply;
    else if (at_symbol("/"))
      op = Operator::divide;
    else if (at_symbol("//"))
      op = Operator::floor_divide;
    else if (at_symbol("%"))
      op = Operator::modulo;
    else
      return left;
    ++m_index;
    NodePointer right = unary();
    ExpressionNode node = make(Kind::binary, std::move(left), std::move(right));
    node.operators.push_back(op);
    left = finish(std::move(node), begin);
  }
}

NodePointer Parser::unary(bool with_filter) {
  const std::size_t begin = current().begin;
  NodePointer node;
  if (at_symbol("-") || at_symbol("+")) {
    const Nesting nesting(m_depth, begin);
    const Kind kind = at_symbol("-") ? Kind::negate : Kind::plus;
    ++m_index;
    node = finish(make(kind, unary(false)), begin);
  } else {
    node = primary();
  }
  node = postfix(std::move(node));
  return with_filter ? filters(std::move(node)) : std::move(node);
}

NodePointer Parser::operand() { return postfix(primary()); }

NodePointer Parser::primary() {
  const Token token = current();
  switch (token.kind) {
  case Token::Kind::name: {
    if (is_reserved(token.text)) fail_expected("a name or a value");
    ++m_index;
    if (token.text == "true" || token.text == "True")
      return finish(make_literal(true), token.begin);
    if (token.text == "false" || token.text == "False")
      return finish(make_literal(false), token.begin);
    if (token.text == "none" || token.text == "None")
      return finish(make_literal(deal::Value{}), token.begin);
    ExpressionNode node = make(Kind::name);
    node.text = token.text;
    return finish(std::move(node), token.begin);
  }
  case Token::Kind::string: {
    std::string text = take().text;
    while (current().kind == Token::Kind::string) text += take().text;
    return finish(make_literal(std::move(text)), token.begin);
  }
  case Token::Kind::integer:
  case Token::Kind::decimal:
    ++m_index;
    return finish(make_literal(deal::Number(token.text)), token.begin);
  case Token::Kind::symbol:
    if (token.text == "(") return parenthesised();
    if (token.text == "[") return list();
    if (token.text == "{") return dict();
    break;
  case Token::Kind::end:
    break;
  }
  fail_expected("a name or a value");
}

NodePointer Parser::parenthesised() {
  const Nesting nesting(m_depth, current().begin);
  const std::size_t begin = take().begin;
  NodePointer node = at_symbol(")") ? finish(make(Kind::list), begin) : tuple();
  expect_symbol(")");
  return node;
}

NodePointer Parser::list() {
  const std::size_t begin = take().begin;
  ExpressionNode node = make(Kind::list);
  while (!at_symbol("]")) {
    if (!node.children.empty()) expect_symbol(",");
    if (at_symbol("]")) break;
    node.children.push_back(expression());
  }
  expect_symbol("]");
  return finish(std::move(node), begin);
}

NodePointer Parser::dict() {
  const std::size_t begin = take().begin;
  ExpressionNode node = make(Kind::dict);
  while (!at_symbol("}")) {
    if (!node.children.empty()) expect_symbol(",");
    if (at_symbol("}")) break;
    node.children.push_back(expression());
    expect_symbol(":");
    node.children.push_back(expression());
  }
  expect_symbol("}");
  return finish(std::move(node), begin);
}

NodePointer Parser::postfix(NodePointer node) {
  while (true) {
    if (at_symbol(".") || at_symbol("["))
      node = subscript(std::move(node));
    else if (at_symbol("("))
      node = call(std::move(node));
    else
      return node;
  }
}

NodePointer Parser::filters(NodePointer node) {
  while (true) {
    if (at_symbol("|"))
      node = filter(std::move(node));
    else if (at_name("is"))
      node = test(std::move(node));
    else if (at_symbol("("))
      node = call(std::move(node));
    else
      return node;
  }
}

NodePointer Parser::subscript(NodePointer object) {
  const Token token = take();
  if (token.is_symbol(".")) {
    if (current().kind == Token::Kind::name) {
      ExpressionNode node = make(Kind::attribute, std::move(object));
      node.text = take().text;
      return finish(std::move(node), token.begin);
    }
    if (current().kind != Token::Kind::integer) fail_expected("a name");
    NodePointer key = finish(make_literal(deal::Number(take().text)), token.begin);
    return finish(make(Kind::index, std::move(object), std::move(key)), token.begin);
  }
  NodePointer parts[3];
  std::size_t part = 0;
  bool is_slice = false;
  while (!at_symbol("]")) {
    if (skip_symbol(":")) {
      is_slice = true;
      if (++part > 2) fail_expected("“]”");
    } else {
      if (parts[part]) fail_expected("“]”");
      parts[part] = expression();
    }
  }
  if (!is_slice && !parts[0]) fail_expected("a number or a name");
  expect_symbol("]");
  if (!is_slice)
    return finish(make(Kind::index, std::move(object), std::move(parts[0])), token.begin);
  return finish(make(Kind::slice, std::move(object), std::move(parts[0]), std::move(parts[1]),
                     std::move(parts[2])),
                token.begin);
}

Parser::Arguments Parser::arguments() {
  Arguments result;
  expect_symbol("(");
  bool comma = false;
  while (!at_symbol(")")) {
    if (comma) expect_symbol(",");
    if (at_symbol(")")) break;
    comma = true;
    if (current().kind == Token::Kind::name && look_ahead().is_symbol("=")) {
      std::string name = take().text;
      ++m_index;
      for (const auto& [known, value] : result.named)
        if (known == name) fail_expected("another option than “" + name + "”");
      NodePointer value = expression();
      result.named.emplace_back(std::move(name), std::move(value));
    } else {
      if (!result.named.empty()) fail_expected("an option of the form name=value");
      result.positional.push_back(expression());
    }
  }
  expect_symbol(")");
  return result;
}

NodePointer Parser::call(NodePointer callee) {
  const std::size_t begin = current().begin;
  Arguments given = arguments();
  if (callee->kind == Kind::name && callee->text == "ref")
    fail(Code::reference_not_alone, {}, begin);
  const bool method = callee->kind == Kind::attribute;
  const std::string name = canonical_text(*callee) + "()";
  if (method && given.named.empty()) {
    const std::string& what = callee->text;
    const bool known = (what == "items" && given.positional.empty()) ||
                       (what == "cycle" && !given.positional.empty()) || what == "changed";
    if (known) {
      ExpressionNode node = make(Kind::call);
      node.text = what;
      node.children.push_back(std::move(callee));
      for (NodePointer& argument : given.positional) node.children.push_back(std::move(argument));
      return finish(std::move(node), begin);
    }
  }
  if (method && callee->text == "cycle")
    fail(Code::wrong_arguments,
         {name, "needs values, without names", "{{ loop.cycle(\"first\", \"second\") }}"}, begin);
  if (method && callee->text == "items")
    fail(Code::wrong_arguments,
         {name, "takes no values", "{% for name, value in " + canonical_text(*callee) + "() %}"},
         begin);
  std::string hint;
  const std::string& last = callee->text;
  if (find_filter(last) != nullptr && callee->kind == Kind::attribute)
    hint = "Write {{ " + canonical_text(callee->child(0)) + " | " + last + " }}. ";
  else if (find_filter(last) != nullptr)
    hint = "Write the value first: {{ value | " + last + " }}. ";
  fail(Code::unknown_function, {name, hint}, begin);
}

void Parser::bind(ExpressionNode& node, Arguments given, std::size_t offset) {
  const FilterSpec& spec = *node.filter;
  const auto refuse = [&](const std::string& what) {
    fail(Code::wrong_arguments,
         {"The filter " + std::string(spec.name), what, "{{ " + std::string(spec.usage) + " }}"},
         offset);
  };
  const std::size_t count = spec.parameter_count();
  std::vector<NodePointer> bound(count);
  if (spec.keywords_only && !given.positional.empty())
    refuse("wants “" + std::string(spec.parameters[0]) + "=” before its value");
  for (std::size_t i = 0; i < given.positional.size(); ++i) {
    if (i < count) {
      bound[i] = std::move(given.positional[i]);
    } else if (spec.variadic) {
      bound.push_back(std::move(given.positional[i]));
    } else {
      refuse(count == 0   ? std::string("takes no values in parentheses")
             : count == 1 ? std::string("takes one value at most")
                          : "takes " + std::to_string(count) + " values at most");
    }
  }
  for (auto& [name, value] : given.named) {
    const auto end = spec.parameters.begin() + static_cast<std::ptrdiff_t>(count);
    const auto found = std::find(spec.parameters.begin(), end, name);
    if (found == end) {
      std::string known;
      for (std::size_t i = 0; i < count; ++i)
        known += (i == 0 ? "" : i + 1 == count ? " and " : ", ") + std::string(spec.parameters[i]);
      refuse("has no option “" + name + "”, " +
             (known.empty() ? "and takes none" : "only " + known));
    }
    const auto i = static_cast<std::size_t>(found - spec.parameters.begin());
    if (bound[i]) refuse("is given “" + name + "” twice");
    bound[i] = std::move(value);
  }
  for (std::size_t i = 0; i < spec.required; ++i)
    if (!bound[i]) refuse("needs “" + std::string(spec.parameters[i]) + "”");
  for (NodePointer& argument : bound) node.children.push_back(std::move(argument));
  if (spec.check == nullptr) return;
  if (std::optional<TagError> wrong = spec.check(node))
    fail(wrong->code, std::move(wrong->arguments), offset);
}

NodePointer Parser::filter(NodePointer subject) {
  expect_symbol("|");
  const std::size_t begin = current().begin;
  if (current().kind != Token::Kind::name) fail_expected("the name of a filter");
  const std::string name = take().text;
  ExpressionNode node = make(Kind::filter, std::move(subject));
  node.text = name;
  node.filter = find_filter(name);
  if (node.filter == nullptr)
    fail(Code::unknown_filter, {name, did_you_mean(name, filter_names())}, begin);
  bind(node, at_symbol("(") ? arguments() : Arguments{}, begin);
  return finish(std::move(node), begin);
}

NodePointer Parser::test(NodePointer subject) {
  ++m_index;
  const bool negated = skip_name("not");
  const std::size_t begin = current().begin;
  if (current().kind != Token::Kind::name) fail_expected("the name of a test");
  const std::string name = take().text;
  ExpressionNode node = make(Kind::test, std::move(subject));
  node.text = name;
  node.test = find_test(name);
  if (node.test == nullptr)
    fail(Code::unknown_test, {name, did_you_mean(name, test_names())}, begin);
  if (at_symbol("(")) {
    Arguments given = arguments();
    if (!given.named.empty()) fail_expected("values without names");
    for (NodePointer& argument : given.positional) node.children.push_back(std::move(argument));
  } else {
    const Token& token = current();
    const bool is_argument =
        (token.kind == Token::Kind::name && !token.is_name("else") && !token.is_name("or") &&
         !token.is_name("and")) ||
        token.kind == Token::Kind::string || token.kind == Token::Kind::integer ||
        token.kind == Token::Kind::decimal || token.is_symbol("[") || token.is_symbol("{");
    if (token.is_name("is")) fail_expected("“and” or the end of the tag");
    if (is_argument && node.test->arguments > 0)
      node.children.push_back(operand());
    else if (is_argument)
      fail_expected("“and”, “or” or the end of the tag");
  }
  if (node.children.size() - 1 != node.test->arguments) {
    const std::string example = node.test->arguments == 0 ? "{% if value is " + name + " %}"
                                                          : "{% if value is " + name + "(2) %}";
    fail(Code::wrong_arguments,
         {"The test " + name,
          node.test->arguments == 0 ? "takes no value" : "needs one value in parentheses", example},
         begin);
  }
  NodePointer result = finish(std::move(node), begin);
  return negated ? finish(make(Kind::not_, std::move(result)), begin) : std::move(result);
}

} // namespace engross::templating
