// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"
#include "letterhead/body.hpp"
#include "letterhead/pages.hpp"
#include "odf/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace engross::letterhead {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// ---- documents from strings --------------------------------------------------------------------

/// The pieces of a flat text; everything else is the same in all tests.
struct Flat {
  std::string fonts =
      "<style:font-face style:name='Serif' svg:font-family=\"'Liberation Serif'\"/>";
  std::string named = "<style:style style:name='Standard' style:family='paragraph'/>";
  std::string automatic = "<style:page-layout style:name='pm1'>"
                          "<style:page-layout-properties fo:page-width='8.5in' "
                          "fo:page-height='11in' style:print-orientation='portrait'/>"
                          "</style:page-layout>";
  std::string masters = "<style:master-page style:name='Standard' style:page-layout-name='pm1'/>";
  std::string body = "<text:p text:style-name='Standard'>Text</text:p>";
  std::string version = "1.3";
  std::string namespaces;

  std::string text() const {
    return "<?xml version='1.0' encoding='UTF-8'?><office:document "
           "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
           "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
           "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
           "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
           "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "
           "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' "
           "xmlns:xlink='http://www.w3.org/1999/xlink' "
           "xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0' "
           "xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' " +
           namespaces + " office:version='" + version +
           "' office:mimetype='application/vnd.oasis.opendocument.text'>"
           "<office:font-face-decls>" +
           fonts + "</office:font-face-decls><office:styles>" + named +
           "</office:styles><office:automatic-styles>" + automatic +
           "</office:automatic-styles><office:master-styles>" + masters +
           "</office:master-styles><office:body><office:text>" + body +
           "</office:text></office:body></office:document>";
  }
};

odf::Document open(const std::string& name, const std::string& bytes) {
  Result<odf::Document> document = odf::Document::open(name, bytes);
  if (!document) throw Error(document.findings);
  return std::move(*document);
}
odf::Document open(const std::string& name, const Flat& flat) { return open(name, flat.text()); }

std::string styles_of(const odf::Document& d) { return odf::to_string(d.styles); }
std::string content_of(const odf::Document& d) { return odf::to_string(d.content); }

pugi::xml_node one(const pugi::xml_document& d, const std::string& xpath) {
  const pugi::xpath_node_set found = d.select_nodes(xpath.c_str());
  EXPECT_EQ(found.size(), 1U) << xpath;
  return found.empty() ? pugi::xml_node() : found.first().node();
}
std::size_t count(const pugi::xml_document& d, const std::string& xpath) {
  return d.select_nodes(xpath.c_str()).size();
}
std::string text_of(const pugi::xml_node& node) {
  std::string out;
  walk(node, [&](const pugi::xml_node& n) {
    if (n.type() == pugi::node_pcdata) out += n.value();
    return true;
  });
  return out;
}
std::string text_at(const pugi::xml_document& d, const std::string& xpath) {
  return text_of(one(d, xpath));
}

std::vector<std::string> ids(const Findings& findings) {
  std::vector<std::string> out;
  for (const Finding& f : findings) out.emplace_back(code_id(f.code));
  return out;
}

std::vector<std::string> master_names(const odf::Document& d) {
  std::vector<std::string> out;
  for (const auto& n : d.styles.select_nodes("//style:master-page"))
    out.emplace_back(n.node().attribute("style:name").value());
  return out;
}

std::string layout(const std::string& name, bool landscape = false,
                   const std::string& header = "<style:header-footer-properties "
                                               "fo:min-height='0.1in' fo:margin-bottom='0.3in'/>") {
  return "<style:page-layout style:name='" + name + "'><style:page-layout-properties " +
         (landscape ? "fo:page-width='11in' fo:page-height='8.5in' "
                      "style:print-orientation='landscape'"
                    : "fo:page-width='8.5in' fo:page-height='11in' "
                      "style:print-orientation='portrait'") +
         " fo:margin-left='1in'/><style:header-style>" + header +
         "</style:header-style></style:page-layout>";
}
std::string area(const std::string& element, const std::string& text,
                 const std::string& style = "Header") {
  return "<style:" + element + "><text:p text:style-name='" + style + "'>" + text +
         "</text:p></style:" + element + ">";
}
std::string master(const std::string& name, const std::string& layout_name,
                   const std::string& content, const std::string& next = "") {
  return "<style:master-page style:name='" + name + "' style:page-layout-name='" + layout_name +
         "'" + (next.empty() ? "" : " style:next-style-name='" + next + "'") + ">" + content +
         "</style:master-page>";
}
std::string paragraph_style(const std::string& name, const std::string& more = "",
                            const std::string& inside = "") {
  return "<style:style style:name='" + name + "' style:family='paragraph' " + more + ">" + inside +
         "</style:style>";
}
std::string p(const std::string& style, const std::string& text) {
  return "<text:p text:style-name='" + style + "'>" + text + "</text:p>";
}

/// What a firm hands out: one page style, another header on page 1.
Flat firm_letterhead() {
  Flat f;
  f.named =
      paragraph_style("Standard", "style:class='text'",
                      "<style:text-properties style:font-name='Serif' fo:font-size='12pt'/>") +
      paragraph_style("Header", "style:parent-style-name='Standard'");
  f.automatic = layout("Letter") + paragraph_style("MP1", "style:parent-style-name='Header'");
  f.masters =
      master("Standard", "Letter",
             area("header", "{{ letter.addressee.name }}") + area("header-first", "MARLOW", "MP1"));
  f.body = "<text:p text:style-name='Standard'/>";
  return f;
}

Flat plain_template() {
  Flat f;
  f.named = paragraph_style("Standard", "", "<style:text-properties fo:font-size='9pt'/>") +
            paragraph_style("Header") + paragraph_style("Own");
  f.automatic = layout("pm1");
  f.masters = master("Standard", "pm1", area("header", "OLD"));
  f.body = p("Standard", "Ladies and Gentlemen") + p("Own", "Yours");
  return f;
}

Findings put(odf::Document& target, const Flat& letterhead_text) {
  const odf::Document letterhead = open("firm.ott", letterhead_text);
  const std::string before = styles_of(letterhead) + content_of(letterhead);
  Findings findings = apply(target, letterhead);
  EXPECT_EQ(styles_of(letterhead) + content_of(letterhead), before) << "the letterhead changed";
  return findings;
}

/// Applies and applies again: nothing further may change.
Findings put_twice(odf::Document& target, const Flat& letterhead_text) {
  Findings findings = put(target, letterhead_text);
  const std::string styles = styles_of(target);
  const std::string content = content_of(target);
  const std::size_t parts = target.added.size();
  target.content_changed = false;
  put(target, letterhead_text);
  EXPECT_EQ(styles_of(target), styles);
  EXPECT_EQ(content_of(target), content);
  EXPECT_EQ(target.added.size(), parts);
  EXPECT_FALSE(target.content_changed);
  return findings;
}

// ---- pages -------------------------------------------------------------------------------------

