// SPDX-License-Identifier: MPL-2.0
#include "deal/decimal.hpp"
#include "deal/schema_formats.hpp"
#include "deal/schema_view.hpp"
#include "deal/schema_words.hpp"
#include "deal/text.hpp"

#include <unordered_map>

#include <algorithm>

namespace engross::deal {

namespace {

using valijson::Subschema;

/// A schema that offers many alternatives to deep data could be tried for ever. So many schemas may
/// be looked at, and so many more for each value.
constexpr std::size_t k_most_steps = 500'000;
constexpr std::size_t k_steps_for_a_value = 20;
/// Of the checker inside itself; valid data and schemas need less than a thousand.
constexpr int k_deepest = 2000;

/// The check cannot be finished.
struct GivenUp {};

/// One step of the path to a value; the path itself is only written where something is wrong.
struct Where {
  const Where* parent = nullptr;
  std::string_view name;
  std::size_t index = 0;
};

std::string path_to(const Where* where) {
  std::vector<const Where*> steps;
  for (; where != nullptr; where = where->parent) steps.push_back(where);
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step)
    path = (*step)->name.data() == nullptr
               ? join_path(path, "[" + std::to_string((*step)->index) + "]")
               : join_path(path, (*step)->name);
  return path;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

struct Run {
  const Deal& deal;
  const CompiledSchema& compiled;
  std::size_t most_steps = 0;
  std::size_t steps = 0;
  int depth = 0;
};

std::size_t count_values(const Value& value) {
  std::size_t count = 1;
  if (value.kind() == Value::Kind::list)
    for (const Value& entry : value.as_list()) count += count_values(entry);
  if (value.kind() == Value::Kind::object)
    for (const auto& [name, member] : value.as_object()) count += count_values(member);
  return count;
}

/// Checks one value. Without `findings` it only says whether the value is valid.
class Checker final : public SchemaVisitor {
 public:
  Checker(Run& run, const Value& value, const Where* where, Findings* findings)
      : m_run(run), m_value(value), m_where(where), m_findings(findings) {}
  using SchemaVisitor::visit;

  bool check(const Subschema& schema) {
    if (++m_run.steps > m_run.most_steps || m_run.depth >= k_deepest) throw GivenUp{};
    if (m_findings != nullptr && m_findings->size() >= k_most_findings) return false;
    if (schema.getAlwaysInvalid()) return refuse(Code::schema_forbidden, {subject()});
    ++m_run.depth;
    const Subschema* const outer = std::exchange(m_schema, &schema);
    bool valid = visit_all(schema);
    const SchemaNode* const node = m_run.compiled.node_of(schema);
    if (node != nullptr && node->allowed) valid = allowed(*node->allowed) && valid;
    if (node != nullptr && node->constant) valid = allowed(*node->constant) && valid;
    m_schema = outer;
    --m_run.depth;
    return valid;
  }

  // Types and values

  bool visit(const TypeConstraint& c) override {
    const unsigned types = types_of(c);
    if ((types & type_of(m_value)) != 0) return true;
    return wrong_type(types);
  }

  bool visit(const FormatConstraint& c) override {
    if (m_value.kind() != Value::Kind::string) return true;
    const std::string& text = m_value.as_string();
    if (c.getFormat() == "date" && !is_date(text)) return format("a date", "2025-03-14");
    if (c.getFormat() == "time" && !is_time(text)) return format("a time of day", "14:30:00Z");
    if (c.getFormat() == "date-time" && !is_date_time(text))
      return format("a date and time", "2025-03-14T14:30:00Z");
    return true;
  }

  bool visit(const PatternConstraint& c) override {
    if (m_value.kind() != Value::Kind::string) return true;
    const std::string expression = c.getPattern(std::allocator<char>());
    if (matches(expression, m_value.as_string())) return true;
    // Whoever is told that it is no date need not be told what a date looks like.
    if (m_findings != nullptr && !m_findings->empty() &&
        m_findings->back().code == Code::schema_format &&
        m_findings->back().place.data_path == path_to(m_where))
      return false;
    return refuse(Code::schema_pattern,
                  {subject(), show(m_value),
                   about().empty() ? "Write it in the form " + in_quotes(expression) + "."
                                   : remedy("Write it as it is described")});
  }

