// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engross::office {

/// What stands before an operator in a content stream.
struct Operand {
  enum class Kind {
    number,
    name,   ///< with its slash
    string, ///< its bytes
    array,  ///< its strings put together, which is what an operator of text draws
    other   ///< a dictionary, a word out of place
  };
  Kind kind = Kind::other;
  double number = 0;
  std::string text;
};

/// Goes through the operators that draw a page (ISO 32000-1, 7.2, 7.3 and 7.8.2). What cannot be
/// read is passed over, a string or array that does not end goes to the end of the page.
///
/// It makes no object of each token, as a library for whole files does: a page of a letter has
/// thousands of them.
class PdfContent {
 public:
  /// `content`: inflated, kept as long as this. All streams of a page, with a blank between them.
  explicit PdfContent(std::string_view content) : m_rest(content) {}

  /// Goes to the next operator; false when there is none.
  bool next();

  std::string_view name() const { return m_name; } ///< of the operator
  std::size_t count() const { return m_count; }
  /// `i`: less than count().
  const Operand& operand(std::size_t i) const { return m_operands[i]; }
  bool is(std::size_t i, Operand::Kind kind) const {
    return i < m_count && m_operands[i].kind == kind;
  }

 private:
  Operand& add(Operand::Kind kind);
  void skip_blanks();
  std::string_view word();
  void read_literal(std::string& out);
  void read_hexadecimal(std::string& out);
  void read_array(std::string& out);
  void skip_dictionary();
  void skip_inline_image();

  std::string_view m_rest;
  std::string_view m_name;
  std::vector<Operand> m_operands; ///< the first m_count count; the others keep their memory
  std::size_t m_count = 0;
};

} // namespace engross::office
