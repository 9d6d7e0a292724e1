// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace engross::deal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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

std::string dump(const Value& value) {
  std::string out;
  const char* separator = "";
  switch (value.kind()) {
  case Value::Kind::undefined:
    return "undefined";
  case Value::Kind::none:
    return "null";
  case Value::Kind::boolean:
    return value.as_bool() ? "true" : "false";
  case Value::Kind::number:
    return value.as_number().text;
  case Value::Kind::string:
    return "'" + value.as_string() + "'";
  case Value::Kind::list:
    for (const Value& entry : value.as_list()) out += std::exchange(separator, ", ") + dump(entry);
    return "[" + out + "]";
  case Value::Kind::object:
    for (const auto& [name, member] : value.as_object())
      out += std::exchange(separator, ", ") + name + ": " + dump(member);
    return "{" + out + "}";
  }
  return out;
}

Result<Schema> compile(std::string text) {
  return Schema::compile({"deal.schema.json", std::move(text), Format::json});
}

// ---------------------------------------------------------------------------------------------
// What the schema makes of text

struct Coercion {
  Format format;
  std::string schema; ///< of the member "v"
  std::string input;  ///< inside <d> for XML
  std::string dumped; ///< of "v"
};

void PrintTo(const Coercion& c, std::ostream* out) { *out << c.schema << "  " << c.input; }

class SchemaCoerces : public ::testing::TestWithParam<Coercion> {};

TEST_P(SchemaCoerces, AsDumped) {
  const Coercion& c = GetParam();
  const Result<Schema> schema = compile("{\"properties\": {\"v\": " + c.schema + "}}");
  ASSERT_TRUE(schema) << all_text(schema.findings);
  const std::string bytes = c.format == Format::xml ? "<d>" + c.input + "</d>" : c.input;
  const std::vector<Source> sources = {{"deal", bytes, c.format}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal) << all_text(deal.findings);
  const Findings findings = schema->apply(*deal);
  EXPECT_THAT(findings, IsEmpty()) << all_text(findings);
  EXPECT_EQ(dump(*deal->root.member("v")), c.dumped);
}

