// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::letterhead {

/// Where a text still has to be filled in, as begin and end in bytes: "[name]", also where the
/// bracket closes in a later paragraph, "<<name>>", "{Name}", "____", "20__", "●", "TBD", "XXX",
/// "………" and, in English, "«Name»". Not the brackets of quotations, nor remarks about the pages
/// ("[Signature page follows]"). What stands in a template's tag is for the caller to leave out.
struct BlankForms {
  const std::vector<std::string>& allowed; ///< globs with the brackets
  bool is_to_sign = false;                 ///< a rule is there to be signed on
  bool has_merge_signs = true;             ///< « and » are no quotation marks
};
std::vector<std::pair<std::size_t, std::size_t>> blanks_of(std::string_view text,
                                                           const BlankForms& forms);

} // namespace engross::letterhead
