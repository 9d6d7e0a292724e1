// SPDX-License-Identifier: MPL-2.0
#include "templating/fragment.hpp"

#include "templating/automatic_styles.hpp"
#include "templating/dom.hpp"
#include "templating/names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace engross::templating {

using pugi::xml_node;

namespace {

/// A style by its family ("paragraph", "list", "data", …) and name.
using StyleKey = std::pair<std::string, std::string>;

xml_node text_of(const pugi::xml_document& content) {
  return content.child("office:document-content").child("office:body").child("office:text");
}

xml_node automatic_styles_of(const pugi::xml_document& content) {
  return content.child("office:document-content").child("office:automatic-styles");
}

/// What stands before the text and declares its fields (ODF 1.3 part 3, 4.5).
bool is_declaration(xml_node node) {
  static constexpr std::array k_names = {"text:variable-decls", "text:sequence-decls",
                                         "text:user-field-decls", "text:dde-connection-decls",
                                         "text:alphabetical-index-auto-mark-file"};
  return std::any_of(k_names.begin(), k_names.end(),
                     [&](const char* name) { return named(node, name); });
}

StyleKey key_of(xml_node style) {
  std::string family = style.attribute("style:family").value();
  if (named(style, "text:list-style")) family = "list";
  if (starts_with(style, "number:")) family = "data";
  return {std::move(family), style.attribute("style:name").value()};
}

/// The family of the style that an attribute names; empty: it names none.
std::string family_named_by(xml_node node, std::string_view attribute) {
  if (attribute == "text:style-name" || attribute == "text:cond-style-name") {
    if (is_paragraph(node) || named(node, "text:numbered-paragraph")) return "paragraph";
    if (named(node, "text:list")) return "list";
    if (named(node, "text:section") || std::string_view(node.name()).ends_with("-index") ||
        named(node, "text:table-of-content") || named(node, "text:bibliography"))
      return "section";
    if (named(node, "text:ruby")) return "ruby";
    return "text";
  }
  if (attribute == "text:visited-style-name" || attribute == "text:main-entry-style-name")
    return "text";
  if (attribute == "table:style-name") {
    if (named(node, "table:table-column")) return "table-column";
    if (named(node, "table:table-row")) return "table-row";
    return named(node, "table:table") ? "table" : "table-cell";
  }
  if (attribute == "table:default-cell-style-name") return "table-cell";
  if (attribute == "draw:style-name") return "graphic";
  if (attribute == "draw:text-style-name") return "paragraph";
  if (attribute == "style:list-style-name" || attribute == "text:style-override") return "list";
  if (attribute == "style:data-style-name") return "data";
  if (attribute == "style:parent-style-name") return node.attribute("style:family").value();
  if (attribute == "style:apply-style-name") return key_of(node.parent()).first;
  return {};
}

/// Copies one fragment into a document.
class Inserter {
 public:
  Inserter(odf::Document& target, MarkedPart& content, std::uint32_t tag, const Fragment& fragment,
           std::size_t number)
      : m_target(target), m_content(content), m_tag(tag), m_fragment(fragment),
        m_prefix("EI" + std::to_string(number) + "_"), m_first(content.tags.size()) {}

  std::size_t run() {
    odf::add_declarations(m_target.content, m_fragment.document.content);
    for (xml_node style : automatic_styles_of(m_fragment.document.content))
      if (style.attribute("style:name")) m_automatic.emplace(key_of(style), style);
    read_known_styles();
    m_taken = names_below(m_target.content);

    copy_text();
    make_names_unique(m_copy, m_taken);
    carry(m_copy);
    append_tags();
    place();
    m_target.content_changed = true;
    m_content.starts = m_content.starts || m_fragment.marked.starts;
    return m_first;
  }

 private:
  // --- The text --------------------------------------------------------------------------------

  void copy_text() {
    const xml_node text = text_of(m_fragment.document.content);
    m_copy = m_holder.append_child("office:text");
    for (xml_node child : text) {
      if (is_declaration(child))
        merge_declarations(child);
      else if (child.type() == pugi::node_element && !named(child, "office:forms"))
        m_copy.append_copy(child);
    }
    // Writer has a paragraph behind every table and section; at the end it says nothing.
    const xml_node last = m_copy.last_child();
    const xml_node before = last.previous_sibling();
    if (is_paragraph(last) && !last.first_child() &&
        (named(before, "table:table") || named(before, "text:section")))
      m_copy.remove_child(last);
  }

