// SPDX-License-Identifier: MPL-2.0
#include "office/converter.hpp"
#include "office/docx_pages.hpp"
#include "office/locate.hpp"
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace engross::office::test {

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr const char* k_styles =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">
 <office:styles><style:style style:name="Standard" style:family="paragraph"/></office:styles>
 <office:automatic-styles>
  <style:page-layout style:name="Upright"><style:page-layout-properties fo:page-width="8.5in" fo:page-height="11in" fo:margin-top="1in" fo:margin-bottom="1in" fo:margin-left="1in" fo:margin-right="1in"/>
   <style:header-style><style:header-footer-properties fo:min-height="0.1in" fo:margin-bottom="0.2in"/></style:header-style>
   <style:footer-style><style:header-footer-properties fo:min-height="0.1in" fo:margin-top="0.2in"/></style:footer-style></style:page-layout>
  <style:page-layout style:name="OnSide"><style:page-layout-properties fo:page-width="11in" fo:page-height="8.5in" style:print-orientation="landscape" fo:margin-top="1in" fo:margin-bottom="1in" fo:margin-left="1in" fo:margin-right="1in"/></style:page-layout>
 </office:automatic-styles>
 <office:master-styles>
  <style:master-page style:name="Standard" style:page-layout-name="Upright">
   <style:header><text:p>To <text:bookmark-ref text:reference-format="text" text:ref-name="who">STALE</text:bookmark-ref></text:p><text:p>Page <text:page-number>9</text:page-number> of <text:page-count>9</text:page-count></text:p></style:header>
   <style:header-first><text:p>Marlow &amp; Pike LLP</text:p></style:header-first>
   <style:footer><text:p>later foot</text:p></style:footer>
   <style:footer-first><text:p>first foot</text:p></style:footer-first>
  </style:master-page>
  <style:master-page style:name="Annex" style:page-layout-name="OnSide"/>
 </office:master-styles>
</office:document-styles>)";

class LayoutTest : public testing::Test {
 protected:
  LayoutTest() {
    const char* home = std::getenv("LO_HOME");
    options.worker = ENGROSS_OFFICE_WORKER;
    options.office = find_program_folder(home == nullptr ? "" : home).value_or("");
    Odt odt;
    odt.styles =
        R"(<style:style style:name="Next" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:break-before="page"/></style:style>)"
        R"(<style:style style:name="ToAnnex" style:family="paragraph" style:parent-style-name="Standard" style:master-page-name="Annex"/>)";
    odt.body =
        R"(<text:p>Dear <text:bookmark-start text:name="who"/>Carrow &amp; Steele<text:bookmark-end text:name="who"/></text:p>)"
        R"(<text:p text:style-name="Next"/><text:p>Second page</text:p><text:p text:style-name="ToAnnex">Annex A</text:p>)";
    odt.parts = {{"styles.xml", k_styles}};
    write_odt(letter, odt);
  }

  TempFolder folder;
  fs::path letter = folder / "letter.odt";
  Options options;
};

TEST_F(LayoutTest, PagesOfTheLetterAndOfItsDocx) {
  Converter converter(options);
  const auto laid =
      converter.lay_out({letter,
                         true,
                         true,
                         {folder / "1.png", folder / "2.png", folder / "3.png", folder / "4.png"}});
  ASSERT_TRUE(laid) << (laid.findings.empty() ? "" : laid.findings[0].message);
  EXPECT_THAT(laid.findings, IsEmpty());
  for (const auto& [name, layout] :
       {std::pair("letter", &laid->letter), std::pair("pdf", &laid->pdf),
        std::pair("docx", &laid->docx), std::pair("docx again", &laid->docx_again)}) {
    SCOPED_TRACE(name);
    const bool is_read_from_docx = layout == &laid->docx;
    const std::vector<LaidPage>& pages = layout->pages;
    ASSERT_THAT(pages, SizeIs(3));
    EXPECT_THAT(pages[0].header, ElementsAre("Marlow & Pike LLP"));
    EXPECT_THAT(pages[0].footer, ElementsAre("first foot"));
    EXPECT_THAT(pages[1].header, ElementsAre("To Carrow & Steele", "Page 2 of 3"));
    EXPECT_THAT(pages[1].footer, ElementsAre("later foot"));
    EXPECT_EQ(pages[1].number, 2);
    EXPECT_NEAR(pages[1].paper.width, 612, 1);
    EXPECT_THAT(pages[2].header, IsEmpty());
    EXPECT_THAT(pages[2].footer, IsEmpty());
    EXPECT_NEAR(pages[2].paper.width, 792, 1);
    if (is_read_from_docx) continue;
    EXPECT_EQ(pages[0].first_line, "Dear Carrow & Steele");
    EXPECT_EQ(pages[1].first_line, "Second page");
    EXPECT_GT(pages[1].body_top, 72 + 14);
    EXPECT_EQ(pages[2].first_line, "Annex A");
    EXPECT_EQ(pages[2].last_line, "Annex A");
    EXPECT_NEAR(pages[2].body_top, 72, layout == &laid->pdf ? 14 : 1);
  }
  EXPECT_EQ(laid->letter.pages[2].page_style, "Annex");
  // Pictures of the pages there are, upright and on its side, each another page.
  EXPECT_THAT(names_in(folder.path()), ElementsAre("1.png", "2.png", "3.png", "letter.odt"));
  EXPECT_THAT(read_file(folder / "1.png"), StartsWith("\x89PNG"));
  EXPECT_EQ(read_file(folder / "1.png").substr(16, 8),
            std::string("\0\0\1\xa4\0\0\2\x20", 8)); // 420 x 544
  EXPECT_EQ(read_file(folder / "3.png").substr(16, 8),
            std::string("\0\0\1\xa4\0\0\1\x45", 8)); // 420 x 325
  EXPECT_NE(read_file(folder / "1.png"), read_file(folder / "2.png"));
}

