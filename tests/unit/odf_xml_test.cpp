// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::HasSubstr;

constexpr const char* k_text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
constexpr const char* k_table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

/// A content.xml with `inside` in its root, which declares `attributes`.
std::string root(const std::string& inside, const std::string& attributes = {}) {
  return "<office:document-content "
         "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"" +
         (attributes.empty() ? "" : " " + attributes) + ">" + inside + "</office:document-content>";
}

/// What is written after reading; the declaration left out.
std::string read_and_written(const std::string& xml) {
  const auto document = parse_xml(xml, "a.odt", "content.xml");
  if (!document) return to_text(document.findings.front());
  const std::string out = to_string(*document);
  return out.substr(out.find('\n') + 1);
}

std::string with_text(const std::string& inside) {
  return root(inside, std::string("xmlns:text=\"") + k_text + "\"");
}

TEST(odf_xml, keeps_white_space_to_the_letter) {
  const std::string xml = with_text(
      "<text:p> a  b\n\tc </text:p>\n <text:p> </text:p><text:span/><text:p a=\" x  y \"/>");
  EXPECT_EQ(read_and_written(xml), xml);
}

TEST(odf_xml, resolves_characters_and_writes_what_xml_needs) {
  EXPECT_EQ(read_and_written(
                with_text("<text:p b=\"&quot;&#10;&lt;\">&amp;&#xe9;&#8212;&gt;&apos;</text:p>")),
            with_text("<text:p b=\"&quot;&#10;&lt;\">&amp;é—&gt;'</text:p>"));
}

TEST(odf_xml, cdata_is_text_and_comments_and_instructions_go) {
  EXPECT_EQ(
      read_and_written("<?xml version=\"1.0\"?><!-- a -->" +
                       with_text("<text:p>{{ de<!-- b -->al<![CDATA[ < ]]>x }}<?pi?></text:p>")),
      with_text("<text:p>{{ deal &lt; x }}</text:p>"));
}

TEST(odf_xml, texts_around_a_comment_are_one) {
  const auto document =
      parse_xml(with_text("<text:p>a<!-- b -->c<![CDATA[d]]></text:p>"), "a", "b");
  ASSERT_TRUE(document);
  const pugi::xml_node paragraph = document->document_element().first_child();
  EXPECT_EQ(paragraph.first_child().type(), pugi::node_pcdata);
  EXPECT_STREQ(paragraph.first_child().value(), "acd");
  EXPECT_FALSE(paragraph.first_child().next_sibling());
}

TEST(odf_xml, a_byte_order_mark_is_no_text) {
  EXPECT_EQ(read_and_written("\xEF\xBB\xBF" + with_text("")), read_and_written(with_text("")));
}

// Prefixes.

TEST(odf_xml, other_prefixes_become_the_usual_ones) {
  const std::string out = read_and_written(root("<t:p t:style-name=\"P1\"><t:span>a</t:span></t:p>",
                                                std::string("xmlns:t=\"") + k_text + "\""));
  EXPECT_THAT(out, HasSubstr("<text:p text:style-name=\"P1\"><text:span>a</text:span></text:p>"));
  EXPECT_THAT(out, HasSubstr(std::string("xmlns:text=\"") + k_text + "\""));
  EXPECT_TRUE(parse_xml(out, "a", "b"));
}

TEST(odf_xml, a_default_namespace_becomes_a_prefix) {
  const std::string out =
      read_and_written(root(std::string("<p xmlns=\"") + k_text + "\" style=\"x\"><span/></p>"));
  EXPECT_THAT(out, HasSubstr("<text:p "));
  EXPECT_THAT(out, HasSubstr("<text:span/></text:p>"));
  EXPECT_THAT(out, HasSubstr(" style=\"x\"")); // in no namespace: stays
}

TEST(odf_xml, swapped_prefixes_are_swapped_back) {
  const std::string out = read_and_written(
      root("<table:p><text:table/></table:p>",
           std::string("xmlns:table=\"") + k_text + "\" xmlns:text=\"" + k_table + "\""));
  EXPECT_THAT(out, HasSubstr("<text:p><table:table/></text:p>"));
  EXPECT_THAT(out, HasSubstr(std::string("xmlns:text=\"") + k_text + "\""));
  EXPECT_THAT(out, HasSubstr(std::string("xmlns:table=\"") + k_table + "\""));
}

TEST(odf_xml, a_usual_prefix_of_a_foreign_namespace_gets_out_of_the_way) {
  const std::string out = read_and_written(
      with_text("<text:p/><text:p xmlns:text=\"urn:other\" text:a=\"1\"/><text:h/>"));
  EXPECT_THAT(out,
              HasSubstr("<text:p/><x1text:p xmlns:x1text=\"urn:other\" x1text:a=\"1\"/><text:h/>"));
}

