// SPDX-License-Identifier: MPL-2.0
#include "cli/standardise.hpp"

#include "cli/audit_report.hpp"
#include "cli/in_use.hpp"
#include "letter/assembly.hpp"
#include "letterhead/house/repair.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <system_error>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

struct Outcome {
  std::string file;
  fs::path target;
  letterhead::Repaired repaired;
  bool is_written = true;
};

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

/// NAME.bak, or NAME.bak2 … where an older one lies: no backup is ever written over.
fs::path backup_of(const fs::path& file) {
  std::error_code error;
  for (int n = 1;; ++n) {
    fs::path out = file;
    out += n == 1 ? ".bak" : ".bak" + std::to_string(n);
    if (!fs::exists(out, error)) return out;
  }
}

/// Where copies go: under the folder that was named, as they lie in it; a file by its name.
std::map<fs::path, fs::path> targets_of(const StandardiseOptions& options,
                                        const std::vector<fs::path>& documents) {
  std::map<fs::path, fs::path> out;
  for (const fs::path& document : documents) {
    fs::path target = document.filename();
    for (const std::string& path : options.house.paths) {
      std::error_code error;
      if (!fs::is_directory(path, error)) continue;
      const fs::path relative = document.lexically_relative(path);
      if (!relative.empty() && *relative.begin() != "..") target = relative;
    }
    out[document] = options.out / target;
  }
  return out;
}

Place place_of(const fs::path& file) {
  Place place;
  place.file = file.string();
  return place;
}

/// Two documents of one name, or a copy that would lie on its original.
Findings check_targets(const std::map<fs::path, fs::path>& targets) {
  Findings out;
  std::map<fs::path, fs::path> taken;
  std::error_code error;
  for (const auto& [document, target] : targets) {
    if (fs::weakly_canonical(target, error) == fs::weakly_canonical(document, error))
      out.push_back(make_finding(Code::file_not_written, place_of(target),
                                 {target.string(), "the original lies there (use --in-place)"}));
    const auto [at, is_new] = taken.emplace(target, document);
    if (!is_new)
      out.push_back(make_finding(Code::file_not_written, place_of(target),
                                 {target.string(), "another document has that name"}));
  }
  return out;
}

/// Whoever has it open would write over the repair, or lose what he wrote by it.
Findings check_open(const fs::path& file) {
  const std::optional<InUse> open = in_use(file);
  if (!open) return {};
  return {make_finding(Code::document_in_use, place_of(file),
                       {file.string(), open->program, open->lock.string()})};
}

Findings write_outcome(const Outcome& outcome, bool in_place) {
  const letterhead::Repaired& repaired = outcome.repaired;
  if (in_place && !repaired.changed) return {};
  if (Findings open = check_open(in_place ? fs::path(outcome.file) : outcome.target);
      has_errors(open))
    return open;
  if (!in_place) {
    std::error_code error;
    fs::create_directories(outcome.target.parent_path(), error);
    if (error)
      return {make_finding(
          Code::file_not_written, place_of(outcome.target),
          {outcome.target.string(), "the folder " + outcome.target.parent_path().string() +
                                        " could not be made: " + error.message()})};
    Findings findings = letter::write_files({{outcome.target, repaired.bytes}});
    // Who may not read the original may not read its copy.
    const fs::perms mode = fs::status(outcome.file, error).permissions();
    if (!has_errors(findings) && !error) fs::permissions(outcome.target, mode, error);
    return findings;
  }
  std::error_code unknown;
  const fs::perms mode = fs::status(outcome.file, unknown).permissions();
  const fs::perms writing =
      fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  if (!unknown && (mode & writing) == fs::perms::none)
    return {make_finding(Code::file_not_written, place_of(outcome.file),
                         {outcome.file, "it is protected against writing"})};
  // The copy of the original is complete before the original is touched.
  std::error_code error;
  const fs::path backup = backup_of(outcome.file);
  if (!fs::copy_file(outcome.file, backup, error)) { // with its permissions
    // So the library says of a disk without space.
    const std::string reason =
        error == std::errc::io_error ? std::string("the disk may be full") : error.message();
    fs::remove(backup, error);
    return {make_finding(Code::file_not_written, place_of(backup), {backup.string(), reason})};
  }
  return letter::write_files({{outcome.file, repaired.bytes}});
}

std::string summary(const letterhead::Hits& hits) {
  std::string out;
  letterhead::Rule last{};
  std::size_t count = 0;
  const auto flush = [&] {
    if (count == 0) return;
    out += (out.empty() ? "" : ", ") + std::string(letterhead::rule_title(last)) +
           (count == 1 ? "" : " (" + std::to_string(count) + ")");
  };
  for (const letterhead::Hit& hit : hits) {
    if (count > 0 && hit.rule != last) {
      flush();
      count = 0;
    }
    last = hit.rule;
    ++count;
  }
  flush();
  return out;
}

