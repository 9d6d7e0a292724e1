// SPDX-License-Identifier: MPL-2.0
// Books that are wrong in one way, what each is told, and how several books become one.
#include "deal/deal.hpp"
#include "opinion_support.hpp"

#include <gmock/gmock.h>

namespace engross::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string entry(const std::string& id, const std::string& more = {}) {
  return R"({"id":")" + id + R"(","group":"g")" + (more.empty() ? "" : "," + more) + "}";
}
std::string book_of(const std::string& entries, const std::string& files = "\"b.fodt\"") {
  return "{\"files\":[" + files + "],\"opinions\":[" + entries + "]}";
}
std::string sections(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) out += plain_section(id, "Text");
  return odf_text(out);
}
Files with_entries(const std::string& entries, const std::vector<std::string>& ids = {"a"}) {
  return {{"book.json", book_of(entries)}, {"b.fodt", sections(ids)}};
}
Files with_sections(const std::string& body, const std::string& entries = entry("a")) {
  return {{"book.json", book_of(entries)}, {"b.fodt", odf_text(body)}};
}

struct Wrong {
  const char* name;
  Files files;
  const char* finding;
  const char* names; ///< in message, hint or place
};

class WrongBook : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongBook, HasExactlyThisFinding) {
  const Result<opinion::Book> book = load_book(GetParam().files);
  ASSERT_THAT(codes(book.findings), ElementsAre(GetParam().finding)) << all_text(book.findings);
  EXPECT_THAT(to_text(book.findings[0]), HasSubstr(GetParam().names));
  EXPECT_THAT(book.findings[0].place.file, ::testing::Not(IsEmpty()));
}

