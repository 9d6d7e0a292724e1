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
    {"{% if x or 1 %}a{% else %}b{% endif %}", "T146 T116"},
    {"{% if not true %}a{% endif %}", "T116"},
    {"{% if x %}a{% elif x %}b{% endif %}", "T116"},
    {"{% if x == 'a' %}a{% elif (x == \"a\") %}b{% endif %}", "T116"},
    {"{% if x %}a{% elif not x %}b{% else %}c{% endif %}", "T116"},
    {"{% if not x %}a{% elif x %}b{% elif y %}c{% endif %}", "T116"},
    {"{% for i in [] %}a{% endfor %}", "T116"},
    {"{% if x %}a{% elif y %}b{% else %}c{% endif %}", ""},
    {"{% if x > 1 %}a{% elif x > 2 %}b{% endif %}", ""},
    {"{% if 'id' is chosen %}a{% else %}b{% endif %}", ""},
    {"{% if x %}{% if not x %}a{% endif %}{% endif %}", "T116"},
    {"{% if not x %}a{% else %}{% if not x %}b{% endif %}{% endif %}", "T116"},
    {"{% if x and y > 1 %}{% for i in l %}{% if not (y > 1) %}a{% endif %}{% endfor %}{% endif %}",
     "T116"},
    {"{% if x or y %}a{% elif y %}b{% endif %}", "T116"},
    {"{% if x %}{% if x %}a{% else %}b{% endif %}{% endif %}", "T116"},
    {"{% if x %}{% if x and y %}a{% else %}b{% endif %}{% endif %}{% if not x %}c{% endif %}", ""},
    {"{% if x %}{% set x = y %}{% if not x %}a{% endif %}{% endif %}", ""},
    {"{% for x in l %}{% if x.a %}{% for x in m %}{% if not x.a %}a{% endif %}{% endfor %}"
     "{% endif %}{% endfor %}",
     ""},
    {"{% for i in l %}{% if loop.first %}{% for j in m %}{% if not loop.first %}a{% endif %}"
     "{% endfor %}{% endif %}{% endfor %}",
     ""},
    {"{% for i in l %}{% if loop.changed(i) %}{% if not loop.changed(i) %}a{% endif %}{% endif %}"
     "{% endfor %}",
     ""},
    {"{% if x %}{% for i in l %}a{% else %}{% if not x %}b{% endif %}{% endfor %}{% endif %}",
     "T116"},
    {"{% if x or y or true %}{% for i in l %}a{% else %}b{% endfor %}{% endif %}", "T146"},
    // Conditions that always hold.
    {"{% if x == 'a' or 'b' %}a{% endif %}", "T146"},
    {"{% if not (y and (x or 'b')) %}a{% endif %}", "T146"},
    {"{% for i in l if i.x or true %}a{% endfor %}", "T146"},
    {"{% if x == 'a' or x == 'b' %}a{% endif %}", ""},
    {"{{ x or 'none' }}", ""},
    // What fails with any data.
    {"{% if 1 / 0 %}a{% else %}b{% endif %}", "T018"},
    {"{{ x + 1 // 0 }}", "T018"},
    {"{{ 'yesterday' | date }}", "T020"},
    {"{{ '2006-02-27' | date('h:mm a') }}", "T143"},
    {"{{ x | date('nosuch') }}", "T021"},
    {"{{ x | money('XYZ') }}", "T010"},
    {"{{ 'a' - 1 }}", "T017"},
    {"{{ 0 | roman }}", "T017"},
    {"{{ 1 | words('feminine') }}", ""},
    {"{% for i in 'abc' %}a{% endfor %}", "T016"},
    {"{% for i in 5 %}a{% endfor %}", "T016"},
    {"{% for i in 'abc' | list %}a{% endfor %}{% for i in {'a': 1} %}b{% endfor %}", ""},
    {"{{ (1, 2)[5] }}", "T014"},
    {"{{ {'a': 1}.b }}", "T014"},
    {"{{ {'a': 1}.b | default('c') }}", ""},
    // Loop and voice.
    {"{% for i in l %}{{ loop.foo }}{% endfor %}", "T141"},
    {"{% for i in l %}{{ loop.indx }}{{ loop.index0 }}{% endfor %}", "T141"},
    {"{{ voice.mine }}{{ voice.our }}", "T141"},
    {"{% set voice = d %}{{ voice.mine }}", ""},
    {"{{ loop.index }}", "T142"},
    {"{% if loop.changed(x) %}a{% endif %}", "T142"},
    {"{% for i in l if loop.first %}a{% endfor %}", "T142"},
    {"{% for i in loop.items %}a{% endfor %}", "T142"},
    {"{% for i in l %}{% for j in m if j == loop.index %}a{% endfor %}{% endfor %}", "T142"},
    {"{% for i in l %}{% for j in loop.previtem.m %}a{% endfor %}{% endfor %}", ""},
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

