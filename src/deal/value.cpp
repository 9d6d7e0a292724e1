// SPDX-License-Identifier: MPL-2.0
#include "deal/value.hpp"

namespace engross::deal {

Value::Value(Object object) : m_data(std::make_shared<const Object>(std::move(object))) {}

Value::Kind Value::kind() const {
  switch (m_data.index()) {
  case 1: return Kind::undefined;
  case 2: return Kind::boolean;
  case 3: return Kind::number;
  case 4: return Kind::string;
  case 5: return Kind::list;
  case 6: return Kind::object;
  default: return Kind::none;
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

const Value* Object::find(std::string_view name) const {
  for (const Member& member : m_members)
    if (member.first == name) return &member.second;
  return nullptr;
}

void Object::set(std::string name, Value value) {
  for (Member& member : m_members) {
    if (member.first != name) continue;
    member.second = std::move(value);
    return;
  }
  m_members.emplace_back(std::move(name), std::move(value));
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
  case Value::Kind::undefined: return "missing";
  case Value::Kind::none: return "empty (null)";
  case Value::Kind::boolean: return "true or false";
  case Value::Kind::number: return "a number";
  case Value::Kind::string: return "text";
  case Value::Kind::list: return "a list";
  case Value::Kind::object: return "a group of values";
  }
  return "unknown";
}

} // namespace engross::deal
