// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/reference.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <cmath>

namespace engross::letterhead {

namespace {

const char* element_name(PageRole role, bool is_header, bool of_first_page) {
  if (role == PageRole::left) return is_header ? "style:header-left" : "style:footer-left";
  if (role == PageRole::first && of_first_page)
    return is_header ? "style:header-first" : "style:footer-first";
  return is_header ? "style:header" : "style:footer";
}

/// One line of a header as it prints, without those of text boxes in it. `is_value`: inside a
/// reference, which is one value over however many lines.
void append_line(const pugi::xml_node& node, std::string& out, bool is_value = false) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      out += child.value();
      continue;
    }
    const std::string_view name = child.name();
    if (name == "text:page-number" || name == "text:page-count") {
      out += '#';
    } else if (name == "text:s" || name == "text:tab") {
      out += ' ';
    } else if (name == "text:line-break") {
      out += is_value ? ' ' : '\n';
    } else if (name == "draw:image") {
      out += "[picture]";
    } else if (!is_paragraph(name) && !name.starts_with("office:annotation") &&
               name != "svg:title" && name != "svg:desc" && name != "office:binary-data") {
      append_line(child, out, is_value || name == "text:bookmark-ref");
    }
  }
}

/// Writes each line of `text` that is not blank, its white space collapsed.
void push_lines(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line = shortened(text.substr(0, end), 2000);
    if (!line.empty()) out.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// None where no text box stands in the part.
std::optional<BoxedPatterns> boxed_patterns(const pugi::xml_node& part,
                                            const deal::Value& firm_data) {
  pugi::xml_document copy;
  copy.append_copy(part);
  std::vector<pugi::xml_node> boxes;
  walk(copy, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()) != "draw:text-box") return true;
    boxes.push_back(node);
    return false;
  });
  if (boxes.empty()) return std::nullopt;
  std::vector<std::string> lines;
  for (const pugi::xml_node& box : boxes) {
    for (std::string& line : page_lines(box)) lines.push_back(std::move(line));
    box.parent().remove_child(box);
  }
  return BoxedPatterns{patterns_of(page_lines(copy.first_child()), firm_data),
                       patterns_of(lines, firm_data)};
}

bool is_block_begin(std::string_view word) {
  return word.starts_with("if ") || word.starts_with("for ");
}
bool is_block_end(std::string_view word) { return word == "endif" || word == "endfor"; }

/// The value of a plain name among the firm's data; empty for anything else.
std::string value_of(std::string_view expression, const deal::Value& data) {
  const bool plain = expression.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
                     std::string_view::npos;
  const deal::Value* value = plain ? data.at_path(expression) : nullptr;
  return value != nullptr && value->kind() == deal::Value::Kind::string ? value->as_string()
                                                                        : std::string();
}

/// Any text may be no line at all: the line feeds beside a line of nothing but `*` are part of it.
std::string without_feeds_around_stars(const std::string& glob) {
  std::string out;
  std::size_t at = 0;
  bool after_star = true; // at the beginning nothing has to be joined
  while (at <= glob.size()) {
    const std::size_t end = std::min(glob.find('\n', at), glob.size());
    const std::string_view line = std::string_view(glob).substr(at, end - at);
    const bool star = line.find_first_not_of("* ") == std::string_view::npos;
    if (star) {
      if (!out.ends_with('*')) out += '*';
    } else {
      if (!after_star && !out.empty()) out += '\n';
      out += line;
    }
    after_star = star;
    at = end + 1;
  }
  return out;
}

void sort_unique(auto& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

} // namespace

std::string_view role_text(PageRole role) {
  switch (role) {
  case PageRole::first:
    return "page 1";
  case PageRole::continuation:
    return "every later page";
  case PageRole::left:
    break;
  }
  return "every left page";
}

std::string role_key(PageRole role, bool is_header) {
  const char* name = role == PageRole::first          ? "first"
                     : role == PageRole::continuation ? "continuation"
                                                      : "left";
  return std::string(name) + (is_header ? " header" : " footer");
}

pugi::xml_node page_part(const MasterPages& masters, PageRole role, bool is_header) {
  if (masters.continuation == MasterPages::npos) return {};
  const pugi::xml_node others = masters.pages[masters.continuation].node;
  if (role != PageRole::first) return shown(others, element_name(role, is_header, false));
  const pugi::xml_node page =
      masters.first != MasterPages::npos ? masters.pages[masters.first].node : others;
  // Writer shows no footer at all on page 1 beside a first header without a first footer.
  return shown(page, element_name(role, is_header, has_first_page_content(page)));
}

