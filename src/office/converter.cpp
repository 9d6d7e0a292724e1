// SPDX-License-Identifier: MPL-2.0
#include "office/converter.hpp"

#include "office/locate.hpp"
#include "office/process.hpp"
#include "office/protocol.hpp"

#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

/// The worker keeps the time; this is for a worker that does not answer any more.
constexpr auto k_grace = std::chrono::seconds(10);
/// How long the worker may take to end its office and itself.
constexpr auto k_farewell = std::chrono::seconds(15);

Place place_of(const fs::path& file) {
  Place place;
  place.file = file.string();
  return place;
}

/// The folders of the office's libraries before those of the environment.
std::string library_path(const fs::path& program_folder) {
  const char* present = std::getenv("LD_LIBRARY_PATH");
  std::string out = program_folder.string();
  if (present != nullptr && *present != '\0') out += ':' + std::string(present);
  return out;
}

} // namespace

struct Converter::State {
  Options options;
  std::unique_ptr<Process> worker;
  std::optional<Started> office; ///< the one that the worker owns now
  std::int64_t last_id = 0;
  bool replaced = false; ///< the letter in hand has its second worker already

  Findings carry_out(Request request, Reply& reply);
  Findings start_worker(const fs::path& letter);
  void end_worker(std::chrono::milliseconds patience);
  Findings ask(const fs::path& letter, const Request& request, Reply& reply);
  Findings findings_of(const fs::path& file, const Reply& reply) const;
};

Converter::Converter(Options options) : m_state(std::make_unique<State>()) {
  m_state->options = std::move(options);
}

Converter::~Converter() { m_state->end_worker(k_farewell); }

Findings Converter::convert(const Job& job) {
  Request request;
  request.letter = job.odt;
  request.outputs = job.outputs;
  Reply reply;
  return m_state->carry_out(std::move(request), reply);
}

Result<LaidOut> Converter::lay_out(const LayoutJob& job) {
  Request request;
  request.letter = job.file;
  request.layouts = {"pdf"};
  if (job.as_docx) request.layouts.emplace_back("docx");
  if (job.lay_out) request.layouts.emplace_back("letter");
  if (job.lay_out && job.as_docx) request.layouts.emplace_back("docx again");
  request.pictures = job.pictures;
  Reply reply;
  Result<LaidOut> out(m_state->carry_out(request, reply));
  if (has_errors(out.findings)) return out;
  if (reply.layouts.size() != request.layouts.size()) {
    out.findings.push_back(
        make_finding(Code::internal_error, place_of(job.file), {"engross-office gave no layout"}));
    return out;
  }
  out.value.emplace();
  for (std::size_t i = 0; i < request.layouts.size(); ++i) {
    const std::string& name = request.layouts[i];
    Layout& to = name == "letter" ? out.value->letter
                 : name == "pdf"  ? out.value->pdf
                 : name == "docx" ? out.value->docx
                                  : out.value->docx_again;
    to = std::move(reply.layouts[i]);
  }
  return out;
}

Findings Converter::State::carry_out(Request request, Reply& reply) {
  std::error_code error;
  // Findings name files as the caller does.
  const fs::path letter = request.letter;
  if (!fs::is_regular_file(letter, error)) {
    return {make_finding(Code::file_not_found, place_of(letter), {letter.string()})};
  }
  Findings findings;
  request.letter = fs::absolute(letter);
  request.seconds = std::chrono::duration<double>(options.time_limit).count();
  for (fs::path& output : request.outputs) {
    if (!format_of(output)) {
      findings.push_back(make_finding(Code::unknown_format, place_of(output), {output.string()}));
    }
    output = fs::absolute(output);
  }
  for (fs::path& picture : request.pictures) picture = fs::absolute(picture);
  if (has_errors(findings) || (request.outputs.empty() && request.layouts.empty())) {
    return findings;
  }
  findings = start_worker(letter);
  if (has_errors(findings)) return findings;
  request.id = ++last_id;
  return ask(letter, request, reply);
}

