// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string_view>

namespace engross::odf {

/// Whether a click on a link opens something to read: http, https, mailto, ftp, tel, or a place in
/// the document itself (#…). Where a template's tag gives the scheme, that is not known yet: true.
bool may_be_clicked(std::string_view href);

/// Whether a template's tag gives the beginning of an address.
bool begins_with_tag(std::string_view href);

} // namespace engross::odf
