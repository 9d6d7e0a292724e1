// SPDX-License-Identifier: MPL-2.0
// Any bytes as a document: they open or give findings, and what opens can be written and opened
// again. Bytes that are no package are also tried as the content.xml of one.
#include "odf/document.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace engross::odf;

void demand(bool good) {
  if (!good) std::abort();
}

void try_document(std::string bytes) {
  Limits limits;
  limits.package_bytes = 1U << 20U;
  limits.unpacked_bytes = 4U << 20U;
  const auto document = Document::open("fuzz", std::move(bytes), limits);
  if (!document) {
    demand(engross::has_errors(document.findings));
    for (const engross::Finding& finding : document.findings) demand(!to_text(finding).empty());
    return;
  }
  const std::string written = write(*document, 0);
  demand(written == write(*document, 0));
  const auto again = Document::open("again", written);
  demand(bool(again));
  demand(to_string(again->content) == to_string(document->content));
  demand(again->version() == document->version());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  try_document(bytes);
  if (!bytes.starts_with("PK")) {
    PackageWriter writer("application/vnd.oasis.opendocument.text");
    writer.add("content.xml", "text/xml", bytes);
    try_document(writer.finish("1.3"));
    check_picture(bytes, "fuzz", "Pictures/a.svg");
  }
  std::string escaped =
      "<office:a xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" b=\"";
  append_escaped(escaped, bytes);
  escaped += "\"/>";
  demand(bool(parse_xml(escaped, "fuzz", "escaped")));
  return 0;
}
