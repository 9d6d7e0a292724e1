// SPDX-License-Identifier: MPL-2.0
#include "odf/zip_memory.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace engross::odf {

namespace {

// Called from C: nothing may be thrown through it.

ZPOS64_T size_of(const MemoryFile& file) {
  return file.output != nullptr ? file.output->size() : file.input.size();
}

voidpf open_file(voidpf opaque, const void*, int) { return opaque; }

uLong read_file(voidpf, voidpf stream, void* buffer, uLong size) {
  auto& file = *static_cast<MemoryFile*>(stream);
  if (file.output != nullptr || file.position >= file.input.size()) return 0;
  const std::size_t count = std::min<std::size_t>(size, file.input.size() - file.position);
  std::memcpy(buffer, file.input.data() + file.position, count);
  file.position += count;
  return count;
}

uLong write_file(voidpf, voidpf stream, const void* buffer, uLong size) {
  auto& file = *static_cast<MemoryFile*>(stream);
  if (file.output == nullptr) return 0;
  try {
    const auto* bytes = static_cast<const char*>(buffer);
    if (file.position == file.output->size()) {
      file.output->append(bytes, size);
    } else {
      if (file.position + size > file.output->size()) file.output->resize(file.position + size);
      std::memcpy(file.output->data() + file.position, bytes, size);
    }
  } catch (const std::bad_alloc&) {
    file.failed = true;
    return 0;
  }
  file.position += size;
  return size;
}

ZPOS64_T tell_file(voidpf, voidpf stream) { return static_cast<MemoryFile*>(stream)->position; }

long seek_file(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  auto& file = *static_cast<MemoryFile*>(stream);
  ZPOS64_T base = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = file.position;
  if (origin == ZLIB_FILEFUNC_SEEK_END) base = size_of(file);
  const ZPOS64_T target = base + offset;
  if (target > size_of(file)) return -1;
  file.position = target;
  return 0;
}

int close_file(voidpf, voidpf) { return 0; }

int test_error(voidpf, voidpf stream) { return static_cast<MemoryFile*>(stream)->failed ? 1 : 0; }

} // namespace

zlib_filefunc64_def memory_functions(MemoryFile& file) {
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_file;
  functions.zread_file = read_file;
  functions.zwrite_file = write_file;
  functions.ztell64_file = tell_file;
  functions.zseek64_file = seek_file;
  functions.zclose_file = close_file;
  functions.zerror_file = test_error;
  functions.opaque = &file;
  return functions;
}

} // namespace engross::odf
