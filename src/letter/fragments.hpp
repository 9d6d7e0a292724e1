// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/document.hpp"
#include "templating/compile.hpp"

#include <filesystem>
#include <vector>

namespace engross::letter {

/// Puts the fragments that a template includes in the places of their tags; fragments may include
/// others. A fragment lies beside what includes it, beside the template, or in one of \p folders.
/// What cannot be included is a finding of \p content.
void include_fragments(odf::Document& document, templating::MarkedPart& content,
                       const std::filesystem::path& template_file,
                       const std::vector<std::filesystem::path>& folders);

} // namespace engross::letter
