// SPDX-License-Identifier: MPL-2.0
// The ground on which chosen opinion paragraphs stand: approval, review, laws, back-up.
#include "opinion_support.hpp"

#include <gmock/gmock.h>

namespace engross::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A firm with one paragraph that always is in.
class Support : public ::testing::Test {
 protected:
  Findings findings(const std::string& entry, const std::string& deal = "{}",
                    const std::string& today = {}, const std::string& of_firm = {},
                    const std::string& of_book = {}) {
    firm.file("firm.json", R"({"name":"T","book":"opinions/book.json")" + of_firm + "}");
    firm.file(
        "opinions/book.json",
        "{" + of_book +
            R"("files":["b.fodt"],"opinions":[{"id":"a","group":"g","when":"true","owner":"H. Pike")" +
            entry + "}]}");
    firm.file("opinions/b.fodt", odf_text(plain_section("a", "Text")));
    letter::Request request;
    request.today = today;
    return firm
        .letter("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>", deal, request)
        .findings;
  }
  FirmOnDisk firm;
};

const char* const k_approved = R"(,"approved":{"by":"Committee","on":"2026-01-05"})";

TEST_F(Support, NotApprovedNamesTheOwner) {
  const Findings found = findings("");
  ASSERT_THAT(codes(found), ElementsAre("opinion_not_approved"));
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_THAT(found[0].hint, HasSubstr("H. Pike"));
}

TEST_F(Support, WithoutOwnerSomebodyElseIsAsked) {
  firm.file("opinions/book.json",
            R"({"files":["b.fodt"],"opinions":[{"id":"a","group":"g","when":"true",)"
            R"("review_by":"2026-03-31"}]})");
  firm.file("opinions/b.fodt", odf_text(plain_section("a", "Text")));
  letter::Request request;
  request.today = "2026-04-01";
  const Findings found =
      firm.letter("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>", "{}", request)
          .findings;
  ASSERT_THAT(codes(found), ElementsAre("opinion_not_approved", "opinion_review_overdue"));
  for (const Finding& finding : found) EXPECT_THAT(finding.hint, HasSubstr("names no owner"));
}

TEST_F(Support, AnApprovalOfADayToComeIsNone) {
  EXPECT_THAT(findings(k_approved, "{}", "2026-01-05"), IsEmpty());
  const Findings found = findings(k_approved, "{}", "2026-01-04");
  ASSERT_THAT(codes(found), ElementsAre("opinion_not_approved"));
  EXPECT_THAT(found[0].hint, HasSubstr("2026-01-05"));
  EXPECT_THAT(findings(R"(,"approved":{"by":"Committee"})", "{}", "2026-01-04"), IsEmpty());
}

TEST_F(Support, SeverityIsTheFirms) {
  const Findings found = findings("", "{}", {}, R"(,"severities":{"EG-O009":"error"})");
  ASSERT_THAT(codes(found), ElementsAre("opinion_not_approved"));
  EXPECT_EQ(found[0].severity, Severity::error);
}

TEST_F(Support, ReviewIsOverdueFromTheDayAfter) {
  const std::string entry = k_approved + std::string(R"(,"review_by":"2026-03-31")");
  EXPECT_THAT(findings(entry, "{}", "2026-03-31"), IsEmpty());
  EXPECT_THAT(codes(findings(entry, "{}", "2026-04-01")), ElementsAre("opinion_review_overdue"));
  EXPECT_THAT(findings(entry, "{}", ""), IsEmpty());
}

TEST_F(Support, LawsOfTheLetterCoverThoseOfTheParagraph) {
  const auto laws = [&](const std::string& covers, const std::string& of_letter,
                        const std::string& of_book = {}) {
    return codes(findings(k_approved + (",\"covers\":[\"" + covers + "\"]"),
                          R"({"bar":{"laws":)" + of_letter + "}}", {}, R"(,"laws":"bar.laws")",
                          of_book));
  };
  EXPECT_THAT(laws("Law of the State of New York", R"(["the laws of the State of New York"])"),
              IsEmpty());
  EXPECT_THAT(laws("Securities Act of 1933, Section 4", R"(["the Securities Act of 1933"])"),
              IsEmpty());
  EXPECT_THAT(laws("Delaware Limited Liability Company Act", R"(["Delaware"])"),
              ElementsAre("law_not_covered"));
  EXPECT_THAT(laws("Securities Act of 1933", R"(["the Securities Act of 1934"])"),
              ElementsAre("law_not_covered"));
  EXPECT_THAT(laws("Securities Act of 1933", R"(["the laws of the United States"])"),
              ElementsAre("law_not_covered"));
  EXPECT_THAT(laws("Securities Act of 1933", R"(["the laws of the United States"])",
                   R"("laws":{"Securities Act of 1933":["the laws of the United States"]},)"),
              IsEmpty());
  EXPECT_THAT(laws("Law of the place", "[]", R"("laws":{"Law of the place":[]},)"), IsEmpty());
}

