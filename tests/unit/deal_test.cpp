// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace engross::deal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The value with the line of each part: {date: "2025"@2, list: [1@3]@3}@1.
void dump(const Value& value, std::string& out) {
  switch (value.kind()) {
  case Value::Kind::undefined:
    out += "undefined";
    break;
  case Value::Kind::none:
    out += "null";
    break;
  case Value::Kind::boolean:
    out += value.as_bool() ? "true" : "false";
    break;
  case Value::Kind::number:
    out += value.as_number().text;
    break;
  case Value::Kind::string:
    out += "'" + value.as_string() + "'";
    break;
  case Value::Kind::list: {
    out += '[';
    const char* separator = "";
    for (const Value& entry : value.as_list()) {
      out += std::exchange(separator, ", ");
      dump(entry, out);
    }
    out += ']';
    break;
  }
  case Value::Kind::object: {
    out += '{';
    const char* separator = "";
    for (const auto& [name, member] : value.as_object()) {
      out += std::exchange(separator, ", ");
      out += name + ": ";
      dump(member, out);
    }
    out += '}';
    break;
  }
  }
  out += "@" + std::to_string(value.origin.line);
}

std::string dump(const Value& value) {
  std::string out;
  dump(value, out);
  return out;
}

std::string without_lines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@' || i + 1 == text.size() || text[i + 1] < '0' || text[i + 1] > '9') {
      out += text[i];
      continue;
    }
    while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
  }
  return out;
}

Source source(Format format, std::string bytes) {
  constexpr const char* k_names[] = {"deal.json", "deal.xml", "deal.ini", "deal.info"};
  return {k_names[static_cast<int>(format)], std::move(bytes), format};
}

Result<Deal> read_text(Format format, std::string bytes,
                       const std::vector<Assignment>& assignments = {}, const Limits& limits = {}) {
  const std::vector<Source> sources = {source(format, std::move(bytes))};
  return read(sources, assignments, limits);
}

std::string all_text(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) out += to_text(finding);
  return out;
}

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

// ---------------------------------------------------------------------------------------------
// What is read

struct Good {
  Format format;
  std::string input;
  std::string dumped;
};

void PrintTo(const Good& good, std::ostream* out) { *out << good.input.substr(0, 200); }

class DealReads : public ::testing::TestWithParam<Good> {};

TEST_P(DealReads, AsDumped) {
  const Result<Deal> deal = read_text(GetParam().format, GetParam().input);
  EXPECT_THAT(deal.findings, IsEmpty()) << all_text(deal.findings);
  ASSERT_TRUE(deal);
  EXPECT_EQ(dump(deal->root), GetParam().dumped);
}

const Good k_json[] = {
    {Format::json, "{}", "{}@1"},
    {Format::json, "\xEF\xBB\xBF{\"a\":1}", "{a: 1@1}@1"},
    {Format::json, "{\"a\": 1, \"b\": true,\n\"c\": null, \"d\": \"x\"}",
     "{a: 1@1, b: true@1, c: null@2, d: 'x'@2}@1"},
    // Order is kept.
    {Format::json, "{\"z\":1,\"a\":2,\"m\":3}", "{z: 1@1, a: 2@1, m: 3@1}@1"},
    // Numbers stay as they were written.
    {Format::json,
     "{\"n\":[12345678901234567890.12, -0, 1E5, 1e-7, 0.10, -1.50e+3, 123456789012345678901]}",
     "{n: [12345678901234567890.12@1, -0@1, 1E5@1, 1e-7@1, 0.10@1, -1.50e+3@1, "
     "123456789012345678901@1]@1}@1"},
    // A number at a line's end belongs to its own line.
    {Format::json, "{\"a\":1\n,\"b\":2\n}", "{a: 1@1, b: 2@2}@1"},
    {Format::json, "{\r\n\"a\":1\r\n,\r\n\"b\":[\r\n2\r\n,3]}", "{a: 1@2, b: [2@5, 3@6]@4}@1"},
    {Format::json, "{\r\"a\":1\r,\r\"b\":2}", "{a: 1@2, b: 2@4}@1"},
    {Format::json, "\n\n{\n\"a\":\n{\n\"b\":\n[]}}\n", "{a: {b: []@7}@5}@3"},
    {Format::json, R"({"text":"a\n\t\"\\\/\u00a7\ud83d\ude00§"})", "{text: 'a\n\t\"\\/§😀§'@1}@1"},
    {Format::json, R"({"a.b":1,"":2,"x y":{"é":3}})", "{a.b: 1@1, : 2@1, x y: {é: 3@1}@1}@1"},
};
INSTANTIATE_TEST_SUITE_P(Json, DealReads, ::testing::ValuesIn(k_json));

