// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Limits limits(void (*change)(Limits&)) {
  Limits out;
  change(out);
  return out;
}

TEST(odf_package, opens_what_the_builder_makes) {
  const auto package = Package::open("a.odt", OdtBuilder::text("<text:p>One</text:p>").bytes());
  ASSERT_TRUE(package) << to_text(package.findings.front());
  EXPECT_EQ(package->name(), "a.odt");
  EXPECT_EQ(package->mimetype(), "application/vnd.oasis.opendocument.text");
  EXPECT_THAT(package->paths(), ElementsAre("content.xml", "styles.xml"));
  EXPECT_EQ(package->read("content.xml"), OdtBuilder::content("<text:p>One</text:p>"));
  EXPECT_EQ(package->media_type("content.xml"), "text/xml");
  EXPECT_TRUE(package->contains("styles.xml"));
  EXPECT_FALSE(package->contains("meta.xml"));
  EXPECT_THROW(package->read("meta.xml"), Error);
  EXPECT_THROW(package->raw("meta.xml"), Error);
}

TEST(odf_package, opens_a_template) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.mimetype("application/vnd.oasis.opendocument.text-template");
  const auto package = Package::open("a.ott", builder.bytes());
  ASSERT_TRUE(package);
  EXPECT_EQ(package->mimetype(), "application/vnd.oasis.opendocument.text-template");
}

TEST(odf_package, a_line_end_behind_the_mimetype_is_forgiven) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.mimetype("application/vnd.oasis.opendocument.text\n");
  EXPECT_TRUE(Package::open("a.odt", builder.bytes()));
}

TEST(odf_package, needs_no_manifest) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.without_manifest();
  const auto package = Package::open("a.odt", builder.bytes());
  ASSERT_TRUE(package);
  EXPECT_EQ(package->media_type("content.xml"), "");
}

TEST(odf_package, knows_the_folders_of_embedded_objects) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("Object 1/content.xml", OdtBuilder::content(""))
      .manifest(R"(<manifest:file-entry manifest:full-path="Object 1/" manifest:version="1.3" )"
                R"(manifest:media-type="application/vnd.oasis.opendocument.chart"/>)")
      .manifest(R"(<manifest:file-entry manifest:full-path="Pictures/" manifest:media-type=""/>)");
  const auto package = Package::open("a.odt", builder.bytes());
  ASSERT_TRUE(package);
  ASSERT_EQ(package->folders().size(), 1U);
  EXPECT_EQ(package->folders()[0].path, "Object 1/");
  EXPECT_EQ(package->folders()[0].media_type, "application/vnd.oasis.opendocument.chart");
  EXPECT_EQ(package->folders()[0].version, "1.3");
}

TEST(odf_package, raw_gives_what_lies_in_the_file) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("Pictures/a.png", "no picture at all", "image/png");
  const auto package = Package::open("a.odt", builder.bytes());
  ASSERT_TRUE(package);
  const Package::Raw raw = package->raw("Pictures/a.png");
  EXPECT_EQ(raw.bytes, "no picture at all");
  EXPECT_EQ(raw.method, 0);
  EXPECT_EQ(raw.size, raw.bytes.size());
}

// What is no ODF text is named for what it is.

struct Other {
  const char* name;
  std::string bytes;
  Code code;
  const char* says;
};

class OtherFile : public ::testing::TestWithParam<Other> {};

std::string office_open(const char* part) {
  return OdtBuilder()
      .without_mimetype()
      .without_manifest()
      .part("[Content_Types].xml", "<Types/>")
      .part(part, "<a/>")
      .bytes();
}

std::string of_type(const char* mimetype) {
  OdtBuilder builder = OdtBuilder::text("");
  return builder.mimetype(mimetype).bytes();
}

TEST_P(OtherFile, is_named) {
  const auto package = Package::open("a.odt", GetParam().bytes);
  ASSERT_FALSE(package);
  ASSERT_EQ(package.findings.size(), 1U);
  EXPECT_EQ(package.findings[0].code, GetParam().code) << package.findings[0].message;
  EXPECT_THAT(package.findings[0].message, HasSubstr(GetParam().says));
  EXPECT_EQ(package.findings[0].place.file, "a.odt");
}

