// SPDX-License-Identifier: MPL-2.0
// How chosen opinion paragraphs stand in the letter: lists, end marks, references.
#include "opinion_slots.hpp"

namespace engross::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(Slots, OneListOfAllParagraphs) {
  opinion("a", top(item(op(1, "One"))));
  opinion("b", top(item(op(1, "Two, namely") + list(item(op(2, "x")) + item(op(2, "y"))))));
  opinion("c", top(item(op(1, "Three"))));
  EXPECT_EQ(outline(tag("Before:") + tag("{% opinions \"g\" %}") + tag("After.")),
            "Before:\n1. One.\n2. Two, namely\n(A) x; and\n(B) y.\n3. Three.\nAfter.\n");
}

TEST_F(Slots, EndMarksOfThreeLevels) {
  opinion("a",
          top(item(op(1, "Lead") + list(item(op(2, "a") + list(item(op(3, "i")) + item(op(3, "j")) +
                                                               item(op(3, "k")))) +
                                        item(op(2, "b")) + item(op(2, "c"))))));
  opinion("b", top(item(op(1, "Next"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=\".\" end2=[\";\", \"; and\"] end3=[\",\", \", "
                        "and\", \",\"] %}")),
            "1. Lead\n(A) a\n(i) i,\n(ii) j, and\n(iii) k;\n(B) b; and\n(C) c.\n2. Next.\n");
}

TEST_F(Slots, FlushContinuationEndsItsSubItems) {
  opinion("a", top(item(op(1, "Lead") + list(item(op(2, "the descriptions") +
                                                  list(item(op(3, "here")) + item(op(3, "there"))) +
                                                  op(2, "are right")) +
                                             item(op(2, "last"))))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end3=[\",\", \", and\", \",\"] %}")),
            "1. Lead\n(A) the descriptions\n(i) here, and\n(ii) there,\n- are right; and\n(B) "
            "last.\n");
}

TEST_F(Slots, MarksBetweenOpinionsOfAList) {
  for (const char* id : {"a", "b", "c"}) opinion(id, top(item(op(1, id))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. a;\n2. b; and\n3. c.\n");
}

TEST_F(Slots, TwoOpinionsTakeTheMarkBeforeTheLast) {
  for (const char* id : {"a", "b"}) opinion(id, top(item(op(1, id))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. a; and\n2. b.\n");
}

TEST_F(Slots, FullStopIsNotDoubled) {
  opinion("a", top(item(op(1, "{{ name }}"))));
  opinion("b",
          top(item(op(1, "the “<text:span text:style-name=\"Strong\">Acme Inc.</text:span>”"))));
  opinion("c", top(item(op(1, "the following:"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"name":"Citigroup Inc."})"),
            "1. Citigroup Inc.\n2. the “Acme Inc.”\n3. the following:\n");
}

TEST_F(Slots, SemicolonStandsAfterAnAbbreviation) {
  opinion("a", top(item(op(1, "Citigroup Inc."))));
  opinion("b", top(item(op(1, "last"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \";\", \".\"] %}")),
            "1. Citigroup Inc.;\n2. last.\n");
}

TEST_F(Slots, ParagraphsOutsideListsHaveTheLevelOfTheirStyle) {
  opinion("a", op(1, "Lead") + op(2, "x") + op(2, "y") + p("Body", "flush"));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}")), "1. Lead\n(A) x; and\n(B) y;\n- flush.\n");
}

TEST_F(Slots, TableInsideASectionStandsBetweenTheNumbers) {
  opinion("a", top(item(op(1, "The parties are:"))) +
                   "<table:table><table:table-column/><table:table-row><table:table-cell>" +
                   p("Body", "{{ x }}") + "</table:table-cell></table:table-row></table:table>");
  opinion("b", top(item(op(1, "Two"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"x":"cell"})"),
            "1. The parties are:\n[cell]\n2. Two.\n");
}

TEST_F(Slots, RestartAndContinue) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "b"))), "h");
  const std::string first = tag("{% opinions \"g\" %}") + tag("between");
  EXPECT_EQ(outline(first + tag("{% opinions \"h\" %}")), "1. a.\nbetween\n1. b.\n");
  EXPECT_EQ(outline(first + tag("{% opinions \"h\" numbering=\"continue\" %}")),
            "1. a.\nbetween\n2. b.\n");
  EXPECT_EQ(outline(first + tag("{% opinions \"h\" numbering=\"restart\" %}")),
            "1. a.\nbetween\n1. b.\n");
}

TEST_F(Slots, OneOpinionByItsId) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "b"))));
  EXPECT_EQ(outline(tag("{% opinion \"b\" %}") + tag("{% opinion \"a\" numbering=\"continue\" %}")),
            "1. b.\n2. a.\n");
}

TEST_F(Slots, OneOpinionByTheIdThatItOverrides) {
  opinion("a", top(item(op(1, "a"))));
  letter("");
  firm.file("own/book.json", R"({"files":["o.fodt"],"opinions":[{"id":"a-own","overrides":"a",)"
                             R"("when":"true","approved":{"by":"C"}}]})");
  firm.file("own/o.fodt", odf_text(section("a-own", top(item(op(1, "own"))))));
  firm.file("firm.json", R"({"name":"T","book":["opinions/book.json","own/book.json"]})");
  const letter::Letter out = firm.letter(tag("{% opinion \"a\" %}"), "{}");
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_EQ(outline_of(out), "1. own.\n");
}