const Good k_xml[] = {
    {Format::xml, "<deal/>", "{}@1"},
    {Format::xml, "<deal>\n</deal>", "{}@1"},
    {Format::xml, "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\n<deal><a>1</a></deal>\n",
     "{a: '1'@2}@2"},
    {Format::xml, "<deal>\r\n<a>1</a>\r\n<b/>\r\n</deal>", "{a: '1'@2, b: ''@3}@1"},
    // Repeated siblings are a list where the first stands; a lone one is not.
    {Format::xml, "<d><x>1</x><y>2</y>\n<x>3</x></d>", "{x: ['1'@1, '3'@2]@1, y: '2'@1}@1"},
    // Attributes; text beside them.
    {Format::xml, "<d v='1'>\n<a\nid=\"7\"\nk='x'>t</a><b id='8'/></d>",
     "{@v: '1'@1, a: {@id: '7'@3, @k: 'x'@4, #text: 't'@2}@2, b: {@id: '8'@4}@4}@1"},
    // Indentation goes, line breaks and inner blanks stay.
    {Format::xml, "<d><a>\n    One  Main Street \n\n    New York\n  </a></d>",
     "{a: 'One  Main Street\n\nNew York'@1}@1"},
    {Format::xml, "<d><a>\xC2\xA0x\xC2\xA0</a></d>", "{a: '\xC2\xA0x\xC2\xA0'@1}@1"},
    // Comments and CDATA inside text; comments and instructions between elements.
    {Format::xml, "<d><!-- <a> & --><?pi <?><a>A &amp; <!-- & -->B <![CDATA[<C & D>]]></a></d>",
     "{a: 'A & B <C & D>'@1}@1"},
    {Format::xml, "<d a='&lt;&#167;&#xA7;&quot;' b='one\n  two'/>",
     "{@a: '<§§\"'@1, @b: 'one   two'@1}@1"},
    // Name spaces are of no interest to a letter.
    {Format::xml,
     "<e:d xmlns:e='urn:x' xmlns='urn:y' xsi:schemaLocation='z'><e:a e:k='1'>x</e:a></e:d>",
     "{a: {@k: '1'@1, #text: 'x'@1}@1}@1"},
    {Format::xml, "<d><a xsi:nil='true'/></d>", "{a: null@1}@1"},
    {Format::xml, "<d><a>1</a\n></d\n>", "{a: '1'@1}@1"},
};
INSTANTIATE_TEST_SUITE_P(Xml, DealReads, ::testing::ValuesIn(k_xml));

const Good k_ini[] = {
    {Format::ini, "; nothing", "{}@1"},
    {Format::ini, "voice = we\n\n[letter]\ndate=March 14, 2025 ; as is\n# c\ntitle =\n",
     "{voice: 'we'@1, letter: {date: 'March 14, 2025 ; as is'@4, title: ''@6}@3}@1"},
    {Format::ini, "a = 1\r\n[s]\r\nb = 2", "{a: '1'@1, s: {b: '2'@3}@2}@1"},
    {Format::ini, "a = 1\r[s]\rb = 2", "{a: '1'@1, s: {b: '2'@3}@2}@1"},
    {Format::ini, "[empty]\n[s]\nb = 2\n[also empty]", "{s: {b: '2'@3}@2}@1"},
    // Points nest, in sections and in names.
    {Format::ini, "a.b = 1\n[letter.addressee]\nname = x = y\n[letter]\ndate.day = 2",
     "{a: {b: '1'@1}@1, letter: {addressee: {name: 'x = y'@3}@2, date: {day: '2'@5}@5}@2}@1"},
    {Format::ini, "a = \"  x \"\nb = \"\nc = \xC3\xA0\n", "{a: '  x '@1, b: '\"'@2, c: 'à'@3}@1"},
};
INSTANTIATE_TEST_SUITE_P(Ini, DealReads, ::testing::ValuesIn(k_ini));

const Good k_info[] = {
    {Format::info, "; nothing", "{}@1"},
    {Format::info, "a 1\nb \"two words\" ; c\nempty\n",
     "{a: '1'@1, b: 'two words'@2, empty: ''@3}@1"},
    {Format::info, "letter\n{\n  date x\r\n  to {\n name \"A \\\"B\\\" \\\\ \\n\" }\n}\n",
     "{letter: {date: 'x'@3, to: {name: 'A \"B\" \\ \n'@5}@4}@1}@1"},
    {Format::info, "d { t A }\nd { t B }\nd C\n", "{d: [{t: 'A'@1}@1, {t: 'B'@2}@2, 'C'@3]@1}@1"},
    {Format::info, "firm \"A & B\" {\n city x\n}\n", "{firm: {city: 'x'@2, #text: 'A & B'@1}@1}@1"},
    {Format::info, "a \"one \" \\\n  \"two\"\nb 2", "{a: 'one two'@1, b: '2'@3}@1"},
    {Format::info, "\"a b\" 1", "{a b: '1'@1}@1"},
};
INSTANTIATE_TEST_SUITE_P(Info, DealReads, ::testing::ValuesIn(k_info));

