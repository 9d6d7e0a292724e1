// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letterhead/page_plan.hpp"
#include "letterhead/style_import.hpp"
#include "odf/document.hpp"

namespace engross::letterhead {

/// Makes the letter's references to master pages follow the plan: those of its text, of its
/// automatic styles and of the named styles that stayed. A style that opens the letter and is used
/// further on is split in two. Findings: a page style that nobody defines; page 1 begun again.
Findings rewrite_page_references(odf::Document& letter, const PagePlan& plan,
                                 const StyleImport& styles);

} // namespace engross::letterhead
