// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/links.hpp"
#include "odf/parts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_binary = "office:binary-data";

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  bool ended = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    if (c == '=') {
      ended = true;
      continue;
    }
    const int value = base64_value(c);
    if (value < 0 || ended) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      out += static_cast<char>((bits >> 16U) & 0xFFU);
      out += static_cast<char>((bits >> 8U) & 0xFFU);
      out += static_cast<char>(bits & 0xFFU);
      bits = 0;
      count = 0;
    }
  }
  if (count == 1) return std::nullopt;
  if (count == 2) out += static_cast<char>((bits >> 4U) & 0xFFU);
  if (count == 3) {
    out += static_cast<char>((bits >> 10U) & 0xFFU);
    out += static_cast<char>((bits >> 2U) & 0xFFU);
  }
  return out;
}

/// 128 bits from two FNV-1a sums; equal names are compared byte by byte, so it need not resist.
std::string content_name(std::string_view bytes) {
  std::uint64_t a = 0xCBF29CE484222325ULL;
  std::uint64_t b = 0x6C62272E07BB0142ULL;
  for (const char c : bytes) {
    const auto u = static_cast<unsigned char>(c);
    a = (a ^ u) * 0x100000001B3ULL;
    b = (b ^ (u + 0x9EU)) * 0x100000001B3ULL;
  }
  std::string out;
  for (const std::uint64_t sum : {a, b})
    for (unsigned shift = 60;; shift -= 4) {
      out += "0123456789abcdef"[(sum >> shift) & 0xFU];
      if (shift == 0) break;
    }
  return out;
}

struct Kind {
  std::string_view start;
  std::string_view ending;
};

// Written out with lengths where a NUL belongs to the start.
constexpr Kind k_kinds[] = {
    {"\x89PNG", "png"},
    {"\xFF\xD8\xFF", "jpg"},
    {"GIF8", "gif"},
    {"BM", "bmp"},
    {"II*", "tif"},
    {"MM\0*", "tif"},
    {"VCLMTF", "svm"},
    {"\xD7\xCD\xC6\x9A", "wmf"},
    {{"\1\0\0\0", 4}, "emf"},
    {"%PDF", "pdf"},
    {"\xD0\xCF\x11\xE0", "ole"},
    {{"\0\1\0\0", 4}, "ttf"},
    {"OTTO", "otf"},
};

std::string_view ending_of(std::string_view bytes) {
  for (const Kind& kind : k_kinds)
    if (bytes.starts_with(kind.start)) return kind.ending;
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "webp";
  if (bytes.substr(0, 1024).find("<svg") != std::string_view::npos) return "svg";
  return "bin";
}

struct Media {
  std::string_view ending;
  std::string_view type;
};

constexpr Media k_media[] = {
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"svg", "image/svg+xml"},
    {"bmp", "image/bmp"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"webp", "image/webp"},
    {"emf", "image/x-emf"},
    {"wmf", "image/x-wmf"},
    {"svm", "image/x-svm"},
    {"pdf", "application/pdf"},
    {"ole", "application/vnd.sun.star.oleobject"},
    {"ttf", "application/x-font-ttf"},
    {"otf", "application/x-font-ttf"},
    {"xml", "text/xml"},
    {"rdf", "application/rdf+xml"},
};

struct OdfKind {
  std::string_view mimetype;
  std::string_view name;
};

constexpr std::string_view k_odf = "application/vnd.oasis.opendocument.";
constexpr OdfKind k_odf_kinds[] = {
    {"spreadsheet", "a spreadsheet (ODS)"},
    {"presentation", "a presentation (ODP)"},
    {"graphics", "a drawing (ODG)"},
    {"text-master", "a master document (ODM)"},
    {"text-web", "a template for web pages (OTH)"},
    {"chart", "a chart (ODC)"},
    {"formula", "a formula (ODF)"},
    {"image", "a picture (ODI)"},
    {"base", "a database (ODB)"},
    {"database", "a database (ODB)"},
};