  bool visit(const MaxLengthConstraint& c) override {
    return text_length(count_text() <= c.getMaxLength(), "at most ", c.getMaxLength());
  }
  bool visit(const MinLengthConstraint& c) override {
    return text_length(count_text() >= c.getMinLength(), "at least ", c.getMinLength());
  }

  // Numbers

  bool visit(const MaximumConstraint& c) override {
    if (m_value.kind() != Value::Kind::number) return true;
    const Decimal bound = to_decimal(c.getMaximum());
    const auto order = compare(number(), bound);
    if (c.getExclusiveMaximum()) return bound_to(std::is_lt(order), "less than ", bound);
    return bound_to(std::is_lteq(order), "at most ", bound);
  }
  bool visit(const MinimumConstraint& c) override {
    if (m_value.kind() != Value::Kind::number) return true;
    const Decimal bound = to_decimal(c.getMinimum());
    const auto order = compare(number(), bound);
    if (c.getExclusiveMinimum()) return bound_to(std::is_gt(order), "greater than ", bound);
    return bound_to(std::is_gteq(order), "at least ", bound);
  }
  bool visit(const MultipleOfIntConstraint& c) override {
    return multiple(parse_decimal(std::to_string(c.getDivisor())));
  }
  bool visit(const MultipleOfDoubleConstraint& c) override {
    return multiple(to_decimal(c.getDivisor()));
  }

  // Lists

  bool visit(const SingularItemsConstraint& c) override {
    if (m_value.kind() != Value::Kind::list) return true;
    bool valid = true;
    for (std::size_t i = 0; i < m_value.as_list().size(); ++i)
      valid = entry(i, *c.getItemsSubschema()) && valid;
    return valid;
  }
  bool visit(const LinearItemsConstraint& c) override {
    if (m_value.kind() != Value::Kind::list) return true;
    const List& list = m_value.as_list();
    bool valid = true;
    c.applyToItemSubschemas([&](unsigned i, const Subschema* schema) {
      if (i < list.size()) valid = entry(i, *schema) && valid;
      return true;
    });
    for (std::size_t i = c.getItemSubschemaCount(); i < list.size(); ++i) {
      const Subschema* const schema = c.getAdditionalItemsSubschema();
      if (schema != nullptr)
        valid = entry(i, *schema) && valid;
      else
        return length(false, "at most ", c.getItemSubschemaCount(), list.size(), "entry",
                      "entries") &&
               valid;
    }
    return valid;
  }
  bool visit(const MaxItemsConstraint& c) override {
    return list_length(list_size() <= c.getMaxItems(), "at most ", c.getMaxItems());
  }
  bool visit(const MinItemsConstraint& c) override {
    return list_length(list_size() >= c.getMinItems(), "at least ", c.getMinItems());
  }
  bool visit(const UniqueItemsConstraint& /*c*/) override {
    if (m_value.kind() != Value::Kind::list) return true;
    std::unordered_map<std::string, std::size_t> seen;
    const List& list = m_value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto [found, is_new] = seen.emplace(key_of(list[i]), i);
      if (!is_new)
        return refuse(Code::schema_twice, {subject(), "[" + std::to_string(found->second) +
                                                          "] and [" + std::to_string(i) + "]"});
    }
    return true;
  }
  bool visit(const ContainsConstraint& c) override {
    if (m_value.kind() != Value::Kind::list) return true;
    const List& list = m_value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Where where{m_where, {}, i};
      if (Checker(m_run, list[i], &where, nullptr).check(*c.getSubschema())) return true;
    }
    return refuse(Code::schema_contains, {subject(), remedy("Add such an entry")});
  }

  // Objects

