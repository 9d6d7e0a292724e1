// SPDX-License-Identifier: MPL-2.0
// What a section of a book brings along into a letter, and what it leaves behind.
#include "odf/element.hpp"
#include "odf/namespaces.hpp"
#include "opinion/book_file.hpp"

#include <array>
#include <cstring>
#include <sstream>
#include <string_view>

namespace engross::opinion {

using pugi::xml_node;

namespace {

using odf::named;

std::string xml_text(xml_node node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return out.str();
}

/// Marks to which only the book itself could refer, now that references are refused.
bool is_target(xml_node node) {
  const std::string_view name = node.name();
  if (name == "text:bookmark-ref" || name == "text:reference-ref") return false;
  return name.starts_with("text:bookmark") || name.starts_with("text:reference-mark") ||
         name.starts_with("text:toc-mark") || name.starts_with("text:alphabetical-index-mark") ||
         name.starts_with("text:user-index-mark");
}

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

} // namespace

/// Of names outside ODF and what offices write beside it nothing reaches a letter: its parts need
/// not know them. The prefixes of the others are noted.
bool BookFile::keeps(std::string_view name) {
  const std::string_view prefix = prefix_of(name);
  if (prefix == "xml" || m_known_prefixes.contains(prefix)) return true;
  if (prefix.empty() || odf::usual_uri(prefix).empty()) return false;
  m_known_prefixes.emplace(prefix);
  m_parts.prefixes.emplace(prefix);
  return true;
}

/// Takes what is foreign out of an element, and notes which prefixes stay.
void BookFile::keep_known(xml_node node) {
  keeps(node.name());
  for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
    const pugi::xml_attribute next = attribute.next_attribute();
    if (!keeps(attribute.name())) node.remove_attribute(attribute);
    attribute = next;
  }
}

/// Names that must be unique in a document go: Writer gives tables and frames new ones, and nothing
/// in the letter refers to them.
void BookFile::take_over(xml_node node) {
  if (node.type() != pugi::node_element || templating::is_tag(node)) return;
  keep_known(node);
  // Lists that lie in tables and notes go on with nothing either.
  for (const char* name : {"xml:id", "text:id", "draw:id", "draw:name", "table:name",
                           "text:continue-list", "text:continue-numbering", "draw:chain-next-name"})
    node.remove_attribute(name);
  for (const char* name : {"text:style-name", "table:style-name", "table:default-cell-style-name",
                           "draw:style-name", "draw:text-style-name", "style:data-style-name"})
    if (pugi::xml_attribute attribute = node.attribute(name)) map_style(node, attribute);
  if (named(node, "draw:image"))
    if (pugi::xml_attribute href = node.attribute("xlink:href")) take_picture(href);
  for (xml_node child = node.first_child(); child;) {
    const xml_node next = child.next_sibling();
    const bool element = child.type() == pugi::node_element && !templating::is_tag(child);
    if (is_target(child) || (element && !keeps(child.name())))
      node.remove_child(child);
    else
      take_over(child);
    child = next;
  }
}

void BookFile::take_picture(pugi::xml_attribute href) {
  std::string path = href.value();
  if (path.starts_with("./")) path.erase(0, 2);
  auto known = m_pictures.find(path);
  if (known == m_pictures.end()) {
    if (!m_document.package.contains(path)) return;
    const std::size_t slash = path.rfind('/');
    Picture picture;
    picture.path = "Pictures/" + m_prefix + path.substr(slash == std::string::npos ? 0 : slash + 1);
    picture.media_type = m_document.package.media_type(path);
    picture.bytes = m_document.package.read(path);
    known = m_pictures.emplace(path, static_cast<std::uint32_t>(m_parts.pictures.size())).first;
    m_parts.pictures.push_back(std::move(picture));
  }
  m_opinion->pictures.insert(known->second);
  href.set_value(m_parts.pictures[known->second].path.c_str());
}

void BookFile::map_style(xml_node node, pugi::xml_attribute attribute) {
  const std::string name = attribute.value();
  const auto automatic = m_automatic.find(name);
  if (automatic == m_automatic.end()) {
    note_use(node, name);
    return;
  }
  if (!m_renamed.contains(name)) rename(automatic->second, name);
  const Renamed& renamed = m_renamed[name];
  attribute.set_value(renamed.name.c_str());
  if (renamed.index)
    m_opinion->styles.insert(*renamed.index);
  else
    note_use(node, renamed.name);
}

void BookFile::note_use(xml_node node, const std::string& name) {
  const bool paragraph = templating::is_paragraph(node);
  if (!paragraph && !named(node, "text:span")) return;
  m_parts.uses.push_back({paragraph ? "paragraph" : "text", name, m_opinion->place, m_opinion->id});
}

/// The letter need not declare the book's fonts: a style names the family itself.
void BookFile::name_fonts(xml_node properties) const {
  static constexpr std::array<std::array<const char*, 2>, 3> k_fonts = {
      {{"style:font-name", "fo:font-family"},
       {"style:font-name-asian", "style:font-family-asian"},
       {"style:font-name-complex", "style:font-family-complex"}}};
  for (const auto& [key, family_key] : k_fonts) {
    const auto font = m_fonts.find(properties.attribute(key).value());
    if (font == m_fonts.end()) continue;
    properties.remove_attribute(key);
    if (properties.attribute(family_key)) continue;
    properties.append_attribute(family_key) = font->second.c_str();
  }
}

void BookFile::take_over_style(xml_node style) {
  keep_known(style);
  for (xml_node child = style.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (child.type() == pugi::node_element && !keeps(child.name()))
      style.remove_child(child);
    else
      take_over_style(child);
    child = next;
  }
}

/// A paragraph of the book brings its formatting, never a list, a page or a page break.
void BookFile::rename(xml_node style, const std::string& name) {
  pugi::xml_document copy;
  xml_node own = copy.append_copy(style);
  own.remove_attribute("style:list-style-name");
  own.remove_attribute("style:master-page-name");
  if (xml_node properties = own.child("style:paragraph-properties")) {
    properties.remove_attribute("fo:break-before");
    properties.remove_attribute("fo:break-after");
    properties.remove_attribute("style:page-number");
    if (!properties.first_attribute() && !properties.first_child()) own.remove_child(properties);
  }
  own.remove_attribute("officeooo:rsid");
  for (xml_node properties : own.children()) {
    properties.remove_attribute("officeooo:rsid");
    properties.remove_attribute("officeooo:paragraph-rsid");
    name_fonts(properties);
  }
  for (xml_node child = own.first_child(); child;) {
    xml_node next = child.next_sibling();
    if (child.type() != pugi::node_element || (!child.first_attribute() && !child.first_child()))
      own.remove_child(child);
    child = next;
  }
  const std::string parent = own.attribute("style:parent-style-name").value();
  if (!own.first_child() && !parent.empty()) {
    m_renamed[name] = {parent, std::nullopt};
    return;
  }
  take_over_style(own);
  const std::string fresh = m_prefix + name;
  own.attribute("style:name").set_value(fresh.c_str());
  m_renamed[name] = {fresh, static_cast<std::uint32_t>(m_parts.styles.size())};
  m_parts.styles.push_back(xml_text(own));
}

} // namespace engross::opinion
