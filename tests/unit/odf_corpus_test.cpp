// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace engross::odf {
namespace {

namespace fs = std::filesystem;

/// Files of many hands and programs, which lie beside the project and are no part of it.
std::vector<fs::path> corpus() {
  const char* given = std::getenv("ENGROSS_SHARED");
  const fs::path shared =
      given != nullptr ? fs::path(given) : fs::path(ENGROSS_SOURCE_DIR) / "../shared";
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(shared / "corpus", error))
    if (entry.path().extension() == ".odt") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Corpus : public ::testing::TestWithParam<fs::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Corpus);

TEST_P(Corpus, opens_or_says_why_not) {
  const auto document = Document::open(GetParam().string(), read(GetParam()));
  if (!document) {
    ASSERT_TRUE(has_errors(document.findings));
    for (const Finding& finding : document.findings) {
      EXPECT_FALSE(finding.message.empty());
      EXPECT_EQ(finding.place.file, GetParam().string());
    }
    return;
  }
  const std::string bytes = write(*document, 0);
  EXPECT_EQ(bytes, write(*document, 0));
  const auto again = Document::open("again.odt", bytes);
  ASSERT_TRUE(again) << to_text(again.findings.front());
  EXPECT_EQ(again->version(), document->version());
  for (const std::string& path : document->package.paths()) {
    if (!is_carried_over(path)) {
      EXPECT_FALSE(again->package.contains(path)) << path;
      continue;
    }
    ASSERT_TRUE(again->package.contains(path)) << path;
    if (path == "meta.xml" || path.ends_with("settings.xml")) continue;
    EXPECT_EQ(again->package.read(path), document->package.read(path)) << path;
    EXPECT_EQ(again->package.raw(path).bytes, document->package.raw(path).bytes) << path;
  }
}

TEST_P(Corpus, xml_written_again_is_the_same_xml) {
  const auto document = Document::open(GetParam().string(), read(GetParam()));
  if (!document) GTEST_SKIP() << document.findings.front().message;
  for (const pugi::xml_document* part : {&document->content, &document->styles, &document->meta}) {
    const std::string once = to_string(*part);
    const auto again = parse_xml(once, "a", "b");
    ASSERT_TRUE(again) << to_text(again.findings.front());
    EXPECT_EQ(to_string(*again), once);
  }
}

TEST_P(Corpus, survives_a_cut_anywhere) {
  const std::string bytes = read(GetParam());
  for (std::size_t i = 1; i < 20; ++i)
    EXPECT_FALSE(Package::open("a.odt", bytes.substr(0, bytes.size() * i / 20)));
}

INSTANTIATE_TEST_SUITE_P(odf, Corpus, ::testing::ValuesIn(corpus()), [](const auto& test) {
  std::string name = test.param.stem().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
});

} // namespace
} // namespace engross::odf
