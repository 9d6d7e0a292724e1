// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>

namespace engross::odf {
namespace {

using engross::testing::OdtBuilder;
using ::testing::ElementsAre;

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
}

TEST(odf_package, a_written_document_reads_back) {
  auto document = Document::open("a.odt", OdtBuilder::text("<text:p>One</text:p>").bytes());
  ASSERT_TRUE(document);
  document->content.document_element()
      .child("office:body")
      .child("office:text")
      .first_child()
      .text() = "Two & three";
  document->content_changed = true;
  const std::string bytes = write(*document, 0);
  const auto again = Package::open("b.odt", bytes);
  ASSERT_TRUE(again) << to_text(again.findings.front());
  EXPECT_THAT(again->read("content.xml"), ::testing::HasSubstr("<text:p>Two &amp; three</text:p>"));
  EXPECT_EQ(bytes, write(*document, 0));
}

} // namespace
} // namespace engross::odf
