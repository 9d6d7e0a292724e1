// SPDX-License-Identifier: MPL-2.0
#include "templating/blocks.hpp"

#include "templating/columns.hpp"
#include "templating/dom.hpp"

#include <algorithm>
#include <map>

namespace engross::templating {

using pugi::xml_node;

bool is_control(Tag::Kind kind) {
  switch (kind) {
  case Tag::Kind::print:
  case Tag::Kind::reference:
  case Tag::Kind::label:
    return false;
  default:
    return true;
  }
}

bool is_block_tag(Tag::Kind kind) {
  switch (kind) {
  case Tag::Kind::if_:
  case Tag::Kind::elif:
  case Tag::Kind::else_:
  case Tag::Kind::endif:
  case Tag::Kind::for_:
  case Tag::Kind::endfor:
    return true;
  default:
    return false;
  }
}

namespace {

class BlockPlacer {
 public:
  BlockPlacer(xml_node root, MarkedPart& marked) : m_root(root), m_out(marked) {}

  void run() {
    place_columns(m_root, m_out);
    lift_carriers();
    split_spans();
    match_blocks();
    repeat_items();
    join_lists();
    drop_empty();
    balance_bookmarks();
    note_starts();
  }

 private:
  static constexpr std::size_t k_max_depth = 100;

  struct Open {
    Tag::Kind kind{};
    std::vector<std::uint32_t> tags;
    bool has_else = false;
  };

  // --- Carriers --------------------------------------------------------------------------------

  static bool holds_only_tags(xml_node node) {
    for (xml_node child : node) {
      if (is_text(child) && is_blank(child.value())) continue;
      if (!named(child, k_tag_element)) return false;
    }
    return true;
  }

  void note_gone(xml_node node) {
    const pugi::xml_attribute id = node.attribute("xml:id");
    if (id && named(node, "text:list"))
      m_out.gone_lists[id.value()] = node.attribute("text:continue-list").value();
  }

  void lift_out(xml_node container) {
    note_gone(container);
    xml_node parent = container.parent();
    std::vector<xml_node> markers;
    walk(container, [&](xml_node node) {
      if (named(node, k_tag_element)) markers.push_back(node);
      return true;
    });
    for (xml_node marker : markers) {
      const auto index = marker.attribute("n").as_uint();
      // Where the list goes, so do its numbers.
      if (named(container, "text:list")) m_out.tags[index].start.reset();
      if (marker == markers.front() && named(container, "text:list-item")) {
        m_out.tags[index].start = number_start_of(container);
        m_out.tags[index].start_level = 0;
      }
      m_out.tags[index].marker = parent.insert_move_before(marker, container);
    }
    parent.remove_child(container);
  }

  void lift_carriers() {
    for (FoundTag& found : m_out.tags) {
      if (!found.alone || !is_control(found.tag.kind)) continue;
      // A fragment's paragraphs stay in the list item or cell that holds its tag.
      if (found.tag.kind == Tag::Kind::include) continue;
      for (;;) {
        xml_node parent = found.marker.parent();
        if (named(parent, "text:list-item") || named(parent, "text:list-header") ||
            named(parent, "text:list") || named(parent, "text:section")) {
          if (!holds_only_tags(parent)) break;
          lift_out(parent);
        } else if (named(parent, "table:table-cell")) {
          xml_node row = parent.parent();
          bool empty = named(row, "table:table-row");
          for (xml_node cell : row) empty = empty && (is_text(cell) || is_empty_cell(cell));
          if (!empty) break;
          lift_out(row);
        } else {
          break;
        }
      }
    }
  }

  /// A block tag inside a span or link stands between two halves of it.
  void split_spans() {
    for (FoundTag& found : m_out.tags) {
      if (!is_block_tag(found.tag.kind)) continue;
      while (is_transparent(found.marker.parent())) {
        xml_node span = found.marker.parent();
        xml_node outer = span.parent();
        if (found.marker.previous_sibling()) {
          xml_node left = outer.insert_child_before(span.name(), span);
          for (pugi::xml_attribute a : span.attributes())
            left.append_attribute(a.name()) = a.value();
          while (xml_node first = span.first_child()) {
            if (first == found.marker) break;
            left.append_move(first);
          }
        }
        found.marker = outer.insert_move_before(found.marker, span);
        if (!span.first_child()) outer.remove_child(span);
      }
    }
  }

  // --- Blocks ----------------------------------------------------------------------------------

