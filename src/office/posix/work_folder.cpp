// SPDX-License-Identifier: MPL-2.0
#include "office/process.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_prefix = "engross-office-";
constexpr std::string_view k_lock = "lock";

bool is_own_folder(const fs::path& folder) {
  struct stat info {};
  return folder.filename().string().starts_with(k_prefix) && ::lstat(folder.c_str(), &info) == 0 &&
         S_ISDIR(info.st_mode) && info.st_uid == ::geteuid();
}

/// An office that died before we were connected has left its pipe, which bears the folder's name.
void remove_pipe(const fs::path& folder) {
  const std::string name =
      "OSL_PIPE_" + std::to_string(::geteuid()) + "_" + folder.filename().string();
  std::error_code ignored;
  for (const char* place : {"/tmp", "/var/tmp"}) fs::remove(fs::path(place) / name, ignored);
}

/// A folder whose lock nobody holds belongs to nobody any more. One without a lock is being made.
void remove_abandoned(const fs::path& parent) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, error)) {
    if (!is_own_folder(entry.path())) continue;
    const int fd = ::open((entry.path() / k_lock).c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) continue;
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) {
      std::error_code ignored;
      fs::remove_all(entry.path(), ignored);
      remove_pipe(entry.path());
    }
    ::close(fd);
  }
}

} // namespace

WorkFolder::WorkFolder() {
  const fs::path parent = fs::temp_directory_path();
  remove_abandoned(parent);
  std::string name = (parent / (std::string(k_prefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), parent.string());
  }
  m_path = name;
  // Locked before it gets the name that others look at.
  const fs::path early = m_path / "making";
  m_lock = ::open(early.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0 ||
      ::rename(early.c_str(), (m_path / k_lock).c_str()) != 0) {
    const int error = errno;
    if (m_lock >= 0) ::close(m_lock);
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
    throw std::system_error(error, std::generic_category(), m_path.string());
  }
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(m_path, ignored);
  remove_pipe(m_path);
  ::close(m_lock);
}

void remove_work_folder(const fs::path& folder) {
  if (!is_own_folder(folder)) return;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  remove_pipe(folder);
}

void on_request_to_end(void (*stop)()) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, signal);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread([set, stop] {
    int signal = 0;
    while (::sigwait(&set, &signal) == 0) stop();
  }).detach();
}

void ignore_broken_pipes() { ::signal(SIGPIPE, SIG_IGN); }

} // namespace engross::office
