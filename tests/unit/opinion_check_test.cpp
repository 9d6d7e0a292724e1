// SPDX-License-Identifier: MPL-2.0
// What is told of slots and books before a letter goes wrong: by the check of a template, of a
// book, and when the letter is made.
#include "opinion_slots.hpp"

namespace engross::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void append_visible(pugi::xml_node node, std::string& out) {
  for (pugi::xml_node child : node) {
    if (child.type() == pugi::node_pcdata) out += child.value();
    append_visible(child, out);
  }
}

std::string plain_text_of(const letter::Letter& letter) {
  std::string out;
  append_visible(content_of(letter), out);
  return out;
}

/// The one finding of each way to ask is the same.
class OpinionCheck : public Slots {
 protected:
  Findings of_template(const std::string& body) {
    letter(body); // writes the files
    return letter::Assembly::check({firm.path("letter.fodt"), firm.path(""), {}});
  }
  Findings of_book() {
    letter(tag("x"));
    return letter::check_book(firm.path("opinions/book.json"));
  }
};

const char* const k_sub_items =
    "<text:list text:style-name=\"Letters\"><text:list-item><text:p "
    "text:style-name=\"Body\">One</text:p><text:list><text:list-item><text:p "
    "text:style-name=\"Body\">{% label \"sub\" %}two</text:p></text:list-item></text:list>"
    "</text:list-item></text:list>";

TEST_F(OpinionCheck, ALevelThatTheListLacksIsCountedAsWriterDoesAndSaid) {
  opinion("a", k_sub_items);
  const std::string body =
      tag("{% opinions \"g\" list=\"Letters\" %}") + tag("See {{ ref(\"sub\") }}.");
  const letter::Letter out = letter(body);
  ASSERT_THAT(codes(out.findings), ElementsAre("list_level_missing"));
  EXPECT_THAT(to_text(out.findings[0]),
              AllOf(HasSubstr("“Letters” has no level 2"), HasSubstr("“a”")));
  EXPECT_THAT(plain_text_of(out), HasSubstr("See a)1."));
  EXPECT_EQ(of_template(body), out.findings);
  EXPECT_EQ(of_book(), out.findings);
}

TEST_F(OpinionCheck, ASlotThatBeginsBelowTheLevelsOfItsList) {
  opinion("a", top(item(op(1, "One") + list(item(op(2, "two"))))));
  const std::string body = tag("{% opinions \"g\" level=3 %}");
  const letter::Letter out = letter(body);
  ASSERT_THAT(codes(out.findings), ElementsAre("list_level_missing"));
  EXPECT_THAT(to_text(out.findings[0]), HasSubstr("“Opinions” has no level 4"));
  EXPECT_EQ(of_template(body), out.findings);
  EXPECT_THAT(of_book(), IsEmpty());
}

TEST_F(OpinionCheck, LevelsOfAComputedListAreJudgedWhenTheLetterIsMade) {
  opinion("a", top(item(op(1, "One") + list(item(op(2, "two"))))));
  const std::string body = tag("{% opinions \"g\" list=which %}");
  EXPECT_THAT(of_template(body), IsEmpty());
  EXPECT_THAT(codes(letter(body, R"({"which":"Letters"})").findings),
              ElementsAre("list_level_missing"));
  EXPECT_THAT(letter(body, R"({"which":"Opinions"})").findings, IsEmpty());
}

TEST_F(OpinionCheck, ALetterheadSaysWhichLevelsTheListHas) {
  opinion("a", k_sub_items);
  const auto letterhead = [&](const std::string& levels) {
    firm.file("letterheads/paper.fodt",
              OdtBuilder::flat("<office:styles><style:style style:name=\"Body\" "
                               "style:family=\"paragraph\"/><text:list-style "
                               "style:name=\"Letters\">" +
                               levels +
                               "</text:list-style></office:styles><office:body>"
                               "<office:text/></office:body>"));
  };
  const std::string one = "<text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/>";
  const std::string two = "<text:list-level-style-number text:level=\"2\" style:num-format=\"a\"/>";
  letterhead(one + two);
  EXPECT_THAT(of_book(), IsEmpty());
  letterhead(one);
  EXPECT_THAT(codes(of_book()), ElementsAre("list_level_missing"));
}

TEST_F(OpinionCheck, NumbersInWordsWaitForLibreOffice) {
  opinion("a", "<text:list text:style-name=\"Words\"><text:list-item>" +
                   p("Body", "{% label \"one\" %}One") + "</text:list-item></text:list>");
  const letter::Letter out =
      letter(tag("{% opinions \"g\" list=\"Words\" %}") + tag("See {{ ref(\"one\") }}."));
  ASSERT_THAT(codes(out.findings), ElementsAre("number_pending"));
  EXPECT_THAT(to_text(out.findings[0]), HasSubstr("“First”"));
  EXPECT_THAT(plain_text_of(out), HasSubstr("See –."));
}

