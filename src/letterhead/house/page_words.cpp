// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/page_words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

/// Words in small letters, without what stands between them.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_fixed_blank = text.substr(i, 2) == "\xC2\xA0";
    const char c = is_fixed_blank ? ' ' : text[i];
    if (is_fixed_blank) ++i;
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_word = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                         static_cast<unsigned char>(c) > 0x7F;
    if (is_word)
      out.back() += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

using Words = std::set<std::string>;

void add(std::string_view text, Words& known) {
  for (std::string& word : words_of(text)) known.insert(std::move(word));
}

Words letterheads_words(const Reference& reference) {
  Words known = {"and", "page", "of", "picture"};
  for (const PageRole role : k_page_roles)
    for (const bool is_header : {true, false})
      // Without the names of partners and streets: an older name of the firm may be made of them.
      add(reference.loose_pattern(role, is_header), known);
  return known;
}

bool holds_only(const std::vector<std::string>& lines, const Words& known) {
  return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const std::vector<std::string> words = words_of(line);
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return known.contains(word); });
  });
}

/// The lines without those that an address block has more than one of.
std::vector<std::size_t> without_more_addressees(const std::vector<std::string>& lines,
                                                 const AddressBlock& block) {
  std::set<std::string> of_block;
  for (const TextParagraph* p : block.front)
    if (p != block.date)
      for (std::size_t at = 0; at <= p->text.size();) {
        const std::size_t end = std::min(p->text.find('\n', at), p->text.size());
        of_block.insert(comparable(std::string_view(p->text).substr(at, end - at)));
        at = end + 1;
      }
  std::vector<std::size_t> out;
  bool has_one = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_one = of_block.contains(comparable(lines[i]));
    if (!is_one || !has_one) out.push_back(i);
    has_one = has_one || is_one;
  }
  return out;
}

/// "NY:1234567.2", "LON45678901v2": letters and five digits or more in one word.
bool is_document_number(std::string_view line) {
  constexpr int k_fewest_digits = 5;
  int digits = 0;
  bool has_letter = false;
  for (const char c : std::string(line) + " ") {
    if (c == ' ' || c == '\t') {
      if (has_letter && digits >= k_fewest_digits) return true;
      digits = 0;
      has_letter = false;
    }
    if (c >= '0' && c <= '9') ++digits;
    has_letter = has_letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return false;
}

/// The lines without their tags.
std::vector<std::string> without_tags(std::vector<std::string> lines) {
  for (std::string& line : lines) {
    const auto tags = tags_of(line);
    for (auto tag = tags.rbegin(); tag != tags.rend(); ++tag)
      line.replace(tag->first, tag->second - tag->first, " ");
  }
  return lines;
}

void add_part(const pugi::xml_node& part, Words& known) {
  for (const std::string& line : without_tags(page_lines(part))) add(line, known);
}

} // namespace

std::optional<PageFit> fit_page(const std::vector<std::string>& lines, const Reference& reference,
                                PageRole role, bool is_header, const AddressBlock& block) {
  const auto& patterns = reference.patterns(role, is_header);
  for (const PatternLines& pattern : patterns)
    if (auto found = fit(lines, pattern)) return PageFit{&pattern, {found->begin(), found->end()}};
  if (role == PageRole::first || !is_header) return std::nullopt;
  const std::vector<std::size_t> kept = without_more_addressees(lines, block);
  if (kept.size() == lines.size()) return std::nullopt;
  std::vector<std::string> fewer;
  fewer.reserve(kept.size());
  for (const std::size_t i : kept) fewer.push_back(lines[i]);
  for (const PatternLines& pattern : patterns)
    if (const auto found = fit(fewer, pattern)) {
      PageFit out{&pattern, std::vector<std::optional<std::size_t>>(lines.size())};
      for (std::size_t i = 0; i < kept.size(); ++i) out.lines[kept[i]] = (*found)[i];
      return out;
    }
  return std::nullopt;
}

bool says_more(const std::vector<std::string>& lines, const Reference& reference,
               const AddressBlock& block) {
  Words known = letterheads_words(reference);
  for (const TextParagraph* p : block.front) add(p->text, known);
  std::vector<std::string> others = lines;
  std::erase_if(others, [](const std::string& line) { return is_date_text(line); });
  return !holds_only(others, known);
}

bool is_of_letterhead(const std::vector<std::string>& lines, const Reference& reference) {
  for (const std::string& raw : reference.raw_lines(PageRole::first, true)) {
    const std::optional<std::string> answer = reference.answered(raw);
    if (!answer || *answer == k_addressee_mark || *answer == k_date_mark ||
        words_of(*answer).empty() || *answer == "[picture]")
      continue;
    for (const std::string& line : lines)
      if (folded(line) == folded(*answer)) return true;
  }
  return false;
}

