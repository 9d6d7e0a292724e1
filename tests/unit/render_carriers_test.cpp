// SPDX-License-Identifier: MPL-2.0
// What a carrier leaves behind when its tag was all that it held, or when its blocks write nothing:
// numbers that begin anew, lists that go on, groups that would be empty.
#include "render_support.hpp"

#include <string>

namespace engross::templating {
namespace {

struct Case {
  const char* name;
  const char* body;
  const char* letter;
};

constexpr const char* k_data =
    R"({"yes":true,"no":false,"ds":[1,2],"empty":[],"pairs":[{"ds":[1,2]},{"ds":[3]}]})";

class Carriers : public testing::TestWithParam<Case> {};

TEST_P(Carriers, LeaveWhatTheyMeant) {
  const Rendered out = render(GetParam().body, k_data);
  EXPECT_TRUE(out.findings.empty()) << to_text(out.findings.front());
  EXPECT_EQ(out.body, GetParam().letter);
}

TEST_P(Carriers, InTwoPasses) {
  const Rendered first = render(GetParam().body, "{}", Mode::partial);
  EXPECT_FALSE(has_errors(first.findings)) << to_text(first.findings.front());
  EXPECT_EQ(render(first.body, k_data).body, GetParam().letter) << first.body;
}

const Case
    k_cases
        [] =
            {
                {"NumberOfALoopsTag",
                 R"(<text:list><text:list-item text:start-value="5"><text:p>{% for d in ds %}</text:p></text:list-item><text:list-item><text:p>{{ d }}</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item text:start-value="5"><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item></text:list>)"},
                {"NumberOfARepeatedItem",
                 R"(<text:list><text:list-item><text:p>{% for d in ds %}</text:p></text:list-item><text:list-item text:start-value="5"><text:p>{{ d }}</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item text:start-value="5"><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item></text:list>)"},
                {"NumberInAListOfEachPass",
                 R"(<text:list><text:list-item><text:p>{% for p in pairs %}</text:p></text:list-item><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>{% for d in p.ds %}</text:p></text:list-item><text:list-item text:start-value="3"><text:p>{{ d }}</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item text:start-value="3"><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>a</text:p><text:list><text:list-item text:start-value="3"><text:p>3</text:p></text:list-item></text:list></text:list-item></text:list>)"},
                {"NumberOfAChoiceThatIsNotTaken",
                 R"(<text:list><text:list-item text:start-value="5"><text:p>{% if no %}</text:p></text:list-item><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>{% endif %}</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item text:start-value="5"><text:p>b</text:p></text:list-item></text:list>)"},
                {"NumberBehindALoop",
                 R"(<text:list><text:list-item><text:p>{% for d in ds %}</text:p></text:list-item><text:list-item><text:p>{{ d }}</text:p></text:list-item><text:list-item text:start-value="7"><text:p>{% endfor %}</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item><text:list-item text:start-value="7"><text:p>b</text:p></text:list-item></text:list>)"},
                {"NumberOfAComment", R"(<text:list><text:list-item text:start-value="0"><text:p>{# from nought #}</text:p></text:list-item><text:list-item><text:p>{{ ds[0] }}{% if yes %}{% endif %}</text:p></text:list-item></text:list>)", R"(<text:list><text:list-item text:start-value="0"><text:p>1</text:p></text:list-item></text:list>)"},
                {"NumberOfAnItemThatSaysNothing",
                 R"(<text:list><text:list-item text:start-value="4"><text:p>{% if no %}a{% endif %}</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item text:start-value="4"><text:p>b</text:p></text:list-item></text:list>)"},
                {"HeadingThatCountsAnew",
                 R"(<text:h text:outline-level="1" text:restart-numbering="true" text:start-value="3">{% for d in ds %}</text:h><text:h text:outline-level="2">s</text:h><text:h text:outline-level="1">{{ d }}</text:h><text:h text:outline-level="1">{% endfor %}</text:h>)",
                 R"(<text:h text:outline-level="2">s</text:h><text:h text:outline-level="1" text:restart-numbering="true" text:start-value="3">1</text:h><text:h text:outline-level="2">s</text:h><text:h text:outline-level="1">2</text:h>)"},
                {"ListWithoutItems",
                 R"(<text:list><text:list-item><text:p>{% if no %}a{% endif %}</text:p><text:list><text:list-item><text:p>{% for d in empty %}</text:p></text:list-item><text:list-item><text:p>{{ d }}</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list></text:list-item></text:list><text:p>b</text:p>)",
                 R"(<text:p>b</text:p>)"},
                {"SectionThatSaysNothing",
                 R"(<text:section text:name="s"><text:p>{% if no %}a{% endif %}</text:p></text:section><text:p>b</text:p>)",
                 R"(<text:p>b</text:p>)"},
                {"ListThatGoesOnFromOneThatVanished",
                 R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item></text:list><text:list xml:id="l2" text:continue-list="l1" text:style-name="L"><text:list-item><text:p>{% if no %}b{% endif %}</text:p></text:list-item></text:list><text:list xml:id="l3" text:continue-list="l2" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list>)",
                 R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item></text:list><text:list xml:id="l3" text:continue-list="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list>)"},
                {"ListThatGoesOnFromNothing", R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>{% if no %}a{% endif %}</text:p></text:list-item></text:list><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>d</text:p></text:list-item></text:list>)", R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>d</text:p></text:list-item></text:list>)"},
                {"ListThatGoesOnFromALoopsTag",
                 R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>{% for d in ds %}</text:p></text:list-item></text:list><text:p>{{ d }}</text:p><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item><text:list-item><text:p>{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:p>1</text:p><text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list><text:p>2</text:p><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list>)"},
                {"ListThatGoesOnFromATagThatWentOn",
                 R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item></text:list><text:p>t</text:p><text:list xml:id="l2" text:continue-list="l1" text:style-name="L"><text:list-item><text:p>{% if yes %}</text:p></text:list-item></text:list><text:p>u</text:p><text:p>{% endif %}</text:p><text:list text:continue-list="l2" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list>)",
                 R"(<text:list xml:id="l1" text:style-name="L"><text:list-item><text:p>a</text:p></text:list-item></text:list><text:p>t</text:p><text:p>u</text:p><text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>c</text:p></text:list-item></text:list>)"},
                {"LoopFromAnItemIntoItsList", R"(<text:list><text:list-item><text:p>{% for d in ds %}A{{ d }}</text:p><text:list><text:list-item><text:p>b{% endfor %}</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>z</text:p></text:list-item></text:list>)", R"(<text:list><text:list-item><text:p>A1</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>A2</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>z</text:p></text:list-item></text:list>)"},
                {"LoopsFromAnItemToItsEnd",
                 R"(<text:list><text:list-item><text:p>{% for p in pairs %}{% for d in p.ds %}{{ d }}</text:p><text:p>b{% endfor %}{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item><text:p>1</text:p><text:p>b</text:p></text:list-item><text:list-item><text:p>2</text:p><text:p>b</text:p></text:list-item><text:list-item><text:p>3</text:p><text:p>b</text:p></text:list-item></text:list>)"},
                {"BlocksThatBeginTogether",
                 R"(<text:p>{% for p in pairs %}{% if p.ds | length > 1 %}{{ p.ds[1] }}</text:p><text:p>b{% endif %}{% endfor %}</text:p>)",
                 R"(<text:p>2</text:p><text:p>b</text:p>)"},
                {"LoopsThatBeginTogether",
                 R"(<text:p>{% for d in ds %}{% set e = d + 1 %}{% for x in 'ab' | list %}{{ e }}{{ x }}</text:p><text:p>b{% endfor %}{% endfor %}</text:p>)",
                 R"(<text:p>2a</text:p><text:p>b</text:p><text:p>2b</text:p><text:p>b</text:p><text:p>3a</text:p><text:p>b</text:p><text:p>3b</text:p><text:p>b</text:p>)"},
                {"RowOfBlocksThatBeginTogether",
                 R"(<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>{% for p in pairs %}{% if p.ds | length > 1 %}a</text:p></table:table-cell><table:table-cell><text:p>b{% endif %}{% endfor %}</text:p></table:table-cell></table:table-row></table:table>)",
                 R"(<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>)"},
                {"LoopThatFillsAnItem",
                 R"(<text:list><text:list-item><text:p>{% for d in ds %}</text:p><text:p>{{ d }}</text:p><text:p>{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item><text:p>1</text:p></text:list-item><text:list-item><text:p>2</text:p></text:list-item></text:list>)"},
                {"LoopBehindTheTextOfAnItem",
                 R"(<text:list><text:list-item><text:p>a</text:p><text:p>{% for d in ds %}{{ d }}</text:p><text:p>b{% endfor %}</text:p></text:list-item></text:list>)",
                 R"(<text:list><text:list-item><text:p>a</text:p><text:p>1</text:p><text:p>b</text:p><text:p>2</text:p><text:p>b</text:p></text:list-item></text:list>)"},
                {"BlankBetweenChoices",
                 R"(<text:p>{% if no %}a{% endif %} {% if no %}b{% endif %} </text:p><text:p>{% if yes %}c{% endif %} {% if no %}d{% endif %}</text:p>)",
                 R"(<text:p>c </text:p>)"},
                {"HeaderRowsWithoutRows",
                 R"(<table:table table:name="t"><table:table-column/><table:table-header-rows><table:table-row><table:table-cell><text:p>{% if no %}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>h</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>{% endif %}</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>)",
                 R"(<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>)"},
                {"GroupOfRowsThatHeldATag",
                 R"(<table:table table:name="t"><table:table-column/><table:table-header-rows><table:table-row><table:table-cell><text:p>{% for d in ds %}</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-rows><table:table-row><table:table-cell><text:p>{{ d }}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>{% endfor %}</text:p></table:table-cell></table:table-row></table:table-rows></table:table>)", R"(<table:table table:name="t"><table:table-column/><table:table-rows><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table-rows><table:table-rows><table:table-row><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table-rows></table:table>)"},
};

INSTANTIATE_TEST_SUITE_P(All, Carriers, testing::ValuesIn(k_cases),
                         [](const auto& given) { return std::string(given.param.name); });

} // namespace
} // namespace engross::templating