/// More paragraphs than the office keeps in lines: what is not seen is not told wrongly.
TEST_F(LayoutTest, LongLetters) {
  Converter converter(options);
  for (const auto& [count, lines] : {std::pair(16, 5), std::pair(40, 20)}) {
    SCOPED_TRACE(count);
    Odt odt;
    odt.styles = "<style:style style:name=\"Next\" style:family=\"paragraph\" "
                 "style:parent-style-name=\"Standard\"><style:paragraph-properties "
                 "fo:break-before=\"page\"/></style:style>";
    odt.body = "<text:p><text:bookmark-start text:name=\"who\"/>You<text:bookmark-end "
               "text:name=\"who\"/></text:p>";
    for (int i = 2; i <= count; ++i) {
      odt.body += "<text:p text:style-name=\"Next\">first of " + std::to_string(i) + "</text:p>";
      for (int k = 0; k < lines; ++k) odt.body += "<text:p>line</text:p>";
      odt.body += "<text:p>last of " + std::to_string(i) + "</text:p>";
    }
    odt.parts = {{"styles.xml", k_styles}};
    write_odt(letter, odt);
    const auto laid = converter.lay_out({letter, false, true});
    ASSERT_TRUE(laid) << (laid.findings.empty() ? "" : laid.findings[0].message);
    const std::vector<LaidPage>& pages = laid->letter.pages;
    ASSERT_THAT(pages, SizeIs(count));
    int seen = 0;
    for (int i = 2; i <= count; ++i) {
      const LaidPage& page = pages[static_cast<std::size_t>(i - 1)];
      const std::string number = std::to_string(i);
      EXPECT_EQ(page.number, i);
      EXPECT_NEAR(page.body_top, pages[1].body_top, 0.1);
      if (!page.is_seen) {
        EXPECT_THAT(page.header, IsEmpty());
        continue;
      }
      ++seen;
      EXPECT_THAT(page.header,
                  ElementsAre("To You", "Page " + number + " of " + std::to_string(count)));
      EXPECT_THAT(page.footer, ElementsAre("later foot"));
      EXPECT_EQ(page.first_line, "first of " + number);
      EXPECT_EQ(page.last_line, "last of " + number);
    }
    EXPECT_GE(seen, count == 16 ? 15 : 6);
    // The PDF tells of all of them.
    ASSERT_THAT(laid->pdf.pages, SizeIs(count));
    for (int i = 2; i <= count; ++i) {
      const LaidPage& page = laid->pdf.pages[static_cast<std::size_t>(i - 1)];
      const std::string number = std::to_string(i);
      EXPECT_THAT(page.header,
                  ElementsAre("To You", "Page " + number + " of " + std::to_string(count)));
      EXPECT_EQ(page.first_line, "first of " + number);
      EXPECT_EQ(page.last_line, "last of " + number);
    }
    EXPECT_TRUE(pages[1].is_seen);
  }
}

TEST_F(LayoutTest, WithoutDocxAndPictures) {
  Converter converter(options);
  const auto laid = converter.lay_out({letter});
  ASSERT_TRUE(laid);
  EXPECT_THAT(laid->pdf.pages, SizeIs(3));
  EXPECT_THAT(laid->letter.pages, IsEmpty());
  EXPECT_THAT(laid->docx.pages, IsEmpty());
  EXPECT_THAT(laid->docx_again.pages, IsEmpty());
  // The same office goes on with exports.
  EXPECT_THAT(converter.convert({letter, {folder / "out.docx"}}), IsEmpty());
  const auto docx = converter.lay_out({folder / "out.docx"});
  ASSERT_TRUE(docx);
  ASSERT_THAT(docx->pdf.pages, SizeIs(3));
  EXPECT_THAT(docx->pdf.pages[1].header, ElementsAre("To Carrow & Steele", "Page 2 of 3"));
}

