// SPDX-License-Identifier: MPL-2.0
// Every finding of the tag language, provoked: what a template or its data must hold for it.
#include "render_support.hpp"

#include <gmock/gmock.h>

#include <string>

namespace engross::templating {
namespace {

struct Case {
  const char* code;
  const char* line; ///< in a paragraph
  const char* data;
};

class Code_ : public testing::TestWithParam<Case> {};

TEST_P(Code_, IsYielded) {
  const Rendered out =
      render("<text:p>" + std::string(GetParam().line) + "</text:p>", GetParam().data);
  ASSERT_FALSE(out.findings.empty());
  const Finding& finding = out.findings.front();
  EXPECT_EQ(code_id(finding.code), GetParam().code) << to_text(finding);
  // What to do about a label is known to who knows the book.
  if (finding.code != Code::label_unknown) {
    EXPECT_FALSE(finding.hint.empty()) << finding.message;
  }
  EXPECT_EQ(finding.message.find("{0}"), std::string::npos);
  EXPECT_TRUE(finding.place.tag.empty() || finding.place.caret >= 0);
}

const char* const k_data =
    R"({"n":3,"t":"text","l":["a","b"],"o":{"k":1},"z":0,"d":"2006-02-30","u":[[1,2,3]],"x":"a\u0001b"})";

const Case k_cases[] = {
    {"EG-T001", "{{ t", k_data},
    {"EG-T002", "t }}", k_data},
    {"EG-T003", "{{ t | date(\"long) }}", k_data},
    {"EG-T004", "{{ t t }}", k_data},
    {"EG-T005", "{{ t $ }}", k_data},
    {"EG-T006", "{% repeat t %}", k_data},
    {"EG-T007", "{{ t | shout }}", k_data},
    {"EG-T008", "{% if t is prime %}{% endif %}", k_data},
    {"EG-T009", "{{ t.format() }}", k_data},
    {"EG-T010", "{{ t | replace(1) }}", k_data},
    {"EG-T011", "{% set o.k = 1 %}", k_data},
    {"EG-T013", "{{ ref(\"a\") ~ t }}", k_data},
    {"EG-T014", "{{ nosuch }}", k_data},
    {"EG-T015", "{{ o }}", k_data},
    {"EG-T016", "{% for c in t %}{% endfor %}", k_data},
    {"EG-T017", "{{ t * t }}", k_data},
    {"EG-T018", "{{ n / z }}", k_data},
    {"EG-T019", "{{ t * 99999999 }}", k_data},
    {"EG-T020", "{{ d | date }}", k_data},
    {"EG-T021", "{{ \"2006-02-01\" | date(\"QQQQQQ\") }}", k_data},
    {"EG-T022", "{{ l | respectively([\"a\"]) }}", k_data},
    {"EG-T023", "{{ voice.we }}", R"({"voice":"she"})"},
    {"EG-T024", "{% for a, b in u %}{% endfor %}", k_data},
    {"EG-T102", "t {% opinions \"g\" %}", k_data},
    {"EG-T103", "{% if t %}", k_data},
    {"EG-T104", "{% endif %}", k_data},
    {"EG-T105", "{% else %}", k_data},
    {"EG-T107", "{% label \"a\" %}{% label \"a\" %}", k_data},
    {"EG-T108", "{{ ref(\"a\") }}", k_data},
    {"EG-T109", "{% label \"a\" %}{{ ref(\"a\") }}", k_data},
    {"EG-T110", "{{ ref(\"a\", form=\"long\") }}", k_data},
    {"EG-T111", "{% label n %}", k_data},
    {"EG-T112", "{% label \"a\" %}{{ ref(\"a\", form=\"page\") }}", k_data},
    {"EG-T113", "{{ x }}", k_data},
    {"EG-T115", "<text:a xlink:href=\"{% if t %}\">t</text:a>", k_data},
    {"EG-T143", "{{ day | date(\"h:mm a\") }}", R"({"day":"2006-02-27"})"},
    {"EG-T145", "{{ l | and_list }}", R"({"l":[]})"},
    {"EG-T147", "{{ l | and_list }}", R"({"l":["a",""]})"},
};

INSTANTIATE_TEST_SUITE_P(Findings, Code_, testing::ValuesIn(k_cases),
                         [](const auto& given) { return std::string(given.param.code).substr(3); });

/// A tag that cannot be read is one fault: what it should have opened or closed is none.
TEST(Code, OfABlockWhoseTagCannotBeReadIsOne) {
  for (const char* line : {"{% if x = 5 %}a{% else %}b{% endif %}", "{% if x }a{% endif %}",
                           "{% for in l %}a{% endfor %}", "{% for x in l %}a{% endfro %}"}) {
    const Rendered out = render("<text:p>" + std::string(line) + "</text:p>", k_data);
    EXPECT_EQ(out.findings.size(), 1U) << line;
  }
}

TEST(Code, OfDataNamesTheLine) {
  const char* data = "{\n \"deal\":\n {\"name\": \"x\",\n  \"amount\": \"ten\"\n }}";
  const auto hint = [&](const std::string& line) {
    const Rendered out = render("<text:p>" + line + "</text:p>", data);
    return out.findings.empty() ? std::string() : out.findings.front().hint;
  };
  EXPECT_NE(hint("{{ deal.amount | money }}").find("stands in deal.json, line 4"),
            std::string::npos);
  EXPECT_NE(hint("{{ deal.nmae }}").find("It belongs into deal.json, line 3"), std::string::npos);
  EXPECT_NE(hint("{% for p in deal %}{{ p.name }}{% endfor %}").find("stands in deal.json, line 3"),
            std::string::npos);
}

TEST(Code, OfWrongArgumentsNamesTheRightOnes) {
  const auto told = [&](const std::string& line) {
    const Rendered out = render("<text:p>" + line + "</text:p>", k_data);
    return out.findings.empty() ? std::string() : to_text(out.findings.front());
  };
  EXPECT_NE(told("{{ l | join(sep=',') }}").find("only d and attribute"), std::string::npos);
  EXPECT_NE(told("{{ n | money('shrot') }}").find("did you mean “short”?"), std::string::npos);
  EXPECT_NE(told("{{ t = n }}").find("compared with =="), std::string::npos);
  EXPECT_NE(told("{{ t && n }}").find("Write “and”"), std::string::npos);
}

TEST(Code, OfAnExpressionWithoutEnd) {
  const Rendered out = render(
      "<text:p>{{ " + std::string(400, '(') + "1" + std::string(400, ')') + " }}</text:p>", "{}");
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(code_id(out.findings.front().code), "EG-T012");
}

TEST(Code, OfABlockThatCrosses) {
  const Rendered out = render("<text:p>a{% if t %}b</text:p><text:p>c{% endif %}d</text:p>", "{}");
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(code_id(out.findings.front().code), "EG-T106");
}

TEST(Code, OfTrackedChanges) {
  const Rendered out = render(
      "<text:tracked-changes><text:changed-region/></text:tracked-changes><text:p>t</text:p>",
      "{}");
  ASSERT_EQ(out.findings.size(), 1U);
  EXPECT_EQ(code_id(out.findings.front().code), "EG-T101");
  EXPECT_EQ(out.findings.front().severity, Severity::info);
}

} // namespace
} // namespace engross::templating
