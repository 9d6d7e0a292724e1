// SPDX-License-Identifier: MPL-2.0
#include "letterhead/body.hpp"

#include "letterhead/pages.hpp"

#include <algorithm>
#include <array>

namespace engross::letterhead {

namespace {

/// Containers of the main flow: what they hold can begin a page.
bool is_flow_container(std::string_view name) {
  return name == "office:text" || name == "text:list" || name == "text:list-item" ||
         name == "text:list-header" || name == "text:section" || name == "text:index-body" ||
         name == "text:index-title" || name == "text:numbered-paragraph" ||
         name == "text:table-of-content" || name == "text:illustration-index" ||
         name == "text:table-index" || name == "text:object-index" || name == "text:user-index" ||
         name == "text:alphabetical-index" || name == "text:bibliography";
}

/// Parts of a body that are not its text: their style names are templates or history.
bool is_off_text(std::string_view name) {
  return name == "text:tracked-changes" ||
         (name.starts_with("text:") && name.ends_with("-source") && name != "text:index-source");
}

/// Text of a paragraph with notes, comments and frames left out; stops early.
std::string text_of(const pugi::xml_node& root, std::size_t limit, bool& has_more) {
  std::string out;
  int budget = 512;
  has_more = false;
  walk(root, [&](const pugi::xml_node& node) {
    if (out.size() > limit || --budget < 0) {
      has_more = true;
      return false;
    }
    const std::string_view name = node.name();
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
    if (name == "text:s" || name == "text:tab" || name == "text:line-break") out += ' ';
    if (name.starts_with("draw:") || name == "text:note") has_more = true;
    return name != "text:note" && !name.starts_with("office:annotation") &&
           !name.starts_with("draw:");
  });
  return out;
}

std::string_view space_word(Space space) {
  switch (space) {
  case Space::text:
    return "character";
  case Space::list:
    return "list";
  default:
    return "paragraph";
  }
}

} // namespace

namespace {

/// Soft hyphens and other characters without width, which may stand inside a tag.
std::string without_invisible(std::string text) {
  for (const std::string_view invisible :
       {"\u00AD", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u2060", "\uFEFF"})
    for (std::size_t at = 0; (at = text.find(invisible, at)) != std::string::npos;)
      text.erase(at, invisible.size());
  return text;
}

} // namespace

bool holds_only_block_tags(const pugi::xml_node& paragraph) {
  bool has_more = false;
  const std::string text = without_invisible(text_of(paragraph, 4096, has_more));
  if (has_more) return false;
  std::string_view rest = text;
  bool has_tag = false;
  while (true) {
    const std::size_t begin = rest.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return has_tag;
    rest.remove_prefix(begin);
    const bool statement = rest.starts_with("{%");
    if (!statement && !rest.starts_with("{#")) return false;
    const std::size_t end = rest.find(statement ? "%}" : "#}", 2);
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 2);
    has_tag = true;
  }
}

bool is_paragraph(std::string_view element) { return element == "text:p" || element == "text:h"; }

pugi::xml_node StyleIndex::find(Space space, std::string_view name) const {
  const std::string key = style_key(space, name);
  if (const auto it = automatic.find(key); it != automatic.end()) return it->second;
  if (const auto it = named.find(key); it != named.end()) return it->second;
  return {};
}

void add_definitions(NodeMap& map, const pugi::xml_node& styles) {
  for (const pugi::xml_node& node : styles.children()) {
    const Space space = definition_space(node);
    if (space == Space::none) continue;
    map.emplace(style_key(space, definition_name(node).value()), node);
  }
}

void for_each_flow_element(const pugi::xml_document& content,
                           const std::function<void(const pugi::xml_node&, bool)>& visit) {
  const pugi::xml_node text = content.document_element().child("office:body").child("office:text");
  bool opening = true;
  walk(text, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "table:table") {
      visit(node, opening);
      opening = false;
      return false;
    }
    if (is_paragraph(name)) {
      visit(node, opening);
      opening = opening && holds_only_block_tags(node);
      return false;
    }
    return is_flow_container(name);
  });
}

std::pair<Space, std::string_view> flow_style(const pugi::xml_node& element) {
  if (std::string_view(element.name()) == "table:table") {
    return {Space::table, element.attribute("table:style-name").value()};
  }
  return {Space::paragraph, element.attribute("text:style-name").value()};
}

const std::string& MasterPageResolver::master_page(Space space, std::string_view name) {
  std::vector<std::string> path;
  std::string found;
  pugi::xml_node style = m_index.find(space, name);
  const std::string first = style_key(space, name);
  std::string key = first;
  while (true) {
    const auto [it, is_new] = m_known.emplace(key, std::string());
    if (!is_new) {
      // Known, or a style that is its own ancestor: then nothing is found on the way.
      found = it->second;
      break;
    }
    path.push_back(key);
    if (!style) break;
    if (const pugi::xml_attribute page = style.attribute("style:master-page-name")) {
      found = page.value();
      break;
    }
    const std::string_view parent = style.attribute("style:parent-style-name").value();
    if (parent.empty()) break;
    // A parent is always a named style, even if an automatic one has its name.
    const auto named = m_index.named.find(style_key(space, parent));
    style = named == m_index.named.end() ? pugi::xml_node() : named->second;
    key = style_key(space, parent) + "\n";
  }
  for (const std::string& step : path) m_known[step] = found;
  return m_known[first];
}