TEST_F(OpinionCheck, AStartThatWriterDoesNotReadIsRefused) {
  opinion("a", top(item(op(1, "One"))));
  EXPECT_THAT(letter(tag("{% opinions \"g\" start=32767 %}")).findings, IsEmpty());
  EXPECT_THAT(codes(letter(tag("{% opinions \"g\" start=32768 %}")).findings),
              ElementsAre("slot_option_wrong"));
}

/// The sections of "a" give labels, that of "b" refers to one of them.
class ReferencesOfABook : public OpinionCheck {
 protected:
  void given(const std::string& reference) {
    opinion("a", top(item(op(1, "{% label \"number\" %}One") + op(1, "{% label \"flush\" %}more") +
                          list(item(op(2, "{% label \"sub\" %}two"))))) +
                     p("Body",
                       "{% label \"plain\" %}plain" + note("{% label \"note\" %}Note") +
                           note("x</text:p><text:list><text:list-item><text:p>{% label "
                                "\"listed\" %}y</text:p></text:list-item></text:list><text:p>")) +
                     "<table:table><table:table-row><table:table-cell>" +
                     p("Body", "{% label \"cell\" %}cell") +
                     "</table:table-cell></table:table-row></table:table>");
    opinion("b", top(item(op(1, "See " + reference))));
  }
  static std::string note(const std::string& text) {
    return "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
           "<text:note-body>" +
           p("Body", text) + "</text:note-body></text:note>";
  }
};

class WithoutNumber : public ReferencesOfABook,
                      public ::testing::WithParamInterface<const char*> {};

TEST_P(WithoutNumber, IsSaidWithoutADeal) {
  given(std::string("{{ ref(\"") + GetParam() + "\") }}");
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("label_not_numbered"));
  EXPECT_EQ(of_book(), out.findings);
  EXPECT_EQ(of_template(tag("{% opinions \"g\" %}")), out.findings);
}

INSTANTIATE_TEST_SUITE_P(Labels, WithoutNumber,
                         ::testing::Values("flush", "plain", "note", "cell"));

class WithNumber : public ReferencesOfABook, public ::testing::WithParamInterface<const char*> {};

