// SPDX-License-Identifier: MPL-2.0
#include "finding/finding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engross::test {

namespace {

using testing::ElementsAre;

Place in_paragraph(int paragraph) {
  Place place;
  place.file = "t.odt";
  place.part = "content.xml";
  place.paragraph = paragraph;
  return place;
}

TEST(FindingText, SaysTheSameOnce) {
  Findings findings;
  for (const int paragraph : {3, 7, 7, 9})
    findings.push_back(make_finding(Code::invalid_voice, in_paragraph(paragraph), {"they"}));
  findings.push_back(make_finding(Code::invalid_voice, in_paragraph(12), {"he"}));
  Place header = in_paragraph(1);
  header.file = "l.odt";
  header.part = "styles.xml";
  findings.push_back(make_finding(Code::invalid_voice, header, {"they"}));
  EXPECT_THAT(to_texts(findings),
              ElementsAre("t.odt, paragraph 3: error EG-T023: “they” is no voice of a "
                          "letter.\n    The voice is “I” or “we”.\n    The same at 4 further "
                          "places: paragraph 7; paragraph 9; l.odt, headers, footers and styles, paragraph 1.\n",
                          to_text(findings[4])));
}

TEST(FindingText, NamesSixFurtherPlacesAtMost) {
  Findings findings;
  for (int paragraph = 1; paragraph < 10; ++paragraph)
    findings.push_back(make_finding(Code::tag_not_for_books, in_paragraph(paragraph), {"x"}));
  const std::vector<Said> said = without_repeats(findings);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].elsewhere, "The same at 8 further places: paragraph 2; paragraph 3; paragraph "
                               "4; paragraph 5; paragraph 6; paragraph 7; ….");
}

TEST(FindingText, SameSentenceOfAnotherSeverityIsAnother) {
  Findings findings(2, make_finding(Code::file_not_found, {}, {"a"}));
  findings[1].severity = Severity::warning;
  EXPECT_EQ(without_repeats(findings).size(), 2U);
}

TEST(FindingText, LongTagIsCut) {
  std::string tag = "{{ ";
  for (int i = 0; i < 500; ++i) tag += "é";
  Place place;
  place.tag = tag + " }}";
  place.excerpt = "before " + place.tag + " after";
  const Finding finding = make_finding(Code::no_book, place, {place.tag});
  std::string shown = "{{ ";
  for (int i = 0; i < 77; ++i) shown += "é";
  shown += "…";
  EXPECT_EQ(finding.place.tag, shown);
  EXPECT_EQ(finding.place.excerpt, "before " + shown + " after");
  EXPECT_TRUE(finding.message.starts_with(shown + " needs")) << finding.message;
  place.tag = tag.substr(0, 3 + 2 * 77);
  EXPECT_EQ(make_finding(Code::no_book, place, {place.tag}).place.tag, place.tag);
}

} // namespace

} // namespace engross::test
