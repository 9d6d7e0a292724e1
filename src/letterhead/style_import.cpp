// SPDX-License-Identifier: MPL-2.0
#include "letterhead/style_import.hpp"

#include "letterhead/same_names.hpp"
#include "letterhead/tree.hpp"

#include <sstream>

namespace engross::letterhead {

namespace {

constexpr int k_resource_depth = 16;

std::string serialised(const pugi::xml_node& node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return std::move(out).str();
}

/// "'Times New Roman'" and "Times New Roman" are one family.
std::string_view family_of(const pugi::xml_node& font) {
  std::string_view family = attribute_of(font, "svg:font-family");
  if (family.size() > 1 && (family.front() == '\'' || family.front() == '"') &&
      family.back() == family.front()) {
    family = family.substr(1, family.size() - 2);
  }
  return family;
}

/// A reference into the package: "./Pictures/a.png" -> "Pictures/a.png"; empty for anything else.
std::string part_of(std::string_view href) {
  while (href.starts_with("./")) href.remove_prefix(2);
  if (href.empty() || href.front() == '/' || href.front() == '#' || href.starts_with("../") ||
      href.find(':') != std::string_view::npos) {
    return {};
  }
  return std::string(href);
}

/// The parts of the package that `root` and what is below it refer to.
void collect_parts(const pugi::xml_node& root, std::set<std::string>& parts) {
  walk(root, [&](const pugi::xml_node& node) {
    std::string part = part_of(attribute_of(node, "xlink:href"));
    if (!part.empty()) parts.insert(std::move(part));
    return true;
  });
}

/// Writer saves an outline with every file, mostly without a number. Such a level says nothing:
/// what the text numbers its headings with stays, since the text may refer to them.
void keep_outline_numbers(pugi::xml_node outline, const pugi::xml_node& old) {
  for (const pugi::xml_node& level : old.children("text:outline-level-style")) {
    if (*level.attribute("style:num-format").value() == '\0') continue;
    const pugi::xml_node ours = outline.find_child_by_attribute(
        "text:outline-level-style", "text:level", level.attribute("text:level").value());
    if (ours && *ours.attribute("style:num-format").value() != '\0') continue;
    if (ours) {
      outline.insert_copy_after(level, ours);
      outline.remove_child(ours);
    } else {
      outline.append_copy(level);
    }
  }
}

} // namespace

StyleImport::StyleImport(odf::Document& letter, const odf::Document& letterhead,
                         std::string letterhead_name)
    : m_letter(letter), m_letterhead(letterhead), m_name(std::move(letterhead_name)),
      m_from(letterhead.styles.document_element()), m_to(letter.styles.document_element()),
      m_prefixes(m_from, m_to) {
  collect_parts(m_letter.styles, m_shown);
  m_to_fonts = ensure_child(m_to, "office:font-face-decls",
                            {"office:styles", "office:automatic-styles", "office:master-styles"});
  m_to_named =
      ensure_child(m_to, "office:styles", {"office:automatic-styles", "office:master-styles"});
  m_to_automatic = ensure_child(m_to, "office:automatic-styles", {"office:master-styles"});
  m_to_masters = ensure_child(m_to, "office:master-styles", {});

  add_definitions(m_from_index.named, m_from.child("office:font-face-decls"));
  add_definitions(m_from_index.named, m_from.child("office:styles"));
  add_definitions(m_from_index.automatic, m_from.child("office:automatic-styles"));
  unify_display_names(m_letter, m_from.child("office:styles"), m_from_index.named);
  add_definitions(m_to_index.named, m_to_fonts);
  add_definitions(m_to_index.named, m_to_named);
  add_definitions(m_to_index.automatic, m_to_automatic);

  for (const pugi::xml_node& node : m_from.child("office:styles").children()) {
    const std::string_view name = node.name();
    if (name == "style:style" || name == "style:default-style" || name == "text:list-style" ||
        name == "text:outline-style") {
      follow(node, false);
    }
  }
}

bool StyleImport::is_letterheads(const pugi::xml_node& style) const {
  const Space space = definition_space(style);
  return m_from_index.named.count(style_key(space, definition_name(style).value())) != 0;
}

void StyleImport::need(const pugi::xml_node& root) { follow(root, true); }

void StyleImport::follow(const pugi::xml_node& root, bool automatic_scope) {
  std::vector<std::pair<pugi::xml_node, bool>> open{{root, automatic_scope}};
  while (!open.empty()) {
    const pugi::xml_node node = open.back().first;
    const bool in_automatic = open.back().second;
    open.pop_back();
    collect_references(node, [&](Space space, std::string_view name) {
      if (space == Space::master_page) return;
      const std::string key = style_key(space, name);
      if (in_automatic) {
        if (const auto it = m_from_index.automatic.find(key); it != m_from_index.automatic.end()) {
          if (m_needed.insert("a" + key).second) open.emplace_back(it->second, true);
          return;
        }
      }
      if (!is_resource(space)) return;
      const auto it = m_from_index.named.find(key);
      if (it == m_from_index.named.end() || !m_needed.insert("n" + key).second) return;
      m_needed_resources.emplace_back(space, std::string(name));
      open.emplace_back(it->second, false);
    });
  }
}

/// Keys of the automatic styles that `pages` use, directly or through others.
NameSet StyleImport::automatic_styles_of(const std::vector<pugi::xml_node>& pages) const {
  NameSet reached;
  std::vector<pugi::xml_node> open = pages;
  while (!open.empty()) {
    const pugi::xml_node node = open.back();
    open.pop_back();
    collect_references(node, [&](Space space, std::string_view name) {
      const auto it = m_to_index.automatic.find(style_key(space, name));
      if (it != m_to_index.automatic.end() && reached.insert(it->first).second) {
        open.push_back(it->second);
      }
    });
  }
  return reached;
}

void StyleImport::drop_automatic_style(const std::string& key) {
  const auto it = m_to_index.automatic.find(key);
  m_to_automatic.remove_child(it->second);
  m_to_index.automatic.erase(it);
}

void StyleImport::drop_used_only_by(const std::vector<pugi::xml_node>& leaving,
                                    const std::vector<pugi::xml_node>& staying) {
  const NameSet kept = automatic_styles_of(staying);
  for (const std::string& key : automatic_styles_of(leaving)) {
    if (kept.count(key) == 0) drop_automatic_style(key);
  }
}

void StyleImport::drop_stood_in_for() {
  if (m_stood_in_for.empty()) return;
  std::vector<pugi::xml_node> pages;
  for (const pugi::xml_node& page : m_to_masters.children()) pages.push_back(page);
  const NameSet used = automatic_styles_of(pages);
  for (const std::string& key : m_stood_in_for) {
    if (used.count(key) == 0) drop_automatic_style(key);
  }
}

std::string StyleImport::automatic_name(Space space, std::string_view name) const {
  const auto it = m_automatic_names.find(style_key(space, name));
  return it == m_automatic_names.end() ? std::string() : it->second;
}

pugi::xml_node StyleImport::new_paragraph_style(const std::string& like) {
  const auto old = m_to_index.automatic.find(style_key(Space::paragraph, like));
  const bool is_copy = old != m_to_index.automatic.end();
  pugi::xml_node style;
  if (is_copy) {
    style = m_to_automatic.append_copy(old->second);
    m_stood_in_for.insert(old->first);
  } else {
    style = m_to_automatic.append_child("style:style");
    set_attribute(style, "style:family", "paragraph");
    if (!like.empty()) set_attribute(style, "style:parent-style-name", like);
  }
  const std::string name = free_name(Space::paragraph, is_copy ? like : "MP");
  set_attribute(style, "style:name", name);
  m_to_index.automatic.emplace(style_key(Space::paragraph, name), style);
  return style;
}

pugi::xml_node StyleImport::copy_of_layout(const std::string& name) {
  const auto old = m_to_index.automatic.find(style_key(Space::page_layout, name));
  if (old == m_to_index.automatic.end()) return {};
  m_stood_in_for.insert(old->first);
  pugi::xml_node copy = m_to_automatic.insert_copy_after(old->second, old->second);
  const std::string other = free_name(Space::page_layout, name);
  set_attribute(copy, "style:name", other);
  m_to_index.automatic.emplace(style_key(Space::page_layout, other), copy);
  return copy;
}

std::string StyleImport::free_name(Space space, const std::string& name) {
  if (m_taken.insert(style_key(space, name)).second) return name;
  int& suffix = m_suffixes[style_key(space, name)];
  std::string other;
  do {
    other = name + "_" + std::to_string(++suffix);
  } while (!m_taken.insert(style_key(space, other)).second);
  return other;
}

void StyleImport::name_automatic_styles() {
  for (const NodeMap* map : {&m_to_index.automatic, &m_to_index.named, &m_from_index.named}) {
    for (const auto& [key, node] : *map) m_taken.insert(key);
  }
  // Other parts have automatic styles of their own; kept apart, a flat file can hold both.
  NodeMap content;
  add_definitions(content, m_letter.content.document_element().child("office:automatic-styles"));
  for (const auto& [key, node] : content) m_taken.insert(key);
  for (const pugi::xml_node& node : m_from.child("office:automatic-styles").children()) {
    const Space space = definition_space(node);
    if (space == Space::none) continue;
    const std::string name = definition_name(node).value();
    if (m_needed.count("a" + style_key(space, name)) == 0) continue;
    m_needed_automatic.push_back(node);
    m_automatic_names.emplace(style_key(space, name), free_name(space, name));
  }
}

/// The path in the target of a part of the letterhead; the part is added if need be.
const std::string& StyleImport::import_part(const std::string& path) {
  const auto [it, is_new] = m_parts.emplace(path, path);
  if (!is_new || !m_letterhead.package.contains(path)) return it->second;
  const std::string bytes = m_letterhead.package.read(path);
  const std::size_t dot = path.rfind('.');
  const std::size_t end = dot == std::string::npos || dot < path.rfind('/') + 1 ? path.size() : dot;
  // An earlier application may have given it another name.
  for (const std::string& there : m_letter.package.paths())
    if (there.starts_with(path.substr(0, end)) && there.ends_with(path.substr(end)) &&
        m_letter.dropped.count(there) == 0 && m_letter.package.read(there) == bytes) {
      it->second = there;
      return it->second;
    }
  for (int n = 0;; ++n) {
    std::string name =
        n == 0 ? path : path.substr(0, end) + "_" + std::to_string(n) + path.substr(end);
    if (const auto added = m_letter.added.find(name); added != m_letter.added.end()) {
      if (added->second.bytes != bytes) continue;
    } else if (m_letter.package.contains(name) && m_letter.dropped.count(name) == 0) {
      if (m_letter.package.read(name) != bytes) continue;
    } else {
      m_letter.added[name] = {bytes, std::string(m_letterhead.package.media_type(path))};
    }
    it->second = std::move(name);
    return it->second;
  }
}

/// Makes a copied subtree at home in the target: names, pictures; remembers its prefixes.
void StyleImport::adopt(const pugi::xml_node& copy, bool automatic_scope) {
  m_prefixes.leave_out_clashing(copy);
  rewrite_references(copy, [&](Space space, std::string_view name) -> const std::string* {
    if (space == Space::master_page) return nullptr;
    const std::string key = style_key(space, name);
    if (automatic_scope) {
      if (const auto it = m_automatic_names.find(key); it != m_automatic_names.end()) {
        return &it->second;
      }
    }
    const auto it = m_named_names.find(key);
    return it == m_named_names.end() ? nullptr : &it->second;
  });
  walk(copy, [&](const pugi::xml_node& node) {
    m_prefixes.note(node.name());
    for (pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      m_prefixes.note(name);
      if (name != "xlink:href" || std::string_view(node.name()) == "text:a") continue;
      const std::string path = part_of(attribute.value());
      if (path.empty()) continue;
      if (m_letterhead.package.contains(path)) {
        const std::string& there = import_part(path);
        if (there != path) attribute.set_value(there.c_str());
      } else if (m_parts.emplace(path, path).second) {
        Place place;
        place.file = m_letterhead.package.name();
        place.part = "styles.xml";
        m_findings.push_back(make_finding(Code::letterhead_picture_missing, place, {m_name, path}));
      }
    }
    return true;
  });
}

/// Copies `source` behind the last of its kind below `parent`.
pugi::xml_node StyleImport::place_like(pugi::xml_node parent, const pugi::xml_node& source) {
  const std::string kind = std::string(parent.name()) + " " + source.name();
  pugi::xml_node& last = m_last_of_kind[kind];
  if (!last) {
    for (pugi::xml_node node = parent.last_child(); node && !last; node = node.previous_sibling()) {
      if (std::string_view(node.name()) == source.name()) last = node;
    }
  }
  last = last ? parent.insert_copy_after(source, last) : parent.append_copy(source);
  return last;
}

/// The name in the target of a resource of the letterhead: the same where the target has none of
/// that name or the very same, else a new one.
const std::string& StyleImport::import_resource(Space space, const std::string& name, int depth) {
  const std::string key = style_key(space, name);
  const auto [it, is_new] = m_named_names.emplace(key, name);
  if (!is_new) return it->second;
  const auto source = m_from_index.named.find(key);
  if (source == m_from_index.named.end()) return m_named_names[key];
  if (depth < k_resource_depth) {
    std::vector<std::pair<Space, std::string>> uses;
    collect_references(source->second, [&](Space s, std::string_view n) {
      if (is_resource(s)) uses.emplace_back(s, std::string(n));
    });
    for (const auto& [s, n] : uses) import_resource(s, n, depth + 1);
  }
  pugi::xml_document scratch;
  const pugi::xml_node copy = scratch.append_copy(source->second);
  adopt(copy, false);
  pugi::xml_attribute label = definition_name(copy);
  label.set_value("");
  const std::string wanted = serialised(copy);

  std::string chosen = name;
  for (int n = 1;; ++n) {
    const auto old = m_to_index.named.find(style_key(space, chosen));
    if (old == m_to_index.named.end()) {
      label.set_value(chosen.c_str());
      const pugi::xml_node placed =
          place_like(space == Space::font ? m_to_fonts : m_to_named, copy);
      m_to_index.named.emplace(style_key(space, chosen), placed);
      break;
    }
    pugi::xml_document other;
    const pugi::xml_node twin = other.append_copy(old->second);
    definition_name(twin).set_value("");
    if (serialised(twin) == wanted) break;
    if (space == Space::font && family_of(twin) == family_of(copy)) {
      // The same family described in another way: the letterhead knows better.
      label.set_value(chosen.c_str());
      const pugi::xml_node placed = m_to_fonts.insert_copy_after(copy, old->second);
      m_to_fonts.remove_child(old->second);
      old->second = placed;
      break;
    }
    chosen = name + "_" + std::to_string(n);
  }
  return m_named_names[key] = chosen;
}

void StyleImport::import_styles(const std::function<std::string(const std::string&)>& page_name) {
  for (const auto& [space, name] : m_needed_resources) import_resource(space, name, 0);
  import_named_styles(page_name);
  import_automatic_styles();
}

void StyleImport::import_named_styles(
    const std::function<std::string(const std::string&)>& page_name) {
  // What the target has: one node each, and the ones that repeat a name.
  const auto identity = [](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "style:default-style") {
      return "d" + std::string(attribute_of(node, "style:family"));
    }
    if (name == "text:outline-style") return std::string("o");
    const Space space = definition_space(node);
    if (name != "style:style" && space != Space::list) return std::string();
    // A family that ODF does not know is still told from the others.
    return "s" + style_key(space, attribute_of(node, "style:family")) + "\n" +
           definition_name(node).value();
  };
  std::unordered_map<std::string, pugi::xml_node> there;
  std::vector<std::pair<std::string, pugi::xml_node>> repeated;
  for (const pugi::xml_node& node : m_to_named.children()) {
    const std::string id = identity(node);
    if (!id.empty() && !there.emplace(id, node).second) repeated.emplace_back(id, node);
  }
  NameSet done;
  for (const pugi::xml_node& source : m_from.child("office:styles").children()) {
    const std::string id = identity(source);
    if (id.empty() || !done.insert(id).second) continue;
    pugi::xml_node copy;
    pugi::xml_document replaced;
    if (const auto old = there.find(id); old != there.end()) {
      if (id == "o") replaced.append_copy(old->second);
      copy = m_to_named.insert_copy_after(source, old->second);
      auto& last = m_last_of_kind[std::string(m_to_named.name()) + " " + source.name()];
      if (last == old->second) last = copy;
      m_to_named.remove_child(old->second);
    } else {
      copy = place_like(m_to_named, source);
    }
    adopt(copy, false);
    keep_outline_numbers(copy, replaced.first_child());
    if (pugi::xml_attribute page = copy.attribute("style:master-page-name")) {
      page.set_value(page_name(page.value()).c_str());
    }
    const Space space = definition_space(copy);
    if (space != Space::none) {
      m_to_index.named[style_key(space, definition_name(copy).value())] = copy;
    }
  }
  for (const auto& [id, node] : repeated) {
    if (done.count(id) != 0) m_to_named.remove_child(node);
  }
}

