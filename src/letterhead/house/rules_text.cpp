// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/blanks.hpp"
#include "letterhead/house/breaking.hpp"
#include "letterhead/house/day.hpp"
#include "letterhead/house/formatting.hpp"
#include "letterhead/house/signature.hpp"

#include <algorithm>
#include <map>

namespace engross::letterhead {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of a number as it is typed before a paragraph: "1." "12)" "(a)" "(iv)" "A." "§ 5";
/// 0: none. `sure`: it cannot be a word.
std::size_t typed_number(std::string_view text, bool& sure) {
  std::size_t at = 0;
  const bool bracket = text.starts_with('(');
  if (bracket) ++at;
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at]) && at - begin < 3) ++at;
  const bool digits = at > begin;
  if (digits)
    // "1.2.3"
    while (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
      ++at;
      while (at < text.size() && is_digit(text[at])) ++at;
    }
  if (!digits) {
    while (at < text.size() && at - begin < 6 &&
           std::string_view("ivxlcIVXLC").find(text[at]) != std::string_view::npos)
      ++at;
    const bool one_letter = at - begin <= 1;
    if (one_letter) {
      at = begin;
      if (at >= text.size()) return 0;
      const char c = text[at];
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return 0;
      ++at;
      // "(aa)"
      if (at < text.size() && text[at] == c && bracket) ++at;
    }
  }
  if (at >= text.size()) return 0;
  if (bracket ? text[at] != ')' : text[at] != '.' && text[at] != ')') return 0;
  ++at;
  sure = bracket || digits;
  return at;
}

bool is_numbered(const TextParagraph& p) {
  return static_cast<bool>(p.list) && std::string_view(p.node.parent().name()) == "text:list-item";
}

/// A number that only a tab behind it makes one: "1.1", "Section 1.", a bullet or a dash.
std::size_t number_before_tab(std::string_view text) {
  const std::size_t tab = text.find('\t');
  if (tab == std::string_view::npos || tab == 0 || tab > 16) return 0;
  std::string_view number = text.substr(0, tab);
  while (number.ends_with(' ')) number.remove_suffix(1);
  for (const std::string_view sign :
       {"•", "–", "—", "-", "*", "·", "◦", "▪", "■", "●", "○", "o", "§"})
    if (number == sign) return number.size();
  const std::size_t length = number.size();
  for (const std::string_view word :
       {"Section ", "Article ", "Clause ", "Paragraph ", "§ ", "§\u00a0", "§"})
    if (number.starts_with(word)) number.remove_prefix(word.size());
  const bool has_word = number.size() != length;
  if (number.empty() || !is_digit(number.front())) return 0;
  const bool all =
      std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.'; });
  return all && (has_word || number.find('.') != std::string_view::npos) ? length : 0;
}

void check_number(Auditor& a, const TextParagraph& p) {
  if (p.flow != Flow::body && p.flow != Flow::table) return;
  std::size_t lead = p.text.find_first_not_of(" \t");
  if (lead == std::string::npos || is_day(p.text)) return; // 27. Februar 2006
  const std::string_view text = std::string_view(p.text).substr(lead);
  bool sure = false;
  std::size_t length = typed_number(text, sure);
  // A tab after it says that it is a number; a blank only where it cannot be a word.
  const auto is_parted = [&] {
    const std::string_view after = text.substr(std::min(length, text.size()));
    return after.starts_with('\t') ||
           (sure && (after.starts_with(' ') || after.starts_with("\xC2\xA0")));
  };
  if (length == 0 || !is_parted()) length = number_before_tab(text);
  if (length == 0 || length >= text.size()) return;
  if (text.find_first_not_of(" \t\n", length) == std::string_view::npos) return;
  const bool list_number_too = is_numbered(p);
  a.report(Rule::numbering, Code::number_typed, a.subject.place(a.subject.body, p, lead, length),
           {std::string(text.substr(0, length)) + (list_number_too ? " " : "")});
}

