// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/process.hpp"

namespace engross::cli {

/// A work folder that goes with this object, and also when a person interrupts the program, which
/// then ends with k_interrupted. One at a time; to be made before other threads are started.
class InterruptibleFolder {
 public:
  /// Throws std::system_error.
  InterruptibleFolder();
  ~InterruptibleFolder();
  InterruptibleFolder(const InterruptibleFolder&) = delete;
  InterruptibleFolder& operator=(const InterruptibleFolder&) = delete;

  const std::filesystem::path& path() const { return m_folder.path(); }

 private:
  office::WorkFolder m_folder;
};

} // namespace engross::cli