/// What a reader of the DOCX has to know of Word: sections, what they inherit, even pages, a first
/// page that repeats.
TEST_F(LayoutTest, HeadersOfADocx) {
  const std::string begin =
      R"(<w:document xmlns:w="w" xmlns:r="r"><w:body><w:p><w:r><w:t>One and</w:t></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>)"
      R"(<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="first" r:id="f"/>)"
      R"(<w:headerReference w:type="even" r:id="e"/><w:pgSz w:w="12240" w:h="15840"/><w:titlePg/></w:sectPr></w:pPr></w:p>)"
      R"(<w:p><w:r><w:t>Annex </w:t></w:r><w:r><w:t>A</w:t></w:r></w:p><w:p><w:r><w:t>more</w:t></w:r></w:p>)";
  const auto header = [](const char* text) {
    return std::string(R"(<w:hdr xmlns:w="w"><w:p><w:r><w:t>)") + text +
           R"(</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>)"
           R"(<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>)";
  };
  Layout pages;
  for (const char* line : {"One and", "two", "(1) Annex A", "more"}) {
    LaidPage& page = pages.pages.emplace_back();
    page.number = static_cast<int>(pages.pages.size());
    page.first_line = line;
  }
  const auto headers = [&](const std::string& last_section, bool even) {
    const fs::path file = folder / "made.docx";
    write_zip(
        file,
        {{"word/document.xml", begin + last_section + "</w:body></w:document>"},
         {"word/settings.xml", std::string(R"(<w:settings xmlns:w="w">)") +
                                   (even ? "<w:evenAndOddHeaders/>" : "") + "</w:settings>"},
         {"word/_rels/document.xml.rels",
          R"(<Relationships><Relationship Id="h" Target="header1.xml"/><Relationship Id="f" Target="header2.xml"/><Relationship Id="e" Target="header3.xml"/></Relationships>)"},
         {"word/header1.xml", header("later ")},
         {"word/header2.xml", header("first ")},
         {"word/header3.xml", header("even ")}});
    std::vector<std::string> out;
    const auto read = read_docx_pages(file, pages);
    if (!read) return out;
    for (const LaidPage& page : read->pages)
      out.push_back(page.header.empty() ? "" : page.header.front());
    return out;
  };
  EXPECT_THAT(headers("<w:sectPr/>", false),
              ElementsAre("first 1", "later 2", "later 3", "later 4"));
  EXPECT_THAT(headers("<w:sectPr><w:titlePg/></w:sectPr>", false),
              ElementsAre("first 1", "later 2", "first 3", "later 4"));
  EXPECT_THAT(headers(R"(<w:sectPr><w:type w:val="continuous"/><w:titlePg/></w:sectPr>)", true),
              ElementsAre("first 1", "even 2", "later 3", "even 4"));
  write_file(folder / "no.docx", "no zip");
  EXPECT_FALSE(read_docx_pages(folder / "no.docx", pages));
}

TEST_F(LayoutTest, WordBecomesOdt) {
  Converter converter(options);
  ASSERT_THAT(converter.convert({letter, {folder / "out.docx"}}), IsEmpty());
  ASSERT_THAT(converter.convert({folder / "out.docx", {folder / "again.odt"}}), IsEmpty());
  EXPECT_THAT(read_part(folder / "again.odt", "content.xml"), HasSubstr("Second page"));
  EXPECT_THAT(read_part(folder / "again.odt", "styles.xml"), HasSubstr("Marlow &amp; Pike LLP"));
}

TEST_F(LayoutTest, WhatCannotBeLaidOut) {
  Converter converter(options);
  const auto missing = converter.lay_out({folder / "none.odt"});
  EXPECT_FALSE(missing);
  ASSERT_THAT(missing.findings, SizeIs(1));
  EXPECT_EQ(missing.findings[0].code, Code::file_not_found);
  write_file(folder / "broken.docx", "PK\x03\x04 this is no package");
  const auto broken = converter.lay_out({folder / "broken.docx"});
  EXPECT_FALSE(broken);
  ASSERT_THAT(broken.findings, SizeIs(1));
  EXPECT_EQ(broken.findings[0].code, Code::office_not_opened);
  const auto nowhere = converter.lay_out({letter, false, false, {folder / "none" / "1.png"}});
  EXPECT_FALSE(nowhere);
  ASSERT_THAT(nowhere.findings, SizeIs(1));
  EXPECT_EQ(nowhere.findings[0].code, Code::file_not_written);
}

} // namespace

} // namespace engross::office::test
