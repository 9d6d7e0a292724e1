// SPDX-License-Identifier: MPL-2.0
// Names that a document may hold once, where a loop repeats what carries them.
#include "render_support.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <string>

namespace engross::templating {
namespace {

constexpr const char* k_two = R"({"ds":[{"es":[1,2]},{"es":[3,4]}]})";

std::string looped(const std::string& body) {
  return "<text:p>{% for d in ds %}</text:p>" + body + "<text:p>{% endfor %}</text:p>";
}

std::string body_of(const std::string& body, const char* data = k_two) {
  const Rendered out = render(body, data);
  EXPECT_TRUE(out.findings.empty()) << to_text(out.findings.front());
  return out.body;
}

TEST(RepeatedNames, CarryTheNumberOfThePass) {
  EXPECT_EQ(body_of(looped(R"(<text:p xml:id="i"><text:bookmark text:name="b"/>x</text:p>)")),
            R"(<text:p xml:id="i"><text:bookmark text:name="b"/>x</text:p>)"
            R"(<text:p xml:id="i_2"><text:bookmark text:name="b_2"/>x</text:p>)");
}

TEST(RepeatedNames, AreFollowedByTheReferencesOfThePass) {
  const std::string out = body_of(looped(
      R"(<text:p><text:bookmark-start text:name="b"/>x<text:bookmark-end text:name="b"/>)"
      R"(<text:note text:id="ftn1"><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>)"
      R"(<text:p><text:bookmark-ref text:ref-name="b">x</text:bookmark-ref>)"
      R"(<text:note-ref text:ref-name="ftn1">1</text:note-ref><text:a xlink:href="#b">y</text:a>)"
      R"(<text:a xlink:href="#T|table">z</text:a></text:p>)"
      R"(<table:table table:name="T"><table:table-row/></table:table>)"));
  for (const char* part :
       {R"(<text:bookmark-start text:name="b_2"/>)", R"(<text:bookmark-end text:name="b_2"/>)",
        R"(text:ref-name="b_2")", R"(text:note text:id="ftn1_2")", R"(text:ref-name="ftn1_2")",
        R"(xlink:href="#b_2")", R"(xlink:href="#T_2|table")", R"(table:name="T_2")"})
    EXPECT_THAT(out, testing::HasSubstr(part));
}

TEST(RepeatedNames, CountEveryLoopAround) {
  const std::string out = body_of(looped(
      R"(<text:p text:id="o">{% for e in d.es %}<text:bookmark text:name="b"/>)"
      R"(<text:bookmark-ref text:ref-name="b">?</text:bookmark-ref>{{ e }}{% endfor %}</text:p>)"));
  std::set<std::string> names;
  pugi::xml_document dom;
  ASSERT_TRUE(dom.load_string(("<b>" + out + "</b>").c_str()));
  for (const auto& found : dom.select_nodes("//*[name()='text:bookmark']"))
    names.insert(found.node().attribute("text:name").value());
  EXPECT_THAT(names, testing::ElementsAre("b", "b_1_2", "b_2_1", "b_2_2"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:bookmark text:name="b_2_1"/>)"
                                      R"(<text:bookmark-ref text:ref-name="b_2_1">)"));
}

TEST(RepeatedNames, ReferToTheFirstPassFromOutside) {
  const std::string out = body_of(
      looped(
          R"(<text:p><text:bookmark text:name="b"/>{{ d.es[0] }}<text:bookmark-ref text:ref-name="c"/></text:p>)") +
      R"(<text:p><text:bookmark text:name="c"/><text:bookmark-ref text:ref-name="b">1</text:bookmark-ref></text:p>)");
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:bookmark-ref text:ref-name="b">)"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("c_")));
}

TEST(RepeatedNames, MeetNoNameOfTheTemplate) {
  const std::string out = body_of(looped(R"(<text:p><draw:frame draw:name="F"/></text:p>)") +
                                  R"(<text:p><draw:frame draw:name="F_2"/></text:p>)");
  pugi::xml_document dom;
  ASSERT_TRUE(dom.load_string(("<b>" + out + "</b>").c_str()));
  std::map<std::string, int> names;
  for (const auto& found : dom.select_nodes("//*[name()='draw:frame']"))
    ++names[found.node().attribute("draw:name").value()];
  EXPECT_EQ(names.size(), 3U) << out;
}

TEST(RepeatedNames, AreLeftAloneInTheElseOfALoop) {
  EXPECT_EQ(body_of("<text:p>{% for x in none_ %}{{ x }}{% else %}<text:bookmark "
                    "text:name=\"b\"/>-{% endfor %}</text:p>",
                    R"({"none_":[]})"),
            R"(<text:p><text:bookmark text:name="b"/>-</text:p>)");
}

} // namespace
} // namespace engross::templating
