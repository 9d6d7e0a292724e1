// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct libdeflate_compressor;

namespace engross::odf {

/// libdeflate's level for everything that is written; README.md has the measurements.
inline constexpr int k_deflate_level = 4;

/// CRC-32 as zip uses it.
std::uint32_t crc32(std::string_view bytes);

/// Raw deflate with one compressor's memory. One thread at a time.
class Deflater {
 public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// Appends the deflated bytes to `out`; returns how many.
  std::size_t append(std::string& out, std::string_view bytes);

 private:
  libdeflate_compressor* m_compressor;
};

/// Deflaters for many threads: one is lent to each writer and comes back with its memory warm.
/// Any thread may call it at any time.
class DeflaterPool {
 public:
  std::unique_ptr<Deflater> take();
  void give_back(std::unique_ptr<Deflater> deflater);

 private:
  std::mutex m_mutex;
  std::vector<std::unique_ptr<Deflater>> m_idle;
};

/// Inflates to exactly `size` bytes and uses all of the input; nothing else is ever written, so a
/// part that would grow over its declared size costs no more than that. Empty when broken.
std::optional<std::string> inflate(std::string_view bytes, std::uint64_t size);

} // namespace engross::odf
