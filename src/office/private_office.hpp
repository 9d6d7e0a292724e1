// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/process.hpp"
#include "office/protocol.hpp"

#include <com/sun/star/uno/XComponentContext.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

namespace engross::office {

/// LibreOffice could not be started; what() says what was seen.
class NotStarted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One headless LibreOffice of our own, with a profile of its own, reached through a pipe. One
/// thread, except for kill and forbid.
class PrivateOffice {
 public:
  /// `on_start` hears of every start.
  PrivateOffice(std::filesystem::path program_folder, std::filesystem::path work_folder,
                std::function<void(const Started&)> on_start);
  ~PrivateOffice();
  PrivateOffice(const PrivateOffice&) = delete;
  PrivateOffice& operator=(const PrivateOffice&) = delete;

  bool running();
  /// Why calls into it fail: by our own kill, by forbid, or for a reason of its own.
  enum class Fate { own, killed, forbidden };
  Fate fate();
  /// Starts it with a fresh profile unless it runs, and waits until it answers or is killed: there
  /// is no time limit in here. Throws NotStarted.
  void start();
  /// Valid while it runs.
  const css::uno::Reference<css::uno::XComponentContext>& context() const { return m_remote; }

  /// Asks it to end, then kills what is left. Returns when it is gone.
  void end() noexcept;

  /// Ends it and its whole group at once, from any thread; calls into it fail then.
  void kill();
  /// After a kill: returns when it is gone.
  void bury();
  /// The same, and it never starts again.
  void forbid();
  /// After a kill: starts are possible again.
  void allow();

 private:
  void spawn();
  void kill_process();

  std::filesystem::path m_program_folder;
  std::filesystem::path m_work_folder;
  std::string m_pipe; ///< its name; the work folder's, which no other has
  std::function<void(const Started&)> m_on_start;
  css::uno::Reference<css::uno::XComponentContext> m_local;
  css::uno::Reference<css::uno::XComponentContext> m_remote;
  std::mutex m_mutex; // over the three below; only our own thread changes m_process
  std::unique_ptr<Process> m_process;
  bool m_killed = false;
  bool m_forbidden = false;
};

} // namespace engross::office
