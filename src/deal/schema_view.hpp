// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "deal/schema_source.hpp"

#include <unordered_map>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/constraints/constraint_visitor.hpp>
#include <valijson/schema.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// How the schema as valijson holds it is looked at. Includes valijson: for schema*.cpp alone.

namespace engross::deal {

struct CompiledSchema {
  valijson::Schema schema;
  std::unordered_map<const valijson::Subschema*, std::size_t> nodes; ///< into source.nodes
  SchemaSource source;
  std::vector<std::string> paths;

  /// What the document says about this schema besides; nullptr for true and false.
  const SchemaNode* node_of(const valijson::Subschema& schema) const;
};

/// A visitor that is interested in nothing; what is of interest is overridden.
class SchemaVisitor : public valijson::constraints::ConstraintVisitor {
 public:
  bool visit(const AllOfConstraint& /*c*/) override { return true; }
  bool visit(const AnyOfConstraint& /*c*/) override { return true; }
  bool visit(const ConditionalConstraint& /*c*/) override { return true; }
  bool visit(const ConstConstraint& /*c*/) override { return true; }
  bool visit(const ContainsConstraint& /*c*/) override { return true; }
  bool visit(const DependenciesConstraint& /*c*/) override { return true; }
  bool visit(const EnumConstraint& /*c*/) override { return true; }
  bool visit(const FormatConstraint& /*c*/) override { return true; }
  bool visit(const LinearItemsConstraint& /*c*/) override { return true; }
  bool visit(const MaximumConstraint& /*c*/) override { return true; }
  bool visit(const MaxItemsConstraint& /*c*/) override { return true; }
  bool visit(const MaxLengthConstraint& /*c*/) override { return true; }
  bool visit(const MaxPropertiesConstraint& /*c*/) override { return true; }
  bool visit(const MinimumConstraint& /*c*/) override { return true; }
  bool visit(const MinItemsConstraint& /*c*/) override { return true; }
  bool visit(const MinLengthConstraint& /*c*/) override { return true; }
  bool visit(const MinPropertiesConstraint& /*c*/) override { return true; }
  bool visit(const MultipleOfDoubleConstraint& /*c*/) override { return true; }
  bool visit(const MultipleOfIntConstraint& /*c*/) override { return true; }
  bool visit(const NotConstraint& /*c*/) override { return true; }
  bool visit(const OneOfConstraint& /*c*/) override { return true; }
  bool visit(const PatternConstraint& /*c*/) override { return true; }
  bool visit(const PolyConstraint& /*c*/) override { return true; }
  bool visit(const PropertiesConstraint& /*c*/) override { return true; }
  bool visit(const PropertyNamesConstraint& /*c*/) override { return true; }
  bool visit(const RequiredConstraint& /*c*/) override { return true; }
  bool visit(const SingularItemsConstraint& /*c*/) override { return true; }
  bool visit(const TypeConstraint& /*c*/) override { return true; }
  bool visit(const UniqueItemsConstraint& /*c*/) override { return true; }

 protected:
  /// Visits every constraint of `schema`; true when each visit gave true.
  bool visit_all(const valijson::Subschema& schema);
};

/// Kinds of values as bits.
namespace type {
inline constexpr unsigned none = 1;
inline constexpr unsigned boolean = 2;
inline constexpr unsigned whole_number = 4;
inline constexpr unsigned number = 8 | whole_number;
inline constexpr unsigned string = 16;
inline constexpr unsigned list = 32;
inline constexpr unsigned object = 64;
inline constexpr unsigned any = none | boolean | number | string | list | object;
} // namespace type

/// "text or a list".
std::string type_names(unsigned types);
unsigned type_of(const Value& value);
unsigned types_of(const valijson::constraints::TypeConstraint& constraint);

using Subschemas = std::vector<const valijson::Subschema*>;

/// What a set of schemas says together about one value, all alternatives included.
struct Shape {
  unsigned types = type::any;
  std::map<std::string, Subschemas, std::less<>> properties;
  std::vector<std::pair<std::string, const valijson::Subschema*>> patterns;
  Subschemas additional;
  Subschemas items;
  std::vector<Subschemas> first_items; ///< by position
};

Shape shape_of(const Subschemas& schemas, const CompiledSchema& compiled);

/// Schemas for the member of that name.
Subschemas schemas_of_member(const Shape& shape, std::string_view name,
                             const CompiledSchema& compiled);

/// Text, XML's lone elements and values of assignments become what the schema says.
Value coerce(const Deal& deal, const CompiledSchema& compiled);

/// Every violation, at most k_most_findings.
Findings check(const Deal& deal, const CompiledSchema& compiled);

/// See Schema::declared_paths().
std::vector<std::string> paths_of(const CompiledSchema& compiled);

} // namespace engross::deal
