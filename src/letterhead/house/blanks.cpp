// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/blanks.hpp"

#include "letterhead/house/address_block.hpp"
#include "letterhead/house/header_pattern.hpp"

#include <algorithm>
#include <array>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_longest_blank = 120; // between brackets: more is a remark of the text
constexpr std::size_t k_shortest_rule = 3;   // underscores in a row

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_letter(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(text[at]);
}

bool is_word_sign(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || static_cast<unsigned char>(c) > 0x7F;
}

/// Words by which a quotation is fitted into its sentence: “on [its] own”.
bool fits_in(std::string_view word) {
  constexpr std::array<std::string_view, 48> k_words = {
      "a",    "all",  "an",    "and",   "any",  "are",  "as",   "be",   "been",  "by",
      "did",  "does", "each",  "for",   "from", "had",  "has",  "have", "he",    "her",
      "his",  "in",   "is",    "it",    "its",  "may",  "must", "no",   "not",   "of",
      "on",   "or",   "our",   "shall", "she",  "such", "that", "the",  "their", "these",
      "they", "this", "those", "to",    "was",  "were", "will", "would"};
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

bool is_quoted(std::string_view text, std::size_t at) {
  int depth = 0;
  bool straight = false;
  for (std::size_t i = 0; i < at; ++i) {
    if (text[i] == '"') straight = !straight;
    if (text.substr(i, 3) == "“") ++depth;
    if (text.substr(i, 3) == "”" && depth > 0) --depth;
  }
  return straight || depth > 0;
}

/// Brackets of a quotation: "[T]he", "note[s]", "[…]", "[sic]", "“on [its] own”", "[emphasis
/// added]", "see [2004] 1 AC 5". `begin` and `end` are those of what stands between them.
bool is_of_quotation(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view inside = text.substr(begin, end - begin);
  if (inside == "sic" || inside == "…" || inside == "..." || inside == ". . .") return true;
  const std::string low = folded(inside);
  for (const std::string_view of : {"emphasis", "italics", "citation", "citations", "footnote",
                                    "footnotes", "internal quotation", "internal citation"})
    for (const std::string_view what :
         {"added", "supplied", "mine", "omitted", "in original", "in the original", "removed"})
      if (low.starts_with(of) && low.ends_with(what)) return true;
  if (inside.size() == 1 && is_letter(inside, 0))
    return is_letter(text, end + 1) || (begin >= 2 && is_letter(text, begin - 2));
  if (fits_in(inside) && is_quoted(text, begin)) return true;
  const bool is_year = inside.size() == 4 && std::all_of(inside.begin(), inside.end(), is_digit) &&
                       (inside.starts_with("1") || inside.starts_with("20"));
  // A year before the volume or the name of a report.
  const std::string_view after = text.substr(std::min(end + 1, text.size()));
  return is_year && after.size() > 1 && after[0] == ' ' &&
         (is_digit(after[1]) || (after[1] >= 'A' && after[1] <= 'Z'));
}

/// "[Signature page follows]", "[Remainder of page intentionally left blank]".
bool is_about_pages(std::string_view inside) {
  if (inside.find_first_of("[_<{") != std::string_view::npos ||
      inside.find("●") != std::string_view::npos)
    return false;
  const std::string low = folded(inside);
  for (const std::string_view begin :
       {"signature page", "signatures follow", "signatures on", "signatures appear", "remainder of",
        "rest of page", "rest of this page", "rest of the page", "balance of page",
        "balance of this page", "page intentionally", "this page", "intentionally left blank",
        "intentionally omitted", "continued on"})
    if (low.starts_with(begin)) return true;
  return false;
}

class Finder {
 public:
  Finder(std::string_view text, const BlankForms& forms) : m_text(text), m_forms(forms) {}

  std::vector<std::pair<std::size_t, std::size_t>> run() {
    brackets();
    merge_signs();
    braces();
    words();
    dots();
    if (!m_forms.is_to_sign) {
      rules();
      bullets();
    }
    std::stable_sort(m_found.begin(), m_found.end());
    return std::move(m_found);
  }

 private:
  void add(std::size_t begin, std::size_t end) { m_found.emplace_back(begin, end); }

  void brackets() {
    for (std::size_t at = m_text.find('['); at != std::string_view::npos;
         at = m_text.find('[', at)) {
      const std::size_t begin = at++;
      std::size_t end = m_text.find(']', at);
      if (end == std::string_view::npos) {
        if (is_letter(m_text, at)) add(begin, m_text.size()); // it closes in another paragraph
        return;
      }
      const bool is_whole = m_text.find_first_not_of(" \t\n") == begin &&
                            m_text.find_last_not_of(" \t\n.;,") == m_text.rfind(']');
      if (end - begin > k_longest_blank) {
        // An alternative of a template is a whole paragraph.
        if (is_whole && m_text.rfind(']') == end) add(begin, end + 1);
        continue;
      }
      // Brackets in brackets are one blank.
      for (std::size_t inner = m_text.find('[', at); inner < end;
           inner = m_text.find('[', inner + 1))
        if (const std::size_t next = m_text.find(']', end + 1);
            next != std::string_view::npos && next - begin <= k_longest_blank)
          end = next;
      const std::string whole(m_text.substr(begin, end + 1 - begin));
      const bool allowed =
          std::any_of(m_forms.allowed.begin(), m_forms.allowed.end(),
                      [&](const std::string& one) { return matches_glob(whole, one); });
      if (allowed) continue;
      if (!is_of_quotation(m_text, begin + 1, end) &&
          !is_about_pages(m_text.substr(begin + 1, end - begin - 1)))
        add(begin, end + 1);
      at = end;
    }
  }

  void merge_signs() {
    between("<<", ">>", false);
    if (m_forms.has_merge_signs) between("«", "»", true);
  }

  /// `is_name`: only a name of letters, digits and underscores.
  void between(std::string_view open, std::string_view close, bool is_name) {
    for (std::size_t at = m_text.find(open); at != std::string_view::npos;) {
      const std::size_t end = m_text.find(close, at);
      if (end == std::string_view::npos) break;
      const std::string_view inside = m_text.substr(at + open.size(), end - at - open.size());
      const bool is_one =
          !is_name || (!inside.empty() && std::all_of(inside.begin(), inside.end(), is_word_sign));
      if (is_one && end - at <= k_longest_blank) add(at, end + close.size());
      at = m_text.find(open, end);
    }
  }

  /// "{Company}", not a set of numbers and not what a program reads.
  void braces() {
    for (std::size_t at = m_text.find('{'); at != std::string_view::npos;
         at = m_text.find('{', at + 1)) {
      const std::size_t end = m_text.find('}', at);
      if (end == std::string_view::npos || end - at > k_longest_blank) continue;
      const std::string_view inside = m_text.substr(at + 1, end - at - 1);
      const bool is_name = is_letter(inside, 0) && inside.size() > 1 &&
                           std::all_of(inside.begin(), inside.end(), [](char c) {
                             return is_word_sign(c) || c == ' ' || c == '.' || c == '-';
                           });
      const bool is_double =
          (at > 0 && m_text[at - 1] == '{') || (end + 1 < m_text.size() && m_text[end + 1] == '}');
      if (is_name && !is_double) add(at, end + 1);
    }
  }

  /// "TBD", "XXX". "Title XXX" is a number.
  void words() {
    for (std::size_t at = 0; at < m_text.size();) {
      if (!is_word_sign(m_text[at])) {
        ++at;
        continue;
      }
      const std::size_t begin = at;
      while (at < m_text.size() && is_word_sign(m_text[at])) ++at;
      const std::string_view word = m_text.substr(begin, at - begin);
      const bool is_x = word.size() >= 3 && word.find_first_not_of('X') == std::string_view::npos;
      const bool is_number = word.size() == 3 && begin >= 2 && m_text[begin - 1] == ' ' &&
                             is_capitalised_word_before(begin - 1);
      if (!is_inside_bracket(begin) &&
          ((is_x && !is_number) || word == "TBD" || word == "TBC" || word == "tbd"))
        add(begin, at);
    }
  }

  bool is_capitalised_word_before(std::size_t end) const {
    std::size_t begin = end;
    while (begin > 0 && is_letter(m_text[begin - 1])) --begin;
    return begin < end && m_text[begin] >= 'A' && m_text[begin] <= 'Z';
  }

  /// What a bracket holds is told with it.
  bool is_inside_bracket(std::size_t at) const {
    return std::any_of(m_found.begin(), m_found.end(),
                       [&](const auto& one) { return at >= one.first && at < one.second; });
  }

  /// "………", "......"
  void dots() {
    constexpr std::size_t k_fewest = 6;
    for (std::size_t at = 0; at < m_text.size();) {
      const std::size_t begin = at;
      std::size_t count = 0;
      while (at < m_text.size()) {
        const bool is_three = m_text.substr(at, 3) == "…";
        if (!is_three && m_text[at] != '.') break;
        at += is_three ? 3 : 1;
        count += is_three ? 3 : 1;
      }
      if (count > k_fewest && !is_inside_bracket(begin)) add(begin, at);
      if (at == begin) ++at;
    }
  }

  void rules() {
    for (std::size_t at = m_text.find('_'); at != std::string_view::npos;
         at = m_text.find('_', at)) {
      const std::size_t begin = at;
      while (at < m_text.size() && m_text[at] == '_') ++at;
      const bool bracketed = begin > 0 && m_text[begin - 1] == '[';
      if (!bracketed && (at - begin >= k_shortest_rule || is_short_rule(begin, at))) add(begin, at);
    }
  }

  /// "20__", "the __ day of".
  bool is_short_rule(std::size_t begin, std::size_t end) const {
    if (end - begin != 2) return false;
    const bool is_before =
        begin == 0 || is_digit(m_text[begin - 1]) ||
        std::string_view(" \t\n$(").find(m_text[begin - 1]) != std::string_view::npos;
    const bool is_after =
        end == m_text.size() ||
        std::string_view(" \t\n.,;:)%").find(m_text[end]) != std::string_view::npos;
    return is_before && is_after;
  }

  void bullets() {
    constexpr std::string_view k_bullet = "●";
    const std::size_t first = m_text.find_first_not_of(" \t");
    for (std::size_t at = m_text.find(k_bullet); at != std::string_view::npos;
         at = m_text.find(k_bullet, at + 1)) {
      // Before a tab it is a bullet.
      const bool is_bullet = at == first && m_text.substr(at + k_bullet.size()).starts_with('\t');
      if (!is_bullet && (at == 0 || m_text[at - 1] != '[')) add(at, at + k_bullet.size());
    }
  }

  std::string_view m_text;
  const BlankForms& m_forms;
  std::vector<std::pair<std::size_t, std::size_t>> m_found;
};

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> blanks_of(std::string_view text,
                                                           const BlankForms& forms) {
  return Finder(text, forms).run();
}

} // namespace engross::letterhead
