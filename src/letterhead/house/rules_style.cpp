// SPDX-License-Identifier: MPL-2.0
#include "letterhead/body.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/formatting.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace engross::letterhead {

namespace {

constexpr int k_deepest = 64; // of inheritance

std::string quoted(std::string_view name) { return "“" + std::string(name) + "”"; }

std::string_view value_in(const Properties& properties, const std::string& name) {
  const auto at = properties.find(name);
  return at == properties.end() ? std::string_view() : std::string_view(at->second);
}

/// The page that a style asks for is the business of other rules; the language too.
bool is_compared(const Auditor& a, std::string_view property) {
  // The conversion has its own lists, and counts tab stops from elsewhere.
  if (a.subject.is_from_word &&
      (property == "s|style:list-style-name" || property_name(property) == "tab-stops"))
    return false;
  return property != "s|style:master-page-name" && property != "t|fo:language" &&
         property != "t|fo:country";
}

/// Whether the parent has drifted the same way, which is then told of the parent.
bool is_inherited(const Auditor& a, Space space, const StyleSheet::Style& ours,
                  const StyleSheet::Style& theirs, const std::string& property) {
  if (ours.parent.empty() || ours.parent != theirs.parent) return false;
  const StyleSheet::Style* p = a.subject.body_styles->find(space, ours.parent);
  const StyleSheet::Style* q = a.reference->styles().find(space, theirs.parent);
  return p != nullptr && q != nullptr &&
         same_value(property, value_in(p->resolved, property), value_in(ours.resolved, property)) &&
         same_value(property, value_in(q->resolved, property), value_in(theirs.resolved, property));
}

/// Where a list style stands nearer than an indent, its level decides (ODF 1.3 part 3, 17.20).
std::string effective(const StyleSheet& sheet, const std::map<std::string, ListLevels>& lists,
                      Space space, const StyleSheet::Style& style, const std::string& property) {
  const std::string resolved(value_in(style.resolved, property));
  if (property != "p|fo:margin-left" && property != "p|fo:text-indent") return resolved;
  const StyleSheet::Style* at = &style;
  for (int depth = 0; at != nullptr && depth < k_deepest; ++depth) {
    if (at->own.contains(property)) return resolved;
    const auto list = at->own.find("s|style:list-style-name");
    if (list != at->own.end()) {
      const auto levels = lists.find(list->second);
      if (levels == lists.end()) return resolved;
      const std::string_view number = value_in(style.resolved, "s|style:list-level");
      const auto level = levels->second.find("level " + std::string(number.empty() ? "1" : number));
      if (level == levels->second.end()) return resolved;
      const auto value = level->second.find(property.substr(2));
      return value == level->second.end() ? resolved : value->second;
    }
    at = at->parent.empty() ? nullptr : sheet.find(space, at->parent);
  }
  return resolved;
}

std::map<std::string, ListLevels> lists_of(const pugi::xml_document& styles) {
  std::map<std::string, ListLevels> out;
  for (const pugi::xml_node& list :
       styles.document_element().child("office:styles").children("text:list-style"))
    out[list.attribute("style:name").value()] = list_levels(list);
  return out;
}

void check_drift(Auditor& a, const StyleSheet& sheet) {
  const std::map<std::string, ListLevels> lists = lists_of(a.subject.document.styles);
  for (const auto& [key, theirs] : a.reference->styles().all()) {
    if (theirs.is_automatic) continue;
    const Space space = static_cast<Space>(key.front());
    std::string name = key.substr(1);
    const std::string display = a.reference->styles().display_name(space, name);
    const StyleSheet::Style* ours = sheet.find(space, name);
    if (ours == nullptr || ours->is_automatic) {
      name = sheet.by_display_name(space, display);
      ours = name.empty() ? nullptr : sheet.find(space, name);
    }
    if (ours == nullptr || ours->is_automatic) continue;
    std::set<std::string> properties;
    for (const auto& [property, value] : ours->resolved) properties.insert(property);
    for (const auto& [property, value] : theirs.resolved) properties.insert(property);
    for (const std::string& property : properties) {
      // What differs because the list differs is told of the list.
      if (same_value(property, value_in(ours->resolved, property),
                     value_in(theirs.resolved, property)))
        continue;
      const std::string here = effective(sheet, lists, space, *ours, property);
      const std::string there =
          effective(a.reference->styles(), a.reference->lists(), space, theirs, property);
      if (!is_compared(a, property) || same_value(property, here, there) ||
          is_inherited(a, space, *ours, theirs, property))
        continue;
      a.report(Rule::style_definitions, Code::style_drifted, a.subject.place("styles.xml"),
               {quoted(display), property_name(property), value_text(property, here),
                value_text(property, there)},
               true);
    }
  }
}

/// "(A)" for a level.
std::string number_of(const std::map<std::string, std::string>& level) {
  const auto value = [&](const char* name) {
    const auto at = level.find(name);
    return at == level.end() ? std::string() : at->second;
  };
  return value("style:num-prefix") + value("style:num-format") + value("style:num-suffix") +
         value("text:bullet-char");
}

void compare_level(Auditor& a, const std::string& name,
                   const std::map<std::string, std::string>& ours,
                   const std::map<std::string, std::string>& theirs, bool keeps_numbers) {
  std::set<std::string> names;
  for (const auto& [attribute, value] : theirs) names.insert(attribute);
  for (const auto& [attribute, value] : ours) names.insert(attribute);
  for (const std::string& attribute : names) {
    const auto x = ours.find(attribute);
    const auto y = theirs.find(attribute);
    const std::string_view p = x == ours.end() ? std::string_view() : x->second;
    const std::string_view q = y == theirs.end() ? std::string_view() : y->second;
    if (same_value(attribute, p, q)) continue;
    a.report(Rule::style_definitions, Code::style_drifted, a.subject.place("styles.xml"),
             {name, property_name(attribute), value_text(attribute, p), value_text(attribute, q)},
             !keeps_numbers || !is_of_number(attribute));
  }
}

/// Levels that are not there at all are told together. `deepest`: of the text's lists; `used`: of
/// this one, whose entries would get other numbers.
void compare_levels(Auditor& a, const std::string& name, const ListLevels& ours,
                    const ListLevels& theirs, bool keeps_numbers, int deepest, int used) {
  bool is_used = false;
  std::string missing;
  std::string numbers;
  for (const auto& [level, attributes] : theirs) {
    const auto at = ours.find(level);
    if (at != ours.end()) {
      compare_level(a, name + ", " + level, at->second, attributes, keeps_numbers);
      continue;
    }
    // Writer fills list styles up to ten levels, of which nobody makes use.
    const int number = std::atoi(level.c_str() + level.find(' '));
    if (number > deepest) continue;
    is_used = is_used || number <= used;
    missing += (missing.empty() ? "levels " : ", ") + level.substr(level.find(' ') + 1);
    numbers += (numbers.empty() ? "" : ", ") + number_of(attributes);
  }
  if (!missing.empty())
    a.report(Rule::style_definitions, Code::style_drifted, a.subject.place("styles.xml"),
             {name + ", " + missing, "numbering", "not set", numbers}, !keeps_numbers || !is_used);
}

void check_lists(Auditor& a) {
  const pugi::xml_node named = a.subject.document.styles.document_element().child("office:styles");
  const std::set<std::string> used = lists_in_use(a.subject);
  int deepest = 1;
  std::map<std::string, int> deepest_of;
  for (const TextParagraph& p : a.subject.body.paragraphs) {
    const int level = std::max(
        p.list_level,
        std::atoi(paragraph_property(*a.subject.body_styles, p, "s|style:list-level").c_str()));
    deepest = std::max(deepest, level);
    std::string list = paragraph_property(*a.subject.body_styles, p, "s|style:list-style-name");
    for (pugi::xml_node n = p.list; n; n = n.parent())
      if (const pugi::xml_attribute name = n.attribute("text:style-name");
          name && std::string_view(n.name()) == "text:list")
        list = name.value();
    int& own = deepest_of[list];
    own = std::max(own, level);
  }
  for (const pugi::xml_node& list : named.children("text:list-style")) {
    const auto theirs = a.reference->lists().find(list.attribute("style:name").value());
    if (theirs == a.reference->lists().end()) continue;
    const char* display = list.attribute("style:display-name").value();
    const std::string name = *display != '\0' ? display : theirs->first;
    // The text of a letter may refer to its numbers.
    compare_levels(a, quoted(name), list_levels(list), theirs->second,
                   !a.is_template && used.contains(theirs->first), deepest,
                   deepest_of[theirs->first]);
  }
}

/// Where each style of the text is used first.
using Uses = std::map<std::string, std::pair<const TextPart*, const TextParagraph*>>;

void add_use(const Auditor& a, Uses& uses, const TextPart& part, const TextParagraph& p,
             Space space, std::string_view name) {
  const std::string named = a.subject.styles_of(part).named(space, name);
  if (!named.empty()) uses.try_emplace(style_key(space, named), &part, &p);
}

Uses uses_of(const Auditor& a) {
  Uses uses;
  for (const TextPart* part : {&a.subject.body, &a.subject.pages})
    for (const TextParagraph& p : part->paragraphs) {
      add_use(a, uses, *part, p, Space::paragraph, style_of(p));
      pugi::xml_node last;
      for (const Run& run : p.runs) {
        if (run.span == last) continue;
        last = run.span;
        for (pugi::xml_node span = run.span; span && span != p.node; span = span.parent())
          if (std::string_view(span.name()) == "text:span")
            add_use(a, uses, *part, p, Space::text, span.attribute("text:style-name").value());
      }
    }
  return uses;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

void check_names(Auditor& a) {
  const StyleSheet& sheet = *a.subject.body_styles;
  for (const std::string& name : a.house.required_styles) {
    if (!sheet.by_display_name(Space::paragraph, name).empty() ||
        !sheet.by_display_name(Space::text, name).empty())
      continue;
    const bool brought = a.reference != nullptr &&
                         (!a.reference->styles().by_display_name(Space::paragraph, name).empty() ||
                          !a.reference->styles().by_display_name(Space::text, name).empty());
    a.report(Rule::styles, Code::style_missing, a.subject.place("styles.xml"), {name}, brought);
    if (!brought)
      a.hits.back().finding.hint =
          "The letterhead does not have it either: add it there, or take it off “required” in "
          "house.json.";
  }
  for (const auto& [key, use] : uses_of(a)) {
    const Space space = static_cast<Space>(key.front());
    const std::string display = sheet.display_name(space, key.substr(1));
    const Place place = a.subject.place(*use.first, *use.second);
    if (contains(a.house.forbidden_styles, display)) {
      const auto instead = a.house.replaced_styles.find(display);
      const bool known = instead != a.house.replaced_styles.end();
      const bool there =
          known && (!sheet.by_display_name(space, instead->second).empty() ||
                    (a.reference != nullptr &&
                     !a.reference->styles().by_display_name(space, instead->second).empty()));
      a.report(Rule::styles, Code::style_forbidden, place,
               {display, "The text uses",
                known ? "Use " + quoted(instead->second) + " instead."
                      : std::string("Use a style of the letterhead instead.")},
               there);
    } else if (a.house.only_letterhead_styles && a.reference != nullptr &&
               a.reference->styles().by_display_name(space, display).empty()) {
      a.report(Rule::styles, Code::style_unknown_to_letterhead, place, {display});
    }
  }
}

/// What sets a font or a size: the style behind it, or nobody but the writer's hand.
std::string source_of(const Auditor& a, const TextPart& part, const TextParagraph& p,
                      const Run& run, std::string_view property) {
  const StyleSheet& sheet = a.subject.styles_of(part);
  for (pugi::xml_node span = run.span; span && span != p.node; span = span.parent()) {
    const StyleSheet::Style* style =
        sheet.find(Space::text, span.attribute("text:style-name").value());
    if (style == nullptr || !style->resolved.contains(property)) continue;
    if (style->is_automatic && style->own.contains(property)) return {};
    return sheet.display_name(Space::text,
                              sheet.named(Space::text, span.attribute("text:style-name").value()));
  }
  const StyleSheet::Style* style = sheet.find(Space::paragraph, style_of(p));
  if (style != nullptr && style->is_automatic && style->own.contains(property)) return {};
  // Up to the style that says it: mended there, it is mended in all that inherit from it.
  std::string named = sheet.named(Space::paragraph, style_of(p));
  if (named.empty()) named = k_main_page;
  return sheet.display_name(Space::paragraph, sheet.origin(Space::paragraph, named, property));
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& one : list) out += (out.empty() ? "" : ", ") + one;
  return out;
}

/// One finding for each font (or size) and each style that sets it.
class FontCheck {
 public:
  FontCheck(Auditor& a, Rule rule, Code code, const char* property)
      : m_a(a), m_rule(rule), m_code(code), m_property(property) {}

