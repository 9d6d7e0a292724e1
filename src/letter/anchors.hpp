// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/compile.hpp"

#include <set>
#include <string>

namespace engross::letter {

/// The names to which a part gives values itself: the targets of `set` and of loops.
std::set<std::string> names_given(const templating::MarkedPart& part);
/// Whether an expression reads one of them, or of its members.
bool reads_any(const templating::Expression& expression, const std::set<std::string>& names);

/// The print tags of the page headers past the first page: those that may refer to the address
/// block instead of repeating it.
templating::Anchors anchors_of(const templating::MarkedPart& styles);

} // namespace engross::letter
