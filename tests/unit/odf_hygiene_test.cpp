// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(odf_hygiene, what_an_office_adds_stays_behind) {
  for (const char* path :
       {"Thumbnails/thumbnail.png", "Configurations2/accelerator/current.xml", "Configurations2/",
        "Basic/Standard/Module1.xml", "Basic/script-lc.xml", "Dialogs/dialog-lc.xml",
        "Scripts/python/a.py", "META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml",
        "META-INF/manifest.xml", "layout-cache", "Versions/Version1", "VersionList.xml", "mimetype",
        "Object 1/Thumbnails/thumbnail.png", "Object 1/Configurations2/a", "Object 1/meta.xml",
        "Object 1/layout-cache", "EmbeddedDatabase/a"})
    EXPECT_FALSE(is_carried_over(path)) << path;
}

TEST(odf_hygiene, what_makes_the_letter_comes_along) {
  for (const char* path :
       {"content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.rdf", "Pictures/a.png",
        "Fonts/a.ttf", "Object 1/content.xml", "Object 1/", "Object 1/settings.xml",
        "ObjectReplacements/Object 1", "Media/a.mp4", "Pictures/Thumbnails", "Pictures/Basic.png"})
    EXPECT_TRUE(is_carried_over(path)) << path;
}

std::string settings(const std::string& inside) {
  return "<office:document-settings "
         "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
         "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" office:version=\"1.3\">"
         "<office:settings>" +
         inside + "</office:settings></office:document-settings>";
}

std::string item(const std::string& name, const std::string& value = "x") {
  return "<config:config-item config:name=\"" + name + "\" config:type=\"string\">" + value +
         "</config:config-item>";
}

TEST(odf_hygiene, settings_lose_printer_and_view_and_keep_layout) {
  const std::string cleaned = clean_settings(
      settings("<config:config-item-set config:name=\"ooo:view-settings\">" + item("ViewAreaTop") +
               "</config:config-item-set><config:config-item-set "
               "config:name=\"ooo:configuration-settings\">" +
               item("PrinterName", "Ann's printer") + item("PrinterSetup", "pQH+/0Fubg==") +
               item("Rsid") + item("RsidRoot") + item("AddParaTableSpacing", "true") +
               item("PrinterIndependentLayout") + item("ModifyPasswordInfo") +
               item("CurrentDatabaseDataSource") + item("RedlineProtectionKey") +
               item("LoadReadonly") + item("PrintFaxName") + "</config:config-item-set>"));
  EXPECT_EQ(cleaned.substr(cleaned.find('\n') + 1),
            settings("<config:config-item-set config:name=\"ooo:configuration-settings\">" +
                     item("AddParaTableSpacing", "true") + item("PrinterIndependentLayout") +
                     "</config:config-item-set>"));
}

TEST(odf_hygiene, settings_without_a_set_have_no_empty_element) {
  const std::string cleaned =
      clean_settings(settings("<config:config-item-set config:name=\"ooo:view-settings\"/>"));
  EXPECT_THAT(cleaned, Not(HasSubstr("office:settings")));
  EXPECT_TRUE(parse_xml(cleaned, "a", "b"));
}

TEST(odf_hygiene, broken_settings_throw) { EXPECT_THROW(clean_settings("<a"), Error); }

TEST(odf_hygiene, meta_loses_author_and_history) {
  auto meta = parse_xml(
      OdtBuilder::meta(
          "<meta:generator>LibreOffice/7.4</meta:generator>"
          "<meta:initial-creator>Ann</meta:initial-creator><dc:creator>Ben</dc:creator>"
          "<meta:creation-date>2020</meta:creation-date><dc:date>2021</dc:date>"
          "<meta:printed-by>Ann</meta:printed-by><meta:print-date>2021</meta:print-date>"
          "<meta:editing-cycles>7</meta:editing-cycles>"
          "<meta:editing-duration>PT1H</meta:editing-duration>"
          "<meta:document-statistic meta:page-count=\"4\"/>"
          "<meta:template xlink:href=\"../../ann/a.ott\"/>"
          "<meta:auto-reload xlink:href=\"http://a\"/>"
          "<dc:title>{{ deal.title }}</dc:title><meta:keyword>opinion</meta:keyword>"
          "<meta:user-defined meta:name=\"Matter\">{{ deal.matter }}</meta:user-defined>"),
      "a", "meta.xml");
  ASSERT_TRUE(meta);
  clean_meta(*meta);
  const auto expected = parse_xml(
      OdtBuilder::meta(
          "<meta:generator>LibreOffice/7.4</meta:generator>"
          "<dc:title>{{ deal.title }}</dc:title><meta:keyword>opinion</meta:keyword>"
          "<meta:user-defined meta:name=\"Matter\">{{ deal.matter }}</meta:user-defined>"),
      "a", "meta.xml");
  EXPECT_EQ(to_string(*meta), to_string(*expected));
}

TEST(odf_hygiene, an_opened_document_is_clean_and_stays_so) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("meta.xml", OdtBuilder::meta("<dc:creator>Ann</dc:creator><dc:title>T</dc:title>"))
      .part("settings.xml", settings("<config:config-item-set config:name=\"a\">" +
                                     item("PrinterName") + item("b") + "</config:config-item-set>"))
      .part("Thumbnails/thumbnail.png", "Ann")
      .part("META-INF/documentsignatures.xml", "Ann");
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document);
  const auto package = Package::open("b.odt", write(*document, 0));
  ASSERT_TRUE(package);
  EXPECT_THAT(package->read("meta.xml"),
              HasSubstr("<office:meta><dc:title>T</dc:title></office:meta>"));
  EXPECT_THAT(package->read("settings.xml"), Not(HasSubstr("PrinterName")));
  EXPECT_FALSE(package->contains("Thumbnails/thumbnail.png"));
  EXPECT_FALSE(package->contains("META-INF/documentsignatures.xml"));
}

TEST(odf_hygiene, edit_marks_go_everywhere_below) {
  auto document = parse_xml(
      "<office:a xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:officeooo=\"http://openoffice.org/2009/office\" officeooo:rsid=\"1\"><office:b "
      "officeooo:paragraph-rsid=\"2\" office:c=\"3\" officeooo:rsid=\"4\" "
      "officeooo:d=\"5\"/></office:a>",
      "a", "b");
  ASSERT_TRUE(document);
  remove_edit_marks(document->document_element());
  const std::string out = to_string(*document);
  EXPECT_THAT(out, Not(HasSubstr("rsid")));
  EXPECT_THAT(out, HasSubstr("<office:b office:c=\"3\" officeooo:d=\"5\"/>"));
}

} // namespace
} // namespace engross::odf