  template <class Allowed> void run(const Allowed& is_allowed, const std::string& allowed) {
    if (!m_a.applies(m_rule) || allowed.empty()) return;
    for (const TextPart* part : {&m_a.subject.body, &m_a.subject.pages})
      for (const TextParagraph& p : part->paragraphs) {
        if (p.is_blank()) continue;
        for (const Run& run : p.runs) look(*part, p, run, is_allowed);
      }
    for (const auto& [key, found] : m_found) {
      const std::string subject = !key.second.empty() ? "The style " + quoted(key.second)
                                  : found.count == 1
                                      ? std::string("Text of one paragraph")
                                      : "Text of " + std::to_string(found.count) + " paragraphs";
      // By hand it comes off; of a style only where the letterhead brings its own definition.
      const bool theirs =
          m_a.reference != nullptr && (brings(Space::paragraph, key.second, is_allowed) ||
                                       brings(Space::text, key.second, is_allowed));
      const bool removed = contains(m_a.house.removed_by_hand, property_name(m_property));
      m_a.report(m_rule, m_code, found.place, {subject, key.first, allowed},
                 key.second.empty() ? removed && !stays_by_hand(m_property, key.first) &&
                                          m_a.applies(Rule::direct_formatting)
                                    : theirs);
    }
  }

