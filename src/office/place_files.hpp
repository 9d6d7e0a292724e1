// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace engross::office {

/// A file could not be put where it belongs; nothing has changed.
class NotPlaced : public std::runtime_error {
 public:
  NotPlaced(std::filesystem::path file, const std::string& reason)
      : std::runtime_error(reason), m_file(std::move(file)) {}
  const std::filesystem::path& file() const { return m_file; }

 private:
  std::filesystem::path m_file;
};

/// Copies each first to each second: at first under temporary names in the folders of the targets,
/// then all of them take their names, or none does and what stood there stays. Throws NotPlaced.
void place_files(const std::vector<std::pair<std::filesystem::path, std::filesystem::path>>& files);

} // namespace engross::office
