// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::HasSubstr;

Findings check(const std::string& body, const std::string& part = "content.xml") {
  std::string xml = OdtBuilder::content(body);
  xml.insert(xml.find(" xmlns:office"),
             " xmlns:xforms=\"http://www.w3.org/2002/xforms\""
             " xmlns:chart=\"urn:oasis:names:tc:opendocument:xmlns:chart:1.0\""
             " xmlns:presentation=\"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0\""
             " xmlns:ooo=\"http://openoffice.org/2004/office\"");
  const auto document = parse_xml(xml, "a.odt", part);
  if (!document) throw Error(document.findings);
  return check_external_links(*document, "a.odt", part);
}

struct Link {
  const char* name;
  std::string body;
  Code code;
  const char* says;
};

class OutsideLink : public ::testing::TestWithParam<Link> {};

TEST_P(OutsideLink, is_found) {
  const Findings findings = check(GetParam().body);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, GetParam().code) << findings[0].message;
  EXPECT_EQ(findings[0].severity, Severity::error);
  EXPECT_THAT(findings[0].message, HasSubstr(GetParam().says));
  EXPECT_FALSE(findings[0].hint.empty());
}

std::string element(const char* name, const std::string& href) {
  return "<" + std::string(name) + " xlink:href=\"" + href + "\"/>";
}

INSTANTIATE_TEST_SUITE_P(
    odf_links, OutsideLink,
    ::testing::Values(
        Link{"picture", element("draw:image", "https://example.com/a.png"), Code::external_link,
             "A linked picture would be loaded from outside: https://example.com/a.png"},
        Link{"file", element("draw:image", "file:///etc/passwd"), Code::external_link, "passwd"},
        Link{"capitals", element("draw:image", "HTTP://a/b"), Code::external_link, "HTTP"},
        Link{"absolute", element("draw:image", "/srv/a.png"), Code::external_link, "/srv"},
        Link{"host", element("draw:image", "//host/a.png"), Code::external_link, "//host"},
        Link{"climbs", element("draw:image", "../logo.png"), Code::external_link, "../logo.png"},
        Link{"climbs_late", element("draw:image", "Pictures/../../a.png"), Code::external_link,
             "../.."},
        Link{"climbs_coded", element("draw:image", "%2e%2E/a.png"), Code::external_link, "%2e"},
        Link{"coded_slash", element("draw:image", "%2Fa.png"), Code::external_link, "%2F"},
        Link{"share", element("draw:image", "\\\\host\\a.png"), Code::external_link, "host"},
        Link{"blank_before", element("draw:image", " http://a"), Code::external_link, "http"},
        Link{"fill", element("draw:fill-image", "http://a"), Code::external_link, "fill"},
        Link{"background", element("style:background-image", "http://a"), Code::external_link,
             "background"},
        Link{"bullet", element("text:list-level-style-image", "http://a"), Code::external_link,
             "bullet"},
        Link{"section",
             "<text:section>" + element("text:section-source", "../other.odt#x") +
                 "</text:section>",
             Code::external_link, "A linked section"},
        Link{"section_dde", "<office:dde-source office:dde-application=\"soffice\"/>",
             Code::external_link, "A DDE link"},
        Link{"dde",
             "<text:dde-connection-decl office:dde-application=\"excel\" "
             "office:dde-topic=\"C:/a.xls\"/>",
             Code::external_link, "excel C:/a.xls"},
        Link{"object", element("draw:object", "../a.ods"), Code::external_link, "A linked object"},
        Link{"ole", element("draw:object-ole", "file:///a"), Code::external_link, "OLE"},
        Link{"frame", element("draw:floating-frame", "http://a"), Code::external_link,
             "floating frame"},
        Link{"plugin", element("draw:plugin", "http://a"), Code::external_link, "media"},
        Link{"applet", "<draw:applet draw:archive=\"http://a/b.jar\"/>", Code::external_link,
             "applet"},
        Link{"chart", element("chart:chart", "http://a"), Code::external_link, "chart"},
        Link{"concordance", element("text:alphabetical-index-auto-mark-file", "../a.sdi"),
             Code::external_link, "concordance"},
        Link{"font", element("svg:font-face-uri", "http://a/f.ttf"), Code::external_link, "font"},
        Link{"reload", element("meta:auto-reload", "http://a"), Code::external_link, "document"},
        Link{"unknown_element", element("draw:new", "http://a"), Code::external_link, "draw:new"},
        Link{"form_picture", "<form:button form:image-data=\"http://a/b.png\"/>",
             Code::external_link, "http://a/b.png"},
        Link{"xforms", "<xforms:instance src=\"http://a\"/>", Code::external_link, "form"},
        Link{"schema", "<xforms:model schema=\"http://a\"/>", Code::external_link, "schema"},
        Link{"field",
             "<text:p><text:database-display text:database-name=\"Clients\" "
             "text:table-name=\"all\"/></text:p>",
             Code::external_data, "Clients, all"},
        Link{"row", "<text:p><text:database-next text:table-name=\"all\"/></text:p>",
             Code::external_data, "all"},
        Link{"form", "<form:form form:datasource=\"Clients\"/>", Code::external_data, "Clients"},
        Link{"connection", element("form:connection-resource", "db.odb"), Code::external_data,
             "db.odb"},
        Link{"listener",
             "<script:event-listener script:event-name=\"dom:load\" "
             "xlink:href=\"vnd.sun.star.script:A\"/>",
             Code::script_in_document, "event-listener dom:load vnd.sun.star.script:A"},
        Link{"macro_field", "<text:p><text:execute-macro text:name=\"Main\"/></text:p>",
             Code::script_in_document, "execute-macro Main"},
        Link{"script_field",
             "<text:p><text:script script:language=\"JavaScript\">a</text:script></text:p>",
             Code::script_in_document, "script"},
        Link{"link_macro", element("text:a", "macro:///Standard.Module1.Main()"),
             Code::link_refused, "macro:///Standard.Module1.Main()"},
        Link{"link_javascript", element("text:a", " JavaScript:alert(1)"), Code::link_refused,
             "JavaScript:alert(1)"},
        Link{"link_script", element("draw:a", "vnd.sun.star.script:A?language=Basic"),
             Code::link_refused, "vnd.sun.star.script"},
        Link{"link_dispatch", element("text:a", ".uno:Quit"), Code::link_refused, ".uno:Quit"},
        Link{"link_service", element("text:a", "service:com.sun.star.x"), Code::link_refused,
             "service:"},
        Link{"link_file", element("text:a", "file:///etc/passwd"), Code::link_refused, "file:"},
        Link{"link_neighbour", element("text:a", "../other.odt"), Code::link_refused, "other.odt"},
        Link{"link_split_scheme", element("text:a", "java\nscript:alert(1)"), Code::link_refused,
             "java"},
        Link{"link_map", element("draw:area-circle", "macro:a"), Code::link_refused, "macro:a"},
        Link{"link_macro_with_tag", element("text:a", "macro:///{{ deal.x }}"), Code::link_refused,
             "macro:///"},
        Link{"basic",
             "<office:script><ooo:libraries><ooo:library/></ooo:libraries></office:script>",
             Code::script_in_document, "script"}),
    [](const auto& test) { return test.param.name; });

