// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/printed.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/formatting.hpp"
#include "odf/list_numbering.hpp"

#include <unordered_map>

#include <map>

namespace engross::letterhead {

namespace {

constexpr char k_mark_begin = '\x02';
constexpr char k_mark_end = '\x03';

using Numbers = std::unordered_map<std::size_t, std::string>; // hash of the paragraph's node

Numbers list_numbers(const Subject& subject) {
  const pugi::xml_node content = subject.document.content.document_element();
  odf::ListStyles styles;
  styles.read(subject.document.styles.document_element().child("office:styles"));
  styles.read(content.child("office:automatic-styles"));
  Numbers out;
  odf::number_lists(content.child("office:body").child("office:text"), styles,
                    [&](pugi::xml_node paragraph, const std::vector<odf::LevelNumber>& levels) {
                      std::string& number = out[paragraph.hash_value()];
                      for (const odf::LevelNumber& level : levels) number += level.text + " ";
                    });
  return out;
}

/// The numbers of headings by the outline (ODF 1.3 part 3, 16.32): the count of each level, and
/// what the level makes of it.
class Outline {
 public:
  explicit Outline(const Subject& subject) {
    const pugi::xml_node named = subject.document.styles.document_element().child("office:styles");
    for (const pugi::xml_node& level : named.child("text:outline-style").children()) {
      std::string form = level.attribute("style:num-format").value();
      if (form.empty()) continue;
      for (const char* name :
           {"style:num-prefix", "style:num-suffix", "text:start-value", "text:display-levels"})
        form += "|" + std::string(level.attribute(name).value());
      m_forms[level.attribute("text:level").as_int()] = form;
    }
  }

  std::string number(const pugi::xml_node& heading) {
    const int level = heading.attribute("text:outline-level").as_int(1);
    if (heading.attribute("text:is-list-header").as_bool()) return {};
    ++m_counts[level];
    m_counts.erase(m_counts.upper_bound(level), m_counts.end());
    const auto form = m_forms.find(level);
    if (form == m_forms.end()) return {};
    std::string out;
    for (const auto& [one, count] : m_counts) out += std::to_string(count) + ".";
    return out + form->second;
  }

 private:
  std::map<int, std::string> m_forms;
  std::map<int, int> m_counts;
};

/// What is no word is told apart by characters that no XML may hold.
std::string mark(std::string_view what) { return k_mark_begin + std::string(what) + k_mark_end; }

/// "super" or "sub" of style:text-position ("super 58%", "-33% 100%"); empty: on the line.
std::string position_of(const std::string& value) {
  if (value.starts_with("super")) return mark("super");
  if (value.starts_with("sub") || value.starts_with('-')) return mark("sub");
  return value.empty() || value.starts_with('0') ? "" : mark("super");
}

/// What makes other words of a run than its letters say: raised or lowered, struck out, in
/// capitals, too small to be read.
std::string looks(const StyleSheet& styles, const TextParagraph& p, const Run& run) {
  std::string out = position_of(run_property(styles, p, run, "t|style:text-position", true));
  for (const char* line : {"t|style:text-line-through-style", "t|style:text-line-through-type"}) {
    const std::string value = run_property(styles, p, run, line);
    if (value.empty() || value == "none") continue;
    out += mark("struck");
    break;
  }
  const std::string letters = run_property(styles, p, run, "t|fo:text-transform");
  if (!letters.empty() && letters != "none") out += mark(letters);
  if (is_unreadable_size(run_property(styles, p, run, "t|fo:font-size"))) out += mark("small");
  return out;
}

std::string words(const StyleSheet& styles, const TextParagraph& p) {
  std::string out;
  std::string last;
  for (const Run& run : p.runs) {
    const std::string family = run_property(styles, p, run, "t|fo:font-family");
    if (is_symbol_font(family)) out += mark(family);
    const std::string display = run_property(styles, p, run, "t|text:display");
    if (!display.empty() && display != "true") out += mark("hidden");
    const std::string text = p.text.substr(run.begin, run.length);
    if (text.find_first_not_of(" \t\n") != std::string::npos) {
      std::string look = looks(styles, p, run);
      if (look != last) out += mark(look);
      last = std::move(look);
    }
    out += text;
  }
  out = comparable(out);
  // A tag is code: there a non-breaking space is another character than a blank.
  for (const auto& [begin, end] : tags_of(p.text)) out += p.text.substr(begin, end - begin);
  return out;
}

} // namespace

namespace {

/// What fields print that is kept in meta.xml, whatever they said last.
void add_properties(const Subject& subject, std::vector<std::string>& out) {
  const auto shown = odf::shown_meta(subject.document.content, subject.document.styles);
  for (const pugi::xml_node& node :
       subject.document.meta.document_element().child("office:meta").children())
    if (shown.contains(std::string_view(node.name())))
      out.push_back(mark("property") + "\t" + comparable(node.text().get()));
}

} // namespace

std::string words_alone(std::string_view line) {
  std::string out;
  int depth = 0;
  for (const char c : line) {
    if (c == k_mark_begin) ++depth;
    if (depth == 0) out += c;
    if (c == k_mark_end) --depth;
  }
  return out;
}

std::vector<std::string> printed(const Subject& subject, bool of_template) {
  const StyleSheet& styles = *subject.body_styles;
  StyleIndex index;
  add_definitions(index.automatic,
                  subject.document.content.document_element().child("office:automatic-styles"));
  add_definitions(index.named, subject.document.styles.document_element().child("office:styles"));
  MasterPageResolver pages(index);
  const Numbers numbers = list_numbers(subject);
  Outline outline(subject);
  std::vector<std::string> out;
  bool begins_page = false;
  for (const TextParagraph& p : subject.body.paragraphs) {
    std::string number;
    if (const auto at = numbers.find(p.node.hash_value()); at != numbers.end())
      number = at->second;
    else if (std::string_view(p.node.name()) == "text:h" && !p.list)
      number = outline.number(p.node);
    if (of_template && !number.empty()) number = "#";
    begins_page = begins_page || paragraph_property(styles, p, "p|fo:break-before") == "page" ||
                  !pages.master_page(Space::paragraph, style_of(p)).empty();
    const bool ends_page = paragraph_property(styles, p, "p|fo:break-after") == "page";
    if (p.is_blank() && number.empty()) {
      begins_page = begins_page || ends_page;
      continue;
    }
    // The first one begins a page whether it says so or not.
    out.push_back((begins_page && !out.empty() ? mark("page") : "") + number + "\t" +
                  words(styles, p));
    begins_page = ends_page;
  }
  add_properties(subject, out);
  return out;
}

} // namespace engross::letterhead
