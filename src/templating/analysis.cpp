// SPDX-License-Identifier: MPL-2.0
#include "templating/analysis.hpp"

#include "templating/constants.hpp"
#include "templating/date.hpp"
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/syntax.hpp"
#include "templating/truths.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace engross::templating {

namespace {

using Kind = ExpressionNode::Kind;
using ValueKind = deal::Value::Kind;

constexpr std::array<std::string_view, 8> k_number_filters = {"money", "number", "words", "ordinal",
                                                              "roman", "letter", "abs",   "round"};
constexpr std::array<std::string_view, 7> k_numeric_results = {"length", "count", "int", "float",
                                                               "round",  "abs",   "sum"};
/// Filters that give entries of the list that they are given.
constexpr std::array<std::string_view, 5> k_selections = {"sort", "unique", "selectattr",
                                                          "rejectattr", "list"};
constexpr std::array<std::string_view, 9> k_loop_facts = {
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"};
/// A white pixel, for a picture that a sample must have.
constexpr const char* k_picture =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/"
    "AAX+Av4N70a4AAAAAElFTkSuQmCC";

template <class Items, class Item> bool holds(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

/// A place in the data; a value from there may be wanted, or do without it: x | default("…").
struct Spot {
  Need* need = nullptr;
  bool wanted = true;
};

/// Where in the data a value may come from.
struct Trace {
  std::vector<Spot> at;
  std::vector<Spot> items; ///< of a list that is computed: the places of its entries
  std::vector<Spot> pairs; ///< of d.items(): the places of the values
  bool numeric = false;    ///< a computed number

  void join(const Trace& other) {
    at.insert(at.end(), other.at.begin(), other.at.end());
    items.insert(items.end(), other.items.begin(), other.items.end());
    pairs.insert(pairs.end(), other.pairs.begin(), other.pairs.end());
    numeric = numeric || other.numeric;
  }
  /// Another value stands in where it is missing.
  void do_without() {
    for (Spot& spot : at) spot.wanted = false;
  }
};

bool is_text(const ExpressionNode& node) {
  return node.kind == Kind::literal && node.value.kind() == ValueKind::string;
}

bool is_path(const ExpressionNode& node) {
  return node.kind == Kind::name ||
         ((node.kind == Kind::attribute || node.kind == Kind::index) && is_path(node.child(0)));
}

/// What a literal beside a comparison says of the other side.
Need::Kind kind_of(const ExpressionNode& node) {
  if (node.kind == Kind::list && !node.children.empty()) return kind_of(node.child(0));
  if (node.kind != Kind::literal) return Need::Kind::any;
  switch (node.value.kind()) {
  case ValueKind::string:
    return parse_date(node.value.as_string()) ? Need::Kind::date : Need::Kind::text;
  case ValueKind::number:
    return Need::Kind::number;
  case ValueKind::boolean:
    return Need::Kind::boolean;
  default:
    return Need::Kind::any;
  }
}

class Analyst {
 public:
  Analyst(Need& root, Findings* findings) : m_root(root), m_findings(findings) {}

  void program(const Program& program) {
    m_scopes.assign(1, {});
    m_chains.clear();
    m_truths.clear();
    m_ended.clear();
    m_items.clear();
    m_examples.clear();
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const Instruction& at = program.code[i];
      if (at.op == Instruction::Op::picture) m_examples[at.a] = k_picture;
      if (at.op == Instruction::Op::link_value && i > 0 &&
          program.code[i - 1].op == Instruction::Op::literal &&
          program.literal(program.code[i - 1]).ends_with('"'))
        m_examples[at.a] = "https://example.com";
    }
    for (std::size_t i = 0; i < program.tags.size(); ++i) tag(program.tags[i], i);
  }

  void place(const Place& place) { m_place = place; }

  /// What a condition asks: it may be missing, and a name alone is likely yes or no.
  void ask(const ExpressionNode& node) {
    if (is_path(node)) {
      for (const Spot& spot : trace(node, false).at) {
        mark(spot, Need::Kind::any, false);
        guess(*spot.need, Need::Kind::boolean);
      }
    } else if (node.kind == Kind::and_ || node.kind == Kind::or_ || node.kind == Kind::not_) {
      for (const NodePointer& child : node.children) ask(*child);
    } else {
      use(node, Need::Kind::any, false);
    }
  }

 private:
  using Scope = std::vector<std::pair<std::string, Trace>>;

  // --- What expressions read -------------------------------------------------------------------

  /// Reads an expression that is used as something.
  void use(const ExpressionNode& node, Need::Kind as, bool required) {
    const Trace found = trace(node, required, as);
    for (const Spot& spot : found.at) mark(spot, as, required);
  }

  /// Reads an expression and says where its value may come from. \p as: as what it is used, which
  /// matters to the operands of “+”.
  Trace trace(const ExpressionNode& node, bool required, Need::Kind as = Need::Kind::any) {
    Trace out;
    switch (node.kind) {
    case Kind::literal:
      out.numeric = node.value.kind() == ValueKind::number;
      return out;
    case Kind::name:
      return find_name(node.text);
    case Kind::attribute:
      return attribute(node, required);
    case Kind::index:
      return index(node, required);
    case Kind::slice:
      for (std::size_t i = 1; i < node.children.size(); ++i)
        if (node.children[i]) use(node.child(i), Need::Kind::number, required);
      out = trace(node.child(0), required);
      for (const Spot& spot : out.at) mark(spot, Need::Kind::any, required);
      return out;
    case Kind::negate:
    case Kind::plus:
      use(node.child(0), Need::Kind::number, required);
      out.numeric = true;
      return out;
    case Kind::not_:
      ask(node.child(0));
      return out;
    case Kind::and_:
      ask(node.child(0));
      return trace(node.child(1), required, as);
    case Kind::or_:
      out = trace(node.child(0), false, as);
      for (const Spot& spot : out.at) mark(spot, as, false);
      out.do_without();
      out.join(trace(node.child(1), required, as));
      return out;
    case Kind::conditional:
      ask(node.child(1));
      out = trace(node.child(0), required, as);
      if (node.children[2]) out.join(trace(node.child(2), required, as));
      return out;
    case Kind::binary:
      return binary(node, required, as);
    case Kind::concat:
      for (const NodePointer& child : node.children) use(*child, Need::Kind::text, required);
      return out;
    case Kind::list:
      for (const NodePointer& child : node.children) {
        const Trace item = trace(*child, required);
        for (const Spot& spot : item.at) mark(spot, Need::Kind::any, required);
        out.items.insert(out.items.end(), item.at.begin(), item.at.end());
      }
      return out;
    case Kind::compare:
      comparison(node, required);
      return out;
    case Kind::filter:
      return filter(node, required, as);
    case Kind::test:
      test(node);
      return out;
    case Kind::call:
      return call(node, required);
    case Kind::dict:
      for (const NodePointer& child : node.children)
        if (child) use(*child, Need::Kind::any, required);
      return out;
    }
    return out;
  }

  Trace attribute(const ExpressionNode& node, bool required) {
    const ExpressionNode& base = node.child(0);
    Trace out;
    if (base.kind == Kind::name && !is_bound(base.text)) {
      if (base.text == "loop" && !m_items.empty()) {
        if (m_in_head) report(Code::loop_outside, {});
        if (node.text == "previtem" || node.text == "nextitem") return m_items.back();
        out.numeric = node.text != "first" && node.text != "last";
        if (!holds(k_loop_facts, node.text))
          report_member("loop", node.text, {k_loop_facts.begin(), k_loop_facts.end()});
        return out;
      }
      if (base.text == "voice") {
        const std::vector<std::string> forms = voice_forms();
        if (!holds(forms, node.text)) report_member("voice", node.text, forms);
        return out;
      }
    }
    for (const Spot& parent : trace(base, required).at) {
      mark(parent, Need::Kind::object, required);
      out.at.push_back({&parent.need->member(node.text), parent.wanted});
    }
    return out;
  }

  Trace index(const ExpressionNode& node, bool required) {
    Trace out;
    const Trace container = trace(node.child(0), required);
    const ExpressionNode& key = node.child(1);
    const Trace of_key = trace(key, required);
    const bool by_name = is_text(key);
    const bool by_number = key.kind == Kind::literal || of_key.numeric;
    for (const Spot& spot : of_key.at) {
      mark(spot, Need::Kind::text, required);
      spot.need->is_key = true;
    }
    if (by_number && !by_name) {
      out.at = container.items;
      for (const Spot& parent : container.at) {
        mark(parent, Need::Kind::list, required);
        if (required && parent.wanted && !is_guarded(*parent.need))
          parent.need->at_least = std::max(parent.need->at_least, entries_up_to(key));
        out.at.push_back({&parent.need->any_item(), parent.wanted});
      }
      return out;
    }
    for (const Spot& parent : container.at) {
      mark(parent, Need::Kind::object, required);
      parent.need->keyed = parent.need->keyed || !by_name;
      out.at.push_back(
          {by_name ? &parent.need->member(key.value.as_string()) : &parent.need->any_item(),
           parent.wanted});
    }
    return out;
  }

  /// How many entries a list must have for [key]: [0] and [-1] one, [1] two.
  static std::size_t entries_up_to(const ExpressionNode& key) {
    const bool negative = key.kind == Kind::negate;
    const ExpressionNode& literal = negative ? key.child(0) : key;
    if (literal.kind != Kind::literal || literal.value.kind() != ValueKind::number) return 0;
    const auto number = to_int64(literal.value.as_number());
    if (!number || *number > 100) return 0;
    return static_cast<std::size_t>(*number < 0 || negative ? std::abs(*number) : *number + 1);
  }

  /// The places of the entries of a list.
  std::vector<Spot> entries(const Trace& list, bool required) {
    std::vector<Spot> out = list.items;
    for (const Spot& spot : list.at) {
      mark(spot, Need::Kind::list, required);
      out.push_back({&spot.need->any_item()});
    }
    return out;
  }

  Trace binary(const ExpressionNode& node, bool required, Need::Kind as) {
    const ExpressionNode& left = node.child(0);
    const ExpressionNode& right = node.child(1);
    Trace out;
    if (node.operators[0] != Operator::add) {
      const bool repeats = node.operators[0] == Operator::multiply;
      for (const ExpressionNode* side : {&left, &right}) {
        const bool counted = repeats && is_text(side == &left ? right : left);
        if (!(repeats && is_text(*side))) use(*side, Need::Kind::number, required);
        out.numeric = out.numeric || !counted;
      }
      return out;
    }
    // a + b joins texts and lists as well as it adds numbers.
    const Trace a = trace(left, required, as);
    const Trace b = trace(right, required, as);
    Need::Kind kind = as == Need::Kind::list ? as : Need::Kind::any;
    if (is_text(left) || is_text(right)) kind = Need::Kind::text;
    if (left.kind == Kind::list || right.kind == Kind::list) kind = Need::Kind::list;
    if (a.numeric || b.numeric) kind = Need::Kind::number;
    out.join(a);
    out.join(b);
    for (const Spot& spot : out.at) mark(spot, kind, required);
    if (kind == Need::Kind::number) {
      out = {};
      out.numeric = true;
    }
    return out;
  }

  void comparison(const ExpressionNode& node, bool required) {
    for (std::size_t i = 0; i < node.operators.size(); ++i) {
      const ExpressionNode& left = node.child(i);
      const ExpressionNode& right = node.child(i + 1);
      const bool within =
          node.operators[i] == Operator::in || node.operators[i] == Operator::not_in;
      compare_with(left, right, required);
      if (!within)
        compare_with(right, left, required);
      else
        contain(right, left, required);
    }
  }

  /// Reads one side of a comparison; the other tells what it is.
  void compare_with(const ExpressionNode& node, const ExpressionNode& other, bool required) {
    Need::Kind as = kind_of(other);
    const Trace found = trace(node, required);
    if (as == Need::Kind::any && is_number(other)) as = Need::Kind::number;
    for (const Spot& spot : found.at) mark(spot, as, required);
  }

  /// Reads what something is sought in: a list, or a text.
  void contain(const ExpressionNode& node, const ExpressionNode& sought, bool required) {
    const Trace found = trace(node, required);
    const Need::Kind kind = kind_of(sought);
    for (const Spot& spot : found.at) {
      mark(spot, kind == Need::Kind::number ? Need::Kind::list : Need::Kind::any, required);
      if (kind == Need::Kind::number) mark(spot.need->any_item(), kind, required);
      guess(*spot.need, Need::Kind::list);
    }
  }

  /// Whether an expression gives a number by itself; reads nothing.
  bool is_number(const ExpressionNode& node) const {
    switch (node.kind) {
    case Kind::literal:
      return node.value.kind() == ValueKind::number;
    case Kind::negate:
    case Kind::plus:
      return true;
    case Kind::binary:
      return node.operators[0] != Operator::add || is_number(node.child(0)) ||
             is_number(node.child(1));
    case Kind::filter:
      return holds(k_numeric_results, node.filter->name);
    case Kind::attribute:
      return node.child(0).kind == Kind::name && node.child(0).text == "loop" && !m_items.empty() &&
             node.text.find("index") != std::string::npos;
    default:
      return false;
    }
  }

  void test(const ExpressionNode& node) {
    const std::string_view name = node.test->name;
    Need::Kind as = Need::Kind::any;
    if (name == "even" || name == "odd" || name == "divisibleby") as = Need::Kind::number;
    if (node.children.size() > 1 && name == "in") {
      as = kind_of(node.child(1));
      contain(node.child(1), node.child(0), false);
    } else if (node.children.size() > 1) {
      if (as == Need::Kind::any) as = kind_of(node.child(1));
      for (std::size_t i = 1; i < node.children.size(); ++i)
        use(node.child(i), name == "divisibleby" ? as : Need::Kind::any, false);
    }
    use(node.child(0), as, false);
  }

  Trace call(const ExpressionNode& node, bool required) {
    const ExpressionNode& callee = node.child(0);
    Trace out;
    if (node.text == "items") {
      for (const Spot& group : trace(callee.child(0), required).at) {
        mark(group, Need::Kind::object, required);
        group.need->keyed = true;
        out.pairs.push_back({&group.need->any_item()});
      }
    } else if (callee.kind == Kind::attribute && callee.child(0).kind == Kind::name) {
      find_name(callee.child(0).text); // loop, which must be under way
    }
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Trace value = trace(node.child(i), required && node.text == "cycle");
      for (const Spot& spot : value.at) mark(spot, Need::Kind::any, node.text == "cycle");
      if (node.text == "cycle") out.join(value);
    }
    return out;
  }

  // --- Filters ---------------------------------------------------------------------------------

  Trace filter(const ExpressionNode& node, bool required, Need::Kind as) {
    const std::string_view name = node.filter->name;
    const ExpressionNode& subject = node.child(0);
    if (name == "default") {
      Trace out = trace(subject, false, as);
      for (const Spot& spot : out.at) mark(spot, as, false);
      out.do_without();
      if (node.children.size() > 1 && node.children[1])
        out.join(trace(node.child(1), required, as));
      return out;
    }
    const Trace given = trace(subject, required);
    Trace out;
    out.numeric = holds(k_numeric_results, name);
    if (name == "first" || name == "last") {
      // Of a text too, but only where that is said elsewhere.
      out.at = entries(given, required);
    } else if (holds(k_selections, name) || name == "map" || name == "sum" || name == "join" ||
               name == "and_list" || name == "or_list" || name == "respectively") {
      const std::vector<Spot> items = entries(given, required);
      const bool taken = members(node, items, required, out);
      if (holds(k_selections, name)) {
        out.at = given.at;
        out.items = given.items;
        out.pairs = given.pairs;
      } else if (!taken) {
        for (const Spot& item : items)
          mark(item, name == "sum" ? Need::Kind::number : Need::Kind::text, required);
      }
    } else {
      const Need::Kind kind = name == "date"                  ? Need::Kind::date
                              : holds(k_number_filters, name) ? Need::Kind::number
                              : name == "length" || name == "count" || name == "plural" ||
                                      name == "string" || name == "int" || name == "float"
                                  ? Need::Kind::any
                                  : Need::Kind::text;
      for (const Spot& spot : given.at) {
        mark(spot, kind, required);
        if (name == "length" || name == "count" || name == "plural")
          guess(*spot.need, Need::Kind::list);
        if (name == "date" && needs_time(node)) {
          spot.need->kind = Need::Kind::text; // a format “date” would refuse it
          spot.need->example = "2026-01-31T09:30";
        }
      }
    }
    parameters(node, required);
    return out;
  }

  static bool needs_time(const ExpressionNode& node) {
    const std::string* pattern = literal_text_argument(node, 0);
    PatternError error;
    return pattern != nullptr && !format_date(Date{}, *pattern, "en", error) && error.needs_time;
  }

  void parameters(const ExpressionNode& node, bool required) {
    const std::string_view name = node.filter->name;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      if (!node.children[i] || node.child(i).kind == Kind::literal) continue;
      const std::string_view parameter =
          i <= node.filter->parameter_count() ? node.filter->parameters[i - 1] : std::string_view{};
      Need::Kind as = Need::Kind::any;
      if (parameter == "decimals" || parameter == "precision" || parameter == "count")
        as = Need::Kind::number;
      if (name == "respectively" && parameter.starts_with("list")) as = Need::Kind::list;
      const Trace found = trace(node.child(i), required);
      for (const Spot& spot : found.at) {
        mark(spot, as, required);
        if (as == Need::Kind::list) mark(spot.need->any_item(), Need::Kind::text, required);
        if (parameter == "currency") spot.need->example = "USD";
        if (parameter == "pattern") spot.need->example = "long";
        if (name == "money" && parameter == "form") spot.need->example = "figures";
      }
    }
  }