TEST_F(Slots, UnknownGroupsAreNamed) {
  opinion("a", top(item(op(1, "a"))), "takedown");
  const letter::Letter out = letter(tag("{% opinions \"takedwn\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("group_unknown")) << all_text(out.findings);
  EXPECT_EQ(out.findings[0].hint, "Did you mean “takedown”?");
}

TEST_F(Slots, UnknownOpinionsAreNamed) {
  opinion("alpha", top(item(op(1, "a"))));
  const letter::Letter out = letter(tag("{% opinion \"alhpa\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_unknown")) << all_text(out.findings);
  EXPECT_EQ(out.findings[0].hint, "Did you mean “alpha”?");
}

TEST_F(Slots, SlotsNeedABook) {
  firm.file("firm.json", R"({"name":"T"})");
  const letter::Letter out = firm.letter(tag("{% opinions \"g\" %}"), "{}");
  EXPECT_THAT(codes(out.findings), ElementsAre("no_book")) << all_text(out.findings);
}

TEST_F(Slots, StylesOfTheBookMustBeTheLetters) {
  opinion("a", top(item(p("House_20_Style", "a"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("book_style_unknown")) << all_text(out.findings);
  EXPECT_THAT(out.findings[0].message, HasSubstr("“House Style”"));
}

TEST_F(Slots, OtherListStyleMustExist) {
  opinion("a", top(item(op(1, "a"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" list=\"Nowhere\" %}"));
  EXPECT_THAT(codes(out.findings), ElementsAre("slot_list_unknown")) << all_text(out.findings);
}

TEST_F(Slots, EmptyConditionsLeaveNoParagraph) {
  opinion("a", top(item(op(1, "Lead") + list(item(op(2, "x")) +
                                             item(op(2, "{% if no %}y{% endif "
                                                        "%}")) +
                                             item(op(2, "z"))))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}")), "1. Lead\n(A) x; and\n(B) z.\n");
}

TEST_F(Slots, LoopMakesSubItems) {
  opinion("a",
          top(item(op(1, "Lead") + list(item(op(2, "{% for x in xs %}")) + item(op(2, "{{ x }}")) +
                                        item(op(2, "{% endfor %}"))))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"xs":["u","v","w"]})"),
            "1. Lead\n(A) u;\n(B) v; and\n(C) w.\n");
}

TEST_F(Slots, ReferencesReachAcrossSlots) {
  opinion("a", top(item(op(1, "a, as {{ ref(\"deep\") }} says"))));
  opinion("b",
          top(item(op(1, "Lead") +
                   list(item(op(2, "x") + list(item(op(3, "{% label \"deep\" %}y"))))))),
          "h");
  const letter::Letter out =
      letter(tag("{% opinions \"g\" %}") + tag("{% opinions \"h\" numbering=\"continue\" %}") +
             tag("see {{ ref(\"deep\", form=\"number\") }} {{ ref(\"deep\", form=\"above\") }}"));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_EQ(outline_of(out), "1. a, as 2(A)(i) says.\n2. Lead\n(A) x\n(i) y.\nsee (i) above\n");
}

TEST_F(Slots, ReferencesFromNotesAndHeaders) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "b") + list(item(op(2, "{% label \"deep\" %}x"))))));
  const std::string note =
      "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
      "<text:note-body>" +
      tag("as {{ ref(\"deep\") }} {{ ref(\"deep\", form=\"above\") }} says") +
      "</text:note-body></text:note>";
  letter("");
  const auto with_header = [&](const std::string& inside) {
    std::string text = odf_text(tag("{% opinions \"g\" %}") + tag("see" + note));
    text.insert(text.find("<office:body>"),
                "<office:master-styles><style:master-page style:name=\"Standard\"><style:header>" +
                    tag(inside) + "</style:header></style:master-page></office:master-styles>");
    const std::filesystem::path file = firm.file("header.fodt", text);
    Result<letter::Assembly> assembly = letter::Assembly::compile({file, firm.path("."), {}});
    if (has_errors(assembly.findings)) return letter::Letter{{}, std::move(assembly.findings)};
    return assembly->render(*assembly->read_deal({firm.file("deal.json", "{}")}));
  };
  const letter::Letter out = with_header("On {{ ref(\"deep\") }}");
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  const auto words = [](pugi::xml_node node) {
    struct Walker : pugi::xml_tree_walker {
      std::string text;
      bool for_each(pugi::xml_node& n) override {
        text += n.value();
        return true;
      }
    } walker;
    node.traverse(walker);
    return walker.text;
  };
  EXPECT_EQ(words(text_of(content).find_node(
                [](pugi::xml_node n) { return n.name() == std::string("text:note-body"); })),
            "as 2(A) above says");
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  const std::string bytes = package->read("styles.xml");
  pugi::xml_document styles;
  ASSERT_TRUE(styles.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_pi));
  const pugi::xml_node header =
      styles.find_node([](pugi::xml_node n) { return n.name() == std::string("style:header"); });
  EXPECT_EQ(words(header), "On 2(A)");
  for (pugi::xml_node field : header.child("text:p").children("text:bookmark-ref"))
    EXPECT_TRUE(text_of(content).find_node([&](pugi::xml_node n) {
      return n.name() == std::string("text:bookmark-start") &&
             n.attribute("text:name").value() ==
                 std::string(field.attribute("text:ref-name").value());
    })) << field.attribute("text:ref-name").value();
  for (const char* wrong :
       {"{% label \"here\" %}x", "{% opinions \"g\" %}", "x {{ ref(\"deep\", form=\"above\") }}"}) {
    const letter::Letter refused = with_header(wrong);
    EXPECT_THAT(codes(refused.findings), ElementsAre("slot_place_wrong"))
        << wrong << "\n"
        << all_text(refused.findings);
    EXPECT_THAT(refused.odt, IsEmpty());
  }
}

/// A footnote stands at the foot of the page: below what precedes it, above or below what follows.
TEST_F(Slots, AboveAndBelowWaitForTheLayoutWhereItDecides) {
  const std::string ask = " {{ ref(\"l\", form=\"above\") }}";
  const std::string note =
      "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
      "<text:note-body>" +
      tag("note" + ask) + "</text:note-body></text:note>";
  const std::string label = tag("{% label \"l\" %}x");
  const letter::Letter certain = letter(label + tag("y" + note));
  EXPECT_THAT(certain.findings, IsEmpty()) << all_text(certain.findings);
  EXPECT_THAT(outline_of(certain), HasSubstr("note above"));
  const letter::Letter open = letter(tag("y" + note) + label);
  ASSERT_THAT(codes(open.findings), ElementsAre("direction_pending"));
  EXPECT_TRUE(open.ok());
  EXPECT_THAT(outline_of(open), HasSubstr("note –"));
}

TEST_F(Slots, DrawingsHoldNeitherLabelsNorReferences) {
  automatic = {};
  const auto box = [](const std::string& inside) {
    return tag("<draw:frame text:anchor-type=\"as-char\" draw:style-name=\"gr1\"><draw:text-box>" +
               inside + "</draw:text-box></draw:frame>");
  };
  const auto with_style = [&](const std::string& parent, const std::string& body) {
    const std::filesystem::path file = firm.file(
        "drawn.fodt",
        odf_text(body, "<style:style style:name=\"gr1\" style:family=\"graphic\"" + parent + "/>"));
    Result<letter::Assembly> assembly = letter::Assembly::compile({file, firm.path("."), {}});
    EXPECT_TRUE(assembly) << all_text(assembly.findings);
    return assembly->render(*assembly->read_deal({firm.file("deal.json", "{}")})).findings;
  };
  letter("");
  const std::string framed = " style:parent-style-name=\"Frame\"";
  const std::string see = tag("see {{ ref(\"l\", form=\"page\") }}");
  const std::string label = tag("{% label \"l\" %}x");
  for (const std::string& body : {box(label) + see, label + box(see)}) {
    EXPECT_THAT(codes(with_style("", body)), ElementsAre("slot_place_wrong"));
    EXPECT_THAT(codes(with_style(framed, body)), ElementsAre("page_reference_pending"));
  }
}

TEST_F(Slots, PlacesWhereNoListCanStand) {
  opinion("a", top(item(op(1, "a"))));
  const std::string slot = tag("{% opinions \"g\" %}");
  const std::string cell = "<table:table-cell>" + slot + "</table:table-cell>";
  for (const std::string& body :
       {top(item(tag("x")) + item(slot)), top(item(tag("x") + slot)),
        "<table:table><table:table-column/><table:table-row>" + cell +
            "</table:table-row><table:table-row><table:table-cell>" + tag("x") +
            "</table:table-cell></table:table-row></table:table>"}) {
    const letter::Letter out = letter(body);
    EXPECT_THAT(codes(out.findings), ElementsAre("slot_place_wrong")) << body << "\n"
                                                                      << all_text(out.findings);
  }
}

TEST_F(Slots, PageReferencesWaitForTheLayout) {
  opinion("a", top(item(op(1, "{% label \"l\" %}a"))));
  const letter::Letter out =
      letter(tag("{% opinions \"g\" %}") + tag("page {{ ref(\"l\", form=\"page\") }}"));
  EXPECT_THAT(codes(out.findings), ElementsAre("page_reference_pending"));
  EXPECT_EQ(outline_of(out), "1. a.\npage –\n");
}

TEST_F(Slots, ContinuesTheLastSlotOfItsList) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "b"))), "h");
  const std::string more = " numbering=\"continue\" %}";
  const letter::Letter out =
      letter(tag("{% opinions \"g\" %}") + tag("{% opinions \"h\" list=\"Letters\" %}") +
             tag("{% opinions \"g\"" + more) + tag("{% opinions \"h\" list=\"Letters\"" + more));
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  std::vector<std::string> continued;
  for (pugi::xml_node node : text_of(content).children("text:list"))
    continued.emplace_back(node.attribute("text:continue-list").value());
  EXPECT_THAT(continued, ElementsAre("", "", "eng_slot1", "eng_slot2"));
}

