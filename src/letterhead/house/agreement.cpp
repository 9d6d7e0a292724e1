// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/agreement.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/day.hpp"
#include "letterhead/house/openings.hpp"

#include <algorithm>
#include <set>

namespace engross::letterhead {

namespace {

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
      // What stands in a frame is a paragraph of its own.
      return !found && !element.starts_with("draw:");
    });
    if (!found) continue;
    Target out{&p, {}};
    bool inside = false;
    append_marked(p.node, name, inside, out.text);
    return out;
  }
  return {};
}

/// "To Each Addressee Listed on Schedule A", "Acme Trust plc and others": right, whoever they are.
/// "Schedule A" by itself is the title of an annex.
bool is_collective(std::string_view text) {
  const std::string low = folded(text);
  for (const std::string_view word :
       {"addressee", "each of", "et al", "listed", "and others", "and the others"})
    if (low.find(word) != std::string::npos) return true;
  for (const std::string_view list : {"schedule", "annex", "exhibit", "appendix"})
    for (const std::string_view before : {"see ", "on ", "in ", "see also "})
      if (low.find(std::string(before) + std::string(list)) != std::string::npos) return true;
  return false;
}

/// What names a document, a matter or how a letter is sent, and no addressee.
bool names_document(std::string_view text) {
  const std::string low = folded(text);
  for (const std::string_view word :
       {"agreement", "indenture", "opinion", "prospectus", "schedule", "exhibit", "annex",
        "appendix", "attachment", "matter", "file no", "ref.", "reference", "draft", "privileged",
        "confidential", "closing", "form of"})
    if (low.find(word) != std::string::npos) return true;
  return is_legend(text);
}

/// The lines of a paragraph, parted at line breaks.
std::vector<std::string> lines_of(const TextParagraph& p) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= p.text.size();) {
    const std::size_t end = std::min(p.text.find('\n', at), p.text.size());
    if (std::string line = comparable(std::string_view(p.text).substr(at, end - at)); !line.empty())
      out.push_back(std::move(line));
    at = end + 1;
  }
  return out;
}

/// Its first line, where the rest of it can be told apart (see mark_paragraph of the repair).
std::string first_line(const TextParagraph& p) {
  const std::size_t end = p.text.find('\n');
  return p.text.substr(0, end);
}

bool can_mark_first_line(const TextParagraph& p) {
  return p.text.find('\n') == std::string::npos || p.node.child("text:line-break");
}

bool contains(const std::vector<const TextParagraph*>& list, const TextParagraph* p) {
  return std::find(list.begin(), list.end(), p) != list.end();
}

/// What a header's paragraph says beside its fields: pieces between tabs, line breaks and page
/// numbers.
std::vector<std::string> pieces_of(const pugi::xml_node& paragraph) {
  std::vector<std::string> out(1);
  walk(paragraph, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "text:tab" || name == "text:line-break" || name.starts_with("text:page-")) {
      out.emplace_back();
      return !name.starts_with("text:page-");
    }
    if (name == "text:s") out.back() += ' ';
    if (node.type() == pugi::node_pcdata) out.back() += node.value();
    return name != "text:note" && name != "office:annotation" && !name.starts_with("draw:");
  });
  for (std::string& piece : out) piece = comparable(piece);
  std::erase(out, std::string());
  return out;
}

class LineReader {
 public:
  LineReader(const Subject& subject, const House& house, const Reference* reference)
      : m_subject(subject), m_reference(reference), m_block(address_block(subject, house)),
        m_date_style(house.date_style),
        m_has_own_lines(house.page_lines.contains(role_key(PageRole::continuation, true))) {
    if (reference == nullptr) return;
    for (const PatternLines& lines : reference->patterns(PageRole::first, true))
      for (const PatternLine& line : lines)
        if (line.glob.find('*') == std::string::npos) m_letterhead.insert(folded(line.glob));
  }

