// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engross::templating {

struct FilterSpec;
struct TestSpec;
struct ExpressionNode;
using NodePointer = std::unique_ptr<const ExpressionNode>;

enum class Operator {
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
};

/// The tree of an expression. What the children are depends on the kind:
struct ExpressionNode {
  enum class Kind {
    literal,     ///< value
    name,        ///< text
    attribute,   ///< text of child 0
    index,       ///< child 0 [child 1]
    slice,       ///< child 0 [1 : 2 : 3], each but the first may be null
    list,        ///< the items; tuples too
    dict,        ///< key, value, key, value …
    negate,      ///< child 0
    plus,        ///< child 0
    not_,        ///< child 0
    and_,        ///< 0 and 1
    or_,         ///< 0 or 1
    binary,      ///< child 0, operator 0, child 1
    concat,      ///< two or more
    compare,     ///< child 0, operator 0, child 1, operator 1, child 2 …
    conditional, ///< 0 if 1 else 2; 2 may be null
    filter,      ///< child 0 | filter(children 1 …): one a parameter, null where not given
    test,        ///< child 0 is test(children 1 …)
    call,        ///< child 0 . text (children 1 …)
  };

  Kind kind = Kind::literal;
  deal::Value value;
  std::string text;
  std::vector<Operator> operators;
  std::vector<NodePointer> children;
  const FilterSpec* filter = nullptr;
  const TestSpec* test = nullptr;
  int depth = 1;

  const ExpressionNode& child(std::size_t i) const { return *children[i]; }
};

/// "+", "not in": as it is typed.
std::string_view operator_text(Operator op);
std::string canonical_text(const ExpressionNode& node);

} // namespace engross::templating
