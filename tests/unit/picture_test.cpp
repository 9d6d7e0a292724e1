// SPDX-License-Identifier: MPL-2.0
// A picture named with a tag gives way to a picture of the deal, within its frame.
#include "letter/assembly.hpp"
#include "odf/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace engross::letter {
namespace {

namespace fs = std::filesystem;

/// The first and the last chunk of a PNG, which tell its size, 200 by 100, and that it is whole.
const std::string k_png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xC8\0\0\0\x64\x08\x02\0\0\0\0\0\0\0\0"
                        "\0\0\0IEND\xAE\x42\x60\x82",
                        45);

class DealPicture : public testing::Test {
 protected:
  void SetUp() override {
    m_folder = fs::path(testing::TempDir()) /
               ("engross-picture-" + std::to_string(std::random_device()()));
    fs::create_directories(m_folder / "deal");
    write("deal/logo.png", k_png);
    write("outside.png", k_png);
    write("deal/text.png", "no picture");
    write("deal/cut.png", k_png.substr(0, 33));
    write("deal/broken.svg", R"(<svg xmlns="http://www.w3.org/2000/svg"><g></svg>)");
    write("deal/wide.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"/>)");
    write("deal/tall.svg",
          R"(<svg xmlns="http://www.w3.org/2000/svg" width="1in" height="144pt"/>)");
    fs::create_directories(m_folder / "deal/folder.png");
    write("deal/evil.svg",
          R"(<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/y.png"/></svg>)");
  }
  void TearDown() override { fs::remove_all(m_folder); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(m_folder / name, std::ios::binary) << bytes;
  }

  /// content.xml of the letter with that body and deal.
  std::string letter(const std::string& body, const std::string& deal_json) {
    write("t.fodt", R"(<?xml version="1.0" encoding="UTF-8"?><office:document)"
                    R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
                    R"( xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0")"
                    R"( xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0")"
                    R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0")"
                    R"( xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3")"
                    R"( office:mimetype="application/vnd.oasis.opendocument.text">)" +
                        master + "<office:body><office:text>" + body +
                        "</office:text></office:body></office:document>");
    write("deal/deal.json", deal_json);
    Sources sources;
    sources.template_file = m_folder / "t.fodt";
    const Result<Assembly> assembly = Assembly::compile(sources);
    findings = assembly.findings;
    if (!assembly) return {};
    const Result<deal::Deal> deal = assembly->read_deal({m_folder / "deal/deal.json"});
    Request request;
    request.mode = mode;
    Letter made = assembly->render(*deal, request);
    append(findings, made.findings);
    if (!made.ok()) return {};
    Result<odf::Document> document = odf::Document::open("letter.odt", made.odt);
    EXPECT_TRUE(document);
    parts.clear();
    for (const std::string& path : document->package.paths())
      if (path.starts_with("Pictures/")) parts.push_back(document->package.read(path));
    std::ostringstream out;
    document->content.save(out, "", pugi::format_raw);
    return out.str();
  }

  std::string k_frame =
      R"(<text:p><draw:frame draw:name="{{ logo }}" svg:width="2in" svg:height="2in"><draw:image><office:binary-data>R0lGODlh</office:binary-data></draw:image></draw:frame></text:p>)";
  std::string master; ///< the template's office:master-styles
  fs::path m_folder;
  Findings findings;
  Mode mode = Mode::strict;
  std::vector<std::string> parts;
};

TEST_F(DealPicture, FitsIntoTheFrame) {
  const std::string out = letter(k_frame, R"({"logo":"logo.png"})");
  EXPECT_THAT(out, testing::HasSubstr(R"(svg:width="2.0000in" svg:height="1.0000in")"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("{{")));
  EXPECT_THAT(parts, testing::ElementsAre(k_png)) << "the template's own picture stays behind";
}

