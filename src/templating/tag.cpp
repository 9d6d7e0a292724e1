// SPDX-License-Identifier: MPL-2.0
#include "templating/tag.hpp"

#include "templating/parser.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace engross::templating {

namespace {

constexpr std::size_t k_npos = std::string_view::npos;

/// Where the second of two characters that form a delimiter ends; invisible characters may stand
/// between them. npos: no such pair at `position`.
std::size_t pair_end(std::string_view text, std::size_t position, char first, char second) {
  if (position >= text.size() || text[position] != first) return k_npos;
  for (std::size_t i = position + 1; i < text.size();) {
    if (text[i] == second) return i + 1;
    if (!is_invisible(decode(text, i))) return k_npos;
  }
  return k_npos;
}

struct Opening {
  char kind = 0; ///< { % #
  std::size_t end = 0;
};

std::optional<Opening> opening_at(std::string_view text, std::size_t position) {
  if (text[position] != '{') return std::nullopt;
  for (const char kind : {'{', '%', '#'}) {
    const std::size_t end = pair_end(text, position, '{', kind);
    if (end != k_npos) return Opening{kind, end};
  }
  return std::nullopt;
}

char closing_of(char kind) { return kind == '{' ? '}' : kind; }

/// How the search for the end of a tag ended.
struct TagEnd {
  std::size_t end = k_npos;    ///< one behind the closing delimiter; npos: not closed
  std::size_t resume = k_npos; ///< where it was given up: another tag opens or closes there
};

/// Searches from `begin`, the inside of a tag. With `balanced`, brackets must be closed first and
/// texts may hold delimiters.
TagEnd find_tag_end(std::string_view text, std::size_t begin, char kind, bool balanced) {
  int depth = 0;
  for (std::size_t i = begin; i < text.size();) {
    if (depth == 0 || !balanced) {
      const std::size_t end = pair_end(text, i, closing_of(kind), '}');
      if (end != k_npos) return {end, k_npos};
    }
    if (kind == '#') {
      decode(text, i);
      continue;
    }
    if (opening_at(text, i)) return {k_npos, i};
    for (const char other : {'%', '#'}) {
      const std::size_t end = other == kind ? k_npos : pair_end(text, i, other, '}');
      if (end != k_npos) return {k_npos, end};
    }
    if (balanced) {
      const char c = text[i];
      if (c == '(' || c == '[' || c == '{') ++depth;
      if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
      if (const std::optional<std::size_t> end = end_of_quotation(text, i)) {
        if (*end == k_npos) return {};
        i = *end;
        continue;
      }
    }
    decode(text, i);
  }
  return {};
}

std::string excerpt(std::string_view text, std::size_t begin) {
  return std::string(code_point_range(text.substr(begin), 0, 25));
}

struct Delimited {
  char kind = 0;
  std::string_view inside;
  std::size_t offset = 0; ///< of `inside` in the text
  bool trim_left = false;
  bool trim_right = false;
};

bool is_dash(char32_t c) { return c == U'-' || c == U'–' || c == U'−'; }

/// Takes the delimiters and the marks of white-space control off.
std::optional<Delimited> split_delimiters(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::optional<Opening> opening = opening_at(text, 0);
  if (!opening) return std::nullopt;
  std::size_t close = k_npos;
  for (std::size_t i = opening->end; i < text.size(); decode(text, i))
    if (pair_end(text, i, closing_of(opening->kind), '}') == text.size()) close = i;
  if (close == k_npos) return std::nullopt;
  Delimited result;
  result.kind = opening->kind;
  // Characters without width may stand between a delimiter and its mark.
  std::size_t begin = opening->end;
  for (std::size_t i = begin; i < close;) {
    const char32_t first = decode(text, i);
    if (is_invisible(first)) continue;
    if (is_dash(first) || first == U'+') {
      result.trim_left = first != U'+';
      begin = i;
    }
    break;
  }
  std::size_t end = close;
  char32_t last = 0;
  for (std::size_t i = begin; i < close;) {
    const std::size_t here = i;
    const char32_t c = decode(text, i);
    if (is_invisible(c)) continue;
    last = c;
    end = here;
  }
  if (is_dash(last) || (last == U'+' && result.kind != '{'))
    result.trim_right = last != U'+';
  else
    end = close;
  result.inside = text.substr(begin, end - begin);
  result.offset = begin;
  return result;
}

class TagParser {
 public:
  TagParser(std::vector<Token> tokens, const Delimited& delimited)
      : m_parser(std::move(tokens)), m_delimited(delimited) {
    m_tag.trim_left = delimited.trim_left;
    m_tag.trim_right = delimited.trim_right;
  }

