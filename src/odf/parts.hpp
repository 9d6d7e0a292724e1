// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/package.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace engross::odf {

/// A flat ODF file taken apart.
struct FlatParts {
  struct Part {
    std::string path;
    std::string media_type;
    std::string bytes;
  };
  std::string mimetype;
  std::vector<Part> parts;
};

/// The main parts of a flat file, parsed as they are; a flat file need not be written and read
/// again.
struct FlatTrees {
  pugi::xml_document content;
  pugi::xml_document styles;
  pugi::xml_document meta;
};

/// Splits an office:document (ODF 1.3 part 3, 3.1.2) into the parts of a package. With \p trees the
/// main parts go there and are none of `parts`. Basic is left
/// behind; office:binary-data becomes Pictures/<hash of the content>.<kind>.
Result<FlatParts> take_apart(std::string_view bytes, const std::string& file, const Limits& limits,
                             FlatTrees* trees = nullptr);

/// "image/png" for "png" and so on; "application/octet-stream" for what is not known.
std::string_view media_type_of_ending(std::string_view path);

/// "a spreadsheet (ODS)" for a mimetype of ODF that is no text; empty for all others.
std::string_view name_of_odf_kind(std::string_view mimetype);

/// Text documents and templates of them.
bool is_text_mimetype(std::string_view mimetype);

Place place_of(std::string file, std::string part = {}, int line = 0);

/// 1-based line of an offset.
int line_of(std::string_view text, std::size_t offset);

/// For a person: "17 bytes", "64 MB".
std::string size_text(std::uint64_t bytes);

inline constexpr std::string_view k_text_mimetype = "application/vnd.oasis.opendocument.text";
inline constexpr std::string_view k_template_mimetype =
    "application/vnd.oasis.opendocument.text-template";

} // namespace engross::odf
