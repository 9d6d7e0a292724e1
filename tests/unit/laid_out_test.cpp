// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/laid_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace engross::letterhead {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string read(const std::string& path) {
  std::ifstream in(std::string(ENGROSS_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Subject open(const std::string& path) {
  Result<Subject> subject = Subject::open(path, read(path));
  if (!subject) throw Error(subject.findings);
  return std::move(*subject);
}

/// The sample letterhead, and a letter of the sample's that is addressed to a trust company.
class LaidOut : public testing::Test {
 protected:
  Reference reference{open("templates/letterheads/marlow-pike.fodt"), deal::Value()};
  Subject letter = open("templates/drifted/new-york-2019.fodt");
  House house;

  static PageFacts first() {
    PageFacts page;
    page.header = {"Marlow & Pike LLP", "41 Chancel Street", "Louise Marlow"};
    page.footer = {"A limited liability partnership"};
    page.header_pictures = {{51.84, 51.84}};
    page.first_line = "October 1, 2019";
    return page;
  }
  static PageFacts later() {
    PageFacts page;
    page.header = {"Harbor Trust Company", "October 1, 2019", "Page 2"};
    page.footer = {"Marlow & Pike LLP"};
    page.first_line = "The Agreement binds its parties.";
    return page;
  }

  std::vector<std::string> codes(const std::vector<LaidOutFacts>& facts) {
    std::vector<std::string> out;
    for (const Hit& hit : check_laid_out(letter, house, &reference, facts)) {
      EXPECT_EQ(hit.rule, Rule::laid_out);
      EXPECT_EQ(hit.finding.place.file, "templates/drifted/new-york-2019.fodt");
      out.emplace_back(code_id(hit.finding.code));
    }
    return out;
  }
};

TEST_F(LaidOut, AsItShouldBe) {
  EXPECT_THAT(codes({{"ODT and PDF", {first(), later()}}, {"DOCX", {first(), later()}}}),
              IsEmpty());
}

TEST_F(LaidOut, SmallCapitalsAndFullLinesAreTheSameText) {
  PageFacts page = later();
  page.header = {"HARBOR TRUST", "COMPANY", "October\u00a01, 2019", "Page 2"};
  EXPECT_THAT(codes({{"ODT and PDF", {first(), page}}}), IsEmpty());
}

TEST_F(LaidOut, NoHeader) {
  PageFacts page = later();
  page.header.clear();
  EXPECT_THAT(codes({{"DOCX", {first(), page}}}), ElementsAre("EG-H050"));
  page.is_seen = false;
  EXPECT_THAT(codes({{"DOCX", {first(), page}}}), IsEmpty());
  page.is_seen = true;
  page.is_turned = true;
  EXPECT_THAT(codes({{"DOCX", {first(), page}}}), IsEmpty());
}

TEST_F(LaidOut, NoHeaderOnPageOneSaysNothingOfTheOthers) {
  PageFacts one = first();
  PageFacts two = later();
  one.header.clear();
  two.header.clear();
  EXPECT_THAT(codes({{"DOCX", {one, two, two}}}), ElementsAre("EG-H050", "EG-H050"));
}

TEST_F(LaidOut, AnotherHeader) {
  PageFacts page = later();
  page.header.back() = "Seite 2";
  PageFacts next = page;
  next.header.back() = "Seite 3";
  // Told once, not page by page.
  EXPECT_THAT(codes({{"DOCX", {first(), page, next}}}), ElementsAre("EG-H051"));
}

TEST_F(LaidOut, AnotherAddressee) {
  PageFacts page = later();
  page.header.front() = "Brandywine Capital Partners";
  EXPECT_THAT(codes({{"ODT and PDF", {first(), page}}}), ElementsAre("EG-H051"));
}

TEST_F(LaidOut, LinesWithoutTheirBlanks) {
  PageFacts page = later();
  page.header = {"Brandywine Capital Partners", "October1, 2019", "Page 2"};
  const Hits hits = check_laid_out(letter, house, &reference, {{"PDF", {first(), page}}});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_THAT(hits[0].finding.message,
              testing::HasSubstr("“Brandywine Capital Partners / October 1, 2019 / Page 2”"));
}

TEST_F(LaidOut, TheSameInSeveralFormatsIsToldOnce) {
  PageFacts page = later();
  page.header.front() = "Brandywine Capital Partners";
  PageFacts capitals = page;
  capitals.header.front() = "BRANDYWINE CAPITAL\u00a0PARTNERS";
  PageFacts other = page;
  other.header.front() = "Nobody";
  const Hits hits = check_laid_out(letter, house, &reference,
                                   {{"ODT and PDF", {first(), page}},
                                    {"DOCX", {first(), capitals}},
                                    {"file", {first(), other}}});
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_THAT(hits[0].finding.message,
              testing::StartsWith("On page 2 of the ODT, PDF and DOCX the header"));
  EXPECT_THAT(hits[1].finding.message, testing::StartsWith("On page 2 of the file the header"));
}

TEST_F(LaidOut, NoLogo) {
  PageFacts page = first();
  page.header_pictures.clear();
  EXPECT_THAT(codes({{"ODT and PDF", {page}}}), ElementsAre("EG-H052"));
}

TEST_F(LaidOut, LogoOfAnotherSize) {
  PageFacts page = first();
  page.header_pictures = {{51.0, 52.5}};
  EXPECT_THAT(codes({{"DOCX", {page}}}), IsEmpty());
  page.header_pictures = {{216, 216}};
  const Hits hits = check_laid_out(letter, house, &reference, {{"DOCX", {page}}});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].finding.message,
            "On page 1 of the DOCX the size of the logo reads “3in × 3in”; "
            "it should read “0.72in × 0.72in”.");
}

