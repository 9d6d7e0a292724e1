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
#include <numeric>
#include <random>
#include <regex>
#include <set>

namespace engross::testing {
namespace {

constexpr std::size_t k_letters = 4096;

/// One template of the sample firm, its deal in both voices, and what the book says of the
/// paragraphs for which it has a place.
struct Sample {
  Sample(const std::string& name, const std::set<std::string>& groups) {
    const std::filesystem::path firm = std::filesystem::path(ENGROSS_SOURCE_DIR) / "templates";
    Result<letter::Assembly> made =
        letter::Assembly::compile({firm / "templates" / (name + "-opinion.fodt"), firm, {}});
    EXPECT_TRUE(made) << all_text(made.findings);
    assembly.emplace(std::move(*made));
    for (const char* voice : {"we", "I"}) {
      Result<deal::Deal> data =
          assembly->read_deal({firm / "deals" / (name + ".json")}, {{"voice", voice}});
      EXPECT_TRUE(data) << all_text(data.findings);
      deals.push_back(std::move(*data));
    }
    const std::string file = (firm / "opinions" / "book.json").string();
    Result<std::string> bytes = letter::read_file(file);
    const deal::Source source{file, *bytes, deal::Format::json};
    const Result<deal::Deal> book = deal::read({&source, 1});
    for (const deal::Value& entry : book->root.member("opinions")->as_list())
      if (groups.contains(entry.member("group")->as_string())) entries.push_back(entry);
    for (std::size_t i = 0; i < entries.size(); ++i) index[id(i)] = i;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      needs.push_back(bits(i, "requires"));
      apart.push_back(bits(i, "excludes") | bits(i, "alternatives"));
      if (entries[i].member("group")->as_string() == name) main_group |= 1U << i;
    }
  }

  const std::string& id(std::size_t i) const { return entries[i].member("id")->as_string(); }
  std::uint32_t bits(std::size_t i, const char* key) const {
    std::uint32_t out = 0;
    if (const deal::Value* list = entries[i].member(key))
      for (const deal::Value& other : list->as_list()) out |= 1U << index.at(other.as_string());
    return out;
  }
  bool fits(std::uint32_t subset, std::size_t i) const {
    return (subset >> i & 1U) == 0 || ((needs[i] & ~subset) == 0 && (apart[i] & subset) == 0);
  }
  /// Whether the book allows exactly these paragraphs, and the template's first slot is not empty.
  bool allowed(std::uint32_t subset) const {
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (!fits(subset, i)) return false;
    return (subset & main_group) != 0;
  }
  /// What is left when the paragraphs that the book does not allow here go, in any order.
  std::uint32_t mended(std::uint32_t subset, std::mt19937& dice) const {
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (bool changed = true; changed;) {
      changed = false;
      std::shuffle(order.begin(), order.end(), dice);
      for (const std::size_t i : order)
        if (!fits(subset, i)) {
          subset &= ~(1U << i);
          changed = true;
          break;
        }
    }
    return subset;
  }
  letter::Request request(std::uint32_t subset) const {
    letter::Request out;
    for (std::size_t i = 0; i < entries.size(); ++i) out.opinions[id(i)] = (subset >> i & 1U) != 0;
    return out;
  }