  void merge_declarations(xml_node declarations) {
    xml_node text = text_of(m_target.content);
    xml_node own = text.child(declarations.name());
    if (!own) own = text.prepend_child(declarations.name());
    for (xml_node declaration : declarations) {
      const char* name = declaration.attribute("text:name").value();
      if (!own.find_child_by_attribute(declaration.name(), "text:name", name))
        own.append_copy(declaration);
    }
  }

  /// The tags of the copy follow those of the content.
  void append_tags() {
    for (std::size_t i = 0; i < m_fragment.marked.tags.size(); ++i) {
      const auto restyled = m_restyled.find(i);
      const FoundTag& found = restyled != m_restyled.end() && restyled->second
                                  ? *restyled->second
                                  : m_fragment.marked.tags[i];
      m_content.tags.push_back(found);
      m_content.tags.back().marker = {};
      if (found.group > 0) m_content.tags.back().group += static_cast<std::uint32_t>(m_first);
      m_content.tags.back().in_loop = found.in_loop || m_content.tags[m_tag].in_loop;
    }
    walk(m_copy, [&](xml_node node) {
      shift_attribute_tags(node);
      if (!is_tag(node)) return true;
      const std::size_t index = m_first + node.attribute("n").as_uint();
      node.attribute("n").set_value(static_cast<unsigned long long>(index));
      return true;
    });
  }

  void shift_attribute_tags(xml_node node) const {
    for (pugi::xml_attribute attribute : node.attributes()) {
      std::string value = attribute.value();
      if (value.find(k_attribute_tag_begin) == std::string::npos) continue;
      std::string out;
      for (std::size_t at = 0; at < value.size(); ++at) {
        out += value[at];
        if (value[at] != k_attribute_tag_begin) continue;
        const std::size_t end = value.find_first_not_of("0123456789", at + 1);
        out += std::to_string(m_first + std::stoul(value.substr(at + 1, end - at - 1)));
        at = end - 1;
      }
      attribute.set_value(out.c_str());
    }
  }

  /// Moves the copy to where the include tag stands.
  void place() {
    FoundTag& include = m_content.tags[m_tag];
    xml_node marker = include.marker;
    xml_node parent = marker.parent();
    AutomaticStyles styles(automatic_styles_of(m_target.content));
    AutomaticStyles::Break begun{include.master_page, include.break_before};
    for (xml_node child : m_copy) {
      xml_node moved = parent.insert_copy_before(child, marker);
      if (is_tag(moved)) note(moved);
      walk(moved, [&](xml_node node) {
        if (is_tag(node)) note(node);
        return true;
      });
      if (is_tag(moved)) continue;
      styles.give_break(moved, std::exchange(begun, {}));
    }
    parent.remove_child(marker);
    m_content.tags[m_tag].marker = {};
  }

  void note(xml_node marker) { m_content.tags[marker.attribute("n").as_uint()].marker = marker; }

  // --- What it brings along --------------------------------------------------------------------

  void read_known_styles() {
    for (xml_node style : m_target.styles.child("office:document-styles").child("office:styles"))
      if (style.attribute("style:name")) m_known.insert(key_of(style));
  }

  void carry(xml_node root) {
    walk(root, [&](xml_node node) {
      for (pugi::xml_attribute attribute : node.attributes()) map_style(node, attribute);
      if (pugi::xml_attribute href = node.attribute("xlink:href"))
        if (named(node, "draw:image") || starts_with(node, "draw:object")) take_part(href);
      if (const auto font = node.attribute("style:font-name")) take_font(font.value());
      return true;
    });
  }

  void map_style(xml_node node, pugi::xml_attribute attribute) {
    const std::string family = family_named_by(node, attribute.name());
    const std::string name = attribute.value();
    if (family.empty() || name.empty()) return;
    if (name.starts_with(k_attribute_tag_begin)) {
      // A break before a loop: one style in the first pass, another in the others.
      const std::size_t tag = std::stoul(name.substr(1));
      const FoundTag& found = m_fragment.marked.tags[tag];
      const std::string first = mapped({family, found.place.tag});
      m_restyled[tag] = style_of_first_pass(first, mapped({family, found.source}));
      return;
    }
    const std::string own = mapped({family, name});
    if (own != name) attribute.set_value(own.c_str());
  }