TEST(Letterhead, PlainTemplateGetsTheLetterheadsPageAndKeepsItsText) {
  odf::Document t = open("t.odt", plain_template());
  const std::string content = content_of(t);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  EXPECT_EQ(text_at(t.styles, "//style:header-first"), "MARLOW");
  EXPECT_EQ(text_at(t.styles, "//style:header"), "{{ letter.addressee.name }}");
  EXPECT_EQ(content_of(t), content);
  EXPECT_FALSE(t.content_changed);
  EXPECT_TRUE(t.styles_changed);
}

TEST(Letterhead, FirstPageChainBecomesOnePage) {
  Flat f = plain_template();
  f.masters = master("Standard", "pm1", area("header", "OLD")) +
              master("First_20_Page", "pm1", area("header", "OLD FIRST"), "Standard");
  f.automatic += paragraph_style("P1", "style:parent-style-name='Standard' "
                                       "style:master-page-name='First_20_Page'");
  f.body = p("P1", "Ladies and Gentlemen") + p("Own", "Yours");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  EXPECT_EQ(
      one(t.content, "//style:style[@style:name='P1']").attribute("style:master-page-name").value(),
      std::string("Standard"));
  EXPECT_THAT(styles_of(t), Not(HasSubstr("First_20_Page")));
}

TEST(Letterhead, LetterheadThatIsAChainBecomesOnePage) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", area("header", "CONT") + area("footer", "FOOT")) +
              master("First_20_Page", "Letter", area("header", "FIRST", "MP1"), "Standard");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  EXPECT_EQ(text_at(t.styles, "//style:header"), "CONT");
  EXPECT_EQ(text_at(t.styles, "//style:header-first"), "FIRST");
  EXPECT_EQ(text_at(t.styles, "//style:footer"), "FOOT");
  EXPECT_EQ(text_at(t.styles, "//style:footer-first"), "") << "its first page has no footer";
  EXPECT_EQ(count(t.styles, "//office:automatic-styles/style:style"), 1U);
}

TEST(Letterhead, ChainOfALetterheadIsFoundThroughItsText) {
  Flat l = firm_letterhead();
  l.automatic += paragraph_style("P1", "style:master-page-name='Cover'");
  l.masters = master("Rest", "Letter", area("header", "CONT")) +
              master("Cover", "Letter", area("header", "FIRST"), "Rest");
  l.body = p("P1", "");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  EXPECT_EQ(text_at(t.styles, "//style:header"), "CONT");
  EXPECT_EQ(text_at(t.styles, "//style:header-first"), "FIRST");
}

TEST(Letterhead, FirstPageWithoutHeaderStaysWithoutOne) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", area("header", "CONT")) +
              master("First_20_Page", "Letter", "", "Standard");
  odf::Document t = open("t.odt", plain_template());
  put_twice(t, l);
  EXPECT_EQ(text_at(t.styles, "//style:header-first"), "");
  EXPECT_EQ(count(t.styles, "//style:header-first/text:p"), 1U);
}

TEST(Letterhead, FirstPageWithHeaderAndFollowingWithoutOne) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", area("footer", "FOOT")) +
              master("First_20_Page", "Letter", area("header", "FIRST"), "Standard");
  odf::Document t = open("t.odt", plain_template());
  put_twice(t, l);
  const pugi::xml_node page = one(t.styles, "//style:master-page");
  std::vector<std::string> areas;
  for (const pugi::xml_node& child : page.children()) areas.emplace_back(child.name());
  // ODF 1.3 part 3, 16.9: headers before footers, first behind the plain one.
  EXPECT_THAT(areas, ElementsAre("style:header", "style:header-first", "style:footer",
                                 "style:footer-first"));
  EXPECT_EQ(text_at(t.styles, "//style:header"), "");
}

TEST(Letterhead, FooterOfEveryPageIsSaidForPageOneToo) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter",
                     area("header", "CONT") + area("header-first", "FIRST") +
                         area("footer", "FOOT") + area("footer-left", "LEFT"));
  odf::Document t = open("t.odt", plain_template());
  put_twice(t, l);
  EXPECT_EQ(text_at(t.styles, "//style:footer-first"), "FOOT");
  EXPECT_STREQ(one(t.styles, "//style:footer-first").previous_sibling().name(),
               "style:footer-left");
}

TEST(Letterhead, PageOfAnotherNameBecomesWritersDefaultPage) {
  // A text that names no page stands on "Standard", whatever the file's only page is called.
  Flat l = firm_letterhead();
  l.masters = master("Letter", "Letter", area("header", "CONT") + area("header-first", "FIRST"));
  Flat f = plain_template();
  f.masters = master("Brief", "pm1", area("header", "OLD"));
  f.automatic += paragraph_style("P1", "style:master-page-name='Brief'");
  f.body = p("P1", "Dear");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  EXPECT_THAT(content_of(t), HasSubstr("style:master-page-name=\"Standard\""));
}

Flat with_annex() {
  Flat f = plain_template();
  f.automatic += layout("pm2", true) + paragraph_style("P1", "style:master-page-name='Wide'") +
                 paragraph_style("P2", "style:master-page-name='Standard'");
  f.masters += master("Wide", "pm2", area("header", "WIDE OLD"), "Standard");
  f.body = p("Standard", "one") + p("P1", "table") + p("P2", "back");
  return f;
}

TEST(Letterhead, BackFromAnAnnexTheLetterheadIsNotPrintedAgain) {
  odf::Document t = open("t.odt", with_annex());
  const Findings findings = put(t, firm_letterhead());
  EXPECT_TRUE(t.content_changed);
  put_twice(t, firm_letterhead());
  EXPECT_THAT(ids(findings), ElementsAre("EG-L007"));
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Wide", "Letter_20_continued"));
  EXPECT_EQ(text_at(t.styles, "//style:master-page[@style:name='Wide']/style:header"), "WIDE OLD");
  EXPECT_STREQ(one(t.styles, "//style:master-page[@style:name='Wide']")
                   .attribute("style:next-style-name")
                   .value(),
               "Letter_20_continued");
  EXPECT_STREQ(
      one(t.content, "//style:style[@style:name='P2']").attribute("style:master-page-name").value(),
      "Letter_20_continued");
  const std::string continued = "//style:master-page[@style:name='Letter_20_continued']";
  EXPECT_EQ(text_at(t.styles, continued + "/style:header"), "{{ letter.addressee.name }}");
  EXPECT_EQ(count(t.styles, continued + "/style:header-first"), 0U);
  EXPECT_EQ(count(t.styles, "//style:header-first"), 1U);
}

