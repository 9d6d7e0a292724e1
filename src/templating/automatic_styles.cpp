// SPDX-License-Identifier: MPL-2.0
#include "templating/automatic_styles.hpp"

#include "templating/compile.hpp"
#include "templating/dom.hpp"

#include <set>

namespace engross::templating {

using pugi::xml_node;

xml_node AutomaticStyles::of(xml_node paragraph) const {
  return m_styles.find_child_by_attribute("style:style", "style:name",
                                          paragraph.attribute("text:style-name").value());
}

std::string AutomaticStyles::named_style(xml_node paragraph) const {
  const xml_node automatic = of(paragraph);
  return automatic ? automatic.attribute("style:parent-style-name").value()
                   : paragraph.attribute("text:style-name").value();
}

AutomaticStyles::Break AutomaticStyles::break_of(xml_node paragraph) const {
  const xml_node style = of(paragraph);
  const xml_node properties = style.child("style:paragraph-properties");
  Break out{style.attribute("style:master-page-name").value(),
            properties.attribute("fo:break-before").value()};
  // What ended a page is gone, so what follows begins one.
  if (out.before.empty() || out.before == "auto")
    out.before = properties.attribute("fo:break-after").value();
  if (out.before == "auto") out.before.clear();
  return out;
}

xml_node AutomaticStyles::hand_on_break(xml_node carrier) {
  xml_node next = carrier.next_sibling();
  while (next && (is_tag(next) || is_text(next))) next = next.next_sibling();
  return give_break(next, break_of(carrier));
}

xml_node AutomaticStyles::give_break(xml_node next, const Break& given) {
  if (given.empty()) return {};
  while (named(next, "text:list") || named(next, "text:list-item") || named(next, "text:section"))
    next = next.find_child([](xml_node n) { return n.type() == pugi::node_element && !is_tag(n); });
  const bool table = named(next, "table:table");
  if (!is_paragraph(next) && !table) return {};
  const char* attribute = table ? "table:style-name" : "text:style-name";
  pugi::xml_attribute style_name = next.attribute(attribute);
  xml_node style =
      m_styles.find_child_by_attribute("style:style", "style:name", style_name.value());
  if (style) {
    style = m_styles.append_copy(style);
  } else {
    style = m_styles.append_child("style:style");
    style.append_attribute("style:name");
    style.append_attribute("style:family") = table ? "table" : "paragraph";
    if (style_name) style.append_attribute("style:parent-style-name") = style_name.value();
  }
  std::string name;
  do name = "EB" + std::to_string(++m_breaks);
  while (m_styles.find_child_by_attribute("style:name", name.c_str()));
  m_given.insert(name);
  style.attribute("style:name").set_value(name.c_str());
  if (!given.master_page.empty() && !style.attribute("style:master-page-name"))
    style.append_attribute("style:master-page-name") = given.master_page.c_str();
  if (!given.before.empty()) {
    const char* kind = table ? "style:table-properties" : "style:paragraph-properties";
    xml_node properties = style.child(kind);
    if (!properties) properties = style.prepend_child(kind);
    pugi::xml_attribute own = properties.attribute("fo:break-before");
    if (!own) own = properties.append_attribute("fo:break-before");
    if (*own.value() == '\0' || std::string_view(own.value()) == "auto")
      own.set_value(given.before.c_str());
  }
  if (!style_name) style_name = next.append_attribute(attribute);
  style_name.set_value(name.c_str());
  return next;
}

void AutomaticStyles::drop_unused(xml_node root) {
  if (!m_styles) return;
  std::set<std::string_view> used;
  walk(root, [&](xml_node node) {
    for (pugi::xml_attribute a : node.attributes())
      if (std::string_view(a.name()).ends_with("style-name")) used.insert(a.value());
    return true;
  });
  for (xml_node style = m_styles.first_child(); style;) {
    const xml_node next = style.next_sibling();
    const std::string_view family = style.attribute("style:family").value();
    if (named(style, "style:style") && (family == "paragraph" || family == "text") &&
        !used.contains(style.attribute("style:name").value()) &&
        !m_given.contains(style.attribute("style:name").value()))
      m_styles.remove_child(style);
    style = next;
  }
}
} // namespace engross::templating
