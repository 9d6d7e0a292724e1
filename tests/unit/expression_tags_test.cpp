// SPDX-License-Identifier: MPL-2.0
// Where tags stand in a text, and what parsing says about each.
#include "expression_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engross::templating::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

std::vector<std::string> tags_in(std::string_view text) {
  std::vector<std::string> tags;
  for (const TagSpan& span : scan_tags(text).spans)
    tags.emplace_back(text.substr(span.begin, span.end - span.begin));
  return tags;
}

/// "code@offset" of each error.
std::vector<std::string> scan_errors(std::string_view text) {
  std::vector<std::string> errors;
  for (const TagError& error : scan_tags(text).errors)
    errors.push_back(std::string(code_name(error.code)) + "@" + std::to_string(error.offset));
  return errors;
}

TEST(ScanTags, FindsTagsInText) {
  EXPECT_THAT(tags_in("a {{ b }} c {% if d %}e{% endif %}{# f #}"),
              ElementsAre("{{ b }}", "{% if d %}", "{% endif %}", "{# f #}"));
  EXPECT_THAT(tags_in("{{a}}{{b}}"), ElementsAre("{{a}}", "{{b}}"));
  EXPECT_THAT(tags_in("no tags, { } % # at all"), IsEmpty());
  EXPECT_THAT(tags_in(""), IsEmpty());
}

TEST(ScanTags, TextsAndBracketsMayHoldDelimiters) {
  for (const char* tag : {R"({{ "}}" }})", R"({{ '%}' ~ "{{" }})", R"({% if "%}" %})",
                          R"({{ {"a": {"b": 1}} }})", R"({{ {"a":{}}["a"] }})", "{{ “}}” }}",
                          R"({{ "say \"}}\"" }})", "{# {{ x #}", R"({# " #})", "{{ x | f('’') }}"})
    EXPECT_THAT(tags_in(std::string("a ") + tag + " b"), ElementsAre(tag));
}

TEST(ScanTags, DelimitersMayBeSplitByWhatNobodySees) {
  EXPECT_THAT(tags_in("a {\u00AD{ b }\u200B} c"), ElementsAre("{\u00AD{ b }\u200B}"));
  EXPECT_THAT(tags_in("{\uFEFF% endif %\u00AD}"), ElementsAre("{\uFEFF% endif %\u00AD}"));
}

TEST(ScanTags, Errors) {
  EXPECT_THAT(scan_errors("a {{ b"), ElementsAre("tag_not_closed@2"));
  EXPECT_THAT(scan_errors("a }} b"), ElementsAre("tag_not_opened@2"));
  EXPECT_THAT(scan_errors("%} {# x"), ElementsAre("tag_not_opened@0", "tag_not_closed@3"));
  EXPECT_THAT(scan_errors("{{ a %} b {{ c }}"), ElementsAre("tag_not_closed@0"));
  EXPECT_THAT(tags_in("{{ a %} b {{ c }}"), ElementsAre("{{ c }}"));
  EXPECT_THAT(tags_in("{{ a {{ b }}"), ElementsAre("{{ b }}"));
  EXPECT_THAT(scan_errors("{{ a {{ b }}"), ElementsAre("tag_not_closed@0"));
}

TEST(ScanTags, ATagWithAFaultInsideStillEnds) {
  EXPECT_THAT(tags_in("{{ foo( }} and {{ b }}"), ElementsAre("{{ foo( }}", "{{ b }}"));
  EXPECT_THAT(tags_in("{{ \"open }} and {{ b }}"), ElementsAre("{{ \"open }}", "{{ b }}"));
  EXPECT_THAT(tags_in("{{ a | date(\"d MMMM”) }} and {{ \"b\" }}"),
              ElementsAre("{{ a | date(\"d MMMM”) }}", "{{ \"b\" }}"));
}

struct Fault {
  const char* tag;
  const char* code;
  std::size_t offset;
};

