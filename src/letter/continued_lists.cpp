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
    collect_ids(body);
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
        slot(m_content.tags[child.attribute("n").as_uint()].tag);
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
    if (goes_on && m_slot_between && m_last && m_slot_style != style &&
        style == m_last.attribute("text:style-name").value()) {
      node.remove_attribute("text:continue-numbering");
      node.append_attribute("text:continue-list") = id_of(m_last).c_str();
    }
    m_last = node;
    m_slot_between = false;
  }

  void slot(const Tag& tag) {
    if (tag.kind != Tag::Kind::opinions && tag.kind != Tag::Kind::opinion) return;
    std::string style = "Opinions";
    for (const auto& [name, expression] : tag.options)
      if (name == "list") style = templating::literal_text(expression);
    m_slot_style = m_lists.name_of(style);
    m_slot_between = true;
  }

  std::string id_of(pugi::xml_node node) {
    if (const auto own = node.attribute("xml:id")) return own.value();
    std::string id;
    do id = "eng_list" + std::to_string(++m_number);
    while (!m_ids.insert(id).second);
    node.append_attribute("xml:id") = id.c_str();
    return id;
  }

  const MarkedPart& m_content;
  const odf::ListStyles& m_lists;
  std::set<std::string> m_ids;
  pugi::xml_node m_last; ///< the list before
  std::string m_slot_style;
  bool m_slot_between = false; ///< since that list
  int m_number = 0;
};

} // namespace

void name_continued_lists(pugi::xml_document& body, const MarkedPart& content,
                          const odf::ListStyles& lists) {
  ListNamer(content, lists).run(body);
}

} // namespace engross::letter
