// SPDX-License-Identifier: MPL-2.0
#include "opinion/book_rules.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace engross::opinion {

namespace {

class Rules {
 public:
  Rules(const std::vector<Opinion>& opinions, Findings& findings)
      : m_opinions(opinions), m_findings(findings) {
    for (std::size_t i = 0; i < opinions.size(); ++i) m_index.emplace(opinions[i].id, i);
  }

  void check() {
    for (std::size_t i = 0; i < m_opinions.size(); ++i) check_needs(i);
    check_alternatives();
    check_questions();
    check_labels();
  }

 private:
  void say(Code code, const Opinion& o, const std::vector<std::string>& arguments) {
    m_findings.push_back(make_finding(code, o.place, arguments));
  }

  static bool names(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

  static bool are_apart(const Opinion& a, const Opinion& b) {
    return names(a.excludes, b.id) || names(b.excludes, a.id) ||
           (!a.alternatives.empty() && a.alternatives == b.alternatives);
  }

  /// All that comes along with a paragraph, near ones first.
  void check_needs(std::size_t start) {
    const Opinion& o = m_opinions[start];
    std::vector<std::size_t> along;
    std::set<std::size_t> seen;
    std::string circle;
    const auto visit = [&](const Opinion& from) {
      for (const std::string& id : from.needs) {
        const auto found = m_index.find(id);
        if (found == m_index.end()) continue;
        if (found->second == start && circle.empty()) circle = from.id;
        if (found->second != start && seen.insert(found->second).second)
          along.push_back(found->second);
      }
    };
    visit(o);
    for (std::size_t i = 0; i < along.size(); ++i) {
      const Opinion& other = m_opinions[along[i]];
      if (are_apart(o, other))
        say(Code::opinion_impossible, o,
            {o.id, "“" + other.id + "”, beside which it may not stand"});
      visit(other);
    }
    check_along(o, along);
    // Each circle once: by its first paragraph in the book.
    if (circle.empty() || m_circles.contains(start)) return;
    std::string shown = "“" + o.id + "”";
    m_circles.insert(start);
    for (const std::size_t i : along)
      if (reaches(i, start)) {
        m_circles.insert(i);
        shown += ", “" + m_opinions[i].id + "”";
      }
    say(Code::opinion_loop, o, {shown});
  }

  /// What it needs may not exclude each other; said where both meet first.
  void check_along(const Opinion& o, const std::vector<std::size_t>& along) {
    const auto brings = [&](std::size_t by, std::size_t what) {
      return by == what || reaches(by, what);
    };
    for (std::size_t i = 0; i < along.size(); ++i)
      for (std::size_t k = i + 1; k < along.size(); ++k) {
        const Opinion& a = m_opinions[along[i]];
        const Opinion& b = m_opinions[along[k]];
        if (!are_apart(a, b)) continue;
        const bool known = std::any_of(along.begin(), along.end(), [&](std::size_t by) {
          return brings(by, along[i]) && brings(by, along[k]);
        });
        if (!known)
          say(Code::opinion_impossible, o,
              {o.id, "“" + a.id + "” and “" + b.id + "”, which exclude each other"});
      }
  }

  bool reaches(std::size_t from, std::size_t to) const {
    std::vector<std::size_t> open{from};
    std::set<std::size_t> seen;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::string& id : m_opinions[at].needs) {
        const auto found = m_index.find(id);
        if (found == m_index.end()) continue;
        if (found->second == to) return true;
        if (seen.insert(found->second).second) open.push_back(found->second);
      }
    }
    return false;
  }

  /// The first whose rule holds stands: one whose rule says no less than that of an earlier one
  /// ("x and y" behind "x", anything behind "true") never comes by its rule.
  void check_alternatives() {
    using Rule = std::set<std::string>;
    std::map<std::string, std::vector<std::pair<Rule, const Opinion*>>> sets;
    for (const Opinion& o : m_opinions) {
      if (o.alternatives.empty() || !o.when) continue;
      auto& earlier = sets[o.alternatives];
      const std::vector<std::string> parts = templating::conjuncts(o.when);
      Rule rule(parts.begin(), parts.end());
      rule.erase("true");
      const auto stands = std::find_if(earlier.begin(), earlier.end(), [&](const auto& other) {
        return std::includes(rule.begin(), rule.end(), other.first.begin(), other.first.end());
      });
      if (stands != earlier.end())
        say(Code::alternative_unreachable, o, {o.id, stands->second->id});
      earlier.emplace_back(std::move(rule), &o);
    }
  }

  /// Which paragraphs are chosen is known when all rules are evaluated, not before.
  void check_questions() {
    for (const Opinion& o : m_opinions) {
      for (const std::string& id : templating::chosen_asked(o.when))
        say(Code::chosen_in_rule, o, {o.id, id.empty() ? "another paragraph" : id});
    }
  }

  void check_labels() {
    std::map<std::string, std::vector<const Opinion*>> givers;
    for (const Opinion& o : m_opinions)
      for (const std::string& label : o.labels) {
        std::vector<const Opinion*>& known = givers[label];
        const auto other = std::find_if(known.begin(), known.end(), [&](const Opinion* p) {
          return p != &o && !are_apart(*p, o);
        });
        if (other != known.end()) say(Code::label_in_two, o, {(*other)->id, o.id, label});
        known.push_back(&o);
      }
  }

  const std::vector<Opinion>& m_opinions;
  Findings& m_findings;
  std::map<std::string, std::size_t> m_index;
  std::set<std::size_t> m_circles;
};

} // namespace

void check_rules(const std::vector<Opinion>& opinions, Findings& findings) {
  Rules(opinions, findings).check();
}

} // namespace engross::opinion
