// SPDX-License-Identifier: MPL-2.0
#include "templating/columns.hpp"

#include "templating/blocks.hpp"
#include "templating/dom.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace engross::templating {

using pugi::xml_node;

bool is_empty_cell(xml_node cell) {
  for (xml_node child : cell) {
    if (named(child, k_tag_element) || (is_text(child) && is_blank(child.value()))) continue;
    if (!is_paragraph(child)) return false;
    if (prints_something(child) ||
        child.find_node([](xml_node n) { return named(n, k_tag_element); }))
      return false;
  }
  return true;
}

namespace {

// A spreadsheet's width, not a letter's.
constexpr std::uint32_t k_most_columns = 1024;

bool is_cell(xml_node node) {
  return named(node, "table:table-cell") || named(node, "table:covered-table-cell");
}

std::uint32_t repeated(xml_node node) {
  return std::clamp(node.attribute("table:number-columns-repeated").as_uint(1), 1U, k_most_columns);
}

std::uint32_t spanned(xml_node cell) {
  return std::clamp(cell.attribute("table:number-columns-spanned").as_uint(1), 1U, k_most_columns);
}

void set_repeated(xml_node node, std::uint32_t count) {
  node.remove_attribute("table:number-columns-repeated");
  if (count > 1) node.append_attribute("table:number-columns-repeated") = count;
}

/// The tag that stands alone in a cell.
std::optional<std::uint32_t> tag_of(xml_node cell) {
  std::optional<std::uint32_t> out;
  if (!named(cell, "table:table-cell") || !is_empty_cell(cell)) return out;
  for (xml_node child : cell) {
    if (!named(child, k_tag_element)) continue;
    if (out) return std::nullopt;
    out = child.attribute("n").as_uint();
  }
  return out;
}

/// The columns of one table that tags repeat or choose.
class TableColumns {
 public:
  TableColumns(xml_node table, MarkedPart& marked) : m_table(table), m_out(marked) {
    collect(table);
  }

  void run() {
    for (xml_node row : m_rows)
      if (!read_row(row)) return;
    if (m_tags.empty()) return;
    for (xml_node row : m_rows)
      if (!check_row(row)) return;
    for (xml_node row : m_rows) place_in_row(row);
    place_in_columns();
  }

 private:
  /// Rows and columns of the table itself, in order, groups opened.
  void collect(xml_node parent) {
    for (xml_node child : parent) {
      if (named(child, "table:table-row"))
        m_rows.push_back(child);
      else if (named(child, "table:table-column"))
        m_columns.push_back(child);
      else if (starts_with(child, "table:table-") && !is_cell(child))
        collect(child);
    }
  }

  const FoundTag& tag(std::uint32_t index) const { return m_out.tags[index]; }

  bool report(std::uint32_t index, const std::string& what, const std::string& hint) {
    const Place& place = tag(index).place;
    m_out.findings.push_back(make_finding(Code::columns_crossed, place, {place.tag, what, hint}));
    m_tags.clear();
    return false;
  }

  /// Notes the block tags that stand in cells of their own; whole blocks only.
  bool read_row(xml_node row) {
    std::map<std::uint32_t, std::uint32_t> found;
    std::vector<std::uint32_t> open;
    std::uint32_t column = 0;
    for (xml_node cell : row) {
      if (!is_cell(cell)) continue;
      if (const auto index = tag_of(cell)) {
        const Tag::Kind kind = tag(*index).tag.kind;
        if (!is_block_tag(kind)) return true;
        const bool ends = kind == Tag::Kind::endif || kind == Tag::Kind::endfor;
        const bool begins = kind == Tag::Kind::if_ || kind == Tag::Kind::for_;
        if (!begins && open.empty()) return true;
        if (ends) open.pop_back();
        if (begins) open.push_back(*index);
        found.emplace(column, *index);
      }
      column += repeated(cell);
    }
    if (found.size() < 2 || !open.empty()) return true;
    m_tag_rows.insert(row);
    if (m_tags.empty()) {
      m_tags = std::move(found);
      return true;
    }
    // The same tags once more in another row, as some are used to, say nothing new.
    const bool same =
        std::equal(found.begin(), found.end(), m_tags.begin(), m_tags.end(),
                   [&](const auto& a, const auto& b) {
                     return a.first == b.first && source(a.second) == source(b.second);
                   });
    if (same) return true;
    return report(found.begin()->second, "another row of the table has other tags in its cells",
                  "Let one row say which columns are repeated.");
  }

