// SPDX-License-Identifier: MPL-2.0
#include "deal/json_reader.hpp"

#include "deal/text.hpp"

#include <nlohmann/json.hpp>

#include <iterator>

namespace engross::deal {

namespace {

using nlohmann::json;

/// Walks over the text and tells how far: the SAX interface itself gives no positions.
class Cursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor() = default;
  Cursor(const char* at, const char** reached) : m_at(at), m_reached(reached) {}
  reference operator*() const { return *m_at; }
  Cursor& operator++() {
    *m_reached = ++m_at;
    return *this;
  }
  Cursor operator++(int) {
    const Cursor old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.m_at == b.m_at; }

 private:
  const char* m_at = nullptr;
  const char** m_reached = nullptr;
};

bool is_number_character(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What was read last; it says what may follow.
enum class After { nothing, object_begin, list_begin, key, value, end };

class Builder final : public nlohmann::json_sax<json> {
 public:
  Builder(const JsonText& source, Findings& findings)
      : m_source(source), m_findings(findings), m_reached(source.text.data()),
        m_lines(source.text) {}

  bool parse(bool ignore_comments) {
    m_ignore_comments = ignore_comments;
    const char* begin = m_source.text.data();
    const char* end = begin + m_source.text.size();
    return json::sax_parse(Cursor(begin, &m_reached), Cursor(end, &m_reached), this,
                           nlohmann::detail::input_format_t::json, true, ignore_comments);
  }

  bool stopped_at_comment() const { return m_stopped_at_comment; }
  Value take_root() { return std::move(m_root); }

  bool null() override { return scalar(Value(), offset()); }
  bool boolean(bool b) override { return scalar(Value(b), offset()); }
  bool number_integer(number_integer_t /*n*/) override { return number(); }
  bool number_unsigned(number_unsigned_t /*n*/) override { return number(); }
  bool number_float(number_float_t /*n*/, const string_t& /*text*/) override { return number(); }
  bool string(string_t& text) override { return scalar(Value(std::move(text)), offset()); }
  bool binary(binary_t& /*bytes*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(false); }
  bool start_array(std::size_t /*size*/) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Frame& frame = m_frames.back();
    m_end = offset();
    m_after = After::key;
    const std::uint32_t line = m_lines.line_at(m_end);
    if (const Value* earlier = frame.object.find(name)) {
      m_findings.push_back(make_finding(
          Code::duplicate_name, place_of(m_source.name, line, join_path(path_of_frames(), name)),
          {name, std::to_string(earlier->origin.line)}));
      if (++m_reported == k_most_findings) {
        m_findings.push_back(make_finding(Code::data_more, place_of(m_source.name),
                                          {std::to_string(k_most_findings)}));
        return false;
      }
    }
    frame.key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t /*position*/, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    constexpr int k_number_overflow = 406;
    if (error.id == k_number_overflow) {
      std::size_t end = offset();
      while (end > 0 && !is_number_character(m_source.text[end - 1])) --end;
      add(Code::json_number, end > token.size() ? end - token.size() : 0,
          {in_quotes(token),
           "Write numbers of at most 308 digits, or put it in double quotes as text."});
      return false;
    }
    diagnose();
    return false;
  }

 private:
  struct Frame {
    bool is_list = false;
    Object object;
    List list;
    std::string key;
    Origin origin;
  };

  std::size_t offset() const { return static_cast<std::size_t>(m_reached - m_source.text.data()); }

  Origin origin(std::size_t end) {
    return m_source.with_origins ? Origin{m_source.file, m_lines.line_at(end)} : Origin{};
  }

  bool number() {
    // The lexer has looked one character ahead, except at the end of the text.
    std::size_t end = offset();
    while (end > 0 && !is_number_character(m_source.text[end - 1])) --end;
    std::size_t begin = end;
    while (begin > m_end && is_number_character(m_source.text[begin - 1])) --begin;
    return scalar(Value(Number(std::string(m_source.text.substr(begin, end - begin)))), end);
  }

  bool scalar(Value value, std::size_t end) {
    m_end = end;
    value.origin = origin(end);
    put(std::move(value));
    return true;
  }

  void put(Value value) {
    m_after = After::value;
    if (m_frames.empty()) {
      m_root = std::move(value);
      m_after = After::end;
      return;
    }
    Frame& frame = m_frames.back();
    if (frame.is_list) {
      frame.list.push_back(std::move(value));
      return;
    }
    frame.object.set(frame.key, std::move(value));
  }

  bool open(bool is_list) {
    m_end = offset();
    if (static_cast<int>(m_frames.size()) >= m_source.depth_limit) {
      add(Code::data_too_deep, m_end - 1, {std::to_string(m_source.depth_limit)});
      return false;
    }
    m_frames.emplace_back();
    m_frames.back().is_list = is_list;
    m_frames.back().origin = origin(m_end);
    m_after = is_list ? After::list_begin : After::object_begin;
    return true;
  }

  bool close() {
    m_end = offset();
    Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    Value value = frame.is_list ? Value(std::move(frame.list)) : Value(std::move(frame.object));
    value.origin = frame.origin;
    put(std::move(value));
    return true;
  }

  std::string path_of_frames() const {
    std::string path;
    for (std::size_t i = 0; i + 1 < m_frames.size(); ++i) {
      const Frame& frame = m_frames[i];
      path = join_path(path,
                       frame.is_list ? "[" + std::to_string(frame.list.size()) + "]" : frame.key);
    }
    return path;
  }

  void add(Code code, std::size_t at, std::initializer_list<std::string_view> args) {
    Place place = place_at(m_source.name, m_source.text, at);
    place.data_path = path_of_frames();
    m_findings.push_back(make_finding(code, std::move(place), args));
  }

  // From here on: what a person is told when the grammar is broken after m_end.

  char at(std::size_t i) const { return i < m_source.text.size() ? m_source.text[i] : '\0'; }

  /// Passes blanks from `i` on, and comments where they are passed over.
  std::size_t skip(std::size_t i) const {
    const std::string_view text = m_source.text;
    while (i < text.size()) {
      if (is_space(text[i])) {
        ++i;
      } else if (text[i] == '/' && m_ignore_comments && at(i + 1) == '/') {
        i = std::min(text.find('\n', i), text.size());
      } else if (text[i] == '/' && m_ignore_comments && at(i + 1) == '*') {
        const std::size_t end = text.find("*/", i + 2);
        i = end == std::string_view::npos ? text.size() : end + 2;
      } else {
        break;
      }
    }
    return i;
  }

  bool is_comment(std::size_t i) const {
    return at(i) == '#' || (at(i) == '/' && (at(i + 1) == '/' || at(i + 1) == '*'));
  }

  /// "the value of “date”" or "entry 3 of “documents”": the last thing that was read.
  std::string last_value() const {
    if (m_frames.empty()) return "the last bracket";
    const Frame& frame = m_frames.back();
    const std::string line = line_of_end();
    if (!frame.is_list) return "the value of " + in_quotes(frame.key) + line;
    std::string name;
    if (m_frames.size() > 1 && !m_frames[m_frames.size() - 2].is_list)
      name = " of " + in_quotes(m_frames[m_frames.size() - 2].key);
    return "entry " + std::to_string(frame.list.size()) + name + line;
  }

  /// " in line 3" when what was read last ends in an earlier line than what is wrong.
  std::string line_of_end() const {
    const std::uint32_t line = line_of(m_source.text, m_end);
    return line == line_of(m_source.text, skip(m_end)) ? "" : " in line " + std::to_string(line);
  }

  std::string stands_here(std::size_t i) const {
    const std::string_view text = m_source.text;
    if (i >= text.size()) {
      if (m_frames.empty()) return "the file ends here";
      const std::string line = std::to_string(m_frames.back().origin.line);
      return "the file ends here; the " + std::string(m_frames.back().is_list ? "[" : "{") +
             " of line " + line + " is still open";
    }
    std::size_t end = i;
    if (text[i] == '"') {
      end = i + 1;
      while (end < text.size() && text[end] != '"' && text[end] != '\n') ++end;
      if (at(end) == '"') ++end;
    } else {
      const auto in_word = [&](std::size_t k) {
        const char c = text[k];
        return is_letter(c) || is_number_character(c) || c == '_' ||
               static_cast<unsigned char>(c) > 0x7F;
      };
      while (end < text.size() && in_word(end)) ++end;
      if (end == i) ++end;
    }
    return in_quotes(text.substr(i, end - i)) + " stands here";
  }

  void diagnose() {
    const std::size_t next = skip(m_end);
    if (is_comment(next)) return comment(next);
    switch (m_after) {
    case After::nothing:
      return expect_value(next, "at the beginning");
    case After::object_begin:
      if (at(next) == '"') return bad_text(next);
      return syntax("A name in double quotes or }", "after {", next);
    case After::list_begin:
      return expect_value(next, "after [");
    case After::key: {
      const std::string name = quoted_name_before(m_end);
      if (at(next) != ':') return syntax("A colon", "after the name " + name, next);
      const std::size_t value = skip(next + 1);
      if (is_comment(value)) return comment(value);
      return expect_value(value, "after the colon of " + name);
    }
    case After::value:
      return after_value(next);
    case After::end:
      return syntax("Nothing more", "after the last bracket", next);
    }
  }

  void after_value(std::size_t next) {
    const bool is_list = m_frames.back().is_list;
    const std::string closing = is_list ? "]" : "}";
    if (at(next) != ',') {
      if (at(next) == '.' || is_letter(at(next)) || is_number_character(at(next)))
        if (next == m_end && next > 0 && is_number_character(at(next - 1))) return bad_number(next);
      return syntax("A comma or " + closing, "after " + last_value(), next);
    }
    const std::size_t after_comma = skip(next + 1);
    if (is_comment(after_comma)) return comment(after_comma);
    if (at(after_comma) == '}' || at(after_comma) == ']') {
      if (at(after_comma) != closing[0])
        return syntax(is_list ? "A value" : "A name in double quotes", "after the comma",
                      after_comma);
      return add(Code::json_trailing_comma, next, {"after " + last_value(), closing});
    }
    if (is_list) return expect_value(after_comma, "after the comma");
    if (at(after_comma) == '"') return bad_text(after_comma);
    if (after_comma == next + 1 && at(after_comma) >= '0' && at(after_comma) <= '9')
      return bad_number(after_comma);
    syntax("A name in double quotes", "after the comma", after_comma);
  }

  std::string quoted_name_before(std::size_t end) const {
    std::size_t begin = end - 1;
    while (begin > 0 && (m_source.text[begin - 1] != '"')) --begin;
    return in_quotes(m_source.text.substr(begin, end - begin - 1));
  }

  void comment(std::size_t i) {
    // What nlohmann can pass over is passed over, so that the rest is read too.
    m_stopped_at_comment = at(i) == '/';
    add(Code::json_comment, i, {});
  }

  void expect_value(std::size_t i, const std::string& where) {
    if (at(i) == '"') return bad_text(i);
    if (is_number_character(at(i)) && !is_letter(at(i))) return bad_number(i);
    syntax("A value", where, i);
  }

  void syntax(const std::string& expected, const std::string& where, std::size_t i) {
    add(Code::json_syntax, i, {expected, where, stands_here(i), hint_for(expected, i)});
  }

  std::string_view hint_for(std::string_view expected, std::size_t i) const {
    const std::string_view here = m_source.text.substr(std::min(i, m_source.text.size()));
    for (const std::string_view quote : {"'", "“", "”", "„", "‘", "’", "«", "»"})
      if (here.starts_with(quote)) return "JSON knows straight double quotes only: \".";
    if (expected == "A value" && !here.empty() && (is_letter(here[0]) || here[0] == '_')) {
      std::string word;
      for (const char c : here.substr(0, 5))
        word += is_letter(c) ? static_cast<char>(c | 0x20) : ' ';
      for (const std::string_view known : {"true ", "false", "null ", "none ", "yes  ", "no   "})
        if (word == known) return "Write true, false and null like this, in small letters.";
      return "Put text in double quotes.";
    }
    return "Mend this place; what follows in the file was not read.";
  }

  void bad_number(std::size_t i) {
    const std::string_view text = m_source.text;
    std::size_t begin = i;
    while (begin > 0 && (is_number_character(text[begin - 1]) || text[begin - 1] == ',')) --begin;
    std::size_t end = i;
    while (end < text.size() && !is_space(text[end]) && text[end] != ']' && text[end] != '}' &&
           (text[end] != ',' || (at(end + 1) >= '0' && at(end + 1) <= '9')))
      ++end;
    const std::string_view token = text.substr(begin, end - begin);
    std::string hint = "If it is to be printed as it stands, put it in double quotes.";
    if (token.find(',') != std::string_view::npos)
      hint = "Write it without separators: 1000000.";
    else if (token.front() == '0')
      hint = "Write it without a leading zero, or in double quotes as text.";
    else if (token.front() == '.' || token.back() == '.')
      hint = "Write digits on both sides of the point: 0.5.";
    else if (token.front() == '+')
      hint = "Write it without the plus sign.";
    add(Code::json_number, begin, {in_quotes(token), hint});
  }

  void bad_text(std::size_t i) {
    const std::string_view text = m_source.text;
    for (std::size_t k = i + 1; k < text.size(); ++k) {
      const char c = text[k];
      if (c == '"') break;
      if (c == '\n' || c == '\r')
        return add(
            Code::json_text, i,
            {"is not closed in its line",
             "Close it with a straight double quote; a line break inside a text is written \\n."});
      if (static_cast<unsigned char>(c) < 0x20)
        return add(Code::json_text, k,
                   {c == '\t' ? "holds a tab" : "holds a control character",
                    c == '\t' ? "Write it as \\t." : "Delete the character."});
      if (c != '\\') continue;
      ++k;
      if (std::string_view("\"\\/bfnrt").find(at(k)) != std::string_view::npos && k < text.size())
        continue;
      if (at(k) == 'u') {
        if (!good_escape(k)) {
          return add(
              Code::json_text, k - 1,
              {"holds " + in_quotes(text.substr(k - 1, 6)) + ", which names no character",
               "After \\u stand four digits 0-9, A-F; characters above FFFF are two such pairs."});
        }
        continue;
      }
      return add(Code::json_text, k - 1,
                 {"holds a backslash that means nothing", "Write a backslash twice: \\\\."});
    }
    add(Code::json_text, i, {"is not closed", "Close it with a straight double quote."});
  }

  /// `k` stands on the u of \uXXXX; passes a following low surrogate.
  bool good_escape(std::size_t& k) const {
    const auto unit = [&](std::size_t from) {
      int value = 0;
      for (std::size_t i = from; i < from + 4; ++i) {
        const char c = at(i);
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
      }
      return value;
    };
    const int high = unit(k + 1);
    if (high < 0 || (high >= 0xDC00 && high <= 0xDFFF)) return false;
    if (high >= 0xD800 && high <= 0xDBFF) {
      if (at(k + 5) != '\\' || at(k + 6) != 'u') return false;
      const int low = unit(k + 7);
      if (low < 0xDC00 || low > 0xDFFF) return false;
      k += 6;
    }
    k += 4;
    return true;
  }

  const JsonText m_source;
  Findings& m_findings;
  const char* m_reached;
  LineCounter m_lines;
  std::vector<Frame> m_frames;
  Value m_root;
  After m_after = After::nothing;
  std::size_t m_end = 0; ///< of what was read last
  std::size_t m_reported = 0;
  bool m_ignore_comments = false;
  bool m_stopped_at_comment = false;
};

} // namespace

std::optional<Value> read_json(const JsonText& source, Findings& findings) {
  Findings first;
  Builder strict(source, first);
  if (strict.parse(false)) {
    append(findings, std::move(first));
    return strict.take_root();
  }
  if (!strict.stopped_at_comment()) {
    append(findings, std::move(first));
    return std::nullopt;
  }
  // The comment is reported; the second pass reads, and reports, all of the rest.
  findings.push_back(std::move(first.back()));
  Builder lenient(source, findings);
  if (!lenient.parse(true)) return std::nullopt;
  return lenient.take_root();
}

std::optional<Value> read_json_value(std::string_view text, int depth_limit, Findings& findings) {
  const std::string no_name;
  Findings found;
  std::optional<Value> value = read_json({no_name, text, 0, depth_limit, false}, found);
  for (Finding& finding : found) {
    finding.place = {};
    findings.push_back(std::move(finding));
  }
  return value;
}

} // namespace engross::deal
