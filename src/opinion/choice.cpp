// SPDX-License-Identifier: MPL-2.0
#include "opinion/choice.hpp"

#include <algorithm>
#include <cstdlib>

namespace engross::opinion {

namespace {

using templating::Value;

class Chooser {
 public:
  Chooser(const Book& book, templating::Context& context, const std::map<std::string, bool>& person,
          const std::optional<Places>& places, Findings& findings)
      : m_book(book), m_context(context), m_person(person), m_places(places), m_findings(findings) {
  }

  std::vector<Choice> run() {
    for (const Opinion& o : m_book.opinions()) {
      m_choices.push_back({&o, false, Decider::nobody, "Nobody chose it; it has no rule."});
      m_index[o.id] = m_choices.size() - 1;
    }
    const std::map<std::string, bool> person_says = wishes();
    check_keys();
    const std::vector<std::string> excluded = deal_list("exclude");
    const std::vector<std::string> included = deal_list("include");
    const auto holds = [](const std::vector<std::string>& ids, const std::string& id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    for (Choice& choice : m_choices) {
      const Opinion& o = *choice.opinion;
      const auto person = person_says.find(o.id);
      if (person != person_says.end()) {
        choice.in = person->second;
        choice.decider = Decider::person;
        choice.reason = person->second ? "You chose it." : "You left it out.";
      } else if (holds(excluded, o.id)) {
        choice.decider = Decider::deal_excludes;
        choice.reason = "The deal leaves it out (opinions.exclude).";
      } else if (holds(included, o.id)) {
        choice.in = true;
        choice.decider = Decider::deal_includes;
        choice.reason = "The deal asks for it (opinions.include).";
      } else if (o.when) {
        choice.decider = Decider::rule;
        choice.in = rule_holds(o);
        choice.reason = choice.in ? "Its rule holds: " + o.when_text + "."
                                  : "Its rule does not hold: " + o.when_text + ".";
      }
      leave_out_without_place(choice);
    }
    settle_alternatives();
    pull_in_requirements();
    find_conflicts();
    return std::move(m_choices);
  }

 private:
  const Opinion* known(const std::string& id, const std::string& where) {
    if (const Opinion* o = m_book.find(id)) return o;
    Place at;
    at.data_path = where;
    m_findings.push_back(unknown_opinion(
        m_book, id, at, "“engross explain” lists the opinion paragraphs there are."));
    return nullptr;
  }

  /// What the person says, by the ids that stand; an id that was overridden means another one.
  std::map<std::string, bool> wishes() {
    std::map<std::string, bool> out;
    std::map<std::string, std::string> said_as;
    for (const auto& [id, in] : m_person) {
      const Opinion* o = known(id, "--opinions");
      if (o == nullptr) continue;
      said_as.emplace(o->id, id);
      if (out.emplace(o->id, in).first->second == in) continue;
      Place at;
      at.data_path = "--opinions";
      const bool is_old = id != o->id;
      const std::string& other = said_as[o->id];
      m_findings.push_back(
          make_finding(Code::opinion_in_and_out, at, {is_old ? id : other, is_old ? other : id}));
    }
    return out;
  }

  void wrong_choice(const std::string& name, const char* wanted) {
    Place at;
    at.data_path = name;
    m_findings.push_back(make_finding(Code::deal_choice_wrong, at, {name, wanted}));
  }

  /// A slip here would leave a paragraph in that the deal forbids.
  void check_keys() {
    const Value opinions = m_context.lookup("opinions");
    if (opinions.is_undefined() || opinions.kind() == Value::Kind::none) return;
    if (opinions.kind() == Value::Kind::string && opinions.as_string().empty()) return;
    if (opinions.kind() != Value::Kind::object) {
      wrong_choice("opinions", "an object with “include” and “exclude”");
      return;
    }
    for (const auto& [name, value] : opinions.as_object())
      if (name != "include" && name != "exclude")
        wrong_choice("opinions." + name, "“include” or “exclude”");
  }

  std::vector<std::string> deal_list(const char* key) {
    std::vector<std::string> out;
    const Value opinions = m_context.lookup("opinions");
    const Value* list = opinions.member(key);
    if (list == nullptr || list->kind() == Value::Kind::none) return out;
    const auto take = [&](const Value& value) {
      if (value.kind() != Value::Kind::string)
        return wrong_choice("opinions." + std::string(key), "a list of ids");
      if (value.as_string().empty()) return;
      if (const Opinion* o = known(value.as_string(), "opinions." + std::string(key)))
        out.push_back(o->id);
    };
    if (list->kind() == Value::Kind::list)
      for (const Value& value : list->as_list()) take(value);
    else
      take(*list);
    return out;
  }

  bool rule_holds(const Opinion& o) {
    try {
      return templating::evaluate_when(o.when, m_context);
    } catch (const templating::EvaluationError& error) {
      Place place = o.place;
      place.data_path = error.data_path;
      place.excerpt = o.when_text;
      m_findings.push_back(make_finding(error.code, place, error.arguments));
      return false;
    }
  }

  bool has_place(const Opinion& o) const { return !m_places || m_places->has(o); }

  void leave_out_without_place(Choice& choice) {
    const Opinion& o = *choice.opinion;
    if (!choice.in || has_place(o)) return;
    if (by_name(choice))
      m_findings.push_back(make_finding(Code::opinion_without_slot, o.place, {o.id, o.group}));
    choice.in = false;
    choice.reason = "The template has no place for it: no slot of its group “" + o.group + "”.";
  }

  static bool by_name(const Choice& choice) {
    return choice.decider == Decider::person || choice.decider == Decider::deal_includes;
  }

  /// Of a set one stands: the one chosen by name, else the first whose rule holds.
  void settle_alternatives() {
    std::map<std::string, Choice*> standing;
    for (Choice& choice : m_choices) {
      if (!choice.in || choice.opinion->alternatives.empty()) continue;
      Choice*& stands = standing[choice.opinion->alternatives];
      if (stands == nullptr || (by_name(choice) && !by_name(*stands))) {
        if (stands != nullptr) yield(*stands, choice);
        stands = &choice;
      } else if (!by_name(choice)) {
        yield(choice, *stands);
      } // two by name: find_conflicts names both
    }
  }

  static void yield(Choice& choice, const Choice& to) {
    choice.in = false;
    choice.decider = Decider::rule;
    choice.reason = "“" + to.opinion->id + "” stands in its place.";
  }

  void pull_in_requirements() {
    for (bool changed = true; changed;) { // each round takes at least one more in
      changed = false;
      for (const Choice& choice : m_choices) {
        if (!choice.in) continue;
        for (const std::string& id : choice.opinion->needs) {
          const auto found = m_index.find(id);
          if (found == m_index.end()) continue; // said when the book was read
          Choice& needed = m_choices[found->second];
          if (needed.in || !has_place(*needed.opinion) || needed.decider == Decider::person ||
              needed.decider == Decider::deal_excludes)
            continue;
          needed.in = true;
          needed.decider = Decider::requirement;
          needed.reason = "“" + choice.opinion->id + "” needs it.";
          changed = true;
        }
      }
    }
  }

  void find_conflicts() {
    std::map<std::string, const Opinion*> standing;
    for (const Choice& choice : m_choices) {
      if (!choice.in) continue;
      const Opinion& o = *choice.opinion;
      for (const std::string& id : o.needs) {
        const auto found = m_index.find(id);
        if (found != m_index.end() && !m_choices[found->second].in)
          required_but_out(o, *m_choices[found->second].opinion);
      }
      for (const std::string& id : o.excludes) {
        const auto found = m_index.find(id);
        if (found != m_index.end() && m_choices[found->second].in)
          conflict(o, *m_choices[found->second].opinion);
      }
      if (o.alternatives.empty()) continue;
      const Opinion*& other = standing[o.alternatives];
      if (other != nullptr) conflict(*other, o);
      other = &o;
    }
  }

  void required_but_out(const Opinion& o, const Opinion& needed) {
    std::vector<std::string> arguments{o.id, needed.id, "was left out",
                                       "Leave out “" + o.id + "” too, or take “" + needed.id +
                                           "” in."};
    if (!has_place(needed)) {
      arguments[2] = "has no place in the template";
      arguments[3] = "Add {% opinions \"" + needed.group + "\" %} to the template, or leave out “" +
                     o.id + "” too.";
    }
    m_findings.push_back(make_finding(Code::opinion_required_excluded, o.place, arguments));
  }

  /// Once for each two, whichever of them says so.
  void conflict(const Opinion& a, const Opinion& b) {
    if (m_conflicts.emplace(std::min(a.id, b.id), std::max(a.id, b.id)).second)
      m_findings.push_back(make_finding(Code::opinion_excludes, a.place, {a.id, b.id}));
  }

  const Book& m_book;
  templating::Context& m_context;
  const std::map<std::string, bool>& m_person;
  const std::optional<Places>& m_places;
  Findings& m_findings;
  std::vector<Choice> m_choices;
  std::map<std::string, std::size_t, std::less<>> m_index;
  std::set<std::pair<std::string, std::string>> m_conflicts;
};

std::string shown(const Value& value) {
  switch (value.kind()) {
  case Value::Kind::string:
    return "“" + value.as_string() + "”";
  case Value::Kind::number:
    return value.as_number().text;
  case Value::Kind::boolean:
    return value.as_bool() ? "true" : "false";
  case Value::Kind::list:
    return "a list of " + std::to_string(value.as_list().size());
  case Value::Kind::object:
    return "there";
  case Value::Kind::none:
    return "none";
  case Value::Kind::undefined:
    break;
  }
  return "missing";
}

/// Below 0 they count from the end.
const Value* entry_at(const deal::List& list, long index) {
  const auto size = static_cast<long>(list.size());
  if (index < 0) index += size;
  return index >= 0 && index < size ? &list[static_cast<std::size_t>(index)] : nullptr;
}

/// "series[0].amount".
Value value_at(const std::string& path, const templating::Context& context) {
  std::size_t at = path.find_first_of(".[");
  Value value = context.lookup(path.substr(0, at));
  while (at != std::string::npos) {
    const std::size_t next = path.find_first_of(".[", at + 1);
    const std::string step = path.substr(at + 1, next - at - 1);
    const Value* found = nullptr;
    if (path[at] == '.')
      found = value.member(step);
    else if (value.kind() == Value::Kind::list)
      found = entry_at(value.as_list(), std::strtol(step.c_str(), nullptr, 10));
    if (found == nullptr) return Value(deal::Undefined{path});
    value = Value(*found);
    at = next;
  }
  return value;
}

} // namespace

std::vector<std::pair<std::string, std::string>> values_seen(const Opinion& opinion,
                                                             const templating::Context& context) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& name : templating::names_read(opinion.when, true)) {
    // "parties[].state" is what a filter looks at in each entry: the list says enough.
    const std::string path = name.substr(0, name.find("[]"));
    std::pair<std::string, std::string> seen(path, shown(value_at(path, context)));
    if (std::find(out.begin(), out.end(), seen) == out.end()) out.push_back(std::move(seen));
  }
  return out;
}

std::string_view decider_name(Decider decider) {
  switch (decider) {
  case Decider::person:
    return "person";
  case Decider::deal_excludes:
    return "deal excludes";
  case Decider::deal_includes:
    return "deal includes";
  case Decider::requirement:
    return "requirement";
  case Decider::rule:
    return "rule";
  case Decider::nobody:
    break;
  }
  return "nobody";
}

std::vector<Choice> choose(const Book& book, templating::Context& context,
                           const std::map<std::string, bool>& person,
                           const std::optional<Places>& places, Findings& findings) {
  return Chooser(book, context, person, places, findings).run();
}

} // namespace engross::opinion