const Coercion k_coercions[] = {
    {Format::xml, R"({"type": "array"})", "<v>x</v>", "['x']"},
    {Format::xml, R"({"type": "array"})", "<v/>", "[]"},
    {Format::xml, R"({"type": "array"})", "<v>\n</v>", "[]"},
    {Format::xml, R"({"type": "array"})", "<v>x</v><v/>", "['x', '']"},
    {Format::xml, R"({"type": "array"})", "<v><t>x</t></v>", "[{t: 'x'}]"},
    {Format::xml, R"({"type": ["array", "string"]})", "<v>x</v>", "'x'"},
    {Format::xml, R"({"type": "array", "items": {"type": "integer"}})", "<v>1</v>", "[1]"},
    {Format::xml, R"({"type": "array", "items": {"type": "integer"}})", "<v>1</v><v>2</v>",
     "[1, 2]"},
    {Format::xml, R"({"items": [{"type": "integer"}, {"type": "boolean"}], "type": "array"})",
     "<v>1</v><v>true</v>", "[1, true]"},
    // An outer element that only wraps the entries.
    {Format::xml, R"({"type": "array", "items": {"type": "object", "properties": {"t": {}}}})",
     "<v><doc><t>x</t></doc></v>", "[{t: 'x'}]"},
    {Format::xml, R"({"type": "array", "items": {"type": "object", "properties": {"t": {}}}})",
     "<v><doc><t>x</t></doc><doc><t>y</t></doc></v>", "[{t: 'x'}, {t: 'y'}]"},
    {Format::xml, R"({"type": "array", "items": {"type": "object", "properties": {"t": {}}}})",
     "<v><t>x</t></v>", "[{t: 'x'}]"},
    {Format::xml, R"({"type": "array", "items": {"type": "string"}})",
     "<v><line>a</line><line>b</line></v>", "['a', 'b']"},
    {Format::xml, R"({"type": "array", "items": {"type": "string"}})", "<v><line>a</line></v>",
     "['a']"},
    {Format::xml, R"({"type": "boolean"})", "<v>true</v>", "true"},
    {Format::xml, R"({"type": "boolean"})", "<v> false\n</v>", "false"},
    {Format::xml, R"({"const": true})", "<v>true</v>", "true"},
    {Format::xml, R"({"enum": [1, 2]})", "<v>2</v>", "2"},
    {Format::xml, R"({"type": "number"})", "<v>12345678901234567890.120</v>",
     "12345678901234567890.120"},
    {Format::xml, R"({"type": "integer"})", "<v>-7</v>", "-7"},
    {Format::xml, R"({"type": ["integer", "string"]})", "<v>7</v>", "'7'"},
    {Format::xml, R"({"type": "string"})", "<v>7</v>", "'7'"},
    {Format::xml, R"({})", "<v>7</v>", "'7'"},
    {Format::xml, R"({"type": "object"})", "<v/>", "{}"},
    {Format::xml, R"({"type": ["number", "null"]})", "<v/>", "null"},
    {Format::xml,
     R"({"allOf": [{"type": ["integer", "array"]}, {"type": ["integer", "boolean"]}]})", "<v>1</v>",
     "1"},
    {Format::xml, R"({"anyOf": [{"type": "integer"}, {"type": "null"}]})", "<v>1</v>", "1"},
    {Format::xml, R"({"oneOf": [{"type": "array", "items": {"type": "boolean"}}]})", "<v>true</v>",
     "[true]"},
    {Format::xml, R"({"additionalProperties": {"type": "integer"}})", "<v><a>1</a></v>", "{a: 1}"},
    {Format::xml, R"({"patternProperties": {"^n": {"type": "integer"}}})",
     "<v><n1>1</n1><x>1</x></v>", "{n1: 1, x: '1'}"},
    {Format::xml, R"({"properties": {"@n": {"type": "integer"}, "#text": {"type": "number"}}})",
     "<v n='1'>2</v>", "{@n: 1, #text: 2}"},
    {Format::xml,
     R"({"type": "object", "if": {"required": ["a"]}, "then": {"properties": {"b": {"type": "array"}}}})",
     "<v><a/><b>x</b></v>", "{a: '', b: ['x']}"},
    {Format::ini, R"({"properties": {"b": {"type": "boolean"}, "l": {"type": "array"}}})",
     "[v]\nb = true\nl = x\n", "{b: true, l: ['x']}"},
    {Format::info, R"({"type": "integer"})", "v 5", "5"},
    // JSON is taken at its word.
    {Format::json, R"({"type": ["string", "number"]})", R"({"v": "5"})", "'5'"},
};
INSTANTIATE_TEST_SUITE_P(Text, SchemaCoerces, ::testing::ValuesIn(k_coercions));

TEST(SchemaCoercion, OfAssignedValues) {
  const Result<Schema> schema =
      compile(R"({"properties": {"series": {"type": "string"}, "ids": {"type": "array"},
      "final": {"type": "boolean"}, "zip": {"type": ["string", "null"]}, "n": {"type": "integer"}}})");
  ASSERT_TRUE(schema);
  const std::vector<Assignment> assignments = {
      {"series", "2025.10"}, {"ids", "x"}, {"final", "true"}, {"zip", "true"}, {"n", "\"5\""}};
  Result<Deal> deal = read({}, assignments);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  EXPECT_THAT(findings, IsEmpty()) << all_text(findings);
  EXPECT_EQ(dump(deal->root), "{series: '2025.10', ids: ['x'], final: true, zip: 'true', n: 5}");
}

TEST(SchemaCoercion, LeavesJsonAndKeepsLinesAndOtherValues) {
  const Result<Schema> schema =
      compile(R"({"properties": {"a": {"type": "array"}, "b": {"type": "array"}}})");
  ASSERT_TRUE(schema);
  const std::vector<Source> sources = {{"a.json", "{\"a\": \"x\", \"c\": 1}", Format::json},
                                       {"b.xml", "<d>\n<b>y</b></d>", Format::xml}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings.front().place.data_path, "a");
  EXPECT_EQ(findings.front().place.file, "a.json");
  EXPECT_EQ(dump(deal->root), "{a: 'x', c: 1, b: ['y']}");
  EXPECT_EQ(deal->root.member("b")->origin.line, 2U);
  EXPECT_EQ(deal->root.member("b")->as_list().front().origin.file, 1U);
}

// ---------------------------------------------------------------------------------------------
// Violations

