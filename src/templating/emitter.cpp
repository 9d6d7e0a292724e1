// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "templating/blocks.hpp"
#include "templating/columns.hpp"
#include "templating/compile.hpp"
#include "templating/dom.hpp"
#include "templating/names.hpp"
#include "templating/render.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace engross::templating {

using pugi::xml_node;

namespace {

bool may_vanish(xml_node node) {
  static constexpr std::array k_names = {"text:list",
                                         "text:list-item",
                                         "text:list-header",
                                         "text:numbered-paragraph",
                                         "table:table",
                                         "table:table-row",
                                         "table:table-header-rows",
                                         "table:table-rows",
                                         "text:section",
                                         "table:table-row-group",
                                         "text:note",
                                         "text:note-body"};
  return is_paragraph(node) || std::any_of(k_names.begin(), k_names.end(),
                                           [&](const char* name) { return named(node, name); });
}

std::uint32_t column_count(xml_node table) {
  std::uint32_t out = 0;
  walk(table, [&](xml_node node) {
    if (named(node, "table:table-column"))
      out += std::max(1U, node.attribute("table:number-columns-repeated").as_uint(1));
    return starts_with(node, "table:table-column") || starts_with(node, "table:table-header-col");
  });
  return std::max(1U, out);
}

xml_node table_around(xml_node node) {
  while (node && !named(node, "table:table")) node = node.parent();
  return node;
}

/// The tag as it was typed, in a carrier that fits where its marker stands.
std::string typed(const FoundTag& found) {
  if (found.typed) return *found.typed;
  const xml_node parent = found.marker.parent();
  std::string text;
  if (is_meta_text(parent))
    odf::append_escaped(text, found.source);
  else
    append_text(text, found.source);
  if (!is_control(found.tag.kind) || !parent || is_mixed(parent)) return text;
  if (found.in_columns) return "<table:table-column/>";
  std::string out = "<text:p";
  if (!found.style.empty()) {
    out += " text:style-name=\"";
    odf::append_escaped(out, found.style);
    out += '"';
  }
  out += ">" + text + "</text:p>";
  const auto cell = [&](std::uint32_t columns) {
    std::string span;
    std::string covered;
    if (columns > 1) span = " table:number-columns-spanned=\"" + std::to_string(columns) + "\"";
    for (; columns > 1; --columns) covered += "<table:covered-table-cell/>";
    return "<table:table-cell" + span + ">" + out + "</table:table-cell>" + covered;
  };
  std::string start;
  if (found.start) start = " text:start-value=\"" + std::to_string(*found.start) + "\"";
  if (named(parent, "text:list"))
    return "<text:list-item" + start + ">" + out + "</text:list-item>";
  if (named(parent, "table:table-row")) return cell(1);
  if (starts_with(parent, "table:table"))
    if (!named(parent, "table:table-cell"))
      return "<table:table-row>" + cell(column_count(table_around(parent))) + "</table:table-row>";
  return out;
}

bool is_number_start(pugi::xml_attribute attribute) {
  const std::string_view name = attribute.name();
  return name == "text:start-value" || name == "text:restart-numbering";
}

} // namespace

void Emitter::literal(std::string_view xml) { m_program.text += xml; }

void Emitter::flush() {
  if (m_program.text.size() == m_literal_begin) return;
  m_program.code.push_back({Instruction::Op::literal, static_cast<std::uint32_t>(m_literal_begin),
                            static_cast<std::uint32_t>(m_program.text.size())});
  m_literal_begin = m_program.text.size();
}

void Emitter::instruction(Instruction::Op op, std::uint32_t a, std::uint32_t b) {
  flush();
  m_program.code.push_back({op, a, b});
}

void Emitter::start_tag(pugi::xml_node node) {
  literal("<");
  literal(node.name());
  const bool starts = m_marked.starts && (named(node, "text:list-item") || named(node, "text:h"));
  for (pugi::xml_attribute attribute : node.attributes()) {
    if (starts && is_number_start(attribute)) continue;
    literal(" ");
    literal(attribute.name());
    literal("=\"");
    this->attribute(node, attribute);
    if (m_link) instruction(Instruction::Op::link_end, *std::exchange(m_link, std::nullopt));
    literal("\"");
  }
  if (starts) number_start(node);
  if (named(node, "text:list")) {
    const std::string before = node.attribute("text:continue-list").value();
    if (!before.empty()) m_program.continued.try_emplace(before);
    if (const pugi::xml_attribute id = node.attribute("xml:id"))
      m_program.continued[id.value()] = before;
  }
  literal(">");
}