/// A list whose paragraphs have no list style has no numbers, or those of an automatic style.
void check_list(Auditor& a, const TextParagraph& p, pugi::xml_node& last) {
  if (!p.list || p.flow != Flow::body) return;
  pugi::xml_node outer = p.list;
  for (pugi::xml_node n = p.list.parent(); n; n = n.parent())
    if (std::string_view(n.name()) == "text:list") outer = n;
  if (outer == last) return;
  last = outer;
  const std::string_view name = outer.attribute("text:style-name").value();
  std::string why;
  if (name.empty()) {
    why = " and so no numbers";
  } else if (a.reference == nullptr || a.reference->lists().contains(std::string(name))) {
    return;
  } else {
    const pugi::xml_node named =
        a.subject.document.styles.document_element().child("office:styles");
    const auto is_it = [&](const pugi::xml_node& n) {
      return n.attribute("style:name").value() == name;
    };
    pugi::xml_node style = named.find_child(is_it);
    const char* display = style.attribute("style:display-name").value();
    why = style ? " but “" + (*display != '\0' ? std::string(display) : std::string(name)) + "”"
                : std::string(" but one made by hand");
  }
  a.report(Rule::numbering, Code::list_without_style, a.subject.place(a.subject.body, p), {why});
}

/// What Word asks for in an empty control, and what such a control becomes in Writer.
bool asks_for_text(std::string_view text) {
  const std::string low = folded(text);
  for (const std::string_view prompt :
       {"click here", "click or tap", "choose an item", "enter text", "klicken", "wählen sie ein",
        "cliquez", "choisissez", "haga clic", "elija un"})
    if (low.starts_with(prompt)) return true;
  return false;
}

/// Whether a field or control (ODF 1.3 part 3, 7.4) shows that nobody has filled it in.
bool is_open(const pugi::xml_node& node, std::string_view text) {
  const std::string_view name = node.name();
  if (name == "text:placeholder") return true;
  if (name == "loext:content-control")
    return node.attribute("loext:showing-place-holder").as_bool() || asks_for_text(text);
  if (name == "text:text-input")
    return text == node.attribute("text:description").value() || asks_for_text(text);
  return name == "text:drop-down" &&
         !node.find_child_by_attribute("text:label", "text:current-selected", "true");
}

/// Writer's own placeholders, and controls of Word that became such.
void check_placeholders(Auditor& a, const TextPart& part, const TextParagraph& p) {
  for (const Run& run : p.runs)
    for (pugi::xml_node node = run.node.parent(); node && node != p.node; node = node.parent()) {
      const std::string text = p.text.substr(run.begin, run.length);
      if (!is_open(node, text)) continue;
      // With brackets or tags it is found by them.
      if (tags_of(p.text).empty() && text.find('[') == std::string::npos)
        a.report(Rule::brackets, Code::bracket_left,
                 a.subject.place(part, p, run.begin, run.length), {shortened(text)});
    }
}

void check_brackets(Auditor& a, const TextPart& part, const TextParagraph& p,
                    bool is_in_signature) {
  const std::string_view text = p.text;
  const auto tags = tags_of(text);
  check_placeholders(a, part, p);
  const std::vector<std::string>& languages = a.house.languages;
  const bool is_english = languages.empty()
                              ? a.reference == nullptr || a.reference->language().empty() ||
                                    a.reference->language().starts_with("en")
                              : languages.front().starts_with("en");
  for (const auto& [begin, end] :
       blanks_of(text, {a.house.allowed_brackets, is_in_signature, is_english}))
    if (!is_inside_tag(tags, begin))
      a.report(Rule::brackets, Code::bracket_left, a.subject.place(part, p, begin, end - begin),
               {shortened(text.substr(begin, end - begin))});
}

