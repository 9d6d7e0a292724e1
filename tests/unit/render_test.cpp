// SPDX-License-Identifier: MPL-2.0
// What a template's body becomes: tables of {template, data, result}.
#include "render_support.hpp"

#include <gmock/gmock.h>

#include <string>

namespace engross::templating {
namespace {

struct Case {
  const char* name;
  const char* body;
  const char* data;
  const char* result;
};

class Body : public testing::TestWithParam<Case> {};

TEST_P(Body, Becomes) {
  const Rendered out = render(GetParam().body, GetParam().data);
  for (const Finding& finding : out.findings)
    EXPECT_EQ(finding.severity, Severity::info) << to_text(finding);
  EXPECT_EQ(out.body, GetParam().result);
}

const Case k_cases[] = {
    {"Value", "<text:p>A {{ x }} B</text:p>", R"({"x":"1 & <2>"})",
     "<text:p>A 1 &amp; &lt;2&gt; B</text:p>"},
    {"ValueTakesFormattingOfFirstCharacter",
     R"(<text:p><text:span text:style-name="B">{{ </text:span>x<text:span text:style-name="I"> }}</text:span></text:p>)",
     R"({"x":"v"})", R"(<text:p><text:span text:style-name="B">v</text:span></text:p>)"},
    {"BookmarkAndCommentInsideTag",
     R"(<text:p>{{ <text:bookmark text:name="k"/>x<office:annotation><text:p>{{ y }}</text:p></office:annotation> }}</text:p>)",
     R"({"x":"v"})", R"(<text:p>v<text:bookmark text:name="k"/></text:p>)"},
    {"TrackedChangeInsideTag",
     R"(<text:tracked-changes><text:changed-region/></text:tracked-changes><text:p>{{ <text:change text:change-id="1"/><text:change-start text:change-id="2"/>x<text:change-end text:change-id="2"/> }}</text:p>)",
     R"({"x":"v"})", "<text:p>v</text:p>"},
    {"Placeholder",
     R"(<text:p><text:placeholder text:placeholder-type="text">&lt;{{ x }}&gt;</text:placeholder></text:p>)",
     R"({"x":"v"})", "<text:p>v</text:p>"},
    {"LineBreaksTabsBlanks", "<text:p>{{ x }}</text:p>", R"({"x":"a\nb\tc  d "})",
     R"(<text:p>a<text:line-break/>b<text:tab/>c <text:s/>d<text:s/></text:p>)"},
    {"NoteWhoseTextIsNotChosen",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{% if x %}note{% endif %}</text:p></text:note-body></text:note>b<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{% if x %}</text:p><text:p>note</text:p><text:p>{% endif %}</text:p></text:note-body></text:note>c</text:p>)",
     R"({"x":false})", R"(<text:p>abc</text:p>)"},
    {"NoteWhoseTextIsChosen",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{% if x %}note{% endif %}</text:p></text:note-body></text:note></text:p>)",
     R"({"x":true})",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note></text:p>)"},
    {"ParagraphOfANote",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>one</text:p><text:p>{% if x %}two{% endif %}</text:p></text:note-body></text:note></text:p>)",
     R"({"x":false})",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>one</text:p></text:note-body></text:note></text:p>)"},
    {"CellWhoseTextIsNotChosen",
     R"(<table:table><table:table-column/><table:table-row><table:table-cell><text:p text:style-name="S">{% if x %}a{% endif %}</text:p></table:table-cell><table:table-cell><text:p text:style-name="S">{% if x %}</text:p><text:p text:style-name="S">a</text:p><text:p text:style-name="S">{% endif %}</text:p></table:table-cell><table:table-cell><text:p text:style-name="S">{% if y %}a{% endif %}</text:p><text:p>{% if x %}b{% endif %}</text:p></table:table-cell></table:table-row></table:table>)",
     R"({"x":false,"y":true})",
     R"(<table:table><table:table-column/><table:table-row><table:table-cell><text:p text:style-name="S"/></table:table-cell><table:table-cell><text:p text:style-name="S"/></table:table-cell><table:table-cell><text:p text:style-name="S">a</text:p></table:table-cell></table:table-row></table:table>)"},
    {"NoBreakSpaceBesideAMark", R"(<text:p>a {{- x -}}   b {{ x }}</text:p>)", R"({"x":1})",
     R"(<text:p>a1b 1</text:p>)"},
    {"BlockOwnsItsParagraphs",
     "<text:p>{% if x %}</text:p><text:p>in</text:p><text:p>{% else "
     "%}</text:p><text:p>out</text:p><text:p>{% endif %}</text:p>",
     R"({"x":false})", "<text:p>out</text:p>"},
    {"ElifChain", "<text:p>{% if a %}A{% elif b %}B{% elif c %}C{% else %}D{% endif %}.</text:p>",
     R"({"a":0,"b":"","c":1})", "<text:p>C.</text:p>"},
    {"WholeParagraphInBlockLeavesNothing",
     "<text:p>{% if x %}text{% endif %}</text:p><text:p>z</text:p>", R"({"x":false})",
     "<text:p>z</text:p>"},
    {"LoopOverParagraphs",
     "<text:p>{% for d in ds %}</text:p><text:p>{{ d.n }}</text:p><text:p>{% endfor %}</text:p>",
     R"({"ds":[{"n":1},{"n":2}]})", "<text:p>1</text:p><text:p>2</text:p>"},
    {"LoopElse", "<text:p>{% for d in ds %}{{ d }}{% else %}none{% endfor %}</text:p>",
     R"({"ds":[]})", "<text:p>none</text:p>"},
    {"LoopInsideLine",
     "<text:p>({% for d in ds %}{{ d }}{{ loop | punctuate(\";\", \"; and\", \".\") }} {% endfor "
     "%})</text:p>",
     R"({"ds":["a","b","c"]})", "<text:p>(a; b; and c. )</text:p>"},
    {"ListItemsAreCarriers",
     "<text:list><text:list-item><text:p>{% for d in ds "
     "%}</text:p></text:list-item><text:list-item><text:p>{{ d "
     "}}</text:p></text:list-item><text:list-item><text:p>{% endfor "
     "%}</text:p></text:list-item></text:list>",
     R"({"ds":["a","b"]})",
     "<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</"
     "text:p></text:list-item></text:list>"},
    {"TagsAroundAListMakeOneList",
     "<text:p>{% for d in ds %}</text:p><text:list><text:list-item><text:p>{{ d "
     "}}</text:p></text:list-item></text:list><text:p>{% endfor %}</text:p>",
     R"({"ds":["a","b"]})",
     "<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</"
     "text:p></text:list-item></text:list>"},
    {"ListWithoutItemsLeavesNothing",
     "<text:list><text:list-item><text:p>{% for d in ds "
     "%}</text:p></text:list-item><text:list-item><text:p>{{ d "
     "}}</text:p></text:list-item><text:list-item><text:p>{% endfor "
     "%}</text:p></text:list-item></text:list><text:p>z</text:p>",
     R"({"ds":[]})", "<text:p>z</text:p>"},
    {"TableRowsAreCarriers",
     "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>{% for d in ds "
     "%}</text:p></table:table-cell></"
     "table:table-row><table:table-row><table:table-cell><text:p>{{ d "
     "}}</text:p></table:table-cell></"
     "table:table-row><table:table-row><table:table-cell><text:p>{% endfor "
     "%}</text:p></table:table-cell></table:table-row></table:table>",
     R"({"ds":["a","b"]})",
     "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p></"
     "table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>b</text:p></"
     "table:table-cell></table:table-row></table:table>"},
    {"LoopFromFirstToLastCellRepeatsTheRow",
     "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>{% for d in ds "
     "%}{{ d.a }}</text:p></table:table-cell><table:table-cell><text:p>{{ d.b }}{% endfor "
     "%}</text:p></table:table-cell></table:table-row></table:table>",
     R"({"ds":[{"a":1,"b":2},{"a":3,"b":4}]})",
     "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>1</text:p></"
     "table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></"
     "table:table-row><table:table-row><table:table-cell><text:p>3</text:p></"
     "table:table-cell><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row></"
     "table:table>"},
    {"BlockTagsInDifferentSpans",
     R"(<text:p>a<text:span text:style-name="B">b{% if x %}c</text:span>d{% endif %}e</text:p>)",
     R"({"x":false})", R"(<text:p>a<text:span text:style-name="B">b</text:span>e</text:p>)"},
    {"BlockFromStartOfOneParagraphToEndOfAnother",
     "<text:p>{% if x %}one</text:p><text:p>two{% endif %}</text:p><text:p>z</text:p>",
     R"({"x":0})", "<text:p>z</text:p>"},
    {"LinkTarget",
     R"(<text:p><text:a xlink:href="https://example.org/%7B%7B%20x%20%7D%7D">t</text:a></text:p>)",
     R"({"x":"a&b"})",
     R"(<text:p><text:a xlink:href="https://example.org/a&amp;b">t</text:a></text:p>)"},
    {"LinkTargetHalfEncoded",
     R"(<text:p><text:a xlink:href="https://example.org/a%20b/{%7B x%7d}/%25?q=%22">t</text:a></text:p>)",
     R"({"x":"c"})",
     R"(<text:p><text:a xlink:href="https://example.org/a%20b/c/%25?q=%22">t</text:a></text:p>)"},
    {"CommentLeavesNothing", "<text:p>{# note #}</text:p><text:p>a{# b #}c</text:p>", "{}",
     "<text:p>ac</text:p>"},
    {"SetLeavesNothing", "<text:p>{% set y = x %}</text:p><text:p>{{ y }}</text:p>", R"({"x":"v"})",
     "<text:p>v</text:p>"},
    {"InvisibleCharacterInOperator",
     "<text:p>{% if name =\u200B= \"x\" and 3 >\u00AD= 3 and 7 /\u2060/ 2 !\u200B= 4 %}yes{% endif "
     "%}</text:p>",
     R"({"name":"x"})", "<text:p>yes</text:p>"},
    {"InvisibleCharacterAtDelimiter",
     "<text:p>A {{ name -\u00AD}} B {{\u00AD- name }} C {{\u200B-\u200B name \u2060-\u2060}} "
     "D</text:p>",
     R"({"name":"x"})", "<text:p>A xBx CxD</text:p>"},
    {"MinusStaysAMinus", "<text:p>A {{ -n }} {{ 5 -\u00AD n }}</text:p>", R"({"n":3})",
     "<text:p>A -3 2</text:p>"},
    {"SpanThatHoldsOnlyAMarkGoes",
     R"(<text:p>{{ na<text:span text:style-name="F"><text:soft-page-break/>m<text:bookmark text:name="k"/></text:span>e }}</text:p>)",
     R"({"name":"x"})",
     R"(<text:p>x<text:soft-page-break/><text:bookmark text:name="k"/></text:p>)"},
    {"Reference",
     R"(<text:list text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p><text:list><text:list-item><text:p>{% label "t" %}c</text:p></text:list-item></text:list></text:list-item></text:list><text:p>{{ ref("t") }} {{ ref("t", form="above") }}</text:p>)",
     "{}",
     R"(<text:list text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p><text:bookmark-start text:name="_eng_paragraph"/>b<text:bookmark-end text:name="_eng_paragraph"/></text:p><text:list><text:list-item><text:p><text:bookmark-start text:name="_eng_t"/>c<text:bookmark-end text:name="_eng_t"/></text:p></text:list-item></text:list></text:list-item></text:list><text:p><text:bookmark-ref text:reference-format="number-no-superior" text:ref-name="_eng_paragraph">2</text:bookmark-ref><text:bookmark-ref text:reference-format="number-no-superior" text:ref-name="_eng_t">(A)</text:bookmark-ref> <text:bookmark-ref text:reference-format="direction" text:ref-name="_eng_t">above</text:bookmark-ref></text:p>)"},
};

INSTANTIATE_TEST_SUITE_P(Templates, Body, testing::ValuesIn(k_cases),
                         [](const auto& given) { return std::string(given.param.name); });

struct Fault {
  const char* name;
  const char* body;
  Code code;
  int paragraph;
};

class BodyFault : public testing::TestWithParam<Fault> {};

TEST_P(BodyFault, IsFound) {
  const Rendered out = render(GetParam().body, R"({"ds":[1]})");
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(code_id(out.findings[0].code), code_id(GetParam().code)) << to_text(out.findings[0]);
  EXPECT_EQ(out.findings[0].place.paragraph, GetParam().paragraph);
  EXPECT_FALSE(out.findings[0].place.excerpt.empty());
}

const Fault k_faults[] = {
    {"NotClosed", "<text:p>a</text:p><text:p>{% if x %}</text:p>", Code::block_not_closed, 2},
    {"NotOpen", "<text:p>a{% endfor %}</text:p>", Code::block_not_open, 1},
    {"ElseOutside", "<text:p>a{% else %}</text:p>", Code::block_part_misplaced, 1},
    {"Crosses", "<text:p>a{% if x %}b</text:p><text:p>c{% endif %}d</text:p>", Code::block_crosses,
     1},
    {"CrossesBehindAValue", "<text:p>{{ 1 }}{% if x %}b</text:p><text:p>c{% endif %}</text:p>",
     Code::block_crosses, 1},
    {"CrossesBeforeAValue", "<text:p>{% if x %}b</text:p><text:p>c{% endif %}{{ 1 }}</text:p>",
     Code::block_crosses, 1},
    {"SlotInLine", "<text:p>a {% opinions \"g\" %}</text:p>", Code::tag_not_alone, 1},
    {"UnknownLabel", "<text:p>{{ ref(\"none\") }}</text:p>", Code::label_unknown, 1},
    {"LabelTwice", "<text:p>{% label \"a\" %}x</text:p><text:p>{% label \"a\" %}y</text:p>",
     Code::label_twice, 2},
    {"LabelWithoutNumber", "<text:p>{% label \"a\" %}x {{ ref(\"a\") }}</text:p>",
     Code::label_not_numbered, 1},
};

INSTANTIATE_TEST_SUITE_P(Templates, BodyFault, testing::ValuesIn(k_faults),
                         [](const auto& given) { return std::string(given.param.name); });

/// A whole content.xml, for what concerns its automatic styles.
std::string render_content(const std::string& styles, const std::string& body, Findings& findings,
                           const char* named = "<s/>", Mode mode = Mode::strict) {
  pugi::xml_document dom;
  const std::string xml = "<office:document-content><office:automatic-styles>" + styles +
                          "</office:automatic-styles><office:body><office:text>" + body +
                          "</office:text></office:body></office:document-content>";
  EXPECT_TRUE(dom.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  pugi::xml_document office_styles;
  EXPECT_TRUE(office_styles.load_string(named));
  MarkedPart marked = mark_tags(dom, "t.odt", "content.xml", office_styles.document_element());
  Emitter emitter(marked);
  emitter.children(dom);
  const Program program = emitter.finish();
  Context context(deal::Value(deal::Object()), {});
  Rendering rendering(context);
  rendering.mode = mode;
  watch_partial(rendering);
  run(program, rendering);
  findings = std::move(rendering.findings);
  return rendering.out;
}

TEST(Draft, ShowsWhereAListIsMissing) {
  const std::string mark =
      R"(<text:span text:style-name="Engross_20_Missing">[closing.ds]</text:span>)";
  const auto draft = [](const std::string& body) { return render(body, "{}", Mode::draft).body; };
  EXPECT_EQ(draft("<text:p>a {% for d in closing.ds %}{{ d }}{% endfor %} b</text:p>"),
            "<text:p>a " + mark + " b</text:p>");
  EXPECT_EQ(draft(R"(<text:p text:style-name="S">{% for d in closing.ds %}</text:p>)"
                  "<text:p>{{ d }}</text:p><text:p>{% endfor %}</text:p>"),
            R"(<text:p text:style-name="S">)" + mark + "</text:p>");
  EXPECT_EQ(draft("<text:list><text:list-item><text:p>{% for d in closing.ds %}</text:p>"
                  "</text:list-item><text:list-item><text:p>{{ d }}</text:p></text:list-item>"
                  "<text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>"),
            "<text:list><text:list-item><text:p>" + mark +
                "</text:p></text:list-item></text:list>");
}

TEST(Carriers, HandThePageBreakOn) {
  Findings findings;
  const std::string out = render_content(
      R"(<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Body"><style:paragraph-properties fo:break-before="page"/></style:style>)",
      R"(<text:p text:style-name="P1">{% if not x %}</text:p><text:p text:style-name="Body">Annex</text:p><text:p>{% endif %}</text:p>)",
      findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:p text:style-name="EB1">Annex</text:p>)"));
  EXPECT_THAT(
      out,
      testing::HasSubstr(
          R"(<style:style style:name="EB1" style:family="paragraph" style:parent-style-name="Body"><style:paragraph-properties fo:break-before="page"/></style:style>)"));
}

TEST(Carriers, HandThePageBreakOnToWhatHadOne) {
  Findings findings;
  const std::string out = render_content(
      R"(<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>)"
      R"(<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:break-before="auto" fo:break-after="auto"/></style:style>)",
      R"(<text:p text:style-name="P1">{% if not x %}</text:p><text:p text:style-name="P2">Annex</text:p><text:p>{% endif %}</text:p>)",
      findings);
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:paragraph-properties fo:break-before="page"/>)"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("break-after")));
}

