// SPDX-License-Identifier: MPL-2.0
#include "templating/values.hpp"

#include "templating/decimal.hpp"

#include <algorithm>

namespace engross::templating {

namespace {

using deal::List;
using ValueKind = Value::Kind;

Value undefined(std::string path) { return deal::Undefined{std::move(path)}; }

} // namespace

std::optional<Number> as_number(const Value& value) {
  if (value.kind() == ValueKind::number) return value.as_number();
  if (value.kind() == ValueKind::boolean) return Number(std::int64_t{value.as_bool() ? 1 : 0});
  return std::nullopt;
}

bool is_true(const Value& value) {
  switch (value.kind()) {
  case ValueKind::undefined:
  case ValueKind::none:
    return false;
  case ValueKind::boolean:
    return value.as_bool();
  case ValueKind::number:
    return !is_zero(value.as_number());
  case ValueKind::string:
    return !value.as_string().empty();
  case ValueKind::list:
    return !value.as_list().empty();
  case ValueKind::object:
    return !value.as_object().empty();
  }
  return false;
}

bool values_equal(const Value& a, const Value& b) {
  if (const auto x = as_number(a)) {
    const auto y = as_number(b);
    return y && std::is_eq(compare(*x, *y));
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
  case ValueKind::string:
    return a.as_string() == b.as_string();
  case ValueKind::list:
    return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(),
                      b.as_list().end(), values_equal);
  case ValueKind::object: {
    if (a.as_object().size() != b.as_object().size()) return false;
    for (const auto& [name, member] : a.as_object()) {
      const Value* other = b.as_object().find(name);
      if (other == nullptr || !values_equal(member, *other)) return false;
    }
    return true;
  }
  default:
    return true;
  }
}

bool groups_decide(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.kind() == ValueKind::object) return true;
  if (a.kind() != ValueKind::list || a.as_list().size() != b.as_list().size()) return false;
  bool decide = false;
  for (std::size_t i = 0; i < a.as_list().size(); ++i) {
    if (groups_decide(a.as_list()[i], b.as_list()[i]))
      decide = true;
    else if (!values_equal(a.as_list()[i], b.as_list()[i]))
      return false;
  }
  return decide;
}

bool groups_decide_in(const Value& container, const Value& value) {
  return container.kind() == ValueKind::list &&
         std::any_of(container.as_list().begin(), container.as_list().end(),
                     [&](const Value& item) { return groups_decide(item, value); });
}

std::optional<std::strong_ordering> order_values(const Value& a, const Value& b) {
  if (const auto x = as_number(a)) {
    const auto y = as_number(b);
    if (!y) return std::nullopt;
    return compare(*x, *y);
  }
  if (a.kind() != b.kind()) return std::nullopt;
  if (a.kind() == ValueKind::string) return a.as_string().compare(b.as_string()) <=> 0;
  if (a.kind() != ValueKind::list) return std::nullopt;
  const List& x = a.as_list();
  const List& y = b.as_list();
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
    if (!values_equal(x[i], y[i])) return order_values(x[i], y[i]);
  return x.size() <=> y.size();
}

std::optional<bool> contains(const Value& container, const Value& value) {
  switch (container.kind()) {
  case ValueKind::undefined:
    return false;
  case ValueKind::list:
    return std::any_of(container.as_list().begin(), container.as_list().end(),
                       [&](const Value& item) { return values_equal(item, value); });
  case ValueKind::object: {
    if (value.kind() == ValueKind::list || value.kind() == ValueKind::object) return std::nullopt;
    const std::optional<std::string> name = key_name(value);
    return name && container.as_object().contains(*name);
  }
  case ValueKind::string:
    if (value.kind() != ValueKind::string) return std::nullopt;
    return container.as_string().find(value.as_string()) != std::string::npos;
  default:
    return std::nullopt;
  }
}

Value attribute_of(const Value& value, const Value& path, std::string_view subject) {
  if (path.kind() == ValueKind::number) {
    const Value* item = find_item(value, path);
    return item != nullptr ? *item : undefined(index_path(std::string(subject), path));
  }
  if (path.kind() != ValueKind::string) return undefined(std::string(subject));
  const Value* current = &value;
  std::string_view rest = path.as_string();
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string_view step = rest.substr(0, dot);
    const bool digits = !step.empty() && step.find_first_not_of("0123456789") == std::string::npos;
    current = digits && current->kind() == ValueKind::list
                  ? find_item(*current, Value(Number(std::string(step))))
                  : current->member(step);
    if (current == nullptr) return undefined(std::string(subject) + "." + path.as_string());
    if (dot == std::string_view::npos) return *current;
    rest.remove_prefix(dot + 1);
  }
}

/// Python's index: from the end where negative; no value outside.
std::optional<std::size_t> position_in(const Value& key, std::size_t size) {
  const std::optional<Number> number = as_number(key);
  if (!number || !number->is_integer()) return std::nullopt;
  std::optional<std::int64_t> i = to_int64(*number);
  if (!i) return std::nullopt;
  if (*i < 0) *i += static_cast<std::int64_t>(size);
  if (*i < 0 || *i >= static_cast<std::int64_t>(size)) return std::nullopt;
  return static_cast<std::size_t>(*i);
}

/// The name under which an object holds a key: 1 and "1" are the same.
std::optional<std::string> key_name(const Value& key) {
  switch (key.kind()) {
  case ValueKind::string:
    return key.as_string();
  case ValueKind::number:
    return plain_text(key.as_number());
  case ValueKind::boolean:
    return key.as_bool() ? "True" : "False";
  default:
    return std::nullopt;
  }
}

std::string index_path(const std::string& parent, const Value& key) {
  if (key.kind() == ValueKind::number) return parent + "[" + key.as_number().text + "]";
  if (key.kind() == ValueKind::string) return parent + "." + key.as_string();
  return parent + "[…]";
}

const Value* find_item(const Value& container, const Value& key) {
  if (container.kind() == ValueKind::list) {
    const List& list = container.as_list();
    const std::optional<std::size_t> i = position_in(key, list.size());
    return i ? &list[*i] : nullptr;
  }
  if (container.kind() == ValueKind::object) {
    if (key.kind() == ValueKind::string) return container.as_object().find(key.as_string());
    const std::optional<std::string> name = key_name(key);
    return name ? container.as_object().find(*name) : nullptr;
  }
  return nullptr;
}

/// Python's slice: the positions that it takes, in order.
std::vector<std::size_t> slice_positions(std::optional<std::int64_t> start,
                                         std::optional<std::int64_t> stop, std::int64_t step,
                                         std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const auto clamp = [&](std::int64_t i) {
    if (i < 0) i += length;
    if (step > 0) return std::clamp<std::int64_t>(i, 0, length);
    return std::clamp<std::int64_t>(i, -1, length - 1);
  };
  std::int64_t i = start ? clamp(*start) : step > 0 ? 0 : length - 1;
  const std::int64_t end = stop ? clamp(*stop) : step > 0 ? length : -1;
  std::vector<std::size_t> positions;
  while (step > 0 ? i < end : i > end) {
    positions.push_back(static_cast<std::size_t>(i));
    // A step beyond the end would overflow before it ends.
    if (step > 0 ? step >= end - i : step <= end - i) break;
    i += step;
  }
  return positions;
}

} // namespace engross::templating
