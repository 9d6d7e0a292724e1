// SPDX-License-Identifier: MPL-2.0
#include "odf/links.hpp"

#include "odf/document.hpp"
#include "odf/parts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <optional>
#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_break_link =
    "Break the link in Writer (Edit > Links to External Files), so that the content lies in the "
    "document, or delete it.";
constexpr std::string_view k_embed_picture =
    "Embed the picture in Writer: Edit > Links to External Files > Break Link.";
constexpr std::string_view k_delete = "Delete it in Writer, or paste its content instead.";
constexpr std::string_view k_font = "Embed the font in the document, or name an installed one.";

/// Addresses that a reader may click on and nothing loads (ODF 1.3 part 3: 6.1.8, 10.4.12,
/// 10.4.13.2, 13.3, 13.5.3). A click may run a program, though.
constexpr std::array<std::string_view, 8> k_hyperlinks = {"text:a",
                                                          "draw:a",
                                                          "draw:area-rectangle",
                                                          "draw:area-circle",
                                                          "draw:area-polygon",
                                                          "form:button",
                                                          "form:image",
                                                          "form:form"};

/// What a click may open: pages, mail, telephone. Whatever else an office knows (macro:, .uno:,
/// vnd.sun.star.script:, service:, file:) does things to the reader's machine or reads from it.
constexpr std::array<std::string_view, 5> k_schemes = {"http", "https", "mailto", "ftp", "tel"};

/// Fields whose text comes out of a data source (ODF 1.3 part 3, 7.6).
constexpr std::array<std::string_view, 5> k_database_fields = {
    "text:database-display", "text:database-next", "text:database-row-select",
    "text:database-row-number", "text:database-name"};

struct Kind {
  std::string_view element;
  std::string_view name;
  std::string_view remedy;
};

constexpr Kind k_kinds[] = {
    {"draw:image", "A linked picture", k_embed_picture},
    {"draw:fill-image", "A linked picture of a fill", k_embed_picture},
    {"style:background-image", "A linked background picture", k_embed_picture},
    {"text:list-level-style-image", "A linked picture of a list bullet", k_embed_picture},
    {"text:section-source", "A linked section", k_break_link},
    {"draw:object", "A linked object", k_break_link},
    {"draw:object-ole", "A linked OLE object", k_break_link},
    {"draw:floating-frame", "A floating frame", k_delete},
    {"draw:plugin", "A plug-in or media file", k_delete},
    {"draw:applet", "An applet", k_delete},
    {"table:table-source", "A linked table", k_break_link},
    {"table:cell-range-source", "A linked cell range", k_break_link},
    {"chart:chart", "The data of a chart", k_break_link},
    {"text:alphabetical-index-auto-mark-file", "A concordance file", k_delete},
    {"svg:font-face-uri", "A font", k_font},
    {"svg:definition-src", "A font", k_font},
    {"meta:auto-reload", "Another document", k_delete},
};

int hex_value(char c) {
  const auto u = static_cast<unsigned char>(c);
  if (std::isdigit(u) != 0) return c - '0';
  return std::isxdigit(u) != 0 ? std::tolower(u) - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                       hex_value(text[i + 2]) >= 0;
    out +=
        coded ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return out;
}

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

/// Whether an IRI leaves the package (ODF 1.3 part 2, 3.7): it has a scheme, is absolute, or climbs
/// out. "#name", "Pictures/a.png", "./Object 1" do not. `depth` folders lie above the part.
bool leaves_package(std::string_view href, std::ptrdiff_t depth) {
  // As an office does: blanks at the ends count for nothing.
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!href.empty() && blank(href.front())) href.remove_prefix(1);
  while (!href.empty() && blank(href.back())) href.remove_suffix(1);
  if (href.empty() || href.front() == '#') return false;
  if (starts_ignoring_case(href, "data:") || starts_ignoring_case(href, "vnd.sun.star.package:"))
    return false;
  const std::string path = percent_decoded(href.substr(0, href.find_first_of("?#")));
  if (path.find('\\') != std::string::npos || path.starts_with('/')) return true;
  const std::size_t colon = path.find(':');
  if (colon != std::string::npos && path.find('/') > colon) return true;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (segment == "..") {
      if (--depth < 0) return true;
    } else if (segment != "." && !segment.empty()) {
      ++depth;
    }
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  return false;
}

/// Where the first tag of a template begins; Writer writes its braces as %7B.
std::size_t first_tag(std::string_view href) {
  for (std::size_t i = 0; i < href.size(); ++i) {
    const std::string_view rest = href.substr(i);
    const bool brace = rest.front() == '{';
    if (!brace && !starts_ignoring_case(rest, "%7b")) continue;
    const std::string_view next = rest.substr(brace ? 1 : 3);
    if (next.starts_with('{') || next.starts_with('%') || next.starts_with('#')) return i;
  }
  return std::string_view::npos;
}

