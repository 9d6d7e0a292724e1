// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/context.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engross::templating {

using deal::List;

constexpr std::size_t k_max_parameters = 8;

/// One use of a filter: what it is applied to and what it was given.
class FilterCall {
 public:
  FilterCall(const ExpressionNode& node, const Value& subject, Context& context)
      : m_node(node), m_subject(subject), m_context(context) {}

  const Value& subject() const { return m_subject; }
  Context& context() const { return m_context; }
  const ExpressionNode& node() const { return m_node; }

  /// nullptr where the parameter was not given.
  const Value* argument(std::size_t i) const { return m_arguments[i]; }
  /// Variadic rest.
  const std::vector<Value>& rest() const { return m_rest; }

  // A parameter of that kind, or `otherwise` where it was not given; else EvaluationError.
  std::string text(std::size_t i, std::string_view otherwise) const;
  bool flag(std::size_t i, bool otherwise) const;
  std::int64_t integer(std::size_t i, std::int64_t otherwise) const;
  /// none counts as not given.
  bool given(std::size_t i) const;

  /// The subject as what the filter works on; else EvaluationError.
  std::string subject_text() const;
  deal::Number subject_number() const;
  /// The items of a list, the characters of a text, the names of a group.
  List subject_items() const;
  /// Lists only: a text is not taken apart.
  const List& subject_list() const;

  /// "{0} expects {1}, but {2} is {3}."
  [[noreturn]] void fail_kind(std::string_view expected, const Value& value,
                              std::string_view what) const;
  [[noreturn]] void fail_argument(std::size_t i, std::string_view expected) const;

  std::array<const Value*, k_max_parameters> m_arguments{};
  std::vector<Value> m_rest;

 private:
  const ExpressionNode& m_node;
  const Value& m_subject;
  Context& m_context;
};

struct FilterSpec {
  std::string_view name;
  Value (*function)(FilterCall& call) = nullptr;
  std::array<std::string_view, k_max_parameters> parameters{};
  std::size_t required = 0;
  bool variadic = false;        ///< takes more positional arguments than named parameters
  bool keywords_only = false;   ///< parameters are given by name
  bool accepts_missing = false; ///< called with Undefined as subject
  bool never_empty = false; ///< an empty result leaves a gap in a sentence: a fault where printed
  bool takes_loop = false;  ///< asks of `loop` only where it stands
  /// What is wrong with literal parameters whatever the data; may be null.
  std::optional<TagError> (*check)(const ExpressionNode& node) = nullptr;
  std::string_view usage{}; ///< an example, for findings

  std::size_t parameter_count() const;
};

struct TestSpec {
  std::string_view name;
  bool (*function)(const Value& subject, std::span<const Value> arguments,
                   Context& context) = nullptr;
  std::size_t arguments = 0;
  bool accepts_missing = false; ///< called with Undefined as subject
};

/// The literal text of a filter's parameter; nullptr where it is none.
const std::string* literal_text_argument(const ExpressionNode& node, std::size_t parameter);

/// nullptr: no such filter or test.
const FilterSpec* find_filter(std::string_view name);
const TestSpec* find_test(std::string_view name);
std::vector<std::string> filter_names();
std::vector<std::string> test_names();

// Each group is a table of its own.
std::span<const FilterSpec> general_filters();
std::span<const FilterSpec> legal_filters();
std::span<const FilterSpec> number_filters();
std::span<const TestSpec> tests();

} // namespace engross::templating
