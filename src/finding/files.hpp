// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace engross {

/// A file to be written: its content, or that of another file.
struct NewFile {
  /// A link stays one, and what it leads to is replaced; who might read what stood there may read
  /// this, and nobody else.
  std::filesystem::path file;
  std::string bytes{};
  std::filesystem::path copy_of{}; ///< not empty: its content instead of `bytes`
};

/// The ending of a file's name in small letters: ".odt"; empty without one.
std::string ending_of(const std::filesystem::path& file);

struct NotWritten {
  std::filesystem::path file;
  std::string reason; ///< no full stop
};

/// Writes all or none: at first under hidden names in the folders of the targets, then all of them
/// take their names, or none does and what stood there stays. Empty when all is done.
std::optional<NotWritten> write_all_or_none(const std::vector<NewFile>& files);

} // namespace engross
