// SPDX-License-Identifier: MPL-2.0
#include "cli/outputs.hpp"

#include "cli/interruptible_folder.hpp"
#include "finding/files.hpp"
#include "office/converter.hpp"

#include <cstdio>
#include <filesystem>
#include <set>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

/// Our file is nothing to a person; his is.
void rename_in(Finding& finding, const std::string& ours, const std::string& his) {
  if (finding.place.file == ours) finding.place.file = his;
  for (std::string* text : {&finding.message, &finding.hint})
    for (std::size_t at = text->find(ours); at != std::string::npos;
         at = text->find(ours, at + his.size()))
      text->replace(at, ours.size(), his);
}

Finding finding_for(Code code, const std::string& file) {
  Place place;
  place.file = file;
  return make_finding(code, place, {file});
}

} // namespace

Findings export_letter(const std::string& odt, const std::vector<std::string>& names,
                       std::vector<letter::Output>& outputs, const ExportOptions& options) {
  Findings findings;
  std::vector<std::size_t> through_office;
  for (const std::string& name : names) {
    const std::string ending = ending_of(name);
    if (ending == ".odt") {
      outputs.push_back({name, odt});
    } else if (ending == ".docx" || ending == ".pdf") {
      through_office.push_back(outputs.size());
      outputs.push_back({name, {}});
    } else {
      findings.push_back(finding_for(Code::unknown_format, name));
    }
  }
  if (through_office.empty() || !findings.empty()) return findings;
  const InterruptibleFolder folder;
  office::Job job;
  job.odt = folder.path() / "letter.odt";
  append(findings, letter::write_files({{job.odt, odt}}));
  for (const std::size_t i : through_office)
    job.outputs.push_back(folder.path() / ("out" + std::to_string(i) + ending_of(outputs[i].file)));
  if (!has_errors(findings)) {
    office::Options office;
    office.time_limit = std::chrono::seconds(options.time_limit);
    office::Converter converter(office);
    Findings said = converter.convert(job);
    for (Finding& finding : said) {
      // Only the command knows how to be given more time.
      if (finding.code == Code::office_time_limit)
        finding.hint = "Open the letter in Writer to see what keeps it busy, or give it more time: "
                       "--time-limit SECONDS.";
      for (std::size_t k = 0; k < through_office.size(); ++k)
        rename_in(finding, job.outputs[k].string(), outputs[through_office[k]].file.string());
      rename_in(finding, job.odt.string(),
                options.letter.empty() ? outputs[through_office.front()].file.string()
                                       : options.letter);
    }
    append(findings, std::move(said));
  }
  if (has_errors(findings)) return findings;
  for (std::size_t k = 0; k < through_office.size(); ++k) {
    Result<std::string> bytes = letter::read_file(job.outputs[k]);
    append(findings, std::move(bytes.findings));
    if (bytes) outputs[through_office[k]].bytes = std::move(*bytes);
  }
  return findings;
}

std::vector<deal::Assignment> parse_assignments(const std::vector<std::string>& texts) {
  std::vector<deal::Assignment> out;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    out.push_back({text.substr(0, equals),
                   equals == std::string::npos ? std::string() : text.substr(equals + 1)});
  }
  return out;
}

ExitStatus finish(const Findings& findings, const Voice& voice) {
  print(findings, voice);
  return exit_status(findings);
}

ExitStatus write_and_say(Findings findings, const std::vector<letter::Output>& outputs,
                         const Voice& voice) {
  if (!has_errors(findings)) append(findings, letter::write_files(outputs));
  const ExitStatus status = finish(findings, voice);
  if (status == k_done)
    for (const letter::Output& output : outputs) say(output.file.string(), voice);
  return status;
}

Findings check_outputs(const std::vector<std::string>& names) {
  Findings findings;
  for (const std::string& name : names) {
    const std::string ending = ending_of(name);
    if (ending != ".odt" && ending != ".docx" && ending != ".pdf")
      findings.push_back(finding_for(Code::unknown_format, name));
  }
  return findings;
}

bool outputs_misused(const std::vector<std::string>& outputs,
                     const std::vector<std::string>& inputs) {
  std::error_code error;
  std::set<fs::path> taken;
  for (const std::string& input : inputs) taken.insert(fs::weakly_canonical(input, error));
  for (const std::string& output : outputs)
    if (!taken.insert(fs::weakly_canonical(output, error)).second) {
      std::fprintf(stderr,
                   "-o %s: that file is named twice, or is what the letter is made from.\n"
                   "Give each output a name of its own.\n",
                   output.c_str());
      return true;
    }
  return false;
}

} // namespace engross::cli