  std::string source(std::uint32_t index) const {
    const Tag& t = tag(index).tag;
    std::string out = std::to_string(static_cast<int>(t.kind));
    for (const std::string& target : t.targets) out += " " + target;
    if (t.expression) out += " = " + t.expression.canonical();
    if (t.filter) out += " if " + t.filter.canonical();
    return out;
  }

  /// Rows that are the carrier of a tag of their own vanish as a whole.
  bool is_carrier(xml_node row) const {
    if (m_tag_rows.contains(row)) return false;
    bool has_tag = false;
    for (xml_node cell : row) {
      if (!is_cell(cell)) continue;
      if (!is_empty_cell(cell)) return false;
      has_tag = has_tag || cell.child(k_tag_element);
    }
    return has_tag;
  }

  bool check_row(xml_node row) {
    if (is_carrier(row)) return true;
    std::uint32_t column = 0;
    for (xml_node cell : row) {
      if (!is_cell(cell)) continue;
      const std::uint32_t count = repeated(cell);
      const std::uint32_t end = column + std::max(count, spanned(cell));
      const auto first = m_tags.lower_bound(column);
      const auto last = m_tags.lower_bound(end);
      if (first != last && named(cell, "table:table-cell")) {
        if (spanned(cell) == 1) {
          if (!is_empty_cell(cell) || (cell.child(k_tag_element) && !m_tag_rows.contains(row)))
            return report(first->second,
                          "another cell of the column in which it stands is not empty",
                          "Give the tags columns of their own, with empty cells above and below; "
                          "these columns are not in the letter.");
        } else if (first->first == column && !begins_a_loop(first, last, end)) {
          return report(first->second, "a cell of another row begins in its column",
                        "Let the cell begin one column before.");
        } else if (!covers_whole_blocks(first, last)) {
          return report(first->second, "a cell of the table lies over one end of its block only",
                        "Split the cell, or let it lie over both tags of the block.");
        }
      }
      column += count;
    }
    return true;
  }

  template <class At> bool covers_whole_blocks(At first, At last) const {
    int depth = 0;
    for (; first != last; ++first) {
      const Tag::Kind kind = tag(first->second).tag.kind;
      if (kind == Tag::Kind::if_ || kind == Tag::Kind::for_)
        ++depth;
      else if (depth == 0)
        return false;
      else if (kind == Tag::Kind::endif || kind == Tag::Kind::endfor)
        --depth;
    }
    return depth == 0;
  }

  /// A loop over all of these columns, up to `end`, whose first one holds no other tag.
  template <class At> bool begins_a_loop(At first, At last, std::uint32_t end) const {
    const std::uint32_t column = first->first;
    if (tag(first->second).tag.kind != Tag::Kind::for_ || !covers_whole_blocks(first, last) ||
        m_tags.contains(column + 1))
      return false;
    int depth = 0;
    for (; first != last; ++first) {
      const Tag::Kind kind = tag(first->second).tag.kind;
      if (kind == Tag::Kind::else_ && depth == 1) return false;
      if (kind == Tag::Kind::if_ || kind == Tag::Kind::for_) ++depth;
      if (kind == Tag::Kind::endif || kind == Tag::Kind::endfor) --depth;
      if (depth == 0) return first->first + 1 == end;
    }
    return false;
  }

