// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/address_block.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/day.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace engross::letterhead {

namespace {

constexpr int k_first_page_paragraphs = 30; // where an address block may stand
constexpr std::size_t k_longest_date = 60;
constexpr std::size_t k_longest_place = 30;
constexpr std::size_t k_longest_front_paragraph = 250;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A date or time field that is not fixed: another day, another date.
bool shows_today(const pugi::xml_node& paragraph) {
  bool found = false;
  walk(paragraph, [&](const pugi::xml_node& node) {
    found = found || !live_date(node).empty();
    return !found;
  });
  return found;
}

bool begins_with(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string low = folded(text);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return low.starts_with(word); });
}

bool is_salutation(std::string_view text) {
  return begins_with(text, {"dear ", "ladies and gentlemen", "gentlemen", "mesdames", "messieurs",
                            "to whom it may", "sirs", "sehr geehrte", "monsieur", "madame", "chère",
                            "cher ", "estimad", "muy señor", "egregi", "gentil", "spettabil"});
}

/// "February 27, 2006", "Paris, le 27 février 2006".
bool dates_a_letter(std::string_view text) {
  if (is_date_text(text)) return true;
  const std::size_t comma = text.find(',');
  const std::string_view place = text.substr(0, std::min(comma, text.size()));
  return comma != std::string_view::npos && place.size() <= k_longest_place &&
         std::none_of(place.begin(), place.end(), is_digit) && is_date_text(text.substr(comma + 1));
}

} // namespace

std::string folded(std::string_view text) {
  std::string out = comparable(text);
  for (const auto& [sign, plain] : {std::pair<std::string_view, char>{"\u2019", '\''},
                                    {"\u2018", '\''},
                                    {"\u2013", '-'},
                                    {"\u2011", '-'}})
    for (std::size_t at = 0; (at = out.find(sign, at)) != std::string::npos;)
      out.replace(at, sign.size(), 1, plain);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_legend(std::string_view text) {
  return begins_with(text, {"via ", "by ", "private", "privileged", "confidential", "strictly",
                            "our ref", "your ref", "re:", "draft", "["});
}

std::string comparable(std::string_view text) {
  if (text.find("\xC2\xA0") == std::string_view::npos) return shortened(text, 2000);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\xC2\xA0") {
      plain += ' ';
      ++i;
    } else {
      plain += text[i];
    }
  }
  return shortened(plain, 2000);
}

bool is_date_text(std::string_view text) { return text.size() <= k_longest_date && is_day(text); }

AddressBlock address_block(const Subject& subject, const House& house) {
  AddressBlock out;
  const StyleSheet& styles = *subject.body_styles;
  const auto displayed = [&](const TextParagraph& p) {
    return styles.display_name(Space::paragraph, styles.named(Space::paragraph, style_of(p)));
  };
  bool ended = false;
  bool is_front = true;
  int seen = 0;
  bool is_after_date = false;
  const TextParagraph* after_date = nullptr;
  const TextParagraph* date_as_address = nullptr;
  for (const TextParagraph& p : subject.body.paragraphs) {
    if (p.flow != Flow::body && p.flow != Flow::table && p.flow != Flow::frame) continue;
    if (++seen > k_first_page_paragraphs) break;
    const std::string style = displayed(p);
    const bool is_address = style == house.addressee_style;
    is_front = is_front && (is_address ||
                            (!is_salutation(p.text) && p.text.size() <= k_longest_front_paragraph &&
                             std::string_view(p.node.name()) != "text:h"));
    // A field that says today's date is no date of the letter.
    const bool is_live = shows_today(p.node);
    if (is_front && !p.is_blank() && !is_live) out.front.push_back(&p);
    if (is_address && out.lines.empty() && !is_live && is_date_text(p.text)) {
      // Typed anew above the address, a date takes the style of the line that it was put before.
      if (out.date == nullptr) out.date = date_as_address = &p;
      continue;
    }
    if (is_address) {
      if (!ended && !p.is_blank() && !holds_only_block_tags(p.node)) out.lines.push_back(&p);
      continue;
    }
    ended = !out.lines.empty();
    const bool is_styled = style == house.date_style && !p.is_blank() && !is_live;
    // "February 20, 2006 (draft)" in the style of the date is none.
    const bool is_better =
        !out.is_date_certain || (!dates_a_letter(out.date->text) && dates_a_letter(p.text));
    if ((is_styled && is_better) ||
        (is_front && out.date == nullptr && !is_live && dates_a_letter(p.text))) {
      out.date = &p;
      out.is_date_certain = is_styled;
      is_after_date = true;
      after_date = nullptr;
    } else if (is_front && is_after_date && after_date == nullptr && !p.is_blank() &&
               !is_legend(p.text) && !dates_a_letter(p.text)) {
      after_date = &p;
    }
  }
  out.is_address_certain = !out.lines.empty();
  if (out.date != nullptr && out.date == date_as_address)
    out.is_date_certain = out.is_address_certain;
  // Without the styles of the house: what follows the date. On the Continent the date stands below.
  if (out.lines.empty() && after_date == nullptr && out.date != nullptr)
    for (const TextParagraph* p : out.front)
      if (p < out.date && after_date == nullptr && !is_legend(p->text) && !dates_a_letter(p->text))
        after_date = p;
  if (out.lines.empty() && after_date != nullptr) out.lines.push_back(after_date);
  return out;
}

const TextParagraph* typed_letterhead(const AddressBlock& block) {
  if (block.date == nullptr || block.lines.empty() || block.lines.front() < block.date)
    return nullptr;
  std::vector<const TextParagraph*> lines;
  for (const TextParagraph* p : block.front)
    if (p < block.date && !is_legend(p->text)) lines.push_back(p);
  // One line may be a title, or the beginning of a reference.
  const bool has_street = std::any_of(lines.begin(), lines.end(), [](const auto* p) {
    return p->text.find_first_of("0123456789") != std::string::npos;
  });
  return lines.size() < 2 || !has_street ? nullptr : lines.front();
}

} // namespace engross::letterhead
