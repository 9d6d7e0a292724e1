// SPDX-License-Identifier: MPL-2.0
#include "opinion/book_file.hpp"

#include "odf/element.hpp"
#include "opinion/section_contents.hpp"
#include "templating/dom.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <string_view>

namespace engross::opinion {

using pugi::xml_node;
using templating::Instruction;
using templating::ParagraphShape;
using templating::Tag;

namespace {

using odf::named;

/// Whether the list behind a paragraph goes on with the sub-items of the one before.
bool stands_between_sub_items(xml_node node) {
  for (node = node.next_sibling(); node; node = node.next_sibling())
    if (named(node, "text:list")) return counts_on(node) && !begins_on_first_level(node);
  return false;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// A number that the section's first paragraph begins with as text: "4." "(ii)" "b)"; else empty.
std::string typed_number(xml_node section) {
  const xml_node first = section.find_node([](xml_node n) { return templating::is_paragraph(n); });
  const std::string own = first.text().get();
  const std::string_view text = trimmed(own);
  const std::size_t begin = text.starts_with('(') ? 1 : 0;
  const std::size_t end = text.substr(begin).find_first_not_of(
      std::isdigit(static_cast<unsigned char>(text.size() > begin ? text[begin] : ' '))
          ? "0123456789"
          : "ivxlcIVXLC");
  if (end == std::string_view::npos) return {};
  // A single letter counts too: "a)".
  const bool letter = end == 0 && text.size() > begin + 1 &&
                      std::isalpha(static_cast<unsigned char>(text[begin])) != 0;
  const std::size_t at = begin + (letter ? 1 : end);
  if (at == begin || at > begin + 5 || at >= text.size()) return {};
  if (text[at] != ')' && (begin == 1 || text[at] != '.')) return {};
  // "4.1 million" is no number of a paragraph; a tab may follow as an element.
  if (at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\t') return {};
  return std::string(text.substr(0, at + 1));
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
  m_bullets = bullet_styles(m_document);
  m_marked = templating::mark_tags(m_document.content, file, "content.xml");
  const xml_node content = m_document.content.child("office:document-content");
  for (xml_node styles :
       {content.child("office:automatic-styles"),
        m_document.styles.child("office:document-styles").child("office:styles")}) {
    m_lists.read(styles);
  }
  for (xml_node style : content.child("office:automatic-styles").children())
    if (const auto name = style.attribute("style:name")) m_automatic[name.value()] = style;
  for (xml_node font : content.child("office:font-face-decls").children("style:font-face"))
    m_fonts[font.attribute("style:name").value()] = font.attribute("svg:font-family").value();
  for (xml_node style : m_document.styles.child("office:document-styles")
                            .child("office:styles")
                            .children("style:style")) {
    const char* name = style.attribute("style:name").value();
    parts.own_styles.emplace(style.attribute("style:family").value(), name);
    if (const auto level = style.attribute("style:list-level")) m_levels[name] = level.as_int();
  }
  collect_sections(content.child("office:body"));
  for (const templating::FoundTag& found : m_marked.tags) {
    const Tag::Kind kind = found.tag.kind;
    if (kind == Tag::Kind::opinions || kind == Tag::Kind::opinion || kind == Tag::Kind::include)
      m_marked.findings.push_back(
          make_finding(Code::tag_not_for_books, found.place, {found.place.tag}));
    else if (kind == Tag::Kind::reference &&
             templating::is_in_drawing(found.marker, content.child("office:automatic-styles")))
      m_marked.findings.push_back(
          make_finding(Code::slot_place_wrong, found.place, {found.place.tag, "a drawing"}));
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
  m_numbered_labels.clear();
  m_first_level = 0;
  SectionLists lists(m_bullets);
  m_section_lists = &lists;
  m_own_lists.clear();
  templating::Emitter emitter(m_marked);
  m_emitter = &emitter;
  check_contents(
      section, opinion, [&](const std::string& style) { return m_bullets.contains(style); },
      m_marked.findings);
  freeze_fields(section);
  flatten(section, 0);
  opinion.program = emitter.finish();
  if (opinion.levels.empty()) opinion.typed_number = typed_number(section);
  const bool empty =
      std::none_of(opinion.program.code.begin(), opinion.program.code.end(),
                   [](const Instruction& i) { return i.op == Instruction::Op::paragraph_begin; });
  if (empty)
    m_marked.findings.push_back(
        make_finding(Code::opinion_without_text, opinion.place, {opinion.section}));
  // The same is found later where only the deal leaves a sub-item first.
  if (m_first_level > 1)
    m_marked.findings.push_back(
        make_finding(Code::opinion_without_head, opinion.place, {opinion.id}));
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
    for (const auto* expression : {&placed.tag.expression, &placed.tag.filter})
      for (std::string& id : templating::chosen_asked(*expression))
        if (!id.empty()) m_opinion->asks.emplace_back(std::move(id), placed.place);
    for (const auto& [key, expression] : placed.tag.options) read(expression);
    const bool label = placed.tag.kind == Tag::Kind::label;
    if (!label && placed.tag.kind != Tag::Kind::reference) continue;
    // A label's name is nearly always text as it stands: "name".
    std::string name = templating::literal_text(placed.tag.expression);
    if (name.empty())
      m_opinion->computes_labels = m_opinion->computes_labels || label;
    else if (label)
      m_opinion->labels.push_back(std::move(name));
    else
      m_opinion->refers.push_back(
          {std::move(name), placed.place, templating::reference_form(placed.tag)});
  }
  for (const std::string& label : m_numbered_labels) m_opinion->flush_labels.erase(label);
}

/// \p numbered: the paragraph around has a number. In the notes, frames and tables of a paragraph
/// only items of lists have one: `in_item`.
void BookFile::note_labels(xml_node node, bool numbered, bool in_item) {
  for (xml_node child : node) {
    if (templating::is_paragraph(child)) {
      note_labels(child, in_item, false);
    } else if (!templating::is_tag(child)) {
      const bool item = named(child, "text:list-item") || named(child, "text:numbered-paragraph");
      note_labels(child, numbered, in_item || item);
    } else {
      const templating::Tag& tag = m_marked.tags[child.attribute("n").as_uint()].tag;
      const std::string name = templating::literal_text(tag.expression);
      if (tag.kind == Tag::Kind::label && !name.empty())
        (numbered ? m_numbered_labels : m_opinion->flush_labels).insert(name);
    }
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
      outer_list(child, level + 1);
    else if (named(child, "text:section"))
      flatten(child, level);
    else if (named(child, "text:numbered-paragraph"))
      numbered_paragraph(child);
    else if (templating::is_paragraph(child))
      loose_paragraph(child);
    else if (child.type() == pugi::node_element && !named(child, "text:soft-page-break"))
      block(child);
  }
}

void BookFile::outer_list(xml_node node, int level) {
  const std::string style = node.attribute("text:style-name").value();
  if (m_section_lists->is_opinions(node, m_seen_numbered)) return list(node, level, {});
  const bool again = !m_own_lists.insert(style).second;
  if (again && counts_on(node) && !m_bullets.contains(style))
    m_marked.findings.push_back(
        make_finding(Code::list_goes_on_in_book, m_opinion->place, {m_opinion->section}));
  block(node);
}

/// \p style: of the list around it.
void BookFile::list(xml_node node, int level, std::string style) {
  if (const auto own = node.attribute("text:style-name")) style = own.value();
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
      if (child.type() != pugi::node_element || named(child, "text:soft-page-break")) continue;
      if (templating::is_paragraph(child)) {
        paragraph(child, level, first ? ParagraphShape::numbered : ParagraphShape::continuation);
        if (first) note_level(style, level);
        m_seen_numbered = true;
      } else if (named(child, "text:list")) {
        list(child, level + 1, style);
      }
      first = false;
    }
  }
}

void BookFile::note_level(const std::string& list, int level) {
  const auto& uses = m_parts.list_uses;
  const bool known = std::any_of(uses.begin(), uses.end(), [&](const ListUse& use) {
    return use.list == list && use.level == level;
  });
  if (known) return;
  const odf::ListStyle* style = m_lists.find(list);
  const bool lacking = style != nullptr && !odf::has_level(*style, level);
  m_parts.list_uses.push_back({list, level, lacking, m_opinion->place, m_opinion->id});
}

/// An item without its list (ODF 1.3 part 3, 5.3.6).
void BookFile::numbered_paragraph(xml_node node) {
  for (xml_node child : node) {
    if (!templating::is_paragraph(child)) continue;
    m_seen_numbered = true;
    paragraph(child, std::max(1, node.attribute("text:level").as_int(1)), ParagraphShape::numbered);
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
  // In an item it would end the sub-items before it, which go on behind it.
  if (m_seen_numbered && !stands_between_sub_items(node))
    return paragraph(node, 1, ParagraphShape::continuation);
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
  note_labels(node, shape == ParagraphShape::numbered);
  take_over(node);
  if (shape == ParagraphShape::numbered && m_first_level == 0) m_first_level = level;
  if (shape == ParagraphShape::numbered) m_opinion->levels.insert(level);
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
  note_labels(node, false);
  take_over(node);
  m_emitter->instruction(Instruction::Op::paragraph_begin, 0,
                         static_cast<std::uint32_t>(ParagraphShape::block));
  m_emitter->instruction(Instruction::Op::paragraph_open);
  m_emitter->element(node);
  m_emitter->instruction(Instruction::Op::paragraph_end);
}

} // namespace engross::opinion
