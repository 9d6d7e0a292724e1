// SPDX-License-Identifier: MPL-2.0
#include "deal/schema_source.hpp"

#include "deal/decimal.hpp"
#include "deal/json_reader.hpp"
#include "deal/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace engross::deal {

namespace {

/// What a keyword holds.
enum class Holds {
  schema,
  schemas,           ///< list of schemas, one at least
  schema_or_schemas, ///< items
  named_schemas,     ///< object of schemas
  definitions,       ///< the same, no constraint itself
  dependencies,      ///< object of schemas or lists of names
  count,             ///< whole number from 0
  number,
  positive_number,
  text,
  pattern,
  yes_or_no,
  names,  ///< list of texts
  type,   ///< name of a type or list of them
  values, ///< enum: list, one at least
  value,  ///< const: anything
  title,
  description,
  reference,           ///< $ref
  draft,               ///< $schema
  nothing_of_interest, ///< says nothing about a value
};

struct Keyword {
  std::string_view name;
  Holds holds;
  bool is_in_place = false; ///< its schemas look at the same value
};

/// Those that hold schemas stand in the order in which valijson reads them.
constexpr Keyword k_keywords[] = {
    {"$ref", Holds::reference, true},
    {"$schema", Holds::draft},
    {"$id", Holds::nothing_of_interest},
    {"$comment", Holds::nothing_of_interest},
    {"title", Holds::title},
    {"description", Holds::description},
    {"default", Holds::nothing_of_interest},
    {"examples", Holds::nothing_of_interest},
    {"readOnly", Holds::nothing_of_interest},
    {"writeOnly", Holds::nothing_of_interest},
    {"contentMediaType", Holds::nothing_of_interest},
    {"contentEncoding", Holds::nothing_of_interest},
    {"definitions", Holds::definitions},
    {"$defs", Holds::definitions},
    {"type", Holds::type},
    {"enum", Holds::values},
    {"const", Holds::value},
    {"multipleOf", Holds::positive_number},
    {"maximum", Holds::number},
    {"exclusiveMaximum", Holds::number},
    {"minimum", Holds::number},
    {"exclusiveMinimum", Holds::number},
    {"maxLength", Holds::count},
    {"minLength", Holds::count},
    {"pattern", Holds::pattern},
    {"format", Holds::text},
    {"maxItems", Holds::count},
    {"minItems", Holds::count},
    {"uniqueItems", Holds::yes_or_no},
    {"maxProperties", Holds::count},
    {"minProperties", Holds::count},
    {"required", Holds::names},
    {"allOf", Holds::schemas, true},
    {"anyOf", Holds::schemas, true},
    {"contains", Holds::schema},
    {"dependencies", Holds::dependencies, true},
    {"additionalItems", Holds::schema},
    {"items", Holds::schema_or_schemas},
    {"if", Holds::schema, true},
    {"then", Holds::schema, true},
    {"else", Holds::schema, true},
    {"not", Holds::schema, true},
    {"oneOf", Holds::schemas, true},
    {"properties", Holds::named_schemas},
    {"patternProperties", Holds::named_schemas},
    {"additionalProperties", Holds::schema},
    {"propertyNames", Holds::schema},
};

constexpr std::array<std::string_view, 7> k_types = {"array",  "boolean", "integer", "null",
                                                     "number", "object",  "string"};

/// Schemas inside schemas, through references too: valijson goes down by recursion.
constexpr int k_deepest = 128;

const Keyword* find_keyword(std::string_view name) {
  const auto* const found = std::find_if(std::begin(k_keywords), std::end(k_keywords),
                                         [&](const Keyword& k) { return k.name == name; });
  return found == std::end(k_keywords) ? nullptr : found;
}

std::string_view name_of(Holds holds) {
  switch (holds) {
  case Holds::schema:
    return "a schema";
  case Holds::schemas:
    return "a list of schemas";
  case Holds::schema_or_schemas:
    return "a schema or a list of schemas";
  case Holds::named_schemas:
  case Holds::definitions:
    return "an object of schemas";
  case Holds::dependencies:
    return "an object of schemas or of lists of names";
  case Holds::count:
    return "a whole number from 0 on";
  case Holds::number:
    return "a number";
  case Holds::positive_number:
    return "a number greater than 0";
  case Holds::text:
  case Holds::title:
  case Holds::description:
  case Holds::reference:
  case Holds::draft:
    return "text";
  case Holds::pattern:
    return "a regular expression that can be used";
  case Holds::yes_or_no:
    return "true or false";
  case Holds::names:
    return "a list of names";
  case Holds::type:
    return "one or more of “array”, “boolean”, “integer”, “null”, “number”, “object”, “string”";
  case Holds::values:
    return "a list of values";
  case Holds::value:
  case Holds::nothing_of_interest:
    break;
  }
  return "a value";
}

bool is_texts(const Value& value) {
  return value.kind() == Value::Kind::list &&
         std::all_of(value.as_list().begin(), value.as_list().end(),
                     [](const Value& v) { return v.kind() == Value::Kind::string; });
}

bool is_type_name(const Value& value) {
  return value.kind() == Value::Kind::string &&
         std::find(k_types.begin(), k_types.end(), value.as_string()) != k_types.end();
}

bool is_count(const Value& value) {
  if (value.kind() != Value::Kind::number) return false;
  const std::string& text = value.as_number().text;
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc{} && end == text.data() + text.size();
}

std::string escape_token(std::string_view token) {
  std::string out;
  for (const char c : token) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

int hex_digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/// RFC 3986, 2.1.
std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

class SchemaReader {
 public:
  SchemaReader(const Source& source, Findings& findings) : m_source(source), m_findings(findings) {}

  std::optional<SchemaSource> read(const Value& root) {
    if (const Value* id = root.member("$id"); id != nullptr && id->kind() == Value::Kind::string) {
      m_id = id->as_string();
      m_id.erase(std::min(m_id.find('#'), m_id.size()));
    }
    collect(root, "");
    for (Entry& entry : m_entries) resolve_reference(entry);
    if (has_errors(m_findings)) return std::nullopt;
    if (!find_circle()) return std::nullopt;
    m_is_reached.assign(m_entries.size(), false);
    if (!reach(0, 1)) return std::nullopt;
    Object definitions;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
      if (m_is_reached[i] && !m_entries[i].target)
        definitions.set(std::to_string(i), normal_form(i));
    Object top;
    top.set("$ref", reference_to(0).as_object().find("$ref")->as_string());
    top.set("definitions", Value(std::move(definitions)));
    m_result.normal = Value(std::move(top));
    return std::move(m_result);
  }

 private:
  struct Edge {
    std::size_t to = 0;
    const Keyword* keyword = nullptr;
    std::string_view name; ///< where the keyword holds schemas by name
  };

  struct Entry {
    const Value* schema = nullptr;
    std::string pointer;               ///< RFC 6901
    std::optional<std::size_t> target; ///< of $ref
    std::vector<Edge> edges;
  };

  Place place(const Value& value) const { return place_of(m_source.name, value.origin.line); }

  void bad_keyword(std::string_view name, Holds holds, const Value& value) {
    std::string what(kind_name(value.kind()));
    if (value.kind() == Value::Kind::string) what = in_quotes(value.as_string());
    if (value.kind() == Value::Kind::number) what = value.as_number().text;
    m_findings.push_back(
        make_finding(Code::schema_keyword, place(value), {name, name_of(holds), what}));
  }

  /// Gives the schema at `pointer` an index and goes down.
  std::size_t collect(const Value& schema, const std::string& pointer) {
    const std::size_t index = m_entries.size();
    m_entries.push_back({&schema, pointer, std::nullopt, {}});
    m_by_pointer.emplace(pointer, index);
    m_result.nodes.emplace_back();
    if (schema.kind() == Value::Kind::boolean) return index;
    if (schema.kind() != Value::Kind::object) {
      const std::size_t slash = pointer.rfind('/');
      bad_keyword(slash == std::string::npos ? "schema" : pointer.substr(slash + 1), Holds::schema,
                  schema);
      return index;
    }
    for (const auto& [name, value] : schema.as_object())
      keyword(index, name, value, pointer + "/" + escape_token(name));
    return index;
  }

  void child(std::size_t parent, const Keyword& keyword, const Value& value,
             const std::string& pointer, std::string_view name = {}) {
    const std::size_t index = collect(value, pointer);
    if (keyword.holds != Holds::definitions)
      m_entries[parent].edges.push_back({index, &keyword, name});
  }

  void keyword(std::size_t index, const std::string& name, const Value& value,
               const std::string& pointer) {
    const Keyword* const known = find_keyword(name);
    if (known == nullptr) return unknown_keyword(name, value);
    using Kind = Value::Kind;
    const Kind kind = value.kind();
    bool good = true;
    switch (known->holds) {
    case Holds::schema:
      child(index, *known, value, pointer);
      break;
    case Holds::schema_or_schemas:
    case Holds::schemas:
      if (known->holds == Holds::schema_or_schemas && kind != Kind::list) {
        child(index, *known, value, pointer);
        break;
      }
      good = kind == Kind::list &&
             (known->holds == Holds::schema_or_schemas || !value.as_list().empty());
      if (!good) break;
      for (std::size_t i = 0; i < value.as_list().size(); ++i)
        child(index, *known, value.as_list()[i], pointer + "/" + std::to_string(i));
      break;
    case Holds::named_schemas:
    case Holds::definitions:
    case Holds::dependencies:
      good = kind == Kind::object;
      if (!good) break;
      for (const auto& [member, schema] : value.as_object()) {
        if (name == "patternProperties") add_pattern(name, member, schema);
        if (known->holds == Holds::dependencies && schema.kind() == Kind::list)
          good &= is_texts(schema);
        else
          child(index, *known, schema, pointer + "/" + escape_token(member), member);
      }
      break;
    case Holds::count:
      good = is_count(value);
      break;
    case Holds::number:
      good = kind == Kind::number;
      break;
    case Holds::positive_number:
      good = kind == Kind::number &&
             std::is_gt(compare(parse_decimal(value.as_number().text), Decimal()));
      break;
    case Holds::pattern:
      good = kind == Kind::string;
      if (good) add_pattern(name, value.as_string(), value);
      break;
    case Holds::text:
    case Holds::reference:
      good = kind == Kind::string;
      break;
    case Holds::title:
      if (kind == Kind::string) m_result.nodes[index].title = value.as_string();
      break;
    case Holds::description:
      if (kind == Kind::string) m_result.nodes[index].description = value.as_string();
      break;
    case Holds::draft:
      if (kind == Kind::string && value.as_string().find("draft/20") != std::string::npos)
        m_findings.push_back(make_finding(Code::schema_draft, place(value), {value.as_string()}));
      break;
    case Holds::yes_or_no:
      good = kind == Kind::boolean;
      break;
    case Holds::names:
      good = is_texts(value);
      break;
    case Holds::type:
      good = is_type_name(value) ||
             (kind == Kind::list && !value.as_list().empty() &&
              std::all_of(value.as_list().begin(), value.as_list().end(), is_type_name));
      break;
    case Holds::values:
      good = kind == Kind::list && !value.as_list().empty();
      if (good) m_result.nodes[index].allowed = value.as_list();
      break;
    case Holds::value:
      m_result.nodes[index].constant = List{value};
      break;
    case Holds::nothing_of_interest:
      break;
    }
    if (!good) bad_keyword(name, known->holds, value);
  }

  void add_pattern(const std::string& keyword, const std::string& expression, const Value& value) {
    if (m_result.patterns.contains(expression)) return;
    if (std::optional<Pattern> pattern = Pattern::compile(expression))
      m_result.patterns.emplace(expression, *std::move(pattern));
    else
      m_findings.push_back(make_finding(Code::schema_keyword, place(value),
                                        {keyword, name_of(Holds::pattern), in_quotes(expression)}));
  }

  void unknown_keyword(const std::string& name, const Value& value) {
    std::vector<std::string> names;
    for (const Keyword& known : k_keywords) names.emplace_back(known.name);
    if (const std::optional<std::string> meant = closest_name(name, names))
      m_findings.push_back(
          make_finding(Code::schema_keyword_unknown, place(value), {name, *meant}));
  }

  void resolve_reference(Entry& entry) {
    const Value* const reference = entry.schema->member("$ref");
    if (reference == nullptr || reference->kind() != Value::Kind::string) return;
    std::string_view text = reference->as_string();
    if (!m_id.empty() && text.starts_with(m_id)) {
      text.remove_prefix(m_id.size());
      if (text.empty()) text = "#";
    }
    if (!text.starts_with('#')) {
      m_findings.push_back(
          make_finding(Code::schema_ref_outside, place(*reference), {reference->as_string()}));
      return;
    }
    const auto found = m_by_pointer.find(decode_percent(text.substr(1)));
    if (found == m_by_pointer.end())
      m_findings.push_back(
          make_finding(Code::schema_ref_missing, place(*reference), {reference->as_string()}));
    else
      entry.target = found->second;
  }

  /// False, and a finding, when schemas lead back to themselves without going down in the data.
  bool find_circle() {
    std::vector<std::vector<std::size_t>> before(m_entries.size());
    std::vector<std::size_t> open(m_entries.size(), 0); // steps from here not taken back yet
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
      Entry& entry = m_entries[i];
      // In draft 7 nothing counts beside $ref.
      if (entry.target) entry.edges = {{*entry.target, find_keyword("$ref"), {}}};
      for (const Edge& edge : entry.edges) {
        if (!edge.keyword->is_in_place) continue;
        before[edge.to].push_back(i);
        ++open[i];
      }
    }
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < open.size(); ++i)
      if (open[i] == 0) ends.push_back(i);
    for (std::size_t done = 0; done < ends.size(); ++done)
      for (const std::size_t i : before[ends[done]])
        if (--open[i] == 0) ends.push_back(i);
    if (ends.size() == m_entries.size()) return true;
    // From every schema that is left a step leads to another that is left.
    std::size_t at = 0;
    while (open[at] == 0) ++at;
    std::vector<bool> seen(m_entries.size(), false);
    while (!seen[at]) {
      seen[at] = true;
      for (const Edge& edge : m_entries[at].edges)
        if (edge.keyword->is_in_place && open[edge.to] != 0) {
          at = edge.to;
          break;
        }
    }
    m_findings.push_back(make_finding(Code::schema_circle, place(*m_entries[at].schema),
                                      {"#" + m_entries[at].pointer}));
    return false;
  }

