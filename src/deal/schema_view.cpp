// SPDX-License-Identifier: MPL-2.0
#include "deal/schema_view.hpp"

#include "deal/decimal.hpp"

#include <algorithm>
#include <set>

namespace engross::deal {

namespace {

using valijson::Subschema;

unsigned types_of_all(const List& values) {
  unsigned types = 0;
  for (const Value& value : values) types |= type_of(value);
  return types;
}

/// Joins what several schemas say about the same value.
class ShapeCollector final : public SchemaVisitor {
 public:
  ShapeCollector(Shape& shape, const CompiledSchema& compiled)
      : m_shape(shape), m_compiled(compiled) {}
  using SchemaVisitor::visit;

  /// Gives the types that the schema leaves.
  unsigned add(const Subschema& schema) {
    const auto [found, is_new] = m_seen.emplace(&schema, type::any);
    if (!is_new) return found->second;
    const unsigned outer = std::exchange(m_types, schema.getAlwaysInvalid() ? 0 : type::any);
    if (const SchemaNode* node = m_compiled.node_of(schema)) {
      if (node->allowed) m_types &= types_of_all(*node->allowed);
      if (node->constant) m_types &= types_of_all(*node->constant);
    }
    visit_all(schema);
    return found->second = std::exchange(m_types, outer);
  }

  bool visit(const TypeConstraint& c) override {
    m_types &= types_of(c);
    return true;
  }
  bool visit(const AllOfConstraint& c) override {
    c.applyToSubschemas([this](unsigned /*index*/, const Subschema* schema) {
      m_types &= add(*schema);
      return true;
    });
    return true;
  }
  bool visit(const AnyOfConstraint& c) override { return one_of(c); }
  bool visit(const OneOfConstraint& c) override { return one_of(c); }
  bool visit(const ConditionalConstraint& c) override {
    if (c.getThenSubschema() != nullptr) add(*c.getThenSubschema());
    if (c.getElseSubschema() != nullptr) add(*c.getElseSubschema());
    return true;
  }
  bool visit(const DependenciesConstraint& c) override {
    c.applyToSchemaDependencies([this](const auto& /*name*/, const Subschema* schema) {
      add(*schema);
      return true;
    });
    return true;
  }
  bool visit(const SingularItemsConstraint& c) override {
    m_shape.items.push_back(c.getItemsSubschema());
    return true;
  }
  bool visit(const LinearItemsConstraint& c) override {
    c.applyToItemSubschemas([this](unsigned index, const Subschema* schema) {
      if (m_shape.first_items.size() <= index) m_shape.first_items.resize(index + 1);
      m_shape.first_items[index].push_back(schema);
      return true;
    });
    if (c.getAdditionalItemsSubschema() != nullptr)
      m_shape.items.push_back(c.getAdditionalItemsSubschema());
    return true;
  }
  bool visit(const PropertiesConstraint& c) override {
    c.applyToProperties([this](const auto& name, const Subschema* schema) {
      m_shape.properties[std::string(name.c_str())].push_back(schema);
      return true;
    });
    c.applyToPatternProperties([this](const auto& name, const Subschema* schema) {
      m_shape.patterns.emplace_back(name.c_str(), schema);
      return true;
    });
    if (c.getAdditionalPropertiesSubschema() != nullptr)
      m_shape.additional.push_back(c.getAdditionalPropertiesSubschema());
    return true;
  }

 private:
  template <class C> bool one_of(const C& c) {
    unsigned types = 0;
    c.applyToSubschemas([&](unsigned /*index*/, const Subschema* schema) {
      types |= add(*schema);
      return true;
    });
    m_types &= types;
    return true;
  }

