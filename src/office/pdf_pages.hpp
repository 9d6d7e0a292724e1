// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/layout.hpp"
#include "office/printed_pages.hpp"

#include <filesystem>
#include <stdexcept>
#include <vector>

namespace engross::office {

/// The PDF cannot be read; what() says why.
class NotRead : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How the pages of a PDF made by LibreOffice with tags look, read from the file itself. Its header
/// is what stands above the first text of the body and is tagged as artifact (ISO 32000-1,
/// 14.8.2.2), its footer what stands so below the last. Page styles are not known.
Layout read_pdf_pages(const std::filesystem::path& pdf);

/// All texts on the pages of a PDF.
std::vector<PrintedPage> read_printed_pages(const std::filesystem::path& pdf);

/// Draws the first pages as PNG, one a file; none for a page that the PDF does not have.
void draw_pdf_pages(const std::filesystem::path& pdf,
                    const std::vector<std::filesystem::path>& pictures);

} // namespace engross::office