TEST(Letterhead, LandscapePageTakesTheLetterheadsOne) {
  Flat l = firm_letterhead();
  l.automatic += layout("Turned", true);
  l.masters += master("Landscape", "Turned", area("header", "WIDE NEW"));
  Flat f = with_annex();
  f.masters.replace(f.masters.find("WIDE OLD"), 8, "OLD");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Wide", "Letter_20_continued"));
  const pugi::xml_node wide = one(t.styles, "//style:master-page[@style:name='Wide']");
  EXPECT_EQ(text_of(wide.child("style:header")), "WIDE NEW");
  EXPECT_STREQ(wide.attribute("style:page-layout-name").value(), "Turned");
  EXPECT_STREQ(wide.attribute("style:next-style-name").value(), "Letter_20_continued");
  EXPECT_EQ(count(t.styles, "//style:page-layout"), 2U) << "the old layouts are gone";
}

/// A page on its side whose header is `header`, in a letter whose pages say "OLD" on top.
odf::Document with_annex_under(const std::string& header) {
  Flat f = with_annex();
  f.automatic += layout("wide", true, {});
  const std::size_t at = f.automatic.rfind("fo:margin-left='1in'");
  f.automatic.replace(at, 20, "fo:margin-left='0.6in'");
  f.masters = master("Standard", "pm1", area("header", "OLD") + area("footer", "FOOT")) +
              master("Wide", "wide", header, "Standard");
  return open("t.odt", f);
}

TEST(Letterhead, LandscapePageIsOneMoreContinuationPage) {
  const std::string page = "//style:master-page[@style:name='Wide']";
  for (const std::string& header : {std::string(), area("header", " OL<text:s/>D"),
                                    area("header", "OLD") + area("footer", "FOOT")}) {
    odf::Document t = with_annex_under(header);
    EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty()) << header;
    EXPECT_THAT(master_names(t), ElementsAre("Standard", "Wide", "Letter_20_continued"));
    const pugi::xml_node wide = one(t.styles, page.c_str());
    EXPECT_EQ(text_of(wide.child("style:header")), "{{ letter.addressee.name }}");
    EXPECT_FALSE(wide.child("style:header-first"));
    EXPECT_STREQ(wide.attribute("style:next-style-name").value(), "Letter_20_continued");
    const std::string layout = wide.attribute("style:page-layout-name").value();
    EXPECT_NE(layout, "Letter");
    const pugi::xml_node of_layout =
        one(t.styles, ("//style:page-layout[@style:name='" + layout + "']").c_str());
    const pugi::xml_node paper = of_layout.child("style:page-layout-properties");
    EXPECT_STREQ(paper.attribute("fo:page-width").value(), "11in");
    EXPECT_STREQ(paper.attribute("fo:page-height").value(), "8.5in");
    EXPECT_STREQ(paper.attribute("style:print-orientation").value(), "landscape");
    EXPECT_STREQ(paper.attribute("fo:margin-left").value(), "0.6in") << "its table still fits";
    EXPECT_STREQ(of_layout.child("style:header-style")
                     .child("style:header-footer-properties")
                     .attribute("fo:margin-bottom")
                     .value(),
                 "0.3in");
  }
}

TEST(Letterhead, LandscapePageKeepsAHeaderOfItsOwn) {
  for (const std::string& header :
       {area("header", "OLD, Annex A"), area("header", "OLD") + area("footer", "Exhibit"),
        area("header", "OLD") + area("header-first", "Annex A")}) {
    odf::Document t = with_annex_under(header);
    EXPECT_THAT(ids(put_twice(t, firm_letterhead())), ElementsAre("EG-L007")) << header;
    EXPECT_THAT(text_at(t.styles, "//style:master-page[@style:name='Wide']/style:header"),
                HasSubstr("OLD"));
  }
}

TEST(Letterhead, SectionsOfWordUnderTheOldHeaderFollow) {
  Flat f = plain_template();
  f.automatic += layout("pm2") + paragraph_style("P1", "style:master-page-name='Converted1'") +
                 paragraph_style("P2", "style:master-page-name='Converted2'");
  f.masters += master("Converted1", "pm2", area("header", "OLD")) + master("Converted2", "pm2", {});
  f.body += p("P1", "second part") + p("P2", "a page without header, on purpose");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(ids(put_twice(t, firm_letterhead())), ElementsAre("EG-L007"));
  EXPECT_EQ(text_at(t.styles, "//style:master-page[@style:name='Converted1']/style:header"),
            "{{ letter.addressee.name }}");
  EXPECT_FALSE(
      one(t.styles, "//style:master-page[@style:name='Converted2']").child("style:header"));
}

TEST(Letterhead, LandscapePageOfTheLetterheadTakesNoWordsAway) {
  Flat l = firm_letterhead();
  l.automatic += layout("Turned", true);
  l.masters += master("Landscape", "Turned", area("header", "WIDE NEW"));
  const std::string number = "<text:page-number>1</text:page-number>";
  for (const std::string& header :
       {area("header", "Schedule B"), area("footer", "A-" + number), area("footer", number)}) {
    odf::Document t = with_annex_under(header);
    EXPECT_THAT(ids(put_twice(t, l)), ElementsAre("EG-L007")) << header;
    EXPECT_THAT(styles_of(t), HasSubstr(header.substr(header.find("<text:p"), 20)));
    EXPECT_STREQ(one(t.styles, "//style:master-page[@style:name='Wide']")
                     .attribute("style:page-layout-name")
                     .value(),
                 "wide");
  }
  // Nor does it push the table of a page without a header off the paper.
  odf::Document t = with_annex_under({});
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  const pugi::xml_node wide = one(t.styles, "//style:master-page[@style:name='Wide']");
  EXPECT_EQ(text_of(wide.child("style:header")), "WIDE NEW");
  EXPECT_STREQ(one(t.styles, (std::string("//style:page-layout[@style:name='") +
                              wide.attribute("style:page-layout-name").value() + "']")
                                 .c_str())
                   .child("style:page-layout-properties")
                   .attribute("fo:margin-left")
                   .value(),
               "0.6in");
}

TEST(Letterhead, WhatThePageDoesOtherwiseThanTheOldContinuationStays) {
  Flat f = plain_template();
  const std::string columns = "<style:columns fo:column-count='2'/>";
  const auto own = [](const std::string& name, const std::string& properties,
                      const std::string& more = {}) {
    return "<style:page-layout style:name='" + name + "'><style:page-layout-properties " +
           properties + ">" + more + "</style:page-layout-properties></style:page-layout>";
  };
  const std::string letter = "fo:page-width='8.5in' fo:page-height='11in' ";
  f.automatic += own("large", "fo:page-width='420mm' fo:page-height='297mm' fo:margin-left='1in' "
                              "style:print-orientation='landscape'") +
                 own("roman", letter + "fo:margin='1in' style:num-format='i'", columns);
  f.masters += master("Large", "large", area("header", "OLD")) +
               master("Roman", "roman", area("header", "OLD"));
  for (const std::string page : {"Large", "Roman"}) {
    f.automatic += paragraph_style("P" + page, "style:master-page-name='" + page + "'");
    f.body += p("P" + page, page);
  }
  odf::Document t = open("t.odt", f);
  Flat l = firm_letterhead();
  const std::size_t at = l.automatic.find("fo:margin-left='1in'");
  l.automatic.replace(at, 20, "fo:margin-left='1.3in'");
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  const auto properties = [&](const std::string& page) {
    const std::string layout =
        one(t.styles, ("//style:master-page[@style:name='" + page + "']").c_str())
            .attribute("style:page-layout-name")
            .value();
    return one(t.styles, ("//style:page-layout[@style:name='" + layout + "']").c_str())
        .child("style:page-layout-properties");
  };
  EXPECT_EQ(text_at(t.styles, "//style:master-page[@style:name='Large']/style:header"),
            "{{ letter.addressee.name }}");
  EXPECT_STREQ(properties("Large").attribute("fo:page-width").value(), "420mm");
  EXPECT_STREQ(properties("Large").attribute("fo:page-height").value(), "297mm");
  const pugi::xml_node roman = properties("Roman");
  EXPECT_STREQ(roman.attribute("style:num-format").value(), "i");
  EXPECT_STREQ(roman.child("style:columns").attribute("fo:column-count").value(), "2");
  EXPECT_STREQ(roman.attribute("fo:margin-left").value(), "1.3in") << "it was the old one's";
}