TEST(ParseTag, FaultsHaveTheirPlace) {
  const Fault faults[] = {
      {"{{ }}", "unexpected_in_tag", 3},
      {"{{ a b }}", "unexpected_in_tag", 5},
      {"{{ (a }}", "unexpected_in_tag", 6},
      {"{{ a. }}", "unexpected_in_tag", 6},
      {"{{ a[] }}", "unexpected_in_tag", 5},
      {"{{ $a }}", "unexpected_character", 3},
      {"{{ a && b }}", "unexpected_in_tag", 5},
      {"{{ a || b }}", "unexpected_in_tag", 6},
      {"{{ !a }}", "unexpected_in_tag", 3},
      {"{{ a ? b : c }}", "unexpected_in_tag", 5},
      {"{% if a = b %}", "unexpected_in_tag", 8},
      {"{{ \"a }}", "quotation_not_closed", 3},
      {"{{ a | nosuch }}", "unknown_filter", 7},
      {"{{ a is nosuch }}", "unknown_test", 8},
      {"{{ a() }}", "unknown_function", 4},
      {"{{ a | upper(1) }}", "wrong_arguments", 7},
      {"{{ a | date(nosuch=1) }}", "wrong_arguments", 7},
      {"{{ a | date(\"the d\") }}", "invalid_date_pattern", 7},
      {"{{ a | date(\"dd/mm/yyyy\") }}", "invalid_date_pattern", 7},
      {"{{ a | date(\"Long\") }}", "invalid_date_pattern", 7},
      {"{{ a | date(\"MMMM d, yyyyy\") }}", "invalid_date_pattern", 7},
      {"{{ a | date(\"\") }}", "invalid_date_pattern", 7},
      {"{{ a | money(\"XXX\") }}", "wrong_arguments", 7},
      {"{{ a | words(\"wrds\") }}", "wrong_arguments", 7},
      {"{{ a | ordinal(\"figure\") }}", "wrong_arguments", 7},
      {"{{ ref(\"a\") | upper }}", "reference_not_alone", 3},
      {"{{ \"see \" ~ ref(\"a\") }}", "reference_not_alone", 15},
      {"{{ ref(\"a\", size=3) }}", "wrong_arguments", 3},
      {"{% %}", "unexpected_in_tag", 3},
      {"{% nosuch %}", "unknown_statement", 3},
      {"{% if %}", "unexpected_in_tag", 6},
      {"{% for a.b in c %}", "name_not_assignable", 7},
      {"{% for a of b %}", "unexpected_in_tag", 9},
      {"{% set true = 1 %}", "name_not_assignable", 7},
      {"{% set x %}", "unexpected_in_tag", 9},
      {"{% endif x %}", "unexpected_in_tag", 9},
      {"{% opinions end=\".\" %}", "unexpected_in_tag", 12},
      {"{% opinions \"a\" end=1 end=2 %}", "wrong_arguments", 22},
      {"{{ a", "tag_not_closed", 0},
  };
  for (const Fault& fault : faults) {
    const std::variant<Tag, TagError> parsed = parse_tag(fault.tag);
    const auto* error = std::get_if<TagError>(&parsed);
    ASSERT_NE(error, nullptr) << fault.tag;
    EXPECT_EQ(code_name(error->code), fault.code) << fault.tag;
    EXPECT_EQ(error->offset, fault.offset) << fault.tag;
  }
}

TEST(ParseTag, SuggestsWhatWasMeant) {
  const std::pair<const char*, const char*> cases[] = {
      {"{{ a | uper }}", "Did you mean upper? "},
      {"{{ a | andlist }}", "Did you mean and_list? "},
      {"{{ a is defind }}", "Did you mean defined? "},
      {"{% opinons \"a\" %}", "Did you mean opinions? "},
      {"{% elseif a %}", "Write elif. "},
      {"{% end %}", "Write endif or endfor. "},
      {"{{ a.upper() }}", "Write {{ a | upper }}. "},
      {"{{ upper(a) }}", "Write the value first: {{ value | upper }}. "},
  };
  for (const auto& [tag, hint] : cases) {
    const std::variant<Tag, TagError> parsed = parse_tag(tag);
    const auto* error = std::get_if<TagError>(&parsed);
    ASSERT_NE(error, nullptr) << tag;
    EXPECT_THAT(error->arguments, ::testing::Contains(hint)) << tag;
  }
}

Tag parsed(std::string_view text) {
  std::variant<Tag, TagError> result = parse_tag(text);
  const auto* error = std::get_if<TagError>(&result);
  EXPECT_EQ(error, nullptr) << text << ": " << (error != nullptr ? code_name(error->code) : "");
  return error != nullptr ? Tag{} : std::get<Tag>(std::move(result));
}

