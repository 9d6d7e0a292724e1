// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engross::odf {

class DeflaterPool;
struct FlatTrees;

/// What a package may be at most; over it is a finding, before memory is spent.
struct Limits {
  std::size_t package_bytes = 64U << 20U;
  std::size_t unpacked_bytes = 256U << 20U; ///< all parts together, as inflated, not as declared
  std::size_t parts = 4096;
  int xml_depth = 256;
};

/// An ODF package (ODF 1.3 part 2) or a flat ODF file (part 3, 3.1.2 office:document) in memory.
/// A flat file is taken apart into the same parts as a package: content.xml, styles.xml, meta.xml,
/// settings.xml, and Pictures/… for each office:binary-data (references rewritten). Where it held
/// programs, Basic/flat.xml says so, without them.
/// Immutable after open; threads may share it.
class Package {
 public:
  /// Refuses with findings: no zip, broken or duplicate entries, encrypted packages or entries,
  /// paths that are absolute or climb out, limits, a missing or unknown mimetype, no content.xml.
  /// Every part is inflated once and its CRC compared, so that what is copied raw later is sound.
  static Result<Package> open(std::string name, std::string bytes, const Limits& limits = {});

  const std::string& name() const { return m_name; }
  /// "application/vnd.oasis.opendocument.text" or "…text-template".
  const std::string& mimetype() const { return m_mimetype; }

  bool contains(std::string_view path) const;
  /// All parts in the order of the package, without mimetype, META-INF/ and directory entries.
  const std::vector<std::string>& paths() const { return m_paths; }
  /// The part's bytes, inflated. A part that does not inflate or fails its CRC throws Error.
  std::string read(std::string_view path) const;
  /// As in META-INF/manifest.xml; empty where the manifest does not list the part.
  std::string_view media_type(std::string_view path) const;

  /// Folders that the manifest lists with a media type: embedded objects. An office knows them by
  /// this entry alone, so it must be written again where their parts are.
  struct Folder {
    std::string path; ///< ends in "/"
    std::string media_type;
    std::string version; ///< manifest:version, or empty
  };
  const std::vector<Folder>& folders() const;

  /// A part as it lies in the package, for copying without inflating. method: 0 stored, 8 deflated.
  struct Raw {
    std::string_view bytes;
    std::uint32_t crc = 0;
    std::uint64_t size = 0; ///< inflated
    int method = 0;
  };
  Raw raw(std::string_view path) const;

 private:
  friend struct Document;
  struct Contents;
  Package(std::string name, std::shared_ptr<const Contents> contents);
  static Result<Package> open_zip(const std::string& name, std::string bytes, const Limits& limits);
  static Result<Package> open(std::string name, std::string bytes, const Limits& limits,
                              FlatTrees* trees);
  /// With \p trees the main parts go there and not into the package.
  static Result<Package> open_flat(std::string name, std::string_view bytes, const Limits& limits,
                                   FlatTrees* trees);
  std::string m_name;
  std::string m_mimetype;
  std::vector<std::string> m_paths;
  std::shared_ptr<const Contents> m_contents;
};

/// Writes one package: mimetype first and stored, parts in sorted order, fixed times, a manifest of
/// exactly what is inside. Same calls, same bytes. One thread at a time.
class PackageWriter {
 public:
  /// `time`: seconds since 1970 for every entry (SOURCE_DATE_EPOCH); zip's floor is 1980-01-01.
  /// `pool` lends the memory of a compressor; without one each writer makes its own.
  explicit PackageWriter(std::string mimetype, std::int64_t time = 315532800,
                         DeflaterPool* pool = nullptr);
  ~PackageWriter();
  PackageWriter(const PackageWriter&) = delete;
  PackageWriter& operator=(const PackageWriter&) = delete;

  /// Deflates now; `bytes` need not live longer. A path that comes twice: the later one counts.
  void add(std::string path, std::string media_type, std::string_view bytes);
  /// A folder in the manifest alone (see Package::folders).
  void add_folder(const Package::Folder& folder);
  /// Copies a part still compressed; its bytes must live until finish().
  void copy(std::string path, std::string media_type, const Package::Raw& raw);
  /// `version`: office:version of content.xml, written as manifest:version: LibreOffice opens
  /// nothing where the two differ. Versions before 1.2, which have no manifest:version, write none.
  /// Once only.
  std::string finish(std::string_view version);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace engross::odf
