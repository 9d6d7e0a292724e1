// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"

#include "odf/deflate.hpp"
#include "odf/parts.hpp"

#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

bool is_main_part(std::string_view path) {
  return path == "content.xml" || path == "styles.xml" || path == "meta.xml";
}

/// An empty but valid part with the namespaces and the version of content.xml.
pugi::xml_document empty_part(const pugi::xml_document& content, const char* root,
                              std::initializer_list<const char*> children) {
  pugi::xml_document document;
  pugi::xml_node node = document.append_child(root);
  add_declarations(document, content);
  if (!node.attribute("xmlns:office"))
    node.append_attribute("xmlns:office") = std::string(k_office).c_str();
  if (const pugi::xml_attribute version = content.document_element().attribute("office:version"))
    node.append_attribute("office:version") = version.value();
  for (const char* child : children) node.append_child(child);
  return document;
}

/// The part's media type, guessed where the manifest is silent.
std::string media_type(const Package& package, const std::string& path) {
  const std::string_view listed = package.media_type(path);
  return std::string(listed.empty() ? media_type_of_ending(path) : listed);
}

bool is_settings(std::string_view path) {
  return path == "settings.xml" || path.ends_with("/settings.xml");
}

Package::Raw pack(std::string& out, std::string_view bytes, Deflater& deflater) {
  deflater.append(out, bytes);
  return {out, crc32(bytes), bytes.size(), 8};
}

} // namespace

Result<Document> Document::open(std::string name, std::string bytes, const Limits& limits) {
  FlatTrees trees;
  Result<Package> package = Package::open(std::move(name), std::move(bytes), limits, &trees);
  if (!package) return std::move(package.findings);
  Document document(std::move(*package));
  if (!trees.content.document_element()) return read(std::move(document), limits);
  document.content = std::move(trees.content);
  document.styles = std::move(trees.styles);
  document.meta = std::move(trees.meta);
  document.content_changed = true; // the package has none
  document.styles_changed = true;
  return check(std::move(document), limits);
}

Result<Document> Document::open(Package opened, const Limits& limits) {
  return read(Document(std::move(opened)), limits);
}

Result<Document> Document::read(Document document, const Limits& limits) {
  const Package& package = document.package;
  Findings findings;
  const auto read = [&](const char* path, const char* root, pugi::xml_document& to) {
    Result<pugi::xml_document> parsed = parse_xml(package.read(path), package.name(), path, limits);
    append(findings, std::move(parsed.findings));
    if (!parsed) return;
    const std::string_view found = parsed->document_element().name();
    if (found != root) {
      findings.push_back(make_finding(Code::odf_xml_root, place_of(package.name(), path), {found}));
      return;
    }
    to = std::move(*parsed);
  };
  read("content.xml", "office:document-content", document.content);
  if (package.contains("styles.xml")) {
    read("styles.xml", "office:document-styles", document.styles);
  } else {
    document.styles =
        empty_part(document.content, "office:document-styles",
                   {"office:styles", "office:automatic-styles", "office:master-styles"});
    document.styles_changed = true;
  }
  if (package.contains("meta.xml")) {
    read("meta.xml", "office:document-meta", document.meta);
  } else {
    document.meta = empty_part(document.content, "office:document-meta", {"office:meta"});
  }
  if (has_errors(findings)) return findings;
  Result<Document> out = check(std::move(document), limits);
  findings.insert(findings.end(), out.findings.begin(), out.findings.end());
  out.findings = std::move(findings);
  return out;
}

Result<Document> Document::check(Document document, const Limits& limits) {
  const Package& package = document.package;
  Findings findings;
  clean_meta(document.meta, shown_meta(document.content, document.styles));
  document.meta_changed = true;
  append(findings, check_external_links(document.content, package.name(), "content.xml"));
  append(findings, check_external_links(document.styles, package.name(), "styles.xml"));
  // Embedded objects are documents of their own and load like documents.
  for (const std::string& path : package.paths()) {
    if (is_main_part(path) || !is_carried_over(path)) continue;
    if (path.ends_with(".xml") || path.ends_with(".rdf")) {
      // Settings too: they are parsed again when they are cleaned.
      if (!path.ends_with("/content.xml") && !path.ends_with("/styles.xml") && !is_settings(path))
        continue;
    } else {
      append(findings, check_picture(package.read(path), package.name(), path));
      continue;
    }
    const Result<pugi::xml_document> part =
        parse_xml(package.read(path), package.name(), path, limits);
    append(findings, part.findings);
    if (part) append(findings, check_external_links(*part, package.name(), path));
  }
  if (has_errors(findings)) return findings;
  Result<Document> result(std::move(document));
  result.findings = std::move(findings);
  return result;
}

std::string Document::version() const {
  return content.document_element().attribute("office:version").value();
}

CarriedParts::CarriedParts(const Document& document) : m_package(document.package) {
  Deflater deflater;
  for (const auto& [path, part] : document.added) {
    if (is_main_part(path)) continue;
    Part carried{.path = path, .media_type = part.media_type, .bytes = {}, .raw = {}};
    carried.raw = pack(carried.bytes, part.bytes, deflater);
    m_parts.push_back(std::move(carried));
  }
  for (const std::string& path : m_package.paths()) {
    if (is_main_part(path) || !is_carried_over(path) || document.added.contains(path) ||
        document.dropped.contains(path))
      continue;
    Part carried{.path = path, .media_type = media_type(m_package, path), .bytes = {}, .raw = {}};
    if (is_settings(path)) {
      carried.raw = pack(carried.bytes, clean_settings(m_package.read(path)), deflater);
    } else {
      carried.raw = m_package.raw(path);
    }
    m_parts.push_back(std::move(carried));
  }
  std::vector<Package::Folder> folders = m_package.folders();
  folders.insert(folders.end(), document.added_folders.begin(), document.added_folders.end());
  for (const Package::Folder& folder : folders)
    for (const Part& part : m_parts)
      if (part.path.starts_with(folder.path)) {
        m_folders.push_back(folder);
        break;
      }
}

void CarriedParts::copy_to(PackageWriter& writer,
                           const std::function<bool(std::string_view path)>& leave_out) const {
  for (const Part& part : m_parts) {
    if (leave_out && leave_out(part.path)) continue;
    Package::Raw raw = part.raw;
    if (!part.bytes.empty()) raw.bytes = part.bytes;
    writer.copy(part.path, part.media_type, raw);
  }
  for (const Package::Folder& folder : m_folders) writer.add_folder(folder);
}

std::string write(const Document& document, std::int64_t time, bool template_mimetype) {
  const Package& package = document.package;
  PackageWriter writer(std::string(template_mimetype ? k_template_mimetype : k_text_mimetype),
                       time);
  const CarriedParts carried(document);
  carried.copy_to(writer);
  const auto put = [&](const char* path, const pugi::xml_document& xml, bool changed) {
    const auto added = document.added.find(path);
    if (added != document.added.end()) {
      writer.add(path, added->second.media_type, added->second.bytes);
    } else if (changed || !package.contains(path)) {
      writer.add(path, "text/xml", to_string(xml));
    } else {
      writer.copy(path, "text/xml", package.raw(path));
    }
  };
  put("content.xml", document.content, document.content_changed);
  put("styles.xml", document.styles, document.styles_changed);
  put("meta.xml", document.meta, document.meta_changed);
  return writer.finish(document.version());
}

} // namespace engross::odf