const Wrong k_wrong[] = {
    {"NotJson", {{"book.json", "{\"opinions\": [}"}}, "json_syntax", "book.json"},
    {"NoBook", {}, "file_not_found", "book.json"},
    {"NoList", {{"book.json", R"({"files":[]})"}}, "book_key_wrong", "opinions"},
    {"NoId", with_entries(entry("a") + R"(,{"group":"g"})"), "book_key_wrong", "opinions[1]"},
    {"IdTwice", with_entries(entry("a") + "," + entry("a")), "opinion_twice", "“a”"},
    {"NoGroup", with_entries(R"({"id":"a"})"), "book_key_wrong", "group"},
    {"OrderIsText", with_entries(entry("a", R"("order":"first")")), "book_key_wrong", "order"},
    {"OrderIsNoWholeNumber", with_entries(entry("a", R"("order":1.5)")), "book_key_wrong",
     "whole number"},
    {"RuleCannotBeRead", with_entries(entry("a", R"("when":"x and")")), "unexpected_in_tag",
     "x and"},
    {"RuleHasUnknownFilter", with_entries(entry("a", R"("when":"x | uper == 1")")),
     "unknown_filter", "upper"},
    {"RequiresUnknown", with_entries(entry("a", R"("requires":["b"])")), "opinion_unknown", "“b”"},
    {"ExcludesUnknown", with_entries(entry("a", R"("excludes":["b"])")), "opinion_unknown", "“b”"},
    {"AlternativesUnknown", with_entries(entry("a", R"("alternatives":["b"])")), "opinion_unknown",
     "“b”"},
    {"RequiresIsNoList", with_entries(entry("a", R"("requires":{"b":1})")), "book_key_wrong",
     "requires"},
    {"CircleOfRequirements",
     with_entries(entry("a", R"("requires":["b"])") + "," + entry("b", R"("requires":["c"])") +
                      "," + entry("c", R"("requires":["a"])"),
                  {"a", "b", "c"}),
     "opinion_loop", "“a”, “b”, “c”"},
    {"NeedsWhatItExcludes",
     with_entries(entry("a", R"("requires":["b"],"excludes":["c"])") + "," +
                      entry("b", R"("requires":["c"])") + "," + entry("c"),
                  {"a", "b", "c"}),
     "opinion_impossible", "“c”"},
    {"AlternativeWithTheSameRule",
     with_entries(entry("a", R"("when":"x > 1","alternatives":"s")") + "," +
                      entry("b", R"("when":"x>1","alternatives":"s")"),
                  {"a", "b"}),
     "alternative_unreachable", "“b” decides nothing"},
    {"AlternativeBehindAlways",
     with_entries(entry("a", R"("when":"true","alternatives":"s")") + "," +
                      entry("b", R"("when":"x","alternatives":"s")"),
                  {"a", "b"}),
     "alternative_unreachable", "“b” decides nothing"},
    {"AlternativeBehindAWiderRule",
     with_entries(entry("a", R"("when":"x","alternatives":"s")") + "," +
                      entry("b", R"("when":"y and x","alternatives":"s")"),
                  {"a", "b"}),
     "alternative_unreachable", "“b” decides nothing"},
    {"RuleAsksWhatIsChosen",
     with_entries(entry("a", R"x("when":"x and 'b' is chosen")x") + "," + entry("b"), {"a", "b"}),
     "chosen_in_rule", "“b”"},
    {"SectionAsksForAnUnknownParagraph",
     with_sections(plain_section("alpha", "x{% if \"alpa\" is chosen %}y{% endif %}"),
                   entry("alpha")),
     "opinion_unknown", "Did you mean “alpha”?"},
    {"NoSection", with_entries(entry("a") + "," + entry("b")), "opinion_without_section", "“b”"},
    {"SectionNotListed", with_entries(entry("a"), {"a", "b"}), "section_not_listed", "“b”"},
    {"SectionTwiceInOneFile", with_sections(plain_section("a", "x") + plain_section("a", "y")),
     "section_twice", "“a”"},
    {"SectionTwiceInTwoFiles",
     {{"book.json", book_of(entry("a"), R"("b.fodt","c.fodt")")},
      {"b.fodt", sections({"a"})},
      {"c.fodt", sections({"a"})}},
     "section_twice",
     "c.fodt"},
    {"SectionOfTwo", with_entries(entry("a") + "," + entry("b", R"("section":"a")")),
     "section_shared", "“b”"},
    {"SectionWithoutText", with_sections(section("a", "<text:p/>")), "opinion_without_text", "“a”"},
    {"FileMissing",
     {{"book.json", book_of(entry("a"), R"("b.fodt","c.fodt")")}, {"b.fodt", sections({"a"})}},
     "file_not_found",
     "c.fodt"},
    {"ApprovedIsText", with_entries(entry("a", R"("approved":"yes")")), "book_key_wrong",
     "approved"},
    {"ReviewIsNoDate", with_entries(entry("a", R"("review_by":"31 March 2027")")), "book_key_wrong",
     "review_by"},
    {"ReviewOnADayThatIsNot", with_entries(entry("a", R"("review_by":"2027-02-30")")),
     "book_key_wrong", "2027-03-31"},
    {"KeyMisspelt", with_entries(entry("a", R"("require":["a"])")), "book_key_unknown",
     "“requires”"},
    {"TagNotClosed", with_sections(plain_section("a", "x {{ y")), "tag_not_closed", "{{"},
    {"BlockNotClosed", with_sections(plain_section("a", "x {% if y %}z")), "block_not_closed",
     "{% if y %}"},
    {"TagOutsideSections",
     with_sections("<text:p text:style-name=\"Body\">By {{ author }}</text:p>" +
                   plain_section("a", "x")),
     "tag_outside_section", "{{ author }}"},
    {"SlotInsideASection",
     with_sections(section("a", "<text:p text:style-name=\"Opinion_20_1\">x</text:p>"
                                "<text:p>{% opinions \"g\" %}</text:p>")),
     "tag_not_for_books", "{% opinions"},
    {"NativeReference",
     with_sections(plain_section("a", "see <text:bookmark-ref text:reference-format=\"number\" "
                                      "text:ref-name=\"m\">1</text:bookmark-ref>")),
     "native_reference", "“a”"},
    {"ReferenceToANote",
     with_sections(plain_section("a", "see <text:note-ref text:note-class=\"footnote\" "
                                      "text:ref-name=\"n\">1</text:note-ref>")),
     "native_reference", "“a”"},
    {"FieldThatCounts",
     with_sections(plain_section("a", "Table <text:sequence text:name=\"Table\" "
                                      "text:formula=\"Table+1\">1</text:sequence>")),
     "field_in_book", "a field that counts"},
    {"DateOfTheDay",
     with_sections(plain_section("a", "of <text:date text:date-value=\"2026-01-01\">1.1.26"
                                      "</text:date>")),
     "field_in_book", "the date of the day"},
    {"HiddenSection",
     with_sections(section("a", "<text:p text:style-name=\"Opinion_20_1\">x</text:p><text:section "
                                "text:name=\"n\" text:display=\"none\"><text:p>draft</text:p>"
                                "</text:section>"),
                   entry("a")),
     "field_in_book", "a hidden section"},
    {"LinkIntoTheBook",
     with_sections(plain_section("a", "see <text:bookmark text:name=\"m\"/><text:a "
                                      "xlink:href=\"#m\">above</text:a>")),
     "link_in_book", "“m”"},
    {"ListInANoteGoesOn",
     with_sections(plain_section(
         "a", "x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:list "
              "text:continue-numbering=\"true\" text:style-name=\"Opinions\"><text:list-item>"
              "<text:p>y</text:p></text:list-item></text:list></text:note-body></text:note>")),
     "list_goes_on_in_book", "“a”"},
    {"BeginsWithASubItem",
     with_sections(section("a",
                           "<text:list text:style-name=\"Opinions\"><text:list-item><text:list>"
                           "<text:list-item><text:p text:style-name=\"Opinion_20_2\">x</text:p>"
                           "</text:list-item></text:list></text:list-item></text:list>")),
     "opinion_without_head", "“a”"},
    {"NeedsTwoThatExcludeEachOther",
     with_entries(entry("a", R"("requires":["b","d"])") + "," + entry("b", R"("requires":["c"])") +
                      "," + entry("c") + "," + entry("d", R"("excludes":["c"])") + "," +
                      entry("e", R"("requires":["a"])"),
                  {"a", "b", "c", "d", "e"}),
     "opinion_impossible", "“a” can never stand: it needs “d” and “c”"},
    {"NeedsTwoAlternatives",
     with_entries(entry("a", R"("requires":["b","c"])") + "," +
                      entry("b", R"("alternatives":"s")") + "," +
                      entry("c", R"("alternatives":"s")"),
                  {"a", "b", "c"}),
     "opinion_impossible", "“b” and “c”, which exclude each other"},
    {"EmbeddedObject",
     with_sections(plain_section("a", "x <draw:frame><draw:object/>"
                                      "</draw:frame>")),
     "object_in_book", "“a”"},
    {"LabelOfTwo",
     with_sections(plain_section("a", "{% label \"l\" %}x") +
                       plain_section("b", "{% label \"l\" %}y"),
                   entry("a") + "," + entry("b")),
     "label_in_two", "“l”"},
    {"OverridesWithoutEarlierBook", with_entries(entry("a", R"("overrides":"z")"), {}),
     "override_unknown", "“z”"},
    {"OverridesWhatIsInTheSameBook",
     with_entries(entry("a") + "," + entry("b", R"("overrides":"a")"), {"a", "b"}),
     "override_unknown", "“a” is in the same book"},
};