struct Violation {
  std::string schema; ///< of the deal
  std::string input;  ///< JSON
  Code code;
  std::string path;
  int line;
  std::string words; ///< in the message or the hint
};

void PrintTo(const Violation& v, std::ostream* out) { *out << v.schema << "  " << v.input; }

class SchemaRefusesData : public ::testing::TestWithParam<Violation> {};

TEST_P(SchemaRefusesData, WithCodePathAndLine) {
  const Violation& v = GetParam();
  const Result<Schema> schema = compile(v.schema);
  ASSERT_TRUE(schema) << all_text(schema.findings);
  const std::vector<Source> sources = {{"deal.json", v.input, Format::json}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal) << all_text(deal.findings);
  const Findings findings = schema->apply(*deal);
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  const Finding& finding = findings.front();
  EXPECT_EQ(code_name(finding.code), code_name(v.code)) << all_text(findings);
  EXPECT_EQ(finding.severity, Severity::error);
  EXPECT_EQ(finding.place.data_path, v.path);
  EXPECT_EQ(finding.place.file, "deal.json");
  EXPECT_EQ(finding.place.line, v.line);
  EXPECT_THAT(finding.message + " " + finding.hint, HasSubstr(v.words));
}

const Violation k_violations[] = {
    {R"({"properties": {"a": {"type": "string"}}})", "{\n\"a\": 5}", Code::schema_type, "a", 2,
     "“a” must be text, but it is a number: 5. Put it in double quotes."},
    {R"({"properties": {"a": {"type": "integer"}}})", "{\"a\": 1.5}", Code::schema_type, "a", 1,
     "a whole number"},
    {R"({"properties": {"a": {"type": "number"}}})", "{\"a\": \"5\"}", Code::schema_type, "a", 1,
     "without quotes"},
    {R"({"properties": {"a": {"type": "number"}}})", "{\"a\": \"$5\"}", Code::schema_type, "a", 1,
     "digits only"},
    {R"({"properties": {"a": {"type": "boolean"}}})", "{\"a\": \"true\"}", Code::schema_type, "a",
     1, "without quotes"},
    {R"({"properties": {"a": {"type": "array"}}})", "{\"a\": {}}", Code::schema_type, "a", 1,
     "square brackets"},
    {R"({"properties": {"a": {"type": ["string", "null"]}}})", "{\"a\": []}", Code::schema_type,
     "a", 1, "text or empty (null), but it is a list"},
    {R"({"properties": {"a": {"properties": {"b": {"items": {"type": "string"}}}}}})",
     "{\"a\": {\"b\": [\"x\",\n\"y\",\nnull]}}", Code::schema_type, "a.b[2]", 3, "empty (null)"},
    {R"({"properties": {"x y": {"type": "string"}}})", "{\"x y\": 1}", Code::schema_type,
     "[\"x y\"]", 1, "text"},
    {R"({"required": ["date"]})", "{}", Code::schema_missing, "date", 1, "“date” is missing."},
    {R"({"properties": {"a": {"required": ["date"]}}})", "{\n\"a\": {\n}}", Code::schema_missing,
     "a.date", 2, "“a.date” is missing. Add “date” to “a” in the deal."},
    {R"({"required": ["closing_date"], "properties": {"closing_date": {}}})",
     "{\"closing_dat\": 1}", Code::schema_missing, "closing_date", 1, "There is “closing_dat”"},
    {R"({"required": ["a"], "properties": {"a": {"description": "The day of the closing."}}})",
     "{}", Code::schema_missing, "a", 1, "The day of the closing."},
    {R"({"properties": {"closing_date": {}}, "additionalProperties": false})",
     "{\n\"closing_dat\": 1}", Code::schema_name_unknown, "closing_dat", 2,
     "Did you mean “closing_date”?"},
    {R"({"properties": {"a": {}, "b": {}}, "additionalProperties": false})", "{\"zzzz\": 1}",
     Code::schema_name_unknown, "zzzz", 1, "Known here: a and b."},
    {R"({"properties": {"a": {"enum": ["I", "we", 3]}}})", "{\"a\": \"us\"}", Code::schema_allowed,
     "a", 1, "“a” must be “I”, “we” or 3, but it is “us”."},
    {R"({"properties": {"a": {"enum": ["draft", "final"]}}})", "{\"a\": \"finl\"}",
     Code::schema_allowed, "a", 1, "Did you mean “final”?"},
    {R"({"properties": {"a": {"const": "x"}}})", "{\"a\": \"\"}", Code::schema_allowed, "a", 1,
     "“x”, but it is empty"},
    {R"({"properties": {"a": {"maximum": 10}}})", "{\"a\": 10.000000000000000000001}",
     Code::schema_bound, "a", 1, "at most 10"},
    {R"({"properties": {"a": {"exclusiveMinimum": 0}}})", "{\"a\": 0}", Code::schema_bound, "a", 1,
     "greater than 0"},
    {R"({"properties": {"a": {"minimum": 0.5}}})", "{\"a\": -1e300}", Code::schema_bound, "a", 1,
     "at least 0.5"},
    {R"({"properties": {"a": {"multipleOf": 0.01}}})", "{\"a\": 12345678901234567890.125}",
     Code::schema_bound, "a", 1, "a multiple of 0.01"},
    {R"({"properties": {"a": {"minLength": 2}}})", "{\"a\": \"é\"}", Code::schema_length, "a", 1,
     "at least 2 characters, but it has 1"},
    {R"({"properties": {"a": {"minItems": 1}}})", "{\"a\": []}", Code::schema_length, "a", 1,
     "at least 1 entry, but it has none"},
    {R"({"properties": {"a": {"maxItems": 1}}})", "{\"a\": [1,2]}", Code::schema_length, "a", 1,
     "at most 1 entry"},
    {R"({"properties": {"a": {"minProperties": 1}}})", "{\"a\": {}}", Code::schema_length, "a", 1,
     "at least 1 name"},
    {R"({"properties": {"a": {"pattern": "^[A-Z]{2}$"}}})", "{\"a\": \"x\"}", Code::schema_pattern,
     "a", 1, "“^[A-Z]{2}$”"},
    {R"({"properties": {"a": {"pattern": "^.$", "description": "One letter."}}})",
     "{\"a\": \"xy\"}", Code::schema_pattern, "a", 1, "One letter."},
    {R"({"properties": {"a": {"format": "date", "pattern": "^2"}}})", "{\"a\": \"1900-02-29\"}",
     Code::schema_format, "a", 1,
     "“a” must be a date, but it is “1900-02-29”. Write it like 2025-03-14."},
    {R"({"properties": {"a": {"format": "time"}}})", "{\"a\": \"25:00:00Z\"}", Code::schema_format,
     "a", 1, "14:30:00Z"},
    {R"({"properties": {"a": {"format": "date-time"}}})", "{\"a\": \"2025-03-14\"}",
     Code::schema_format, "a", 1, "date and time"},
    {R"({"properties": {"a": {"uniqueItems": true}}})",
     "{\"a\": [{\"x\":1,\"y\":2}, 3, {\"y\":2.0,\"x\":1}]}", Code::schema_twice, "a", 1,
     "[0] and [2]"},
    {R"({"properties": {"a": {"contains": {"const": 1}}}})", "{\"a\": [2]}", Code::schema_contains,
     "a", 1, "no entry"},
    {R"({"properties": {"a": {"not": {"const": 1}}}})", "{\"a\": 1}", Code::schema_excluded, "a", 1,
     "may not be 1"},
    {R"({"properties": {"a": false}})", "{\"a\": 1}", Code::schema_forbidden, "a", 1,
     "may not stand here"},
    {R"({"dependencies": {"a": ["b"]}})", "{\"a\": 1}", Code::schema_needed_with, "b", 1,
     "needed where “a” is given"},
    {R"({"propertyNames": {"pattern": "^[a-z]+$"}})", "{\"A\": 1}", Code::schema_bad_name, "A", 1,
     "“A”"},
    {R"({"properties": {"a": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}})", "{\"a\": 1}",
     Code::schema_ambiguous, "a", 1, "fits 2"},
    // Of alternatives the one that is meant is reported.
    {R"({"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "array"}]}}})", "{\"a\": 1}",
     Code::schema_type, "a", 1, "text or a list, but it is a number"},
    {R"({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]})", "{}", Code::schema_missing, "", 1,
     "“a” or “b” is missing."},
    {R"({"properties": {"a": {"oneOf": [
         {"properties": {"kind": {"const": "x"}, "n": {"type": "integer"}}, "required": ["kind", "n"]},
         {"properties": {"kind": {"const": "y"}, "m": {"type": "integer"}}, "required": ["kind", "m"]}]}}})",
     "{\"a\": {\"kind\": \"y\",\n\"m\": \"1\"}}", Code::schema_type, "a.m", 2, "whole number"},
    {R"({"if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["x"]}, "else": {"required": ["y"]}})",
     "{\"k\": 2}", Code::schema_missing, "y", 1, "“y” is missing"},
    // References.
    {R"({"properties": {"a": {"$ref": "#/definitions/p~1q%25"}}, "definitions": {"p/q%": {"type": "string"}}})",
     "{\"a\": 1}", Code::schema_type, "a", 1, "text"},
    {R"({"$id": "https://x.example/s.json", "properties": {"a": {"$ref": "https://x.example/s.json#/definitions/d"}},
         "definitions": {"d": {"$ref": "#/$defs/e"}}, "$defs": {"e": {"type": "string"}}})",
     "{\"a\": 1}", Code::schema_type, "a", 1, "text"},
    {R"({"properties": {"a": {"$ref": "#"}, "b": {"type": "string"}}})",
     "{\"a\": {\"a\": {\"b\": 1}}}", Code::schema_type, "a.a.b", 1, "text"},
    // Names that look like keywords, or like paths.
    {R"({"properties": {"properties": {"type": "string"}, "$ref": {"type": "string"}, "enum": {"type": "string"}},
         "required": ["$ref"]})",
     "{\"$ref\": \"x\", \"enum\": 1}", Code::schema_type, "enum", 1, "text"},
    {R"({"properties": {"a": {"properties": {"b": {"type": "string"}}}, "a/properties/b": {"type": "integer"}}})",
     "{\"a\": {\"b\": \"x\"}, \"a/properties/b\": \"x\"}", Code::schema_type,
     "[\"a/properties/b\"]", 1, "whole number"},
};
INSTANTIATE_TEST_SUITE_P(Json, SchemaRefusesData, ::testing::ValuesIn(k_violations));