void check_tags(Auditor& a, const TextPart& part, const TextParagraph& p) {
  for (const auto& [begin, end] : tags_of(p.text))
    a.report(Rule::tags, Code::tag_left, a.subject.place(part, p, begin, end - begin),
             {shortened(std::string_view(p.text).substr(begin, end - begin))});
}

void check_breaks(Auditor& a, const TextPart& part, const TextParagraph& p) {
  for (const Breakable& b : breakables_of(p.text, a.house)) {
    const auto run = std::find_if(p.runs.begin(), p.runs.end(), [&](const Run& r) {
      return b.blank >= r.begin && b.blank < r.begin + r.length;
    });
    const bool plain = run != p.runs.end() && run->node.type() != pugi::node_element;
    a.report(Rule::non_breaking, Code::breakable,
             a.subject.place(part, p, b.begin, b.end - b.begin),
             {shortened(std::string_view(p.text).substr(b.begin, b.end - b.begin))}, plain);
  }
}

/// One finding for each stretch of text with a background of its own.
void check_highlight(Auditor& a, const TextPart& part, const TextParagraph& p) {
  const StyleSheet& styles = a.subject.styles_of(part);
  std::string last;
  for (const Run& run : p.runs) {
    std::string color = run_property(styles, p, run, "t|fo:background-color");
    if (color == "transparent") color.clear();
    if (color != last && !color.empty())
      a.report(Rule::highlight, Code::highlight_left,
               a.subject.place(part, p, run.begin, run.length), {color});
    last = std::move(color);
  }
  const std::string whole = paragraph_property(styles, p, "p|fo:background-color");
  const StyleSheet::Style* style = styles.find(Space::paragraph, style_of(p));
  const bool by_hand =
      style != nullptr && style->is_automatic && style->own.contains("p|fo:background-color");
  if (by_hand && !whole.empty() && whole != "transparent")
    a.report(Rule::highlight, Code::highlight_left, a.subject.place(part, p), {whole});
}

/// Text in the colour of the paper. In a table or frame the colour behind it is not known here.
bool is_white_on_white(const StyleSheet& styles, const TextParagraph& p, const Run& run) {
  if (run_property(styles, p, run, "t|fo:color") != "#ffffff") return false;
  const std::string_view text = std::string_view(p.text).substr(run.begin, run.length);
  if (text.find_first_not_of(" \t\n") == std::string_view::npos) return false;
  for (pugi::xml_node node = p.node.parent(); node; node = node.parent())
    if (std::string_view(node.name()) == "table:table-cell" ||
        std::string_view(node.name()).starts_with("draw:"))
      return false;
  const auto is_white = [](const std::string& color) {
    return color.empty() || color == "transparent" || color == "#ffffff";
  };
  return is_white(run_property(styles, p, run, "t|fo:background-color")) &&
         is_white(paragraph_property(styles, p, "p|fo:background-color"));
}

/// A note in 1pt is a dotted line to a reader and plain text to whoever gets the file.
bool is_unreadable(const StyleSheet& styles, const TextParagraph& p, const Run& run) {
  const std::string_view text = std::string_view(p.text).substr(run.begin, run.length);
  return text.find_first_not_of(" \t\n") != std::string_view::npos &&
         is_unreadable_size(run_property(styles, p, run, "t|fo:font-size"));
}

void check_display(Auditor& a, const TextPart& part, const TextParagraph& p) {
  const StyleSheet& styles = a.subject.styles_of(part);
  std::size_t begin = 0;
  std::size_t length = 0;
  const auto tell = [&] {
    if (length > 0)
      a.report(Rule::hidden_text, Code::hidden_text_left, a.subject.place(part, p, begin, length),
               {shortened(std::string_view(p.text).substr(begin, length))});
    length = 0;
  };
  for (const Run& run : p.runs) {
    if (run_property(styles, p, run, "t|text:display") != "none" &&
        !is_white_on_white(styles, p, run) && !is_unreadable(styles, p, run)) {
      tell();
      continue;
    }
    if (length == 0) begin = run.begin;
    length = run.begin + run.length - begin;
  }
  tell();
}

