// SPDX-License-Identifier: MPL-2.0
#include "cli/audit.hpp"

#include "cli/audit_html.hpp"
#include "cli/audit_report.hpp"
#include "cli/laid_out.hpp"
#include "letter/assembly.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace engross::cli {

namespace {

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

FileReport audit_file(const std::filesystem::path& file, const HouseFiles& files,
                      LayoutOffice* office, bool with_pictures) {
  FileReport report;
  report.file = file.string();
  Result<std::string> bytes =
      is_word_file(file) && office != nullptr ? office->read_word(file) : letter::read_file(file);
  append(report.faults, std::move(bytes.findings));
  if (!bytes) return report;
  Result<letterhead::Subject> subject = letterhead::Subject::open(report.file, std::move(*bytes));
  append(report.faults, std::move(subject.findings));
  if (!subject) return report;
  subject->is_from_word = is_word_file(file);
  report.hits =
      letterhead::audit(*subject, files.house, files.reference ? &*files.reference : nullptr);
  if (office != nullptr) office->audit_pages(file, *subject, files, with_pictures, report);
  return report;
}

/// A report must not take the place of what it reports on.
Findings check_html(const AuditOptions& options, const HouseFiles& files) {
  if (options.html.empty()) return {};
  std::error_code error;
  const auto is_html = [&](const std::filesystem::path& file) {
    return !file.empty() && std::filesystem::equivalent(file, options.html, error);
  };
  bool is_taken = is_html(files.house_file) || is_html(files.letterhead_file);
  for (const std::filesystem::path& document : files.documents)
    is_taken = is_taken || is_html(document);
  if (!is_taken) return {};
  Place place;
  place.file = options.html;
  return {make_finding(Code::file_not_written, place,
                       {options.html, "it is one of the files that are looked at"})};
}

/// One file is said and forgotten, so that a folder of any size takes no more memory.
class Totals {
 public:
  explicit Totals(const Voice& voice) : m_voice(voice) {}

  void add(const FileReport& report) {
    ++m_files;
    m_errors += report.count(Severity::error);
    m_warnings += report.count(Severity::warning);
    m_infos += report.count(Severity::info);
    for (const Finding& fault : report.faults) m_status = std::max(m_status, exit_status({fault}));
    for (const letterhead::Hit& hit : report.hits)
      m_status = std::max(m_status, exit_status({hit.finding}));
    if (report.hits.empty() && report.faults.empty()) {
      ++m_clean;
      return;
    }
    if (m_voice.json) {
      print(report.faults, m_voice);
      for (const letterhead::Hit& hit : report.hits) put(to_json_line(hit) + "\n");
    } else if (!m_voice.quiet || report.count(Severity::error) > 0) {
      FileReport shown = report;
      if (m_voice.quiet)
        std::erase_if(shown.hits,
                      [](const auto& h) { return h.finding.severity != Severity::error; });
      put(to_text(shown) + "\n");
    }
  }

  ExitStatus finish(const letterhead::House& house) const {
    for (std::size_t i = 0; i < letterhead::k_rules; ++i)
      if (!house.settings[i].is_on)
        say("Not looked at: " +
                std::string(letterhead::rule_title(static_cast<letterhead::Rule>(i))) + " (" +
                house.settings[i].reason + ").",
            m_voice);
    say(std::to_string(m_files) + (m_files == 1 ? " file: " : " files: ") +
            count_text(m_errors, m_warnings, m_infos) + "; " + std::to_string(m_clean) +
            " without a finding.",
        m_voice);
    return m_status;
  }

 private:
  const Voice& m_voice;
  std::size_t m_files = 0;
  std::size_t m_clean = 0;
  std::size_t m_errors = 0;
  std::size_t m_warnings = 0;
  std::size_t m_infos = 0;
  ExitStatus m_status = k_done;
};

} // namespace

ExitStatus audit(const AuditOptions& options) {
  HouseOptions house = options.house;
  house.with_word = options.laid_out || options.reload_docx;
  const Result<HouseFiles> files = read_house_files(house);
  print(files.findings, options.voice);
  if (!files) return exit_status(files.findings);
  if (const Findings misplaced = check_html(options, *files); has_errors(misplaced)) {
    print(misplaced, options.voice);
    return exit_status(misplaced);
  }
  std::vector<FileReport> reports(files->documents.size());
  Progress progress(reports.size(), options.voice.quiet);
  Totals totals(options.voice);
  AuditHtml html;
  for (const Finding& unread : files->unread) {
    print({unread}, options.voice);
    if (!options.html.empty()) html.add({unread.place.file, {}, {unread}, {}});
  }
  std::optional<LayoutOffice> office;
  if (house.with_word) office.emplace(options.reload_docx, options.time_limit);
  in_parallel(
      reports.size(), options.workers,
      [&](std::size_t i) {
        reports[i] = audit_file(files->documents[i], *files, office ? &*office : nullptr,
                                !options.html.empty());
      },
      [&](std::size_t i) {
        progress.clear();
        totals.add(reports[i]);
        if (!options.html.empty()) html.add(reports[i]);
        progress.at(i + 1, reports[i].file);
        reports[i] = {};
      });
  progress.clear();
  if (files->words_left_out > 0)
    say(std::to_string(files->words_left_out) +
            (files->words_left_out == 1 ? " Word file was" : " Word files were") +
            " not looked at; --laid-out does.",
        options.voice);
  const ExitStatus status = std::max(totals.finish(files->house), exit_status(files->unread));
  if (options.html.empty()) return status;
  const Findings written = letter::write_files(
      {{options.html, html.finish(files->house, files->letterhead_file.string(), options.today)}});
  print(written, options.voice);
  if (!has_errors(written)) say(options.html, options.voice);
  return std::max(status, exit_status(written));
}

} // namespace engross::cli