TEST(SchemaViolations, AreListedAllAtOnceByLine) {
  const Result<Schema> schema = compile(R"({"required": ["z"], "additionalProperties": false,
      "properties": {"a": {"type": "string"}, "b": {"minimum": 5}, "z": {}}})");
  ASSERT_TRUE(schema);
  const std::vector<Source> sources = {
      {"deal.json", "{\n\"q\": 1,\n\"b\": 1,\n\"a\": 1\n}", Format::json}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  std::vector<std::string> seen;
  for (const Finding& finding : schema->apply(*deal))
    seen.push_back(std::to_string(finding.place.line) + " " + finding.place.data_path);
  EXPECT_THAT(seen, ElementsAre("1 z", "2 q", "3 b", "4 a"));
}

TEST(SchemaViolations, OfAnAssignedValueHaveNoLine) {
  const Result<Schema> schema = compile(R"({"properties": {"a": {"enum": ["x"]}}})");
  ASSERT_TRUE(schema);
  const std::vector<Source> sources = {{"deal.json", "{}", Format::json}};
  const std::vector<Assignment> assignments = {{"a", "y"}};
  Result<Deal> deal = read(sources, assignments);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().place.file, "");
  EXPECT_EQ(findings.front().place.line, 0);
  EXPECT_EQ(findings.front().place.data_path, "a");
}

