// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"

namespace engross::deal {

/// Objects merge member by member, anything else is replaced by `over`.
Value merge(const Value& under, const Value& over);

/// Sets one value; objects and lists that are missing on the way are made.
void assign(Value& root, const Assignment& assignment, const Limits& limits, Findings& findings);

} // namespace engross::deal
