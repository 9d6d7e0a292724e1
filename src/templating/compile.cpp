// SPDX-License-Identifier: MPL-2.0
#include "templating/compile.hpp"

#include "odf/document.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>

namespace engross::templating {

namespace {

using pugi::xml_node;

constexpr std::string_view k_object_replacement =
    "\xEF\xBF\xBC"; // U+FFFC stands for fields, frames
constexpr char k_attribute_tag_begin = '\x01';
constexpr char k_attribute_tag_end = '\x02';
constexpr int k_excerpt_side = 22; // code points each side of a tag

bool named(xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

bool starts_with(xml_node node, std::string_view prefix) {
  return std::string_view(node.name()).substr(0, prefix.size()) == prefix;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_text(xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// Inline elements whose content is text of the paragraph.
bool is_transparent(xml_node node) {
  return named(node, "text:span") || named(node, "text:a") || named(node, "text:meta") ||
         named(node, "text:ruby") || named(node, "text:ruby-base");
}

/// Elements that hold paragraphs of their own in the middle of another paragraph or part.
bool is_flow_boundary(xml_node node) {
  static constexpr std::array k_names = {
      "text:note-body",     "draw:text-box", "style:header",      "style:header-left",
      "style:header-first", "style:footer",  "style:footer-left", "style:footer-first",
      "office:annotation",  "office:text"};
  return std::any_of(k_names.begin(), k_names.end(),
                     [&](const char* name) { return named(node, name); });
}

/// meta.xml has no paragraphs; these hold text that may hold tags (ODF 1.3 part 3, 4.3).
bool is_meta_text(xml_node node) {
  return named(node, "dc:title") || named(node, "dc:subject") || named(node, "dc:description") ||
         named(node, "meta:keyword") || named(node, "meta:user-defined");
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// White space as a reader sees it: one blank for any run.
std::string collapse(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  return out;
}

std::string_view last_code_points(std::string_view text, int count) {
  std::size_t at = text.size();
  while (at > 0 && count > 0)
    if ((static_cast<unsigned char>(text[--at]) & 0xC0U) != 0x80U) --count;
  return text.substr(at);
}

std::string_view first_code_points(std::string_view text, int count) {
  std::size_t at = 0;
  while (at < text.size()) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && count-- == 0) break;
    ++at;
  }
  return text.substr(0, at);
}

/// One stretch of a paragraph's text and the node that it comes from.
struct Piece {
  xml_node node;
  std::size_t begin = 0;
  std::size_t length = 0;
};

struct ParagraphText {
  std::string text;
  std::vector<Piece> pieces;
};

void gather(xml_node node, ParagraphText& out) {
  for (xml_node child : node) {
    const std::size_t begin = out.text.size();
    if (is_text(child)) {
      out.text += child.value();
    } else if (named(child, "text:s")) {
      out.text.append(std::max(1U, child.attribute("text:c").as_uint(1)), ' ');
    } else if (named(child, "text:tab")) {
      out.text += '\t';
    } else if (named(child, "text:line-break")) {
      out.text += '\n';
    } else if (is_transparent(child)) {
      gather(child, out);
      continue;
    } else if (starts_with(child, "text:bookmark-") || named(child, "text:bookmark") ||
               starts_with(child, "text:reference-mark") || named(child, k_tag_element) ||
               named(child, "text:soft-page-break")) {
      // text:bookmark-ref prints; the other bookmark and reference marks do not.
      if (named(child, "text:bookmark-ref"))
        out.text += k_object_replacement;
      else
        continue;
    } else {
      out.text += k_object_replacement;
    }
    out.pieces.push_back({child, begin, out.text.size() - begin});
  }
}

bool is_control(Tag::Kind kind) {
  switch (kind) {
  case Tag::Kind::print:
  case Tag::Kind::reference:
  case Tag::Kind::label:
    return false;
  default:
    return true;
  }
}

bool is_block_tag(Tag::Kind kind) {
  switch (kind) {
  case Tag::Kind::if_:
  case Tag::Kind::elif:
  case Tag::Kind::else_:
  case Tag::Kind::endif:
  case Tag::Kind::for_:
  case Tag::Kind::endfor:
    return true;
  default:
    return false;
  }
}

bool needs_own_paragraph(Tag::Kind kind) {
  return kind == Tag::Kind::opinions || kind == Tag::Kind::opinion || kind == Tag::Kind::include;
}

/// The first pass: finds, replaces and hoists.
class TagMarker {
 public:
  TagMarker(std::string file, std::string part, int first_paragraph)
      : m_file(std::move(file)), m_part(std::move(part)), m_paragraph(first_paragraph) {}

  MarkedPart run(xml_node root) {
    m_automatic = root.child("office:document-content").child("office:automatic-styles");
    accept_changes(root);
    mark_link_targets(root);
    mark_pictures(root);
    std::vector<xml_node> paragraphs;
    collect_paragraphs(root, paragraphs);
    for (xml_node paragraph : paragraphs) mark_paragraph(paragraph);
    if (!m_out.tags.empty()) {
      m_out.changed = true;
      lift_carriers();
      split_spans();
      match_blocks(root);
      join_lists();
      balance_bookmarks(root);
      drop_comments();
    }
    if (m_out.changed) drop_unused_styles(root);
    return std::move(m_out);
  }

 private:
  struct Open {
    Tag::Kind kind{};
    std::vector<std::uint32_t> tags;
    bool has_else = false;
  };

  // --- What never reaches a letter -------------------------------------------------------------

  /// The body already is the accepted view (deleted text lies outside it): marks and comments go.
  void accept_changes(xml_node root) {
    std::vector<xml_node> doomed;
    bool tracked = false;
    walk(root, [&](xml_node node) {
      if (named(node, "text:tracked-changes")) {
        doomed.push_back(node);
        tracked = tracked || node.first_child();
        return false;
      }
      if (named(node, "text:change") || named(node, "text:change-start") ||
          named(node, "text:change-end") || named(node, "office:annotation") ||
          named(node, "office:annotation-end")) {
        doomed.push_back(node);
        return false;
      }
      if (named(node, "text:placeholder")) m_placeholders.push_back(node);
      return true;
    });
    for (xml_node node : doomed) node.parent().remove_child(node);
    m_out.changed = m_out.changed || !doomed.empty();
    if (tracked) {
      Place place;
      place.file = m_file;
      place.part = m_part;
      m_out.findings.push_back(make_finding(Code::tracked_changes_accepted, place));
    }
    for (xml_node node : m_placeholders) open_placeholder(node);
  }

  /// Writer's placeholder field keeps its angle brackets as text; a tag inside it is a tag.
  void open_placeholder(xml_node node) {
    ParagraphText text;
    gather(node, text);
    std::string_view inner = text.text;
    if (!inner.empty() && inner.front() == '<') inner.remove_prefix(1);
    if (!inner.empty() && inner.back() == '>') inner.remove_suffix(1);
    if (scan_tags(inner).spans.empty()) return;
    xml_node plain = node.parent().insert_child_before(pugi::node_pcdata, node);
    plain.set_value(std::string(inner).c_str());
    node.parent().remove_child(node);
    m_out.changed = true;
  }

  /// Tags in the target of a link; Writer writes braces and blanks there as %7B, %20 …. A printed
  /// tag stands in the attribute between two control characters, which no XML can hold.
  void mark_link_targets(xml_node root) {
    walk(root, [&](xml_node node) {
      if (!named(node, "text:a")) return true;
      pugi::xml_attribute target = node.attribute("xlink:href");
      std::string text = target.value();
      if (text.find("{{") == std::string::npos && text.find("%7B%7B") == std::string::npos)
        return true;
      text = percent_decoded(text);
      const TagScan scan = scan_tags(text);
      for (const TagError& error : scan.errors) {
        const TagSpan span{error.offset, std::min(text.size(), error.offset + 2)};
        m_out.findings.push_back(make_finding(error.code, place_of(text, span), error.arguments));
      }
      std::string marked;
      std::size_t at = 0;
      for (const TagSpan span : scan.spans) {
        const Place place = place_of(text, span);
        std::variant<Tag, TagError> parsed =
            parse_tag(text.substr(span.begin, span.end - span.begin));
        if (auto* error = std::get_if<TagError>(&parsed)) {
          m_out.findings.push_back(make_finding(error->code, place, error->arguments));
          continue;
        }
        FoundTag found;
        found.tag = std::move(std::get<Tag>(parsed));
        found.place = place;
        if (found.tag.kind != Tag::Kind::print) {
          m_out.findings.push_back(make_finding(Code::only_values_in_links, place, {place.tag}));
          continue;
        }
        marked.append(text, at, span.begin - at);
        marked += k_attribute_tag_begin + std::to_string(m_out.tags.size()) + k_attribute_tag_end;
        at = span.end;
        m_out.tags.push_back(std::move(found));
      }
      marked.append(text, at);
      target.set_value(marked.c_str());
      m_out.changed = true;
      return true;
    });
  }

  /// A picture whose name in Writer is a tag is replaced by the tag's value: a file or data URI of
  /// the deal, made to fit the frame.
  void mark_pictures(xml_node root) {
    walk(root, [&](xml_node node) {
      const std::string name = node.attribute("draw:name").value();
      xml_node image = node.child("draw:image");
      if (!named(node, "draw:frame") || !image || name.find("{{") == std::string::npos) return true;
      const Place place = place_of(name, {0, name.size()});
      std::variant<Tag, TagError> parsed = parse_tag(name);
      if (auto* error = std::get_if<TagError>(&parsed)) {
        m_out.findings.push_back(make_finding(error->code, place, error->arguments));
        return true;
      }
      FoundTag found;
      found.tag = std::move(std::get<Tag>(parsed));
      found.place = place;
      found.picture = true;
      const std::string index = std::to_string(m_out.tags.size());
      const auto field = [&](PictureField which) {
        return k_attribute_tag_begin + index + "," + std::to_string(static_cast<unsigned>(which)) +
               k_attribute_tag_end;
      };
      node.attribute("draw:name").set_value(("Picture " + index).c_str());
      image.attribute("xlink:href").set_value(field(PictureField::href).c_str());
      // The frame's own size rides along: it is the room that the picture may take.
      for (const auto& [attribute, which] : {std::pair("svg:width", PictureField::width),
                                             std::pair("svg:height", PictureField::height)})
        if (pugi::xml_attribute size = node.attribute(attribute)) {
          found.tag.targets.push_back(size.value());
          size.set_value(field(which).c_str());
        }
      m_out.tags.push_back(std::move(found));
      m_out.changed = true;
      return true;
    });
  }

  static std::string percent_decoded(const std::string& text) {
    const auto digit = [](char c) {
      if (c >= '0' && c <= '9') return c - '0';
      if (c >= 'A' && c <= 'F') return c - 'A' + 10;
      return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
          digit(text[i + 2]) >= 0) {
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
      } else {
        out += text[i];
      }
    }
    return out;
  }

  // --- Tags in paragraphs ----------------------------------------------------------------------

  template <class F> static void walk(xml_node node, F&& visit) {
    for (xml_node child : node)
      if (visit(child)) walk(child, visit);
  }

  static void collect_paragraphs(xml_node root, std::vector<xml_node>& out) {
    if (is_paragraph(root)) out.push_back(root);
    walk(root, [&](xml_node node) {
      if (is_paragraph(node) || is_meta_text(node)) out.push_back(node);
      return true;
    });
  }

  Place place_of(const std::string& text, TagSpan span) const {
    const std::string_view whole = text;
    const std::string tag = collapse(whole.substr(span.begin, span.end - span.begin));
    const auto blank_at = [&](std::size_t at) { return at < whole.size() && whole[at] == ' '; };
    const std::string before = collapse(whole.substr(0, span.begin));
    const std::string after = (blank_at(span.end) ? " " : "") + collapse(whole.substr(span.end));
    std::string_view head = last_code_points(before, k_excerpt_side);
    std::string_view tail = first_code_points(after, k_excerpt_side);
    Place place;
    place.file = m_file;
    place.part = m_part;
    place.paragraph = m_paragraph;
    place.heading = m_heading;
    place.tag = tag;
    place.excerpt = (head.size() < before.size() ? "…" : "") + std::string(head);
    place.caret = static_cast<int>(code_points(place.excerpt));
    place.excerpt += tag;
    place.excerpt += tail;
    if (tail.size() < after.size()) place.excerpt += "…";
    return place;
  }

  void mark_paragraph(xml_node paragraph) {
    ++m_paragraph;
    ParagraphText text;
    gather(paragraph, text);
    if (named(paragraph, "text:h"))
      m_heading = std::string(first_code_points(collapse(text.text), 60));
    if (text.text.find_first_of("{}") == std::string::npos) return;
    TagScan scan = scan_tags(text.text);
    for (const TagError& error : scan.errors) {
      const TagSpan span{error.offset, std::min(text.text.size(), error.offset + 2)};
      m_out.findings.push_back(
          make_finding(error.code, place_of(text.text, span), error.arguments));
    }
    if (scan.spans.empty()) return;

    const std::size_t first = m_out.tags.size();
    std::vector<TagSpan> spans;
    for (const TagSpan span : scan.spans) {
      const std::string source = text.text.substr(span.begin, span.end - span.begin);
      std::variant<Tag, TagError> parsed = parse_tag(source);
      if (auto* error = std::get_if<TagError>(&parsed)) {
        m_out.findings.push_back(
            make_finding(error->code, place_of(text.text, span), error->arguments));
        continue;
      }
      FoundTag found;
      found.tag = std::move(std::get<Tag>(parsed));
      found.place = place_of(text.text, span);
      spans.push_back(trimmed(text.text, span, found.tag));
      m_out.tags.push_back(std::move(found));
    }
    // From the last to the first: offsets before the tag stay true.
    for (std::size_t i = spans.size(); i-- > 0;)
      replace(text, spans[i], static_cast<std::uint32_t>(first + i));
    classify(paragraph, first);
  }

  static TagSpan trimmed(std::string_view text, TagSpan span, const Tag& tag) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (tag.trim_left && span.begin > 0 && blank(text[span.begin - 1])) --span.begin;
    while (tag.trim_right && span.end < text.size() && blank(text[span.end])) ++span.end;
    return span;
  }

  void replace(ParagraphText& text, TagSpan span, std::uint32_t index) {
    xml_node marker;
    std::vector<xml_node> touched;
    for (Piece& piece : text.pieces) {
      const std::size_t end = piece.begin + piece.length;
      if (end <= span.begin || piece.begin >= span.end) continue;
      xml_node parent = piece.node.parent();
      const bool text_node = is_text(piece.node);
      const std::string value = text_node ? piece.node.value() : std::string();
      const std::size_t from = span.begin > piece.begin ? span.begin - piece.begin : 0;
      const std::size_t to = std::min(span.end, end) - piece.begin;
      const std::string left = text_node ? value.substr(0, from) : std::string();
      const std::string right = text_node ? value.substr(to) : std::string();
      if (!marker) {
        marker = parent.insert_child_after(k_tag_element, piece.node);
        marker.append_attribute("n") = index;
        if (!right.empty())
          parent.insert_child_after(pugi::node_pcdata, marker).set_value(right.c_str());
      } else if (!right.empty()) {
        parent.insert_child_after(pugi::node_pcdata, piece.node).set_value(right.c_str());
      }
      if (left.empty()) {
        touched.push_back(parent);
        parent.remove_child(piece.node);
        piece.length = 0;
      } else {
        piece.node.set_value(left.c_str());
        piece.length = left.size();
      }
    }
    for (xml_node node : touched) {
      while (node && is_transparent(node) && !node.first_child()) {
        xml_node parent = node.parent();
        parent.remove_child(node);
        node = parent;
      }
    }
    m_out.tags[index].marker = marker;
  }

  /// Whether the paragraph shows anything besides tags; what its tags make of it.
  void classify(xml_node paragraph, std::size_t first) {
    bool visible = false;
    bool lone_control = true;
    std::size_t prints = 0;
    inspect(paragraph, visible);
    for (std::size_t i = first; i < m_out.tags.size(); ++i) {
      const Tag::Kind kind = m_out.tags[i].tag.kind;
      lone_control = lone_control && is_control(kind);
      if (kind == Tag::Kind::print || kind == Tag::Kind::reference) ++prints;
    }
    if (!visible && lone_control && is_paragraph(paragraph)) {
      for (std::size_t i = first; i < m_out.tags.size(); ++i) {
        xml_node moved = paragraph.parent().insert_move_before(m_out.tags[i].marker, paragraph);
        m_out.tags[i].marker = moved;
        m_out.tags[i].alone = true;
        m_out.tags[i].style = named_style(paragraph);
      }
      hand_on_break(paragraph);
      paragraph.parent().remove_child(paragraph);
      return;
    }
    for (std::size_t i = first; i < m_out.tags.size(); ++i) {
      FoundTag& found = m_out.tags[i];
      found.alone = !visible && prints == 1 && found.tag.kind == Tag::Kind::print;
      if (needs_own_paragraph(found.tag.kind))
        m_out.findings.push_back(make_finding(Code::tag_not_alone, found.place, {found.place.tag}));
    }
  }

  xml_node automatic_style(xml_node paragraph) const {
    return m_automatic.find_child_by_attribute("style:style", "style:name",
                                               paragraph.attribute("text:style-name").value());
  }

  std::string named_style(xml_node paragraph) const {
    const xml_node automatic = automatic_style(paragraph);
    return automatic ? automatic.attribute("style:parent-style-name").value()
                     : paragraph.attribute("text:style-name").value();
  }

  /// A carrier that began a page leaves the break to the paragraph behind it.
  void hand_on_break(xml_node carrier) {
    const xml_node from = automatic_style(carrier);
    const pugi::xml_attribute page = from.attribute("style:master-page-name");
    const pugi::xml_attribute break_before =
        from.child("style:paragraph-properties").attribute("fo:break-before");
    if (*page.value() == '\0' && *break_before.value() == '\0') return;
    xml_node next = carrier.next_sibling();
    while (next && (is_tag(next) || is_text(next))) next = next.next_sibling();
    while (named(next, "text:list") || named(next, "text:list-item"))
      next = next.find_child([](xml_node n) { return n.type() == pugi::node_element; });
    if (!is_paragraph(next)) return;
    xml_node style = automatic_style(next);
    if (style) {
      style = m_automatic.append_copy(style);
    } else {
      style = m_automatic.append_child("style:style");
      style.append_attribute("style:name");
      style.append_attribute("style:family") = "paragraph";
      style.append_attribute("style:parent-style-name") = next.attribute("text:style-name").value();
    }
    const std::string name = "EB" + std::to_string(++m_breaks);
    style.attribute("style:name").set_value(name.c_str());
    if (*page.value() != '\0' && !style.attribute("style:master-page-name"))
      style.append_attribute("style:master-page-name") = page.value();
    if (*break_before.value() != '\0') {
      xml_node properties = style.child("style:paragraph-properties");
      if (!properties) properties = style.prepend_child("style:paragraph-properties");
      if (!properties.attribute("fo:break-before"))
        properties.append_attribute("fo:break-before") = break_before.value();
    }
    pugi::xml_attribute style_name = next.attribute("text:style-name");
    if (!style_name) style_name = next.append_attribute("text:style-name");
    style_name.set_value(name.c_str());
  }

  static void inspect(xml_node node, bool& visible) {
    for (xml_node child : node) {
      if (visible) return;
      if (is_text(child))
        visible = !is_blank(child.value());
      else if (is_transparent(child))
        inspect(child, visible);
      else if (named(child, k_tag_element) || named(child, "text:s") || named(child, "text:tab") ||
               named(child, "text:soft-page-break") || starts_with(child, "text:bookmark") ||
               named(child, "text:line-break"))
        visible = named(child, "text:bookmark-ref");
      else
        visible = true;
    }
  }

  // --- Carriers --------------------------------------------------------------------------------

  static bool holds_only_tags(xml_node node) {
    for (xml_node child : node) {
      if (is_text(child) && is_blank(child.value())) continue;
      if (!named(child, k_tag_element)) return false;
    }
    return true;
  }

  /// A cell that shows nothing: tags, or empty paragraphs.
  static bool is_empty_cell(xml_node cell) {
    for (xml_node child : cell) {
      if (named(child, k_tag_element) || (is_text(child) && is_blank(child.value()))) continue;
      if (!is_paragraph(child)) return false;
      bool visible = false;
      inspect(child, visible);
      if (visible || child.find_node([](xml_node n) { return named(n, k_tag_element); }))
        return false;
    }
    return true;
  }

  void lift_out(xml_node container) {
    xml_node parent = container.parent();
    std::vector<xml_node> markers;
    walk(container, [&](xml_node node) {
      if (named(node, k_tag_element)) markers.push_back(node);
      return true;
    });
    for (xml_node marker : markers) {
      const auto index = marker.attribute("n").as_uint();
      m_out.tags[index].marker = parent.insert_move_before(marker, container);
    }
    parent.remove_child(container);
  }

  void lift_carriers() {
    for (FoundTag& found : m_out.tags) {
      if (!found.alone || !is_control(found.tag.kind)) continue;
      for (;;) {
        xml_node parent = found.marker.parent();
        if (named(parent, "text:list-item") || named(parent, "text:list-header") ||
            named(parent, "text:list") || named(parent, "text:section")) {
          if (!holds_only_tags(parent)) break;
          lift_out(parent);
        } else if (named(parent, "table:table-cell")) {
          xml_node row = parent.parent();
          bool empty = named(row, "table:table-row");
          for (xml_node cell : row) empty = empty && (is_text(cell) || is_empty_cell(cell));
          if (!empty) break;
          lift_out(row);
        } else {
          break;
        }
      }
    }
  }

  /// A block tag inside a span or link stands between two halves of it.
  void split_spans() {
    for (FoundTag& found : m_out.tags) {
      if (!is_block_tag(found.tag.kind)) continue;
      while (is_transparent(found.marker.parent())) {
        xml_node span = found.marker.parent();
        xml_node outer = span.parent();
        if (found.marker.previous_sibling()) {
          xml_node left = outer.insert_child_before(span.name(), span);
          for (pugi::xml_attribute a : span.attributes())
            left.append_attribute(a.name()) = a.value();
          while (xml_node first = span.first_child()) {
            if (first == found.marker) break;
            left.append_move(first);
          }
        }
        found.marker = outer.insert_move_before(found.marker, span);
        if (!span.first_child()) outer.remove_child(span);
      }
    }
  }

  // --- Blocks ----------------------------------------------------------------------------------

  void report(Code code, std::uint32_t tag, std::initializer_list<std::string_view> more = {}) {
    const Place& place = m_out.tags[tag].place;
    std::vector<std::string> arguments{place.tag};
    arguments.insert(arguments.end(), more.begin(), more.end());
    m_out.findings.push_back(make_finding(code, place, arguments));
  }

  void match_blocks(xml_node root) {
    std::vector<std::uint32_t> order;
    walk(root, [&](xml_node node) {
      if (named(node, k_tag_element)) order.push_back(node.attribute("n").as_uint());
      return true;
    });
    std::vector<Open> open;
    int loops = 0;
    for (const std::uint32_t index : order) {
      FoundTag& found = m_out.tags[index];
      found.in_loop = loops > 0;
      switch (found.tag.kind) {
      case Tag::Kind::if_:
      case Tag::Kind::for_:
        if (found.tag.kind == Tag::Kind::for_) ++loops;
        open.push_back({found.tag.kind, {index}, false});
        break;
      case Tag::Kind::elif:
      case Tag::Kind::else_: {
        const bool is_else = found.tag.kind == Tag::Kind::else_;
        const bool fits = !open.empty() && !open.back().has_else &&
                          (is_else || open.back().kind == Tag::Kind::if_);
        if (!fits) {
          report(Code::block_part_misplaced, index);
          discard(index);
          break;
        }
        open.back().tags.push_back(index);
        open.back().has_else = is_else;
        break;
      }
      case Tag::Kind::endif:
      case Tag::Kind::endfor: {
        const Tag::Kind wanted =
            found.tag.kind == Tag::Kind::endif ? Tag::Kind::if_ : Tag::Kind::for_;
        const auto match = std::find_if(open.rbegin(), open.rend(),
                                        [&](const Open& o) { return o.kind == wanted; });
        if (match == open.rend()) {
          report(Code::block_not_open, index);
          discard(index);
          break;
        }
        while (open.back().kind != wanted) { // what lies above was never closed
          report(Code::block_not_closed, open.back().tags.front(),
                 {open.back().kind == Tag::Kind::if_ ? "{% endif %}" : "{% endfor %}"});
          if (open.back().kind == Tag::Kind::for_) --loops;
          open.pop_back();
        }
        if (wanted == Tag::Kind::for_) --loops;
        open.back().tags.push_back(index);
        settle(open.back());
        m_blocks.push_back(std::move(open.back()));
        open.pop_back();
        break;
      }
      default:
        break;
      }
    }
    for (const Open& block : open)
      report(Code::block_not_closed, block.tags.front(),
             {block.kind == Tag::Kind::if_ ? "{% endif %}" : "{% endfor %}"});
  }

  void discard(std::uint32_t index) {
    m_out.tags[index].marker.parent().remove_child(m_out.tags[index].marker);
    m_out.tags[index].marker = {};
  }

  static std::vector<xml_node> ancestors(xml_node node) {
    std::vector<xml_node> out;
    for (xml_node up = node.parent(); up; up = up.parent()) out.push_back(up);
    std::reverse(out.begin(), out.end());
    return out;
  }

  static bool shows_something(xml_node node) {
    if (is_text(node)) return !is_blank(node.value());
    if (named(node, k_tag_element)) return false;
    if (starts_with(node, "text:bookmark") || named(node, "text:soft-page-break")) return false;
    if (is_paragraph(node) || is_transparent(node) || named(node, "text:list") ||
        named(node, "text:list-item") || named(node, "table:table-cell")) {
      for (xml_node child : node)
        if (shows_something(child) || named(child, k_tag_element)) return true;
      return is_paragraph(node); // an empty paragraph is a line
    }
    return true;
  }

  /// Puts all tags of a block under one parent. An opening tag may step out before everything of
  /// which it is the very beginning, a closing tag behind everything of which it is the end.
  void settle(const Open& block) {
    std::vector<xml_node> common = ancestors(m_out.tags[block.tags.front()].marker);
    for (const std::uint32_t index : block.tags) {
      const std::vector<xml_node> chain = ancestors(m_out.tags[index].marker);
      std::size_t same = 0;
      while (same < common.size() && same < chain.size() && common[same] == chain[same]) ++same;
      common.resize(same);
    }
    // From one cell to another of the same row: the row is repeated, not its cells.
    const bool between_cells = named(common.back(), "table:table-row") &&
                               m_out.tags[block.tags.front()].marker.parent() != common.back();
    if (between_cells) common.pop_back();
    const xml_node parent = common.back();
    for (const std::uint32_t index : block.tags) {
      const bool at_end = index == block.tags.back();
      while (m_out.tags[index].marker.parent() != parent) {
        xml_node marker = m_out.tags[index].marker;
        xml_node container = marker.parent();
        if (is_flow_boundary(container) || !is_at_edge(marker, at_end)) {
          report(Code::block_crosses, block.tags.front(),
                 {m_out.tags[block.tags.back()].place.tag});
          return;
        }
        xml_node outer = container.parent();
        m_out.tags[index].marker = at_end ? outer.insert_move_after(marker, container)
                                          : outer.insert_move_before(marker, container);
      }
    }
  }

  static bool is_at_edge(xml_node marker, bool at_end) {
    for (xml_node node = at_end ? marker.next_sibling() : marker.previous_sibling(); node;
         node = at_end ? node.next_sibling() : node.previous_sibling())
      if (shows_something(node)) return false;
    return true;
  }

  /// Tags around one list stand in that list: the passes of the loop are items of one list.
  void join_lists() {
    for (const Open& block : m_blocks) {
      if (block.kind != Tag::Kind::for_ || block.has_else) continue;
      xml_node first = m_out.tags[block.tags.front()].marker;
      xml_node last = m_out.tags[block.tags.back()].marker;
      if (named(first.parent(), "text:list")) continue;
      xml_node list;
      bool joinable = first.parent() == last.parent();
      for (xml_node n = first.next_sibling(); joinable && n && n != last; n = n.next_sibling()) {
        if (named(n, k_tag_element)) {
          joinable = is_block_tag(m_out.tags[n.attribute("n").as_uint()].tag.kind);
        } else if (is_text(n) && is_blank(n.value())) {
          continue;
        } else {
          joinable = !list && named(n, "text:list");
          list = n;
        }
      }
      if (!joinable || !list) continue;
      while (xml_node before = list.previous_sibling()) {
        const bool done = before == first;
        move_marker(before, list, true);
        if (done) break;
      }
      while (xml_node after = list.next_sibling()) {
        const bool done = after == last;
        move_marker(after, list, false);
        if (done) break;
      }
    }
  }

  void move_marker(xml_node node, xml_node list, bool to_front) {
    if (!named(node, k_tag_element)) {
      node.parent().remove_child(node);
      return;
    }
    const auto index = node.attribute("n").as_uint();
    m_out.tags[index].marker = to_front ? list.prepend_move(node) : list.append_move(node);
  }

  /// A bookmark needs both its ends: one that begins and ends in different branches or passes, or
  /// that lost an end with a carrier, is no bookmark of the letter.
  void balance_bookmarks(xml_node root) {
    struct Ends {
      std::vector<xml_node> nodes;
      std::vector<std::string> contexts;
    };
    std::map<std::string, Ends> bookmarks;
    std::vector<std::string> open;
    int branch = 0;
    walk(root, [&](xml_node node) {
      if (named(node, k_tag_element)) {
        const Tag::Kind kind = m_out.tags[node.attribute("n").as_uint()].tag.kind;
        if (kind == Tag::Kind::elif || kind == Tag::Kind::else_ || kind == Tag::Kind::endif ||
            kind == Tag::Kind::endfor)
          if (!open.empty()) open.pop_back();
        if (is_block_tag(kind) && kind != Tag::Kind::endif && kind != Tag::Kind::endfor)
          open.push_back(std::to_string(++branch) + ".");
      } else if (named(node, "text:bookmark-start") || named(node, "text:bookmark-end")) {
        Ends& ends = bookmarks[node.attribute("text:name").value()];
        ends.nodes.push_back(node);
        std::string context;
        for (const std::string& one : open) context += one;
        ends.contexts.push_back(std::move(context));
      }
      return true;
    });
    for (auto& [name, ends] : bookmarks)
      if (ends.nodes.size() != 2 || ends.contexts[0] != ends.contexts[1])
        for (xml_node node : ends.nodes) node.parent().remove_child(node);
  }

  void drop_comments() {
    for (FoundTag& found : m_out.tags)
      if (found.tag.kind == Tag::Kind::comment && found.marker) {
        found.marker.parent().remove_child(found.marker);
        found.marker = {};
      }
  }

  /// Formatting of what went away; other families (tables, frames) may be named in other ways.
  void drop_unused_styles(xml_node root) {
    if (!m_automatic) return;
    std::set<std::string_view> used;
    walk(root, [&](xml_node node) {
      for (pugi::xml_attribute a : node.attributes())
        if (std::string_view(a.name()).ends_with("style-name")) used.insert(a.value());
      return true;
    });
    for (xml_node style = m_automatic.first_child(); style;) {
      const xml_node next = style.next_sibling();
      const std::string_view family = style.attribute("style:family").value();
      if (named(style, "style:style") && (family == "paragraph" || family == "text") &&
          !used.contains(style.attribute("style:name").value()))
        m_automatic.remove_child(style);
      style = next;
    }
  }

  std::string m_file;
  std::string m_part;
  int m_paragraph = 0;
  int m_breaks = 0;
  xml_node m_automatic;
  std::string m_heading;
  std::vector<xml_node> m_placeholders;
  std::vector<Open> m_blocks;
  MarkedPart m_out;
};

/// Text between these elements is layout of the file, not of the document.
bool is_mixed(xml_node node) {
  return is_paragraph(node) || is_transparent(node) || is_meta_text(node);
}

/// A paragraph, list or table all of whose content hangs on blocks: it goes when they write
/// nothing.
bool is_optional(xml_node node, const MarkedPart& marked) {
  int depth = 0;
  bool has_block = false;
  const auto is_outside = [&](auto&& self, xml_node parent) -> bool {
    for (xml_node child : parent) {
      if (is_tag(child)) {
        const Tag::Kind kind = marked.tags[child.attribute("n").as_uint()].tag.kind;
        if (kind == Tag::Kind::if_ || kind == Tag::Kind::for_) {
          ++depth;
          has_block = true;
        } else if (kind == Tag::Kind::endif || kind == Tag::Kind::endfor) {
          --depth;
        } else if (depth == 0 && kind != Tag::Kind::set) {
          return true;
        }
      } else if (depth == 0) {
        if (is_text(child)) {
          if (!is_blank(child.value())) return true;
        } else if (is_transparent(child)) {
          if (self(self, child)) return true;
        } else if (!starts_with(child, "text:bookmark") && !named(child, "text:soft-page-break") &&
                   !named(child, "table:table-column") && !named(child, "table:table-columns") &&
                   !named(child, "text:s")) {
          return true;
        }
      }
    }
    return false;
  };
  return !is_outside(is_outside, node) && has_block;
}

} // namespace

bool is_paragraph(pugi::xml_node node) { return named(node, "text:p") || named(node, "text:h"); }
bool is_tag(pugi::xml_node node) { return named(node, k_tag_element); }

MarkedPart mark_tags(pugi::xml_document& document, const std::string& file,
                     const std::string& part) {
  return TagMarker(file, part, 0).run(document);
}

MarkedPart mark_tags_in(pugi::xml_node root, const std::string& file, const std::string& part,
                        int first_paragraph) {
  return TagMarker(file, part, first_paragraph).run(root);
}

// --- Emitter -------------------------------------------------------------------------------------

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
  const bool in_loop = std::any_of(m_blocks.begin(), m_blocks.end(), [](const Block& block) {
    return block.kind == Tag::Kind::for_;
  });
  literal("<");
  literal(node.name());
  for (pugi::xml_attribute attribute : node.attributes()) {
    // An id may stand once in a document; a loop would repeat it.
    if (in_loop && std::strcmp(attribute.name(), "xml:id") == 0) continue;
    literal(" ");
    literal(attribute.name());
    literal("=\"");
    attribute_value(attribute.value());
    literal("\"");
  }
  literal(">");
}

