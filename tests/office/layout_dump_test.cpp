// SPDX-License-Identifier: MPL-2.0
#include "office/layout_dump.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engross::office::test {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// One page as LibreOffice 7.4 and 25.2 dump it, what nobody reads left out.
constexpr const char* k_page = R"x(<?xml version="1.0"?>
<root symbol="11SwRootFrame"><infos/>
 <page symbol="11SwPageFrame">
  <page_info phyNum="2" virtNum="7" pageDesc="Landscape"/>
  <infos><bounds left="0" top="17406" width="16838" height="11906"/><prtBounds left="1800" top="864"/></infos>
  <header><infos/>
   <txt>*  <SwParaPortion><SwLineLayout portion="*">
     <SwLinePortion type="PortionType::FlyCnt" portion="*" width="1037" height="1036"/></SwLineLayout></SwParaPortion></txt>
   <txt>Page *  <SwParaPortion>
     <SwLineLayout portion="Page *"><SwLinePortion type="PortionType::Text" portion="Page "/>
      <SwFieldPortion type="PortionType::Field" portion="*" expand="7"/></SwLineLayout>
     <SwLineLayout portion="of *"><SwLineLayout type="PortionType::Lay" portion="of many "/></SwLineLayout></SwParaPortion></txt>
   <txt><SwParaPortion><SwLineLayout portion=""/></SwParaPortion></txt>
  </header>
  <body><infos><bounds top="18270"/><prtBounds top="0"/></infos>
   <anchored><fly><txt><SwParaPortion><SwLineLayout><X type="PortionType::Text" portion="floats"/></SwLineLayout></SwParaPortion></txt></fly></anchored>
   <tab><row><cell><txt><infos><bounds top="18300"/><prtBounds top="40"/></infos><SwParaPortion>
     <SwLineLayout><SwFieldPortion type="PortionType::Number" portion="" expand="(B)"/>
      <SwFixPortion type="PortionType::TabLeft" portion=""/><SwLinePortion type="PortionType::Bookmark" portion=""/>
      <SwLinePortion type="PortionType::Text" portion="is in good standing"/></SwLineLayout></SwParaPortion></txt></cell></row></tab>
   <txt><SwParaPortion><SwLineLayout><X type="PortionType::Para" portion="The end."/></SwLineLayout></SwParaPortion></txt>
  </body>
 </page>
</root>)x";

TEST(LayoutDump, Page) {
  const auto dump = read_layout_dump(k_page);
  ASSERT_TRUE(dump);
  EXPECT_THAT(dump->in_lines, ElementsAre(true));
  const Layout* layout = &dump->layout;
  ASSERT_THAT(layout->pages, SizeIs(1));
  const LaidPage& page = layout->pages[0];
  EXPECT_EQ(page.number, 7);
  EXPECT_EQ(page.page_style, "Landscape");
  EXPECT_NEAR(page.paper.width, 841.9, 0.1);
  EXPECT_NEAR(page.paper.height, 595.3, 0.1);
  EXPECT_THAT(page.header, ElementsAre("Page 7", "of many"));
  EXPECT_THAT(page.footer, IsEmpty());
  ASSERT_THAT(page.header_pictures, SizeIs(1));
  EXPECT_NEAR(page.header_pictures[0].width, 51.85, 0.01);
  EXPECT_NEAR(page.header_pictures[0].height, 51.8, 0.01);
  EXPECT_EQ(page.first_line, "(B)\tis in good standing");
  EXPECT_EQ(page.last_line, "The end.");
  EXPECT_NEAR(page.body_top, (18300 + 40 - 17406) / 20.0, 0.01);
  EXPECT_EQ(page.footer_top, 0);
}

/// Two pages of a header each, the lines of which the office has or has not.
std::string two_pages(bool first, bool second) {
  std::string out = "<root>";
  for (const bool lines : {first, second}) {
    out += "<page><page_info/><header><txt><infos><bounds height=\"20\"/></infos>raw *";
    if (lines)
      out += "<SwParaPortion><SwLineLayout><X type=\"PortionType::Text\" "
             "portion=\"line\"/></SwLineLayout></SwParaPortion>";
    out += "</txt><txt><infos><bounds height=\"0\"/></infos>hidden</txt></header></page>";
  }
  return out + "</root>";
}

TEST(LayoutDump, PagesWithoutLinesComeFromAnotherDump) {
  auto dump = read_layout_dump(two_pages(true, false));
  ASSERT_TRUE(dump);
  EXPECT_THAT(dump->in_lines, ElementsAre(true, false));
  EXPECT_THAT(dump->layout.pages[1].header, IsEmpty());
  add_pages(*dump, *read_layout_dump(two_pages(false, true)));
  EXPECT_THAT(dump->in_lines, ElementsAre(true, true));
  EXPECT_THAT(dump->layout.pages[0].header, ElementsAre("line"));
  EXPECT_THAT(dump->layout.pages[1].header, ElementsAre("line"));
}

TEST(LayoutDump, SomethingElse) {
  for (const char* text : {"", "no XML", "<root/>", "<other><page><page_info/></page></other>",
                           "<root><page/></root>"})
    EXPECT_FALSE(read_layout_dump(text)) << text;
}

} // namespace

} // namespace engross::office::test
