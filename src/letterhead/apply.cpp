// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"

#include "letterhead/body.hpp"
#include "letterhead/pages.hpp"
#include "letterhead/references.hpp"

#include <unordered_map>
#include <unordered_set>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <vector>

namespace engross::letterhead {

namespace {

using NameMap = std::unordered_map<std::string, std::string>; // style_key -> name in the target
using NameSet = std::unordered_set<std::string>;

constexpr int k_resource_depth = 16;

/// Brought along only where something refers to them.
bool is_resource(Space space) {
  switch (space) {
  case Space::data:
  case Space::font:
  case Space::gradient:
  case Space::hatch:
  case Space::fill_image:
  case Space::opacity:
  case Space::stroke_dash:
  case Space::marker:
    return true;
  default:
    return false;
  }
}

std::string_view attribute_of(const pugi::xml_node& node, const char* name) {
  return node.attribute(name).value();
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  pugi::xml_attribute attribute = node.attribute(name);
  if (!attribute) attribute = node.append_attribute(name);
  attribute.set_value(std::string(value).c_str());
}

/// Makes the child if it is not there, before the first of `followers` that is.
pugi::xml_node ensure_child(pugi::xml_node parent, const char* name,
                            std::initializer_list<const char*> followers) {
  if (pugi::xml_node child = parent.child(name)) return child;
  for (const char* follower : followers) {
    if (pugi::xml_node next = parent.child(follower)) {
      return parent.insert_child_before(name, next);
    }
  }
  return parent.append_child(name);
}

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

/// A length of ODF 1.3 part 3, 18.3.18 in points; 0 for what is none.
double points(std::string_view length) {
  double value = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), value);
  if (error != std::errc()) return 0;
  const std::string_view unit(end, static_cast<std::size_t>(length.data() + length.size() - end));
  if (unit == "in") return value * 72;
  if (unit == "cm") return value * 72 / 2.54;
  if (unit == "mm") return value * 72 / 25.4;
  if (unit == "pc") return value * 12;
  if (unit == "px") return value * 0.75;
  return value;
}

/// A letterhead is called by its file stem.
std::string stem_of(std::string_view file) {
  const std::size_t slash = file.find_last_of("/\\");
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  const std::size_t dot = file.rfind('.');
  return std::string(dot == 0 ? file : file.substr(0, dot));
}

/// The parts of the package that `root` and what is below it refer to.
void collect_parts(const pugi::xml_node& root, std::set<std::string>& parts) {
  walk(root, [&](const pugi::xml_node& node) {
    std::string part = part_of(attribute_of(node, "xlink:href"));
    if (!part.empty()) parts.insert(std::move(part));
    return true;
  });
}

class Applier {
 public:
  Applier(odf::Document& target, const odf::Document& letterhead)
      : m_target(target), m_letterhead(letterhead), m_name(stem_of(letterhead.package.name())),
        m_from(letterhead.styles.document_element()) {}

  Findings run();

 private:
  struct Import {
    std::size_t source = 0;  ///< of m_from_pages
    std::string name;        ///< in the target
    pugi::xml_node replaced; ///< the target's page in whose place it comes; empty: at the end
    std::string next;        ///< style:next-style-name; empty for none
  };

  void check_letterhead();
  void check_heights(const MasterPage& page);
  void prepare_target();
  void plan_pages();
  void collect_needed();
  void collect_from(const pugi::xml_node& root, bool automatic_scope);
  void drop_old_pages();
  void name_automatic_styles();
  const std::string& import_resource(Space space, const std::string& name, int depth);
  void import_named_styles();
  void import_automatic_styles();
  void import_pages();
  void build_main_page(pugi::xml_node page);
  static void complete_first_page(pugi::xml_node page);
  void rewrite_page_references();
  void rewrite_content();
  void report_unknown_pages(const std::unordered_map<std::string, pugi::xml_node>& unknown);
  void make_continued_pages();
  void place_continued(const std::string& name, const std::string& display,
                       const pugi::xml_node& old);
  NameSet automatic_styles_of(const std::vector<pugi::xml_node>& pages) const;
  void drop_automatic_style(const std::string& key);
  void even_out_headers(const pugi::xml_node& page);
  void set_last_margin(const pugi::xml_node& area, std::string_view margin);
  double bottom_margin(const std::string& paragraph_style) const;
  void unify_names();
  void find_clashing_prefixes();
  void leave_out_clashing(const pugi::xml_node& copy) const;
  void declare_prefixes();
  void raise_version();
  void drop_parts(const std::set<std::string>& old_parts);
  void check_result();

  void adopt(const pugi::xml_node& copy, bool automatic_scope);
  const std::string& import_part(const std::string& path);
  std::string free_name(Space space, const std::string& name, NameSet& taken);
  std::string target_page(const std::string& name, bool used);
  std::string letterhead_page(const std::string& name, bool as_next) const;
  pugi::xml_node place_like(pugi::xml_node parent, const pugi::xml_node& source);

  odf::Document& m_target;
  const odf::Document& m_letterhead;
  std::string m_name; // of the letterhead, as findings call it
  Findings m_findings;

  pugi::xml_node m_from; // roots of styles.xml
  pugi::xml_node m_to;
  pugi::xml_node m_to_fonts, m_to_named, m_to_automatic, m_to_masters;
  StyleIndex m_from_index, m_to_index;
  MasterPages m_from_pages, m_to_pages;

