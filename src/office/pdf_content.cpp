// SPDX-License-Identifier: MPL-2.0
#include "office/pdf_content.hpp"

#include "office/hexadecimal.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace engross::office {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
         c == '}' || c == '/' || c == '%';
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

std::optional<double> number_of(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double out = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return out;
}

} // namespace

Operand& PdfContent::add(Operand::Kind kind) {
  if (m_count == m_operands.size()) m_operands.emplace_back();
  Operand& out = m_operands[m_count++];
  out.kind = kind;
  out.text.clear();
  return out;
}

/// And comments.
void PdfContent::skip_blanks() {
  while (!m_rest.empty()) {
    if (m_rest.front() == '%')
      m_rest.remove_prefix(std::min(m_rest.find_first_of("\r\n"), m_rest.size()));
    else if (is_blank(m_rest.front()))
      m_rest.remove_prefix(1);
    else
      break;
  }
}

/// From where we are to a blank or delimiter, but never nothing.
std::string_view PdfContent::word() {
  std::size_t end = 1;
  while (end < m_rest.size() && !is_blank(m_rest[end]) && !is_delimiter(m_rest[end])) ++end;
  const std::string_view out = m_rest.substr(0, end);
  m_rest.remove_prefix(end);
  return out;
}

/// Past its opening parenthesis.
void PdfContent::read_literal(std::string& out) {
  int depth = 1;
  std::size_t i = 0;
  for (; i < m_rest.size(); ++i) {
    char c = m_rest[i];
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
    if (c == '\\' && i + 1 < m_rest.size()) {
      c = m_rest[++i];
      if (is_octal(c)) {
        unsigned code = 0;
        for (std::size_t end = std::min(i + 3, m_rest.size()); i < end && is_octal(m_rest[i]); ++i)
          code = code * 8 + static_cast<unsigned>(m_rest[i] - '0');
        --i;
        c = static_cast<char>(code);
      } else if (c == '\r' || c == '\n') { // the line goes on
        if (c == '\r' && m_rest.substr(i + 1, 1) == "\n") ++i;
        continue;
      } else {
        constexpr std::string_view k_letters = "nrtbf";
        constexpr std::string_view k_meanings = "\n\r\t\b\f";
        if (const std::size_t at = k_letters.find(c); at != std::string_view::npos)
          c = k_meanings[at];
      }
    }
    out += c;
  }
  m_rest.remove_prefix(std::min(i + 1, m_rest.size()));
}

/// Past its "<".
void PdfContent::read_hexadecimal(std::string& out) {
  int high = -1;
  std::size_t i = 0;
  for (; i < m_rest.size() && m_rest[i] != '>'; ++i) {
    const int digit = hexadecimal_digit(m_rest[i]);
    if (digit < 0) continue;
    if (high >= 0) out += static_cast<char>(high * 16 + digit);
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) out += static_cast<char>(high * 16);
  m_rest.remove_prefix(std::min(i + 1, m_rest.size()));
}

/// Past its "[".
void PdfContent::read_array(std::string& out) {
  for (int depth = 1; depth > 0;) {
    const std::size_t at = m_rest.find_first_of("(<[]");
    if (at == std::string_view::npos) {
      m_rest = {};
      return;
    }
    const char c = m_rest[at];
    m_rest.remove_prefix(at + 1);
    if (c == '(') read_literal(out);
    if (c == '<') read_hexadecimal(out);
    if (c == '[') ++depth;
    if (c == ']') --depth;
  }
}

/// Past its "<<".
void PdfContent::skip_dictionary() {
  std::string ignored;
  for (int depth = 1; depth > 0;) {
    const std::size_t at = m_rest.find_first_of("(<>");
    if (at == std::string_view::npos) {
      m_rest = {};
      return;
    }
    const char c = m_rest[at];
    m_rest.remove_prefix(at + 1);
    if (c == '(') {
      read_literal(ignored);
    } else if (m_rest.starts_with(c)) {
      m_rest.remove_prefix(1);
      depth += c == '<' ? 1 : -1;
    } else if (c == '<') {
      read_hexadecimal(ignored);
    }
  }
}

/// From behind its "ID": its bytes may look like anything, so its end is an "EI" between blanks.
void PdfContent::skip_inline_image() {
  for (std::size_t at = m_rest.find("EI", 1); at != std::string_view::npos;
       at = m_rest.find("EI", at + 1)) {
    const bool ends = at + 2 == m_rest.size() || is_blank(m_rest[at + 2]);
    if (!ends || !is_blank(m_rest[at - 1])) continue;
    m_rest.remove_prefix(at + 2);
    return;
  }
  m_rest = {};
}

bool PdfContent::next() {
  m_count = 0;
  for (skip_blanks(); !m_rest.empty(); skip_blanks()) {
    const char c = m_rest.front();
    if (c == '(') {
      m_rest.remove_prefix(1);
      read_literal(add(Operand::Kind::string).text);
    } else if (c == '[') {
      m_rest.remove_prefix(1);
      read_array(add(Operand::Kind::array).text);
    } else if (m_rest.starts_with("<<")) {
      m_rest.remove_prefix(2);
      add(Operand::Kind::other);
      skip_dictionary();
    } else if (c == '<') {
      m_rest.remove_prefix(1);
      read_hexadecimal(add(Operand::Kind::string).text);
    } else if (c == '/') {
      add(Operand::Kind::name).text = word();
    } else if (is_delimiter(c)) {
      m_rest.remove_prefix(1);
    } else {
      const std::string_view token = word();
      if (const auto number = number_of(token)) {
        add(Operand::Kind::number).number = *number;
      } else if (token == "true" || token == "false" || token == "null") {
        add(Operand::Kind::other);
      } else if (token == "ID") {
        skip_inline_image();
        m_count = 0;
      } else {
        m_name = token;
        return true;
      }
    }
  }
  return false;
}

} // namespace engross::office