class Splitter {
 public:
  Splitter(pugi::xml_document& document, const std::string& file, const Limits& limits,
           FlatTrees* trees)
      : m_root(document.document_element()), m_file(file), m_limits(limits), m_trees(trees) {}

  Result<FlatParts> run() {
    if (std::string_view(m_root.name()) != "office:document")
      return make_finding(Code::odf_xml_root, place_of(m_file), {m_root.name()});
    FlatParts flat;
    flat.mimetype = m_root.attribute("office:mimetype").value();
    if (!is_text_mimetype(flat.mimetype)) {
      const std::string_view kind = name_of_odf_kind(flat.mimetype);
      if (!kind.empty()) return make_finding(Code::other_odf_kind, place_of(m_file), {kind});
      return make_finding(Code::not_odf, place_of(m_file),
                          {"a flat XML file that does not say what it is"});
    }
    if (!m_root.child("office:body"))
      return make_finding(Code::part_missing, place_of(m_file), {"office:body"});
    take_binaries(m_root);
    rebase(m_root);
    if (!m_findings.empty()) return std::move(m_findings);
    const bool has_basic = take_scripts();
    share_out_styles();

    pugi::xml_document content =
        part("office:document-content",
             {"office:scripts", "office:font-face-decls", "office:automatic-styles", "office:body"},
             false);
    pugi::xml_document styles = part("office:document-styles",
                                     {"office:font-face-decls", "office:styles",
                                      "office:automatic-styles", "office:master-styles"},
                                     true);
    pugi::xml_document meta = part("office:document-meta", {"office:meta"}, false);
    if (m_trees != nullptr) {
      *m_trees = {std::move(content), std::move(styles), std::move(meta)};
    } else {
      add(flat, "content.xml", content);
      add(flat, "styles.xml", styles);
      add(flat, "meta.xml", meta);
    }
    if (m_root.child("office:settings"))
      add(flat, "settings.xml", part("office:document-settings", {"office:settings"}, false));
    // As a package has it: audits tell of the folder, and nothing of it is carried over.
    if (has_basic) flat.parts.push_back({"Basic/flat.xml", "text/xml", "<basic/>"});
    for (auto& [path, bytes] : m_pictures) {
      const std::string_view type = media_type_of_ending(path);
      flat.parts.push_back({path, std::string(type), std::move(bytes)});
    }
    return flat;
  }

 private:
  /// Basic and its kin stay behind; event listeners are left for the check of links. Gives whether
  /// there was a program: offices write an empty container of libraries into every flat file.
  bool take_scripts() {
    bool has_any = false;
    for (pugi::xml_node scripts : m_root.children("office:scripts"))
      while (pugi::xml_node script = scripts.child("office:script")) {
        const pugi::xml_node program = script.find_node([](const pugi::xml_node& node) {
          const std::string_view name = node.name();
          const bool is_text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
          return name.starts_with("ooo:library-") ||
                 (is_text && std::string_view(node.value()).find_first_not_of(" \t\r\n") !=
                                 std::string_view::npos);
        });
        has_any = has_any || program;
        scripts.remove_child(script);
      }
    return has_any;
  }

  /// Every office:binary-data outside embedded documents, which may keep theirs.
  void take_binaries(pugi::xml_node node) {
    for (pugi::xml_node child = node.first_child(); child && m_findings.empty();) {
      const pugi::xml_node next = child.next_sibling();
      const std::string_view name = child.name();
      if (name == k_binary) {
        take_binary(node, child);
      } else if (name != "office:document") {
        take_binaries(child);
      }
      child = next;
    }
  }