TEST(SchemaViolations, AreCutOff) {
  const Result<Schema> schema = compile(R"({"properties": {"a": {"items": {"type": "string"}}}})");
  ASSERT_TRUE(schema);
  const std::vector<Source> sources = {
      {"deal.json", "{\"a\":[1" + repeat(",1", 50000) + "]}", Format::json}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  EXPECT_EQ(findings.size(), 101U);
  EXPECT_THAT(findings, Contains(::testing::Field(&Finding::code, Code::data_more)));
}

// ---------------------------------------------------------------------------------------------
// Schemas that cannot be used

struct BadSchema {
  std::string schema;
  Code code;
  int line;
  std::string words;
};

void PrintTo(const BadSchema& bad, std::ostream* out) { *out << bad.schema.substr(0, 200); }

class SchemaIsRefused : public ::testing::TestWithParam<BadSchema> {};

TEST_P(SchemaIsRefused, WithCodeAndLine) {
  const BadSchema& bad = GetParam();
  const Result<Schema> schema = compile(bad.schema);
  EXPECT_FALSE(schema);
  ASSERT_THAT(schema.findings, Not(IsEmpty()));
  const Finding& finding = schema.findings.front();
  EXPECT_EQ(code_name(finding.code), code_name(bad.code)) << all_text(schema.findings);
  EXPECT_EQ(finding.place.file, "deal.schema.json");
  EXPECT_EQ(finding.place.line, bad.line);
  EXPECT_THAT(finding.message + " " + finding.hint, HasSubstr(bad.words));
}

/// a0 -> a1 -> … through "properties": nothing is nested in the file.
std::string long_chain(int length) {
  std::string out = "{\"$ref\": \"#/definitions/a0\", \"definitions\": {";
  for (int i = 0; i < length; ++i)
    out += "\"a" + std::to_string(i) + "\": {\"properties\": {\"x\": {\"$ref\": \"#/definitions/a" +
           std::to_string(i + 1) + "\"}}},";
  return out + "\"a" + std::to_string(length) + "\": {}}}";
}

const BadSchema k_bad_schemas[] = {
    {"", Code::data_empty, 0, "empty"},
    {"[]", Code::data_root, 1, "a list"},
    {"{\"type\": \"object\",\n}", Code::json_trailing_comma, 1, "comma"},
    {"{\"type\": \"object\", \"type\": \"object\"}", Code::duplicate_name, 1, "type"},
    {"{\n\"type\": \"strnig\"}", Code::schema_keyword, 2, "“strnig”"},
    {R"({"type": []})", Code::schema_keyword, 1, "type"},
    {R"({"properties": []})", Code::schema_keyword, 1, "an object of schemas"},
    {R"({"properties": {"a": "text"}})", Code::schema_keyword, 1, "“a” must hold a schema"},
    {R"({"required": "a"})", Code::schema_keyword, 1, "a list of names"},
    {R"({"required": true})", Code::schema_keyword, 1, "a list of names"},
    {R"({"minItems": -1})", Code::schema_keyword, 1, "from 0 on"},
    {R"({"minLength": 1.5})", Code::schema_keyword, 1, "from 0 on"},
    {R"({"maxItems": 99999999999999999999})", Code::schema_keyword, 1, "from 0 on"},
    {R"({"exclusiveMinimum": true})", Code::schema_keyword, 1, "a number"},
    {R"({"multipleOf": 0})", Code::schema_keyword, 1, "greater than 0"},
    {R"({"enum": []})", Code::schema_keyword, 1, "a list of values"},
    {R"({"allOf": []})", Code::schema_keyword, 1, "a list of schemas"},
    {R"({"pattern": "("})", Code::schema_keyword, 1, "regular expression"},
    {R"({"patternProperties": {"[": {}}})", Code::schema_keyword, 1, "regular expression"},
    {R"({"pattern": ")" + repeat("a", 2000) + "\"}", Code::schema_keyword, 1, "regular expression"},
    {R"({"dependencies": {"a": [1]}})", Code::schema_keyword, 1, "dependencies"},
    {R"({"$ref": 1})", Code::schema_keyword, 1, "$ref"},
    {"{\"properties\": {\n\"a\": {\"$ref\": \"https://json-schema.org/x\"}}}",
     Code::schema_ref_outside, 2, "https:"},
    {R"({"$ref": "other.json#/definitions/a"})", Code::schema_ref_outside, 1, "other.json"},
    {R"({"$ref": "file:///etc/passwd"})", Code::schema_ref_outside, 1, "file:"},
    {R"({"$ref": "#/definitions/a"})", Code::schema_ref_missing, 1, "#/definitions/a"},
    {R"({"$ref": "#name", "definitions": {"a": {"$id": "#name"}}})", Code::schema_ref_missing, 1,
     "#name"},
    {R"({"$ref": "#/properties", "properties": {}})", Code::schema_ref_missing, 1, "#/properties"},
    {R"({"$ref": "#"})", Code::schema_circle, 1, "#"},
    {R"({"allOf": [{"$ref": "#"}]})", Code::schema_circle, 1, "#"},
    {R"({"properties": {"x": {"$ref": "#/definitions/a"}},
         "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}})",
     Code::schema_circle, 2, "#/definitions/"},
    {R"({"properties": {"x": {"not": {"$ref": "#/properties/x"}}}})", Code::schema_circle, 1,
     "#/properties/x"},
    // The circle is closed beside a step into the data.
    {R"({"$ref": "#/definitions/u", "definitions": {
         "u": {"properties": {"x": {"$ref": "#/definitions/v"}}, "allOf": [{"$ref": "#/definitions/v"}]},
         "v": {"allOf": [{"$ref": "#/definitions/u"}]}}})",
     Code::schema_circle, 2, "#/definitions/u"},
    {repeat("{\"not\": ", 300) + "{}" + repeat("}", 300), Code::data_too_deep, 1, "256"},
    {repeat("{\"not\": ", 200) + "{}" + repeat("}", 200), Code::schema_too_deep, 1, "128"},
    {long_chain(5000), Code::schema_too_deep, 1, "128"},
};
INSTANTIATE_TEST_SUITE_P(Json, SchemaIsRefused, ::testing::ValuesIn(k_bad_schemas));

TEST(SchemaWarnings, UnknownKeywordsAndDrafts) {
  const Result<Schema> schema =
      compile("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
              "\"requierd\": [\"a\"], \"x-own\": 1}");
  ASSERT_TRUE(schema);
  ASSERT_EQ(schema.findings.size(), 2U) << all_text(schema.findings);
  EXPECT_EQ(schema.findings[0].code, Code::schema_draft);
  EXPECT_EQ(schema.findings[0].severity, Severity::warning);
  EXPECT_EQ(schema.findings[1].code, Code::schema_keyword_unknown);
  EXPECT_EQ(schema.findings[1].place.line, 2);
  EXPECT_THAT(schema.findings[1].hint, HasSubstr("required"));
}

TEST(SchemaHostile, DeepSchemaOnDeepDataEnds) {
  const Result<Schema> chain = compile(long_chain(60));
  ASSERT_TRUE(chain) << all_text(chain.findings);
  const Result<Schema> schema =
      compile(R"({"anyOf": [{"properties": {"a": {"$ref": "#"}}, "required": ["b"]},
      {"properties": {"a": {"$ref": "#"}}, "required": ["c"]}]})");
  ASSERT_TRUE(schema) << all_text(schema.findings);
  const std::vector<Source> sources = {
      {"deal.json", repeat("{\"a\":", 256) + "1" + repeat("}", 256), Format::json}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().code, Code::schema_too_much);
  EXPECT_THAT(chain->apply(*deal), IsEmpty());
}

TEST(SchemaHostile, PatternsOnLongTextEnd) {
  const Result<Schema> schema =
      compile(R"({"properties": {"a": {"pattern": "^(a|a)*$"}, "b": {"pattern": "^(x+x+)+y$"}}})");
  ASSERT_TRUE(schema) << all_text(schema.findings);
  const std::vector<Source> sources = {
      {"deal.json", "{\"a\": \"" + repeat("a", 90000) + "\", \"b\": \"" + repeat("x", 200) + "\"}",
       Format::json}};
  Result<Deal> deal = read(sources);
  ASSERT_TRUE(deal);
  const Findings findings = schema->apply(*deal);
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings.front().place.data_path, "b");
}

TEST(SchemaPaths, AreThoseOfAllDeclaredProperties) {
  const Result<Schema> schema =
      compile(R"({"properties": {"letter": {"$ref": "#/definitions/letter"},
      "documents": {"items": {"properties": {"title": {}, "@id": {}}}}},
      "anyOf": [{"properties": {"x": {"additionalProperties": {"properties": {"city": {}}}}}},
                {"properties": {"y": {"additionalProperties": false}}}],
      "definitions": {"letter": {"properties": {"date": {}, "reply": {"$ref": "#/definitions/none"}}}, "none": false}})");
  ASSERT_TRUE(schema) << all_text(schema.findings);
  EXPECT_THAT(schema->declared_paths(),
              ElementsAre("documents", "documents[].title", "documents[][\"@id\"]", "letter",
                          "letter.date", "letter.reply", "x", "x[]", "x[].city", "y"));
}