// ---------------------------------------------------------------------------------------------
// What is refused

struct Bad {
  Format format;
  std::string input;
  Code code;
  int line;
  std::string words; ///< in the message or the hint
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.input.substr(0, 200); }

class DealRefuses : public ::testing::TestWithParam<Bad> {};

TEST_P(DealRefuses, WithCodeAndLine) {
  const Bad& bad = GetParam();
  const Result<Deal> deal = read_text(bad.format, bad.input);
  ASSERT_THAT(deal.findings, Not(IsEmpty()));
  const Finding& finding = deal.findings.front();
  EXPECT_EQ(code_name(finding.code), code_name(bad.code)) << all_text(deal.findings);
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.place.line, bad.line) << all_text(deal.findings);
  EXPECT_EQ(finding.place.file, source(bad.format, "").name);
  EXPECT_THAT(finding.message + " " + finding.hint, HasSubstr(bad.words));
}

const Bad k_bad_json[] = {
    {Format::json, "", Code::data_empty, 0, "empty"},
    {Format::json, " \n", Code::data_empty, 0, "empty"},
    {Format::json, "\xEF\xBB\xBF", Code::data_empty, 0, "empty"},
    {Format::json, "[1]", Code::data_root, 1, "a list"},
    {Format::json, "\n\"x\"", Code::data_root, 2, "text"},
    {Format::json, std::string("\xFF\xFE{\0}\0", 6), Code::data_utf16, 0, "UTF-16"},
    {Format::json, std::string("{\0}\0", 4), Code::data_utf16, 0, "UTF-16"},
    {Format::json, std::string("\0{\0}", 4), Code::data_utf16, 0, "UTF-16"},
    {Format::json, std::string("{\"a\":\n\0}", 8), Code::data_nul, 2, "zero byte"},
    {Format::json, "{\"a\":\n\"caf\xE9\"}", Code::data_not_utf8, 2, "byte E9"},
    {Format::json, "{\"a\":\"\xED\xA0\x80\"}", Code::data_not_utf8, 1, "byte ED"},
    {Format::json, "{\"a\":\"\xC0\xAF\"}", Code::data_not_utf8, 1, "byte C0"},
    {Format::json, "{\"a\":\"\xF4\x90\x80\x80\"}", Code::data_not_utf8, 1, "byte F4"},
    {Format::json, "{\"a\":\"\xE2\x82", Code::data_not_utf8, 1, "byte E2"},
    {Format::json, repeat("{\"a\":", 257), Code::data_too_deep, 1, "256"},
    {Format::json, repeat("[\n", 300000), Code::data_too_deep, 257, "256"},
    {Format::json, "{\"a\":1,\n\n\"a\":2}", Code::duplicate_name, 3, "first in line 1"},
    {Format::json, "{\"a\": 1\r\n \"b\": 2}", Code::json_syntax, 2,
     "A comma or } was expected after the value of “a” in line 1"},
    {Format::json, "{\"a\": [1 2]}", Code::json_syntax, 1,
     "A comma or ] was expected after entry 1 of “a”"},
    {Format::json, "{\"a\": [1}", Code::json_syntax, 1, "“}” stands here"},
    {Format::json, "{\"a\" 1}", Code::json_syntax, 1, "A colon was expected after the name “a”"},
    {Format::json, "{\"a\": }", Code::json_syntax, 1,
     "A value was expected after the colon of “a”"},
    {Format::json, "{\"a\": True}", Code::json_syntax, 1, "true, false and null"},
    {Format::json, "{\"a\": none}", Code::json_syntax, 1, "true, false and null"},
    {Format::json, "{\"a\": closing}", Code::json_syntax, 1, "double quotes"},
    {Format::json, "{\"a\": “x”}", Code::json_syntax, 1, "straight double quotes"},
    {Format::json, "{\"a\": 'x'}", Code::json_syntax, 1, "straight double quotes"},
    {Format::json, "{“a”: 1}", Code::json_syntax, 1, "straight double quotes"},
    {Format::json, "{a: 1}", Code::json_syntax, 1, "A name in double quotes"},
    {Format::json, "{\"a\": \"x\" \"y\"}", Code::json_syntax, 1, "A comma or }"},
    {Format::json, "{\"a\": 1}}", Code::json_syntax, 1, "Nothing more was expected"},
    {Format::json, "{\"a\": 1}\n{\"b\": 2}", Code::json_syntax, 2, "Nothing more was expected"},
    {Format::json, "{\n\"a\": {\"b\": [\n1", Code::json_syntax, 3, "the [ of line 2 is still open"},
    {Format::json, "{\"a\": [1,2,],\n}", Code::json_trailing_comma, 1, "before ]"},
    {Format::json, "{\"a\": 1,\n}", Code::json_trailing_comma, 1, "before }"},
    {Format::json, "{\"a\": 1,, \"b\":2}", Code::json_syntax, 1, "after the comma"},
    {Format::json, "{\n\"a\": 1, // note\n\"b\": 2}", Code::json_comment, 2, "no comments"},
    {Format::json, "{\n/* note\n*/ \"a\": 1}", Code::json_comment, 2, "no comments"},
    {Format::json, "# note\n{}", Code::json_comment, 1, "no comments"},
    {Format::json, "{\"a\": \"x\ny\"}", Code::json_text, 1, "not closed in its line"},
    {Format::json, "{\"a\": \"x", Code::json_text, 1, "not closed"},
    {Format::json, "{\"a\": \"x\ty\"}", Code::json_text, 1, "tab"},
    {Format::json, "{\"a\": \"C:\\deals\"}", Code::json_text, 1, "backslash"},
    {Format::json, "{\"a\": \"\\ud800\"}", Code::json_text, 1, "names no character"},
    {Format::json, "{\"a\": \"\\u12g4\"}", Code::json_text, 1, "names no character"},
    {Format::json, "{\"a\": 007}", Code::json_number, 1, "“007”"},
    {Format::json, "{\"a\": 1,000,000}", Code::json_number, 1, "“1,000,000”"},
    {Format::json, "{\"a\": .5}", Code::json_number, 1, "0.5"},
    {Format::json, "{\"a\": 1.}", Code::json_number, 1, "both sides"},
    {Format::json, "{\"a\": +1}", Code::json_number, 1, "plus"},
    {Format::json, "{\"a\": -}", Code::json_number, 1, "“-”"},
    {Format::json, "{\"a\": 1e999}", Code::json_number, 1, "“1e999”"},
    {Format::json, "{\"a\":\n" + repeat("9", 400) + "}", Code::json_number, 2, "308"},
    {Format::json, "{\"a\": $5}", Code::json_syntax, 1, "“$” stands here"},
};
INSTANTIATE_TEST_SUITE_P(Json, DealRefuses, ::testing::ValuesIn(k_bad_json));

