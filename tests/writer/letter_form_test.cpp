// SPDX-License-Identifier: MPL-2.0
#include "writer/finding_text.hpp"
#include "writer/letter_form.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace engross::writer {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class LetterFormTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "engross-form-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    m_folder = pattern;
    m_firm = m_folder / "firm";
    std::filesystem::copy(std::filesystem::path(ENGROSS_SOURCE_DIR) / "templates", m_firm,
                          std::filesystem::copy_options::recursive);
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  static void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  }

  /// The takedown letter of the sample firm.
  LetterForm takedown() const {
    LetterForm form;
    form.set_firm(m_firm);
    form.set_template(m_firm / "templates/takedown-opinion.fodt");
    form.set_deal(m_firm / "deals/takedown.json");
    return form;
  }

  std::filesystem::path m_folder;
  std::filesystem::path m_firm;
};

const letter::OpinionChoice& first(const LetterForm& form, bool chosen) {
  const auto& opinions = form.opinions();
  return *std::find_if(opinions.begin(), opinions.end(),
                       [=](const auto& opinion) { return opinion.chosen == chosen; });
}

bool is_chosen(const LetterForm& form, const std::string& id) {
  const auto& opinions = form.opinions();
  return std::find_if(opinions.begin(), opinions.end(),
                      [&](const auto& opinion) { return opinion.id == id; })
      ->chosen;
}

TEST_F(LetterFormTest, IsEmptyUntilAFirmIsChosen) {
  LetterForm form;
  EXPECT_FALSE(form.complete());
  EXPECT_THAT(form.template_names(), IsEmpty());
  EXPECT_THAT(form.letterhead_names(), ElementsAre("The firm’s default"));
  EXPECT_THAT(form.findings(), IsEmpty());
}

TEST_F(LetterFormTest, AFirmFillsTheLists) {
  LetterForm form;
  form.set_firm(m_firm);
  EXPECT_EQ(form.firm_name(), "Marlow & Pike LLP");
  EXPECT_THAT(form.template_names(), Contains("takedown-opinion"));
  EXPECT_THAT(form.deal_names(), Contains("takedown.json"));
  EXPECT_THAT(form.deal_names(), Contains("takedown.xml"));
  EXPECT_THAT(form.letterhead_names(),
              ElementsAre("The firm’s default", "marlow-pike", "marlow-pike-a4"));
  EXPECT_TRUE(form.complete());
  EXPECT_EQ(form.selected_template(), 0U);
  EXPECT_EQ(form.selected_deal(), 0U);
}

TEST_F(LetterFormTest, AFolderWithoutFirmJsonSaysSo) {
  LetterForm form;
  form.set_firm(m_folder);
  EXPECT_FALSE(form.complete());
  ASSERT_FALSE(form.findings().empty());
  EXPECT_THAT(for_reading(form.findings()), HasSubstr("firm.json"));
}

TEST_F(LetterFormTest, AssemblesWhatItShows) {
  LetterForm form = takedown();
  EXPECT_FALSE(has_errors(form.findings())) << for_reading(form.findings());
  EXPECT_GT(form.chosen_opinions(), 0U);
  EXPECT_LT(form.chosen_opinions(), form.opinions().size());
  EXPECT_TRUE(form.assemble().ok());
}

TEST_F(LetterFormTest, APersonPutsParagraphsInAndTakesThemOut) {
  LetterForm form = takedown();
  const std::string before = form.assemble().odt;
  const std::size_t chosen = form.chosen_opinions();
  const auto last = std::find_if(form.opinions().rbegin(), form.opinions().rend(),
                                 [](const auto& opinion) { return opinion.chosen; });
  const std::string id = last->id;

  form.choose_opinion(id, false);
  EXPECT_FALSE(is_chosen(form, id));
  EXPECT_LT(form.chosen_opinions(), chosen);

  form.choose_opinion(id, true);
  EXPECT_TRUE(is_chosen(form, id));
  EXPECT_EQ(form.chosen_opinions(), chosen);
  EXPECT_EQ(form.assemble().odt, before) << "back to the rules is the letter of the rules";
}

TEST_F(LetterFormTest, AnotherDealForgetsWhatWasSaidByHand) {
  LetterForm form = takedown();
  const std::size_t chosen = form.chosen_opinions();
  form.choose_opinion(first(form, true).id, false);
  form.set_deal(m_firm / "deals/takedown.xml");
  EXPECT_EQ(form.chosen_opinions(), chosen);
}

