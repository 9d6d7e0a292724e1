// SPDX-License-Identifier: MPL-2.0
#include "writer/assembler.hpp"

#include "finding/files.hpp"
#include "writer/convert.hpp"
#include "writer/guard.hpp"
#include "writer/letter_document.hpp"
#include "writer/outputs.hpp"

#include <com/sun/star/io/IOException.hpp>
#include <cppuhelper/supportsservice.hxx>

#include <algorithm>
#include <optional>
#include <utility>

namespace engross::writer {

namespace {

/// The request in the engine's words, or the end of the call.
LetterJob job_or_throw(const org::engross::Request& request) {
  auto job = to_job(request);
  if (!job) throw Error(job.findings);
  return std::move(*job);
}

/// The letter, or the end of the call.
letter::Letter letter_or_throw(const LetterJob& job) {
  auto letter = assemble(job);
  if (!letter.ok()) throw Error(letter.findings);
  return letter;
}

/// The office's filter; none for .odt, and no value for an ending that is no letter's.
std::optional<const char*> filter_of(const std::filesystem::path& path) {
  const std::string ending = ending_of(path);
  if (ending == ".odt") return nullptr;
  if (ending == ".docx") return "MS Word 2007 XML";
  if (ending == ".pdf") return "writer_pdf_Export";
  return std::nullopt;
}

/// What a letter is made from is not written over.
std::vector<std::filesystem::path> letter_paths(const css::uno::Sequence<rtl::OUString>& urls,
                                                const LetterJob& job) {
  std::vector<std::filesystem::path> sources = job.deals;
  sources.push_back(job.sources.template_file);
  return output_paths(urls, sources, [](const std::filesystem::path& path) -> Findings {
    if (filter_of(path)) return {};
    return {make_finding(Code::unknown_format, {}, {path.string()})};
  });
}

} // namespace

Assembler::Assembler(css::uno::Reference<css::uno::XComponentContext> context)
    : m_context(std::move(context)) {}

rtl::OUString Assembler::getVersion() {
  return guard(*this, Raises::nothing, [] { return to_uno(ENGROSS_VERSION); });
}

css::uno::Sequence<org::engross::Finding>
Assembler::assembleToFile(const org::engross::Request& request,
                          const css::uno::Sequence<rtl::OUString>& outputs) {
  return guard(*this, Raises::assembly, [&] {
    const auto job = job_or_throw(request);
    const auto paths = letter_paths(outputs, job);
    const auto letter = letter_or_throw(job);
    std::vector<letter::Output> files;
    Findings findings = letter.findings;
    for (const auto& path : paths) {
      const char* filter = *filter_of(path);
      files.push_back({path, letter.odt});
      if (filter == nullptr) continue;
      try {
        files.back().bytes = export_letter(m_context, letter.odt, filter);
      } catch (const css::io::IOException& error) {
        findings.push_back(
            make_finding(Code::office_not_stored, {}, {path.string(), to_utf8(error.Message)}));
        throw Error(std::move(findings));
      }
    }
    append(findings, letter::write_files(files));
    if (has_errors(findings)) throw Error(std::move(findings));
    return to_uno(findings);
  });
}

css::uno::Reference<css::lang::XComponent>
Assembler::assembleDocument(const org::engross::Request& request, sal_Bool hidden) {
  return guard(*this, Raises::assembly, [&] {
    const auto letter = letter_or_throw(job_or_throw(request));
    return open_letter(m_context, letter.odt, hidden ? Opened::hidden : Opened::window);
  });
}

css::uno::Sequence<org::engross::Finding> Assembler::check(const org::engross::Request& request) {
  return guard(*this, Raises::nothing, [&] {
    const auto job = to_job(request);
    return to_uno(job ? assemble(*job).findings : job.findings);
  });
}

css::uno::Sequence<org::engross::OpinionParagraph>
Assembler::opinions(const org::engross::Request& request) {
  return guard(*this, Raises::assembly, [&] {
    const auto found = writer::opinions(job_or_throw(request));
    if (!found) throw Error(found.findings);
    return to_uno(*found);
  });
}

org::engross::Firm Assembler::firm(const rtl::OUString& folder) {
  return guard(*this, Raises::assembly, [&] {
    const auto path = path_of(folder);
    if (!path) throw Error(make_finding(Code::not_a_url, {}, {to_utf8(folder)}));
    const auto firm = letter::list_firm(*path);
    if (!firm) throw Error(firm.findings);
    return to_uno(*firm, firm.findings);
  });
}

rtl::OUString Assembler::getImplementationName() {
  return guard(*this, Raises::nothing, [] { return to_uno("org.engross.comp.Assembler"); });
}

sal_Bool Assembler::supportsService(const rtl::OUString& name) {
  return guard(*this, Raises::nothing,
               [&]() -> sal_Bool { return cppu::supportsService(this, name); });
}

css::uno::Sequence<rtl::OUString> Assembler::getSupportedServiceNames() {
  return guard(*this, Raises::nothing, [] {
    const rtl::OUString name = to_uno("org.engross.Assembler");
    return css::uno::Sequence<rtl::OUString>(&name, 1);
  });
}

} // namespace engross::writer

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface*
org_engross_comp_Assembler_get_implementation(css::uno::XComponentContext* context,
                                              const css::uno::Sequence<css::uno::Any>&) {
  return cppu::acquire(new engross::writer::Assembler(context));
}
