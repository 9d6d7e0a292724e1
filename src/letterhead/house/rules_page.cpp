// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/page_words.hpp"
#include "letterhead/house/shown_parts.hpp"

#include <algorithm>
#include <optional>

namespace engross::letterhead {

namespace {

Place place_of_part(const Auditor& a, const pugi::xml_node& part) {
  for (const TextParagraph& p : a.subject.pages.paragraphs)
    for (pugi::xml_node node = p.node; node; node = node.parent())
      if (node == part) return a.subject.place(a.subject.pages, p);
  return a.subject.place("styles.xml");
}

/// What left pages are compared with: a letterhead without left pages prints the same on all.
PageRole wanted_role(const Auditor& a, PageRole role, bool is_header) {
  const bool has_left =
      a.reference != nullptr && !a.reference->raw_lines(PageRole::left, is_header).empty();
  return role == PageRole::left && !has_left ? PageRole::continuation : role;
}

std::string bytes_of(const Subject& subject, const std::string& part) {
  const odf::Package& package = subject.document.package;
  return package.contains(part) ? package.read(part) : std::string();
}

/// The logo of page 1 against the letterhead's: its size, and that it is the same picture. Whether
/// it is there at all, the words of the header say.
void check_logo(Auditor& a) {
  if (a.reference == nullptr) return;
  const pugi::xml_node part = page_part(a.subject.masters, PageRole::first, true);
  const std::vector<PagePicture> ours = page_pictures(part);
  const std::vector<PagePicture> theirs =
      page_pictures(page_part(a.reference->masters(), PageRole::first, true));
  if (ours.size() != theirs.size()) return;
  const auto report = [&](std::string_view what, const std::string& is, const std::string& wanted) {
    a.report(Rule::headers, Code::page_part_differs, place_of_part(a, part),
             {role_text(PageRole::first), what, is, wanted}, true);
  };
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const PagePicture& logo = ours[i];
    if (!same_size(logo.width, logo.height, theirs[i]))
      report("size of the logo", size_text(logo.width, logo.height),
             size_text(theirs[i].width, theirs[i].height));
    // An office that has read a Word file may have packed the picture anew.
    if (a.subject.is_from_word) continue;
    if (const std::string why = hidden_picture(a.subject, logo, *a.reference, theirs[i]);
        !why.empty())
      report("logo", why, "the letterhead’s");
    const std::string picture = bytes_of(a.subject, logo.part);
    if (!picture.empty() && picture != bytes_of(a.reference->subject(), theirs[i].part))
      report("logo", "another picture", "the letterhead’s");
  }
}

/// The number of pages where the letterhead has the number of the page: both print a number.
void check_count(Auditor& a, PageRole role, bool is_header, const PageLine& ours,
                 const PageLine& theirs) {
  const auto fields = [](const pugi::xml_node& paragraph) {
    std::vector<std::string> out;
    walk(paragraph, [&](const pugi::xml_node& node) {
      const std::string_view name = node.name();
      if (name == "text:page-number" || name == "text:page-count") out.emplace_back(name);
      return true;
    });
    return out;
  };
  const std::vector<std::string> is = fields(ours.paragraph);
  const std::vector<std::string> wanted = fields(theirs.paragraph);
  if (is.size() != wanted.size() || is == wanted) return;
  Place place = a.subject.place("styles.xml");
  place.excerpt = ours.text;
  a.report(Rule::headers, Code::page_number_wrong, place,
           {is_header ? "header" : "footer", role_text(role),
            "is not that of the page where it should be, but the number of all pages, or the other "
            "way round"});
}

/// What stands in text boxes, where the rest is right without it.
bool check_boxes(Auditor& a, const pugi::xml_node& part, PageRole like, bool is_header,
                 std::string_view pages, const AddressBlock& block) {
  std::vector<std::string> others;
  std::vector<PageLine> boxes;
  for (PageLine& line : page_lines_with_paragraphs(part))
    if (line.is_in_box)
      boxes.push_back(std::move(line));
    else
      others.push_back(std::move(line.text));
  if (boxes.empty() || !fit_page(others, *a.reference, like, is_header, block)) return false;
  for (const PageLine& box : boxes) {
    Place place = a.subject.place("styles.xml");
    for (const TextParagraph& p : a.subject.pages.paragraphs)
      if (p.node == box.paragraph) place = a.subject.place(a.subject.pages, p);
    a.report(Rule::headers, Code::header_box, place,
             {is_header ? "header" : "footer", pages, shortened(box.text)});
  }
  return true;
}

/// Lines that say what the letterhead says look as they look there.
void check_line_styles(Auditor& a, PageRole role, bool is_header, const PageFit& fit) {
  const std::vector<PageLine> ours =
      page_lines_with_paragraphs(page_part(a.subject.masters, role, is_header));
  const std::vector<PageLine> theirs = page_lines_with_paragraphs(
      page_part(a.reference->masters(), wanted_role(a, role, is_header), is_header));
  const auto name = [](const Subject& subject, const pugi::xml_node& paragraph) {
    const StyleSheet& styles = *subject.page_styles;
    return styles.display_name(
        Space::paragraph,
        styles.named(Space::paragraph, paragraph.attribute("text:style-name").value()));
  };
  for (std::size_t i = 0; i < ours.size() && i < fit.lines.size(); ++i) {
    if (!fit.lines[i]) continue;
    const std::size_t source = (*fit.pattern)[*fit.lines[i]].source;
    check_count(a, role, is_header, ours[i], theirs[source]);
    const std::string is = name(a.subject, ours[i].paragraph);
    const std::string wanted = name(a.reference->subject(), theirs[source].paragraph);
    if (is == wanted) continue;
    Place place = a.subject.place("styles.xml");
    place.excerpt = ours[i].text;
    a.report(
        Rule::headers, Code::page_part_differs, place,
        {role_text(role),
         "style of “" + shortened(ours[i].text) + "” in the " + (is_header ? "header" : "footer"),
         is, wanted},
        true);
  }
}

/// A header or footer of one role against a pattern.
void check_part(Auditor& a, PageRole role, bool is_header) {
  const pugi::xml_node part = page_part(a.subject.masters, role, is_header);
  const PageRole like = wanted_role(a, role, is_header);
  if (role == PageRole::left && !part && like != role) return;
  std::vector<PatternLines> patterns(1);
  auto own = a.house.page_lines.find(role_key(role, is_header));
  if (own == a.house.page_lines.end()) own = a.house.page_lines.find(role_key(like, is_header));
  if (own != a.house.page_lines.end()) {
    for (const std::string& line : own->second) patterns.front().push_back({line});
  } else if (a.reference != nullptr) {
    patterns = a.reference->patterns(like, is_header);
  } else {
    return;
  }
  const bool of_letterhead = own == a.house.page_lines.end();
  const std::vector<std::string> lines = page_lines(part);
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  const std::string_view kind = is_header ? "header" : "footer";
  const std::string_view page = role_text(role);
  std::string subject(page);
  subject.front() = subject.front() == 'p' ? 'P' : 'E';
  const AddressBlock& block = a.block();
  if (std::all_of(patterns.begin(), patterns.end(),
                  [](const PatternLines& p) { return p.empty(); })) {
    if (!text.empty())
      a.report(Rule::headers, Code::page_part_unwanted, place_of_part(a, part),
               {subject, kind, shortened(pattern_text(text), 120)},
               of_letterhead && a.reference != nullptr &&
                   (a.is_template || !says_more(lines, *a.reference, block)));
    return;
  }
  if (of_letterhead) {
    if (const auto found = fit_page(lines, *a.reference, like, is_header, block))
      return check_line_styles(a, role, is_header, *found);
    if (check_boxes(a, part, like, is_header, role_text(role), block)) return;
  } else if (matches_glob(text, glob_of(patterns.front()))) {
    // Any text is not no text.
    if (!text.empty()) return;
  }
  // A template may hold the tags themselves.
  if (of_letterhead && lines == a.reference->raw_lines(like, is_header)) return;
  const std::string wanted = shortened(pattern_text(glob_of(nearest(patterns, text))), 240);
  // A template gets the letterhead's tags; of a letter's own words only those that the firm's data
  // and the address block answer are known.
  const bool repairable =
      of_letterhead &&
      (a.is_template ||
       (a.reference->is_answerable(like, is_header, block.is_certain()) &&
        !says_more(lines, *a.reference, block) &&
        !(role == PageRole::first && has_other_letterhead(a.subject, *a.reference))));
  if (text.empty())
    a.report(Rule::headers, Code::page_part_missing, a.subject.place("styles.xml"),
             {subject, kind, wanted}, repairable);
  else
    a.report(Rule::headers, Code::page_part_differs, place_of_part(a, part),
             {page, kind, shortened(pattern_text(text), 240), wanted}, repairable);
}

/// On pages on their side, and where an annex begins, the letterhead knows no form: the words are
/// compared.
void check_kept_pages(Auditor& a) {
  if (a.reference == nullptr) return;
  for (const ForeignPart& foreign : foreign_parts(a.subject, &a.reference->masters(), a.block())) {
    // check_other_pages compares the form of these.
    if (a.subject.masters.pages[foreign.page].role != Role::turned && foreign.is_later) continue;
    a.report(Rule::headers, Code::old_header_kept, place_of_part(a, foreign.part),
             {foreign.page_name, foreign.is_header ? "header" : "footer", foreign.text,
              letterhead_name(a.reference->subject().file())});
  }
}

/// Upright pages on a page style of their own, an annex say, have the header of later pages.
void check_other_pages(Auditor& a) {
  if (a.reference == nullptr) return;
  const AddressBlock& block = a.block();
  for (const std::size_t i : other_pages(a.subject)) {
    const MasterPage& page = a.subject.masters.pages[i];
    if (page.role != Role::other || page.landscape) continue;
    for (const bool is_header : {true, false}) {
      const pugi::xml_node part = shown(page.node, is_header ? "style:header" : "style:footer");
      const std::vector<std::string> lines = page_lines(part);
      const auto& patterns = a.reference->patterns(PageRole::continuation, is_header);
      if (lines.empty() || lines == a.reference->raw_lines(PageRole::continuation, is_header) ||
          a.house.page_lines.contains(role_key(PageRole::continuation, is_header)) ||
          fit_page(lines, *a.reference, PageRole::continuation, is_header, block) ||
          check_boxes(a, part, PageRole::continuation, is_header,
                      "the pages in the style " + quoted_name(page), block))
        continue;
      std::string text;
      for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
      a.report(Rule::headers, Code::page_part_differs, place_of_part(a, part),
               {"the pages in the style " + quoted_name(page), is_header ? "header" : "footer",
                shortened(pattern_text(text), 240),
                shortened(pattern_text(glob_of(nearest(patterns, text))), 240)});
    }
  }
}

/// The text is looked at for it only where it would stand below the letterhead.
void check_typed_letterhead(Auditor& a) {
  if (a.reference == nullptr || a.is_template) return;
  const AddressBlock block = address_block(a.subject, a.house);
  if (const TextParagraph* first = typed_letterhead(block))
    a.report(Rule::headers, Code::letterhead_typed, a.subject.place(a.subject.body, *first),
             {shortened(first->text), letterhead_name(a.reference->subject().file())});
}

} // namespace

