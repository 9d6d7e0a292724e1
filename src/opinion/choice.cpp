// SPDX-License-Identifier: MPL-2.0
#include "opinion/choice.hpp"

#include <algorithm>

namespace engross::opinion {

namespace {

using templating::Value;

class Chooser {
 public:
  Chooser(const Book& book, templating::Context& context, const std::map<std::string, bool>& person,
          const std::optional<std::set<std::string>>& groups, Findings& findings)
      : m_book(book), m_context(context), m_person(person), m_groups(groups), m_findings(findings) {
  }

  std::vector<Choice> run() {
    for (const Opinion& o : m_book.opinions()) {
      m_choices.push_back({&o, false, Decider::nobody, "Nobody chose it; it has no rule."});
      m_index[o.id] = m_choices.size() - 1;
    }
    for (const auto& [id, in] : m_person) known(id, "--opinions", {});
    const std::vector<std::string> excluded = deal_list("exclude");
    const std::vector<std::string> included = deal_list("include");
    const auto holds = [](const std::vector<std::string>& ids, const std::string& id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    for (Choice& choice : m_choices) {
      const Opinion& o = *choice.opinion;
      const auto person = m_person.find(o.id);
      if (person != m_person.end()) {
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
  bool known(const std::string& id, const std::string& where, const Place& place) {
    if (m_index.contains(id)) return true;
    Place at = place;
    if (at.data_path.empty()) at.data_path = where;
    const auto close = closest_name(id, m_book.ids());
    m_findings.push_back(make_finding(Code::opinion_unknown, at,
                                      {id, close ? "Did you mean “" + *close + "”?" : ""}));
    return false;
  }

  std::vector<std::string> deal_list(const char* key) {
    std::vector<std::string> out;
    const Value opinions = m_context.lookup("opinions");
    const Value* list = opinions.member(key);
    if (list == nullptr) return out;
    const auto take = [&](const Value& value) {
      if (value.kind() != Value::Kind::string) return;
      if (known(value.as_string(), "opinions." + std::string(key), {}))
        out.push_back(value.as_string());
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

  bool has_place(const Opinion& o) const { return !m_groups || m_groups->contains(o.group); }

  void leave_out_without_place(Choice& choice) {
    const Opinion& o = *choice.opinion;
    if (!choice.in || has_place(o)) return;
    if (by_name(choice))
      m_findings.push_back(make_finding(Code::opinion_without_slot, o.place, {o.id, o.group}));
    choice.in = false;
    choice.reason = "The template has no place for its group “" + o.group + "”.";
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
    for (const Choice& choice : m_choices) {
      if (!choice.in) continue;
      const Opinion& o = *choice.opinion;
      for (const std::string& id : o.needs) {
        const auto found = m_index.find(id);
        if (found != m_index.end() && !m_choices[found->second].in &&
            has_place(*m_choices[found->second].opinion))
          m_findings.push_back(make_finding(Code::opinion_required_excluded, o.place, {o.id, id}));
      }
      for (const std::string& id : o.excludes) conflict(o, id);
      if (!o.alternatives.empty())
        for (const Choice& other : m_choices)
          if (other.in && other.opinion->alternatives == o.alternatives && o.id < other.opinion->id)
            conflict(o, other.opinion->id);
      if (o.approved_by.empty())
        m_findings.push_back(make_finding(Code::opinion_not_approved, o.place, {o.id, o.owner}));
    }
  }

  void conflict(const Opinion& o, const std::string& id) {
    const auto found = m_index.find(id);
    if (found == m_index.end() || !m_choices[found->second].in) return;
    m_findings.push_back(make_finding(Code::opinion_excludes, o.place, {o.id, id}));
  }

  const Book& m_book;
  templating::Context& m_context;
  const std::map<std::string, bool>& m_person;
  const std::optional<std::set<std::string>>& m_groups;
  Findings& m_findings;
  std::vector<Choice> m_choices;
  std::map<std::string, std::size_t, std::less<>> m_index;
};

} // namespace

std::vector<Choice> choose(const Book& book, templating::Context& context,
                           const std::map<std::string, bool>& person,
                           const std::optional<std::set<std::string>>& groups, Findings& findings) {
  return Chooser(book, context, person, groups, findings).run();
}

} // namespace engross::opinion