/// Only the first pass of a loop counts anew, and what follows a tag whose carrier did.
void Emitter::number_start(pugi::xml_node node) {
  const bool heading = named(node, "text:h");
  const std::optional<int> own = number_start_of(node);
  instruction(Instruction::Op::start,
              heading ? std::max(1U, node.attribute("text:outline-level").as_uint(1)) : 0U,
              own ? static_cast<std::uint32_t>(*own) + 1 : 0);
}

bool Emitter::can_vanish(pugi::xml_node node) {
  if (!may_vanish(node)) return false;
  const auto known = m_can_vanish.find(node.hash_value());
  if (known != m_can_vanish.end()) return known->second;
  int depth = 0;
  bool has_block = false;
  const bool out = !is_outside(node, depth, has_block) && has_block;
  m_can_vanish.emplace(node.hash_value(), out);
  return out;
}

/// Whether something stands outside all blocks.
bool Emitter::is_outside(pugi::xml_node parent, int& depth, bool& has_block) {
  for (xml_node child : parent) {
    if (is_tag(child)) {
      const Tag::Kind kind = m_marked.tags[child.attribute("n").as_uint()].tag.kind;
      if (kind == Tag::Kind::if_ || kind == Tag::Kind::for_) {
        ++depth;
        has_block = true;
      } else if (kind == Tag::Kind::endif || kind == Tag::Kind::endfor) {
        --depth;
      } else if (kind == Tag::Kind::set) {
        has_block = true;
      } else if (depth == 0 && kind != Tag::Kind::comment) {
        return true;
      }
    } else if (depth == 0) {
      if (is_text(child)) {
        if (!is_blank(child.value())) return true;
      } else if (is_transparent(child)) {
        if (is_outside(child, depth, has_block)) return true;
      } else if (may_vanish(child)) {
        // Columns of a table are chosen in its rows.
        if (named(child, "table:table-row") && !named(child.parent(), "table:table-row")) {
          bool row_block = false;
          if (is_outside(child, depth, row_block)) return true;
          has_block = has_block || row_block;
          continue;
        }
        if (!can_vanish(child)) return true;
        has_block = true;
      } else if (!starts_with(child, "text:bookmark") && !named(child, "text:soft-page-break") &&
                 !named(child, "table:table-column") && !named(child, "table:table-columns") &&
                 !named(child, "text:note-citation") && !named(child, k_column_element) &&
                 !named(child, k_column_mark_element) && !named(child, "text:s")) {
        return true;
      }
    }
  }
  return false;
}

/// In a loop, names that a document may hold once carry the number of the pass.
void Emitter::attribute(pugi::xml_node node, pugi::xml_attribute attribute) {
  const std::string_view value = attribute.value();
  const std::optional<NameUse> use = m_loops.empty() ? std::nullopt : name_use(node, attribute);
  if (!use) return attribute_value(value);
  if (!m_names) {
    m_names = std::make_shared<const LoopedNames>(node.root(), m_marked.tags);
    m_program.name_mark = m_names->mark();
  }
  const std::size_t end = use->begin + use->length;
  const std::string name(value.substr(use->begin, use->length));
  const LoopedNames::Depth depth = m_names->depth({use->kind, name}, m_loops);
  attribute_value(value.substr(0, end));
  if (depth.all > 0) instruction(Instruction::Op::name_passes, depth.common, depth.all);
  attribute_value(value.substr(end));
}

void Emitter::attribute_value(std::string_view value) {
  for (;;) {
    const std::size_t begin = value.find_first_of(
        std::string_view{std::array{k_attribute_tag_begin, k_span_begin}.data(), 2});
    odf::append_escaped(m_program.text, value.substr(0, begin));
    if (begin == std::string_view::npos) return;
    if (value[begin] == k_span_begin) {
      const std::size_t end = value.find(k_span_end, begin);
      const std::string span(value.substr(begin + 1, end - begin - 1));
      instruction(
          Instruction::Op::column_span,
          static_cast<std::uint32_t>(std::strtoul(span.c_str(), nullptr, 10)),
          static_cast<std::uint32_t>(std::strtoul(span.c_str() + span.find(',') + 1, nullptr, 10)));
      value = value.substr(end + 1);
      continue;
    }
    const std::size_t end = value.find(k_attribute_tag_end, begin);
    const std::string which(value.substr(begin + 1, end - begin - 1));
    const FoundTag& found = m_marked.tags[std::strtoul(which.c_str(), nullptr, 10)];
    const auto a = static_cast<std::uint32_t>(m_program.tags.size());
    m_program.tags.push_back({found.tag, found.place, {}, {}, found.source, 0});
    if (found.picture)
      instruction(Instruction::Op::picture, a,
                  static_cast<std::uint32_t>(
                      std::strtoul(which.c_str() + which.find(',') + 1, nullptr, 10)));
    else
      instruction(found.link ? Instruction::Op::link_value : Instruction::Op::print_plain, a);
    if (found.link && !m_link) m_link = a;
    value = value.substr(end + 1);
  }
}

