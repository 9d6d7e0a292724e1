// SPDX-License-Identifier: MPL-2.0
#pragma once

namespace engross::office {

/// What a hexadecimal digit stands for; -1: it is none.
constexpr int hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

} // namespace engross::office
