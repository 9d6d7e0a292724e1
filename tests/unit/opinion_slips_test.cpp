// SPDX-License-Identifier: MPL-2.0
// Slips of authors: what Writer shows in the book stands in the letter, or a finding says why not.
#include "opinion_slots.hpp"

namespace engross::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string k_slot = tag("{% opinions \"g\" %}");
const std::string k_drop = tag("{% opinions \"g\" lead_in=\"drop\" %}");

std::string in_style(const std::string& style, const std::string& items,
                     const std::string& more = "") {
  return "<text:list text:style-name=\"" + style + "\"" + more + ">" + items + "</text:list>";
}
std::string body_item(const std::string& text) { return item(tag(text)); }

class Slips : public Slots {
 protected:
  Findings of_book() {
    letter(tag("x"));
    return letter::check_book(firm.path("opinions/book.json"));
  }
  Findings of_template(const std::string& body) {
    letter(body);
    return letter::Assembly::check({firm.path("letter.fodt"), firm.path(""), {}});
  }
};

/// As Writer saves it: the list behind the plain paragraph goes on with the one before.
TEST_F(Slips, SubItemsGoOnBehindAPlainParagraph) {
  const std::string begin =
      in_style("Opinions", item(op(1, "lead:") + list(item(op(2, "aa")))), " xml:id=\"list1\"");
  const std::string rest = item(list(item(op(2, "bb")) + item(op(2, "cc"))));
  opinion("a", begin + p("Body", "plain") +
                   in_style("Opinions", rest, " text:continue-numbering=\"true\""));
  opinion("b", begin + p("Body", "plain") + p("Body", "more") +
                   in_style("Opinions", rest, " text:continue-list=\"list1\""));
  opinion("c", top(item(op(1, "last"))));
  EXPECT_EQ(outline(k_slot), "1. lead:\n(A) aa;\nplain\n(B) bb; and\n(C) cc.\n"
                             "2. lead:\n(A) aa;\nplain\nmore\n(B) bb; and\n(C) cc.\n3. last.\n");
}

TEST_F(Slips, AListOfAnotherStyleKeepsItsOwnNumbers) {
  automatic = "<text:list-style style:name=\"L1\"><text:list-level-style-bullet text:level=\"1\" "
              "text:bullet-char=\"•\"/></text:list-style><text:list-style style:name=\"L2\">"
              "<text:list-level-style-number text:level=\"1\" style:num-format=\"i\"/>"
              "</text:list-style>";
  opinion("a", top(item(op(1, "bullets:"))) + in_style("L1", body_item("x") + body_item("y")));
  opinion("b", top(item(op(1, "romans:"))) + in_style("L2", body_item("i") + body_item("j"),
                                                      " text:continue-numbering=\"true\""));
  opinion("c", top(item(op(1, "last"))));
  const letter::Letter out = letter(k_slot);
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  std::vector<std::string> lines; // style of the outermost list, and text
  for (pugi::xml_node one : text_of(content).children("text:list"))
    for (const pugi::xpath_node& found : one.select_nodes(".//text:p"))
      lines.push_back(std::string(one.attribute("text:style-name").value()) + ": " +
                      found.node().text().get());
  EXPECT_THAT(lines, ElementsAre("Opinions: bullets:", "EO1_L1: x", "EO1_L1: y",
                                 "Opinions: romans:", "EO1_L2: i", "EO1_L2: j", "Opinions: last."));
  EXPECT_THAT(outline_of(out), HasSubstr("3. last.\n"));
}

TEST_F(Slips, AListOfItsOwnThatCountsOnIsRefused) {
  const std::string own = in_style("Letters", body_item("x"));
  const std::string on = in_style("Letters", body_item("y"), " text:continue-numbering=\"true\"");
  opinion("a", top(item(op(1, "one:"))) + own + tag("flush") + on);
  EXPECT_THAT(codes(of_book()), ElementsAre("list_goes_on_in_book"));
}

