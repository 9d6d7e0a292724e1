// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::testing {

/// Builds ODF packages, good and evil, byte by byte and without the code under test. Parts are
/// stored, in the order of the calls; the mimetype comes first.
class OdtBuilder {
 public:
  /// What may be wrong with one entry.
  struct Evil {
    std::string local_name = {};    ///< in the local header, where it differs
    int method = 0;                 ///< as both headers claim; the bytes are written as they come
    int flags = 0;                  ///< besides the flag for UTF-8 names
    std::uint32_t crc_change = 0;   ///< XORed into the CRC
    std::int64_t size_change = 0;   ///< added to the declared inflated size
    std::int64_t offset_change = 0; ///< added to the offset in the directory
  };

  OdtBuilder() = default;
  /// content.xml around a body of paragraphs, styles.xml, and a manifest that lists them.
  static OdtBuilder text(std::string_view body) {
    OdtBuilder builder;
    builder.part("content.xml", content(body)).part("styles.xml", styles());
    return builder;
  }

  OdtBuilder& mimetype(std::string type) {
    m_mimetype = std::move(type);
    return *this;
  }
  OdtBuilder& without_mimetype() { return mimetype({}); }
  OdtBuilder& without_manifest() {
    m_write_manifest = false;
    return *this;
  }
  OdtBuilder& version(std::string version) {
    m_version = std::move(version);
    return *this;
  }
  OdtBuilder& part(std::string path, std::string bytes, std::string media_type = "text/xml") {
    return evil(std::move(path), std::move(bytes), {}, std::move(media_type));
  }
  OdtBuilder& evil(std::string path, std::string bytes, Evil how,
                   std::string media_type = "text/xml") {
    m_parts.push_back({std::move(path), std::move(bytes), std::move(media_type), std::move(how)});
    return *this;
  }
  /// More file-entry elements of the manifest, as XML.
  OdtBuilder& manifest(std::string entries) {
    m_manifest += entries;
    return *this;
  }

  std::string bytes() const {
    std::string out;
    std::string directory;
    int count = 0;
    const auto put = [&](const Part& part) {
      append_entry(out, directory, part);
      ++count;
    };
    if (!m_mimetype.empty()) put({"mimetype", m_mimetype, "", {}});
    for (const Part& part : m_parts) put(part);
    if (m_write_manifest) put({"META-INF/manifest.xml", manifest_xml(), "", {}});
    const std::size_t start = out.size();
    out += directory;
    number(out, 0x06054b50, 4);
    number(out, 0, 4);
    number(out, count, 2);
    number(out, count, 2);
    number(out, static_cast<std::int64_t>(directory.size()), 4);
    number(out, static_cast<std::int64_t>(start), 4);
    number(out, 0, 2);
    return out;
  }

  /// Local header and data of one stored entry, as it lies in a package.
  static std::string local_entry(std::string path, std::string bytes) {
    std::string out;
    std::string directory;
    append_entry(out, directory, {std::move(path), std::move(bytes), "", {}});
    return out;
  }

  static std::string namespaces() {
    return R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
           R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")"
           R"( xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0")"
           R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
           R"( xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0")"
           R"( xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0")"
           R"( xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0")"
           R"( xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0")"
           R"( xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")"
           R"( xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0")"
           R"( xmlns:dc="http://purl.org/dc/elements/1.1/")"
           R"( xmlns:xlink="http://www.w3.org/1999/xlink")";
  }
  /// A whole content.xml; `body` stands in office:text, `automatic` in office:automatic-styles.
  static std::string content(std::string_view body, std::string_view automatic = {}) {
    return part_xml("content", std::string("<office:automatic-styles>") + std::string(automatic) +
                                   "</office:automatic-styles><office:body><office:text>" +
                                   std::string(body) + "</office:text></office:body>");
  }
  /// A whole styles.xml; `named` stands in office:styles, `master` in office:master-styles.
  static std::string styles(std::string_view named = {}, std::string_view automatic = {},
                            std::string_view master = {}) {
    return part_xml("styles", "<office:styles>" + std::string(named) +
                                  "</office:styles><office:automatic-styles>" +
                                  std::string(automatic) +
                                  "</office:automatic-styles><office:master-styles>" +
                                  std::string(master) + "</office:master-styles>");
  }
  static std::string meta(std::string_view inside) {
    return part_xml("meta", "<office:meta>" + std::string(inside) + "</office:meta>");
  }
  /// A flat ODF text; `parts` are the children of office:document.
  static std::string flat(std::string_view parts, std::string_view version = "1.3") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document" + namespaces() +
           " office:version=\"" + std::string(version) +
           "\" office:mimetype=\"application/vnd.oasis.opendocument.text\">" + std::string(parts) +
           "</office:document>";
  }

 private:
  struct Part {
    std::string path;
    std::string bytes;
    std::string media_type;
    Evil evil;
  };

  static std::string part_xml(std::string_view kind, const std::string& inside) {
    const std::string root = "office:document-" + std::string(kind);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + namespaces() +
           " office:version=\"1.3\">" + inside + "</" + root + ">";
  }

  std::string manifest_xml() const {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
                      "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                      "manifest:version=\"" +
                      m_version +
                      "\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"" +
                      m_version + "\" manifest:media-type=\"" + m_mimetype + "\"/>";
    for (const Part& part : m_parts)
      if (part.path.find_first_of("\"<&") == std::string::npos &&
          part.path.find('\0') == std::string::npos)
        out += "<manifest:file-entry manifest:full-path=\"" + part.path +
               "\" manifest:media-type=\"" + part.media_type + "\"/>";
    return out + m_manifest + "</manifest:manifest>";
  }

  static void number(std::string& out, std::int64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  }

  static std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : bytes) {
      crc ^= static_cast<unsigned char>(c);
      for (int i = 0; i < 8; ++i) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
  }

  static void append_entry(std::string& out, std::string& directory, const Part& part) {
    const Evil& evil = part.evil;
    const auto offset = static_cast<std::int64_t>(out.size());
    const std::string& local = evil.local_name.empty() ? part.path : evil.local_name;
    const auto compressed = static_cast<std::int64_t>(part.bytes.size());
    const auto common = [&](std::string& to, const std::string& name) {
      number(to, 20, 2);
      number(to, evil.flags | 0x800, 2);
      number(to, evil.method, 2);
      number(to, 0x00210000, 4);
      number(to, crc32(part.bytes) ^ evil.crc_change, 4);
      number(to, compressed, 4);
      number(to, compressed + evil.size_change, 4);
      number(to, static_cast<std::int64_t>(name.size()), 2);
      number(to, 0, 2);
    };
    number(out, 0x04034b50, 4);
    common(out, local);
    out += local;
    out += part.bytes;
    number(directory, 0x02014b50, 4);
    number(directory, 20, 2);
    common(directory, part.path);
    number(directory, 0, 2 + 2 + 2); // comment, disk, internal attributes
    number(directory, 0, 4);         // external attributes
    number(directory, offset + evil.offset_change, 4);
    directory += part.path;
  }

  std::string m_mimetype = "application/vnd.oasis.opendocument.text";
  std::string m_version = "1.3";
  std::string m_manifest;
  bool m_write_manifest = true;
  std::vector<Part> m_parts;
};

} // namespace engross::testing
