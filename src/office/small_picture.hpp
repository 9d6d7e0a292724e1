// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace engross::office {

/// Red, green, blue.
using Pixel = std::array<std::uint8_t, 3>;

/// A PNG (RFC 2083) of a page to be looked at: sixteen greys, and four steps of each colour where
/// something is coloured. A page of text so takes a fifth of what it takes in full colour.
/// `pixels`: row by row, width times height of them.
std::string small_png(int width, int height, const std::vector<Pixel>& pixels);

} // namespace engross::office