  bool visit(const RequiredConstraint& c) override {
    if (m_value.kind() != Value::Kind::object) return true;
    bool valid = true;
    c.applyToRequiredProperties([&](const auto& required) {
      const std::string name(required.c_str());
      if (m_value.as_object().contains(name)) return true;
      valid = false;
      if (m_findings != nullptr)
        refuse_at(Code::schema_missing, name, {subject(name), hint_for_missing(name)});
      return true;
    });
    return valid;
  }
  bool visit(const PropertiesConstraint& c) override {
    if (m_value.kind() != Value::Kind::object) return true;
    std::unordered_map<std::string_view, const Subschema*> declared;
    std::vector<std::pair<std::string, const Subschema*>> patterns;
    c.applyToProperties([&](const auto& name, const Subschema* schema) {
      declared.emplace(std::string_view(name.data(), name.size()), schema);
      return true;
    });
    c.applyToPatternProperties([&](const auto& name, const Subschema* schema) {
      patterns.emplace_back(name.c_str(), schema);
      return true;
    });
    const Subschema* const others = c.getAdditionalPropertiesSubschema();
    bool valid = true;
    for (const auto& [name, value] : m_value.as_object()) {
      bool known = false;
      if (const auto found = declared.find(name); found != declared.end()) {
        known = true;
        valid = member(name, value, *found->second) && valid;
      }
      for (const auto& [expression, schema] : patterns) {
        if (!matches(expression, name)) continue;
        known = true;
        valid = member(name, value, *schema) && valid;
      }
      if (known) continue;
      if (others != nullptr && !others->getAlwaysInvalid()) {
        valid = member(name, value, *others) && valid;
        continue;
      }
      valid = false;
      if (m_findings == nullptr) return false;
      std::vector<std::string> names;
      names.reserve(declared.size());
      for (const auto& [declared_name, schema] : declared) names.emplace_back(declared_name);
      refuse_at(Code::schema_name_unknown, name,
                {subject(name), hint_for_unknown(name, std::move(names))}, value.origin);
    }
    return valid;
  }
  bool visit(const PropertyNamesConstraint& c) override {
    if (m_value.kind() != Value::Kind::object) return true;
    bool valid = true;
    for (const auto& [name, value] : m_value.as_object()) {
      const Value as_text(name);
      if (Checker(m_run, as_text, m_where, nullptr).check(*c.getSubschema())) continue;
      valid = refuse_at(Code::schema_bad_name, name, {subject(name), remedy("Rename it")},
                        value.origin);
    }
    return valid;
  }
  bool visit(const MaxPropertiesConstraint& c) override {
    return object_size(size() <= c.getMaxProperties(), "at most ", c.getMaxProperties());
  }
  bool visit(const MinPropertiesConstraint& c) override {
    return object_size(size() >= c.getMinProperties(), "at least ", c.getMinProperties());
  }
  bool visit(const DependenciesConstraint& c) override {
    if (m_value.kind() != Value::Kind::object) return true;
    const Object& object = m_value.as_object();
    bool valid = true;
    c.applyToPropertyDependencies([&](const auto& name, const auto& needed) {
      if (!object.contains(std::string(name.c_str()))) return true;
      for (const auto& other : needed) {
        const std::string missing(other.c_str());
        if (object.contains(missing)) continue;
        valid = refuse_at(Code::schema_needed_with, missing,
                          {subject(missing), subject(std::string(name.c_str())),
                           m_findings == nullptr ? "" : hint_for_missing(missing)});
      }
      return true;
    });
    c.applyToSchemaDependencies([&](const auto& name, const Subschema* schema) {
      if (object.contains(std::string(name.c_str()))) valid = check(*schema) && valid;
      return true;
    });
    return valid;
  }

  // Alternatives

