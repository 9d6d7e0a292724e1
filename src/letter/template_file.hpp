// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/document.hpp"

#include <string>

/// What a document that becomes a template brings along.
namespace engross::letter {

/// Whether it has a letterhead of its own: a drawing or more than a line in a page header or
/// footer, or a header of the first page. "Page 2" is none.
bool has_letterhead(const odf::Document& document);

/// Gives other names to the document's bookmarks that are called as those for the page headers will
/// be (a finished letter has such), with all that refers to them.
void free_anchor_names(odf::Document& document);

/// Gives other ids to the lists that are called as those of the slots will be: a letter of an
/// earlier pass or an old one has such. Lists that go on with them follow.
void free_slot_ids(odf::Document& document);

/// The style that marks missing values is for drafts: a letter in which nothing has it does not
/// show it in its list of styles, and a draft that has no such style gets one. `styles`: styles.xml
/// as written; empty: as the template has it, and left so.
void fit_missing_style(std::string& styles, bool content_uses_it);

} // namespace engross::letter