void Emitter::attribute_value(std::string_view value) {
  for (;;) {
    const std::size_t begin = value.find(k_attribute_tag_begin);
    odf::append_escaped(m_program.text, value.substr(0, begin));
    if (begin == std::string_view::npos) return;
    const std::size_t end = value.find(k_attribute_tag_end, begin);
    const std::string which(value.substr(begin + 1, end - begin - 1));
    const FoundTag& found = m_marked.tags[std::strtoul(which.c_str(), nullptr, 10)];
    const auto a = static_cast<std::uint32_t>(m_program.tags.size());
    m_program.tags.push_back({found.tag, found.place, {}});
    if (found.picture)
      instruction(Instruction::Op::picture, a,
                  static_cast<std::uint32_t>(
                      std::strtoul(which.c_str() + which.find(',') + 1, nullptr, 10)));
    else
      instruction(Instruction::Op::print_plain, a);
    value = value.substr(end + 1);
  }
}

void Emitter::end_tag(pugi::xml_node node) {
  literal("</");
  literal(node.name());
  literal(">");
}

void Emitter::element(pugi::xml_node node) {
  const bool in_loop = std::any_of(m_blocks.begin(), m_blocks.end(), [](const Block& block) {
    return block.kind == Tag::Kind::for_;
  });
  if (in_loop && starts_with(node, "text:bookmark") && !named(node, "text:bookmark-ref")) return;
  const bool automatic = mark_automatic_styles && named(node, "office:automatic-styles");
  if (!node.first_child() && !automatic) {
    start_tag(node);
    m_program.text.back() = '/';
    literal(">");
    return;
  }
  const bool optional =
      (is_paragraph(node) || named(node, "text:list") || named(node, "table:table")) &&
      is_optional(node, m_marked);
  if (optional) instruction(Instruction::Op::optional_begin);
  start_tag(node);
  if (optional) instruction(Instruction::Op::optional_content);
  children(node);
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
}