/// The language of the text, one finding for each language and whether a hand set it.
class LanguageCheck {
 public:
  explicit LanguageCheck(Auditor& a) : m_a(a), m_allowed(a.house.languages) {
    if (m_allowed.empty() && a.reference != nullptr && !a.reference->language().empty())
      m_allowed.push_back(a.reference->language());
  }
  bool knows() const { return !m_allowed.empty(); }

  void look(const TextPart& part, const TextParagraph& p) {
    if (p.is_blank()) return;
    const StyleSheet& styles = m_a.subject.styles_of(part);
    pugi::xml_node last;
    bool first = true;
    for (const Run& run : p.runs) {
      if (!first && run.span == last) continue;
      first = false;
      last = run.span;
      const std::string language = run_property(styles, p, run, "t|fo:language");
      const std::string country = run_property(styles, p, run, "t|fo:country");
      if (language.empty() || language == "none" || language == "zxx") continue;
      std::string tag = language;
      if (!country.empty() && country != "none") tag += "-" + country;
      if (std::find(m_allowed.begin(), m_allowed.end(), tag) != m_allowed.end()) continue;
      const bool is_new =
          m_found.try_emplace(tag, m_a.subject.place(part, p, run.begin, run.length)).second;
      if (is_new) m_count[tag] = 0;
      if (m_last[tag] != &p) ++m_count[tag];
      m_last[tag] = &p;
    }
  }

  void report() {
    for (const auto& [tag, place] : m_found) {
      const int count = m_count[tag];
      const std::string subject = count == 1
                                      ? std::string("Text of one paragraph is")
                                      : "Text of " + std::to_string(count) + " paragraphs is";
      // English of another country is put right; another language may be a quotation.
      const bool sibling =
          tag.substr(0, tag.find('-')) == m_allowed.front().substr(0, m_allowed.front().find('-'));
      m_a.report(Rule::language, Code::language_differs, place, {subject, tag, m_allowed.front()},
                 sibling);
    }
  }

 private:
  Auditor& m_a;
  std::vector<std::string> m_allowed;
  std::map<std::string, Place> m_found;
  std::map<std::string, int> m_count;
  std::map<std::string, const TextParagraph*> m_last;
};

} // namespace

void check_text(Auditor& a) {
  LanguageCheck language(a);
  const SignatureBlock signature = signature_block(a.subject, a.house, a.reference);
  pugi::xml_node last_list;
  const bool numbering = a.applies(Rule::numbering);
  const bool brackets = a.applies(Rule::brackets);
  const bool tags = a.applies(Rule::tags) && !a.is_template;
  const bool breaks = a.applies(Rule::non_breaking);
  const bool highlight = a.applies(Rule::highlight);
  const bool hidden = a.applies(Rule::hidden_text);
  const bool languages = a.applies(Rule::language) && language.knows();
  bool is_closed = false;
  for (const TextPart* part : {&a.subject.body, &a.subject.pages})
    for (const TextParagraph& p : part->paragraphs) {
      const bool in_body = part == &a.subject.body;
      if (numbering && in_body) {
        check_number(a, p);
        if (!a.subject.is_from_word) check_list(a, p, last_list);
      }
      if (p.text.empty()) continue;
      is_closed = in_body && (is_closed || is_closing(a.house, p.text));
      const bool to_sign =
          in_body && (signature.contains(p) ||
                      ((is_closed || p.text.starts_with("By")) && is_line_to_sign(p.text)));
      if (brackets) check_brackets(a, *part, p, to_sign);
      if (tags) check_tags(a, *part, p);
      if (breaks && in_body) check_breaks(a, *part, p);
      if (highlight) check_highlight(a, *part, p);
      if (hidden) check_display(a, *part, p);
      if (languages) language.look(*part, p);
    }
  if (languages) language.report();
}

} // namespace engross::letterhead
