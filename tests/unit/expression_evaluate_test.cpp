// SPDX-License-Identifier: MPL-2.0
#include "expression_support.hpp"

#include <gtest/gtest.h>

namespace engross::templating::testing {
namespace {

struct Case {
  const char* text;
  const char* expected; ///< "!" and a code's name and arguments where it must fail
};

void check(std::span<const Case> cases, const Value& data, const Settings& settings = {}) {
  for (const Case& c : cases) EXPECT_EQ(render(c.text, data, settings), c.expected) << c.text;
}

const Value k_data = json(R"({
  "letter": {"date": "2006-02-27", "addressee": {"name": "Credit Suisse Securities (USA) LLC"}},
  "parties": [{"name": "CMSI", "state": "Delaware"}, {"name": "CMI", "state": "New York"},
              {"name": "Citibank, N.A.", "state": "the United States"}],
  "empty": [], "n": 3, "amount": 12345678901234567890.12, "flag": true, "nothing": null,
  "html": "a < b & c", "dict": {"b": 1, "a": 2}
})");

TEST(Evaluate, Paths) {
  const Case cases[] = {
      {"{{ letter.addressee.name }}", "Credit Suisse Securities (USA) LLC"},
      {"{{ letter[\"addressee\"].name }}", "Credit Suisse Securities (USA) LLC"},
      {"{{ parties[0].name }} {{ parties[-1].state }}", "CMSI the United States"},
      {"{{ parties.1.name }}", "CMI"},
      {"{{ amount }}", "12345678901234567890.12"},
      {"{{ amount + 1 }}", "12345678901234567891.12"},
      {"{{ html }}", "a < b & c"},
      {"{{ \"abc\"[1] }}{{ \"abcdef\"[1:4] }}{{ \"abc\"[::-1] }}", "bbcdcba"},
  };
  check(cases, k_data);
}

TEST(Evaluate, MissingNames) {
  const Case cases[] = {
      {"{{ letter.dat }}", "!missing_value|letter.dat|Did you mean letter.date? "},
      {"{{ letter.adressee.name }}",
       "!missing_value|letter.adressee.name|Did you mean letter.addressee.name? "},
      {"{{ date }}", "!missing_value|date|Did you mean letter.date? "},
      {"{{ leter.date }}", "!missing_value|leter.date|Did you mean letter.date? "},
      {"{% for p in parties %}{{ p.nam }}{% endfor %}",
       "!missing_value|p.nam|Did you mean p.name? "},
      {"{% for p in partis %}{% endfor %}", "!missing_value|partis|Did you mean parties? "},
      {"{% if a.b.c %}x{% else %}y{% endif %}", "y"},
      {"{% if not a.b.c and a.b is not defined %}x{% endif %}", "x"},
      {"{% if a.b > 3 %}x{% else %}y{% endif %}", "y"},
      {"{% if a.b | length > 3 %}x{% else %}y{% endif %}", "y"},
      {"{{ a.b.c | default(\"z\") }}", "z"},
      {"{{ a.b > 3 }}", "!missing_value|a.b|"},
      {"{{ a + 1 }}", "!missing_value|a|"},
      {"{{ \"x\" ~ a.b }}", "!missing_value|a.b|"},
      {"{{ a.b | upper }}", "!missing_value|a.b|"},
      {"{{ \"x\" if false }}", ""},
  };
  check(cases, k_data);
}

TEST(Evaluate, LoopsAndScopes) {
  const Case cases[] = {
      {"{% for p in parties %}{{ loop.index }}{{ p.name }}{{ \";\" if not loop.last }}{% endfor %}",
       "1CMSI;2CMI;3Citibank, N.A."},
      {"{% for p in parties if p.state != \"New York\" %}{{ loop.index }}/{{ loop.length }}{{ "
       "loop | punctuate }}{% endfor %}",
       "1/2; and2/2."},
      {"{% for x in empty %}a{% else %}b{% endfor %}", "b"},
      {"{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = i + 5 %}{{ x }}{% endfor %}{{ x }}",
       "16171"},
      {"{% for k, v in dict.items() %}{{ k }}={{ v }} {% endfor %}", "b=1 a=2 "},
      {"{% for i in [1, 1, 2] %}{{ loop.changed(i) }}{{ loop.cycle(\"a\", \"b\") }}{% endfor %}",
       "TrueaFalsebTruea"},
      {"{% for i in [1, 2] %}{% set outer = loop %}{% for j in [3, 4] %}{{ outer.index }}{{ "
       "loop.index }} {% endfor %}{% endfor %}",
       "11 12 21 22 "},
      {"{% for a in [[1, 2], [3]] %}{% endfor %}{% for a, b in [[1, 2], [3]] %}{% endfor %}",
       "!cannot_unpack|[[1, 2], [3]]|1|2"},
  };
  check(cases, k_data);
}

TEST(Evaluate, LegalFilters) {
  const Case cases[] = {
      {"{{ letter.date | date(\"MMMM d, yyyy\") }}", "February 27, 2006"},
      {"{{ letter.date | date }}", "February 27, 2006"},
      {"{{ letter.date | date(\"iso\") }}", "2006-02-27"},
      {"{{ \"2006-02-30\" | date }}", "!invalid_date|\"2006-02-30\"|2006-02-30"},
      {"{{ parties | and_list(attribute=\"name\") }}", "CMSI, CMI and Citibank, N.A."},
      {"{{ [\"a\", \"b\"] | and_list }}, {{ [\"a\", \"b\", \"c\"] | or_list(serial=true) }}",
       "a and b, a, b, or c"},
      {"{{ [\"X, a New York corporation\", \"Y\"] | and_list }}",
       "X, a New York corporation; and Y"},
      {"{{ [\"a\", \"a\"] | and_list(collapse=true) }}", "a"},
      {"{{ \"Citigroup Inc.\" | stop }} {{ \"CMSI\" | stop }}", "Citigroup Inc. CMSI."},
      {"{{ \"each of\" | upper_first }}", "Each of"},
      {"{{ voice.we | upper_first }} {{ voice.have }} {{ voice.our }}", "We have our"},
  };
  check(cases, k_data);
  EXPECT_EQ(render("{{ voice.we }} {{ voice.am }} {{ voice.attorney }}", k_data, {"en-US", "I"}),
            "I am an attorney");
}

} // namespace
} // namespace engross::templating::testing
