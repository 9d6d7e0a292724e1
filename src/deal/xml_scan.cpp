// SPDX-License-Identifier: MPL-2.0
#include "deal/xml_scan.hpp"

#include "deal/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>

namespace engross::deal {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) > 0x7F;
}

bool continues_name(char c) {
  return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// XML 1.0, 2.2.
bool is_xml_character(unsigned long c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
  });
}

/// Thrown and caught in this file only: the text cannot be read on.
struct Stop {};

class Scanner {
 public:
  Scanner(const std::string& file, std::string& text, int depth_limit, Findings& findings)
      : m_file(file), m_text(text), m_depth_limit(depth_limit), m_findings(findings),
        m_lines(text) {}

  XmlScan scan() {
    if (looking_at("<?xml") && is_space(at(m_at + 5))) declaration();
    while (true) {
      if (m_at >= m_text.size()) break;
      if (m_text[m_at] != '<') {
        text();
      } else if (looking_at("<!--")) {
        pass_to("-->", 4, "a comment");
      } else if (looking_at("<![CDATA[")) {
        const std::size_t begin = m_at;
        pass_to("]]>", 9, "a CDATA section");
        if (m_at > begin + 12) note_text(begin);
      } else if (looking_at("<?")) {
        pass_to("?>", 2, "a processing instruction");
      } else if (looking_at("<!DOCTYPE") || looking_at("<!doctype")) {
        m_findings.push_back(make_finding(Code::xml_doctype, place_at(m_file, m_text, m_at)));
        throw Stop{};
      } else if (looking_at("<!")) {
        stop(m_at, "<! begins no comment and no CDATA section", "Delete it, or write &lt; for <.");
      } else if (looking_at("</")) {
        end_tag();
      } else {
        start_tag();
      }
    }
    if (!m_open.empty()) {
      const Element& open = m_open.back();
      stop(m_text.size(),
           "the file ends, but <" + open.name + "> of line " + std::to_string(open.line) +
               " is not closed",
           "Add </" + open.name + "> where it ends.");
    }
    // Only now: the lines are counted in the same text.
    for (const std::size_t blank : m_blanks) m_text[blank] = ' ';
    if (!m_root_seen) stop(0, "there is no element", "Put the values between <deal> and </deal>.");
    return std::move(m_result);
  }

 private:
  struct Element {
    std::string name;
    std::uint32_t line = 0;
    bool has_elements = false;
    std::optional<std::size_t> text_at;
    bool is_reported = false;
  };

  char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
  bool looking_at(std::string_view what) const {
    return m_text.compare(m_at, what.size(), what) == 0;
  }

  [[noreturn]] void stop(std::size_t where, const std::string& what, const std::string& hint) {
    m_findings.push_back(
        make_finding(Code::data_syntax, place_at(m_file, m_text, where), {"XML", what, hint}));
    throw Stop{};
  }

  void report(Code code, std::size_t where, std::initializer_list<std::string_view> args = {}) {
    m_findings.push_back(make_finding(code, place_at(m_file, m_text, where), args));
    if (++m_reported < k_most_findings) return;
    m_findings.push_back(
        make_finding(Code::data_more, place_of(m_file), {std::to_string(k_most_findings)}));
    throw Stop{};
  }

  void pass_to(std::string_view end, std::size_t from, const std::string& what) {
    const std::size_t found = m_text.find(end, m_at + from);
    if (found == std::string::npos)
      stop(m_at, what + " begins here and does not end", "Close it with " + std::string(end) + ".");
    check_characters(m_at, found);
    m_at = found + end.size();
  }

  void declaration() {
    const std::size_t end = m_text.find("?>", m_at);
    if (end == std::string::npos)
      stop(m_at, "the XML declaration does not end", "Close it with ?>.");
    const std::string_view inside = std::string_view(m_text).substr(m_at, end - m_at);
    const std::size_t key = inside.find("encoding");
    if (key != std::string_view::npos) {
      const std::size_t open = inside.find_first_of("\"'", key);
      const std::size_t close =
          open == std::string_view::npos ? open : inside.find(inside[open], open + 1);
      if (close != std::string_view::npos) {
        const std::string_view encoding = inside.substr(open + 1, close - open - 1);
        if (!equal_ignoring_case(encoding, "utf-8") && !equal_ignoring_case(encoding, "utf8") &&
            !equal_ignoring_case(encoding, "us-ascii") && !equal_ignoring_case(encoding, "ascii"))
          report(Code::xml_encoding, m_at, {encoding});
      }
    }
    m_at = end + 2;
  }

