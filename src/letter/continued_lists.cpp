// SPDX-License-Identifier: MPL-2.0
#include "letter/continued_lists.hpp"

#include "odf/element.hpp"

#include <cstring>
#include <set>
#include <string>

namespace engross::letter {

using templating::MarkedPart;
using templating::Tag;

namespace {

class ListNamer {
 public:
  ListNamer(const MarkedPart& content, const odf::ListStyles& lists)
      : m_content(content), m_lists(lists) {}

  void run(pugi::xml_node body) {
    m_body = body;
    walk(body, false);
  }

 private:
  void collect_ids(pugi::xml_node node) {
    for (pugi::xml_node child : node) {
      if (const auto id = child.attribute("xml:id")) m_ids.insert(id.value());
      collect_ids(child);
    }
  }

  /// \p in_list: the lists among the children are levels of the list around them.
  void walk(pugi::xml_node node, bool in_list) {
    for (pugi::xml_node child : node) {
      if (templating::is_tag(child)) {
        tag(m_content.tags[child.attribute("n").as_uint()].tag);
        continue;
      }
      const bool is_list = odf::named(child, "text:list");
      if (is_list && !in_list) list(child);
      walk(child, is_list || (in_list && (odf::named(child, "text:list-item") ||
                                          odf::named(child, "text:list-header"))));
    }
  }

  void list(pugi::xml_node node) {
    const bool goes_on = node.attribute("text:continue-numbering").as_bool() &&
                         !node.attribute("text:continue-list");
    const std::string style = node.attribute("text:style-name").value();
    // The passes of a loop go on with each other by themselves.
    const bool is_apart = m_slot_between || (m_block_between && m_loops == 0 && !m_last_in_loop);
    // The opinions themselves, where they are items of the same list on its first level.
    const bool joins_slot = m_slot_between && !m_slot_is_deeper && m_slot_style == style;
    if (goes_on && is_apart && !joins_slot && m_last &&
        style == m_last.attribute("text:style-name").value()) {
      node.remove_attribute("text:continue-numbering");
      node.append_attribute("text:continue-list") = id_of(m_last).c_str();
    }
    m_last = node;
    m_last_in_loop = m_loops > 0;
    m_slot_between = false;
    m_block_between = false;
  }

  void tag(const Tag& tag) {
    if (tag.kind == Tag::Kind::opinions || tag.kind == Tag::Kind::opinion) slot(tag);
    if (tag.kind == Tag::Kind::for_) ++m_loops;
    if (tag.kind == Tag::Kind::endfor && m_loops > 0) --m_loops;
    if (tag.kind == Tag::Kind::if_ || tag.kind == Tag::Kind::elif || tag.kind == Tag::Kind::else_ ||
        tag.kind == Tag::Kind::endif)
      m_block_between = true;
  }

  void slot(const Tag& tag) {
    std::string style = "Opinions";
    m_slot_is_deeper = false;
    for (const auto& [name, expression] : tag.options) {
      if (name == "list") style = templating::literal_text(expression);
      if (name == "level") m_slot_is_deeper = true;
    }
    m_slot_style = m_lists.name_of(style);
    m_slot_between = true;
  }

  std::string id_of(pugi::xml_node node) {
    if (const auto own = node.attribute("xml:id")) return own.value();
    if (m_ids.empty()) collect_ids(m_body);
    std::string id;
    do id = "eng_list" + std::to_string(++m_number);
    while (!m_ids.insert(id).second);
    node.append_attribute("xml:id") = id.c_str();
    return id;
  }

  const MarkedPart& m_content;
  const odf::ListStyles& m_lists;
  pugi::xml_node m_body;
  std::set<std::string> m_ids; ///< of all elements, once one is needed
  pugi::xml_node m_last;       ///< the list before
  bool m_last_in_loop = false;
  std::string m_slot_style;
  bool m_slot_is_deeper = false; ///< its items are sub-items
  bool m_slot_between = false;   ///< since that list
  bool m_block_between = false;  ///< the list may stay away, or what stands between
  int m_loops = 0;               ///< around the place
  int m_number = 0;
};

} // namespace

void name_continued_lists(pugi::xml_document& body, const MarkedPart& content,
                          const odf::ListStyles& lists) {
  ListNamer(content, lists).run(body);
}

} // namespace engross::letter
