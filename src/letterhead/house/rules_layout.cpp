// SPDX-License-Identifier: MPL-2.0
#include "letterhead/body.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/empties.hpp"
#include "letterhead/house/openings.hpp"
#include "letterhead/house/signature.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

constexpr std::size_t k_layout_spaces = 3; // in a row; two after a full stop are a habit
constexpr std::size_t k_layout_tabs = 2;

bool is_break(std::string_view value) { return value == "page" || value == "column"; }

/// Tables begin pages by an automatic style too.
void check_table_breaks(Auditor& a) {
  pugi::xml_node last;
  bool is_first = true;
  for (const TextParagraph& p : a.subject.body.paragraphs) {
    pugi::xml_node table;
    for (pugi::xml_node node = p.node.parent(); node; node = node.parent())
      if (std::string_view(node.name()) == "table:table") table = node;
    const bool is_new = table && table != last;
    last = table;
    const bool begins_text = std::exchange(is_first, false);
    if (!is_new) continue;
    const pugi::xml_node properties =
        table_style(a.subject.document.content, table).child("style:table-properties");
    for (const char* side : {"before", "after"})
      if (is_break(properties.attribute((std::string("fo:break-") + side).c_str()).value()) &&
          !(begins_text && std::string_view(side) == "before"))
        a.report(Rule::page_breaks, Code::page_break_by_hand, a.subject.place(a.subject.body, p),
                 {std::string_view(side) == "before" ? "before" : "after the table of"});
  }
}

/// A break by hand is one of the paragraph's own automatic style, not of a named one.
void check_break(Auditor& a, const TextParagraph& p, bool is_first) {
  const StyleSheet::Style* style = a.subject.body_styles->find(Space::paragraph, style_of(p));
  if (style == nullptr || !style->is_automatic) return;
  const auto own = [&](const char* name) {
    const auto at = style->own.find(name);
    return at == style->own.end() ? std::string_view() : std::string_view(at->second);
  };
  if (is_break(own("p|fo:break-after")))
    a.report(Rule::page_breaks, Code::page_break_by_hand, a.subject.place(a.subject.body, p),
             {"after"});
  if (is_first) return;
  const std::string_view page = own("s|style:master-page-name");
  const std::size_t master = page.empty() ? MasterPages::npos : a.subject.masters.find(page);
  // A change to an upright page of the letter itself is a break; one to a landscape annex is not.
  const bool same_page = master != MasterPages::npos &&
                         (a.subject.masters.pages[master].role == Role::continuation ||
                          a.subject.masters.pages[master].role == Role::first) &&
                         page != k_continued_page &&
                         !(a.applies(Rule::headers) && // see check_openings
                           shows_letterhead(a.subject.masters.pages[master]));
  if (is_break(own("p|fo:break-before")) || same_page)
    a.report(Rule::page_breaks, Code::page_break_by_hand, a.subject.place(a.subject.body, p),
             {"before"});
}

void check_spaces(Auditor& a, const TextParagraph& p) {
  if (p.is_blank()) return; // they move nothing: see check_empties
  const auto tags = tags_of(p.text);
  for (std::size_t i = 0; i < p.runs.size(); ++i) {
    if (p.runs[i].node.type() != pugi::node_element) continue;
    const char kind = p.text[p.runs[i].begin];
    if (kind != ' ' && kind != '\t' && kind != '\n') continue;
    const std::size_t begin = p.runs[i].begin;
    std::size_t end = begin;
    while (end < p.text.size() && p.text[end] == kind) ++end;
    std::size_t start = begin;
    // The first blank of a row stands in the text itself.
    if (kind == ' ' && start > 0 && p.text[start - 1] == ' ') --start;
    const std::size_t count = end - start;
    while (i + 1 < p.runs.size() && p.runs[i + 1].begin < end) ++i;
    if (count < (kind == '\t' ? k_layout_tabs : k_layout_spaces) || is_inside_tag(tags, start))
      continue;
    a.report(Rule::spaces, Code::layout_by_spaces, a.subject.place(a.subject.body, p, start, count),
             {std::to_string(count) + (kind == ' '    ? " blanks"
                                       : kind == '\t' ? " tabs"
                                                      : " line breaks")});
  }
}

/// Non-breaking and wide spaces in a row, as pasted pages have them.
void check_wide_spaces(Auditor& a, const TextParagraph& p) {
  constexpr std::array<std::string_view, 5> k_wide = {"\u00a0", "\u2002", "\u2003", "\u2007",
                                                      "\u202f"};
  if (p.is_blank()) return;
  const std::string_view text = p.text;
  const std::string_view first_bytes = "\xC2\xE2";
  for (std::size_t at = text.find_first_of(first_bytes); at != std::string_view::npos;
       at = text.find_first_of(first_bytes, at)) {
    const std::size_t begin = at;
    std::size_t count = 0;
    for (bool found = true; found;) {
      found = false;
      for (const std::string_view space : k_wide)
        if (text.substr(at).starts_with(space)) {
          at += space.size();
          ++count;
          found = true;
        }
    }
    if (count >= k_layout_spaces && !is_inside_tag(tags_of(text), begin))
      a.report(Rule::spaces, Code::layout_by_spaces,
               a.subject.place(a.subject.body, p, begin, at - begin),
               {std::to_string(count) + " non-breaking or wide spaces"});
    if (count == 0) ++at;
  }
}

