// SPDX-License-Identifier: MPL-2.0
#include "templating/analysis_state.hpp"

#include "templating/functions.hpp"

#include <algorithm>
#include <iterator>

namespace engross::templating {

void Trace::join(const Trace& other) {
  at.insert(at.end(), other.at.begin(), other.at.end());
  items.insert(items.end(), other.items.begin(), other.items.end());
  pairs.insert(pairs.end(), other.pairs.begin(), other.pairs.end());
  numeric = numeric || other.numeric;
}

void Trace::do_without() {
  for (Spot& spot : at) spot.wanted = false;
}

void AnalysisState::restart() {
  m_scopes.assign(1, {});
  m_guards.clear();
  m_ended.clear();
  m_entries.clear();
}

bool AnalysisState::is_bound(const std::string& name) const {
  return std::any_of(m_scopes.begin(), m_scopes.end(), [&](const Scope& scope) {
    return std::any_of(scope.begin(), scope.end(),
                       [&](const auto& variable) { return variable.first == name; });
  });
}

Trace AnalysisState::find_name(const std::string& name) {
  for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope)
    for (auto at = scope->rbegin(); at != scope->rend(); ++at)
      if (at->first == name) return at->second;
  if (name == "voice" || name == "ref") return {};
  if (name == "loop") {
    if (in_loop_head || (m_entries.empty() && !m_ended.contains(name)))
      report(Code::loop_outside, {});
    else if (m_entries.empty())
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

void AnalysisState::bind(const std::string& name, Trace value) {
  m_ended.erase(name);
  Scope& scope = m_scopes.back();
  if (!m_guards.empty())
    for (auto at = scope.rbegin(); at != scope.rend(); ++at)
      if (at->first == name) {
        value.join(at->second);
        break;
      }
  scope.emplace_back(name, std::move(value));
}

void AnalysisState::enter_loop(Trace entry) {
  m_entries.push_back(std::move(entry));
  m_scopes.emplace_back();
}

void AnalysisState::leave_loop() {
  if (m_entries.empty()) return;
  for (const auto& [name, value] : m_scopes.back()) m_ended.insert(name);
  m_scopes.pop_back();
  m_entries.pop_back();
  if (m_entries.empty()) m_ended.insert("loop");
}

void AnalysisState::enter_condition() { m_guards.emplace_back(); }

void AnalysisState::leave_condition() {
  if (!m_guards.empty()) m_guards.pop_back();
}

void AnalysisState::guard(const Need& need) {
  if (!m_guards.empty()) m_guards.back().insert(&need);
}

void AnalysisState::mark(const Spot& spot, Need::Kind as, bool required) {
  mark(*spot.need, as, required && spot.wanted);
}
void AnalysisState::mark(Need& need, Need::Kind as, bool required) {
  if (need.place.file.empty()) need.place = place;
  need.required = need.required || (required && !is_guarded(need));
  if (need.kind == Need::Kind::any || (need.kind == Need::Kind::text && as != Need::Kind::any))
    need.kind = as;
  if (!example.empty() && as == Need::Kind::text) need.example = example;
}

void AnalysisState::guess(Need& need, Need::Kind kind) {
  if (need.weak == Need::Kind::any || kind == Need::Kind::list) need.weak = kind;
}

bool AnalysisState::is_guarded(const Need& need) const {
  return std::any_of(m_guards.begin(), m_guards.end(),
                     [&](const auto& guards) { return guards.contains(&need); });
}

void AnalysisState::report(Code code) { report(code, {place.tag}); }
void AnalysisState::report(Code code, const std::vector<std::string>& arguments) {
  if (m_findings == nullptr) return;
  Finding finding = make_finding(code, place, arguments);
  if (std::find(m_findings->begin(), m_findings->end(), finding) == m_findings->end())
    m_findings->push_back(std::move(finding));
}

void AnalysisState::report_member(const std::string& object, const std::string& name,
                                  const std::vector<std::string>& known) {
  const auto close = closest_name(name, known);
  std::string list;
  for (std::size_t i = 0; i < known.size(); ++i)
    list += (i == 0 ? "" : i + 1 == known.size() ? " and " : ", ") + known[i];
  report(Code::member_unknown,
         {object, name, close ? "Did you mean " + object + "." + *close + "? " : "", list});
}

} // namespace engross::templating
