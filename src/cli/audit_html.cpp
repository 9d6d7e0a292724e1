// SPDX-License-Identifier: MPL-2.0
#include "cli/audit_html.hpp"

#include "odf/utf8.hpp"

#include <algorithm>
#include <filesystem>

namespace engross::cli {

using letterhead::Hit;
using letterhead::Rule;

namespace {

constexpr std::size_t k_opened = 30; // files whose details stand open from the start

/// One look for screen and paper; figures of one width, so that columns of numbers can be read.
constexpr std::string_view k_style = R"css(
:root { --ink: #1b1f24; --soft: #5b6470; --line: #d9dde2; --paper: #fff; --error: #a4161a; --warning: #8a5a00; --info: #3d5a80;
  --error-bg: #fbe9e9; --warning-bg: #fdf3dc; --info-bg: #e8eef6; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 2rem 5rem; max-width: 84rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 "Source Serif 4", Charter, "Bitstream Charter", "Liberation Serif", Georgia, serif;
  font-variant-numeric: tabular-nums lining-nums; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 600; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 3rem 0 1rem; }
h3 { font: 600 .8rem/1.4 "Source Sans 3", "Liberation Sans", "Helvetica Neue", Arial, sans-serif; text-transform: uppercase;
  letter-spacing: .06em; color: var(--soft); margin: 1.4rem 0 .4rem; }
p.sub { color: var(--soft); margin: 0 0 2rem; }
a { color: inherit; }
.figures { display: flex; flex-wrap: wrap; gap: 0 3rem; margin: 0; padding: 1rem 0; border-top: 2px solid var(--ink); border-bottom: 1px solid var(--line); }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--soft); font-size: .9rem; }
.figures dd { margin: 0; font-size: 1.9rem; line-height: 1.2; }
.figures .error dd { color: var(--error); } .figures .warning dd { color: var(--warning); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
table.rules { width: 100%; max-width: 40rem; } table.rules td { padding: .15rem .5rem; }
td, th { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; vertical-align: baseline; }
thead th { border-bottom: 1px solid var(--ink); }
.matrix th[scope=col] { height: 10.5rem; vertical-align: bottom; padding: 0 0 .4rem; width: 2.3rem; min-width: 2.3rem; }
.matrix th[scope=col] span { display: block; width: 2.3rem; transform-origin: 1.2rem 50%; transform: rotate(-62deg); white-space: nowrap;
  text-align: left; padding-left: 1.1rem; }
.matrix th[scope=row] { white-space: nowrap; padding-right: 1.5rem; }
.matrix th[scope=row] small { color: var(--soft); }
.matrix td { text-align: center; padding: .15rem .2rem; }
.matrix td a { display: block; text-decoration: none; border-radius: 3px; padding: .1rem 0; }
.number { text-align: right; }
.error > a, b.error { background: var(--error-bg); color: var(--error); }
.warning > a, b.warning { background: var(--warning-bg); color: var(--warning); }
.info > a, b.info { background: var(--info-bg); color: var(--info); }
b { font: 600 .75rem/1 "Source Sans 3", "Liberation Sans", "Helvetica Neue", Arial, sans-serif; padding: .15rem .4rem; border-radius: 3px; }
.clean td { color: var(--soft); } .dot { color: var(--line); }
details { border-top: 1px solid var(--line); padding: .6rem 0; }
details[open] { padding-bottom: 1.6rem; }
summary { cursor: pointer; display: flex; gap: 1rem; align-items: baseline; font-size: 1.05rem; }
summary::before { content: "▸"; color: var(--soft); } details[open] > summary::before { content: "▾"; }
summary::-webkit-details-marker { display: none; }
summary span { color: var(--soft); font-size: .9rem; }
ol { list-style: none; margin: 0; padding: 0 0 0 1.6rem; }
li { margin: 0 0 .55rem; break-inside: avoid; }
li p { margin: .1rem 0; } li .place { color: var(--soft); font-size: .9rem; }
li q { quotes: none; font-style: italic; color: var(--ink); }
li .hint { color: var(--soft); font-size: .9rem; }
.mends { color: var(--soft); font-size: .85rem; white-space: nowrap; }
.pages { display: flex; gap: 1rem; padding: .8rem 0 0 1.6rem; } .pages img { width: 11rem; border: 1px solid var(--line); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
@page { size: auto; margin: 18mm 16mm; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } summary::before { content: "" !important; }
  a { text-decoration: none; } h2 { break-after: avoid; } h3 { break-after: avoid; } table.rules { break-inside: avoid; } details { break-inside: auto; }
  .matrix { font-size: .78rem; } .matrix th[scope=col], .matrix th[scope=col] span { width: 1.5rem; min-width: 1.5rem; }
  .matrix th[scope=col] span { transform-origin: .75rem 50%; padding-left: .7rem; } .matrix th[scope=row] { padding: .2rem .3rem; }
  .matrix th[scope=row] small { display: none; } .matrix td { padding: .1rem; }
  .error > a, .warning > a, .info > a, b { -webkit-print-color-adjust: exact; print-color-adjust: exact; } .wide { overflow: visible; } }
)css";

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (const std::size_t length = odf::utf8_length(text, i); length != 1) {
      // A byte of a file's name that belongs to no character.
      out += length == 0 ? std::string_view("\uFFFD") : text.substr(i, length);
      i += std::max<std::size_t>(length, 1) - 1;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string number(std::size_t n) { return std::to_string(n); }

std::string figure(const char* kind, std::size_t count, const char* one, const char* many) {
  return std::string("<div class=\"") + kind + "\"><dt>" + (count == 1 ? one : many) + "</dt><dd>" +
         number(count) + "</dd></div>";
}

std::string_view label(Severity severity) {
  return severity == Severity::info ? "note" : severity_name(severity);
}

std::string anchor(std::size_t row, std::size_t rule) {
  return "f" + number(row) + "-" + std::string(letterhead::rule_name(static_cast<Rule>(rule)));
}

std::string place_of(const Place& place) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (place.paragraph > 0)
    add((place.part == "styles.xml" ? "Header or footer, paragraph " : "Paragraph ") +
        std::to_string(place.paragraph));
  if (!place.heading.empty()) add("under “" + place.heading + "”");
  return out;
}