void check_pages(Auditor& a) {
  const MasterPages& masters = a.subject.masters;
  if (a.applies(Rule::page_styles) && !a.subject.is_from_word && masters.first != MasterPages::npos)
    a.report(Rule::page_styles, Code::page_styles_chained, a.subject.place("styles.xml"),
             {quoted_name(masters.pages[masters.first]),
              quoted_name(masters.pages[masters.continuation])},
             a.reference != nullptr);
  if (!a.applies(Rule::headers)) return;
  for (const PageRole role : k_page_roles)
    for (const bool is_header : {true, false}) check_part(a, role, is_header);
  if (!a.house.page_lines.contains(role_key(PageRole::first, true))) check_logo(a);
  check_other_pages(a);
  check_kept_pages(a);
  check_typed_letterhead(a);
  check_page_numbers(a);
  check_openings(a);
}

namespace {

/// Whether something before the salutation may be a date in a form that is not known here: a year
/// and a day in few words.
bool may_be_dated(Auditor& a) {
  constexpr std::size_t k_longest = 60;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string_view subject_style;
  for (const TextParagraph* p : a.block().front) {
    const std::string text = comparable(p->text);
    const std::string_view style = style_of(*p);
    if (folded(text).starts_with("re:")) subject_style = style;
    // More lines of the subject are in its style: "Certificates, Series 2006-1".
    if (text.size() > k_longest || (!subject_style.empty() && style == subject_style)) continue;
    bool year = false;
    bool day = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      const std::string_view number = std::string_view(text).substr(begin, at - begin);
      year = year || (number.size() == 4 && (number.starts_with("19") || number.starts_with("20")));
      day = day || number.size() == 1 || number.size() == 2;
      if (at == begin) ++at;
    }
    if (year && day) return true;
  }
  return false;
}

