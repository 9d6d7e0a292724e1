// SPDX-License-Identifier: MPL-2.0
#include "templating/date.hpp"
#include "templating/expression_reader.hpp"
#include "templating/functions.hpp"

#include <algorithm>
#include <array>

namespace engross::templating {

using Kind = ExpressionNode::Kind;

namespace {

constexpr std::array<std::string_view, 8> k_number_filters = {"money", "number", "words", "ordinal",
                                                              "roman", "letter", "abs",   "round"};
constexpr std::array<std::string_view, 7> k_numeric_results = {"length", "count", "int", "float",
                                                               "round",  "abs",   "sum"};
/// Filters that give entries of the list that they are given.
constexpr std::array<std::string_view, 5> k_selections = {"sort", "unique", "selectattr",
                                                          "rejectattr", "list"};

template <class Items, class Item> bool holds(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

} // namespace

bool ExpressionReader::gives_number(std::string_view filter) {
  return holds(k_numeric_results, filter);
}

Trace ExpressionReader::filter(const ExpressionNode& node, bool required, Need::Kind as) {
  const std::string_view name = node.filter->name;
  const ExpressionNode& subject = node.child(0);
  if (name == "default") {
    Trace out = trace(subject, false, as);
    for (const Spot& spot : out.at) m_state.mark(spot, as, false);
    out.do_without();
    if (node.children.size() > 1 && node.children[1]) out.join(trace(node.child(1), required, as));
    return out;
  }
  const Trace given = trace(subject, required);
  Trace out;
  out.numeric = gives_number(name);
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
        m_state.mark(item, name == "sum" ? Need::Kind::number : Need::Kind::text, required);
    }
  } else {
    const Need::Kind kind = name == "date"                  ? Need::Kind::date
                            : holds(k_number_filters, name) ? Need::Kind::number
                            : name == "length" || name == "count" || name == "plural" ||
                                    name == "string" || name == "int" || name == "float"
                                ? Need::Kind::any
                                : Need::Kind::text;
    for (const Spot& spot : given.at) {
      m_state.mark(spot, kind, required);
      if (name == "length" || name == "count" || name == "plural")
        m_state.guess(*spot.need, Need::Kind::list);
      if (name == "date" && needs_time(node)) {
        spot.need->kind = Need::Kind::text; // a format “date” would refuse it
        spot.need->example = "2026-01-31T09:30";
      }
    }
  }
  parameters(node, required);
  return out;
}

bool ExpressionReader::needs_time(const ExpressionNode& node) {
  const std::string* pattern = literal_text_argument(node, 0);
  PatternError error;
  return pattern != nullptr && !format_date(Date{}, *pattern, "en", error) && error.needs_time;
}

void ExpressionReader::parameters(const ExpressionNode& node, bool required) {
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
      m_state.mark(spot, as, required);
      if (as == Need::Kind::list) m_state.mark(spot.need->any_item(), Need::Kind::text, required);
      if (parameter == "currency") spot.need->example = "USD";
      if (parameter == "pattern") spot.need->example = "long";
      if (name == "money" && parameter == "form") spot.need->example = "figures";
    }
  }
}

std::vector<Spot>
ExpressionReader::members_named(const std::vector<Spot>& items, std::string_view path,
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
bool ExpressionReader::members(const ExpressionNode& node, const std::vector<Spot>& items,
                               bool required, Trace& out) {
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
             m_state.mark(group, Need::Kind::object, asked);
           })) {
        m_state.mark(spot, as, asked);
        if (selects && (node.children.size() < 3 || !node.children[2]))
          m_state.guess(*spot.need, Need::Kind::boolean);
        if (name == "map") out.items.push_back(spot);
      }
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
  }
  return any;
}

} // namespace engross::templating
