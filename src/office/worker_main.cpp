// SPDX-License-Identifier: MPL-2.0
#include "office/export.hpp"
#include "office/place_files.hpp"
#include "office/private_office.hpp"
#include "office/process.hpp"
#include "office/protocol.hpp"

#include <com/sun/star/uno/Exception.hpp>
#include <rtl/string.hxx>
#include <rtl/ustring.hxx>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
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

std::string utf8(const rtl::OUString& text) {
  return rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8).getStr();
}

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
      reply.file = request.outputs[e.output()].string();
    } catch (const NotPlaced& e) {
      set(reply, Trouble::not_written, e.what());
      reply.file = e.file().string();
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
        jobs / (request.outputs.front().stem().string() + request.letter.extension().string());
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
    m_office.start();
    reply.micros["start"] = micros_since(begin);
    ++m_letters;

    std::vector<std::pair<Format, fs::path>> exports;
    std::vector<std::pair<fs::path, fs::path>> files;
    for (const fs::path& output : request.outputs) {
      const fs::path file = jobs / ("output-" + std::to_string(exports.size()));
      exports.emplace_back(*format_of(output), file);
      files.emplace_back(file, output);
    }
    Exported exported = export_letter(m_office.context(), copy, exports);
    reply.pages = exported.pages;
    reply.micros.merge(exported.micros);
    place_files(files);
  }

  PrivateOffice& m_office;
  Watchdog& m_watchdog;
  fs::path m_folder;
  int m_letters_per_office;
  int m_letters = 0; ///< done by the office that runs
};

int usage() {
  std::fputs("Usage: engross-office PROGRAM_FOLDER LETTERS\n"
             "Exports letters through the LibreOffice in PROGRAM_FOLDER, and through a fresh one "
             "after so\n"
             "many LETTERS. engross starts it and speaks with it over standard input and output, "
             "one JSON\n"
             "object a line.\n",
             stderr);
  return 2;
}

int run(const fs::path& program_folder, int letters_per_office) {
  const WorkFolder folder;
  stage().office = std::make_unique<PrivateOffice>(
      program_folder, folder.path(), [](const Started& started) { say(to_line(started)); });
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