TEST_P(WithNumber, NothingIsSaid) {
  given(GetParam());
  EXPECT_THAT(codes(of_book()), IsEmpty());
  EXPECT_THAT(of_template(tag("{% opinions \"g\" %}")), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Labels, WithNumber,
    ::testing::Values("{{ ref(\"number\") }}", "{{ ref(\"sub\", form=\"number\") }}",
                      "{{ ref(\"listed\") }}", "{{ ref(\"flush\", form=\"page\") }}",
                      "{{ ref(\"note\", form=\"above\") }}", "{{ ref(\"cell\", form=\"below\") }}",
                      "{{ ref(\"cell\", form=voice) }}"));

TEST_F(OpinionCheck, ATemplateRefersToAParagraphWithoutNumber) {
  opinion("a", top(item(op(1, "One") + op(1, "{% label \"flush\" %}more"))));
  const std::string body = tag("{% opinions \"g\" %}") + tag("See {{ ref(\"flush\") }}");
  EXPECT_THAT(codes(of_template(body)), ElementsAre("label_not_numbered"));
}

TEST_F(OpinionCheck, ListsThatASlotGivesAreEquallyLong) {
  opinion("a",
          top(item(op(1, "{{ names | and_list }} under the laws of {{ states | and_list }}"))));
  opinion("b", top(item(op(1, "{{ names | and_list }}"))));
  EXPECT_THAT(
      letter(tag("{% opinions \"g\" names=n states=s %}"), R"({"n":["A","B"],"s":["NY","DE"]})")
          .findings,
      IsEmpty());
  const letter::Letter out =
      letter(tag("{% opinions \"g\" names=n states=s %}"), R"({"n":["A","B"],"s":["NY"]})");
  ASSERT_THAT(codes(out.findings), ElementsAre("slot_lists_unequal"));
  EXPECT_THAT(to_text(out.findings[0]), AllOf(HasSubstr("“a”"), HasSubstr("names 2, states 1")));
  EXPECT_TRUE(out.ok());
}

TEST_F(OpinionCheck, LettersPastZWhereTheDocxWillDiffer) {
  opinion("a", "<text:list text:style-name=\"Letters\"><text:list-item>" +
                   p("Body", "{% for i in n %}") + "</text:list-item><text:list-item>" +
                   p("Body", "{{ i }}") + "</text:list-item><text:list-item>" +
                   p("Body", "{% endfor %}") + "</text:list-item></text:list>");
  const auto findings = [&](int count, const std::string& list, bool docx) {
    std::string numbers;
    for (int i = 0; i < count; ++i) numbers += (i == 0 ? "" : ",") + std::to_string(i);
    letter::Request request;
    request.docx = docx;
    return letter(tag("{% opinions \"g\" list=\"" + list + "\" %}"), "{\"n\":[" + numbers + "]}",
                  request)
        .findings;
  };
  EXPECT_THAT(findings(27, "Letters", true), IsEmpty()); // aa in both
  EXPECT_THAT(findings(28, "Letters", false), IsEmpty());
  EXPECT_THAT(findings(28, "Opinions", true), IsEmpty());
  const Findings found = findings(60, "Letters", true);
  ASSERT_THAT(codes(found), ElementsAre("letters_past_z"));
  EXPECT_THAT(to_text(found[0]),
              AllOf(HasSubstr("“Letters”"), HasSubstr("bb where"), HasSubstr("say ab")));
}

TEST_F(OpinionCheck, TheOldAndTheNewIdAreOneParagraph) {
  opinion("a", top(item(op(1, "Old"))));
  letter(tag("x"));
  firm.file("firm.json", R"({"name":"Test","book":["opinions/book.json","own/book.json"]})");
  firm.file(
      "own/book.json",
      R"({"files":["b.fodt"],"opinions":[{"id":"a-l","overrides":"a","approved":{"by":"C"}}]})");
  firm.file("own/b.fodt", odf_text(plain_section("a-l", "New")));
  const auto findings = [&](const std::map<std::string, bool>& wishes) {
    letter::Request request;
    request.opinions = wishes;
    return codes(letter(tag("{% opinions \"g\" empty=\"None\" %}"), "{}", request).findings);
  };
  EXPECT_THAT(findings({{"a", true}, {"a-l", true}}), IsEmpty());
  EXPECT_THAT(findings({{"a", true}, {"a-l", false}}), ElementsAre("opinion_in_and_out"));
}

TEST_F(OpinionCheck, ALeadInThatCannotBeDroppedIsSaid) {
  opinion("a", top(item(op(1, "One"))));
  const std::string slot = tag("{% opinions \"g\" lead_in=\"drop\" %}");
  const std::string table = "<table:table><table:table-row><table:table-cell>" + tag("cell") +
                            "</table:table-cell></table:table-row></table:table>";
  const auto found = [&](const std::string& body) { return of_template(body); };
  EXPECT_THAT(found(tag("We opine:") + "<text:p/>" + slot), IsEmpty());
  EXPECT_THAT(found(tag("{% if true %}") + slot + tag("{% endif %}")), IsEmpty());
  for (const auto& [body, names] : {std::pair(table + slot, "a table"), std::pair(slot, "nothing"),
                                    std::pair(table + "<text:p/>" + slot, "a table")}) {
    const Findings findings = found(body);
    ASSERT_THAT(codes(findings), ElementsAre("lead_in_missing")) << body;
    EXPECT_THAT(to_text(findings[0]), HasSubstr(names));
  }
}

TEST_F(OpinionCheck, ALabelInAListThatATableOfTheBookBrings) {
  automatic = "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" "
              "style:num-format=\"i\" style:num-suffix=\")\"/></text:list-style>";
  opinion("a",
          top(item(op(1, "One"))) +
              "<table:table><table:table-row><table:table-cell><text:list text:style-name=\"L1\">"
              "<text:list-item>" +
              p("Body", "x") + "</text:list-item><text:list-item>" +
              p("Body", "{% label \"cell\" %}y") +
              "</text:list-item></text:list></table:table-cell>"
              "</table:table-row></table:table>");
  const letter::Letter out = letter(tag("{% opinions \"g\" %}") + tag("See {{ ref(\"cell\") }}."));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_THAT(plain_text_of(out), HasSubstr("See ii)."));
}

/// A firm whose deals have a company with a name, and series.
class BookAndSchema : public OpinionCheck {
 protected:
  void SetUp() override {
    firm.file("firm.json",
              R"({"name":"Test","book":"opinions/book.json","schema":"deal.schema.json",
                               "data":{"city":"Boston"},"severities":{"EG-O057":"info"}})");
    firm.file("deal.schema.json",
              R"({"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
      "properties":{"company":{"type":"object","properties":{"name":{"type":"string"}},
      "additionalProperties":false}},"additionalProperties":false})");
  }
  void template_of_the_firm(const std::string& body) {
    firm.file("templates/letter.fodt", odf_text(body));
  }
};