struct Inferred {
  const char* text;
  const char* schema; ///< without the head
};

/// The JSON Schema of a line, in one line, without title and draft.
std::string schema_of(const std::string& line) {
  pugi::xml_document dom;
  EXPECT_TRUE(dom.load_string(("<office:text><text:p>" + line + "</text:p></office:text>").c_str(),
                              pugi::parse_default | pugi::parse_ws_pcdata));
  MarkedPart marked = mark_tags(dom, "t.odt", "content.xml");
  EXPECT_TRUE(marked.findings.empty());
  Emitter emitter(marked);
  emitter.children(dom);
  const Program program = emitter.finish();
  Findings findings;
  std::string out;
  for (const char c : to_json_schema(analyse({&program}, findings), "t"))
    if (c != ' ' && c != '\n' && c != '"') out += c;
  const std::string head = "type:object,properties:{";
  const std::size_t begin = out.find(head) + head.size();
  return out.substr(begin, out.size() - begin - 1);
}

TEST(Fields, AreInferredFromUse) {
  const Inferred cases[] = {
      {"{% for k, v in d.items() %}{{ v.p }}{% endfor %}",
       "d:{type:object,additionalProperties:{type:object,properties:{p:{type:string}},required:[p]}"
       "}},required:[d]"},
      {"{{ n + 1 }}", "n:{type:number}},required:[n]"},
      {"{{ n ~ 1 }}", "n:{type:string}},required:[n]"},
      {"{{ l | map(attribute='a.b') | join }}",
       "l:{type:array,items:{type:object,properties:{a:{type:object,properties:{b:{type:string}},"
       "required:[b]}},required:[a]}}},required:[l]"},
      {"{{ l | and_list(attribute='n') }}", "l:{type:array,items:{type:object,properties:{n:{type:"
                                            "string}},required:[n]}}},required:[l]"},
      {"{{ l | sum(attribute='n') }}", "l:{type:array,items:{type:object,properties:{n:{type:"
                                       "number}},required:[n]}}},required:[l]"},
      {"{{ (l | first).n }}{{ l[0].n }}",
       "l:{type:array,items:{type:object,properties:{n:{type:string}},required:[n]},minItems:1}},"
       "required:[l]"},
      {"{{ l[2] }}{{ l[-1] }}{{ l[9] | default('x') }}",
       "l:{type:array,items:{type:string},minItems:3}},required:[l]"},
      {"{% for x in l | selectattr('b') %}{{ x.n }}{% endfor %}",
       "l:{type:array,items:{type:object,properties:{b:{},n:{type:string}},required:[n]}}},"
       "required:[l]"},
      {"{% if d > '2006-01-01' and n > 2 and s == 'x' %}a{% endif %}",
       "d:{type:string,format:date},n:{type:number},s:{type:string}}"},
      {"{% for r in m %}{% for c in r %}{{ c }}{% endfor %}{% endfor %}",
       "m:{type:array,items:{type:array,items:{type:string}}}},required:[m]"},
      {"{% for a, b in l %}{{ a }}{{ b + 1 }}{% endfor %}",
       "l:{type:array,items:{type:array,items:[{type:string},{type:number}],minItems:2,maxItems:2}}"
       "},required:[l]"},
      {"{% set p = d.q %}{{ p.n }}{% set q = 5 %}{{ q }}",
       "d:{type:object,properties:{q:{type:object,properties:{n:{type:string}},required:[n]}},"
       "required:[q]}},required:[d]"},
      {"{% if c %}{% set p = a %}{% else %}{% set p = b %}{% endif %}{{ p.n }}",
       "c:{},a:{type:object,properties:{n:{type:string}},required:[n]},b:{type:object,properties:{"
       "n:{type:string}},required:[n]}},required:[a,b]"},
      {"{{ a | default('x') }}{{ b or 'x' }}{% if c is defined %}{{ c }}{% endif %}",
       "a:{type:string},b:{type:string},c:{type:string}}"},
      {"{% for i in l %}{{ names[loop.index0] }}{% endfor %}",
       "l:{type:array,items:{}},names:{type:array,items:{type:string}}},required:[l,names]"},
      {"{{ d | date('h:mm a') }}", "d:{type:string}},required:[d]"},
  };
  for (const Inferred& c : cases) EXPECT_EQ(schema_of(c.text), c.schema) << c.text;
}

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
            "t.odt, paragraph 3, under “Opinions on “Notes””: warning EG-T116: What "
            "stands behind {% if false %} can never appear.\n"
            "    …eries” are valid, see {% if false %}below{% endif %} for i…\n"
            "                           ^\n"
            "    Remove the branch, or correct its condition.\n");
}

} // namespace
} // namespace engross::templating