  /// The member that a dotted name leads to, in each of the entries.
  static std::vector<Spot> members_named(const std::vector<Spot>& items, std::string_view path,
                                         const std::function<void(const Spot&)>& mark_group) {
    std::vector<Spot> out = items;
    while (!path.empty()) {
      const std::size_t dot = path.find('.');
      const std::string step(path.substr(0, dot));
      path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
      for (Spot& spot : out) {
        mark_group(spot);
        spot.need = &spot.need->member(step);
      }
    }
    return out;
  }

  /// documents | and_list(attribute="title") reads the title of each document. Whether members are
  /// what the filter works on.
  bool members(const ExpressionNode& node, const std::vector<Spot>& items, bool required,
               Trace& out) {
    const std::string_view name = node.filter->name;
    const bool selects = name == "selectattr" || name == "rejectattr";
    bool any = false;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      if (!node.children[i] || !is_text(node.child(i)) || i > node.filter->parameter_count())
        continue;
      const std::string_view parameter = node.filter->parameters[i - 1];
      if (parameter != "attribute" && !(name == "respectively" && parameter.starts_with("list")))
        continue;
      any = true;
      const bool asked =
          required && !selects && !(name == "map" && node.children.size() > 2 && node.children[2]);
      Need::Kind as = name == "sum" ? Need::Kind::number
                      : selects || name == "sort" || name == "map" || name == "unique"
                          ? Need::Kind::any
                          : Need::Kind::text;
      if (selects && node.children.size() > 3) as = kind_of(node.child(3));
      std::string_view rest = node.child(i).value.as_string();
      while (!rest.empty()) {
        const std::size_t comma = name == "sort" ? rest.find(',') : std::string_view::npos;
        for (const Spot& spot : members_named(items, rest.substr(0, comma), [&](const Spot& group) {
               mark(group, Need::Kind::object, asked);
             })) {
          mark(spot, as, asked);
          if (selects && (node.children.size() < 3 || !node.children[2]))
            guess(*spot.need, Need::Kind::boolean);
          if (name == "map") out.items.push_back(spot);
        }
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
      }
    }
    return any;
  }

  // --- Names -----------------------------------------------------------------------------------

  bool is_bound(const std::string& name) const {
    return std::any_of(m_scopes.begin(), m_scopes.end(), [&](const Scope& scope) {
      return std::any_of(scope.begin(), scope.end(),
                         [&](const auto& variable) { return variable.first == name; });
    });
  }

  Trace find_name(const std::string& name) {
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope)
      for (auto at = scope->rbegin(); at != scope->rend(); ++at)
        if (at->first == name) return at->second;
    if (name == "voice" || name == "ref") return {};
    if (name == "loop") {
      if (m_in_head || (m_items.empty() && !m_ended.contains(name)))
        report(Code::loop_outside, {});
      else if (m_items.empty())
        report(Code::loop_variable_leaks, {name});
      return {};
    }
    if (m_ended.contains(name)) {
      report(Code::loop_variable_leaks, {name});
      return {};
    }
    Trace out;
    out.at.push_back({&m_root.member(name)});
    return out;
  }

  /// In a branch, the name may keep what it had.
  void bind(const std::string& name, Trace value) {
    m_ended.erase(name);
    m_truths.forget(name);
    Scope& scope = m_scopes.back();
    if (!m_chains.empty())
      for (auto at = scope.rbegin(); at != scope.rend(); ++at)
        if (at->first == name) {
          value.join(at->second);
          break;
        }
    scope.emplace_back(name, std::move(value));
  }

  void mark(const Spot& spot, Need::Kind as, bool required) {
    mark(*spot.need, as, required && spot.wanted);
  }
  void mark(Need& need, Need::Kind as, bool required) {
    if (need.place.file.empty()) need.place = m_place;
    need.required = need.required || (required && !is_guarded(need));
    if (need.kind == Need::Kind::any || (need.kind == Need::Kind::text && as != Need::Kind::any))
      need.kind = as;
    if (!m_example.empty() && as == Need::Kind::text) need.example = m_example;
  }

  static void guess(Need& need, Need::Kind kind) {
    if (need.weak == Need::Kind::any || kind == Need::Kind::list) need.weak = kind;
  }

  // --- Tags ------------------------------------------------------------------------------------

  void tag(const Program::PlacedTag& placed, std::size_t number) {
    m_place = placed.place;
    const Tag& tag = placed.tag;
    for (const Expression* expression : {&tag.expression, &tag.filter})
      if (*expression)
        if (const auto fault = constant_fault(expression->root()))
          report(fault->code, fault->arguments);
    if (tag.kind == Tag::Kind::print || tag.kind == Tag::Kind::for_ || tag.kind == Tag::Kind::set)
      if (const auto fault = constant_use_fault(tag.expression.root(), tag.kind == Tag::Kind::for_))
        report(fault->code, fault->arguments);
    switch (tag.kind) {
    case Tag::Kind::print: {
      const auto example = m_examples.find(static_cast<std::uint32_t>(number));
      m_example = example == m_examples.end() ? std::string{} : example->second;
      use(tag.expression.root(), Need::Kind::text, true);
      m_example.clear();
      break;
    }
    case Tag::Kind::if_:
      m_chains.push_back({});
      m_chains.back().loops = m_items.size();
      m_truths.enter();
      [[fallthrough]];
    case Tag::Kind::elif:
      condition(placed);
      break;
    case Tag::Kind::else_:
      if (m_chains.empty() || m_chains.back().loops != m_items.size()) break; // of a loop
      if (m_chains.back().always) report(Code::branch_unreachable);
      m_truths.next_branch();
      break;
    case Tag::Kind::endif:
      if (!m_chains.empty()) m_chains.pop_back();
      m_truths.leave();
      break;
    case Tag::Kind::for_:
      begin_loop(tag);
      break;
    case Tag::Kind::endfor:
      if (m_scopes.size() > 1) {
        for (const auto& [name, value] : m_scopes.back()) m_ended.insert(name);
        m_scopes.pop_back();
        m_items.pop_back();
        if (m_items.empty()) m_ended.insert("loop");
      }
      break;
    case Tag::Kind::set: {
      const Trace value = trace(tag.expression.root(), true);
      for (const Spot& spot : value.at) mark(spot, Need::Kind::any, true);
      if (tag.targets.size() == 1)
        bind(tag.targets.front(), value);
      else
        take_apart(tag.targets, value);
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

  /// for name, value in pairs; set first, second = list.
  void take_apart(const std::vector<std::string>& targets, const Trace& entry) {
    std::vector<Trace> values(targets.size());
    for (const Spot& spot : entry.at) {
      mark(spot, Need::Kind::list, true);
      while (spot.need->parts.size() < targets.size()) spot.need->parts.emplace_back();
      auto part = spot.need->parts.begin();
      for (Trace& value : values) value.at.push_back({&*part++});
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (const Spot& item : entry.items) values[i].at.push_back(item);
      bind(targets[i], std::move(values[i]));
    }
  }

  void begin_loop(const Tag& tag) {
    const ExpressionNode& source = tag.expression.root();
    const Trace list = trace(source, true, Need::Kind::list);
    Trace entry;
    entry.at = entries(list, true);
    if (constant_truth(source) == false) report(Code::branch_unreachable);
    m_truths.forget("loop");
    m_items.push_back(entry);
    m_scopes.emplace_back();
    if (tag.targets.size() == 1) {
      bind(tag.targets.front(), std::move(entry));
    } else if (!list.pairs.empty() && tag.targets.size() == 2) {
      bind(tag.targets[0], {});
      Trace value;
      value.at = list.pairs;
      bind(tag.targets[1], std::move(value));
    } else {
      take_apart(tag.targets, entry);
    }
    if (tag.filter) {
      m_in_head = true;
      ask(tag.filter.root());
      m_in_head = false;
      warn_of_idle(tag.filter.root());
    }
  }

  struct Chain {
    std::set<const Need*> guards; ///< what the conditions ask for: inside it is there
    std::set<std::string> seen;
    bool always = false;   ///< a branch before holds in every case
    std::size_t loops = 0; ///< around it
  };

  void condition(const Program::PlacedTag& placed) {
    const ExpressionNode& root = placed.tag.expression.root();
    if (!m_chains.empty()) {
      Chain& chain = m_chains.back();
      const bool again = !chain.seen.insert(placed.tag.expression.canonical()).second;
      m_truths.next_branch();
      const std::optional<bool> constant =
          m_truths.known(root) ? m_truths.known(root) : constant_truth(root);
      m_truths.hold(root);
      if (again || chain.always || constant == false) report(Code::branch_unreachable);
      // After x, “not x” holds in every case that is left.
      chain.always = chain.always || constant == true || chain.seen.contains(opposite(root));
    }
    warn_of_idle(root);
    ask(root);
    if (!m_chains.empty()) guard(root, m_chains.back().guards);
  }

  void warn_of_idle(const ExpressionNode& root) {
    if (const ExpressionNode* idle = idle_alternative(root))
      report(Code::condition_always, {canonical_text(root), canonical_text(*idle)});
  }

  /// {% if letter.exhibit %} … {{ letter.exhibit }}: the letter does without.
  void guard(const ExpressionNode& node, std::set<const Need*>& guards) {
    if (is_path(node)) {
      for (const Spot& spot : trace(node, false).at) guards.insert(spot.need);
    } else if (node.kind == Kind::and_ || node.kind == Kind::test || node.kind == Kind::filter ||
               node.kind == Kind::compare) {
      for (const NodePointer& child : node.children)
        if (child) guard(*child, guards);
    }
  }

  bool is_guarded(const Need& need) const {
    return std::any_of(m_chains.begin(), m_chains.end(),
                       [&](const Chain& chain) { return chain.guards.contains(&need); });
  }

  // --- Findings --------------------------------------------------------------------------------

  /// Tags that stand in every row of a table are one tag of the author.
  void report(Code code) { report(code, {m_place.tag}); }
  void report(Code code, const std::vector<std::string>& arguments) {
    if (m_findings == nullptr) return;
    Finding finding = make_finding(code, m_place, arguments);
    if (!holds(*m_findings, finding)) m_findings->push_back(std::move(finding));
  }

  void report_member(const std::string& object, const std::string& name,
                     const std::vector<std::string>& known) {
    const auto close = closest_name(name, known);
    std::string list;
    for (std::size_t i = 0; i < known.size(); ++i)
      list += (i == 0 ? "" : i + 1 == known.size() ? " and " : ", ") + known[i];
    report(Code::member_unknown,
           {object, name, close ? "Did you mean " + object + "." + *close + "? " : "", list});
  }

  Need& m_root;
  Findings* m_findings;
  Place m_place;
  std::vector<Scope> m_scopes{1};
  std::vector<Chain> m_chains;
  Truths m_truths; ///< what the conditions around the place say
  std::set<std::string> m_ended;
  std::vector<Trace> m_items;                      ///< of the loops around the place at hand
  bool m_in_head = false;                          ///< in the “if” of a loop
  std::map<std::uint32_t, std::string> m_examples; ///< by tag: what the sample must hold
  std::string m_example;                           ///< for the tag at hand
};

} // namespace

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
  if (expression) analyst.ask(expression.root());
}

} // namespace engross::templating
