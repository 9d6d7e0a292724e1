// SPDX-License-Identifier: MPL-2.0
#include "templating/compile.hpp"

#include "templating/area.hpp"
#include "templating/automatic_styles.hpp"
#include "templating/blocks.hpp"
#include "templating/dom.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace engross::templating {

namespace {

using pugi::xml_node;

constexpr int k_excerpt_side = 22; // code points each side of a tag
// In any script, and with some blanks to be left out.
constexpr std::size_t k_excerpt_bytes = 400;

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

bool needs_own_paragraph(Tag::Kind kind) {
  return kind == Tag::Kind::opinions || kind == Tag::Kind::opinion || kind == Tag::Kind::include;
}

/// The first pass: finds, replaces and hoists.
class TagMarker {
 public:
  TagMarker(std::string file, std::string part, int first_paragraph, xml_node named_styles = {})
      : m_file(std::move(file)), m_part(std::move(part)), m_paragraph(first_paragraph),
        m_named_styles(named_styles) {}

  MarkedPart run(xml_node root) {
    m_styles = AutomaticStyles(
        root.child("office:document-content").child("office:automatic-styles"), m_named_styles);
    accept_changes(root);
    mark_link_targets(root);
    mark_pictures(root);
    std::vector<xml_node> paragraphs;
    collect_paragraphs(root, paragraphs);
    for (xml_node paragraph : paragraphs) mark_paragraph(paragraph);
    report_unread(root);
    if (!m_out.tags.empty()) {
      m_out.changed = true;
      place_blocks(root, m_out);
      drop_comments();
    }
    if (m_out.changed) m_styles.drop_unused(root);
    return std::move(m_out);
  }

