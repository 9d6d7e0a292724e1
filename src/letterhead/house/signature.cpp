// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/signature.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/address_block.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_most_lines = 14; // of a block that is known by its closing words alone
constexpr std::size_t k_most_table_lines = 60;
constexpr std::size_t k_longest_line = 120; // bytes; a longer one is text

bool contains_name(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// A paragraph of the text, or a table in it with all that it holds.
struct Item {
  std::vector<const TextParagraph*> paragraphs;
  pugi::xml_node table;
};

/// What comes behind a signature: a schedule, a list of copies.
bool is_annex(std::string_view text) {
  std::string low;
  for (const char c : shortened(text, 20))
    low += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view word : {"schedule", "annex", "exhibit", "appendix", "attachment",
                                      "enclosure", "encl", "cc:", "copy to", "copies to"})
    if (low.starts_with(word)) return true;
  return false;
}

pugi::xml_node outer_table(const TextParagraph& p) {
  pugi::xml_node out;
  for (pugi::xml_node node = p.node.parent(); node; node = node.parent())
    if (std::string_view(node.name()) == "table:table") out = node;
  return out;
}

std::vector<Item> items_of(const Subject& subject) {
  std::vector<Item> out;
  for (const TextParagraph& p : subject.body.paragraphs) {
    if (p.flow != Flow::body && p.flow != Flow::table) continue;
    const pugi::xml_node table = p.flow == Flow::table ? outer_table(p) : pugi::xml_node();
    if (!table || out.empty() || out.back().table != table) out.push_back({{}, table});
    out.back().paragraphs.push_back(&p);
  }
  return out;
}

/// Reads the items of a text from its beginning to the end of the block.
class Finder {
 public:
  Finder(const Subject& subject, const House& house, const Reference* reference)
      : m_styles(*subject.body_styles), m_house(house), m_reference(reference),
        m_content(subject.document.content), m_items(items_of(subject)) {
    m_closing = std::find_if(m_items.begin(), m_items.end(), [&](const Item& item) {
      return std::any_of(item.paragraphs.begin(), item.paragraphs.end(), [&](const auto* p) {
        return is_closing(m_house, p->text) || is_signature_style(*p);
      });
    });
  }

  SignatureBlock find() const {
    Position begins = m_closing;
    if (begins == m_items.end() || (begins->table && !is_signature_table(*begins)))
      begins = std::find_if(m_items.begin(), m_items.end(), [&](const Item& item) {
        return item.table && is_signature_table(item);
      });
    if (begins == m_items.end()) return {};
    auto ends = begins;
    if (!begins->table && is_signature_style(*begins->paragraphs.front())) {
      while (ends != m_items.end() && goes_on_in_style(*ends) && (ends == begins || !breaks(*ends)))
        ++ends;
    } else {
      std::size_t lines = 0;
      bool has_table = false;
      while (ends != m_items.end() && lines < k_most_lines && goes_on(*ends, has_table) &&
             (ends == begins || !breaks(*ends))) {
        if (!ends->table) ++lines;
        has_table = has_table || ends->table;
        ++ends;
      }
    }
    while (ends != begins && is_blank(*(ends - 1))) --ends;
    // The last paragraph of the text travels with the block.
    auto before = begins;
    while (before != m_items.begin() && (is_blank(*(before - 1)) || is_tag(*(before - 1))))
      --before;
    if (before != m_items.begin() && !(before - 1)->table) --before;
    return block_of(before, ends);
  }

 private:
  using Position = std::vector<Item>::const_iterator;

  static SignatureBlock block_of(Position begin, Position end) {
    SignatureBlock out;
    for (Position item = begin; item != end; ++item) {
      const bool is_last = item + 1 == end;
      out.paragraphs.insert(out.paragraphs.end(), item->paragraphs.begin(), item->paragraphs.end());
      if (!item->table && !is_last) out.keeping.push_back(item->paragraphs.front());
      if (!item->table) continue;
      const auto first = std::find_if(item->paragraphs.begin(), item->paragraphs.end(),
                                      [](const TextParagraph* p) { return !p->is_blank(); });
      out.tables.push_back({item->table,
                            first == item->paragraphs.end() ? item->paragraphs.front() : *first,
                            !is_last});
    }
    return out;
  }

  static bool is_blank(const Item& item) {
    return !item.table && item.paragraphs.front()->is_blank();
  }
  static bool is_tag(const Item& item) {
    return !item.table && holds_only_block_tags(item.paragraphs.front()->node);
  }