constexpr const char* k_breaks =
    R"(<style:style style:name="PB" style:family="paragraph"><style:paragraph-properties fo:break-before="column"/></style:style>)"
    R"(<style:style style:name="PA" style:family="paragraph"><style:paragraph-properties fo:break-after="page"/></style:style>)"
    R"(<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>)";

TEST(Carriers, OfALoopOverPlainParagraphsBeginOnePage) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:p text:style-name="PB">{% for i in [1, 2] %}</text:p><text:p>{{ i }}</text:p><text:p>{% endfor %}</text:p>)",
      findings);
  EXPECT_THAT(
      out,
      testing::HasSubstr(
          R"(<text:p text:style-name="EB1">1</text:p><text:p text:style-name="Standard">2</text:p>)"));
}

TEST(Carriers, OfALoopForALaterPassKeepTheirPage) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:p text:style-name="PB">{% for i in ds %}</text:p><text:p>{{ i }}</text:p><text:p>{% endfor %}</text:p>)",
      findings, "<s/>", Mode::partial);
  EXPECT_THAT(out,
              testing::HasSubstr(R"(<text:p text:style-name="PB">{% for i in ds %}</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:style style:name="PB")"));
}

TEST(Carriers, OfALoopBeginOnePage) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:p text:style-name="PB">{% for i in [1, 2] %}</text:p><text:p text:style-name="P1">{{ i }}</text:p><text:p>{% endfor %}</text:p>)",
      findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_THAT(
      out,
      testing::HasSubstr(
          R"(<text:p text:style-name="EB1">1</text:p><text:p text:style-name="P1">2</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:style style:name="P1")"));
  EXPECT_THAT(out, testing::HasSubstr(R"(fo:text-align="end" fo:break-before="column")"));
}

