// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/analysis.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engross::templating {

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

  void join(const Trace& other);
  /// Another value stands in where it is missing.
  void do_without();
};

/// Where an analysis stands in its program: the names in scope, the loops and conditions around the
/// place, and the needs and findings so far.
class AnalysisState {
 public:
  AnalysisState(Need& root, Findings* findings) : m_root(root), m_findings(findings) {}

  /// Another program begins; the needs stay.
  void restart();

  bool is_bound(const std::string& name) const;
  /// Where the value of a name may come from; a name that nothing binds is the deal's.
  Trace find_name(const std::string& name);
  /// In a branch, the name may keep what it had.
  void bind(const std::string& name, Trace value);

  /// \p entry: where the entries that it runs over may come from.
  void enter_loop(Trace entry);
  void leave_loop();
  bool in_loop() const { return !m_entries.empty(); }
  std::size_t loops() const { return m_entries.size(); }
  /// Of the innermost loop.
  const Trace& entry() const { return m_entries.back(); }

  void enter_condition();
  void leave_condition();
  /// The innermost condition asks for it: inside, it is there.
  void guard(const Need& need);
  bool is_guarded(const Need& need) const;

  /// The value is used as something.
  void mark(const Spot& spot, Need::Kind as, bool required);
  void mark(Need& need, Need::Kind as, bool required);
  static void guess(Need& need, Need::Kind kind);

  /// Tags that stand in every row of a table are one tag of the author: one finding.
  void report(Code code);
  void report(Code code, const std::vector<std::string>& arguments);
  void report_member(const std::string& object, const std::string& name,
                     const std::vector<std::string>& known);

  Place place;               ///< of the tag at hand
  std::string example;       ///< what the sample must hold for it
  bool in_loop_head = false; ///< in the “if” of a loop

 private:
  using Scope = std::vector<std::pair<std::string, Trace>>;

  Need& m_root;
  Findings* m_findings;
  std::vector<Scope> m_scopes{1};
  std::vector<std::set<const Need*>> m_guards; ///< by condition
  std::set<std::string> m_ended;               ///< names of loops that are over
  std::vector<Trace> m_entries;                ///< by loop
};

} // namespace engross::templating