 private:
  struct Found {
    Place place;
    int count = 0;
    int last = 0;
  };

  /// Whether the letterhead has the style, and it is right there.
  template <class Allowed>
  bool brings(Space space, std::string_view display, const Allowed& is_allowed) const {
    const StyleSheet& sheet = m_a.reference->styles();
    const std::string name = sheet.by_display_name(space, display);
    const StyleSheet::Style* style = name.empty() ? nullptr : sheet.find(space, name);
    if (style == nullptr) return false;
    const auto at = style->resolved.find(m_property);
    return at == style->resolved.end() || is_allowed(at->second);
  }

  /// A character style may say 150% of the paragraph's size.
  std::string value_of(const StyleSheet& sheet, const TextParagraph& p, const Run& run) const {
    std::string value = run_property(sheet, p, run, m_property, true);
    if (!value.ends_with('%')) return value;
    const std::optional<double> base = points_of(paragraph_property(sheet, p, m_property));
    return base ? point_text(*base * std::atof(value.c_str()) / 100) : value;
  }

  template <class Allowed>
  void look(const TextPart& part, const TextParagraph& p, const Run& run,
            const Allowed& is_allowed) {
    if (run.node.type() == pugi::node_element) return;
    const std::string value = value_of(m_a.subject.styles_of(part), p, run);
    if (value.empty() || is_allowed(value)) return;
    Found& found = m_found[{value, source_of(m_a, part, p, run, m_property)}];
    if (found.count == 0) found.place = m_a.subject.place(part, p, run.begin, run.length);
    if (found.last != p.number) ++found.count;
    found.last = p.number;
  }

