// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"
#include "deal/schema_source.hpp"
#include "deal/schema_view.hpp"
#include "deal/text.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/schema_parser.hpp>

#include <charconv>
#include <new>

// valijson reads the schema and holds it. Its validator is not used: that knows no decimals and no
// lines, and its sentences are not for lawyers. The tests hold ours against it.

namespace engross::deal {

struct Schema::Compiled : CompiledSchema {};

namespace {

/// Carries the index of the schema's node through valijson.
class NodeConstraint final : public valijson::constraints::PolyConstraint {
 public:
  explicit NodeConstraint(std::size_t node) : m_node(node) {}
  std::size_t node() const { return m_node; }

  bool validate(const valijson::adapters::Adapter& /*target*/,
                const std::vector<std::string>& /*context*/,
                valijson::ValidationResults* /*results*/) const override {
    return true;
  }

 private:
  Constraint* cloneInto(void* memory) const override { return new (memory) NodeConstraint(*this); }
  std::size_t sizeOf() const override { return sizeof(NodeConstraint); }

  std::size_t m_node;
};

class NodeBuilder final : public valijson::ConstraintBuilder {
 public:
  valijson::constraints::Constraint* make(const valijson::adapters::Adapter& value) const override {
    return new NodeConstraint(static_cast<std::size_t>(value.asInteger()));
  }
};

/// Only for constraints of a schema: numbers may lose digits.
nlohmann::json to_json(const Value& value) {
  switch (value.kind()) {
  case Value::Kind::boolean:
    return value.as_bool();
  case Value::Kind::number: {
    const std::string& text = value.as_number().text;
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
        error == std::errc{} && stop == end)
      return whole;
    double number = 0;
    std::from_chars(text.data(), end, number);
    return number;
  }
  case Value::Kind::string:
    return value.as_string();
  case Value::Kind::list: {
    nlohmann::json list = nlohmann::json::array();
    for (const Value& entry : value.as_list()) list.push_back(to_json(entry));
    return list;
  }
  case Value::Kind::object: {
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [name, member] : value.as_object()) object[name] = to_json(member);
    return object;
  }
  case Value::Kind::none:
  case Value::Kind::undefined:
    break;
  }
  return nullptr;
}

/// Finds the node of every schema that can be reached.
class NodeFinder final : public SchemaVisitor {
 public:
  explicit NodeFinder(CompiledSchema& compiled) : m_compiled(compiled) {}
  using SchemaVisitor::visit;

  void start() {
    m_todo = {m_compiled.schema.root()};
    while (!m_todo.empty()) {
      m_current = m_todo.back();
      m_todo.pop_back();
      if (!m_seen.emplace(m_current, true).second) continue;
      visit_all(*m_current);
    }
  }

  bool visit(const PolyConstraint& c) override {
    m_compiled.nodes[m_current] = static_cast<const NodeConstraint&>(c).node();
    return true;
  }
  bool visit(const AllOfConstraint& c) override { return each(c); }
  bool visit(const AnyOfConstraint& c) override { return each(c); }
  bool visit(const OneOfConstraint& c) override { return each(c); }
  bool visit(const NotConstraint& c) override { return add(c.getSubschema()); }
  bool visit(const ContainsConstraint& c) override { return add(c.getSubschema()); }
  bool visit(const PropertyNamesConstraint& c) override { return add(c.getSubschema()); }
  bool visit(const SingularItemsConstraint& c) override { return add(c.getItemsSubschema()); }
  bool visit(const ConditionalConstraint& c) override {
    return add(c.getIfSubschema()) && add(c.getThenSubschema()) && add(c.getElseSubschema());
  }
  bool visit(const DependenciesConstraint& c) override {
    c.applyToSchemaDependencies(
        [this](const auto& /*name*/, const auto* schema) { return add(schema); });
    return true;
  }
  bool visit(const LinearItemsConstraint& c) override {
    c.applyToItemSubschemas([this](unsigned /*index*/, const auto* schema) { return add(schema); });
    return add(c.getAdditionalItemsSubschema());
  }
  bool visit(const PropertiesConstraint& c) override {
    c.applyToProperties([this](const auto& /*name*/, const auto* schema) { return add(schema); });
    c.applyToPatternProperties(
        [this](const auto& /*name*/, const auto* schema) { return add(schema); });
    return add(c.getAdditionalPropertiesSubschema());
  }

 private:
  bool add(const valijson::Subschema* schema) {
    if (schema != nullptr) m_todo.push_back(schema);
    return true;
  }
  template <class C> bool each(const C& c) {
    c.applyToSubschemas([this](unsigned /*index*/, const auto* schema) { return add(schema); });
    return true;
  }

  CompiledSchema& m_compiled;
  const valijson::Subschema* m_current = nullptr;
  Subschemas m_todo;
  std::unordered_map<const valijson::Subschema*, bool> m_seen;
};

} // namespace

Schema::Schema(std::unique_ptr<Compiled> compiled) : m_compiled(std::move(compiled)) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<Schema> Schema::compile(const Source& source) {
  Result<Schema> result;
  Result<SchemaSource> document = read_schema(source);
  append(result.findings, std::move(document.findings));
  if (!document) return result;
  auto compiled = std::make_unique<Compiled>();
  try {
    const nlohmann::json json = to_json(document->normal);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.addConstraintBuilder(k_node_keyword, new NodeBuilder);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json), compiled->schema);
  } catch (const std::exception& error) {
    // What read_schema() lets pass valijson should take; this is for what we do not know of.
    result.findings.push_back(
        make_finding(Code::schema_not_usable, place_of(source.name), {error.what()}));
    return result;
  }
  compiled->source = *std::move(document);
  NodeFinder(*compiled).start();
  compiled->paths = paths_of(*compiled);
  result.value = Schema(std::move(compiled));
  return result;
}

Findings Schema::apply(Deal& deal) const {
  deal.root = coerce(deal, *m_compiled);
  return check(deal, *m_compiled);
}

const std::vector<std::string>& Schema::declared_paths() const { return m_compiled->paths; }

} // namespace engross::deal
