// SPDX-License-Identifier: MPL-2.0
#include "writer/letterhead_service.hpp"

#include "finding/files.hpp"
#include "letter/on_letterhead.hpp"
#include "writer/convert.hpp"
#include "writer/guard.hpp"
#include "writer/letter_document.hpp"
#include "writer/outputs.hpp"

#include <cppuhelper/supportsservice.hxx>

#include <algorithm>
#include <utility>

namespace engross::writer {

namespace {

namespace fs = std::filesystem;

/// The change in the engine's words, or the end of the call.
letter::LetterheadChange change_or_throw(const org::engross::LetterheadChange& change,
                                         bool file_needed) {
  letter::LetterheadChange out;
  Findings findings;
  const auto path = [&](const rtl::OUString& url) {
    const auto found = path_of(url);
    if (!found) findings.push_back(make_finding(Code::not_a_url, {}, {to_utf8(url)}));
    return found.value_or(fs::path());
  };
  if (file_needed || !change.File.isEmpty()) out.file = path(change.File);
  if (!change.FirmFolder.isEmpty()) out.firm = path(change.FirmFolder);
  out.letterhead = to_utf8(change.Letterhead);
  for (const rtl::OUString& url : change.DealFiles) out.deals.push_back(path(url));
  for (const auto& [name, value] : change.Assignments)
    out.assignments.push_back({to_utf8(name), to_utf8(value)});
  if (!findings.empty()) throw Error(std::move(findings));
  return out;
}

/// The result and what did not keep it from being made, or the end of the call.
Result<std::string> changed_or_throw(const letter::LetterheadChange& change) {
  Result<std::string> out = letter::put_on_letterhead(change);
  if (!out) throw Error(std::move(out.findings));
  return out;
}

std::vector<fs::path> changed_paths(const css::uno::Sequence<rtl::OUString>& urls,
                                    const letter::LetterheadChange& change) {
  std::vector<fs::path> sources = change.deals;
  sources.push_back(change.file);
  return output_paths(urls, sources, [](const fs::path& path) -> Findings {
    const std::string ending = ending_of(path);
    if (ending == ".odt" || ending == ".ott" || ending == ".fodt") return {};
    return {make_finding(Code::file_not_written, {},
                         {path.string(), "here the ending is .odt, .ott or .fodt, and the office "
                                         "stores the rest"})};
  });
}

} // namespace

LetterheadService::LetterheadService(
    const css::uno::Reference<css::uno::XComponentContext>& context)
    : m_context(context) {}

css::uno::Sequence<org::engross::Finding>
LetterheadService::changeFile(const org::engross::LetterheadChange& change,
                              const css::uno::Sequence<rtl::OUString>& outputs) {
  return guard(*this, Raises::assembly, [&] {
    letter::LetterheadChange wanted = change_or_throw(change, true);
    const auto paths = changed_paths(outputs, wanted);
    std::vector<letter::Output> files;
    Findings findings;
    for (const fs::path& path : paths) {
      wanted.as_template = ending_of(path) == ".ott";
      wanted.as_flat = ending_of(path) == ".fodt";
      Result<std::string> made = changed_or_throw(wanted);
      findings = std::move(made.findings);
      files.push_back({path, std::move(*made)});
    }
    append(findings, letter::write_files(files));
    if (has_errors(findings)) throw Error(std::move(findings));
    return to_uno(findings);
  });
}

css::uno::Reference<css::lang::XComponent>
LetterheadService::changeDocument(const org::engross::LetterheadChange& change,
                                  const css::uno::Reference<css::lang::XComponent>& document,
                                  sal_Bool hidden) {
  return guard(*this, Raises::assembly, [&] {
    letter::LetterheadChange wanted = change_or_throw(change, false);
    wanted.bytes = odt_of(m_context, document);
    if (wanted.file.empty()) wanted.file = "document.odt";
    const Result<std::string> made = changed_or_throw(wanted);
    return open_letter(m_context, *made, hidden ? Opened::hidden : Opened::window);
  });
}

rtl::OUString LetterheadService::getImplementationName() {
  return guard(*this, Raises::nothing, [] { return to_uno("org.engross.comp.Letterhead"); });
}

sal_Bool LetterheadService::supportsService(const rtl::OUString& name) {
  return guard(*this, Raises::nothing,
               [&]() -> sal_Bool { return cppu::supportsService(this, name); });
}

css::uno::Sequence<rtl::OUString> LetterheadService::getSupportedServiceNames() {
  return guard(*this, Raises::nothing, [] {
    const rtl::OUString name = to_uno("org.engross.Letterhead");
    return css::uno::Sequence<rtl::OUString>(&name, 1);
  });
}

} // namespace engross::writer

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface*
org_engross_comp_Letterhead_get_implementation(css::uno::XComponentContext* context,
                                               const css::uno::Sequence<css::uno::Any>&) {
  return cppu::acquire(new engross::writer::LetterheadService(context));
}