  void report(Code code, std::uint32_t tag, std::initializer_list<std::string_view> more = {}) {
    const Place& place = m_out.tags[tag].place;
    std::vector<std::string> arguments{place.tag};
    arguments.insert(arguments.end(), more.begin(), more.end());
    m_out.findings.push_back(make_finding(code, place, arguments));
  }

  void match_blocks() {
    std::vector<std::uint32_t> order;
    walk(m_root, [&](xml_node node) {
      if (named(node, k_tag_element)) order.push_back(node.attribute("n").as_uint());
      return true;
    });
    std::vector<Open> open;
    int loops = 0;
    for (const std::uint32_t index : order) {
      FoundTag& found = m_out.tags[index];
      found.in_loop = loops > 0;
      switch (found.tag.kind) {
      case Tag::Kind::if_:
      case Tag::Kind::for_:
        if (open.size() >= k_max_depth) {
          report_depth(index);
          for (const std::uint32_t each : order)
            if (is_block_tag(m_out.tags[each].tag.kind) && m_out.tags[each].marker) discard(each);
          m_blocks.clear();
          return;
        }
        if (found.tag.kind == Tag::Kind::for_) ++loops;
        open.push_back({found.tag.kind, {index}, false});
        break;
      case Tag::Kind::elif:
      case Tag::Kind::else_: {
        const bool is_else = found.tag.kind == Tag::Kind::else_;
        const bool fits = !open.empty() && !open.back().has_else &&
                          (is_else || open.back().kind == Tag::Kind::if_);
        if (!fits) {
          if (m_out.unread_ifs + m_out.unread_fors == 0) report(Code::block_part_misplaced, index);
          discard(index);
          break;
        }
        open.back().tags.push_back(index);
        open.back().has_else = is_else;
        break;
      }
      case Tag::Kind::endif:
      case Tag::Kind::endfor: {
        const Tag::Kind wanted =
            found.tag.kind == Tag::Kind::endif ? Tag::Kind::if_ : Tag::Kind::for_;
        const auto match = std::find_if(open.rbegin(), open.rend(),
                                        [&](const Open& o) { return o.kind == wanted; });
        if (match == open.rend()) {
          int& unread = wanted == Tag::Kind::if_ ? m_out.unread_ifs : m_out.unread_fors;
          if (unread > 0)
            --unread;
          else
            report(Code::block_not_open, index);
          discard(index);
          break;
        }
        while (open.back().kind != wanted) { // what lies above was never closed
          if (open.back().kind == Tag::Kind::for_) --loops;
          give_up(open.back());
          open.pop_back();
        }
        if (wanted == Tag::Kind::for_) --loops;
        open.back().tags.push_back(index);
        settle(open.back());
        m_blocks.push_back(std::move(open.back()));
        open.pop_back();
        break;
      }
      default:
        break;
      }
    }
    for (const Open& block : open) give_up(block);
  }

  /// Where a loop over columns is told what keeps it from being one, that is the fault.
  bool has_fault_of_columns(std::uint32_t index) const {
    const Place& place = m_out.tags[index].place;
    return std::any_of(m_out.findings.begin(), m_out.findings.end(), [&](const Finding& finding) {
      return finding.code == Code::columns_crossed && finding.place.paragraph == place.paragraph;
    });
  }

  /// A block that nothing closes. Without its tags the rest can still be judged.
  void give_up(const Open& block) {
    if (m_out.unread_ends > 0)
      --m_out.unread_ends;
    else
      report(Code::block_not_closed, block.tags.front(),
             {block.kind == Tag::Kind::if_ ? "{% endif %}" : "{% endfor %}"});
    for (const std::uint32_t index : block.tags) discard(index);
  }

  void report_depth(std::uint32_t tag) {
    m_out.findings.push_back(
        make_finding(Code::blocks_too_deep, m_out.tags[tag].place, {std::to_string(k_max_depth)}));
  }

  void discard(std::uint32_t index) {
    m_out.tags[index].marker.parent().remove_child(m_out.tags[index].marker);
    m_out.tags[index].marker = {};
  }

  static std::vector<xml_node> ancestors(xml_node node) {
    std::vector<xml_node> out;
    for (xml_node up = node.parent(); up; up = up.parent()) out.push_back(up);
    std::reverse(out.begin(), out.end());
    return out;
  }