/// Sub-items that Writer saved in an automatic style are sub-items all the same.
TEST_F(Slips, AListOfAnotherStyleThatBeginsBelowIsTheOpinions) {
  opinion("a", top(item(op(1, "lead:"))) +
                   in_style("Letters", item(list(item(op(2, "x")) + item(op(2, "y"))))));
  EXPECT_EQ(outline(k_slot), "1. lead:\n(A) x; and\n(B) y.\n");
}

TEST_F(Slips, AParagraphWithoutANumberAmongNumberedOnesIsSaid) {
  opinion("a", top(item(op(1, "one"))));
  opinion("b", tag("plain"));
  for (const Findings& findings : {of_book(), letter(k_slot).findings}) {
    ASSERT_THAT(codes(findings), ElementsAre("opinion_without_number")) << all_text(findings);
    EXPECT_THAT(to_text(findings[0]), HasSubstr("“b”"));
  }
}

TEST_F(Slips, AGroupWithoutNumbersMayStand) {
  opinion("a", top(item(op(1, "one"))));
  opinion("b", tag("To the addressees:"), "closing");
  EXPECT_THAT(of_book(), IsEmpty());
}

TEST_F(Slips, ATypedNumberIsSaid) {
  const std::vector<std::pair<std::string, bool>> texts = {
      {"4. The Agreement", true},  {"(ii) the Notes", true}, {"b) the Notes", true},
      {"IV.<text:tab/>Tax", true}, {"4.5 million", false},   {"I am", false},
      {"civil law", false},        {"A note", false},        {"(the Notes) are", false},
      {"2026 was", false},         {"i.e. the Notes", false}};
  for (const auto& [text, typed] : texts) {
    const Result<opinion::Book> book =
        load_book({{"book.json", R"({"files":["b.fodt"],"opinions":[{"id":"a","group":"g"}]})"},
                   {"b.fodt", odf_text(section("a", tag(text)))}});
    const bool said =
        std::any_of(book.findings.begin(), book.findings.end(), [](const Finding& finding) {
          return finding.code == Code::opinion_without_number;
        });
    EXPECT_EQ(said, typed) << text << all_text(book.findings);
  }
}

TEST_F(Slips, ALeadInWhoseSubItemsAreGoneIsSaid) {
  opinion("a", top(item(op(1, "Each of these holds:") +
                        list(item(op(2, "{% for z in zz %}{{ z }}{% endfor %}"))))));
  opinion("b", top(item(op(1, "Two:"))) + tag("flush"));
  EXPECT_THAT(letter(k_slot, R"({"zz":["x"]})").findings, IsEmpty());
  const Findings findings = letter(k_slot, R"({"zz":[]})").findings;
  ASSERT_THAT(codes(findings), ElementsAre("opinion_leads_to_nothing"));
  EXPECT_THAT(to_text(findings[0]), AllOf(HasSubstr("“a”"), HasSubstr("“Each of these holds:”")));
}

TEST_F(Slips, DroppingALeadInTakesNothingElse) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  opinion("h", top(item(op(1, "h"))), "h", "");
  const std::string other = tag("{% opinions \"h\" lead_in=\"drop\" %}");
  EXPECT_EQ(outline(tag("kept") + tag("We say:") + k_drop + other), "kept\n");
  EXPECT_EQ(outline(tag("kept") + tag("We say:") + k_drop + tag("And:") + other), "kept\n");

  const std::string block = tag("{% if x %}") + tag("We say:") + tag("{% endif %}") + k_drop;
  const letter::Letter out = letter(tag("kept") + block, R"({"x":false})");
  EXPECT_THAT(codes(out.findings), ElementsAre("lead_in_missing"));
  EXPECT_EQ(outline_of(out), "kept\n");
  EXPECT_EQ(outline(tag("kept") + block, R"({"x":true})"), "kept\n");
  const std::string branches =
      tag("{% if x %}") + tag("Other") + tag("{% else %}") + k_drop + tag("{% endif %}");
  EXPECT_EQ(outline(tag("kept") + tag("We say:") + branches, R"({"x":false})"), "kept\n");
}

