// SPDX-License-Identifier: MPL-2.0
// Runs the examples of docs/template-language.md. Behind the fence's "engross" stand a locale and
// "voice=…"; an example is a template, up to a line that begins with "→" and says what it prints.
#include "expression_support.hpp"
#include "templating/functions.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace engross::templating::testing {
namespace {

struct Block {
  std::string kind;
  Settings settings;
  std::vector<std::string> lines;
  int line = 0;
};

std::vector<Block> blocks_of(const std::string& file) {
  std::ifstream stream(file);
  std::vector<Block> blocks;
  bool inside = false;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    if (!line.starts_with("```")) {
      if (inside) blocks.back().lines.push_back(line);
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    Block block;
    block.line = number;
    std::istringstream words(line.substr(3));
    words >> block.kind;
    for (std::string word; words >> word;) {
      if (word.starts_with("voice="))
        block.settings.voice = word.substr(6);
      else
        block.settings.locale = word;
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

/// Blanks, non-breaking ones too, as one.
std::string words_of(std::string text) {
  constexpr std::string_view k_nbsp = "\u00A0";
  for (std::size_t at = text.find(k_nbsp); at != std::string::npos; at = text.find(k_nbsp, at))
    text.replace(at, k_nbsp.size(), " ");
  std::istringstream stream{text};
  std::string out;
  for (std::string word; stream >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

TEST(Manual, ExamplesOfTheTemplateLanguage) {
  const std::vector<Block> blocks = blocks_of(ENGROSS_SOURCE_DIR "/docs/template-language.md");
  Value data;
  int examples = 0;
  for (const Block& block : blocks) {
    std::string text;
    for (const std::string& line : block.lines) {
      const bool answer = line.starts_with("→");
      if (block.kind == "engross" && answer) {
        const std::string expected = words_of(line.substr(std::string_view("→").size()));
        std::string printed = words_of(render(text, data, block.settings));
        if (printed.starts_with('!')) {
          printed = "finding " + printed.substr(1, printed.find('|') - 1);
          EXPECT_EQ(expected.substr(0, printed.size()), printed) << text;
        } else {
          EXPECT_EQ(printed, expected) << "line " << block.line << ": " << text;
        }
        ++examples;
        text.clear();
      } else {
        text += line + "\n";
      }
    }
    if (block.kind == "json") data = json(text);
    if (block.kind == "tags") {
      const TagScan scan = scan_tags(text);
      EXPECT_TRUE(scan.errors.empty());
      EXPECT_GT(scan.spans.size(), 0U);
      for (const TagSpan& span : scan.spans) {
        const std::string tag = text.substr(span.begin, span.end - span.begin);
        EXPECT_TRUE(std::holds_alternative<Tag>(parse_tag(tag))) << tag;
      }
    }
  }
  EXPECT_GT(examples, 50);
}

/// The manual names every filter and test that there is.
TEST(Manual, NamesAllFiltersAndTests) {
  std::ifstream stream(ENGROSS_SOURCE_DIR "/docs/template-language.md");
  const std::string page((std::istreambuf_iterator<char>(stream)),
                         std::istreambuf_iterator<char>());
  const auto named = [&](const std::string& name) {
    for (std::size_t at = page.find(name); at != std::string::npos; at = page.find(name, at + 1)) {
      const auto letter = [&](std::size_t i) {
        return i < page.size() &&
               (std::isalnum(static_cast<unsigned char>(page[i])) != 0 || page[i] == '_');
      };
      if (!letter(at - 1) && !letter(at + name.size())) return true;
    }
    return false;
  };
  // Jinja2's second names of a thing need not be told.
  const std::set<std::string> second = {"d", "count", "equalto", "lessthan", "greaterthan"};
  std::vector<std::string> names = filter_names();
  for (const std::string& test : test_names())
    if (std::isalpha(static_cast<unsigned char>(test[0])) != 0) names.push_back(test);
  for (const std::string& name : names) EXPECT_TRUE(second.contains(name) || named(name)) << name;
}

} // namespace
} // namespace engross::templating::testing
