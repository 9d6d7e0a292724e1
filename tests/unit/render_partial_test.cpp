// SPDX-License-Identifier: MPL-2.0
// Partial mode: what a later pass needs stays as it was typed, and that pass finds it.
#include "render_support.hpp"

#include <gmock/gmock.h>

#include <string>

namespace engross::templating {
namespace {

struct Case {
  const char* name;
  const char* body;
  const char* data;
  const char* kept;
};

class Partial : public testing::TestWithParam<Case> {};

TEST_P(Partial, KeepsWhatIsTyped) {
  const Rendered out = render(GetParam().body, GetParam().data, Mode::partial);
  for (const Finding& finding : out.findings)
    EXPECT_EQ(finding.severity, Severity::warning) << to_text(finding);
  EXPECT_EQ(out.body, GetParam().kept);
}

/// With all data at once, or in two passes: the same letter.
TEST_P(Partial, GivesTheSameLetterInTwoPasses) {
  const std::string data = GetParam().data;
  // What the first pass knew the second one knows, too.
  const std::string all =
      R"({"x":true,"y":"why","ds":[{"n":1,"on":true},{"n":2}],"voice":"I","offices":{"b":"Boston"},)"
      R"("ps":[{"n":1,"k":1},{"n":1,"k":2}],"qs":[{"n":1,"k":2}],"ls":["a","b","a"],)" +
      (data.find("\"office\"") != std::string::npos ? data.substr(1) : R"("office":"b"})");
  const char* k_all = all.c_str();
  const Rendered first = render(GetParam().body, GetParam().data, Mode::partial);
  const Rendered second = render(first.body, k_all);
  EXPECT_FALSE(has_errors(second.findings)) << to_text(second.findings.front());
  EXPECT_EQ(second.body, render(GetParam().body, k_all).body) << first.body;
}

const Case k_cases[] = {
    {"BlockInALine", "<text:p>a {% if x %}b {{ y }}{% else %}c{% endif %} d</text:p>", "{}",
     "<text:p>a {% if x %}b {{ y }}{% else %}c{% endif %} d</text:p>"},
    {"KnownBlockAroundAnUnknownOne",
     "<text:p>{% if x %}{% if z.z %}1{% else %}2{% endif %}{% endif %}</text:p>", R"({"x":true})",
     "<text:p>{% if z.z %}1{% else %}2{% endif %}</text:p>"},
    {"BlockAroundParagraphs",
     "<text:p>{% if x %}</text:p><text:p>{{ y }}</text:p><text:p>{% endif %}</text:p>",
     R"({"y":"why"})",
     "<text:p>{% if x %}</text:p><text:p>{{ y }}</text:p><text:p>{% endif %}</text:p>"},
    {"ChainThatIsDecidedBeforeTheUnknown",
     "<text:p>{% if x %}A{% elif q.q %}B{% else %}C{% endif %}</text:p>", R"({"x":true})",
     "<text:p>A</text:p>"},
    {"ChainWithAnUnknownElif",
     "<text:p>{% if ds == 1 %}A{% elif x %}B{% else %}C{% endif %}</text:p>", R"({"ds":2})",
     "<text:p>{% if ds == 1 %}A{% elif x %}B{% else %}C{% endif %}</text:p>"},
    {"QuestionThatALaterPassMayAnswer",
     "<text:p>{% if q is defined %}A{% else %}B{% endif %}</text:p>", "{}",
     "<text:p>{% if q is defined %}A{% else %}B{% endif %}</text:p>"},
    {"Default", "<text:p>{{ y | default('n') }} {{ x }}</text:p>", R"({"x":true})",
     "<text:p>{{ y | default('n') }} True</text:p>"},
    {"OtherwiseChosenForLackOfAnAnswer", "<text:p>{{ 'a' if x else 'b' }}</text:p>", "{}",
     "<text:p>{{ 'a' if x else 'b' }}</text:p>"},
    {"FilterOverAttributes",
     "<text:p>{{ ds | selectattr('on') | map(attribute='n') | join }}</text:p>",
     R"({"ds":[{"n":1},{"n":2}]})",
     "<text:p>{{ ds | selectattr('on') | map(attribute='n') | join }}</text:p>"},
    {"NameInAGroup", "<text:p>{{ 'b' in offices }}</text:p>", R"({"offices":{}})",
     "<text:p>{{ 'b' in offices }}</text:p>"},
    {"LoopOverAGroup",
     "<text:p>{% for k in offices %}{{ k }}{% endfor %} {% for k, v in offices.items() %}{{ v }}{% "
     "endfor %}</text:p>",
     R"({"offices":{"a":"Albany"}})",
     "<text:p>{% for k in offices %}{{ k }}{% endfor %} {% for k, v in offices.items() %}{{ v }}{% "
     "endfor %}</text:p>"},
    {"SizeOfAGroup", "<text:p>{{ offices | length }} {{ offices == {'a': 1} }}</text:p>",
     R"({"offices":{"a":1}})", "<text:p>{{ offices | length }} {{ offices == {'a': 1} }}</text:p>"},
    {"GroupThatIsNotEmpty",
     "<text:p>{% if offices %}A{% endif %}{% if ds %}B{% else %}C{% endif %}</text:p>",
     R"({"offices":{"a":1},"ds":{}})", "<text:p>A{% if ds %}B{% else %}C{% endif %}</text:p>"},
    {"GroupOfTheTemplate", "<text:p>{% for k in {'a': 1} %}{{ k }}{% endfor %}</text:p>", "{}",
     "<text:p>a</text:p>"},
    {"Voice", "<text:p>{{ voice.we }}</text:p>", "{}", "<text:p>{{ voice.we }}</text:p>"},
    {"SetThatAKeptTagReads",
     "<text:p>{% set o = offices.b %}</text:p><text:p>{{ o }} {{ o ~ y }}</text:p>",
     R"({"offices":{"b":"Boston"}})",
     "<text:p>{% set o = offices.b %}</text:p><text:p>Boston {{ o ~ y }}</text:p>"},
    {"SetInALineThatAKeptTagReads", "<text:p>a {% set o = offices.b %}{{ o ~ y }}</text:p>",
     R"({"offices":{"b":"Boston"}})", "<text:p>a {% set o = offices.b %}{{ o ~ y }}</text:p>"},
    {"SetInAnOpenBlock",
     "<text:p>{% set o = 'A' %}{{ o }}{% if x %}{% set o = 'B' %}{% endif %}{{ o }}</text:p>", "{}",
     "<text:p>{% set o = 'A' %}A{% if x %}{% set o = 'B' %}{% endif %}{{ o }}</text:p>"},
    {"SetThatNothingWaitsFor", "<text:p>{% set o = 'A' %}{{ o }}</text:p>", "{}",
     "<text:p>A</text:p>"},
    {"LoopVariableThatAKeptTagReads",
     "<text:p>{% for d in ds %}{{ d.n }}{{ y }} {% endfor %}{{ ds[0].n }}</text:p>",
     R"({"ds":[{"n":1},{"n":2}]})",
     "<text:p>{% for d in ds %}{{ d.n }}{{ y }} {% endfor %}1</text:p>"},
    {"LoopInALoop",
     "<text:p>{% for d in ds %}{% for i in [d.n, 7] %}{{ i }}{% if x %}!{% endif %}{% endfor %}{% "
     "endfor %}</text:p>",
     R"({"ds":[{"n":1},{"n":2}]})",
     "<text:p>{% for d in ds %}{% for i in [d.n, 7] %}{{ i }}{% if x %}!{% endif %}{% endfor %}{% "
     "endfor %}</text:p>"},
    {"LoopThatIsComplete",
     "<text:p>{% for d in ds %}{% set n = d.n %}{{ n }}{% endfor %}{{ y }}</text:p>",
     R"({"ds":[{"n":1},{"n":2}]})", "<text:p>12{{ y }}</text:p>"},
    {"ChangesAreCountedOnce",
     "<text:p>{% for d in [1, 1, 2] %}{% if loop.changed(d) %}{{ d }}{% endif %}{% endfor "
     "%}</text:p>",
     "{}", "<text:p>12</text:p>"},
    {"ItemsAtTheEndsOfALoop",
     "<text:p>{% for d in [1, 2] %}{{ d }}{% if loop.nextitem %},{% endif %}{% endfor %}</text:p>",
     "{}", "<text:p>1,2</text:p>"},
    {"TrimmedBlanks", "<text:p>{{ office }} {%- if x %}b{% endif %}</text:p>", R"({"office":"b "})",
     "<text:p>b<text:s/>{% if x %}b{% endif %}</text:p>"},
    {"BlanksInAText", "<text:p>{{ y ~ 'a<text:s text:c=\"2\"/>b' }}</text:p>", "{}",
     "<text:p>{{ y ~ 'a <text:s/>b' }}</text:p>"},
    {"LabelAndReferenceApart",
     "<text:list text:style-name=\"L\"><text:list-item><text:p>{% label 'a' "
     "%}A</text:p></text:list-item></text:list>"
     "<text:p>{% if x %}see {{ ref('a') }}{% endif %}</text:p>",
     "{}",
     "<text:list text:style-name=\"L\"><text:list-item><text:p>{% label &quot;a&quot; "
     "%}A</text:p></text:list-item></text:list>"
     "<text:p>{% if x %}see {{ ref('a') }}{% endif %}</text:p>"},
    {"ReferenceToAKeptLabel",
     "<text:p>{% for d in ds %}{{ ref('a' ~ d.n) }}{% endfor %}</text:p>"
     "<text:list text:style-name=\"L\"><text:list-item><text:p>{% label 'a1' %}{{ y }}{% label "
     "'a2' %}</text:p></text:list-item></text:list>",
     R"({"ds":[{"n":1},{"n":2}]})",
     "<text:p>{{ ref(&quot;a1&quot;, form=&quot;full&quot;) }}{{ ref(&quot;a2&quot;, "
     "form=&quot;full&quot;) }}</text:p>"
     "<text:list text:style-name=\"L\"><text:list-item><text:p>{% label &quot;a1&quot; %}{{ y }}{% "
     "label &quot;a2&quot; %}</text:p></text:list-item></text:list>"},
    {"TextThatLooksLikeATag", "<text:p>{{ office }} {{ y }}</text:p>",
     R"({"office":"{{ x }} {% if %} } {"})",
     "<text:p>{{ &quot;{{&quot; }} x {{ &quot;}}&quot; }} {{ &quot;{&quot; }}% if %{{ "
     "&quot;}&quot; }} "
     "{{ &quot;}&quot; }} {{ &quot;{&quot; }} {{ y }}</text:p>"},
    {"OrThatIsDecided", "<text:p>{% if x or q %}A{% endif %}</text:p>", R"({"x":true})",
     "<text:p>A</text:p>"},
    {"LoopOverListItems",
     "<text:list><text:list-item><text:p>{% for d in ds %}</text:p></text:list-item>"
     "<text:list-item><text:p>{{ d.n }}{% if d.on %}!{% endif %}</text:p></text:list-item>"
     "<text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>",
     "{}",
     "<text:list><text:list-item><text:p>{% for d in ds %}</text:p></text:list-item>"
     "<text:list-item><text:p>{{ d.n }}{% if d.on %}!{% endif %}</text:p></text:list-item>"
     "<text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>"},
    {"LoopOverRows",
     "<table:table><table:table-column table:number-columns-repeated=\"2\"/>"
     "<table:table-row><table:table-cell><text:p>{% for d in ds %}</text:p></table:table-cell>"
     "<table:table-cell><text:p/></table:table-cell></table:table-row>"
     "<table:table-row><table:table-cell><text:p>{{ d.n }}</text:p></table:table-cell>"
     "<table:table-cell><text:p>t</text:p></table:table-cell></table:table-row>"
     "<table:table-row><table:table-cell><text:p>{% endfor %}</text:p></table:table-cell>"
     "<table:table-cell><text:p/></table:table-cell></table:table-row></table:table>",
     "{}",
     "<table:table><table:table-column table:number-columns-repeated=\"2\"/>"
     "<table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>{% for d in ds "
     "%}</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
     "<table:table-row><table:table-cell><text:p>{{ d.n }}</text:p></table:table-cell>"
     "<table:table-cell><text:p>t</text:p></table:table-cell></table:table-row>"
     "<table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>{% endfor "
     "%}</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"},
    {"SetThatLacksItsValue",
     "<text:p>{% set o = offices[office] %}</text:p><text:p>{{ o }}</text:p>",
     R"({"offices":{"b":"Boston"}})",
     "<text:p>{% set o = offices[office] %}</text:p><text:p>{{ o }}</text:p>"},
    {"LoopWithElse", "<text:p>{% for d in ds %}{{ d.n }}{% else %}none{% endfor %}.</text:p>", "{}",
     "<text:p>{% for d in ds %}{{ d.n }}{% else %}none{% endfor %}.</text:p>"},
    {"NamesInAKeptLoop",
     "<text:p>{% for d in ds %}<text:bookmark text:name=\"b\"/>{{ d.n }}{% endfor %}</text:p>",
     "{}",
     "<text:p>{% for d in ds %}<text:bookmark text:name=\"b\"/>{{ d.n }}{% endfor %}</text:p>"},
    {"NoteThatIsLeft",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{% if q.q %}note{% endif %}</text:p></text:note-body></text:note></text:p>)",
     R"({})",
     R"(<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{% if q.q %}note{% endif %}</text:p></text:note-body></text:note></text:p>)"},
    {"CellThatIsLeft",
     R"(<table:table><table:table-column/><table:table-row><table:table-cell><text:p text:style-name="S">{% if q.q %}a{% endif %}</text:p></table:table-cell></table:table-row></table:table>)",
     R"({})",
     R"(<table:table><table:table-column/><table:table-row><table:table-cell><text:p text:style-name="S">{% if q.q %}a{% endif %}</text:p></table:table-cell></table:table-row></table:table>)"},
    {"GroupsThatMayDifferLater", R"(<text:p>{{ ps | unique | length }}</text:p>)",
     R"({"ps":[{"n":1},{"n":1}]})", R"(<text:p>{{ ps | unique | length }}</text:p>)"},
    {"GroupsThatMayChangeLater",
     R"(<text:p>{% for p in ps %}{% if loop.changed(p) %}x{% endif %}{% endfor %}</text:p>)",
     R"({"ps":[{"n":1},{"n":1}]})",
     R"(<text:p>{% for p in ps %}{% if loop.changed(p) %}x{% endif %}{% endfor %}</text:p>)"},
    {"ListsOfGroups",
     R"(<text:p>{{ 'same' if ps == qs else 'other' }}{{ ps[0] in qs }}{{ ps[0] is in qs }}</text:p>)",
     R"({"ps":[{"n":1}],"qs":[{"n":1}]})",
     R"(<text:p>{{ 'same' if ps == qs else 'other' }}{{ ps[0] in qs }}{{ ps[0] is in qs }}</text:p>)"},
    {"ComparisonsThatNoMemberChanges",
     R"(<text:p>{{ ps == ls }}{{ "a" in ps }}{{ ls | unique | length }}{{ ls == ["a", "b"] }}</text:p>)",
     R"({"ps":[{"n":1}],"ls":["a","b","a"]})", "<text:p>FalseFalse2False</text:p>"},
    {"Picture",
     R"(<text:p><draw:frame draw:name="{{ y }}" svg:width="1in" svg:height="2in"><draw:image xlink:href="Pictures/p.png"/></draw:frame></text:p>)",
     "{}",
     R"(<text:p><draw:frame draw:name="{{ y }}" svg:width="1in" svg:height="2in"><draw:image xlink:href="Pictures/p.png"/></draw:frame></text:p>)"},
};

INSTANTIATE_TEST_SUITE_P(Blocks, Partial, testing::ValuesIn(k_cases),
                         [](const auto& given) { return std::string(given.param.name); });

TEST(Partial, NumbersPicturesAfterThoseOfAnEarlierPass) {
  const std::string body =
      R"(<text:p><draw:frame draw:name="{{ y }}"><draw:image xlink:href="Pictures/p.png"/></draw:frame><draw:frame draw:name="Picture 3"/><draw:frame draw:name="Picture 7 old"/></text:p>)";
  EXPECT_THAT(render(body, R"({"y":"p.png"})").body, testing::HasSubstr("draw:name=\"Picture 4\""));
}

TEST(Partial, NamesWhatABlockWaitsFor) {
  const Rendered out =
      render("<text:p>{% if deal.closing.date %}x{% endif %}</text:p>", "{}", Mode::partial);
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(out.findings[0].code, Code::missing_value);
  EXPECT_EQ(out.findings[0].place.data_path, "deal.closing.date");
}

} // namespace
} // namespace engross::templating