TEST_F(Slips, ALeadInOutsideTheSectionOfTheSlotIsNotDropped) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  for (const std::string& body :
       {tag("kept") + section("s", k_drop + tag("end")), section("s", tag("kept")) + k_drop}) {
    const letter::Letter out = letter(body);
    EXPECT_THAT(codes(out.findings), ElementsAre("lead_in_missing")) << body;
    EXPECT_THAT(outline_of(out), HasSubstr("kept\n"));
  }
}

TEST_F(Slips, OptionsThatWouldPrintAnotherThingAreRefused) {
  opinion("a", top(item(op(1, "a"))));
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"end=[\";\", \".\"]", "list of three"},
      {"end2=[\";\", \".\"]", "list of three"},
      {"empty=\"None for {{ x }}.\"", "as it is"},
      {"reserved=\"[Reserved {% x %}]\"", "as it is"},
      {"start=0", "start. It is a whole number from 1 to 32767."},
      {"level=4", "1, 2 or 3"}};
  for (const auto& [option, words] : wrong) {
    const std::string body = tag("{% opinions \"g\" " + option + " %}");
    for (const Findings& findings : {of_template(body), letter(body).findings}) {
      ASSERT_THAT(codes(findings), ElementsAre("slot_option_wrong")) << option;
      EXPECT_THAT(findings[0].message + " " + findings[0].hint, HasSubstr(words)) << option;
    }
  }
  EXPECT_THAT(of_template(tag("{% opinions \"g\" empty=\"None for \" ~ x %}")), IsEmpty());
}