/// "the header of page 1 was “…”, is nothing"
std::string changed_text(const letterhead::ChangedHeader& header) {
  const auto quoted = [](const std::string& text) {
    return text.empty() ? std::string("nothing") : "“" + text + "”";
  };
  return "the " + header.what + " was " + quoted(header.was) + ", is " + quoted(header.is);
}

void say_outcome(const Outcome& outcome, const Voice& voice) {
  const letterhead::Repaired& repaired = outcome.repaired;
  if (voice.json) {
    print(repaired.faults, voice);
    for (const bool done : {true, false})
      for (const letterhead::Hit& hit : done ? repaired.done : repaired.left) {
        std::string line = to_json_line(hit);
        line.pop_back();
        put(line + ",\"repaired\":" + (done && outcome.is_written ? "true" : "false") + "}\n");
      }
    if (outcome.is_written)
      for (const letterhead::ChangedHeader& header : repaired.headers) {
        nlohmann::ordered_json line;
        line["severity"] = "info";
        line["message"] = changed_text(header);
        line["file"] = outcome.file;
        line["part"] = "styles.xml";
        line["rule"] = "headers";
        line["changed"] = header.what;
        line["was"] = header.was;
        line["is"] = header.is;
        line["repaired"] = true;
        put(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
      }
    return;
  }
  print(repaired.faults, voice);
  if (voice.quiet) return;
  put(outcome.file + ": " +
      (has_errors(repaired.faults) && repaired.left.empty() && !repaired.changed
           ? std::string("could not be read; not copied")
       : !outcome.is_written ? std::string("not written")
       : repaired.changed    ? "repaired: " + summary(repaired.done)
                             : std::string("unchanged")) +
      "\n");
  if (outcome.is_written)
    for (const letterhead::ChangedHeader& header : repaired.headers)
      put("  " + changed_text(header) + "\n");
  if (repaired.left.empty()) return;
  FileReport left;
  left.file = "  needs a person";
  left.hits = repaired.left;
  put(to_text(left) + "\n");
}

} // namespace

ExitStatus standardise(const StandardiseOptions& options) {
  if (options.out.empty() == !options.in_place) {
    std::fputs("Say where the corrected copies go: --out DIR, or --in-place (keeps a backup).\n",
               stderr);
    return k_usage;
  }
  HouseOptions house = options.house;
  house.left_out = options.out;
  Result<HouseFiles> files = read_house_files(house);
  print(files.findings, options.voice);
  if (!files) return exit_status(files.findings);
  std::map<fs::path, fs::path> targets;
  if (!options.in_place) {
    targets = targets_of(options, files->documents);
    const Findings misplaced = check_targets(targets);
    print(misplaced, options.voice);
    if (has_errors(misplaced)) return exit_status(misplaced);
  }
  std::vector<Outcome> outcomes(files->documents.size());
  Progress progress(outcomes.size(), options.voice.quiet);
  print(files->unread, options.voice);
  ExitStatus status = exit_status(files->unread);
  std::size_t changed = 0;
  std::size_t open = 0;
  in_parallel(
      outcomes.size(), options.workers,
      [&](std::size_t i) {
        Outcome& out = outcomes[i];
        out.file = files->documents[i].string();
        if (const auto at = targets.find(files->documents[i]); at != targets.end())
          out.target = at->second;
        Result<std::string> bytes = letter::read_file(out.file);
        append(out.repaired.faults, std::move(bytes.findings));
        if (!bytes) return;
        out.repaired =
            letterhead::standardise(out.file, std::move(*bytes), files->house,
                                    files->reference ? &*files->reference : nullptr, options.time);
        // What could not be read at all is not copied about.
        if (has_errors(out.repaired.faults) && out.repaired.left.empty()) return;
        Findings written = write_outcome(out, options.in_place);
        out.is_written = !has_errors(written);
        append(out.repaired.faults, std::move(written));
      },
      [&](std::size_t i) {
        progress.clear();
        const Outcome& out = outcomes[i];
        say_outcome(out, options.voice);
        status = std::max(status, exit_status(out.repaired.faults));
        for (const letterhead::Hit& hit : out.repaired.left)
          status = std::max(status, exit_status({hit.finding}));
        changed += out.repaired.changed && out.is_written ? 1 : 0;
        open += out.repaired.left.empty() && !has_errors(out.repaired.faults) ? 0 : 1;
        progress.at(i + 1, out.file);
        outcomes[i] = {};
      });
  progress.clear();
  say(std::to_string(outcomes.size()) + (outcomes.size() == 1 ? " file: " : " files: ") +
          std::to_string(changed) + " repaired, " + std::to_string(open) +
          " with something for a person.",
      options.voice);
  return status;
}

} // namespace engross::cli
