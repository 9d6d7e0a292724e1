// SPDX-License-Identifier: MPL-2.0
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/letter_case.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <charconv>

/// The filters and tests that Jinja2 has too; results are Jinja2's.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

std::string subject_name(const FilterCall& call) { return canonical_text(call.node().child(0)); }

/// The attribute of each item that the filter's parameter asks for, or the item itself.
Value keyed(const FilterCall& call, const Value& item, std::size_t position,
            std::size_t parameter) {
  if (!call.given(parameter)) return item;
  const std::string where = subject_name(call) + "[" + std::to_string(position) + "]";
  Value value = attribute_of(item, *call.argument(parameter), where);
  if (value.is_undefined()) call.context().note_open(value.as_undefined().path);
  return value;
}

Value ignoring_case(const Value& value) {
  return value.kind() == ValueKind::string ? Value(to_lower(value.as_string())) : value;
}

Value upper(FilterCall& call) { return to_upper(call.subject_text()); }
Value lower(FilterCall& call) { return to_lower(call.subject_text()); }
Value title(FilterCall& call) { return to_title(call.subject_text()); }
Value capitalize(FilterCall& call) { return capitalized(call.subject_text()); }
Value string(FilterCall& call) { return call.subject_text(); }

Value trim(FilterCall& call) {
  const std::string text = call.subject_text();
  if (!call.given(0)) return std::string(trim_blanks(text));
  const std::string set = call.text(0, "");
  const auto in_set = [&](char32_t c) {
    for (std::size_t i = 0; i < set.size();)
      if (decode(set, i) == c) return true;
    return false;
  };
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!in_set(decode(text, next))) break;
    begin = next;
  }
  std::size_t end = begin;
  for (std::size_t i = begin; i < text.size();)
    if (!in_set(decode(text, i))) end = i;
  return text.substr(begin, end - begin);
}

Value replace(FilterCall& call) {
  const std::string text = call.subject_text();
  const std::string from = call.text(0, "");
  const std::string to = call.text(1, "");
  std::int64_t count = call.given(2) ? call.integer(2, -1) : -1;
  std::string out;
  std::size_t position = 0;
  const auto append = [&](std::string_view part) {
    out += part;
    if (out.size() > k_max_text) fail(Code::result_too_large, {canonical_text(call.node())});
  };
  if (from.empty()) {
    // Python puts the replacement before each character and at the end.
    while (count != 0) {
      append(to);
      if (count > 0) --count;
      if (position >= text.size()) break;
      const std::size_t begin = position;
      decode(text, position);
      append(std::string_view(text).substr(begin, position - begin));
    }
    append(std::string_view(text).substr(position));
    return out;
  }
  for (; count != 0; --count) {
    const std::size_t found = text.find(from, position);
    if (found == std::string::npos) break;
    append(std::string_view(text).substr(position, found - position));
    append(to);
    position = found + from.size();
  }
  append(std::string_view(text).substr(position));
  return out;
}

Value default_value(FilterCall& call) {
  const bool wanted =
      call.subject().is_undefined() || (call.flag(1, false) && !is_true(call.subject()));
  if (!wanted) return call.subject();
  return call.argument(0) != nullptr ? *call.argument(0) : Value(std::string{});
}

Value length(FilterCall& call) {
  const Value& subject = call.subject();
  std::size_t size = 0;
  switch (subject.kind()) {
  case ValueKind::string:
    size = count_code_points(subject.as_string());
    break;
  case ValueKind::list:
    size = subject.as_list().size();
    break;
  case ValueKind::object:
    size = subject.as_object().size();
    break;
  default:
    call.fail_kind("a list or text", subject, subject_name(call));
  }
  return Value::integer(static_cast<std::int64_t>(size));
}

Value first(FilterCall& call) {
  const List items = call.subject_items();
  return items.empty() ? Value(deal::Undefined{canonical_text(call.node())}) : items.front();
}

Value last(FilterCall& call) {
  const List items = call.subject_items();
  return items.empty() ? Value(deal::Undefined{canonical_text(call.node())}) : items.back();
}