  bool is_signature_style(const TextParagraph& p) const {
    const std::string name = m_styles.named(Space::paragraph, style_of(p));
    const std::string display = m_styles.display_name(Space::paragraph, name);
    if (!m_house.signature_styles.empty()) return contains_name(m_house.signature_styles, display);
    return display.starts_with("Signature") &&
           (m_reference == nullptr ||
            m_reference->styles().find(Space::paragraph, name) != nullptr);
  }

  /// Short lines, among them the closing, one of the styles, or what is to be signed on.
  bool is_signature_table(const Item& item) const {
    if (item.paragraphs.size() > k_most_table_lines) return false;
    // A bare rule is to be signed on behind the closing; elsewhere it is a blank of a form.
    const bool is_after_closing = m_closing < m_items.begin() + (&item - m_items.data());
    bool is_one = false;
    for (const TextParagraph* p : item.paragraphs) {
      if (p->text.size() >= k_longest_line) return false;
      is_one = is_one || is_signature_style(*p) || is_closing(m_house, p->text) ||
               p->text.starts_with("/s/") ||
               (is_line_to_sign(p->text) && (p->text.starts_with("By") || is_after_closing));
    }
    return is_one;
  }

  bool goes_on_in_style(const Item& item) const {
    if (item.table) return is_signature_table(item);
    return is_signature_style(*item.paragraphs.front()) || is_blank(item);
  }

  /// Lines of a block are short; a long one begins what follows it, an annex say. What follows
  /// a table of signatures may be another one.
  bool goes_on(const Item& item, bool has_table) const {
    if (item.table) return is_signature_table(item);
    const TextParagraph& p = *item.paragraphs.front();
    if (has_table) return p.is_blank();
    return p.text.size() < k_longest_line && std::string_view(p.node.name()) != "text:h" &&
           p.node.parent() == m_closing->paragraphs.front()->node.parent() && !is_annex(p.text);
  }

  bool breaks(const Item& item) const {
    if (!item.table) return starts_page(m_styles, *item.paragraphs.front());
    const pugi::xml_node style = table_style(m_content, item.table);
    return std::string_view(
               style.child("style:table-properties").attribute("fo:break-before").value()) ==
               "page" ||
           *style.attribute("style:master-page-name").value() != '\0';
  }

  const StyleSheet& m_styles;
  const House& m_house;
  const Reference* m_reference;
  const pugi::xml_document& m_content;
  std::vector<Item> m_items;
  Position m_closing; ///< the first item that says the closing, or is styled as one
};

} // namespace

bool is_closing(const House& house, std::string_view text) {
  constexpr std::size_t k_blanks = 40; // that a line may begin and end with
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const std::size_t first = text.find_first_not_of(" \t\n\xC2\xA0");
  if (first == std::string_view::npos) return false;
  std::string line; // most paragraphs are none, and need not be folded
  return std::any_of(house.closings.begin(), house.closings.end(), [&](const std::string& words) {
    if (words.empty() || text.size() < words.size() || text.size() > words.size() + k_blanks ||
        lower(text[first]) != lower(words.front()))
      return false;
    if (line.empty()) line = folded(text); // "VERY TRULY YOURS,"
    const std::string closing = folded(words);
    return line == closing || line == closing + ",";
  });
}

bool SignatureBlock::contains(const TextParagraph& p) const {
  return std::find(paragraphs.begin(), paragraphs.end(), &p) != paragraphs.end();
}

bool is_line_to_sign(std::string_view text) {
  const std::size_t rule = text.find('_');
  if (rule == std::string_view::npos) return false;
  const std::string_view label = text.substr(0, rule);
  return text.find_first_not_of("_ \t\n", label.size()) == std::string_view::npos &&
         label.size() <= 12 &&
         (label.find_first_not_of(" \t\n") == std::string_view::npos ||
          label.find(':') != std::string_view::npos);
}

bool stays_whole(const pugi::xml_document& content, const SignatureBlock::Table& table) {
  const pugi::xml_node properties =
      table_style(content, table.node).child("style:table-properties");
  const auto says = [&](const char* name, std::string_view value) {
    return properties.attribute(name).value() == value;
  };
  return says("style:may-break-between-rows", "false") &&
         (!table.keeps_next || says("fo:keep-with-next", "always"));
}

SignatureBlock signature_block(const Subject& subject, const House& house,
                               const Reference* reference) {
  return Finder(subject, house, reference).find();
}

} // namespace engross::letterhead