  bool visit(const AllOfConstraint& c) override {
    bool valid = true;
    c.applyToSubschemas([&](unsigned /*index*/, const Subschema* schema) {
      valid = check(*schema) && valid;
      return valid || m_findings != nullptr;
    });
    return valid;
  }
  bool visit(const AnyOfConstraint& c) override {
    std::vector<Findings> failures;
    bool valid = false;
    c.applyToSubschemas([&](unsigned /*index*/, const Subschema* schema) {
      valid = alternative(*schema, failures);
      return !valid;
    });
    if (!valid) none_fits(c, failures);
    return valid;
  }
  bool visit(const OneOfConstraint& c) override {
    std::vector<Findings> failures;
    std::size_t fitting = 0;
    c.applyToSubschemas([&](unsigned /*index*/, const Subschema* schema) {
      if (alternative(*schema, failures)) ++fitting;
      return true;
    });
    if (fitting == 1) return true;
    if (fitting > 1)
      return refuse(Code::schema_ambiguous,
                    {subject(), std::to_string(fitting),
                     remedy("Keep what belongs to one of them and delete the rest")});
    none_fits(c, failures);
    return false;
  }
  bool visit(const NotConstraint& c) override {
    if (!Checker(m_run, m_value, m_where, nullptr).check(*c.getSubschema())) return true;
    return refuse(
        Code::schema_excluded,
        {subject(), show(m_value), remedy("Give another value; the schema excludes this one")});
  }
  bool visit(const ConditionalConstraint& c) override {
    const bool holds = Checker(m_run, m_value, m_where, nullptr).check(*c.getIfSubschema());
    const Subschema* const then = holds ? c.getThenSubschema() : c.getElseSubschema();
    return then == nullptr || check(*then);
  }

 private:
  Place place(Origin origin, std::string path) const {
    const bool in_file = origin.line > 0 && origin.file < m_run.deal.files.size();
    return place_of(in_file ? m_run.deal.files[origin.file] : std::string(), origin.line,
                    std::move(path));
  }

  /// False, so that a visit can end with it.
  bool refuse(Code code, const std::vector<std::string>& args) {
    if (m_findings != nullptr && m_findings->size() < k_most_findings)
      m_findings->push_back(make_finding(code, place(m_value.origin, path_to(m_where)), args));
    return false;
  }

  bool refuse_at(Code code, std::string_view name, const std::vector<std::string>& args) {
    return refuse_at(code, name, args, m_value.origin);
  }
  bool refuse_at(Code code, std::string_view name, const std::vector<std::string>& args,
                 Origin origin) {
    if (m_findings != nullptr && m_findings->size() < k_most_findings)
      m_findings->push_back(
          make_finding(code, place(origin, join_path(path_to(m_where), name)), args));
    return false;
  }

  /// “letter.date”; of the whole data "The deal".
  std::string subject() const {
    return m_where == nullptr ? "The deal" : "“" + path_to(m_where) + "”";
  }
  std::string subject(std::string_view name) const {
    return "“" + join_path(path_to(m_where), name) + "”";
  }

  /// What the schema's author says about a value: "Salutation (Without colon)".
  static std::string about(const SchemaNode& node) {
    std::string description = node.description;
    while (!description.empty() && (description.back() == '.' || description.back() == ' '))
      description.pop_back();
    if (node.title.empty()) return description;
    return description.empty() ? node.title : node.title + " (" + description + ")";
  }
  std::string about() const {
    const SchemaNode* const node =
        m_schema == nullptr ? nullptr : m_run.compiled.node_of(*m_schema);
    return node == nullptr ? std::string() : about(*node);
  }

  /// What to do, and beside it what the author says. \p action: without its full stop.
  std::string remedy(std::string action) const {
    if (const std::string what = about(); !what.empty()) action += ": " + what;
    return action + ".";
  }

  bool is_json() const {
    const Origin origin = m_value.origin;
    return origin.line > 0 && origin.file < m_run.deal.formats.size() &&
           m_run.deal.formats[origin.file] == Format::json;
  }

  bool wrong_type(unsigned types) {
    if (m_findings == nullptr) return false;
    const Value::Kind kind = m_value.kind();
    std::string hint;
    if (kind == Value::Kind::string && (types & type::whole_number) != 0) {
      hint = is_json_number(m_value.as_string())
                 ? "Write it without quotes"
                 : "Write digits only, such as 1000000, without separators and currency";
    } else if (kind == Value::Kind::string && (types & type::boolean) != 0) {
      hint = is_json() ? "Write true or false, without quotes" : "Write true or false";
    } else if ((types & type::string) != 0 &&
               (kind == Value::Kind::number || kind == Value::Kind::boolean)) {
      hint = "Put it in double quotes";
    } else if (types == type::list) {
      hint = is_json() ? "Put it in square brackets, even if it is the only entry" : "";
    }
    return refuse(Code::schema_type, {subject(), type_names(types), show_kind(m_value),
                                      remedy(hint.empty() ? "Correct it in the deal" : hint)});
  }

