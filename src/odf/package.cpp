// SPDX-License-Identifier: MPL-2.0
#include "odf/package.hpp"

#include "odf/deflate.hpp"
#include "odf/document.hpp"
#include "odf/parts.hpp"
#include "odf/utf8.hpp"
#include "odf/zip_memory.hpp"

#include <minizip/unzip.h>
#include <unordered_map>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <optional>
#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_manifest_path = "META-INF/manifest.xml";
constexpr std::size_t k_longest_path = 1024;
constexpr std::size_t k_longest_mimetype = 256;
constexpr uLong k_flag_encrypted = 0x0001;
constexpr uLong k_flag_strongly_encrypted = 0x0040;
constexpr uLong k_flag_masked = 0x2000;
constexpr uLong k_method_aes = 99;

struct Entry {
  std::size_t offset = 0; ///< of the data in Contents::bytes
  std::size_t compressed = 0;
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
  int method = 0;
  std::string media_type;
};

/// A name as a finding may show it: no control characters, not too long.
std::string shown(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 120))
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  while (!out.empty() && first_bad_utf8(out)) out.resize(*first_bad_utf8(out));
  if (name.size() > 120) out += "…";
  return out;
}

/// What is wrong with a part's name; null when nothing is.
const char* fault_of_path(std::string_view path) {
  if (path.empty()) return "is empty";
  if (path.size() > k_longest_path) return "is too long";
  if (first_bad_utf8(path)) return "is not UTF-8";
  if (std::any_of(path.begin(), path.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    return "holds a control character";
  if (path.find('\\') != std::string_view::npos) return "holds a backslash";
  if (path.front() == '/') return "leads out of the package";
  if (path.size() > 1 && path[1] == ':') return "leads out of the package";
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (segment == ".." || segment == ".") return "leads out of the package";
    if (segment.empty()) return "has an empty folder name";
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return nullptr;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

/// What a file is that is neither zip nor XML.
std::string_view name_of_other_file(std::string_view bytes) {
  if (bytes.empty()) return "an empty file";
  if (bytes.starts_with("%PDF")) return "a PDF file";
  if (bytes.starts_with("{\\rtf")) return "an RTF file";
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return "an old Microsoft Office file (such as .doc)";
  if (starts_with_any(bytes, {"\x89PNG", "\xFF\xD8\xFF", "GIF8"})) return "a picture";
  if (starts_with_any(bytes, {"{", "["})) return "a data file";
  if (starts_with_any(bytes, {"7z\xBC\xAF", "Rar!", "\x1F\x8B"}))
    return "an archive of another kind";
  return "a file of an unknown kind";
}

/// XML and all that might be meant as XML; other encodings get a finding of their own there.
bool looks_like_xml(std::string_view bytes) {
  if (starts_with_any(bytes, {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"})) return true;
  if (bytes.starts_with(std::string_view("\0<", 2)) ||
      bytes.starts_with(std::string_view("<\0", 2)))
    return true;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '<';
}

struct CloseUnzip {
  void operator()(void* file) const { unzClose(file); }
};

} // namespace

struct Package::Contents {
  std::string bytes;
  std::unordered_map<std::string, Entry> entries;
  std::vector<Folder> folders;

  const Entry* find(std::string_view path) const {
    const auto it = entries.find(std::string(path));
    return it == entries.end() ? nullptr : &it->second;
  }
  std::string_view packed(const Entry& entry) const {
    return std::string_view(bytes).substr(entry.offset, entry.compressed);
  }
  /// Empty when it does not inflate to what was declared or its CRC is another.
  std::optional<std::string> unpack(const Entry& entry) const {
    std::optional<std::string> out;
    if (entry.method == 0) {
      if (entry.size == entry.compressed) out = std::string(packed(entry));
    } else {
      out = inflate(packed(entry), entry.size);
    }
    if (out && crc32(*out) != entry.crc) out.reset();
    return out;
  }
};

namespace {

/// One entry as the central directory and its local header tell it.
struct Found {
  std::string path;
  Entry entry;
  std::size_t begin = 0; ///< of the local header
};

/// Reads the directory of a zip. Every refusal is a finding in `findings`; with one of them the
/// rest is not to be trusted.
class Directory {
 public:
  Directory(std::string_view bytes, const std::string& file, const Limits& limits)
      : m_bytes(bytes), m_file(file), m_limits(limits) {}

  std::vector<Found> read(Findings& findings) {
    // minizip reads zeros where the end of the directory is cut off.
    constexpr std::size_t end_size = 22;
    const std::size_t end = m_bytes.rfind("PK\5\6");
    if (end == std::string_view::npos || m_bytes.size() - end < end_size) {
      damaged(findings, "its directory is missing or cut off");
      return {};
    }
    MemoryFile memory{m_bytes};
    zlib_filefunc64_def functions = memory_functions(memory);
    const std::unique_ptr<void, CloseUnzip> zip(unzOpen2_64("", &functions));
    if (!zip) {
      damaged(findings, "its directory is missing or cut off");
      return {};
    }
    unz_global_info64 global{};
    if (unzGetGlobalInfo64(zip.get(), &global) != UNZ_OK || global.number_entry == 0 ||
        unzGoToFirstFile(zip.get()) != UNZ_OK) {
      damaged(findings, "its directory is empty");
      return {};
    }
    if (global.number_entry > m_limits.parts) {
      findings.push_back(make_finding(Code::over_limit, place_of(m_file),
                                      {"The number of parts", std::to_string(global.number_entry),
                                       std::to_string(m_limits.parts)}));
      return {};
    }
    m_directory = unzGetOffset64(zip.get());
    if (m_directory + 4 > m_bytes.size() || m_bytes.substr(m_directory, 4) != "PK\1\2") {
      damaged(findings, "its directory does not lie where it should");
      return {};
    }
    std::vector<Found> found;
    int status = UNZ_OK;
    while (status == UNZ_OK) {
      if (found.size() + findings.size() >= m_limits.parts ||
          !read_entry(zip.get(), found, findings))
        return {};
      status = unzGoToNextFile(zip.get());
    }
    if (status != UNZ_END_OF_LIST_OF_FILE) {
      damaged(findings, "its directory is cut off");
      return {};
    }
    if (findings.empty()) check_overlaps(found, findings);
    return found;
  }

 private:
  void damaged(Findings& findings, const char* why) const {
    findings.push_back(make_finding(Code::package_damaged, place_of(m_file), {why}));
  }

  bool read_entry(unzFile zip, std::vector<Found>& found, Findings& findings) const {
    std::array<char, k_longest_path + 1> name{};
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(zip, &info, name.data(), name.size(), nullptr, 0, nullptr, 0) !=
        UNZ_OK) {
      damaged(findings, "an entry of its directory cannot be read");
      return false;
    }
    Found entry;
    entry.path.assign(name.data(), std::min<std::size_t>(info.size_filename, name.size()));
    const Place place = place_of(m_file, shown(entry.path));
    std::string_view checked = entry.path;
    const bool folder = checked.size() > 1 && checked.back() == '/';
    if (folder) checked.remove_suffix(1);
    if (const char* fault = fault_of_path(checked)) {
      // The next names are judged, too; with this one nothing is opened.
      findings.push_back(make_finding(Code::part_path, place, {place.part, fault}));
      return true;
    }
    if ((info.flag & (k_flag_encrypted | k_flag_strongly_encrypted | k_flag_masked)) != 0 ||
        info.compression_method == k_method_aes) {
      findings.push_back(make_finding(Code::package_encrypted, place));
      return false;
    }
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED) {
      findings.push_back(make_finding(Code::part_method, place,
                                      {place.part, std::to_string(info.compression_method)}));
      return false;
    }
    int method = 0;
    int level = 0;
    // Compares the local header with the directory.
    if (unzOpenCurrentFile2(zip, &method, &level, 1) != UNZ_OK) {
      part_damaged(findings, place, "its two headers do not agree");
      return false;
    }
    const std::uint64_t data = unzGetCurrentFileZStreamPos64(zip);
    const int extra = unzGetLocalExtrafield(zip, nullptr, 0);
    unzCloseCurrentFile(zip);
    constexpr std::uint64_t header = 30;
    const std::uint64_t before = header + info.size_filename + static_cast<std::uint64_t>(extra);
    if (extra < 0 || data < before || data > m_directory ||
        info.compressed_size > m_directory - data) {
      part_damaged(findings, place, "it is cut off");
      return false;
    }
    entry.begin = data - before;
    if (m_bytes.substr(entry.begin + header, info.size_filename) != entry.path ||
        (static_cast<unsigned char>(m_bytes[entry.begin + 6]) & k_flag_encrypted) != 0) {
      part_damaged(findings, place, "its two headers do not agree");
      return false;
    }
    entry.entry = {.offset = data,
                   .compressed = info.compressed_size,
                   .size = info.uncompressed_size,
                   .crc = static_cast<std::uint32_t>(info.crc),
                   .method = static_cast<int>(info.compression_method),
                   .media_type = {}};
    found.push_back(std::move(entry));
    return true;
  }

  static void part_damaged(Findings& findings, const Place& place, const char* why) {
    findings.push_back(make_finding(Code::part_damaged, place, {place.part, why}));
  }

  void check_overlaps(const std::vector<Found>& found, Findings& findings) const {
    std::vector<const Found*> order;
    order.reserve(found.size());
    for (const Found& f : found) order.push_back(&f);
    std::sort(order.begin(), order.end(),
              [](const Found* a, const Found* b) { return a->begin < b->begin; });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const Found& a = *order[i - 1];
      const Found& b = *order[i];
      if (a.entry.offset + a.entry.compressed <= b.begin) continue;
      findings.push_back(make_finding(Code::part_overlap, place_of(m_file, shown(b.path)),
                                      {shown(a.path), shown(b.path)}));
      return;
    }
  }

  std::string_view m_bytes;
  const std::string& m_file;
  const Limits& m_limits;
  std::uint64_t m_directory = 0;
};

/// What a zip without an ODF mimetype is.
std::string_view name_of_zip(const std::function<bool(std::string_view)>& contains) {
  if (contains("[Content_Types].xml")) {
    if (contains("word/document.xml")) return "a Word document (DOCX)";
    if (contains("xl/workbook.xml")) return "an Excel workbook (XLSX)";
    if (contains("ppt/presentation.xml")) return "a PowerPoint presentation (PPTX)";
    return "a Microsoft Office file";
  }
  return "a zip archive";
}

} // namespace

Package::Package(std::string name, std::shared_ptr<const Contents> contents)
    : m_name(std::move(name)), m_contents(std::move(contents)) {}

namespace {

Result<Package> refuse(Finding finding) { return {std::move(finding)}; }

} // namespace

Result<Package> Package::open(std::string name, std::string bytes, const Limits& limits) {
  return open(std::move(name), std::move(bytes), limits, nullptr);
}

Result<Package> Package::open(std::string name, std::string bytes, const Limits& limits,
                              FlatTrees* trees) {
  if (bytes.size() > limits.package_bytes)
    return refuse(
        make_finding(Code::over_limit, place_of(name),
                     {"The file", size_text(bytes.size()), size_text(limits.package_bytes)}));
  const std::string_view start = bytes;
  if (start.starts_with("PK\3\4")) return open_zip(name, std::move(bytes), limits);
  if (start.starts_with("PK"))
    return refuse(
        make_finding(Code::package_damaged, place_of(name), {"it does not begin with a part"}));
  if (looks_like_xml(start)) return open_flat(std::move(name), start, limits, trees);
  return refuse(make_finding(Code::not_odf, place_of(name), {name_of_other_file(start)}));
}

Result<Package> Package::open_zip(const std::string& name, std::string bytes,
                                  const Limits& limits) {
  auto contents = std::make_shared<Contents>();
  contents->bytes = std::move(bytes);
  Findings findings;
  std::vector<Found> found = Directory(contents->bytes, name, limits).read(findings);
  if (has_errors(findings)) return findings;

  Package package(name, contents);
  std::uint64_t total = 0;
  for (Found& f : found) {
    const bool folder = f.path.back() == '/';
    const bool own = !folder && f.path != "mimetype" && !f.path.starts_with("META-INF/");
    const Place place = place_of(name, shown(f.path));
    if (!contents->entries.try_emplace(f.path, f.entry).second)
      return refuse(make_finding(Code::part_duplicate, place, {place.part}));
    if (own) package.m_paths.push_back(f.path);
    total += f.entry.size;
    if (f.entry.size > limits.unpacked_bytes || total > limits.unpacked_bytes)
      return refuse(make_finding(Code::over_limit, place,
                                 {"The unpacked document", "at least " + size_text(total),
                                  size_text(limits.unpacked_bytes)}));
  }
  const auto has = [&](std::string_view path) { return contents->find(path) != nullptr; };

  // A password before all else: the parts of a protected document look damaged.
  std::unordered_map<std::string, std::string> media_types;
  if (const Entry* entry = contents->find(k_manifest_path)) {
    const auto xml = contents->unpack(*entry);
    const std::string part(k_manifest_path);
    if (!xml)
      return refuse(make_finding(Code::part_damaged, place_of(name, part),
                                 {part, "it does not unpack to what its header says"}));
    const auto manifest = parse_xml(*xml, name, part, limits);
    if (!manifest) return manifest.findings;
    for (const pugi::xml_node node : manifest->document_element().children()) {
      if (std::string_view(node.name()) != "manifest:file-entry") continue;
      if (node.child("manifest:encryption-data"))
        return refuse(make_finding(Code::package_encrypted, place_of(name)));
      std::string path = node.attribute("manifest:full-path").value();
      std::string type = node.attribute("manifest:media-type").value();
      if (path.size() > 1 && path.back() == '/' && !type.empty() &&
          fault_of_path(std::string_view(path).substr(0, path.size() - 1)) == nullptr)
        contents->folders.push_back({path, type, node.attribute("manifest:version").value()});
      media_types.emplace(std::move(path), std::move(type));
    }
  }
  if (has("encrypted-package"))
    return refuse(make_finding(Code::package_encrypted, place_of(name)));

  const Entry* mimetype = contents->find("mimetype");
  if (mimetype == nullptr) {
    if (has("content.xml"))
      return refuse(make_finding(Code::part_missing, place_of(name), {"mimetype"}));
    return refuse(make_finding(Code::not_odf, place_of(name), {name_of_zip(has)}));
  }
  for (const Found& f : found) {
    // Each is inflated on its own and let go: never more memory than the largest.
    if (f.path.back() == '/' || contents->unpack(f.entry)) continue;
    const Place place = place_of(name, shown(f.path));
    append(findings, {make_finding(Code::part_damaged, place,
                                   {place.part, "it does not unpack to what its header says"})});
  }
  if (has_errors(findings)) return findings;

  std::string type =
      mimetype->size <= k_longest_mimetype ? contents->unpack(*mimetype).value() : std::string();
  while (!type.empty() && std::strchr(" \t\r\n", type.back()) != nullptr) type.pop_back();
  if (!is_text_mimetype(type)) {
    const std::string_view kind = name_of_odf_kind(type);
    if (!kind.empty()) return refuse(make_finding(Code::other_odf_kind, place_of(name), {kind}));
    return refuse(
        make_finding(Code::not_odf, place_of(name), {"a package of type “" + shown(type) + "”"}));
  }
  package.m_mimetype = std::move(type);
  if (!has("content.xml"))
    return refuse(make_finding(Code::part_missing, place_of(name), {"content.xml"}));
  for (auto& [path, media_type] : media_types) {
    const auto it = contents->entries.find(path);
    if (it != contents->entries.end()) it->second.media_type = std::move(media_type);
  }
  return package;
}

Result<Package> Package::open_flat(std::string name, std::string_view bytes, const Limits& limits,
                                   FlatTrees* trees) {
  Result<FlatParts> flat = take_apart(bytes, name, limits, trees);
  if (!flat) return std::move(flat.findings);
  // Parts are packed once, so that copying them into many letters costs nothing.
  auto contents = std::make_shared<Contents>();
  Package package(std::move(name), contents);
  package.m_mimetype = std::move(flat->mimetype);
  Deflater deflater;
  std::string& blob = contents->bytes;
  for (FlatParts::Part& part : flat->parts) {
    Entry entry{.offset = blob.size(),
                .compressed = 0,
                .size = part.bytes.size(),
                .crc = crc32(part.bytes),
                .method = Z_DEFLATED,
                .media_type = std::move(part.media_type)};
    // A document's settings are written anew.
    const bool rewritten = trees != nullptr && part.path == "settings.xml";
    if (!rewritten) entry.compressed = deflater.append(blob, part.bytes);
    if (rewritten || entry.compressed >= part.bytes.size()) {
      blob.resize(entry.offset);
      blob += part.bytes;
      entry.compressed = part.bytes.size();
      entry.method = 0;
    }
    package.m_paths.push_back(part.path);
    contents->entries.emplace(std::move(part.path), std::move(entry));
  }
  return package;
}

bool Package::contains(std::string_view path) const { return m_contents->find(path) != nullptr; }

std::string Package::read(std::string_view path) const {
  const std::string part(path);
  const Entry* entry = m_contents->find(path);
  if (entry == nullptr)
    throw Error(make_finding(Code::part_missing, place_of(m_name, part), {part}));
  std::optional<std::string> bytes = m_contents->unpack(*entry);
  if (!bytes)
    throw Error(make_finding(Code::part_damaged, place_of(m_name, part),
                             {part, "it does not unpack to what its header says"}));
  return std::move(*bytes);
}

std::string_view Package::media_type(std::string_view path) const {
  const Entry* entry = m_contents->find(path);
  return entry == nullptr ? std::string_view() : std::string_view(entry->media_type);
}

const std::vector<Package::Folder>& Package::folders() const { return m_contents->folders; }

Package::Raw Package::raw(std::string_view path) const {
  const std::string part(path);
  const Entry* entry = m_contents->find(path);
  if (entry == nullptr)
    throw Error(make_finding(Code::part_missing, place_of(m_name, part), {part}));
  return {m_contents->packed(*entry), entry->crc, entry->size, entry->method};
}

} // namespace engross::odf
