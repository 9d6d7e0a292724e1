// SPDX-License-Identifier: MPL-2.0
#include "odf/deflate.hpp"

#include <libdeflate.h>

#include <new>
#include <utility>

namespace engross::odf {

namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

// No deflate stream grows by more than this factor: 258 bytes from two bits.
constexpr std::uint64_t k_largest_ratio = 1032;

} // namespace

std::uint32_t crc32(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

Deflater::Deflater() : m_compressor(libdeflate_alloc_compressor(k_deflate_level)) {
  if (m_compressor == nullptr) throw std::bad_alloc();
}

Deflater::~Deflater() { libdeflate_free_compressor(m_compressor); }

std::size_t Deflater::append(std::string& out, std::string_view bytes) {
  const std::size_t begin = out.size();
  const std::size_t bound = libdeflate_deflate_compress_bound(m_compressor, bytes.size());
  out.resize(begin + bound);
  const std::size_t size = libdeflate_deflate_compress(m_compressor, bytes.data(), bytes.size(),
                                                       out.data() + begin, bound);
  out.resize(begin + size);
  return size;
}

std::unique_ptr<Deflater> DeflaterPool::take() {
  {
    const std::lock_guard lock(m_mutex);
    if (!m_idle.empty()) {
      auto deflater = std::move(m_idle.back());
      m_idle.pop_back();
      return deflater;
    }
  }
  return std::make_unique<Deflater>();
}

void DeflaterPool::give_back(std::unique_ptr<Deflater> deflater) {
  const std::lock_guard lock(m_mutex);
  m_idle.push_back(std::move(deflater));
}

std::optional<std::string> inflate(std::string_view bytes, std::uint64_t size) {
  if (size / k_largest_ratio > bytes.size()) return std::nullopt;
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  std::string out(static_cast<std::size_t>(size), '\0');
  std::size_t used = 0;
  std::size_t made = 0;
  const libdeflate_result result = libdeflate_deflate_decompress_ex(
      decompressor.get(), bytes.data(), bytes.size(), out.data(), out.size(), &used, &made);
  if (result != LIBDEFLATE_SUCCESS || made != out.size() || used != bytes.size())
    return std::nullopt;
  return out;
}

} // namespace engross::odf
