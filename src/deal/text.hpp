// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

#include <optional>
#include <string>
#include <string_view>

// What the readers of all formats share about the bytes of a file. Not for other folders.

namespace engross::deal {

/// Counts lines in step with a reader that only moves forward: \n, \r\n and a lone \r end a line.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : m_text(text) {}

  /// 1-based line of the byte at `offset`. Offsets must not decrease from call to call.
  std::uint32_t line_at(std::size_t offset);

 private:
  std::string_view m_text;
  std::size_t m_offset = 0;
  std::uint32_t m_line = 1;
};

/// 1-based line of the byte at `offset`, counted from the start.
std::uint32_t line_of(std::string_view text, std::size_t offset);

/// The text of a source without a byte order mark, once it is known to be UTF-8 within the size
/// limit; nothing, and a finding, otherwise.
std::optional<std::string_view> text_of(const Source& source, const Limits& limits,
                                        Findings& findings);

Place place_of(std::string file, std::uint32_t line = 0, std::string data_path = {});

/// Place in a text file with the line, forty characters around `offset` and a caret.
Place place_at(const std::string& file, std::string_view text, std::size_t offset);

/// So many faults of one file are listed, no more.
constexpr std::size_t k_most_findings = 100;

/// The text with "\n" at the end of every line.
std::string unix_lines(std::string_view text);

/// Number of bytes of the well-formed UTF-8 character at `offset`; 0 when it is none.
std::size_t utf8_length(std::string_view text, std::size_t offset);

/// “text”, cut to about forty characters, control characters as blanks.
std::string in_quotes(std::string_view text);

} // namespace engross::deal