Value list(FilterCall& call) { return call.subject_items(); }

Value join(FilterCall& call) {
  const List items = call.subject_items();
  const std::string separator = call.text(0, "");
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value part = keyed(call, items[i], i, 1);
    if (part.is_undefined()) fail_missing(part, call.context());
    if (part.kind() == ValueKind::none || part.kind() == ValueKind::list ||
        part.kind() == ValueKind::object)
      call.fail_kind("a list of texts", part, subject_name(call) + "[" + std::to_string(i) + "]");
    if (i > 0) out += separator;
    out += to_text(part);
    if (out.size() > k_max_text) fail(Code::result_too_large, {canonical_text(call.node())});
  }
  return out;
}

/// "name,date": each a key, the first the strongest.
std::vector<Value> sort_keys(const FilterCall& call) {
  std::vector<Value> keys;
  if (!call.given(2)) return keys;
  const Value& attribute = *call.argument(2);
  if (attribute.kind() != ValueKind::string) return {attribute};
  std::string_view rest = attribute.as_string();
  while (true) {
    const std::size_t comma = rest.find(',');
    keys.emplace_back(std::string(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return keys;
    rest.remove_prefix(comma + 1);
  }
}

Value sort(FilterCall& call) {
  const List items = call.subject_items();
  const bool reverse = call.flag(0, false);
  const bool case_sensitive = call.flag(1, false);
  const std::vector<Value> attributes = sort_keys(call);
  struct Entry {
    std::size_t position;
    List keys;
  };
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Entry entry{i, {}};
    const std::string where = subject_name(call) + "[" + std::to_string(i) + "]";
    const auto add_key = [&](const Value& key) {
      if (key.is_undefined()) fail_missing(key, call.context());
      entry.keys.push_back(case_sensitive ? key : ignoring_case(key));
    };
    if (attributes.empty()) add_key(items[i]);
    for (const Value& attribute : attributes) add_key(attribute_of(items[i], attribute, where));
    entries.push_back(std::move(entry));
  }
  // Python compares only what it must; two that cannot be ordered are a fault all the same.
  const auto less = [&](const Entry& a, const Entry& b) {
    for (std::size_t k = 0; k < a.keys.size(); ++k) {
      if (values_equal(a.keys[k], b.keys[k])) continue;
      const auto order = order_values(a.keys[k], b.keys[k]);
      if (!order)
        call.fail_kind("values of one kind", b.keys[k],
                       subject_name(call) + "[" + std::to_string(b.position) + "]");
      return reverse ? std::is_gt(*order) : std::is_lt(*order);
    }
    return false;
  };
  std::stable_sort(entries.begin(), entries.end(), less);
  List sorted;
  for (const Entry& entry : entries) sorted.push_back(items[entry.position]);
  return sorted;
}

Value unique(FilterCall& call) {
  const List items = call.subject_items();
  const bool case_sensitive = call.flag(0, false);
  List keys;
  List kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Value key = keyed(call, items[i], i, 1);
    if (key.is_undefined()) fail_missing(key, call.context());
    if (!case_sensitive) key = ignoring_case(key);
    if (std::any_of(keys.begin(), keys.end(),
                    [&](const Value& k) { return groups_decide(k, key); }))
      call.context().note_open("");
    const bool known =
        std::any_of(keys.begin(), keys.end(), [&](const Value& k) { return values_equal(k, key); });
    if (known) continue;
    keys.push_back(std::move(key));
    kept.push_back(items[i]);
  }
  return kept;
}

Value sum(FilterCall& call) {
  const List items = call.subject_items();
  deal::Number total(std::int64_t{0});
  if (call.argument(1) != nullptr) {
    const auto start = as_number(*call.argument(1));
    if (!start) call.fail_argument(1, "a number");
    total = *start;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value part = keyed(call, items[i], i, 0);
    if (part.is_undefined()) fail_missing(part, call.context());
    const auto number = as_number(part);
    if (!number)
      call.fail_kind("a list of numbers", part, subject_name(call) + "[" + std::to_string(i) + "]");
    total = add(total, *number);
  }
  return total;
}

