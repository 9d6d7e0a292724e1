// SPDX-License-Identifier: MPL-2.0
#include "cli/assemble.hpp"

#include "cli/book.hpp"
#include "cli/outputs.hpp"
#include "finding/files.hpp"
#include "letter/assembly.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

template <class Options>
letter::Sources sources(const Options& options, const fs::path& template_file) {
  return {template_file,
          options.firm,
          options.letterhead,
          options.office,
          {options.books.begin(), options.books.end()}};
}

/// "+good-standing,-erisa": in and out. None: one is both, and the person has been told.
std::optional<std::map<std::string, bool>> parse_opinions(const std::string& text) {
  std::map<std::string, bool> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    std::string id = text.substr(at, end - at);
    id.erase(0, id.find_first_not_of(' '));
    id.erase(id.find_last_not_of(' ') + 1);
    const bool in = id.empty() || id.front() != '-';
    if (!id.empty() && (id.front() == '+' || id.front() == '-')) id.erase(0, 1);
    if (!id.empty() && out.emplace(id, in).first->second != in) {
      std::fprintf(stderr, "--opinions: %s is asked for and left out at once.\nSay one of both.\n",
                   id.c_str());
      return std::nullopt;
    }
    at = end + 1;
  }
  return out;
}

struct Prepared {
  std::optional<letter::Assembly> assembly;
  std::optional<deal::Deal> deal;
  letter::Request request;
};

Prepared prepare(const AssembleOptions& options, std::map<std::string, bool> opinions,
                 Findings& findings) {
  Prepared out;
  Result<letter::Assembly> assembly =
      letter::Assembly::compile(sources(options, options.template_file));
  append(findings, std::move(assembly.findings));
  out.assembly = std::move(assembly.value);
  out.request.opinions = std::move(opinions);
  out.request.time = options.time;
  out.request.docx =
      std::any_of(options.outputs.begin(), options.outputs.end(),
                  [](const std::string& file) { return ending_of(file) == ".docx"; });
  out.request.today = options.today;
  out.request.mode = options.mode == "draft"     ? letter::Mode::draft
                     : options.mode == "partial" ? letter::Mode::partial
                                                 : letter::Mode::strict;
  const std::vector<deal::Assignment> assignments = parse_assignments(options.assignments);
  const std::vector<fs::path> files(options.deals.begin(), options.deals.end());
  // A broken template is no reason to keep quiet about a broken deal.
  Result<deal::Deal> deal = out.assembly
                                ? out.assembly->read_deal(files, assignments, out.request.mode)
                                : letter::read_deal_files(files, assignments);
  append(findings, std::move(deal.findings));
  out.deal = std::move(deal.value);
  return out;
}

} // namespace

ExitStatus assemble(const AssembleOptions& options) {
  std::vector<std::string> inputs = options.deals;
  inputs.push_back(options.template_file);
  if (outputs_misused(options.outputs, inputs)) return k_usage;
  auto opinions = parse_opinions(options.opinions);
  if (!opinions) return k_usage;
  Findings findings = check_outputs(options.outputs);
  const Prepared prepared = prepare(options, std::move(*opinions), findings);
  if (!prepared.assembly || !prepared.deal) return finish(findings, options.voice);
  letter::Letter letter = prepared.assembly->render(*prepared.deal, prepared.request);
  append(findings, std::move(letter.findings));
  if (has_errors(findings)) return finish(findings, options.voice);
  std::vector<letter::Output> outputs;
  append(findings, export_letter(letter.odt, options.outputs, outputs, {{}, options.time_limit}));
  return write_and_say(std::move(findings), outputs, options.voice);
}

ExitStatus explain(const AssembleOptions& options) {
  auto opinions = parse_opinions(options.opinions);
  if (!opinions) return k_usage;
  Findings findings;
  const Prepared prepared = prepare(options, std::move(*opinions), findings);
  if (prepared.assembly && prepared.deal) {
    Result<std::vector<letter::OpinionChoice>> choices =
        prepared.assembly->opinions(*prepared.deal, prepared.request);
    append(findings, std::move(choices.findings));
    for (const letter::OpinionChoice& choice : *choices) {
      if (options.voice.json) {
        const std::string line = to_json_line(choice) + "\n";
        std::fwrite(line.data(), 1, line.size(), stdout);
        continue;
      }
      const std::string state = choice.chosen ? "in   " : "out  ";
      say(state + choice.group + "/" + choice.id + ": " + choice.title + ". " + choice.reason,
          options.voice);
      std::string values;
      for (const auto& [name, value] : choice.values)
        values += (values.empty() ? "" : "; ") + name + ": " + value;
      if (!values.empty()) say("       saw " + values, options.voice);
    }
  }
  return finish(findings, options.voice);
}

ExitStatus fields(const FieldsOptions& options) {
  const Result<letter::Assembly> assembly =
      letter::Assembly::compile(sources(options, options.template_file));
  // Standard output is the schema alone, where there is one.
  Voice voice = options.voice;
  const bool broken = !assembly || has_errors(assembly.findings);
  voice.json = voice.json && broken;
  print(assembly.findings, voice);
  if (!broken) {
    const std::string text = options.sample ? assembly->sample() : assembly->fields();
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  return exit_status(assembly.findings);
}

ExitStatus convert(const ConvertOptions& options) {
  if (outputs_misused(options.outputs, {options.file})) return k_usage;
  Findings findings;
  Result<std::string> odt = letter::read_file(options.file);
  append(findings, std::move(odt.findings));
  if (!odt) return finish(findings, options.voice);
  std::vector<letter::Output> outputs;
  std::vector<std::string> exported;
  for (const std::string& name : options.outputs) {
    const std::string ending = ending_of(name);
    if (ending != ".odt" && ending != ".ott") {
      exported.push_back(name);
      continue;
    }
    Result<std::string> packed = letter::pack(options.file, *odt, ending == ".ott", options.time);
    append(findings, std::move(packed.findings));
    if (packed) outputs.push_back({name, std::move(*packed)});
  }
  append(findings, check_outputs(exported));
  if (!exported.empty()) {
    // What no letter is, the office need not see; what is one, it sees as it is.
    Result<std::string> packed = letter::pack(options.file, *odt, false, options.time);
    append(findings, std::move(packed.findings));
    if (packed && ending_of(options.file) == ".fodt") *odt = std::move(*packed);
  }
  if (!has_errors(findings))
    append(findings, export_letter(*odt, exported, outputs, {options.file, options.time_limit}));
  return write_and_say(std::move(findings), outputs, options.voice);
}

} // namespace engross::cli