TEST_F(Support, LawsAreNotLookedAtUnlessTheFirmSaysWhere) {
  const std::string entry = k_approved + std::string(R"(,"covers":["Law"],"backup":["Charter"])");
  EXPECT_THAT(findings(entry, "{}"), IsEmpty());
  const Findings found = findings(entry, "{}", {}, R"(,"laws":"bar.laws","examined":"documents")");
  ASSERT_THAT(codes(found), ElementsAre("law_not_covered", "backup_not_examined"));
  EXPECT_THAT(found[0].hint, HasSubstr("bar.laws"));
  EXPECT_THAT(found[1].hint, HasSubstr("documents"));
}

TEST_F(Support, BackUpIsFoundInAnyTextOfADocument) {
  const std::string entry = k_approved + std::string(R"(,"backup":["Board resolutions"])");
  EXPECT_THAT(findings(entry, R"({"documents":[{"kind":"x","title":"the board resolutions"}]})", {},
                       R"(,"examined":"documents")"),
              IsEmpty());
  EXPECT_THAT(codes(findings(entry, R"({"documents":[{"title":"Resolutions of the board"}]})", {},
                             R"(,"examined":"documents")")),
              ElementsAre("backup_not_examined"));
}

TEST(Explained, SaysWhoDecidedByWhichRuleOnWhatValues) {
  FirmOnDisk firm;
  firm.book(
      R"({"id":"a","group":"g","when":"x.state == \"Delaware\" and not y and n > 2","approved":{"by":"C"}})",
      plain_section("a", "Text"));
  const auto source = firm.file(
      "letter.fodt", odf_text("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>"));
  Result<letter::Assembly> assembly = letter::Assembly::compile({source, firm.path(""), {}});
  ASSERT_TRUE(assembly) << all_text(assembly.findings);
  const Result<deal::Deal> deal =
      assembly->read_deal({firm.file("d.json", R"({"x":{"state":"Delaware"},"n":[1,2]})")});
  const std::vector<letter::OpinionChoice> choices = *assembly->opinions(*deal);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_FALSE(choices[0].chosen);
  EXPECT_EQ(choices[0].decider, "rule");
  EXPECT_EQ(choices[0].rule, R"(x.state == "Delaware" and not y and n > 2)");
  EXPECT_THAT(choices[0].values,
              ElementsAre(::testing::Pair("x.state", "“Delaware”"), ::testing::Pair("y", "missing"),
                          ::testing::Pair("n", "a list of 2")));
}

TEST(Explained, ParametersOfASlotAreNotAskedOfTheDeal) {
  FirmOnDisk firm;
  firm.book(R"({"id":"a","group":"g","when":"true","approved":{"by":"C"}})",
            plain_section("a", "{{ series }} of {{ name }}"));
  firm.file("deal.schema.json", R"({"type":"object","properties":{"name":{"type":"string"}}})");
  firm.file("firm.json", R"({"name":"T","book":"opinions/book.json","schema":"deal.schema.json"})");
  const auto source = firm.file(
      "letter.fodt",
      odf_text("<text:p text:style-name=\"Body\">{% opinions \"g\" series=\"A\" %}</text:p>"));
  const Result<letter::Assembly> assembly = letter::Assembly::compile({source, firm.path(""), {}});
  ASSERT_TRUE(assembly) << all_text(assembly.findings);
  const Findings findings = assembly->check();
  EXPECT_THAT(findings, IsEmpty()) << all_text(findings);
}

} // namespace
} // namespace engross::testing
