// SPDX-License-Identifier: MPL-2.0
#include "odf/deflate.hpp"
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* k_type = "application/vnd.oasis.opendocument.text";

/// 16 bits of a zip header.
unsigned number(const std::string& bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes.at(at)) +
         256U * static_cast<unsigned char>(bytes.at(at + 1));
}

std::string text_of(std::size_t size) {
  std::string out;
  for (std::size_t i = 0; out.size() < size; ++i) out += "word " + std::to_string(i * i) + " ";
  return out;
}

void fill(PackageWriter& writer) {
  writer.add("styles.xml", "text/xml", "<styles/>");
  writer.add("content.xml", "text/xml", text_of(20000));
  writer.copy("Pictures/a.png", "image/png", {"abc", 0x352441C2, 3, 0});
}

std::string sample(std::int64_t time = 0, const char* version = "1.3") {
  PackageWriter writer(k_type, time);
  fill(writer);
  return writer.finish(version);
}

TEST(odf_writer, mimetype_comes_first_stored_and_bare) {
  const std::string bytes = sample();
  EXPECT_EQ(bytes.substr(0, 4), "PK\3\4");
  EXPECT_EQ(number(bytes, 8), 0U);  // method: stored
  EXPECT_EQ(number(bytes, 28), 0U); // no extra field
  EXPECT_EQ(bytes.substr(30, 8), "mimetype");
  EXPECT_EQ(bytes.substr(38, std::string(k_type).size()), k_type);
}

TEST(odf_writer, parts_are_sorted_and_read_back) {
  const auto package = Package::open("a.odt", sample());
  ASSERT_TRUE(package) << to_text(package.findings.front());
  EXPECT_THAT(package->paths(), ElementsAre("Pictures/a.png", "content.xml", "styles.xml"));
  EXPECT_EQ(package->read("content.xml"), text_of(20000));
  EXPECT_EQ(package->read("Pictures/a.png"), "abc");
  EXPECT_EQ(package->media_type("Pictures/a.png"), "image/png");
  EXPECT_EQ(package->raw("content.xml").method, 8);
  EXPECT_LT(package->raw("content.xml").bytes.size(), 12000U);
}

TEST(odf_writer, manifest_lists_exactly_what_is_inside) {
  const auto package = Package::open("a.odt", sample());
  ASSERT_TRUE(package);
  EXPECT_EQ(
      package->read("META-INF/manifest.xml"),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
      "manifest:version=\"1.3\">\n"
      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
      "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
      "<manifest:file-entry manifest:full-path=\"Pictures/a.png\" "
      "manifest:media-type=\"image/png\"/>\n"
      "<manifest:file-entry manifest:full-path=\"content.xml\" "
      "manifest:media-type=\"text/xml\"/>\n"
      "<manifest:file-entry manifest:full-path=\"styles.xml\" "
      "manifest:media-type=\"text/xml\"/>\n"
      "</manifest:manifest>\n");
}

TEST(odf_writer, manifest_has_the_version_it_is_given) {
  const auto manifest = [](const char* version) {
    return Package::open("a.odt", sample(0, version))->read("META-INF/manifest.xml");
  };
  EXPECT_THAT(manifest("1.2"), HasSubstr("manifest:version=\"1.2\""));
  EXPECT_THAT(manifest("1.4"), HasSubstr("manifest:version=\"1.4\""));
  for (const char* old : {"", "1.0", "1.1"})
    EXPECT_THAT(manifest(old), Not(HasSubstr("manifest:version")));
}

TEST(odf_writer, folders_stand_in_the_manifest_alone) {
  PackageWriter writer(k_type);
  fill(writer);
  writer.add_folder({"Object & 1/", "application/vnd.oasis.opendocument.chart", "1.2"});
  const auto package = Package::open("a.odt", writer.finish("1.3"));
  ASSERT_TRUE(package);
  ASSERT_EQ(package->folders().size(), 1U);
  EXPECT_EQ(package->folders()[0].path, "Object & 1/");
  EXPECT_EQ(package->folders()[0].version, "1.2");
  EXPECT_EQ(package->paths().size(), 3U);
}

TEST(odf_writer, of_equal_paths_the_later_counts) {
  PackageWriter writer(k_type);
  fill(writer);
  writer.add("styles.xml", "text/xml", "<other/>");
  const auto package = Package::open("a.odt", writer.finish("1.3"));
  ASSERT_TRUE(package);
  EXPECT_EQ(package->read("styles.xml"), "<other/>");
  EXPECT_EQ(package->paths().size(), 3U);
}