Findings Converter::State::start_worker(const fs::path& letter) {
  if (worker && worker->running()) return {};
  end_worker(std::chrono::milliseconds(0));
  const auto program_folder = find_program_folder(options.office);
  if (!program_folder) {
    const std::string where = options.office.empty() ? "" : " in " + options.office.string();
    return {make_finding(Code::office_missing, place_of(letter), {where})};
  }
  const auto program = find_worker(options.worker);
  if (!program) {
    const std::string name = options.worker.empty() ? "engross-office" : options.worker.string();
    return {make_finding(Code::office_worker_missing, place_of(letter), {name})};
  }
  Launch launch;
  launch.program = *program;
  launch.arguments = {program_folder->string(), std::to_string(options.letters_per_office)};
  launch.environment = {{"LD_LIBRARY_PATH", library_path(*program_folder)}};
  if (!options.packs_pdf) launch.environment.emplace_back("VCL_DEBUG_DISABLE_PDFCOMPRESSION", "1");
  launch.conversation = true;
  try {
    worker = std::make_unique<Process>(launch);
  } catch (const std::system_error& e) {
    return {make_finding(Code::office_not_started, place_of(letter), {e.what()})};
  }
  return {};
}

void Converter::State::end_worker(std::chrono::milliseconds patience) {
  if (worker) {
    worker->close_input();
    if (!worker->wait(patience)) {
      worker->kill_group();
      worker->wait(k_farewell);
    }
    worker.reset();
  }
  // A worker that ended as it should has left nothing of this.
  std::error_code ignored;
  if (office && fs::exists(office->folder, ignored)) {
    kill_foreign_group(office->process);
    remove_work_folder(office->folder);
  }
  office.reset();
}

Findings Converter::State::ask(const fs::path& letter, const Request& request, Reply& reply) {
  std::string line;
  try {
    line = to_line(request);
  } catch (const std::runtime_error& e) {
    return {make_finding(Code::file_not_read, place_of(letter), {letter.string(), e.what()})};
  }
  const Clock::time_point deadline = Clock::now() + options.time_limit + k_grace;
  bool alive = worker->write_line(line);
  while (alive) {
    const Process::Read read = worker->read_line(line, deadline);
    if (read == Process::Read::late) {
      end_worker(std::chrono::milliseconds(0));
      Reply late;
      late.trouble = Trouble::time_limit;
      return findings_of(letter, late);
    }
    if (read == Process::Read::ended) break;
    try {
      const auto answer = answer_from(line);
      if (const auto* started = std::get_if<Started>(&answer)) {
        office = *started;
      } else if (const auto& heard = std::get<Reply>(answer);
                 heard.id == request.id || heard.trouble == Trouble::bad_request) {
        reply = heard;
        return findings_of(letter, reply);
      }
    } catch (const std::runtime_error&) {
      alive = false;
    }
  }
  // The worker broke off: its last words say more than its status.
  std::string words = worker->last_words();
  const auto status = worker->wait(std::chrono::milliseconds(500));
  if (words.empty()) {
    words = status ? "engross-office ended with status " + std::to_string(*status)
                   : "engross-office does not speak as it should";
  }
  const Code code = office ? Code::office_failed : Code::office_not_started;
  end_worker(std::chrono::milliseconds(0));
  // It was asked to end and was just gone when the letter came: another one takes the letter.
  const bool asked_to_end =
      status && (*status == 0 || *status == 128 + 1 || *status == 128 + 2 || *status == 128 + 15);
  if (asked_to_end && code == Code::office_failed && !replaced) {
    replaced = true;
    Findings findings = start_worker(letter);
    if (!has_errors(findings)) append(findings, ask(letter, request, reply));
    replaced = false;
    return findings;
  }
  if (code == Code::office_not_started) return {make_finding(code, place_of(letter), {words})};
  return {make_finding(code, place_of(letter), {letter.string(), words})};
}

Findings Converter::State::findings_of(const fs::path& file, const Reply& reply) const {
  const std::string letter = file.string();
  const Place place = place_of(file);
  const std::string reason = reply.detail.empty() ? "it gave no reason" : reply.detail;
  switch (reply.trouble) {
  case Trouble::none:
    return {};
  case Trouble::not_read:
    return {make_finding(Code::file_not_read, place, {letter, reason})};
  case Trouble::not_started:
    return {make_finding(Code::office_not_started, place, {reason})};
  case Trouble::not_opened:
    return {make_finding(Code::office_not_opened, place, {letter, reason})};
  case Trouble::not_stored:
    return {make_finding(Code::office_not_stored, place, {reply.file, reason})};
  case Trouble::not_written:
    return {make_finding(Code::file_not_written, place_of(reply.file), {reply.file, reason})};
  case Trouble::time_limit:
    return {make_finding(Code::office_time_limit, place,
                         {letter, std::to_string(options.time_limit.count())})};
  case Trouble::crashed:
    return {make_finding(Code::office_failed, place, {letter, reason})};
  case Trouble::bad_request:
    break;
  }
  return {
      make_finding(Code::internal_error, place, {"engross-office refused a request: " + reason})};
}

} // namespace engross::office
