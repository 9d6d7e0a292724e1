// SPDX-License-Identifier: MPL-2.0
#include "odf/list_numbering.hpp"

#include "odf/element.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <utility>

namespace engross::odf {

namespace {

using pugi::xml_node;

bool is_paragraph(xml_node node) { return named(node, "text:p") || named(node, "text:h"); }

std::string roman(int number, bool upper) {
  static constexpr std::pair<int, const char*> k_steps[] = {
      {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
      {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string out;
  for (const auto& [value, text] : k_steps)
    for (; number >= value; number -= value) out += text;
  if (upper)
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string letters(int number, char first, bool sync) {
  if (sync) {
    const auto letter = static_cast<char>(first + (number - 1) % 26);
    return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), letter);
  }
  std::string out;
  for (; number > 0; number = (number - 1) / 26)
    out.insert(out.begin(), static_cast<char>(first + (number - 1) % 26));
  return out;
}

/// Numbers of items that Writer reads; it takes no other one (ODF 1.3 part 3, 19.880).
constexpr int k_last_start = 32767;

struct Counter {
  int value = 0;
  LevelNumber number; ///< of the last paragraph on this level; none yet: without paragraph
};

std::string marker(std::size_t level) { return "%" + std::to_string(level + 1) + "%"; }

/// As LibreOffice reads a level without a label of its own. With more levels to show than there
/// are it asks for levels below the first, too.
std::string label_of(xml_node level, std::size_t index) {
  if (const auto own = level.attribute("loext:num-list-format")) return own.value();
  std::string out = level.attribute("style:num-prefix").value();
  const int shown = std::max(1, level.attribute("text:display-levels").as_int(1));
  const int last = static_cast<int>(index) + 1;
  for (int i = last - shown + 1; i <= last; ++i)
    out += "%" + std::to_string(i) + (i < last ? "%." : "%");
  return out + level.attribute("style:num-suffix").value();
}

bool is_known(const std::string& format) {
  return format.empty() || format == "1" || format == "a" || format == "A" || format == "i" ||
         format == "I";
}

/// The state of one list as its levels count; what continue-list takes up again.
using Counters = std::array<Counter, k_list_levels>;

class Walker {
 public:
  Walker(const ListStyles& styles,
         const std::function<void(xml_node, const std::vector<LevelNumber>&)>& visit)
      : m_styles(styles), m_visit(visit) {}

  void body(xml_node node) {
    for (xml_node child : node) {
      if (named(child, "text:list"))
        top_list(child);
      else if (child.type() == pugi::node_element)
        body(child);
    }
  }

 private:
  void top_list(xml_node list) {
    const std::string style_name = list.attribute("text:style-name").value();
    std::optional<std::size_t> before;
    if (const auto id = list.attribute("text:continue-list")) {
      if (const auto found = m_by_id.find(id.value()); found != m_by_id.end())
        before = found->second;
    } else if (list.attribute("text:continue-numbering").as_bool() && m_last_style == style_name) {
      before = m_last; // only the list right before, and only if that has the same style
    }
    const std::size_t own = before.value_or(m_lists.size());
    if (!before) m_lists.emplace_back();
    if (const auto id = list.attribute("xml:id")) m_by_id[id.value()] = own;
    m_last = own;
    m_last_style = style_name;
    items(list, 0, m_styles.find(style_name), m_lists[own], before.has_value());
  }

  void items(xml_node list, std::size_t level, const ListStyle* style, Counters& counters,
             bool goes_on) {
    if (level >= k_list_levels) return;
    if (const auto own = list.attribute("text:style-name"))
      if (const ListStyle* found = m_styles.find(own.value())) style = found;
    Counter& counter = counters[level];
    if (!goes_on) start_anew(counters, level, style);
    for (xml_node item : list) {
      const bool header = named(item, "text:list-header");
      if (!header && !named(item, "text:list-item")) continue;
      const ListStyle* item_style = m_styles.find(item.attribute("text:style-override").value());
      if (item_style == nullptr) item_style = style;
      bool counted = false;
      bool first = true;
      bool after_list = false;
      for (xml_node child : item) {
        if (child.type() != pugi::node_element || named(child, "text:soft-page-break")) continue;
        if (is_paragraph(child)) {
          if (first && !header) {
            counter.value = start_of(item).value_or(counter.value + 1);
            counted = true;
            begin_above(counters, level, item_style);
            start_anew(counters, level + 1, item_style);
            report(child, level, item_style, counters);
          }
          body(child); // lists inside frames and notes of this paragraph
        } else if (named(child, "text:list")) {
          // A second list begins anew, but not with a header right behind the first.
          items(child, level + 1, style, counters,
                !counted || child.attribute("text:continue-numbering").as_bool() ||
                    (after_list && begins_with_header(child)));
        } else {
          body(child);
        }
        first = false;
        after_list = named(child, "text:list");
      }
    }
  }

  static bool begins_with_header(xml_node list) {
    for (xml_node child : list)
      if (child.type() == pugi::node_element) return named(child, "text:list-header");
    return false;
  }

  /// None: it has no start value, or one that Writer does not read.
  static std::optional<int> start_of(xml_node item) {
    const auto start = item.attribute("text:start-value");
    if (!start || start.as_int() < 0 || start.as_int() > k_last_start) return std::nullopt;
    return start.as_int();
  }

  /// A number gives the levels above it their first one, where they have none yet.
  static void begin_above(Counters& counters, std::size_t level, const ListStyle* style) {
    if (style == nullptr) return;
    for (std::size_t i = 0; i < level; ++i)
      if (!counters[i].number.paragraph)
        counters[i].value = std::max(counters[i].value, (*style)[i].start);
  }

  /// A number starts all deeper levels anew.
  static void start_anew(Counters& counters, std::size_t level, const ListStyle* style) {
    for (; level < k_list_levels; ++level)
      counters[level] = {style != nullptr ? (*style)[level].start - 1 : 0, {}};
  }

  void report(xml_node paragraph, std::size_t level, const ListStyle* style, Counters& counters) {
    LevelNumber& own = counters[level].number;
    own = {static_cast<int>(level), counters[level].value, style, {}, paragraph, {}, {}};
    if (style == nullptr) return;
    write(own, level, *style, counters);
    if (own.text.empty()) return;
    std::vector<LevelNumber> numbers;
    // A level that no paragraph has counted is not there to refer to.
    for (std::size_t i = 0; i <= level; ++i)
      if (counters[i].number.paragraph && !counters[i].number.text.empty())
        numbers.push_back(counters[i].number);
    m_visit(paragraph, numbers);
  }

  /// The label as Writer makes it. A level without number takes what stands behind it along.
  static void write(LevelNumber& out, std::size_t level, const ListStyle& style,
                    const Counters& counters) {
    const ListLevel& own = style[level];
    if (own.bullet || own.format.empty()) return;
    out.text = own.label.value_or(marker(level) + ".");
    for (std::size_t i = 0; i <= level; ++i) {
      const ListLevel& l = style[i];
      std::size_t at = out.text.find(marker(i));
      if (at == std::string::npos) continue;
      const std::size_t length = marker(i).size();
      if (!l.bullet && l.format.empty()) {
        const std::size_t next = out.text.find('%', at + length);
        out.text.erase(at, next == std::string::npos ? length : next - at);
        continue;
      }
      out.shows[i] = true;
      if (!is_known(l.format)) out.unknown_format = l.format;
      const bool silent = l.bullet && counters[i].value > 0; // 0 is written even there
      out.text.replace(at, length, silent ? std::string() : format_number(counters[i].value, l));
    }
    if (own.consecutive) out.unknown_format = "consecutive numbering";
    if (out.text.ends_with('.')) out.text.pop_back();
  }

  const ListStyles& m_styles;
  const std::function<void(xml_node, const std::vector<LevelNumber>&)>& m_visit;
  std::deque<Counters> m_lists; ///< what goes on with a list is that list
  std::map<std::string, std::size_t> m_by_id;
  std::optional<std::size_t> m_last; ///< the list that began last
  std::string m_last_style;
};

} // namespace

void ListStyles::read(pugi::xml_node styles) {
  for (xml_node node : styles.children("text:list-style")) {
    ListStyle style;
    for (xml_node child : node) {
      const auto level = child.attribute("text:level").as_uint();
      if (level < 1 || level > k_list_levels) continue;
      ListLevel& l = style[level - 1];
      l.given = true;
      l.consecutive = node.attribute("text:consecutive-numbering").as_bool();
      l.bullet = !named(child, "text:list-level-style-number");
      if (const auto format = child.attribute("style:num-format")) l.format = format.value();
      l.letter_sync = child.attribute("style:num-letter-sync").as_bool();
      l.start = child.attribute("text:start-value").as_int(1);
      l.start = l.start < 0 ? 1 : std::min(l.start, k_last_start);
      l.label = label_of(child, level - 1);
    }
    const char* name = node.attribute("style:name").value();
    m_styles[name] = style;
    if (const auto shown = node.attribute("style:display-name")) m_shown[shown.value()] = name;
  }
}

const ListStyle* ListStyles::find(std::string_view name) const {
  const auto found = m_styles.find(name);
  return found == m_styles.end() ? nullptr : &found->second;
}

std::string ListStyles::name_of(const std::string& shown) const {
  if (m_styles.contains(shown)) return shown;
  const auto found = m_shown.find(shown);
  return found == m_shown.end() ? shown : found->second;
}

std::string ListStyles::shown_name(const ListStyle& style) const {
  for (const auto& [name, one] : m_styles) {
    if (&one != &style) continue;
    for (const auto& [shown, its] : m_shown)
      if (its == name) return shown;
    return name;
  }
  return {};
}

std::string format_number(int number, const ListLevel& level) {
  if (number < 1) return level.format.empty() ? std::string() : "0";
  if (level.format == "a") return letters(number, 'a', level.letter_sync);
  if (level.format == "A") return letters(number, 'A', level.letter_sync);
  if (level.format == "i") return roman(number, false);
  if (level.format == "I") return roman(number, true);
  return level.format.empty() ? std::string() : std::to_string(number);
}

void number_lists(
    pugi::xml_node body, const ListStyles& styles,
    const std::function<void(pugi::xml_node, const std::vector<LevelNumber>&)>& visit) {
  Walker(styles, visit).body(body);
}

} // namespace engross::odf