  std::vector<Import> m_imports;
  std::unordered_set<std::size_t> m_replaced; // of m_to_pages
  std::vector<pugi::xml_node> m_note_pages;   // the target's pages for end notes and footnotes
  NameMap m_page_names;                       // kept pages of the target that need another name
  std::vector<pugi::xml_node> m_needed_automatic;
  std::vector<std::pair<Space, std::string>> m_needed_resources;
  NameSet m_needed;
  NameSet m_stood_in_for; // automatic styles that a header no longer uses
  NameSet m_taken;        // names that an automatic style of styles.xml cannot have

  NameMap m_automatic_names, m_named_names; // letterhead name -> target name
  std::unordered_map<std::string, std::string> m_parts;
  std::unordered_map<std::string, int> m_suffixes;
  std::set<std::string> m_prefixes;
  NameSet m_clashing;
  std::unordered_map<std::string, pugi::xml_node> m_last_of_kind;
  pugi::xml_node m_main;
  bool m_needs_continued = false;
};

Findings Applier::run() {
  m_from_pages = read_master_pages(m_letterhead.styles,
                                   start_page(m_letterhead.content, m_letterhead.styles), true);
  if (m_from_pages.pages.empty()) {
    Place place;
    place.file = m_letterhead.package.name();
    place.part = "styles.xml";
    m_findings.push_back(make_finding(Code::letterhead_without_page_style, place, {m_name}));
    return std::move(m_findings);
  }
  check_letterhead();
  std::set<std::string> old_parts;
  collect_parts(m_target.styles, old_parts);
  prepare_target();
  plan_pages();
  collect_needed();
  drop_old_pages();
  name_automatic_styles();
  import_named_styles();
  import_automatic_styles();
  rewrite_content();
  rewrite_page_references();
  import_pages();
  make_continued_pages();
  declare_prefixes();
  raise_version();
  drop_parts(old_parts);
  m_target.styles_changed = true;
  check_result();
  return std::move(m_findings);
}

void Applier::check_letterhead() {
  Place place;
  place.file = m_letterhead.package.name();
  place.part = "styles.xml";
  const MasterPage& main = m_from_pages.pages[m_from_pages.continuation];
  const bool has_first = m_from_pages.first != MasterPages::npos;
  if (!shown(main.node, "style:header") &&
      !(has_first && shown(m_from_pages.pages[m_from_pages.first].node, "style:header"))) {
    m_findings.push_back(make_finding(Code::letterhead_without_header, place, {m_name, main.name}));
  }
  if (!m_from_pages.unclear.empty()) {
    std::string names;
    for (const std::string& name : m_from_pages.unclear) {
      names += (names.empty() ? "" : ", ") + name;
    }
    m_findings.push_back(make_finding(Code::letterhead_role_unclear, place,
                                      {m_name, names, m_from_pages.unclear.front()}));
  }
  check_heights(main);
  if (has_first) {
    const MasterPage& first = m_from_pages.pages[m_from_pages.first];
    check_heights(first);
    constexpr std::array k_size = {"fo:page-width",    "fo:page-height", "fo:margin",
                                   "fo:margin-top",    "fo:margin-left", "fo:margin-right",
                                   "fo:margin-bottom", "fo:padding"};
    const pugi::xml_node a = first.layout.child("style:page-layout-properties");
    const pugi::xml_node b = main.layout.child("style:page-layout-properties");
    if (std::any_of(k_size.begin(), k_size.end(), [&](const char* name) {
          return attribute_of(a, name) != attribute_of(b, name);
        })) {
      m_findings.push_back(
          make_finding(Code::first_page_size_differs, place, {m_name, first.name, main.name}));
    }
  }
}

void Applier::check_heights(const MasterPage& page) {
  constexpr std::array k_areas = {std::pair{"style:header-style", "header"},
                                  std::pair{"style:footer-style", "footer"}};
  for (const auto& [element, word] : k_areas) {
    const pugi::xml_node properties =
        page.layout.child(element).child("style:header-footer-properties");
    const std::string_view height = attribute_of(properties, "svg:height");
    if (height.empty()) continue;
    Place place;
    place.file = m_letterhead.package.name();
    place.part = "styles.xml";
    m_findings.push_back(
        make_finding(Code::header_height_fixed, place, {word, page.name, m_name, height}));
  }
}

void Applier::prepare_target() {
  m_to = m_target.styles.document_element();
  m_to_fonts = ensure_child(m_to, "office:font-face-decls",
                            {"office:styles", "office:automatic-styles", "office:master-styles"});
  m_to_named =
      ensure_child(m_to, "office:styles", {"office:automatic-styles", "office:master-styles"});
  m_to_automatic = ensure_child(m_to, "office:automatic-styles", {"office:master-styles"});
  m_to_masters = ensure_child(m_to, "office:master-styles", {});

  add_definitions(m_from_index.named, m_from.child("office:font-face-decls"));
  add_definitions(m_from_index.named, m_from.child("office:styles"));
  add_definitions(m_from_index.automatic, m_from.child("office:automatic-styles"));
  find_clashing_prefixes();
  unify_names();
  add_definitions(m_to_index.named, m_to_fonts);
  add_definitions(m_to_index.named, m_to_named);
  add_definitions(m_to_index.automatic, m_to_automatic);
  m_to_pages =
      read_master_pages(m_target.styles, start_page(m_target.content, m_target.styles), false);
}