TEST(Letterhead, LetterheadOnItsSide) {
  Flat l = firm_letterhead();
  l.automatic = layout("Letter", true) + paragraph_style("MP1");
  l.masters = master("Standard", "Letter", area("header", "CONT")) +
              master("First_20_Page", "Letter", area("header", "FIRST", "MP1"), "Standard");
  odf::Document t = open("t.odt", with_annex());
  EXPECT_THAT(ids(put_twice(t, l)), ElementsAre("EG-L007"));
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Wide", "Letter_20_continued"));
  EXPECT_EQ(text_at(t.styles, "//style:header-first"), "FIRST");
}

TEST(Letterhead, LandscapePageOfTheLetterheadComesInWhereThereIsNone) {
  Flat l = firm_letterhead();
  l.automatic += layout("Turned", true);
  l.masters += master("Landscape", "Turned", area("header", "WIDE NEW"), "Standard");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Landscape"));
}

TEST(Letterhead, StyleThatOpensTheLetterAndStandsFurtherOnIsSplit) {
  Flat f = plain_template();
  f.automatic += paragraph_style("P1",
                                 "style:parent-style-name='Own' "
                                 "style:master-page-name='Standard'",
                                 "<style:text-properties fo:font-weight='bold'/>");
  f.body = p("P1", "first") + p("Own", "x") + p("P1", "new page");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  const auto page_of = [&](int n) {
    const std::string style = one(t.content, "//office:text/text:p[" + std::to_string(n) + "]")
                                  .attribute("text:style-name")
                                  .value();
    const pugi::xml_node node = one(t.content, "//style:style[@style:name='" + style + "']");
    EXPECT_TRUE(node.child("style:text-properties")) << "formatting is kept";
    return std::string(node.attribute("style:master-page-name").value());
  };
  EXPECT_EQ(page_of(1), "Standard");
  EXPECT_EQ(page_of(3), "Letter_20_continued");
}

TEST(Letterhead, NamedStyleThatOpensTheLetterIsSplitThroughAnAutomaticOne) {
  Flat f = plain_template();
  f.named += paragraph_style("Chapter", "style:master-page-name='Standard'");
  f.body = p("Chapter", "first") + p("Own", "x") + p("Chapter", "new page");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  EXPECT_STREQ(one(t.styles, "//style:style[@style:name='Chapter']")
                   .attribute("style:master-page-name")
                   .value(),
               "Letter_20_continued");
  const pugi::xml_node fresh = one(t.content, "//office:automatic-styles/style:style");
  EXPECT_STREQ(fresh.attribute("style:parent-style-name").value(), "Chapter");
  EXPECT_STREQ(fresh.attribute("style:master-page-name").value(), "Standard");
  EXPECT_STREQ(one(t.content, "//office:text/text:p[1]").attribute("text:style-name").value(),
               fresh.attribute("style:name").value());
}

TEST(Letterhead, BlockTagsBeforeTheFirstLineAreNotTheFirstLine) {
  Flat f = plain_template();
  f.automatic += paragraph_style("P1", "style:master-page-name='Standard'");
  f.body = p("Standard", "{% if x %}") + p("P1", "first") + p("P1", "second");
  odf::Document t = open("t.odt", f);
  put_twice(t, firm_letterhead());
  const auto style = [&](int n) {
    return std::string(one(t.content, "//office:text/text:p[" + std::to_string(n) + "]")
                           .attribute("text:style-name")
                           .value());
  };
  EXPECT_NE(style(2), style(3));
  EXPECT_STREQ(one(t.content, "//style:style[@style:name='" + style(2) + "']")
                   .attribute("style:master-page-name")
                   .value(),
               "Standard");
}

TEST(Letterhead, UnusedReferencesMakeNoSecondPage) {
  Flat f = plain_template();
  f.named += paragraph_style("Chapter", "style:master-page-name='Standard'");
  f.automatic += layout("pm2", true);
  f.masters += master("Wide", "pm2", "", "Standard");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Wide"));
}

TEST(Letterhead, PageThatNobodyHasIsAFinding) {
  Flat f = plain_template();
  f.automatic += paragraph_style("P1", "style:master-page-name='Nowhere'");
  f.body = p("Own", "one<text:note><text:note-body>" + p("Own", "note") +
                        "</text:note-body></text:note>") +
           p("P1", "two");
  odf::Document t = open("t.odt", f);
  const Findings findings = put_twice(t, firm_letterhead());
  ASSERT_THAT(ids(findings), ElementsAre("EG-L009"));
  EXPECT_EQ(findings[0].place.paragraph, 3) << "the note's paragraph counts";
  EXPECT_EQ(findings[0].place.excerpt, "two");
  EXPECT_THAT(content_of(t), Not(HasSubstr("Nowhere")));
}

TEST(Letterhead, LetterBehindACoverSheetOrAnEnvelopeIsForAPerson) {
  const std::string envelope =
      "<style:page-layout style:name='pm3'><style:page-layout-properties fo:page-width='9.5in' "
      "fo:page-height='4.125in' style:print-orientation='landscape'/></style:page-layout>";
  struct Case {
    std::string masters;
    std::string first;
    std::string then;
  };
  const std::string letter = master("Standard", "pm1", area("header", "OLD"));
  const std::string first = master("First_20_Page", "pm1", area("header", "FIRM"), "Standard");
  for (const Case& c :
       {Case{master("Cover", "pm1", area("header", "FAX")) + first + letter, "Cover",
             "First_20_Page"},
        Case{master("Envelope", "pm3", {}) + letter, "Envelope", "Standard"},
        Case{master("Envelope", "pm3", {}) + first + letter, "Envelope", "First_20_Page"}}) {
    Flat f = plain_template();
    f.masters = c.masters;
    f.automatic += envelope + paragraph_style("P1", "style:master-page-name='" + c.first + "'") +
                   paragraph_style("P2", "style:master-page-name='" + c.then + "'");
    f.body = p("P1", "To") + p("P2", "Dear");
    odf::Document t = open("t.odt", f);
    const Findings findings = put(t, firm_letterhead());
    ASSERT_THAT(ids(findings), Contains("EG-L012")) << c.first << c.then;
    EXPECT_EQ(findings[0].place.excerpt, "Dear");
    EXPECT_EQ(findings[0].severity, Severity::error);
  }
}

