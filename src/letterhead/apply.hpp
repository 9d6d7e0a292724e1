// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/document.hpp"

#include <string>
#include <string_view>

namespace engross::letterhead {

/// Puts a document on a letterhead: page layouts, master pages with their headers and footers,
/// fonts, named styles, list styles and the images that they use come from `letterhead` and
/// replace those of the same name; everything else of `target` stays. Master pages are matched by
/// role (first/continuation, landscape); a First Page -> Standard chain in the target becomes the
/// one master page whose first page is the letterhead (ODF 1.3 part 3, 16.9, style:header-first),
/// and the body's style:master-page-name references follow. The text of the body is untouched.
/// Tags in the letterhead's headers come along untouched: they are compiled with the template.
/// Findings: a style that the body uses and nobody defines; a letterhead without a master page.
Findings apply(odf::Document& target, const odf::Document& letterhead);

/// As findings call it: its file's stem.
std::string letterhead_name(std::string_view file);

} // namespace engross::letterhead