  /// A cell that begins with a loop and lies over all of it stands in the first pass.
  xml_node place_over_loop(xml_node cell, std::uint32_t column) {
    xml_node marker = marker_before(cell, m_tags.at(column), false);
    m_out.tags[marker.attribute("n").as_uint()].typed = "";
    set_span(cell, column);
    own_tag("{% if loop.first %}", cell);
    xml_node covered = cell.next_sibling();
    while (covered && !is_cell(covered)) covered = covered.next_sibling();
    cut(covered, 1);
    own_tag("{% else %}", covered);
    xml_node next = covered.next_sibling();
    xml_node end = covered.parent().insert_child_after(k_tag_element, covered);
    own_tag("{% endif %}", {}, end);
    return next;
  }

  void own_tag(const char* source, xml_node before, xml_node marker = {}) {
    FoundTag own;
    own.tag = std::get<Tag>(parse_tag(source));
    own.typed = "";
    if (!marker) marker = before.parent().insert_child_before(k_tag_element, before);
    marker.append_attribute("n") = static_cast<unsigned long long>(m_out.tags.size());
    own.marker = marker;
    m_out.tags.push_back(std::move(own));
  }

  /// A marker of the tag; the first is that of the author's tag, the others are copies.
  xml_node marker_before(xml_node node, std::uint32_t index, bool in_columns) {
    xml_node marker = node.parent().insert_child_before(k_tag_element, node);
    m_out.tags[index].group = index + 1;
    if (in_columns || !m_placed.insert(index).second) {
      FoundTag copy = tag(index);
      copy.in_columns = in_columns;
      copy.typed.reset();
      index = static_cast<std::uint32_t>(m_out.tags.size());
      m_out.tags.push_back(std::move(copy));
    }
    marker.append_attribute("n") = index;
    m_out.tags[index].marker = marker;
    return marker;
  }

  /// Cuts what is repeated into pieces, so that a new one begins at `at` columns behind its first.
  static void cut(xml_node node, std::uint32_t at) {
    const std::uint32_t count = repeated(node);
    if (at == 0 || at >= count) return;
    xml_node rest = node.parent().insert_copy_after(node, node);
    set_repeated(node, at);
    set_repeated(rest, count - at);
  }

  void place_in_row(xml_node row) {
    if (is_carrier(row)) return;
    const bool was_tag_row = m_tag_rows.contains(row);
    std::uint32_t column = 0;
    bool empty = true;
    for (xml_node cell = row.first_child(); cell;) {
      if (!is_cell(cell)) {
        cell = cell.next_sibling();
        continue;
      }
      const auto here = m_tags.lower_bound(column);
      if (here != m_tags.end() && here->first == column)
        cut(cell, 1);
      else if (here != m_tags.end())
        cut(cell, here->first - column);
      const std::uint32_t count = repeated(cell);
      const xml_node next = cell.next_sibling();
      if (here != m_tags.end() && here->first == column && spanned(cell) > 1) {
        cell = place_over_loop(cell, column);
        column += 2;
        empty = false;
        continue;
      }
      if (here != m_tags.end() && here->first == column) {
        const xml_node marker = marker_before(cell, here->second, false);
        if (named(cell, "table:covered-table-cell"))
          m_out.tags[marker.attribute("n").as_uint()].typed = "<table:covered-table-cell/>";
        row.remove_child(cell);
      } else {
        empty = empty && is_empty_cell(cell);
        set_span(cell, column);
      }
      column += count;
      cell = next;
    }
    // A row that held these tags and nothing else was their carrier.
    if (was_tag_row && empty) {
      for (xml_node child : row)
        if (named(child, k_tag_element)) m_out.tags[child.attribute("n").as_uint()].marker = {};
      for (const auto& [at, index] : m_tags)
        if (!m_out.tags[index].marker) m_placed.erase(index);
      row.parent().remove_child(row);
    }
  }

