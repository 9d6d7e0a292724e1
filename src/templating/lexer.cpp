// SPDX-License-Identifier: MPL-2.0
#include "templating/lexer.hpp"

#include "templating/unicode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace engross::templating {

namespace {

constexpr std::size_t k_npos = std::string_view::npos;

/// The marks that close what `open` opened: first those that are looked for, then those that will
/// do where none of the first is found. Empty: `open` is no quotation mark.
struct ClosingMarks {
  std::u32string_view first;
  std::u32string_view fallback;
};

ClosingMarks closing_marks(char32_t open) {
  switch (open) {
  case U'"':
    return {U"\"", U"”“"};
  case U'\'':
    return {U"'", U"’‘"};
  case U'“':
  case U'”':
    return {U"”\"", U"“"};
  case U'„':
  case U'‟':
    return {U"“”\"", U"„"};
  case U'‘':
  case U'’':
    return {U"’'", U"‘"};
  case U'‚':
  case U'‛':
    return {U"‘’'", U"‚"};
  case U'«':
    return {U"»", U""};
  case U'»':
    return {U"«", U"»"};
  case U'‹':
    return {U"›", U""};
  case U'›':
    return {U"‹", U"›"};
  default:
    return {};
  }
}

struct Quotation {
  std::size_t content_begin = 0;
  std::size_t content_end = 0;
  std::size_t end = 0;
};

/// The first of `wanted` that no backslash stands before.
std::optional<Quotation> find_mark(std::string_view text, std::size_t content_begin,
                                   std::u32string_view wanted) {
  for (std::size_t i = content_begin; i < text.size();) {
    const std::size_t here = i;
    const char32_t c = decode(text, i);
    if (c == U'\\' && i < text.size()) {
      decode(text, i);
      continue;
    }
    if (wanted.find(c) != std::u32string_view::npos) return Quotation{content_begin, here, i};
  }
  return std::nullopt;
}

/// No value: not closed. A mark of another kind closes too where the right one is only found
/// behind the end of the tag.
std::optional<Quotation> find_quotation(std::string_view text, const ClosingMarks& marks,
                                        std::size_t content_begin) {
  const std::size_t tag_end =
      std::min(text.find("}}", content_begin), text.find("%}", content_begin));
  const std::optional<Quotation> found = find_mark(text, content_begin, marks.first);
  if (found && found->content_end < tag_end) return found;
  const std::optional<Quotation> other = find_mark(text, content_begin, marks.fallback);
  if (other && (!found || other->content_end < tag_end)) return other;
  return found;
}

bool is_name_start(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_' ||
         (c >= 0x80 && !is_blank(c) && !is_invisible(c) && closing_marks(c).first.empty() &&
          c != 0xFFFD && !(c >= 0x2010 && c <= 0x206F) && !(c >= 0x2190 && c <= 0x2BFF) &&
          !(c >= 0xA1 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) && c != 0xD7 &&
          c != 0xF7);
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

class Lexer {
 public:
  Lexer(std::string_view text, std::size_t offset) : m_text(text), m_offset(offset) {}

  std::variant<std::vector<Token>, TagError> run() {
    while (skip_blanks(), m_position < m_text.size()) {
      if (!next()) return std::move(*m_error);
    }
    push(Token::Kind::end, {}, m_text.size());
    return std::move(m_tokens);
  }

 private:
  void skip_blanks() {
    while (m_position < m_text.size()) {
      std::size_t i = m_position;
      const char32_t c = decode(m_text, i);
      if (!is_blank(c) && !is_invisible(c)) return;
      m_position = i;
    }
  }

  void push(Token::Kind kind, std::string text, std::size_t begin) {
    m_tokens.push_back({kind, std::move(text), m_offset + begin, m_offset + m_position});
  }

  bool fail(Code code, std::string argument, std::size_t at) {
    m_error = TagError{code, {std::move(argument)}, m_offset + at};
    return false;
  }

  bool next() {
    std::size_t i = m_position;
    const char32_t c = decode(m_text, i);
    if (const ClosingMarks marks = closing_marks(c); !marks.first.empty())
      return quotation(marks, i);
    if (is_ascii_digit(c)) return number();
    if (is_name_start(c)) return name();
    return symbol(c, i);
  }

  bool name() {
    const std::size_t begin = m_position;
    std::string text;
    while (m_position < m_text.size()) {
      std::size_t i = m_position;
      const char32_t c = decode(m_text, i);
      if (is_name_start(c) || is_ascii_digit(c)) {
        append_utf8(text, c);
      } else if (!is_invisible(c)) {
        break;
      }
      m_position = i;
    }
    push(Token::Kind::name, std::move(text), begin);
    return true;
  }

  bool at_digit(std::size_t i) const {
    return i < m_text.size() && is_ascii_digit(static_cast<unsigned char>(m_text[i]));
  }

  /// Digits with single underscores between them.
  void digits(std::string& out) {
    while (m_position < m_text.size()) {
      std::size_t after = m_position;
      while (after < m_text.size()) {
        std::size_t i = after;
        if (!is_invisible(decode(m_text, i))) break;
        after = i;
      }
      if (!out.empty() && at_digit(after)) m_position = after;
      if (at_digit(m_position)) {
        out += m_text[m_position++];
      } else if (m_text[m_position] == '_' && !out.empty() && at_digit(m_position + 1)) {
        ++m_position;
      } else {
        break;
      }
    }
  }

  bool radix_number(std::size_t begin) {
    const char mark = m_text[m_position + 1];
    const int radix = mark == 'x' || mark == 'X' ? 16 : mark == 'o' || mark == 'O' ? 8 : 2;
    std::size_t i = m_position + 2;
    std::string digit_text;
    for (; i < m_text.size() && (is_hex(m_text[i]) || m_text[i] == '_'); ++i)
      if (m_text[i] != '_') digit_text += m_text[i];
    std::int64_t value = 0;
    const char* end = digit_text.data() + digit_text.size();
    const auto [stop, error] = std::from_chars(digit_text.data(), end, value, radix);
    if (digit_text.empty() || error != std::errc{} || stop != end)
      return fail(Code::unexpected_character, std::string(m_text.substr(begin, i - begin)), begin);
    m_position = i;
    push(Token::Kind::integer, std::to_string(value), begin);
    return true;
  }

  bool number() {
    const std::size_t begin = m_position;
    if (m_text[begin] == '0' && begin + 1 < m_text.size() &&
        std::string_view("xXoObB").find(m_text[begin + 1]) != k_npos)
      return radix_number(begin);
    const bool after_dot = !m_tokens.empty() && m_tokens.back().is_symbol(".");
    std::string text;
    digits(text);
    bool decimal = false;
    if (!after_dot && m_position + 1 < m_text.size() && m_text[m_position] == '.' &&
        at_digit(m_position + 1)) {
      decimal = true;
      text += '.';
      ++m_position;
      digits(text);
    }
    if (!after_dot && m_position < m_text.size() &&
        (m_text[m_position] == 'e' || m_text[m_position] == 'E')) {
      std::size_t i = m_position + 1;
      if (i < m_text.size() && (m_text[i] == '+' || m_text[i] == '-')) ++i;
      if (at_digit(i)) {
        decimal = true;
        text.append(m_text.substr(m_position, i - m_position));
        m_position = i;
        digits(text);
      }
    }
    const bool leading_zero =
        !decimal && text.size() > 1 && text[0] == '0' && text.find_first_not_of('0') != k_npos;
    if (leading_zero) return fail(Code::unexpected_character, text, begin);
    if (!decimal && text.find_first_not_of('0') == k_npos) text = "0";
    if (decimal)
      text.erase(0, std::min(text.find_first_not_of('0'), text.find_first_of(".eE") - 1));
    push(decimal ? Token::Kind::decimal : Token::Kind::integer, std::move(text), begin);
    return true;
  }

  /// Where the symbol that begins here ends; characters without width may stand inside it. npos: it
  /// does not stand here.
  std::size_t symbol_end(std::string_view symbol) const {
    std::size_t at = m_position;
    for (std::size_t i = 0; i < symbol.size(); ++i) {
      while (i > 0 && at < m_text.size() && m_text[at] != symbol[i]) {
        std::size_t after = at;
        if (!is_invisible(decode(m_text, after))) return k_npos;
        at = after;
      }
      if (at >= m_text.size() || m_text[at] != symbol[i]) return k_npos;
      ++at;
    }
    return at;
  }

  bool symbol(char32_t c, std::size_t after) {
    static constexpr std::array<std::string_view, 24> k_symbols = {
        "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~",
        "<",  ">",  "=",  ".",  ",",  ":",  "|", "(", ")", "[", "]", "{"};
    const std::size_t begin = m_position;
    if (c == U'–' || c == U'−' || c == U'‐' || c == U'‑') {
      m_position = after;
      push(Token::Kind::symbol, "-", begin);
      return true;
    }
    for (const std::string_view s : k_symbols) {
      const std::size_t end = symbol_end(s);
      if (end == k_npos) continue;
      m_position = end;
      push(Token::Kind::symbol, std::string(s), begin);
      return true;
    }
    if (c == U'}') {
      m_position = after;
      push(Token::Kind::symbol, "}", begin);
      return true;
    }
    struct Foreign {
      std::string_view symbol;
      std::string_view hint;
    };
    static constexpr std::array<Foreign, 3> k_foreign = {
        {{"&", "Write “and”. "},
         {"?", "Write {{ a if condition else b }}. "},
         {"!", "Write “not”. "}}};
    const std::string found(m_text.substr(begin, after - begin));
    for (const Foreign& foreign : k_foreign)
      if (foreign.symbol == found) {
        m_error = TagError{Code::unexpected_in_tag,
                           {"“" + found + "”", "a name or an operator", std::string(foreign.hint)},
                           m_offset + begin};
        return false;
      }
    return fail(Code::unexpected_character, found, begin);
  }

  bool quotation(const ClosingMarks& marks, std::size_t content_begin) {
    const std::size_t begin = m_position;
    const std::optional<Quotation> found = find_quotation(m_text, marks, content_begin);
    if (!found)
      return fail(
          Code::quotation_not_closed,
          "“" + std::string(trim_blanks(code_point_range(m_text.substr(content_begin), 0, 20))) +
              "”",
          begin);
    std::string text;
    if (!unescape(m_text.substr(found->content_begin, found->content_end - found->content_begin),
                  text))
      return fail(Code::unexpected_character, "\\", begin);
    m_position = found->end;
    push(Token::Kind::string, std::move(text), begin);
    return true;
  }

  static bool hexadecimal(std::string_view raw, std::size_t& i, std::size_t length,
                          std::string& out) {
    if (i + length > raw.size()) return false;
    std::uint32_t value = 0;
    const char* end = raw.data() + i + length;
    const auto [stop, error] = std::from_chars(raw.data() + i, end, value, 16);
    if (error != std::errc{} || stop != end || value > 0x10FFFF) return false;
    if (value >= 0xD800 && value <= 0xDFFF) return false;
    i += length;
    append_utf8(out, value);
    return true;
  }

  /// Python's escapes; an unknown one keeps its backslash.
  static bool unescape(std::string_view raw, std::string& out) {
    for (std::size_t i = 0; i < raw.size();) {
      if (raw[i] == '\r') {
        out += '\n';
        i += raw.substr(i).starts_with("\r\n") ? 2 : 1;
        continue;
      }
      if (raw[i] != '\\' || i + 1 >= raw.size()) {
        const char32_t c = decode(raw, i);
        if (!is_invisible(c) || c == 0x200C || c == 0x200D) append_utf8(out, c);
        continue;
      }
      const char kind = raw[i + 1];
      i += 2;
      switch (kind) {
      case '\n':
        break;
      case '\\':
        out += '\\';
        break;
      case '\'':
        out += '\'';
        break;
      case '"':
        out += '"';
        break;
      case 'a':
        out += '\a';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'v':
        out += '\v';
        break;
      case 'x':
        if (!hexadecimal(raw, i, 2, out)) return false;
        break;
      case 'u':
        if (!hexadecimal(raw, i, 4, out)) return false;
        break;
      case 'U':
        if (!hexadecimal(raw, i, 8, out)) return false;
        break;
      case 'N':
        return false;
      default:
        if (kind >= '0' && kind <= '7') {
          char32_t value = static_cast<char32_t>(kind - '0');
          for (int n = 0; n < 2 && i < raw.size() && raw[i] >= '0' && raw[i] <= '7'; ++n)
            value = value * 8 + static_cast<char32_t>(raw[i++] - '0');
          append_utf8(out, value);
        } else {
          out += '\\';
          --i;
          const char32_t c = decode(raw, i);
          // A curly quotation mark that was escaped is the mark itself.
          if (!closing_marks(c).first.empty()) out.pop_back();
          append_utf8(out, c);
        }
      }
    }
    return true;
  }

  std::string_view m_text;
  std::size_t m_offset;
  std::size_t m_position = 0;
  std::vector<Token> m_tokens;
  std::optional<TagError> m_error;
};

} // namespace

std::variant<std::vector<Token>, TagError> tokenize(std::string_view text, std::size_t offset) {
  return Lexer(text, offset).run();
}

std::optional<std::size_t> end_of_quotation(std::string_view text, std::size_t position) {
  std::size_t after = position;
  const ClosingMarks marks = closing_marks(decode(text, after));
  if (marks.first.empty()) return std::nullopt;
  const std::optional<Quotation> found = find_quotation(text, marks, after);
  return found ? found->end : k_npos;
}

} // namespace engross::templating
