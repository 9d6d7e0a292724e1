// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "odf/package.hpp"

#include <pugixml.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace engross::odf {

/// Parses one XML part: no DOCTYPE, no depth over the limit, white space kept (parse_ws_pcdata).
/// A finding gives the line. The document must be ODF: its prefixes are the usual ones of ODF 1.3
/// (office text style table draw fo xlink dc meta number svg …); other bindings are renamed to
/// them. `file` and `part` are for the findings' place.
Result<pugi::xml_document> parse_xml(std::string_view bytes, const std::string& file,
                                     const std::string& part, const Limits& limits = {});

/// Declares at the root of `target` every prefix that the root of `source` declares and `target`
/// does not: to be called before nodes are copied from one to the other.
void add_declarations(pugi::xml_document& target, const pugi::xml_document& source);

/// XML as it is written into a part: no declaration indentation, no reformatting.
std::string to_string(const pugi::xml_document& document);

/// A package with its XML parts parsed, to be changed. One thread at a time.
struct Document {
  Package package;
  pugi::xml_document content;
  pugi::xml_document styles;
  pugi::xml_document meta;
  bool content_changed = false;
  bool styles_changed = false;
  bool meta_changed = false;
  /// Parts to be written besides or instead of the package's: path -> bytes and media type.
  struct Part {
    std::string bytes;
    std::string media_type;
  };
  std::map<std::string, Part> added;
  /// Folders of embedded objects among the added parts.
  std::vector<Package::Folder> added_folders;
  /// Parts of the package that are not written, because nothing refers to them any more.
  std::set<std::string> dropped;

  explicit Document(Package p) : package(std::move(p)) {}
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  /// Opens and parses; refuses external links in any part (see check_external_links). Missing
  /// styles.xml or meta.xml are made, empty but valid; meta is cleaned (see clean_meta).
  static Result<Document> open(Package package, const Limits& limits = {});
  static Result<Document> open(std::string name, std::string bytes, const Limits& limits = {});

  /// "1.2", "1.3": office:version of content.xml.
  std::string version() const;

 private:
  static Result<Document> read(Document document, const Limits& limits);
  static Result<Document> check(Document document, const Limits& limits);
};

/// Everything that an office would load from outside the package: linked images, objects, sections,
/// OLE, data sources, event listeners and scripts, DDE. text:a is text and not listed. One finding
/// each (error). `part` is the part's name for the place.
Findings check_external_links(const pugi::xml_document& document, const std::string& file,
                              const std::string& part);

/// The same for a picture: an SVG may load pictures, fonts and style sheets. Nothing for others.
Findings check_picture(std::string_view bytes, const std::string& file, const std::string& part);

/// Whether a part of a template may enter a letter. No: Thumbnails/, Configurations2/, Basic/,
/// Dialogs/, Scripts/, META-INF/documentsignatures.xml and other signatures, layout-cache, settings
/// of printers. Of embedded objects, likewise; a folder ("Object 1/") stays with its parts.
bool is_carried_over(std::string_view path);

/// Takes the numbers of editing sessions (officeooo:rsid) off an element and all below it.
void remove_edit_marks(pugi::xml_node node);

/// Takes out of meta.xml what tells of the template's author and history: creators, dates, editing
/// and printing times, statistics, the template's own template, reloading. Titles, keywords and
/// user-defined fields stay.
/// Elements named in `kept` stay, too.
void clean_meta(pugi::xml_document& meta, const std::set<std::string, std::less<>>& kept = {});

/// The element of meta.xml whose value a field prints ("meta:creation-date" of
/// text:creation-date); empty for every other element and where text:fixed holds the value (ODF 1.3
/// part 3, 7.5).
std::string_view meta_of_field(const pugi::xml_node& node);

/// The elements of meta.xml that fields of content.xml and styles.xml print, and those without
/// which Writer prints nothing there: a name needs its day.
std::set<std::string, std::less<>> shown_meta(const pugi::xml_document& content,
                                              const pugi::xml_document& styles);

/// settings.xml without printer, Rsid and view state of the template's author; returns new bytes.
std::string clean_settings(std::string_view settings_xml);

/// The one writer of a whole ODF text: every carried-over part of the package, changed parts
/// serialised, unchanged ones copied still compressed, `added` added. Mimetype of the result: text
/// (never text-template) unless `template_mimetype`.
std::string write(const Document& document, std::int64_t time, bool template_mimetype = false);

/// The same document as flat ODF (ODF 1.3 part 3, 3.1.2): pictures inside, settings cleaned.
/// Embedded objects and other parts of a package have no place in it and are left out.
std::string write_flat(const Document& document, bool as_template = false);

/// What every letter of a template takes over unchanged, made ready once: parts of the package
/// still compressed, cleaned settings, `added` parts, manifest entries of embedded objects. Not
/// content.xml, styles.xml and meta.xml: these are the caller's to add. Immutable; threads may
/// share it. Keeps the package alive.
class CarriedParts {
 public:
  explicit CarriedParts(const Document& document);
  /// `leave_out`: for parts that this letter does not show; empty: all parts.
  void copy_to(PackageWriter& writer,
               const std::function<bool(std::string_view path)>& leave_out = {}) const;

 private:
  struct Part {
    std::string path;
    std::string media_type;
    std::string bytes; ///< own ones; empty where raw points into the package
    Package::Raw raw;
  };
  Package m_package;
  std::vector<Part> m_parts;
  std::vector<Package::Folder> m_folders;
};

/// XML text escape for character data and attribute values (double quotes); drops characters that
/// XML 1.0 forbids. Appends to `out`.
void append_escaped(std::string& out, std::string_view text);

} // namespace engross::odf
