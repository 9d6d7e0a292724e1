// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letter/assembly.hpp"
#include "odf/document.hpp"
#include "odt_builder.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace engross::testing {

/// Styles that the letters and books of these tests have: Body, Opinion 1 to 3, list "Opinions".
inline std::string opinion_styles() {
  std::string out = R"(<style:style style:name="Body" style:family="paragraph"/>)"
                    R"(<style:style style:name="Strong" style:family="text"/>)";
  for (const char* level : {"1", "2", "3"})
    out += std::string(R"(<style:style style:name="Opinion_20_)") + level +
           R"(" style:family="paragraph" style:parent-style-name="Body" style:list-level=")" +
           level + R"(" style:list-style-name="Opinions"/>)";
  return out +
         R"x(<text:list-style style:name="Opinions">)x"
         R"x(<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>)x"
         R"x(<text:list-level-style-number text:level="2" style:num-format="A" style:num-prefix="(" style:num-suffix=")" style:num-letter-sync="true"/>)x"
         R"x(<text:list-level-style-number text:level="3" style:num-format="i" style:num-prefix="(" style:num-suffix=")"/>)x"
         R"x(</text:list-style>)x"
         R"x(<text:list-style style:name="Letters"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/></text:list-style>)x"
         R"x(<text:list-style style:name="Words"><text:list-level-style-number text:level="1" style:num-format="First" style:num-suffix="."/></text:list-style>)x";
}

/// A flat ODF text with these styles.
inline std::string odf_text(const std::string& body, const std::string& automatic = {}) {
  return OdtBuilder::flat("<office:styles>" + opinion_styles() +
                          "</office:styles><office:automatic-styles>" + automatic +
                          "</office:automatic-styles><office:body><office:text>" + body +
                          "</office:text></office:body>");
}

inline std::string section(const std::string& name, const std::string& inside) {
  return "<text:section text:name=\"" + name + "\">" + inside + "</text:section>";
}

/// One opinion paragraph of one sentence.
inline std::string plain_section(const std::string& name, const std::string& text) {
  return section(name, R"(<text:list text:style-name="Opinions"><text:list-item>)"
                       R"(<text:p text:style-name="Opinion_20_1">)" +
                           text + "</text:p></text:list-item></text:list>");
}

/// The files of a book, in memory.
using Files = std::map<std::string, std::string>;

inline Result<opinion::Book> load_book(const Files& files) {
  return opinion::Book::load("book.json", [&](const std::string& name) -> Result<std::string> {
    const auto found = files.find(name);
    if (found != files.end()) return found->second;
    Place place;
    place.file = name;
    return {make_finding(Code::file_not_found, place, {name})};
  });
}

inline std::string all_text(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) out += to_text(finding) + "\n";
  return out;
}

inline std::vector<std::string> codes(const Findings& findings) {
  std::vector<std::string> out;
  for (const Finding& finding : findings) out.emplace_back(code_name(finding.code));
  return out;
}

/// A firm folder on disk that goes with the test.
class FirmOnDisk {
 public:
  FirmOnDisk() {
    std::random_device dice;
    m_folder = std::filesystem::temp_directory_path() /
               ("engross-test-" + std::to_string(dice()) + std::to_string(dice()));
    std::filesystem::create_directories(m_folder / "opinions");
    file("firm.json", R"({"name":"Test","book":"opinions/book.json"})");
  }
  ~FirmOnDisk() {
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }
  FirmOnDisk(const FirmOnDisk&) = delete;
  FirmOnDisk& operator=(const FirmOnDisk&) = delete;

  std::filesystem::path file(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((m_folder / name).parent_path());
    std::ofstream(m_folder / name, std::ios::binary) << bytes;
    return m_folder / name;
  }
  /// `entries`: the list of book.json; `sections`: the body of its one file.
  void book(const std::string& entries, const std::string& sections,
            const std::string& automatic = {}) const {
    file("opinions/book.json", R"({"files":["book.fodt"],"opinions":[)" + entries + "]}");
    file("opinions/book.fodt", odf_text(sections, automatic));
  }
  std::filesystem::path path(const std::string& name) const { return m_folder / name; }

  letter::Letter letter(const std::string& body, const std::string& deal,
                        const letter::Request& request = {}) const {
    const std::filesystem::path source = file("letter.fodt", odf_text(body));
    Result<letter::Assembly> assembly = letter::Assembly::compile({source, m_folder, {}});
    if (!assembly) return {{}, std::move(assembly.findings)};
    Result<deal::Deal> data = assembly->read_deal({file("deal.json", deal)});
    if (!data) return {{}, std::move(data.findings)};
    letter::Letter out = assembly->render(*data, request);
    out.findings.insert(out.findings.begin(), assembly.findings.begin(), assembly.findings.end());
    return out;
  }

 private:
  std::filesystem::path m_folder;
};