INSTANTIATE_TEST_SUITE_P(Books, WrongBook, ::testing::ValuesIn(k_wrong),
                         [](const auto& given) { return std::string(given.param.name); });

TEST(Book, FixedFieldsAndLinksToTheWebMayStand) {
  const Result<opinion::Book> book = load_book(with_sections(plain_section(
      "a",
      "of <text:date text:fixed=\"true\" text:date-value=\"2026-01-01\">1 January</text:date>, "
      "<text:a xlink:href=\"https://www.sec.gov/\">the SEC</text:a>, page "
      "<text:page-number>1</text:page-number>")));
  EXPECT_THAT(book.findings, IsEmpty()) << all_text(book.findings);
}

TEST(Book, AlternativesMayShareALabel) {
  const Result<opinion::Book> book = load_book(with_sections(
      plain_section("a", "{% label \"l\" %}x") + plain_section("b", "{% label \"l\" %}y"),
      entry("a", R"("alternatives":"s")") + "," + entry("b", R"("alternatives":"s")")));
  EXPECT_THAT(book.findings, IsEmpty()) << all_text(book.findings);
}

// --- Several books
// ---------------------------------------------------------------------------------

Result<opinion::Book> load_books(const std::vector<std::string>& entries_of_each) {
  std::vector<opinion::Book::Source> sources;
  for (std::size_t i = 0; i < entries_of_each.size(); ++i) {
    const std::string name = "book" + std::to_string(i) + ".json";
    const deal::Source source{name, book_of(entries_of_each[i]), deal::Format::json};
    const Result<deal::Deal> json = deal::read({&source, 1});
    std::string body;
    for (const deal::Value& one : json->root.member("opinions")->as_list()) {
      const std::string& id = one.member("id")->as_string();
      body += plain_section(id, id + " of book " + std::to_string(i));
    }
    sources.push_back(
        {name, [name, text = source.bytes, file = odf_text(body)](const std::string& asked) {
           return Result<std::string>(asked == name ? text : file);
         }});
  }
  return opinion::Book::load(sources);
}