class InsideLink : public ::testing::TestWithParam<std::string> {};

TEST_P(InsideLink, is_no_finding) {
  for (const Finding& finding : check(GetParam())) ADD_FAILURE() << to_text(finding);
}

INSTANTIATE_TEST_SUITE_P(
    odf_links, InsideLink,
    ::testing::Values(
        "<text:p><text:a xlink:href=\"https://www.sec.gov\">SEC</text:a></text:p>",
        element("text:a", "HTTP://a"), element("text:a", "mailto:a@b"), element("text:a", "#a b"),
        element("text:a", "tel:+1-212"), element("text:a", ""),
        element("text:a", "{{ deal.link }}"), element("text:a", "%7B%7B%20deal.link%20%7D%7D"),
        element("text:a", "https://a/{{ x }}"), element("draw:a", "ftp://a/b"),
        "<draw:a xlink:href=\"mailto:a@b.c\"/>", "<draw:area-rectangle xlink:href=\"https://a\"/>",
        "<form:form form:datasource=\"\" xlink:href=\"\"/>",
        "<form:button xlink:href=\"https://a\"/>", element("draw:image", "Pictures/a.png"),
        element("draw:image", "./ObjectReplacements/Object 1"),
        element("draw:image", "Pictures/../Pictures/a.png"),
        element("draw:image", "Pictures/12:30.png"), //
        element("draw:image", "data:image/png;base64,AAAA"),
        element("draw:image", "vnd.sun.star.Package:Pictures/a.png"),
        element("draw:image", "#10000000000000"), element("draw:image", ""),
        element("draw:object", "./Object 1"), element("svg:font-face-uri", "Fonts/a.ttf"),
        "<text:section><text:section-source text:section-name=\"b\"/></text:section>",
        "<office:scripts/><office:event-listeners/>",
        "<office:script><ooo:libraries/></office:script>"));

TEST(odf_links, of_an_embedded_object_may_climb_to_the_package) {
  EXPECT_TRUE(check(element("draw:image", "../Pictures/a.png"), "Object 1/content.xml").empty());
  EXPECT_EQ(check(element("draw:image", "../../a.png"), "Object 1/content.xml").size(), 1U);
}

TEST(odf_links, say_where_they_stand) {
  const Findings findings =
      check("<text:p/><text:h>Our <text:span>opinions</text:span></text:h><text:p/><text:p>" +
            element("draw:image", "http://a") + "</text:p>");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].place.file, "a.odt");
  EXPECT_EQ(findings[0].place.part, "content.xml");
  EXPECT_EQ(findings[0].place.paragraph, 4);
  EXPECT_EQ(findings[0].place.heading, "Our opinions");
}

