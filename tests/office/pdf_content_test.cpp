// SPDX-License-Identifier: MPL-2.0
#include "office/pdf_content.hpp"

#include <gtest/gtest.h>

#include <string>

namespace engross::office::test {

namespace {

using namespace std::string_literals;

/// Each operator as "name(operand, operand)".
std::string all(std::string_view content) {
  std::string out;
  PdfContent operators(content);
  while (operators.next()) {
    out += operators.name();
    out += '(';
    for (std::size_t i = 0; i < operators.count(); ++i) {
      const Operand& operand = operators.operand(i);
      if (i > 0) out += ", ";
      switch (operand.kind) {
      case Operand::Kind::number:
        out += std::to_string(static_cast<int>(operand.number * 100));
        break;
      case Operand::Kind::name:
        out += operand.text;
        break;
      case Operand::Kind::string:
        out += "'" + operand.text + "'";
        break;
      case Operand::Kind::array:
        out += "[" + operand.text + "]";
        break;
      case Operand::Kind::other:
        out += "?";
        break;
      }
    }
    out += ") ";
  }
  return out;
}

TEST(PdfContent, Page) {
  EXPECT_EQ(all("q 0.1 0 0 -.25 0 +792 cm\n/Artifact<</Type/Pagination/Subtype/Header>>BDC\n"
                "BT\n1 0 0 1 72 700 Tm /F1 11 Tf[<0102>-12<03>]TJ (a)Tj ET Q\nEMC"),
            "q() cm(10, 0, 0, -25, 0, 79200) BDC(/Artifact, ?) BT() Tm(100, 0, 0, 100, 7200, 70000)"
            " Tf(/F1, 1100) TJ([\x01\x02\x03]) Tj('a') ET() Q() EMC() ");
}

TEST(PdfContent, Strings) {
  EXPECT_EQ(all("(a(b)\\)c) Tj"), "Tj('a(b))c') ");
  EXPECT_EQ(all("(\\101\\7z\\n\\\r\nx\\q) Tj"), "Tj('A\x07z\nxq') ");
  EXPECT_EQ(all("<4 1 4> Tj"), "Tj('A@') ");
  EXPECT_EQ(all("[(a]) [(b)] 3 <6>] TJ"), "TJ([a]b`]) ");
  EXPECT_EQ(all("/P <</A (>>) /B <3e> /C <</D 1>>>> BDC EMC"), "BDC(/P, ?) EMC() ");
}

TEST(PdfContent, CommentsAndInlineImages) {
  EXPECT_EQ(all("q % Q (\nBI /W 2 /H 1 ID \x01 EIx(\x02 EI Q"s), "q() BI() Q() ");
}

TEST(PdfContent, ThePartsOfWhatIsLeftOff) {
  const std::string_view page = "q [<01>-3(a\\)] TJ /N <</A (b) /B <33>>> BDC BI ID xx EI Q";
  for (std::size_t i = 0; i <= page.size(); ++i) all(page.substr(0, i)); // comes to an end
  EXPECT_EQ(all("(a"), "");
  EXPECT_EQ(all("] > ) } Q"), "Q() ");
  EXPECT_EQ(all("1 2 3"), "");
}

} // namespace

} // namespace engross::office::test
