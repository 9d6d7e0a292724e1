// SPDX-License-Identifier: MPL-2.0
#include "opinion/extract.hpp"

#include "odf/element.hpp"
#include "opinion/end_marks.hpp"
#include "opinion/section_contents.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace engross::opinion {

using pugi::xml_node;

namespace {

using odf::named;

bool is_paragraph(xml_node node) { return named(node, "text:p") || named(node, "text:h"); }

bool is_text(xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// Every node below, before its children; those of which `visit` says false are left alone.
template <class Visit> void walk(xml_node node, const Visit& visit) {
  for (xml_node child = node.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (visit(child)) walk(child, visit);
    child = next;
  }
}

std::string visible(xml_node node) {
  std::string out;
  walk(node, [&](xml_node child) {
    if (is_text(child)) out += child.value();
    if (is_paragraph(child) || named(child, "text:s") || named(child, "text:tab")) out += ' ';
    return true;
  });
  return out;
}

// --- End marks -----------------------------------------------------------------------------------

struct Item {
  xml_node paragraph;
  int level = 0;
  bool numbered = false;
};

void collect_list(xml_node list, int level, std::vector<Item>& out) {
  for (xml_node item : list) {
    bool first = !named(item, "text:list-header");
    for (xml_node child : item) {
      if (is_paragraph(child)) out.push_back({child, level, first});
      if (named(child, "text:list")) collect_list(child, level + 1, out);
      if (child.type() == pugi::node_element && !named(child, "text:soft-page-break"))
        first = false;
    }
  }
}

/// The list levels that paragraph styles give, by name.
std::map<std::string, int> style_levels(const odf::Document& letter) {
  std::map<std::string, int> out;
  for (xml_node style :
       letter.styles.child("office:document-styles").child("office:styles").children("style:style"))
    if (const auto level = style.attribute("style:list-level"))
      out[style.attribute("style:name").value()] = level.as_int();
  for (xml_node style : letter.content.child("office:document-content")
                            .child("office:automatic-styles")
                            .children("style:style"))
    if (const auto of = out.find(style.attribute("style:parent-style-name").value());
        of != out.end())
      out[style.attribute("style:name").value()] = of->second;
  return out;
}

/// The paragraphs of a section as a slot will see them, tables and notes aside.
void collect_items(xml_node node, const std::map<std::string, int>& levels, SectionLists& lists,
                   std::vector<Item>& out) {
  for (xml_node child : node) {
    if (named(child, "text:section"))
      collect_items(child, levels, lists, out);
    else if (named(child, "text:list") && lists.is_opinions(child, !out.empty()))
      collect_list(child, 1, out);
    if (!is_paragraph(child) || !child.first_child()) continue;
    const auto level = levels.find(child.attribute("text:style-name").value());
    if (level != levels.end() && level->second > 0)
      out.push_back({child, level->second, true});
    else if (!out.empty()) // before the first number the slot sets no marks
      out.push_back({child, 1, false});
  }
}

/// How many bytes at the end of a paragraph are its end mark.
std::size_t end_mark_length(std::string_view text) {
  std::size_t end = text.find_last_not_of(" \n\t");
  if (end == std::string_view::npos) return text.size();
  ++end;
  for (const std::string_view word : {" and", " or"})
    if (text.substr(0, end).ends_with(word)) {
      const std::size_t before = text.find_last_not_of(" \n\t", end - word.size());
      const bool is_mark =
          before != std::string_view::npos && (text[before] == ';' || text[before] == ',');
      if (is_mark) end = before + 1;
      break;
    }
  const char last = text[end - 1];
  if (last == ';' || last == ',' || (last == '.' && !ends_in_abbreviation(text.substr(0, end))))
    --end;
  return text.size() - end;
}

void cut_text(xml_node node, std::size_t& count) {
  for (xml_node child = node.last_child(); child && count > 0;) {
    const xml_node previous = child.previous_sibling();
    if (is_text(child)) {
      const std::string value = child.value();
      const std::size_t cut = std::min(count, value.size());
      child.set_value(value.substr(0, value.size() - cut).c_str());
      count -= cut;
    } else if (named(child, "text:span") || named(child, "text:a")) {
      cut_text(child, count);
    } else if (child.first_child() && !named(child, "text:note")) {
      count = 0; // a picture stands behind the text
    }
    child = previous;
  }
}

/// The text of a paragraph alone, without notes and frames.
void own_text(xml_node node, std::string& out) {
  for (xml_node child : node) {
    if (is_text(child)) out += child.value();
    if (named(child, "text:span") || named(child, "text:a")) own_text(child, out);
  }
}

void strip_end_marks(xml_node section, const std::map<std::string, int>& levels,
                     const std::set<std::string>& bullets) {
  std::vector<Item> items;
  SectionLists lists(bullets);
  collect_items(section, levels, lists, items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    // What leads on to sub-items or to a flush continuation ends as it did.
    if (i + 1 < items.size()) {
      const Item& next = items[i + 1];
      if (next.numbered ? next.level > items[i].level : next.level >= items[i].level) continue;
    }
    std::string text;
    own_text(items[i].paragraph, text);
    std::size_t count = end_mark_length(text);
    cut_text(items[i].paragraph, count);
  }
}

// --- What a person should look at ----------------------------------------------------------------

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out(1);
  int tag = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "{{") == 0 || text.compare(i, 2, "{%") == 0) ++tag;
    if (text.compare(i, 2, "}}") == 0 || text.compare(i, 2, "%}") == 0) --tag;
    if (tag > 0) continue;
    if (is_letter(text[i]))
      out.back() += text[i];
    else if (!out.back().empty())
      out.emplace_back();
  }
  return out;
}