INSTANTIATE_TEST_SUITE_P(
    odf_package, OtherFile,
    ::testing::Values(
        Other{"empty", "", Code::not_odf, "an empty file"},
        Other{"pdf", "%PDF-1.7 …", Code::not_odf, "a PDF file"},
        Other{"rtf", "{\\rtf1 a}", Code::not_odf, "an RTF file"},
        Other{"doc", "\xD0\xCF\x11\xE0 …", Code::not_odf, "Microsoft Office"},
        Other{"json", "{\"deal\": 1}", Code::not_odf, "a data file"},
        Other{"text", "Dear Sirs", Code::not_odf, "an unknown kind"},
        Other{"html", "<!DOCTYPE html><html/>", Code::not_odf, "a web page"},
        Other{"xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", Code::not_odf,
              "a web page"},
        Other{"docx", office_open("word/document.xml"), Code::not_odf, "a Word document (DOCX)"},
        Other{"xlsx", office_open("xl/workbook.xml"), Code::not_odf, "an Excel workbook (XLSX)"},
        Other{"pptx", office_open("ppt/presentation.xml"), Code::not_odf, "PowerPoint"},
        Other{"zip", OdtBuilder().without_mimetype().without_manifest().part("a.txt", "a").bytes(),
              Code::not_odf, "a zip archive"},
        Other{"ods", of_type("application/vnd.oasis.opendocument.spreadsheet"),
              Code::other_odf_kind, "a spreadsheet (ODS)"},
        Other{"ots", of_type("application/vnd.oasis.opendocument.spreadsheet-template"),
              Code::other_odf_kind, "a spreadsheet (ODS)"},
        Other{"odm", of_type("application/vnd.oasis.opendocument.text-master"),
              Code::other_odf_kind, "a master document (ODM)"},
        Other{"sxw", of_type("application/vnd.sun.xml.writer"), Code::other_odf_kind,
              "OpenOffice.org 1"},
        Other{"epub", of_type("application/epub+zip"), Code::not_odf, "application/epub+zip"},
        Other{"endless_type", of_type(std::string(5000, 'a').c_str()), Code::not_odf,
              "a package of type"}),
    [](const auto& test) { return test.param.name; });

// Hostile and broken packages.

struct Evil {
  const char* name;
  std::string bytes;
  Code code;
  const char* says;
};

class EvilPackage : public ::testing::TestWithParam<Evil> {};

TEST_P(EvilPackage, is_refused) {
  const auto package = Package::open("a.odt", GetParam().bytes);
  ASSERT_FALSE(package);
  ASSERT_EQ(package.findings.size(), 1U);
  EXPECT_EQ(package.findings[0].code, GetParam().code) << package.findings[0].message;
  EXPECT_THAT(package.findings[0].message, HasSubstr(GetParam().says));
}

std::string named(std::string path) {
  return OdtBuilder::text("").part(std::move(path), "x").bytes();
}

std::string entry(OdtBuilder::Evil how, std::string bytes = "x") {
  return OdtBuilder::text("").evil("Pictures/a.png", std::move(bytes), std::move(how)).bytes();
}

std::string encrypted_manifest() {
  return OdtBuilder::text("")
      .manifest(R"(<manifest:file-entry manifest:full-path="settings.xml" )"
                R"(manifest:media-type="text/xml"><manifest:encryption-data/>)"
                R"(</manifest:file-entry>)")
      .bytes();
}

std::string without(const char* path) {
  OdtBuilder builder;
  if (path != std::string_view("mimetype")) return builder.part("styles.xml", "<a/>").bytes();
  return OdtBuilder::text("").without_mimetype().bytes();
}

std::string shortened(std::size_t by) {
  std::string bytes = OdtBuilder::text("").bytes();
  bytes.resize(bytes.size() - by);
  return bytes;
}

/// The second entry lies inside the data of the first: bombs are made so.
std::string quoted() {
  const std::string inner = OdtBuilder::local_entry("x", "12345");
  return OdtBuilder::text("")
      .part("Pictures/a.png", inner)
      .evil("x", "12345", {.offset_change = -static_cast<std::int64_t>(inner.size())})
      .bytes();
}

// "x", deflated.
const std::string k_deflated_x("\xAB\x00\x00", 3);

