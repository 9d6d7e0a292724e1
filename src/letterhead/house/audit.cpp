// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/audit.hpp"

#include "letterhead/house/auditor.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

/// The last part of a path.
std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

} // namespace

bool is_template(const Subject& subject, const House& house) {
  return subject.is_template ||
         std::any_of(house.templates.begin(), house.templates.end(), [&](const std::string& glob) {
           return matches_glob(file_name(subject.file()), glob);
         });
}

const AddressBlock& Auditor::block() {
  if (!m_block) m_block = address_block(subject, house);
  return *m_block;
}

bool Auditor::applies(Rule rule) const {
  const RuleSetting& setting = house.of(rule);
  if (!setting.is_on) return false;
  if (setting.scope == Scope::letters) return !is_template;
  if (setting.scope == Scope::templates) return is_template;
  return true;
}

void Auditor::report(Rule rule, Code code, Place place,
                     std::initializer_list<std::string_view> args, bool is_repairable) {
  report(rule, code, std::move(place), std::vector<std::string>(args.begin(), args.end()),
         is_repairable);
}

void Auditor::report(Rule rule, Code code, Place place, const std::vector<std::string>& args,
                     bool is_repairable) {
  Finding finding = make_finding(code, std::move(place), args);
  const RuleSetting& setting = house.of(rule);
  if (setting.severity && finding.severity != Severity::info) finding.severity = *setting.severity;
  hits.push_back({rule, std::move(finding), is_repairable && !subject.is_from_word});
}

Hits audit(const Subject& subject, const House& house, const Reference* reference) {
  Auditor auditor(subject, house, reference);
  check_paper(auditor);
  check_pages(auditor);
  check_header_agreement(auditor);
  check_styles_of(auditor);
  check_direct_formatting(auditor);
  check_text(auditor);
  check_layout(auditor);
  check_file(auditor);
  std::stable_sort(auditor.hits.begin(), auditor.hits.end(),
                   [](const Hit& a, const Hit& b) { return a.rule < b.rule; });
  return std::move(auditor.hits);
}

Findings check_house(const House& house, const Reference* reference, const std::string& file) {
  Findings out;
  if (reference != nullptr) return out;
  const auto needs = [&](Rule rule, bool has_own) {
    if (!house.of(rule).is_on || has_own) return;
    Place place;
    place.file = file;
    out.push_back(make_finding(Code::house_without_letterhead, place, {rule_name(rule)}));
  };
  needs(Rule::style_definitions, false);
  needs(Rule::headers, !house.page_lines.empty());
  needs(Rule::page, !house.papers.empty());
  needs(Rule::fonts, !house.fonts.empty());
  needs(Rule::font_sizes, !house.font_sizes.empty());
  return out;
}

Findings check_styles_named(const House& house, const Reference& reference,
                            const std::vector<Subject>& templates, const std::string& file) {
  Findings out;
  const auto is_known = [&](const std::string& style) {
    const auto has = [&](const StyleSheet& styles) {
      return !styles.by_display_name(Space::paragraph, style).empty() ||
             !styles.by_display_name(Space::text, style).empty();
    };
    return has(reference.styles()) ||
           std::any_of(templates.begin(), templates.end(),
                       [&](const Subject& one) { return has(*one.body_styles); });
  };
  const auto look = [&](const std::string& where, const std::string& style,
                        std::string_view remedy) {
    if (is_known(style)) return;
    Place place;
    place.file = file;
    place.data_path = where;
    out.push_back(
        make_finding(Code::house_style_unknown, place, {"“" + where + "”", style, remedy}));
  };
  constexpr std::string_view correct = "Correct the name; styles are named as Writer shows them.";
  constexpr std::string_view block =
      "Name the style that the firm has under “address_block”. Without it addressee and date are "
      "guesses, and no repair relies on a guess.";
  look("address_block.addressee", house.addressee_style, block);
  look("address_block.date", house.date_style, block);
  for (const std::string& style : house.required_styles)
    look("rules.styles.required", style,
         "Correct the name, or add the style to the letterhead: every document lacks it.");
  for (const auto& [from, to] : house.replaced_styles)
    look("rules.styles.replace." + from, to, correct);
  for (const std::string& style : house.signature_styles)
    look("rules.signature.styles", style, correct);
  for (const std::string& style : house.allowed_empty)
    look("rules.empty_paragraphs.allow", style, correct);
  return out;
}

} // namespace engross::letterhead