TEST(Letterhead, OtherPagesStay) {
  Flat f = plain_template();
  f.automatic += paragraph_style("P1", "style:master-page-name='Envelope'") +
                 paragraph_style("MP1", "", "<style:text-properties fo:color='#112233'/>") +
                 layout("Letter");
  f.masters += master("Envelope", "Letter", area("header", "KEEP", "MP1"), "Standard");
  f.body += p("P1", "to");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(ids(put_twice(t, firm_letterhead())), ElementsAre("EG-L007"));
  const pugi::xml_node envelope = one(t.styles, "//style:master-page[@style:name='Envelope']");
  EXPECT_EQ(text_of(envelope.child("style:header")), "KEEP");
  EXPECT_STREQ(envelope.attribute("style:page-layout-name").value(), "Letter");
  EXPECT_STREQ(envelope.child("style:header").child("text:p").attribute("text:style-name").value(),
               "MP1");
  // The letterhead's own styles of these names stand beside them.
  const pugi::xml_node main = one(t.styles, "//style:master-page[@style:name='Standard']");
  EXPECT_STREQ(main.attribute("style:page-layout-name").value(), "Letter_1");
  const std::string style =
      main.child("style:header-first").child("text:p").attribute("text:style-name").value();
  EXPECT_NE(style, "MP1");
  EXPECT_STREQ(one(t.styles, "//style:style[@style:name='" + style + "']")
                   .attribute("style:parent-style-name")
                   .value(),
               "Header");
}

TEST(Letterhead, CirclesOfPagesEnd) {
  Flat f = plain_template();
  f.masters =
      master("A", "pm1", "", "B") + master("B", "pm1", "", "C") + master("C", "pm1", "", "B");
  f.automatic += paragraph_style("P1", "style:master-page-name='A'") +
                 paragraph_style("P2", "style:master-page-name='C'");
  f.body = p("P1", "one") + p("P2", "two");
  odf::Document t = open("t.odt", f);
  Flat l = firm_letterhead();
  l.masters = master("Right", "Letter", area("header", "R"), "Left") +
              master("Left", "Letter", area("header", "L"), "Right");
  put_twice(t, l);
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Letter_20_continued"));
}

TEST(Letterhead, PagesOfEndNotesAreMorePagesOfTheLetter) {
  Flat f = plain_template();
  f.named += "<text:notes-configuration text:note-class='endnote' text:master-page-name='Endnote'/>"
             "<text:notes-configuration text:note-class='footnote' "
             "text:master-page-name='Standard'/>";
  f.automatic += layout("pm9");
  f.masters += master("Endnote", "pm9", "");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard", "Endnote"));
  const pugi::xml_node page = one(t.styles, "//style:master-page[@style:name='Endnote']");
  EXPECT_EQ(text_of(page.child("style:header")), "{{ letter.addressee.name }}");
  EXPECT_FALSE(page.child("style:header-first"));
  EXPECT_STREQ(page.attribute("style:page-layout-name").value(), "Letter");
  EXPECT_EQ(count(t.styles, "//style:page-layout"), 1U);
}

TEST(Letterhead, EndNotesWithoutAPageOfTheirOwnStandOnTheLettersPages) {
  Flat f = plain_template();
  f.named += "<text:notes-configuration text:note-class='endnote' style:num-format='1'/>";
  const char* page = "//text:notes-configuration[@text:note-class='endnote' and "
                     "@text:master-page-name='Standard' and @style:num-format='1']";
  odf::Document without = open("t.odt", f);
  EXPECT_THAT(put_twice(without, firm_letterhead()), IsEmpty());
  EXPECT_EQ(count(without.styles, page), 0U);
  f.body += "<text:p text:style-name='Standard'>x<text:note text:note-class='endnote'>"
            "<text:note-citation>1</text:note-citation><text:note-body><text:p "
            "text:style-name='Standard'>End</text:p></text:note-body></text:note></text:p>";
  odf::Document with = open("t.odt", f);
  EXPECT_THAT(put_twice(with, firm_letterhead()), IsEmpty());
  EXPECT_EQ(count(with.styles, page), 1U);
  EXPECT_EQ(count(with.styles, "//text:notes-configuration"), 1U);
}

/// fo:margin-bottom of the style that a header's paragraph has, as its own automatic style says.
std::string own_margin(const odf::Document& d, const std::string& area, int paragraph) {
  const std::string style =
      one(d.styles, "//style:" + area + "/text:p[" + std::to_string(paragraph) + "]")
          .attribute("text:style-name")
          .value();
  const pugi::xml_node node =
      d.styles
          .select_node(
              ("//office:automatic-styles/style:style[@style:name='" + style + "']").c_str())
          .node();
  return node.child("style:paragraph-properties").attribute("fo:margin-bottom").value();
}

TEST(Letterhead, TextBeginsAtOneHeightInWriterAndInWord) {
  Flat l = firm_letterhead();
  l.named += paragraph_style("Spaced", "style:parent-style-name='Standard'",
                             "<style:paragraph-properties fo:margin-bottom='6pt'/>");
  l.masters = master("Standard", "Letter",
                     "<style:header>" + p("Header", "a") + p("Spaced", "b") + "</style:header>" +
                         "<style:header-first>" + p("Spaced", "c") + p("MP1", "d") +
                         p("Header", "{% if x %}") + "</style:header-first>");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_EQ(own_margin(t, "header", 1), "");
  EXPECT_EQ(own_margin(t, "header", 2), "0in");
  EXPECT_EQ(own_margin(t, "header-first", 1), "");
  EXPECT_EQ(own_margin(t, "header-first", 2), "0.3in");
  EXPECT_EQ(own_margin(t, "header-first", 3), "") << "it is not printed";
}

TEST(Letterhead, MarginsThatAreRightStayAsTheyAre) {
  Flat l = firm_letterhead();
  l.named += paragraph_style("Last", "style:parent-style-name='Standard'",
                             "<style:paragraph-properties fo:margin-bottom='21.6pt'/>");
  l.masters = master("Standard", "Letter", area("header", "a") + area("header-first", "b", "Last"));
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_EQ(count(t.styles, "//office:automatic-styles/style:style"), 0U);
}

TEST(Letterhead, DynamicSpacingHasNoGapToEvenOut) {
  Flat l = firm_letterhead();
  l.automatic = layout("Letter", false,
                       "<style:header-footer-properties fo:min-height='0.1in' "
                       "fo:margin-bottom='0.3in' style:dynamic-spacing='true'/>") +
                paragraph_style("MP1", "style:parent-style-name='Header'");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_EQ(own_margin(t, "header-first", 1), "");
}