TEST_F(Slots, GoingOnWithNothingIsSaid) {
  opinion("a", top(item(op(1, "a"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" numbering=\"continue\" %}"));
  EXPECT_THAT(codes(out.findings), ElementsAre("slot_continues_nothing"));
  EXPECT_EQ(outline_of(out), "1. a.\n");
}

TEST_F(Slots, QuestionsForUnknownParagraphsAreFoundWithoutData) {
  opinion("alpha", top(item(op(1, "a"))));
  const letter::Letter out =
      letter(tag("{% if x and \"alpa\" is chosen %}y{% endif %}z") + tag("{% opinions \"g\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_unknown")) << all_text(out.findings);
  EXPECT_EQ(out.findings[0].hint, "Did you mean “alpha”?");
}

TEST_F(Slots, OptionsAreJudgedWithoutData) {
  opinion("a", top(item(op(1, "{{ series }}"))));
  const auto check = [&](const std::string& options) {
    letter("");
    const auto file =
        firm.file("letter.fodt", odf_text(tag("{% opinions \"g\" " + options + " %}")));
    return codes(letter::Assembly::compile({file, firm.path("."), {}}).findings);
  };
  EXPECT_THAT(check("start=0"), ElementsAre("slot_option_wrong"));
  EXPECT_THAT(check("reservd=deal.text"), ElementsAre("slot_option_unknown"));
  EXPECT_THAT(check("list=\"None\""), ElementsAre("slot_list_unknown"));
  EXPECT_THAT(check("start=deal.number series=deal.series"), IsEmpty());
}

TEST_F(Slots, ReferenceToAParagraphThatIsNotChosenNamesBoth) {
  opinion("a", top(item(op(1, "a: {{ ref(\"there\") }}"))));
  opinion("b", top(item(op(1, "{% label \"there\" %}b"))), "g", "");
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("label_unknown"));
  EXPECT_THAT(out.findings[0].message + out.findings[0].hint, HasSubstr("“there”"));
  EXPECT_THAT(out.findings[0].hint, HasSubstr("“b”"));
  EXPECT_THAT(out.odt, IsEmpty());
}

TEST_F(Slots, SectionSeesNothingOfTheTemplatesVariables) {
  opinion("a", top(item(op(1, "{% if own %}seen{% else %}unseen{% endif %}"))));
  EXPECT_EQ(outline(tag("{% set own = 1 %}") + tag("{% opinions \"g\" %}")), "1. unseen.\n");
}

TEST_F(Slots, VoiceIsOneSetting) {
  opinion("a", top(item(op(1, "{{ voice.we | upper_first }} {{ voice.am }} of the opinion"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"voice":"I"})"), "1. I am of the opinion.\n");
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"voice":"we"})"),
            "1. We are of the opinion.\n");
}