  std::vector<HeaderLine> read() {
    for (const PageRole role : {PageRole::continuation, PageRole::left})
      if (const pugi::xml_node part = page_part(m_subject.masters, role, true))
        read_part(part, role);
    for (const std::size_t page : other_pages(m_subject))
      for (const auto& [element, role] : {std::pair{"style:header", PageRole::continuation},
                                          std::pair{"style:header-left", PageRole::left}})
        if (const pugi::xml_node part = shown(m_subject.masters.pages[page].node, element))
          read_part(part, role);
    std::erase_if(m_lines, [](const HeaderLine& l) { return l.kind == LineKind::other; });
    return std::move(m_lines);
  }

 private:
  void read_part(const pugi::xml_node& part, PageRole role) {
    const std::size_t first = m_lines.size();
    for (const TextParagraph& p : m_subject.pages.paragraphs) {
      if (!is_inside(p.node, part)) continue;
      std::vector<pugi::xml_node> fields;
      walk(p.node, [&](const pugi::xml_node& node) {
        if (std::string_view(node.name()) == "text:bookmark-ref") fields.push_back(node);
        return true;
      });
      // A line that holds more than the reference is compared by the reference alone.
      for (const pugi::xml_node& field : fields) add(p, shortened(field_text(field), 500), field);
      if (!fields.empty() || p.is_blank()) continue;
      const std::vector<std::string> pieces = pieces_of(p.node);
      for (const std::string& piece : pieces) add(p, piece, {});
      if (pieces.size() == 1 && !p.has_objects && !has_page_field(p.node) &&
          p.text.find('\t') == std::string::npos)
        m_lines.back().is_whole = true;
    }
    classify(first, role, part);
    for (std::size_t i = first; i < m_lines.size(); ++i) compare(m_lines[i]);
    doubt_second_lines(first);
    add_missing(first, part);
  }

  /// What the letterhead prints on page 1 names neither addressee nor date, wherever it stands:
  /// behind an envelope the letter begins on the second page.
  bool is_of_letterhead(const HeaderLine& line) const {
    return !line.field && m_letterhead.contains(folded(line.text));
  }

  /// Whether it reads as the letter's own later pages do: an annex may have lines of its own where
  /// the letterhead has addressee and date.
  bool is_of_letter(const pugi::xml_node& part) const {
    const pugi::xml_node own = page_part(m_subject.masters, PageRole::continuation, true);
    return part == own || part == page_part(m_subject.masters, PageRole::left, true) ||
           page_lines(part) == page_lines(own);
  }

  /// On pages on their side, as the letter's are not.
  bool is_turned(const pugi::xml_node& part) const {
    const MasterPages& masters = m_subject.masters;
    return std::any_of(masters.pages.begin(), masters.pages.end(), [&](const MasterPage& page) {
      return page.node == part.parent() &&
             page.landscape != masters.pages[masters.continuation].landscape;
    });
  }