void StyleImport::import_automatic_styles() {
  for (const pugi::xml_node& source : m_needed_automatic) {
    const Space space = definition_space(source);
    const std::string key = style_key(space, definition_name(source).value());
    const auto name = m_automatic_names.find(key);
    pugi::xml_node copy = m_to_automatic.append_copy(source);
    adopt(copy, true);
    definition_name(copy).set_value(name->second.c_str());
    m_to_index.automatic.emplace(style_key(space, name->second), copy);
  }
}

/// style:header-first and style:list-level are of ODF 1.3: the part says so if the letterhead did.
void StyleImport::raise_version() {
  const std::string_view theirs = attribute_of(m_from, "office:version");
  if (theirs > attribute_of(m_to, "office:version")) {
    set_attribute(m_to, "office:version", theirs);
  }
}

/// The old letterhead's logo must not travel on in the package, unseen.
void StyleImport::drop_parts() {
  if (m_shown.empty()) return;
  std::set<std::string> used;
  collect_parts(m_letter.styles, used);
  collect_parts(m_letter.content, used);
  for (const std::string& part : m_shown) {
    if (used.count(part) != 0) continue;
    m_letter.added.erase(part);
    if (m_letter.package.contains(part)) m_letter.dropped.insert(part);
  }
}

Findings StyleImport::finish() {
  m_prefixes.declare();
  raise_version();
  drop_parts();
  return std::move(m_findings);
}

} // namespace engross::letterhead