TEST(Books, ALaterEntryReplacesTheOneThatItNames) {
  const Result<opinion::Book> book =
      load_books({entry("a", R"("order":1)") + "," + entry("b", R"("order":2,"requires":["a"])"),
                  R"({"id":"a","overrides":"a"})"});
  EXPECT_THAT(book.findings, IsEmpty()) << all_text(book.findings);
  ASSERT_TRUE(book);
  EXPECT_THAT(book->ids(), ElementsAre("a", "b"));
  EXPECT_THAT(book->find("a")->program.text, HasSubstr("a of book 1"));
  EXPECT_EQ(book->find("a")->group, "g");
}

TEST(Books, AnOldIdMeansTheNewParagraph) {
  const Result<opinion::Book> book =
      load_books({entry("a") + "," + entry("b", R"("requires":["a"],"excludes":["a"])"),
                  R"({"id":"a-office","overrides":"a"})"});
  ASSERT_TRUE(book) << all_text(book.findings);
  EXPECT_THAT(book->ids(), ElementsAre("a-office", "b"));
  EXPECT_EQ(book->find("a"), book->find("a-office"));
  EXPECT_THAT(book->find("b")->needs, ElementsAre("a-office"));
}

/// Else both alternatives stood in a letter, or two that the firm keeps apart.
TEST(Books, WhatOverridesStaysApartFromTheSameParagraphs) {
  const std::string firm = entry("a", R"("alternatives":"s","excludes":["c"])") + "," +
                           entry("b", R"("alternatives":"s")") + "," + entry("c");
  const Result<opinion::Book> book = load_books({firm, R"({"id":"a-office","overrides":"a"})"});
  ASSERT_TRUE(book) << all_text(book.findings);
  EXPECT_EQ(book->find("a-office")->alternatives, book->find("b")->alternatives);
  EXPECT_THAT(book->find("a-office")->excludes, ElementsAre("c"));
  const Result<opinion::Book> other =
      load_books({firm, R"({"id":"a-office","overrides":"a","alternatives":[],"excludes":[]})"});
  ASSERT_TRUE(other) << all_text(other.findings);
  EXPECT_EQ(other->find("a-office")->alternatives, "");
  EXPECT_THAT(other->find("a-office")->excludes, IsEmpty());
}