  /// "Letter to Acme plc dated October 23, 2001 – Page 2": one line that says both. It is compared
  /// where nothing in the header agrees with the letter; another day may be that of an agreement.
  bool read_sentence(std::size_t first, const pugi::xml_node& part) {
    if (m_block.date == nullptr || days_in(m_block.date->text).empty()) return false;
    if (part != page_part(m_subject.masters, PageRole::continuation, true) &&
        part != page_part(m_subject.masters, PageRole::left, true))
      return false;
    HeaderLine* sentence = nullptr;
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      HeaderLine& line = m_lines[i];
      if (line.kind != LineKind::other || is_tag(line) || line.field ||
          names_addressee(line.text) || is_collective(line.text) ||
          is_date_of_letter(comparable(line.text)))
        return false;
      if (sentence == nullptr && !days_in(line.text).empty()) sentence = &line;
    }
    if (sentence == nullptr) return false;
    sentence->kind = LineKind::date;
    sentence->is_certain = sentence->is_whole = false;
    if (m_block.lines.empty()) return true;
    HeaderLine addressee = *sentence;
    addressee.kind = LineKind::addressee;
    m_lines.push_back(std::move(addressee));
    return true;
  }

  /// Whether a text holds a line of the address block.
  bool names_addressee(std::string_view text) const {
    const std::string low = folded(text);
    for (const auto* list : {&m_block.lines, &m_block.front})
      for (const TextParagraph* p : *list)
        for (const std::string& line : lines_of(*p))
          if (line.size() > 3 && low.find(folded(line)) != std::string::npos) return true;
    return false;
  }

  void add(const TextParagraph& p, std::string text, const pugi::xml_node& field) {
    HeaderLine& line = m_lines.emplace_back();
    line.paragraph = &p;
    line.text = std::move(text);
    line.field = field;
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

  static bool has_page_field(const pugi::xml_node& paragraph) {
    bool found = false;
    walk(paragraph, [&](const pugi::xml_node& node) {
      found = found || std::string_view(node.name()).starts_with("text:page-");
      return !found;
    });
    return found;
  }

  static bool is_tag(const HeaderLine& line) {
    return line.text.find("{{") != std::string::npos || line.text.find("{%") != std::string::npos;
  }

  std::vector<std::string> raw_lines(PageRole role) const {
    std::vector<std::string> out;
    if (m_reference == nullptr) return out;
    if (m_reference->raw_lines(role, true).empty()) role = PageRole::continuation;
    for (const std::string& line : m_reference->raw_lines(role, true))
      if (!line.starts_with("{%")) out.push_back(line);
    return out;
  }

  /// Whether the lines are the letterhead's, one by one: as many, with the page number in the same.
  bool is_parallel(const std::vector<std::string>& raw, std::size_t first) const {
    if (raw.size() != m_lines.size() - first) return false;
    for (std::size_t i = 0; i < raw.size(); ++i)
      if ((raw[i].find('#') != std::string::npos) !=
          has_page_field(m_lines[first + i].paragraph->node))
        return false;
    return true;
  }

  /// The letter's date, or the empty line in its place.
  bool is_date_line(const TextParagraph* p) const {
    if (p == nullptr || p == m_block.date) return p != nullptr;
    if (!p->is_blank()) return false;
    const StyleSheet& styles = *m_subject.body_styles;
    return styles.display_name(Space::paragraph, styles.named(Space::paragraph, style_of(*p))) ==
           m_date_style;
  }

  void classify(std::size_t first, PageRole role, const pugi::xml_node& part) {
    const std::vector<std::string> raw = raw_lines(role);
    const bool parallel = is_parallel(raw, first);
    const bool is_own = is_of_letter(part);
    // "Schedule A to the Purchase Agreement / January 12, 2006", of which the rule of headers
    // tells.
    const bool is_annexs =
        !is_own && is_turned(part) &&
        std::any_of(m_lines.begin() + static_cast<std::ptrdiff_t>(first), m_lines.end(),
                    [](const HeaderLine& line) { return names_document(line.text); });
    bool has_addressee = false;
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      HeaderLine& line = m_lines[i];
      if (is_tag(line) || is_of_letterhead(line)) continue; // a template's; ours
      const std::string pattern = parallel ? raw[i - first] : std::string();
      bool refers_elsewhere = false;
      if (line.field) {
        const Target target = target_of(m_subject, line.field.attribute("text:ref-name").value());
        if (is_date_line(target.paragraph))
          line.kind = LineKind::date;
        else if (is_address_line(target.paragraph))
          line.kind = LineKind::addressee;
        else
          refers_elsewhere = target.paragraph != nullptr;
      }
      if (is_annexs && !line.field) continue;
      if (line.kind == LineKind::other && is_date_text(line.text)) line.kind = LineKind::date;
      // In another order than the letterhead's.
      if (line.kind == LineKind::other && agreeing(line.text) != nullptr)
        line.kind = LineKind::addressee;
      if (line.kind == LineKind::other && pattern.find("date") != std::string::npos)
        line.kind = LineKind::date;
      if (line.kind == LineKind::other && pattern.find("addressee") != std::string::npos)
        line.kind = LineKind::addressee;
      // A reference that was to repeat something, or a line where the letterhead has one and that
      // can be nothing else.
      const bool can_be = line.kind == LineKind::date
                              ? is_date_text(line.text)
                              : days_in(line.text).empty() && !names_document(line.text) &&
                                    !line.text.starts_with("Page");
      line.is_certain = line.field ? !refers_elsewhere : parallel && is_own && can_be;
      has_addressee = has_addressee || line.kind == LineKind::addressee;
    }
    if (!has_addressee && !is_annexs && !read_sentence(first, part)) guess_addressee(first, raw);
  }

  /// A header of another make: the line that the letter begins with too, else the first one that is
  /// no date, no page and no fixed text.
  void guess_addressee(std::size_t first, const std::vector<std::string>& raw) {
    HeaderLine* guess = nullptr;
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      HeaderLine& line = m_lines[i];
      const bool fixed = std::find(raw.begin(), raw.end(), line.text) != raw.end();
      if (line.kind != LineKind::other || fixed || line.text.starts_with("Page") || is_tag(line) ||
          is_of_letterhead(line) || is_page_line(line))
        continue;
      if (agreeing(line.text) != nullptr || is_collective(line.text)) {
        line.kind = LineKind::addressee;
        return;
      }
      if (guess == nullptr && !is_legend(line.text) && !names_addressee(line.text) &&
          !is_date_of_letter(comparable(line.text)))
        guess = &line;
    }
    if (guess != nullptr && m_lines.size() - first > 1) guess->kind = LineKind::addressee;
  }

  /// "Seite 2": a page number with its word, and nothing else.
  static bool is_page_line(const HeaderLine& line) {
    return has_page_field(line.paragraph->node) && line.text.find(' ') == std::string::npos &&
           line.paragraph->text.find('\t') == std::string::npos;
  }

  bool is_address_line(const TextParagraph* p) const {
    return p != nullptr && p != m_block.date &&
           (contains(m_block.lines, p) || contains(m_block.front, p));
  }

  /// The paragraph before the salutation that says an addressee, or begins with it.
  const TextParagraph* agreeing(std::string_view text) const {
    const std::string low = folded(text);
    if (low.empty()) return nullptr;
    for (const auto* list : {&m_block.lines, &m_block.front})
      for (const TextParagraph* p : *list) {
        if (p == m_block.date || is_legend(p->text)) continue;
        if (folded(p->text) == low) return p;
        for (const std::string& line : lines_of(*p))
          if (folded(line) == low || folded(line).starts_with(low + ",")) return p;
      }
    return nullptr;
  }

  bool is_date_of_letter(const std::string& text) const {
    const auto says = [&](const TextParagraph* p) {
      return comparable(p->text).find(text) != std::string::npos || same_day(p->text, text);
    };
    // "New York, October 23, 2001" and "As of October 23, 2001" are dated October 23, 2001.
    if (m_block.is_date_certain) return says(m_block.date);
    return std::any_of(m_block.front.begin(), m_block.front.end(), says);
  }

  void compare(HeaderLine& line) {
    if (line.kind == LineKind::other) return;
    const bool is_date = line.kind == LineKind::date;
    line.source = is_date ? m_block.date : m_block.lines.empty() ? nullptr : m_block.lines.front();
    line.is_certain =
        line.is_certain && (is_date ? m_block.is_date_certain : m_block.is_address_certain);
    if (line.field) {
      const Target target = target_of(m_subject, line.field.attribute("text:ref-name").value());
      line.is_broken = target.paragraph == nullptr;
      line.is_empty = !line.is_broken && comparable(target.text).empty();
      const std::string_view format = line.field.attribute("text:reference-format").value();
      line.is_number = format != "text";
      const bool right =
          target.paragraph != nullptr && !comparable(target.text).empty() &&
          (is_date ? target.paragraph == m_block.date : is_address_line(target.paragraph));
      if (right) {
        line.source = target.paragraph;
        line.expected = comparable(target.text);
        line.source_text = shortened(target.text, 2000);
        line.agrees = comparable(line.text) == line.expected;
        line.refers = true;
        line.agrees = line.agrees && !line.is_number;
        line.is_certain = true;
        return;
      }
    }
    if (!line.field) {
      const TextParagraph* same = is_date ? nullptr : agreeing(line.text);
      if (same != nullptr) line.source = same;
      line.agrees = is_date ? is_date_of_letter(comparable(line.text))
                            : same != nullptr || is_collective(line.text);
      if (line.agrees && !is_date && same == nullptr) return; // whoever they are
      if (line.agrees && (line.source == nullptr || line.source->is_blank())) {
        line.expected = comparable(line.text);
        return;
      }
    }
    if (line.source == nullptr || line.source->is_blank()) return;
    const std::string wanted = is_date ? line.source->text : first_line(*line.source);
    line.expected = comparable(wanted);
    line.source_text = shortened(wanted, 2000);
    if (!can_mark_first_line(*line.source)) line.is_certain = line.is_whole = false;
  }

  /// Beside a line that is right, another one of its kind says something of its own. And below what
  /// is no addressee, but an agreement, stands its date.
  void doubt_second_lines(std::size_t first) {
    for (std::size_t i = first; i < m_lines.size(); ++i) {
      const HeaderLine& line = m_lines[i];
      if (line.kind == LineKind::addressee && !line.field && !line.agrees && !line.is_certain)
        for (std::size_t k = first; k < m_lines.size(); ++k)
          m_lines[k].is_certain = m_lines[k].is_certain && m_lines[k].field;
    }
    for (std::size_t i = first; i < m_lines.size(); ++i)
      for (std::size_t k = first; k < m_lines.size(); ++k)
        if (k != i && !m_lines[i].field && !m_lines[i].agrees && m_lines[k].agrees &&
            m_lines[k].kind == m_lines[i].kind)
          m_lines[i].is_certain = false;
  }

  /// Where the letterhead's header says an addressee or a date, and this one has no line for it.
  void add_missing(std::size_t first, const pugi::xml_node& part) {
    if (m_lines.size() == first || m_has_own_lines || m_reference == nullptr) return;
    if (!is_of_letter(part)) return; // an annex may say what it is, and no more
    const std::vector<std::string> raw = raw_lines(PageRole::continuation);
    std::string whole;
    for (const std::string& line : page_lines(part)) whole += (whole.empty() ? "" : " / ") + line;
    // A header that is another one altogether is a breach of its own.
    const std::string& pattern = m_reference->loose_pattern(PageRole::continuation, true);
    std::string text = whole;
    for (std::size_t at = 0; (at = text.find(" / ", at)) != std::string::npos;)
      text.replace(at, 3, "\n");
    if (!tags_of(whole).empty() || !matches_glob(text, pattern)) return;
    const auto wants = [&](const char* word) {
      return std::any_of(raw.begin(), raw.end(), [&](const std::string& line) {
        return line.find(word) != std::string::npos;
      });
    };
    const auto has = [&](LineKind kind) {
      return std::any_of(m_lines.begin() + static_cast<std::ptrdiff_t>(first), m_lines.end(),
                         [&](const HeaderLine& line) { return line.kind == kind; });
    };
    const TextParagraph* paragraph = m_lines[first].paragraph;
    const auto miss = [&](LineKind kind, const TextParagraph* source) {
      HeaderLine line;
      line.kind = kind;
      line.paragraph = paragraph;
      line.text = whole;
      line.expected = comparable(first_line(*source));
      line.source = source;
      m_lines.push_back(std::move(line));
    };
    if (m_block.is_address_certain && wants("addressee") && !has(LineKind::addressee) &&
        !is_collective(whole) && !names_addressee(whole))
      miss(LineKind::addressee, m_block.lines.front());
    if (m_block.is_date_certain && wants("date") && !has(LineKind::date) &&
        !same_day(whole, m_block.date->text))
      miss(LineKind::date, m_block.date);
  }

  const Subject& m_subject;
  const Reference* m_reference;
  AddressBlock m_block;
  std::string m_date_style;
  bool m_has_own_lines;
  std::set<std::string> m_letterhead; ///< its lines of page 1, folded
  std::vector<HeaderLine> m_lines;
};

} // namespace

std::vector<std::size_t> other_pages(const Subject& subject) {
  const MasterPages& masters = subject.masters;
  std::vector<std::size_t> out;
  const auto add = [&](std::size_t page) {
    if (page != MasterPages::npos && page != masters.first && page != masters.continuation &&
        page != masters.left && page != masters.start &&
        std::find(out.begin(), out.end(), page) == out.end())
      out.push_back(page);
  };
  for (const PageOpening& opening : page_openings(subject)) add(opening.page);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (const std::string& next = masters.pages[out[i]].next; !next.empty())
      add(masters.find(next));
  return out;
}

std::vector<HeaderLine> header_lines(const Subject& subject, const House& house,
                                     const Reference* reference) {
  return LineReader(subject, house, reference).read();
}

} // namespace engross::letterhead
