// SPDX-License-Identifier: MPL-2.0
#include "templating/analysis.hpp"

#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/syntax.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;
using ValueKind = deal::Value::Kind;
using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 6> k_number_filters = {"money",   "number", "words",
                                                              "ordinal", "roman",  "letter"};
constexpr std::array<std::string_view, 10> k_list_filters = {
    "and_list", "or_list", "join",       "sort",       "unique",
    "sum",      "map",     "selectattr", "rejectattr", "respectively"};

template <class Items, class Item> bool holds(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

/// Whether nothing in it depends on data, on a loop or on the choice of paragraphs.
bool is_closed(const ExpressionNode& node) {
  if (node.kind == Kind::name || node.kind == Kind::call) return false;
  if (node.kind == Kind::test && node.test->name == "chosen") return false;
  return std::all_of(node.children.begin(), node.children.end(),
                     [](const NodePointer& child) { return !child || is_closed(*child); });
}

/// What a condition gives with any data; none where it depends on them.
std::optional<bool> constant_truth(const ExpressionNode& node) {
  if (node.kind == Kind::not_) {
    const auto inner = constant_truth(node.child(0));
    return inner ? std::optional<bool>(!*inner) : std::nullopt;
  }
  if (node.kind == Kind::and_ || node.kind == Kind::or_) {
    const bool decides = node.kind == Kind::or_;
    const auto left = constant_truth(node.child(0));
    const auto right = constant_truth(node.child(1));
    if (left == decides || right == decides) return decides;
    return left && right ? std::optional<bool>(!decides) : std::nullopt;
  }
  if (!is_closed(node)) return std::nullopt;
  try {
    Context nothing(Value(deal::Object()), {});
    return guarded(node, [&] { return Evaluator(nothing).truth(node); });
  } catch (const EvaluationError&) {
    return std::nullopt; // a fault that rendering names
  }
}

/// The opposite of a condition, as its canonical text would be.
std::string opposite(const ExpressionNode& node) {
  if (node.kind == Kind::not_) return canonical_text(node.child(0));
  return "not " + canonical_text(node);
}

class Analyst {
 public:
  Analyst(Need& root, Findings* findings) : m_root(root), m_findings(findings) {}

  void program(const Program& program) {
    m_scopes.assign(1, {});
    m_chains.clear();
    m_ended.clear();
    m_loops = 0;
    for (const Program::PlacedTag& placed : program.tags) tag(placed);
  }

  /// What an expression reads, and as what it is used.
  void use(const ExpressionNode& node, Need::Kind as, bool required) {
    switch (node.kind) {
    case Kind::literal:
      return;
    case Kind::name:
    case Kind::attribute:
    case Kind::index:
      if (Need* need = locate(node, required)) mark(*need, as, required);
      return;
    case Kind::slice:
      use(node.child(0), Need::Kind::any, required);
      for (std::size_t i = 1; i < node.children.size(); ++i)
        if (node.children[i]) use(node.child(i), Need::Kind::number, required);
      return;
    case Kind::negate:
    case Kind::plus:
      return use(node.child(0), Need::Kind::number, required);
    case Kind::not_:
      return use(node.child(0), Need::Kind::any, false);
    case Kind::binary:
      // a + b joins texts as well as it adds numbers.
      for (const NodePointer& child : node.children)
        use(*child, node.operators[0] == Operator::add ? Need::Kind::any : Need::Kind::number,
            required);
      return;
    case Kind::concat:
      for (const NodePointer& child : node.children) use(*child, Need::Kind::text, required);
      return;
    case Kind::compare:
      return comparison(node, required);
    case Kind::conditional:
      use(node.child(0), as, required);
      use(node.child(1), Need::Kind::any, false);
      if (node.children[2]) use(node.child(2), as, required);
      return;
    case Kind::filter:
      return filter(node, as, required);
    case Kind::test:
      for (const NodePointer& child : node.children)
        if (child) use(*child, Need::Kind::any, false);
      return;
    default:
      for (const NodePointer& child : node.children)
        if (child) use(*child, Need::Kind::any, required);
    }
  }

  void place(const Place& place) { m_place = place; }

 private:
  using Scope = std::vector<std::pair<std::string, Need*>>;

  void tag(const Program::PlacedTag& placed) {
    m_place = placed.place;
    const Tag& tag = placed.tag;
    switch (tag.kind) {
    case Tag::Kind::print:
      use(tag.expression.root(), Need::Kind::text, true);
      break;
    case Tag::Kind::if_:
      m_chains.push_back({});
      [[fallthrough]];
    case Tag::Kind::elif:
      condition(placed);
      break;
    case Tag::Kind::else_:
      if (!m_chains.empty() && m_chains.back().always) report(Code::branch_unreachable);
      break;
    case Tag::Kind::endif:
      if (!m_chains.empty()) m_chains.pop_back();
      break;
    case Tag::Kind::for_:
      begin_loop(tag);
      break;
    case Tag::Kind::endfor:
      if (m_scopes.size() > 1) {
        for (const auto& [name, need] : m_scopes.back()) m_ended.insert(name);
        m_scopes.pop_back();
        if (--m_loops == 0) m_ended.insert("loop");
      }
      break;
    case Tag::Kind::set: {
      Need* alias = is_path(tag.expression.root()) ? locate(tag.expression.root(), true) : nullptr;
      if (alias == nullptr) use(tag.expression.root(), Need::Kind::any, true);
      for (const std::string& name : tag.targets) bind(name, alias);
      break;
    }
    case Tag::Kind::opinions:
    case Tag::Kind::opinion:
    case Tag::Kind::reference:
    case Tag::Kind::label:
      if (tag.expression) use(tag.expression.root(), Need::Kind::text, true);
      for (const auto& [name, option] : tag.options) use(option.root(), Need::Kind::any, true);
      break;
    default:
      break;
    }
  }

  /// Tags that stand in every row of a table are one tag of the author.
  void report(Code code) { report(code, m_place.tag); }
  void report(Code code, const std::string& argument) {
    if (m_findings == nullptr) return;
    Finding finding = make_finding(code, m_place, {argument});
    if (!holds(*m_findings, finding)) m_findings->push_back(std::move(finding));
  }

  struct Chain {
    std::set<const Need*> guards; ///< what the conditions ask for: inside it is there
    std::set<std::string> seen;
    bool always = false; ///< a branch before holds in every case
  };

  void condition(const Program::PlacedTag& placed) {
    const ExpressionNode& root = placed.tag.expression.root();
    if (!m_chains.empty()) {
      Chain& chain = m_chains.back();
      const bool again = !chain.seen.insert(placed.tag.expression.canonical()).second;
      const std::optional<bool> constant = constant_truth(root);
      if (again || chain.always || constant == false) report(Code::branch_unreachable);
      // After x, “not x” holds in every case that is left.
      chain.always = chain.always || constant == true || chain.seen.contains(opposite(root));
    }
    use(root, Need::Kind::any, false);
    if (!m_chains.empty()) guard(root, m_chains.back().guards);
  }

  /// {% if letter.exhibit %} … {{ letter.exhibit }}: the letter does without.
  void guard(const ExpressionNode& node, std::set<const Need*>& guards) {
    if (is_path(node)) {
      if (const Need* need = locate(node, false)) guards.insert(need);
    } else if (node.kind == Kind::and_ || node.kind == Kind::test) {
      for (const NodePointer& child : node.children)
        if (child) guard(*child, guards);
    }
  }

  bool is_guarded(const Need& need) const {
    return std::any_of(m_chains.begin(), m_chains.end(),
                       [&](const Chain& chain) { return chain.guards.contains(&need); });
  }

  void begin_loop(const Tag& tag) {
    Need* list = nullptr;
    const ExpressionNode* source = &tag.expression.root();
    // documents | sort gives the items of documents.
    while (source->kind == Kind::filter) source = &source->child(0);
    use(tag.expression.root(), Need::Kind::list, true);
    if (is_path(*source)) list = locate(*source, true);
    if (list != nullptr) mark(*list, Need::Kind::list, true);
    if (constant_truth(*source) == false) report(Code::branch_unreachable);
    ++m_loops;
    m_scopes.emplace_back();
    Need* item = list != nullptr ? &list->any_item() : nullptr;
    for (const std::string& name : tag.targets)
      bind(name, tag.targets.size() == 1 ? item : nullptr);
    if (tag.filter) use(tag.filter.root(), Need::Kind::any, false);
  }

  void bind(const std::string& name, Need* need) {
    m_ended.erase(name);
    m_scopes.back().emplace_back(name, need);
  }

  static bool is_path(const ExpressionNode& node) {
    return node.kind == Kind::name ||
           ((node.kind == Kind::attribute || node.kind == Kind::index) && is_path(node.child(0)));
  }

  /// The need that a path leads to; nullptr for what is not data (loop, voice, computed values).
  Need* locate(const ExpressionNode& node, bool required) {
    if (node.kind == Kind::name) return root_of(node.text);
    if (node.kind == Kind::attribute) {
      Need* parent = locate(node.child(0), required);
      if (parent == nullptr) return nullptr;
      mark(*parent, Need::Kind::object, required);
      return &parent->member(node.text);
    }
    if (node.kind == Kind::index) {
      Need* parent = locate(node.child(0), required);
      const ExpressionNode& key = node.child(1);
      if (key.kind != Kind::literal) use(key, Need::Kind::text, required);
      if (parent == nullptr) return nullptr;
      if (key.kind == Kind::literal && key.value.kind() == ValueKind::string) {
        mark(*parent, Need::Kind::object, required);
        return &parent->member(key.value.as_string());
      }
      if (key.kind == Kind::literal || key.kind == Kind::negate) {
        mark(*parent, Need::Kind::list, required);
      } else {
        mark(*parent, Need::Kind::object, required);
        parent->keyed = true;
      }
      return &parent->any_item();
    }
    use(node, Need::Kind::any, required);
    return nullptr;
  }

  Need* root_of(const std::string& name) {
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope)
      for (auto at = scope->rbegin(); at != scope->rend(); ++at)
        if (at->first == name) return at->second;
    if (name == "voice" || name == "ref") return nullptr;
    if (name == "loop" && m_loops > 0) return nullptr;
    if (m_ended.contains(name)) {
      report(Code::loop_variable_leaks, name);
      return nullptr;
    }
    return &m_root.member(name);
  }

  void mark(Need& need, Need::Kind as, bool required) {
    if (need.place.file.empty()) need.place = m_place;
    need.required = need.required || (required && !is_guarded(need));
    if (need.kind == Need::Kind::any || (need.kind == Need::Kind::text && as != Need::Kind::any))
      need.kind = as;
  }

  void comparison(const ExpressionNode& node, bool required) {
    Need::Kind as = Need::Kind::any;
    for (const NodePointer& child : node.children) {
      if (child->kind != Kind::literal) continue;
      if (child->value.kind() == ValueKind::string) as = Need::Kind::text;
      if (child->value.kind() == ValueKind::number) as = Need::Kind::number;
      if (child->value.kind() == ValueKind::boolean) as = Need::Kind::boolean;
    }
    const bool membership =
        holds(node.operators, Operator::in) || holds(node.operators, Operator::not_in);
    for (std::size_t i = 0; i < node.children.size(); ++i)
      use(node.child(i), membership && i > 0 ? Need::Kind::any : as, required);
  }

  void filter(const ExpressionNode& node, Need::Kind as, bool required) {
    const std::string_view name = node.filter->name;
    Need::Kind subject = Need::Kind::text;
    if (name == "date")
      subject = Need::Kind::date;
    else if (holds(k_number_filters, name) || name == "abs" || name == "round")
      subject = Need::Kind::number;
    else if (holds(k_list_filters, name))
      subject = Need::Kind::list;
    else if (name == "default")
      subject = as;
    else if (name == "length" || name == "first" || name == "last" || name == "string" ||
             name == "int" || name == "float" || name == "plural")
      subject = Need::Kind::any;
    use(node.child(0), subject, required && name != "default");
    for (std::size_t i = 1; i < node.children.size(); ++i)
      if (node.children[i]) use(node.child(i), Need::Kind::any, required);
    attributes(node);
  }

  /// documents | and_list(attribute="title") reads the title of each document.
  void attributes(const ExpressionNode& node) {
    if (!is_path(node.child(0))) return;
    for (std::size_t i = 0; i < node.filter->parameter_count() && i + 1 < node.children.size();
         ++i) {
      const NodePointer& argument = node.children[i + 1];
      if (node.filter->parameters[i] != "attribute" || !argument ||
          argument->kind != Kind::literal || argument->value.kind() != ValueKind::string)
        continue;
      if (Need* list = locate(node.child(0), true))
        mark(list->any_item().member(argument->value.as_string()), Need::Kind::any, true);
    }
  }

  Need& m_root;
  Findings* m_findings;
  Place m_place;
  std::vector<Scope> m_scopes{1};
  std::vector<Chain> m_chains;
  std::set<std::string> m_ended;
  int m_loops = 0; ///< around the place at hand
};

