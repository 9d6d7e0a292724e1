// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/layout.hpp"

#include <filesystem>
#include <optional>

namespace engross::office {

/// How the headers and footers of a DOCX (ECMA-376 part 1, 17.10) stand on its pages, read from the
/// file: sections, title page, even pages, inheritance from the section before; fields as they were
/// stored. Which section a page belongs to is told by the line that it begins with in `letter`, the
/// same letter laid out. None where the file is no DOCX.
std::optional<Layout> read_docx_pages(const std::filesystem::path& docx, const Layout& letter);

} // namespace engross::office