const Bad k_bad_xml[] = {
    {Format::xml, "", Code::data_empty, 0, "empty"},
    {Format::xml, "hello", Code::data_syntax, 1, "text stands before the first element"},
    {Format::xml, "<?xml version='1.0'?><!-- x -->", Code::data_syntax, 1, "no element"},
    {Format::xml, "<d>hello</d>", Code::data_root, 1, "text"},
    {Format::xml, "<!DOCTYPE d [<!ENTITY x 'y'>]>\n<d>&x;</d>", Code::xml_doctype, 1, "DOCTYPE"},
    {Format::xml, "<?xml version='1.0'?>\n<!DOCTYPE d SYSTEM 'http://x/y'><d/>", Code::xml_doctype,
     2, "DOCTYPE"},
    {Format::xml, "<?xml version='1.0' encoding='ISO-8859-1'?><d/>", Code::xml_encoding, 1,
     "ISO-8859-1"},
    {Format::xml, "<d>\n<a>1&nbsp;2</a></d>", Code::xml_entity, 2, "&nbsp;"},
    {Format::xml, "<d>\n<a k='&copy;'/></d>", Code::xml_entity, 2, "&copy;"},
    {Format::xml, "<d><a>Wickersham & Taft</a></d>", Code::xml_ampersand, 1, "&amp;"},
    {Format::xml, "<d><a k='A&B'/></d>", Code::xml_ampersand, 1, "&amp;"},
    {Format::xml, "<d><a>&#0;</a></d>", Code::xml_character, 1, "&#0;"},
    {Format::xml, "<d><a>&#x110000;</a></d>", Code::xml_character, 1, "&#x110000;"},
    {Format::xml, "<d><a>&#xD800;</a></d>", Code::xml_character, 1, "&#xD800;"},
    {Format::xml, "<d><a>&#99999999999999999999;</a></d>", Code::xml_character, 1, "&#9"},
    {Format::xml, "<d><a>\x01</a></d>", Code::xml_character, 1, "control character 1"},
    {Format::xml, "<d><a>\xEF\xBF\xBF</a></d>", Code::xml_character, 1, "U+FFFF"},
    {Format::xml, "<d>\n<a>x<b>y</b></a></d>", Code::xml_mixed, 2, "<a>"},
    {Format::xml, "<d><a><b>y</b>\n tail</a></d>", Code::xml_mixed, 2, "<a>"},
    {Format::xml, "<d><a><b/><![CDATA[t]]></a></d>", Code::xml_mixed, 1, "<a>"},
    {Format::xml, "<d>\n<a><b>\n</a></b></d>", Code::data_syntax, 3, "<b> of line 2 is still open"},
    {Format::xml, "<d><a></A></d>", Code::data_syntax, 1, "</A> stands here"},
    {Format::xml, "<d>\n<a>", Code::data_syntax, 2, "<a> of line 2 is not closed"},
    {Format::xml, "<d></d></d>", Code::data_syntax, 1, "closes nothing"},
    {Format::xml, "<d></d>\n<e/>", Code::data_syntax, 2, "second outermost element <e>"},
    {Format::xml, "<d></d>\ntext", Code::data_syntax, 2, "behind the last element"},
    {Format::xml, "<d><a k=1/></d>", Code::data_syntax, 1, "not in quotes"},
    {Format::xml, "<d><a k/></d>", Code::data_syntax, 1, "has no value"},
    {Format::xml, "<d><a k='1' k='2'/></d>", Code::data_syntax, 1,
     "“k” stands in the tag <a> twice"},
    {Format::xml, "<d><a k='1'l='2'/></d>", Code::data_syntax, 1, "“l”"},
    {Format::xml, "<d><a k='1/></d>", Code::data_syntax, 1, "not closed"},
    {Format::xml, "<d>a < b</d>", Code::data_syntax, 1, "&lt;"},
    {Format::xml, "<d><1a/></d>", Code::data_syntax, 1, "no name"},
    {Format::xml, "<d><!-- x</d>", Code::data_syntax, 1, "comment"},
    {Format::xml, "<d><![CDATA[ x</d>", Code::data_syntax, 1, "CDATA"},
    {Format::xml, "<d><?x </d>", Code::data_syntax, 1, "instruction"},
    {Format::xml, "<d><!ELEMENT x></d>", Code::data_syntax, 1, "<!"},
    {Format::xml, "<d", Code::data_syntax, 1, "not closed"},
    {Format::xml, "<", Code::data_syntax, 1, "no name"},
    {Format::xml, "<d><x:a/>\n<y:a/></d>", Code::xml_prefixes, 2, "<x:a> and <y:a>"},
    {Format::xml, repeat("<a>", 257), Code::data_too_deep, 1, "256"},
    {Format::xml, repeat("<a>\n", 100000), Code::data_too_deep, 257, "256"},
    {Format::xml, std::string("\xFF\xFE<\0d\0/\0>\0", 10), Code::data_utf16, 0, "UTF-16"},
    {Format::xml, "<d><a>caf\xE9</a></d>", Code::data_not_utf8, 1, "E9"},
};
INSTANTIATE_TEST_SUITE_P(Xml, DealRefuses, ::testing::ValuesIn(k_bad_xml));