deal::Number plain_number(const FilterCall& call) {
  const auto number = as_number(call.subject());
  if (!number) call.fail_kind("a number", call.subject(), subject_name(call));
  return *number;
}

Value round(FilterCall& call) {
  const deal::Number number = plain_number(call);
  const std::int64_t precision = call.integer(0, 0);
  const std::string method = call.text(1, "common");
  if (precision > 1000 || precision < -1000)
    fail(Code::result_too_large, {canonical_text(call.node())});
  const int digits = static_cast<int>(precision);
  if (method == "common") return round_to(number, digits, Rounding::half_even);
  if (method == "ceil") return to_decimal(round_to(number, digits, Rounding::up));
  if (method == "floor") return to_decimal(round_to(number, digits, Rounding::down));
  call.fail_argument(1, "“common”, “ceil” or “floor”");
}

Value absolute_value(FilterCall& call) { return absolute(plain_number(call)); }

/// Text as Python's int() and float() read it: with single underscores between digits.
std::optional<deal::Number> number_in_text(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit_at = [&](std::size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    if (text[i] == '_' && i > 0 && digit_at(i - 1) && digit_at(i + 1)) continue;
    digits += text[i];
  }
  return parse_number(digits);
}

std::optional<deal::Number> convertible(const Value& value) {
  if (value.kind() == ValueKind::string) return number_in_text(value.as_string());
  return as_number(value);
}

/// "0x1F" or "1F" to base 16, and so on.
std::optional<Value> in_base(std::string_view text, int base) {
  text = trim_blanks(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string prefix = to_lower(text.substr(0, 2));
  const bool prefixed = (base == 16 && prefix == "0x") || (base == 8 && prefix == "0o") ||
                        (base == 2 && prefix == "0b");
  if (prefixed) text.remove_prefix(2);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return Value::integer(negative ? -value : value);
}

Value to_int(FilterCall& call) {
  const std::int64_t base = call.integer(1, 10);
  if (base != 10 && call.subject().kind() == ValueKind::string) {
    if (base < 2 || base > 36) call.fail_argument(1, "a base from 2 to 36");
    if (auto value = in_base(call.subject().as_string(), static_cast<int>(base)))
      return std::move(*value);
  }
  if (const auto number = convertible(call.subject())) return to_integer(*number);
  return call.argument(0) != nullptr ? *call.argument(0) : Value::integer(0);
}

Value to_float(FilterCall& call) {
  if (const auto number = convertible(call.subject())) return to_decimal(*number);
  return call.argument(0) != nullptr ? *call.argument(0) : Value(deal::Number("0.0"));
}

Value map(FilterCall& call) {
  const List items = call.subject_items();
  List mapped;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Value value = keyed(call, items[i], i, 0);
    if (value.is_undefined() && call.argument(1) != nullptr) value = *call.argument(1);
    if (value.is_undefined()) fail_missing(value, call.context());
    mapped.push_back(std::move(value));
  }
  return mapped;
}

/// What is wrong with the name of a test and the number of its values.
std::optional<TagError> check_test(const std::string& name, std::size_t values,
                                   std::string_view usage) {
  const TestSpec* test = find_test(name);
  if (test == nullptr) {
    const auto closest = closest_name(name, test_names());
    return TagError{
        Code::unknown_test, {name, closest ? "Did you mean " + *closest + "? " : ""}, 0};
  }
  if (test->arguments == values) return std::nullopt;
  return TagError{Code::wrong_arguments,
                  {"The test " + name, test->arguments == 0 ? "takes no value" : "needs one value",
                   "{{ " + std::string(usage) + " }}"},
                  0};
}

std::optional<TagError> check_select(const ExpressionNode& node) {
  const std::string* name = literal_text_argument(node, 1);
  if (name == nullptr) return std::nullopt;
  return check_test(*name, node.children.size() - 3, node.filter->usage);
}

std::optional<TagError> check_round(const ExpressionNode& node) {
  const std::string* method = literal_text_argument(node, 1);
  if (method == nullptr || *method == "common" || *method == "ceil" || *method == "floor")
    return std::nullopt;
  return TagError{
      Code::wrong_arguments,
      {"The filter round", "knows no method “" + *method + "”", "common, ceil or floor"},
      0};
}

