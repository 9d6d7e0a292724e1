// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

// Regular expressions of a schema. Not for other folders.

namespace engross::deal {

/// ECMA 262 regular expression over characters, not bytes. Immutable, shareable.
class Pattern {
 public:
  /// Nothing when the expression is broken or longer than a thousand characters.
  static std::optional<Pattern> compile(const std::string& expression);

  /// Does it match anywhere in the text? Nothing when the text is too long to tell.
  std::optional<bool> matches(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}
  std::shared_ptr<const Compiled> m_compiled;
};

} // namespace engross::deal