TEST(Carriers, HandThePageBreakOnToTheNextItem) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:list><text:list-item><text:p text:style-name="PB">{% for i in [1, 2] %}</text:p></text:list-item><text:list-item><text:p text:style-name="P1">{{ i }}</text:p></text:list-item><text:list-item><text:p text:style-name="PB">{% endfor %}</text:p></text:list-item></text:list><text:p>z</text:p>)",
      findings);
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:list-item><text:p text:style-name="EB1">1</text:p>)"
                                      R"(</text:list-item><text:list-item>)"
                                      R"(<text:p text:style-name="P1">2</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:p text:style-name="EB2">z</text:p>)"));
}

TEST(Carriers, HandOnTheBreakOfANamedStyle) {
  constexpr const char* k_named =
      R"(<s><style:style style:name="Annex" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>)"
      R"(<style:style style:name="Annex_20_Title" style:family="paragraph" style:parent-style-name="Annex"/>)"
      R"(<style:style style:name="Flush" style:family="paragraph" style:parent-style-name="Annex"><style:paragraph-properties fo:break-before="auto"/></style:style></s>)";
  const auto letter = [&](const char* carrier, const char* next) {
    Findings findings;
    const std::string out = render_content(
        R"(<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Annex_20_Title"/>)",
        std::string("<text:p text:style-name=\"") + carrier +
            "\">{% if true %}</text:p><text:p text:style-name=\"" + next +
            "\">a</text:p><text:p>{% endif %}</text:p>",
        findings, k_named);
    return out.substr(out.find("<office:text>"));
  };
  EXPECT_THAT(letter("Annex_20_Title", "Body"), testing::HasSubstr("\"EB1\">a"));
  EXPECT_THAT(letter("P2", "Body"), testing::HasSubstr("\"EB1\">a"));
  EXPECT_THAT(letter("Flush", "Body"), testing::HasSubstr("\"Body\">a"));
  // What begins a page by itself needs nothing.
  EXPECT_THAT(letter("Annex", "Annex"), testing::HasSubstr("\"Annex\">a"));
}

