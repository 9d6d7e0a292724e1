// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "finding/finding.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace engross::letter {

/// A letter or a template, and the letterhead that it is to have.
struct LetterheadChange {
  std::filesystem::path file; ///< .odt .ott .fodt
  std::string letterhead;     ///< name in the firm folder, or a path
  std::filesystem::path firm; ///< folder with firm.json; empty: searched upwards from the file
  /// What the letterhead of a letter shows. A template keeps the letterhead's tags and needs none.
  std::vector<std::filesystem::path> deals{};
  std::vector<deal::Assignment> assignments{};
  std::optional<std::string> bytes{}; ///< of the file, where it need not be read
  bool as_template = false;           ///< the mimetype of the result
  bool as_flat = false;               ///< flat ODF instead of a package
  std::int64_t time = 315532800;      ///< of the package's entries, seconds since 1970
};

/// Puts an existing text on a letterhead; gives the bytes of the ODT or FODT. The text of the body
/// stays as it is. In the continuation header of a letter, what stands as a paragraph of its own in
/// the body (the addressee's name, the date) becomes a reference to it. Findings: what the
/// letterhead shows and nobody says; styles that neither has.
Result<std::string> put_on_letterhead(const LetterheadChange& change);

} // namespace engross::letter
