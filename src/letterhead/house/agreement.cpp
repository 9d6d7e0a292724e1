// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/agreement.hpp"

#include "letterhead/body.hpp"

#include <algorithm>
#include <array>

namespace engross::letterhead {

namespace {

constexpr std::array<std::string_view, 12> k_months = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr int k_first_page_paragraphs = 30; // where an address block may stand
constexpr std::size_t k_longest_date = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The bookmarked text of a name, and the paragraph that it stands in.
struct Target {
  const TextParagraph* paragraph = nullptr;
  std::string text;
};

void append_marked(const pugi::xml_node& node, std::string_view name, bool& inside,
                   std::string& out) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view element = child.name();
    if (element == "text:bookmark-start" && child.attribute("text:name").value() == name)
      inside = true;
    if (element == "text:bookmark-end" && child.attribute("text:name").value() == name)
      inside = false;
    if (child.type() == pugi::node_pcdata && inside) out += child.value();
    if (inside && (element == "text:s" || element == "text:tab" || element == "text:line-break"))
      out += ' ';
    if (element == "text:note" || element == "office:annotation" || element.starts_with("draw:"))
      continue;
    append_marked(child, name, inside, out);
  }
}

Target target_of(const Subject& subject, std::string_view name) {
  for (const TextParagraph& p : subject.body.paragraphs) {
    bool found = false;
    walk(p.node, [&](const pugi::xml_node& node) {
      const std::string_view element = node.name();
      if ((element == "text:bookmark-start" || element == "text:bookmark") &&
          node.attribute("text:name").value() == name)
        found = true;
      return !found;
    });
    if (!found) continue;
    Target out{&p, {}};
    bool inside = false;
    append_marked(p.node, name, inside, out.text);
    return out;
  }
  return {};
}

bool is_address_line(const AddressBlock& block, const TextParagraph* p) {
  return std::find(block.lines.begin(), block.lines.end(), p) != block.lines.end();
}

class LineReader {
 public:
  LineReader(const Subject& subject, const House& house, const Reference* reference)
      : m_subject(subject), m_reference(reference), m_block(address_block(subject, house)) {}

  std::vector<HeaderLine> read() {
    for (const PageRole role : {PageRole::continuation, PageRole::left})
      if (const pugi::xml_node part = page_part(m_subject.masters, role, true))
        read_part(part, role);
    std::erase_if(m_lines, [](const HeaderLine& l) { return l.kind == LineKind::other; });
    for (HeaderLine& line : m_lines) compare(line);
    return std::move(m_lines);
  }

 private:
  void read_part(const pugi::xml_node& part, PageRole role) {
    const std::size_t first = m_lines.size();
    for (const TextParagraph& p : m_subject.pages.paragraphs) {
      if (!is_inside(p.node, part) || p.is_blank()) continue;
      HeaderLine line;
      line.paragraph = &p;
      line.text = shortened(p.text, 500);
      walk(p.node, [&](const pugi::xml_node& node) {
        if (!line.field && std::string_view(node.name()) == "text:bookmark-ref") line.field = node;
        return true;
      });
      // A line that holds more than the reference is compared by the reference alone.
      if (line.field) line.text = shortened(field_text(line.field), 500);
      line.is_whole = !line.field && !p.has_objects && p.text.find('#') == std::string::npos;
      m_lines.push_back(std::move(line));
    }
    classify(first, role);
  }

  static std::string field_text(const pugi::xml_node& field) {
    std::string out;
    walk(field, [&](const pugi::xml_node& node) {
      const std::string_view name = node.name();
      if (node.type() == pugi::node_pcdata) out += node.value();
      if (name == "text:s" || name == "text:tab" || name == "text:line-break") out += ' ';
      return true;
    });
    return out;
  }

  static bool is_inside(pugi::xml_node node, const pugi::xml_node& ancestor) {
    while (node && node != ancestor) node = node.parent();
    return static_cast<bool>(node);
  }