TEST(SchemaPaths, OfASchemaInItselfEnd) {
  const Result<Schema> schema =
      compile(R"({"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}})");
  ASSERT_TRUE(schema);
  EXPECT_THAT(schema->declared_paths(), Contains("a.b.a"));
  EXPECT_LE(schema->declared_paths().size(), 10000U);
}

// ---------------------------------------------------------------------------------------------
// Our verdict is valijson's, but that to us as to draft 7 2.0 is an integer

const char* const k_oracle_schemas[] = {
    R"({"type": "object"})",
    R"({"type": "integer"})",
    R"({"type": ["number", "string"]})",
    R"({"enum": [1, "a", null, [1], {"a": 1}]})",
    R"({"const": {"a": [1, 2]}})",
    R"({"minimum": 1, "exclusiveMaximum": 3})",
    R"({"multipleOf": 2})",
    R"({"minLength": 2, "maxLength": 3})",
    R"({"pattern": "^a"})",
    R"({"minItems": 1, "maxItems": 2})",
    R"({"uniqueItems": true})",
    R"({"items": {"type": "integer"}})",
    R"({"items": [{"type": "integer"}, {"type": "string"}], "additionalItems": {"type": "null"}})",
    R"({"contains": {"minimum": 2}})",
    R"({"properties": {"a": {"type": "integer"}, "b": {"type": "string"}}})",
    R"({"properties": {"a": {"type": "array"}}, "additionalProperties": {"type": "string"}})",
    R"({"patternProperties": {"^a": {"type": "array"}}, "additionalProperties": false})",
    R"({"required": ["a", "b"]})",
    R"({"minProperties": 1, "maxProperties": 1})",
    R"({"propertyNames": {"maxLength": 1}})",
    R"({"dependencies": {"a": ["b"]}})",
    R"({"dependencies": {"a": {"required": ["c"]}}})",
    R"({"allOf": [{"type": "object"}, {"required": ["a"]}]})",
    R"({"anyOf": [{"type": "string"}, {"minimum": 2}]})",
    R"({"oneOf": [{"type": "integer"}, {"minimum": 2}]})",
    R"({"not": {"type": "object"}})",
    R"({"if": {"type": "object"}, "then": {"required": ["a"]}, "else": {"type": "array"}})",
};