std::string quoted(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "“" : ", “") + text + "”";
  return out;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

void report_voice(const std::string& text, const Place& place, const std::string& id,
                  Findings& findings) {
  static constexpr std::array<std::pair<const char*, const char*>, 10> k_words = {
      {{"we", "we"},
       {"i", "we"},
       {"us", "us"},
       {"me", "us"},
       {"our", "our"},
       {"my", "our"},
       {"ours", "ours"},
       {"mine", "ours"},
       {"ourselves", "ourselves"},
       {"myself", "ourselves"}}};
  std::vector<std::string> seen;
  std::string instead;
  for (const std::string& word : words_of(text)) {
    std::string small = word;
    for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (small == "i" && word != "I") continue; // of "(i)"
    if (word == "US") continue;                // "US$5 million"
    const auto known = std::find_if(k_words.begin(), k_words.end(),
                                    [&](const auto& pair) { return small == pair.first; });
    if (known == k_words.end()) continue;
    add_once(seen, word);
    const std::string tag = "{{ voice." + std::string(known->second) + " }}";
    if (instead.find(tag) == std::string::npos) instead += (instead.empty() ? "" : ", ") + tag;
  }
  if (!seen.empty())
    findings.push_back(make_finding(Code::extracted_voice, place, {id, quoted(seen), instead}));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the digits that begin at \p at end.
std::size_t digits_end(const std::string& text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// A date around the name of a month that stands at [at, end): "January 12, 2006",
/// "27 February 2006", "March 2006"; empty: the month stands alone.
std::string date_around(const std::string& text, std::size_t at, std::size_t end) {
  const std::size_t month = at;
  std::size_t day = at;
  if (at > 1 && text[at - 1] == ' ') {
    day = at - 1;
    while (day > 0 && is_digit(text[day - 1])) --day;
    if (at - 1 - day > 2) day = at - 1; // "in 2006 March"
    if (day < at - 1) at = day;
  }
  const bool has_day = at < month;
  const auto number = [&](std::size_t from, std::size_t most) {
    const std::size_t to = digits_end(text, from);
    return to > from && to - from <= most ? to : from;
  };
  constexpr std::size_t k_year = 4;
  std::size_t to = end;
  if (end < text.size() && text[end] == ' ') to = number(end + 1, k_year);
  if (to == end + 1) to = end;
  const bool day_behind = !has_day && to > end && to - end - 1 <= 2;
  if (day_behind) {
    std::size_t year = to;
    if (year < text.size() && text[year] == ',') ++year;
    if (year < text.size() && text[year] == ' ' && digits_end(text, year + 1) == year + 1 + k_year)
      to = year + 1 + k_year;
  }
  return has_day || to > end ? text.substr(at, to - at) : std::string();
}

/// Dates and amounts: "January 12, 2006", "2/27/2006", "$1,000,000.00".
std::vector<std::string> fixed_values(const std::string& text) {
  static constexpr std::array<std::string_view, 12> k_months = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  std::vector<std::string> out;
  const auto digits = [&](std::size_t at, std::string_view more) {
    while (at < text.size() &&
           (is_digit(text[at]) || more.find(text[at]) != std::string_view::npos))
      ++at;
    while (at > 0 && (text[at - 1] == ',' || text[at - 1] == '.' || text[at - 1] == ' ')) --at;
    return at;
  };
  for (const std::string_view month : k_months)
    for (std::size_t at = text.find(month); at != std::string::npos; at = text.find(month, at + 1))
      if (const std::string date = date_around(text, at, at + month.size()); !date.empty())
        add_once(out, date);
  for (std::size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    const std::size_t second = digits_end(text, at + 1);
    if (begin == at || second == at + 1 || second >= text.size() || text[second] != '/') continue;
    const std::size_t end = digits_end(text, second + 1);
    if (end > second + 1) add_once(out, text.substr(begin, end - begin));
  }
  for (const std::string_view sign : {"$", "€", "£"})
    for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
      const std::size_t end = digits(at + sign.size(), ",.");
      if (end > at + sign.size()) add_once(out, text.substr(at, end - at));
    }
  return out;
}

// --- What stays with the letter ------------------------------------------------------------------

constexpr std::array k_references = {"text:bookmark-ref", "text:reference-ref", "text:note-ref",
                                     "text:sequence-ref"};

/// What Writer's references lead to by name (ODF 1.3 part 3, 7.7).
bool is_target(xml_node node, const std::string& name) {
  static constexpr std::array k_targets = {"text:bookmark", "text:bookmark-start",
                                           "text:reference-mark", "text:reference-mark-start",
                                           "text:sequence"};
  if (named(node, k_targets))
    return node.attribute("text:name").value() == name ||
           node.attribute("text:ref-name").value() == name;
  return named(node, "text:note") && node.attribute("text:id").value() == name;
}

void replace_references(xml_node section, const Place& place, const std::string& id,
                        Findings& findings) {
  walk(section, [&](xml_node node) {
    if (!named(node, k_references)) return true;
    const std::string text = visible(node);
    const std::string target = node.attribute("text:ref-name").value();
    bool within = false;
    walk(section, [&](xml_node other) {
      within = within || is_target(other, target);
      return !within;
    });
    findings.push_back(make_finding(
        Code::extracted_reference, place,
        {id, text, within ? "stands in the paragraph itself" : "stayed in the letter"}));
    node.parent().insert_child_before(pugi::node_pcdata, node).set_value(text.c_str());
    node.parent().remove_child(node);
    return false;
  });
}

void leave_out(xml_node section, const Place& place, const std::string& id, Findings& findings) {
  bool comments = false;
  bool changes = false;
  walk(section, [&](xml_node node) {
    const std::string_view name = node.name();
    const bool comment = name.starts_with("office:annotation");
    const bool change = name.starts_with("text:change");
    if (!comment && !change && !name.starts_with("text:bookmark") &&
        !name.starts_with("text:reference-mark"))
      return true;
    comments = comments || comment;
    changes = changes || change;
    node.parent().remove_child(node);
    return false;
  });
  if (comments)
    findings.push_back(make_finding(Code::extracted_left_out, place, {id, "its comments"}));
  if (changes)
    findings.push_back(
        make_finding(Code::extracted_left_out, place, {id, "the marks of its changes"}));
}

/// The body is this section alone; headers and footers tell of another letter.
void keep_only(odf::Document& letter, xml_node section) {
  xml_node root = letter.content.child("office:document-content");
  xml_node text = root.child("office:body").child("office:text");
  xml_node kept = text.append_move(section);
  for (xml_node child = text.first_child(); child;) {
    const xml_node next = child.next_sibling();
    if (child != kept) text.remove_child(child);
    child = next;
  }
  root.remove_child("office:scripts");
  xml_node styles = letter.styles.child("office:document-styles");
  for (xml_node page : styles.child("office:master-styles").children("style:master-page"))
    while (page.first_child()) page.remove_child(page.first_child());
  xml_node automatic = styles.child("office:automatic-styles");
  for (xml_node style = automatic.first_child(); style;) {
    const xml_node next = style.next_sibling();
    if (!named(style, "style:page-layout")) automatic.remove_child(style);
    style = next;
  }
  xml_node meta = letter.meta.child("office:document-meta").child("office:meta");
  while (meta.first_child()) meta.remove_child(meta.first_child());
}

void drop_unused_styles(odf::Document& letter) {
  xml_node root = letter.content.child("office:document-content");
  xml_node automatic = root.child("office:automatic-styles");
  std::set<std::string> used;
  const auto note = [&](xml_node node) {
    for (pugi::xml_attribute a : node.attributes())
      if (std::string_view(a.name()).ends_with("style-name")) used.insert(a.value());
  };
  walk(root.child("office:body"), [&](xml_node node) {
    note(node);
    return true;
  });
  for (std::size_t before = 0; before != used.size();) { // styles name styles
    before = used.size();
    for (xml_node style : automatic.children())
      if (used.contains(style.attribute("style:name").value())) note(style);
  }
  for (xml_node style = automatic.first_child(); style;) {
    const xml_node next = style.next_sibling();
    if (!used.contains(style.attribute("style:name").value())) automatic.remove_child(style);
    style.remove_attribute("style:master-page-name");
    style = next;
  }
}

void drop_other_parts(odf::Document& letter) {
  std::set<std::string> used;
  for (const pugi::xml_document* part : {&letter.content, &letter.styles})
    walk(*part, [&](xml_node node) {
      std::string href = node.attribute("xlink:href").value();
      if (href.starts_with("./")) href.erase(0, 2);
      used.insert(href);
      return true;
    });
  static constexpr std::array<std::string_view, 4> k_own = {"content.xml", "styles.xml", "meta.xml",
                                                            "settings.xml"};
  for (const std::string& path : letter.package.paths())
    if (!used.contains(path) && std::find(k_own.begin(), k_own.end(), path) == k_own.end())
      letter.dropped.insert(path);
}

} // namespace

