// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/syntax.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engross::templating {

/// What conditions around a place of the template say there, whatever the data: inside
/// {% if x and not y %}, x holds and y does not.
class Truths {
 public:
  /// Begins an {% if %}, or leaves it: what its conditions said is no longer known.
  void enter() { m_chains.emplace_back(); }
  void leave() {
    if (!m_chains.empty()) m_chains.pop_back();
  }
  void clear() { m_chains.clear(); }

  /// A branch of the innermost {% if %} begins: no condition before has held. Without a condition:
  /// its {% else %}.
  void next_branch();
  /// The branch that has begun has this condition. \p condition must outlive the {% if %}.
  void hold(const ExpressionNode& condition);
  /// The name is given another value: nothing is known of it.
  void forget(const std::string& name);

  /// Whether a condition holds; none: that hangs on data.
  std::optional<bool> known(const ExpressionNode& condition) const;

 private:
  struct Fact {
    std::string text; ///< canonical
    bool holds = false;
    std::set<std::string> names;
  };
  struct Chain {
    const ExpressionNode* condition = nullptr; ///< of the branch at hand
    std::vector<Fact> before;                  ///< from the branches before
    std::vector<Fact> here;
  };

  static void add(const ExpressionNode& condition, bool holds, std::vector<Fact>& facts);

  std::vector<Chain> m_chains;
};

} // namespace engross::templating
