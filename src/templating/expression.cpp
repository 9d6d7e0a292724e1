// SPDX-License-Identifier: MPL-2.0
#include "templating/expression.hpp"

#include "templating/functions.hpp"
#include "templating/syntax.hpp"
#include "templating/tag.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <array>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;
using ValueKind = deal::Value::Kind;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + '"';
}

std::string literal_text(const deal::Value& value) {
  switch (value.kind()) {
  case ValueKind::boolean:
    return value.as_bool() ? "true" : "false";
  case ValueKind::number:
    return value.as_number().text;
  case ValueKind::string:
    return quoted(value.as_string());
  default:
    return "none";
  }
}

bool is_identifier(std::string_view text) {
  if (text.empty() || is_ascii_digit(static_cast<unsigned char>(text[0]))) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

/// How tightly a node holds together, as the grammar has it; a child that holds together less
/// tightly than its place asks gets parentheses.
enum Level {
  k_conditional,
  k_or,
  k_and,
  k_not,
  k_compare,
  k_sum,
  k_concat,
  k_product,
  k_unary,
  k_filter,
  k_postfix
};

Level level_of(const ExpressionNode& node) {
  switch (node.kind) {
  case Kind::conditional:
    return k_conditional;
  case Kind::or_:
    return k_or;
  case Kind::and_:
    return k_and;
  case Kind::not_:
    return k_not;
  case Kind::compare:
    return k_compare;
  case Kind::binary:
    return node.operators[0] == Operator::add || node.operators[0] == Operator::subtract
               ? k_sum
               : k_product;
  case Kind::concat:
    return k_concat;
  case Kind::negate:
  case Kind::plus:
    return k_unary;
  case Kind::filter:
  case Kind::test:
    return k_filter;
  default:
    return k_postfix;
  }
}

class Writer {
 public:
  std::string text;

  void write(const ExpressionNode& node, Level least = k_conditional) {
    const bool parentheses = level_of(node) < least;
    if (parentheses) text += '(';
    write_bare(node);
    if (parentheses) text += ')';
  }

 private:
  void arguments(const ExpressionNode& node, std::size_t first) {
    for (std::size_t i = first; i < node.children.size(); ++i) {
      if (i > first) text += ", ";
      write(node.child(i));
    }
  }

  void filter_arguments(const ExpressionNode& node) {
    bool any = false;
    bool gap = false;
    const std::size_t named = node.filter->parameter_count();
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      if (!node.children[i]) {
        gap = true;
        continue;
      }
      text += any ? ", " : "(";
      any = true;
      if (gap && i <= named) text += std::string(node.filter->parameters[i - 1]) + "=";
      write(node.child(i));
    }
    if (any) text += ')';
  }

  void slice_part(const ExpressionNode& node, std::size_t i) {
    if (node.children[i]) write(node.child(i));
  }

  void write_bare(const ExpressionNode& node) {
    switch (node.kind) {
    case Kind::literal:
      text += literal_text(node.value);
      return;
    case Kind::name:
      text += node.text;
      return;
    case Kind::attribute:
      write(node.child(0), k_postfix);
      text += "." + node.text;
      return;
    case Kind::index: {
      write(node.child(0), k_postfix);
      const ExpressionNode& key = node.child(1);
      if (key.kind == Kind::literal && key.value.kind() == ValueKind::string &&
          is_identifier(key.value.as_string())) {
        text += "." + key.value.as_string();
        return;
      }
      text += '[';
      write(key);
      text += ']';
      return;
    }
    case Kind::slice:
      write(node.child(0), k_postfix);
      text += '[';
      slice_part(node, 1);
      text += ':';
      slice_part(node, 2);
      if (node.children[3]) text += ':';
      slice_part(node, 3);
      text += ']';
      return;
    case Kind::list:
      text += '[';
      arguments(node, 0);
      text += ']';
      return;
    case Kind::dict:
      text += '{';
      for (std::size_t i = 0; i < node.children.size(); i += 2) {
        if (i > 0) text += ", ";
        write(node.child(i));
        text += ": ";
        write(node.child(i + 1));
      }
      text += '}';
      return;
    case Kind::negate:
    case Kind::plus:
      text += node.kind == Kind::negate ? '-' : '+';
      write(node.child(0), k_postfix);
      return;
    case Kind::not_:
      text += "not ";
      write(node.child(0), k_not);
      return;
    case Kind::and_:
      write(node.child(0), k_and);
      text += " and ";
      write(node.child(1), k_not);
      return;
    case Kind::or_:
      write(node.child(0), k_or);
      text += " or ";
      write(node.child(1), k_and);
      return;
    case Kind::binary: {
      const bool sum = level_of(node) == k_sum;
      write(node.child(0), sum ? k_sum : k_product);
      text += " " + std::string(operator_text(node.operators[0])) + " ";
      write(node.child(1), sum ? k_concat : k_unary);
      return;
    }
    case Kind::concat:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) text += " ~ ";
        write(node.child(i), k_product);
      }
      return;
    case Kind::compare:
      write(node.child(0), k_sum);
      for (std::size_t i = 0; i < node.operators.size(); ++i) {
        text += " " + std::string(operator_text(node.operators[i])) + " ";
        write(node.child(i + 1), k_sum);
      }
      return;
    case Kind::conditional:
      write(node.child(0), k_or);
      text += " if ";
      write(node.child(1), k_or);
      if (node.children[2]) {
        text += " else ";
        write(node.child(2));
      }
      return;
    case Kind::filter:
      write(node.child(0), k_unary);
      text += " | " + node.text;
      filter_arguments(node);
      return;
    case Kind::test:
      write(node.child(0), k_unary);
      text += " is " + node.text;
      if (node.children.size() > 1) {
        text += '(';
        arguments(node, 1);
        text += ')';
      }
      return;
    case Kind::call:
      write(node.child(0), k_postfix);
      text += '(';
      arguments(node, 1);
      text += ')';
      return;
    }
  }
};

