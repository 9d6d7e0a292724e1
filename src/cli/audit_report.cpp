// SPDX-License-Identifier: MPL-2.0
#include "cli/audit_report.hpp"

#include <algorithm>

namespace engross::cli {

using letterhead::Hit;

namespace {

void append_count(std::string& out, std::size_t count, const char* word) {
  if (count == 0) return;
  out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::string place_text(const Place& place) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (place.paragraph > 0)
    add((place.part == "styles.xml" ? "header or footer, paragraph " : "paragraph ") +
        std::to_string(place.paragraph));
  if (!place.heading.empty()) add("under “" + place.heading + "”");
  if (!place.excerpt.empty()) out += (out.empty() ? "" : ": ") + place.excerpt;
  return out;
}

} // namespace

std::size_t FileReport::count(Severity severity) const {
  const auto in_hits = std::count_if(
      hits.begin(), hits.end(), [&](const Hit& hit) { return hit.finding.severity == severity; });
  const auto in_faults = std::count_if(faults.begin(), faults.end(), [&](const Finding& finding) {
    return finding.severity == severity;
  });
  return static_cast<std::size_t>(in_hits + in_faults);
}

std::string count_text(std::size_t errors, std::size_t warnings, std::size_t infos) {
  std::string out;
  append_count(out, errors, "error");
  append_count(out, warnings, "warning");
  append_count(out, infos, "note");
  return out.empty() ? "nothing" : out;
}

std::string count_text(const FileReport& report) {
  return count_text(report.count(Severity::error), report.count(Severity::warning),
                    report.count(Severity::info));
}

std::string to_text(const FileReport& report) {
  std::string out = report.file + ": " + count_text(report) + "\n";
  for (const Finding& fault : report.faults) out += engross::to_text(fault);
  const Hit* last = nullptr;
  for (const Hit& hit : report.hits) {
    if (last == nullptr || last->rule != hit.rule)
      out += "  " + std::string(letterhead::rule_title(hit.rule)) + "\n";
    // What to do is said once where it is the same.
    const bool same = last != nullptr && last->finding.code == hit.finding.code &&
                      last->finding.hint == hit.finding.hint;
    last = &hit;
    const Finding& finding = hit.finding;
    out += "    " + std::string(severity_name(finding.severity)) + " " +
           std::string(code_id(finding.code)) + ": " + finding.message + "\n";
    const std::string place = place_text(finding.place);
    if (!place.empty()) out += "        " + place + "\n";
    if (!finding.hint.empty() && !same) out += "        " + finding.hint + "\n";
  }
  return out;
}

std::string to_json_line(const Hit& hit) {
  std::string out = engross::to_json_line(hit.finding);
  out.pop_back();
  return out + ",\"rule\":\"" + std::string(letterhead::rule_name(hit.rule)) +
         "\",\"repairable\":" + (hit.is_repairable ? "true" : "false") + "}";
}

} // namespace engross::cli
