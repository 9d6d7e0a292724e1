// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A PNG's first bytes; nobody decodes it here.
constexpr const char* k_png = "iVBORw0KGgo=";
const std::string k_png_bytes = "\x89PNG\r\n\x1a\n";

std::string body(const std::string& inside) {
  return "<office:body><office:text>" + inside + "</office:text></office:body>";
}

std::string picture(const std::string& base64) {
  return "<text:p><draw:frame><draw:image draw:mime-type=\"image/png\"><office:binary-data>" +
         base64 + "</office:binary-data></draw:image></draw:frame></text:p>";
}

Package open(const std::string& flat) {
  auto package = Package::open("a.fodt", flat);
  if (!package) throw Error(package.findings);
  return std::move(*package);
}

TEST(odf_flat, is_taken_apart_into_the_parts_of_a_package) {
  const Package package = open(OdtBuilder::flat(
      "<office:meta><dc:title>T</dc:title></office:meta>"
      "<office:settings><a/></office:settings>"
      "<office:font-face-decls><style:font-face style:name=\"F\"/></office:font-face-decls>"
      "<office:styles><style:style style:name=\"S\"/></office:styles>"
      "<office:master-styles><style:master-page style:name=\"M\"/></office:master-styles>" +
          body("<text:p> a  b </text:p>"),
      "1.2"));
  EXPECT_EQ(package.mimetype(), "application/vnd.oasis.opendocument.text");
  EXPECT_THAT(package.paths(),
              ElementsAre("content.xml", "styles.xml", "meta.xml", "settings.xml"));
  const std::string content = package.read("content.xml");
  EXPECT_THAT(content, HasSubstr("<office:document-content"));
  EXPECT_THAT(content, HasSubstr("office:version=\"1.2\""));
  EXPECT_THAT(content, HasSubstr("<office:font-face-decls>"));
  EXPECT_THAT(content, HasSubstr("<text:p> a  b </text:p>"));
  EXPECT_THAT(content, Not(HasSubstr("office:mimetype")));
  const std::string styles = package.read("styles.xml");
  EXPECT_THAT(styles, HasSubstr("<office:document-styles"));
  EXPECT_THAT(styles, HasSubstr("<style:style style:name=\"S\"/>"));
  EXPECT_THAT(styles, HasSubstr("<style:master-page style:name=\"M\"/>"));
  EXPECT_THAT(styles, Not(HasSubstr("<text:p>")));
  EXPECT_THAT(package.read("meta.xml"), HasSubstr("<dc:title>T</dc:title>"));
  EXPECT_THAT(package.read("settings.xml"), HasSubstr("<office:document-settings"));
  EXPECT_EQ(package.media_type("content.xml"), "text/xml");
}

TEST(odf_flat, automatic_styles_go_where_they_are_used) {
  const Package package = open(OdtBuilder::flat(
      "<office:automatic-styles>"
      "<style:style style:name=\"P1\"/>"                               // text
      "<style:style style:name=\"MP1\" style:data-style-name=\"N1\"/>" // header
      "<style:style style:name=\"N1\"/>"                               // through MP1
      "<style:style style:name=\"T1\"/>"                               // both
      "<style:style style:name=\"X1\"/>"                               // nobody
      "<style:page-layout style:name=\"L1\"/>"
      "</office:automatic-styles>"
      "<office:master-styles><style:master-page style:page-layout-name=\"L1\"><style:header>"
      "<text:p text:style-name=\"MP1\"><text:span text:style-name=\"T1\"/></text:p>"
      "</style:header></style:master-page></office:master-styles>" +
      body("<text:p text:style-name=\"P1\"><text:span text:style-name=\"T1\"/></text:p>")));
  const auto names = [&](const char* part) {
    std::string out;
    const auto document = parse_xml(package.read(part), "a", part);
    for (const pugi::xml_node style :
         document->document_element().child("office:automatic-styles").children())
      out += std::string(style.attribute("style:name").value()) + " ";
    return out;
  };
  EXPECT_EQ(names("content.xml"), "P1 T1 X1 ");
  EXPECT_EQ(names("styles.xml"), "MP1 N1 T1 L1 ");
}

TEST(odf_flat, pictures_become_parts) {
  const Package package = open(OdtBuilder::flat(
      "<office:styles><style:style><style:background-image><office:binary-data>QUJD"
      "</office:binary-data></style:background-image></style:style></office:styles>" +
      body(picture(k_png) + picture(" iVBORw0\n  KGgo=\n") + picture("/9j/4A=="))));
  ASSERT_EQ(package.paths().size(), 6U); // three kinds of bytes, the PNG once
  std::string png;
  std::string jpg;
  std::string other;
  for (const std::string& path : package.paths()) {
    if (path.ends_with(".png")) png = path;
    if (path.ends_with(".jpg")) jpg = path;
    if (path.ends_with(".bin")) other = path;
  }
  EXPECT_TRUE(png.starts_with("Pictures/"));
  EXPECT_EQ(package.read(png), k_png_bytes);
  EXPECT_EQ(package.media_type(png), "image/png");
  EXPECT_EQ(package.media_type(jpg), "image/jpeg");
  EXPECT_EQ(package.read(other), "ABC");
  const std::string content = package.read("content.xml");
  EXPECT_THAT(content, HasSubstr("<draw:image draw:mime-type=\"image/png\" xlink:href=\"" + png +
                                 "\" xlink:type=\"simple\" xlink:show=\"embed\" "
                                 "xlink:actuate=\"onLoad\"/>"));
  EXPECT_THAT(content, Not(HasSubstr("binary-data")));
  EXPECT_THAT(package.read("styles.xml"), HasSubstr("xlink:href=\"" + other + "\""));
}

