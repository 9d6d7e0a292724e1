// SPDX-License-Identifier: MPL-2.0
// Block tags in cells of one row: the columns between them.
#include "render_support.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace engross::templating {
namespace {

/// A table from its rows; a cell "3:text" lies over three columns.
std::string table(const std::string& columns, const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<table:table>" + columns;
  for (const auto& row : rows) {
    out += "<table:table-row>";
    for (const std::string& cell : row) {
      const bool spans = cell.size() > 1 && cell[1] == ':';
      out +=
          spans ? std::string("<table:table-cell table:number-columns-spanned=\"") + cell[0] + "\">"
                : "<table:table-cell>";
      out += "<text:p>" + cell.substr(spans ? 2 : 0) + "</text:p></table:table-cell>";
      for (int n = spans ? cell[0] - '1' : 0; n > 0; --n) out += "<table:covered-table-cell/>";
    }
    out += "</table:table-row>";
  }
  return out + "</table:table>";
}

std::string columns(int count) {
  return "<table:table-column table:number-columns-repeated=\"" + std::to_string(count) + "\"/>";
}

const std::string k_one = "<table:table-column/>";
const char* const k_data = R"({"ds":[{"a":"1","b":"x"},{"a":"2","b":"y"}],"none_":[],"on":true})";

std::string body(const std::string& table, Mode mode = Mode::strict, const char* data = k_data) {
  const Rendered out = render(table, data, mode);
  for (const Finding& finding : out.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_text(finding);
  return out.body;
}

TEST(Columns, AreRepeatedInEveryRow) {
  EXPECT_EQ(body(table(columns(5), {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}", "e"},
                                    {"k", "", "{{ d.b }}", "", "f"}})),
            table(k_one + k_one + k_one + k_one, {{"h", "1", "2", "e"}, {"k", "x", "y", "f"}}));
}

TEST(Columns, MayBeSeveralInAPass) {
  EXPECT_EQ(body(table(k_one + columns(2) + columns(2),
                       {{"h", "{% for d in ds %}", "{{ d.a }}", "{{ d.b }}", "{% endfor %}"}})),
            table(k_one + k_one + k_one + k_one + k_one, {{"h", "1", "x", "2", "y"}}));
}

TEST(Columns, MayBeChosen) {
  const std::string given =
      table(columns(5),
            {{"{% if on %}", "yes", "{% else %}", "no", "{% endif %}"}, {"", "1", "", "2", ""}});
  EXPECT_EQ(body(given), table(k_one, {{"yes"}, {"1"}}));
  EXPECT_EQ(body(given, Mode::strict, "{}"), table(k_one, {{"no"}, {"2"}}));
}

TEST(Columns, OfTheSameTagsInEveryRow) {
  const std::string open = "{% for d in ds %}";
  EXPECT_EQ(body(table(columns(3), {{open, "{{ d.a }}", "{% endfor %}"},
                                    {"{% for d in  ds%}", "{{ d.b }}", "{% endfor %}"}})),
            table(k_one + k_one, {{"1", "2"}, {"x", "y"}}));
}

TEST(Columns, StandBesideRowsThatAreRepeated) {
  EXPECT_EQ(body(table(columns(4), {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"},
                                    {"{% for e in ds %}", "", "", ""},
                                    {"{{ e.b }}", "", "{{ e.a }}{{ d.a }}", ""},
                                    {"{% endfor %}", "", "", ""}})),
            table(k_one + k_one + k_one, {{"h", "1", "2"}, {"x", "11", "12"}, {"y", "21", "22"}}));
}

TEST(Columns, GrowTheCellsOverThem) {
  EXPECT_EQ(body(table(columns(5), {{"5:title"},
                                    {"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}", "e"},
                                    {"k", "3:over", "f"}})),
            table(k_one + k_one + k_one + k_one,
                  {{"4:title"}, {"h", "1", "2", "e"}, {"k", "2:over", "f"}}));
}

TEST(Columns, UnderACellOfTheirOwnAreKeptForALaterPass) {
  const std::string given =
      table(columns(4), {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}, {"k", "3:over"}});
  const std::string kept = body(given, Mode::partial, "{}");
  EXPECT_THAT(kept, testing::HasSubstr(table("", {{"k", "3:over"}}).substr(13)));
  EXPECT_EQ(body(kept), body(given));
  EXPECT_EQ(body(given, Mode::strict, R"({"ds":[]})"), table(k_one, {{"h"}, {"k"}}));
}

