// SPDX-License-Identifier: MPL-2.0
// Every combination of the sample book's paragraphs is a right letter, or is refused for a reason
// that the book gives.
#include "opinion_support.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

namespace engross::testing {
namespace {

constexpr std::size_t k_letters = 4096;

struct Sample {
  Sample() {
    const std::filesystem::path firm = std::filesystem::path(ENGROSS_SOURCE_DIR) / "templates";
    Result<letter::Assembly> made =
        letter::Assembly::compile({firm / "templates" / "takedown-opinion.fodt", firm, {}});
    EXPECT_TRUE(made) << all_text(made.findings);
    assembly.emplace(std::move(*made));
    Result<deal::Deal> data = assembly->read_deal({firm / "deals" / "takedown.json"});
    EXPECT_TRUE(data) << all_text(data.findings);
    deal = std::move(*data);
    const std::string name = (firm / "opinions" / "book.json").string();
    Result<std::string> bytes = letter::read_file(name);
    const deal::Source source{name, *bytes, deal::Format::json};
    const Result<deal::Deal> book = deal::read({&source, 1});
    for (const deal::Value& entry : book->root.member("opinions")->as_list())
      if (entry.member("group")->as_string() == "takedown") entries.push_back(entry);
    for (std::size_t i = 0; i < entries.size(); ++i) index[id(i)] = i;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      needs.push_back(bits(i, "requires"));
      apart.push_back(bits(i, "excludes") | bits(i, "alternatives"));
    }
  }

  const std::string& id(std::size_t i) const { return entries[i].member("id")->as_string(); }
  std::uint32_t bits(std::size_t i, const char* key) const {
    std::uint32_t out = 0;
    if (const deal::Value* list = entries[i].member(key))
      for (const deal::Value& other : list->as_list()) out |= 1U << index.at(other.as_string());
    return out;
  }
  /// Whether the book allows exactly these paragraphs.
  bool allowed(std::uint32_t subset) const {
    for (std::size_t i = 0; i < entries.size(); ++i)
      if ((subset >> i & 1U) != 0 && ((needs[i] & ~subset) != 0 || (apart[i] & subset) != 0))
        return false;
    return true;
  }
  letter::Request request(std::uint32_t subset) const {
    letter::Request out;
    for (std::size_t i = 0; i < entries.size(); ++i) out.opinions[id(i)] = (subset >> i & 1U) != 0;
    return out;
  }