bool is_usable_id(std::string_view id) {
  const auto usable = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !id.empty() && id.size() <= 64 && id.front() != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), usable);
}

bool extract_section(odf::Document& letter, const std::string& section, const std::string& id,
                     Findings& findings) {
  const std::string& file = letter.package.name();
  xml_node body = letter.content.child("office:document-content").child("office:body");
  xml_node found;
  std::vector<std::string> names;
  walk(body, [&](xml_node node) {
    if (!named(node, "text:section")) return true;
    names.push_back(node.attribute("text:name").value());
    if (names.back() == section && !found) found = node;
    return true;
  });
  Place place;
  place.file = file;
  place.part = "content.xml";
  if (!found) {
    std::string hint = "Mark the paragraphs in Writer and make them a section (Insert, Section).";
    if (const auto close = closest_name(section, names))
      hint = "Did you mean “" + *close + "”?";
    else if (!names.empty())
      hint = "It has " + quoted(names) + ".";
    findings.push_back(make_finding(Code::section_unknown, place, {file, section, hint}));
    return false;
  }
  replace_references(found, place, id, findings);
  leave_out(found, place, id, findings);
  strip_end_marks(found, style_levels(letter), bullet_styles(letter));
  const std::string text = visible(found);
  report_voice(text, place, id, findings);
  if (const std::vector<std::string> fixed = fixed_values(text); !fixed.empty())
    findings.push_back(make_finding(Code::extracted_fixed, place, {id, quoted(fixed)}));
  while (found.first_attribute()) found.remove_attribute(found.first_attribute());
  found.append_attribute("text:name") = id.c_str();
  keep_only(letter, found);
  drop_unused_styles(letter);
  drop_other_parts(letter);
  letter.content_changed = letter.styles_changed = letter.meta_changed = true;
  return true;
}

