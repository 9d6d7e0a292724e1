// SPDX-License-Identifier: MPL-2.0
#include "opinion/section_contents.hpp"

#include "odf/element.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::opinion {

using pugi::xml_node;

namespace {

using odf::named;

template <class Visit> void walk(xml_node node, const Visit& visit) {
  for (xml_node child : node) {
    visit(child);
    walk(child, visit);
  }
}

/// Targets stay behind with the book: in the letter the field would read "Error".
bool is_native_reference(xml_node node) {
  static constexpr std::array k_names = {"text:bookmark-ref", "text:reference-ref", "text:note-ref",
                                         "text:sequence-ref"};
  return named(node, k_names);
}

/// What lies in parts of its own beside the text, or asks for such parts.
bool is_object(xml_node node) {
  static constexpr std::array k_names = {"draw:object", "draw:object-ole",     "draw:plugin",
                                         "draw:applet", "draw:floating-frame", "draw:control"};
  return named(node, k_names);
}

/// Fields that show what the book declares (ODF 1.3 part 3, 7.4).
bool is_declared_field(xml_node node) {
  static constexpr std::array k_names = {
      "text:user-field-get", "text:user-field-input", "text:user-defined", "text:variable-get",
      "text:variable-set",   "text:variable-input",   "text:expression"};
  return named(node, k_names);
}

/// What LibreOffice computes anew in each letter, as a person would call it; empty: it may stay.
std::string changing_field(xml_node node) {
  static constexpr std::array<std::pair<const char*, const char*>, 31> k_fields = {
      {{"text:sequence", "a field that counts (such as “Table 1”)"},
       {"text:date", "the date of the day on which it is opened"},
       {"text:time", "the time at which it is opened"},
       {"text:conditional-text", "a conditional text"},
       {"text:hidden-text", "a hidden text"},
       {"text:hidden-paragraph", "a hidden paragraph"},
       {"text:page-variable-get", "a page variable"},
       {"text:page-variable-set", "a page variable"},
       {"text:table-formula", "a formula"},
       {"text:chapter", "the name of a chapter"},
       {"text:file-name", "the name of the file"},
       {"text:template-name", "the name of the template"},
       {"text:sheet-name", "the name of a sheet"},
       {"text:title", "the title of the document"},
       {"text:subject", "the subject of the document"},
       {"text:keywords", "the keywords of the document"},
       {"text:description", "the description of the document"},
       {"text:author-name", "the name of the author"},
       {"text:author-initials", "the initials of the author"},
       {"text:initial-creator", "the name of the author"},
       {"text:creator", "the name of the author"},
       {"text:printed-by", "the name of the author"},
       {"text:creation-date", "a date of the document"},
       {"text:creation-time", "a date of the document"},
       {"text:modification-date", "a date of the document"},
       {"text:modification-time", "a date of the document"},
       {"text:print-date", "a date of the document"},
       {"text:print-time", "a date of the document"},
       {"text:editing-duration", "a time of the document"},
       {"text:editing-cycles", "the number of the document’s versions"},
       {"text:bibliography-mark", "an entry of a bibliography"}}};
  if (named(node, "text:section") &&
      (std::strcmp(node.attribute("text:display").value(), "none") == 0 ||
       std::strcmp(node.attribute("text:display").value(), "condition") == 0))
    return "a hidden section";
  const bool fixed = std::strcmp(node.attribute("text:fixed").value(), "true") == 0;
  if (fixed) return {};
  for (const auto& [name, shown] : k_fields)
    if (named(node, name)) return shown;
  return std::string_view(node.name()).starts_with("text:sender-")
             ? "an entry of the user’s address"
             : "";
}

/// "#Standing|region" leads to “Standing”.
std::string place_in_document(std::string_view href) {
  if (!href.starts_with("#")) return {};
  href.remove_prefix(1);
  href = href.substr(0, href.find('|'));
  const bool readable = std::all_of(href.begin(), href.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= ' '; });
  return readable && !href.empty() ? "“" + std::string(href) + "”" : "a place in the document";
}

/// Whether the node lies in a table, a note or a frame of the section.
bool is_in_block(xml_node node, xml_node section) {
  for (xml_node at = node.parent(); at && at != section; at = at.parent()) {
    const std::string_view name = at.name();
    if (name.starts_with("table:") || name.starts_with("draw:") || name == "text:note") return true;
  }
  return false;
}

} // namespace

bool counts_on(xml_node node) {
  if (named(node, "text:numbered-paragraph")) return true;
  return named(node, "text:list") &&
         (node.attribute("text:continue-list") ||
          std::strcmp(node.attribute("text:continue-numbering").value(), "true") == 0);
}

void check_contents(xml_node section, const Opinion& opinion,
                    const std::function<bool(const std::string&)>& is_bullets, Findings& findings) {
  std::set<std::pair<Code, std::string>> said;
  const auto say = [&](Code code, const std::string& what = {}) {
    if (!said.emplace(code, what).second) return;
    std::vector<std::string> arguments{opinion.section};
    if (!what.empty()) arguments.push_back(what);
    findings.push_back(make_finding(code, opinion.place, arguments));
  };
  walk(section, [&](xml_node node) {
    if (node.type() != pugi::node_element) return;
    if (is_native_reference(node)) say(Code::native_reference);
    if (is_object(node)) say(Code::object_in_book);
    if (const std::string field = changing_field(node); !field.empty())
      say(Code::field_in_book, field);
    if (const std::string target = place_in_document(node.attribute("xlink:href").value());
        !target.empty())
      say(Code::link_in_book, target);
    if (counts_on(node) && is_in_block(node, section) &&
        !is_bullets(node.attribute("text:style-name").value()))
      say(Code::list_goes_on_in_book);
  });
}

bool begins_on_first_level(xml_node list) {
  for (xml_node item : list.children("text:list-item"))
    for (xml_node child : item) {
      if ((named(child, "text:p") || named(child, "text:h"))) return true;
      if (named(child, "text:list")) return false;
    }
  return false;
}

std::set<std::string> bullet_styles(const odf::Document& document) {
  std::set<std::string> out;
  for (xml_node styles :
       {document.content.child("office:document-content").child("office:automatic-styles"),
        document.styles.child("office:document-styles").child("office:styles")})
    for (xml_node style : styles.children("text:list-style"))
      if (!style.child("text:list-level-style-number"))
        out.insert(style.attribute("style:name").value());
  return out;
}

bool SectionLists::is_opinions(xml_node list, bool seen_numbered) {
  const std::string style = list.attribute("text:style-name").value();
  if (!seen_numbered) {
    m_main = style;
    return true;
  }
  const bool bullets = m_bullets.contains(style);
  if (style.empty() || (m_main.empty() ? !bullets : style == m_main)) return true;
  return !bullets && !begins_on_first_level(list);
}

void freeze_fields(xml_node section) {
  std::vector<xml_node> fields;
  walk(section, [&](xml_node node) {
    if (is_declared_field(node)) fields.push_back(node);
  });
  for (xml_node field : fields) {
    xml_node parent = field.parent();
    const bool shown = std::strcmp(field.attribute("text:display").value(), "none") != 0;
    for (xml_node child = field.first_child(); shown && child;) {
      const xml_node next = child.next_sibling();
      parent.insert_move_before(child, field);
      child = next;
    }
    parent.remove_child(field);
  }
}

} // namespace engross::opinion
