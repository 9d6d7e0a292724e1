// SPDX-License-Identifier: MPL-2.0
#include "finding/files.hpp"
#include "office/docx_pages.hpp"
#include "office/export.hpp"
#include "office/pdf_pages.hpp"
#include "office/private_office.hpp"
#include "office/process.hpp"
#include "office/protocol.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/uno/Exception.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>

namespace {

namespace fs = std::filesystem;
using namespace engross::office;

/// How long an office may take to end when it is asked to.
constexpr auto k_patience = std::chrono::seconds(10);

/// Calls `expired` on a thread of its own when the time set is over.
class Watchdog {
 public:
  explicit Watchdog(std::function<void()> expired)
      : m_expired(std::move(expired)), m_thread([this] { run(); }) {}
  ~Watchdog() {
    {
      const std::scoped_lock lock(m_mutex);
      m_done = true;
    }
    m_changed.notify_one();
    m_thread.join();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void arm(Clock::time_point deadline) {
    const std::scoped_lock lock(m_mutex);
    m_armed = true;
    m_fired = false;
    m_deadline = deadline;
    m_changed.notify_one();
  }
  /// True if it was too late.
  bool disarm() {
    const std::scoped_lock lock(m_mutex);
    m_armed = false;
    m_changed.notify_one();
    return m_fired;
  }

 private:
  void run() {
    std::unique_lock lock(m_mutex);
    while (!m_done) {
      if (!m_armed) {
        m_changed.wait(lock);
      } else if (Clock::now() >= m_deadline) {
        m_armed = false;
        m_fired = true;
        m_expired();
      } else {
        m_changed.wait_until(lock, m_deadline);
      }
    }
  }

  std::function<void()> m_expired;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_armed = false;
  bool m_fired = false;
  bool m_done = false;
  Clock::time_point m_deadline;
  std::thread m_thread; // last: it uses all of the above
};

/// How long the bridge may take to notice that the office is gone.
constexpr auto k_notice = std::chrono::seconds(1);

/// Looks at the office's process while a letter is with it: now and then the bridge does not hear
/// of its death, and then the call that waits for its answer never returns.
class Watch {
 public:
  /// A new office, which replaces the one before.
  void started(long process) {
    {
      const std::scoped_lock lock(m_mutex);
      m_process = process;
      m_changed.notify_all();
    }
    std::thread([this, process] {
      wait_for_end(process);
      std::unique_lock lock(m_mutex);
      const auto noticed = [&] { return !m_letter || m_process != process; };
      // The lock is kept: the thread that is stuck must not answer any more.
      if (!m_changed.wait_for(lock, k_notice, noticed)) m_lost(*m_letter);
    }).detach();
  }
  /// From here to `back` a thread may be stuck in a call to the office.
  void give(std::int64_t letter) {
    const std::scoped_lock lock(m_mutex);
    m_letter = letter;
  }
  void back() {
    const std::scoped_lock lock(m_mutex);
    m_letter.reset();
    m_changed.notify_all();
  }
  /// What is called with a letter that does not come back. It must not return.
  void on_lost(std::function<void(std::int64_t letter)> lost) { m_lost = std::move(lost); }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  long m_process = 0;
  std::optional<std::int64_t> m_letter;
  std::function<void(std::int64_t)> m_lost;
};

/// Requests, and the wish that there be no more. Lines are read on a thread of their own, so that
/// the end of the partner is seen in the middle of a letter.
class Inbox {
 public:
  void add(std::string line) {
    const std::scoped_lock lock(m_mutex);
    m_lines.push_back(std::move(line));
    m_changed.notify_one();
  }
  /// From any thread, any number of times. In the middle of a letter the office is killed.
  void end(PrivateOffice& office) {
    const std::scoped_lock lock(m_mutex);
    m_ended = true;
    if (m_busy) office.forbid();
    m_changed.notify_one();
  }
  /// False when it is time to go.
  bool next(std::string& line) {
    std::unique_lock lock(m_mutex);
    m_busy = false;
    m_changed.wait(lock, [this] { return m_ended || !m_lines.empty(); });
    if (m_ended) return false;
    line = std::move(m_lines.front());
    m_lines.pop_front();
    m_busy = true;
    return true;
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<std::string> m_lines;
  bool m_ended = false;
  bool m_busy = false;
};

/// What threads without an end use; never destroyed, since the program leaves by _Exit.
struct Stage {
  Inbox inbox;
  Watch watch;
  std::unique_ptr<PrivateOffice> office;
};
Stage& stage() {
  static Stage& instance = *new Stage;
  return instance;
}

void stop() { stage().inbox.end(*stage().office); }

void say(const std::string& line) {
  const std::string text = line + '\n';
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

/// The letter of an office that is gone is answered for, and the worker goes too: the next letter
/// gets another one.
void answer_for_lost(std::int64_t letter, const fs::path& work_folder) {
  Reply reply;
  reply.id = letter;
  const PrivateOffice::Fate fate = stage().office->fate();
  reply.trouble = fate == PrivateOffice::Fate::killed ? Trouble::time_limit : Trouble::crashed;
  if (fate == PrivateOffice::Fate::own) reply.detail = "its process ended";
  stage().office->forbid();
  remove_work_folder(work_folder);
  say(to_line(reply));
  std::_Exit(0);
}

/// For as long as a letter is with the office.
class Watched {
 public:
  explicit Watched(std::int64_t letter) { stage().watch.give(letter); }
  ~Watched() { stage().watch.back(); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
};

class Worker {
 public:
  Worker(PrivateOffice& office, Watchdog& watchdog, fs::path work_folder, int letters_per_office)
      : m_office(office), m_watchdog(watchdog), m_folder(std::move(work_folder)),
        m_letters_per_office(letters_per_office) {}

  Reply handle(const Request& request) {
    Reply reply;
    reply.id = request.id;
    const Clock::time_point begin = Clock::now();
    m_office.allow();
    const auto limit = std::chrono::duration<double>(std::min(request.seconds, 86400.0));
    m_watchdog.arm(begin + std::chrono::duration_cast<Clock::duration>(limit));
    const fs::path jobs = m_folder / "letter";
    try {
      carry_out(request, jobs, reply);
    } catch (const NotStarted& e) {
      set(reply, Trouble::not_started, e.what());
    } catch (const NotOpened& e) {
      set(reply, Trouble::not_opened, e.what());
    } catch (const NotStored& e) {
      set(reply, Trouble::not_stored, e.what());
      reply.file =
          (e.output() < request.outputs.size() ? request.outputs[e.output()] : request.letter)
              .string();
    } catch (const NotRead& e) {
      set(reply, Trouble::not_stored, e.what());
      reply.file = request.letter.string();
    } catch (const css::uno::Exception& e) {
      // A call that fails in no way it should: the office has died, or is not to be trusted.
      set(reply, Trouble::crashed, utf8(e.Message));
    }
    const bool late = m_watchdog.disarm();
    if (reply.trouble != Trouble::none) {
      if (late) set(reply, Trouble::time_limit, "");
      // An office that merely refused a letter goes on; any other is of no use.
      const bool refused =
          !late && (reply.trouble == Trouble::not_opened || reply.trouble == Trouble::not_stored ||
                    reply.trouble == Trouble::not_written || reply.trouble == Trouble::not_read);
      if (!refused) {
        m_office.kill();
        m_office.bury();
      }
    }
    std::error_code ignored;
    fs::remove_all(jobs, ignored);
    reply.micros["all"] = micros_since(begin);
    return reply;
  }

  void end() {
    m_watchdog.arm(Clock::now() + k_patience);
    m_office.end();
    m_watchdog.disarm();
  }

 private:
  static int micros_since(Clock::time_point begin) {
    return static_cast<int>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count());
  }

  static void set(Reply& reply, Trouble trouble, std::string detail) {
    reply.trouble = trouble;
    reply.detail = std::move(detail);
  }

  void carry_out(const Request& request, const fs::path& jobs, Reply& reply) {
    if (m_letters >= m_letters_per_office) {
      m_office.end();
      m_letters = 0;
    }
    // The office sees a copy, so that the letter is neither locked nor changed, and links relative
    // to it lead nowhere. It bears the name of the result, which file name fields show.
    std::error_code error;
    fs::create_directories(jobs, error);
    const fs::path copy =
        jobs /
        ((request.outputs.empty() ? request.letter : request.outputs.front()).stem().string() +
         request.letter.extension().string());
    if (fs::is_empty(request.letter, error) && !error) {
      // LibreOffice would make a new, empty letter of it.
      throw NotOpened("the file is empty");
    }
    if (!fs::copy_file(request.letter, copy, error)) {
      set(reply, Trouble::not_read, error.message());
      return;
    }
    if (!m_office.running()) m_letters = 0;
    const Clock::time_point begin = Clock::now();
    std::optional<Watched> watched(request.id);
    m_office.start();
    reply.micros["start"] = micros_since(begin);
    ++m_letters;

    Export wanted{.letter = copy};
    std::vector<engross::NewFile> files;
    for (const fs::path& output : request.outputs) {
      const fs::path file = jobs / ("output-" + std::to_string(files.size()));
      wanted.outputs.emplace_back(*format_of(output), file);
      files.push_back({output, {}, file});
    }
    const auto is_wanted = [&](const char* layout) {
      return std::find(request.layouts.begin(), request.layouts.end(), layout) !=
             request.layouts.end();
    };
    if (is_wanted("letter")) wanted.layout = jobs / "layout.xml";
    const fs::path pdf = jobs / (copy.stem().string() + "-pages.pdf");
    wanted.to_look_at = request.outputs.empty() && wanted.layout.empty() && is_wanted("pdf");
    if (is_wanted("pdf") || is_wanted("docx") || !request.pictures.empty())
      wanted.outputs.emplace_back(Format::pdf, pdf);
    const fs::path docx = jobs / (copy.stem().string() + "-again.docx");
    if (is_wanted("docx") || is_wanted("docx again"))
      wanted.outputs.emplace_back(Format::docx, docx);
    const Exported exported = export_letter(m_office.context(), wanted);
    reply.pages = exported.pages;
    reply.micros.insert(exported.micros.begin(), exported.micros.end());
    Exported again;
    if (is_wanted("docx again")) {
      again =
          export_letter(m_office.context(), {.letter = docx, .layout = jobs / "layout-docx.xml"});
      for (const auto& [step, micros] : again.micros) reply.micros["docx " + step] = micros;
    }
    watched.reset();
    const Clock::time_point made = Clock::now();
    Layout pages;
    if (is_wanted("pdf") || is_wanted("docx")) pages = read_pdf_pages(pdf);
    for (const std::string& layout : request.layouts) {
      if (layout == "letter") {
        reply.layouts.push_back(exported.layout);
        if (fs::exists(pdf, error)) keep_printed(reply.layouts.back(), read_printed_pages(pdf));
      }
      if (layout == "pdf") reply.layouts.push_back(pages);
      if (layout == "docx again") reply.layouts.push_back(std::move(again.layout));
      if (layout != "docx") continue;
      auto in_word = read_docx_pages(docx, pages);
      if (!in_word) throw NotRead("the DOCX made of it cannot be read");
      reply.layouts.push_back(std::move(*in_word));
    }
    std::vector<fs::path> pictures;
    for (std::size_t i = 0; i < request.pictures.size(); ++i)
      pictures.push_back(jobs / ("picture-" + std::to_string(i)));
    if (!pictures.empty()) draw_pdf_pages(pdf, pictures);
    reply.micros["read"] = micros_since(made);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      if (fs::exists(pictures[i], error)) files.push_back({request.pictures[i], {}, pictures[i]});
    }
    if (const auto failed = engross::write_all_or_none(files)) {
      set(reply, Trouble::not_written, failed->reason);
      reply.file = failed->file.string();
    }
  }

  PrivateOffice& m_office;
  Watchdog& m_watchdog;
  fs::path m_folder;
  int m_letters_per_office;
  int m_letters = 0; ///< done by the office that runs
};

int usage() {
  std::fputs("Usage: engross-office PROGRAM_FOLDER LETTERS\n"
             "Exports letters and lays them out through the LibreOffice in PROGRAM_FOLDER, and "
             "through a fresh one "
             "after so\n"
             "many LETTERS. engross starts it and speaks with it over standard input and output, "
             "one JSON\n"
             "object a line.\n",
             stderr);
  return 2;
}

int run(const fs::path& program_folder, int letters_per_office) {
  const WorkFolder folder;
  stage().office =
      std::make_unique<PrivateOffice>(program_folder, folder.path(), [](const Started& started) {
        stage().watch.started(started.process);
        say(to_line(started));
      });
  stage().watch.on_lost(
      [path = folder.path()](std::int64_t letter) { answer_for_lost(letter, path); });
  on_request_to_end(stop);
  Watchdog watchdog([] { stage().office->kill(); });
  std::thread([] {
    for (std::string line; std::getline(std::cin, line);) stage().inbox.add(std::move(line));
    stop();
  }).detach();

  Worker worker(*stage().office, watchdog, folder.path(), letters_per_office);
  for (std::string line; stage().inbox.next(line);) {
    try {
      say(to_line(worker.handle(request_from(line))));
    } catch (const std::runtime_error& e) {
      Reply reply;
      reply.trouble = Trouble::bad_request;
      reply.detail = e.what();
      say(to_line(reply));
    }
  }
  worker.end();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  const int letters = argc == 3 ? std::atoi(argv[2]) : 0;
  if (letters < 1) return usage();
  ignore_broken_pipes();
  int status = 70;
  try {
    status = run(fs::absolute(argv[1]), letters);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "engross-office: %s\n", e.what());
  }
  // The bridge's threads would outlive the statics that they use.
  std::_Exit(status);
}
