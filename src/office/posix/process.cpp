// SPDX-License-Identifier: MPL-2.0
#include "office/process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <poll.h>
#include <set>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

// POSIX leaves its declaration to the program.
extern char** environ; // NOLINT(readability-redundant-declaration)

namespace engross::office {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int k_send_flags = MSG_NOSIGNAL;
#else
constexpr int k_send_flags = 0;
#endif

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A file descriptor that is closed in the end and in every child.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : m_fd(fd) {
    if (fd >= 0) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
  }
  ~Descriptor() { reset(); }
  int get() const { return m_fd; }
  void reset() {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = -1;
  }

 private:
  int m_fd;
};

/// The parent's end of a line to a child, and the child's.
struct Ends {
  Descriptor ours;
  Descriptor theirs;
};

/// What the child writes we read.
Ends make_pipe() {
  int ends[2] = {-1, -1};
#ifdef __linux__
  if (::pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
#else
  if (::pipe(ends) != 0) fail("pipe");
#endif
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// A socket pair rather than two pipes: writing to a dead partner then raises no signal.
Ends make_channel() {
  int ends[2] = {-1, -1};
#ifdef SOCK_CLOEXEC
  constexpr int type = SOCK_STREAM | SOCK_CLOEXEC;
#else
  constexpr int type = SOCK_STREAM;
#endif
  if (::socketpair(AF_UNIX, type, 0, ends) != 0) fail("socketpair");
#ifdef SO_NOSIGPIPE
  const int on = 1;
  ::setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<std::string>
merged_environment(const std::vector<std::pair<std::string, std::string>>& changes) {
  std::vector<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const bool changed =
        std::any_of(changes.begin(), changes.end(), [&](const auto& c) { return c.first == name; });
    if (!changed) out.emplace_back(text);
  }
  for (const auto& [name, value] : changes) {
    out.push_back(name);
    out.back() += '=';
    out.back() += value;
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  out.reserve(strings.size() + 1);
  for (std::string& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

struct Child {
  const char* program;
  char* const* arguments;
  char* const* environment;
  int input;
  int output;
  int errors;
  int report;
  bool end_with_us;
  bool private_files;
  pid_t parent;
};

/// Between fork and exec; nothing but async-signal-safe calls, since other threads may hold locks.
[[noreturn]] void become(const Child& child) {
  ::setpgid(0, 0);
#ifdef __linux__
  if (child.end_with_us) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != child.parent) ::_exit(127);
  }
#endif
  if (child.private_files) ::umask(077);
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) {
    ::sigaction(signal, &standard, nullptr);
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // dup2 drops the close-on-exec mark, except onto itself; none of ours is below 3.
  if (::dup2(child.input, 0) >= 0 && ::dup2(child.output, 1) >= 0 && ::dup2(child.errors, 2) >= 0) {
#if defined(SYS_close_range) && defined(__linux__)
    // Files that other code of this process left open to children are none of its business.
    constexpr unsigned int close_on_exec = 1U << 2;
    ::syscall(SYS_close_range, 3U, ~0U, close_on_exec);
#endif
    ::execve(child.program, child.arguments, child.environment);
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(child.report, &error, sizeof error);
  ::_exit(127);
}

/// Moves a descriptor out of the way of the three standard ones.
Descriptor above_standard(Descriptor fd) {
  if (fd.get() > 2) return fd;
  const int copy = ::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3);
  if (copy < 0) fail("fcntl");
  return Descriptor(copy);
}

int exit_status(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

struct Process::State {
  pid_t pid = -1;
  std::mutex mutex; // over reaped: after reaping, the number may be another's
  bool reaped = false;
  int status = 0;
  Descriptor channel;
  Descriptor errors;
  std::string received;
  bool ended = false;
  std::string complaint;

  /// Takes what lies in the error pipe, without waiting.
  void take_errors() {
    char buffer[4096];
    while (errors.get() >= 0) {
      const ssize_t n = ::read(errors.get(), buffer, sizeof buffer);
      if (n > 0) {
        complaint.append(buffer, static_cast<std::size_t>(n));
        if (complaint.size() > 65536) complaint.erase(0, complaint.size() - 32768);
        continue;
      }
      if (n == 0) errors.reset();
      if (n < 0 && errno == EINTR) continue;
      break;
    }
  }
};

Process::Process(const Launch& launch) : m_state(std::make_unique<State>()) {
  std::vector<std::string> arguments{launch.program.string()};
  arguments.insert(arguments.end(), launch.arguments.begin(), launch.arguments.end());
  std::vector<std::string> environment = merged_environment(launch.environment);
  const std::vector<char*> argument_list = pointers(arguments);
  const std::vector<char*> environment_list = pointers(environment);

  Descriptor child_in;
  Descriptor child_out;
  Descriptor child_errors;
  if (launch.conversation) {
    Ends channel = make_channel();
    Ends complaints = make_pipe();
    ::fcntl(complaints.ours.get(), F_SETFL, O_NONBLOCK);
    m_state->channel = std::move(channel.ours);
    m_state->errors = std::move(complaints.ours);
    child_in = above_standard(std::move(channel.theirs));
    child_errors = above_standard(std::move(complaints.theirs));
  } else {
    child_in = above_standard(Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
    const std::string log = launch.log.empty() ? "/dev/null" : launch.log.string();
    const int fd = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) fail(log.c_str());
    child_out = above_standard(Descriptor(fd));
  }
  Ends report = make_pipe();
  report.theirs = above_standard(std::move(report.theirs));

  Child child{};
  child.program = arguments[0].c_str();
  child.arguments = argument_list.data();
  child.environment = environment_list.data();
  child.input = child_in.get();
  child.output = launch.conversation ? child_in.get() : child_out.get();
  child.errors = launch.conversation ? child_errors.get() : child_out.get();
  child.report = report.theirs.get();
  child.end_with_us = launch.end_with_us;
  child.private_files = launch.private_files;
  child.parent = ::getpid();
  m_state->pid = ::fork();
  if (m_state->pid < 0) fail("fork");
  if (m_state->pid == 0) become(child);
  ::setpgid(m_state->pid, m_state->pid); // both sides do it: whoever comes first
  report.theirs.reset();

  int error = 0;
  ssize_t n = 0;
  do {
    n = ::read(report.ours.get(), &error, sizeof error);
  } while (n < 0 && errno == EINTR);
  if (n == static_cast<ssize_t>(sizeof error)) {
    int status = 0;
    ::waitpid(m_state->pid, &status, 0);
    throw std::system_error(error, std::generic_category(), launch.program.string());
  }
}

Process::~Process() {
  kill_group();
  wait(std::chrono::seconds(5));
}

long Process::id() const { return m_state->pid; }

std::optional<int> Process::wait(std::chrono::milliseconds patience) {
  const Clock::time_point deadline = Clock::now() + patience;
  for (auto pause = std::chrono::milliseconds(1);;
       pause = std::min(2 * pause, std::chrono::milliseconds(20))) {
    {
      const std::scoped_lock lock(m_state->mutex);
      if (m_state->reaped) return m_state->status;
      siginfo_t info{};
      // Seen but not yet reaped, it keeps its number, so that the group cannot be another's.
      if (::waitid(P_PID, static_cast<id_t>(m_state->pid), &info, WEXITED | WNOHANG | WNOWAIT) !=
              0 ||
          info.si_pid != 0) {
        ::kill(-m_state->pid, SIGKILL);
        int status = 0;
        const pid_t reaped = ::waitpid(m_state->pid, &status, 0);
        m_state->reaped = true;
        m_state->status = reaped == m_state->pid ? exit_status(status) : 127;
        return m_state->status;
      }
    }
    if (Clock::now() >= deadline) return std::nullopt;
    std::this_thread::sleep_for(pause);
  }
}

void Process::kill_group() {
  const std::scoped_lock lock(m_state->mutex);
  if (!m_state->reaped) ::kill(-m_state->pid, SIGKILL);
}

bool Process::write_line(std::string_view line) {
  std::string text(line);
  text += '\n';
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n =
        ::send(m_state->channel.get(), text.data() + done, text.size() - done, k_send_flags);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

void Process::close_input() { ::shutdown(m_state->channel.get(), SHUT_WR); }

Process::Read Process::read_line(std::string& line, Clock::time_point deadline) {
  for (;;) {
    const std::size_t end = m_state->received.find('\n');
    if (end != std::string::npos) {
      line = m_state->received.substr(0, end);
      m_state->received.erase(0, end + 1);
      return Read::line;
    }
    if (m_state->ended) return Read::ended;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Read::late;
    pollfd waits[2] = {{m_state->channel.get(), POLLIN, 0}, {m_state->errors.get(), POLLIN, 0}};
    const int ready = ::poll(waits, 2, static_cast<int>(std::min<long long>(left + 1, 60000)));
    if (ready < 0 && errno != EINTR) return Read::ended;
    if (ready <= 0) continue;
    if (waits[1].revents != 0) m_state->take_errors();
    if (waits[0].revents == 0) continue;
    char buffer[4096];
    const ssize_t n = ::recv(m_state->channel.get(), buffer, sizeof buffer, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      m_state->ended = true;
    } else {
      m_state->received.append(buffer, static_cast<std::size_t>(n));
    }
  }
}

std::string Process::last_words() {
  m_state->take_errors();
  std::string text = m_state->complaint;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const std::size_t start = text.rfind('\n');
  return start == std::string::npos ? text : text.substr(start + 1);
}

void wait_for_end(long id) {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(id), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
}

void kill_foreign_group(long id) {
  if (id > 1) ::kill(static_cast<pid_t>(-id), SIGKILL);
}

std::vector<std::filesystem::path> listening_sockets(long id) {
  namespace fs = std::filesystem;
  std::vector<fs::path> out;
#ifdef __linux__
  // Its open files name sockets by number, and the system's list names number and path.
  std::set<std::string> numbers;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const long process = std::atol(entry.path().filename().c_str());
    if (process == 0 || ::getpgid(static_cast<pid_t>(process)) != id) continue;
    std::error_code gone;
    for (const fs::directory_entry& file : fs::directory_iterator(entry.path() / "fd", gone)) {
      const std::string target = fs::read_symlink(file.path(), gone).string();
      constexpr std::string_view prefix = "socket:[";
      if (target.starts_with(prefix)) {
        numbers.insert(target.substr(prefix.size(), target.size() - prefix.size() - 1));
      }
    }
  }
  std::ifstream list("/proc/net/unix");
  constexpr std::string_view listening = "00010000"; // flags of a socket that accepts
  for (std::string line; std::getline(list, line);) {
    std::istringstream fields(line);
    std::string field[7];
    for (std::string& f : field) fields >> f;
    std::string path;
    std::getline(fields >> std::ws, path);
    if (field[3] == listening && path.starts_with('/') && numbers.contains(field[6])) {
      out.emplace_back(path);
    }
  }
#else
  static_cast<void>(id);
#endif
  return out;
}

std::filesystem::path running_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error);
}

std::vector<std::filesystem::path> search_path() {
  std::vector<std::filesystem::path> out;
  const char* value = std::getenv("PATH");
  std::string_view rest = value == nullptr ? "" : value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

} // namespace engross::office