const Bad k_bad_ini[] = {
    {Format::ini, "a = 1\nhello\n", Code::data_syntax, 2, "name = value"},
    {Format::ini, "[a\nb = 1\n", Code::data_syntax, 1, "[ is not closed"},
    {Format::ini, "= 1\n", Code::data_syntax, 1, "a name is missing"},
    {Format::ini, "[]\nb = 1\n", Code::data_syntax, 1, "a name is missing"},
    {Format::ini, "a..b = 1\n", Code::data_syntax, 1, "a name is missing"},
    {Format::ini, "a = 1\nb = 2\na = 3\n", Code::duplicate_name, 3, "first in line 1"},
    {Format::ini, "[s]\na=1\n[t]\na=1\n[s]\na=2\n", Code::duplicate_name, 5, "first in line 1"},
    {Format::ini, "a = 1\n[a]\nb = 2\n", Code::ini_name_twice, 2, "“a”"},
    {Format::ini, "a.b = 1\n[a.b]\nc = 2\n", Code::ini_name_twice, 2, "“a.b”"},
    {Format::ini, "[a]\nb.c = 2\n[x]\ny=1\n[a.b]\nc = 3\n", Code::ini_name_twice, 6, "“a.b.c”"},
    {Format::ini, "\n" + repeat("a.", 300) + "a = 1\n", Code::data_too_deep, 2, "256"},
};
INSTANTIATE_TEST_SUITE_P(Ini, DealRefuses, ::testing::ValuesIn(k_bad_ini));