TEST_F(BookAndSchema, NamesThatTheSchemaLacksAreSaidOfRulesAndTags) {
  opinion("a", top(item(op(1, "{{ company.name }} of {{ city }}"))), "g", R"("when":"compny")");
  opinion("b", top(item(op(1, "{{ company.nam }}"))), "g", R"("when":"company.stat")");
  const Findings findings = of_book();
  ASSERT_THAT(codes(findings),
              ElementsAre("name_not_declared", "name_not_declared", "name_not_declared"))
      << all_text(findings);
  EXPECT_THAT(to_text(findings[0]), AllOf(HasSubstr("compny"), HasSubstr("opinions[0]")));
  EXPECT_THAT(to_text(findings[1]), AllOf(HasSubstr("company.stat"), HasSubstr("opinions[1]")));
  EXPECT_THAT(to_text(findings[2]), AllOf(HasSubstr("company.nam"), HasSubstr("book.fodt")));
}

TEST_F(BookAndSchema, ParametersOfSlotsAreNoNamesOfTheDeal) {
  opinion("a", top(item(op(1, "{{ series }}{{ company.nam }}"))));
  EXPECT_THAT(codes(of_book()), ElementsAre("name_not_declared")); // no template says what it gives
  template_of_the_firm(tag("{% opinions \"g\" series=\"A\" %}"));
  EXPECT_THAT(codes(of_book()), ElementsAre("name_not_declared"));
  template_of_the_firm(tag("{% opinions \"g\" %}"));
  EXPECT_THAT(codes(of_book()), ElementsAre("name_not_declared", "name_not_declared"));
}

TEST_F(BookAndSchema, WhatTheTemplateSaysTooIsTheSameFinding) {
  opinion("a", top(item(op(1, "{{ company.nam }} {% if 1 == 1 %}x{% endif %}"))), "g",
          R"("when":"compny")");
  template_of_the_firm(tag("{% opinions \"g\" %}"));
  const Findings of_book_alone = of_book();
  const Findings of_letter =
      letter::Assembly::check({firm.path("templates/letter.fodt"), firm.path(""), {}});
  EXPECT_THAT(of_letter, ::testing::UnorderedElementsAreArray(of_book_alone))
      << all_text(of_letter);
  EXPECT_THAT(of_book_alone, ::testing::Not(IsEmpty()));
}

TEST_F(BookAndSchema, TheFirmMayBeNamed) {
  opinion("a", top(item(op(1, "x"))));
  letter(tag("x"));
  FirmOnDisk user;
  user.file("mine.json", R"({"files":["mine.fodt"],"opinions":[{"id":"mine","overrides":"a"}]})");
  user.file("mine.fodt", odf_text(plain_section("mine", "{{ company.nam }}")));
  EXPECT_THAT(codes(letter::check_book(user.path("mine.json"))), ElementsAre("override_unknown"));
  EXPECT_THAT(codes(letter::check_book(user.path("mine.json"), firm.path(""))),
              ElementsAre("name_not_declared"));
  EXPECT_THAT(codes(letter::check_book(user.path("mine.json"), firm.path(""), "nowhere")),
              ElementsAre("office_unknown", "name_not_declared"));
  firm.file("firm.json", R"({"name":"Test","book":"opinions/book.json",
                             "office_books":{"london":"london/book.json"}})");
  firm.file("london/book.json",
            R"({"files":["b.fodt"],"opinions":[{"id":"a-l","overrides":"a"}]})");
  firm.file("london/b.fodt", odf_text(plain_section("a-l", "London")));
  user.file("mine.json", R"({"files":["mine.fodt"],"opinions":[{"id":"mine","overrides":"a-l"}]})");
  EXPECT_THAT(codes(letter::check_book(user.path("mine.json"), firm.path(""))),
              ElementsAre("override_unknown"));
  EXPECT_THAT(codes(letter::check_book(user.path("mine.json"), firm.path(""), "london")),
              ElementsAre("override_chain"));
}

TEST_F(BookAndSchema, TheFirmSaysHowSeriousItIs) {
  opinion("a", top(item(op(1, "See {{ ref(\"nowhere\") }}"))));
  const Findings findings = of_book();
  ASSERT_THAT(codes(findings), ElementsAre("label_not_in_book"));
  EXPECT_EQ(findings[0].severity, Severity::info);
}

} // namespace
} // namespace engross::testing