TEST(odf_writer, same_calls_same_bytes_in_any_order) {
  EXPECT_EQ(sample(), sample());
  PackageWriter writer(k_type, 0);
  writer.copy("Pictures/a.png", "image/png", {"abc", 0x352441C2, 3, 0});
  writer.add("content.xml", "text/xml", text_of(20000));
  writer.add("styles.xml", "text/xml", "<styles/>");
  EXPECT_EQ(writer.finish("1.3"), sample());
}

TEST(odf_writer, times_are_utc_and_within_what_zip_knows) {
  const auto stamp = [](std::int64_t time) {
    const std::string bytes = sample(time);
    return std::pair(number(bytes, 12), number(bytes, 10)); // date, time
  };
  const auto date = [](unsigned y, unsigned m, unsigned d) {
    return ((y - 1980) << 9) | (m << 5) | d;
  };
  EXPECT_EQ(stamp(315532800), std::pair(date(1980, 1, 1), 0U));
  EXPECT_EQ(stamp(0), stamp(315532800));
  EXPECT_EQ(stamp(-1), stamp(315532800));
  EXPECT_EQ(stamp(1709210097), std::pair(date(2024, 2, 29), (12U << 11) | (34U << 5) | 28U));
  EXPECT_EQ(stamp(99999999999), std::pair(date(2107, 12, 31), (23U << 11) | (59U << 5) | 29U));
}

TEST(odf_writer, a_pool_of_deflaters_gives_the_same_bytes_to_many_threads) {
  DeflaterPool pool;
  const std::string expected = sample();
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (int& count : wrong)
    threads.emplace_back([&pool, &expected, &count] {
      for (int i = 0; i < 10; ++i) {
        PackageWriter writer(k_type, 0, &pool);
        fill(writer);
        if (writer.finish("1.3") != expected) ++count;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, ::testing::Each(0));
}

TEST(odf_writer, parts_are_copied_as_they_lie) {
  const std::string bytes = sample();
  const auto from = Package::open("a.odt", bytes);
  PackageWriter writer(k_type);
  for (const std::string& path : from->paths())
    writer.copy(path, std::string(from->media_type(path)), from->raw(path));
  EXPECT_EQ(writer.finish("1.3"), bytes);
}

// Whole documents.

TEST(odf_document, what_is_not_changed_is_copied) {
  OdtBuilder builder = OdtBuilder::text("<text:p>One</text:p><!-- stays in the copy -->");
  builder.part("Pictures/a.png", "abc", "image/png").part("Thumbnails/thumbnail.png", "abc");
  auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document) << to_text(document.findings.front());
  const auto before = [&](const char* path) { return document->package.raw(path).bytes; };
  const auto copy = Package::open("b.odt", write(*document, 0));
  ASSERT_TRUE(copy);
  EXPECT_THAT(copy->paths(),
              ElementsAre("Pictures/a.png", "content.xml", "meta.xml", "styles.xml"));
  for (const char* path : {"Pictures/a.png", "content.xml", "styles.xml"})
    EXPECT_EQ(copy->raw(path).bytes, before(path)) << path;

  document->content.document_element()
      .child("office:body")
      .child("office:text")
      .first_child()
      .text() = "Two & three";
  document->content_changed = true;
  document->added["Pictures/a.png"] = {"new", "image/png"};
  document->added["Pictures/b.png"] = {"more", "image/png"};
  const auto changed = Package::open("c.odt", write(*document, 0));
  ASSERT_TRUE(changed);
  EXPECT_THAT(changed->read("content.xml"), HasSubstr("<text:p>Two &amp; three</text:p>"));
  EXPECT_EQ(changed->raw("styles.xml").bytes, before("styles.xml"));
  EXPECT_EQ(changed->read("Pictures/a.png"), "new");
  EXPECT_EQ(changed->read("Pictures/b.png"), "more");
}

TEST(odf_document, a_template_becomes_a_text) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.mimetype("application/vnd.oasis.opendocument.text-template");
  const auto document = Document::open("a.ott", builder.bytes());
  ASSERT_TRUE(document);
  EXPECT_EQ(Package::open("b", write(*document, 0))->mimetype(), k_type);
  EXPECT_EQ(Package::open("b", write(*document, 0, true))->mimetype(),
            "application/vnd.oasis.opendocument.text-template");
}

TEST(odf_document, versions_are_made_to_agree) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.version("1.2"); // content.xml says 1.3: an office opens nothing
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document);
  EXPECT_EQ(document->version(), "1.3");
  const std::string manifest =
      Package::open("b", write(*document, 0))->read("META-INF/manifest.xml");
  EXPECT_THAT(manifest, HasSubstr("manifest:version=\"1.3\""));
  EXPECT_THAT(manifest, Not(HasSubstr("1.2")));
}