  Tag run() {
    if (m_delimited.kind == '{')
      print();
    else
      statement();
    return std::move(m_tag);
  }

 private:
  using Kind = Tag::Kind;

  static Expression share(NodePointer node) {
    return Expression(std::shared_ptr<const ExpressionNode>(std::move(node)));
  }

  void print() {
    m_tag.kind = Kind::print;
    if (m_parser.at_name("ref") && m_parser.look_ahead().is_symbol("(")) {
      reference();
      return;
    }
    m_tag.expression = share(m_parser.tuple());
    m_parser.expect_end();
  }

  void reference() {
    m_tag.kind = Kind::reference;
    const std::size_t begin = m_parser.take().begin;
    Parser::Arguments given = m_parser.arguments();
    if (!m_parser.at_end()) Parser::fail(Code::reference_not_alone, {}, begin);
    if (given.positional.size() != 1)
      Parser::fail(Code::wrong_arguments, {"ref()", "takes one label", "{{ ref(\"name\") }}"},
                   begin);
    m_tag.expression = share(std::move(given.positional[0]));
    for (auto& [name, value] : given.named) {
      if (name != "form")
        Parser::fail(
            Code::wrong_arguments,
            {"ref()", "has no option “" + name + "”", "{{ ref(\"name\", form=\"number\") }}"},
            begin);
      m_tag.options.emplace_back(std::move(name), share(std::move(value)));
    }
  }

  void statement() {
    struct Statement {
      std::string_view name;
      void (TagParser::*parse)();
    };
    static constexpr std::array<Statement, 12> k_statements = {{
        {"if", &TagParser::if_},
        {"elif", &TagParser::elif},
        {"else", &TagParser::else_},
        {"endif", &TagParser::endif},
        {"for", &TagParser::for_},
        {"endfor", &TagParser::endfor},
        {"set", &TagParser::set},
        {"opinions", &TagParser::opinions},
        {"opinion", &TagParser::opinion},
        {"label", &TagParser::label},
        {"include", &TagParser::include},
        {"elseif", &TagParser::elif},
    }};
    const Token word = m_parser.current();
    if (word.kind != Token::Kind::name) m_parser.fail_expected("the name of a statement");
    for (const Statement& statement : k_statements) {
      if (statement.name != word.text || word.text == "elseif") continue;
      m_parser.take();
      (this->*statement.parse)();
      m_parser.expect_end();
      return;
    }
    std::vector<std::string> names;
    names.reserve(k_statements.size());
    for (const Statement& statement : k_statements) names.emplace_back(statement.name);
    std::string hint;
    if (word.text == "elseif" || word.text == "elsif")
      hint = "Write elif. ";
    else if (word.text == "end")
      hint = "Write endif or endfor. ";
    else if (const auto closest = closest_name(word.text, names))
      hint = "Did you mean " + *closest + "? ";
    Parser::fail(Code::unknown_statement, {word.text, hint}, word.begin);
  }

  void condition() {
    m_tag.expression = share(m_parser.tuple(false));
    m_parser.skip_symbol(":");
  }
  void if_() {
    m_tag.kind = Kind::if_;
    condition();
  }
  void elif () {
    m_tag.kind = Kind::elif;
    condition();
  }
  void else_() {
    m_tag.kind = Kind::else_;
    m_parser.skip_symbol(":");
    if (m_parser.at_name("if")) m_parser.fail_expected("the end of the tag", "Write elif. ");
  }
  void endif() { m_tag.kind = Kind::endif; }
  void endfor() { m_tag.kind = Kind::endfor; }

  void target() {
    const Token token = m_parser.current();
    m_tag.targets.push_back(m_parser.expect_identifier());
    static constexpr std::array<std::string_view, 7> k_constants = {
        "true", "false", "none", "True", "False", "None", "loop"};
    const bool constant =
        std::find(k_constants.begin(), k_constants.end(), token.text) != k_constants.end();
    if (constant || m_parser.at_symbol(".") || m_parser.at_symbol("["))
      Parser::fail(Code::name_not_assignable, {token.text}, token.begin);
  }

  void targets(std::string_view stop) {
    const bool parentheses = m_parser.skip_symbol("(");
    target();
    while (m_parser.skip_symbol(",")) {
      if (m_parser.at_symbol(")") || m_parser.at_name(stop) || m_parser.at_symbol(stop)) break;
      target();
    }
    if (parentheses) m_parser.expect_symbol(")");
  }

  void for_() {
    m_tag.kind = Kind::for_;
    targets("in");
    if (!m_parser.skip_name("in")) m_parser.fail_expected("“in”");
    m_tag.expression = share(m_parser.tuple(false, "recursive"));
    if (m_parser.skip_name("if")) m_tag.filter = share(m_parser.expression());
    m_parser.skip_symbol(":");
  }