/// Collects the data paths that an expression reads.
class NameReader {
 public:
  explicit NameReader(bool keeps_indices) : m_keeps_indices(keeps_indices) {}

  std::vector<std::string> names;

  void read(const ExpressionNode& node) {
    if (const std::string path = path_of(node); !path.empty()) {
      add(path);
      return;
    }
    switch (node.kind) {
    case Kind::call:
      read(node.child(0).child(0));
      break;
    case Kind::filter:
      read_attributes(node);
      break;
    default:
      break;
    }
    for (std::size_t i = node.kind == Kind::call ? 1 : 0; i < node.children.size(); ++i)
      if (node.children[i]) read(node.child(i));
  }

 private:
  void add(const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  /// Empty where the node is no path. Keys that are expressions are read on the way.
  std::string path_of(const ExpressionNode& node) {
    if (node.kind == Kind::name) return node.text;
    if (node.kind == Kind::attribute) {
      const std::string parent = path_of(node.child(0));
      return parent.empty() ? parent : parent + "." + node.text;
    }
    if (node.kind == Kind::slice) {
      for (std::size_t i = 1; i < node.children.size(); ++i)
        if (node.children[i]) read(node.child(i));
      return path_of(node.child(0));
    }
    if (node.kind == Kind::index) {
      std::string parent = path_of(node.child(0));
      if (parent.empty()) return parent;
      const ExpressionNode& key = node.child(1);
      if (key.kind == Kind::literal && key.value.kind() == ValueKind::string)
        return parent + "." + key.value.as_string();
      if (key.kind != Kind::literal) read(key);
      const bool below = key.kind == Kind::negate; // counted from the end
      const ExpressionNode& number = below ? key.child(0) : key;
      std::string index;
      if (m_keeps_indices && number.kind == Kind::literal &&
          number.value.kind() == ValueKind::number)
        index = (below ? "-" : "") + number.value.as_number().text;
      return parent + "[" + index + "]";
    }
    return {};
  }

  /// documents | and_list(attribute="title") reads documents[].title.
  void read_attributes(const ExpressionNode& node) {
    const std::string list = path_of(node.child(0));
    if (list.empty()) return;
    for (std::size_t i = 0; i < node.filter->parameter_count(); ++i) {
      if (node.filter->parameters[i] != "attribute" || i + 1 >= node.children.size()) continue;
      const NodePointer& argument = node.children[i + 1];
      if (argument && argument->kind == Kind::literal &&
          argument->value.kind() == ValueKind::string)
        add(list + "[]." + argument->value.as_string());
    }
  }

  bool m_keeps_indices;
};

/// Calls `visit(node)` for the nodes of an expression; below a node for which it gives false, none.
template <class Visit> void visit_nodes(const Expression& expression, const Visit& visit) {
  if (!expression) return;
  std::vector<const ExpressionNode*> open{&expression.root()};
  while (!open.empty()) {
    const ExpressionNode& node = *open.back();
    open.pop_back();
    if (!visit(node)) continue;
    for (const NodePointer& child : node.children)
      if (child) open.push_back(child.get());
  }
}

/// The text that a node is; empty for anything but a literal text.
std::string text_of_literal(const ExpressionNode& node) {
  const bool is_text =
      node.kind == ExpressionNode::Kind::literal && node.value.kind() == deal::Value::Kind::string;
  return is_text ? node.value.as_string() : std::string();
}

} // namespace

std::string_view operator_text(Operator op) {
  static constexpr std::array<std::string_view, 14> k_texts = {
      "+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "in", "not in"};
  return k_texts[static_cast<std::size_t>(op)];
}

std::string canonical_text(const ExpressionNode& node) {
  Writer writer;
  writer.write(node);
  return writer.text;
}

std::string Expression::canonical() const { return m_root ? canonical_text(*m_root) : ""; }

std::vector<std::string> chosen_asked(const Expression& expression) {
  std::vector<std::string> out;
  visit_nodes(expression, [&](const ExpressionNode& node) {
    if (node.kind == ExpressionNode::Kind::test && node.test->name == "chosen")
      out.push_back(text_of_literal(node.child(0)));
    return true;
  });
  return out;
}

std::vector<std::string> conjuncts(const Expression& expression) {
  std::vector<std::string> out;
  visit_nodes(expression, [&](const ExpressionNode& node) {
    const bool is_and = node.kind == ExpressionNode::Kind::and_;
    if (!is_and) out.push_back(canonical_text(node));
    return is_and;
  });
  return out;
}

std::string literal_text(const Expression& expression) {
  return expression ? text_of_literal(expression.root()) : std::string();
}

std::string reference_form(const Tag& tag) {
  return tag.options.empty() ? "full" : literal_text(tag.options.back().second);
}

std::vector<std::string> names_read(const Expression& expression, bool keeps_indices) {
  NameReader reader(keeps_indices);
  if (expression) reader.read(expression.root());
  return reader.names;
}

} // namespace engross::templating
