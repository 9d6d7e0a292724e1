// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/style_sheet.hpp"

#include "letterhead/house/length.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace engross::letterhead {

namespace {

constexpr int k_deepest = 64;      // of inheritance; a circle ends here
constexpr double k_same_share = 1; // percent of a line; Word counts in other units

constexpr std::array<std::string_view, 4> k_sides = {"left", "right", "top", "bottom"};

bool starts_or_ends(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view e) { return name.ends_with(e); });
}

/// Formatting that a reader of a Western letter sees.
bool is_visible(std::string_view name) {
  const bool odf =
      name.starts_with("fo:") || name.starts_with("style:") || name.starts_with("text:");
  if (!odf) return false;
  if (starts_or_ends(name, {"-asian", "-complex"}) ||
      name.find("-asian-") != std::string_view::npos ||
      name.find("-complex-") != std::string_view::npos)
    return false;
  // Names that say nothing of the look, and hints to the programs that substitute fonts.
  return name != "style:font-pitch" && name != "style:font-charset" &&
         name != "style:font-family-generic" && name != "style:font-style-name" &&
         name != "style:join-border" && name != "style:writing-mode-automatic" &&
         name != "style:font-independent-line-spacing" && name != "style:snap-to-layout-grid" &&
         name != "style:punctuation-wrap" && name != "style:line-break" &&
         name != "style:text-autospace" && name != "style:use-window-font-color" &&
         name != "style:vertical-align" && name != "style:letter-kerning" &&
         !name.starts_with("fo:hyphenation-") && name != "style:writing-mode";
}

/// The first of a list of families, which is the one that is used where it is installed: Word's
/// filters write "'Liberation Serif', 'Times New Roman'".
std::string first_family(std::string_view families) {
  const char quote = families.empty() ? '\0' : families.front();
  if (quote == '\'' || quote == '"') {
    families.remove_prefix(1);
    return std::string(families.substr(0, families.find(quote)));
  }
  return std::string(families.substr(0, families.find(',')));
}

void put(Properties& out, std::string_view kind, std::string_view name, std::string_view value) {
  std::string key(kind);
  key += name;
  out[std::move(key)] = value;
}

/// fo:margin, fo:padding and fo:border stand for all four sides.
bool put_shorthand(Properties& out, std::string_view kind, std::string_view name,
                   std::string_view value) {
  if (name != "fo:margin" && name != "fo:padding" && name != "fo:border") return false;
  for (const std::string_view side : k_sides) {
    const std::string one = std::string(name) + "-" + std::string(side);
    const std::string key = std::string(kind) + one;
    if (!out.contains(key)) out[key] = value;
  }
  return true;
}

std::string tab_stops(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& stop : node.children("style:tab-stop")) {
    if (!out.empty()) out += ", ";
    out += stop.attribute("style:position").value();
    const std::string_view type = stop.attribute("style:type").value();
    if (!type.empty() && type != "left") out += " " + std::string(type);
    if (const char* leader = stop.attribute("style:leader-text").value(); *leader != '\0')
      out += " " + std::string(leader);
  }
  return out;
}

void add_group(Properties& out, const pugi::xml_node& group, std::string_view kind,
               const FontFamilies& fonts) {
  for (const pugi::xml_attribute& attribute : group.attributes()) {
    const std::string_view name = attribute.name();
    if (!is_visible(name)) continue;
    if (name == "style:font-name") {
      const auto family = fonts.find(attribute.value());
      put(out, kind, "fo:font-family",
          family == fonts.end() ? std::string_view(attribute.value()) : family->second);
    } else if (name == "fo:font-family") {
      // style:font-name, where both stand, is what Writer follows.
      if (!group.attribute("style:font-name"))
        put(out, kind, name, first_family(attribute.value()));
    } else if (!put_shorthand(out, kind, name, attribute.value())) {
      put(out, kind, name, attribute.value());
    }
  }
  if (const pugi::xml_node stops = group.child("style:tab-stops"))
    put(out, kind, "tab-stops", tab_stops(stops));
}

struct Default {
  std::string_view name;
  std::string_view value;
};

