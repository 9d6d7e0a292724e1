// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/context.hpp"
#include "templating/decimal.hpp"
#include "templating/syntax.hpp"
#include "templating/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::templating {

using deal::List;

/// What a missing name does: `refuse` where a value is wanted; `condition` where only truth is
/// asked; `ignore` in an opinion's `when`, where everything missing is just false.
enum class Missing { refuse, condition, ignore };

/// One {% for %} that is under way.
struct LoopFrame {
  const Tag* tag = nullptr;
  std::shared_ptr<const List> items;
  std::vector<std::uint32_t> kept; ///< indices into items, where there is a filter
  bool filtered = false;
  bool over_names = false; ///< the items are the names of a group's values
  std::size_t count = 0;
  std::size_t passes = 0; ///< begun so far; the pass under way is passes - 1
  std::size_t first_variable = 0;
  std::optional<Value> last_changed;

  bool in_pass() const { return passes > 0 && passes <= count; }
  std::size_t source_index(std::size_t i) const { return filtered ? kept[i] : i; }
  const Value& item(std::size_t i) const { return (*items)[source_index(i)]; }
};

struct Variable {
  std::string_view name; ///< of own_name, or of the loop's tag
  const Value* value = nullptr;
  std::unique_ptr<Value> own_value;
  std::unique_ptr<std::string> own_name;
};

struct Section {
  Value parameters;
  std::size_t first_variable = 0;
  std::size_t first_loop = 0;
};

struct Context::State {
  Value data;
  Settings settings;
  std::vector<Variable> variables;
  std::vector<LoopFrame> loops;
  std::vector<Section> sections; ///< the first is the template's own
  Open* open = nullptr;
  /// Lists of the paragraph so far of which and_list(collapse=true) printed fewer entries.
  std::vector<std::vector<std::string>> collapsed;

  /// A name that leads nowhere was asked for; empty: something else is not known yet.
  void note_open(std::string_view path) const;

  /// Variables, parameters, data; nullptr where nothing has that name.
  const Value* find(std::string_view name) const;
  bool is_variable(std::string_view name) const;
  /// The innermost loop of the section that is in a pass.
  LoopFrame* loop();
  const LoopFrame* loop() const;
};

/// Evaluates one expression; short-lived.
class Evaluator {
 public:
  explicit Evaluator(Context& context) : m_context(context), m_state(context.state()) {}

  Value value(const ExpressionNode& node, Missing missing = Missing::refuse);
  bool truth(const ExpressionNode& node, Missing missing = Missing::condition);
  /// The value where it stands, without a copy; nullptr: it must be computed, or it is missing.
  const Value* find(const ExpressionNode& node);
  /// A group of the deal may have more members once the deal says more.
  void note_group(const ExpressionNode& node, const Value& value) const;
  /// Fails where a value is empty that a filter such as and_list should have put into a sentence.
  void refuse_gap(const ExpressionNode& node, const Value& value);
  /// "documents[2].title": where the value of a path comes from in the data; empty: unknown.
  std::string data_path(const ExpressionNode& node);

 private:
  /// A value that is copied only when it has to be computed.
  /// While it lives, what is missing is asked about and not an error.
  class Tolerance {
   public:
    Tolerance(int& count, bool on) : m_count(count), m_on(on) { m_count += m_on; }
    ~Tolerance() { m_count -= m_on; }
    Tolerance(const Tolerance&) = delete;
    Tolerance& operator=(const Tolerance&) = delete;

   private:
    int& m_count;
    int m_on;
  };

  class Operand {
   public:
    Operand(Evaluator& evaluator, const ExpressionNode& node, Missing missing)
        : m_found(evaluator.find(node)) {
      if (m_found == nullptr) m_own = evaluator.value(node, missing);
    }
    const Value& operator*() const { return m_found != nullptr ? *m_found : m_own; }
    const Value* operator->() const { return &**this; }

   private:
    const Value* m_found;
    Value m_own;
  };

  /// What a path, filter or operand leads to, noted where it is missing.
  Value noted(Value value) const;
  bool holds(const ExpressionNode& node, const Value& value) const;
  Value name(const ExpressionNode& node);
  Value attribute(const ExpressionNode& node);
  Value index(const ExpressionNode& node);
  void check_parallel(const ExpressionNode& node, const Value& container);
  Value slice(const ExpressionNode& node);
  Value dict(const ExpressionNode& node);
  Value negate(const ExpressionNode& node, Missing missing);
  Value binary(const ExpressionNode& node, Missing missing);
  Value concat(const ExpressionNode& node, Missing missing);
  Value compare(const ExpressionNode& node, Missing missing);
  Value filter(const ExpressionNode& node, Missing missing);
  Value apply(const ExpressionNode& node, const Value& subject, Missing missing);
  Value test(const ExpressionNode& node, Missing missing);
  Value call(const ExpressionNode& node);
  std::optional<Value> loop_attribute(LoopFrame& frame, std::string_view name);
  LoopFrame* loop_of(const ExpressionNode& node);

  Context& m_context;
  Context::State& m_state;
  int m_tolerant = 0; ///< around what only asks whether something is there
};

[[noreturn]] void fail(Code code, std::vector<std::string> arguments);
/// An expression as the author would write it, cut to a readable length.
std::string described(const ExpressionNode& node);
/// The fault of an expression that computes with numbers beyond all measure.
[[noreturn]] void fail_too_large(const ExpressionNode& node);

/// Runs what may compute; every way into the evaluator leads through here.
template <class F> auto guarded(const ExpressionNode& node, F&& compute) {
  try {
    return compute();
  } catch (const NumberTooLarge&) {
    fail_too_large(node);
  }
}
/// The finding for a missing value, with "did you mean".
[[noreturn]] void fail_missing(const Value& undefined, const Context& context);

/// What `loop` itself is as a value: a group with the loop's facts and its number under a name that
/// no data has.
Value loop_snapshot(const LoopFrame& frame, std::size_t number);
/// The same with nothing but the number.
Value loop_handle(std::size_t number);
/// The frame that a value made by these stands for; nullptr: none, or it has ended.
LoopFrame* loop_of_value(const Value& value, Context::State& state);

/// I or we, by settings and deal. Throws EvaluationError on anything else.
std::string voice_of(const Context::State& state);
/// voice.we, voice.am …; no value: no such form.
std::optional<std::string_view> voice_form(std::string_view voice, std::string_view form);
std::vector<std::string> voice_forms();

constexpr std::size_t k_max_text = 16U << 20U;
constexpr std::size_t k_max_items = 1U << 20U;

} // namespace engross::templating