std::string start_page(const pugi::xml_document& content, const pugi::xml_document& styles) {
  StyleIndex index;
  add_definitions(index.automatic, content.document_element().child("office:automatic-styles"));
  add_definitions(index.named, styles.document_element().child("office:styles"));
  MasterPageResolver resolver(index);
  std::string out;
  for_each_flow_element(content, [&](const pugi::xml_node& element, bool opening) {
    if (!opening || !out.empty()) return;
    const auto [space, name] = flow_style(element);
    out = resolver.master_page(space, name);
  });
  return out;
}

std::string excerpt_of(const pugi::xml_node& node, std::size_t limit) {
  bool has_more = false;
  const std::string text = text_of(node, 4 * limit, has_more);
  std::string out;
  std::size_t characters = 0;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    const bool begins_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins_character && characters >= limit) return out + "…";
    if (blank) {
      out += ' ';
      ++characters;
      blank = false;
    }
    if (begins_character) ++characters;
    out += c;
  }
  return out;
}

Findings check_styles(const pugi::xml_document& document, const StyleCheck& check) {
  Findings findings;
  std::unordered_set<std::string> seen;
  int paragraph = 0;
  pugi::xml_node heading;
  // The paragraph at hand and those whose frames or notes it stands in, with their numbers.
  std::vector<std::pair<pugi::xml_node, int>> open;

  const auto is_below = [](pugi::xml_node node, const pugi::xml_node& ancestor) {
    while (node && node != ancestor) node = node.parent();
    return static_cast<bool>(node);
  };

  const auto report = [&](Space space, std::string_view name, const pugi::xml_node& user) {
    Place place;
    place.file = check.file;
    place.part = check.part;
    // A list stands before the paragraph that shows it.
    place.paragraph = paragraph + 1;
    place.excerpt = excerpt_of(user);
    for (auto it = open.rbegin(); it != open.rend(); ++it) {
      if (!is_below(user, it->first)) continue;
      place.paragraph = it->second;
      if (place.excerpt.empty()) place.excerpt = excerpt_of(it->first);
      break;
    }
    if (heading) place.heading = excerpt_of(heading, 60);
    findings.push_back(make_finding(Code::unknown_style, std::move(place),
                                    {space_word(space), name, check.letterhead}));
  };
  // Follows a used style to its parents; each style once.
  const auto follow = [&](Space space, std::string_view name, const pugi::xml_node& user) {
    while (!name.empty() && seen.insert(style_key(space, name)).second) {
      pugi::xml_node style = check.index.find(space, name);
      if (!style) {
        report(space, name, user);
        return;
      }
      const std::string_view list = style.attribute("style:list-style-name").value();
      if (!list.empty() && seen.insert(style_key(Space::list, list)).second &&
          !check.index.find(Space::list, list)) {
        report(Space::list, list, user);
      }
      if (space == Space::list) return;
      name = style.attribute("style:parent-style-name").value();
    }
  };

  walk(document.document_element(), [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (is_off_text(name) || name == "office:automatic-styles" || name == "office:styles") {
      return false;
    }
    if (is_paragraph(name)) {
      while (!open.empty() && !is_below(node, open.back().first)) {
        if (open.back().first.name() == std::string_view("text:h")) heading = open.back().first;
        open.pop_back();
      }
      open.emplace_back(node, ++paragraph);
    }
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      // Both are optional decorations that Writer itself leaves dangling.
      const std::string_view which = attribute.name();
      if (which == "text:visited-style-name" || which == "text:class-names") continue;
      const Space space = reference_space(node, which);
      if (space == Space::paragraph || space == Space::text || space == Space::list) {
        follow(space, attribute.value(), node);
      }
    }
    return true;
  });
  return findings;
}

std::vector<std::vector<std::string>> ancestry_circles(const pugi::xml_node& styles) {
  NodeMap named;
  add_definitions(named, styles);
  std::vector<std::vector<std::string>> out;
  enum class State : char { open, done };
  std::unordered_map<std::string, State> states;
  for (const pugi::xml_node& start : styles.children("style:style")) {
    std::vector<std::string> path;
    std::string key = style_key(definition_space(start), definition_name(start).value());
    while (true) {
      const auto [it, is_new] = states.emplace(key, State::open);
      if (!is_new) {
        if (it->second == State::open)
          out.emplace_back(std::find(path.begin(), path.end(), key), path.end());
        break;
      }
      path.push_back(key);
      const auto node = named.find(key);
      if (node == named.end()) break;
      const std::string_view parent = node->second.attribute("style:parent-style-name").value();
      if (parent.empty()) break;
      key = key.substr(0, 1) + std::string(parent);
    }
    for (const std::string& step : path) states[step] = State::done;
  }
  return out;
}

Findings check_ancestry(const pugi::xml_node& styles, const std::string& file) {
  Findings findings;
  for (const auto& circle : ancestry_circles(styles)) {
    Place place;
    place.file = file;
    place.part = "styles.xml";
    findings.push_back(make_finding(Code::style_ancestry_circle, std::move(place),
                                    {shown_name(std::string_view(circle.front()).substr(1))}));
  }
  return findings;
}

} // namespace engross::letterhead