TEST(ParseTag, Statements) {
  EXPECT_EQ(parsed("{% if a %}").kind, Tag::Kind::if_);
  EXPECT_EQ(parsed("{% elif a %}").kind, Tag::Kind::elif);
  EXPECT_EQ(parsed("{% else %}").kind, Tag::Kind::else_);
  EXPECT_EQ(parsed("{%- endif -%}").kind, Tag::Kind::endif);
  EXPECT_EQ(parsed("{# {{ x }} #}").kind, Tag::Kind::comment);
  EXPECT_EQ(parsed("{% label \"a\" %}").kind, Tag::Kind::label);
  EXPECT_EQ(parsed("{% include \"a.odt\" %}").kind, Tag::Kind::include);

  const Tag loop = parsed("{% for (k, v) in d.items() if v > 1 %}");
  EXPECT_EQ(loop.kind, Tag::Kind::for_);
  EXPECT_THAT(loop.targets, ElementsAre("k", "v"));
  EXPECT_EQ(loop.expression.canonical(), "d.items()");
  EXPECT_EQ(loop.filter.canonical(), "v > 1");

  const Tag set = parsed("{% set a, b = 1, 2 %}");
  EXPECT_THAT(set.targets, ElementsAre("a", "b"));
  EXPECT_EQ(set.expression.canonical(), "[1, 2]");

  const Tag slot = parsed(R"({% opinions "group" end="." end2=[";", "; and"] start=n + 1 %})");
  EXPECT_EQ(slot.kind, Tag::Kind::opinions);
  EXPECT_EQ(slot.expression.canonical(), "\"group\"");
  ASSERT_EQ(slot.options.size(), 3U);
  EXPECT_EQ(slot.options[1].first, "end2");
  EXPECT_EQ(slot.options[1].second.canonical(), R"([";", "; and"])");
  EXPECT_EQ(slot.options[2].second.canonical(), "n + 1");

  const Tag reference = parsed(R"({{ ref("descriptions", form="above") }})");
  EXPECT_EQ(reference.kind, Tag::Kind::reference);
  EXPECT_EQ(reference.expression.canonical(), "\"descriptions\"");
  ASSERT_EQ(reference.options.size(), 1U);
  EXPECT_EQ(reference.options[0].first, "form");
}

TEST(ParseTag, WhiteSpaceControl) {
  const std::tuple<const char*, bool, bool> cases[] = {
      {"{{ a }}", false, false},    {"{{- a }}", true, false},      {"{{ a -}}", false, true},
      {"{%- if a -%}", true, true}, {"{%+ if a +%}", false, false}, {"{#- a -#}", true, true},
      {"{{- -1 -}}", true, true},   {"{{– a –}}", true, true},
  };
  for (const auto& [text, left, right] : cases) {
    const Tag tag = parsed(text);
    EXPECT_EQ(tag.trim_left, left) << text;
    EXPECT_EQ(tag.trim_right, right) << text;
  }
}

/// All of these are one and the same tag.
TEST(ParseTag, HoweverTyped) {
  const std::string expected = R"(letter.date | date("MMMM d, yyyy"))";
  for (const char* text : {
           R"({{ letter.date | date("MMMM d, yyyy") }})",
           R"({{letter.date|date('MMMM d, yyyy')}})",
           "{{ letter.date | date(“MMMM d, yyyy”) }}",
           "{{ letter.date | date(”MMMM d, yyyy”) }}",
           "{{ letter.date | date(„MMMM d, yyyy“) }}",
           "{{ letter.date | date(‘MMMM d, yyyy’) }}",
           "{{ letter.date | date(‚MMMM d, yyyy‘) }}",
           "{{ letter.date | date(«MMMM d, yyyy») }}",
           "{{ letter.date | date(\"MMMM d, yyyy”) }}",
           "{{ letter.date | date(“MMMM d, yyyy\") }}",
           "{{\u00A0letter.date\u202F|\u2003date(\"MMMM d, yyyy\")\u00A0}}",
           "{\u00AD{ let\u00ADter.da\u200Bte | da\uFEFFte(\"MMMM\u00AD d, yyyy\") }}",
           "{{ (letter[\"date\"]) | date(pattern=\"MMMM d, yyyy\") }}",
       }) {
    const Tag tag = parsed(text);
    EXPECT_EQ(tag.expression.canonical(), expected) << text;
  }
}