/// An office that words a paragraph anew and copies nothing else must not lose it from its letters.
TEST(Books, WhatOverridesComesByTheSameRuleOnTheSameGround) {
  const std::string firm =
      entry("a", R"("when":"x","requires":["b"],"covers":["New York"],"backup":["charter"])") +
      "," + entry("b");
  const Result<opinion::Book> book = load_books({firm, R"({"id":"a-office","overrides":"a"})"});
  ASSERT_TRUE(book) << all_text(book.findings);
  EXPECT_EQ(book->find("a")->when_text, "x");
  EXPECT_TRUE(book->find("a")->when);
  EXPECT_THAT(book->find("a")->needs, ElementsAre("b"));
  EXPECT_THAT(book->find("a")->covers, ElementsAre("New York"));
  EXPECT_THAT(book->find("a")->backup, ElementsAre("charter"));
  const Result<opinion::Book> own = load_books(
      {firm,
       R"({"id":"a","overrides":"a","when":"y","requires":[],"covers":["Texas"],"backup":[]})"});
  ASSERT_TRUE(own) << all_text(own.findings);
  EXPECT_EQ(own->find("a")->when_text, "y");
  EXPECT_THAT(own->find("a")->needs, IsEmpty());
  EXPECT_THAT(own->find("a")->covers, ElementsAre("Texas"));
  EXPECT_THAT(own->find("a")->backup, IsEmpty());
  const Result<opinion::Book> none = load_books({firm, R"({"id":"a","overrides":"a","when":""})"});
  ASSERT_TRUE(none) << all_text(none.findings);
  EXPECT_FALSE(none->find("a")->when);
}

TEST(Books, ALaterBookAddsParagraphs) {
  const Result<opinion::Book> book = load_books({entry("a"), entry("b")});
  EXPECT_THAT(book.findings, IsEmpty()) << all_text(book.findings);
  EXPECT_THAT(book->ids(), ElementsAre("a", "b"));
}

struct Merge {
  const char* name;
  std::vector<std::string> books;
  const char* finding;
};

class WrongMerge : public ::testing::TestWithParam<Merge> {};

TEST_P(WrongMerge, IsFound) {
  const Result<opinion::Book> book = load_books(GetParam().books);
  EXPECT_THAT(codes(book.findings), ElementsAre(GetParam().finding)) << all_text(book.findings);
}

const Merge k_merges[] = {
    {"SameIdWithoutOverrides", {entry("a"), entry("a")}, "opinion_in_two_books"},
    {"OverridesUnknown",
     {entry("a"), R"({"id":"b","overrides":"c","group":"g"})"},
     "override_unknown"},
    {"OverridesInItsOwnBook", {entry("a") + R"(,{"id":"b","overrides":"a"})"}, "override_unknown"},
    {"Chain",
     {entry("a"), R"({"id":"b","overrides":"a"})", R"({"id":"c","overrides":"b"})"},
     "override_chain"},
    {"ChainByTheFirstName",
     {entry("a"), R"({"id":"a","overrides":"a"})", R"({"id":"a","overrides":"a"})"},
     "override_chain"},
    {"Circle",
     {entry("a"), R"({"id":"b","overrides":"a"})", R"({"id":"a","overrides":"b"})"},
     "override_circle"},
    {"NewIdIsTaken",
     {entry("a") + "," + entry("b"), R"({"id":"b","overrides":"a"})"},
     "opinion_in_two_books"},
};

INSTANTIATE_TEST_SUITE_P(Books, WrongMerge, ::testing::ValuesIn(k_merges),
                         [](const auto& given) { return std::string(given.param.name); });

TEST(Books, OfAFirmAreListedInItsFile) {
  FirmOnDisk firm;
  firm.book(entry("a", R"("when":"true","approved":{"by":"C"})"), plain_section("a", "firm"));
  firm.file(
      "office/book.json",
      R"({"files":["o.fodt"],"opinions":[{"id":"a","overrides":"a","when":"true","approved":{"by":"C"}}]})");
  firm.file("office/o.fodt", odf_text(plain_section("a", "office")));
  firm.file("firm.json", R"({"name":"T","book":["opinions/book.json","office/book.json"]})");
  const letter::Letter out =
      firm.letter("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>", "{}");
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_EQ(outline_of(out), "1. office.\n");
}