std::string item(const Finding& finding, bool is_repairable, bool with_hint) {
  std::string out = "<li><p><b class=\"" + std::string(severity_name(finding.severity)) + "\">" +
                    std::string(label(finding.severity)) + "</b> " + escaped(finding.message);
  if (is_repairable) out += " <span class=\"mends\">· can be repaired</span>";
  out += "</p>";
  std::string place = escaped(place_of(finding.place));
  if (!finding.place.excerpt.empty())
    place += (place.empty() ? "" : ": ") + ("<q>" + escaped(finding.place.excerpt) + "</q>");
  if (!place.empty()) out += "<p class=\"place\">" + place + "</p>";
  if (with_hint && !finding.hint.empty())
    out += "<p class=\"hint\">" + escaped(finding.hint) + "</p>";
  return out + "</li>\n";
}

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      bits = (bits << 8U) | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += k <= left ? digits[(bits >> (18U - 6U * k)) & 0x3FU] : '=';
  }
  return out;
}

} // namespace

void AuditHtml::add(const FileReport& report) {
  Row row;
  row.file = report.file;
  row.is_readable = report.hits.size() > 0 || !has_errors(report.faults);
  for (const Hit& hit : report.hits) {
    Cell& cell = row.cells[static_cast<std::size_t>(hit.rule)];
    ++cell.count;
    cell.worst = std::max(cell.worst, hit.finding.severity);
    RuleTotal& total = m_totals[static_cast<std::size_t>(hit.rule)];
    ++total.findings;
    if (hit.is_repairable) ++total.repairable;
  }
  for (std::size_t i = 0; i < letterhead::k_rules; ++i)
    if (row.cells[i].count > 0) ++m_totals[i].files;
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error})
    row.counts[static_cast<std::size_t>(severity)] = report.count(severity);
  if (!report.hits.empty() || !report.faults.empty() || !report.pages.empty())
    add_details(report, row);
  m_rows.push_back(std::move(row));
}

void AuditHtml::add_details(const FileReport& report, const Row& row) {
  const std::size_t index = m_rows.size();
  m_details += "<details id=\"f" + number(index) + "\"" + (index < k_opened ? " open" : "") +
               "><summary><strong>" + escaped(file_name(row.file)) + "</strong> <span>" +
               count_text(report) + "</span></summary>\n";
  if (!report.pages.empty()) {
    m_details += "<div class=\"pages\">";
    for (std::size_t i = 0; i < report.pages.size(); ++i)
      m_details += "<img alt=\"Page " + number(i + 1) + "\" src=\"data:image/png;base64," +
                   base64(report.pages[i]) + "\">";
    m_details += "</div>\n";
  }
  if (!report.faults.empty()) {
    m_details += "<ol>";
    for (const Finding& fault : report.faults) m_details += item(fault, false, true);
    m_details += "</ol>\n";
  }
  const Hit* last = nullptr;
  for (const Hit& hit : report.hits) {
    const bool new_rule = last == nullptr || last->rule != hit.rule;
    if (new_rule) {
      if (last != nullptr) m_details += "</ol>\n";
      m_details += "<h3 id=\"" + anchor(index, static_cast<std::size_t>(hit.rule)) + "\">" +
                   std::string(letterhead::rule_title(hit.rule)) + "</h3>\n<ol>\n";
    }
    const bool same = !new_rule && last->finding.hint == hit.finding.hint;
    m_details += item(hit.finding, hit.is_repairable, !same);
    last = &hit;
  }
  if (last != nullptr) m_details += "</ol>\n";
  m_details += "</details>\n";
}