  std::optional<letter::Assembly> assembly;
  std::vector<deal::Deal> deals;
  deal::List entries;
  std::map<std::string, std::size_t> index;
  std::vector<std::uint32_t> needs;
  std::vector<std::uint32_t> apart;
  std::uint32_t main_group = 0;
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

/// In a letter that says "I" nobody says "we", and the other way round.
void expect_voice(const letter::Letter& letter, bool plural) {
  static const std::regex k_we("\\b([Ww]e|[Oo]urs?|us|[Oo]urselves)\\b");
  static const std::regex k_i("\\b(I|[Mm]y|[Mm]ine|me|[Mm]yself)\\b");
  const pugi::xml_document content = content_of(letter);
  const Outline outline(text_of(content));
  for (const Outline::Line& line : outline.lines()) {
    std::smatch found;
    EXPECT_FALSE(std::regex_search(line.text, found, plural ? k_i : k_we))
        << found.str() << ": " << line.text;
  }
}

/// For a second reader: the letters' content.xml, where $ENGROSS_LETTERS names a folder.
void hand_on(const letter::Letter& letter, const std::string& name) {
  const char* folder = std::getenv("ENGROSS_LETTERS");
  if (folder == nullptr) return;
  const Result<odf::Package> package = odf::Package::open("letter.odt", letter.odt);
  std::ofstream(std::filesystem::path(folder) / (name + ".xml"), std::ios::binary)
      << package->read("content.xml");
}

void expect_right(const Sample& sample, std::uint32_t subset, const std::string& name) {
  const bool plural = std::popcount(subset) % 2 == 0;
  const letter::Letter letter =
      sample.assembly->render(sample.deals[plural ? 0 : 1], sample.request(subset));
  ASSERT_TRUE(letter.ok()) << all_text(letter.findings);
  expect_sound(letter, static_cast<std::size_t>(std::popcount(subset)));
  expect_voice(letter, plural);
  hand_on(letter, name + std::to_string(subset));
}

void expect_refused(const Sample& sample, std::uint32_t subset) {
  const letter::Letter letter = sample.assembly->render(sample.deals[0], sample.request(subset));
  EXPECT_FALSE(letter.ok());
  for (const Finding& finding : letter.findings)
    if (finding.severity == Severity::error) {
      EXPECT_TRUE(finding.code == Code::opinion_excludes ||
                  finding.code == Code::opinion_required_excluded ||
                  (finding.code == Code::slot_empty && (subset & sample.main_group) == 0))
          << to_text(finding);
    }
}

/// All of them, since there are no more than 4,096.
TEST(Combinations, OfTheShelfLetterAreRightOrRefused) {
  const Sample sample("shelf", {"shelf"});
  ASSERT_LE(sample.entries.size(), 12U);
  std::size_t right = 0;
  for (std::uint32_t subset = 0; subset < 1U << sample.entries.size(); ++subset) {
    if (sample.allowed(subset)) {
      ++right;
      expect_right(sample, subset, "shelf");
    } else {
      expect_refused(sample, subset);
    }
    if (HasFailure()) FAIL() << "combination " << std::hex << subset;
  }
  EXPECT_GT(right, 8U);
}

/// Of all groups for which the letter has a place: a seeded sample of 4,096.
TEST(Combinations, OfTheTakedownLetterAreRightOrRefused) {
  const Sample sample("takedown", {"takedown", "tax", "ucc", "regulatory"});
  ASSERT_GT(sample.entries.size(), 20U);
  ASSERT_LE(sample.entries.size(), 31U);
  std::mt19937 dice(1871);
  std::set<std::uint32_t> right;
  std::uint32_t stood = 0;
  std::size_t with_references = 0;
  for (int tries = 0; right.size() < k_letters && tries < 100'000; ++tries) {
    const auto wild = static_cast<std::uint32_t>(dice()) & ((1U << sample.entries.size()) - 1);
    if (tries < static_cast<int>(k_letters) / 8 && !sample.allowed(wild))
      expect_refused(sample, wild);
    const std::uint32_t subset = sample.mended(wild, dice);
    if (!sample.allowed(subset) || !right.insert(subset).second) continue;
    expect_right(sample, subset, "takedown");
    stood |= subset;
    with_references += (subset >> sample.index.at("registration-effective") & 1U);
    if (HasFailure()) FAIL() << "combination " << std::hex << subset;
  }
  EXPECT_EQ(right.size(), k_letters);
  EXPECT_EQ(stood, (1U << sample.entries.size()) - 1) << "each stood in some letter";
  EXPECT_GT(with_references, k_letters / 8) << "the sample shows references";
}

} // namespace
} // namespace engross::testing