  static bool shows_something(xml_node node) {
    if (is_text(node)) return !is_blank(node.value());
    if (named(node, k_tag_element)) return false;
    if (starts_with(node, "text:bookmark") || named(node, "text:soft-page-break")) return false;
    if (is_paragraph(node) || is_transparent(node) || named(node, "text:list") ||
        named(node, "text:list-item") || named(node, "table:table-cell")) {
      for (xml_node child : node)
        if (shows_something(child) || named(child, k_tag_element)) return true;
      return is_paragraph(node); // an empty paragraph is a line
    }
    return true;
  }

  /// Puts all tags of a block under one parent. An opening tag may step out before everything of
  /// which it is the very beginning, a closing tag behind everything of which it is the end.
  void settle(const Open& block) {
    std::vector<xml_node> common = ancestors(m_out.tags[block.tags.front()].marker);
    for (const std::uint32_t index : block.tags) {
      const std::vector<xml_node> chain = ancestors(m_out.tags[index].marker);
      std::size_t same = 0;
      while (same < common.size() && same < chain.size() && common[same] == chain[same]) ++same;
      common.resize(same);
    }
    // From one cell to another of the same row: the row is repeated, not its cells.
    const bool between_cells = named(common.back(), "table:table-row") &&
                               m_out.tags[block.tags.front()].marker.parent() != common.back();
    if (between_cells) common.pop_back();
    const xml_node parent = common.back();
    for (const std::uint32_t index : block.tags) {
      const bool at_end = index == block.tags.back();
      while (m_out.tags[index].marker.parent() != parent) {
        xml_node marker = m_out.tags[index].marker;
        xml_node container = marker.parent();
        if (is_flow_boundary(container) || !is_at_edge(marker, at_end)) {
          if (!has_fault_of_columns(block.tags.front()))
            report(Code::block_crosses, block.tags.front(),
                   {m_out.tags[block.tags.back()].place.tag});
          return;
        }
        step_out(marker, at_end);
      }
    }
  }

  static xml_node beside(xml_node node, bool at_end) {
    return at_end ? node.next_sibling() : node.previous_sibling();
  }

  bool is_at_edge(xml_node marker, bool at_end) const {
    for (xml_node node = beside(marker, at_end); node; node = beside(node, at_end)) {
      if (shows_something(node)) return false;
      if (named(node, k_tag_element) &&
          !is_control(m_out.tags[node.attribute("n").as_uint()].tag.kind))
        return false;
    }
    return true;
  }

  /// The tags between it and the edge go with it: those of the blocks around stay around.
  void step_out(xml_node marker, bool at_end) {
    xml_node container = marker.parent();
    std::vector<xml_node> along;
    for (xml_node node = marker; node; node = beside(node, at_end))
      if (named(node, k_tag_element)) along.push_back(node);
    for (std::size_t i = along.size(); i-- > 0;)
      m_out.tags[along[i].attribute("n").as_uint()].marker =
          at_end ? container.parent().insert_move_after(along[i], container)
                 : container.parent().insert_move_before(along[i], container);
  }

  /// A loop that begins with a list item and ends with it repeats the item: in the item, what a
  /// second pass gives would have no number.
  void repeat_items() {
    for (const Open& block : m_blocks) {
      const FoundTag& first = m_out.tags[block.tags.front()];
      const xml_node item = first.marker.parent();
      if (block.kind != Tag::Kind::for_ || block.has_else || !named(item, "text:list-item") ||
          m_out.tags[block.tags.back()].marker.parent() != item)
        continue;
      std::vector<xml_node> begins;
      std::vector<xml_node> ends;
      if (!leads_only_to(item.first_child(), first.marker, begins, true) ||
          !leads_only_to(item.last_child(), m_out.tags[block.tags.back()].marker, ends, false) ||
          begins.size() != ends.size())
        continue;
      xml_node list = item.parent();
      for (xml_node tag : begins)
        m_out.tags[tag.attribute("n").as_uint()].marker = list.insert_move_before(tag, item);
      for (xml_node tag : ends)
        m_out.tags[tag.attribute("n").as_uint()].marker = list.insert_move_after(tag, item);
    }
  }

  /// Whether nothing but tags that open (or close) blocks stands from one node up to the other.
  bool leads_only_to(xml_node from, xml_node to, std::vector<xml_node>& tags, bool open) const {
    for (xml_node at = from; at; at = open ? at.next_sibling() : at.previous_sibling()) {
      if (named(at, k_tag_element)) {
        const Tag::Kind kind = m_out.tags[at.attribute("n").as_uint()].tag.kind;
        const bool opens = kind == Tag::Kind::if_ || kind == Tag::Kind::for_;
        const bool closes = kind == Tag::Kind::endif || kind == Tag::Kind::endfor;
        if (open ? !opens : !closes) return false;
        tags.push_back(at);
        if (at == to) return true;
      } else if (shows_something(at)) {
        return false;
      }
    }
    return false;
  }

