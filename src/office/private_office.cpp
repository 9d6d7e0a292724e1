// SPDX-License-Identifier: MPL-2.0
#include "office/private_office.hpp"

#include "office/locate.hpp"
#include "office/profile.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/bridge/UnoUrlResolver.hpp>
#include <com/sun/star/bridge/XUnoUrlResolver.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <cppuhelper/bootstrap.hxx>
#include <rtl/bootstrap.hxx>

#include <fstream>
#include <system_error>
#include <vector>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

/// "Start me again": the office's own convention after its first start with a new profile.
constexpr int k_restart_status = 81;
constexpr int k_restarts = 3;

std::string last_line(const fs::path& log) {
  std::ifstream file(log);
  std::string last;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

/// What an earlier office has left in the work folder.
void remove_traces(const fs::path& work_folder) {
  std::error_code ignored;
  for (const char* name : {"profile", "tmp"}) fs::remove_all(work_folder / name, ignored);
}

/// The office listens in the system's temporary folder and cannot be told otherwise. Once we are
/// connected nobody else needs to find it, and a killed one leaves nothing there.
void remove_sockets(long process) {
  std::error_code ignored;
  for (const fs::path& socket : listening_sockets(process)) fs::remove(socket, ignored);
}

} // namespace

PrivateOffice::PrivateOffice(fs::path program_folder, fs::path work_folder,
                             std::function<void(const Started&)> on_start)
    : m_program_folder(std::move(program_folder)), m_work_folder(std::move(work_folder)),
      m_pipe(m_work_folder.filename().string()), m_on_start(std::move(on_start)) {}

PrivateOffice::~PrivateOffice() { end(); }

bool PrivateOffice::running() { return m_process && m_process->running(); }

void PrivateOffice::spawn() {
  const fs::path profile = m_work_folder / "profile";
  const fs::path no_extensions = m_work_folder / "none";
  const fs::path temporary = m_work_folder / "tmp";
  Launch launch;
  try {
    fs::create_directories(no_extensions);
    fs::create_directories(temporary);
    if (!fs::exists(profile)) write_profile(profile, m_program_folder);
  } catch (const std::system_error& e) {
    throw NotStarted(e.what());
  }
  launch.program = office_binary(m_program_folder);
  launch.arguments = {"--headless",
                      "--norestore",
                      "--nologo",
                      "--nodefault",
                      "--nolockcheck",
                      "--nofirststartwizard",
                      "--quickstart=no",
                      "--accept=pipe,name=" + m_pipe + ";urp;",
                      "-env:UserInstallation=" + file_url(profile),
                      "-env:BUNDLED_EXTENSIONS=" + file_url(no_extensions),
                      "-env:UNO_SHARED_PACKAGES=" + file_url(no_extensions)};
  launch.environment = {{"TMPDIR", temporary.string()},
                        {"LC_ALL", "C.UTF-8"},
                        {"SAL_USE_VCLPLUGIN", "svp"},
                        {"SAL_DISABLE_CUPS", "1"},
                        // Large blocks, asked for again with each DOCX, are not handed back to the
                        // system in between.
                        {"MALLOC_MMAP_THRESHOLD_", "33554432"},
                        {"MALLOC_TRIM_THRESHOLD_", "67108864"}};
  launch.log = m_work_folder / "office.log";
  launch.end_with_us = true;
  launch.private_files = true;
  long id = 0;
  {
    const std::scoped_lock lock(m_mutex);
    if (m_killed || m_forbidden) throw NotStarted("it was ended");
    try {
      m_process = std::make_unique<Process>(launch);
    } catch (const std::system_error& e) {
      throw NotStarted(e.what());
    }
    id = m_process->id();
  }
  m_on_start({id, m_work_folder});
}

void PrivateOffice::start() {
  if (running()) {
    try {
      // A dying office may still count as running; this call would not come back.
      if (m_remote->getServiceManager().is()) return;
    } catch (const css::uno::Exception&) {
      const std::scoped_lock lock(m_mutex);
      kill_process();
    }
    bury();
  }
  remove_traces(m_work_folder);
  spawn();

  if (!m_local.is()) {
    // The office's own services are not needed on this side, but all of its types are: a bridge
    // that meets an unknown one ends the program.
    const std::string folder = file_url(m_program_folder);
    rtl::Bootstrap::set("UNO_TYPES", ascii(folder + "/types.rdb " + folder + "/types/offapi.rdb"));
    rtl::Bootstrap::set("UNO_SERVICES", ascii(folder + "/services.rdb"));
    try {
      m_local = cppu::defaultBootstrap_InitialComponentContext();
    } catch (const css::uno::Exception& e) {
      throw NotStarted(utf8(e.Message));
    }
  }
  const auto resolver = css::bridge::UnoUrlResolver::create(m_local);
  const rtl::OUString address =
      ascii("uno:pipe,name=" + m_pipe + ";urp;StarOffice.ComponentContext");
  for (int restarts = 0;;) {
    if (const auto status = m_process->wait(std::chrono::milliseconds(5))) {
      if (*status == k_restart_status && restarts++ < k_restarts) {
        spawn();
        continue;
      }
      std::string seen = "it ended with status " + std::to_string(*status);
      const std::string line = last_line(m_work_folder / "office.log");
      if (!line.empty()) seen += " (" + line + ")";
      throw NotStarted(seen);
    }
    try {
      m_remote.set(resolver->resolve(address), css::uno::UNO_QUERY);
      if (m_remote.is()) {
        remove_sockets(m_process->id());
        return;
      }
    } catch (const css::uno::Exception&) {
      // Not listening yet, or ended meanwhile, which the next round sees.
    }
  }
}

void PrivateOffice::end() noexcept {
  if (!m_process) return;
  try {
    if (m_remote.is() && running()) css::frame::Desktop::create(m_remote)->terminate();
  } catch (const css::uno::Exception&) {
    // It may cut the line before it answers; the process tells.
  }
  m_remote.clear();
  m_process->wait(std::chrono::seconds(5));
  const std::scoped_lock lock(m_mutex);
  m_process.reset();
}

void PrivateOffice::kill_process() {
  if (!m_process) return;
  remove_sockets(m_process->id());
  m_process->kill_group();
}

void PrivateOffice::kill() {
  const std::scoped_lock lock(m_mutex);
  m_killed = true;
  kill_process();
}

void PrivateOffice::bury() {
  m_remote.clear();
  if (m_process) m_process->wait(std::chrono::seconds(5));
}

void PrivateOffice::forbid() {
  const std::scoped_lock lock(m_mutex);
  m_forbidden = true;
  kill_process();
}

PrivateOffice::Fate PrivateOffice::fate() {
  const std::scoped_lock lock(m_mutex);
  if (m_forbidden) return Fate::forbidden;
  return m_killed ? Fate::killed : Fate::own;
}

void PrivateOffice::allow() {
  const std::scoped_lock lock(m_mutex);
  m_killed = false;
}

} // namespace engross::office
