// SPDX-License-Identifier: MPL-2.0
#include "deal/ini_scan.hpp"

#include "deal/text.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace engross::deal {

namespace {

/// isspace of the C locale, as PropertyTree asks it.
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Thrown and caught in this file only: enough has been found.
struct Stop {};

/// Walks over the lines and collects findings with their places.
class LineReader {
 public:
  LineReader(const std::string& file, std::string_view format, std::string_view text,
             Findings& findings)
      : m_file(file), m_format(format), m_text(text), m_findings(findings) {}

  bool next_line() {
    if (m_done) return false;
    ++m_line;
    m_line_begin = m_next;
    const std::size_t end = m_text.find('\n', m_next);
    m_done = end == std::string_view::npos;
    m_line_text = m_text.substr(m_next, m_done ? end : end - m_next);
    m_next = m_done ? m_text.size() : end + 1;
    return true;
  }

  std::string_view line_text() const { return m_line_text; }
  std::uint32_t line() const { return m_line; }
  bool is_clean() const { return m_reported == 0; }

  /// `column` counts bytes in the line.
  void report(Code code, std::size_t column, std::initializer_list<std::string_view> args) {
    Place place = place_at(m_file, m_text, m_line_begin + column);
    m_findings.push_back(make_finding(code, std::move(place), args));
    if (++m_reported < k_most_findings) return;
    m_findings.push_back(
        make_finding(Code::data_more, place_of(m_file), {std::to_string(k_most_findings)}));
    throw Stop{};
  }

  void broken(std::size_t column, std::string_view what, std::string_view hint) {
    report(Code::data_syntax, column, {m_format, what, hint});
  }

  void twice(std::size_t column, std::string_view name, std::uint32_t first) {
    report(Code::duplicate_name, column, {name, std::to_string(first)});
  }

 private:
  const std::string& m_file;
  std::string_view m_format;
  std::string_view m_text;
  Findings& m_findings;
  std::size_t m_next = 0;
  std::size_t m_line_begin = 0;
  std::string_view m_line_text;
  std::uint32_t m_line = 0;
  std::size_t m_reported = 0;
  bool m_done = false;
};

class IniScanner {
 public:
  IniScanner(const std::string& file, std::string_view text, Findings& findings)
      : m_reader(file, "INI", text, findings) {}

  std::optional<LineScan> scan() {
    while (m_reader.next_line()) {
      const std::string_view line = trim(m_reader.line_text());
      if (line.empty() || line.front() == ';' || line.front() == '#') continue;
      if (line.front() == '[')
        section(line);
      else
        key(line);
    }
    if (!m_reader.is_clean()) return std::nullopt;
    return std::move(m_result);
  }

 private:
  void section(std::string_view line) {
    if (m_sections.empty()) m_top_names = std::exchange(m_names, {});
    m_names.clear();
    m_pending_section = m_reader.line();
    const std::size_t end = line.find(']');
    if (end == std::string_view::npos)
      return m_reader.broken(0, "[ is not closed", "Close the name of the section with ].");
    const std::string_view name = trim(line.substr(1, end - 1));
    if (!good_name(name)) return;
    const auto [known, is_new] = m_sections.emplace(name, m_reader.line());
    if (!is_new) m_reader.twice(0, name, known->second);
    if (m_top_names.contains(name)) m_reader.report(Code::ini_name_twice, 0, {name});
  }

  void key(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos)
      return m_reader.broken(0, "this line is neither name = value nor [section]",
                             "Write name = value; a comment begins with ; or #.");
    const std::string_view name = trim(line.substr(0, equals));
    if (!good_name(name)) return;
    // A section without values leaves nothing behind.
    if (m_pending_section != 0) m_result.lines.push_back(std::exchange(m_pending_section, 0));
    m_result.lines.push_back(m_reader.line());
    const auto [known, is_new] = m_names.emplace(name, m_reader.line());
    if (!is_new) m_reader.twice(0, name, known->second);
  }

  /// Dots nest, so none may stand at an end or beside another.
  bool good_name(std::string_view name) {
    const bool good = !name.empty() && name.front() != '.' && name.back() != '.' &&
                      name.find("..") == std::string_view::npos;
    if (!good)
      m_reader.broken(0, "a name is missing",
                      "Write name = value or [section]; points join names.");
    return good;
  }

  LineReader m_reader;
  LineScan m_result;
  std::uint32_t m_pending_section = 0;
  std::map<std::string, std::uint32_t, std::less<>> m_sections;
  std::map<std::string, std::uint32_t, std::less<>> m_names;     ///< of the section
  std::map<std::string, std::uint32_t, std::less<>> m_top_names; ///< before the first section
};

/// Goes the way of PropertyTree's INFO reader, and is stricter where that would misread a typing
/// error without a word.
class InfoScanner {
 public:
  InfoScanner(const std::string& file, std::string_view text, int depth_limit, Findings& findings)
      : m_reader(file, "INFO", text, findings), m_depth_limit(depth_limit) {}

  std::optional<LineScan> scan() {
    while (m_reader.next_line()) {
      m_text = m_reader.line_text();
      m_at = 0;
      m_values_in_line = 0;
      skip_space();
      if (at() == '#')
        directive();
      else
        line();
    }
    if (m_state == State::continued)
      m_reader.broken(0, "the file ends after \\", "Delete the \\ or add the rest of the text.");
    if (!m_open.empty())
      m_reader.broken(0,
                      "the file ends, but { of line " + std::to_string(m_open.back()) + " is open",
                      "Add }.");
    if (!m_reader.is_clean()) return std::nullopt;
    return std::move(m_result);
  }

