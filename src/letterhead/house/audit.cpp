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

} // namespace engross::letterhead
