// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::odf {

namespace {

/// Folders of an office that say something of the template's author, or run.
constexpr std::array<std::string_view, 14> k_left_folders = {
    "META-INF", "Thumbnails",       "Configurations2", "Configurations", "Basic",
    "Dialogs",  "Scripts",          "Versions",        "database",       "forms",
    "reports",  "EmbeddedDatabase", "accelerator",     "statusbar"};

constexpr std::array<std::string_view, 4> k_left_files = {"mimetype", "layout-cache",
                                                          "VersionList.xml", "encrypted-package"};

constexpr std::array<std::string_view, 15> k_left_settings = {"PrinterName",
                                                              "PrinterSetup",
                                                              "PrinterPaperFromSetup",
                                                              "PrintFaxName",
                                                              "PrintPaperFromSetup",
                                                              "Rsid",
                                                              "RsidRoot",
                                                              "CurrentDatabaseDataSource",
                                                              "CurrentDatabaseCommand",
                                                              "CurrentDatabaseCommandType",
                                                              "EmbeddedDatabaseName",
                                                              "RedlineProtectionKey",
                                                              "ModifyPasswordInfo",
                                                              "LoadReadonly",
                                                              "ApplyUserData"};

constexpr std::array<std::string_view, 12> k_left_meta = {"meta:initial-creator",
                                                          "dc:creator",
                                                          "dc:date",
                                                          "meta:creation-date",
                                                          "meta:printed-by",
                                                          "meta:print-date",
                                                          "meta:editing-cycles",
                                                          "meta:editing-duration",
                                                          "meta:document-statistic",
                                                          "meta:template",
                                                          "meta:auto-reload",
                                                          "dc:contributor"};

/// Numbers of editing sessions: two letters with the same ones have the same origin.
constexpr std::array<std::string_view, 2> k_edit_marks = {"officeooo:rsid",
                                                          "officeooo:paragraph-rsid"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

void remove_children(pugi::xml_node node, bool (*unwanted)(pugi::xml_node)) {
  for (pugi::xml_node child = node.first_child(); child;) {
    const pugi::xml_node next = child.next_sibling();
    if (unwanted(child)) {
      node.remove_child(child);
    } else {
      remove_children(child, unwanted);
    }
    child = next;
  }
}

bool is_unwanted_setting(pugi::xml_node node) {
  const std::string_view name = node.attribute("config:name").value();
  if (std::string_view(node.name()) == "config:config-item") return holds(k_left_settings, name);
  return name == "ooo:view-settings";
}

} // namespace

bool is_carried_over(std::string_view path) {
  // Of embedded objects too: "Object 1/Configurations2/…".
  for (std::string_view rest = path;;) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (slash == std::string_view::npos)
      return !holds(k_left_files, segment) && !path.ends_with("/meta.xml");
    if (holds(k_left_folders, segment)) return false;
    rest.remove_prefix(slash + 1);
    if (rest.empty()) return true;
  }
}

void remove_edit_marks(pugi::xml_node node) {
  for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
    const pugi::xml_attribute next = attribute.next_attribute();
    if (holds(k_edit_marks, attribute.name())) node.remove_attribute(attribute);
    attribute = next;
  }
  for (const pugi::xml_node child : node.children()) remove_edit_marks(child);
}

std::string clean_settings(std::string_view settings_xml) {
  Result<pugi::xml_document> settings = parse_xml(settings_xml, "", "settings.xml");
  if (!settings) throw Error(std::move(settings.findings));
  pugi::xml_node root = settings->document_element();
  remove_children(root, is_unwanted_setting);
  // office:settings may not be empty.
  for (pugi::xml_node child = root.child("office:settings"); child && !child.first_child();) {
    root.remove_child(child);
    child = root.child("office:settings");
  }
  return to_string(*settings);
}

void clean_meta(pugi::xml_document& meta, const std::set<std::string, std::less<>>& kept) {
  pugi::xml_document stay;
  for (pugi::xml_node node : meta.document_element().child("office:meta").children())
    if (kept.contains(std::string_view(node.name()))) stay.append_copy(node);
  remove_children(meta.document_element(),
                  [](pugi::xml_node node) { return holds(k_left_meta, node.name()); });
  pugi::xml_node root = meta.document_element().child("office:meta");
  for (const pugi::xml_node& node : stay.children())
    if (holds(k_left_meta, node.name())) root.append_copy(node);
}

std::string_view meta_of_field(const pugi::xml_node& node) {
  constexpr std::array k_fields = {std::pair{"text:initial-creator", "meta:initial-creator"},
                                   std::pair{"text:creation-date", "meta:creation-date"},
                                   std::pair{"text:creation-time", "meta:creation-date"},
                                   std::pair{"text:creator", "dc:creator"},
                                   std::pair{"text:modification-date", "dc:date"},
                                   std::pair{"text:modification-time", "dc:date"},
                                   std::pair{"text:printed-by", "meta:printed-by"},
                                   std::pair{"text:print-date", "meta:print-date"},
                                   std::pair{"text:print-time", "meta:print-date"},
                                   std::pair{"text:editing-cycles", "meta:editing-cycles"},
                                   std::pair{"text:editing-duration", "meta:editing-duration"},
                                   std::pair{"text:template-name", "meta:template"},
                                   std::pair{"text:title", "dc:title"},
                                   std::pair{"text:subject", "dc:subject"},
                                   std::pair{"text:description", "dc:description"},
                                   std::pair{"text:keywords", "meta:keyword"},
                                   std::pair{"text:user-defined", "meta:user-defined"}};
  const std::string_view name = node.name();
  // ODF has no text:fixed there, and Writer reads none.
  const bool may_be_fixed = name != "text:template-name";
  if (may_be_fixed && node.attribute("text:fixed").as_bool()) return {};
  for (const auto& [field, meta] : k_fields)
    if (name == field) return meta;
  return {};
}

namespace {

/// The day without which Writer prints nothing for a name.
std::string_view day_of_name(std::string_view meta) {
  if (meta == "meta:initial-creator") return "meta:creation-date";
  if (meta == "dc:creator") return "dc:date";
  if (meta == "meta:printed-by") return "meta:print-date";
  return {};
}

} // namespace

std::set<std::string, std::less<>> shown_meta(const pugi::xml_document& content,
                                              const pugi::xml_document& styles) {
  struct Walker : pugi::xml_tree_walker {
    std::set<std::string, std::less<>> found;
    bool for_each(pugi::xml_node& node) override {
      const std::string_view meta = meta_of_field(node);
      if (!meta.empty()) found.emplace(meta);
      if (const std::string_view day = day_of_name(meta); !day.empty()) found.emplace(day);
      return true;
    }
  } walker;
  for (pugi::xml_node root : {content.document_element().child("office:body"),
                              styles.document_element().child("office:master-styles")})
    root.traverse(walker);
  return walker.found;
}

} // namespace engross::odf
