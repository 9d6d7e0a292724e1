// SPDX-License-Identifier: MPL-2.0
#include "writer/convert.hpp"

#include "writer/clock.hpp"

#include <org/engross/Mode.hpp>
#include <osl/file.hxx>
#include <rtl/ustring.hxx>

namespace engross::writer {

namespace {

rtl::OUString to_uno_path(const std::filesystem::path& path) {
  // A path that is no file name of this system is kept as it is: it is for reading only.
  rtl::OUString url;
  const rtl::OUString text = to_uno(path.string());
  return osl::FileBase::getFileURLFromSystemPath(text, url) == osl::FileBase::E_None ? url : text;
}

/// Appends the finding for a URL that cannot be a file.
std::filesystem::path path_or_finding(const rtl::OUString& url, Findings& findings) {
  auto path = path_of(url);
  if (path) return *path;
  findings.push_back(make_finding(Code::not_a_url, {}, {to_utf8(url)}));
  return {};
}

} // namespace

rtl::OUString to_uno(std::string_view utf8) {
  return rtl::OUString::fromUtf8(rtl::OString(utf8.data(), static_cast<sal_Int32>(utf8.size())));
}

std::string to_utf8(const rtl::OUString& text) {
  const rtl::OString utf8 = rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8);
  return {utf8.getStr(), static_cast<std::size_t>(utf8.getLength())};
}

std::optional<std::filesystem::path> path_of(const rtl::OUString& url) {
  rtl::OUString path;
  if (!url.startsWithIgnoreAsciiCase("file:") ||
      osl::FileBase::getSystemPathFromFileURL(url, path) != osl::FileBase::E_None)
    return {};
  return std::filesystem::path(to_utf8(path));
}

rtl::OUString url_of(const std::filesystem::path& path) { return to_uno_path(path); }

org::engross::Finding to_uno(const Finding& finding) {
  org::engross::Finding out;
  out.Code = to_uno(code_id(finding.code));
  out.Severity = static_cast<sal_Int16>(finding.severity);
  out.Message = to_uno(finding.message);
  out.Hint = to_uno(finding.hint);
  out.Where.File = to_uno(finding.place.file);
  out.Where.Part = to_uno(finding.place.part);
  out.Where.Paragraph = finding.place.paragraph;
  out.Where.Heading = to_uno(finding.place.heading);
  out.Where.Tag = to_uno(finding.place.tag);
  out.Where.Excerpt = to_uno(finding.place.excerpt);
  out.Where.Caret = finding.place.caret;
  out.Where.DataPath = to_uno(finding.place.data_path);
  out.Where.Line = finding.place.line;
  out.Text = to_uno(engross::to_text(finding));
  return out;
}

namespace {

template <class From, class Convert>
auto to_sequence(const std::vector<From>& values, Convert convert) {
  css::uno::Sequence<decltype(convert(values.front()))> out(static_cast<sal_Int32>(values.size()));
  auto* element = out.getArray();
  for (const From& value : values) *element++ = convert(value);
  return out;
}

} // namespace

css::uno::Sequence<org::engross::Finding> to_uno(const Findings& findings) {
  return to_sequence(findings, [](const Finding& finding) { return to_uno(finding); });
}

org::engross::Firm to_uno(const letter::FirmFolder& firm, const Findings& findings) {
  org::engross::Firm out;
  out.Name = to_uno(firm.name);
  out.Templates = to_sequence(firm.templates, url_of);
  out.Deals = to_sequence(firm.deals, url_of);
  out.Letterheads =
      to_sequence(firm.letterheads, [](const std::string& name) { return to_uno(name); });
  out.Findings = to_uno(findings);
  return out;
}

css::uno::Sequence<org::engross::OpinionParagraph>
to_uno(const std::vector<letter::OpinionChoice>& opinions) {
  return to_sequence(opinions, [](const letter::OpinionChoice& opinion) {
    return org::engross::OpinionParagraph(to_uno(opinion.id), to_uno(opinion.title),
                                          to_uno(opinion.group), opinion.chosen,
                                          to_uno(opinion.reason));
  });
}

Result<LetterJob> to_job(const org::engross::Request& request) {
  LetterJob job;
  Findings findings;
  job.sources.template_file = path_or_finding(request.Template, findings);
  if (!request.FirmFolder.isEmpty())
    job.sources.firm = path_or_finding(request.FirmFolder, findings);
  job.sources.letterhead = to_utf8(request.Letterhead);
  for (const rtl::OUString& url : request.DealFiles)
    job.deals.push_back(path_or_finding(url, findings));
  for (const auto& [path, value] : request.Assignments)
    job.assignments.push_back({to_utf8(path), to_utf8(value)});
  switch (request.Mode) {
  case org::engross::Mode::STRICT:
    break;
  case org::engross::Mode::DRAFT:
    job.request.mode = letter::Mode::draft;
    break;
  case org::engross::Mode::PARTIAL:
    job.request.mode = letter::Mode::partial;
    break;
  default:
    findings.push_back(make_finding(Code::mode_unknown, {}, {std::to_string(request.Mode)}));
  }
  job.request.today = today();
  for (const auto& [id, chosen] : request.Opinions) job.request.opinions[to_utf8(id)] = chosen;
  if (has_errors(findings)) return findings;
  return job;
}

std::string to_text(const Findings& findings) {
  std::string text;
  for (const std::string& one : engross::to_texts(findings)) {
    if (!text.empty()) text += "\n\n";
    text += one;
    while (!text.empty() && text.back() == '\n') text.pop_back();
  }
  return text;
}

} // namespace engross::writer