void Emitter::children(pugi::xml_node node) {
  const bool mixed = is_mixed(node);
  const bool leaf =
      !node.find_child([](pugi::xml_node n) { return n.type() == pugi::node_element; });
  for (pugi::xml_node child : node) {
    if (is_text(child) && !mixed && !leaf && is_blank(child.value())) continue;
    this->node(child);
  }
}

void Emitter::node(pugi::xml_node child) {
  if (is_tag(child))
    tag(child.attribute("n").as_uint());
  else if (is_text(child))
    odf::append_escaped(m_program.text, child.value());
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
  m_program.tags.push_back({found.tag, found.place, found.style});
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
    block.test = here();
    block.waiting = true;
    instruction(loop ? Instruction::Op::for_begin : Instruction::Op::jump_if_false, a);
    block.loop = m_program.code.size();
    m_blocks.push_back(std::move(block));
    return;
  }
  case Tag::Kind::elif:
  case Tag::Kind::else_: {
    if (m_blocks.empty()) return; // reported by mark_tags
    Block& block = m_blocks.back();
    if (block.kind == Tag::Kind::for_)
      instruction(Instruction::Op::for_next, static_cast<std::uint32_t>(block.loop));
    block.to_end.push_back(here());
    instruction(Instruction::Op::jump);
    m_program.code[block.test].b = here();
    block.waiting = false;
    if (found.tag.kind == Tag::Kind::elif) {
      block.test = here();
      block.waiting = true;
      instruction(Instruction::Op::jump_if_false, a);
    }
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
    return;
  }
  }
}

Program Emitter::finish() {
  flush();
  Program out = std::move(m_program);
  m_program = {};
  m_literal_begin = 0;
  m_blocks.clear();
  return out;
}

} // namespace engross::templating
