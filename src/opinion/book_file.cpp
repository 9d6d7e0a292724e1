// SPDX-License-Identifier: MPL-2.0
#include "opinion/book_file.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>

namespace engross::opinion {

using pugi::xml_node;
using templating::Instruction;
using templating::ParagraphShape;
using templating::Tag;

namespace {

bool named(xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

std::string xml_text(xml_node node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return out.str();
}

/// Targets stay behind with the book: in the letter the field would read "Error".
bool is_native_reference(xml_node node) {
  return named(node, "text:bookmark-ref") || named(node, "text:reference-ref");
}

bool is_target(xml_node node) {
  return std::strncmp(node.name(), "text:bookmark", 13) == 0 ||
         std::strncmp(node.name(), "text:reference-mark", 19) == 0;
}

xml_node section_around(xml_node node) {
  xml_node out;
  for (; node; node = node.parent())
    if (named(node, "text:section")) out = node;
  return out;
}

} // namespace

BookFile::BookFile(odf::Document document, std::size_t number, BookParts& parts)
    : m_document(std::move(document)), m_prefix("EO" + std::to_string(number) + "_"),
      m_parts(parts) {
  const std::string& file = m_document.package.name();
  m_marked = templating::mark_tags(m_document.content, file, "content.xml");
  const xml_node content = m_document.content.child("office:document-content");
  for (xml_node style : content.child("office:automatic-styles").children())
    if (const auto name = style.attribute("style:name")) m_automatic[name.value()] = style;
  for (xml_node style : m_document.styles.child("office:document-styles")
                            .child("office:styles")
                            .children("style:style"))
    if (const auto level = style.attribute("style:list-level"))
      m_levels[style.attribute("style:name").value()] = level.as_int();
  collect_sections(content.child("office:body"));
  for (const templating::FoundTag& found : m_marked.tags) {
    const Tag::Kind kind = found.tag.kind;
    if (kind == Tag::Kind::opinions || kind == Tag::Kind::opinion || kind == Tag::Kind::include)
      m_marked.findings.push_back(
          make_finding(Code::tag_not_for_books, found.place, {found.place.tag}));
    else if (kind != Tag::Kind::comment && found.marker && !section_around(found.marker))
      m_marked.findings.push_back(
          make_finding(Code::tag_outside_section, found.place, {found.place.tag}));
  }
}

void BookFile::collect_sections(xml_node node) {
  for (xml_node child : node) {
    if (!named(child, "text:section")) {
      collect_sections(child);
      continue;
    }
    const std::string name = child.attribute("text:name").value();
    if (m_sections.emplace(name, child).second) continue;
    Place place;
    place.file = m_document.package.name();
    m_marked.findings.push_back(
        make_finding(Code::section_twice, place, {name, place.file, place.file}));
  }
}

void BookFile::compile(xml_node section, Opinion& opinion) {
  m_opinion = &opinion;
  m_seen_numbered = false;
  templating::Emitter emitter(m_marked);
  m_emitter = &emitter;
  const xml_node reference = section.find_node(is_native_reference);
  if (reference)
    m_marked.findings.push_back(
        make_finding(Code::native_reference, opinion.place, {opinion.section}));
  flatten(section, 0);
  opinion.program = emitter.finish();
  const bool empty =
      std::none_of(opinion.program.code.begin(), opinion.program.code.end(),
                   [](const Instruction& i) { return i.op == Instruction::Op::paragraph_begin; });
  if (empty)
    m_marked.findings.push_back(
        make_finding(Code::opinion_without_text, opinion.place, {opinion.section}));
  read_tags();
}

void BookFile::read_tags() {
  const auto read = [&](const templating::Expression& expression) {
    for (const std::string& name : templating::names_read(expression))
      m_opinion->reads.insert(name.substr(0, name.find_first_of(".[")));
  };
  for (const auto& placed : m_opinion->program.tags) {
    read(placed.tag.expression);
    read(placed.tag.filter);
    for (const auto& [key, expression] : placed.tag.options) read(expression);
    if (placed.tag.kind != Tag::Kind::label) continue;
    // A label's name is nearly always text as it stands: "name".
    const std::string name = placed.tag.expression.canonical();
    if (name.size() > 2 && (name.front() == '"' || name.front() == '\''))
      m_opinion->labels.push_back(name.substr(1, name.size() - 2));
  }
}

// --- Paragraphs
// ------------------------------------------------------------------------------------

/// \p level: nesting of lists around the children of `parent`.
void BookFile::flatten(xml_node parent, int level) {
  for (xml_node child : parent) {
    if (templating::is_tag(child))
      m_emitter->node(child);
    else if (named(child, "text:list"))
      list(child, level + 1);
    else if (named(child, "text:section"))
      flatten(child, level);
    else if (templating::is_paragraph(child))
      loose_paragraph(child);
    else if (child.type() == pugi::node_element)
      block(child);
  }
}

void BookFile::list(xml_node node, int level) {
  for (xml_node item : node) {
    if (templating::is_tag(item)) {
      m_emitter->node(item);
      continue;
    }
    bool first = !named(item, "text:list-header");
    for (xml_node child : item) {
      if (templating::is_tag(child)) {
        m_emitter->node(child);
        continue;
      }
      if (child.type() != pugi::node_element) continue;
      if (templating::is_paragraph(child)) {
        paragraph(child, level, first ? ParagraphShape::numbered : ParagraphShape::continuation);
        m_seen_numbered = true;
      } else if (named(child, "text:list")) {
        list(child, level + 1);
      }
      first = false;
    }
  }
}

void BookFile::loose_paragraph(xml_node node) {
  // Writer keeps empty paragraphs around lists in a section; they say nothing.
  if (!node.first_child()) return;
  const int level = style_level(node.attribute("text:style-name").value());
  if (level > 0) {
    m_seen_numbered = true;
    return paragraph(node, level, ParagraphShape::numbered);
  }
  if (m_seen_numbered) return paragraph(node, 1, ParagraphShape::continuation);
  block(node);
}

std::string BookFile::named_style(const std::string& name) const {
  const auto automatic = m_automatic.find(name);
  return automatic == m_automatic.end()
             ? name
             : automatic->second.attribute("style:parent-style-name").value();
}

int BookFile::style_level(const std::string& name) const {
  const auto found = m_levels.find(named_style(name));
  return found == m_levels.end() ? 0 : found->second;
}

void BookFile::paragraph(xml_node node, int level, ParagraphShape shape) {
  if (level == 1 && shape == ParagraphShape::numbered && m_opinion->style.empty())
    m_opinion->style = named_style(node.attribute("text:style-name").value());
  take_over(node);
  m_emitter->instruction(Instruction::Op::paragraph_begin, static_cast<std::uint32_t>(level),
                         static_cast<std::uint32_t>(shape));
  m_emitter->literal("<text:p text:style-name=\"");
  std::string style;
  odf::append_escaped(style, node.attribute("text:style-name").value());
  m_emitter->literal(style);
  m_emitter->literal("\">");
  m_emitter->instruction(Instruction::Op::paragraph_open);
  m_emitter->children(node);
  m_emitter->instruction(Instruction::Op::paragraph_end);
}

void BookFile::block(xml_node node) {
  take_over(node);
  m_emitter->instruction(Instruction::Op::paragraph_begin, 0,
                         static_cast<std::uint32_t>(ParagraphShape::block));
  m_emitter->instruction(Instruction::Op::paragraph_open);
  m_emitter->element(node);
  m_emitter->instruction(Instruction::Op::paragraph_end);
}

// --- What a section brings along
// -------------------------------------------------------------------

/// Names that must be unique in a document go: Writer gives tables and frames new ones, and nothing
/// in the letter refers to them.
void BookFile::take_over(xml_node node) {
  if (node.type() != pugi::node_element || templating::is_tag(node)) return;
  for (const char* name : {"xml:id", "text:id", "draw:id", "draw:name", "table:name"})
    node.remove_attribute(name);
  for (const char* name : {"text:style-name", "table:style-name", "table:default-cell-style-name",
                           "draw:style-name", "draw:text-style-name", "style:data-style-name"})
    if (pugi::xml_attribute attribute = node.attribute(name)) map_style(node, attribute);
  if (named(node, "draw:image"))
    if (pugi::xml_attribute href = node.attribute("xlink:href")) take_picture(href);
  for (xml_node child = node.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (is_target(child) && !is_native_reference(child))
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
  m_parts.uses.push_back({paragraph ? "paragraph" : "text", name, m_opinion->place});
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
  const std::string fresh = m_prefix + name;
  own.attribute("style:name").set_value(fresh.c_str());
  m_renamed[name] = {fresh, static_cast<std::uint32_t>(m_parts.styles.size())};
  m_parts.styles.push_back(xml_text(own));
}

} // namespace engross::opinion
