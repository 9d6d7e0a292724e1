// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"

namespace engross::odf {

Findings check_external_links(const pugi::xml_document&, const std::string&, const std::string&) {
  return {};
}

} // namespace engross::odf