TEST(odf_links, long_addresses_are_cut_between_characters) {
  std::string href = "http://a/";
  for (int i = 0; i < 200; ++i) href += "ä";
  const Findings findings = check(element("draw:image", href));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_LT(findings[0].message.size(), 200U);
  EXPECT_TRUE(parse_xml(
      "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">" +
          findings[0].message + "</office:document>",
      "a", "b"));
}

TEST(odf_links, a_flood_of_them_ends) {
  std::string body;
  for (int i = 0; i < 5000; ++i) body += element("draw:image", "http://a");
  const std::size_t count = check(body).size();
  EXPECT_GE(count, 100U);
  EXPECT_LE(count, 1000U);
}

TEST(odf_links, a_document_with_one_does_not_open) {
  for (const char* part : {"content.xml", "styles.xml", "Object 1/content.xml"}) {
    OdtBuilder builder;
    builder.part("content.xml", OdtBuilder::content(part == std::string_view("content.xml")
                                                        ? element("draw:image", "http://a")
                                                        : ""));
    if (part == std::string_view("styles.xml"))
      builder.part("styles.xml", OdtBuilder::styles(element("draw:fill-image", "http://a")));
    if (part == std::string_view("Object 1/content.xml"))
      builder.part(part, OdtBuilder::content(element("draw:image", "http://a")));
    const auto document = Document::open("a.odt", builder.bytes());
    ASSERT_FALSE(document) << part;
    EXPECT_EQ(document.findings[0].code, Code::external_link);
    EXPECT_EQ(document.findings[0].place.part, part);
  }
}

// Pictures of SVG.

TEST(odf_links, svg_that_loads_is_found) {
  const std::pair<const char*, std::string> cases[] = {
      {"http://a/b.png", R"(<svg xmlns:xlink="x"><image xlink:href="http://a/b.png"/></svg>)"},
      {"b.png", R"(<svg><image href="b.png"/></svg>)"},
      {"a.svg#b", R"(<svg><g><use href="a.svg#b"/></g></svg>)"},
      {"http://a", "<svg><rect style=\"fill:url( 'http://a')\"/></svg>"},
      {"http://a", "<svg><rect fill=\"url(http://a)\"/></svg>"},
      {"@import", "<svg><style>@import 'http://a';</style></svg>"},
      {"http://f", "<svg><style><![CDATA[@font-face{src:url(http://f)}]]></style></svg>"},
      {"SYSTEM", "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>"},
      {"stylesheet", "<?xml-stylesheet href=\"http://a\"?><svg/>"},
      {"data:image/svg", R"(<svg><image href="data:image/svg+xml;base64,AAAA"/></svg>)"},
      {"http://a",
       "\xEF\xBB\xBF \n<?xml version=\"1.0\"?><!-- --><svg><image href=\"http://a\"/><"},
  };
  for (const auto& [says, svg] : cases) {
    const Findings findings = check_picture(svg, "a.odt", "Pictures/a.svg");
    ASSERT_EQ(findings.size(), 1U) << svg;
    EXPECT_EQ(findings[0].code, Code::external_link);
    EXPECT_THAT(findings[0].message, HasSubstr(says));
    EXPECT_EQ(findings[0].place.part, "Pictures/a.svg");
  }
}

TEST(odf_links, svg_that_hides_is_refused) {
  EXPECT_EQ(check_picture("\x1F\x8B …", "a", "b")[0].code, Code::part_method);
  EXPECT_EQ(check_picture(std::string("\xFF\xFE<\0", 4), "a", "b")[0].code, Code::odf_xml_encoding);
  EXPECT_EQ(check_picture(std::string("<\0s\0", 4), "a", "b")[0].code, Code::odf_xml_encoding);
}

TEST(odf_links, other_pictures_are_let_be) {
  for (const char* picture :
       {"<svg><a href=\"http://a\"/><use href=\"#b\"/><rect fill=\"url(#c)\"/>"
        "<image href=\"data:image/png;base64,AAAA\"/></svg>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/svg11.dtd\"><svg/>",
        "<!DOCTYPE svg [<!ENTITY ns \"http://ns.example/\">]><svg xmlns=\"&ns;\"/>",
        "\x89PNG http://a", "", "not <svg"})
    EXPECT_TRUE(check_picture(picture, "a", "b").empty()) << picture;
}

TEST(odf_links, a_document_with_such_a_picture_does_not_open) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("Pictures/a.png", "<svg><image href=\"http://a\"/></svg>", "image/png");
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_FALSE(document);
  EXPECT_EQ(document.findings[0].place.part, "Pictures/a.png");
}

} // namespace
} // namespace engross::odf