void check_empties(Auditor& a) {
  for (const EmptyRun& run : empty_runs(a.subject, a.house, a.reference)) {
    const std::size_t count = run.paragraphs.size();
    a.report(Rule::empty_paragraphs, Code::empty_paragraphs,
             a.subject.place(a.subject.body, *run.paragraphs.front()),
             {count == 1 ? std::string("One empty paragraph stands")
                         : std::to_string(count) + " empty paragraphs stand"},
             run.is_removable);
    if (run.previous != nullptr)
      a.hits.back().finding.place.excerpt = "after “" + shortened(run.previous->text, 40) + "”";
  }
}

/// A paragraph whose own formatting lets its lines stand alone, whatever its style says.
void check_by_hand(Auditor& a, const TextParagraph& p) {
  const StyleSheet& styles = *a.subject.body_styles;
  const std::string name = styles.named(Space::paragraph, style_of(p));
  a.report(Rule::widows, Code::widows_allowed, a.subject.place(a.subject.body, p),
           {styles.display_name(Space::paragraph, name.empty() ? std::string(k_main_page) : name) +
                ", changed by hand here,",
            "single lines"});
  a.hits.back().finding.hint =
      "Set orphan and widow control of this paragraph to 2 lines (Format, Paragraph, Text Flow).";
}

void check_widows(Auditor& a) {
  std::set<std::string> told;
  const StyleSheet& styles = *a.subject.body_styles;
  for (const TextParagraph& p : a.subject.body.paragraphs) {
    if (p.flow != Flow::body || p.is_blank()) continue;
    for (const char* property : {"p|fo:widows", "p|fo:orphans"}) {
      const std::string value = paragraph_property(styles, p, property);
      if (!value.empty() && value != "0" && value != "1") continue;
      if (const StyleSheet::Style* own = styles.find(Space::paragraph, style_of(p));
          own != nullptr && own->is_automatic && own->own.contains(property)) {
        check_by_hand(a, p);
        break;
      }
      // The style highest up that does not say it is the one to be mended.
      std::string name = styles.named(Space::paragraph, style_of(p));
      if (name.empty()) name = k_main_page;
      name = styles.origin(Space::paragraph, name, property);
      if (!told.insert(name).second) continue;
      const bool brought =
          a.reference != nullptr && a.reference->styles().find(Space::paragraph, name) != nullptr;
      a.report(Rule::widows, Code::widows_allowed, a.subject.place(a.subject.body, p),
               {styles.display_name(Space::paragraph, name), "single lines"}, brought);
    }
  }
}

void check_signature(Auditor& a) {
  const SignatureBlock block = signature_block(a.subject, a.house, a.reference);
  for (const TextParagraph* p : block.keeping) {
    if (paragraph_property(*a.subject.body_styles, *p, "p|fo:keep-with-next") == "always") continue;
    if (holds_only_block_tags(p->node)) continue;
    a.report(Rule::signature, Code::signature_splits, a.subject.place(a.subject.body, *p),
             {p->is_blank() ? std::string("an empty line") : shortened(p->text)}, true);
  }
  for (const SignatureBlock::Table& table : block.tables) {
    if (stays_whole(a.subject.document.content, table)) continue;
    a.report(Rule::signature, Code::signature_splits, a.subject.place(a.subject.body, *table.first),
             {shortened(table.first->text)}, true);
    a.hits.back().finding.hint =
        "Switch off “Allow table to split across pages” in the properties of the table (Text "
        "Flow)" +
        std::string(table.keeps_next ? ", and on “Keep with next paragraph”." : ".");
  }
}

} // namespace

void check_layout(Auditor& a) {
  const bool breaks = a.applies(Rule::page_breaks);
  const bool spaces = a.applies(Rule::spaces);
  bool is_first = true;
  for (const TextParagraph& p : a.subject.body.paragraphs) {
    if (breaks && p.flow == Flow::body) check_break(a, p, is_first);
    if (spaces) check_spaces(a, p);
    if (spaces) check_wide_spaces(a, p);
    if (!p.is_blank()) is_first = false;
  }
  if (breaks) check_table_breaks(a);
  if (a.applies(Rule::empty_paragraphs)) check_empties(a);
  if (a.applies(Rule::widows)) check_widows(a);
  if (a.applies(Rule::signature)) check_signature(a);
}

} // namespace engross::letterhead
