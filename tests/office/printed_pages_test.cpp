// SPDX-License-Identifier: MPL-2.0
#include "office/printed_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace engross::office::test {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LaidPage laid(std::vector<std::string> header, std::vector<std::string> footer = {}) {
  LaidPage out;
  out.header = std::move(header);
  out.footer = std::move(footer);
  out.first_line = "The Agreement binds its parties.";
  out.body_top = 120;
  out.footer_top = 700;
  return out;
}

Layout keep(LaidPage page, const PrintedPage& printed) {
  Layout out{{std::move(page)}};
  keep_printed(out, {printed});
  return out;
}

TEST(KeepPrinted, WhatStandsInTheHeaderOfThePdf) {
  // Small capitals, letter-spacing and a tab are pieces of their own.
  const PrintedPage printed{
      {{"H", 60}, {"ARBOR ", 60}, {"T R U S T", 60}, {"Page ", 72}, {"2", 72}}};
  const Layout layout = keep(laid({"Harbor Trust", "Page\t2"}), printed);
  EXPECT_THAT(layout.pages[0].header, ElementsAre("Harbor Trust", "Page\t2"));
}

TEST(KeepPrinted, LinesThatAreCutOffAreNotThere) {
  // The body says the name too, but that is not the header.
  const PrintedPage printed{
      {{"we wrote to Harbor Trust", 130}, {"Marlow & Pike LLP", 300}, {"Page 2", 60}}};
  const Layout layout = keep(laid({"Harbor Trust", "Page 2"}, {"Marlow & Pike LLP"}), printed);
  EXPECT_THAT(layout.pages[0].header, ElementsAre("Page 2"));
  EXPECT_THAT(layout.pages[0].footer, IsEmpty());
}

TEST(KeepPrinted, PicturesThatAreNotDrawn) {
  LaidPage page = laid({"Page 2"});
  page.header_pictures = {{50, 50}};
  EXPECT_TRUE(keep(page, {{{"Page 2", 60}}, {40}}).pages[0].shows_pictures);
  EXPECT_FALSE(keep(page, {{{"Page 2", 60}}, {400}}).pages[0].shows_pictures);
}

TEST(KeepPrinted, BoxesMayFloatBesideTheText) {
  LaidPage page = laid({});
  page.header_boxes = {"Harriet Pike", "Samuel Okonjo"};
  const Layout layout = keep(page, {{{"Harriet Pike", 400}}});
  EXPECT_THAT(layout.pages[0].header_boxes, ElementsAre("Harriet Pike"));
}

TEST(KeepPrinted, ScriptsThatAPdfTellsByTheirLook) {
  const std::vector<std::string> lines = {"בנק הפועלים", "株式会社三菱UFJ銀行",
                                          "Société Générale – Paris", "–"};
  const Layout layout = keep(
      laid(lines), {{{"Soci", 50}, {"t", 50}, {"\u00e9 G", 50}, {"nrale", 50}, {"Paris", 50}}});
  EXPECT_THAT(layout.pages[0].header, testing::ElementsAreArray(lines));
}

TEST(KeepPrinted, PagesThatAreNotPrintedAreSkipped) {
  Layout layout{{laid({"Page 1"}), {}, laid({"Page 3"})}};
  keep_printed(layout, {{{{"Page 1", 60}}}, {{{"Page 2", 60}}}});
  EXPECT_THAT(layout.pages[0].header, ElementsAre("Page 1"));
  EXPECT_THAT(layout.pages[2].header, IsEmpty());
}

} // namespace

} // namespace engross::office::test
