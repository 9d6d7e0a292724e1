// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/formatting.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <set>

namespace engross::letterhead {

namespace {

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// "margin-left, font-size" for a sentence, and whether repair takes all of it off.
struct ByHand {
  std::set<std::string> names;
  bool all_removed = true;
  std::size_t begin = 0;
  std::size_t length = 0;
};

void note(const House& house, const Properties& changed, bool keeps_measures, ByHand& out) {
  for (const auto& [property, value] : changed) {
    const std::string name(property_name(property));
    if (is_allowed_by_hand(house, property)) continue;
    out.names.insert(name);
    out.all_removed = out.all_removed && is_removed_by_hand(house, property) &&
                      !(keeps_measures && property.starts_with("p|")) &&
                      !stays_by_hand(property, value);
  }
}

/// A flush continuation between the entries of a list, as Word has it: the style of an entry, its
/// number switched off.
bool continues_list(const StyleSheet& styles, const TextParagraph& p) {
  const StyleSheet::Style* style = styles.find(Space::paragraph, style_of(p));
  if (style == nullptr || !style->is_automatic) return false;
  const pugi::xml_attribute list = style->node.attribute("style:list-style-name");
  const StyleSheet::Style* parent = styles.find(Space::paragraph, style->parent);
  if (!list || *list.value() != '\0' || parent == nullptr) return false;
  const auto at = parent->resolved.find("s|style:list-style-name");
  return at != parent->resolved.end() && !at->second.empty();
}

} // namespace

bool is_allowed_by_hand(const House& house, std::string_view property) {
  std::string_view name = property_name(property);
  // How wide and in which colour an underline is goes with it.
  for (const std::string_view line : {"text-underline-", "text-line-through-"})
    if (name.starts_with(line))
      name = line == "text-underline-" ? "text-underline-style" : "text-line-through-style";
  // Each of these has a rule of its own.
  for (const std::string_view other :
       {"break-before", "break-after", "master-page-name", "page-number", "language", "country",
        "background-color", "display", "keep-with-next", "keep-together", "list-style-name",
        "list-level", "default-outline-level", "orphans", "widows"})
    if (name == other) return true;
  return std::find(house.allowed_by_hand.begin(), house.allowed_by_hand.end(), name) !=
         house.allowed_by_hand.end();
}

bool is_removed_by_hand(const House& house, std::string_view property) {
  return std::find(house.removed_by_hand.begin(), house.removed_by_hand.end(),
                   property_name(property)) != house.removed_by_hand.end();
}

bool is_symbol_font(std::string_view family) {
  std::string name;
  for (const char c : family)
    if (c != '\'' && c != '"' && c != ' ')
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view font :
       {"wingdings", "webdings", "symbol", "standardsymbols", "zapfdingbats", "itczapfdingbats",
        "dingbats", "d050000l", "mtextra", "opensymbol", "starsymbol", "segoeuisymbol",
        "segoeuiemoji", "marlett"})
    if (name.starts_with(font)) return true;
  return false;
}

bool is_unreadable_size(std::string_view size) {
  constexpr double k_readable = 4; // points
  const std::optional<double> points = points_of(size);
  return points && *points < k_readable;
}

bool stays_by_hand(std::string_view property, std::string_view value) {
  const std::string_view name = property_name(property);
  return (name == "font-family" && is_symbol_font(value)) ||
         (name == "font-size" && is_unreadable_size(value));
}

bool needs_measures(const StyleSheet& styles, std::string_view paragraph_style) {
  const std::string named = styles.named(Space::paragraph, paragraph_style);
  return named.empty() || named == k_main_page;
}

Properties changed_by_paragraph(const StyleSheet& styles, std::string_view name) {
  const StyleSheet::Style* style = styles.find(Space::paragraph, name);
  if (style == nullptr || !style->is_automatic) return {};
  const StyleSheet::Style* parent = styles.find(Space::paragraph, style->parent);
  const Properties& base = parent == nullptr ? styles.paragraph_defaults() : parent->resolved;
  Properties out;
  for (const auto& [property, value] : style->own) {
    const auto at = base.find(property);
    if (!same_value(property, value, at == base.end() ? std::string_view() : at->second))
      out[property] = value;
  }
  return out;
}

