// SPDX-License-Identifier: MPL-2.0
// What is wrong with a template is said at once, with the firm's schema and without data.
#include "letter/assembly.hpp"
#include "odt_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace engross::letter {
namespace {

namespace fs = std::filesystem;
using engross::testing::OdtBuilder;

std::vector<std::string> checked(const std::string& body) {
  const fs::path folder =
      fs::path(::testing::TempDir()) / ("engross-check-" + std::to_string(std::random_device()()));
  fs::create_directories(folder);
  std::ofstream(folder / "t.odt", std::ios::binary) << OdtBuilder::text(body).bytes();
  std::ofstream(folder / "firm.json") << R"({"name":"x","schema":"s.json"})";
  std::ofstream(folder / "s.json")
      << R"({"type":"object","properties":{"name":{"type":"string"},"list":{"type":"array"}},"additionalProperties":false})";
  Sources sources;
  sources.template_file = folder / "t.odt";
  std::vector<std::string> codes;
  for (const Finding& finding : Assembly::check(sources)) codes.emplace_back(code_id(finding.code));
  fs::remove_all(folder);
  return codes;
}

TEST(LetterCheck, FindsAllAtOnce) {
  EXPECT_THAT(checked("<text:p>{{ name | shout }} {{ nam }}{% if false %}x{% endif %}</text:p>"),
              ::testing::UnorderedElementsAre("EG-T007", "EG-T118", "EG-T116"));
}

TEST(LetterCheck, DoesNotGuessWhatABrokenTagMeant) {
  EXPECT_THAT(checked("<text:p>{% set title = | %}{{ title }}</text:p>"),
              ::testing::ElementsAre("EG-T004"));
  EXPECT_THAT(checked("<text:p>{% for x in list %}{{ x.nosuch }}</text:p>"),
              ::testing::ElementsAre("EG-T103"));
}

TEST(LetterCheck, FindsNothingInAGoodTemplate) {
  EXPECT_THAT(checked("<text:p>{% for x in list %}{{ x }}{% endfor %}{{ name }}</text:p>"),
              ::testing::IsEmpty());
}

} // namespace
} // namespace engross::letter
