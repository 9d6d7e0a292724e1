// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "letterhead/house/house.hpp"
#include "letterhead/house/reference.hpp"
#include "letterhead/house/subject.hpp"

#include <vector>

namespace engross::letterhead {

/// One breach of the house style.
struct Hit {
  Rule rule{};
  Finding finding;
  bool is_repairable = false; ///< standardise can put it right with certainty
};
using Hits = std::vector<Hit>;

/// Whether a document is a template: by its mimetype, or by its name as house.json lists them.
bool is_template(const Subject& subject, const House& house);

/// Every breach, in the order of the rules and, within a rule, of the document. `reference` may be
/// null: rules that compare with the letterhead then rest. Reads only what it is given.
Hits audit(const Subject& subject, const House& house, const Reference* reference);

/// The findings of a house style itself: rules that need a letterhead where none is named.
Findings check_house(const House& house, const Reference* reference, const std::string& file);

/// Styles that the house style names, and that neither the letterhead nor one of `templates` has.
Findings check_styles_named(const House& house, const Reference& reference,
                            const std::vector<Subject>& templates, const std::string& file);

} // namespace engross::letterhead
