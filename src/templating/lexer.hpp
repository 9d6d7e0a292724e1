// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/tag.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engross::templating {

struct Token {
  enum class Kind { name, string, integer, decimal, symbol, end };
  Kind kind = Kind::end;
  std::string text; ///< name; unescaped string; number without underscores; symbol in ASCII
  std::size_t begin = 0;
  std::size_t end = 0; ///< byte offsets in the text that was read

  bool is_symbol(std::string_view s) const { return kind == Kind::symbol && text == s; }
  bool is_name(std::string_view s) const { return kind == Kind::name && text == s; }
};

/// The inside of a tag as tokens, Token::Kind::end last. Offsets count from the start of `text`
/// plus `offset`.
std::variant<std::vector<Token>, TagError> tokenize(std::string_view text, std::size_t offset);

/// Where the quoted text that begins at `position` ends: one behind its closing mark. No value
/// where there is no quotation mark at `position`, npos where it is not closed.
std::optional<std::size_t> end_of_quotation(std::string_view text, std::size_t position);

} // namespace engross::templating