TEST(odf_flat, names_of_pictures_follow_from_their_bytes) {
  const auto name = [](const std::string& base64) {
    return open(OdtBuilder::flat(body(picture(base64)))).paths().back();
  };
  EXPECT_EQ(name(k_png), name(k_png));
  EXPECT_NE(name("QUJD"), name("QUJE"));
}

TEST(odf_flat, embedded_documents_keep_their_own_data) {
  const Package package = open(OdtBuilder::flat(body(
      "<draw:object><office:document>" + picture("QUJD") + "</office:document></draw:object>")));
  EXPECT_THAT(package.read("content.xml"), HasSubstr("<office:binary-data>QUJD<"));
}

TEST(odf_flat, basic_stays_behind_and_listeners_are_found) {
  EXPECT_THAT(
      open(OdtBuilder::flat("<office:scripts><office:script script:language=\"ooo:Basic\"><a/>"
                            "</office:script></office:scripts>" +
                            body("")))
          .read("content.xml"),
      Not(HasSubstr("office:script ")));
  const auto document = Document::open(
      "a.fodt", OdtBuilder::flat("<office:scripts><office:event-listeners><script:event-listener "
                                 "script:event-name=\"office:load-finished\" xlink:href=\"x\"/>"
                                 "</office:event-listeners></office:scripts>" +
                                 body("")));
  ASSERT_FALSE(document);
  EXPECT_EQ(document.findings[0].code, Code::script_in_document);
}

TEST(odf_flat, a_relative_link_means_the_folder_of_the_file) {
  const auto document = Document::open(
      "a.fodt", OdtBuilder::flat(body("<draw:image xlink:href=\"logo.png\"/>"
                                      "<text:p><text:a xlink:href=\"other.pdf\"/><text:a "
                                      "xlink:href=\"#here\"/></text:p>")));
  ASSERT_FALSE(document);
  ASSERT_EQ(document.findings.size(), 2U);
  EXPECT_EQ(document.findings[0].code, Code::external_link);
  EXPECT_THAT(document.findings[0].message, HasSubstr("logo.png"));
  EXPECT_EQ(document.findings[1].code, Code::link_refused);
  EXPECT_THAT(document.findings[1].message, HasSubstr("other.pdf"));
}

struct Bad {
  const char* name;
  std::string flat;
  Code code;
  const char* says;
};

class BadFlat : public ::testing::TestWithParam<Bad> {};

TEST_P(BadFlat, is_refused) {
  const auto package = Package::open("a.fodt", GetParam().flat);
  ASSERT_FALSE(package);
  EXPECT_EQ(package.findings[0].code, GetParam().code) << package.findings[0].message;
  EXPECT_THAT(package.findings[0].message, HasSubstr(GetParam().says));
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

const std::string k_good = OdtBuilder::flat(body(""));

INSTANTIATE_TEST_SUITE_P(
    odf_flat, BadFlat,
    ::testing::Values(
        Bad{"sheet", replaced(k_good, "opendocument.text\"", "opendocument.spreadsheet\""),
            Code::other_odf_kind, "a spreadsheet (ODS)"},
        Bad{"no_type", replaced(k_good, "office:mimetype", "office:type"), Code::not_odf,
            "does not say what it is"},
        Bad{"no_body", OdtBuilder::flat(""), Code::part_missing, "office:body"},
        Bad{"one_part", OdtBuilder::content(""), Code::odf_xml_root, "office:document-content"},
        Bad{"base64", OdtBuilder::flat(body(picture("iVBO!w0KGgo="))), Code::flat_picture,
            "base64"},
        Bad{"base64_short", OdtBuilder::flat(body(picture("iVBOR"))), Code::flat_picture, "base64"},
        Bad{"base64_behind_end", OdtBuilder::flat(body(picture("QQ==QUJD"))), Code::flat_picture,
            "base64"},
        Bad{"word",
            "<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"/>",
            Code::odf_xml_root, "w:wordDocument"},
        Bad{"doctype", "<?xml version=\"1.0\"?>\n<!DOCTYPE a>" + k_good.substr(k_good.find('\n')),
            Code::odf_xml_doctype, "DOCTYPE"}),
    [](const auto& test) { return test.param.name; });

TEST(odf_flat, finding_names_the_line) {
  const auto package =
      Package::open("a.fodt", replaced(k_good, "<office:body>", "<office:body>\n\n&nbsp;"));
  ASSERT_FALSE(package);
  EXPECT_EQ(package.findings[0].place.line, 4);
  EXPECT_EQ(package.findings[0].place.file, "a.fodt");
}

TEST(odf_flat, pictures_count_for_the_limit) {
  Limits limits;
  limits.unpacked_bytes = 10;
  const std::string two = OdtBuilder::flat(body(picture(k_png) + picture("QUJD")));
  const auto package = Package::open("a.fodt", two, limits);
  ASSERT_FALSE(package);
  EXPECT_EQ(package.findings[0].code, Code::over_limit);
}

TEST(odf_flat, becomes_the_same_package_every_time) {
  const std::string flat = OdtBuilder::flat(body(picture(k_png) + "<text:p>a</text:p>"));
  const auto pack = [&] { return write(*Document::open("a.fodt", flat), 0); };
  const std::string bytes = pack();
  EXPECT_EQ(bytes, pack());
  const auto again = Package::open("a.odt", bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->read(again->paths()[0]), k_png_bytes);
}

} // namespace
} // namespace engross::odf
