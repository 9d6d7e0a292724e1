// SPDX-License-Identifier: MPL-2.0
#include "writer/letter_job.hpp"

#include <utility>

namespace engross::writer {

namespace {

/// The template compiled and the deal read; the findings of both in any case.
struct Prepared {
  Result<letter::Assembly> assembly;
  Result<deal::Deal> deal;
  Findings findings;

  explicit Prepared(const LetterJob& job) : assembly(letter::Assembly::compile(job.sources)) {
    findings = assembly.findings;
    // A broken template is no reason to keep quiet about a broken deal.
    auto read = assembly ? assembly->read_deal(job.deals, job.assignments, job.request.mode)
                         : letter::read_deal_files(job.deals, job.assignments);
    append(findings, std::move(read.findings));
    if (assembly) deal = std::move(read);
  }
};

/// What a person can choose from.
void drop_without_place(std::vector<letter::OpinionChoice>& choices) {
  std::erase_if(choices, [](const letter::OpinionChoice& choice) { return !choice.has_place; });
}

} // namespace

letter::Letter assemble(const LetterJob& job) {
  Prepared prepared(job);
  letter::Letter letter;
  if (prepared.deal) letter = prepared.assembly->render(*prepared.deal, job.request);
  append(prepared.findings, std::move(letter.findings));
  letter.findings = std::move(prepared.findings);
  if (has_errors(letter.findings)) letter.odt.clear();
  return letter;
}

Result<std::vector<letter::OpinionChoice>> opinions(const LetterJob& job) {
  Prepared prepared(job);
  const bool broken = has_errors(prepared.assembly.findings);
  Result<std::vector<letter::OpinionChoice>> out(std::move(prepared.findings));
  if (broken || !prepared.deal) return out;
  auto choices = prepared.assembly->opinions(*prepared.deal, job.request);
  append(out.findings, std::move(choices.findings));
  out.value = std::move(choices.value);
  drop_without_place(*out.value);
  return out;
}

Preview preview(const LetterJob& job) {
  Prepared prepared(job);
  Preview out;
  out.findings = std::move(prepared.findings);
  if (!prepared.deal) return out;
  // What is wrong with the choice, the letter's own findings say.
  out.opinions = *prepared.assembly->opinions(*prepared.deal, job.request);
  drop_without_place(out.opinions);
  append(out.findings, prepared.assembly->render(*prepared.deal, job.request).findings);
  return out;
}

} // namespace engross::writer