  Auditor& m_a;
  Rule m_rule;
  Code m_code;
  std::string m_property;
  std::map<std::pair<std::string, std::string>, Found> m_found;
};

/// Styles that are each other's parents: nobody can say how their text looks.
void check_circles(Auditor& a) {
  const pugi::xml_node named = a.subject.document.styles.document_element().child("office:styles");
  for (const std::vector<std::string>& circle : ancestry_circles(named)) {
    const std::string& key = circle.front();
    const bool is_brought = a.reference != nullptr &&
                            std::any_of(circle.begin(), circle.end(), [&](const std::string& one) {
                              return a.reference->styles().all().contains(one);
                            });
    a.report(Rule::styles, Code::style_ancestry_circle, a.subject.place("styles.xml"),
             {a.subject.body_styles->display_name(static_cast<Space>(key.front()), key.substr(1))},
             is_brought);
  }
}

} // namespace

void check_styles_of(Auditor& a) {
  if (a.applies(Rule::style_definitions) && a.reference != nullptr) {
    check_drift(a, *a.subject.body_styles);
    if (!a.subject.is_from_word) check_lists(a);
  }
  if (a.applies(Rule::styles)) {
    check_circles(a);
    check_names(a);
  }
  std::vector<std::string> fonts = a.house.fonts;
  if (fonts.empty() && a.reference != nullptr) fonts = a.reference->fonts();
  FontCheck(a, Rule::fonts, Code::font_not_allowed, "t|fo:font-family")
      .run([&](const std::string& font) { return contains(fonts, font); }, joined(fonts));
  std::vector<double> sizes = a.house.font_sizes;
  if (sizes.empty() && a.reference != nullptr) sizes = a.reference->font_sizes();
  std::vector<std::string> texts;
  texts.reserve(sizes.size());
  for (const double size : sizes) texts.push_back(point_text(size));
  FontCheck(a, Rule::font_sizes, Code::font_size_not_allowed, "t|fo:font-size")
      .run(
          [&](const std::string& value) {
            const auto points = points_of(value);
            return !points || std::any_of(sizes.begin(), sizes.end(),
                                          [&](double s) { return same_length(s, *points); });
          },
          joined(texts));
}

} // namespace engross::letterhead
