// SPDX-License-Identifier: MPL-2.0
#include "letterhead/spacing.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/length.hpp"
#include "letterhead/pages.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <string_view>

namespace engross::letterhead {

namespace {

constexpr double k_visible = 3; // points: less is no distance between paragraphs
constexpr double k_none = 1;
constexpr int k_deepest = 20; // of styles that inherit from one another
constexpr const char* k_properties = "style:paragraph-properties";
constexpr const char* k_parent = "style:parent-style-name";

pugi::xml_node named_style(const StyleIndex& index, std::string_view name) {
  const auto at = index.named.find(style_key(Space::paragraph, name));
  return at == index.named.end() ? pugi::xml_node() : at->second;
}

/// A margin of a style's own, also where all four are named at once.
std::string_view own_margin(const pugi::xml_node& style, const char* side) {
  const pugi::xml_node properties = style.child(k_properties);
  const std::string_view own = attribute_of(properties, side);
  return own.empty() ? attribute_of(properties, "fo:margin") : own;
}

std::string_view margin(const StyleIndex& index, const pugi::xml_node& defaults,
                        std::string_view name, const char* side) {
  pugi::xml_node style = index.find(Space::paragraph, name);
  for (int depth = 0; style && depth < k_deepest; ++depth) {
    if (const std::string_view own = own_margin(style, side); !own.empty()) return own;
    style = named_style(index, attribute_of(style, k_parent));
  }
  return own_margin(defaults, side);
}

/// Standard itself, or made of it by hand.
bool is_standard(const StyleIndex& index, std::string_view name) {
  if (name.empty() || name == k_main_page) return true;
  const auto at = index.automatic.find(style_key(Space::paragraph, name));
  if (at == index.automatic.end()) return false;
  const std::string_view parent = attribute_of(at->second, k_parent);
  return parent.empty() || parent == k_main_page;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

} // namespace

double Spacing::Distance::sum() const {
  return points_of(top).value_or(0) + points_of(bottom).value_or(0);
}

StyleIndex Spacing::index(const StyleImport& styles) const {
  StyleIndex out;
  add_definitions(out.automatic,
                  m_letter.content.document_element().child("office:automatic-styles"));
  add_definitions(out.named, styles.named());
  return out;
}

pugi::xml_node Spacing::defaults(const StyleImport& styles) {
  return styles.named().find_child_by_attribute("style:default-style", "style:family", "paragraph");
}

Spacing::Distance Spacing::distance(const StyleIndex& index, const pugi::xml_node& defaults,
                                    std::string_view style) {
  // A paragraph without a style has Writer's default one.
  const std::string_view name = style.empty() ? k_main_page : style;
  return {std::string(margin(index, defaults, name, "fo:margin-top")),
          std::string(margin(index, defaults, name, "fo:margin-bottom"))};
}

Spacing::Spacing(odf::Document& letter, const StyleImport& styles) : m_letter(letter) {
  const StyleIndex all = index(styles);
  const pugi::xml_node fallback = defaults(styles);
  const Distance standard = distance(all, fallback, {});
  if (standard.sum() < k_visible) return;
  for_each_flow_element(letter.content, [&](const pugi::xml_node& element, bool) {
    const auto [space, style] = flow_style(element);
    if (space != Space::paragraph || !is_standard(all, style)) return;
    const Distance was = distance(all, fallback, style);
    if (was.sum() >= k_visible) m_paragraphs.push_back({element, was});
  });
  for (const auto& [key, style] : all.named) {
    if (attribute_of(style, k_parent) != k_main_page || styles.is_letterheads(style) ||
        attribute_of(style, "style:family") != "paragraph")
      continue;
    const std::string_view name = attribute_of(style, "style:name");
    if (const Distance was = distance(all, fallback, name); was.sum() >= k_visible)
      m_own.emplace(name, was);
  }
}

/// The letterhead's style for the paragraphs of a letter; empty without one.
std::string Spacing::text_style(const StyleImport& styles, const StyleIndex& index) {
  std::string out;
  std::size_t shortest = 0;
  for (const pugi::xml_node& style : styles.named().children("style:style")) {
    if (attribute_of(style, "style:family") != "paragraph" || !styles.is_letterheads(style))
      continue;
    const std::string_view name = attribute_of(style, "style:name");
    const std::string shown = lower(shown_name(style));
    const bool is_text = shown.find("body") != std::string::npos ||
                         shown.find("textk\u00f6rper") != std::string::npos ||
                         shown.find("corps de texte") != std::string::npos;
    if (!is_text || (!out.empty() && shown.size() >= shortest)) continue;
    if (style.attribute("style:list-style-name") || style.attribute("style:master-page-name"))
      continue;
    if (distance(index, defaults(styles), name).sum() < k_visible) continue;
    out = name;
    shortest = shown.size();
  }
  return out;
}

void Spacing::write(pugi::xml_node style, const Distance& distance) {
  pugi::xml_node properties = style.child(k_properties);
  if (!properties) properties = style.prepend_child(k_properties);
  if (!properties.attribute("fo:margin-top"))
    set_attribute(properties, "fo:margin-top", distance.top.empty() ? "0pt" : distance.top);
  if (!properties.attribute("fo:margin-bottom"))
    set_attribute(properties, "fo:margin-bottom",
                  distance.bottom.empty() ? "0pt" : distance.bottom);
}

/// For paragraphs that stand in Standard itself.
std::string Spacing::automatic_style(const Distance& distance) {
  pugi::xml_node root = m_letter.content.document_element();
  pugi::xml_node automatic = ensure_child(root, "office:automatic-styles", {"office:body"});
  std::string name;
  do name = "Spaced" + std::to_string(++m_number);
  while (automatic.find_child_by_attribute("style:style", "style:name", name.c_str()));
  pugi::xml_node style = automatic.append_child("style:style");
  set_attribute(style, "style:name", name);
  set_attribute(style, "style:family", "paragraph");
  set_attribute(style, k_parent, k_main_page);
  write(style, distance);
  return name;
}

Findings Spacing::keep(const StyleImport& styles, const std::string& letterhead) {
  Findings out;
  if (m_paragraphs.empty() && m_own.empty()) return out;
  const StyleIndex all = index(styles);
  const pugi::xml_node fallback = defaults(styles);
  for (const auto& [name, was] : m_own) {
    const pugi::xml_node style = named_style(all, name);
    if (style && distance(all, fallback, name).sum() < k_none) write(style, was);
  }
  if (distance(all, fallback, {}).sum() >= k_none) return out;

  const std::string text = text_style(styles, all);
  std::unordered_map<std::string, bool> done; // automatic styles, whether they lost their distance
  std::string spaced;
  std::size_t count = 0;
  for (Paragraph& paragraph : m_paragraphs) {
    const std::string name(flow_style(paragraph.node).second);
    const auto automatic = all.automatic.find(style_key(Space::paragraph, name));
    if (automatic == all.automatic.end()) {
      if (text.empty() && spaced.empty()) spaced = automatic_style(paragraph.was);
      set_attribute(paragraph.node, "text:style-name", text.empty() ? spaced : text);
    } else {
      const auto [at, is_new] = done.emplace(name, true);
      if (is_new) at->second = distance(all, fallback, name).sum() < k_none; // else it is by hand
      if (!at->second) continue;
      if (is_new && text.empty()) write(automatic->second, paragraph.was);
      if (is_new && !text.empty()) set_attribute(automatic->second, k_parent, text);
    }
    m_letter.content_changed = true;
    if (!holds_only_block_tags(paragraph.node)) ++count;
  }
  if (text.empty() || count == 0) return out;
  Place place;
  place.file = m_letter.package.name();
  place.part = "content.xml";
  const std::string many =
      count == 1 ? std::string("One paragraph") : std::to_string(count) + " paragraphs";
  out.push_back(make_finding(Code::spacing_style_given, std::move(place),
                             {many, k_main_page, letterhead, shown_name(named_style(all, text))}));
  return out;
}

} // namespace engross::letterhead