std::vector<PageLine> page_lines_with_paragraphs(const pugi::xml_node& part) {
  std::vector<PageLine> out;
  const auto is_in_box = [&](pugi::xml_node node) {
    while (node && node != part && !std::string_view(node.name()).starts_with("draw:"))
      node = node.parent();
    return node && node != part;
  };
  walk(part, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()).starts_with("office:annotation")) return false;
    if (!is_paragraph(node.name())) return true;
    std::string text;
    append_line(node, text);
    std::vector<std::string> lines;
    push_lines(text, lines);
    for (std::string& line : lines) out.push_back({std::move(line), node, is_in_box(node)});
    return true; // to those of text boxes in it
  });
  return out;
}

std::string number_form(std::string_view format) {
  if (format == "i") return "i, ii, iii";
  if (format == "I") return "I, II, III";
  if (format == "a") return "a, b, c";
  if (format == "A") return "A, B, C";
  return format.empty() ? "none" : "1, 2, 3";
}

std::vector<std::string> page_lines(const pugi::xml_node& part) {
  std::vector<std::string> out;
  for (PageLine& line : page_lines_with_paragraphs(part)) out.push_back(std::move(line.text));
  return out;
}

std::vector<PagePicture> page_pictures(const pugi::xml_node& part) {
  std::vector<PagePicture> out;
  walk(part, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()) != "draw:frame" || !node.child("draw:image")) return true;
    std::string_view href = node.child("draw:image").attribute("xlink:href").value();
    while (href.starts_with("./")) href.remove_prefix(2);
    out.push_back({points_of(node.attribute("svg:width").value()).value_or(0),
                   points_of(node.attribute("svg:height").value()).value_or(0), std::string(href),
                   node});
    return false;
  });
  return out;
}

bool same_size(double width, double height, const PagePicture& picture) {
  constexpr double k_rounding = 1.5; // points
  return picture.width <= 0 || picture.height <= 0 || width <= 0 || height <= 0 ||
         (std::abs(width - picture.width) < k_rounding &&
          std::abs(height - picture.height) < k_rounding);
}

std::string size_text(double width, double height) {
  return inches(width) + " × " + inches(height);
}

PageMeasures measures_of(const MasterPage& page) {
  PageMeasures out;
  const pugi::xml_node p = page.layout.child("style:page-layout-properties");
  const auto length = [&](const std::string& name) {
    return points_of(p.attribute(name.c_str()).value()).value_or(0);
  };
  out.width = length("fo:page-width");
  out.height = length("fo:page-height");
  for (const char* side : {"left", "right", "top", "bottom"}) {
    const std::string name = std::string("fo:margin-") + side;
    out.margins[side] = length(p.attribute(name.c_str()) ? name : "fo:margin");
  }
  return out;
}

ListLevels list_levels(const pugi::xml_node& list_style) {
  ListLevels out;
  for (const pugi::xml_node& level : list_style.children()) {
    const char* number = level.attribute("text:level").value();
    if (*number == '\0') continue;
    auto& to = out[std::string("level ") + number];
    for (const char* name :
         {"style:num-format", "style:num-prefix", "style:num-suffix", "style:num-letter-sync",
          "text:start-value", "text:display-levels", "text:bullet-char"})
      if (const pugi::xml_attribute attribute = level.attribute(name)) to[name] = attribute.value();
    // Writer leaves these out where they say what is meant anyway.
    if (to.contains("text:start-value") && to["text:start-value"] == "1")
      to.erase("text:start-value");
    if (to["text:display-levels"] == "1" || to["text:display-levels"].empty())
      to.erase("text:display-levels");
    const pugi::xml_node properties = level.child("style:list-level-properties");
    for (const pugi::xml_node& node :
         {properties, properties.child("style:list-level-label-alignment")})
      for (const pugi::xml_attribute& attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (name.starts_with("fo:") || name.starts_with("text:"))
          to[std::string(name)] = attribute.value();
      }
  }
  return out;
}

bool is_of_number(std::string_view attribute) {
  return attribute.starts_with("style:num-") || attribute == "text:start-value" ||
         attribute == "text:display-levels";
}

std::set<std::string> lists_in_use(const Subject& subject) {
  std::set<std::string> out;
  walk(subject.document.content.document_element().child("office:body"),
       [&](const pugi::xml_node& node) {
         const std::string_view name = node.name();
         if (name == "text:list") out.insert(node.attribute("text:style-name").value());
         return true;
       });
  for (const TextParagraph& p : subject.body.paragraphs)
    out.insert(paragraph_property(*subject.body_styles, p, "s|style:list-style-name"));
  return out;
}