TEST(Canonical, ReadsBackToItself) {
  const std::pair<const char*, const char*> cases[] = {
      {"a.b[0]['c'].d", "a.b[0].c.d"},
      {"a['b c'][-1]", "a[\"b c\"][-1]"},
      {"((a + b)) * c", "(a + b) * c"},
      {"a + (b * c)", "a + b * c"},
      {"a - (b - c)", "a - (b - c)"},
      {"(a - b) - c", "a - b - c"},
      {"not (a and b) or c", "not (a and b) or c"},
      {"(not a) and b", "not a and b"},
      {"a < b <= c", "a < b <= c"},
      {"(a < b) <= c", "(a < b) <= c"},
      {"x if y else z", "x if y else z"},
      {"(x if y else z) if a else b", "(x if y else z) if a else b"},
      {"x if y else (z if a else b)", "x if y else z if a else b"},
      {"-a | abs", "-a | abs"},
      {"-(a | abs)", "-(a | abs)"},
      {"(a | join(', ')) | upper", "a | join(\", \") | upper"},
      {"a ~ b ~ (c ~ d)", "a ~ b ~ (c ~ d)"},
      {"a is defined", "a is defined"},
      {"a is not divisibleby 3", "not a is divisibleby(3)"},
      {"a not in [1, 2]", "a not in [1, 2]"},
      {"{'a': 1, b: [2]}", "{\"a\": 1, b: [2]}"},
      {"a[1:]", "a[1:]"},
      {"a[::-1]", "a[::-1]"},
      {"a | and_list(attribute='n', serial=true)", "a | and_list(\"n\", serial=true)"},
      {"loop.cycle('a', 'b')", "loop.cycle(\"a\", \"b\")"},
      {"'say \"x\" \\\\ \\n'", "\"say \\\"x\\\" \\\\ \\n\""},
      {"True and None", "true and none"},
      {"0x10 + 1_000", "16 + 1000"},
  };
  for (const auto& [text, expected] : cases) {
    const auto first = parse_expression(text);
    ASSERT_TRUE(std::holds_alternative<Expression>(first)) << text;
    EXPECT_EQ(std::get<Expression>(first).canonical(), expected);
    const auto again = parse_expression(expected);
    ASSERT_TRUE(std::holds_alternative<Expression>(again)) << expected;
    EXPECT_EQ(std::get<Expression>(again).canonical(), expected);
  }
}

TEST(NamesRead, Paths) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"letter.addressee.name", {"letter.addressee.name"}},
      {"documents[0].title", {"documents[].title"}},
      {"firm.offices[letter.office].phone", {"letter.office", "firm.offices[].phone"}},
      {"a if b.c else d | default(e)", {"a", "b.c", "d", "e"}},
      {"parties | and_list(attribute=\"name\")", {"parties[].name", "parties"}},
      {"d.items()", {"d"}},
      {"a + a", {"a"}},
      {"\"text\" ~ 1", {}},
      {"list[start:]", {"start", "list"}},
  };
  for (const auto& [text, expected] : cases) {
    const auto expression = parse_expression(text);
    ASSERT_TRUE(std::holds_alternative<Expression>(expression)) << text;
    EXPECT_THAT(names_read(std::get<Expression>(expression)), ElementsAreArray(expected)) << text;
  }
}

TEST(ParseTag, NestingHasALimit) {
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  for (const std::string& inside :
       {repeated("(", 5000) + "1" + repeated(")", 5000), repeated("not ", 5000) + "1",
        repeated("-", 5000) + "1", "1" + repeated(" + 1", 5000), "a" + repeated(".b", 5000),
        "a" + repeated("|abs", 5000), repeated("[", 5000) + repeated("]", 5000),
        repeated("1 if 1 else ", 5000) + "1"}) {
    const std::variant<Expression, TagError> result = parse_expression(inside);
    const auto* error = std::get_if<TagError>(&result);
    ASSERT_NE(error, nullptr);
    EXPECT_EQ(error->code, Code::expression_too_deep);
  }
}

} // namespace
} // namespace engross::templating::testing