Properties changed_by_span(const StyleSheet& styles, const TextParagraph& p,
                           const pugi::xml_node& span) {
  const StyleSheet::Style* style =
      styles.find(Space::text, span.attribute("text:style-name").value());
  if (style == nullptr || !style->is_automatic) return {};
  Run outside;
  outside.span = span.parent();
  Properties out;
  for (const auto& [property, value] : style->own)
    if (!same_value(property, value, run_property(styles, p, outside, property)))
      out[property] = value;
  return out;
}

void check_direct_formatting(Auditor& a) {
  if (!a.applies(Rule::direct_formatting)) return;
  std::size_t all = 0;
  std::size_t by_hand = 0;
  bool all_removed = true;
  for (const TextPart* part : {&a.subject.body, &a.subject.pages}) {
    const StyleSheet& styles = a.subject.styles_of(*part);
    for (const TextParagraph& p : part->paragraphs) {
      if (part == &a.subject.body) all += characters_of(p.text);
      if (p.is_blank()) continue;
      ByHand found;
      Properties of_paragraph = changed_by_paragraph(styles, style_of(p));
      // The measures of headers and footers belong to the letterhead.
      if (p.flow == Flow::page)
        std::erase_if(of_paragraph, [](const auto& one) { return !one.first.starts_with("t|"); });
      // Word has the indents of lists in their paragraphs.
      if (a.subject.is_from_word && (p.list || continues_list(styles, p)))
        std::erase_if(of_paragraph, [](const auto& one) {
          return one.first == "p|fo:margin-left" || one.first == "p|fo:text-indent";
        });
      note(a.house, of_paragraph, needs_measures(styles, style_of(p)), found);
      std::size_t characters = found.names.empty() ? 0 : characters_of(p.text);
      const bool whole = characters > 0;
      pugi::xml_node last;
      bool last_counts = false;
      for (const Run& run : p.runs) {
        if (run.span != last) {
          last = run.span;
          const std::size_t before = found.names.size();
          ByHand here;
          for (pugi::xml_node span = run.span; span && span != p.node; span = span.parent())
            if (std::string_view(span.name()) == "text:span")
              note(a.house, changed_by_span(styles, p, span), false, here);
          last_counts = !here.names.empty();
          found.names.insert(here.names.begin(), here.names.end());
          found.all_removed = found.all_removed && here.all_removed;
          if (last_counts && before == 0 && found.length == 0 && !whole) {
            found.begin = run.begin;
            found.length = run.length;
          }
        }
        if (last_counts && !whole)
          characters += characters_of(std::string_view(p.text).substr(run.begin, run.length));
      }
      if (part == &a.subject.body) by_hand += characters;
      if (found.names.empty()) continue;
      all_removed = all_removed && found.all_removed;
      std::string names;
      for (const std::string& name : found.names) names += (names.empty() ? "" : ", ") + name;
      names.front() = static_cast<char>(
          names.front() >= 'a' && names.front() <= 'z' ? names.front() - 'a' + 'A' : names.front());
      if (!whole)
        names +=
            " of " + std::to_string(characters) + (characters == 1 ? " character" : " characters");
      const std::string verb = found.names.size() == 1 ? "is" : "are";
      a.report(Rule::direct_formatting, Code::formatted_by_hand,
               a.subject.place(*part, p, found.begin, found.length), {names, verb},
               found.all_removed);
    }
  }
  if (all > 0 &&
      static_cast<double>(by_hand) * 100 > a.house.most_by_hand * static_cast<double>(all))
    a.report(Rule::direct_formatting, Code::too_much_by_hand, a.subject.place("content.xml"),
             {std::to_string(by_hand), std::to_string(all),
              std::to_string(static_cast<int>(a.house.most_by_hand))},
             all_removed);
}

} // namespace engross::letterhead