  bool allowed(const List& values) {
    const std::string key = key_of(m_value);
    for (const Value& value : values)
      if (key_of(value) == key) return true;
    if (m_findings == nullptr) return false;
    std::vector<std::string> names;
    std::vector<std::string> texts;
    for (const Value& value : values) {
      names.push_back(show(value));
      if (value.kind() == Value::Kind::string) texts.push_back(value.as_string());
    }
    std::string hint = remedy("Write one of these");
    if (m_value.kind() == Value::Kind::string)
      if (const std::optional<std::string> meant = closest_name(m_value.as_string(), texts))
        hint = "Did you mean " + in_quotes(*meant) + "?";
    return refuse(Code::schema_allowed, {subject(), listed(names, " or "), show(m_value), hint});
  }

  bool format(const std::string& what, const std::string& example) {
    return refuse(Code::schema_format, {subject(), what, show(m_value), example});
  }

  bool matches(const std::string& expression, std::string_view text) const {
    const auto found = m_run.compiled.source.patterns.find(expression);
    return found != m_run.compiled.source.patterns.end() &&
           found->second.matches(text).value_or(false);
  }

  Decimal number() const { return parse_decimal(m_value.as_number().text); }

  bool bound_to(bool good, const std::string& words, const Decimal& bound) {
    return good || refuse(Code::schema_bound, {subject(), words + plain(bound), show(m_value)});
  }

  bool multiple(const Decimal& divisor) {
    if (m_value.kind() != Value::Kind::number || is_multiple(number(), divisor)) return true;
    return refuse(Code::schema_bound,
                  {subject(), "a multiple of " + plain(divisor), show(m_value)});
  }

  bool length(bool good, const std::string& words, std::uint64_t bound, std::uint64_t found,
              std::string_view one, std::string_view many) {
    return good ||
           refuse(Code::schema_length, {subject(), words + counted(bound, one, many),
                                        found == 0 ? "none" : std::to_string(found),
                                        remedy(found < bound ? "Fill it in" : "Shorten it")});
  }
  std::uint64_t count_text() const {
    return m_value.kind() == Value::Kind::string ? count_characters(m_value.as_string()) : 0;
  }
  bool text_length(bool good, const std::string& words, std::uint64_t bound) {
    return m_value.kind() != Value::Kind::string ||
           length(good, words, bound, count_text(), "character", "characters");
  }
  std::uint64_t list_size() const {
    return m_value.kind() == Value::Kind::list ? m_value.as_list().size() : 0;
  }
  bool list_length(bool good, const std::string& words, std::uint64_t bound) {
    return m_value.kind() != Value::Kind::list ||
           length(good, words, bound, list_size(), "entry", "entries");
  }
  std::uint64_t size() const {
    return m_value.kind() == Value::Kind::object ? m_value.as_object().size() : 0;
  }
  bool object_size(bool good, const std::string& words, std::uint64_t bound) {
    return m_value.kind() != Value::Kind::object ||
           length(good, words, bound, size(), "name", "names");
  }

  bool entry(std::size_t i, const Subschema& schema) {
    const Where where{m_where, {}, i};
    return Checker(m_run, m_value.as_list()[i], &where, m_findings).check(schema);
  }
  bool member(std::string_view name, const Value& value, const Subschema& schema) {
    const Where where{m_where, name, 0};
    return Checker(m_run, value, &where, m_findings).check(schema);
  }

