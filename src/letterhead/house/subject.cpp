// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/subject.hpp"

#include "letterhead/body.hpp"
#include "odf/parts.hpp"

#include <algorithm>
#include <array>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_context = 20; // characters of an excerpt before and after
constexpr std::size_t k_longest_excerpt = 80;

bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Moves an offset by characters, never into the middle of one.
std::size_t moved(std::string_view text, std::size_t at, std::ptrdiff_t characters) {
  while (characters < 0 && at > 0) {
    --at;
    while (at > 0 && is_continuation_byte(text[at])) --at;
    ++characters;
  }
  while (characters > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && is_continuation_byte(text[at])) ++at;
    --characters;
  }
  return at;
}

int characters_in(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation_byte(c); }));
}

class Reader {
 public:
  explicit Reader(TextPart& part) : m_part(part) {}

  /// Depth is that of the parser: no deeper than Limits::xml_depth.
  void read(const pugi::xml_node& node, Flow flow) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      element(child, flow);
    }
  }

 private:
  void element(const pugi::xml_node& node, Flow flow) {
    const std::string_view name = node.name();
    if (is_paragraph(name)) return paragraph(node, flow);
    if (name == "text:tracked-changes" || name == "office:annotation") return;
    if (name.starts_with("text:") && name.ends_with("-source") && name != "text:index-source")
      return;
    if (name == "table:table-cell" || name == "table:covered-table-cell") flow = Flow::table;
    if (name == "draw:text-box") flow = Flow::frame;
    if (name == "text:note-body") flow = Flow::note;
    if (name != "text:list") return read(node, flow);
    const pugi::xml_node outer = m_list;
    m_list = node;
    ++m_level;
    read(node, flow);
    --m_level;
    m_list = outer;
  }

  void paragraph(const pugi::xml_node& node, Flow flow) {
    TextParagraph p;
    p.node = node;
    p.number = ++m_number;
    p.flow = flow;
    p.heading = m_part.headings.size();
    p.list = m_list;
    p.list_level = m_level;
    // Paragraphs inside this one (in notes and frames) come after it, as in the document.
    const std::size_t index = m_part.paragraphs.size();
    m_part.paragraphs.push_back({});
    inline_content(node, {}, p, flow);
    const bool heading = std::string_view(node.name()) == "text:h";
    if (heading) m_part.headings.push_back(shortened(p.text));
    m_part.paragraphs[index] = std::move(p);
  }

  void inline_content(const pugi::xml_node& node, const pugi::xml_node& span, TextParagraph& p,
                      Flow flow) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        add(child, span, p, child.value());
        continue;
      }
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      if (name == "text:s") {
        const int count = std::clamp(child.attribute("text:c").as_int(1), 0, 1000);
        add(child, span, p, std::string(static_cast<std::size_t>(count), ' '));
      } else if (name == "text:tab") {
        add(child, span, p, "\t");
      } else if (name == "text:line-break") {
        add(child, span, p, "\n");
      } else if (name == "office:annotation") {
        p.has_objects = true;
        m_number += count_paragraphs(child);
      } else if (name == "text:note" || name.starts_with("draw:")) {
        p.has_objects = true;
        const pugi::xml_node list = m_list;
        const int level = m_level;
        m_list = {};
        m_level = 0;
        read(child, flow);
        m_list = list;
        m_level = level;
      } else if (name != "text:tracked-changes" && name != "office:annotation-end") {
        if (name == "text:bookmark-ref" || name == "text:sequence") p.has_objects = true;
        inline_content(child, name == "text:span" ? child : span, p, flow);
      }
    }
  }

  static int count_paragraphs(const pugi::xml_node& node) {
    int count = 0;
    walk(node, [&](const pugi::xml_node& n) {
      if (is_paragraph(n.name())) ++count;
      return true;
    });
    return count;
  }

  static void add(const pugi::xml_node& node, const pugi::xml_node& span, TextParagraph& p,
                  std::string_view text) {
    if (text.empty()) return;
    p.runs.push_back({node, p.text.size(), text.size(), span});
    const bool is_text = node.type() != pugi::node_element;
    for (const char c : text) p.text += is_text && (c == '\n' || c == '\r') ? ' ' : c;
  }

  TextPart& m_part;
  pugi::xml_node m_list;
  int m_level = 0;
  int m_number = 0;
};

Result<pugi::xml_document> parse(const odf::Package& package, const char* part) {
  return odf::parse_xml(package.read(part), package.name(), part);
}

/// An empty part with the name spaces and the version of content.xml.
void make_part(const pugi::xml_document& content, const char* root, pugi::xml_document& to) {
  pugi::xml_node node = to.append_child(root);
  odf::add_declarations(to, content);
  if (const pugi::xml_attribute version = content.document_element().attribute("office:version"))
    node.append_attribute("office:version") = version.value();
  if (std::string_view(root) == "office:document-meta") {
    node.append_child("office:meta");
    return;
  }
  for (const char* child : {"office:styles", "office:automatic-styles", "office:master-styles"})
    node.append_child(child);
}

} // namespace