  /// Tags around one list stand in that list: the passes of the loop are items of one list.
  void join_lists() {
    for (const Open& block : m_blocks) {
      if (block.kind != Tag::Kind::for_ || block.has_else) continue;
      xml_node first = m_out.tags[block.tags.front()].marker;
      xml_node last = m_out.tags[block.tags.back()].marker;
      if (named(first.parent(), "text:list")) continue;
      xml_node list;
      bool joinable = first.parent() == last.parent();
      for (xml_node n = first.next_sibling(); joinable && n && n != last; n = n.next_sibling()) {
        if (named(n, k_tag_element)) {
          joinable = is_block_tag(m_out.tags[n.attribute("n").as_uint()].tag.kind);
        } else if (is_text(n) && is_blank(n.value())) {
          continue;
        } else {
          joinable = !list && named(n, "text:list");
          list = n;
        }
      }
      if (!joinable || !list) continue;
      while (xml_node before = list.previous_sibling()) {
        const bool done = before == first;
        move_marker(before, list, true);
        if (done) break;
      }
      while (xml_node after = list.next_sibling()) {
        const bool done = after == last;
        move_marker(after, list, false);
        if (done) break;
      }
    }
  }

  void move_marker(xml_node node, xml_node list, bool to_front) {
    if (!named(node, k_tag_element)) {
      node.parent().remove_child(node);
      return;
    }
    const auto index = node.attribute("n").as_uint();
    m_out.tags[index].marker = to_front ? list.prepend_move(node) : list.append_move(node);
  }

  /// What holds nothing any more: groups of rows and lists whose tags went elsewhere.
  void drop_empty() {
    std::vector<xml_node> groups;
    walk(m_root, [&](xml_node node) {
      if (named(node, "table:table-header-rows") || named(node, "table:table-rows") ||
          named(node, "table:table-row-group") || named(node, "text:list") ||
          named(node, "text:numbered-paragraph"))
        groups.push_back(node);
      return true;
    });
    for (std::size_t i = groups.size(); i-- > 0;)
      if (!groups[i].find_child([](xml_node n) { return n.type() == pugi::node_element; })) {
        note_gone(groups[i]);
        groups[i].parent().remove_child(groups[i]);
      }
  }

  void note_starts() {
    const auto counts = [](xml_node node) { return number_start_of(node).has_value(); };
    m_out.starts = std::any_of(m_out.tags.begin(), m_out.tags.end(),
                               [](const FoundTag& found) { return found.start.has_value(); }) ||
                   m_root.find_node(counts);
  }

  /// A bookmark needs both its ends: one that begins and ends in different branches or passes, or
  /// that lost an end with a carrier, is no bookmark of the letter.
  void balance_bookmarks() {
    struct Ends {
      std::vector<xml_node> nodes;
      std::vector<std::string> contexts;
    };
    std::map<std::string, Ends> bookmarks;
    std::vector<std::string> open;
    int branch = 0;
    walk(m_root, [&](xml_node node) {
      if (named(node, k_tag_element)) {
        const Tag::Kind kind = m_out.tags[node.attribute("n").as_uint()].tag.kind;
        if (kind == Tag::Kind::elif || kind == Tag::Kind::else_ || kind == Tag::Kind::endif ||
            kind == Tag::Kind::endfor)
          if (!open.empty()) open.pop_back();
        if (is_block_tag(kind) && kind != Tag::Kind::endif && kind != Tag::Kind::endfor)
          open.push_back(std::to_string(++branch) + ".");
      } else if (named(node, "text:bookmark-start") || named(node, "text:bookmark-end")) {
        Ends& ends = bookmarks[node.attribute("text:name").value()];
        ends.nodes.push_back(node);
        std::string context;
        for (const std::string& one : open) context += one;
        ends.contexts.push_back(std::move(context));
      }
      return true;
    });
    for (auto& [name, ends] : bookmarks)
      if (ends.nodes.size() != 2 || ends.contexts[0] != ends.contexts[1])
        for (xml_node node : ends.nodes) node.parent().remove_child(node);
  }
  xml_node m_root;
  MarkedPart& m_out;
  std::vector<Open> m_blocks;
};

} // namespace

void place_blocks(xml_node root, MarkedPart& marked) { BlockPlacer(root, marked).run(); }

} // namespace engross::templating