TEST_F(Slots, EmptySlotIsSaid) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  EXPECT_THAT(codes(letter(tag("{% opinions \"g\" %}")).findings), ElementsAre("slot_empty"));
}

// --- Options
// ---------------------------------------------------------------------------------------

TEST_F(Slots, StartGivesTheFirstNumber) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "{% label \"l\" %}b"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" start=5 %}") + tag("see {{ ref(\"l\") }}")),
            "5. a.\n6. b.\nsee 6\n");
}

TEST_F(Slots, LevelPutsOpinionsUnderANumberOfTheTemplate) {
  opinion("a", top(item(op(1, "a") + list(item(op(2, "sub"))))));
  opinion("b", top(item(op(1, "b"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" level=2 %}")), "(A) a\n(i) sub.\n(B) b.\n");
}

/// The sub-item counts as one of a first opinion, as in Writer.
TEST_F(Slots, LevelOneGoesOnAfterALevelTwoWithNothingAbove) {
  opinion("a", top(item(op(1, "{% label \"a\" %}a"))));
  opinion("b", top(item(op(1, "{% label \"b\" %}b"))), "h");
  const letter::Letter out = letter(tag("{% opinions \"g\" level=2 %}") +
                                    tag("{% opinions \"h\" numbering=\"continue\" %}") +
                                    tag("{{ ref(\"a\") }} and {{ ref(\"b\") }}"));
  EXPECT_THAT(outline_of(out), HasSubstr("\n(A) and 2\n")) << all_text(out.findings);
}

TEST_F(Slots, LevelTwoGoesOnBelowTheLastNumberBeforeIt) {
  opinion("a", top(item(op(1, "a") + list(item(op(2, "sub")) + item(op(2, "sub"))))));
  opinion("b", top(item(op(1, "b"))));
  opinion("c", top(item(op(1, "{% label \"l\" %}c"))), "h");
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}") +
                    tag("{% opinions \"h\" level=2 numbering=\"continue\" %}") +
                    tag("see {{ ref(\"l\") }}")),
            "1. a\n(A) sub; and\n(B) sub.\n2. b.\n(A) c.\nsee 2(A)\n");
}

TEST_F(Slots, TextWhenNothingIsChosen) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  EXPECT_EQ(outline(tag("Opinions:") + tag("{% opinions \"g\" empty=\"None &amp; none.\" %}")),
            "Opinions:\nNone & none.\n");
}

TEST_F(Slots, TextWhenNothingIsChosenHasTheStyleOfItsTag) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  const letter::Letter out = letter(tag("{% opinions \"g\" empty=\"None.\" %}"));
  const pugi::xml_document content = content_of(out);
  EXPECT_STREQ(text_of(content).child("text:p").attribute("text:style-name").value(), "Body");
}

TEST_F(Slots, LeadInGoesWithTheOpinions) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "b"))), "h", "");
  const std::string note =
      "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
      "<text:note-body>" +
      tag("a note") + "</text:note-body></text:note>";
  const std::string lead = tag("Kept") + tag("We further say:" + note);
  EXPECT_EQ(outline(lead + tag("{% opinions \"h\" lead_in=\"drop\" %}") + tag("After")),
            "Kept\nAfter\n");
  EXPECT_EQ(outline(tag("So:") + tag("{% opinions \"g\" lead_in=\"drop\" %}")), "So:\n1. a.\n");
}