/// A person knows a style by its display name, and so does Writer. A style of the target that has
/// the display name of one of the letterhead's but another internal name takes the letterhead's.
void Applier::unify_names() {
  const auto display = [](const pugi::xml_node& style) {
    const std::string_view shown_as = attribute_of(style, "style:display-name");
    return shown_as.empty() ? attribute_of(style, "style:name") : shown_as;
  };
  const auto is_named_style = [](const pugi::xml_node& node) {
    const Space space = definition_space(node);
    return space != Space::none && !is_resource(space) && space != Space::other_family;
  };
  std::unordered_map<std::string, std::string> theirs; // display name -> name
  for (const pugi::xml_node& style : m_from.child("office:styles").children()) {
    if (!is_named_style(style)) continue;
    theirs.emplace(style_key(definition_space(style), display(style)),
                   attribute_of(style, "style:name"));
  }
  NameMap renamed;
  NameSet ours;
  std::vector<pugi::xml_node> others;
  for (const pugi::xml_node& style : m_to_named.children()) {
    if (!is_named_style(style)) continue;
    const Space space = definition_space(style);
    const std::string key = style_key(space, attribute_of(style, "style:name"));
    ours.insert(key);
    if (m_from_index.named.count(key) != 0) continue;
    const auto match = theirs.find(style_key(space, display(style)));
    if (match == theirs.end()) continue;
    renamed.emplace(key, match->second);
    others.push_back(style);
  }
  if (renamed.empty()) return;
  const auto rename_in = [&](const pugi::xml_node& root) {
    NodeMap automatic;
    add_definitions(automatic, root.child("office:automatic-styles"));
    return rewrite_references(root, [&](Space space, std::string_view name) -> const std::string* {
      const std::string key = style_key(space, name);
      const auto it = renamed.find(key);
      return it == renamed.end() || automatic.count(key) != 0 ? nullptr : &it->second;
    });
  };
  rename_in(m_to);
  if (rename_in(m_target.content.document_element())) m_target.content_changed = true;
  for (pugi::xml_node style : others) {
    const Space space = definition_space(style);
    const std::string& name = renamed.at(style_key(space, attribute_of(style, "style:name")));
    if (ours.insert(style_key(space, name)).second) {
      set_attribute(style, "style:name", name);
    } else {
      m_to_named.remove_child(style);
    }
  }
}

void Applier::plan_pages() {
  // The one page of the letter, in the place of the first page that it replaces.
  Import main{m_from_pages.continuation, std::string(k_main_page), {}, {}};
  std::vector<std::size_t> sideways;
  NameSet names;
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    const MasterPage& page = m_to_pages.pages[i];
    if (page.role == Role::first || page.role == Role::continuation) {
      m_replaced.insert(i);
      if (!main.replaced && page.name != k_continued_page) main.replaced = page.node;
    } else if (page.role == Role::turned) {
      sideways.push_back(i);
    }
  }
  names.emplace(k_main_page);
  names.emplace(k_continued_page);
  m_imports.push_back(std::move(main));

  const auto is_extra = [&](const MasterPage& page) {
    return (page.role == Role::turned || page.role == Role::other) && page.name != k_main_page &&
           page.name != k_continued_page;
  };
  std::size_t turned = MasterPages::npos;
  for (std::size_t i = 0; i < m_from_pages.pages.size() && turned == MasterPages::npos; ++i) {
    if (m_from_pages.pages[i].role == Role::turned) turned = i;
  }
  // A letterhead that is itself on its side has no such page for an upright letter's annex.
  bool is_taken = false;
  for (const std::size_t i : sideways) {
    const MasterPage& page = m_to_pages.pages[i];
    if (turned == MasterPages::npos || m_from_pages.pages[turned].landscape != page.landscape) {
      continue;
    }
    m_replaced.insert(i);
    names.insert(page.name);
    m_imports.push_back({turned, page.name, page.node, page.next});
    is_taken = true;
  }
  for (std::size_t i = 0; i < m_from_pages.pages.size(); ++i) {
    const MasterPage& page = m_from_pages.pages[i];
    if (!is_extra(page) || (i == turned && is_taken)) continue;
    if (!names.insert(page.name).second) continue;
    const std::size_t old = m_to_pages.find(page.name);
    const bool replaces = old != MasterPages::npos && m_replaced.insert(old).second;
    m_imports.push_back(
        {i, page.name, replaces ? m_to_pages.pages[old].node : pugi::xml_node(), page.next});
  }
  // Notes at the end stand on pages of their own: more pages of the letter.
  for (const pugi::xml_node& notes : m_to_named.children("text:notes-configuration")) {
    const std::size_t i = m_to_pages.find(attribute_of(notes, "text:master-page-name"));
    if (i == MasterPages::npos || m_to_pages.pages[i].role != Role::other) continue;
    if (m_replaced.insert(i).second) m_note_pages.push_back(m_to_pages.pages[i].node);
  }
  // A page that stays must not be called what the letter's page is called.
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    if (m_replaced.count(i) == 0) names.insert(m_to_pages.pages[i].name);
  }
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    const MasterPage& page = m_to_pages.pages[i];
    if (page.name != k_main_page || page.role != Role::turned) continue;
    std::string name;
    for (int n = 1; !names.insert(name = page.name + "_" + std::to_string(n)).second;) ++n;
    m_page_names[page.name] = name;
    for (Import& import : m_imports) {
      if (import.replaced == page.node) import.name = name;
    }
    if (m_replaced.count(i) == 0) set_attribute(page.node, "style:name", name);
  }
}