  /// A cell that lies over repeated columns counts them when they are written.
  void set_span(xml_node cell, std::uint32_t column) {
    const std::uint32_t end = column + spanned(cell);
    if (m_tags.lower_bound(column) == m_tags.lower_bound(end)) return;
    const auto mark = [&](std::uint32_t at) {
      return m_marks.emplace(at, ++m_out.column_marks).first->second;
    };
    const std::string value =
        k_span_begin + std::to_string(mark(column)) + "," + std::to_string(mark(end)) + k_span_end;
    cell.attribute("table:number-columns-spanned").set_value(value.c_str());
  }

  void place_in_columns() {
    std::uint32_t column = 0;
    xml_node last;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
      xml_node node = m_columns[i];
      const std::uint32_t end = column + repeated(node);
      // The next place at which something happens cuts what is repeated.
      std::uint32_t next = end;
      for (std::uint32_t at = column; at < end && next == end; ++at) {
        if (at > column && (m_tags.contains(at) || m_marks.contains(at))) next = at;
        if (m_tags.contains(at)) next = std::min(next, at + 1);
      }
      if (next < end) {
        cut(node, next - column);
        m_columns.insert(m_columns.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                         node.next_sibling());
      }
      if (m_marks.contains(column)) element_before(node, k_column_mark_element, m_marks[column]);
      if (const auto here = m_tags.find(column); here != m_tags.end()) {
        last = marker_before(node, here->second, true);
        node.parent().remove_child(node);
      } else {
        if (!m_marks.empty()) element_before(node, k_column_element, repeated(node));
        last = node;
      }
      column = next;
    }
    keep_width();
    if (!m_marks.contains(column) || !last) return;
    xml_node mark = last.parent().insert_child_after(k_column_mark_element, last);
    mark.append_attribute("n") = m_marks[column];
  }

  /// The columns share the width of the table, however many they become. Writer does so by their
  /// lengths; by relative widths the last column would take what is left.
  void keep_width() {
    xml_node styles =
        m_table.root().child("office:document-content").child("office:automatic-styles");
    std::map<std::string, std::string> renamed;
    m_rows.clear();
    m_columns.clear();
    collect(m_table);
    for (xml_node column : m_columns) {
      pugi::xml_attribute name = column.attribute("table:style-name");
      const auto known = renamed.find(name.value());
      if (known == renamed.end()) {
        const xml_node style = styles.find_child([&](xml_node node) {
          return std::strcmp(node.attribute("style:name").value(), name.value()) == 0 &&
                 std::strcmp(node.attribute("style:family").value(), "table-column") == 0;
        });
        const xml_node properties = style.child("style:table-column-properties");
        if (!properties.attribute("style:column-width") ||
            !properties.attribute("style:rel-column-width"))
          continue;
        std::string fresh = std::string(name.value()) + "_shared";
        while (styles.find_child_by_attribute("style:name", fresh.c_str())) fresh += "_";
        xml_node copy = styles.insert_copy_after(style, style);
        copy.attribute("style:name").set_value(fresh.c_str());
        copy.child("style:table-column-properties").remove_attribute("style:rel-column-width");
        renamed[name.value()] = fresh;
        name.set_value(fresh.c_str());
      } else {
        name.set_value(known->second.c_str());
      }
    }
  }

  static void element_before(xml_node node, const char* name, std::uint32_t number) {
    node.parent().insert_child_before(name, node).append_attribute("n") = number;
  }

  xml_node m_table;
  MarkedPart& m_out;
  std::vector<xml_node> m_rows;
  std::vector<xml_node> m_columns;
  std::map<std::uint32_t, std::uint32_t> m_tags; ///< column -> index of the tag that stands in it
  std::set<xml_node> m_tag_rows;
  std::set<std::uint32_t> m_placed;               ///< tags whose own marker stands in a row
  std::map<std::uint32_t, std::uint32_t> m_marks; ///< column -> number of the boundary before it
};

} // namespace

void place_columns(xml_node root, MarkedPart& marked) {
  std::vector<xml_node> tables;
  walk(root, [&](xml_node node) {
    if (named(node, "table:table")) tables.push_back(node);
    return true;
  });
  for (xml_node table : tables) TableColumns(table, marked).run();
}

} // namespace engross::templating
