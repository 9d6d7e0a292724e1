// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace engross::odf {

/// The usual prefix of a namespace of ODF 1.3 or of an extension that offices write; empty for
/// others.
std::string_view usual_prefix(std::string_view uri);

/// The namespace of a usual prefix; empty for others.
std::string_view usual_uri(std::string_view prefix);

/// Gives every namespace of ODF its usual prefix: other bindings are renamed, and a usual prefix
/// that is bound to something else gets out of the way. Also turns CDATA into text and joins
/// neighbouring texts. Findings: a prefix that is not declared, an attribute that stands twice, a
/// root that is not ODF.
Findings normalise(pugi::xml_document& document, const std::string& file, const std::string& part);

} // namespace engross::odf