/// A text as a finding shows it.
std::string shown(std::string_view text) {
  constexpr std::size_t longest = 120;
  std::string out(text.substr(0, longest));
  while (text.size() > longest && !out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U))
    out.pop_back();
  if (text.size() > longest) out += "…";
  return out;
}

/// More say nothing new, and a hostile file could ask for millions.
constexpr std::size_t k_most_findings = 200;

class LinkCheck {
 public:
  LinkCheck(const std::string& file, const std::string& part)
      : m_file(file), m_part(part), m_depth(std::count(part.begin(), part.end(), '/')) {}

  Findings run(const pugi::xml_document& document) {
    visit(document);
    return std::move(m_findings);
  }

 private:
  // Depth is that of the parser: no deeper than Limits::xml_depth.
  void visit(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = child.name();
      if (name == "text:p" || name == "text:h") ++m_paragraph;
      if (name == "text:h") m_heading = heading_text(child);
      check(child, name);
      if (m_findings.size() >= k_most_findings) return;
      visit(child);
    }
  }

  void check(pugi::xml_node node, std::string_view name) {
    const std::string_view local = name.substr(name.find(':') + 1);
    const std::string_view href = node.attribute("xlink:href").value();
    if (local == "event-listener" || name == "text:execute-macro" || name == "office:script" ||
        name == "text:script") {
      check_script(node, name, href);
      return;
    }
    if (local == "dde-source" || name == "text:dde-connection-decl") {
      const std::string what = std::string(node.attribute("office:dde-application").value()) + " " +
                               node.attribute("office:dde-topic").value();
      report(Code::external_link, {"A DDE link", shown(what), k_break_link});
      return;
    }
    check_data(node, name, href);
    if (!href.empty() && one_of(k_hyperlinks, name) && !may_be_clicked(href))
      report(Code::link_refused, {shown(href)});
    if (!href.empty() && !one_of(k_hyperlinks, name) && name != "meta:template" &&
        !one_of(k_connections, name) && leaves_package(href, m_depth))
      report_link(name, href);
    // Attributes that load besides xlink:href (19.262, 19.141, 19.124; XForms' src and schema).
    if (name.starts_with("form:")) check_attribute(node, "form:image-data", "A linked picture");
    if (name == "draw:applet") check_attribute(node, "draw:archive", "An applet");
    if (name == "xforms:instance") check_attribute(node, "src", "The data of a form");
    if (name == "xforms:model") check_attribute(node, "schema", "The schema of a form");
  }

  static constexpr std::array<std::string_view, 3> k_connections = {
      "form:connection-resource", "db:connection-resource", "db:database-description"};

  template <std::size_t N>
  static bool one_of(const std::array<std::string_view, N>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  }

  void check_script(pugi::xml_node node, std::string_view name, std::string_view href) {
    // Offices write an empty library container into every flat file.
    if (name == "office:script" && !has_content(node)) return;
    std::string what(name.substr(name.find(':') + 1));
    for (const std::string_view detail :
         {std::string_view(node.attribute("script:event-name").value()), href,
          std::string_view(node.attribute("script:macro-name").value()),
          std::string_view(node.attribute("text:name").value())})
      if (!detail.empty()) what += " " + shown(detail);
    report(Code::script_in_document, {what});
  }

  static std::string heading_text(pugi::xml_node heading) {
    std::string out;
    append_text(heading, out);
    return shown(out);
  }

  static void append_text(pugi::xml_node node, std::string& out) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_pcdata) out += child.value();
      if (child.type() == pugi::node_element) append_text(child, out);
    }
  }

  static bool has_content(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        if (std::string_view(child.value()).find_first_not_of(" \t\r\n") != std::string_view::npos)
          return true;
      } else if (std::string_view(child.name()) != "ooo:libraries" || child.first_child()) {
        return true;
      }
    }
    return false;
  }

  void check_data(pugi::xml_node node, std::string_view name, std::string_view href) {
    std::string what;
    if (one_of(k_database_fields, name)) {
      what = node.attribute("text:database-name").value();
      if (const char* table = node.attribute("text:table-name").value(); *table != '\0')
        what += (what.empty() ? "" : ", ") + std::string(table);
      if (what.empty()) what = name;
    } else if (one_of(k_connections, name)) {
      what = href.empty() ? name : href;
    } else if (const char* source = node.attribute("form:datasource").value(); *source != '\0') {
      what = source;
    }
    if (!what.empty()) report(Code::external_data, {shown(what)});
  }

  void check_attribute(pugi::xml_node node, const char* attribute, std::string_view what) {
    const std::string_view value = node.attribute(attribute).value();
    if (leaves_package(value, m_depth)) report(Code::external_link, {what, shown(value), k_delete});
  }

  void report_link(std::string_view element, std::string_view href) {
    const auto* kind = std::find_if(std::begin(k_kinds), std::end(k_kinds),
                                    [&](const Kind& k) { return k.element == element; });
    if (kind != std::end(k_kinds)) {
      report(Code::external_link, {kind->name, shown(href), kind->remedy});
    } else {
      const std::string what = "What " + shown(element) + " names";
      report(Code::external_link, {what, shown(href), k_delete});
    }
  }

  void report(Code code, std::initializer_list<std::string_view> args) {
    Place place = place_of(m_file, m_part);
    // A frame may stand between paragraphs; the one before it is the nearest place.
    place.paragraph = m_paragraph;
    place.heading = m_heading;
    m_findings.push_back(make_finding(code, std::move(place), args));
  }

  const std::string& m_file;
  const std::string& m_part;
  std::ptrdiff_t m_depth;
  Findings m_findings;
  int m_paragraph = 0;
  std::string m_heading;
};

