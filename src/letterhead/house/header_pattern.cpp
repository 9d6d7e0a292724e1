// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/header_pattern.hpp"

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/house.hpp"
#include "letterhead/house/subject.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_most_patterns = 64;
constexpr std::string_view k_blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(k_blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_blanks) - first + 1);
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The first word, which is taken off `text`.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  std::size_t end = 0;
  while (end < text.size() && is_name_char(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

struct Node {
  enum class Kind : unsigned char { text, feed, value, loop, choice, set };
  struct Branch {
    std::string condition; ///< empty: else
    std::vector<Node> body;
  };
  Kind kind = Kind::text;
  std::string text; ///< literal, expression, or the name that a loop or set gives
  std::string list; ///< what a loop goes over, what a set says
  std::vector<Branch> branches;
  std::size_t line = 0;
};

/// Lines with tags as a tree. What is no tag of ours is a value that nobody knows.
class Parser {
 public:
  explicit Parser(const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) tokens_of(lines[i], i);
  }

  std::vector<Node> parse() {
    std::vector<Node> out;
    while (m_at < m_tokens.size()) {
      std::vector<Node> more = body();
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

  std::vector<Node> body() {
    std::vector<Node> out;
    while (m_at < m_tokens.size() && !is_end(m_tokens[m_at])) {
      const Token& token = m_tokens[m_at++];
      Node node;
      node.line = token.line;
      node.text = token.text;
      if (token.kind == 'f') node.kind = Node::Kind::feed;
      if (token.kind == 'v') node.kind = Node::Kind::value;
      if (token.kind == 'b' && !read_block(node)) continue;
      out.push_back(std::move(node));
    }
    return out;
  }

  bool read_block(Node& node) {
    std::string_view rest = node.text;
    const std::string_view word = take_word(rest);
    if (word == "set") {
      const std::size_t equals = rest.find('=');
      if (equals == std::string_view::npos) return false;
      node.list = trimmed(rest.substr(equals + 1));
      node.text = std::string(trimmed(rest.substr(0, equals)));
      node.kind = Node::Kind::set;
      return true;
    }
    if (word != "if" && word != "for") {
      node.kind = Node::Kind::value; // an opinion, a reference: any text
      return true;
    }
    node.kind = word == "if" ? Node::Kind::choice : Node::Kind::loop;
    std::string condition(rest);
    if (node.kind == Node::Kind::loop) {
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

/// What is known while a header is written out.
class Known {
 public:
  explicit Known(const deal::Value& data) : m_data(data) {}

  std::map<std::string, deal::Value, std::less<>> names; ///< loops and sets
  std::map<std::string, deal::Value, std::less<>> keys;  ///< paths that only the deal says
  bool is_first = false;
  bool is_last = false;
  bool is_in_loop = false;

  /// The value of a path, or of a path and `| join("…")`.
  std::optional<deal::Value> value(std::string_view expression) const {
    expression = trimmed(expression);
    if (const std::size_t bar = expression.find('|'); bar != std::string_view::npos)
      return joined(value(expression.substr(0, bar)), trimmed(expression.substr(bar + 1)));
    if (const auto at = keys.find(expression); at != keys.end()) return at->second;
    if (const auto text = quoted(expression)) return deal::Value(*text);
    std::size_t end = 0;
    while (end < expression.size() && is_name_char(expression[end])) ++end;
    if (end == 0) return std::nullopt;
    const std::string_view name = expression.substr(0, end);
    const auto own = names.find(name);
    const deal::Value* from = own != names.end() ? &own->second : m_data.member(name);
    if (from == nullptr) return std::nullopt;
    return step(*from, expression.substr(end));
  }

  /// None: the deal decides.
  std::optional<bool> truth(std::string_view condition) const {
    condition = trimmed(condition);
    if (condition.empty()) return true; // else
    if (condition.starts_with("not ")) {
      const std::optional<bool> is = truth(condition.substr(4));
      return is ? std::optional<bool>(!*is) : std::nullopt;
    }
    if (is_in_loop && condition == "loop.last") return is_last;
    if (is_in_loop && condition == "loop.first") return is_first;
    const std::optional<deal::Value> is = value(condition);
    if (!is) return std::nullopt;
    switch (is->kind()) {
    case deal::Value::Kind::string:
      return !is->as_string().empty();
    case deal::Value::Kind::list:
      return !is->as_list().empty();
    case deal::Value::Kind::boolean:
      return is->as_bool();
    case deal::Value::Kind::none:
      return false;
    default:
      return std::nullopt;
    }
  }

  static std::optional<std::string> text_of(const std::optional<deal::Value>& value) {
    if (!value) return std::nullopt;
    if (value->kind() == deal::Value::Kind::string) return value->as_string();
    if (value->kind() == deal::Value::Kind::number) return value->as_number().text;
    return std::nullopt;
  }

 private:
  static std::optional<std::string> quoted(std::string_view text) {
    if (text.size() < 2 || (text.front() != '"' && text.front() != '\'') ||
        text.back() != text.front())
      return std::nullopt;
    return std::string(text.substr(1, text.size() - 2));
  }

  std::optional<deal::Value> step(const deal::Value& from, std::string_view rest) const {
    if (rest.empty()) return from;
    const deal::Value* to = nullptr;
    std::size_t end = 1;
    if (rest.front() == '.') {
      while (end < rest.size() && is_name_char(rest[end])) ++end;
      to = from.member(rest.substr(1, end - 1));
    } else if (rest.front() == '[') {
      end = rest.find(']');
      if (end == std::string_view::npos) return std::nullopt;
      const std::optional<std::string> key = text_of(value(rest.substr(1, end - 1)));
      if (key) to = from.member(*key);
      ++end;
    }
    return to == nullptr ? std::nullopt : step(*to, rest.substr(end));
  }

  static std::optional<deal::Value> joined(const std::optional<deal::Value>& list,
                                           std::string_view filter) {
    constexpr std::string_view k_join = "join(";
    if (!list || list->kind() != deal::Value::Kind::list || !filter.starts_with(k_join) ||
        !filter.ends_with(')'))
      return std::nullopt;
    const auto between =
        quoted(trimmed(filter.substr(k_join.size(), filter.size() - k_join.size() - 1)));
    if (!between) return std::nullopt;
    std::string out;
    for (const deal::Value& one : list->as_list()) {
      const std::optional<std::string> text = text_of(one);
      if (!text) return std::nullopt;
      out += (&one == &list->as_list().front() ? "" : *between) + *text;
    }
    return deal::Value(out);
  }

  const deal::Value& m_data;
};

bool has_feed(const std::vector<Node>& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
    return node.kind == Node::Kind::feed ||
           std::any_of(node.branches.begin(), node.branches.end(),
                       [](const Node::Branch& b) { return has_feed(b.body); });
  });
}

/// A header while it is written: its lines, and the one that is not yet at its end.
struct Draft {
  PatternLines lines;
  PatternLine open;
};

class Writer {
 public:
  explicit Writer(const Known& known) : m_known(known) {}

  void write(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) write(node);
  }

  std::vector<Draft> drafts = std::vector<Draft>(1);

 private:
  void write(const Node& node) {
    switch (node.kind) {
    case Node::Kind::text:
      return append(node.text);
    case Node::Kind::feed:
      for (Draft& draft : drafts) end_line(draft, node.line);
      return;
    case Node::Kind::value:
      return write_value(node);
    case Node::Kind::set:
      if (const auto value = m_known.value(node.list)) m_known.names[node.text] = *value;
      return;
    case Node::Kind::loop:
      return write_loop(node);
    case Node::Kind::choice:
      return write_choice(node);
    }
  }

  void append(const std::string& text) {
    for (Draft& draft : drafts) draft.open.glob += text;
  }

  static void end_line(Draft& draft, std::size_t line) {
    PatternLine& open = draft.open;
    open.glob = comparable(open.glob);
    open.source = line;
    open.is_optional = open.is_optional && open.glob == "*";
    if (!open.glob.empty()) draft.lines.push_back(open);
    open = {};
  }

  void write_value(const Node& node) {
    if (const auto text = Known::text_of(m_known.value(node.text))) return append(*text);
    const bool may_be_nothing = node.text.find("default(") != std::string::npos ||
                                node.text.find(" if ") != std::string::npos;
    for (Draft& draft : drafts) {
      draft.open.is_optional = may_be_nothing;
      if (!draft.open.glob.ends_with('*')) draft.open.glob += '*';
    }
  }

  void write_loop(const Node& node) {
    const std::optional<deal::Value> list = m_known.value(node.list);
    if (!list || list->kind() != deal::Value::Kind::list) return write_anything(node);
    const Known outer = m_known;
    const deal::List& items = list->as_list();
    for (std::size_t i = 0; i < items.size(); ++i) {
      m_known.names[node.text] = items[i];
      m_known.is_in_loop = true;
      m_known.is_first = i == 0;
      m_known.is_last = i + 1 == items.size();
      write(node.branches.front().body);
    }
    m_known.names = outer.names;
    m_known.is_in_loop = outer.is_in_loop;
    m_known.is_first = outer.is_first;
    m_known.is_last = outer.is_last;
    if (items.empty() && node.branches.size() > 1) write(node.branches[1].body);
  }

  void write_choice(const Node& node) {
    std::vector<const Node::Branch*> open;
    bool is_decided = false;
    for (const Node::Branch& branch : node.branches) {
      const std::optional<bool> is = m_known.truth(branch.condition);
      if (is && !*is) continue;
      open.push_back(&branch);
      if (is && *is) {
        is_decided = true;
        break;
      }
    }
    if (drafts.size() * (open.size() + 1) > k_most_patterns) return write_anything(node);
    const std::vector<Draft> before = drafts;
    std::vector<Draft> all;
    if (!is_decided) all = before;
    for (const Node::Branch* branch : open) {
      drafts = before;
      write(branch->body);
      all.insert(all.end(), drafts.begin(), drafts.end());
    }
    drafts = std::move(all);
  }

  void write_anything(const Node& node) {
    const bool lines = std::any_of(node.branches.begin(), node.branches.end(),
                                   [](const Node::Branch& b) { return has_feed(b.body); });
    for (Draft& draft : drafts) {
      if (lines)
        draft.lines.push_back({"*", node.line, true, true});
      else if (!draft.open.glob.ends_with('*'))
        draft.open.glob += '*';
    }
  }

  Known m_known;
};

/// What stands in brackets and no firm's data says, with the names that it may be.
using Keys = std::map<std::string, std::vector<std::string>>;

void collect_keys(std::string_view expression, const Known& scope, Keys& out) {
  for (std::size_t open = 0; (open = expression.find('[', open)) != std::string_view::npos;
       ++open) {
    const std::size_t close = expression.find(']', open);
    if (close == std::string_view::npos) return;
    const std::string key(trimmed(expression.substr(open + 1, close - open - 1)));
    std::size_t begin = open;
    while (begin > 0 && (is_name_char(expression[begin - 1]) || expression[begin - 1] == '.'))
      --begin;
    const auto from = scope.value(expression.substr(begin, open - begin));
    if (!from || from->kind() != deal::Value::Kind::object || key.empty() || scope.value(key) ||
        out.contains(key))
      continue;
    for (const auto& [name, value] : from->as_object()) out[key].push_back(name);
  }
}

void collect_keys(const std::vector<Node>& nodes, const Known& scope, Keys& out) {
  for (const Node& node : nodes) {
    collect_keys(node.text, scope, out);
    collect_keys(node.list, scope, out);
    for (const Node::Branch& branch : node.branches) {
      collect_keys(branch.condition, scope, out);
      collect_keys(branch.body, scope, out);
    }
  }
}

} // namespace

std::vector<PatternLines> patterns_of(const std::vector<std::string>& lines,
                                      const deal::Value& firm_data) {
  const std::vector<Node> nodes = Parser(lines).parse();
  Keys keys;
  collect_keys(nodes, Known(firm_data), keys);
  std::vector<Known> all(1, Known(firm_data));
  for (const auto& [key, names] : keys) {
    if (all.size() * names.size() > k_most_patterns) continue;
    std::vector<Known> more;
    for (const Known& scope : all)
      for (const std::string& name : names) {
        more.push_back(scope);
        more.back().keys[key] = deal::Value(name);
      }
    all = std::move(more);
  }
  std::vector<PatternLines> out;
  for (const Known& scope : all) {
    Writer writer(scope);
    writer.write(nodes);
    for (Draft& draft : writer.drafts) out.push_back(std::move(draft.lines));
  }
  return out;
}

std::optional<std::vector<std::size_t>> fit(const std::vector<std::string>& lines,
                                            const PatternLines& pattern) {
  const std::size_t n = lines.size();
  const std::size_t m = pattern.size();
  // can[p][l]: the rest of the pattern from p fits the rest of the lines from l.
  std::vector<std::vector<bool>> can(m + 1, std::vector<bool>(n + 1, false));
  const auto matches = [&](std::size_t p, std::size_t l) {
    return matches_glob(comparable(lines[l]), pattern[p].glob);
  };
  can[m][n] = true;
  for (std::size_t p = m; p-- > 0;)
    for (std::size_t l = n + 1; l-- > 0;) {
      if (pattern[p].is_optional && can[p + 1][l]) can[p][l] = true;
      if (l < n && (can[p + 1][l + 1] || (pattern[p].is_any_number && can[p][l + 1])) &&
          matches(p, l))
        can[p][l] = true;
    }
  if (!can[0][0]) return std::nullopt;
  std::vector<std::size_t> out;
  std::size_t p = 0;
  for (std::size_t l = 0; l < n;) {
    const bool here = matches(p, l);
    if (here && can[p + 1][l + 1]) {
      out.push_back(p++);
      ++l;
    } else if (here && pattern[p].is_any_number && can[p][l + 1]) {
      out.push_back(p);
      ++l;
    } else {
      ++p;
    }
  }
  return out;
}

std::string glob_of(const PatternLines& pattern) {
  std::string out;
  for (const PatternLine& line : pattern) out += (out.empty() ? "" : "\n") + line.glob;
  return out;
}

const PatternLines& nearest(const std::vector<PatternLines>& patterns, const std::string& text) {
  const auto score = [&](const PatternLines& pattern) {
    int out = 0;
    // Of two that say the same the one of as many lines.
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    const bool is_as_long = static_cast<std::size_t>(lines) == pattern.size();
    for (const PatternLine& line : pattern)
      for (std::size_t at = 0; at < line.glob.size();) {
        const std::size_t end = std::min(line.glob.find(' ', at), line.glob.size());
        const std::string word = line.glob.substr(at, end - at);
        if (word != "*") out += text.find(word) != std::string::npos ? 1 : 0;
        at = end + 1;
      }
    return 2 * out + (is_as_long ? 1 : 0);
  };
  return *std::max_element(
      patterns.begin(), patterns.end(),
      [&](const PatternLines& a, const PatternLines& b) { return score(a) < score(b); });
}

} // namespace engross::letterhead