TEST(odf_document, missing_styles_and_meta_are_made) {
  const auto document =
      Document::open("a.odt", OdtBuilder().part("content.xml", OdtBuilder::content("")).bytes());
  ASSERT_TRUE(document);
  EXPECT_STREQ(document->styles.document_element().name(), "office:document-styles");
  EXPECT_STREQ(document->styles.document_element().attribute("office:version").value(), "1.3");
  EXPECT_STREQ(document->meta.document_element().first_child().name(), "office:meta");
  const auto again = Document::open("b.odt", write(*document, 0));
  EXPECT_TRUE(again) << to_text(again.findings.front());
}

TEST(odf_document, embedded_objects_stay_objects) {
  OdtBuilder builder = OdtBuilder::text("<draw:object xlink:href=\"./Object 1\"/>");
  builder.part("Object 1/content.xml", OdtBuilder::content(""))
      .part("Object 1/settings.xml", OdtBuilder::content(""))
      .part("Object 1/meta.xml", OdtBuilder::meta("<dc:creator>Ann</dc:creator>"))
      .part("Object 1/Configurations2/a.xml", "x")
      .manifest(R"(<manifest:file-entry manifest:full-path="Object 1/" manifest:version="1.3" )"
                R"(manifest:media-type="application/vnd.oasis.opendocument.chart"/>)")
      .manifest(R"(<manifest:file-entry manifest:full-path="Gone/" manifest:media-type="a/b"/>)");
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document) << to_text(document.findings.front());
  const auto copy = Package::open("b.odt", write(*document, 0));
  ASSERT_TRUE(copy);
  EXPECT_THAT(copy->paths(), ElementsAre("Object 1/content.xml", "Object 1/settings.xml",
                                         "content.xml", "meta.xml", "styles.xml"));
  ASSERT_EQ(copy->folders().size(), 1U);
  EXPECT_EQ(copy->folders()[0].path, "Object 1/");
}

TEST(odf_document, all_faults_of_all_parts_come_at_once) {
  const auto document = Document::open("a.odt", OdtBuilder()
                                                    .part("content.xml", "<!DOCTYPE a><a/>")
                                                    .part("styles.xml", "<a")
                                                    .part("meta.xml", OdtBuilder::styles())
                                                    .bytes());
  ASSERT_FALSE(document);
  std::vector<Code> codes;
  for (const Finding& finding : document.findings) codes.push_back(finding.code);
  EXPECT_THAT(codes, ElementsAre(Code::odf_xml_doctype, Code::odf_xml_syntax, Code::odf_xml_root));
  EXPECT_EQ(document.findings[1].place.part, "styles.xml");
}

TEST(odf_document, broken_settings_are_a_finding) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("settings.xml", "<settings");
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_FALSE(document);
  EXPECT_EQ(document.findings[0].place.part, "settings.xml");
}

TEST(odf_document, carried_parts_are_ready_for_many_letters) {
  OdtBuilder builder = OdtBuilder::text("");
  builder.part("Pictures/a.png", "abc", "").part("settings.xml", OdtBuilder::meta(""));
  auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document);
  document->added["Pictures/b.png"] = {"b", "image/png"};
  const CarriedParts carried(*document);
  document.value.reset();
  for (int i = 0; i < 2; ++i) {
    PackageWriter writer(k_type);
    carried.copy_to(writer);
    writer.add("content.xml", "text/xml", "<a/>");
    const auto package = Package::open("b.odt", writer.finish("1.3"));
    ASSERT_TRUE(package);
    EXPECT_THAT(package->paths(),
                ElementsAre("Pictures/a.png", "Pictures/b.png", "content.xml", "settings.xml"));
    EXPECT_EQ(package->media_type("Pictures/a.png"),
              "image/png"); // guessed, the manifest was silent
    EXPECT_EQ(package->read("Pictures/b.png"), "b");
  }
}

// For a second reader (odf_zipfile_test.py): writes where it is told.
TEST(odf_sample, is_written) {
  const char* file = std::getenv("ENGROSS_ODF_SAMPLE");
  if (file == nullptr) GTEST_SKIP() << "no file asked for";
  OdtBuilder builder = OdtBuilder::text("<text:p>" + text_of(50000) + "</text:p>");
  builder.part("Pictures/ä b.png", "abc", "image/png");
  const auto document = Document::open("a.odt", builder.bytes());
  ASSERT_TRUE(document);
  std::ofstream(file, std::ios::binary) << write(*document, 1709210097);
}

} // namespace
} // namespace engross::odf