Result<Subject> Subject::open(std::string name, std::string bytes) {
  Result<odf::Package> package = odf::Package::open(std::move(name), std::move(bytes));
  if (!package) return {std::move(package.findings)};
  odf::Document document(std::move(*package));
  Findings findings = std::move(package.findings);
  const auto read = [&](const char* part, const char* root, pugi::xml_document& to) {
    if (!document.package.contains(part)) {
      make_part(document.content, root, to);
      return;
    }
    Result<pugi::xml_document> parsed = parse(document.package, part);
    append(findings, std::move(parsed.findings));
    if (!parsed) return;
    const std::string_view found = parsed->document_element().name();
    if (found != root)
      findings.push_back(
          make_finding(Code::odf_xml_root, odf::place_of(document.package.name(), part), {found}));
    to = std::move(*parsed);
  };
  read("content.xml", "office:document-content", document.content);
  read("styles.xml", "office:document-styles", document.styles);
  read("meta.xml", "office:document-meta", document.meta);
  if (has_errors(findings)) return findings;
  Result<Subject> out{Subject(std::move(document))};
  out.findings = std::move(findings);
  return out;
}

namespace {

/// The value of a user field, as its declaration in `part` says it; none for numbers.
std::optional<std::string> user_field(const pugi::xml_node& part, std::string_view name) {
  const pugi::xml_node declaration = part.find_node([&](const pugi::xml_node& node) {
    return std::string_view(node.name()) == "text:user-field-decl" &&
           node.attribute("text:name").value() == name;
  });
  const pugi::xml_attribute value = declaration.attribute("office:string-value");
  if (!value) return std::nullopt;
  return value.value();
}

/// What Writer prints for a field whose value stands elsewhere in the file; none for other nodes.
std::optional<std::string> field_value(const odf::Document& document, const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (name == "text:user-field-get") {
    const std::string_view display = node.attribute("text:display").value();
    if (!display.empty() && display != "value") return std::nullopt;
    const std::string_view field = node.attribute("text:name").value();
    std::optional<std::string> value = user_field(document.content.document_element(), field);
    return value ? value : user_field(document.styles.document_element(), field);
  }
  for (const char* one : {"text:title", "text:subject", "text:description", "text:user-defined",
                          "text:creator", "text:initial-creator"}) {
    if (name != one) continue;
    const std::string element(odf::meta_of_field(node));
    if (element.empty()) return std::nullopt;
    const pugi::xml_node meta = document.meta.document_element().child("office:meta");
    if (name != "text:user-defined") return meta.child(element.c_str()).text().get();
    const pugi::xml_node own = meta.find_child([&](const pugi::xml_node& n) {
      return n.name() == element && std::string_view(n.attribute("meta:name").value()) ==
                                        node.attribute("text:name").value();
    });
    const std::string_view type = own.attribute("meta:value-type").value();
    if (!own || (!type.empty() && type != "string")) return std::nullopt;
    return own.text().get();
  }
  return std::nullopt;
}

/// Fields of headers say what Writer will print, not what they said when the file was saved.
void refresh_fields(odf::Document& document) {
  std::vector<std::pair<pugi::xml_node, std::string>> values;
  walk(document.styles.document_element().child("office:master-styles"),
       [&](const pugi::xml_node& node) {
         if (const auto value = field_value(document, node)) values.emplace_back(node, *value);
         return true;
       });
  for (auto& [node, value] : values) {
    if (value == node.text().get()) continue;
    while (node.first_child()) node.remove_child(node.first_child());
    node.append_child(pugi::node_pcdata).set_value(value.c_str());
  }
}

} // namespace

Subject::Subject(odf::Document opened) : document(std::move(opened)) {
  refresh_fields(document);
  body.name = "content.xml";
  pages.name = "styles.xml";
  const pugi::xml_node content = document.content.document_element();
  const pugi::xml_node styles = document.styles.document_element();
  Reader(body).read(content.child("office:body").child("office:text"), Flow::body);
  Reader(pages).read(styles.child("office:master-styles"), Flow::page);
  const pugi::xml_node fonts = content.child("office:font-face-decls");
  body_styles = std::make_unique<const StyleSheet>(document.styles,
                                                   content.child("office:automatic-styles"), fonts);
  page_styles = std::make_unique<const StyleSheet>(
      document.styles, styles.child("office:automatic-styles"), pugi::xml_node());
  masters = master_pages_of(document, false);
  is_template = document.package.mimetype() == odf::k_template_mimetype;
}