  std::optional<letter::Assembly> assembly;
  deal::Deal deal;
  deal::List entries;
  std::map<std::string, std::size_t> index;
  std::vector<std::uint32_t> needs;
  std::vector<std::uint32_t> apart;
};

/// Names of the bookmarks to which the references of a part point.
std::set<std::string> targets_in(const letter::Letter& letter, const std::string& part) {
  struct Walker : pugi::xml_tree_walker {
    std::set<std::string> names;
    bool for_each(pugi::xml_node& node) override {
      if (node.name() == std::string("text:bookmark-ref"))
        names.insert(node.attribute("text:ref-name").value());
      return true;
    }
  } walker;
  const Result<odf::Package> package = odf::Package::open("letter.odt", letter.odt);
  const std::string bytes = package->read(part);
  pugi::xml_document dom;
  EXPECT_TRUE(dom.load_buffer(bytes.data(), bytes.size()));
  dom.traverse(walker);
  EXPECT_FALSE(walker.names.empty()) << "the header shows the addressee";
  return walker.names;
}

/// Each name of its kind once, each reference with a target whose number it reads.
void expect_sound(const letter::Letter& letter, std::size_t opinions) {
  const pugi::xml_document content = content_of(letter);
  const Outline outline(text_of(content));
  std::map<pugi::xml_node, const Outline::Line*> line_of;
  int last = 0;
  for (const Outline::Line& line : outline.lines()) {
    line_of[line.paragraph] = &line;
    const std::string style = line.paragraph.attribute("text:style-name").value();
    if (!style.starts_with("Opinion_20_1") || line.number.empty()) continue;
    EXPECT_EQ(line.number, std::to_string(++last));
  }
  EXPECT_EQ(static_cast<std::size_t>(last), opinions);

  struct Walker : pugi::xml_tree_walker {
    std::set<std::string> names;
    std::map<std::string, pugi::xml_node> bookmarks;
    std::map<std::string, pugi::xml_node> ends;
    std::vector<pugi::xml_node> references;
    std::set<std::string> used_styles;
    bool for_each(pugi::xml_node& node) override {
      const std::string name = node.name();
      if (name == "text:bookmark-start") {
        const std::string bookmark = node.attribute("text:name").value();
        EXPECT_TRUE(bookmarks.emplace(bookmark, node.parent()).second) << bookmark;
        EXPECT_LE(bookmark.size(), 40U);
        EXPECT_EQ(bookmark.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_"),
                  std::string::npos)
            << bookmark;
      } else if (name == "text:bookmark-end") {
        EXPECT_TRUE(ends.emplace(node.attribute("text:name").value(), node.parent()).second);
      } else if (name == "text:bookmark-ref") {
        references.push_back(node);
      } else if (name == "style:style" || name == "text:list-style") {
        EXPECT_TRUE(names
                        .insert(name + node.attribute("style:family").value() + ":" +
                                node.attribute("style:name").value())
                        .second)
            << "style twice: " << node.attribute("style:name").value();
      }
      if (const auto id = node.attribute("xml:id")) {
        EXPECT_TRUE(names.insert("id:" + std::string(id.value())).second) << id.value();
      }
      return true;
    }
  } walker;
  pugi::xml_node(content.first_child()).traverse(walker);
  EXPECT_EQ(walker.bookmarks, walker.ends) << "each bookmark ends in its own paragraph";
  for (const std::string& target : targets_in(letter, "styles.xml"))
    EXPECT_TRUE(walker.bookmarks.contains(target)) << "header refers to nowhere: " << target;
  for (std::size_t i = 0; i < walker.references.size(); ++i) {
    const pugi::xml_node reference = walker.references[i];
    const std::string name = reference.attribute("text:ref-name").value();
    const std::string format = reference.attribute("text:reference-format").value();
    const auto target = walker.bookmarks.find(name);
    if (target == walker.bookmarks.end()) {
      ADD_FAILURE() << "reference to nowhere: " << name;
    } else if (format == "number-no-superior") {
      const auto line = line_of.find(target->second);
      ASSERT_NE(line, line_of.end());
      EXPECT_EQ(reference.child_value(), line->second->number) << name;
    }
  }
}

/// For a second reader: the letters' content.xml, where $ENGROSS_LETTERS names a folder.
void hand_on(const letter::Letter& letter, std::size_t number) {
  const char* folder = std::getenv("ENGROSS_LETTERS");
  if (folder == nullptr) return;
  const Result<odf::Package> package = odf::Package::open("letter.odt", letter.odt);
  std::ofstream(std::filesystem::path(folder) / (std::to_string(number) + ".xml"), std::ios::binary)
      << package->read("content.xml");
}

TEST(Combinations, OfTheSampleBookAreRightOrRefused) {
  const Sample sample;
  ASSERT_LE(sample.entries.size(), 20U);
  std::vector<std::uint32_t> allowed;
  std::vector<std::uint32_t> refused;
  for (std::uint32_t subset = 0; subset < 1U << sample.entries.size(); ++subset)
    (sample.allowed(subset) ? allowed : refused).push_back(subset);
  std::mt19937 dice(1871);
  std::shuffle(allowed.begin(), allowed.end(), dice);
  std::shuffle(refused.begin(), refused.end(), dice);
  allowed.resize(std::min(allowed.size(), k_letters));
  refused.resize(std::min(refused.size(), k_letters / 8));
  std::size_t with_references = 0;
  for (const std::uint32_t subset : allowed) {
    const letter::Letter letter = sample.assembly->render(sample.deal, sample.request(subset));
    ASSERT_TRUE(letter.ok()) << std::hex << subset << "\n" << all_text(letter.findings);
    expect_sound(letter, static_cast<std::size_t>(std::popcount(subset)));
    hand_on(letter, subset);
    with_references += (subset >> sample.index.at("registration-effective") & 1U);
    if (HasFailure()) FAIL() << "combination " << std::hex << subset;
  }
  EXPECT_GT(with_references, allowed.size() / 8) << "the sample shows references";
  for (const std::uint32_t subset : refused) {
    const letter::Letter letter = sample.assembly->render(sample.deal, sample.request(subset));
    EXPECT_FALSE(letter.ok());
    for (const Finding& finding : letter.findings)
      if (finding.severity == Severity::error) {
        EXPECT_TRUE(finding.code == Code::opinion_excludes ||
                    finding.code == Code::opinion_required_excluded)
            << to_text(finding);
      }
  }
}

} // namespace
} // namespace engross::testing
