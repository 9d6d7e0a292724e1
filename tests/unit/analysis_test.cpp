// SPDX-License-Identifier: MPL-2.0
// What `engross check` finds in tags without data.
#include "render_support.hpp"
#include "templating/analysis.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace engross::templating {
namespace {

/// The findings of a body without data, those of compiling included.
Findings checked(const std::string& body, const std::vector<std::string>& declared = {}) {
  pugi::xml_document dom;
  EXPECT_TRUE(dom.load_string(("<office:text>" + body + "</office:text>").c_str(),
                              pugi::parse_default | pugi::parse_ws_pcdata));
  MarkedPart marked = mark_tags(dom, "t.odt", "content.xml");
  Emitter emitter(marked);
  emitter.children(dom);
  const Program program = emitter.finish();
  Findings findings = std::move(marked.findings);
  const Need need = analyse({&program}, findings);
  if (!declared.empty()) check_declared(need, declared, findings);
  return findings;
}

std::string found(const std::string& line) {
  std::string out;
  for (const Finding& finding : checked("<text:p>" + line + "</text:p>"))
    out += (out.empty() ? "" : " ") + std::string(code_id(finding.code)).substr(3);
  return out;
}

struct Case {
  const char* line;
  const char* codes;
};

class Check : public testing::TestWithParam<Case> {};

TEST_P(Check, Finds) { EXPECT_EQ(found(GetParam().line), GetParam().codes) << GetParam().line; }

const Case k_cases[] = {
    // Branches that never come.
    {"{% if true %}a{% else %}b{% endif %}", "T116"},
    {"{% if false %}a{% endif %}", "T116"},
    {"{% if 1 == 2 %}a{% endif %}", "T116"},
    {"{% if 'a' in ['b'] %}a{% endif %}", "T116"},
    {"{% if x and false %}a{% endif %}", "T116"},
    {"{% if x or 1 %}a{% else %}b{% endif %}", "T116"},
    {"{% if not true %}a{% endif %}", "T116"},
    {"{% if x %}a{% elif x %}b{% endif %}", "T116"},
    {"{% if x == 'a' %}a{% elif (x == \"a\") %}b{% endif %}", "T116"},
    {"{% if x %}a{% elif not x %}b{% else %}c{% endif %}", "T116"},
    {"{% if not x %}a{% elif x %}b{% elif y %}c{% endif %}", "T116"},
    {"{% for i in [] %}a{% endfor %}", "T116"},
    {"{% if x %}a{% elif y %}b{% else %}c{% endif %}", ""},
    {"{% if x > 1 %}a{% elif x > 2 %}b{% endif %}", ""},
    {"{% if 'id' is chosen %}a{% else %}b{% endif %}", ""},
    {"{% if 1 / 0 %}a{% else %}b{% endif %}", ""},
    // Variables of loops that have ended.
    {"{% for i in l %}{{ i }}{% endfor %}{{ i }}", "T117"},
    {"{% for i in l %}{% endfor %}{{ loop.index }}", "T117"},
    {"{% for i in l %}{% for j in i.m %}{{ loop.index }}{% endfor %}{{ loop.last }}{{ j }}{% "
     "endfor %}",
     "T117"},
    {"{% for i in l %}{% endfor %}{% set i = 1 %}{{ i }}", ""},
    {"{% for i in l %}{% endfor %}{% for i in m %}{{ i }}{% endfor %}", ""},
    // Numbers of values.
    {"{{ x | round(1, 'floor', 3) }}", "T010"},
    {"{{ x | replace('a') }}", "T010"},
    {"{{ x | join(nosuch=1) }}", "T010"},
    {"{{ x is divisibleby }}", "T010"},
    {"{{ x is defined(1) }}", "T010"},
    {"{% for i in l %}{{ loop.cycle() }}{% endfor %}", "T010"},
    {"{{ x.items(1) }}", "T010"},
    {"{{ ref() }}", "T010"},
    // The others.
    {"{% if x %}a", "T103"},
    {"{% for i in l %}a{% endif %}", "T104 T103"},
    {"{{ x | uper }}", "T007"},
};

INSTANTIATE_TEST_SUITE_P(WithoutData, Check, testing::ValuesIn(k_cases));

TEST(Check, KnowsTheNamesOfTheSchema) {
  const Findings findings =
      checked("<text:p>{{ letter.dat }}{{ letter.date }}{% for p in parties %}{{ p.nam }}{% endfor "
              "%}{{ q }}</text:p>",
              {"letter", "letter.date", "parties", "parties[]", "parties[].name"});
  std::vector<std::string> messages;
  for (const Finding& finding : findings) messages.push_back(finding.message + " " + finding.hint);
  EXPECT_THAT(messages,
              testing::UnorderedElementsAre(testing::AllOf(testing::HasSubstr("letter.dat."),
                                                           testing::HasSubstr("letter.date?")),
                                            testing::AllOf(testing::HasSubstr("parties[].nam"),
                                                           testing::HasSubstr("parties[].name?")),
                                            testing::HasSubstr("no q.")));
}

TEST(Check, SaysOnceWhatStandsInEveryRow) {
  const Findings findings = checked(
      "<table:table><table:table-column/><table:table-column/><table:table-column/>"
      "<table:table-row><table:table-cell><text:p>{% if false %}</text:p></table:table-cell>"
      "<table:table-cell><text:p>a</text:p></table:table-cell>"
      "<table:table-cell><text:p>{% endif %}</text:p></table:table-cell></table:table-row>"
      "<table:table-row><table:table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>"
      "<table:table-cell/></table:table-row></table:table>");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, Code::branch_unreachable);
}

/// As a lawyer sees it: part, paragraph, heading, the words around, a caret under the tag, remedy.
TEST(Check, SaysWhere) {
  const Findings findings = checked("<text:h>Opinions on “Notes”</text:h><text:p>one</text:p>"
                                    "<text:p>The Notes of the “Series” are valid, see {% if false "
                                    "%}below{% endif %} for it.</text:p>");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_text(findings[0]),
            "t.odt, content.xml, paragraph 3, under “Opinions on “Notes””: warning EG-T116: What "
            "stands behind {% if false %} can never appear.\n"
            "    …eries” are valid, see {% if false %}below{% endif %} for i…\n"
            "                           ^\n"
            "    Remove the branch, or correct its condition.\n");
}

} // namespace
} // namespace engross::templating