TEST(Letterhead, LeftAndRightPagesBecomeOnePageWithTwoHeaders) {
  Flat l = firm_letterhead();
  const auto one_side = [](const std::string& name) {
    std::string text = layout(name);
    return text.insert(text.find(" style:name"), " style:page-usage='" + name + "'");
  };
  l.automatic = one_side("left") + one_side("right");
  l.masters = master("First_20_Page", "right", area("header", "FIRST"), "Left") +
              master("Left", "left", area("header", "LEFT") + area("footer", "LFOOT"), "Right") +
              master("Right", "right", area("header", "RIGHT"), "Left");
  l.automatic += paragraph_style("P1", "style:master-page-name='First_20_Page'");
  l.body = p("P1", "");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(master_names(t), ElementsAre("Standard"));
  std::vector<std::string> areas;
  for (const pugi::xml_node& child : one(t.styles, "//style:master-page").children())
    areas.push_back(std::string(child.name()) + " " + text_of(child));
  EXPECT_THAT(areas, ElementsAre("style:header RIGHT", "style:header-left LEFT",
                                 "style:header-first FIRST", "style:footer ",
                                 "style:footer-left LFOOT", "style:footer-first "));
  EXPECT_EQ(count(t.styles, "//style:page-layout"), 1U);
  EXPECT_FALSE(one(t.styles, "//style:page-layout").attribute("style:page-usage"));
}

// ---- styles ------------------------------------------------------------------------------------

TEST(Letterhead, StylesOfTheSameNameAreReplacedWhereTheyStandMissingOnesComeIn) {
  Flat l = firm_letterhead();
  l.named += "<style:style style:name='Strong' style:family='text'/>"
             "<text:list-style style:name='Opinions'><text:list-level-style-number "
             "text:level='1' style:num-format='1' style:num-suffix='.'/></text:list-style>"
             "<style:default-style style:family='paragraph'><style:text-properties "
             "fo:font-size='12pt'/></style:default-style>" +
             paragraph_style("Own2", "style:parent-style-name='Base'") + paragraph_style("Base");
  Flat f = plain_template();
  f.named = "<style:default-style style:family='paragraph'/>" + f.named +
            "<text:list-style style:name='Opinions'/>" +
            paragraph_style("Uses", "style:list-style-name='Opinions'");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  std::vector<std::string> names;
  for (const auto& n : t.styles.select_nodes("//office:styles/*"))
    names.emplace_back(n.node().attribute("style:name").value());
  EXPECT_THAT(names, ElementsAre("", "Standard", "Header", "Own", "Opinions", "Uses", "Strong",
                                 "Own2", "Base"));
  EXPECT_STREQ(one(t.styles, "//style:style[@style:name='Standard']/style:text-properties")
                   .attribute("fo:font-size")
                   .value(),
               "12pt");
  EXPECT_STREQ(one(t.styles, "//style:default-style/style:text-properties")
                   .attribute("fo:font-size")
                   .value(),
               "12pt");
  EXPECT_EQ(count(t.styles, "//text:list-level-style-number"), 1U);
}

TEST(Letterhead, AStyleThatRepeatsANameDoesNotSurvive) {
  Flat f = plain_template();
  f.named += paragraph_style("Standard", "style:class='html'");
  odf::Document t = open("t.odt", f);
  put_twice(t, firm_letterhead());
  EXPECT_EQ(count(t.styles, "//style:style[@style:name='Standard']"), 1U);
}

TEST(Letterhead, StylesThatAPersonCallsTheSameAreTheSame) {
  Flat l = firm_letterhead();
  l.named += paragraph_style("Opinion_20_1", "style:display-name='Opinion 1'") +
             paragraph_style("Body", "style:display-name='Letter Body'") +
             "<text:list-style style:name='Opinions'/>";
  Flat f = plain_template();
  f.named += paragraph_style("Op1", "style:display-name='Opinion 1' style:class='old' "
                                    "style:list-style-name='L'") +
             paragraph_style("Sub", "style:parent-style-name='Op1'") + paragraph_style("Body") +
             paragraph_style("Text", "style:display-name='Letter Body'") +
             "<text:list-style style:name='L' style:display-name='Opinions'/>";
  f.automatic += paragraph_style("P1", "style:parent-style-name='Op1'");
  f.body = p("Op1", "x") + p("P1", "y") + p("Text", "z") +
           "<text:list text:style-name='L'><text:list-item>" + p("Sub", "1") +
           "</text:list-item></text:list>";
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put(t, l), IsEmpty());
  EXPECT_TRUE(t.content_changed);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_THAT(styles_of(t) + content_of(t), Not(HasSubstr("Op1")));
  EXPECT_THAT(styles_of(t), Not(HasSubstr("style:class=\"old\"")));
  EXPECT_EQ(count(t.styles, "//style:style[@style:display-name='Letter Body']"), 1U);
  EXPECT_EQ(count(t.styles, "//style:style[@style:display-name='Opinion 1']"), 1U);
  EXPECT_STREQ(one(t.content, "//text:p[.='z']").attribute("text:style-name").value(), "Body");
  EXPECT_STREQ(one(t.content, "//text:list").attribute("text:style-name").value(), "Opinions");
  EXPECT_STREQ(one(t.styles, "//style:style[@style:name='Sub']")
                   .attribute("style:parent-style-name")
                   .value(),
               "Opinion_20_1");
}

TEST(Letterhead, SameNameInAnotherFamilyIsAnotherStyle) {
  Flat l = firm_letterhead();
  l.named += "<style:style style:name='Own' style:family='text'/>";
  odf::Document t = open("t.odt", plain_template());
  put_twice(t, l);
  EXPECT_EQ(count(t.styles, "//style:style[@style:name='Own']"), 2U);
}

TEST(Letterhead, FontsComeAlong) {
  Flat l = firm_letterhead();
  l.fonts = "<style:font-face style:name='Serif' svg:font-family='Garamond'/>"
            "<style:font-face style:name='Unused' svg:font-family='Comic'/>"
            "<style:font-face style:name='Sans' svg:font-family=\"'Gill Sans'\" "
            "style:font-pitch='variable'/>";
  l.named += paragraph_style("B", "", "<style:text-properties style:font-name='Sans'/>");
  Flat f = plain_template();
  f.fonts += "<style:font-face style:name='Sans' svg:font-family='Gill Sans'/>";
  f.named += paragraph_style("Mine", "", "<style:text-properties style:font-name='Serif'/>");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  const auto family = [&](const std::string& style) {
    const std::string font =
        one(t.styles, "//style:style[@style:name='" + style + "']/style:text-properties")
            .attribute("style:font-name")
            .value();
    return std::string(one(t.styles, "//style:font-face[@style:name='" + font + "']")
                           .attribute("svg:font-family")
                           .value());
  };
  // The name says nothing: each style keeps the family that it was written with.
  EXPECT_EQ(family("Standard"), "Garamond");
  EXPECT_EQ(family("Mine"), "'Liberation Serif'");
  EXPECT_EQ(family("B"), "'Gill Sans'");
  EXPECT_EQ(count(t.styles, "//style:font-face"), 3U);
}

