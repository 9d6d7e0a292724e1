// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/house.hpp"
#include "letterhead/house/subject.hpp"

#include <string_view>

namespace engross::letterhead {

/// Whether a property may be set by hand: the house says so, or another rule looks at it.
bool is_allowed_by_hand(const House& house, std::string_view property);
/// Whether standardise takes it off.
bool is_removed_by_hand(const House& house, std::string_view property);

/// Whether the measures of a paragraph set by hand are all that it has: text in Standard, which
/// says nothing of distances. Taking them off would run the text together.
bool needs_measures(const StyleSheet& styles, std::string_view paragraph_style);

/// A font of signs: in another font its text would be other signs.
bool is_symbol_font(std::string_view family);

/// Smaller than anybody reads: a document number or a note that was to be invisible.
bool is_unreadable_size(std::string_view size);

/// Formatting by hand that hides text or makes signs of it: taken off, it would print other words.
bool stays_by_hand(std::string_view property, std::string_view value);

/// What an automatic paragraph style changes of the named style behind it.
Properties changed_by_paragraph(const StyleSheet& styles, std::string_view name);
/// What an automatic style of a text:span changes of the text around it.
Properties changed_by_span(const StyleSheet& styles, const TextParagraph& p,
                           const pugi::xml_node& span);

} // namespace engross::letterhead