TEST(odf_xml, two_prefixes_of_one_namespace_are_one) {
  const std::string out =
      read_and_written(root("<a:p><b:span b:style-name=\"T\"/></a:p>",
                            std::string("xmlns:a=\"") + k_text + "\" xmlns:b=\"" + k_text + "\""));
  EXPECT_THAT(out, HasSubstr("<text:p><text:span text:style-name=\"T\"/></text:p>"));
}

TEST(odf_xml, formulas_keep_their_own_default_namespace) {
  const std::string xml = with_text(
      "<text:p><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math></text:p>");
  EXPECT_EQ(read_and_written(xml), xml);
}

TEST(odf_xml, foreign_namespaces_stay) {
  const std::string xml = with_text("<f:a xmlns:f=\"urn:f\" f:b=\"1\"><f:c/></f:a>");
  EXPECT_EQ(read_and_written(xml), xml);
}

TEST(odf_xml, prefixes_declared_inside_are_known_at_the_root) {
  const std::string out =
      read_and_written(root(std::string("<text:p xmlns:text=\"") + k_text + "\"/><b/>"));
  const auto document = parse_xml(out, "a", "b");
  ASSERT_TRUE(document);
  EXPECT_STREQ(document->document_element().attribute("xmlns:text").value(), k_text);
}

TEST(odf_xml, add_declarations_joins_two_roots) {
  auto to = parse_xml(root(""), "a", "b");
  const auto from = parse_xml(with_text(""), "a", "b");
  ASSERT_TRUE(to && from);
  add_declarations(*to, *from);
  add_declarations(*to, *from);
  EXPECT_EQ(to_string(*to), to_string(*from));
}

// What is refused.

struct Bad {
  const char* name;
  std::string xml;
  Code code;
  int line;
  const char* says;
};

class BadXml : public ::testing::TestWithParam<Bad> {};

TEST_P(BadXml, is_refused) {
  const auto document = parse_xml(GetParam().xml, "a.odt", "content.xml");
  ASSERT_FALSE(document);
  ASSERT_FALSE(document.findings.empty());
  const Finding& finding = document.findings.front();
  EXPECT_EQ(finding.code, GetParam().code) << finding.message;
  EXPECT_EQ(finding.place.file, "a.odt");
  EXPECT_EQ(finding.place.part, "content.xml");
  EXPECT_EQ(finding.place.line, GetParam().line);
  EXPECT_THAT(finding.message, HasSubstr(GetParam().says));
}

std::string nested(int depth) {
  std::string out;
  for (int i = 1; i < depth; ++i) out += "<a>";
  for (int i = 1; i < depth; ++i) out += "</a>";
  return root(out);
}