  void set() {
    m_tag.kind = Kind::set;
    targets("=");
    m_parser.expect_symbol("=");
    m_tag.expression = share(m_parser.tuple());
  }

  /// "name" key=value key=value …
  void named_with_options(std::string_view what) {
    if (m_parser.at_end() || m_parser.look_ahead().is_symbol("=")) m_parser.fail_expected(what);
    m_tag.expression = share(m_parser.expression());
    while (!m_parser.at_end()) {
      m_parser.skip_symbol(",");
      const Token name = m_parser.current();
      std::string key = m_parser.expect_identifier();
      m_parser.expect_symbol("=");
      for (const auto& [known, value] : m_tag.options)
        if (known == key)
          Parser::fail(Code::wrong_arguments,
                       {"The tag", "gives “" + key + "” twice", key + "=… once"}, name.begin);
      m_tag.options.emplace_back(std::move(key), share(m_parser.expression()));
    }
  }
  void opinions() {
    m_tag.kind = Kind::opinions;
    named_with_options("the group of opinion paragraphs, in quotation marks");
  }
  void opinion() {
    m_tag.kind = Kind::opinion;
    named_with_options("the id of an opinion paragraph, in quotation marks");
  }
  void label() {
    m_tag.kind = Kind::label;
    m_tag.expression = share(m_parser.expression());
  }
  void include() {
    m_tag.kind = Kind::include;
    m_tag.expression = share(m_parser.expression());
  }

  Parser m_parser;
  const Delimited& m_delimited;
  Tag m_tag;
};

} // namespace

std::variant<Tag, TagError> parse_tag(std::string_view text) {
  const std::optional<Delimited> delimited = split_delimiters(text);
  if (!delimited) {
    const std::string close = text.starts_with("{%") ? "%}" : text.starts_with("{#") ? "#}" : "}}";
    return TagError{Code::tag_not_closed, {excerpt(text, 0), close}, 0};
  }
  if (delimited->kind == '#') {
    Tag tag;
    tag.kind = Tag::Kind::comment;
    tag.trim_left = delimited->trim_left;
    tag.trim_right = delimited->trim_right;
    return tag;
  }
  std::variant<std::vector<Token>, TagError> tokens =
      tokenize(delimited->inside, delimited->offset);
  if (auto* error = std::get_if<TagError>(&tokens)) return std::move(*error);
  try {
    return TagParser(std::move(std::get<0>(tokens)), *delimited).run();
  } catch (Parser::SyntaxError& syntax) {
    return std::move(syntax.error);
  }
}

std::string without_trim_marks(std::string_view text) {
  const std::optional<Delimited> delimited = split_delimiters(text);
  if (!delimited || (!delimited->trim_left && !delimited->trim_right)) return std::string(text);
  const char kind = delimited->kind;
  return std::string{'{', kind} + std::string(delimited->inside) + closing_of(kind) + '}';
}

std::variant<Expression, TagError> parse_expression(std::string_view text) {
  std::variant<std::vector<Token>, TagError> tokens = tokenize(text, 0);
  if (auto* error = std::get_if<TagError>(&tokens)) return std::move(*error);
  try {
    Parser parser(std::move(std::get<0>(tokens)));
    NodePointer node = parser.tuple();
    parser.expect_end();
    return Expression(std::shared_ptr<const ExpressionNode>(std::move(node)));
  } catch (Parser::SyntaxError& syntax) {
    return std::move(syntax.error);
  }
}

TagScan scan_tags(std::string_view text) {
  TagScan result;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::optional<Opening> opening = opening_at(text, i)) {
      TagEnd found = find_tag_end(text, opening->end, opening->kind, true);
      // A tag with a fault inside still ends at its delimiter; its parser names the fault.
      if (found.end == k_npos) found = find_tag_end(text, opening->end, opening->kind, false);
      if (found.end == k_npos) {
        const std::string close{closing_of(opening->kind), '}'};
        result.errors.push_back({Code::tag_not_closed, {excerpt(text, i), close}, i});
        i = std::min(found.resume, text.size());
        continue;
      }
      const std::size_t end = found.end;
      result.spans.push_back({i, end});
      i = end;
      continue;
    }
    bool closes = false;
    for (const char kind : {'}', '%', '#'}) {
      const std::size_t end = pair_end(text, i, kind, '}');
      if (end == k_npos) continue;
      const std::string open{'{', kind == '}' ? '{' : kind};
      result.errors.push_back({Code::tag_not_opened, {std::string{kind, '}'}, open}, i});
      i = end;
      closes = true;
      break;
    }
    if (!closes) decode(text, i);
  }
  return result;
}

} // namespace engross::templating