TEST_F(Slots, LeadInMayBeAnItemOfAList) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  const std::string slot = tag("{% opinions \"g\" lead_in=\"drop\" %}");
  EXPECT_EQ(outline(top(item(op(1, "mine")) + item(op(1, "We further say:"))) + slot), "1. mine\n");
  EXPECT_EQ(outline(top(item(op(1, "mine") + list(item(op(2, "So:"))))) + slot), "1. mine\n");
  EXPECT_EQ(outline(tag("x") + top(item(op(1, "We say:"))) + slot + tag("y")), "x\ny\n");
}

TEST_F(Slots, BlankParagraphsGoWithTheLeadIn) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  const std::string slot = tag("{% opinions \"g\" lead_in=\"drop\" %}");
  const std::string blank = "<text:p text:style-name=\"Body\"/>";
  EXPECT_EQ(outline(tag("x") + tag("We say:") + blank + tag("") + slot + tag("y")), "x\ny\n");
}

/// The paragraph before a slot is no lead-in where another slot wrote it.
TEST_F(Slots, DroppingTheLeadInKeepsTheOpinionsBefore) {
  opinion("a", top(item(op(1, "a") + list(item(op(2, "x")) + item(op(2, "y"))))));
  opinion("b", top(item(op(1, "b"))), "h", "");
  const std::string slot = tag("{% opinions \"h\" lead_in=\"drop\" %}");
  const std::string blank = "<text:p text:style-name=\"Body\"/>";
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}") + slot), "1. a\n(A) x; and\n(B) y.\n");
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}") + tag("So:") + slot + slot + tag("y")),
            "1. a\n(A) x; and\n(B) y.\ny\n");
  EXPECT_EQ(outline(tag("{% opinions \"h\" empty=\"None.\" %}") + slot + tag("y")), "None.\ny\n");
}

TEST_F(Slots, ReservedKeepsTheNumbersOfWhatIsLeftOut) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  opinion("b", top(item(op(1, "b"))));
  opinion("c", top(item(op(1, "c"))), "g", R"("alternatives":"s")");
  opinion("d", top(item(op(1, "d"))), "g", R"("alternatives":"s","when":"x")");
  const std::string body = tag("{% opinions \"g\" reserved=\"[Reserved]\" %}");
  EXPECT_EQ(outline(body, R"({"x":1})"), "1. [Reserved].\n2. b.\n3. d.\n");
  EXPECT_EQ(outline(body), "1. [Reserved].\n2. b.\n3. [Reserved].\n");
}

TEST_F(Slots, ParametersReachTheSections) {
  opinion("a", top(item(op(1, "the {{ series }} Certificates of {{ name }}"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" series=\"Class \" ~ n %}") +
                        tag("{% opinion \"a\" series=\"other\" numbering=\"continue\" %}"),
                    R"({"n":7,"name":"Acme"})"),
            "1. the Class 7 Certificates of Acme.\n2. the other Certificates of Acme.\n");
}

TEST_F(Slots, ASlotInALoopGoesOnAfterItself) {
  opinion("a", top(item(op(1, "{{ series }}"))));
  EXPECT_EQ(outline(tag("{% for s in all %}") +
                        tag("{% opinions \"g\" series=s numbering=\"continue\" %}") +
                        tag("{% endfor %}"),
                    R"({"all":["A","B","C"]})"),
            "1. A.\n2. B.\n3. C.\n");
}

struct WrongOption {
  const char* option;
  const char* finding;
};

TEST_F(Slots, OptionsThatCannotBeUsed) {
  opinion("a", top(item(op(1, "a"))));
  for (const WrongOption& wrong : {
           WrongOption{"start=0", "slot_option_wrong"},
           {"start=\"five\"", "slot_option_wrong"},
           {"level=4", "slot_option_wrong"},
           {"numbering=\"on\"", "slot_option_wrong"},
           {"lead_in=true", "slot_option_wrong"},
           {"end=1", "slot_option_wrong"},
           {"end2=[\";\"]", "slot_option_wrong"},
           {"reservd=\"[Reserved]\"", "slot_option_unknown"},
           {"end=nowhere.at.all", "slot_option_wrong"},
       }) {
    const letter::Letter out =
        letter(tag("{% opinions \"g\" " + std::string(wrong.option) + " %}"));
    EXPECT_THAT(codes(out.findings), ElementsAre(wrong.finding)) << wrong.option << "\n"
                                                                 << all_text(out.findings);
  }
}

TEST_F(Slots, ChosenAndNotPrintedIsSaid) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "{% if x == 2 %}b{% endif %}"))));
  opinion("c", top(item(op(1, "c"))), "h");
  EXPECT_THAT(codes(letter(tag("{% opinions \"g\" %}") + tag("{% if x %}") +
                           tag("{% opinions \"h\" %}") + tag("{% endif %}"))
                        .findings),
              ElementsAre("opinion_not_printed", "opinion_not_printed"));
}

TEST_F(Slots, SubItemsWithoutTheirOpinionAreSaid) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", top(item(op(1, "{% if x == 2 %}b:{% endif %}") + list(item(op(2, "c"))))));
  EXPECT_THAT(codes(letter(tag("{% opinions \"g\" %}")).findings),
              ::testing::Contains("opinion_without_head"));
}

TEST_F(Slots, AWrongChoiceOfTheDealIsSaid) {
  opinion("a", top(item(op(1, "a"))));
  for (const char* deal : {R"({"opinions": {"excludes": ["a"]}})", R"({"opinions": ["a"]})",
                           R"({"opinions": {"exclude": [["a"]]}})"})
    EXPECT_THAT(codes(letter(tag("{% opinions \"g\" %}"), deal).findings),
                ::testing::Contains("deal_choice_wrong"))
        << deal;
}