void Emitter::end_tag(pugi::xml_node node) {
  literal("</");
  literal(node.name());
  literal(">");
}

void Emitter::element(pugi::xml_node node) {
  const bool automatic = mark_automatic_styles && named(node, "office:automatic-styles");
  if (!node.first_child() && !automatic) {
    start_tag(node);
    m_program.text.back() = '/';
    literal(">");
    return;
  }
  const bool counts = m_marked.starts && named(node, "text:list");
  if (counts) instruction(Instruction::Op::list_begin);
  const bool optional = can_vanish(node);
  if (optional) instruction(Instruction::Op::optional_begin);
  start_tag(node);
  // Columns alone are no table: it needs a row; and a number alone is no note.
  xml_node from = node.first_child();
  if (optional && named(node, "text:note"))
    for (; from && (is_text(from) || named(from, "text:note-citation")); from = from.next_sibling())
      if (!is_text(from)) element(from);
  if (optional && named(node, "table:table"))
    for (; from && (is_text(from) || starts_with(from, "table:table-column"));
         from = from.next_sibling())
      if (!is_text(from)) element(from);
  if (optional) instruction(Instruction::Op::optional_content);
  if (named(node, "table:table-cell"))
    cell(node);
  else
    children(node, from);
  std::size_t end = 0;
  if (optional) {
    end = m_program.code.size() + (m_program.text.size() == m_literal_begin ? 0 : 1);
    instruction(Instruction::Op::optional_end);
  }
  if (automatic) instruction(Instruction::Op::automatic_styles);
  end_tag(node);
  if (optional) {
    flush();
    m_program.code[end].a = static_cast<std::uint32_t>(m_program.code.size());
  }
  if (counts) instruction(Instruction::Op::list_end);
}

/// A cell that loses all its text keeps an empty paragraph of the style that it had: without one,
/// the row would take the height of the default style.
void Emitter::cell(pugi::xml_node node) {
  int depth = 0;
  bool has_block = false;
  if (is_outside(node, depth, has_block) || !has_block) return children(node);
  instruction(Instruction::Op::optional_begin);
  instruction(Instruction::Op::optional_content);
  children(node);
  flush();
  const std::size_t otherwise = m_program.code.size();
  instruction(Instruction::Op::optional_else);
  literal("<text:p");
  if (const std::string style = first_style(node); !style.empty()) {
    literal(" text:style-name=\"");
    odf::append_escaped(m_program.text, style);
    literal("\"");
  }
  literal("/>");
  flush();
  m_program.code[otherwise].a = static_cast<std::uint32_t>(m_program.code.size());
}

/// Of the first paragraph in a cell; where all only carried tags, of the first of these.
std::string Emitter::first_style(pugi::xml_node node) const {
  std::string out;
  for (xml_node child : node) {
    if (is_paragraph(child)) return child.attribute("text:style-name").value();
    if (is_tag(child) && out.empty()) out = m_marked.tags[child.attribute("n").as_uint()].style;
  }
  return out;
}

void Emitter::children(pugi::xml_node node) { children(node, node.first_child()); }

void Emitter::children(pugi::xml_node node, pugi::xml_node from) {
  const bool mixed = is_mixed(node);
  const bool leaf =
      !node.find_child([](pugi::xml_node n) { return n.type() == pugi::node_element; });
  for (pugi::xml_node child = from; child; child = child.next_sibling()) {
    if (is_text(child) && !mixed && !leaf && is_blank(child.value())) continue;
    this->node(child);
  }
}

void Emitter::node(pugi::xml_node child) {
  if (is_tag(child))
    tag(child.attribute("n").as_uint());
  else if (is_text(child))
    odf::append_escaped(m_program.text, child.value());
  else if (named(child, k_column_element))
    instruction(Instruction::Op::column, 0, child.attribute("n").as_uint());
  else if (named(child, k_column_mark_element))
    instruction(Instruction::Op::column_mark, child.attribute("n").as_uint());
  else if (child.type() == pugi::node_element)
    element(child);
}

