// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/document.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace engross::letterhead {

/// A size of letter paper, upright, as ODF writes lengths.
struct Paper {
  std::string name;
  std::string width;
  std::string height;
};

/// "Letter", "Legal" or "A4".
std::optional<Paper> paper_named(std::string_view name);

/// Puts the pages of a letterhead that are letter paper (any of the above, upright or on its side)
/// on `paper`, in the direction in which they lie. Margins stay, and so do envelopes and labels.
void set_paper(odf::Document& letterhead, const Paper& paper);

} // namespace engross::letterhead