TEST_F(Slips, AFullStopOfTheBookGivesWay) {
  opinion("a", top(item(op(1, "the date."))));
  opinion("b", top(item(op(1, "Section 3."))));
  opinion("c", top(item(op(1, "Acme Corp.\u00a0"))));
  opinion("d", top(item(op(1, "et al."))));
  opinion("e", top(item(op(1, "end."))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. the date;\n2. Section 3;\n3. Acme Corp.;\n4. et al.; and\n5. end.\n");
}

TEST_F(Slips, ADraftStandsWithAnEmptySlot) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  letter::Request request;
  request.mode = letter::Mode::draft;
  const letter::Letter out = letter(tag("kept") + k_slot, "{}", request);
  ASSERT_THAT(codes(out.findings), ElementsAre("slot_empty"));
  EXPECT_EQ(out.findings[0].severity, Severity::warning);
  EXPECT_EQ(outline_of(out), "kept\n");
}

TEST_F(Slips, WhatNobodyCanChooseByNameIsRefused) {
  for (const std::string id : {"+a", "-a", "a,b", "a ", " a", "a\\nb"}) {
    const Result<opinion::Book> book = load_book(
        {{"book.json", R"({"files":[],"opinions":[{"id":")" + id + R"(","group":"g"}]})"}});
    EXPECT_THAT(codes(book.findings), ::testing::Contains("opinion_id_unusable")) << id;
  }
  const Result<opinion::Book> book = load_book(
      {{"book.json", R"({"files":[],"opinions":[{"id":"A b","group":"g","excludes":["A b"]}]})"}});
  EXPECT_THAT(codes(book.findings), ::testing::Contains("book_key_wrong"));
  EXPECT_THAT(codes(book.findings), ::testing::Not(::testing::Contains("opinion_id_unusable")));
}

TEST_F(Slips, ALabelThatStandsTwiceInAParagraphIsSaid) {
  opinion("a", top(item(op(1, "{% label \"x\" %}one")) + item(op(1, "{% label \"x\" %}two"))));
  Findings findings = of_book();
  ASSERT_THAT(codes(findings), ElementsAre("label_twice")) << all_text(findings);
  EXPECT_EQ(findings[0].severity, Severity::error);
}

TEST_F(Slips, ALabelInALoopIsSaid) {
  opinion("a", tag("{% for z in zz %}") + top(item(op(1, "{% label \"x\" %}{{ z }}"))) +
                   tag("{% endfor %}") +
                   top(item(op(1, "{% if c %}{% label \"y\" %}{% else %}{% label \"y\" %}"
                                  "{% endif %}text"))));
  Findings findings = of_book();
  ASSERT_THAT(codes(findings), ElementsAre("label_twice")) << all_text(findings);
  EXPECT_EQ(findings[0].severity, Severity::warning);
}

TEST_F(Slips, AReferenceInADrawingIsSaid) {
  opinion("a", top(item(op(1, "{% label \"x\" %}text<draw:rect>" + tag("{{ ref(\"x\") }}") +
                                  "</draw:rect>"))));
  ASSERT_THAT(codes(of_book()), ElementsAre("slot_place_wrong")) << all_text(of_book());
  EXPECT_THAT(all_text(of_book()), HasSubstr("a drawing"));
}

TEST_F(Slips, APageBreakOfASlotIsSaid) {
  opinion("a", top(item(op(1, "one"))));
  const std::string breaks =
      "<style:style style:name=\"PB\" style:family=\"paragraph\"><style:paragraph-properties "
      "fo:break-before=\"page\"/></style:style>";
  letter("");
  const auto file =
      firm.file("breaks.fodt", odf_text(p("PB", "{% opinions \"g\" %}") + tag("end"), breaks));
  const Findings findings = letter::Assembly::check({file, firm.path(""), {}});
  ASSERT_THAT(codes(findings), ElementsAre("slot_place_wrong")) << all_text(findings);
  EXPECT_EQ(findings[0].severity, Severity::warning);
  EXPECT_THAT(to_text(findings[0]), HasSubstr("begins a page"));
  EXPECT_THAT(of_template(k_slot), IsEmpty());
}

/// "A, B and C under NY and DE, respectively" would say a wrong thing.
TEST_F(Slips, RespectivelyAndCollapsedListsDoNotGoTogether) {
  const std::string names = "{{ ps | and_list(attribute=\"n\") }} under ";
  const std::string states = "{{ ps | and_list(attribute=\"s\", collapse=true) }}";
  const std::string respectively = "{{ ps | respectively(\"n\", \"s\") }}";
  const auto deal = [](const std::string& a, const std::string& b, const std::string& c) {
    return R"({"ps":[{"n":"A","s":")" + a + R"("},{"n":"B","s":")" + b + R"("},{"n":"C","s":")" +
           c + R"("}]})";
  };
  opinion("a", top(item(op(1, names + states + respectively))));
  for (const std::string& body : {k_slot, tag(names + states + respectively) + k_slot})
    EXPECT_THAT(codes(letter(body, deal("NY", "DE", "NY")).findings),
                ::testing::Contains("lists_not_parallel"));
  EXPECT_EQ(outline(k_slot, deal("NY", "NY", "NY")), "1. A, B and C under NY.\n");
  EXPECT_EQ(outline(k_slot, deal("NY", "DE", "NJ")),
            "1. A, B and C under NY, DE and NJ, respectively.\n");
}

/// What another paragraph collapsed is no matter.
TEST_F(Slips, RespectivelyOfAnotherParagraphStands) {
  opinion("a", top(item(op(1, "{{ ps | and_list(attribute=\"s\", collapse=true) }}")) +
                   item(op(1, "{{ ps | and_list(attribute=\"n\") }} under {{ ps | "
                              "and_list(attribute=\"s\") }}{{ ps | respectively(\"n\", "
                              "\"s\") }}"))));
  EXPECT_EQ(outline(k_slot, R"({"ps":[{"n":"A","s":"NY"},{"n":"B","s":"DE"},{"n":"C","s":"NY"}]})"),
            "1. NY and DE.\n2. A, B and C under NY, DE and NY, respectively.\n");
}

} // namespace
} // namespace engross::testing
