// SPDX-License-Identifier: MPL-2.0
#include "cli/letterhead.hpp"

#include "cli/outputs.hpp"
#include "finding/files.hpp"
#include "letter/on_letterhead.hpp"

#include <filesystem>

namespace engross::cli {

namespace fs = std::filesystem;

ExitStatus change_letterhead(const LetterheadOptions& options) {
  std::vector<std::string> inputs = options.deals;
  inputs.push_back(options.file);
  if (outputs_misused(options.outputs, inputs)) return k_usage;
  std::vector<std::string> others; // which no office has to make
  std::vector<std::string> letters;
  for (const std::string& name : options.outputs)
    (ending_of(name) == ".ott" || ending_of(name) == ".fodt" ? others : letters).push_back(name);
  Findings findings = check_outputs(letters);

  letter::LetterheadChange change{options.file, options.letterhead, options.firm};
  change.deals.assign(options.deals.begin(), options.deals.end());
  change.assignments = parse_assignments(options.assignments);
  change.time = options.time;
  std::vector<letter::Output> outputs;
  if (!letters.empty()) {
    const Result<std::string> odt = letter::put_on_letterhead(change);
    append(findings, odt.findings);
    if (odt && !has_errors(findings))
      append(findings, export_letter(*odt, letters, outputs, {{}, options.time_limit}));
  }
  for (const std::string& name : others) {
    change.as_template = ending_of(name) == ".ott";
    change.as_flat = ending_of(name) == ".fodt";
    Result<std::string> made = letter::put_on_letterhead(change);
    if (letters.empty() && name == others.front()) append(findings, made.findings);
    if (made) outputs.push_back({name, std::move(*made)});
  }
  return write_and_say(std::move(findings), outputs, options.voice);
}

} // namespace engross::cli