  /// A relative address means the folder of the flat file; of a package, its inside.
  void rebase(pugi::xml_node node) {
    for (pugi::xml_node child : node.children()) {
      if (pugi::xml_attribute href = child.attribute("xlink:href")) {
        const std::string value = href.value();
        const bool relative = !value.empty() && value.front() != '#' && value.front() != '/' &&
                              value.find(':') == std::string::npos && !begins_with_tag(value);
        if (relative && !m_pictures.contains(value)) href.set_value(("../" + value).c_str());
      }
      rebase(child);
    }
  }

  void take_binary(pugi::xml_node owner, pugi::xml_node data) {
    std::optional<std::string> bytes = decode_base64(data.text().get());
    if (!bytes) {
      m_findings.push_back(make_finding(Code::flat_picture, place_of(m_file)));
      return;
    }
    m_total += bytes->size();
    if (m_total > m_limits.unpacked_bytes || m_pictures.size() >= m_limits.parts) {
      m_findings.push_back(make_finding(
          Code::over_limit, place_of(m_file),
          {"The size of all pictures", size_text(m_total), size_text(m_limits.unpacked_bytes)}));
      return;
    }
    const std::string_view ending = ending_of(*bytes);
    const bool font = std::string_view(owner.name()) == "svg:font-face-uri";
    const std::string stem = (font ? "Fonts/" : "Pictures/") + content_name(*bytes);
    std::string path = stem + "." + std::string(ending);
    for (int n = 2; m_pictures.contains(path) && m_pictures[path] != *bytes; ++n)
      path = stem + "-" + std::to_string(n) + "." + std::string(ending);
    m_pictures[path] = std::move(*bytes);
    owner.remove_child(data);
    set(owner, "xlink:href", path.c_str());
    set(owner, "xlink:type", "simple");
    if (font) return;
    set(owner, "xlink:show", "embed");
    set(owner, "xlink:actuate", "onLoad");
    if (!m_root.attribute("xmlns:xlink"))
      m_root.append_attribute("xmlns:xlink") = "http://www.w3.org/1999/xlink";
  }

  static void set(pugi::xml_node node, const char* name, const char* value) {
    pugi::xml_attribute attribute = node.attribute(name);
    if (!attribute) attribute = node.append_attribute(name);
    attribute.set_value(value);
  }

  /// A flat file has one set of automatic styles, a package two: each part gets those that it
  /// uses, by name and whatever they use in turn. What nobody uses goes to the text.
  void share_out_styles() {
    const pugi::xml_node automatic = m_root.child("office:automatic-styles");
    std::multimap<std::string_view, pugi::xml_node> by_name;
    for (const pugi::xml_node style : automatic.children())
      by_name.emplace(style.attribute("style:name").value(), style);
    std::set<std::string_view> in_styles;
    std::set<std::string_view> in_content;
    collect(m_root.child("office:master-styles"), by_name, in_styles);
    collect(m_root.child("office:styles"), by_name, in_styles);
    for (const pugi::xml_node layout : automatic.children("style:page-layout"))
      collect(layout, by_name, in_styles);
    collect(m_root.child("office:body"), by_name, in_content);
    for (const pugi::xml_node style : automatic.children()) {
      const std::string_view name = style.attribute("style:name").value();
      const bool layout = std::string_view(style.name()) == "style:page-layout";
      if (layout || in_styles.contains(name)) m_for_styles.insert(style.internal_object());
      if (!layout && (in_content.contains(name) || !in_styles.contains(name)))
        m_for_content.insert(style.internal_object());
    }
  }

