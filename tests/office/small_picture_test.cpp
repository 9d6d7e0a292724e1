// SPDX-License-Identifier: MPL-2.0
#include "office/small_picture.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace engross::office::test {

namespace {

/// The rows of a PNG that small_png made, each with its filter.
std::string rows_of(const std::string& png, std::size_t size) {
  const std::size_t at = png.find("IDAT") + 4;
  std::string out(size, '\0');
  uLongf length = size;
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(out.data()), &length,
                       reinterpret_cast<const Bytef*>(png.data() + at), png.size() - at),
            Z_OK);
  EXPECT_EQ(length, size);
  return out;
}

TEST(SmallPicture, GreysAndColoursByPalette) {
  const std::vector<Pixel> pixels = {{0, 0, 0}, {255, 255, 255}, {250, 255, 249}, {250, 10, 0}};
  const std::string png = small_png(2, 2, pixels);
  EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1A\n");
  EXPECT_EQ(png.substr(png.size() - 12, 8), std::string("\0\0\0\0IEND", 8));
  EXPECT_EQ(rows_of(png, 6), std::string({0, 0, 15, 0, 15, 16 + 48}));
  const std::size_t palette = png.find("PLTE") + 4;
  EXPECT_EQ(png.substr(palette + 3 * 15, 3), "\xFF\xFF\xFF");
  EXPECT_EQ(png.substr(palette + 3 * (16 + 48), 3), std::string("\xFF\0\0", 3));
}

} // namespace

} // namespace engross::office::test