const Bad k_bad_info[] = {
    {Format::info, "a {\n b 1\n", Code::data_syntax, 3, "{ of line 1 is open"},
    {Format::info, "a 1\n}\n", Code::data_syntax, 2, "} closes nothing"},
    {Format::info, "{\n a 1\n}\n", Code::data_syntax, 1, "no name stands before {"},
    {Format::info, "a 1\n#include \"/etc/passwd\"\n", Code::info_include, 2, "not followed"},
    {Format::info, "# note\na 1\n", Code::data_syntax, 1, "Begin a comment with ;"},
    {Format::info, "a \"x\nb 1\n", Code::data_syntax, 1, "not closed in its line"},
    {Format::info, "a C:\\deals\n", Code::data_syntax, 1, "backslash"},
    {Format::info, "a \"x\\0y\"\n", Code::data_syntax, 1, "\\0"},
    {Format::info, "b 1\nname Acme Inc.\n", Code::info_words, 2, "“Inc.”"},
    {Format::info, "a{\n b 1\n}\n", Code::data_syntax, 1, "bracket is joined"},
    {Format::info, "a x\"y\"\n", Code::data_syntax, 1, "double quote stands inside"},
    {Format::info, "a \"x\" \\\nb 1\n", Code::data_syntax, 2, "text in double quotes must follow"},
    {Format::info, "a \"x\" \\", Code::data_syntax, 1, "ends after \\"},
    {Format::info, repeat("a {\n", 300), Code::data_too_deep, 256, "256"},
};
INSTANTIATE_TEST_SUITE_P(Info, DealRefuses, ::testing::ValuesIn(k_bad_info));

TEST(DealFindings, AreListedAllAtOnce) {
  const std::vector<Source> sources = {
      {"a.json", "{\"x\": 1, \"x\": 2, \"y\": 3, \"y\": 4}", Format::json},
      {"b.xml", "<d><a>A & B</a><b>&nbsp;</b><c>x<d/></c></d>", Format::xml},
      {"c.ini", "x\ny\n", Format::ini}};
  const Result<Deal> deal = read(sources);
  std::vector<std::string> seen;
  for (const Finding& finding : deal.findings)
    seen.push_back(finding.place.file + " " + std::string(code_name(finding.code)));
  EXPECT_THAT(seen, ElementsAre("a.json duplicate_name", "a.json duplicate_name",
                                "b.xml xml_ampersand", "b.xml xml_entity", "b.xml xml_mixed",
                                "c.ini data_syntax", "c.ini data_syntax"));
  EXPECT_FALSE(deal);
}

TEST(DealFindings, AreCutOff) {
  const Result<Deal> xml = read_text(Format::xml, "<d><a>" + repeat("& ", 100000) + "</a></d>");
  EXPECT_EQ(xml.findings.size(), 101U);
  EXPECT_EQ(xml.findings.back().code, Code::data_more);
  const Result<Deal> json = read_text(Format::json, "{" + repeat("\"a\":1,", 100000) + "\"a\":1}");
  EXPECT_EQ(json.findings.size(), 101U);
  EXPECT_EQ(json.findings.back().code, Code::data_more);
}

TEST(DealFindings, ShowThePlace) {
  const Result<Deal> deal =
      read_text(Format::json, "{\n  \"letter\": {\n    \"date\": 2025-03-14\n  }\n}");
  ASSERT_EQ(deal.findings.size(), 1U) << all_text(deal.findings);
  const Place& place = deal.findings.front().place;
  EXPECT_EQ(place.line, 3);
  EXPECT_EQ(place.data_path, "letter");
  EXPECT_EQ(place.excerpt.substr(static_cast<std::size_t>(place.caret)), "2025-03-14");
}

TEST(DealLimits, SizeOfAFile) {
  Limits limits;
  limits.bytes = 10;
  EXPECT_TRUE(read_text(Format::json, "{\"a\": 123}", {}, limits));
  const Result<Deal> deal = read_text(Format::json, "{\"a\": 1234}", {}, limits);
  EXPECT_FALSE(deal);
  ASSERT_EQ(deal.findings.size(), 1U);
  EXPECT_EQ(deal.findings.front().code, Code::data_too_large);
}

TEST(DealLimits, DepthIsReached) {
  const std::string json = repeat("{\"a\":", 256) + "1" + repeat("}", 256);
  EXPECT_TRUE(read_text(Format::json, json));
  const std::string xml = repeat("<a>", 256) + repeat("</a>", 256);
  EXPECT_TRUE(read_text(Format::xml, xml));
  const std::string info = repeat("a {\n", 255) + "b 1\n" + repeat("}\n", 255);
  EXPECT_TRUE(read_text(Format::info, info)) << all_text(read_text(Format::info, info).findings);
}