TEST_F(LaidOut, SignatureOnTwoPages) {
  PageFacts page = later();
  page.first_line = "Louise Marlow";
  EXPECT_THAT(codes({{"ODT and PDF", {first(), page}}}), ElementsAre("EG-H053"));
  page.first_line = "Nobody else may rely on this letter.";
  EXPECT_THAT(codes({{"ODT and PDF", {first(), page}}}), IsEmpty());
}

TEST_F(LaidOut, TheHeaderOfAScheduleIsItsOwn) {
  std::string text = read("templates/drifted/new-york-2019.fodt");
  const auto insert_before = [&](const std::string& mark, const std::string& more) {
    const std::size_t at = text.find(mark);
    ASSERT_NE(at, std::string::npos) << mark;
    text.insert(at, more);
  };
  insert_before("<style:page-layout ",
                "<style:style style:name='Turn' style:family='paragraph' "
                "style:master-page-name='Schedule'/><style:page-layout style:name='Side'>"
                "<style:page-layout-properties fo:page-width='11in' fo:page-height='8.5in' "
                "style:print-orientation='landscape'/></style:page-layout>");
  insert_before("</office:master-styles>",
                "<style:master-page style:name='Schedule' style:page-layout-name='Side'>"
                "<style:header><text:p>Schedule B, page <text:page-number>1</text:page-number>"
                "</text:p></style:header></style:master-page>");
  insert_before("</office:text>", "<text:p text:style-name='Turn'>Names</text:p>");
  Result<Subject> opened = Subject::open("templates/drifted/new-york-2019.fodt", text);
  ASSERT_TRUE(opened);
  letter = std::move(*opened);
  PageFacts page = later();
  page.is_turned = true;
  page.header = {"Schedule B, page 3"};
  EXPECT_THAT(codes({{"ODT and PDF", {first(), later(), page}}}), IsEmpty());
  page.header = {"Schedule C, page 3"};
  EXPECT_THAT(codes({{"ODT and PDF", {first(), later(), page}}}),
              ElementsAre("EG-H051", "EG-H051"));
}

TEST_F(LaidOut, PagesFromFormatToFormat) {
  EXPECT_THAT(codes({{"ODT and PDF", {first(), later()}}, {"DOCX", {first()}}}),
              ElementsAre("EG-H054"));
  EXPECT_THAT(codes({{"ODT and PDF", {first(), later()}}, {"DOCX", {}}}), IsEmpty());
}

TEST_F(LaidOut, RulesThatAreOff) {
  PageFacts page = later();
  page.header.clear();
  house.settings[static_cast<std::size_t>(Rule::laid_out)].is_on = false;
  EXPECT_THAT(codes({{"DOCX", {first(), page}}}), IsEmpty());
}

} // namespace
} // namespace engross::letterhead