Value select(FilterCall& call, bool wanted) {
  const List items = call.subject_items();
  const TestSpec* test = nullptr;
  if (call.given(1)) {
    const std::string name = call.text(1, "");
    if (const auto wrong = check_test(name, call.rest().size(), call.node().filter->usage))
      fail(wrong->code, wrong->arguments);
    test = find_test(name);
  }
  List kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value value = keyed(call, items[i], i, 0);
    bool holds = false;
    if (test == nullptr)
      holds = is_true(value);
    else if (!value.is_undefined() || test->accepts_missing)
      holds = test->function(value, call.rest(), call.context());
    if (holds == wanted) kept.push_back(items[i]);
  }
  return kept;
}

Value selectattr(FilterCall& call) { return select(call, true); }
Value rejectattr(FilterCall& call) { return select(call, false); }

constexpr FilterSpec k_filters[] = {
    {.name = "upper", .function = upper, .usage = "name | upper"},
    {.name = "lower", .function = lower, .usage = "name | lower"},
    {.name = "title", .function = title, .usage = "name | title"},
    {.name = "capitalize", .function = capitalize, .usage = "name | capitalize"},
    {.name = "trim", .function = trim, .parameters = {"chars"}, .usage = "name | trim"},
    {.name = "replace",
     .function = replace,
     .parameters = {"old", "new", "count"},
     .required = 2,
     .usage = "name | replace(\"old\", \"new\")"},
    {.name = "default",
     .function = default_value,
     .parameters = {"default_value", "boolean"},
     .accepts_missing = true,
     .usage = "name | default(\"none\")"},
    {.name = "d",
     .function = default_value,
     .parameters = {"default_value", "boolean"},
     .accepts_missing = true,
     .usage = "name | default(\"none\")"},
    {.name = "length", .function = length, .usage = "list | length"},
    {.name = "count", .function = length, .usage = "list | count"},
    {.name = "first", .function = first, .usage = "list | first"},
    {.name = "last", .function = last, .usage = "list | last"},
    {.name = "join",
     .function = join,
     .parameters = {"d", "attribute"},
     .usage = "list | join(\", \")"},
    {.name = "sort",
     .function = sort,
     .parameters = {"reverse", "case_sensitive", "attribute"},
     .usage = "list | sort(attribute=\"name\")"},
    {.name = "unique",
     .function = unique,
     .parameters = {"case_sensitive", "attribute"},
     .usage = "list | unique"},
    {.name = "list", .function = list, .usage = "text | list"},
    {.name = "string", .function = string, .usage = "number | string"},
    {.name = "sum",
     .function = sum,
     .parameters = {"attribute", "start"},
     .usage = "list | sum(attribute=\"amount\")"},
    {.name = "round",
     .function = round,
     .parameters = {"precision", "method"},
     .check = check_round,
     .usage = "number | round(2)"},
    {.name = "abs", .function = absolute_value, .usage = "number | abs"},
    {.name = "map",
     .function = map,
     .parameters = {"attribute", "default"},
     .required = 1,
     .keywords_only = true,
     .usage = "list | map(attribute=\"name\")"},
    {.name = "selectattr",
     .function = selectattr,
     .parameters = {"attribute", "test"},
     .required = 1,
     .variadic = true,
     .check = check_select,
     .usage = "list | selectattr(\"kind\", \"eq\", \"agreement\")"},
    {.name = "rejectattr",
     .function = rejectattr,
     .parameters = {"attribute", "test"},
     .required = 1,
     .variadic = true,
     .check = check_select,
     .usage = "list | rejectattr(\"kind\", \"eq\", \"agreement\")"},
    {.name = "int", .function = to_int, .parameters = {"default", "base"}, .usage = "text | int"},
    {.name = "float", .function = to_float, .parameters = {"default"}, .usage = "text | float"},
};

} // namespace

std::span<const FilterSpec> general_filters() { return k_filters; }

} // namespace engross::templating
