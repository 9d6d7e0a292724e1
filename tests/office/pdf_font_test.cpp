// SPDX-License-Identifier: MPL-2.0
#include "office/pdf_font.hpp"

#include <gtest/gtest.h>

namespace engross::office::test {

namespace {

TEST(PdfFont, Characters) {
  const PdfFont font("1 begincodespacerange\n<00> <FF>\nendcodespacerange\n3 beginbfchar\n"
                     "<01> <0041>\n<02> <006600660069>\n<03> <D83DDE00>\nendbfchar");
  EXPECT_EQ(font.text_of("\x01\x02\x03\x04"), "Affi\U0001F600");
}

TEST(PdfFont, Ranges) {
  const PdfFont font("1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange "
                     "<0010> <0012> <0061> <0020> <0021> [<201C> <00E9>] endbfrange");
  using namespace std::string_literals;
  EXPECT_EQ(font.text_of("\x00\x10\x00\x12\x00\x13\x00\x20\x00\x21"s), "ac\u201C\u00E9");
}

TEST(PdfFont, Nonsense) {
  for (const char* map : {"", "beginbfchar <01", "beginbfrange <01> <02> [", "<zz> beginbfchar <",
                          "beginbfrange <00> <FFFFFFFF> <0041>", "begincodespacerange <>"})
    EXPECT_EQ(PdfFont(map).text_of("").size(), 0U) << map;
}

} // namespace

} // namespace engross::office::test