std::string AuditHtml::table() const {
  std::string out = "<div class=\"wide\"><table class=\"matrix\"><thead><tr><th></th>";
  for (std::size_t i = 0; i < letterhead::k_rules; ++i)
    if (m_totals[i].findings > 0)
      out += "<th scope=\"col\"><span>" +
             std::string(letterhead::rule_title(static_cast<Rule>(i))) + "</span></th>";
  out += "</tr></thead><tbody>\n";
  for (std::size_t r = 0; r < m_rows.size(); ++r) {
    const Row& row = m_rows[r];
    const std::string folder = std::filesystem::path(row.file).parent_path().filename().string();
    const bool clean = row.is_readable && row.counts[0] + row.counts[1] + row.counts[2] == 0;
    const std::string name = escaped(file_name(row.file));
    out += std::string(clean ? "<tr class=\"clean\">" : "<tr>") + "<th scope=\"row\">" +
           (clean ? name : "<a href=\"#f" + number(r) + "\">" + name + "</a>") +
           (folder.empty() ? "" : " <small>" + escaped(folder) + "</small>") +
           (row.is_readable ? "" : " <b class=\"error\">not read</b>") + "</th>";
    for (std::size_t i = 0; i < letterhead::k_rules; ++i) {
      if (m_totals[i].findings == 0) continue;
      const Cell& cell = row.cells[i];
      if (cell.count == 0)
        out += "<td class=\"dot\">·</td>";
      else
        out += "<td class=\"" + std::string(severity_name(cell.worst)) + "\"><a href=\"#" +
               anchor(r, i) + "\">" + number(cell.count) + "</a></td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string AuditHtml::rules() const {
  std::string out =
      "<table class=\"rules\"><thead><tr><th>Rule</th><th class=\"number\">Findings</th>"
      "<th class=\"number\">Files</th><th class=\"number\">Can be repaired</th></tr>"
      "</thead><tbody>\n";
  for (std::size_t i = 0; i < letterhead::k_rules; ++i) {
    const RuleTotal& total = m_totals[i];
    if (total.findings == 0) continue;
    out += "<tr><td>" + std::string(letterhead::rule_title(static_cast<Rule>(i))) +
           "</td><td class=\"number\">" + number(total.findings) + "</td><td class=\"number\">" +
           number(total.files) + "</td><td class=\"number\">" + number(total.repairable) +
           "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string AuditHtml::finish(const letterhead::House& house, const std::string& letterhead,
                              const std::string& day) const {
  std::array<std::size_t, 3> counts{};
  std::size_t clean = 0;
  for (const Row& row : m_rows) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += row.counts[i];
    if (row.is_readable && row.counts[0] + row.counts[1] + row.counts[2] == 0) ++clean;
  }
  const std::string title = house.name.empty() ? "House style audit" : house.name;
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
      escaped(title) + ": audit</title><style>" + std::string(k_style) +
      "</style></head><body>\n<header><h1>" + escaped(title) + "</h1><p class=\"sub\">Audit of " +
      day;
  if (!letterhead.empty())
    out += ", compared with the letterhead " + escaped(file_name(letterhead));
  out += "</p>\n<dl class=\"figures\">" + figure("", m_rows.size(), "document", "documents") +
         figure("", clean, "without a finding", "without a finding") +
         figure("error", counts[2], "error", "errors") +
         figure("warning", counts[1], "warning", "warnings") +
         figure("info", counts[0], "note", "notes") + "</dl></header>\n";
  if (!m_details.empty())
    out += "<h2>Documents by rule</h2>\n" + table() + "<h2>Rules</h2>\n" + rules() +
           "<h2>Findings</h2>\n" + m_details;
  else
    out += "<p>Every document keeps the house style.</p>\n";
  std::string off;
  for (std::size_t i = 0; i < letterhead::k_rules; ++i)
    if (!house.settings[i].is_on)
      off += "<li>" + std::string(letterhead::rule_title(static_cast<Rule>(i))) + ": " +
             escaped(house.settings[i].reason) + "</li>";
  out += "<footer>";
  if (!off.empty()) out += "<h3>Not looked at</h3><ol>" + off + "</ol>";
  // A page that is printed shows what is folded.
  out += "<p>Made by engross audit. “Can be repaired”: engross standardise does it in a "
         "copy.</p></footer>\n"
         "<script>addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach("
         "d=>d.open=true));"
         "addEventListener('hashchange',()=>{const e=document.querySelector(location.hash);"
         "const "
         "d=e&&e.closest('details');if(d){d.open=true;e.scrollIntoView();}});</script>\n</body></"
         "html>\n";
  return out;
}

} // namespace engross::cli
