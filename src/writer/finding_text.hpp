// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <string>

namespace engross::writer {

/// All findings for a dialog with a proportional font: sentence, place, remedy of each, errors
/// first.
std::string for_reading(const Findings& findings);

/// One line: "2 errors and 1 warning: There is no value closing_date." Empty without findings.
std::string summary(const Findings& findings);

} // namespace engross::writer
