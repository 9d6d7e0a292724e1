// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "finding/finding.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engross::deal {

enum class Format { json, xml, ini, info };

/// By the file name's ending; no value for any other ending.
std::optional<Format> format_of(std::string_view file_name);

/// A deal file in memory. Reading it from disk is the caller's business.
struct Source {
  std::string name; ///< as findings shall call it
  std::string bytes;
  Format format = Format::json;
};

/// `--set path=value`: the value is JSON where it parses as JSON, else text.
struct Assignment {
  std::string path; ///< "letter.date", "documents[0].title"
  std::string value;
};

struct Limits {
  std::size_t bytes = 16U << 20U; ///< of one file
  int depth = 256;                ///< of nesting
};

/// The data of one transaction.
struct Deal {
  Value root;                     ///< always an object
  std::vector<std::string> files; ///< what Origin::file points into
  std::vector<Format> formats;    ///< of each of the files
};

/// Reads and merges: objects merge member by member, anything else is replaced; later wins.
/// XML, INI and INFO: the root element is dropped, repeated siblings become a list, attributes
/// "@name", every scalar is text. Findings: broken syntax (with line), duplicate keys, DOCTYPE,
/// unknown entities, depth and size over the limits.
Result<Deal> read(std::span<const Source> sources, std::span<const Assignment> assignments = {},
                  const Limits& limits = {});

/// A JSON Schema (draft 7) as the firm ships it, compiled. Immutable, shareable.
class Schema {
 public:
  static Result<Schema> compile(const Source& source);
  ~Schema();
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;

  /// Where the schema says array, object, boolean, number or integer and XML, INI or INFO gave
  /// text or a lone element, the value becomes what the schema says; then the deal is validated,
  /// and each violation is a finding with data path, file and line.
  Findings apply(Deal& deal) const;

  /// For "is this name known": the paths of all declared properties, sorted; "documents[].title"
  /// for the entries of a list, and "offices[]", "offices[].city" for the members of a group in
  /// which the schema declares any name.
  const std::vector<std::string>& declared_paths() const;

 private:
  struct Compiled;
  explicit Schema(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> m_compiled;
};

/// Path of a value as a template writes it: joins "a.b" and "c" to "a.b.c", "a" and "[0]" to
/// "a[0]", "a" and "@id" to a["@id"].
std::string join_path(std::string_view parent, std::string_view member);

} // namespace engross::deal