void Emitter::tag(std::uint32_t index) {
  const FoundTag& found = m_marked.tags[index];
  const auto a = static_cast<std::uint32_t>(m_program.tags.size());
  const auto here = [&] {
    flush();
    return static_cast<std::uint32_t>(m_program.code.size());
  };
  const auto number_start = [&] {
    if (found.start)
      instruction(Instruction::Op::start_next, static_cast<std::uint32_t>(*found.start),
                  found.start_level);
  };
  switch (found.tag.kind) {
  case Tag::Kind::elif:
  case Tag::Kind::else_:
  case Tag::Kind::endif:
  case Tag::Kind::endfor:
    break; // where its branch begins, or the block has ended
  default:
    number_start();
  }
  m_program.tags.push_back(
      {found.tag, found.place, found.style, typed(found), found.source, found.group});
  switch (found.tag.kind) {
  case Tag::Kind::print: {
    if (anchored != nullptr && found.alone && !found.in_loop) {
      const auto anchor = anchored->find(found.tag.expression.canonical());
      if (anchor != anchored->end()) {
        if (m_anchor_written.size() <= anchor->second) m_anchor_written.resize(anchor->second + 1);
        if (!m_anchor_written[anchor->second]) {
          m_anchor_written[anchor->second] = true;
          return instruction(Instruction::Op::anchored_print, a, anchor->second);
        }
      }
    }
    if (linked != nullptr) {
      const auto anchor = linked->find(found.tag.expression.canonical());
      if (anchor != linked->end())
        return instruction(Instruction::Op::linked_print, a, anchor->second);
    }
    return instruction(Instruction::Op::print, a);
  }
  case Tag::Kind::reference:
    return instruction(Instruction::Op::reference, a);
  case Tag::Kind::label:
    return instruction(Instruction::Op::label, a);
  case Tag::Kind::set:
    return instruction(Instruction::Op::set, a);
  case Tag::Kind::opinions:
  case Tag::Kind::opinion:
    return instruction(Instruction::Op::slot, a);
  case Tag::Kind::include:
  case Tag::Kind::comment:
    return;
  case Tag::Kind::if_:
  case Tag::Kind::for_: {
    const bool loop = found.tag.kind == Tag::Kind::for_;
    Block block;
    block.kind = found.tag.kind;
    block.tag = index;
    block.test = here();
    block.waiting = true;
    instruction(loop ? Instruction::Op::for_begin : Instruction::Op::jump_if_false, a);
    block.loop = m_program.code.size();
    m_blocks.push_back(std::move(block));
    if (loop) m_loops.push_back(index);
    return;
  }
  case Tag::Kind::elif:
  case Tag::Kind::else_: {
    if (m_blocks.empty()) return; // reported by mark_tags
    Block& block = m_blocks.back();
    if (block.kind == Tag::Kind::for_) {
      instruction(Instruction::Op::for_next, static_cast<std::uint32_t>(block.loop));
      if (!m_loops.empty() && m_loops.back() == block.tag) m_loops.pop_back();
    } else {
      number_start();
    }
    block.to_end.push_back(here());
    instruction(Instruction::Op::jump);
    m_program.code[block.test].b = here();
    block.waiting = false;
    if (found.tag.kind == Tag::Kind::elif) {
      block.test = here();
      block.waiting = true;
      instruction(Instruction::Op::jump_if_false, a);
    } else {
      instruction(Instruction::Op::typed, a);
    }
    number_start();
    return;
  }
  case Tag::Kind::endif:
  case Tag::Kind::endfor: {
    if (m_blocks.empty()) return; // reported by mark_tags
    Block block = std::move(m_blocks.back());
    m_blocks.pop_back();
    if (block.kind == Tag::Kind::for_ && block.waiting)
      instruction(Instruction::Op::for_next, static_cast<std::uint32_t>(block.loop));
    const std::uint32_t end = here();
    if (block.waiting) m_program.code[block.test].b = end;
    for (const std::size_t jump : block.to_end) m_program.code[jump].a = end;
    if (!m_loops.empty() && m_loops.back() == block.tag) m_loops.pop_back();
    number_start();
    instruction(Instruction::Op::typed, a);
    return;
  }
  }
}

Program Emitter::finish() {
  flush();
  Program out = std::move(m_program);
  if (!out.continued.empty())
    for (const auto& [id, before] : m_marked.gone_lists) out.continued[id] = before;
  m_program = {};
  m_literal_begin = 0;
  m_blocks.clear();
  m_loops.clear();
  m_names.reset();
  m_can_vanish.clear();
  return out;
}

} // namespace engross::templating
