// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/header_tags.hpp"

#include "letterhead/house/subject.hpp"

#include <utility>

namespace engross::letterhead {

namespace {

/// The first word, which is taken off `text`.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  std::size_t end = 0;
  while (end < text.size() && is_name_character(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) tokens_of(lines[i], i);
  }

  std::vector<HeaderNode> parse() {
    std::vector<HeaderNode> out;
    while (m_at < m_tokens.size()) {
      std::vector<HeaderNode> more = body();
      out.insert(out.end(), more.begin(), more.end());
      ++m_at; // an end without a beginning
    }
    return out;
  }

 private:
  struct Token {
    char kind; ///< 't'ext, 'f'eed, 'v'alue, 'b'lock
    std::string text;
    std::size_t line;
  };

  void tokens_of(const std::string& line, std::size_t number) {
    std::size_t at = 0;
    bool has_block = false;
    bool has_more = false;
    const auto literal = [&](std::size_t end) {
      const std::string text = line.substr(at, end - at);
      if (text.empty()) return;
      has_more = has_more || !trimmed(text).empty();
      m_tokens.push_back({'t', text, number});
    };
    for (const auto& [begin, end] : tags_of(line)) {
      literal(begin);
      at = end;
      if (end < begin + 4 || line[begin + 1] == '#') continue;
      const bool is_value = line[begin + 1] == '{';
      std::string_view inside = std::string_view(line).substr(begin + 2, end - begin - 4);
      if (inside.starts_with('-')) inside.remove_prefix(1);
      if (inside.ends_with('-')) inside.remove_suffix(1);
      has_block = has_block || !is_value;
      has_more = has_more || is_value;
      m_tokens.push_back({is_value ? 'v' : 'b', std::string(trimmed(inside)), number});
    }
    literal(line.size());
    // A block tag alone in its line leaves no line behind.
    if (has_more || !has_block) m_tokens.push_back({'f', {}, number});
  }

  static bool is_end(const Token& token) {
    if (token.kind != 'b') return false;
    std::string_view rest = token.text;
    const std::string_view word = take_word(rest);
    return word == "endif" || word == "endfor" || word == "else" || word == "elif";
  }

  std::vector<HeaderNode> body() {
    std::vector<HeaderNode> out;
    while (m_at < m_tokens.size() && !is_end(m_tokens[m_at])) {
      const Token& token = m_tokens[m_at++];
      HeaderNode node;
      node.line = token.line;
      node.text = token.text;
      if (token.kind == 'f') node.kind = HeaderNode::Kind::feed;
      if (token.kind == 'v') node.kind = HeaderNode::Kind::value;
      if (token.kind == 'b' && !read_block(node)) continue;
      out.push_back(std::move(node));
    }
    return out;
  }

  bool read_block(HeaderNode& node) {
    std::string_view rest = node.text;
    const std::string_view word = take_word(rest);
    if (word == "set") {
      const std::size_t equals = rest.find('=');
      if (equals == std::string_view::npos) return false;
      node.list = trimmed(rest.substr(equals + 1));
      node.text = std::string(trimmed(rest.substr(0, equals)));
      node.kind = HeaderNode::Kind::set;
      return true;
    }
    if (word != "if" && word != "for") {
      node.kind = HeaderNode::Kind::value; // an opinion, a reference: any text
      return true;
    }
    node.kind = word == "if" ? HeaderNode::Kind::choice : HeaderNode::Kind::loop;
    std::string condition(rest);
    if (node.kind == HeaderNode::Kind::loop) {
      const std::size_t in = rest.find(" in ");
      node.list = in == std::string_view::npos ? std::string() : trimmed(rest.substr(in + 4));
      node.text = std::string(trimmed(rest.substr(0, in)));
    }
    while (true) {
      node.branches.push_back({condition, body()});
      if (m_at >= m_tokens.size()) return true;
      std::string_view end = m_tokens[m_at++].text;
      const std::string_view what = take_word(end);
      if (what != "else" && what != "elif") return true;
      condition = what == "elif" ? end : std::string_view();
    }
  }

  std::vector<Token> m_tokens;
  std::size_t m_at = 0;
};

} // namespace

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(k_blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_blanks) - first + 1);
}

std::vector<HeaderNode> read_header_tags(const std::vector<std::string>& lines) {
  return Parser(lines).parse();
}

} // namespace engross::letterhead
