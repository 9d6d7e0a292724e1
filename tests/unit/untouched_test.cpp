// SPDX-License-Identifier: MPL-2.0
// A template without tags, letterhead and tracked changes keeps its parts byte for byte.
#include "letter/assembly.hpp"
#include "odf/package.hpp"
#include "odt_builder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace engross::letter {
namespace {

namespace fs = std::filesystem;
using engross::testing::OdtBuilder;

/// As no writer of ours would write it: order, quotes, blanks, entities, comments, unused styles.
const std::string k_body = "\n <text:p   text:style-name='P9' >a  b&#233;&#x20;<text:s/><!-- note "
                           "--><text:span\n>c</text:span\t></text:p>\n"
                           "<text:p></text:p><text:section text:name=\"S\"><text:p xml:id='x'>{ % "
                           "no tag } }</text:p></text:section>";
const std::string k_unused = "<style:style style:name='P9' style:family='paragraph'/>"
                             "<style:style style:family=\"text\" style:name=\"T1\" ></style:style>";

class Untouched : public ::testing::Test {
 protected:
  void SetUp() override {
    m_folder = fs::path(::testing::TempDir()) /
               ("engross-untouched-" + std::to_string(std::random_device()()));
    fs::create_directories(m_folder);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  /// The letter of a template with these parts, without data.
  odf::Package letter(const std::string& content, const std::string& styles) {
    OdtBuilder builder;
    builder.part("content.xml", content).part("styles.xml", styles);
    std::ofstream(m_folder / "t.odt", std::ios::binary) << builder.bytes();
    Sources sources;
    sources.template_file = m_folder / "t.odt";
    const Result<Assembly> assembly = Assembly::compile(sources);
    EXPECT_TRUE(assembly) << to_text(assembly.findings.front());
    Letter made = assembly->render(*deal::read({}));
    EXPECT_TRUE(made.ok());
    Result<odf::Package> package = odf::Package::open("letter.odt", std::move(made.odt));
    EXPECT_TRUE(package);
    return std::move(*package);
  }

  fs::path m_folder;
};

TEST_F(Untouched, PartsAreTheSameBytes) {
  const std::string content = OdtBuilder::content(k_body, k_unused);
  const std::string styles =
      OdtBuilder::styles("<style:style style:name='Standard' style:family='paragraph' />");
  const odf::Package package = letter(content, styles);
  EXPECT_EQ(package.read("content.xml"), content);
  EXPECT_EQ(package.read("styles.xml"), styles);
}

/// Names that Engross gives are only made free where it is going to give them.
TEST_F(Untouched, IsAFinishedLetterOfOurs) {
  const std::string content = OdtBuilder::content(
      "<text:p><text:bookmark-start text:name=\"_eng_header_1\"/>March 3, 2004<text:bookmark-end "
      "text:name=\"_eng_header_1\"/></text:p><text:list xml:id=\"eng_slot1\"><text:list-item>"
      "<text:p>One.</text:p></text:list-item></text:list>");
  const std::string page =
      "<style:master-page style:name='Standard' style:page-layout-name='p'><style:header><text:p>"
      "<text:bookmark-ref text:reference-format=\"text\" text:ref-name=\"_eng_header_1\">March 3, "
      "2004</text:bookmark-ref></text:p></style:header></style:master-page>";
  const std::string styles = OdtBuilder::styles({}, "<style:page-layout style:name='p'/>", page);
  const odf::Package package = letter(content, styles);
  EXPECT_EQ(package.read("content.xml"), content);
  EXPECT_EQ(package.read("styles.xml"), styles);
}

TEST_F(Untouched, IsEachPartByItself) {
  const std::string content = OdtBuilder::content(k_body, k_unused);
  const std::string page =
      "<style:master-page style:name='Standard' style:page-layout-name='p'><style:header>"
      "<text:p>{{ 1 + 1 }}</text:p></style:header></style:master-page>";
  const std::string styles = OdtBuilder::styles({}, "<style:page-layout style:name='p'/>", page);
  const odf::Package package = letter(content, styles);
  EXPECT_EQ(package.read("content.xml"), content);
  EXPECT_NE(package.read("styles.xml").find("<text:p>2</text:p>"), std::string::npos);
}

TEST_F(Untouched, IsNotWhatHasTrackedChanges) {
  const std::string content = OdtBuilder::content(
      "<text:tracked-changes><text:changed-region/></text:tracked-changes><text:p>a</text:p>");
  const odf::Package package = letter(content, OdtBuilder::styles());
  EXPECT_EQ(package.read("content.xml").find("tracked"), std::string::npos);
}

} // namespace
} // namespace engross::letter
