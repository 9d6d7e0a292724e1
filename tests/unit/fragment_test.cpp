// SPDX-License-Identifier: MPL-2.0
// {% include "fragment.odt" %}: what a fragment brings along, and what cannot be included.
#include "letter/assembly.hpp"
#include "odf/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <system_error>

namespace engross::letter {
namespace {

namespace fs = std::filesystem;

std::string flat(const std::string& body, const std::string& automatic = {},
                 const std::string& masters = {}) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><office:document)"
         R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
         R"( xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0")"
         R"( xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0")"
         R"( xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0")"
         R"( xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")"
         R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
         R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")"
         R"( xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3")"
         R"( office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>)"
         R"(<style:style style:name="Standard" style:family="paragraph"/>)"
         R"(<style:style style:name="Graphics" style:family="graphic"/></office:styles>)"
         "<office:automatic-styles>" +
         automatic + R"(<style:page-layout style:name="pm1"/></office:automatic-styles>)" +
         "<office:master-styles>" + masters + "</office:master-styles><office:body><office:text>" +
         body + "</office:text></office:body></office:document>";
}

const std::string k_include = R"(<text:p>{% include "a.fodt" %}</text:p>)";

class Include : public testing::Test {
 protected:
  void SetUp() override {
    m_folder = fs::path(testing::TempDir()) /
               ("engross-include-" + std::to_string(std::random_device()()));
    fs::create_directories(m_folder / "templates/sub");
  }
  void TearDown() override { fs::remove_all(m_folder); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(m_folder / name, std::ios::binary) << bytes;
  }
  void fragment(const std::string& name, const std::string& body,
                const std::string& automatic = {}) const {
    write("templates/" + name, flat(body, automatic));
  }

  /// The letter's content.xml; its findings are those of the compilation where there is none.
  std::string letter(const std::string& body, const std::string& automatic = {},
                     const std::string& masters = {}) {
    write("templates/t.fodt", flat(body, automatic, masters));
    return assemble();
  }

  std::string assemble() {
    write("deal.json", R"({"name":"Acme","list":["x","y"]})");
    Sources sources;
    sources.template_file = m_folder / "templates/t.fodt";
    const Result<Assembly> assembly = Assembly::compile(sources);
    findings = assembly.findings;
    if (has_errors(assembly.findings)) return {};
    const Result<deal::Deal> deal = assembly->read_deal({m_folder / "deal.json"});
    Letter made = assembly->render(*deal);
    append(findings, made.findings);
    if (!made.ok()) return {};
    Result<odf::Document> document = odf::Document::open("letter.odt", made.odt);
    EXPECT_TRUE(document);
    parts = document->package.paths();
    std::ostringstream out;
    document->content.save(out, "", pugi::format_raw);
    return out.str();
  }

  /// The one code of a template that cannot be used.
  std::string code(const std::string& body) {
    EXPECT_EQ(letter(body), "");
    return findings.empty() ? "none" : std::string(code_id(findings.front().code));
  }

  fs::path m_folder;
  Findings findings;
  std::vector<std::string> parts;
};

TEST_F(Include, SeesTheWholeScope) {
  fragment("a.fodt",
           "<text:p>{% if name %}{{ name }} {{ x }} {{ loop.index }}{% endif %}</text:p>");
  const std::string out =
      letter("<text:p>{% for x in list %}</text:p>" + k_include + "<text:p>{% endfor %}</text:p>");
  EXPECT_THAT(out, testing::HasSubstr("<text:p>Acme x 1</text:p><text:p>Acme y 2</text:p>"));
}

