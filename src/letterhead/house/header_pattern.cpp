// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/header_pattern.hpp"

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/header_tags.hpp"
#include "letterhead/house/house.hpp"
#include "letterhead/house/subject.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_most_patterns = 64;

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
    while (end < expression.size() && is_name_character(expression[end])) ++end;
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
      while (end < rest.size() && is_name_character(rest[end])) ++end;
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

bool has_feed(const std::vector<HeaderNode>& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const HeaderNode& node) {
    return node.kind == HeaderNode::Kind::feed ||
           std::any_of(node.branches.begin(), node.branches.end(),
                       [](const HeaderNode::Branch& b) { return has_feed(b.body); });
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

  void write(const std::vector<HeaderNode>& nodes) {
    for (const HeaderNode& node : nodes) write(node);
  }

  std::vector<Draft> drafts = std::vector<Draft>(1);

 private:
  void write(const HeaderNode& node) {
    switch (node.kind) {
    case HeaderNode::Kind::text:
      return append(node.text);
    case HeaderNode::Kind::feed:
      for (Draft& draft : drafts) end_line(draft, node.line);
      return;
    case HeaderNode::Kind::value:
      return write_value(node);
    case HeaderNode::Kind::set:
      if (const auto value = m_known.value(node.list)) m_known.names[node.text] = *value;
      return;
    case HeaderNode::Kind::loop:
      return write_loop(node);
    case HeaderNode::Kind::choice:
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

  void write_value(const HeaderNode& node) {
    if (const auto text = Known::text_of(m_known.value(node.text))) return append(*text);
    const bool may_be_nothing = node.text.find("default(") != std::string::npos ||
                                node.text.find(" if ") != std::string::npos;
    for (Draft& draft : drafts) {
      draft.open.is_optional = may_be_nothing;
      if (!draft.open.glob.ends_with('*')) draft.open.glob += '*';
    }
  }

  void write_loop(const HeaderNode& node) {
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

  void write_choice(const HeaderNode& node) {
    std::vector<const HeaderNode::Branch*> open;
    bool is_decided = false;
    for (const HeaderNode::Branch& branch : node.branches) {
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
    for (const HeaderNode::Branch* branch : open) {
      drafts = before;
      write(branch->body);
      all.insert(all.end(), drafts.begin(), drafts.end());
    }
    drafts = std::move(all);
  }

  void write_anything(const HeaderNode& node) {
    const bool lines = std::any_of(node.branches.begin(), node.branches.end(),
                                   [](const HeaderNode::Branch& b) { return has_feed(b.body); });
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
    while (begin > 0 && (is_name_character(expression[begin - 1]) || expression[begin - 1] == '.'))
      --begin;
    const auto from = scope.value(expression.substr(begin, open - begin));
    if (!from || from->kind() != deal::Value::Kind::object || key.empty() || scope.value(key) ||
        out.contains(key))
      continue;
    for (const auto& [name, value] : from->as_object()) out[key].push_back(name);
  }
}

void collect_keys(const std::vector<HeaderNode>& nodes, const Known& scope, Keys& out) {
  for (const HeaderNode& node : nodes) {
    collect_keys(node.text, scope, out);
    collect_keys(node.list, scope, out);
    for (const HeaderNode::Branch& branch : node.branches) {
      collect_keys(branch.condition, scope, out);
      collect_keys(branch.body, scope, out);
    }
  }
}

} // namespace

std::vector<PatternLines> patterns_of(const std::vector<std::string>& lines,
                                      const deal::Value& firm_data) {
  const std::vector<HeaderNode> nodes = read_header_tags(lines);
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