  Shape& m_shape;
  const CompiledSchema& m_compiled;
  unsigned m_types = type::any;
  std::map<const Subschema*, unsigned> m_seen;
};

} // namespace

const SchemaNode* CompiledSchema::node_of(const Subschema& subschema) const {
  const auto found = nodes.find(&subschema);
  return found == nodes.end() ? nullptr : &source.nodes[found->second];
}

bool SchemaVisitor::visit_all(const Subschema& schema) {
  Subschema::ApplyFunction visit_one = [this](const valijson::constraints::Constraint& c) {
    return c.accept(*this);
  };
  return schema.apply(visit_one);
}

std::string type_names(unsigned types) {
  std::vector<std::string_view> names;
  const auto add = [&](unsigned bits, std::string_view name) {
    if ((types & bits) == bits) names.push_back(name);
  };
  add(type::string, "text");
  if ((types & type::number) == type::number)
    names.emplace_back("a number");
  else
    add(type::whole_number, "a whole number");
  add(type::boolean, "true or false");
  add(type::list, "a list");
  add(type::object, "a group of values");
  add(type::none, "empty (null)");
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out.empty() ? "left out" : out;
}

unsigned type_of(const Value& value) {
  switch (value.kind()) {
  case Value::Kind::boolean:
    return type::boolean;
  case Value::Kind::number:
    return is_whole(parse_decimal(value.as_number().text)) ? type::whole_number
                                                           : type::number & ~type::whole_number;
  case Value::Kind::string:
    return type::string;
  case Value::Kind::list:
    return type::list;
  case Value::Kind::object:
    return type::object;
  case Value::Kind::none:
  case Value::Kind::undefined:
    break;
  }
  return type::none;
}

unsigned types_of(const valijson::constraints::TypeConstraint& constraint) {
  using Type = valijson::constraints::TypeConstraint::JsonType;
  unsigned types = 0;
  constraint.applyToNamedTypes([&](Type t) {
    switch (t) {
    case Type::kAny:
      types |= type::any;
      break;
    case Type::kArray:
      types |= type::list;
      break;
    case Type::kBoolean:
      types |= type::boolean;
      break;
    case Type::kInteger:
      types |= type::whole_number;
      break;
    case Type::kNull:
      types |= type::none;
      break;
    case Type::kNumber:
      types |= type::number;
      break;
    case Type::kObject:
      types |= type::object;
      break;
    case Type::kString:
      types |= type::string;
      break;
    }
    return true;
  });
  return types;
}

Shape shape_of(const Subschemas& schemas, const CompiledSchema& compiled) {
  Shape shape;
  ShapeCollector collector(shape, compiled);
  for (const Subschema* schema : schemas) shape.types &= collector.add(*schema);
  return shape;
}

Subschemas schemas_of_member(const Shape& shape, std::string_view name,
                             const CompiledSchema& compiled) {
  Subschemas schemas;
  if (const auto found = shape.properties.find(name); found != shape.properties.end())
    schemas = found->second;
  for (const auto& [expression, schema] : shape.patterns) {
    const auto pattern = compiled.source.patterns.find(expression);
    if (pattern != compiled.source.patterns.end() && pattern->second.matches(name).value_or(false))
      schemas.push_back(schema);
  }
  return schemas.empty() ? shape.additional : schemas;
}

namespace {

/// Paths are listed to this depth: a schema may refer to itself.
constexpr std::size_t k_path_depth = 12;
constexpr std::size_t k_most_paths = 10'000;

class PathLister {
 public:
  explicit PathLister(const CompiledSchema& compiled) : m_compiled(compiled) {}

  void list(const Subschemas& schemas, const std::string& path, std::size_t depth) {
    if (depth > k_path_depth || schemas.empty()) return;
    const Shape shape = shape_of(schemas, m_compiled);
    for (const auto& [name, members] : shape.properties) {
      const std::string below = join_path(path, name);
      if (add(below)) list(members, below, depth + 1);
    }
    Subschemas entries = shape.items;
    for (const Subschemas& first : shape.first_items)
      entries.insert(entries.end(), first.begin(), first.end());
    list(entries, path + "[]", depth + 1);
    // Members of any name, where the schema says what they are. That it does not forbid them is not
    // enough: then a typing error would be a name as good as any.
    Subschemas members;
    for (const auto& [expression, schema] : shape.patterns) members.push_back(schema);
    for (const Subschema* schema : shape.additional)
      if (schema != m_compiled.schema.emptySubschema() && !schema->getAlwaysInvalid())
        members.push_back(schema);
    if (!members.empty() && add(path + "[]")) list(members, path + "[]", depth + 1);
  }

  std::vector<std::string> take() { return {m_paths.begin(), m_paths.end()}; }

 private:
  bool add(const std::string& path) {
    if (m_paths.size() >= k_most_paths) return false;
    m_paths.insert(path);
    return true;
  }

  const CompiledSchema& m_compiled;
  std::set<std::string> m_paths;
};

} // namespace

std::vector<std::string> paths_of(const CompiledSchema& compiled) {
  PathLister lister(compiled);
  lister.list({compiled.schema.root()}, "", 1);
  return lister.take();
}

} // namespace engross::deal