TEST(Columns, LeaveNothingOfARowOfTheirTags) {
  EXPECT_EQ(body(table(columns(4), {{"", "{% for d in ds %}", "", "{% endfor %}"},
                                    {"h", "", "{{ d.a }}", ""}})),
            table(k_one + k_one + k_one, {{"h", "1", "2"}}));
}

TEST(Columns, LeaveNothingOfATableThatHasNone) {
  EXPECT_EQ(body(table(columns(3), {{"{% for d in none_ %}", "{{ d.a }}", "{% endfor %}"}}) +
                 "<text:p>z</text:p>"),
            "<text:p>z</text:p>");
}

TEST(Columns, OfATableInATable) {
  const std::string inner = table(columns(3), {{"{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}});
  EXPECT_EQ(body("<table:table><table:table-column/><table:table-row><table:table-cell>" + inner +
                 "</table:table-cell></table:table-row></table:table>"),
            "<table:table><table:table-column/><table:table-row><table:table-cell>" +
                table(k_one + k_one, {{"1", "2"}}) +
                "</table:table-cell></table:table-row></table:table>");
}

TEST(Columns, AreKeptForALaterPass) {
  const std::string given =
      table(columns(4), {{"4:title"}, {"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}});
  const std::string kept = body(given, Mode::partial, "{}");
  EXPECT_THAT(kept, testing::HasSubstr("<table:table-cell><text:p>{% for d in ds %}</text:p>"));
  EXPECT_THAT(kept, testing::HasSubstr("spanned=\"4\""));
  EXPECT_EQ(body(kept), body(given));
}

struct Fault {
  const char* name;
  std::vector<std::vector<std::string>> rows;
};

class ColumnFault : public testing::TestWithParam<Fault> {};

TEST_P(ColumnFault, IsFound) {
  const Rendered out = render(table(columns(4), GetParam().rows), k_data);
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(code_id(out.findings[0].code), "EG-T126") << to_text(out.findings[0]);
  EXPECT_FALSE(out.findings[0].hint.empty());
}

const Fault k_faults[] = {
    {"TextInTheColumnOfATag",
     {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}, {"k", "text", "v", ""}}},
    {"CellOverOneEnd", {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}, {"3:over", "z"}}},
    {"CellThatBeginsWithATag",
     {{"{% for d in ds %}", "{{ d.a }}", "{% endfor %}", "h"}, {"4:over"}}},
    {"OtherTagsInAnotherRow",
     {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"},
      {"k", "{% for d in none_ %}", "{{ d.b }}", "{% endfor %}"}}},
};

INSTANTIATE_TEST_SUITE_P(Tables, ColumnFault, testing::ValuesIn(k_faults),
                         [](const auto& given) { return std::string(given.param.name); });

TEST(Columns, OfOneFaultAreToldOnce) {
  const Rendered out =
      render(table(columns(4), {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"},
                                {"k", "x", "{{ d.b }}", ""}}),
             k_data);
  ASSERT_FALSE(out.findings.empty());
  EXPECT_EQ(code_id(out.findings[0].code), "EG-T126");
  for (const Finding& finding : out.findings) EXPECT_NE(code_id(finding.code), "EG-T106");
}

TEST(Columns, LeaveNoVariableBehind) {
  const std::string body =
      table(columns(4),
            {{"h", "{% for d in ds %}", "{{ d.a }}", "{% endfor %}"}, {"{{ d.b }}", "", "x", ""}});
  for (const Mode mode : {Mode::strict, Mode::draft}) {
    const Rendered out = render(body, k_data, mode);
    ASSERT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(code_id(out.findings[0].code), "EG-T117");
  }
  // Inside, the deal is at fault.
  EXPECT_EQ(
      code_id(
          render("<text:p>{% for d in ds | sort(attribute='a') %}{{ d.c }}{% endfor %}</text:p>",
                 k_data)
              .findings.at(0)
              .code),
      "EG-T014");
}

} // namespace
} // namespace engross::templating