  void classify(std::size_t first, PageRole role) {
    std::vector<std::string> raw;
    if (m_reference != nullptr && m_reference->raw_lines(role, true).empty())
      role = PageRole::continuation;
    if (m_reference != nullptr)
      for (const std::string& line : m_reference->raw_lines(role, true))
        if (!line.starts_with("{%")) raw.push_back(line);
    const bool parallel = raw.size() == m_lines.size() - first;
    bool has_addressee = false;
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      HeaderLine& line = m_lines[i];
      if (line.text.find("{{") != std::string::npos || line.text.find("{%") != std::string::npos)
        continue; // a template's
      const std::string pattern = parallel ? raw[i - first] : std::string();
      if (line.field) {
        const Target target = target_of(m_subject, line.field.attribute("text:ref-name").value());
        if (target.paragraph != nullptr && target.paragraph == m_block.date)
          line.kind = LineKind::date;
        if (is_address_line(m_block, target.paragraph)) line.kind = LineKind::addressee;
      }
      if (line.kind == LineKind::other && is_date_text(line.text)) line.kind = LineKind::date;
      if (line.kind == LineKind::other && pattern.find("date") != std::string::npos)
        line.kind = LineKind::date;
      if (line.kind == LineKind::other && pattern.find("addressee") != std::string::npos)
        line.kind = LineKind::addressee;
      has_addressee = has_addressee || line.kind == LineKind::addressee;
    }
    if (has_addressee || parallel || m_lines.size() - first < 2) return;
    // A header of another make: the first line that is no date, no page and no fixed text.
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      HeaderLine& line = m_lines[i];
      const bool fixed = std::find(raw.begin(), raw.end(), line.text) != raw.end();
      const bool page = line.text.starts_with("Page") || has_page_field(line.paragraph->node);
      if (line.kind != LineKind::other || fixed || page ||
          line.text.find("{{") != std::string::npos)
        continue;
      line.kind = LineKind::addressee;
      return;
    }
  }

  static bool has_page_field(const pugi::xml_node& paragraph) {
    bool found = false;
    walk(paragraph, [&](const pugi::xml_node& node) {
      found = found || std::string_view(node.name()).starts_with("text:page-");
      return !found;
    });
    return found;
  }

  void compare(HeaderLine& line) {
    const bool is_date = line.kind == LineKind::date;
    line.source = is_date ? m_block.date : m_block.lines.empty() ? nullptr : m_block.lines.front();
    if (line.field) {
      const Target target = target_of(m_subject, line.field.attribute("text:ref-name").value());
      const bool right =
          target.paragraph != nullptr && !comparable(target.text).empty() &&
          (is_date ? target.paragraph == m_block.date : is_address_line(m_block, target.paragraph));
      if (right) {
        line.source = target.paragraph;
        line.expected = comparable(target.text);
        line.source_text = shortened(target.text, 2000);
        line.agrees = comparable(line.text) == line.expected;
        line.refers = true;
        return;
      }
    }
    if (line.source == nullptr || line.source->is_blank()) return;
    line.expected = comparable(line.source->text);
    line.source_text = shortened(line.source->text, 2000);
    const std::string text = comparable(line.text);
    if (line.field) return; // it refers to nothing any more
    line.agrees = text == line.expected;
    if (is_date) {
      // "New York, October 23, 2001" is dated October 23, 2001.
      line.agrees = line.agrees || line.expected.ends_with(", " + text);
      return;
    }
    for (const TextParagraph* one : m_block.lines) {
      const std::string whole = comparable(one->text);
      line.agrees = line.agrees || whole == text || whole.starts_with(text + ",");
    }
  }

  const Subject& m_subject;
  const Reference* m_reference;
  AddressBlock m_block;
  std::vector<HeaderLine> m_lines;
};

} // namespace

std::string comparable(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\xC2\xA0") {
      plain += ' ';
      ++i;
    } else {
      plain += text[i];
    }
  }
  return shortened(plain, 2000);
}

bool is_date_text(std::string_view text) {
  const std::string date = comparable(text);
  if (date.size() > k_longest_date) return false;
  if (date.size() == 10 && date[4] == '-' && date[7] == '-' && is_digit(date[0])) return true;
  bool has_month = false;
  int digits = 0;
  for (const std::string_view month : k_months) {
    const std::size_t at = date.find(month);
    if (at == std::string::npos) continue;
    has_month = true;
    // Nothing but the month, a day, a year and what stands between.
    std::string rest = date.substr(0, at) + date.substr(at + month.size());
    for (const char c : rest) {
      if (is_digit(c))
        ++digits;
      else if (c != ' ' && c != ',' && c != '.')
        return false;
    }
    break;
  }
  return has_month && digits >= 5 && digits <= 6;
}

AddressBlock address_block(const Subject& subject, const House& house) {
  AddressBlock out;
  const StyleSheet& styles = *subject.body_styles;
  const auto displayed = [&](const TextParagraph& p) {
    return styles.display_name(Space::paragraph, styles.named(Space::paragraph, style_of(p)));
  };
  bool ended = false;
  int seen = 0;
  const TextParagraph* after_date = nullptr;
  for (const TextParagraph& p : subject.body.paragraphs) {
    if (p.flow != Flow::body && p.flow != Flow::table && p.flow != Flow::frame) continue;
    if (++seen > k_first_page_paragraphs) break;
    const std::string style = displayed(p);
    if (style == house.addressee_style) {
      if (!ended && !p.is_blank() && !holds_only_block_tags(p.node)) out.lines.push_back(&p);
      continue;
    }
    ended = !out.lines.empty();
    const bool is_date = style == house.date_style || is_date_text(p.text);
    if (is_date && out.date == nullptr)
      out.date = &p;
    else if (out.date != nullptr && after_date == nullptr && !p.is_blank())
      after_date = &p;
  }
  // Without the styles of the house: what follows the date.
  if (out.lines.empty() && after_date != nullptr) out.lines.push_back(after_date);
  return out;
}

std::vector<HeaderLine> header_lines(const Subject& subject, const House& house,
                                     const Reference* reference) {
  return LineReader(subject, house, reference).read();
}

} // namespace engross::letterhead