  /// Goes the way of valijson's reader, which needs stack for each step; false, and a finding, when
  /// that is too deep.
  bool reach(std::size_t index, int depth) {
    Entry& entry = m_entries[index];
    if (depth > k_deepest) {
      m_findings.push_back(
          make_finding(Code::schema_too_deep, place(*entry.schema), {std::to_string(k_deepest)}));
      return false;
    }
    m_is_reached[index] = true;
    std::stable_sort(entry.edges.begin(), entry.edges.end(), [](const Edge& a, const Edge& b) {
      return a.keyword != b.keyword ? a.keyword < b.keyword : a.name < b.name;
    });
    return std::all_of(entry.edges.begin(), entry.edges.end(), [&](const Edge& edge) {
      return m_is_reached[edge.to] || reach(edge.to, depth + 1);
    });
  }

  Value reference_to(std::size_t index) const {
    while (m_entries[index].target) index = *m_entries[index].target;
    Object object;
    object.set("$ref", Value("#/definitions/" + std::to_string(index)));
    return Value(std::move(object));
  }

  std::size_t index_of(const std::string& pointer) const {
    return m_by_pointer.find(pointer)->second;
  }

  Value normal_form(std::size_t index) const {
    const Entry& entry = m_entries[index];
    if (entry.schema->kind() == Value::Kind::boolean) return *entry.schema;
    Object out;
    for (const auto& [name, value] : entry.schema->as_object()) {
      const Keyword* const known = find_keyword(name);
      if (known == nullptr) continue;
      const std::string pointer = entry.pointer + "/" + escape_token(name);
      switch (known->holds) {
      case Holds::schema:
        out.set(name, reference_to(index_of(pointer)));
        break;
      case Holds::schema_or_schemas:
      case Holds::schemas: {
        if (value.kind() != Value::Kind::list) {
          out.set(name, reference_to(index_of(pointer)));
          break;
        }
        List list;
        for (std::size_t i = 0; i < value.as_list().size(); ++i)
          list.push_back(reference_to(index_of(pointer + "/" + std::to_string(i))));
        out.set(name, Value(std::move(list)));
        break;
      }
      case Holds::named_schemas:
      case Holds::dependencies: {
        Object object;
        for (const auto& [member, schema] : value.as_object())
          object.set(member,
                     known->holds == Holds::dependencies && schema.kind() == Value::Kind::list
                         ? schema
                         : reference_to(index_of(pointer + "/" + escape_token(member))));
        out.set(name, Value(std::move(object)));
        break;
      }
      case Holds::count:
      case Holds::number:
      case Holds::positive_number:
      case Holds::text:
      case Holds::pattern:
      case Holds::yes_or_no:
      case Holds::names:
      case Holds::type:
        out.set(name, value);
        break;
      case Holds::definitions:
      case Holds::values:
      case Holds::value:
      case Holds::title:
      case Holds::description:
      case Holds::reference:
      case Holds::draft:
      case Holds::nothing_of_interest:
        break;
      }
    }
    out.set(k_node_keyword, Value::integer(static_cast<std::int64_t>(index)));
    return Value(std::move(out));
  }

  const Source& m_source;
  Findings& m_findings;
  std::string m_id;
  std::vector<Entry> m_entries;
  std::map<std::string, std::size_t, std::less<>> m_by_pointer;
  std::vector<bool> m_is_reached;
  SchemaSource m_result;
};

} // namespace

Result<SchemaSource> read_schema(const Source& source) {
  Result<SchemaSource> result;
  const Limits limits;
  const std::optional<std::string_view> text = text_of(source, limits, result.findings);
  if (!text) return result;
  const std::optional<Value> root =
      read_json({source.name, *text, 0, limits.depth}, result.findings);
  if (!root || has_errors(result.findings)) return result;
  if (root->kind() != Value::Kind::object) {
    result.findings.push_back(make_finding(
        Code::data_root, place_of(source.name, root->origin.line), {kind_name(root->kind())}));
    return result;
  }
  result.value = SchemaReader(source, result.findings).read(*root);
  return result;
}

} // namespace engross::deal
