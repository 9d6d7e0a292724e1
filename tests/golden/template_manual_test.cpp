// SPDX-License-Identifier: MPL-2.0
// The examples of docs/template-language.md that are whole templates: a block "template" and the
// blocks "fragment NAME" before it. A line is a paragraph; lines that begin with | are a table, a
// cell between two bars. Lines behind "→" are the letter.
#include "letter/assembly.hpp"
#include "odf/document.hpp"

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace engross {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::size_t at = 1;
  for (std::size_t bar = 0; (bar = line.find(" |", at)) != std::string::npos; at = bar + 2) {
    const std::size_t begin = line.find_first_not_of(' ', at);
    out.push_back(begin < bar ? line.substr(begin, line.find_last_not_of(' ', bar) + 1 - begin)
                              : std::string());
  }
  return out;
}

std::string paragraph(const std::string& text) {
  std::string out = "<text:p text:style-name=\"Standard\">";
  odf::append_escaped(out, text);
  return out + "</text:p>";
}

std::string flat_document(const Lines& lines) {
  std::string body;
  bool in_table = false;
  for (const std::string& line : lines) {
    const bool row = line.starts_with("|");
    if (in_table && !row) body += "</table:table>";
    if (row && !in_table)
      body += "<table:table table:name=\"Table1\"><table:table-column "
              "table:number-columns-repeated=\"" +
              std::to_string(cells_of(line).size()) + "\"/>";
    in_table = row;
    if (!row) {
      body += paragraph(line);
      continue;
    }
    body += "<table:table-row>";
    for (const std::string& cell : cells_of(line))
      body += "<table:table-cell office:value-type=\"string\">" + paragraph(cell) +
              "</table:table-cell>";
    body += "</table:table-row>";
  }
  if (in_table) body += "</table:table>";
  return R"(<?xml version="1.0" encoding="UTF-8"?><office:document)"
         R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
         R"( xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0")"
         R"( xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0")"
         R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3")"
         R"( office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>)"
         R"(<style:style style:name="Standard" style:family="paragraph"/></office:styles>)"
         "<office:body><office:text>" +
         body + "</office:text></office:body></office:document>";
}

std::string text_of(pugi::xml_node node) {
  std::ostringstream out;
  for (const auto& text : node.select_nodes(".//text()")) out << text.node().value();
  return out.str();
}

/// The letter in the form in which the manual prints it.
Lines lines_of(pugi::xml_node text) {
  Lines out;
  for (pugi::xml_node node : text) {
    if (std::string(node.name()) == "text:p") out.push_back(text_of(node));
    std::size_t columns = 0;
    for (pugi::xml_node column : node.children("table:table-column"))
      columns += column.attribute("table:number-columns-repeated").as_uint(1);
    for (pugi::xml_node row : node.children("table:table-row")) {
      std::string line = "|";
      std::size_t cells = 0;
      for (pugi::xml_node cell : row.children()) {
        line += " " + text_of(cell) + " |";
        ++cells;
      }
      EXPECT_EQ(cells, columns) << line;
      out.push_back(line);
    }
  }
  return out;
}

struct Example {
  std::map<std::string, Lines> files;
  Lines letter;
  int line = 0;
};

std::string data;

std::vector<Example> examples() {
  std::ifstream in(fs::path(ENGROSS_SOURCE_DIR) / "docs/template-language.md");
  std::vector<Example> out;
  Example example;
  std::string line;
  std::string kind;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("```")) {
      const bool begins = kind.empty();
      if (begins) {
        kind = line.substr(3);
        if (kind.empty()) kind = "text";
        if (kind == "template") example.line = number;
        continue;
      }
      if (kind == "template") out.push_back(std::exchange(example, {}));
      kind.clear();
    } else if (kind == "json data") {
      data += line + "\n";
    } else if (kind.starts_with("fragment ")) {
      example.files[kind.substr(9)].push_back(line);
    } else if (kind == "template") {
      if (line.starts_with("→ "))
        example.letter.push_back(line.substr(std::string("→ ").size()));
      else
        example.files["template.fodt"].push_back(line);
    }
  }
  return out;
}

TEST(TemplateManual, ExamplesAreTrue) {
  const std::vector<Example> all = examples();
  ASSERT_GE(all.size(), 4U);
  const fs::path folder =
      fs::path(testing::TempDir()) / ("engross-manual-" + std::to_string(std::random_device()()));
  for (const Example& example : all) {
    fs::create_directories(folder);
    for (const auto& [name, lines] : example.files)
      std::ofstream(folder / name, std::ios::binary) << flat_document(lines);
    std::ofstream(folder / "deal.json", std::ios::binary) << data;
    letter::Sources sources;
    sources.template_file = folder / "template.fodt";
    const Result<letter::Assembly> assembly = letter::Assembly::compile(sources);
    ASSERT_TRUE(assembly) << example.line << to_text(assembly.findings.front());
    const Result<deal::Deal> deal = assembly->read_deal({folder / "deal.json"});
    ASSERT_TRUE(deal);
    letter::Letter letter = assembly->render(*deal);
    ASSERT_TRUE(letter.ok()) << example.line << to_text(letter.findings.front());
    Result<odf::Document> made = odf::Document::open("letter.odt", std::move(letter.odt));
    ASSERT_TRUE(made);
    EXPECT_EQ(lines_of(made->content.select_node("//*[name()='office:text']").node()),
              example.letter)
        << "line " << example.line;
    fs::remove_all(folder);
  }
}

} // namespace
} // namespace engross