/// Follows references from `root` to automatic styles and resources of the letterhead.
void Applier::collect_from(const pugi::xml_node& root, bool automatic_scope) {
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

void Applier::collect_needed() {
  for (const pugi::xml_node& node : m_from.child("office:styles").children()) {
    const std::string_view name = node.name();
    if (name == "style:style" || name == "style:default-style" || name == "text:list-style" ||
        name == "text:outline-style") {
      collect_from(node, false);
    }
  }
  for (const Import& import : m_imports) {
    collect_from(m_from_pages.pages[import.source].node, true);
  }
  // Their layout gives way to that of the continuation; their headers do not.
  for (const std::size_t i : {m_from_pages.first, m_from_pages.left}) {
    if (i == MasterPages::npos) continue;
    for (const pugi::xml_node& child : m_from_pages.pages[i].node.children()) {
      collect_from(child, true);
    }
  }
  for (const pugi::xml_node& node : m_from.child("office:automatic-styles").children()) {
    const Space space = definition_space(node);
    if (space == Space::none) continue;
    if (m_needed.count("a" + style_key(space, definition_name(node).value())) != 0) {
      m_needed_automatic.push_back(node);
    }
  }
}

/// Keys of the automatic styles that `pages` use, directly or through others.
NameSet Applier::automatic_styles_of(const std::vector<pugi::xml_node>& pages) const {
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

void Applier::drop_automatic_style(const std::string& key) {
  const auto it = m_to_index.automatic.find(key);
  m_to_automatic.remove_child(it->second);
  m_to_index.automatic.erase(it);
}

/// Removes the automatic styles that only the replaced pages used. The pages themselves stay until
/// their successors stand beside them.
void Applier::drop_old_pages() {
  std::vector<pugi::xml_node> leaving;
  std::vector<pugi::xml_node> staying;
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    (m_replaced.count(i) != 0 ? leaving : staying).push_back(m_to_pages.pages[i].node);
  }
  const NameSet kept = automatic_styles_of(staying);
  for (const std::string& key : automatic_styles_of(leaving)) {
    if (kept.count(key) == 0) drop_automatic_style(key);
  }
}

std::string Applier::free_name(Space space, const std::string& name, NameSet& taken) {
  if (taken.insert(style_key(space, name)).second) return name;
  int& suffix = m_suffixes[style_key(space, name)];
  std::string other;
  do {
    other = name + "_" + std::to_string(++suffix);
  } while (!taken.insert(style_key(space, other)).second);
  return other;
}

void Applier::name_automatic_styles() {
  NameSet& taken = m_taken;
  for (const auto& [key, node] : m_to_index.automatic) taken.insert(key);
  for (const auto& [key, node] : m_to_index.named) taken.insert(key);
  for (const auto& [key, node] : m_from_index.named) taken.insert(key);
  // Other parts have automatic styles of their own; kept apart, a flat file can hold both.
  NodeMap content;
  add_definitions(content, m_target.content.document_element().child("office:automatic-styles"));
  for (const auto& [key, node] : content) taken.insert(key);
  for (const pugi::xml_node& node : m_needed_automatic) {
    const Space space = definition_space(node);
    const std::string name = definition_name(node).value();
    m_automatic_names.emplace(style_key(space, name), free_name(space, name, taken));
  }
}

/// The path in the target of a part of the letterhead; the part is added if need be.
const std::string& Applier::import_part(const std::string& path) {
  const auto [it, is_new] = m_parts.emplace(path, path);
  if (!is_new || !m_letterhead.package.contains(path)) return it->second;
  const std::string bytes = m_letterhead.package.read(path);
  const std::size_t dot = path.rfind('.');
  const std::size_t end = dot == std::string::npos || dot < path.rfind('/') + 1 ? path.size() : dot;
  for (int n = 0;; ++n) {
    std::string name =
        n == 0 ? path : path.substr(0, end) + "_" + std::to_string(n) + path.substr(end);
    if (const auto added = m_target.added.find(name); added != m_target.added.end()) {
      if (added->second.bytes != bytes) continue;
    } else if (m_target.package.contains(name) && m_target.dropped.count(name) == 0) {
      if (m_target.package.read(name) != bytes) continue;
    } else {
      m_target.added[name] = {bytes, std::string(m_letterhead.package.media_type(path))};
    }
    it->second = std::move(name);
    return it->second;
  }
}

/// Makes a copied subtree at home in the target: names, pictures; remembers its prefixes.
void Applier::adopt(const pugi::xml_node& copy, bool automatic_scope) {
  leave_out_clashing(copy);
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
    const auto remember = [&](std::string_view name) {
      const std::size_t colon = name.find(':');
      if (colon != std::string_view::npos) m_prefixes.emplace(name.substr(0, colon));
    };
    remember(node.name());
    for (pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      remember(name);
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
pugi::xml_node Applier::place_like(pugi::xml_node parent, const pugi::xml_node& source) {
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
const std::string& Applier::import_resource(Space space, const std::string& name, int depth) {
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

void Applier::import_named_styles() {
  for (const auto& [space, name] : m_needed_resources) import_resource(space, name, 0);

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
    if (const auto old = there.find(id); old != there.end()) {
      copy = m_to_named.insert_copy_after(source, old->second);
      auto& last = m_last_of_kind[std::string(m_to_named.name()) + " " + source.name()];
      if (last == old->second) last = copy;
      m_to_named.remove_child(old->second);
    } else {
      copy = place_like(m_to_named, source);
    }
    adopt(copy, false);
    if (pugi::xml_attribute page = copy.attribute("style:master-page-name")) {
      page.set_value(letterhead_page(page.value(), false).c_str());
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

void Applier::import_automatic_styles() {
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

/// Where a reference of the letterhead to one of its own pages leads in the target.
std::string Applier::letterhead_page(const std::string& name, bool as_next) const {
  const std::size_t i = m_from_pages.find(name);
  if (i == MasterPages::npos) return name;
  switch (m_from_pages.pages[i].role) {
  case Role::first:
    return std::string(k_main_page);
  case Role::continuation:
    // A style that begins a letter on the only page begins it with the letterhead.
    return std::string(as_next || m_from_pages.first != MasterPages::npos ? k_continued_page
                                                                          : k_main_page);
  default:
    return name == k_main_page ? std::string(k_continued_page) : name;
  }
}

/// Where a reference of the target to one of its own pages leads. `used`: text stands on it.
std::string Applier::target_page(const std::string& name, bool used) {
  if (name.empty()) return name;
  if (const auto it = m_page_names.find(name); it != m_page_names.end()) return it->second;
  const std::size_t i = m_to_pages.find(name);
  if (i == MasterPages::npos || m_to_pages.pages[i].role == Role::continuation) {
    return std::string(used ? k_continued_page : k_main_page);
  }
  if (m_to_pages.pages[i].role == Role::first) return std::string(k_main_page);
  return name;
}

void Applier::report_unknown_pages(const std::unordered_map<std::string, pugi::xml_node>& unknown) {
  if (unknown.empty()) return;
  std::unordered_map<std::size_t, const std::string*> wanted;
  for (const auto& [name, element] : unknown) wanted.emplace(element.hash_value(), &name);
  int paragraph = 0;
  walk(m_target.content.document_element(), [&](const pugi::xml_node& node) {
    const bool is_table = std::string_view(node.name()) == "table:table";
    if (is_paragraph(node.name())) ++paragraph;
    if (const auto it = wanted.find(node.hash_value()); it != wanted.end()) {
      Place place;
      place.file = m_target.package.name();
      place.part = "content.xml";
      place.paragraph = is_table ? paragraph + 1 : paragraph;
      place.excerpt = excerpt_of(node);
      m_findings.push_back(make_finding(Code::unknown_page_style, std::move(place), {*it->second}));
    }
    return true;
  });
}

void Applier::rewrite_content() {
  pugi::xml_node root = m_target.content.document_element();
  StyleIndex index;
  add_definitions(index.automatic, root.child("office:automatic-styles"));
  index.named = m_to_index.named;
  MasterPageResolver resolver(index);

  // Who uses which style, and which elements begin the letter.
  struct Opening {
    pugi::xml_node element;
    bool on_letter_page = false; // it names a page whose place the letter's page takes
  };
  std::vector<Opening> openings;
  NameSet used_later;
  const auto is_letter_page = [&](const std::string& name) {
    const std::size_t i = m_to_pages.find(name);
    return i == MasterPages::npos || m_to_pages.pages[i].role == Role::first ||
           m_to_pages.pages[i].role == Role::continuation;
  };
  const auto use = [&](Space space, std::string_view name) {
    while (!name.empty() && used_later.insert(style_key(space, name)).second) {
      name = attribute_of(index.find(space, name), "style:parent-style-name");
    }
  };
  std::unordered_map<std::string, pugi::xml_node> unknown;
  for_each_flow_element(m_target.content, [&](const pugi::xml_node& element, bool opening) {
    const auto [space, name] = flow_style(element);
    const std::string& page = resolver.master_page(space, name);
    if (opening) {
      openings.push_back({element, !page.empty() && is_letter_page(page)});
    } else {
      use(space, name);
    }
    if (!page.empty() && page != k_main_page && m_to_pages.find(page) == MasterPages::npos) {
      unknown.emplace(page, element);
    }
  });
  report_unknown_pages(unknown);

  // The references themselves: in the content's automatic styles and in the named ones that stayed.
  const auto rewrite = [&](const pugi::xml_node& style, bool& changed) {
    pugi::xml_attribute page = style.attribute("style:master-page-name");
    if (!page || *page.value() == '\0') return;
    const std::string key = style_key(definition_space(style), definition_name(style).value());
    const std::string name = target_page(page.value(), used_later.count(key) != 0);
    if (name == page.value()) return;
    page.set_value(name.c_str());
    changed = true;
  };
  for (const pugi::xml_node& style : root.child("office:automatic-styles").children()) {
    rewrite(style, m_target.content_changed);
  }
  NodeMap from_letterhead;
  add_definitions(from_letterhead, m_from.child("office:styles"));
  for (const pugi::xml_node& style : m_to_named.children("style:style")) {
    const std::string key = style_key(definition_space(style), definition_name(style).value());
    if (from_letterhead.count(key) == 0) rewrite(style, m_target.styles_changed);
  }
  if (rewrite_references(root.child("office:body"),
                         [&, name = std::string()](Space space, std::string_view page) mutable {
                           if (space != Space::master_page)
                             return static_cast<const std::string*>(nullptr);
                           name = target_page(std::string(page), true);
                           return static_cast<const std::string*>(&name);
                         })) {
    m_target.content_changed = true;
  }

  // A style that begins the letter and is also used further on means two things now.
  MasterPageResolver after(index);
  NameSet taken;
  for (const auto& [key, node] : index.automatic) taken.insert(key);
  for (const auto& [key, node] : index.named) taken.insert(key);
  std::unordered_map<std::string, std::string> split;
  for (const Opening& opening : openings) {
    const auto [space, name] = flow_style(opening.element);
    if (!opening.on_letter_page || after.master_page(space, name) == k_main_page) continue;
    const std::string key = style_key(space, name);
    auto known = split.find(key);
    if (known == split.end()) {
      pugi::xml_node automatic = ensure_child(root, "office:automatic-styles", {"office:body"});
      const auto old = index.automatic.find(key);
      pugi::xml_node style;
      std::string base(name);
      if (old != index.automatic.end()) {
        style = automatic.insert_copy_after(old->second, old->second);
      } else {
        base = "P";
        style = automatic.append_child("style:style");
        set_attribute(style, "style:family", space == Space::table ? "table" : "paragraph");
        set_attribute(style, "style:parent-style-name", name);
      }
      const std::string fresh = free_name(space, base, taken);
      set_attribute(style, "style:name", fresh);
      set_attribute(style, "style:master-page-name", k_main_page);
      known = split.emplace(key, fresh).first;
    }
    set_attribute(opening.element, space == Space::table ? "table:style-name" : "text:style-name",
                  known->second);
    m_target.content_changed = true;
  }
}

void Applier::rewrite_page_references() {
  // Which pages text stands on: named by a style in use or following such a page.
  NameSet used;
  const auto note = [&](const pugi::xml_node& styles) {
    for (const pugi::xml_node& style : styles.children("style:style")) {
      const std::string_view page = attribute_of(style, "style:master-page-name");
      if (!page.empty()) used.emplace(page);
    }
  };
  note(m_target.content.document_element().child("office:automatic-styles"));
  note(m_to_named);
  const auto follow = [&](const std::string& name, const std::string& next) {
    return next.empty() || next == name ? std::string() : target_page(next, used.count(name) != 0);
  };
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    const MasterPage& page = m_to_pages.pages[i];
    if (m_replaced.count(i) != 0) continue;
    const std::string name = page.node.attribute("style:name").value();
    const std::string next = follow(name, page.next);
    if (!next.empty()) set_attribute(page.node, "style:next-style-name", next);
    if (used.count(name) != 0) {
      Place place;
      place.file = m_target.package.name();
      place.part = "styles.xml";
      m_findings.push_back(make_finding(Code::page_style_kept, std::move(place), {name, m_name}));
    }
  }
  for (Import& import : m_imports) {
    if (import.next.empty()) continue;
    const bool from_target = import.replaced && m_to_pages.find(import.next) != MasterPages::npos;
    std::string next = from_target ? follow(import.name, import.next)
                                   : letterhead_page(import.next, used.count(import.name) != 0);
    if (next == import.name) next.clear();
    import.next = std::move(next);
  }
}

/// The header or footer `name` of a master page; made, empty, if it is not there or not shown.
pugi::xml_node ensure_area(pugi::xml_node page, const std::string& name) {
  if (const pugi::xml_node there = shown(page, name.c_str())) return there;
  while (page.remove_child(name.c_str())) {
  }
  // ODF 1.3 part 3, 16.9: headers before footers, left and first ones behind the plain one.
  const bool is_header = name.starts_with("style:header");
  const std::string plain = is_header ? "style:header" : "style:footer";
  pugi::xml_node before;
  if (name == plain) {
    before = is_header ? pugi::xml_node() : page.child("style:header-first");
    if (!is_header && !before) before = page.child("style:header-left");
    if (!is_header && !before) before = page.child("style:header");
  } else {
    before = ensure_area(page, plain);
    if (!before.first_child()) before.append_child("text:p");
    const pugi::xml_node left = page.child((plain + "-left").c_str());
    if (left && name.ends_with("-first")) before = left;
  }
  return before ? page.insert_child_after(name.c_str(), before) : page.prepend_child(name.c_str());
}

void fill_area(pugi::xml_node area, const pugi::xml_node& source) {
  while (area.remove_child(area.first_child())) {
  }
  for (const pugi::xml_node& child : source.children()) area.append_copy(child);
  const auto is_element = [](const pugi::xml_node& node) {
    return node.type() == pugi::node_element;
  };
  if (!area.find_child(is_element)) area.append_child("text:p");
}

/// The letter's page from the letterhead's continuation page, its first and its left page.
void Applier::build_main_page(pugi::xml_node page) {
  for (const std::string plain : {"style:header", "style:footer"}) {
    const std::array parts = {std::pair{m_from_pages.left, plain + "-left"},
                              std::pair{m_from_pages.first, plain + "-first"}};
    for (const auto& [index, name] : parts) {
      if (index == MasterPages::npos) continue;
      const pugi::xml_node other = m_from_pages.pages[index].node;
      // What that page shows where it stands; nothing if it shows nothing.
      pugi::xml_node source = shown(other, name.c_str());
      if (!source) source = shown(other, plain.c_str());
      if (source || shown(page, plain.c_str())) fill_area(ensure_area(page, name), source);
    }
  }
  if (m_from_pages.left == MasterPages::npos) return;
  // Its layout was for one side only.
  const auto layout = m_to_index.automatic.find(style_key(
      Space::page_layout, m_automatic_names[style_key(
                              Space::page_layout, attribute_of(page, "style:page-layout-name"))]));
  if (layout == m_to_index.automatic.end()) return;
  const pugi::xml_node ours = layout->second.child("style:page-layout-properties");
  const pugi::xml_node theirs =
      m_from_pages.pages[m_from_pages.left].layout.child("style:page-layout-properties");
  if (attribute_of(ours, "fo:margin-left") == attribute_of(theirs, "fo:margin-left")) {
    layout->second.remove_attribute("style:page-usage");
  } else {
    set_attribute(layout->second, "style:page-usage", "mirrored");
  }
}

/// Writer shows no footer at all on page 1 where there is a style:header-first and no
/// style:footer-first; a footer that is meant for every page is said twice.
void Applier::complete_first_page(pugi::xml_node page) {
  const pugi::xml_node footer = shown(page, "style:footer");
  if (!footer || !page.child("style:header-first") || page.child("style:footer-first")) return;
  fill_area(ensure_area(page, "style:footer-first"), footer);
}

/// fo:margin-bottom that a paragraph style comes to, in points.
double Applier::bottom_margin(const std::string& paragraph_style) const {
  std::string name = paragraph_style;
  const auto own = m_to_index.automatic.find(style_key(Space::paragraph, name));
  pugi::xml_node style = own != m_to_index.automatic.end() ? own->second : pugi::xml_node();
  for (std::size_t steps = 0; steps <= m_to_index.named.size(); ++steps) {
    if (!style) {
      const auto named = m_to_index.named.find(style_key(Space::paragraph, name));
      if (named == m_to_index.named.end()) break;
      style = named->second;
    }
    const pugi::xml_node properties = style.child("style:paragraph-properties");
    for (const char* which : {"fo:margin-bottom", "fo:margin"}) {
      const std::string_view value = attribute_of(properties, which);
      if (!value.empty() && value.back() != '%') return points(value);
    }
    name = attribute_of(style, "style:parent-style-name");
    style = {};
  }
  return 0;
}

/// Gives the last printed paragraph of a header its bottom margin, by a style of its own.
void Applier::set_last_margin(const pugi::xml_node& area, std::string_view margin) {
  pugi::xml_node last = area.last_child();
  while (last && (last.type() != pugi::node_element ||
                  (is_paragraph(last.name()) && holds_only_block_tags(last)))) {
    last = last.previous_sibling();
  }
  if (!last || !is_paragraph(last.name())) return;
  const std::string name(attribute_of(last, "text:style-name"));
  constexpr double k_tolerance = 0.05;
  const double difference = bottom_margin(name) - points(margin);
  if (difference < k_tolerance && difference > -k_tolerance) return;
  pugi::xml_node style;
  const auto old = m_to_index.automatic.find(style_key(Space::paragraph, name));
  if (old != m_to_index.automatic.end()) {
    style = m_to_automatic.append_copy(old->second);
    m_stood_in_for.insert(old->first);
  } else {
    style = m_to_automatic.append_child("style:style");
    set_attribute(style, "style:family", "paragraph");
    if (!name.empty()) set_attribute(style, "style:parent-style-name", name);
  }
  const std::string fresh =
      free_name(Space::paragraph, old != m_to_index.automatic.end() ? name : "MP", m_taken);
  set_attribute(style, "style:name", fresh);
  pugi::xml_node properties = style.child("style:paragraph-properties");
  // ODF 1.3 part 3, 16.2: paragraph properties stand before text properties.
  if (!properties) properties = style.prepend_child("style:paragraph-properties");
  set_attribute(properties, "fo:margin-bottom", margin);
  m_to_index.automatic.emplace(style_key(Space::paragraph, fresh), style);
  set_attribute(last, "text:style-name", fresh);
}

/// The gap between header and text is the layout's, in Writer. In DOCX page 1 takes it from the
/// last paragraph of its header, and a margin there counts besides. So that both begin the text at
/// the same height: that paragraph's margin is the gap on page 1, and 0 on the pages after it.
void Applier::even_out_headers(const pugi::xml_node& page) {
  const auto layout = m_to_index.automatic.find(
      style_key(Space::page_layout, attribute_of(page, "style:page-layout-name")));
  if (layout == m_to_index.automatic.end()) return;
  const pugi::xml_node properties =
      layout->second.child("style:header-style").child("style:header-footer-properties");
  const std::string_view gap = attribute_of(properties, "fo:margin-bottom");
  if (gap.empty() || attribute_of(properties, "style:dynamic-spacing") == "true") return;
  set_last_margin(shown(page, "style:header"), "0in");
  set_last_margin(shown(page, "style:header-left"), "0in");
  set_last_margin(shown(page, "style:header-first"), gap);
}

void Applier::import_pages() {
  for (const Import& import : m_imports) {
    const MasterPage& source = m_from_pages.pages[import.source];
    pugi::xml_node page = import.replaced
                              ? m_to_masters.insert_copy_before(source.node, import.replaced)
                              : place_like(m_to_masters, source.node);
    const bool is_main = import.source == m_from_pages.continuation;
    if (is_main) {
      build_main_page(page);
      m_main = page;
    }
    complete_first_page(page);
    adopt(page, true);
    even_out_headers(page);
    page.remove_attribute("style:next-style-name");
    if (!import.next.empty()) set_attribute(page, "style:next-style-name", import.next);
    if (import.name != source.name) {
      page.remove_attribute("style:display-name");
      set_attribute(page, "style:name", import.name);
      const std::string_view display =
          is_main ? std::string_view() : attribute_of(import.replaced, "style:display-name");
      if (!display.empty()) set_attribute(page, "style:display-name", display);
    }
  }
}

/// The letter's page without what is for page 1 only, under another name.
void Applier::place_continued(const std::string& name, const std::string& display,
                              const pugi::xml_node& old) {
  pugi::xml_node page =
      old ? m_to_masters.insert_copy_before(m_main, old) : place_like(m_to_masters, m_main);
  set_attribute(page, "style:name", name);
  page.remove_attribute("style:display-name");
  if (!display.empty()) set_attribute(page, "style:display-name", display);
  page.remove_attribute("style:next-style-name");
  page.remove_child("style:header-first");
  page.remove_child("style:footer-first");
}

void Applier::make_continued_pages() {
  for (const pugi::xml_node& page : m_note_pages) {
    place_continued(std::string(attribute_of(page, "style:name")),
                    std::string(attribute_of(page, "style:display-name")), page);
  }
  const auto asks = [](const pugi::xml_node& node, const char* attribute) {
    return attribute_of(node, attribute) == k_continued_page;
  };
  const auto any_style = [&](const pugi::xml_node& styles) {
    for (const pugi::xml_node& style : styles.children("style:style")) {
      if (asks(style, "style:master-page-name")) return true;
    }
    return false;
  };
  bool needed = any_style(m_to_named) ||
                any_style(m_target.content.document_element().child("office:automatic-styles"));
  pugi::xml_node old;
  for (std::size_t i = 0; i < m_to_pages.pages.size(); ++i) {
    if (m_to_pages.pages[i].name == k_continued_page) old = m_to_pages.pages[i].node;
  }
  for (const pugi::xml_node& page : m_to_masters.children("style:master-page")) {
    needed = needed || (page != old && asks(page, "style:next-style-name"));
  }
  walk(m_target.content.document_element().child("office:body"), [&](const pugi::xml_node& node) {
    needed = needed || asks(node, "text:master-page-name");
    return !needed;
  });
  if (needed) place_continued(std::string(k_continued_page), "Letter continued", old);
  for (const std::size_t i : m_replaced) m_to_masters.remove_child(m_to_pages.pages[i].node);
  if (m_stood_in_for.empty()) return;
  std::vector<pugi::xml_node> pages;
  for (const pugi::xml_node& page : m_to_masters.children()) pages.push_back(page);
  const NameSet used = automatic_styles_of(pages);
  for (const std::string& key : m_stood_in_for) {
    if (used.count(key) == 0) drop_automatic_style(key);
  }
}

/// Prefixes that mean something else in the target. They can only be foreign ones, as ODF's own are
/// the same everywhere: what they mark is left out.
void Applier::find_clashing_prefixes() {
  for (const pugi::xml_attribute& theirs : m_from.attributes()) {
    const std::string_view name = theirs.name();
    const pugi::xml_attribute ours = m_to.attribute(theirs.name());
    if (!name.starts_with("xmlns:") || !ours) continue;
    if (std::string_view(ours.value()) != theirs.value()) m_clashing.emplace(name.substr(6));
  }
}

/// Takes out of a copied subtree what a clashing prefix marks.
void Applier::leave_out_clashing(const pugi::xml_node& copy) const {
  if (m_clashing.empty()) return;
  const auto clashes = [&](std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos &&
           m_clashing.count(std::string(name.substr(0, colon))) != 0;
  };
  std::vector<pugi::xml_node> leaving;
  walk(copy, [&](pugi::xml_node node) {
    if (clashes(node.name())) {
      leaving.push_back(node);
      return false;
    }
    for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
      const pugi::xml_attribute next = attribute.next_attribute();
      if (clashes(attribute.name())) node.remove_attribute(attribute);
      attribute = next;
    }
    return true;
  });
  for (const pugi::xml_node& node : leaving) node.parent().remove_child(node);
}

/// Declares the prefixes that came along with the letterhead's styles.
void Applier::declare_prefixes() {
  for (const std::string& prefix : m_prefixes) {
    const std::string name = "xmlns:" + prefix;
    const pugi::xml_attribute theirs = m_from.attribute(name.c_str());
    if (theirs && !m_to.attribute(name.c_str())) set_attribute(m_to, name.c_str(), theirs.value());
  }
}

/// style:header-first and style:list-level are of ODF 1.3: the part says so if the letterhead did.
void Applier::raise_version() {
  const std::string_view theirs = attribute_of(m_from, "office:version");
  if (theirs > attribute_of(m_to, "office:version")) {
    set_attribute(m_to, "office:version", theirs);
  }
}

/// The old letterhead's logo must not travel on in the package, unseen.
void Applier::drop_parts(const std::set<std::string>& old_parts) {
  if (old_parts.empty()) return;
  std::set<std::string> used;
  collect_parts(m_target.styles, used);
  collect_parts(m_target.content, used);
  for (const std::string& part : old_parts) {
    if (used.count(part) != 0) continue;
    m_target.added.erase(part);
    if (m_target.package.contains(part)) m_target.dropped.insert(part);
  }
}

void Applier::check_result() {
  append(m_findings, check_ancestry(m_to_named, m_target.package.name()));
  StyleIndex body;
  add_definitions(body.automatic,
                  m_target.content.document_element().child("office:automatic-styles"));
  add_definitions(body.named, m_to_named);
  append(m_findings,
         check_styles(m_target.content, {body, m_target.package.name(), "content.xml", m_name}));
  StyleIndex pages;
  add_definitions(pages.automatic, m_from.child("office:automatic-styles"));
  pages.named = std::move(body.named);
  append(m_findings, check_styles(m_letterhead.styles,
                                  {pages, m_letterhead.package.name(), "styles.xml", m_name}));
}

} // namespace

Findings apply(odf::Document& target, const odf::Document& letterhead) {
  return Applier(target, letterhead).run();
}

} // namespace engross::letterhead
