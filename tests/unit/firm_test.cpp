// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"
#include "letter/assembly.hpp"
#include "letter/firm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace engross::letter {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FirmTest : public testing::Test {
 protected:
  FirmTest() {
    const testing::TestInfo& info = *testing::UnitTest::GetInstance()->current_test_info();
    folder = fs::path(testing::TempDir()) / ("engross-firm-" + std::string(info.name()));
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~FirmTest() override { fs::remove_all(folder); }

  Result<Firm> read(const std::string& json) const {
    std::ofstream(folder / "firm.json") << json;
    return read_firm(folder);
  }

  fs::path folder;
};

deal::Schema shipped_schema() {
  std::ifstream in(std::string(ENGROSS_SOURCE_DIR) + "/docs/schemas/firm.schema.json");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  auto schema = deal::Schema::compile({"firm.schema.json", text, deal::Format::json});
  EXPECT_TRUE(schema.findings.empty()) << to_text(schema.findings.front());
  return std::move(*schema);
}

struct Case {
  const char* json;
  const char* hint; ///< of the one finding; nullptr: there is none
  Code code = Code::firm_key_unknown;
};

TEST_F(FirmTest, ReaderAndSchemaAgree) {
  const Case cases[] = {
      {R"({})", nullptr},
      {R"({"$schema": "x", "note": ["any"], "name": "A", "locale": "de-DE", "voice": "we",
          "letterhead": "l", "letterheads": {"b": {"from": "l", "paper": "A4"}},
          "book": ["a", "b"], "office_books": {"x": "c", "y": ["d"]}, "schema": "s", "laws": "a.b", "examined": "c",
          "severities": {"EG-T001": "info"}, "data": {"x": 1}})",
       nullptr},
      {R"({"book": "a", "name": null, "data": null})", nullptr},
      {R"({"letterhed": "l"})", "“letterhead”"},
      {R"({"schemma": "s"})", "“schema”"},
      {R"({"letterhead": "l", "letterhed": "l"})", "“letterheads”"},
      {R"({"offices": 1})", "under “data”"},
      {R"({"letterheads": {"b": {"from": "l", "paper": "A4", "margin": 1}}})", "Delete it."},
      {R"({"severities": {"T001": "info"}})", "EG-T001"},
      {R"({"letterhead": 1})", "", Code::firm_key_wrong},
      {R"({"book": [1]})", "", Code::firm_key_wrong},
      {R"({"data": [1]})", "", Code::firm_key_wrong},
      {R"({"severities": {"EG-T001": "bad"}})", "", Code::firm_key_wrong},
      {R"({"letterheads": {"b": {"from": "l", "paper": "A3"}}})", "", Code::firm_key_wrong},
      {R"({"letterheads": {"b": {"paper": "A4"}}})", "", Code::firm_key_wrong},
      {R"({"letterheads": 1})", "", Code::firm_key_wrong},
  };
  const deal::Schema schema = shipped_schema();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.json);
    const Findings found = read(c.json).findings;
    const deal::Source source{"firm.json", c.json, deal::Format::json};
    auto json = deal::read({&source, 1});
    ASSERT_TRUE(json);
    EXPECT_EQ(schema.apply(*json).empty(), c.hint == nullptr);
    ASSERT_EQ(found.size(), c.hint == nullptr ? 0U : 1U);
    if (c.hint == nullptr) continue;
    EXPECT_EQ(code_id(found[0].code), code_id(c.code));
    EXPECT_EQ(found[0].severity, Severity::error);
    EXPECT_EQ(found[0].place.line, 1);
    EXPECT_THAT(found[0].hint, HasSubstr(c.hint));
  }
}

TEST_F(FirmTest, UnknownCodeIsNoSeverity) {
  const Findings found = read(R"({"severities": {"EG-T999": "info"}})").findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, Code::firm_key_unknown);
  EXPECT_EQ(found[0].place.data_path, "severities.EG-T999");
}

TEST_F(FirmTest, IsNamedAsTheFileIs) {
  fs::create_directories(folder / "a/b");
  std::ofstream(folder / "firm.json") << "{}";
  EXPECT_EQ(find_firm(folder / "a/b/../b/t.odt"), folder);
  const fs::path relative = fs::relative(folder / "a/b/t.odt");
  EXPECT_EQ(find_firm(relative), fs::relative(folder));
  EXPECT_EQ(find_firm(fs::path("/") / "t.odt"), std::nullopt);
}

} // namespace

} // namespace engross::letter