TEST(Letterhead, ResourcesComeOnlyWhereReferredToAndUnderAFreeName) {
  Flat l = firm_letterhead();
  const std::string date =
      "<number:date-style style:name='N10'><number:year/>"
      "<style:map style:condition='value()&gt;0' style:apply-style-name='N11'/>"
      "</number:date-style><number:date-style style:name='N11'>"
      "<number:month/></number:date-style>";
  l.named += date + "<number:date-style style:name='N12'><number:day/></number:date-style>"
                    "<draw:gradient draw:name='G' draw:style='linear'/>"
                    "<style:style style:name='Box' style:family='graphic'>"
                    "<style:graphic-properties draw:fill='gradient' draw:fill-gradient-name='G'/>"
                    "</style:style>";
  l.masters =
      master("Standard", "Letter", area("header", "x<text:date style:data-style-name='N10'/>"));
  Flat f = plain_template();
  f.named += "<number:number-style style:name='N11'><number:number/></number:number-style>";
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  EXPECT_EQ(count(t.styles, "//*[@style:name='N12']"), 0U);
  EXPECT_EQ(count(t.styles, "//draw:gradient[@draw:name='G']"), 1U);
  EXPECT_EQ(count(t.styles, "//number:number-style[@style:name='N11']"), 1U);
  EXPECT_STREQ(one(t.styles, "//number:date-style[@style:name='N10']/style:map")
                   .attribute("style:apply-style-name")
                   .value(),
               "N11_1");
  EXPECT_EQ(count(t.styles, "//number:date-style[@style:name='N11_1']/number:month"), 1U);
}

TEST(Letterhead, UnknownStylesAreFindingsWithTheirPlace) {
  Flat f = plain_template();
  f.named += paragraph_style("Orphan", "style:parent-style-name='Gone'");
  f.automatic +=
      paragraph_style("P7", "style:parent-style-name='Lost' style:list-style-name='Dots'");
  f.body =
      "<text:h text:style-name='Own'>Opinion</text:h>" + p("Own", "fine") +
      p("P7", "one two three") + p("P7", "again") + p("Orphan", "four") +
      "<text:p text:style-name='Own'>five <text:span text:style-name='Emphasis'>six</text:span>"
      "</text:p><text:list text:style-name='Bullets'><text:list-item>" +
      p("Own", "seven") + "</text:list-item></text:list>";
  odf::Document t = open("old.odt", f);
  const Findings findings = put_twice(t, firm_letterhead());
  std::vector<std::string> seen;
  for (const Finding& finding : findings) {
    EXPECT_EQ(code_id(finding.code), "EG-L004");
    EXPECT_EQ(finding.place.file, "old.odt");
    EXPECT_EQ(finding.place.part, "content.xml");
    EXPECT_EQ(finding.place.heading, "Opinion");
    EXPECT_THAT(finding.message, HasSubstr("the letterhead firm has"));
    const std::size_t begin = finding.message.find("The ") + 4;
    seen.push_back(std::to_string(finding.place.paragraph) + " " +
                   finding.message.substr(begin, finding.message.find(" is used") - begin) + ": " +
                   finding.place.excerpt);
  }
  EXPECT_THAT(
      seen, ElementsAre("3 list style “Dots”: one two three",
                        "3 paragraph style “Lost”: one two three", "5 paragraph style “Gone”: four",
                        "6 character style “Emphasis”: six", "7 list style “Bullets”: seven"));
}

TEST(Letterhead, UnknownStyleInTheLetterheadItself) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", area("header", "HEAD", "Nope"));
  odf::Document t = open("t.odt", plain_template());
  const Findings findings = put_twice(t, l);
  ASSERT_THAT(ids(findings), ElementsAre("EG-L004"));
  EXPECT_EQ(findings[0].place.file, "firm.ott");
  EXPECT_EQ(findings[0].place.part, "styles.xml");
  EXPECT_EQ(findings[0].place.excerpt, "HEAD");
}

TEST(Letterhead, StyleThatIsItsOwnAncestorIsAFindingAndEnds) {
  Flat f = plain_template();
  f.named += paragraph_style("A", "style:parent-style-name='B'") +
             paragraph_style("B", "style:parent-style-name='A'") +
             paragraph_style("C", "style:parent-style-name='A'");
  f.body = p("A", "x") + p("C", "y");
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(ids(put_twice(t, firm_letterhead())), ElementsAre("EG-L006"));
}

// ---- pictures ----------------------------------------------------------------------------------

const std::string k_png_a = "iVBORw0KGgpBQUFB"; // base64 of a PNG's first bytes and "AAAA"
const std::string k_png_b = "iVBORw0KGgpCQkJC";

std::string frame(const std::string& image) {
  return "<text:p text:style-name='Header'><draw:frame text:anchor-type='as-char' "
         "svg:width='1in' svg:height='1in'>" +
         image + "</draw:frame></text:p>";
}
std::string picture(const std::string& base64) {
  return frame("<draw:image><office:binary-data>" + base64 + "</office:binary-data></draw:image>");
}

TEST(Letterhead, PicturesComeAlong) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", "<style:header>" + picture(k_png_a) + "</style:header>");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(put_twice(t, l), IsEmpty());
  ASSERT_EQ(t.added.size(), 1U);
  const auto& [path, part] = *t.added.begin();
  EXPECT_EQ(part.media_type, "image/png");
  EXPECT_THAT(part.bytes, HasSubstr("AAAA"));
  EXPECT_EQ(one(t.styles, "//draw:image").attribute("xlink:href").value(), path);
}

TEST(Letterhead, PictureOfTheSameNameButOtherBytesGetsAnotherName) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", "<style:header>" + picture(k_png_a) + "</style:header>");
  const odf::Document letterhead = open("firm.ott", l);
  const std::string path =
      letterhead.styles.select_node("//draw:image").node().attribute("xlink:href").value();
  odf::Document t = open("t.odt", plain_template());
  t.added[path] = {"another picture", "image/png"};
  EXPECT_THAT(apply(t, letterhead), IsEmpty());
  const std::string there = one(t.styles, "//draw:image").attribute("xlink:href").value();
  EXPECT_NE(there, path);
  EXPECT_THAT(there, HasSubstr("_1.png"));
  EXPECT_THAT(t.added.at(there).bytes, HasSubstr("AAAA"));
  EXPECT_EQ(t.added.at(path).bytes, "another picture");
  const std::string before = styles_of(t);
  apply(t, letterhead);
  EXPECT_EQ(styles_of(t), before);
}

