// SPDX-License-Identifier: MPL-2.0
// How chosen opinion paragraphs stand in the letter: lists, end marks, references.
#include "opinion_support.hpp"

#include <gmock/gmock.h>

namespace engross::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string p(const std::string& style, const std::string& text) {
  return "<text:p text:style-name=\"" + style + "\">" + text + "</text:p>";
}
std::string op(int level, const std::string& text) {
  return p("Opinion_20_" + std::to_string(level), text);
}
std::string item(const std::string& inside) {
  return "<text:list-item>" + inside + "</text:list-item>";
}
std::string list(const std::string& items) { return "<text:list>" + items + "</text:list>"; }
std::string top(const std::string& items) {
  return "<text:list text:style-name=\"Opinions\">" + items + "</text:list>";
}
std::string tag(const std::string& text) { return p("Body", text); }

/// Entries of a book whose paragraphs always are in; sections of the same names.
class Slots : public ::testing::Test {
 protected:
  void opinion(const std::string& id, const std::string& inside, const std::string& group = "g",
               const std::string& more = R"("when":"true")") {
    m_entries += std::string(m_entries.empty() ? "" : ",") + R"({"id":")" + id + R"(","group":")" +
                 group + R"(","approved":{"by":"C"})" + (more.empty() ? "" : "," + more) + "}";
    m_sections += section(id, inside);
  }
  letter::Letter letter(const std::string& body, const std::string& deal = "{}",
                        const letter::Request& request = {}) {
    firm.book(m_entries, m_sections, automatic);
    return firm.letter(body, deal, request);
  }
  std::string outline(const std::string& body, const std::string& deal = "{}") {
    const letter::Letter out = letter(body, deal);
    EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
    return outline_of(out);
  }

  FirmOnDisk firm;
  std::string automatic;

 private:
  std::string m_entries;
  std::string m_sections;
};

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

TEST_F(Slots, AutomaticStylesAreTheLettersOwn) {
  automatic =
      R"(<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Opinion_20_1" style:list-style-name="Opinions"><style:paragraph-properties fo:break-before="page" fo:text-align="center"/></style:style>)"
      R"(<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>)";
  opinion("a", top(item(p("P1", "a <text:span text:style-name=\"T1\">b</text:span>"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node styles =
      content.child("office:document-content").child("office:automatic-styles");
  const pugi::xml_node list_node = text_of(content).child("text:list");
  const pugi::xml_node node = list_node.child("text:list-item").child("text:p");
  const pugi::xml_node style =
      styles.find_child_by_attribute("style:name", node.attribute("text:style-name").value());
  ASSERT_TRUE(style);
  EXPECT_STREQ(style.attribute("style:parent-style-name").value(), "Opinion_20_1");
  EXPECT_STREQ(style.child("style:paragraph-properties").attribute("fo:text-align").value(),
               "center");
  EXPECT_FALSE(style.child("style:paragraph-properties").attribute("fo:break-before"));
  EXPECT_FALSE(style.attribute("style:list-style-name"));
  EXPECT_TRUE(styles.find_child_by_attribute(
      "style:name", node.child("text:span").attribute("text:style-name").value()));
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

TEST_F(Slots, LeadInGoesOnlyWhereAParagraphStandsBefore) {
  opinion("a", top(item(op(1, "a"))), "g", "");
  EXPECT_EQ(outline(top(item(op(1, "mine"))) + tag("{% opinions \"g\" lead_in=\"drop\" %}")),
            "1. mine\n");
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

TEST_F(Slots, TheSameParagraphTwiceSharesNoNames) {
  automatic =
      R"(<style:style style:name="ta" style:family="table"><style:table-properties style:width="3in"/></style:style>)";
  opinion("a", top(item(op(1, "x<text:bookmark text:name=\"own\"/> y<text:note text:id=\"n1\" "
                              "text:note-class=\"footnote\"><text:note-citation>1</text:note-"
                              "citation><text:note-body>" +
                                  tag("note") + "</text:note-body></text:note>"))) +
                   "<table:table table:name=\"T\" table:style-name=\"ta\" xml:id=\"t1\"><table:"
                   "table-column/><table:table-row><table:table-cell>" +
                   tag("c") + "</table:table-cell></table:table-row></table:table>");
  const letter::Letter out = letter(tag("{% opinion \"a\" %}") + tag("{% opinion \"a\" %}"));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  std::set<std::string> seen;
  struct Names : pugi::xml_tree_walker {
    std::set<std::string>& known;
    explicit Names(std::set<std::string>& k) : known(k) {}
    bool for_each(pugi::xml_node& node) override {
      for (const char* name : {"xml:id", "text:id", "table:name", "draw:name"})
        if (const auto attribute = node.attribute(name)) {
          EXPECT_TRUE(known.insert(name + std::string(attribute.value())).second)
              << name << "=" << attribute.value();
        }
      EXPECT_STRNE(node.name(), "text:bookmark");
      return true;
    }
  } names(seen);
  pugi::xml_node(text_of(content)).traverse(names);
}

TEST_F(Slots, PicturesComeAlong) {
  opinion("a", top(item(op(1, "seal "
                              "<draw:frame draw:name=\"s\" text:anchor-type=\"as-char\" "
                              "svg:width=\"1in\" svg:height=\"1in\"><draw:image>"
                              "<office:binary-data>iVBORw0KGgo=</office:binary-data>"
                              "</draw:image></draw:frame> here"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node image = text_of(content).find_node(
      [](pugi::xml_node n) { return n.name() == std::string("draw:image"); });
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  ASSERT_TRUE(package) << all_text(package.findings);
  const std::string path = image.attribute("xlink:href").value();
  ASSERT_TRUE(package->contains(path)) << path;
  EXPECT_EQ(package->read(path), "\x89PNG\r\n\x1a\n");
}

} // namespace
} // namespace engross::testing
