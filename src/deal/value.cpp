// SPDX-License-Identifier: MPL-2.0
#include "deal/value.hpp"

#include <bit>
#include <functional>

namespace engross::deal {

namespace {

/// Up to this many members are compared one by one: faster than hashing the name.
constexpr std::size_t k_few = 16;
constexpr std::size_t k_nowhere = static_cast<std::size_t>(-1);

} // namespace

Value::Value(Object object) : m_data(std::make_shared<const Object>(std::move(object))) {}

Value::Kind Value::kind() const {
  switch (m_data.index()) {
  case 1:
    return Kind::undefined;
  case 2:
    return Kind::boolean;
  case 3:
    return Kind::number;
  case 4:
    return Kind::string;
  case 5:
    return Kind::list;
  case 6:
    return Kind::object;
  default:
    return Kind::none;
  }
}

const Value* Value::member(std::string_view name) const {
  return kind() == Kind::object ? as_object().find(name) : nullptr;
}

const Value* Value::at_path(std::string_view path) const {
  const Value* value = this;
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    value = value->member(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return value;
}

std::size_t Object::position(std::string_view name) const {
  if (m_index.empty()) {
    for (std::size_t i = 0; i < m_members.size(); ++i)
      if (m_members[i].first == name) return i;
    return k_nowhere;
  }
  const std::size_t mask = m_index.size() - 1;
  for (std::size_t slot = std::hash<std::string_view>{}(name)&mask; m_index[slot] != 0;
       slot = (slot + 1) & mask) {
    const std::size_t i = m_index[slot] - 1;
    if (m_members[i].first == name) return i;
  }
  return k_nowhere;
}

void Object::index(std::size_t member) {
  const std::size_t mask = m_index.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(m_members[member].first) & mask;
  while (m_index[slot] != 0) slot = (slot + 1) & mask;
  m_index[slot] = static_cast<std::uint32_t>(member + 1);
}

const Value* Object::find(std::string_view name) const {
  const std::size_t i = position(name);
  return i == k_nowhere ? nullptr : &m_members[i].second;
}

void Object::set(std::string name, Value value) {
  if (const std::size_t i = position(name); i != k_nowhere) {
    m_members[i].second = std::move(value);
    return;
  }
  m_members.emplace_back(std::move(name), std::move(value));
  if (m_members.size() <= k_few) return;
  if (m_members.size() * 2 <= m_index.size()) {
    index(m_members.size() - 1);
    return;
  }
  m_index.assign(std::bit_ceil(m_members.size() * 4), 0);
  for (std::size_t i = 0; i < m_members.size(); ++i) index(i);
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
  case Value::Kind::undefined:
    return "missing";
  case Value::Kind::none:
    return "empty (null)";
  case Value::Kind::boolean:
    return "true or false";
  case Value::Kind::number:
    return "a number";
  case Value::Kind::string:
    return "text";
  case Value::Kind::list:
    return "a list";
  case Value::Kind::object:
    return "a group of values";
  }
  return "unknown";
}

} // namespace engross::deal