TEST(Books, OfFirmOfficeAndUser) {
  FirmOnDisk firm;
  const auto overriding = [](const std::string& file) {
    return R"({"files":[")" + file +
           R"("],"opinions":[{"id":"a","overrides":"a","when":"true","approved":{"by":"C"}}]})";
  };
  firm.book(entry("a", R"("when":"true","approved":{"by":"C"})"), plain_section("a", "firm"));
  for (const char* level : {"london", "user"}) {
    firm.file(std::string(level) + "/book.json", overriding("o.fodt"));
    firm.file(std::string(level) + "/o.fodt", odf_text(plain_section("a", level)));
  }
  firm.file(
      "firm.json",
      R"({"name":"T","book":"opinions/book.json","office_books":{"london":"london/book.json"}})");
  const auto file = firm.file(
      "letter.fodt", odf_text("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>"));
  const auto made = [&](const std::string& office,
                        const std::vector<std::filesystem::path>& books) {
    Result<letter::Assembly> assembly =
        letter::Assembly::compile({file, firm.path("."), {}, office, books});
    if (!assembly) return letter::Letter{{}, std::move(assembly.findings)};
    letter::Letter out = assembly->render(*assembly->read_deal({firm.file("deal.json", "{}")}));
    out.findings.insert(out.findings.begin(), assembly.findings.begin(), assembly.findings.end());
    return out;
  };
  EXPECT_EQ(outline_of(made("", {})), "1. firm.\n");
  EXPECT_EQ(outline_of(made("london", {})), "1. london.\n");
  EXPECT_EQ(outline_of(made("", {firm.path("user/book.json")})), "1. user.\n");
  const letter::Letter all = made("london", {firm.path("user/book.json")});
  EXPECT_EQ(outline_of(all), "1. user.\n");
  EXPECT_THAT(codes(all.findings), ElementsAre("override_chain")) << all_text(all.findings);
  const letter::Letter none = made("lodnon", {});
  ASSERT_THAT(codes(none.findings), ElementsAre("office_unknown")) << all_text(none.findings);
  EXPECT_EQ(none.findings[0].hint, "Did you mean “london”?");
  EXPECT_THAT(letter::check_book(firm.path("london/book.json")), IsEmpty());
}

// --- check BOOK, with the firm around it
// ---------------------------------------------------------------------------------------------------

TEST(CheckBook, StylesAreThoseOfALetterheadOrOfTheBook) {
  FirmOnDisk firm;
  firm.file("letterheads/house.fodt",
            OdtBuilder::flat(R"(<office:styles><style:style style:name="House_20_Body" )"
                             R"(style:family="paragraph"/></office:styles><office:body>)"
                             R"(<office:text/></office:body>)"));
  const auto check = [&](const std::string& style) {
    firm.book(entry("a", R"("approved":{"by":"C"})"),
              section("a", "<text:p text:style-name=\"" + style + "\">x</text:p>"));
    return letter::check_book(firm.path("opinions/book.json"));
  };
  EXPECT_THAT(check("House_20_Body"), IsEmpty());
  EXPECT_THAT(check("Opinion_20_1"), IsEmpty());
  const Findings findings = check("House_20_Bdy");
  ASSERT_THAT(codes(findings), ElementsAre("book_style_nowhere")) << all_text(findings);
  EXPECT_THAT(findings[0].message, HasSubstr("“a” uses the style “House Bdy”"));
  EXPECT_THAT(findings[0].hint, HasSubstr("“House Body”"));
}

TEST(CheckBook, ALaterBookIsJudgedWithThoseBeforeIt) {
  FirmOnDisk firm;
  firm.book(entry("a"), plain_section("a", "firm"));
  firm.file("office/book.json", R"({"files":["o.fodt"],"opinions":[{"id":"a","overrides":"a"}]})");
  firm.file("office/o.fodt", odf_text(plain_section("a", "office")));
  EXPECT_THAT(codes(letter::check_book(firm.path("office/book.json"))),
              ElementsAre("override_unknown"));
  firm.file("firm.json", R"({"name":"T","book":["opinions/book.json","office/book.json"]})");
  EXPECT_THAT(letter::check_book(firm.path("office/book.json")), IsEmpty());
}

