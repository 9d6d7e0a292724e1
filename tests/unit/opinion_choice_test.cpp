// SPDX-License-Identifier: MPL-2.0
// Who decides whether an opinion paragraph is in the letter.
#include "opinion_support.hpp"

#include <gmock/gmock.h>

namespace engross::testing {
namespace {

using opinion::Choice;
using opinion::Decider;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Chosen {
  std::vector<std::string> in;
  std::map<std::string, Choice> by_id;
  Findings findings;
  std::optional<opinion::Book> book;
};

/// `entries`: JSON of the list; each id gets a section.
Chosen choose(const std::string& entries, const std::string& deal,
              const std::map<std::string, bool>& person = {},
              const std::optional<opinion::Places>& places = std::nullopt) {
  Chosen out;
  const deal::Source source{"entries.json", "{\"o\":[" + entries + "]}", deal::Format::json};
  const Result<deal::Deal> json = deal::read({&source, 1});
  EXPECT_TRUE(json) << all_text(json.findings);
  std::string sections;
  if (json)
    for (const deal::Value& entry : json->root.member("o")->as_list())
      sections += plain_section(entry.member("id")->as_string(), "Text");
  Result<opinion::Book> book =
      load_book({{"book.json", R"({"files":["b.fodt"],"opinions":[)" + entries + "]}"},
                 {"b.fodt", odf_text(sections)}});
  EXPECT_TRUE(book && book.findings.empty()) << all_text(book.findings);
  out.book = std::move(book.value);
  const deal::Source deal_source{"deal.json", deal, deal::Format::json};
  const Result<deal::Deal> data = deal::read({&deal_source, 1});
  EXPECT_TRUE(data) << all_text(data.findings);
  templating::Context context(data->root, {});
  for (const Choice& choice : opinion::choose(*out.book, context, person, places, out.findings)) {
    if (choice.in) out.in.push_back(choice.opinion->id);
    out.by_id[choice.opinion->id] = choice;
  }
  return out;
}

std::string entry(const std::string& id, const std::string& more = {}) {
  return R"({"id":")" + id + R"(","group":"g","approved":{"by":"Committee","on":"2026-01-05"})" +
         (more.empty() ? "" : "," + more) + "}";
}

TEST(Choice, StrongestFirst) {
  struct Row {
    const char* name;
    std::map<std::string, bool> person;
    const char* deal;
    bool in;
    Decider decider;
  };
  const Row rows[] = {
      {"rule holds", {}, R"({"x":1})", true, Decider::rule},
      {"rule does not hold", {}, R"({"x":0})", false, Decider::rule},
      {"deal includes",
       {},
       R"({"x":0,"opinions":{"include":["a"]}})",
       true,
       Decider::deal_includes},
      {"deal excludes",
       {},
       R"({"x":1,"opinions":{"exclude":["a"]}})",
       false,
       Decider::deal_excludes},
      {"exclude beats include",
       {},
       R"({"opinions":{"include":["a"],"exclude":["a"]}})",
       false,
       Decider::deal_excludes},
      {"person beats exclude",
       {{"a", true}},
       R"({"opinions":{"exclude":["a"]}})",
       true,
       Decider::person},
      {"person beats include and rule",
       {{"a", false}},
       R"({"x":1,"opinions":{"include":["a"]}})",
       false,
       Decider::person},
      {"a text stands for a list of one",
       {},
       R"({"opinions":{"include":"a"}})",
       true,
       Decider::deal_includes},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Chosen out = choose(entry("a", R"("when":"x")"), row.deal, row.person);
    EXPECT_EQ(out.by_id.at("a").in, row.in);
    EXPECT_EQ(out.by_id.at("a").decider, row.decider);
    EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  }
}

TEST(Choice, WithoutRuleOnlyByName) {
  const Chosen out = choose(entry("a"), "{}");
  EXPECT_THAT(out.in, IsEmpty());
  EXPECT_EQ(out.by_id.at("a").decider, Decider::nobody);
}

TEST(Choice, MissingNamesMakeARuleFalse) {
  EXPECT_THAT(choose(entry("a", R"("when":"deal.size.total > 5")"), "{}").in, IsEmpty());
}

TEST(Choice, OrderIsTheGroupsThenTheNumbersThenTheBooks) {
  const auto row = [](const char* id, const char* group, int order) {
    return std::string(R"({"id":")") + id + R"(","group":")" + group + R"(","order":)" +
           std::to_string(order) + R"(,"when":"true","approved":{"by":"C"}})";
  };
  EXPECT_THAT(choose(row("c", "g", 2) + "," + row("z", "h", 1) + "," + row("b", "g", 1) + "," +
                         row("a", "g", 1),
                     "{}")
                  .in,
              ElementsAre("b", "a", "c", "z"));
}

TEST(Choice, RequiresPullsInAlsoThroughOthers) {
  const Chosen out = choose(entry("a", R"("when":"true","requires":["b"])") + "," +
                                entry("b", R"("requires":["c"])") + "," + entry("c"),
                            "{}");
  EXPECT_THAT(out.in, ElementsAre("a", "b", "c"));
  EXPECT_EQ(out.by_id.at("c").decider, Decider::requirement);
  EXPECT_THAT(out.by_id.at("c").reason, HasSubstr("“b”"));
}

TEST(Choice, WhatIsRequiredAndLeftOutNamesBoth) {
  const std::string book =
      entry("a", R"("when":"true","requires":["b"])") + "," + entry("b", R"("when":"true")");
  for (const Chosen& out :
       {choose(book, "{}", {{"b", false}}), choose(book, R"({"opinions":{"exclude":["b"]}})")}) {
    ASSERT_THAT(codes(out.findings), ElementsAre("opinion_required_excluded"));
    EXPECT_THAT(out.findings[0].message, HasSubstr("“a”"));
    EXPECT_THAT(out.findings[0].message, HasSubstr("“b”"));
  }
}

TEST(Choice, ExclusionNamesBothOnce) {
  const std::string book = entry("a", R"("when":"true","excludes":["b"])") + "," +
                           entry("b", R"("when":"true","excludes":["a"])");
  const Chosen out = choose(book, "{}");
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_excludes"));
  EXPECT_THAT(out.findings[0].message, HasSubstr("“a”"));
  EXPECT_THAT(out.findings[0].message, HasSubstr("“b”"));
}

TEST(Choice, RequiredAndExcludedNamesBoth) {
  const Chosen out = choose(entry("a", R"("when":"true","requires":["b"])") + "," + entry("b") +
                                "," + entry("c", R"("when":"true","excludes":["b"])"),
                            "{}");
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_excludes"));
  EXPECT_THAT(out.findings[0].message, HasSubstr("“c”"));
}

TEST(Choice, OfAlternativesTheFirstWhoseRuleHolds) {
  const std::string book = entry("a", R"("alternatives":"s","when":"x == 1")") + "," +
                           entry("b", R"("alternatives":"s","when":"x >= 1")") + "," +
                           entry("c", R"("alternatives":"s","when":"true")");
  EXPECT_THAT(choose(book, R"({"x":1})").in, ElementsAre("a"));
  EXPECT_THAT(choose(book, R"({"x":2})").in, ElementsAre("b"));
  EXPECT_THAT(choose(book, R"({"x":0})").in, ElementsAre("c"));
  const Chosen named = choose(book, R"({"x":1})", {{"c", true}});
  EXPECT_THAT(named.in, ElementsAre("c"));
  EXPECT_THAT(named.by_id.at("a").reason, HasSubstr("“c”"));
  EXPECT_THAT(choose(book, R"({"x":1})", {{"a", false}}).in, ElementsAre("b"));
}

TEST(Choice, AlternativesListedByIdAreOneSet) {
  const std::string book = entry("a", R"("alternatives":["b"],"when":"x > 1")") + "," +
                           entry("b", R"("when":"x > 2","alternatives":["c"])") + "," +
                           entry("c", R"("when":"x > 0")");
  EXPECT_THAT(choose(book, R"({"x":3})").in, ElementsAre("a"));
  EXPECT_THAT(choose(book, R"({"x":1})").in, ElementsAre("c"));
}

TEST(Choice, TwoAlternativesByNameNameBoth) {
  const std::string book =
      entry("a", R"("alternatives":"s")") + "," + entry("b", R"("alternatives":"s")");
  const Chosen out = choose(book, "{}", {{"a", true}, {"b", true}});
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_excludes"));
  EXPECT_THAT(out.findings[0].message, HasSubstr("“a”"));
  EXPECT_THAT(out.findings[0].message, HasSubstr("“b”"));
}

TEST(Choice, AlternativeThatIsRequiredAndOneByRule) {
  const Chosen out = choose(entry("a", R"("alternatives":"s","when":"true")") + "," +
                                entry("b", R"("alternatives":"s")") + "," +
                                entry("c", R"("when":"true","requires":["b"])"),
                            "{}");
  EXPECT_THAT(codes(out.findings), ElementsAre("opinion_excludes")) << all_text(out.findings);
}

TEST(Choice, UnknownIdsSuggestWhatWasMeant) {
  const Chosen out = choose(entry("good-standing"), R"({"opinions":{"include":["good-standng"]}})",
                            {{"god-standing", true}});
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_unknown", "opinion_unknown"));
  for (const Finding& finding : out.findings)
    EXPECT_THAT(finding.hint, HasSubstr("“good-standing”"));
}

TEST(Choice, GroupsWithoutPlaceStayOut) {
  const std::string book = entry("a", R"("when":"true")") + "," +
                           R"({"id":"t","group":"tax","approved":{"by":"C"},"when":"true"})";
  EXPECT_THAT(choose(book, "{}", {}, opinion::Places{{"g"}, {}}).in, ElementsAre("a"));
  const Chosen named = choose(book, "{}", {{"t", true}}, opinion::Places{{"g"}, {}});
  EXPECT_THAT(named.in, ElementsAre("a"));
  EXPECT_THAT(codes(named.findings), ElementsAre("opinion_without_slot"));
}

TEST(Choice, APlaceForOneIsNoneForItsGroup) {
  const std::string book = entry("a", R"("when":"true")") + "," + entry("b", R"("when":"true")");
  EXPECT_THAT(choose(book, "{}", {}, opinion::Places{{}, {"a"}}).in, ElementsAre("a"));
}

TEST(Choice, WhatIsRequiredAndHasNoPlaceNamesBoth) {
  const std::string book = entry("a", R"("when":"true","requires":["t"])") + "," +
                           R"({"id":"t","group":"tax","approved":{"by":"C"}})";
  const Chosen out = choose(book, "{}", {}, opinion::Places{{"g"}, {}});
  ASSERT_THAT(codes(out.findings), ElementsAre("opinion_required_excluded"));
  EXPECT_THAT(out.findings[0].message,
              HasSubstr("“a” needs “t”, which has no place in the template"));
  EXPECT_THAT(out.findings[0].hint, HasSubstr("{% opinions \"tax\" %}"));
}

TEST(Choice, ValuesSeenFollowIndices) {
  const deal::Source source{"d.json", R"({"p":{"q":[{"r":2}],"all":["u","v"]},"n":0})",
                            deal::Format::json};
  const Result<deal::Deal> data = deal::read({&source, 1});
  const templating::Context context(data->root, {});
  const Result<opinion::Book> book = load_book(
      {{"book.json",
        R"({"files":["b.fodt"],"opinions":[{"id":"a","group":"g","when":)"
        R"("p.q[0].r == 2 and p.q[5].r and p.q[n].r and p.all[1] and p.all[-2] and p.all[-3] and not z.y"}]})"},
       {"b.fodt", odf_text(plain_section("a", "x"))}});
  using Seen = std::pair<std::string, std::string>;
  EXPECT_THAT(values_seen(*book->find("a"), context),
              ElementsAre(Seen("p.q[0].r", "2"), Seen("p.q[5].r", "missing"), Seen("n", "0"),
                          Seen("p.q", "a list of 1"), Seen("p.all[1]", "“v”"),
                          Seen("p.all[-2]", "“u”"), Seen("p.all[-3]", "missing"),
                          Seen("z.y", "missing")));
}

TEST(Choice, RuleThatFailsNamesTheRule) {
  const Chosen out = choose(entry("a", R"("when":"x + \"1\" > 2")"), R"({"x":1})");
  ASSERT_EQ(out.findings.size(), 1U) << all_text(out.findings);
  EXPECT_THAT(out.findings[0].place.excerpt, HasSubstr("x + \"1\""));
  EXPECT_THAT(out.in, IsEmpty());
}

} // namespace
} // namespace engross::testing