TEST_F(Include, NothingThatWriterCannotHaveThere) {
  const auto note = [](const std::string& body, const std::string& kind = "footnote") {
    return "<text:p>t<text:note text:id=\"n\" text:note-class=\"" + kind +
           "\"><text:note-citation>1</text:note-citation><text:note-body>" + body +
           "</text:note-body></text:note></text:p>";
  };
  const auto box = [](const std::string& body) {
    return R"(<text:p><draw:frame svg:width="1in"><draw:text-box>)" + body +
           "</draw:text-box></draw:frame></text:p>";
  };
  const auto table = [](const std::string& body) {
    return R"(<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell>)" +
           body + "</table:table-cell></table:table-row></table:table>";
  };
  const auto item = [](const std::string& body) {
    return "<text:list><text:list-item>" + body + "</text:list-item></text:list>";
  };
  const std::string words = "<text:p>f</text:p>";
  fragment("a.fodt", note(words));
  EXPECT_EQ(code(note(k_include)), "EG-T131");
  EXPECT_THAT(findings.front().message,
              testing::Eq("“a.fodt” cannot be included in a footnote: it holds a footnote."));
  EXPECT_EQ(code(note(k_include, "endnote")), "EG-T131");
  EXPECT_EQ(code(box(k_include)), "EG-T131");
  EXPECT_EQ(code(box(table(k_include))), "EG-T131");
  EXPECT_NE(letter(table(k_include)), "");
  EXPECT_NE(letter(item(k_include)), "");

  fragment("a.fodt", table(words));
  EXPECT_EQ(code(note(k_include)), "EG-T131");
  EXPECT_EQ(code(item(k_include)), "EG-T131");
  EXPECT_NE(letter(box(k_include)), "");
  EXPECT_NE(letter(table(k_include)), "");

  fragment("a.fodt", R"(<text:section text:name="s">)" + words + "</text:section>");
  EXPECT_EQ(code(item(k_include)), "EG-T131");
  EXPECT_NE(letter(note(k_include)), "");

  // What a fragment includes itself stands in the same place.
  fragment("a.fodt", R"(<text:p>{% include "b.fodt" %}</text:p>)");
  fragment("b.fodt", note(words));
  EXPECT_EQ(code(note(k_include)), "EG-T131");
  fragment("b.fodt", box(words) + item(words));
  EXPECT_NE(letter(note(k_include)), "");
}

TEST_F(Include, RenamesAutomaticStyles) {
  const std::string style =
      R"(<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard" style:master-page-name="Other"><style:paragraph-properties fo:text-align=")";
  fragment("a.fodt", R"(<text:p text:style-name="P1">f</text:p>)",
           style +
               R"(center"/></style:style><style:style style:name="P2" style:family="paragraph"/>)");
  const std::string out = letter(R"(<text:p text:style-name="P1">t</text:p>)" + k_include,
                                 style + R"(end"/></style:style>)");
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:p text:style-name="P1">t</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:p text:style-name="EI1_P1">f</text:p>)"));
  EXPECT_THAT(
      out,
      testing::HasSubstr(
          R"(<style:style style:name="EI1_P1" style:family="paragraph" )"
          R"(style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/>)"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("P2")));
}

TEST_F(Include, BringsListsNotesTablesAndPictures) {
  fragment(
      "a.fodt",
      R"(<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Clause"/></text:sequence-decls>)"
      R"(<text:list xml:id="l1" text:style-name="L1"><text:list-item><text:p>i<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>n {{ name }}</text:p></text:note-body></text:note></text:p></text:list-item></text:list>)"
      R"(<text:p><text:note-ref text:ref-name="ftn1" text:note-class="footnote">1</text:note-ref></text:p>)"
      R"(<text:p><draw:frame draw:name="F" draw:style-name="fr1" text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image></draw:frame></text:p>)"
      R"(<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table><text:p/>)",
      R"(<text:list-style style:name="L1"/><style:style style:name="fr1" style:family="graphic" style:parent-style-name="Graphics"/>)");
  const std::string out = letter(k_include + "<text:p>between</text:p>" + k_include);
  for (const char* part :
       {R"(text:style-name="EI1_L1")", R"(<text:list-style style:name="EI1_L1"/>)",
        R"(text:style-name="EI2_L1")", R"(text:id="ftn1")", R"(text:id="ftn1_2")",
        R"(text:ref-name="ftn1_2")", R"(draw:name="F_2")", R"(draw:style-name="EI2_fr1")",
        R"(table:name="T_2")", R"(xml:id="l1_2")", "n Acme", R"(text:name="Clause")"})
    EXPECT_THAT(out, testing::HasSubstr(part));
  EXPECT_EQ(out.find(R"(text:name="Clause")"), out.rfind(R"(text:name="Clause")"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("</table:table><text:p/>")));
  EXPECT_THAT(parts, testing::Contains(testing::StartsWith("Pictures/EI1_")));
  for (std::size_t at = 0; (at = out.find("xlink:href=\"", at)) != std::string::npos;) {
    at += 12;
    EXPECT_THAT(parts, testing::Contains(out.substr(at, out.find('"', at) - at)));
  }
}