// --- The schema of the format
// ----------------------------------------------------------------------

std::string file_of_project(const std::string& name) {
  std::ifstream in(std::filesystem::path(ENGROSS_SOURCE_DIR) / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Findings judge(const std::string& book) {
  const std::string name = "docs/schemas/book.schema.json";
  Result<deal::Schema> schema =
      deal::Schema::compile({name, file_of_project(name), deal::Format::json});
  EXPECT_TRUE(schema && schema.findings.empty()) << all_text(schema.findings);
  const deal::Source source{"book.json", book, deal::Format::json};
  Result<deal::Deal> json = deal::read({&source, 1});
  EXPECT_TRUE(json) << all_text(json.findings);
  return schema->apply(*json);
}

TEST(BookSchema, AcceptsTheSampleBook) {
  const Findings findings = judge(file_of_project("templates/opinions/book.json"));
  EXPECT_THAT(findings, IsEmpty()) << all_text(findings);
}

TEST(BookSchema, RefusesWhatTheEngineRefuses) {
  EXPECT_THAT(codes(judge(book_of(R"({"group":"g"})"))), ElementsAre("schema_missing"));
  EXPECT_THAT(codes(judge(book_of(entry("a", R"("require":[])")))),
              ElementsAre("schema_name_unknown"));
  EXPECT_THAT(codes(judge(book_of(entry("a", R"("order":1.5)")))), ElementsAre("schema_type"));
}

// --- Labels that nobody gives
// ------------------------------------------------------------------

TEST(Book, ReferencesToLabelsOfNobodyAreSaid) {
  FirmOnDisk firm;
  const auto found = [&](const std::string& body, const std::string& letter) {
    firm.book(entry("a"), plain_section("a", body));
    firm.file("templates/t.fodt", odf_text(letter));
    return letter::check_book(firm.path("opinions/book.json"));
  };
  const std::string body = "x, see {{ ref(\"standing\") }}";
  const Findings nobody = found(body + "{% label \"standin\" %}", "<text:p>x</text:p>");
  ASSERT_THAT(codes(nobody), ElementsAre("label_not_in_book")) << all_text(nobody);
  EXPECT_THAT(to_text(nobody[0]), HasSubstr("Did you mean “standin”?"));
  EXPECT_THAT(found(body + "{% label \"standing\" %}", "<text:p>x</text:p>"), IsEmpty());
  EXPECT_THAT(found(body, "<text:p>{% label \"standing\" %}x</text:p>"), IsEmpty())
      << "a template of the firm gives it";
  EXPECT_THAT(found(body + "{% label \"st\" ~ n %}", "<text:p>x</text:p>"), IsEmpty())
      << "a label that only the deal knows";
}

TEST(Book, ATemplateThatRefersToNobody) {
  FirmOnDisk firm;
  firm.book(entry("a") + "," + R"({"id":"b","group":"h"})",
            plain_section("a", "x") + plain_section("b", "{% label \"l\" %}y"));
  const auto found = [&](const std::string& reference) {
    return letter::Assembly::check(
        {firm.file("templates/t.fodt",
                   odf_text("<text:p text:style-name=\"Body\">{% opinions \"g\" %}</text:p>"
                            "<text:p>{% label \"mine\" %}see " +
                            reference + "</text:p>")),
         firm.path("."),
         {}});
  };
  EXPECT_THAT(found("{{ ref(\"mine\", form=\"page\") }}"), IsEmpty());
  const Findings misspelt = found("{{ ref(\"mime\", form=\"page\") }}");
  ASSERT_THAT(codes(misspelt), ElementsAre("label_unknown")) << all_text(misspelt);
  EXPECT_THAT(misspelt[0].hint, HasSubstr("“mine”"));
  const Findings elsewhere = found("{{ ref(\"l\") }}");
  ASSERT_THAT(codes(elsewhere), ElementsAre("label_unknown")) << all_text(elsewhere);
  EXPECT_THAT(elsewhere[0].hint, HasSubstr("“b” carries it, but the template has no place"));
}

} // namespace
} // namespace engross::testing