/// A question, a line break or a blank at the end of what the book holds.
TEST_F(Slots, EndMarksFollowTheLastVisibleCharacter) {
  opinion("a", top(item(op(1, "What then?"))));
  opinion("b", top(item(op(1, "So be it!”"))));
  opinion("c", top(item(op(1, "and so on…"))));
  opinion("d", top(item(op(1, "broken<text:line-break/>"))));
  opinion("e",
          top(item(op(1, "bold <text:span text:style-name=\"Strong\">blank <text:s/></text:span>"
                         "<text:tab/>"))));
  opinion("f", top(item(op(1, "{% label \"l\" %}as No. {{ ref(\"l\") }}"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\".\", \".\", \".\"] %}")),
            "1. What then?\n2. So be it!”\n3. and so on…\n4. broken.\n5. bold blank.\n"
            "6. as No. 6.\n");
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  const std::string content = package->read("content.xml");
  EXPECT_THAT(content, ::testing::Not(HasSubstr("<text:line-break/>")));
  EXPECT_THAT(content, HasSubstr("blank</text:span>."));
}

/// A semicolon of the book's own is none beside that of the slot; the one of an entity is no mark.
TEST_F(Slots, EndMarksOfTheBookGiveWay) {
  opinion("a", top(item(op(1, "first;"))));
  opinion("b", top(item(op(1, "second,"))));
  opinion("c", top(item(op(1, "R &amp;"))));
  opinion("d", top(item(op(1, "S &amp; T;"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. first;\n2. second;\n3. R &; and\n4. S & T.\n");
}

TEST_F(Slots, EndMarksOfTheBookGiveWayInFormattingAndWithTheirAnd) {
  opinion("a", top(item(op(1, "<text:span text:style-name=\"Strong\">first;</text:span>"))));
  opinion("b", top(item(op(1, "second; and"))));
  opinion("c", top(item(op(1, "third; or"))));
  opinion("d", top(item(op(1, "this and"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. first;\n2. second;\n3. third; or\n4. this and.\n");
}

/// "or" is no slip of the pen: where the slot would say "and", or nothing, the book has its way.
TEST_F(Slots, AnOrOfTheBookIsNeitherLostNorDoubled) {
  opinion("a", top(item(op(1, "Lead:") + list(item(op(2, "x; and")) + item(op(2, "y; or")) +
                                              item(op(2, "z; or"))))));
  opinion("b", top(item(op(1, "last; or"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}")),
            "1. Lead:\n(A) x;\n(B) y; or\n(C) z.\n2. last.\n");
  EXPECT_EQ(outline(tag("{% opinions \"g\" end2=\";\" %}")),
            "1. Lead:\n(A) x; and\n(B) y; or\n(C) z.\n2. last.\n");
  EXPECT_EQ(outline(tag("{% opinions \"g\" end2=[\";\", \"; or\"] %}")),
            "1. Lead:\n(A) x; and\n(B) y; or\n(C) z.\n2. last.\n");
}

/// The book is written without end marks, so nobody else would set the one between two sentences.
TEST_F(Slots, ASentenceThatAnotherParagraphFollowsEnds) {
  opinion("a", top(item(op(1, "One") + op(1, "<text:span>“Two” is</text:span>") + op(1, "Écrit"))));
  opinion("b", top(item(op(1, "It has the power to") + op(1, "act as a trustee"))));
  opinion("c", top(item(op(1, "It says:") + op(1, "So it is"))));
  opinion("d", top(item(op(1, "Lead") + list(item(op(2, "sub") + op(2, "Further") + op(2, "Last")) +
                                             item(op(2, "other"))))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" end=[\";\", \"; and\", \".\"] %}")),
            "1. One.\n- “Two” is.\n- Écrit;\n2. It has the power to\n- act as a trustee;\n"
            "3. It says:\n- So it is; and\n"
            "4. Lead\n(A) sub.\n- Further.\n- Last; and\n(B) other.\n");
  EXPECT_THAT(outline(tag("{% opinions \"g\" end=\"\" %}")),
              ::testing::StartsWith("1. One\n- “Two” is\n- Écrit\n"));
}

TEST_F(Slots, AParenthesisEndsASentenceOnlyWhereItIsOne) {
  opinion("a", top(item(op(1, "the Trustee (Acme Bank, N.A.)"))));
  opinion("b", top(item(op(1, "Acme (the “Bank Inc.”)"))));
  opinion("c", top(item(op(1, "It stands. (So does <text:span text:style-name=\"Strong\">this "
                              "(and that).)</text:span>"))));
  opinion("d", top(item(op(1, "Acme <text:span>Inc.</text:span> (Acme Bank, N.A.)"))));
  opinion("e", top(item(op(1, "It was Acme Inc. (It was.)"))));
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}")),
            "1. the Trustee (Acme Bank, N.A.).\n2. Acme (the “Bank Inc.”).\n"
            "3. It stands. (So does this (and that).)\n4. Acme Inc. (Acme Bank, N.A.).\n"
            "5. It was Acme Inc. (It was.)\n");
}

/// A letter of an earlier pass, or an old one that became a template, has lists of slots.
TEST_F(Slots, ListsOfAnEarlierLetterKeepTheirOwnNumbers) {
  opinion("a", top(item(op(1, "a"))));
  std::string old = top(item(op(1, "old")));
  old.insert(std::string("<text:list ").size(), "xml:id=\"eng_slot1\" ");
  std::string more = top(item(op(1, "more")));
  more.insert(std::string("<text:list ").size(), "text:continue-list=\"eng_slot1\" ");
  const letter::Letter out = letter(old + tag("{% opinions \"g\" %}") + more);
  EXPECT_EQ(outline_of(out), "1. old\n1. a.\n2. more\n");
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  const std::string content = package->read("content.xml");
  const std::size_t id = content.find("xml:id=\"eng_slot1\"");
  ASSERT_NE(id, std::string::npos);
  EXPECT_EQ(content.find("xml:id=\"eng_slot1\"", id + 1), std::string::npos);
}

/// Writer would begin anew behind the list of the slot.
TEST_F(Slots, AListOfTheTemplateGoesOnPastASlot) {
  opinion("a", top(item(op(1, "One"))));
  const std::string on = "<text:list text:style-name=\"Letters\" text:continue-numbering=\"true\">";
  const std::string body = "<text:list text:style-name=\"Letters\">" + item(tag("first")) +
                           "</text:list>" + tag("{% opinions \"g\" %}") + on +
                           item(tag("{% label \"b\" %}second")) + "</text:list>" + on +
                           item(tag("third")) + "</text:list>" + tag("See {{ ref(\"b\") }}.");
  const letter::Letter out = letter(body);
  ASSERT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document dom = content_of(out);
  std::vector<std::string> lists;
  for (const auto& found : dom.select_nodes("//text:list")) {
    const pugi::xml_node node = found.node();
    lists.push_back(std::string(node.attribute("xml:id").value()) + ">" +
                    node.attribute("text:continue-list").value() + ">" +
                    node.attribute("text:continue-numbering").value());
  }
  EXPECT_THAT(lists, ElementsAre("eng_list1>>", "eng_slot1>>", ">eng_list1>", ">>true"));
  EXPECT_STREQ(dom.select_node("//text:bookmark-ref").node().text().get(), "b)");
}

/// Of each list its id and the one that it goes on with.
std::vector<std::string> continued_lists(const letter::Letter& letter) {
  std::vector<std::string> out;
  const pugi::xml_document dom = content_of(letter);
  for (const auto& found : dom.select_nodes("//text:list[@text:style-name]"))
    out.push_back(std::string(found.node().attribute("xml:id").value()) + ">" +
                  found.node().attribute("text:continue-list").value());
  return out;
}

TEST_F(Slots, AListOfTheTemplateGoesOnPastSubItems) {
  opinion("a", top(item(op(1, "One"))));
  const std::string on =
      "<text:list text:style-name=\"Opinions\" text:continue-numbering=\"true\">";
  const letter::Letter out = letter(
      top(item(tag("Documents"))) + tag("{% opinions \"g\" level=2 %}") + on +
      item(tag("{% label \"b\" %}Qualifications")) + "</text:list>" + tag("See {{ ref(\"b\") }}."));
  EXPECT_THAT(continued_lists(out), ElementsAre("eng_list1>", "eng_slot1>", ">eng_list1"));
  EXPECT_STREQ(content_of(out).select_node("//text:bookmark-ref").node().text().get(), "2");
}

/// Writer would begin anew behind the list of another style.
TEST_F(Slots, AListGoesOnWithTheOneBeforeThatWhichIsLeftOut) {
  const auto list = [](const std::string& attributes, const std::string& text) {
    return "<text:list " + attributes + ">" + item(tag(text)) + "</text:list>";
  };
  const std::string opinions = "text:style-name=\"Opinions\" ";
  const letter::Letter out = letter(
      list(opinions + "xml:id=\"one\"", "One") +
          list("text:style-name=\"Letters\" xml:id=\"sub\"", "sub") + tag("{% if x %}") +
          list(opinions + "xml:id=\"two\" text:continue-list=\"one\"", "Two") + tag("{% endif %}") +
          list(opinions + "text:continue-numbering=\"true\"", "{% label \"b\" %}Three") +
          tag("See {{ ref(\"b\") }}."),
      R"({"x": false})");
  EXPECT_THAT(continued_lists(out), ElementsAre("one>", "sub>", ">one"));
  EXPECT_STREQ(content_of(out).select_node("//text:bookmark-ref").node().text().get(), "2");
}

TEST_F(Slots, AListOfTheTemplateGoesOnWithASlotOfItsStyle) {
  opinion("a", top(item(op(1, "One"))));
  const std::string body =
      top(item(tag("first"))) + tag("{% opinions \"g\" %}") +
      "<text:list text:style-name=\"Opinions\" text:continue-numbering=\"true\">" +
      item(tag("{% label \"b\" %}next")) + "</text:list>" + tag("See {{ ref(\"b\") }}.");
  const pugi::xml_document dom = content_of(letter(body));
  EXPECT_STREQ(dom.select_node("//text:bookmark-ref").node().text().get(), "2");
}

TEST_F(Slots, ListsGoByTheNameThatAPersonSees) {
  opinion("a", top(item(op(1, "{% label \"l\" %}a"))));
  letter("");
  std::string text =
      odf_text(tag("{% opinions \"g\" list=\"Legal List\" %}") + tag("{{ ref(\"l\") }}"));
  text.insert(text.find("</office:styles>"),
              "<text:list-style style:name=\"Legal_20_List\" style:display-name=\"Legal List\">"
              "<text:list-level-style-number text:level=\"1\" style:num-format=\"I\" "
              "style:num-suffix=\".\"/></text:list-style>");
  Result<letter::Assembly> assembly =
      letter::Assembly::compile({firm.file("named.fodt", text), firm.path("."), {}});
  ASSERT_TRUE(assembly) << all_text(assembly.findings);
  const letter::Letter out = assembly->render(*assembly->read_deal({firm.file("deal.json", "{}")}));
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  EXPECT_STREQ(text_of(content).child("text:list").attribute("text:style-name").value(),
               "Legal_20_List");
  EXPECT_THAT(outline_of(out), HasSubstr("\nI\n"));
}

// --- The same paragraph twice
// ------------------------------------------------------------------

TEST_F(Slots, AParagraphThatStandsTwiceIsSaid) {
  opinion("a", top(item(op(1, "{% label \"l\" %}a, see {{ ref(\"l\") }}"))));
  opinion("b", top(item(op(1, "b of {{ series }}"))), "h");
  for (const char* second : {"{% opinions \"g\" %}", "{% opinion \"a\" %}"}) {
    const letter::Letter out =
        letter(tag("{% opinions \"g\" %}") + tag(second) +
               tag("{% opinions \"h\" series=\"A\" %}") + tag("{% opinions \"h\" series=\"B\" %}"));
    ASSERT_THAT(codes(out.findings), ElementsAre("opinion_printed_twice"))
        << all_text(out.findings);
    EXPECT_THAT(out.findings[0].message, HasSubstr("“a”"));
    EXPECT_TRUE(out.ok());
  }
}

/// Each copy refers to itself; from outside the first is meant.
TEST_F(Slots, LabelsOfAParagraphThatStandsTwice) {
  opinion("x", top(item(op(1, "x"))));
  opinion(
      "a",
      top(item(
          op(1, "{% label \"l\" %}the {{ series }}, see {{ ref(\"l\") }} and {{ ref(\"m\") }}") +
          list(item(op(2, "{% label \"m\" %}sub"))))));
  const letter::Letter out =
      letter(tag("{% opinions \"g\" series=\"A\" %}") +
             tag("{% opinion \"a\" series=\"B\" numbering=\"continue\" %}") +
             tag("{% opinion \"a\" series=\"C\" %}") + tag("outside {{ ref(\"m\") }}"));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_EQ(outline_of(out),
            "1. x.\n2. the A, see 2 and 2(A)\n(A) sub.\n3. the B, see 3 and 3(A)\n(A) sub.\n"
            "1. the C, see 1 and 1(A)\n(A) sub.\noutside 2(A)\n");
}

TEST_F(Slots, ALabelOfTwoParagraphsIsStillAnError) {
  opinion("a", top(item(op(1, "{% label \"l\" %}a {{ n }}"))));
  EXPECT_THAT(codes(letter(tag("{% opinion \"a\" n=1 %}") + tag("{% opinion \"a\" n=2 %}") +
                           tag("{% label \"l\" %}mine"))
                        .findings),
              ElementsAre("label_twice"));
}

// --- Labels that are not there
// ------------------------------------------------------------------

TEST_F(Slots, ALabelThatAConditionDropsIsNotForOneToChoose) {
  opinion("a", top(item(op(1, "a {% if x == 2 %}{% label \"l\" %}b{% endif %}"))));
  const std::string body = tag("{% opinions \"g\" %}") + tag("see {{ ref(\"l\") }}");
  const letter::Letter out = letter(body);
  ASSERT_THAT(codes(out.findings), ElementsAre("label_unknown"));
  EXPECT_THAT(out.findings[0].hint, HasSubstr("“a” carries it, but its own conditions"));
  EXPECT_THAT(out.findings[0].hint, ::testing::Not(HasSubstr("choose")));
  EXPECT_TRUE(letter(body, R"({"x":2})").ok());
}

TEST_F(Slots, ALabelInABlockOfTheTemplateThatIsLeftOut) {
  opinion("a", top(item(op(1, "a"))));
  const letter::Letter out =
      letter(tag("{% opinions \"g\" %}") + tag("{% if x %}") + tag("{% label \"l\" %}b") +
             tag("{% endif %}") + tag("see {{ ref(\"l\", form=\"page\") }}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("label_unknown"));
  EXPECT_THAT(out.findings[0].hint, HasSubstr("stands in a block that is left out"));
}

TEST_F(Slots, ALabelOfAlternativesNamesThemAll) {
  opinion("a", top(item(op(1, "{% label \"l\" %}a"))), "g", R"("alternatives":"s")");
  opinion("b", top(item(op(1, "{% label \"l\" %}b"))), "g", R"("alternatives":"s")");
  opinion("c", top(item(op(1, "c, see {{ ref(\"l\") }}"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(codes(out.findings), ElementsAre("label_unknown"));
  EXPECT_THAT(out.findings[0].hint, HasSubstr("“a” or “b” would carry it"));
}

TEST_F(Slots, ANoteBehindTheLastWordIsNotTheEnd) {
  opinion("a", top(item(op(1, "Citigroup Inc.<text:note text:note-class=\"footnote\">"
                              "<text:note-citation>1</text:note-citation><text:note-body>"
                              "<text:p>n</text:p></text:note-body></text:note>"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" end=\".\" %}"));
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  EXPECT_THAT(package->read("content.xml"), ::testing::HasSubstr("</text:note></text:p>"));
}

} // namespace
} // namespace engross::testing