/// A letter's content.xml, parsed.
inline pugi::xml_document content_of(const letter::Letter& letter) {
  pugi::xml_document dom;
  Result<odf::Package> package = odf::Package::open("letter.odt", letter.odt);
  if (package) {
    const std::string bytes = package->read("content.xml");
    EXPECT_TRUE(
        dom.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata));
  } else {
    ADD_FAILURE() << all_text(package.findings) << all_text(letter.findings);
  }
  return dom;
}

/// Reads the numbers of a letter as a person would: "1. text", "(A) text", "(ii) text"; "- text" is
/// a further paragraph of an item, "text" a paragraph outside lists, "[text]" one of a table cell.
/// Own counting, so that it agrees with the engine only where both are right.
class Outline {
 public:
  struct Line {
    std::string number; ///< of the item that begins here: "1" "(A)" "(ii)"; else empty
    std::string full;   ///< with all superior levels: "1(A)(ii)"
    std::string text;
    pugi::xml_node paragraph;
    bool in_list = false;
    bool in_table = false;
  };

  explicit Outline(pugi::xml_node text) { walk(text, 0, false); }

  const std::vector<Line>& lines() const { return m_lines; }
  std::string text() const {
    std::string out;
    for (const Line& line : m_lines) {
      if (line.in_table)
        out += "[" + line.text + "]";
      else if (!line.number.empty())
        out += line.number + (line.number.front() == '(' ? " " : ". ") + line.text;
      else
        out += (line.in_list ? "- " : "") + line.text;
      out += "\n";
    }
    return out;
  }

 private:
  using Counters = std::array<int, 3>;

  static std::string label(int level, int n) {
    if (level == 0) return std::to_string(n);
    if (level == 1) return "(" + std::string(1, static_cast<char>('A' + n - 1)) + ")";
    static const std::array<const char*, 10> k_roman = {"",  "i",  "ii",  "iii",  "iv",
                                                        "v", "vi", "vii", "viii", "ix"};
    return "(" + std::string(k_roman.at(static_cast<std::size_t>(n))) + ")";
  }

  static void visible(pugi::xml_node node, std::string& out) {
    for (pugi::xml_node child : node) {
      if (child.type() == pugi::node_pcdata) out += child.value();
      visible(child, out);
    }
  }

  void paragraph(pugi::xml_node node, std::string number, std::string full, bool in_list,
                 bool in_table) {
    Line line{std::move(number), std::move(full), {}, node, in_list, in_table};
    visible(node, line.text);
    m_lines.push_back(std::move(line));
  }

  void walk(pugi::xml_node parent, int level, bool in_table) {
    for (pugi::xml_node child : parent) {
      const std::string name = child.name();
      if (name == "text:p" || name == "text:h")
        paragraph(child, {}, {}, false, in_table);
      else if (name == "text:list")
        list(child, level, new_counters(child), {});
      else
        walk(child, level, in_table || name == "table:table");
    }
  }

  Counters& new_counters(pugi::xml_node list) {
    const std::string from = list.attribute("text:continue-list").value();
    const std::string id = list.attribute("xml:id").value();
    if (!from.empty()) {
      EXPECT_TRUE(m_families.contains(from)) << "continues a list that is not there: " << from;
      if (!id.empty()) m_families[id] = m_families[from];
      return m_counters[m_families[from]];
    }
    EXPECT_TRUE(id.empty() || !m_families.contains(id)) << "two lists with the id " << id;
    m_counters.emplace_back();
    if (!id.empty()) m_families[id] = m_counters.size() - 1;
    return m_counters.back();
  }

  void list(pugi::xml_node node, int level, Counters& counters, const std::string& above) {
    for (pugi::xml_node item : node.children("text:list-item")) {
      std::string full = above;
      bool first = true;
      for (pugi::xml_node child : item) {
        if (std::strcmp(child.name(), "text:list") == 0) {
          list(child, level + 1, counters, full);
        } else {
          std::string number;
          if (first) {
            const auto at = static_cast<std::size_t>(level);
            const pugi::xml_attribute start = item.attribute("text:start-value");
            counters.at(at) = start ? start.as_int() : counters.at(at) + 1;
            for (std::size_t deeper = at + 1; deeper < counters.size(); ++deeper)
              counters.at(deeper) = 0;
            number = label(level, counters.at(at));
            full += number;
          }
          paragraph(child, number, first ? full : std::string(), true, false);
        }
        first = false;
      }
    }
  }

  std::vector<Line> m_lines;
  std::deque<Counters> m_counters; ///< a deque: references into it stay
  std::map<std::string, std::size_t> m_families;
};

inline pugi::xml_node text_of(const pugi::xml_document& content) {
  return content.child("office:document-content").child("office:body").child("office:text");
}

inline std::string outline_of(const letter::Letter& letter) {
  const pugi::xml_document content = content_of(letter);
  return Outline(text_of(content)).text();
}

} // namespace engross::testing