  /// The name of a style in the target: automatic ones are copied, others must be there.
  std::string mapped(const StyleKey& key) {
    const auto& [family, name] = key;
    const auto automatic = m_automatic.find(key);
    if (automatic != m_automatic.end()) return renamed(automatic->first, automatic->second);
    const bool visible = family == "paragraph" || family == "text" || family == "list" ||
                         family == "graphic" || family == "table";
    if (!visible || m_known.contains(key) || !m_reported.insert(key).second) return name;
    Place place = m_content.tags[m_tag].place;
    place.file = m_fragment.document.package.name();
    place.part = "content.xml";
    place.paragraph = 0;
    place.tag.clear();
    place.heading.clear();
    place.excerpt.clear();
    place.caret = -1;
    m_content.findings.push_back(make_finding(Code::include_style_unknown, place,
                                              {family == "text" ? "character" : family, name}));
    return name;
  }

  /// The new name of an automatic style, which is copied when it is first asked for.
  std::string renamed(const StyleKey& key, xml_node style) {
    const auto known = m_renamed.find(key);
    if (known != m_renamed.end()) return known->second;
    xml_node styles = automatic_styles_of(m_target.content);
    if (!styles) {
      xml_node root = m_target.content.child("office:document-content");
      styles = root.insert_child_before("office:automatic-styles", root.child("office:body"));
    }
    std::string name = m_prefix + key.second;
    while (styles.find_child_by_attribute("style:name", name.c_str())) name += "_";
    m_renamed.emplace(key, name);
    xml_node copy = styles.append_copy(style);
    copy.attribute("style:name").set_value(name.c_str());
    copy.remove_attribute("style:master-page-name");
    copy.child("style:paragraph-properties").remove_attribute("style:page-number");
    for (pugi::xml_attribute attribute : copy.attributes()) map_style(copy, attribute);
    carry(copy);
    return name;
  }

  void take_font(const std::string& name) {
    xml_node root = m_target.content.child("office:document-content");
    const xml_node face = m_fragment.document.content.child("office:document-content")
                              .child("office:font-face-decls")
                              .find_child_by_attribute("style:name", name.c_str());
    if (!face) return;
    xml_node faces = root.child("office:font-face-decls");
    if (!faces)
      faces =
          root.insert_child_before("office:font-face-decls", root.child("office:automatic-styles"));
    if (!faces.find_child_by_attribute("style:name", name.c_str())) faces.append_copy(face);
  }

  /// A picture, or an embedded object: the folder of that name with all its parts.
  void take_part(pugi::xml_attribute href) {
    std::string path = href.value();
    const bool dotted = path.starts_with("./");
    if (dotted) path.erase(0, 2);
    if (path.empty() || path.front() == k_attribute_tag_begin) return;
    const odf::Package& package = m_fragment.document.package;
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    const std::string fresh = folder + m_prefix + path.substr(folder.size());
    bool found = false;
    for (const std::string& part : package.paths()) {
      if (part != path && !part.starts_with(path + "/")) continue;
      if (!odf::is_carried_over(part)) continue;
      found = true;
      m_target.added[fresh + part.substr(path.size())] = {package.read(part),
                                                          std::string(package.media_type(part))};
    }
    for (odf::Package::Folder one : package.folders())
      if (one.path.starts_with(path + "/")) {
        one.path = fresh + one.path.substr(path.size());
        m_target.added_folders.push_back(std::move(one));
      }
    if (found) href.set_value(((dotted ? "./" : "") + fresh).c_str());
  }

  odf::Document& m_target;
  MarkedPart& m_content;
  std::uint32_t m_tag;
  const Fragment& m_fragment;
  std::string m_prefix;
  std::size_t m_first;
  pugi::xml_document m_holder;
  xml_node m_copy;
  std::set<Name> m_taken;
  std::set<StyleKey> m_known;
  std::set<StyleKey> m_reported;
  std::map<StyleKey, xml_node> m_automatic;
  std::map<StyleKey, std::string> m_renamed;
  std::map<std::size_t, std::optional<FoundTag>> m_restyled; ///< tags in the place of style names
};

} // namespace

std::size_t insert_fragment(odf::Document& target, MarkedPart& content, std::uint32_t tag,
                            const Fragment& fragment, std::size_t number) {
  return Inserter(target, content, tag, fragment, number).run();
}

} // namespace engross::templating