TEST(DealLimits, LargeInputIsLinear) {
  // Quadratic work would not end within the test's time limit.
  std::string list = "{\"a\":[1";
  std::string names = "{\"n\":0";
  std::string xml = "<d>";
  std::string ini;
  for (int i = 0; i < 50000; ++i) {
    list += ",1";
    names += ",\"n" + std::to_string(i) + "\":1";
    xml += "<n>" + std::to_string(i) + "</n>";
    ini += "[a.s" + std::to_string(i) + "]\nk=1\n";
  }
  const Result<Deal> a = read_text(Format::json, list + "]}");
  ASSERT_TRUE(a);
  EXPECT_EQ(a->root.member("a")->as_list().size(), 50001U);
  const Result<Deal> b = read_text(Format::json, names + "}");
  ASSERT_TRUE(b);
  EXPECT_EQ(b->root.as_object().size(), 50001U);
  EXPECT_EQ(b->root.member("n49999")->as_number().text, "1");
  const Result<Deal> c = read_text(Format::xml, xml + "</d>");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->root.member("n")->as_list().back().as_string(), "49999");
  const Result<Deal> d = read_text(Format::ini, ini);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->root.member("a")->as_object().size(), 50000U);
}

TEST(DealFormat, ByTheEndingOfTheName) {
  EXPECT_EQ(format_of("a/b.json"), Format::json);
  EXPECT_EQ(format_of("DEAL.XML"), Format::xml);
  EXPECT_EQ(format_of("x.ini"), Format::ini);
  EXPECT_EQ(format_of("x.info"), Format::info);
  EXPECT_EQ(format_of("x.yaml"), std::nullopt);
  EXPECT_EQ(format_of("json"), std::nullopt);
}

// ---------------------------------------------------------------------------------------------
// Values

TEST(DealObject, KeepsOrderAndNamesUniqueAtEverySize) {
  Object object;
  for (int i = 0; i < 100; ++i) {
    object.set("n" + std::to_string(i), Value::integer(i));
    ASSERT_EQ(object.size(), static_cast<std::size_t>(i) + 1);
    for (int k = 0; k <= i; ++k)
      ASSERT_EQ(object.find("n" + std::to_string(k))->as_number().text, std::to_string(k));
    ASSERT_EQ(object.find("n" + std::to_string(i + 1)), nullptr);
  }
  object.set("n50", Value("changed"));
  EXPECT_EQ(object.size(), 100U);
  EXPECT_EQ(object.find("n50")->as_string(), "changed");
  const Object copy = object;
  EXPECT_EQ(copy.find("n99")->as_number().text, "99");
  int i = 0;
  for (const auto& [name, value] : copy) EXPECT_EQ(name, "n" + std::to_string(i++));
}

TEST(DealPath, IsWrittenAsATemplateWritesIt) {
  EXPECT_EQ(join_path("", "a"), "a");
  EXPECT_EQ(join_path("a.b", "c"), "a.b.c");
  EXPECT_EQ(join_path("a", "[0]"), "a[0]");
  EXPECT_EQ(join_path("a", "@id"), "a[\"@id\"]");
  EXPECT_EQ(join_path("", "x y\""), "[\"x y\\\"\"]");
}

// ---------------------------------------------------------------------------------------------
// Merging and assignments

TEST(DealMerge, LaterFilesWin) {
  const std::vector<Source> sources = {
      {"a.json",
       R"({"letter": {"date": "x", "to": {"name": "A", "city": "C"}}, "list": [1, 2], "n": 1})",
       Format::json},
      {"b.xml", "<d>\n<letter>\n<date>y</date><to><name>B</name></to></letter><list>3</list></d>",
       Format::xml},
      {"c.json", "{\n\n\"n\": null, \"new\": {\"k\": 1}}", Format::json}};
  const Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  EXPECT_EQ(dump(deal->root),
            "{letter: {date: 'y'@3, to: {name: 'B'@3, city: 'C'@1}@1}@1, list: '3'@3, "
            "n: null@3, new: {k: 1@3}@3}@1");
  EXPECT_THAT(deal->files, ElementsAre("a.json", "b.xml", "c.json"));
  EXPECT_EQ(deal->root.at_path("letter.to.name")->origin.file, 1U);
  EXPECT_EQ(deal->root.at_path("letter.to.city")->origin.file, 0U);
}

struct Set {
  std::string path;
  std::string value;
  std::string dumped; ///< of the whole, without lines
};

void PrintTo(const Set& set, std::ostream* out) { *out << set.path << "=" << set.value; }

class DealSets : public ::testing::TestWithParam<Set> {};

TEST_P(DealSets, AsDumped) {
  const Result<Deal> deal =
      read_text(Format::json, R"({"a": {"b": 1}, "list": [{"t": "x"}, 2], "n": null})",
                {{GetParam().path, GetParam().value}});
  EXPECT_THAT(deal.findings, IsEmpty()) << all_text(deal.findings);
  ASSERT_TRUE(deal);
  EXPECT_EQ(without_lines(dump(deal->root)), GetParam().dumped);
}

