// SPDX-License-Identifier: MPL-2.0
#include "cli/interruptible_folder.hpp"

#include "cli/exit_status.hpp"

#include <cstdlib>
#include <mutex>

namespace engross::cli {

namespace {

std::mutex g_mutex; // the interruption comes on a thread of its own
const office::WorkFolder* g_folder = nullptr;

void interrupted() {
  const std::lock_guard lock(g_mutex);
  if (g_folder != nullptr) office::remove_work_folder(g_folder->path());
  std::_Exit(k_interrupted);
}

void set_folder(const office::WorkFolder* folder) {
  const std::lock_guard lock(g_mutex);
  g_folder = folder;
}

} // namespace

InterruptibleFolder::InterruptibleFolder() {
  set_folder(&m_folder);
  office::on_request_to_end(interrupted);
}

InterruptibleFolder::~InterruptibleFolder() { set_folder(nullptr); }

} // namespace engross::cli
