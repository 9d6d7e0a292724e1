// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What differs between platforms; the only implementation so far is in posix/.
namespace engross::office {

using Clock = std::chrono::steady_clock;

/// How a program is started.
struct Launch {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  /// Set on top of our own environment.
  std::vector<std::pair<std::string, std::string>> environment;
  /// Its standard input and output are ours to write_line and read_line, its error output is kept
  /// for last_words. Otherwise its input is empty and both outputs go to `log`.
  bool conversation = false;
  std::filesystem::path log; ///< appended to; empty: nowhere
  /// Killed by the system when the thread that started it ends (Linux; elsewhere without effect).
  bool end_with_us = false;
  bool private_files = false; ///< nobody else may read what it creates
};

/// A child process that leads a process group of its own. One thread at a time, except kill_group
/// and id, which any thread may call. The destructor kills the group.
class Process {
 public:
  /// Throws std::system_error when the program cannot be started.
  explicit Process(const Launch& launch);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Process id, which is also the id of the group.
  long id() const;

  /// Exit status (128 + n after signal n) once the process has ended; what is left of its group is
  /// killed then. Empty when it still runs after `patience`.
  std::optional<int> wait(std::chrono::milliseconds patience);
  bool running() { return !wait(std::chrono::milliseconds(0)); }

  /// Ends the process and all of its group at once. Without effect once `wait` saw it end.
  void kill_group();

  /// False when the process no longer listens.
  bool write_line(std::string_view line);
  /// After this the process reads the end of its input.
  void close_input();

  enum class Read { line, ended, late };
  /// Waits for the next line of its output, without the line end.
  Read read_line(std::string& line, Clock::time_point deadline);

  /// The last line that it wrote to its error output.
  std::string last_words();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// Returns when a child of ours has ended, or is none of ours any more. It is left for
/// Process::wait, so that its number stays its own.
void wait_for_end(long id);

/// Kills the group of a process that is not our child: what a dead worker has left behind.
void kill_foreign_group(long id);

/// The named sockets on which a process of that group listens (Linux; elsewhere none).
std::vector<std::filesystem::path> listening_sockets(long id);

/// The file of the program that runs now; empty if the system does not say.
std::filesystem::path running_program();

/// The folders of PATH.
std::vector<std::filesystem::path> search_path();

/// A folder of our own in the system's temporary folder, readable by nobody else. It goes with this
/// object; what a killed worker could not remove goes when the next folder is made.
class WorkFolder {
 public:
  /// Throws std::system_error.
  WorkFolder();
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; }

 private:
  std::filesystem::path m_path;
  int m_lock = -1;
};

/// Removes the folder of a worker that was killed. Anything that is not such a folder is left
/// alone.
void remove_work_folder(const std::filesystem::path& folder);

/// From now on requests to end (SIGTERM, SIGINT, SIGHUP) call `stop` on a thread of its own instead
/// of ending the program. To be called before other threads are started.
void on_request_to_end(void (*stop)());

/// Writing to a partner that has gone is an error to be read, not the end of the program.
void ignore_broken_pipes();

} // namespace engross::office
