// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engross::letterhead {

/// A length of ODF 1.3 part 3, 18.3.18 ("0.5in", "12pt", "1.27cm") in points; none for anything
/// else, percentages included.
std::optional<double> points_of(std::string_view length);

/// Whether two lengths are the same to a reader: Writer rounds to hundredths of a millimetre.
bool same_length(double a, double b);

/// "0.5in" from points, for documents in inches; at most three decimals.
std::string inches(double points);
/// "1.27cm" from points.
std::string centimetres(double points);
/// "11pt"
std::string point_text(double points);

} // namespace engross::letterhead
