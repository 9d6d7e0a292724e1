// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string>

namespace engross::writer {

/// The day, in UTC, by which review dates are judged: "2026-11-22".
std::string today();

} // namespace engross::writer