TEST_F(Include, LiesBesideTheTemplateTheFragmentOrInTheFirm) {
  write("firm.json", R"({"name":"x"})");
  fragment("a.fodt", R"(<text:p>a</text:p><text:p>{% include "sub/b.fodt" %}</text:p>)");
  fragment("sub/b.fodt", R"(<text:p>b</text:p><text:p>{% include "c.fodt" %}</text:p>)");
  fragment("sub/c.fodt", R"(<text:p>c</text:p><text:p>{% include "d.fodt" %}</text:p>)");
  fragment("d.fodt", "<text:p>d {{ name }}</text:p>");
  EXPECT_THAT(letter(k_include), testing::HasSubstr("<text:p>a</text:p><text:p>b</text:p>"
                                                    "<text:p>c</text:p><text:p>d Acme</text:p>"));
}

TEST_F(Include, BeginsThePageThatItsTagBegan) {
  fragment("a.fodt", "<text:list><text:list-item><text:p>f</text:p></text:list-item></text:list>");
  const std::string out = letter(
      R"(<text:p>t</text:p><text:p text:style-name="P1">{% include "a.fodt" %}</text:p><text:p>z</text:p>)",
      R"(<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>)");
  EXPECT_THAT(out, testing::HasSubstr(R"(<text:p text:style-name="EB1">f</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr("<text:p>z</text:p>"));
}

TEST_F(Include, ALoopInItBeginsOnePage) {
  fragment(
      "a.fodt",
      R"(<text:p text:style-name="P1">{% for x in list %}</text:p><text:p text:style-name="P2">{{ x }}</text:p><text:p>{% endfor %}</text:p>)",
      R"(<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style><style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>)");
  const std::string out = letter("<text:p>{{ name }}</text:p>" + k_include);
  EXPECT_THAT(
      out,
      testing::HasSubstr(
          R"(<text:p>Acme</text:p><text:p text:style-name="EI1_EB1">x</text:p><text:p text:style-name="EI1_P2">y</text:p>)"));
  EXPECT_THAT(out, testing::HasSubstr(R"(<style:style style:name="EI1_P2")"));
  EXPECT_THAT(out, testing::HasSubstr(R"(fo:text-align="end" fo:break-before="page")"));
}

TEST_F(Include, StaysInItsListItemAndCell) {
  fragment("a.fodt", "<text:p>f</text:p>");
  const std::string out = letter(
      "<text:list><text:list-item>" + k_include + "</text:list-item></text:list>" +
      R"(<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell>)" +
      k_include + "</table:table-cell></table:table-row></table:table>");
  EXPECT_THAT(out, testing::HasSubstr("<text:list-item><text:p>f</text:p></text:list-item>"));
  EXPECT_THAT(out, testing::HasSubstr("<table:table-cell><text:p>f</text:p></table:table-cell>"));
}

TEST_F(Include, FaultsStandInTheFragment) {
  fragment("a.fodt", "<text:p>x</text:p><text:p>{{ nosuch }}</text:p><text:p>{% if %}</text:p>");
  EXPECT_EQ(code(k_include), "EG-T004");
  EXPECT_THAT(findings.front().place.file, testing::EndsWith("a.fodt"));
  EXPECT_EQ(findings.front().place.paragraph, 3);
}

TEST_F(Include, RefusesWhatLiesOutside) {
  write("outside.fodt", flat("<text:p>secret</text:p>"));
  for (const char* name : {"../outside.fodt", "/etc/passwd", "sub/../../outside.fodt", "C:x.fodt",
                           "..\\\\outside.fodt"})
    EXPECT_EQ(code("<text:p>{% include \"" + std::string(name) + "\" %}</text:p>"), "EG-T121")
        << name;
  std::error_code error;
  fs::create_symlink(m_folder / "outside.fodt", m_folder / "templates/link.fodt", error);
  if (!error) {
    EXPECT_EQ(code(R"(<text:p>{% include "link.fodt" %}</text:p>)"), "EG-T121");
  }
}

TEST_F(Include, RefusesWhatIsNotThere) {
  fragment("closing.fodt", "<text:p/>");
  EXPECT_EQ(code(R"(<text:p>{% include "closng.fodt" %}</text:p>)"), "EG-T122");
  EXPECT_THAT(findings.front().hint, testing::HasSubstr("Did you mean “closing.fodt”?"));
  EXPECT_EQ(code(R"(<text:p>{% include name %}</text:p>)"), "EG-T120");
  write("templates/notes.txt", "no document");
  EXPECT_EQ(code(R"(<text:p>{% include "notes.txt" %}</text:p>)"), "EG-P001");
}

TEST_F(Include, RefusesCircles) {
  fragment("a.fodt", R"(<text:p>{% include "b.fodt" %}</text:p>)");
  fragment("b.fodt", R"(<text:p>{% include "a.fodt" %}</text:p>)");
  EXPECT_EQ(code(k_include), "EG-T123");
  EXPECT_THAT(findings.front().message, testing::HasSubstr("a.fodt → b.fodt → a.fodt"));
  EXPECT_EQ(code(R"(<text:p>{% include "t.fodt" %}</text:p>)"), "EG-T123");
}

TEST_F(Include, HasLimits) {
  for (int i = 0; i < 20; ++i)
    fragment("n" + std::to_string(i) + ".fodt",
             "<text:p>{% include \"n" + std::to_string(i + 1) + ".fodt\" %}</text:p>");
  EXPECT_EQ(code(R"(<text:p>{% include "n0.fodt" %}</text:p>)"), "EG-T124");
  // Each twice the next: 2^10 copies if nobody counted.
  for (int i = 0; i < 10; ++i) {
    const std::string next =
        "<text:p>{% include \"m" + std::to_string(i + 1) + ".fodt\" %}</text:p>";
    fragment("m" + std::to_string(i) + ".fodt", next + next);
  }
  fragment("m10.fodt", "<text:p>x</text:p>");
  EXPECT_EQ(code(R"(<text:p>{% include "m0.fodt" %}</text:p>)"), "EG-T124");
}

TEST_F(Include, AsksForTheStylesOfTheTemplate) {
  fragment("a.fodt", R"(<text:p text:style-name="Salutation">x</text:p>)");
  EXPECT_EQ(code(k_include), "EG-T125");
  EXPECT_THAT(findings.front().message, testing::HasSubstr("Salutation"));
}

TEST_F(Include, StandsAloneInTheTextOfTheLetter) {
  fragment("a.fodt", "<text:p>x</text:p>");
  EXPECT_EQ(code(R"(<text:p>Here: {% include "a.fodt" %}</text:p>)"), "EG-T102");
  letter("<text:p/>", {},
         R"(<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>)" +
             k_include + "</style:header></style:master-page>");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(code_id(findings.front().code), "EG-T114");
}

} // namespace
} // namespace engross::letter