 private:
  enum class State { key, data, continued };

  char at() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
  void skip_space() {
    while (is_space(at())) ++m_at;
  }

  void directive() {
    if (m_text.substr(m_at).starts_with("#include"))
      m_reader.report(Code::info_include, m_at, {});
    else
      m_reader.broken(m_at, "a line begins with #", "Begin a comment with ;.");
  }

  void line() {
    while (true) {
      skip_space();
      if (m_at >= m_text.size() || at() == ';') {
        if (m_state == State::data) m_state = State::key;
        return;
      }
      if (m_state == State::continued) {
        if (at() == '"') {
          text();
          continue;
        }
        m_reader.broken(m_at, "after \\ in the line before, text in double quotes must follow",
                        "Delete the \\ or put the text in double quotes.");
        m_state = State::key;
      } else if (at() == '{') {
        open();
      } else if (at() == '}') {
        close();
      } else if (m_state == State::key) {
        name();
      } else {
        ++m_values_in_line;
        if (at() == '"') {
          text();
        } else {
          word();
          m_state = State::key;
        }
      }
    }
  }

  void open() {
    if (!m_has_name) m_reader.broken(m_at, "no name stands before {", "Write a name before {.");
    m_open.push_back(m_reader.line());
    if (static_cast<int>(m_open.size()) >= m_depth_limit) {
      m_reader.report(Code::data_too_deep, m_at, {std::to_string(m_depth_limit)});
      throw Stop{};
    }
    after_bracket();
  }

  void close() {
    if (m_open.empty())
      m_reader.broken(m_at, "} closes nothing", "Delete it.");
    else
      m_open.pop_back();
    after_bracket();
  }

  void after_bracket() {
    ++m_at;
    m_state = State::key;
    m_has_name = false;
    m_values_in_line = 0;
  }

  void name() {
    if (m_values_in_line > 0) {
      const std::string_view rest = m_text.substr(m_at);
      m_reader.report(
          Code::info_words, m_at,
          {in_quotes(rest.substr(0, std::min(rest.find_first_of(" \t;"), rest.size())))});
      m_at = m_text.size();
      return;
    }
    m_result.lines.push_back(m_reader.line());
    m_has_name = true;
    m_state = State::data;
    if (at() != '"') return word();
    text();
    if (m_state == State::continued)
      m_reader.broken(m_at, "a name is continued with \\", "Write the name in one line.");
    m_state = State::data;
  }

  void word() {
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && !is_space(at()) && at() != ';') ++m_at;
    const std::string_view word = m_text.substr(begin, m_at - begin);
    if (const std::size_t bracket = word.find_first_of("{}"); bracket != std::string_view::npos)
      m_reader.broken(begin + bracket, "a bracket is joined to a word",
                      "Put a blank before it, or put the text in double quotes.");
    else if (const std::size_t quote = word.find('"'); quote != std::string_view::npos)
      m_reader.broken(
          begin + quote, "a double quote stands inside a word",
          "Put the whole text in double quotes; a double quote inside it is written \\\".");
    check_escapes(begin, m_at);
  }

  /// In double quotes; leaves m_state at key, or at continued after a \ at the end of the line.
  void text() {
    const std::size_t begin = ++m_at;
    bool escaped = false;
    while (m_at < m_text.size() && (escaped || at() != '"')) {
      escaped = !escaped && at() == '\\';
      ++m_at;
    }
    m_state = State::key;
    if (m_at >= m_text.size())
      return m_reader.broken(begin - 1, "the text is not closed in its line",
                             "Close it with \"; to go on in the next line write \\ behind it.");
    check_escapes(begin, m_at);
    ++m_at;
    skip_space();
    if (at() != '\\') return;
    ++m_at;
    skip_space();
    if (m_at < m_text.size() && at() != ';')
      m_reader.broken(m_at, "something stands behind \\",
                      "Let the \\ be the last character of the line.");
    m_state = State::continued;
  }

  void check_escapes(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (m_text[i] != '\\') continue;
      if (++i == end || std::string_view("0abfnrtv\"'\\").find(m_text[i]) == std::string_view::npos)
        return m_reader.broken(i - 1, "a backslash means nothing here",
                               "Write a backslash twice: \\\\.");
      if (m_text[i] == '0')
        return m_reader.broken(i - 1, "\\0 is no character of a text", "Delete it.");
    }
  }

  LineReader m_reader;
  int m_depth_limit;
  std::string_view m_text;
  std::size_t m_at = 0;
  State m_state = State::key;
  bool m_has_name = false; ///< something that { may follow
  int m_values_in_line = 0;
  std::vector<std::uint32_t> m_open; ///< lines of {
  LineScan m_result;
};

} // namespace

std::optional<LineScan> scan_ini(const std::string& file, std::string_view text,
                                 Findings& findings) {
  try {
    return IniScanner(file, text, findings).scan();
  } catch (const Stop&) {
    return std::nullopt;
  }
}

std::optional<LineScan> scan_info(const std::string& file, std::string_view text, int depth_limit,
                                  Findings& findings) {
  try {
    return InfoScanner(file, text, depth_limit, findings).scan();
  } catch (const Stop&) {
    return std::nullopt;
  }
}

} // namespace engross::deal