// --- book.json -----------------------------------------------------------------------------------

namespace {

/// Where the list of a key of the root object opens and closes; JSON is known to be well-formed.
struct ListSpan {
  std::size_t open = std::string_view::npos;
  std::size_t close = std::string_view::npos;
};

std::size_t end_of_string(std::string_view json, std::size_t quote) {
  for (std::size_t at = quote + 1; at < json.size(); ++at) {
    if (json[at] == '\\')
      ++at;
    else if (json[at] == '"')
      return at;
  }
  return json.size();
}

ListSpan list_of(std::string_view json, std::string_view key) {
  ListSpan out;
  int depth = 0;
  bool is_value = false; // the string just read was the key
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '"') {
      const std::size_t end = end_of_string(json, at);
      const std::size_t colon = json.find_first_not_of(" \n\r\t", end + 1);
      if (depth == 1 && colon != std::string_view::npos && json[colon] == ':')
        is_value = json.substr(at + 1, end - at - 1) == key;
      at = end;
    } else if (c == '{' || c == '[') {
      if (++depth == 2 && c == '[' && is_value) out.open = at;
    } else if (c == '}' || c == ']') {
      if (depth-- == 2 && out.open != std::string_view::npos) {
        out.close = at;
        return out;
      }
    }
  }
  return {};
}

