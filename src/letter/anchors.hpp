// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/compile.hpp"

namespace engross::letter {

/// The print tags of the page headers past the first page: those that may refer to the address
/// block instead of repeating it.
templating::Anchors anchors_of(const templating::MarkedPart& styles);

} // namespace engross::letter