TEST(Letterhead, SamePictureInTheTargetIsNotAddedAgain) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", "<style:header>" + picture(k_png_a) + "</style:header>");
  Flat f = plain_template();
  f.body += picture(k_png_a) + picture(k_png_b);
  odf::Document t = open("t.odt", f);
  put_twice(t, l);
  EXPECT_THAT(t.added, IsEmpty());
}

TEST(Letterhead, PictureThatIsNotThereIsAFinding) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", "<style:header>" + picture(k_png_a) + "</style:header>");
  odf::Document letterhead = open("firm.ott", l);
  one(letterhead.styles, "//draw:image").attribute("xlink:href").set_value("./Pictures/none.png");
  odf::Document t = open("t.odt", plain_template());
  const Findings findings = apply(t, letterhead);
  ASSERT_THAT(ids(findings), ElementsAre("EG-L008"));
  EXPECT_THAT(findings[0].message, HasSubstr("Pictures/none.png"));
  EXPECT_THAT(t.added, IsEmpty());
}

TEST(Letterhead, PictureOfTheOldLetterheadStaysBehind) {
  Flat f = plain_template();
  f.masters = master("Standard", "pm1",
                     "<style:header>" + picture(k_png_a) + picture(k_png_b) + "</style:header>");
  f.body += picture(k_png_b);
  odf::Document t = open("t.odt", f);
  const std::string old =
      t.styles.select_nodes("//draw:image")[0].node().attribute("xlink:href").value();
  const std::string shown = one(t.content, "//draw:image").attribute("xlink:href").value();
  put_twice(t, firm_letterhead());
  EXPECT_THAT(t.dropped, ElementsAre(old));
  const odf::Document written = open("out.odt", odf::write(t, 315532800));
  EXPECT_FALSE(written.package.contains(old));
  EXPECT_TRUE(written.package.contains(shown));
  // Back again: the picture is wanted.
  Flat l = f;
  l.body = p("Standard", "");
  put(t, l);
  const odf::Document back = open("out.odt", odf::write(t, 315532800));
  EXPECT_TRUE(
      back.package.contains(one(t.styles, "(//draw:image)[1]").attribute("xlink:href").value()));
}

// ---- the letterhead itself ---------------------------------------------------------------------

TEST(Letterhead, WithoutAPageStyleNothingIsDone) {
  Flat l = firm_letterhead();
  l.masters.clear();
  odf::Document t = open("t.odt", plain_template());
  const std::string before = styles_of(t);
  const bool changed = t.styles_changed;
  const Findings findings = put(t, l);
  EXPECT_THAT(ids(findings), ElementsAre("EG-L001"));
  EXPECT_TRUE(has_errors(findings));
  EXPECT_EQ(styles_of(t), before);
  EXPECT_EQ(t.styles_changed, changed);
}

TEST(Letterhead, WithoutAHeader) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", "<style:header style:display='false'/>");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(ids(put_twice(t, l)), ElementsAre("EG-L002"));
}

TEST(Letterhead, TwoPagesThatCouldBeTheLetters) {
  Flat l = firm_letterhead();
  l.masters = master("Standard", "Letter", area("header", "A")) +
              master("Other", "Letter", area("header", "B"));
  odf::Document t = open("t.odt", plain_template());
  const Findings findings = put_twice(t, l);
  ASSERT_THAT(ids(findings), ElementsAre("EG-L003"));
  EXPECT_THAT(findings[0].message, HasSubstr("Standard, Other"));
}

TEST(Letterhead, FixedHeightOfAHeader) {
  Flat l = firm_letterhead();
  l.automatic = layout("Letter", false, "<style:header-footer-properties svg:height='1in'/>") +
                paragraph_style("MP1", "style:parent-style-name='Header'");
  odf::Document t = open("t.odt", plain_template());
  const Findings findings = put_twice(t, l);
  ASSERT_THAT(ids(findings), ElementsAre("EG-L005"));
  EXPECT_THAT(findings[0].message, HasSubstr("1in"));
}

TEST(Letterhead, ChainWhosePagesDifferInSize) {
  Flat l = firm_letterhead();
  l.automatic += layout("Wide");
  const std::string::size_type at = l.automatic.rfind("fo:margin-left='1in'");
  l.automatic.replace(at, 20, "fo:margin-left='2in'");
  l.masters = master("Standard", "Letter", area("header", "A")) +
              master("First_20_Page", "Wide", area("header", "B"), "Standard");
  odf::Document t = open("t.odt", plain_template());
  EXPECT_THAT(ids(put_twice(t, l)), ElementsAre("EG-L010"));
}

// ---- XML ---------------------------------------------------------------------------------------

TEST(Letterhead, PrefixesThatTheTargetLacksAreDeclared) {
  Flat l = firm_letterhead();
  l.namespaces =
      "xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'"
      " xmlns:mine='urn:a'";
  l.named += paragraph_style("X", "", "<style:text-properties loext:opacity='0%' mine:x='1'/>");
  Flat f = plain_template();
  f.namespaces = "xmlns:mine='urn:b'";
  odf::Document t = open("t.odt", f);
  put_twice(t, l);
  EXPECT_STREQ(t.styles.document_element().attribute("xmlns:loext").value(),
               "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0");
  EXPECT_THAT(styles_of(t), HasSubstr("loext:opacity"));
  // A prefix of another meaning would turn it into something else.
  EXPECT_THAT(styles_of(t), Not(HasSubstr("mine:x")));
}

TEST(Letterhead, OlderTargetSaysThatItsStylesAreNew) {
  Flat f = plain_template();
  f.version = "1.2";
  odf::Document t = open("t.odt", f);
  put_twice(t, firm_letterhead());
  EXPECT_STREQ(t.styles.document_element().attribute("office:version").value(), "1.3");
  EXPECT_EQ(t.version(), "1.2") << "the text is not what became newer";
}

TEST(Letterhead, TargetWithoutAnyStyles) {
  Flat f;
  f.fonts = f.named = f.automatic = f.masters = "";
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put_twice(t, firm_letterhead()), IsEmpty());
  std::vector<std::string> order;
  for (const pugi::xml_node& child : t.styles.document_element().children())
    order.emplace_back(child.name());
  EXPECT_THAT(order, ElementsAre("office:font-face-decls", "office:styles",
                                 "office:automatic-styles", "office:master-styles"));
}

TEST(Letterhead, ManyStylesTakeLinearWork) {
  // Long chains of parents and many paragraphs: quadratic work would not come to an end here.
  Flat f = plain_template();
  std::string styles;
  std::string body;
  for (int i = 0; i < 8000; ++i) {
    const std::string n = std::to_string(i);
    styles += paragraph_style("S" + n, "style:parent-style-name='S" + std::to_string(i + 1) + "'");
    body += p("S" + n, "{% if x %}");
  }
  f.named += styles + paragraph_style("S8000");
  f.body = body;
  odf::Document t = open("t.odt", f);
  EXPECT_THAT(put(t, firm_letterhead()), IsEmpty());
}

} // namespace
} // namespace engross::letterhead
