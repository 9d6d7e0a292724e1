// SPDX-License-Identifier: MPL-2.0
#include "letter/template_file.hpp"

#include "templating/render.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace engross::letter {

namespace {

constexpr std::string_view k_anchor_prefix = "_eng_header_";

bool is_shown_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata &&
         std::string_view(node.value()).find_first_not_of(" \t\r\n") != std::string_view::npos;
}

bool is_drawing(const pugi::xml_node& node) {
  return std::string_view(node.name()).starts_with("draw:");
}

template <class Visit> void for_each_element(pugi::xml_node node, const Visit& visit) {
  for (pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    visit(child);
    for_each_element(child, visit);
  }
}

bool is_bookmark(pugi::xml_node node) {
  const std::string_view name = node.name();
  return name == "text:bookmark" || name == "text:bookmark-start" || name == "text:bookmark-end";
}

} // namespace

bool has_letterhead(const odf::Document& document) {
  for (const pugi::xml_node page : document.styles.child("office:document-styles")
                                       .child("office:master-styles")
                                       .children("style:master-page"))
    for (const pugi::xml_node part : page.children()) {
      const std::string_view name = part.name();
      if (!name.starts_with("style:header") && !name.starts_with("style:footer")) continue;
      if (part.find_node(is_drawing)) return true;
      const auto paragraphs = std::count_if(part.begin(), part.end(), [](pugi::xml_node child) {
        return static_cast<bool>(child.find_node(is_shown_text));
      });
      if (paragraphs > (name.ends_with("-first") ? 0 : 1)) return true;
    }
  return false;
}

void free_anchor_names(odf::Document& document) {
  std::set<std::string> taken;
  std::map<std::string, std::string> renamed;
  for (pugi::xml_document* part : {&document.content, &document.styles})
    for_each_element(*part, [&](pugi::xml_node node) {
      if (!is_bookmark(node)) return;
      const std::string name = node.attribute("text:name").value();
      taken.insert(name);
      if (name.starts_with(k_anchor_prefix)) renamed[name];
    });
  if (renamed.empty()) return;
  int number = 0;
  for (auto& [name, other] : renamed) do
      other = "_eng_kept_" + std::to_string(++number);
    while (!taken.insert(other).second);

  const auto change = [&](pugi::xml_node node, const char* attribute, std::string_view before) {
    pugi::xml_attribute found = node.attribute(attribute);
    const std::string_view value = found.value();
    if (!value.starts_with(before)) return;
    const auto other = renamed.find(std::string(value.substr(before.size())));
    if (other != renamed.end()) found.set_value((std::string(before) + other->second).c_str());
  };
  for (pugi::xml_document* part : {&document.content, &document.styles})
    for_each_element(*part, [&](pugi::xml_node node) {
      if (is_bookmark(node))
        change(node, "text:name", "");
      else if (std::strcmp(node.name(), "text:bookmark-ref") == 0)
        change(node, "text:ref-name", "");
      else
        change(node, "xlink:href", "#");
    });
  document.content_changed = true;
  document.styles_changed = true;
}

void free_slot_ids(odf::Document& document) {
  static constexpr std::string_view k_prefix = "eng_slot";
  std::set<std::string> taken;
  for_each_element(document.content,
                   [&](pugi::xml_node node) { taken.insert(node.attribute("xml:id").value()); });
  std::map<std::string, std::string> renamed;
  int number = 0;
  for (const std::string& id : taken) {
    if (!id.starts_with(k_prefix)) continue;
    std::string& other = renamed[id];
    do other = "eng_kept" + std::to_string(++number);
    while (taken.contains(other));
  }
  if (renamed.empty()) return;
  for_each_element(document.content, [&](pugi::xml_node node) {
    for (const char* name : {"xml:id", "text:continue-list"}) {
      pugi::xml_attribute attribute = node.attribute(name);
      if (const auto found = renamed.find(attribute.value()); found != renamed.end())
        attribute.set_value(found->second.c_str());
    }
  });
  document.content_changed = true;
}

void fit_missing_style(std::string& styles, bool content_uses_it) {
  if (styles.empty()) return;
  // Every letter comes by: the bare name is rare, its quotation mark and its element are not.
  const std::string_view bare = templating::k_missing_style;
  const std::string name = "\"" + std::string(bare) + "\"";
  const std::string begin = "<style:style style:name=" + name;
  static constexpr std::string_view k_end = "</style:style>";
  const std::size_t first = styles.find(bare);
  const std::size_t at = first == std::string::npos
                             ? first
                             : styles.find(begin, first - std::min(first, begin.size()));
  const bool used =
      content_uses_it || first < at || // npos is the greatest
      (at != std::string::npos && styles.find(bare, at + begin.size()) != std::string::npos);
  if (used && styles.find(" style:name=" + name) == std::string::npos) {
    const std::size_t end = styles.find("</office:styles>");
    if (end == std::string::npos) return;
    styles.insert(end, begin +
                           " style:display-name=\"Engross Missing\" style:family=\"text\">"
                           "<style:text-properties fo:color=\"#a40000\" "
                           "fo:background-color=\"#fff3b0\"/>" +
                           std::string(k_end));
  } else if (!used && at != std::string::npos) {
    const std::size_t close = styles.find('>', at);
    if (close == std::string::npos) return;
    const bool empty = styles[close - 1] == '/';
    const std::size_t end = empty ? close + 1 : styles.find(k_end, close) + k_end.size();
    styles.erase(at, end - at);
  }
}

} // namespace engross::letter