const char* const k_oracle_values[] = {
    "null",
    "true",
    "false",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1.5",

    "\"\"",
    "\"a\"",
    "\"ab\"",
    "\"abc\"",
    "\"éé\"",
    "[]",
    "[1]",
    "[1, 1]",
    "[1, \"a\"]",
    "[1, \"a\", null]",
    "[1, \"a\", 2]",
    "[3, 2, 1]",
    "[[1], [1]]",
    "{}",
    R"({"a": 1})",
    R"({"a": "x"})",
    R"({"a": [1]})",
    R"({"a": [1, 2]})",
    R"({"a": 1, "b": "x"})",
    R"({"b": 2})",
    R"({"ab": 1})",
    R"({"a": 1, "c": null})",
    R"({"c": "x"})",
};

TEST(SchemaOracle, SaysTheSame) {
  int valid = 0;
  int invalid = 0;
  for (const char* const schema_text : k_oracle_schemas) {
    const std::string document = R"({"properties": {"v": )" + std::string(schema_text) + "}}";
    const Result<Schema> ours = compile(document);
    ASSERT_TRUE(ours) << all_text(ours.findings);
    valijson::Schema theirs;
    const nlohmann::json document_json = nlohmann::json::parse(document);
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document_json),
                                            theirs);
    for (const char* const value : k_oracle_values) {
      const std::string data = R"({"v": )" + std::string(value) + "}";
      const std::vector<Source> sources = {{"deal.json", data, Format::json}};
      Result<Deal> deal = read(sources);
      ASSERT_TRUE(deal);
      const bool is_valid = ours->apply(*deal).empty();
      const nlohmann::json data_json = nlohmann::json::parse(data);
      valijson::Validator validator(valijson::Validator::kStrongTypes);
      EXPECT_EQ(is_valid, validator.validate(
                              theirs, valijson::adapters::NlohmannJsonAdapter(data_json), nullptr))
          << schema_text << "  " << value;
      ++(is_valid ? valid : invalid);
    }
  }
  EXPECT_GT(valid, 300);
  EXPECT_GT(invalid, 200);
}

} // namespace
} // namespace engross::deal
