// SPDX-License-Identifier: MPL-2.0
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"

/// The tests behind `is`: Jinja2's, and `chosen`.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;
using Arguments = std::span<const Value>;

[[noreturn]] void fail_test(std::string_view test, std::string_view expected, const Value& value) {
  EvaluationError error;
  error.code = Code::wrong_kind;
  error.arguments = {"The test " + std::string(test), std::string(expected), "the value",
                     std::string(deal::kind_name(value.kind()))};
  error.origin = value.origin;
  throw error;
}

bool divisible(std::string_view test, const Value& value, const deal::Number& divisor,
               std::int64_t rest) {
  const auto number = as_number(value);
  if (!number) fail_test(test, "a number", value);
  if (is_zero(divisor)) fail(Code::division_by_zero, {"divisibleby"});
  return std::is_eq(compare(modulo(*number, divisor), deal::Number(rest)));
}

std::strong_ordering ordered(std::string_view test, const Value& a, const Value& b) {
  const auto order = order_values(a, b);
  if (!order) fail_test(test, "two values of one kind", b);
  return *order;
}

bool is_defined(const Value& v, Arguments, Context&) { return !v.is_undefined(); }
bool is_undefined(const Value& v, Arguments, Context&) { return v.is_undefined(); }
bool is_none(const Value& v, Arguments, Context&) { return v.kind() == ValueKind::none; }
bool is_string(const Value& v, Arguments, Context&) { return v.kind() == ValueKind::string; }
bool is_boolean(const Value& v, Arguments, Context&) { return v.kind() == ValueKind::boolean; }
bool is_number(const Value& v, Arguments, Context&) { return as_number(v).has_value(); }
bool is_integer(const Value& v, Arguments, Context&) {
  return v.kind() == ValueKind::number && v.as_number().is_integer();
}
bool is_float(const Value& v, Arguments, Context&) {
  return v.kind() == ValueKind::number && !v.as_number().is_integer();
}
bool is_mapping(const Value& v, Arguments, Context&) { return v.kind() == ValueKind::object; }
bool is_sequence(const Value& v, Arguments, Context&) {
  return v.kind() == ValueKind::list || v.kind() == ValueKind::string ||
         v.kind() == ValueKind::object;
}
bool is_literally_true(const Value& v, Arguments, Context&) {
  return v.kind() == ValueKind::boolean && v.as_bool();
}
bool is_literally_false(const Value& v, Arguments, Context&) {
  return v.kind() == ValueKind::boolean && !v.as_bool();
}
bool is_even(const Value& v, Arguments, Context&) {
  return divisible("even", v, deal::Number("2"), 0);
}
bool is_odd(const Value& v, Arguments, Context&) {
  return divisible("odd", v, deal::Number("2"), 1);
}
bool is_divisible(const Value& v, Arguments a, Context&) {
  const auto divisor = as_number(a[0]);
  if (!divisor) fail_test("divisibleby", "a number", a[0]);
  return divisible("divisibleby", v, *divisor, 0);
}
bool is_equal(const Value& v, Arguments a, Context& context) {
  if (groups_decide(v, a[0])) context.note_open("");
  return values_equal(v, a[0]);
}
bool is_unequal(const Value& v, Arguments a, Context& context) { return !is_equal(v, a, context); }
bool is_less(const Value& v, Arguments a, Context&) { return std::is_lt(ordered("lt", v, a[0])); }
bool is_less_equal(const Value& v, Arguments a, Context&) {
  return std::is_lteq(ordered("le", v, a[0]));
}
bool is_greater(const Value& v, Arguments a, Context&) {
  return std::is_gt(ordered("gt", v, a[0]));
}
bool is_greater_equal(const Value& v, Arguments a, Context&) {
  return std::is_gteq(ordered("ge", v, a[0]));
}
bool is_in(const Value& v, Arguments a, Context& context) {
  const auto found = contains(a[0], v);
  if (a[0].kind() == ValueKind::object && found == false) context.note_open("");
  if (groups_decide_in(a[0], v)) context.note_open("");
  if (!found) fail_test("in", "a list, or text in text", a[0]);
  return *found;
}
bool is_chosen(const Value& v, Arguments, Context& context) {
  if (v.kind() != ValueKind::string) fail_test("chosen", "the id of an opinion paragraph", v);
  return context.is_chosen && context.is_chosen(v.as_string());
}

constexpr TestSpec k_tests[] = {
    {"defined", is_defined, 0, true},
    {"undefined", is_undefined, 0, true},
    {"none", is_none, 0, true},
    {"string", is_string, 0, true},
    {"number", is_number, 0, true},
    {"boolean", is_boolean, 0, true},
    {"integer", is_integer, 0, true},
    {"float", is_float, 0, true},
    {"mapping", is_mapping, 0, true},
    {"sequence", is_sequence, 0, true},
    {"iterable", is_sequence, 0, true},
    {"true", is_literally_true, 0, true},
    {"false", is_literally_false, 0, true},
    {"even", is_even, 0, false},
    {"odd", is_odd, 0, false},
    {"divisibleby", is_divisible, 1, false},
    {"eq", is_equal, 1, true},
    {"equalto", is_equal, 1, true},
    {"==", is_equal, 1, true},
    {"ne", is_unequal, 1, true},
    {"!=", is_unequal, 1, true},
    {"lt", is_less, 1, false},
    {"lessthan", is_less, 1, false},
    {"<", is_less, 1, false},
    {"le", is_less_equal, 1, false},
    {"<=", is_less_equal, 1, false},
    {"gt", is_greater, 1, false},
    {"greaterthan", is_greater, 1, false},
    {">", is_greater, 1, false},
    {"ge", is_greater_equal, 1, false},
    {">=", is_greater_equal, 1, false},
    {"in", is_in, 1, true},
    {"chosen", is_chosen, 0, false},
};

} // namespace

std::span<const TestSpec> tests() { return k_tests; }

} // namespace engross::templating