/// What stands in the header of a letter without a date, for a sentence.
std::string instead_of_date(const HeaderLine& line) {
  if (line.is_broken)
    return ", and its continuation header prints “Error: Reference source not found”";
  if (line.is_empty) return ", and the date line of its continuation header prints nothing";
  return ", but the continuation header says “" + shortened(line.text) + "”";
}

} // namespace

void check_header_agreement(Auditor& a) {
  if (!a.applies(Rule::header_agreement) || a.is_template) return;
  for (const HeaderLine& line : header_lines(a.subject, a.house, a.reference)) {
    const bool is_date = line.kind == LineKind::date;
    const Place place = a.subject.place(a.subject.pages, *line.paragraph);
    if (line.expected.empty()) {
      if (is_date && (line.is_empty || !may_be_dated(a)))
        a.report(Rule::header_agreement, Code::date_missing, place, {instead_of_date(line)});
      continue;
    }
    const bool repairable = line.is_certain && (line.field || line.is_whole);
    const std::string says =
        shortened(line.text) +
        (line.is_number
             ? " (a reference that prints another thing than the text, a page number say)"
             : "") +
        (line.is_broken ? " (a broken reference, printed as “Error: Reference source not found”)"
         : line.is_empty ? " (a reference that prints nothing: its bookmark holds no text any more)"
                         : "");
    if (!line.agrees)
      a.report(Rule::header_agreement, is_date ? Code::date_disagrees : Code::addressee_disagrees,
               place, {says, shortened(line.expected)}, repairable);
    else if (!line.field)
      a.report(
          Rule::header_agreement, Code::header_not_linked, place,
          {shortened(line.text), is_date ? "date" : "address"},
          line.is_whole && line.source != nullptr &&
              (comparable(line.text) == line.expected || (is_date && is_date_text(line.expected))));
  }
}

} // namespace engross::letterhead
