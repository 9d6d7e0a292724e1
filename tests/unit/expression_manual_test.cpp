// SPDX-License-Identifier: MPL-2.0
// Runs the examples of docs/template-language.md. Behind the fence's "engross" stand a locale and
// "voice=…"; an example is a template, up to a line that begins with "→" and says what it prints.
#include "expression_support.hpp"
#include "templating/evaluator.hpp"
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

/// The manual has an example of every filter, test, word and sign that there is.
TEST(Manual, HasAnExampleOfEverything) {
  std::string examples;
  for (const Block& block : blocks_of(ENGROSS_SOURCE_DIR "/docs/template-language.md"))
    if (block.kind == "engross" || block.kind == "template" || block.kind == "tags")
      for (const std::string& line : block.lines)
        if (!line.starts_with("→")) examples += line + "\n";
  const auto shown = [&](const std::string& words) {
    for (std::size_t at = examples.find(words); at != std::string::npos;
         at = examples.find(words, at + 1)) {
      const auto letter = [&](std::size_t i) {
        return i < examples.size() &&
               (std::isalnum(static_cast<unsigned char>(examples[i])) != 0 || examples[i] == '_');
      };
      if (!letter(at + words.size()) || !letter(at + words.size() - 1)) return true;
    }
    return false;
  };
  // Jinja2's second names of a thing need not be told.
  const std::set<std::string> second = {"d", "count", "equalto", "lessthan", "greaterthan"};
  for (const std::string& name : filter_names())
    EXPECT_TRUE(second.contains(name) || shown("| " + name)) << name;
  for (const std::string& name : test_names())
    EXPECT_TRUE(second.contains(name) || std::isalpha(static_cast<unsigned char>(name[0])) == 0 ||
                shown("is " + name))
        << name;
  for (const std::string& form : voice_forms()) EXPECT_TRUE(shown("voice." + form)) << form;
  for (const char* member : {"index", "index0", "revindex", "revindex0", "first", "last", "length",
                             "previtem", "nextitem", "changed", "cycle"})
    EXPECT_TRUE(shown(std::string("loop.") + member)) << member;
  for (const char* statement :
       {"{% if ", "{% elif ", "{% else ", "{% endif ", "{% for ", "{% endfor ", "{% set ",
        "{% opinions ", "{% opinion ", "{% label ", "{% include ", "{{ ref(", "{#", "{%- ", " -%}"})
    EXPECT_TRUE(shown(statement)) << statement;
  for (const char* sign :
       {" == ", " != ",     " < ",      " <= ", " > ",   " >= ",   " in ", " not in ",
        " is ", " is not ", " and ",    " or ", " not ", " + ",    " * ",  " / ",
        " // ", " % ",      " ~ ",      "{{ -", " if ",  " else ", "[0]",  "[-1]",
        "[:2]", "[::2]",    ".items()", "[\"",  "{\"",   "true",   "none", "(1, 2)"})
    EXPECT_TRUE(shown(sign)) << sign;
}

} // namespace
} // namespace engross::templating::testing
