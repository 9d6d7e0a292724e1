// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <minizip/ioapi.h>

#include <string>
#include <string_view>

namespace engross::odf {

/// A file in memory for minizip. Must outlive the archive that is opened on it.
struct MemoryFile {
  std::string_view input;        ///< what is read
  std::string* output = nullptr; ///< what is written; null when reading
  ZPOS64_T position = 0;
  bool failed = false; ///< a write went wrong (out of memory)
};

/// Functions that make minizip read `file.input`, or write `file.output`.
zlib_filefunc64_def memory_functions(MemoryFile& file);

} // namespace engross::odf