  std::string hint_for_missing(const std::string& name) const {
    const Shape shape = shape_of({m_schema}, m_run.compiled);
    std::vector<std::string> others;
    for (const auto& [other, value] : m_value.as_object())
      if (!shape.properties.contains(other)) others.push_back(other);
    if (const std::optional<std::string> meant = closest_name(name, others))
      return "There is “" + *meant + "”; if it is meant, rename it to “" + name + "”.";
    const std::string action =
        "Add “" + name + "” to " +
        (m_where == nullptr ? "the deal" : "“" + path_to(m_where) + "” in the deal");
    if (const auto found = shape.properties.find(name); found != shape.properties.end())
      for (const Subschema* schema : found->second)
        if (const SchemaNode* node = m_run.compiled.node_of(*schema);
            node != nullptr && !about(*node).empty())
          return action + ": " + about(*node) + ".";
    return action + ".";
  }

  std::string hint_for_unknown(std::string_view name, std::vector<std::string> declared) const {
    std::sort(declared.begin(), declared.end());
    if (const std::optional<std::string> meant = closest_name(name, declared))
      return "Did you mean “" + *meant + "”?";
    return declared.empty() ? "No name is known here; delete it."
                            : "Known here: " + listed(declared, " and ") + ".";
  }

  bool alternative(const Subschema& schema, std::vector<Findings>& failures) {
    if (m_findings == nullptr) return Checker(m_run, m_value, m_where, nullptr).check(schema);
    Findings found;
    if (Checker(m_run, m_value, m_where, &found).check(schema)) return true;
    failures.push_back(std::move(found));
    return false;
  }

  /// Reports what is wrong with the alternative that is meant most likely.
  template <class C> void none_fits(const C& c, std::vector<Findings>& failures) {
    if (m_findings == nullptr) return;
    unsigned types = 0;
    std::vector<bool> fits;
    c.applyToSubschemas([&](unsigned /*index*/, const Subschema* schema) {
      const unsigned of_this = shape_of({schema}, m_run.compiled).types;
      types |= of_this;
      fits.push_back((of_this & type_of(m_value)) != 0);
      return true;
    });
    if (std::find(fits.begin(), fits.end(), true) == fits.end() && types != 0) {
      wrong_type(types);
      return;
    }
    const Findings* best = nullptr;
    std::size_t best_score = 0;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < failures.size(); ++i) {
      const Findings& failure = failures[i];
      if (failure.size() == 1 && failure.front().code == Code::schema_missing)
        missing.push_back("“" + failure.front().place.data_path + "”");
      // A wrong constant says that another alternative is meant.
      const bool other = std::any_of(failure.begin(), failure.end(), [](const Finding& f) {
        return f.code == Code::schema_allowed;
      });
      const std::size_t score = failure.size() + (other ? 1000U : 0U) + (fits[i] ? 0U : 10'000U);
      if (best != nullptr && score >= best_score) continue;
      best = &failure;
      best_score = score;
    }
    if (failures.size() > 1 && missing.size() == failures.size()) {
      refuse(Code::schema_missing, {listed(missing, " or "), remedy("Add one of them")});
      return;
    }
    if (best != nullptr)
      for (const Finding& finding : *best)
        if (m_findings->size() < k_most_findings) m_findings->push_back(finding);
  }

  Run& m_run;
  const Value& m_value;
  const Where* m_where;
  Findings* m_findings;
  const Subschema* m_schema = nullptr;
};

} // namespace

Findings check(const Deal& deal, const CompiledSchema& compiled) {
  Findings findings;
  Run run{deal, compiled, k_most_steps + k_steps_for_a_value * count_values(deal.root)};
  try {
    // Most data is valid; only for what is not the findings are written.
    if (Checker(run, deal.root, nullptr, nullptr).check(*compiled.schema.root())) return findings;
    run.steps = 0;
    Checker(run, deal.root, nullptr, &findings).check(*compiled.schema.root());
  } catch (const GivenUp&) {
    findings.push_back(make_finding(Code::schema_too_much, Place{}, {"the deal"}));
    return findings;
  }
  const auto file_of = [&](const Finding& finding) {
    return std::find(deal.files.begin(), deal.files.end(), finding.place.file) - deal.files.begin();
  };
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return std::pair(file_of(a), a.place.line) < std::pair(file_of(b), b.place.line);
  });
  if (findings.size() >= k_most_findings)
    findings.push_back(make_finding(Code::data_more, Place{}, {std::to_string(k_most_findings)}));
  return findings;
}

} // namespace engross::deal