INSTANTIATE_TEST_SUITE_P(
    odf_xml, BadXml,
    ::testing::Values(
        Bad{"doctype", "<!DOCTYPE a>\n" + root(""), Code::odf_xml_doctype, 1, "DOCTYPE"},
        Bad{"laughs", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>" + root("&b;"),
            Code::odf_xml_doctype, 2, "DOCTYPE"},
        Bad{"doctype_inside", root("\n<!DOCTYPE a>"), Code::odf_xml_doctype, 2, "DOCTYPE"},
        Bad{"deep", nested(257), Code::odf_xml_too_deep, 1, "256"},
        Bad{"deep_and_empty", nested(256).insert(nested(256).find("</a>"), "<b/>"),
            Code::odf_xml_too_deep, 1, "256"},
        Bad{"utf16", std::string("\xFF\xFE<\0a\0/\0>\0", 10), Code::odf_xml_encoding, 1, "UTF-16"},
        Bad{"utf16_without_mark", std::string("\0<\0a\0/\0>", 8), Code::odf_xml_encoding, 1,
            "UTF-16"},
        Bad{"latin1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" + root("\xE4"),
            Code::odf_xml_encoding, 1, "ISO-8859-1"},
        Bad{"bad_bytes", root("\n\xE4"), Code::odf_xml_encoding, 2, "no character"},
        Bad{"overlong", root("\xC0\xAF"), Code::odf_xml_encoding, 1, "no character"},
        Bad{"surrogate", root("\xED\xA0\x80"), Code::odf_xml_encoding, 1, "no character"},
        Bad{"control", root("a\x01"), Code::odf_xml_syntax, 1, "control character"},
        Bad{"noncharacter", root("\xEF\xBF\xBF"), Code::odf_xml_syntax, 1, "control character"},
        Bad{"nul", root(std::string("\n\na\0", 4)), Code::odf_xml_syntax, 3, "control character"},
        Bad{"control_by_number", root("&#0;"), Code::odf_xml_syntax, 1, "does not allow"},
        Bad{"surrogate_by_number", root("&#xD800;"), Code::odf_xml_syntax, 1, "does not allow"},
        Bad{"huge_number", root("&#99999999999;"), Code::odf_xml_syntax, 1, "does not allow"},
        Bad{"entity", root("a\n&nbsp;b"), Code::odf_xml_entity, 2, "&nbsp;"},
        Bad{"entity_in_attribute", root("<a b=\"&eacute;\"/>"), Code::odf_xml_entity, 1,
            "&eacute;"},
        Bad{"ampersand", root("Marlow & Pike"), Code::odf_xml_syntax, 1, "an & stands alone"},
        Bad{"empty", "", Code::odf_xml_syntax, 1, "no element"},
        Bad{"text_only", "abc", Code::odf_xml_syntax, 1, "outside the root"},
        Bad{"text_behind", root("") + "\nabc", Code::odf_xml_syntax, 2, "outside the root"},
        Bad{"two_roots", root("") + "<a/>", Code::odf_xml_syntax, 1, "more than one root"},
        Bad{"open", root("").substr(0, root("").find("</")), Code::odf_xml_syntax, 1,
            "before all elements"},
        Bad{"crossed", root("\n<a><b></a></b>"), Code::odf_xml_syntax, 2, "mismatch"},
        Bad{"closed_twice", root("") + "</a>", Code::odf_xml_syntax, 1, "not opened"},
        Bad{"tag_open", root("").substr(0, 30), Code::odf_xml_syntax, 1, "does not end"},
        Bad{"comment_open", root("<!-- "), Code::odf_xml_syntax, 1, "does not end"},
        Bad{"cdata_open", root("<![CDATA[ "), Code::odf_xml_syntax, 1, "does not end"},
        Bad{"less_in_attribute", root("<a b=\"<\"/>"), Code::odf_xml_syntax, 1, "attribute"},
        Bad{"less_in_tag", root("<a <b/>"), Code::odf_xml_syntax, 1, "inside a tag"},
        Bad{"double_attribute", root("<a b=\"1\" b=\"2\"/>"), Code::odf_xml_syntax, 0, "twice"},
        Bad{"double_after_binding",
            root("<c a:x=\"1\" b:x=\"2\"/>",
                 std::string("xmlns:a=\"") + k_text + "\" xmlns:b=\"" + k_text + "\""),
            Code::odf_xml_syntax, 0, "twice"},
        Bad{"unbound_element", root("<text:p/>"), Code::odf_xml_prefix, 0, "“text”"},
        Bad{"unbound_attribute", root("<a f:b=\"1\"/>"), Code::odf_xml_prefix, 0, "“f”"},
        Bad{"unbound_outside", with_text("<a xmlns:f=\"urn:f\"/><f:b/>"), Code::odf_xml_prefix, 0,
            "“f”"},
        Bad{"not_odf", "<html/>", Code::odf_xml_root, 0, "html"},
        Bad{"other_namespace", "<office:document-content xmlns:office=\"urn:other\"/>",
            Code::odf_xml_root, 0, "x1office"}),
    [](const auto& test) { return test.param.name; });

TEST(odf_xml, depth_is_counted_to_the_limit) {
  EXPECT_TRUE(parse_xml(nested(256), "a", "b"));
  Limits limits;
  limits.xml_depth = 3;
  EXPECT_TRUE(parse_xml(nested(3), "a", "b", limits));
  EXPECT_FALSE(parse_xml(nested(4), "a", "b", limits));
}

TEST(odf_xml, many_attributes_are_compared_too) {
  std::string element = "<a";
  for (int i = 0; i < 100; ++i) element += " b" + std::to_string(i) + "=\"\"";
  EXPECT_TRUE(parse_xml(root(element + "/>"), "a", "b"));
  EXPECT_FALSE(parse_xml(root(element + " b7=\"\"/>"), "a", "b"));
}

TEST(odf_xml, every_cut_is_refused) {
  const std::string xml =
      OdtBuilder::content("<text:p a=\"b&amp;\">x<!-- c --><![CDATA[d]]></text:p>");
  for (std::size_t length = 0; length < xml.size(); ++length)
    ASSERT_FALSE(parse_xml(xml.substr(0, length), "a", "b")) << length;
}

TEST(odf_xml, escapes_text_and_drops_what_xml_forbids) {
  const std::pair<std::string, std::string> cases[] = {
      {"Marlow & Pike <\"LLP\">", "Marlow &amp; Pike &lt;&quot;LLP&quot;&gt;"},
      {std::string("a\0b\x01\x1F", 5), "ab"},
      {"a\tb\nc\rd", "a\tb\nc&#13;d"},
      {"é — 𝄞 \xEF\xBF\xBD", "é — 𝄞 \xEF\xBF\xBD"},
      {"a\xEF\xBF\xBE\xEF\xBF\xBF", "a"},
      {"a\xED\xA0\x80z", "az"},
      {"a\xFFz\xC3", "az"},
      {"", ""},
  };
  for (const auto& [text, expected] : cases) {
    std::string out = "|";
    append_escaped(out, text);
    EXPECT_EQ(out, "|" + expected);
  }
}

} // namespace
} // namespace engross::odf