TEST_F(LetterFormTest, ADealFromElsewhereJoinsTheList) {
  LetterForm form = takedown();
  const auto elsewhere = m_folder / "closing.json";
  std::filesystem::copy_file(m_firm / "deals/takedown.json", elsewhere);
  form.set_deal(elsewhere);
  EXPECT_THAT(form.deal_names(), Contains("closing.json"));
  EXPECT_EQ(form.deal_names().at(form.selected_deal().value()), "closing.json");
  EXPECT_TRUE(form.assemble().ok());
  form.set_deal(elsewhere);
  EXPECT_EQ(std::ranges::count(form.deal_names(), "closing.json"), 1);
}

TEST_F(LetterFormTest, ABrokenDealGivesNoLetterAndSaysWhere) {
  LetterForm form = takedown();
  const auto broken = m_folder / "broken.json";
  write(broken, "{\n  \"letter\": {,}\n}\n");
  form.set_deal(broken);
  const auto letter = form.assemble();
  EXPECT_FALSE(letter.ok());
  const std::string text = for_reading(letter.findings);
  EXPECT_THAT(text, HasSubstr("1.  Error: "));
  EXPECT_THAT(text, HasSubstr("broken.json, line 2"));
  EXPECT_THAT(text, HasSubstr("What to do:  "));
  EXPECT_EQ(form.findings(), letter.findings) << "what is shown before is what is said after";
}

TEST_F(LetterFormTest, ADraftMarksWhatIsMissing) {
  LetterForm form = takedown();
  std::ifstream source(m_firm / "deals/takedown.json", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(source), {}};
  text.replace(text.find("\"salutation\""), 12, "\"greeting\"");
  const auto incomplete = m_folder / "incomplete.json";
  write(incomplete, text);
  form.set_deal(incomplete);
  EXPECT_FALSE(form.assemble().ok());
  form.set_draft(true);
  EXPECT_FALSE(has_errors(form.findings())) << for_reading(form.findings());
  EXPECT_TRUE(form.assemble().ok());
  form.set_draft(false);
  EXPECT_FALSE(form.assemble().ok());
}

TEST_F(LetterFormTest, ReviewDatesAreJudgedByTheDayGiven) {
  LetterForm form("2099-01-01");
  form.set_firm(m_firm);
  form.set_template(m_firm / "templates/takedown-opinion.fodt");
  form.set_deal(m_firm / "deals/takedown.json");
  EXPECT_FALSE(form.findings().empty());
  EXPECT_THAT(takedown().findings(), IsEmpty());
}

TEST_F(LetterFormTest, FilesAreReadAnewForTheLetter) {
  LetterForm form = takedown();
  write(m_firm / "deals/takedown.json", "{}");
  EXPECT_FALSE(form.assemble().ok());
}

TEST_F(LetterFormTest, IndicesOutOfTheListsChangeNothing) {
  LetterForm form = takedown();
  form.select_template(999);
  form.select_deal(static_cast<std::size_t>(-1));
  form.select_letterhead(999);
  EXPECT_EQ(form.template_file(), m_firm / "templates/takedown-opinion.fodt");
  EXPECT_EQ(form.deal_file(), m_firm / "deals/takedown.json");
  EXPECT_EQ(form.selected_letterhead(), 0U);
}

Finding finding(Severity severity, std::string message) {
  Finding made;
  made.severity = severity;
  made.message = std::move(message);
  return made;
}

TEST(FindingText, SummaryCountsAndNamesTheWorst) {
  EXPECT_EQ(summary({}), "");
  EXPECT_EQ(summary({finding(Severity::warning, "Look."), finding(Severity::error, "Bad."),
                     finding(Severity::error, "Worse.")}),
            "2 errors, 1 warning: Bad.");
  EXPECT_EQ(summary({finding(Severity::info, "By the way.")}), "1 note: By the way.");
}

TEST(FindingText, ErrorsComeFirstAndEmptyPartsAreLeftOut) {
  Finding error = finding(Severity::error, "There is no value x.");
  error.hint = "Add it.";
  error.place.file = "/some/where/a.fodt";
  error.place.part = "styles.xml";
  error.place.paragraph = 3;
  error.place.heading = "Opinions";
  error.place.excerpt = "Dear {{ x }}";
  const std::string text = for_reading({finding(Severity::warning, "Look."), error});
  EXPECT_THAT(text, testing::StartsWith("1.  Error: There is no value x.\n"
                                        "    Where:  a.fodt, headers, footers and styles, paragraph "
                                        "3, under “Opinions”\n"
                                        "    Text:  Dear {{ x }}\n"
                                        "    What to do:  Add it.\n"));
  EXPECT_THAT(text, HasSubstr("\n2.  Warning: Look.\n    Code:"));
  EXPECT_THAT(text, Not(HasSubstr("/some/where")));
}

} // namespace
} // namespace engross::writer