std::string pattern_of(const std::vector<std::string>& lines, const deal::Value& firm_data) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  std::string out;
  int depth = 0;
  std::size_t at = 0;
  const auto literal = [&](std::size_t end) {
    if (depth == 0) out += text.substr(at, end - at);
  };
  for (const auto& [begin, end] : tags_of(text)) {
    literal(begin);
    at = end;
    const std::string_view inside =
        trimmed(std::string_view(text).substr(begin + 2, std::max(end, begin + 4) - begin - 4));
    if (text[begin + 1] == '{') {
      const std::string value = value_of(inside, firm_data);
      if (depth == 0) out += value.empty() ? "*" : value;
    } else if (text[begin + 1] == '%') {
      if (is_block_begin(inside) && depth++ == 0) out += '*';
      if (is_block_end(inside) && depth > 0) --depth;
    }
  }
  literal(text.size());
  return without_feeds_around_stars(out);
}

std::string pattern_text(std::string_view pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c == '\n')
      out += " / ";
    else if (c == '*')
      out += "…";
    else
      out += c;
  }
  return out;
}

Reference::Reference(Subject letterhead, const deal::Value& firm_data)
    : m_subject(std::move(letterhead)), m_firm_data(firm_data) {
  m_subject.masters = master_pages_of(m_subject.document, true);
  for (const PageRole role : k_page_roles)
    for (const bool is_header : {true, false}) {
      std::vector<std::string> lines = page_lines(page_part(m_subject.masters, role, is_header));
      if (auto boxed = boxed_patterns(page_part(m_subject.masters, role, is_header), firm_data))
        m_boxed[role_key(role, is_header)] = std::move(*boxed);
      m_loose[role_key(role, is_header)] = pattern_of(lines, firm_data);
      m_patterns[role_key(role, is_header)] = patterns_of(lines, firm_data);
      m_raw[role_key(role, is_header)] = std::move(lines);
    }
  const pugi::xml_node named = m_subject.document.styles.document_element().child("office:styles");
  for (const pugi::xml_node& list : named.children("text:list-style"))
    m_lists[list.attribute("style:name").value()] = list_levels(list);
  for (const auto& [key, style] : styles().all()) {
    if (style.is_automatic) continue;
    if (const auto font = style.resolved.find("t|fo:font-family"); font != style.resolved.end())
      m_fonts.push_back(font->second);
    if (const auto size = style.resolved.find("t|fo:font-size"); size != style.resolved.end())
      if (const auto points = points_of(size->second)) m_sizes.push_back(*points);
  }
  sort_unique(m_fonts);
  sort_unique(m_sizes);
  std::string language;
  std::string country;
  const auto look = [&](const Properties& properties) {
    if (const auto at = properties.find("t|fo:language"); at != properties.end())
      language = at->second;
    if (const auto at = properties.find("t|fo:country"); at != properties.end())
      country = at->second;
  };
  look(styles().paragraph_defaults());
  if (const auto* standard = styles().find(Space::paragraph, k_main_page)) look(standard->resolved);
  if (!language.empty() && language != "none")
    m_language = language + (country.empty() || country == "none" ? "" : "-" + country);
}

std::optional<std::string> Reference::answered(std::string_view text) const {
  const auto tags = tags_of(text);
  if (tags.empty()) return std::string(text);
  std::string out;
  std::size_t at = 0;
  for (const auto& [begin, end] : tags) {
    out += text.substr(at, begin - at);
    at = end;
    if (text[begin + 1] != '{' || end < begin + 4) return std::nullopt;
    const std::string_view inside = trimmed(text.substr(begin + 2, end - begin - 4));
    const std::string value = value_of(inside, m_firm_data);
    if (!value.empty()) {
      out += value;
      continue;
    }
    const bool whole = shortened(text, 2000).size() == end - begin;
    if (whole && inside.find("addressee") != std::string_view::npos)
      return std::string(k_addressee_mark);
    if (whole && inside.find("date") != std::string_view::npos) return std::string(k_date_mark);
    return std::nullopt;
  }
  return out + std::string(text.substr(at));
}

bool Reference::is_answerable(PageRole role, bool is_header, bool has_address) const {
  const std::vector<std::string>& lines = raw_lines(role, is_header);
  return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const std::optional<std::string> text = answered(line);
    return text && (has_address || (*text != k_addressee_mark && *text != k_date_mark));
  });
}

const std::vector<PatternLines>& Reference::patterns(PageRole role, bool is_header) const {
  return m_patterns.find(role_key(role, is_header))->second;
}

const BoxedPatterns* Reference::boxed(PageRole role, bool is_header) const {
  const auto at = m_boxed.find(role_key(role, is_header));
  return at == m_boxed.end() ? nullptr : &at->second;
}

const std::string& Reference::loose_pattern(PageRole role, bool is_header) const {
  return m_loose.find(role_key(role, is_header))->second;
}

const std::vector<std::string>& Reference::raw_lines(PageRole role, bool is_header) const {
  return m_raw.find(role_key(role, is_header))->second;
}

} // namespace engross::letterhead
