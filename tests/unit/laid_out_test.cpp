// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/laid_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
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

TEST_F(LaidOut, LogoThatThePdfDoesNotShow) {
  letter = open("templates/letterheads/marlow-pike.fodt");
  PageFacts page = first();
  page.shows_pictures = false;
  const auto found = [&] {
    return check_laid_out(letter, house, &reference, {{"ODT and PDF", {page}}}).size();
  };
  EXPECT_EQ(found(), 1U);
  // What lets something through may be in the PDF in another way.
  std::string text = read("templates/letterheads/marlow-pike.fodt");
  const std::string mark = "style:mirror=\"none\"";
  ASSERT_NE(text.find(mark), std::string::npos);
  text.insert(text.find(mark), "draw:image-opacity=\"50%\" ");
  Result<Subject> opened = Subject::open("templates/letterheads/marlow-pike.fodt", text);
  ASSERT_TRUE(opened);
  letter = std::move(*opened);
  EXPECT_EQ(found(), 0U);
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

TEST_F(LaidOut, NumberOfAnotherPage) {
  PageFacts two = later();
  PageFacts three = later();
  three.header.back() = "Page 3";
  EXPECT_THAT(codes({{"PDF", {first(), two, three}}}), IsEmpty());
  for (const char* wrong : {"Page 1", "Page 3", "Page B", "Page"}) {
    two.header.back() = wrong;
    three.header.back() = std::string(wrong) + "1";
    const Hits hits = check_laid_out(letter, house, &reference, {{"PDF", {first(), two, three}}});
    ASSERT_EQ(hits.size(), 1U) << wrong;
    EXPECT_THAT(hits[0].finding.message,
                testing::AllOf(testing::StartsWith("On page 2 of the PDF the header reads"),
                               testing::EndsWith("it should read “… / … / Page 2”.")));
  }
}

TEST_F(LaidOut, AScheduleMayCountAnew) {
  std::string text = read("templates/drifted/new-york-2019.fodt");
  const std::string mark = "</office:automatic-styles>";
  text.insert(text.find(mark), "<style:style style:name='Anew' style:family='paragraph'>"
                               "<style:paragraph-properties style:page-number='1'/></style:style>");
  const std::string end = "</office:text>";
  text.insert(text.find(end), "<text:p text:style-name='Anew'>Schedule A</text:p>");
  PageFacts page = later();
  page.header.back() = "Page 1";
  EXPECT_THAT(codes({{"PDF", {first(), later(), page}}}), ElementsAre("EG-H051"));
  Result<Subject> opened = Subject::open("templates/drifted/new-york-2019.fodt", text);
  ASSERT_TRUE(opened);
  letter = std::move(*opened);
  EXPECT_THAT(codes({{"PDF", {first(), later(), page}}}), IsEmpty());
}

TEST_F(LaidOut, ALineThatPrintsNothingOrAnError) {
  PageFacts page = later();
  page.header = {"Harbor Trust Company", "Error: Reference source not found", "Page 2"};
  const Hits hits = check_laid_out(letter, house, &reference, {{"PDF", {first(), page}}});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_THAT(hits[0].finding.message, testing::HasSubstr("Error: Reference source not found"));
  page.is_turned = true;
  EXPECT_THAT(codes({{"PDF", {first(), page}}}), testing::Contains("EG-H051"));
  page = later();
  house.settings[static_cast<std::size_t>(Rule::header_agreement)].is_on = false;
  page.header = {"Harbor Trust Company", "Page 2"};
  EXPECT_THAT(codes({{"PDF", {first(), page}}}), ElementsAre("EG-H051"));
}

TEST_F(LaidOut, AnotherHeaderAltogetherIsToldOnce) {
  PageFacts page = later();
  page.header = first().header;
  EXPECT_THAT(codes({{"DOCX", {first(), page}}}), ElementsAre("EG-H051"));
}

/// The sample letterhead with something of its own.
Reference changed(const std::vector<std::pair<std::string, std::string>>& insertions) {
  std::string text = read("templates/letterheads/marlow-pike.fodt");
  for (const auto& [mark, more] : insertions) {
    const std::size_t at = text.find(mark);
    EXPECT_NE(at, std::string::npos) << mark;
    text.insert(at, more);
  }
  Result<Subject> opened = Subject::open("letterhead.fodt", text);
  if (!opened) throw Error(opened.findings);
  return {std::move(*opened), deal::Value()};
}

TEST_F(LaidOut, ALetterheadWithATextBox) {
  const Reference boxed =
      changed({{"<draw:frame",
                "<draw:frame draw:name='Partners' text:anchor-type='paragraph' svg:width='1in'>"
                "<draw:text-box><text:p>Harriet Pike</text:p><text:p>Samuel Okonjo</text:p>"
                "</draw:text-box></draw:frame>"}});
  PageFacts page = first();
  page.header_boxes = {"Harriet Pike", "Samuel Okonjo"};
  const auto found = [&] {
    return check_laid_out(letter, house, &boxed, {{"DOCX", {page, later()}}}).size();
  };
  EXPECT_EQ(found(), 0U);
  page.header_boxes.back() = "Somebody Else";
  EXPECT_EQ(found(), 1U);
}

TEST_F(LaidOut, ALetterheadWithAPageOnItsSide) {
  const Reference turned = changed(
      {{"<style:page-layout ",
        "<style:page-layout style:name='Side'><style:page-layout-properties fo:page-width='11in' "
        "fo:page-height='8.5in' style:print-orientation='landscape'/></style:page-layout>"},
       {"</office:master-styles>",
        "<style:master-page style:name='Quer' style:page-layout-name='Side'><style:header>"
        "<text:p>ANNEX to {{ letter.addressee.name "
        "}}</text:p></style:header></style:master-page>"}});
  PageFacts page = later();
  page.is_turned = true;
  page.header = {"ANNEX to Harbor Trust Company"};
  EXPECT_THAT(codes({{"PDF", {first(), later(), page}}}), ElementsAre("EG-H051"));
  const auto found = [&] {
    return check_laid_out(letter, house, &turned, {{"PDF", {first(), later(), page}}}).size();
  };
  EXPECT_EQ(found(), 0U);
  page.header = {"ANNEX to Nobody"};
  EXPECT_EQ(found(), 1U);
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
  const Hits hits =
      check_laid_out(letter, house, &reference, {{"ODT and PDF", {first(), later(), page}}});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_THAT(hits[0].finding.message,
              testing::EndsWith("it should read “Harbor Trust Company / October 1, 2019”."));
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