Place Subject::place(std::string_view part) const {
  Place place;
  place.file = file();
  place.part = part;
  return place;
}

Place Subject::place(const TextPart& part, const TextParagraph& paragraph, std::size_t begin,
                     std::size_t length) const {
  Place out = place(part.name);
  out.paragraph = paragraph.number;
  if (paragraph.heading > 0) out.heading = part.headings[paragraph.heading - 1];
  const std::string_view text = paragraph.text;
  begin = std::min(begin, text.size());
  const std::size_t end = std::min({begin + length, text.size(), begin + k_longest_excerpt});
  std::size_t from = moved(text, begin, -static_cast<std::ptrdiff_t>(k_context));
  const std::size_t to = moved(text, moved(text, end, 0),
                               static_cast<std::ptrdiff_t>(length > 0 ? k_context : 2 * k_context));
  if (begin == 0) from = 0;
  std::string excerpt = from > 0 ? "…" : "";
  int caret = from > 0 ? 1 : 0;
  caret += characters_in(text.substr(from, begin - from));
  for (const char c : text.substr(from, to - from)) excerpt += c == '\t' || c == '\n' ? ' ' : c;
  if (to < text.size()) excerpt += "…";
  out.excerpt = std::move(excerpt);
  if (length > 0) out.caret = caret;
  return out;
}

std::string_view style_of(const TextParagraph& paragraph) {
  return paragraph.node.attribute("text:style-name").value();
}

std::string run_property(const StyleSheet& styles, const TextParagraph& paragraph, const Run& run,
                         std::string_view property, bool with_percent) {
  for (pugi::xml_node span = run.span; span && span != paragraph.node; span = span.parent()) {
    if (std::string_view(span.name()) != "text:span") continue;
    const StyleSheet::Style* style =
        styles.find(Space::text, span.attribute("text:style-name").value());
    if (style == nullptr) continue;
    const auto at = style->resolved.find(property);
    if (at != style->resolved.end() && (with_percent || !at->second.ends_with('%')))
      return at->second;
  }
  return paragraph_property(styles, paragraph, property);
}

std::string paragraph_property(const StyleSheet& styles, const TextParagraph& paragraph,
                               std::string_view property) {
  const StyleSheet::Style* style = styles.find(Space::paragraph, style_of(paragraph));
  const Properties& from = style == nullptr ? styles.paragraph_defaults() : style->resolved;
  const auto at = from.find(property);
  return at == from.end() ? std::string() : at->second;
}

pugi::xml_node table_style(const pugi::xml_document& content, const pugi::xml_node& table) {
  const std::string_view name = table.attribute("table:style-name").value();
  return content.document_element()
      .child("office:automatic-styles")
      .find_child([&](const pugi::xml_node& style) {
        return std::string_view(style.attribute("style:family").value()) == "table" &&
               style.attribute("style:name").value() == name;
      });
}

bool starts_page(const StyleSheet& styles, const TextParagraph& paragraph) {
  return paragraph_property(styles, paragraph, "p|fo:break-before") == "page" ||
         !paragraph_property(styles, paragraph, "s|style:master-page-name").empty();
}

bool ends_page(const StyleSheet& styles, const TextParagraph& paragraph) {
  return paragraph_property(styles, paragraph, "p|fo:break-after") == "page";
}

std::string_view live_date(const pugi::xml_node& node) {
  constexpr std::array k_fields = {
      std::pair{"text:date", "the day on which the letter is opened"},
      std::pair{"text:time", "the time at which the letter is opened"},
      std::pair{"text:modification-date", "the day on which the letter was last saved"},
      std::pair{"text:modification-time", "the time at which the letter was last saved"},
      std::pair{"text:print-date", "the day on which the letter was last printed"},
      std::pair{"text:print-time", "the time at which the letter was last printed"}};
  const std::string_view name = node.name();
  for (const auto& [field, text] : k_fields)
    if (name == field && !node.attribute("text:fixed").as_bool()) return text;
  return {};
}

std::vector<std::pair<std::size_t, std::size_t>> tags_of(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
    const char* end = kind == '{' ? "}}" : kind == '%' ? "%}" : kind == '#' ? "#}" : nullptr;
    if (end == nullptr) {
      ++at;
      continue;
    }
    const std::size_t close = text.find(end, at + 2);
    const std::size_t stop = close == std::string_view::npos ? text.size() : close + 2;
    out.emplace_back(at, stop);
    at = stop;
  }
  return out;
}

bool is_inside_tag(const std::vector<std::pair<std::size_t, std::size_t>>& tags, std::size_t at) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](const auto& t) { return at >= t.first && at < t.second; });
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  const std::size_t end = moved(out, 0, static_cast<std::ptrdiff_t>(limit));
  if (end < out.size()) {
    out.erase(end);
    out += "…";
  }
  return out;
}

} // namespace engross::letterhead