void compare(const Need& need, const std::string& path, const std::set<std::string>& declared,
             const std::vector<std::string>& names, Findings& findings) {
  // Looked up by a computed key: the schema says so with [], data of the firm with {}.
  const bool in_data = need.keyed && !declared.contains(path + "[]");
  if (need.item) compare(*need.item, path + (in_data ? "{}" : "[]"), declared, names, findings);
  for (const auto& [name, member] : need.members) {
    const std::string whole = path.empty() ? name : path + "." + name;
    if (declared.contains(whole)) {
      compare(member, whole, declared, names, findings);
      continue;
    }
    if (!path.empty() && declared.contains(path + "[]")) { // members of any name
      compare(member, path + "[]", declared, names, findings);
      continue;
    }
    const auto close = closest_name(whole, names);
    findings.push_back(make_finding(Code::name_not_declared, member.place,
                                    {whole, close ? "Did you mean " + *close + "?" : ""}));
  }
}

Json schema_of(const Need& need) {
  switch (need.kind) {
  case Need::Kind::number:
    return {{"type", "number"}};
  case Need::Kind::date:
    return {{"type", "string"}, {"format", "date"}};
  case Need::Kind::boolean:
    return {{"type", "boolean"}};
  case Need::Kind::text:
    return {{"type", "string"}};
  case Need::Kind::list: {
    Json out = {{"type", "array"}};
    if (need.item) out["items"] = schema_of(*need.item);
    return out;
  }
  case Need::Kind::object: {
    Json out = {{"type", "object"}};
    Json required = Json::array();
    Json properties = Json::object();
    for (const auto& [name, member] : need.members) {
      properties[name] = schema_of(member);
      if (member.required) required.push_back(name);
    }
    if (!properties.empty()) out["properties"] = std::move(properties);
    if (need.keyed && need.item) out["additionalProperties"] = schema_of(*need.item);
    if (!required.empty()) out["required"] = std::move(required);
    return out;
  }
  case Need::Kind::any:
    break;
  }
  return Json::object();
}

