// SPDX-License-Identifier: MPL-2.0
#include "deal/decimal.hpp"
#include "deal/schema_view.hpp"

#include <optional>

namespace engross::deal {

namespace {

Value like(const Value& old, Value value) {
  value.origin = old.origin;
  return value;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

class Coercer {
 public:
  Coercer(const Deal& deal, const CompiledSchema& compiled) : m_deal(deal), m_compiled(compiled) {}

  /// Nothing when the value stays what it is.
  std::optional<Value> change(const Value& value, const Subschemas& schemas) {
    if (schemas.empty()) return std::nullopt;
    const Shape& shape = shape_for(schemas);
    switch (value.kind()) {
    case Value::Kind::list:
      return change_entries(value, shape);
    case Value::Kind::object:
      if ((shape.types & (type::object | type::list)) == type::list && is_loose(value))
        return lone_element(value, shape);
      return change_members(value, shape);
    case Value::Kind::string:
      return is_loose(value) ? change_text(value, shape) : std::nullopt;
    case Value::Kind::number:
    case Value::Kind::boolean:
      return is_assigned(value) ? change_assigned(value, shape) : std::nullopt;
    case Value::Kind::none:
    case Value::Kind::undefined:
      break;
    }
    return std::nullopt;
  }

 private:
  static bool is_assigned(const Value& value) { return value.origin.line == 0; }

  /// JSON says what it means; the other formats know text only.
  bool is_loose(const Value& value) const {
    return is_assigned(value) || (value.origin.file < m_deal.formats.size() &&
                                  m_deal.formats[value.origin.file] != Format::json);
  }

  const Shape& shape_for(const Subschemas& schemas) {
    const auto [found, is_new] = m_shapes.try_emplace(schemas);
    if (is_new) found->second = shape_of(schemas, m_compiled);
    return found->second;
  }

  static const Subschemas& schemas_of_entry(const Shape& shape, std::size_t i) {
    return i < shape.first_items.size() ? shape.first_items[i] : shape.items;
  }

  std::optional<Value> change_entries(const Value& value, const Shape& shape) {
    std::optional<List> changed;
    const List& list = value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      std::optional<Value> entry = change(list[i], schemas_of_entry(shape, i));
      if (!entry) continue;
      if (!changed) changed = list;
      (*changed)[i] = *std::move(entry);
    }
    if (!changed) return std::nullopt;
    return like(value, Value(*std::move(changed)));
  }

  std::optional<Value> change_members(const Value& value, const Shape& shape) {
    std::optional<Object> changed;
    for (const auto& [name, member] : value.as_object()) {
      std::optional<Value> better = change(member, schemas_of_member(shape, name, m_compiled));
      if (!better) continue;
      if (!changed) changed = value.as_object();
      changed->set(name, *std::move(better));
    }
    if (!changed) return std::nullopt;
    return like(value, Value(*std::move(changed)));
  }

  Value list_of_one(const Value& value, const Shape& shape) {
    std::optional<Value> entry = change(value, schemas_of_entry(shape, 0));
    return like(value, Value(List{entry ? *std::move(entry) : value}));
  }

  /// <documents><document>…</document></documents>: where the schema wants a list of documents and
  /// its entries know no "document", the outer element is but a wrapper.
  std::optional<Value> lone_element(const Value& value, const Shape& shape) {
    const Object& object = value.as_object();
    if (object.size() == 1 && !shape.items.empty()) {
      const auto& [name, inner] = *object.begin();
      const Shape& entry = shape_for(shape.items);
      const bool is_wrapper = !entry.properties.contains(name) && !name.starts_with('#') &&
                              !name.starts_with('@') &&
                              (!entry.properties.empty() || (entry.types & type::object) == 0);
      if (is_wrapper) {
        if (inner.kind() != Value::Kind::list) return list_of_one(inner, shape);
        std::optional<Value> entries = change_entries(inner, shape);
        return entries ? entries : inner;
      }
    }
    return list_of_one(value, shape);
  }

  std::optional<Value> change_text(const Value& value, const Shape& shape) {
    const std::string& text = value.as_string();
    const unsigned types = shape.types;
    if ((types & type::string) != 0) return std::nullopt;
    const bool blank = is_blank(text);
    if (blank && (types & type::list) != 0) return like(value, Value(List()));
    if (blank && (types & type::object) != 0) return like(value, Value(Object()));
    if (blank && (types & type::none) != 0) return like(value, Value());
    if ((types & type::boolean) != 0 && (text == "true" || text == "false"))
      return like(value, Value(text == "true"));
    if ((types & type::whole_number) != 0 && is_json_number(text))
      return like(value, Value(Number(text)));
    if ((types & type::list) != 0) return list_of_one(value, shape);
    return std::nullopt;
  }

  /// --set series=2025 where the schema wants text.
  std::optional<Value> change_assigned(const Value& value, const Shape& shape) {
    const unsigned types = shape.types;
    if ((types & type_of(value)) != 0) return std::nullopt;
    if ((types & type::string) != 0) {
      if (value.kind() == Value::Kind::number) return like(value, Value(value.as_number().text));
      return like(value, Value(value.as_bool() ? "true" : "false"));
    }
    if ((types & type::list) != 0) return list_of_one(value, shape);
    return std::nullopt;
  }

  const Deal& m_deal;
  const CompiledSchema& m_compiled;
  std::map<Subschemas, Shape> m_shapes;
};

} // namespace

Value coerce(const Deal& deal, const CompiledSchema& compiled) {
  std::optional<Value> root = Coercer(deal, compiled).change(deal.root, {compiled.schema.root()});
  return root ? *std::move(root) : deal.root;
}

} // namespace engross::deal