TEST_F(DealPicture, MayBeADataUri) {
  const std::string out = letter(
      k_frame,
      R"({"logo":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAMgAAABkCAIAAAAAAAAAAAAAAElFTkSuQmCC"})");
  EXPECT_THAT(out, testing::HasSubstr(R"(svg:height="1.0000in")"));
}

TEST_F(DealPicture, HasANameOfItsOwnInEachPass) {
  const std::string out =
      letter("<text:p>{% for logo in logos %}</text:p>" + k_frame + "<text:p>{% endfor %}</text:p>",
             R"({"logos":["logo.png","logo.png"]})");
  pugi::xml_document dom;
  ASSERT_TRUE(dom.load_string(out.c_str()));
  const auto frames = dom.select_nodes("//*[name()='draw:frame']/@draw:name");
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_STRNE(frames[0].attribute().value(), frames[1].attribute().value());
}

/// An earlier pass named one; Writer tells frames apart in the whole document, headers too.
TEST_F(DealPicture, HasANameThatNoOtherPartHas) {
  const auto named = [&](const std::string& name) {
    std::string out = k_frame;
    out.replace(out.find("{{ logo }}"), 10, name);
    return out;
  };
  const std::string header =
      "<office:master-styles xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'>"
      "<style:master-page style:name='Standard'><style:header>" +
      named("Picture 4") + "</style:header></style:master-page></office:master-styles>";
  master = header;
  EXPECT_THAT(letter(k_frame + named("Picture 2"), R"({"logo":"logo.png"})"),
              testing::HasSubstr(R"(draw:name="Picture 5")"));
}

TEST_F(DealPicture, IsRefusedWithItsReason) {
  for (const char* value :
       {"../outside.png", "/etc/passwd", "nosuch.png", "text.png", "https://example.org/logo.png",
        "data:image/png,x", "data:image/png;base64,!!!", "", "cut.png", "broken.svg",
        "folder.png"}) {
    EXPECT_EQ(letter(k_frame, "{\"logo\":\"" + std::string(value) + "\"}"), "");
    ASSERT_EQ(findings.size(), 1U) << value;
    EXPECT_EQ(code_id(findings[0].code), "EG-T119") << value;
  }
  EXPECT_EQ(letter(k_frame, R"({"logo":"evil.svg"})"), "");
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(code_id(findings[0].code), "EG-P020");
}

TEST_F(DealPicture, KeepsTheRatioOfAnSvg) {
  EXPECT_THAT(letter(k_frame, R"({"logo":"wide.svg"})"),
              testing::HasSubstr(R"(svg:width="2.0000in" svg:height="0.5000in")"));
  EXPECT_THAT(letter(k_frame, R"({"logo":"tall.svg"})"),
              testing::HasSubstr(R"(svg:width="1.0000in" svg:height="2.0000in")"));
}

TEST_F(DealPicture, LeavesAFrameWithoutAHeightAsItIs) {
  const std::string frame =
      R"(<text:p><draw:frame draw:name="{{ logo }}" svg:height="2in"><draw:image><office:binary-data>R0lGODlh</office:binary-data></draw:image></draw:frame></text:p>)";
  EXPECT_THAT(letter(frame, R"({"logo":"logo.png"})"), testing::HasSubstr(R"(svg:height="2in")"));
}

TEST_F(DealPicture, ThatIsMissingIsNamedInADraft) {
  mode = Mode::draft;
  const std::string out = letter(k_frame, "{}");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(code_id(findings[0].code), "EG-T014");
  EXPECT_EQ(findings[0].severity, Severity::warning);
  EXPECT_THAT(out, testing::HasSubstr(".svg\""));
  EXPECT_THAT(parts, testing::Contains(testing::HasSubstr(">[logo]</text>")));
  EXPECT_EQ(letter(k_frame, R"({"logo":"nosuch.png"})"), "");
}

TEST_F(DealPicture, IsMissing) {
  EXPECT_EQ(letter(k_frame, "{}"), "");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(code_id(findings[0].code), "EG-T014");
}

} // namespace
} // namespace engross::letter
