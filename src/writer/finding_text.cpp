// SPDX-License-Identifier: MPL-2.0
#include "writer/finding_text.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace engross::writer {

namespace {

constexpr std::string_view k_indent = "    ";

std::string_view label(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "Error";
  case Severity::warning:
    return "Warning";
  case Severity::info:
    break;
  }
  return "Note";
}

void join(std::string& text, std::string_view more) {
  if (!text.empty()) text += ", ";
  text += more;
}

/// "takedown.fodt, footnote, paragraph 12, under “Opinions”". The folder is left out: the
/// dialog shows it.
std::string place_text(const Place& place) {
  std::string text = std::filesystem::path(place.file).filename().string();
  if (const std::string part = part_words(place); !part.empty()) join(text, part);
  if (place.line > 0) join(text, "line " + std::to_string(place.line));
  if (place.paragraph > 0) join(text, "paragraph " + std::to_string(place.paragraph));
  if (!place.heading.empty()) join(text, "under “" + place.heading + "”");
  if (!place.data_path.empty()) join(text, "value " + place.data_path);
  return text;
}

void append_line(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  text += k_indent;
  text += name;
  text += value;
  text += '\n';
}

std::string counted(std::ptrdiff_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

} // namespace

std::string for_reading(const Findings& findings) {
  std::vector<Said> sorted = without_repeats(findings);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Said& a, const Said& b) {
    return static_cast<int>(a.finding->severity) > static_cast<int>(b.finding->severity);
  });
  std::string text;
  int number = 0;
  for (const Said& said : sorted) {
    const Finding& finding = *said.finding;
    if (number > 0) text += '\n';
    text += std::to_string(++number) + ".  " + std::string(label(finding.severity)) + ": " +
            finding.message + '\n';
    append_line(text, "Where:  ", place_text(finding.place));
    append_line(
        text, "Text:  ", finding.place.excerpt.empty() ? finding.place.tag : finding.place.excerpt);
    append_line(text, "", said.elsewhere);
    append_line(text, "What to do:  ", finding.hint);
    append_line(text, "Code:  ", code_id(finding.code));
  }
  return text;
}

std::string summary(const Findings& findings) {
  if (findings.empty()) return {};
  const auto count = [&](Severity severity) {
    return std::count_if(findings.begin(), findings.end(),
                         [=](const Finding& finding) { return finding.severity == severity; });
  };
  const auto errors = count(Severity::error);
  const auto warnings = count(Severity::warning);
  const auto notes = count(Severity::info);
  std::string text;
  const auto add = [&](std::ptrdiff_t number, std::string_view one) {
    if (number == 0) return;
    if (!text.empty()) text += ", ";
    text += counted(number, one);
  };
  add(errors, "error");
  add(warnings, "warning");
  add(notes, "note");
  const auto worst =
      std::max_element(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return static_cast<int>(a.severity) < static_cast<int>(b.severity);
      });
  return text + ": " + worst->message;
}

} // namespace engross::writer