/// One more value at the end of a list, on a line of its own where the others have one.
void append_to(std::string& json, ListSpan list, std::string_view value) {
  const std::string_view inside =
      std::string_view(json).substr(list.open + 1, list.close - list.open - 1);
  const std::size_t last = inside.find_last_not_of(" \n\r\t");
  const std::size_t first = inside.find_first_not_of(" \n\r\t");
  std::string added = last == std::string_view::npos ? "" : ",";
  if (inside.find('\n') != std::string_view::npos && first != std::string_view::npos) {
    const std::size_t line = inside.rfind('\n', first) + 1;
    added += "\n" + std::string(inside.substr(line, first - line));
  } else if (!added.empty()) {
    added += " ";
  }
  const std::size_t at = list.open + 1 + (last == std::string_view::npos ? 0 : last + 1);
  json.insert(at, added + std::string(value));
}

} // namespace

Result<std::string> add_to_book(const std::string& name, std::string_view book_json,
                                std::string_view entry, std::string_view file) {
  std::string out(book_json);
  for (const auto& [key, value] : {std::pair("opinions", std::string(entry)),
                                   std::pair("files", "\"" + std::string(file) + "\"")}) {
    const ListSpan list = list_of(out, key);
    if (list.close == std::string_view::npos) {
      Place place;
      place.file = name;
      return {make_finding(Code::book_key_wrong, place, {key, "the book", "a list"})};
    }
    append_to(out, list, value);
  }
  return out;
}

} // namespace engross::opinion