Json sample_of(const Need& need, const std::string& name) {
  switch (need.kind) {
  case Need::Kind::number:
    return 1;
  case Need::Kind::date:
    return "2026-01-31";
  case Need::Kind::boolean:
    return true;
  case Need::Kind::list:
    return Json::array({need.item ? sample_of(*need.item, name) : Json("[" + name + "]")});
  case Need::Kind::object: {
    Json out = Json::object();
    for (const auto& [member_name, member] : need.members)
      out[member_name] = sample_of(member, member_name);
    if (need.keyed && need.item) out["KEY"] = sample_of(*need.item, name);
    return out;
  }
  default:
    return "[" + name + "]";
  }
}

} // namespace

Need& Need::member(const std::string& name) {
  for (auto& [known, need] : members)
    if (known == name) return need;
  members.emplace_back(name, Need{});
  return members.back().second;
}

Need& Need::any_item() {
  if (!item) item = std::make_unique<Need>();
  return *item;
}

Need analyse(const std::vector<const Program*>& programs, Findings& findings) {
  Need root;
  root.kind = Need::Kind::object;
  Analyst analyst(root, &findings);
  for (const Program* program : programs) analyst.program(*program);
  return root;
}

void analyse(const Expression& expression, const Place& place, Need& need) {
  Analyst analyst(need, nullptr);
  analyst.place(place);
  if (expression) analyst.use(expression.root(), Need::Kind::any, false);
}

void check_declared(const Need& need, const std::vector<std::string>& declared,
                    Findings& findings) {
  compare(need, {}, {declared.begin(), declared.end()}, declared, findings);
}

std::string to_json_schema(const Need& need, const std::string& title) {
  Json out = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  out.update(schema_of(need));
  return out.dump(2) + "\n";
}

std::string to_sample(const Need& need) { return sample_of(need, {}).dump(2) + "\n"; }

} // namespace engross::templating