 private:
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
    walk_with_places(root, [&](xml_node node) {
      if (!named(node, "text:a") && !named(node, "draw:a")) return;
      pugi::xml_attribute target = node.attribute("xlink:href");
      const std::string raw = target.value();
      if (raw.find_first_of("{%") == std::string::npos) return;
      std::vector<std::size_t> origin; // of each byte of the text in `raw`, and its end
      const std::string text = percent_decoded(raw, origin);
      const TagScan scan = scan_tags(text);
      const bool opened =
          std::any_of(scan.errors.begin(), scan.errors.end(),
                      [](const TagError& error) { return error.code == Code::tag_not_closed; });
      if (scan.spans.empty() && !opened) return;
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
        found.link = true;
        found.source =
            without_trim_marks(std::string_view(text).substr(span.begin, span.end - span.begin));
        if (found.tag.kind != Tag::Kind::print) {
          m_out.findings.push_back(make_finding(Code::only_values_in_links, place, {place.tag}));
          continue;
        }
        marked.append(raw, at, origin[span.begin] - at);
        marked += k_attribute_tag_begin + std::to_string(m_out.tags.size()) + k_attribute_tag_end;
        at = origin[span.end];
        m_out.tags.push_back(std::move(found));
      }
      marked.append(raw, at);
      target.set_value(marked.c_str());
      m_out.changed = true;
    });
  }

  /// A picture whose name in Writer is a tag is replaced by the tag's value: a file or data URI of
  /// the deal, made to fit the frame.
  void mark_pictures(xml_node root) {
    walk_with_places(root, [&](xml_node node) {
      const std::string name = node.attribute("draw:name").value();
      xml_node image = node.child("draw:image");
      if (!named(node, "draw:frame") || !image || name.find("{{") == std::string::npos) return;
      const Place place = place_of(name, {0, name.size()});
      std::variant<Tag, TagError> parsed = parse_tag(name);
      if (auto* error = std::get_if<TagError>(&parsed)) {
        m_out.findings.push_back(make_finding(error->code, place, error->arguments));
        return;
      }
      FoundTag found;
      found.tag = std::move(std::get<Tag>(parsed));
      found.place = place;
      if (found.tag.kind != Tag::Kind::print) {
        m_out.findings.push_back(make_finding(Code::only_values_in_links, place, {place.tag}));
        return;
      }
      found.picture = true;
      const std::string index = std::to_string(m_out.tags.size());
      const auto field = [&](PictureField which) {
        return k_attribute_tag_begin + index + "," + std::to_string(static_cast<unsigned>(which)) +
               k_attribute_tag_end;
      };
      // What stood there rides along: the frame is the room that the picture may take.
      found.tag.targets = {image.attribute("xlink:href").value(), name,
                           node.attribute("svg:width").value(),
                           node.attribute("svg:height").value()};
      node.attribute("draw:name").set_value(field(PictureField::name).c_str());
      image.attribute("xlink:href").set_value(field(PictureField::href).c_str());
      for (const auto& [attribute, which] : {std::pair("svg:width", PictureField::width),
                                             std::pair("svg:height", PictureField::height)})
        if (pugi::xml_attribute size = node.attribute(attribute))
          size.set_value(field(which).c_str());
      m_out.tags.push_back(std::move(found));
      m_out.changed = true;
    });
  }

  static std::string percent_decoded(const std::string& text, std::vector<std::size_t>& origin) {
    const auto digit = [](char c) {
      if (c >= '0' && c <= '9') return c - '0';
      if (c >= 'A' && c <= 'F') return c - 'A' + 10;
      return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      origin.push_back(i);
      if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
          digit(text[i + 2]) >= 0) {
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
      } else {
        out += text[i];
      }
    }
    origin.push_back(text.size());
    return out;
  }

  // --- Tags in paragraphs ----------------------------------------------------------------------

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
    // Only what stands near is shown; a paragraph may be long and hold many tags.
    const auto inside_character = [&](std::size_t at) {
      return at < whole.size() && (static_cast<unsigned char>(whole[at]) & 0xC0U) == 0x80U;
    };
    std::size_t near = span.begin > k_excerpt_bytes ? span.begin - k_excerpt_bytes : 0;
    std::size_t far = std::min(whole.size(), span.end + k_excerpt_bytes);
    while (inside_character(near)) ++near;
    while (inside_character(far)) ++far;
    const std::string before = collapse(whole.substr(near, span.begin - near));
    const std::string after =
        (blank_at(span.end) ? " " : "") + collapse(whole.substr(span.end, far - span.end));
    std::string_view head = last_code_points(before, k_excerpt_side);
    std::string_view tail = first_code_points(after, k_excerpt_side);
    Place place;
    place.file = m_file;
    place.part = m_part;
    place.area = m_area;
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

  /// Places are counted by paragraphs and named by headings.
  void enter(xml_node paragraph, const ParagraphText& text) {
    const xml_node page_part = page_part_of(paragraph);
    if (page_part != m_page_part) m_paragraph = 0;
    m_page_part = page_part;
    ++m_paragraph;
    m_area = area_of(paragraph);
    if (named(paragraph, "text:h"))
      m_heading = std::string(first_code_points(collapse(text.text), 60));
  }

  /// Visits all nodes, each with its paragraph and heading known.
  template <class F> void walk_with_places(xml_node root, F&& visit) {
    const int first = m_paragraph;
    walk(root, [&](xml_node node) {
      if (is_paragraph(node) || is_meta_text(node)) {
        ParagraphText text;
        if (named(node, "text:h")) gather(node, text);
        enter(node, text);
      }
      visit(node);
      return true;
    });
    m_paragraph = first;
    m_page_part = {};
    m_heading.clear();
  }

  void count_unread(std::string_view tag) {
    if (!tag.starts_with("{%")) return;
    tag.remove_prefix(std::min(tag.find_first_not_of("{%- \t\n"), tag.size()));
    const std::string_view word = tag.substr(0, tag.find_first_of(" \t\n%}-("));
    if (word == "if") ++m_out.unread_ifs;
    if (word == "for") ++m_out.unread_fors;
    if (word.starts_with("end")) ++m_out.unread_ends;
  }

  void mark_paragraph(xml_node paragraph) {
    ParagraphText text;
    gather(paragraph, text);
    enter(paragraph, text);
    if (text.text.find_first_of("{}") == std::string::npos) return;
    TagScan scan = scan_tags(text.text);
    for (const TagError& error : scan.errors) {
      const TagSpan span{error.offset, std::min(text.text.size(), error.offset + 2)};
      m_out.findings.push_back(
          make_finding(error.code, place_of(text.text, span), error.arguments));
      count_unread(std::string_view(text.text).substr(error.offset));
    }
    if (scan.spans.empty()) return;

    const std::size_t first = m_out.tags.size();
    std::vector<TagSpan> spans;
    for (const TagSpan span : scan.spans) {
      const std::string source = text.text.substr(span.begin, span.end - span.begin);
      std::variant<Tag, TagError> parsed = parse_tag(source);
      if (source.find(k_object_replacement) != std::string::npos)
        parsed = TagError{Code::unexpected_character,
                          {"that stands for a note, a frame, a field or an index mark"}};
      if (auto* error = std::get_if<TagError>(&parsed)) {
        m_out.findings.push_back(
            make_finding(error->code, place_of(text.text, span), error->arguments));
        count_unread(source);
        continue;
      }
      FoundTag found;
      found.tag = std::move(std::get<Tag>(parsed));
      found.place = place_of(text.text, span);
      found.source = without_trim_marks(source);
      spans.push_back(trimmed(text.text, span, found.tag));
      m_out.tags.push_back(std::move(found));
    }
    replace(text, spans, first);
    classify(paragraph, first);
  }

  static TagSpan trimmed(std::string_view text, TagSpan span, const Tag& tag) {
    if (tag.trim_left) span.begin = begin_of_blanks(text, span.begin);
    if (tag.trim_right) span.end = end_of_blanks(text, span.end);
    return span;
  }

  /// Bookmarks and page ends, or nothing at all.
  static bool holds_only_marks(xml_node node) {
    for (xml_node child : node)
      if (!named(child, "text:soft-page-break") &&
          (!starts_with(child, "text:bookmark") || named(child, "text:bookmark-ref")))
        return false;
    return true;
  }

  /// Puts a marker in the place of each tag, where its first character stands. One way through the
  /// paragraph: it may be long and hold many tags.
  void replace(const ParagraphText& text, const std::vector<TagSpan>& spans, std::size_t first) {
    std::vector<xml_node> touched;
    std::size_t next = 0; // of the spans
    for (const Piece& piece : text.pieces) {
      const std::size_t end = piece.begin + piece.length;
      while (next < spans.size() && spans[next].end <= piece.begin) ++next;
      if (next == spans.size()) break;
      if (spans[next].begin >= end) continue;
      xml_node parent = piece.node.parent();
      const bool text_node = is_text(piece.node);
      std::size_t at = piece.begin;
      for (std::size_t i = next; i < spans.size() && spans[i].begin < end; ++i) {
        if (text_node && spans[i].begin > at)
          parent.insert_child_before(pugi::node_pcdata, piece.node)
              .set_value(text.text.substr(at, spans[i].begin - at).c_str());
        FoundTag& found = m_out.tags[first + i];
        if (!found.marker) {
          found.marker = parent.insert_child_before(k_tag_element, piece.node);
          found.marker.append_attribute("n") = static_cast<unsigned>(first + i);
        }
        at = std::max(at, std::min(spans[i].end, end));
      }
      if (text_node && at < end) {
        xml_node rest = piece.node;
        rest.set_value(text.text.substr(at, end - at).c_str());
      } else {
        touched.push_back(parent);
        parent.remove_child(piece.node);
      }
    }
    // Formatting of what went away goes with it; marks that stood in it stay.
    std::set<xml_node> gone;
    for (xml_node node : touched) {
      while (node && !gone.contains(node) && is_transparent(node) && holds_only_marks(node)) {
        xml_node parent = node.parent();
        while (xml_node child = node.first_child()) parent.insert_move_before(child, node);
        gone.insert(node);
        parent.remove_child(node);
        node = parent;
      }
    }
  }

  /// The break of a loop's carrier begins one page, not one in each pass: the first pass has the
  /// style with the break, the others have the one before.
  void begin_once(xml_node node, const std::string& before) {
    pugi::xml_attribute style = node.attribute(carrier_style_attribute(node));
    std::optional<FoundTag> found = style_of_first_pass(style.value(), before);
    if (!found) return;
    style.set_value(
        (k_attribute_tag_begin + std::to_string(m_out.tags.size()) + k_attribute_tag_end).c_str());
    m_styles.keep(before);
    m_out.tags.push_back(std::move(*found));
  }

  /// Whether the paragraph shows anything besides tags; what its tags make of it.
  void classify(xml_node paragraph, std::size_t first) {
    const bool visible = prints_something(paragraph);
    bool lone_control = true;
    std::size_t prints = 0;
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
        m_out.tags[i].style = m_styles.named_style(paragraph);
      }
      m_out.tags[first].start = number_start_of(paragraph);
      m_out.tags[first].start_level = paragraph.attribute("text:outline-level").as_uint(1);
      // The text of a fragment stands where its tag stood.
      FoundTag& last = m_out.tags.back();
      const bool slot = last.tag.kind == Tag::Kind::opinions || last.tag.kind == Tag::Kind::opinion;
      if (slot || last.tag.kind == Tag::Kind::include) {
        const AutomaticStyles::Break begun = m_styles.break_of(paragraph);
        last.master_page = begun.master_page;
        last.break_before = begun.before;
      }
      if (last.tag.kind != Tag::Kind::include) {
        std::string before;
        const xml_node begun = m_styles.hand_on_break(paragraph, before);
        if (begun && last.tag.kind == Tag::Kind::for_) {
          // In a letter for a later pass the tag still begins a page.
          last.style = paragraph.attribute("text:style-name").value();
          m_styles.keep(last.style);
          begin_once(begun, before); // adds a tag: `last` is gone
        }
      }
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

  /// What is left of a tag after all were marked stands where none is read, and would be printed.
  void report_unread(xml_node root) {
    const auto judge = [&](const char* value, const std::string& where) {
      if (std::strchr(value, '{') == nullptr) return;
      const std::string_view text = value;
      if (text.find("{{") == std::string_view::npos && text.find("{%") == std::string_view::npos)
        return;
      const TagScan scan = scan_tags(text);
      if (scan.spans.empty()) return;
      Place place;
      place.file = m_file;
      place.part = m_part;
      const auto [begin, end] = scan.spans.front();
      place.tag = std::string(text.substr(begin, end - begin));
      // A declaration and its fields hold it several times; a tag that was not understood stays.
      if (std::any_of(m_out.findings.begin(), m_out.findings.end(),
                      [&](const Finding& known) { return known.place.tag == place.tag; }))
        return;
      m_out.findings.push_back(make_finding(Code::tag_in_field, place, {place.tag, where}));
    };
    walk(root, [&](xml_node node) {
      if (named(node, k_tag_element)) return false;
      const char* where = unread_place(node);
      if (is_text(node)) judge(node.value(), unread_place(node.parent()));
      for (const pugi::xml_attribute attribute : node.attributes()) judge(attribute.value(), where);
      return true;
    });
  }

  static const char* unread_place(xml_node node) {
    if (starts_with(node, "text:user-field")) return "a user field";
    if (starts_with(node, "text:variable")) return "a variable";
    if (named(node, "text:conditional-text")) return "a conditional text";
    if (starts_with(node, "text:hidden")) return "a hidden text or paragraph";
    if (starts_with(node, "text:section")) return "the condition or the name of a section";
    if (named(node, "text:text-input")) return "an input field";
    return "a field";
  }

  void drop_comments() {
    for (FoundTag& found : m_out.tags)
      if (found.tag.kind == Tag::Kind::comment && found.marker && !found.start) {
        found.marker.parent().remove_child(found.marker);
        found.marker = {};
      }
  }

  std::string m_file;
  std::string m_part;
  int m_paragraph = 0;
  xml_node m_named_styles;
  AutomaticStyles m_styles;
  std::string m_heading;
  std::string m_area;
  xml_node m_page_part; ///< the header or footer that is walked through
  std::vector<xml_node> m_placeholders;
  MarkedPart m_out;
};

} // namespace

std::optional<FoundTag> style_of_first_pass(const std::string& first, const std::string& others) {
  std::variant<Tag, TagError> parsed =
      parse_tag("{{ '" + first + "' if loop.first else '" + others + "' }}");
  if (std::holds_alternative<TagError>(parsed) || others.empty()) return std::nullopt;
  FoundTag found;
  found.tag = std::move(std::get<Tag>(parsed));
  found.place.tag = first;
  found.source = others; // where the loop is kept its tag has the break
  return found;
}

bool is_paragraph(pugi::xml_node node) { return named(node, "text:p") || named(node, "text:h"); }
bool is_tag(pugi::xml_node node) { return named(node, k_tag_element); }

MarkedPart mark_tags(pugi::xml_document& document, const std::string& file, const std::string& part,
                     pugi::xml_node named_styles) {
  return TagMarker(file, part, 0, named_styles).run(document);
}

MarkedPart mark_tags_in(pugi::xml_node root, const std::string& file, const std::string& part,
                        int first_paragraph) {
  return TagMarker(file, part, first_paragraph).run(root);
}

} // namespace engross::templating