INSTANTIATE_TEST_SUITE_P(
    odf_package, EvilPackage,
    ::testing::Values(
        Evil{"absolute", named("/etc/passwd"), Code::part_path, "leads out"},
        Evil{"parent", named("Pictures/../../x"), Code::part_path, "leads out"},
        Evil{"only_parent", named(".."), Code::part_path, "leads out"},
        Evil{"folder_parent", named("a/../"), Code::part_path, "leads out"},
        Evil{"drive", named("C:/x"), Code::part_path, "leads out"},
        Evil{"backslash", named("Pictures\\x"), Code::part_path, "a backslash"},
        Evil{"nul", named(std::string("a\0b", 3)), Code::part_path, "“a?b”"},
        Evil{"control", named("a\nb"), Code::part_path, "a control character"},
        Evil{"not_utf8", named("a\xE4"), Code::part_path, "not UTF-8"},
        Evil{"empty_segment", named("a//b"), Code::part_path, "empty folder"},
        Evil{"long", named(std::string(3000, 'a')), Code::part_path, "too long"},
        Evil{"double", named("content.xml"), Code::part_duplicate, "“content.xml”"},
        Evil{"encrypted_entry", entry({.flags = 1}), Code::package_encrypted, "password"},
        Evil{"strongly_encrypted", entry({.flags = 0x41}), Code::package_encrypted, "password"},
        Evil{"aes", entry({.method = 99}), Code::package_encrypted, "password"},
        Evil{"encrypted_manifest", encrypted_manifest(), Code::package_encrypted, "password"},
        Evil{"encrypted_whole", OdtBuilder().part("encrypted-package", "x").bytes(),
             Code::package_encrypted, "password"},
        Evil{"bzip2", entry({.method = 12}), Code::part_method, "method 12"},
        Evil{"lzma", entry({.method = 14}), Code::part_method, "method 14"},
        Evil{"crc", entry({.crc_change = 1}), Code::part_damaged, "“Pictures/a.png”"},
        Evil{"longer", entry({.size_change = 1}), Code::part_damaged, "does not unpack"},
        Evil{"other_local_name", entry({.local_name = "Pictures/b.png"}), Code::part_damaged,
             "two headers"},
        Evil{"not_deflated", entry({.method = 8}, "\xFF\xFF\xFF"), Code::part_damaged,
             "does not unpack"},
        Evil{"deflated_larger", entry({.method = 8, .size_change = 7}, k_deflated_x),
             Code::part_damaged, "does not unpack"},
        Evil{"bomb_declared", entry({.method = 8, .size_change = 100'000'000}, k_deflated_x),
             Code::part_damaged, "does not unpack"},
        Evil{"bomb_over_limit", entry({.method = 8, .size_change = 0x7FFFFFFF}, k_deflated_x),
             Code::over_limit, "The unpacked document"},
        Evil{"overlap", quoted(), Code::part_overlap, "lie over each other"},
        Evil{"cut_off", shortened(5), Code::package_damaged, "directory"},
        Evil{"cut_in_half", shortened(600), Code::package_damaged, "directory"},
        Evil{"only_a_header", "PK\3\4", Code::package_damaged, "directory"},
        Evil{"empty_zip", std::string("PK\5\6") + std::string(18, '\0'), Code::package_damaged,
             "does not begin"},
        Evil{"no_content", without("content.xml"), Code::part_missing, "content.xml"},
        Evil{"no_mimetype", without("mimetype"), Code::part_missing, "mimetype"}),
    [](const auto& test) { return test.param.name; });

TEST(odf_package, every_bad_name_is_told) {
  const auto package = Package::open(
      "a.odt", OdtBuilder::text("").evil("../x", "1", {}).evil("a//b", "2", {}).bytes());
  ASSERT_FALSE(package);
  ASSERT_EQ(package.findings.size(), 2U);
  EXPECT_THAT(package.findings[0].message, ::testing::HasSubstr("../x"));
  EXPECT_THAT(package.findings[1].message, ::testing::HasSubstr("a//b"));
}

TEST(odf_package, a_part_that_grows_over_its_declared_size_is_damaged) {
  // 259 times "x", deflated and declared as one byte.
  const std::string deflated("\xAB\xA8\x18\xF1\x00\x00", 6);
  const auto package =
      Package::open("a.odt", OdtBuilder::text("")
                                 .evil("Pictures/a.png", deflated, {.method = 8, .size_change = -5})
                                 .bytes());
  ASSERT_FALSE(package);
  EXPECT_EQ(package.findings[0].code, Code::part_damaged);
}

TEST(odf_package, keeps_its_limits) {
  const std::string bytes = OdtBuilder::text("<text:p>One</text:p>").bytes();
  const struct {
    Limits limits;
    const char* says;
  } cases[] = {
      {limits([](Limits& l) { l.package_bytes = 1000; }), "The file is"},
      {limits([](Limits& l) { l.unpacked_bytes = 1000; }), "The unpacked document is"},
      {limits([](Limits& l) { l.parts = 3; }), "The number of parts is 4; the limit is 3"},
  };
  for (const auto& c : cases) {
    const auto package = Package::open("a.odt", bytes, c.limits);
    ASSERT_FALSE(package) << c.says;
    EXPECT_EQ(package.findings[0].code, Code::over_limit);
    EXPECT_THAT(package.findings[0].message, HasSubstr(c.says));
  }
  EXPECT_TRUE(Package::open("a.odt", bytes, limits([](Limits& l) { l.parts = 4; })));
}

TEST(odf_package, every_cut_is_refused_and_none_crashes) {
  const std::string bytes =
      OdtBuilder::text("<text:p>One</text:p>").part("Pictures/a.png", "x").bytes();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto package = Package::open("a.odt", bytes.substr(0, length));
    ASSERT_FALSE(package) << length << " of " << bytes.size();
    ASSERT_TRUE(has_errors(package.findings)) << length;
  }
}

TEST(odf_package, a_changed_byte_never_crashes_and_never_passes_as_the_same) {
  const std::string good =
      OdtBuilder::text("<text:p>One</text:p>").part("Pictures/a.png", "x").bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char mask : {'\x01', '\xFF'}) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(bytes[i] ^ mask);
      const auto package = Package::open("a.odt", bytes);
      if (!package) {
        ASSERT_TRUE(has_errors(package.findings)) << i;
        continue;
      }
      // Times, versions and the like may change; what is read may not.
      ASSERT_EQ(package->read("content.xml"), OdtBuilder::content("<text:p>One</text:p>")) << i;
    }
  }
}

} // namespace
} // namespace engross::odf