/// What is meant where nothing is said.
constexpr Default k_defaults[] = {
    {"fo:text-align", "start"},
    {"fo:font-weight", "normal"},
    {"fo:font-style", "normal"},
    {"fo:font-variant", "normal"},
    {"fo:keep-with-next", "auto"},
    {"fo:keep-together", "auto"},
    {"fo:line-height", "100%"},
    {"fo:break-before", "auto"},
    {"fo:break-after", "auto"},
    {"fo:text-transform", "none"},
    {"fo:letter-spacing", "normal"},
    {"fo:background-color", "transparent"},
    {"fo:orphans", "0"},
    {"fo:widows", "0"},
    {"fo:hyphenate", "false"},
    {"style:contextual-spacing", "false"},
    {"style:shadow", "none"},
    {"style:text-blinking", "false"},
    {"style:text-overline-style", "none"},
    {"style:text-emphasize", "none"},
    {"style:text-combine", "none"},
    {"style:text-scale", "100%"},
    {"style:register-true", "false"},
    {"style:auto-text-indent", "false"},
    {"style:text-underline-style", "none"},
    {"style:text-line-through-style", "none"},
    {"style:text-position", "0% 100%"},
    {"text:display", "true"},
    {"text:number-lines", "true"},
    {"fo:text-shadow", "none"},
    {"style:text-outline", "false"},
    {"style:font-relief", "none"},
    {"style:justify-single-word", "false"},
    {"fo:text-align-last", "start"},
    {"style:letter-kerning", "false"},
};

std::string_view plain(std::string_view property) {
  const std::size_t bar = property.find('|');
  return bar == std::string_view::npos ? property : property.substr(bar + 1);
}

std::string_view with_default(std::string_view property, std::string_view value) {
  if (!value.empty()) {
    if (value == "left" && property == "fo:text-align") return "start";
    if (value == "right" && property == "fo:text-align") return "end";
    if (value == "normal" && property == "fo:line-height") return "100%";
    if (value == "0pt" && property == "fo:letter-spacing") return "normal";
    return value;
  }
  for (const Default& d : k_defaults)
    if (d.name == property) return d.value;
  if (property.starts_with("fo:margin") || property.starts_with("fo:padding") ||
      property == "fo:text-indent")
    return "0in";
  if (property.starts_with("fo:border")) return "none";
  return value;
}

bool same_list(std::string_view a, std::string_view b) {
  // Tab stops: length by length.
  while (!a.empty() || !b.empty()) {
    const std::size_t i = std::min(a.find(", "), a.size());
    const std::size_t k = std::min(b.find(", "), b.size());
    const std::string_view x = a.substr(0, i);
    const std::string_view y = b.substr(0, k);
    const auto p = points_of(x.substr(0, x.find(' ')));
    const auto q = points_of(y.substr(0, y.find(' ')));
    const bool same = p && q ? same_length(*p, *q) : x == y;
    if (!same) return false;
    a.remove_prefix(std::min(i + 2, a.size()));
    b.remove_prefix(std::min(k + 2, b.size()));
  }
  return true;
}

bool same_words(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           const auto lower = [](char c) {
             return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
           };
           return lower(x) == lower(y);
         });
}

/// "0.5pt solid #000000" and "0.51pt solid #000000" print the same line.
bool same_words_and_lengths(std::string_view a, std::string_view b) {
  while (true) {
    const std::size_t i = std::min(a.find(' '), a.size());
    const std::size_t k = std::min(b.find(' '), b.size());
    const std::optional<double> p = points_of(a.substr(0, i));
    const std::optional<double> q = points_of(b.substr(0, k));
    const bool same = p && q ? same_length(*p, *q) : same_words(a.substr(0, i), b.substr(0, k));
    if (!same || (i == a.size()) != (k == b.size())) return false;
    if (i == a.size()) return true;
    a.remove_prefix(i + 1);
    b.remove_prefix(k + 1);
  }
}

/// The number of a percentage.
double share_of(std::string_view percent) {
  double share = 0;
  std::from_chars(percent.data(), percent.data() + percent.size(), share);
  return share;
}

/// 80% of what is inherited.
std::string scaled(std::string_view percent, std::string_view inherited) {
  const std::optional<double> base = points_of(inherited);
  const double share = share_of(percent);
  return base ? point_text(*base * share / 100) : std::string(percent);
}

} // namespace

Properties own_properties(const pugi::xml_node& style, const FontFamilies& fonts) {
  Properties out;
  add_group(out, style.child("style:paragraph-properties"), "p|", fonts);
  add_group(out, style.child("style:text-properties"), "t|", fonts);
  for (const char* name : {"style:list-style-name", "style:list-level", "style:master-page-name",
                           "style:default-outline-level"})
    if (const pugi::xml_attribute attribute = style.attribute(name))
      put(out, "s|", name, attribute.value());
  return out;
}

bool same_value(std::string_view property, std::string_view a, std::string_view b) {
  const std::string_view name = plain(property);
  a = with_default(name, a);
  b = with_default(name, b);
  if (same_words(a, b)) return true;
  if (name.ends_with("line-height") && a.ends_with('%') && b.ends_with('%'))
    return std::abs(share_of(a) - share_of(b)) <= k_same_share;
  if (name == "tab-stops") return same_list(a, b);
  return same_words_and_lengths(a, b);
}