TEST(Carriers, ManyTagsTakeNoTimeOfTheirOwn) {
  std::string body;
  for (int i = 0; i < 20'000; ++i) body += "<text:span>{% if x %}</text:span>";
  const Rendered out = render("<text:p>" + body + "</text:p>", "{}");
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(out.findings.front().code, Code::blocks_too_deep);
}

TEST(Carriers, HandOnTheBreakBehindThem) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:p text:style-name="PA">{% if true %}</text:p><table:table table:name="T"/><text:p>{% endif %}</text:p>)",
      findings);
  EXPECT_THAT(out, testing::HasSubstr(R"(<table:table table:name="T" table:style-name="EB1"/>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:style style:name="EB1" style:family="table">)"
                                      R"(<style:table-properties fo:break-before="page"/>)"));
}

TEST(Carriers, ThatAreNotPrintedBeginNoPage) {
  Findings findings;
  const std::string out = render_content(
      k_breaks,
      R"(<text:p text:style-name="PB">{% if false %}</text:p><text:p>a</text:p><text:p>{% endif %}</text:p><text:p>b</text:p>)",
      findings);
  EXPECT_THAT(out, testing::HasSubstr("<office:text><text:p>b</text:p></office:text>"));
}

TEST(Carriers, TakeTheirFormattingAlong) {
  Findings findings;
  const std::string out = render_content(
      R"(<style:style style:name="P1" style:family="paragraph"/><style:style style:name="P2" style:family="paragraph"/>)",
      R"(<text:p text:style-name="P1">{% set y = 1 %}</text:p><text:p text:style-name="P2">{{ y }}</text:p>)",
      findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("P1")));
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:style style:name="P2")"));
}

