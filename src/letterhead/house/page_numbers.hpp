// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/auditor.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// What page fields may print on which page of a letter as it is laid out.
class PageNumbers {
 public:
  /// `auditor` must outlive this.
  explicit PageNumbers(const Auditor& auditor);

  /// What a page number of the letterhead's (or the house's own) header may print on a page,
  /// counted from 0; the page's own number comes first. `*` is any text: the letterhead shows no
  /// number there, or that of another page ("continued on page 3"). Where the letter begins to
  /// count anew, a schedule say, that count is right too.
  std::vector<std::string> of(std::size_t page, PageRole role, bool is_header) const;

  /// A text without the numbers of a page in it: what reads the same on other pages.
  std::string without(std::string_view text, std::size_t page) const;

  /// Whether each paragraph of the letter's headers and footers has lines of its own: none of them
  /// stands in a table or a text box.
  bool has_line_each() const { return m_has_line_each; }

 private:
  const Auditor& m_a;
  std::vector<int> m_restarts;
  std::string m_forms; ///< of the letterhead and of annexes: "1", "i", "I", "a", "A"
  bool m_has_line_each = true;
};

} // namespace engross::letterhead
