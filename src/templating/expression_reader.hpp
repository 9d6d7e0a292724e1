// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/analysis_state.hpp"
#include "templating/syntax.hpp"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace engross::templating {

bool is_text(const ExpressionNode& node);
/// A name with members and entries: parties.depositor, documents[0].title.
bool is_path(const ExpressionNode& node);
/// What a literal beside a comparison says of the other side.
Need::Kind kind_of(const ExpressionNode& node);

/// Reads expressions without data, and marks what they need of it.
class ExpressionReader {
 public:
  explicit ExpressionReader(AnalysisState& state) : m_state(state) {}

  /// What a condition asks: it may be missing, and a name alone is likely yes or no.
  void ask(const ExpressionNode& node);
  /// Reads an expression that is used as something.
  void use(const ExpressionNode& node, Need::Kind as, bool required);
  /// Reads an expression and says where its value may come from. \p as: as what it is used, which
  /// matters to the operands of “+”.
  Trace trace(const ExpressionNode& node, bool required, Need::Kind as = Need::Kind::any);
  /// The places of the entries of a list.
  std::vector<Spot> entries(const Trace& list, bool required);

 private:
  Trace attribute(const ExpressionNode& node, bool required);
  Trace index(const ExpressionNode& node, bool required);
  Trace binary(const ExpressionNode& node, bool required, Need::Kind as);
  void comparison(const ExpressionNode& node, bool required);
  /// Reads one side of a comparison; the other tells what it is.
  void compare_with(const ExpressionNode& node, const ExpressionNode& other, bool required);
  /// Reads what something is sought in: a list, or a text.
  void contain(const ExpressionNode& node, const ExpressionNode& sought, bool required);
  /// Whether an expression gives a number by itself; reads nothing.
  bool is_number(const ExpressionNode& node) const;
  void test(const ExpressionNode& node);
  Trace call(const ExpressionNode& node, bool required);
  /// How many entries a list must have for [key]: [0] and [-1] one, [1] two.
  static std::size_t entries_up_to(const ExpressionNode& key);

  Trace filter(const ExpressionNode& node, bool required, Need::Kind as);
  static bool gives_number(std::string_view filter);
  static bool needs_time(const ExpressionNode& node);
  void parameters(const ExpressionNode& node, bool required);
  /// The member that a dotted name leads to, in each of the entries.
  static std::vector<Spot> members_named(const std::vector<Spot>& items, std::string_view path,
                                         const std::function<void(const Spot&)>& mark_group);
  /// documents | and_list(attribute="title") reads the title of each document. Whether members are
  /// what the filter works on.
  bool members(const ExpressionNode& node, const std::vector<Spot>& items, bool required,
               Trace& out);

  AnalysisState& m_state;
};

} // namespace engross::templating