  void check_characters(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto c = static_cast<unsigned char>(m_text[i]);
      if (c >= 0x20 && c < 0xEF) continue;
      if (c == '\t' || c == '\n' || c == '\r') continue;
      // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
      if (c == 0xEF && at(i + 1) == '\xBF' && (at(i + 2) == '\xBE' || at(i + 2) == '\xBF'))
        report(Code::xml_character, i, {at(i + 2) == '\xBE' ? "U+FFFE" : "U+FFFF"});
      else if (c < 0x20)
        report(Code::xml_character, i, {"The control character " + std::to_string(c)});
    }
  }

  /// `m_text[i]` is '&'; gives the index behind the reference.
  std::size_t reference(std::size_t i) {
    std::size_t end = i + 1;
    while (continues_name(at(end)) || at(end) == '#') ++end;
    if (at(end) != ';' || end == i + 1) {
      report(Code::xml_ampersand, i);
      return i + 1;
    }
    const std::string_view whole = std::string_view(m_text).substr(i, end + 1 - i);
    std::string_view name = whole.substr(1, whole.size() - 2);
    constexpr std::array<std::string_view, 5> k_known = {"amp", "lt", "gt", "quot", "apos"};
    if (!name.starts_with('#')) {
      if (std::find(k_known.begin(), k_known.end(), name) == k_known.end())
        report(Code::xml_entity, i, {whole});
      return end + 1;
    }
    name.remove_prefix(1);
    const int base = name.starts_with('x') ? 16 : 10;
    if (base == 16) name.remove_prefix(1);
    unsigned long number = 0;
    const auto [last, error] =
        std::from_chars(name.data(), name.data() + name.size(), number, base);
    if (error != std::errc{} || last != name.data() + name.size() || !is_xml_character(number))
      report(Code::xml_character, i, {whole});
    return end + 1;
  }

  void note_text(std::size_t where) {
    if (m_open.empty())
      stop(where,
           m_root_seen ? "text stands behind the last element"
                       : "text stands before the first element",
           "Put everything between <deal> and </deal>.");
    Element& element = m_open.back();
    if (!element.text_at) element.text_at = where;
    report_mixed(element);
  }

  void report_mixed(Element& element) {
    if (!element.has_elements || !element.text_at || element.is_reported) return;
    element.is_reported = true;
    report(Code::xml_mixed, *element.text_at, {element.name});
  }

  void text() {
    std::size_t end = m_text.find('<', m_at);
    if (end == std::string::npos) end = m_text.size();
    std::size_t first = m_at;
    while (first < end && is_space(m_text[first])) ++first;
    check_characters(m_at, end);
    if (first < end) note_text(first);
    for (std::size_t i = first; i < end;) i = m_text[i] == '&' ? reference(i) : i + 1;
    m_at = end;
  }

  std::string name() {
    const std::size_t begin = m_at;
    if (!begins_name(at(m_at))) return {};
    while (continues_name(at(m_at))) ++m_at;
    return m_text.substr(begin, m_at - begin);
  }

  void pass_space() {
    while (is_space(at(m_at))) ++m_at;
  }

  void start_tag() {
    const std::size_t begin = m_at++;
    Element element;
    element.name = name();
    element.line = m_lines.line_at(begin);
    if (element.name.empty())
      stop(begin, "no name follows <", "Write &lt; if the character < is meant.");
    if (m_open.empty() && m_root_seen)
      stop(begin, "a second outermost element <" + element.name + "> begins",
           "Put everything between <deal> and </deal>.");
    if (static_cast<int>(m_open.size()) >= m_depth_limit) {
      report(Code::data_too_deep, begin, {std::to_string(m_depth_limit)});
      throw Stop{};
    }
    m_root_seen = true;
    if (!m_open.empty()) {
      m_open.back().has_elements = true;
      report_mixed(m_open.back());
    }
    m_result.lines.push_back(element.line);
    attributes(element.name, begin);
    if (at(m_at) == '/') {
      if (at(m_at + 1) != '>')
        stop(m_at, "/ in <" + element.name + "> is not followed by >", "Write />.");
      m_at += 2;
      return;
    }
    ++m_at;
    m_open.push_back(std::move(element));
  }

  /// Stops at > or /.
  void attributes(const std::string& element, std::size_t begin) {
    std::set<std::string> names;
    const std::string in_tag = " stands in the tag <" + element + ">";
    while (true) {
      const bool spaced = is_space(at(m_at));
      pass_space();
      if (m_at >= m_text.size())
        stop(begin, "the tag <" + element + " is not closed", "Close it with >.");
      if (m_text[m_at] == '>' || m_text[m_at] == '/') return;
      const std::size_t where = m_at;
      const std::string attribute = name();
      if (attribute.empty() || !spaced)
        stop(where, in_quotes(first_character(where)) + in_tag,
             "An element is closed with >; a name holds letters, digits, _, - and . only.");
      m_result.lines.push_back(m_lines.line_at(where));
      if (!names.insert(attribute).second)
        stop(where, in_quotes(attribute) + in_tag + " twice", "Delete one of the two.");
      pass_space();
      if (at(m_at) != '=')
        stop(where, "the attribute " + attribute + " has no value",
             "Write " + attribute + "=\"…\".");
      ++m_at;
      pass_space();
      const char quote = at(m_at);
      if (quote != '"' && quote != '\'')
        stop(where, "the value of the attribute " + attribute + " is not in quotes",
             "Write " + attribute + "=\"…\".");
      value(attribute, quote);
    }
  }

  void value(const std::string& attribute, char quote) {
    const std::size_t open = m_at++;
    std::size_t close = m_at;
    while (close < m_text.size() && m_text[close] != quote && m_text[close] != '<') ++close;
    if (at(close) != quote)
      stop(open, "the value of the attribute " + attribute + " is not closed",
           "Close it with " + std::string(1, quote) + "; write &lt; for < inside it.");
    check_characters(m_at, close);
    while (m_at < close) {
      if (m_text[m_at] == '&') {
        m_at = reference(m_at);
        continue;
      }
      if (is_space(m_text[m_at])) m_blanks.push_back(m_at);
      ++m_at;
    }
    m_at = close + 1;
  }

  std::string_view first_character(std::size_t i) const {
    return std::string_view(m_text).substr(i, std::max<std::size_t>(1, utf8_length(m_text, i)));
  }

  void end_tag() {
    const std::size_t begin = m_at;
    m_at += 2;
    const std::string closed = name();
    pass_space();
    if (at(m_at) != '>') stop(begin, "the tag </" + closed + " is not closed", "Close it with >.");
    ++m_at;
    if (m_open.empty()) stop(begin, "</" + closed + "> closes nothing", "Delete it.");
    const Element& open = m_open.back();
    if (open.name != closed)
      stop(begin,
           "</" + closed + "> stands here, but <" + open.name + "> of line " +
               std::to_string(open.line) + " is still open",
           "Close the elements in reverse order, in the same upper and lower case.");
    m_open.pop_back();
  }

  const std::string& m_file;
  std::string& m_text;
  int m_depth_limit;
  Findings& m_findings;
  LineCounter m_lines;
  std::size_t m_at = 0;
  std::size_t m_reported = 0;
  std::vector<Element> m_open;
  bool m_root_seen = false;
  std::vector<std::size_t> m_blanks;
  XmlScan m_result;
};

} // namespace

std::optional<XmlScan> scan_xml(const std::string& file, std::string& text, int depth_limit,
                                Findings& findings) {
  try {
    return Scanner(file, text, depth_limit, findings).scan();
  } catch (const Stop&) {
    return std::nullopt;
  }
}

} // namespace engross::deal