std::string_view property_name(std::string_view property) {
  const std::string_view name = plain(property);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string value_text(std::string_view property, std::string_view value) {
  const std::string_view out = with_default(plain(property), value);
  if (out.empty()) return "not set";
  // Punctuation would be lost in a sentence.
  return out.size() < 3 && out.find_first_of(".,;:()[]-") != std::string_view::npos
             ? "“" + std::string(out) + "”"
             : std::string(out);
}

StyleSheet::StyleSheet(const pugi::xml_document& styles, const pugi::xml_node& automatic,
                       const pugi::xml_node& more_fonts) {
  const pugi::xml_node root = styles.document_element();
  for (const pugi::xml_node& fonts : {more_fonts, root.child("office:font-face-decls")})
    for (const pugi::xml_node& font : fonts.children("style:font-face"))
      m_fonts[font.attribute("style:name").value()] =
          first_family(font.attribute("svg:font-family").value());
  const pugi::xml_node named = root.child("office:styles");
  for (const pugi::xml_node& style : named.children("style:default-style"))
    if (std::string_view(style.attribute("style:family").value()) == "paragraph")
      m_defaults = own_properties(style, m_fonts);
  add(automatic, true);
  add(named, false);
  for (const auto& [key, style] : m_styles) resolve(key, 0);
}

void StyleSheet::add(const pugi::xml_node& styles, bool is_automatic) {
  for (const pugi::xml_node& node : styles.children("style:style")) {
    const Space space = family_space(node.attribute("style:family").value());
    if (space != Space::paragraph && space != Space::text) continue;
    const std::string_view name = node.attribute("style:name").value();
    // An automatic style hides a named one of its name.
    const auto [at, is_new] = m_styles.try_emplace(style_key(space, name));
    if (!is_new) continue;
    at->second.node = node;
    at->second.parent = node.attribute("style:parent-style-name").value();
    at->second.is_automatic = is_automatic;
    at->second.own = own_properties(node, m_fonts);
    if (is_automatic) continue;
    const char* display = node.attribute("style:display-name").value();
    m_display.emplace(style_key(space, *display != '\0' ? display : name), name);
  }
}

const Properties& StyleSheet::resolve(const std::string& key, int depth) {
  Style& style = m_styles.find(key)->second;
  if (!style.resolved.empty()) return style.resolved;
  const Space space = static_cast<Space>(key.front());
  if (space == Space::paragraph) style.resolved = m_defaults;
  const std::string parent = style_key(space, style.parent);
  if (!style.parent.empty() && depth < k_deepest && m_styles.contains(parent) && parent != key)
    style.resolved = resolve(parent, depth + 1);
  for (const auto& [name, value] : style.own) {
    std::string& to = style.resolved[name];
    to =
        name == "t|fo:font-size" && value.ends_with('%') && !to.empty() ? scaled(value, to) : value;
  }
  // A page asked for is not inherited by what follows it in the text; drift would count it twice.
  return style.resolved;
}

const StyleSheet::Style* StyleSheet::find(Space space, std::string_view name) const {
  const auto at = m_styles.find(style_key(space, name));
  return at == m_styles.end() ? nullptr : &at->second;
}

std::string StyleSheet::named(Space space, std::string_view name) const {
  std::string out(name);
  const Style* style = find(space, out);
  for (int depth = 0; style != nullptr && style->is_automatic && depth < k_deepest; ++depth) {
    out = style->parent;
    style = find(space, out);
  }
  return out;
}

std::string StyleSheet::origin(Space space, std::string_view name,
                               std::string_view property) const {
  std::string out(name);
  std::set<std::string> seen = {out};
  for (const Style* style = find(space, out);
       style != nullptr && !style->own.contains(property) && !style->parent.empty();
       style = find(space, out)) {
    if (find(space, style->parent) == nullptr || !seen.insert(style->parent).second) break;
    out = style->parent;
  }
  return out;
}

std::string StyleSheet::display_name(Space space, std::string_view name) const {
  const Style* style = find(space, name);
  if (style == nullptr) return std::string(name);
  const char* display = style->node.attribute("style:display-name").value();
  return *display != '\0' ? display : std::string(name);
}

std::string StyleSheet::by_display_name(Space space, std::string_view display) const {
  const auto at = m_display.find(style_key(space, display));
  return at == m_display.end() ? std::string() : at->second;
}

} // namespace engross::letterhead
