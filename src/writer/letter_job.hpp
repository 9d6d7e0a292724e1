// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "finding/finding.hpp"
#include "letter/assembly.hpp"

#include <filesystem>
#include <vector>

namespace engross::writer {

/// One letter to be made: everything the engine is asked with, in one value.
struct LetterJob {
  letter::Sources sources;
  std::vector<std::filesystem::path> deals;
  std::vector<deal::Assignment> assignments;
  letter::Request request;
};

/// Compiles, reads the deal and renders. The findings are those of all three steps.
letter::Letter assemble(const LetterJob& job);

/// What a person could choose for this letter, as deal, rules and the job's own choices have it.
Result<std::vector<letter::OpinionChoice>> opinions(const LetterJob& job);

/// Both at once, for a dialog: what could be chosen, and all that `assemble` would find.
struct Preview {
  std::vector<letter::OpinionChoice> opinions;
  Findings findings;
};
Preview preview(const LetterJob& job);

} // namespace engross::writer
