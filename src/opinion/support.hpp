// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "finding/finding.hpp"
#include "opinion/choice.hpp"

#include <string>
#include <vector>

namespace engross::opinion {

/// What the firm and the deal say about the ground on which opinions stand.
struct Circumstances {
  std::string today;                     ///< ISO date; empty: dates are not looked at
  std::string laws_path;                 ///< in the deal: the laws that the letter covers
  const deal::Value* laws = nullptr;     ///< their wordings; nullptr: not looked at
  std::string examined_path;             ///< in the deal: the documents examined
  const deal::Value* examined = nullptr; ///< texts, or groups with texts; nullptr: not looked at
};

/// Findings for what is chosen: not approved, review overdue, resting on a law that the letter does
/// not cover or on a document that nobody examined. How bad each is says the firm.
void check_support(const Book& book, const std::vector<Choice>& choices,
                   const Circumstances& circumstances, Findings& findings);

} // namespace engross::opinion
