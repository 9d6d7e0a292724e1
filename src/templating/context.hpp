// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "finding/finding.hpp"
#include "templating/expression.hpp"
#include "templating/tag.hpp"

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engross::templating {

using deal::Value;

/// Ends the evaluation of one expression; the renderer makes it a finding at the tag's place and
/// goes on with the next tag.
struct EvaluationError : std::exception {
  Code code{};
  std::vector<std::string> arguments;
  std::string data_path; ///< of the value at fault, where known
  deal::Origin origin;   ///< of the value at fault, where known
  const char* what() const noexcept override { return "expression cannot be evaluated"; }
};

/// What the firm says once for all letters.
struct Settings {
  std::string locale = "en-US"; ///< BCP 47
  std::string voice;            ///< "I" or "we"; empty: the deal's `voice`, else "we"
};

/// What expressions asked for and the deal does not say. A default or a condition may have an
/// answer all the same; a later pass with more data may find another one.
struct Open {
  bool any = false;
  std::string path;   ///< of the first missing name; empty: something that is not chosen yet
  bool voice = false; ///< the firm's voice is open, too, where the deal may still name another
};

/// The names that the expressions of one render see: data, voice, variables, loops. Not shared
/// between threads. Scoping is Jinja2's: what is set in a loop ends with the pass.
class Context {
 public:
  Context(Value data, Settings settings);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Settings& settings() const;

  /// Undefined (with its path) where nothing has that name.
  Value lookup(std::string_view name) const;
  void set(const std::string& name, Value value);
  /// {% set a = … %}, {% set a, b = … %}: evaluates and sets. Throws EvaluationError.
  void assign(const Tag& tag);

  /// A scope of its own, which sees only data and voice besides `parameters`: a section of an
  /// opinion book. end_section() goes back.
  void begin_section(Value parameters);
  void end_section();
  bool in_section() const;

  /// From now on \p open takes what is asked for in vain; nullptr: nobody wants to know.
  void watch(Open* open);
  void note_open(std::string_view path) const;

  /// {% for %}: evaluates iterable and filter; then next() before each pass, false after the last;
  /// end_loop() in every case but one: when begin_loop throws there is no loop. Returns whether
  /// there is a pass at all; if not, what {% else %} sets ends with the loop too where end_loop()
  /// comes after it. next() does not throw. The tag must outlive the loop.
  bool begin_loop(const Tag& tag);
  bool next();
  void end_loop();

  /// Whether an opinion paragraph is in the letter ("id" is chosen); set by the assembler.
  std::function<bool(std::string_view id)> is_chosen;

  struct State;
  State& state() { return *m_state; }
  const State& state() const { return *m_state; }

 private:
  std::unique_ptr<State> m_state;
};

/// Throws EvaluationError. A missing name gives Undefined, which only some uses refuse.
Value evaluate(const Expression& expression, Context& context);

/// Jinja2's truth; Undefined is false.
bool is_true(const Value& value);

/// A condition: a missing name, at any depth, is false.
bool evaluate_condition(const Expression& expression, Context& context);

/// An opinion's `when`: as evaluate_condition, but a missing name is false also where the rule
/// computes with it.
bool evaluate_when(const Expression& expression, Context& context);

/// The text that {{ }} prints. Undefined, list, object and none throw EvaluationError
/// (a deliberate difference from Jinja2, which prints Python's notation).
std::string to_text(const Value& value);

/// What {{ expression }} prints, added to `out`: evaluate and to_text in one, without copies, and
/// with errors that name the expression and suggest what was meant.
void print(const Expression& expression, Context& context, std::string& out);

} // namespace engross::templating