const Set k_sets[] = {
    {"a.b", "2.50", "{a: {b: 2.50}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "two words", "{a: {b: 'two words'}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "", "{a: {b: ''}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "\"42\"", "{a: {b: '42'}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "007", "{a: {b: '007'}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "2025-03-14", "{a: {b: '2025-03-14'}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "[Reserved]", "{a: {b: '[Reserved]'}, list: [{t: 'x'}, 2], n: null}"},
    {"a.b", "true", "{a: {b: true}, list: [{t: 'x'}, 2], n: null}"},
    {"a", "{\"c\": [1]}", "{a: {c: [1]}, list: [{t: 'x'}, 2], n: null}"},
    {"a.c.d", "1", "{a: {b: 1, c: {d: 1}}, list: [{t: 'x'}, 2], n: null}"},
    {"list[0].t", "y", "{a: {b: 1}, list: [{t: 'y'}, 2], n: null}"},
    {"list[-1]", "3", "{a: {b: 1}, list: [{t: 'x'}, 3], n: null}"},
    {"list[2].t", "z", "{a: {b: 1}, list: [{t: 'x'}, 2, {t: 'z'}], n: null}"},
    {"n.x", "1", "{a: {b: 1}, list: [{t: 'x'}, 2], n: {x: 1}}"},
    {"new[0][0]", "1", "{a: {b: 1}, list: [{t: 'x'}, 2], n: null, new: [[1]]}"},
    {"[\"x y\"][\"@id\"]", "1", "{a: {b: 1}, list: [{t: 'x'}, 2], n: null, x y: {@id: 1}}"},
    {"x-y.é", "1", "{a: {b: 1}, list: [{t: 'x'}, 2], n: null, x-y: {é: 1}}"},
};
INSTANTIATE_TEST_SUITE_P(Set, DealSets, ::testing::ValuesIn(k_sets));

struct BadSet {
  std::string path;
  std::string value;
  Code code;
  std::string words;
};

void PrintTo(const BadSet& set, std::ostream* out) { *out << set.path << "=" << set.value; }

class DealSetsNot : public ::testing::TestWithParam<BadSet> {};

TEST_P(DealSetsNot, WithCode) {
  const Result<Deal> deal =
      read_text(Format::json, R"({"a": {"b": 1}, "list": [1, 2], "empty": []})",
                {{GetParam().path, GetParam().value}});
  ASSERT_EQ(deal.findings.size(), 1U) << all_text(deal.findings);
  EXPECT_EQ(code_name(deal.findings.front().code), code_name(GetParam().code));
  EXPECT_THAT(deal.findings.front().message, HasSubstr(GetParam().words));
}

const BadSet k_bad_sets[] = {
    {"", "1", Code::set_path, "empty"},
    {"a..b", "1", Code::set_path, "beside a point"},
    {".a", "1", Code::set_path, "beside a point"},
    {"a.", "1", Code::set_path, "ends with a point"},
    {"list[x]", "1", Code::set_path, "no number"},
    {"list[0", "1", Code::set_path, "] is missing"},
    {"list[0]x", "1", Code::set_path, "“x”"},
    {"list[99999999999999999999]", "1", Code::set_path, "no number"},
    {"a[\"b", "1", Code::set_path, "is missing"},
    {"a]", "1", Code::set_path, "]"},
    {repeat("a.", 300) + "b", "1", Code::set_path, "256"},
    {"list[3]", "1", Code::set_entry, "“list” has 2 entries"},
    {"list[-3]", "1", Code::set_entry, "“list” has 2 entries"},
    {"empty[-1]", "1", Code::set_entry, "“empty” has none"},
    {"a.b.c", "1", Code::set_inside_value, "“a.b” is a number"},
    {"list.x", "1", Code::set_inside_value, "“list” is a list"},
    {"a[0]", "1", Code::set_inside_value, "“a” is a group of values"},
    {"[0]", "1", Code::set_inside_value, "the deal is a group"},
    {"a.b", "caf\xE9", Code::set_text, "“a.b”"},
    {"a.b", std::string("x\0y", 3), Code::set_text, "“a.b”"},
    {"a.b", R"({"x": 1, "x": 2})", Code::duplicate_name, "“x”"},
    {"a.b", R"({"x": 1,})", Code::set_like_json, "“a.b”"},
};
INSTANTIATE_TEST_SUITE_P(Set, DealSetsNot, ::testing::ValuesIn(k_bad_sets));

} // namespace
} // namespace engross::deal