  static void collect(pugi::xml_node from,
                      const std::multimap<std::string_view, pugi::xml_node>& by_name,
                      std::set<std::string_view>& used) {
    if (from.type() != pugi::node_element) return;
    for (const pugi::xml_attribute attribute : from.attributes()) {
      if (std::strcmp(attribute.name(), "style:name") == 0) continue;
      std::string_view rest = attribute.value();
      // Some attributes hold several names (draw:class-names).
      while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        use(rest.substr(0, blank), by_name, used);
        rest.remove_prefix(std::min(blank + 1, rest.size()));
      }
    }
    for (const pugi::xml_node child : from.children()) collect(child, by_name, used);
  }

  static void use(std::string_view name,
                  const std::multimap<std::string_view, pugi::xml_node>& by_name,
                  std::set<std::string_view>& used) {
    const auto [begin, end] = by_name.equal_range(name);
    if (begin == end || !used.insert(begin->first).second) return;
    for (auto it = begin; it != end; ++it) collect(it->second, by_name, used);
  }

  static void add(FlatParts& flat, const char* path, const pugi::xml_document& part) {
    flat.parts.push_back({path, "text/xml", to_string(part)});
  }

  pugi::xml_document part(const char* root, std::initializer_list<const char*> children,
                          bool for_styles) const {
    pugi::xml_document part;
    pugi::xml_node to = part.append_child(root);
    for (const pugi::xml_attribute attribute : m_root.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns") || name == "office:version")
        to.append_attribute(attribute.name()) = attribute.value();
    }
    for (const char* child : children) {
      const pugi::xml_node from = m_root.child(child);
      if (!from) continue;
      if (std::strcmp(child, "office:automatic-styles") != 0) {
        to.append_copy(from);
        continue;
      }
      pugi::xml_node styles = to.append_child(child);
      const auto& chosen = for_styles ? m_for_styles : m_for_content;
      for (const pugi::xml_node style : from.children())
        if (chosen.contains(style.internal_object())) styles.append_copy(style);
    }
    return part;
  }

  pugi::xml_node m_root;
  const std::string& m_file;
  const Limits& m_limits;
  FlatTrees* m_trees;
  Findings m_findings;
  std::map<std::string, std::string> m_pictures;
  std::set<pugi::xml_node_struct*> m_for_styles;
  std::set<pugi::xml_node_struct*> m_for_content;
  std::uint64_t m_total = 0;
};

/// What XML that is no ODF may be.
std::string_view name_of_xml(std::string_view root) {
  if (root == "html" || root == "HTML") return "a web page";
  if (root.ends_with(":wordDocument") || root == "pkg:package") return "a Word document (XML)";
  return {};
}

} // namespace

Result<FlatParts> take_apart(std::string_view bytes, const std::string& file, const Limits& limits,
                             FlatTrees* trees) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  const std::string_view start = first == std::string_view::npos ? "" : bytes.substr(first, 15);
  if (start.starts_with("<!DOCTYPE html") || start.starts_with("<!doctype html") ||
      start.starts_with("<html"))
    return make_finding(Code::not_odf, place_of(file), {"a web page"});
  Result<pugi::xml_document> document = parse_xml(bytes, file, "", limits);
  if (!document) return std::move(document.findings);
  const std::string_view kind = name_of_xml(document->document_element().name());
  if (!kind.empty()) return make_finding(Code::not_odf, place_of(file), {kind});
  return Splitter(*document, file, limits, trees).run();
}

std::string_view media_type_of_ending(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos)
    for (const Media& media : k_media)
      if (path.substr(dot + 1) == media.ending) return media.type;
  return "application/octet-stream";
}

std::string_view name_of_odf_kind(std::string_view mimetype) {
  if (mimetype.starts_with("application/vnd.sun.xml.")) return "a document of OpenOffice.org 1";
  if (!mimetype.starts_with(k_odf)) return {};
  mimetype.remove_prefix(k_odf.size());
  for (const OdfKind& kind : k_odf_kinds)
    if (mimetype == kind.mimetype || (mimetype.starts_with(kind.mimetype) &&
                                      mimetype.substr(kind.mimetype.size()) == "-template"))
      return kind.name;
  return "an ODF document of another kind";
}

bool is_text_mimetype(std::string_view mimetype) {
  return mimetype == k_text_mimetype || mimetype == k_template_mimetype;
}

} // namespace engross::odf
