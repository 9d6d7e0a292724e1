// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace engross::cli {

/// The sign that a program leaves beside a document while somebody has it open.
struct InUse {
  std::string program; ///< "LibreOffice (Jane Doe)", "Word"
  std::filesystem::path lock;
};

/// None where nothing beside `file` says that it is open: `.~lock.NAME#` of LibreOffice, `~$NAME`
/// of Word, who leaves out the first letters of longer names.
std::optional<InUse> in_use(const std::filesystem::path& file);

} // namespace engross::cli
