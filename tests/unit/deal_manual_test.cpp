// SPDX-License-Identifier: MPL-2.0
#include "deal/deal.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

// Runs the examples of docs/deal-data.md. The second word behind the fence says what a block is:
// reads, then, set, schema, refused; and what must come of it: as, says.

namespace engross::deal {
namespace {

struct Block {
  std::string language;
  std::string role;
  std::string text;
  int line = 0;
};

std::vector<Block> blocks_of(const std::string& file) {
  std::ifstream stream(file);
  std::vector<Block> blocks;
  std::string line;
  bool inside = false;
  for (int number = 1; std::getline(stream, line); ++number) {
    if (!line.starts_with("```")) {
      if (inside) blocks.back().text += line + "\n";
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    std::istringstream words(line.substr(3));
    Block block;
    words >> block.language >> block.role;
    block.line = number;
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::string dump(const Value& value) {
  std::string out;
  switch (value.kind()) {
  case Value::Kind::undefined:
    return "undefined";
  case Value::Kind::none:
    return "null";
  case Value::Kind::boolean:
    return value.as_bool() ? "true" : "false";
  case Value::Kind::number:
    return value.as_number().text;
  case Value::Kind::string:
    return "'" + value.as_string() + "'";
  case Value::Kind::list:
    for (const Value& entry : value.as_list()) out += dump(entry) + ",\n";
    return "[" + out + "]";
  case Value::Kind::object:
    for (const auto& [name, member] : value.as_object()) out += name + ": " + dump(member) + ",\n";
    return "{" + out + "}";
  }
  return out;
}

std::string all_text(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) out += to_text(finding);
  return out;
}

class Manual : public ::testing::Test {
 protected:
  void run(const Block& block) {
    SCOPED_TRACE("docs/deal-data.md:" + std::to_string(block.line));
    const Format format = format_of("." + block.language).value_or(Format::json);
    if (block.role == "schema") {
      Result<Schema> schema = Schema::compile({"schema", block.text, Format::json});
      ASSERT_TRUE(schema && schema.findings.empty()) << all_text(schema.findings);
      m_schema.emplace(std::move(*schema));
    } else if (block.role == "reads") {
      m_sources = {{"deal." + block.language, block.text, format}};
      expect_clean({});
    } else if (block.role == "then") {
      m_sources.push_back({"deal." + block.language, block.text, format});
      expect_clean({});
    } else if (block.role == "set") {
      m_sources.clear();
      std::vector<Assignment> assignments;
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line);)
        assignments.push_back({line.substr(0, line.find('=')), line.substr(line.find('=') + 1)});
      expect_clean(assignments);
    } else if (block.role == "refused") {
      m_sources = {{"deal." + block.language, block.text, format}};
      m_said = read_and_check({});
      EXPECT_NE(m_said, "");
    } else if (block.role == "as") {
      const std::vector<Source> sources = {{"as.json", block.text, Format::json}};
      const Result<Deal> expected = read(sources);
      ASSERT_TRUE(expected) << all_text(expected.findings);
      EXPECT_EQ(dump(m_root), dump(expected->root));
    } else if (block.role == "says") {
      EXPECT_EQ(m_said, block.text);
    } else {
      ASSERT_EQ(block.role, "");
      return;
    }
    ++m_run;
  }

  std::string read_and_check(const std::vector<Assignment>& assignments) {
    Result<Deal> deal = read(m_sources, assignments);
    if (deal && m_schema) append(deal.findings, m_schema->apply(*deal));
    if (deal) m_root = deal->root;
    return all_text(deal.findings);
  }

  void expect_clean(const std::vector<Assignment>& assignments) {
    EXPECT_EQ(read_and_check(assignments), "");
  }

  std::optional<Schema> m_schema;
  std::vector<Source> m_sources;
  Value m_root;
  std::string m_said;
  int m_run = 0;
};

TEST_F(Manual, ExamplesAreTrue) {
  for (const Block& block : blocks_of(ENGROSS_SOURCE_DIR "/docs/deal-data.md")) run(block);
  EXPECT_GT(m_run, 15);
}

} // namespace
} // namespace engross::deal
