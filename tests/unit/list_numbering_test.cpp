// SPDX-License-Identifier: MPL-2.0
#include "odf/list_numbering.hpp"

#include <gtest/gtest.h>

#include <string>

namespace engross::odf {
namespace {

std::string level(int number, const std::string& attributes) {
  return "<text:list-level-style-number text:level=\"" + std::to_string(number) + "\" " +
         attributes + "/>";
}

std::string number(int level_, const std::string& format, const std::string& prefix,
                   const std::string& suffix, const std::string& more = {}) {
  return level(level_, "style:num-format=\"" + format + "\" style:num-prefix=\"" + prefix +
                           "\" style:num-suffix=\"" + suffix + "\" " + more);
}

std::string bullet(int number) {
  return "<text:list-level-style-bullet text:level=\"" + std::to_string(number) +
         "\" text:bullet-char=\"•\"/>";
}

const char* const k_shown_2 = "text:display-levels=\"2\"";
const char* const k_shown_3 = "text:display-levels=\"3\"";

std::string keeps(const std::string& label) { return "loext:num-list-format=\"" + label + "\""; }

/// All numbers of a body, each as a reference to it alone reads, "-" where there is none. `style`:
/// levels of the list style L; `other`: of M.
std::string numbers(const std::string& style, const std::string& body,
                    const std::string& other = {}) {
  pugi::xml_document dom;
  EXPECT_TRUE(dom.load_string(("<doc><styles><text:list-style style:name=\"L\">" + style +
                               "</text:list-style><text:list-style style:name=\"M\">" + other +
                               "</text:list-style></styles><body>" + body + "</body></doc>")
                                  .c_str()));
  ListStyles styles;
  styles.read(dom.child("doc").child("styles"));
  std::string out;
  number_lists(dom.child("doc").child("body"), styles,
               [&](pugi::xml_node paragraph, const std::vector<LevelNumber>& levels) {
                 const LevelNumber& own = levels.back();
                 EXPECT_EQ(own.paragraph, paragraph);
                 out += (out.empty() ? "" : " ") + own.text;
                 if (!own.unknown_format.empty()) out += "?";
               });
  return out;
}

std::string item(const std::string& inside = {}, const std::string& attributes = {}) {
  return "<text:list-item " + attributes + "><text:p/>" + inside + "</text:list-item>";
}
std::string list(const std::string& items, const std::string& attributes = {}) {
  return "<text:list " + attributes + ">" + items + "</text:list>";
}
std::string top(const std::string& items) { return list(items, "text:style-name=\"L\""); }

/// 1, 2 with 2.1 and 2.2 with 2.2.1, 2.2.2; then the third level with nothing above it.
const std::string& tree() {
  static const std::string k_tree =
      top(item() + item(list(item() + item(list(item() + item()))))) +
      top("<text:list-item>" + list("<text:list-item>" + list(item()) + "</text:list-item>") +
          "</text:list-item>");
  return k_tree;
}

// What is expected here LibreOffice 7.4 and 25.2 wrote, in ODT and in their DOCX of it.

TEST(ListNumbering, LevelsThatTheStyleLacksAreCountedByWriter) {
  EXPECT_EQ(numbers(number(1, "1", "", ".") + number(2, "A", "(", ")"), tree()),
            "1 2 (A) (B) 1 2 1");
  EXPECT_EQ(numbers(number(2, "A", "(", ")"), tree()), "1 2 (A) (B) 1 2 1");
  EXPECT_EQ(numbers(number(1, "I", "", ".") + number(3, "i", "(", ")"), tree()),
            "I II 1 2 (i) (ii) (i)");
  EXPECT_EQ(numbers({}, tree()), "1 2 1 2 1 2 1");
  EXPECT_EQ(numbers(number(1, "1", "", ".") + number(3, "1", "", ".", k_shown_3), tree()),
            "1 2 1 2 2.2.1 2.2.2 1.1.1");
}

TEST(ListNumbering, ListsWithoutAStyleHaveNoNumbers) {
  EXPECT_EQ(numbers(number(1, "1", "", "."), list(item(list(item())))), "");
  EXPECT_EQ(numbers(number(1, "1", "", "."), list(item(), "text:style-name=\"Nowhere\"")), "");
}

TEST(ListNumbering, ALevelWithoutAFormatHasDigits) {
  EXPECT_EQ(numbers(level(1, "style:num-prefix=\"[\" style:num-suffix=\"]\""), tree()),
            "[1] [2] 1 2 1 2 1");
}

TEST(ListNumbering, LevelsWithoutNumbersAmongThoseShown) {
  const std::string first = number(1, "1", "", ".");
  const std::string third = number(3, "1", "", ".", k_shown_3);
  EXPECT_EQ(numbers(first + bullet(2) + third, tree()), "1 2 2..1 2..2 1..1");
  EXPECT_EQ(numbers(first + number(2, "", "(", ")") + third, tree()), "1 2 2.1 2.2 1.1");
  EXPECT_EQ(numbers(bullet(1) + number(2, "1", "", ".", k_shown_2), tree()), ".1 .2 1 2 1");
  EXPECT_EQ(numbers(number(1, "", "", "") + number(2, "1", "", ".", k_shown_2), tree()),
            "1 2 1 2 1");
}

TEST(ListNumbering, LabelsAsLibreOfficeKeepsThem) {
  EXPECT_EQ(numbers(number(1, "1", "", ".", keeps("%1%.")) +
                        number(2, "A", "", ")", keeps("%1%(%2%)") + " " + k_shown_2) +
                        number(3, "i", "", "", keeps("%1%(%2%)(%3%).")),
                    tree()),
            "1 2 2(A) 2(B) 2(B)(i) 2(B)(ii) 1(A)(i)");
  EXPECT_EQ(numbers(number(1, "1", "", ".", keeps("Article %1%.")) +
                        number(2, "1", "", ".", keeps("Section %1%.%2%.")) +
                        number(3, "1", "", "", keeps("%3% of %1%")),
                    tree()),
            "Article 1 Article 2 Section 2.1 Section 2.2 1 of 2 2 of 2 1 of 1");
  EXPECT_EQ(numbers(number(1, "", "", "", keeps("[%1%]")) +
                        number(2, "A", "", "", keeps("%1%.%2%.")) +
                        number(3, "i", "Q", "W", keeps("")),
                    tree()),
            "A B");
}

TEST(ListNumbering, NoughtIsANumber) {
  const std::string start = "text:start-value=\"0\"";
  EXPECT_EQ(numbers(number(1, "I", "", ".", start) + number(2, "A", "(", ")", start),
                    top(item(list(item() + item())) + item())),
            "0 (0) (A) I");
  EXPECT_EQ(numbers(number(1, "1", "", ".") + number(2, "1", "", ".", k_shown_2),
                    top(item(list(item()), start) + item())),
            "0 0.1 1");
}

TEST(ListNumbering, AnItemThatBeginsWithAListStartsNothing) {
  EXPECT_EQ(numbers(number(1, "1", "", ".") + number(2, "A", "(", ")"),
                    top(item() + "<text:list-item text:start-value=\"29\">" + list(item()) +
                        "</text:list-item>" + item())),
            "1 (A) 2");
}

TEST(ListNumbering, StartsOutOfRange) {
  const auto items = [](const std::string& start) {
    return top(item() + item() + item({}, "text:start-value=\"" + start + "\"") + item());
  };
  const std::string digits = number(1, "1", "", ".");
  EXPECT_EQ(numbers(digits, items("32767")), "1 2 32767 32768");
  EXPECT_EQ(numbers(digits, items("32768")), "1 2 3 4");
  EXPECT_EQ(numbers(digits, items("-1")), "1 2 3 4");
  EXPECT_EQ(numbers(number(1, "1", "", ".", "text:start-value=\"-2\""), top(item() + item())),
            "1 2");
  EXPECT_EQ(numbers(number(1, "1", "", ".", "text:start-value=\"70000\""), top(item() + item())),
            "32767 32768");
  EXPECT_EQ(numbers(number(1, "I", "(", ")"), top(item({}, "text:start-value=\"5000\""))),
            "(MMMMM)");
}

TEST(ListNumbering, ListsAndItemsOfAnotherStyle) {
  const std::string digits = number(1, "1", "", ".") + number(2, "A", "(", ")");
  const std::string other = number(1, "I", "", ".") + number(2, "1", "(", ")");
  EXPECT_EQ(
      numbers(digits, top(item(list(item() + item(), "text:style-name=\"M\"")) + item()), other),
      "1 (1) (2) 2");
  EXPECT_EQ(numbers(digits, top(item() + item(list(item()), "text:style-override=\"M\"") + item()),
                    other),
            "1 II (A) 3");
}

TEST(ListNumbering, SuperiorNumbersReadAsTheyStandThere) {
  pugi::xml_document dom;
  const std::string text =
      "<doc><styles><text:list-style style:name=\"L\">" + number(1, "1", "", ".") +
      "</text:list-style><text:list-style style:name=\"M\">" + number(1, "I", "", ".") +
      number(2, "1", "(", ")") + "</text:list-style></styles><body>" +
      top(item(list(item(), "text:style-name=\"M\""))) + "</body></doc>";
  ASSERT_TRUE(dom.load_string(text.c_str()));
  ListStyles styles;
  styles.read(dom.child("doc").child("styles"));
  std::string last;
  number_lists(dom.child("doc").child("body"), styles,
               [&](pugi::xml_node, const std::vector<LevelNumber>& levels) {
                 last.clear();
                 for (const LevelNumber& one : levels) last += one.text;
               });
  EXPECT_EQ(last, "1(1)");
}

TEST(ListNumbering, AListGoesOnWithTheOneRightBefore) {
  const std::string digits = number(1, "1", "", ".");
  const std::string on = list(item(), "text:style-name=\"L\" text:continue-numbering=\"true\"");
  const std::string roman = list(item(), "text:style-name=\"M\"");
  EXPECT_EQ(numbers(digits, top(item()) + "<text:p/>" + on + on, number(1, "i", "", ".")), "1 2 3");
  EXPECT_EQ(numbers(digits, top(item()) + roman + on, number(1, "i", "", ".")), "1 i 1");
}

TEST(ListNumbering, WhatGoesOnWithAListIsThatList) {
  const auto named = [](const std::string& attributes) {
    return list(item(), "text:style-name=\"L\" " + attributes);
  };
  EXPECT_EQ(numbers(number(1, "1", "", "."), named("xml:id=\"a\"") +
                                                 named("text:continue-list=\"a\"") +
                                                 named("text:continue-numbering=\"true\"") +
                                                 named("xml:id=\"b\" text:continue-list=\"a\"") +
                                                 named("") + named("text:continue-list=\"b\"")),
            "1 2 3 4 1 5");
}

TEST(ListNumbering, ASecondListThatBeginsWithAHeaderGoesOn) {
  const std::string levels = number(1, "1", "", ".") + number(2, "A", "(", ")");
  const std::string header = "<text:list-header><text:p/></text:list-header>";
  EXPECT_EQ(numbers(levels, top(item(list(item() + item()) + list(item())))), "1 (A) (B) (A)");
  EXPECT_EQ(numbers(levels, top(item(list(item() + item()) + list(header + item())))),
            "1 (A) (B) (C)");
  EXPECT_EQ(numbers(levels, top(item(list(item()) + "<text:p/>" + list(header + item())))),
            "1 (A) (A)");
}

TEST(ListNumbering, ConsecutiveNumbersAreLeftToLibreOffice) {
  pugi::xml_document dom;
  ASSERT_TRUE(dom.load_string(
      ("<doc><text:list-style style:name=\"L\" text:consecutive-numbering=\"true\">" +
       number(1, "1", "", ".") + "</text:list-style><body>" + top(item()) + "</body></doc>")
          .c_str()));
  ListStyles styles;
  styles.read(dom.child("doc"));
  std::string kind;
  number_lists(dom.child("doc").child("body"), styles,
               [&](pugi::xml_node, const std::vector<LevelNumber>& levels) {
                 kind = levels.back().unknown_format;
               });
  EXPECT_EQ(kind, "consecutive numbering");
}

TEST(ListNumbering, FormatsThatOnlyLibreOfficeKnowsAreMarked) {
  EXPECT_EQ(numbers(number(1, "First", "", ".") + number(2, "1", "", ".", k_shown_2), tree()),
            "1? 2? 2.1? 2.2? 1 2 1");
}

} // namespace
} // namespace engross::odf
