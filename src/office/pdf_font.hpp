// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace engross::office {

/// What the codes of a font in a PDF stand for, by its ToUnicode map (ISO 32000-1, 9.10.3).
class PdfFont {
 public:
  PdfFont() = default;
  /// `map`: the CMap, inflated. What in it cannot be read is left out.
  explicit PdfFont(std::string_view map);

  /// In UTF-8. Codes that stand for nothing are left out.
  std::string text_of(std::string_view codes) const;

 private:
  std::size_t m_bytes = 1; ///< of each code
  std::map<unsigned, std::string> m_texts;
};

} // namespace engross::office
