// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/openings.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>

namespace engross::letterhead {

namespace {

/// What a field adds to the number of its page (ODF 1.3 part 3, 7.3.3): LibreOffice takes the next
/// page for one more.
int added(const pugi::xml_node& field) {
  const std::string_view page = field.attribute("text:select-page").value();
  return field.attribute("text:page-adjust").as_int() + (page == "next"       ? 1
                                                         : page == "previous" ? -1
                                                                              : 0);
}

std::vector<pugi::xml_node> numbers_of(const pugi::xml_node& part) {
  std::vector<pugi::xml_node> out;
  walk(part, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()) == "text:page-number") out.push_back(node);
    return true;
  });
  return out;
}

std::string added_text(int number) {
  return "is the page’s own " + std::string(number > 0 ? "plus " : "minus ") +
         std::to_string(std::abs(number));
}

/// How a field writes its number; none: as the page style says, which check_paper compares.
std::optional<std::string> form_of(const pugi::xml_node& field) {
  const pugi::xml_attribute format = field.attribute("style:num-format");
  if (!format) return std::nullopt;
  return number_form(format.value());
}

/// The page numbers of a header or footer; `theirs` is the letterhead's, empty without one.
void check_part(Auditor& a, const pugi::xml_node& part, const pugi::xml_node& theirs,
                std::string_view kind, std::string_view pages, const MasterPage& page) {
  const std::vector<pugi::xml_node> fields = numbers_of(theirs);
  const pugi::xml_attribute of_page =
      page.layout.child("style:page-layout-properties").attribute("style:num-format");
  const std::string page_form = number_form(of_page ? std::string_view(of_page.value()) : "1");
  for (const pugi::xml_node& field : numbers_of(part)) {
    const auto report = [&](const std::string& what) {
      Place place = a.subject.place("styles.xml");
      for (const TextParagraph& p : a.subject.pages.paragraphs) {
        pugi::xml_node node = field;
        while (node && node != p.node) node = node.parent();
        if (node) place = a.subject.place(a.subject.pages, p);
      }
      a.report(Rule::headers, Code::page_number_wrong, place, {kind, pages, what});
    };
    const int number = added(field);
    if (number != 0 && std::none_of(fields.begin(), fields.end(),
                                    [&](const auto& one) { return added(one) == number; }))
      report(added_text(number));
    const std::optional<std::string> form = form_of(field);
    if (!form || *form == page_form ||
        std::any_of(fields.begin(), fields.end(),
                    [&](const auto& one) { return form_of(one) == form; }))
      continue;
    report("is written " + *form + " instead of " + page_form);
  }
}

} // namespace

void check_page_numbers(Auditor& a) {
  const MasterPages& masters = a.subject.masters;
  if (masters.continuation == MasterPages::npos) return;
  const auto theirs = [&](PageRole role, bool is_header) {
    if (a.reference == nullptr) return pugi::xml_node();
    const pugi::xml_node part = page_part(a.reference->masters(), role, is_header);
    return part ? part : page_part(a.reference->masters(), PageRole::continuation, is_header);
  };
  std::set<pugi::xml_node> seen;
  for (const bool is_header : {true, false}) {
    const std::string_view kind = is_header ? "header" : "footer";
    for (const PageRole role : {PageRole::continuation, PageRole::left, PageRole::first})
      if (const pugi::xml_node part = page_part(masters, role, is_header);
          part && seen.insert(part).second)
        check_part(a, part, theirs(role, is_header), kind, role_text(role),
                   masters.pages[masters.continuation]);
    for (const std::size_t i : other_pages(a.subject))
      if (const pugi::xml_node part =
              shown(masters.pages[i].node, is_header ? "style:header" : "style:footer"))
        check_part(a, part, theirs(PageRole::continuation, is_header), kind,
                   "the pages in the style " + quoted_name(masters.pages[i]), masters.pages[i]);
  }
}

void check_openings(Auditor& a) {
  const MasterPages& masters = a.subject.masters;
  if (masters.start == MasterPages::npos) return;
  // Behind a cover sheet or an envelope the letter is still to begin.
  bool has_begun = !is_envelope(masters.pages[masters.start]) &&
                   (shows_letterhead(masters.pages[masters.start]) ||
                    masters.pages[masters.start].name == k_main_page);
  for (const PageOpening& opening : page_openings(a.subject)) {
    if (opening.page == MasterPages::npos) continue;
    const MasterPage& page = masters.pages[opening.page];
    const bool is_letters = page.role == Role::first || page.role == Role::continuation;
    const bool begins_letter =
        opening.begins_text || (is_letters && !std::exchange(has_begun, has_begun || is_letters));
    const Place place = a.subject.place(a.subject.body, *opening.paragraph);
    if (opening.number && (begins_letter ? *opening.number != 1 : is_letters))
      a.report(Rule::headers, Code::pages_begin_with, place, {std::to_string(*opening.number)});
    if (!begins_letter && shows_letterhead(page))
      a.report(Rule::headers, Code::letterhead_again, place, {quoted_name(page)},
               a.reference != nullptr && page.role == Role::continuation);
  }
}

} // namespace engross::letterhead
