// SPDX-License-Identifier: MPL-2.0
#include "deal/schema_words.hpp"

#include "deal/text.hpp"

#include <algorithm>

namespace engross::deal {

namespace {

void append_key(const Value& value, std::string& key) {
  switch (value.kind()) {
  case Value::Kind::undefined:
  case Value::Kind::none:
    key += 'n';
    break;
  case Value::Kind::boolean:
    key += value.as_bool() ? 't' : 'f';
    break;
  case Value::Kind::number: {
    const Decimal number = parse_decimal(value.as_number().text);
    key += number.is_negative ? '-' : '+';
    key += number.digits + 'e' + std::to_string(number.exponent) + ';';
    break;
  }
  case Value::Kind::string:
    key += 's' + std::to_string(value.as_string().size()) + ':' + value.as_string();
    break;
  case Value::Kind::list:
    key += '[';
    for (const Value& entry : value.as_list()) append_key(entry, key);
    key += ']';
    break;
  case Value::Kind::object: {
    std::vector<const Object::Member*> members;
    for (const Object::Member& member : value.as_object()) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    key += '{';
    for (const Object::Member* member : members) {
      key += std::to_string(member->first.size()) + ':' + member->first;
      append_key(member->second, key);
    }
    key += '}';
    break;
  }
  }
}

} // namespace

std::string key_of(const Value& value) {
  std::string key;
  append_key(value, key);
  return key;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string show(const Value& value) {
  switch (value.kind()) {
  case Value::Kind::boolean:
    return value.as_bool() ? "true" : "false";
  case Value::Kind::number:
    return value.as_number().text.size() > 40 ? "a long number" : value.as_number().text;
  case Value::Kind::string:
    return value.as_string().empty() ? "empty" : in_quotes(value.as_string());
  case Value::Kind::list:
    return value.as_list().empty() ? "an empty list"
                                   : "a list of " + std::to_string(value.as_list().size());
  case Value::Kind::object:
  case Value::Kind::none:
  case Value::Kind::undefined:
    break;
  }
  return std::string(kind_name(value.kind()));
}

std::string show_kind(const Value& value) {
  std::string out(kind_name(value.kind()));
  if (value.kind() == Value::Kind::number || value.kind() == Value::Kind::string)
    out += ": " + show(value);
  else if (value.kind() == Value::Kind::boolean)
    out = show(value);
  return out;
}

std::string listed(const std::vector<std::string>& names, std::string_view joint) {
  constexpr std::size_t k_most = 12;
  std::string out;
  const std::size_t count = std::min(names.size(), k_most);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += i + 1 == count && names.size() <= k_most ? joint : ", ";
    out += names[i];
  }
  return names.size() > k_most ? out + ", …" : out;
}

std::string plain(const Decimal& number) {
  std::string out = number.is_negative ? "-" : "";
  const auto size = static_cast<std::int64_t>(number.digits.size());
  if (number.digits.empty()) return "0";
  if (number.exponent > 30 || number.exponent < -30)
    return out + "0." + number.digits + "e" + std::to_string(number.exponent);
  if (number.exponent <= 0)
    return out + "0." + std::string(static_cast<std::size_t>(-number.exponent), '0') +
           number.digits;
  if (number.exponent >= size)
    return out + number.digits + std::string(static_cast<std::size_t>(number.exponent - size), '0');
  const auto point = static_cast<std::size_t>(number.exponent);
  return out + number.digits.substr(0, point) + "." + number.digits.substr(point);
}

} // namespace engross::deal
