// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/document.hpp"
#include "templating/compile.hpp"

#include <cstddef>
#include <cstdint>

namespace engross::templating {

/// A document whose text other templates include: marked once, copied wherever it is included.
struct Fragment {
  odf::Document document;
  MarkedPart marked;
};

/// Puts the text of a fragment in the place of the include tag \p tag of \p content, the marked
/// content.xml of \p target. Lists, tables, notes, pictures and automatic styles come along under
/// names of their own (\p number: how many were put in before); named styles are those of the
/// target, and one that it lacks is a finding. Pages are the target's. The tags of the fragment are
/// appended to those of the content; the index of the first of them is returned.
std::size_t insert_fragment(odf::Document& target, MarkedPart& content, std::uint32_t tag,
                            const Fragment& fragment, std::size_t number);

} // namespace engross::templating