/// Whether a picture of SVG names something outside itself. Pictures bring their own DOCTYPE and
/// entities, which is harmless as long as these load nothing.
class SvgCheck : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata)
      look_at_style(node.value());
    const std::string_view name = node.name();
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view key = attribute.name();
      const std::string_view value = attribute.value();
      const bool href = key == "href" || key.ends_with(":href");
      if (href && name != "a" && !name.ends_with(":a")) look_at(value);
      if (!href) look_at_style(value);
    }
    return m_found.empty();
  }

  std::string found() const { return m_found; }

 private:
  void look_at(std::string_view target) {
    while (!target.empty() && std::strchr(" \t\r\n\"'", target.front()) != nullptr)
      target.remove_prefix(1);
    if (target.empty() || target.front() == '#') return;
    // A picture inside this one would have to be looked at in turn.
    const bool nested = starts_ignoring_case(target, "data:image/svg");
    if (starts_ignoring_case(target, "data:") && !nested) return;
    m_found = shown(target.substr(0, target.find_first_of("\"')")));
  }

  void look_at_style(std::string_view style) {
    for (std::size_t i = style.find("url("); i != std::string_view::npos && m_found.empty();
         i = style.find("url(", i + 1))
      look_at(style.substr(i + 4));
    const std::size_t import = style.find("@import");
    if (import != std::string_view::npos && m_found.empty()) m_found = shown(style.substr(import));
  }

  std::string m_found;
};

std::string external_entity(std::string_view text) {
  for (std::size_t i = text.find("<!ENTITY"); i != std::string_view::npos;
       i = text.find("<!ENTITY", i + 1)) {
    const std::string_view entity = text.substr(i, text.find('>', i) - i);
    if (entity.find("SYSTEM") != std::string_view::npos ||
        entity.find("PUBLIC") != std::string_view::npos)
      return shown(entity);
  }
  const std::size_t sheet = text.find("<?xml-stylesheet");
  if (sheet == std::string_view::npos) return {};
  return shown(text.substr(sheet, text.find("?>", sheet) - sheet));
}

} // namespace

bool may_be_clicked(std::string_view href) {
  while (!href.empty() && static_cast<unsigned char>(href.front()) <= 0x20) href.remove_prefix(1);
  if (href.empty() || href.front() == '#') return true;
  const std::size_t tag = first_tag(href);
  const std::size_t colon = href.substr(0, tag).find(':');
  // Where a tag gives the beginning, the letter is judged, not the template.
  if (colon == std::string_view::npos) return tag != std::string_view::npos;
  const std::string_view scheme = href.substr(0, colon);
  return std::any_of(k_schemes.begin(), k_schemes.end(), [&](std::string_view known) {
    return known.size() == scheme.size() && starts_ignoring_case(scheme, known);
  });
}

bool begins_with_tag(std::string_view href) { return first_tag(href) == 0; }

Findings check_external_links(const pugi::xml_document& document, const std::string& file,
                              const std::string& part) {
  return LinkCheck(file, part).run(document);
}

Findings check_picture(std::string_view bytes, const std::string& file, const std::string& part) {
  if (bytes.starts_with("\x1F\x8B"))
    return {make_finding(Code::part_method, place_of(file, part), {part, "gzip"})};
  const std::string_view start = bytes.substr(0, 4);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") ||
      (start.find('<') != std::string_view::npos && start.find('\0') != std::string_view::npos))
    return {make_finding(Code::odf_xml_encoding, place_of(file, part), {"it looks like UTF-16"})};
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '<') return {};
  std::string found = external_entity(bytes);
  pugi::xml_document svg;
  if (found.empty()) {
    // What does not parse is no picture for an office either; what was read up to there counts.
    svg.load_buffer(bytes.data(), bytes.size());
    SvgCheck check;
    svg.traverse(check);
    found = check.found();
  }
  if (found.empty()) return {};
  return {make_finding(Code::external_link, place_of(file, part),
                       {"What a picture (SVG) names", found,
                        "Save the picture with everything embedded, or as PNG."})};
}

} // namespace engross::odf