TEST(BodyFaults, MissingKeyIsNamedAndNotWhatStandsBehindIt) {
  for (const char* body : {"<text:p>{% for line in firm.offices[letter.office].lines %}{{ line "
                           "}}{% endfor %}</text:p>",
                           "<text:p>{{ firm.offices[letter.office].lines[0].x }}</text:p>",
                           "<text:p>{{ firm.offices[letter.office] }}</text:p>"}) {
    const Rendered out = render(body, R"({"firm":{"offices":{}},"letter":{}})");
    ASSERT_EQ(out.findings.size(), 1U) << body;
    EXPECT_EQ(out.findings[0].place.data_path, "letter.office") << body;
    EXPECT_THAT(out.findings[0].message, testing::HasSubstr("letter.office."));
  }
}

TEST(BodyFaults, AllAtOnce) {
  const Rendered out =
      render("<text:p>{{ a.b }} {{ c }}</text:p><text:p>{{ d }}</text:p>", R"({"a":{}})");
  EXPECT_EQ(out.findings.size(), 3U);
}

TEST(Render, LoopsInsideLoopsAreGivenUp) {
  std::string body = "<text:p>";
  for (int i = 0; i < 12; ++i) body += "{% for x in l %}";
  body += "{{ x }}";
  for (int i = 0; i < 12; ++i) body += "{% endfor %}";
  const Rendered out = render(body + "</text:p>", R"({"l": [1,2,3,4,5,6,7,8,9]})");
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(out.findings.front().code, Code::letter_too_large);
}