bool has_other_letterhead(const Subject& subject, const Reference& reference) {
  const pugi::xml_node part = page_part(subject.masters, PageRole::first, true);
  if (!part || part == page_part(subject.masters, PageRole::continuation, true)) return false;
  const std::vector<std::string> lines = page_lines(part);
  return !lines.empty() && says_more(lines, reference, {}) && !is_of_letterhead(lines, reference);
}

bool is_letters_own(std::string_view line) {
  const std::string low = folded(line);
  for (const std::string_view word :
       {"exhibit",     "schedule",     "draft",     "privileged",
        "private and", "confidential", "strictly",  "without prejudice",
        "subject to",  "execution",    "attorney",  "for discussion",
        "not for",     "our ref",      "your ref",  "ref:",
        "re:",         "matter",       "file no",   "via ",
        "by hand",     "by email",     "by e-mail", "by courier",
        "by fax"})
    if (low.starts_with(word)) return true;
  return is_document_number(line);
}

std::vector<LetterLine> letter_lines(const MasterPages& masters) {
  std::vector<LetterLine> out;
  std::set<std::string> of_page_1; // an older letterhead's own name and address
  for (const bool is_header : {true, false})
    if (const pugi::xml_node part = page_part(masters, PageRole::first, is_header);
        part != page_part(masters, PageRole::continuation, is_header))
      for (const std::string& line : page_lines(part)) of_page_1.insert(folded(line));
  const auto read = [&](const pugi::xml_node& part, bool is_header, std::string_view pages) {
    const bool is_later = is_header && part != page_part(masters, PageRole::first, true);
    for (const std::string& line : page_lines(part)) {
      const bool is_told = std::any_of(out.begin(), out.end(),
                                       [&](const LetterLine& one) { return one.text == line; });
      const bool is_own = is_letters_own(line) ||
                          (is_later && !is_date_text(line) && !of_page_1.contains(folded(line)) &&
                           !holds_only({line}, {"page", "of", "picture"}));
      if (!is_told && tags_of(line).empty() && is_own)
        out.push_back(
            {line, std::string(is_header ? "header" : "footer") + " of " + std::string(pages)});
    }
  };
  for (const bool is_header : {true, false}) {
    for (const PageRole role : k_page_roles)
      read(page_part(masters, role, is_header), is_header, role_text(role));
    for (const MasterPage* page : pages_between(masters))
      read(shown(page->node, is_header ? "style:header" : "style:footer"), is_header,
           "the pages after page 1");
  }
  return out;
}

std::vector<LetterLine> lost_lines(const std::vector<LetterLine>& before, const MasterPages& now,
                                   const AddressBlock& block) {
  std::string all;
  for (const TextParagraph* p : block.front) all += folded(p->text) + "\n";
  for (const PageRole role : k_page_roles)
    for (const bool is_header : {true, false})
      for (const std::string& line : page_lines(page_part(now, role, is_header)))
        all += folded(line) + "\n";
  std::vector<LetterLine> out;
  for (const LetterLine& line : before)
    if (all.find(folded(line.text)) == std::string::npos) out.push_back(line);
  return out;
}

std::vector<ForeignPart> foreign_parts(const Subject& subject, const MasterPages* letterhead,
                                       const AddressBlock& block) {
  constexpr std::array k_parts = {
      std::pair{"style:header", true},        std::pair{"style:header-first", true},
      std::pair{"style:header-left", true},   std::pair{"style:footer", false},
      std::pair{"style:footer-first", false}, std::pair{"style:footer-left", false}};
  std::vector<ForeignPart> out;
  for (const std::size_t i : other_pages(subject)) {
    const MasterPage& page = subject.masters.pages[i];
    for (const auto& [element, is_header] : k_parts) {
      const pugi::xml_node part = shown(page.node, element);
      const std::vector<std::string> lines = page_lines(part);
      if (lines.empty()) continue;
      const bool is_first = std::string_view(element).ends_with("-first");
      Words known = {"and", "page", "of"};
      for (const TextParagraph* p : block.front) add(p->text, known);
      for (const PageRole role : k_page_roles)
        if (role != PageRole::first || is_first)
          add_part(page_part(subject.masters, role, is_header), known);
      if (letterhead != nullptr)
        for (const MasterPage& like : letterhead->pages) add_part(shown(like.node, element), known);
      if (holds_only(without_tags(lines), known)) continue;
      std::string text;
      for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
      const bool is_later = !is_first && !std::string_view(element).ends_with("-left");
      out.push_back({i, is_header, is_later, part, "“" + shown_name(page.node) + "”",
                     shortened(pattern_text(text), 240)});
    }
  }
  return out;
}

} // namespace engross::letterhead
