// SPDX-License-Identifier: MPL-2.0
#include "office/small_picture.hpp"

#include <zlib.h>

#include <algorithm>
#include <string_view>

namespace engross::office {

namespace {

constexpr int k_greys = 16;
constexpr int k_steps = 4;        ///< of each colour
constexpr int k_grey_enough = 24; ///< difference of red, green and blue
constexpr std::uint8_t k_most = 255;

void add_number(std::string& out, unsigned long number) {
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>((number >> shift) & 0xFFU);
}

const Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<const Bytef*>(text.data()); // NOLINT: bytes as characters
}

void add_chunk(std::string& out, std::string_view type, std::string_view data) {
  add_number(out, data.size());
  const std::string whole = std::string(type) + std::string(data);
  out += whole;
  add_number(out, crc32(crc32(0, nullptr, 0), bytes_of(whole), static_cast<uInt>(whole.size())));
}

/// The nearest of `steps` steps from dark to light.
int step(int value, int steps) { return (value * (steps - 1) + k_most / 2) / k_most; }

char index_of(const Pixel& pixel) {
  const auto [least, most] = std::minmax_element(pixel.begin(), pixel.end());
  if (*most - *least <= k_grey_enough)
    return static_cast<char>(step((pixel[0] + pixel[1] + pixel[2]) / 3, k_greys));
  int out = 0;
  for (const std::uint8_t part : pixel) out = out * k_steps + step(part, k_steps);
  return static_cast<char>(k_greys + out);
}

std::string palette() {
  const auto level = [](int at, int steps) { return static_cast<char>(at * k_most / (steps - 1)); };
  std::string out;
  for (int i = 0; i < k_greys; ++i) out.append(3, level(i, k_greys));
  for (int red = 0; red < k_steps; ++red)
    for (int green = 0; green < k_steps; ++green)
      for (int blue = 0; blue < k_steps; ++blue)
        out += {level(red, k_steps), level(green, k_steps), level(blue, k_steps)};
  return out;
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, // NOLINT: bytes as characters
            bytes_of(bytes), static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  out.resize(size);
  return out;
}

} // namespace

std::string small_png(int width, int height, const std::vector<Pixel>& pixels) {
  std::string rows;
  rows.reserve(pixels.size() + static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (i % static_cast<std::size_t>(width) == 0) rows += '\0'; // no filter
    rows += index_of(pixels[i]);
  }
  std::string header;
  add_number(header, static_cast<unsigned long>(width));
  add_number(header, static_cast<unsigned long>(height));
  header += {8, 3, 0, 0, 0}; // eight bits, by palette, deflate, plain filters, not interlaced
  std::string out = "\x89PNG\r\n\x1A\n";
  add_chunk(out, "IHDR", header);
  add_chunk(out, "PLTE", palette());
  add_chunk(out, "IDAT", deflated(rows));
  add_chunk(out, "IEND", {});
  return out;
}

} // namespace engross::office