TEST(Render, BlocksHaveALimitOfDepth) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += "{% if a %}";
  for (int i = 0; i < 200; ++i) body += "{% endif %}";
  const Rendered out = render("<text:p>x" + body + "</text:p>", R"({"a": true})");
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(out.findings.front().code, Code::blocks_too_deep);
}

TEST(Render, TagInAFieldIsSaidOnce) {
  const Rendered out = render(
      "<text:user-field-decls><text:user-field-decl office:string-value=\"{{ a }}\" "
      "text:name=\"f\"/></text:user-field-decls><text:p>x <text:user-field-get text:name=\"f\">"
      "{{ a }}</text:user-field-get></text:p>",
      R"({"a": 1})");
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(out.findings.front().code, Code::tag_in_field);
}

TEST(Render, TableWithoutRowsIsNoTable) {
  const char* table = "<text:p>x</text:p><table:table table:name=\"T\"><table:table-column/>"
                      "<table:table-row><table:table-cell><text:p>{% for x in l %}</text:p>"
                      "</table:table-cell></table:table-row>"
                      "<table:table-row><table:table-cell><text:p>{{ x }}</text:p>"
                      "</table:table-cell></table:table-row>"
                      "<table:table-row><table:table-cell><text:p>{% endfor %}</text:p>"
                      "</table:table-cell></table:table-row></table:table>";
  EXPECT_EQ(render(table, R"({"l": []})").body, "<text:p>x</text:p>");
  EXPECT_THAT(render(table, R"({"l": [7]})").body, testing::HasSubstr("<text:p>7</text:p>"));
}

TEST(Render, ObjectInsideATagIsSaid) {
  const Rendered out = render("<text:p>{% if t<text:alphabetical-index-mark "
                              "text:string-value=\"i\"/> %}yes{% endif %}</text:p>",
                              R"({"t": true})");
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(out.findings.front().code, Code::unexpected_character);
}

} // namespace
} // namespace engross::templating
