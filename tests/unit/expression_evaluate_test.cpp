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
      {"{{ deal.letter.date }}", "!missing_value|deal.letter.date|Did you mean letter.date? "},
      {"{{ addressee.name }}",
       "!missing_value|addressee.name|Did you mean letter.addressee.name? "},
      // The same name in another place means something else.
      {"{{ closing.date }}", "!missing_value|closing.date|"},
      {"{{ leter.date }}", "!missing_value|leter.date|Did you mean letter.date? "},
      {"{% for p in parties %}{{ p.nam }}{% endfor %}",
       "!missing_value|p.nam|Did you mean p.name? "},
      {"{% for p in letter %}{{ p }} {% endfor %}", "date addressee "},
      {"{% for p in letter.addressee %}{{ p.name }}{% endfor %}",
       "!not_a_list|letter.addressee|a group of values"},
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

TEST(Evaluate, LoopsAreCheckedAsAWhole) {
  Context context(k_data, {});
  const Tag bad = std::get<Tag>(parse_tag("{% for a, b in [[1, 2], [3]] %}"));
  EXPECT_THROW(context.begin_loop(bad), EvaluationError);
  const Tag missing = std::get<Tag>(parse_tag("{% for a in nosuch %}"));
  EXPECT_THROW(context.begin_loop(missing), EvaluationError);
  // Neither left a loop behind.
  const Tag good = std::get<Tag>(parse_tag("{% for p in parties if p.state %}"));
  ASSERT_TRUE(context.begin_loop(good));
  int passes = 0;
  while (context.next()) ++passes;
  context.end_loop();
  EXPECT_EQ(passes, 3);
  EXPECT_TRUE(context.lookup("p").is_undefined());
}

TEST(Evaluate, FaultsNameTheDataPath) {
  const Tag loop = std::get<Tag>(parse_tag("{% for p in parties if p.state != 'Delaware' %}"));
  const Expression name = std::get<Expression>(parse_expression("p.nam"));
  const Expression date = std::get<Expression>(parse_expression("p.name | date"));
  Context context(k_data, {});
  ASSERT_TRUE(context.begin_loop(loop));
  ASSERT_TRUE(context.next());
  std::string out;
  try {
    print(name, context, out);
    FAIL();
  } catch (const EvaluationError& error) {
    EXPECT_EQ(error.data_path, "parties[1].nam");
  }
  try {
    print(date, context, out);
    FAIL();
  } catch (const EvaluationError& error) {
    EXPECT_EQ(error.data_path, "parties[1].name");
    EXPECT_EQ(error.origin.line, 3U);
  }
  context.end_loop();
}

TEST(Evaluate, SectionsSeeDataAndParametersOnly) {
  Context context(k_data, {});
  context.set("x", Value("outside"));
  const Tag loop = std::get<Tag>(parse_tag("{% for p in parties %}"));
  ASSERT_TRUE(context.begin_loop(loop));
  ASSERT_TRUE(context.next());
  deal::Object parameters;
  parameters.set("group", Value("takedown"));
  context.begin_section(Value(std::move(parameters)));
  EXPECT_TRUE(context.lookup("x").is_undefined());
  EXPECT_TRUE(context.lookup("p").is_undefined());
  EXPECT_TRUE(context.lookup("loop").is_undefined());
  EXPECT_EQ(context.lookup("group").as_string(), "takedown");
  EXPECT_FALSE(context.lookup("letter").is_undefined());
  context.set("inside", Value("y"));
  context.end_section();
  EXPECT_TRUE(context.lookup("inside").is_undefined());
  EXPECT_EQ(context.lookup("x").as_string(), "outside");
  EXPECT_EQ(context.lookup("p").member("name")->as_string(), "CMSI");
  context.end_loop();
}

TEST(Evaluate, RulesOfOpinions) {
  const std::pair<const char*, bool> cases[] = {
      {"parties", true},
      {"nosuch.deep", false},
      {"not nosuch", true},
      {"nosuch + 1 > 0", false},
      {"nosuch | sum > 1", false},
      {"n > 2 and not nosuch.x", true},
      {"\"a\" ~ nosuch == \"a\"", false},
  };
  Context context(k_data, {});
  for (const auto& [rule, expected] : cases)
    EXPECT_EQ(evaluate_when(std::get<Expression>(parse_expression(rule)), context), expected)
        << rule;
  EXPECT_THROW(evaluate_when(std::get<Expression>(parse_expression("letter + 1")), context),
               EvaluationError);
}

TEST(Evaluate, ChosenOpinions) {
  Context context(k_data, {});
  const Expression asked = std::get<Expression>(parse_expression("\"good-standing\" is chosen"));
  EXPECT_FALSE(evaluate_condition(asked, context));
  context.is_chosen = [](std::string_view id) { return id == "good-standing"; };
  EXPECT_TRUE(evaluate_condition(asked, context));
}

TEST(Evaluate, NumbersBeyondMeasure) {
  const Value data = Value(deal::Object{});
  for (const char* text :
       {"{{ 1e99999 + 1 }}", "{% if 1e99999 > 3 %}x{% endif %}", "{{ [1e99999, 1] | sort }}",
        "{{ 1e99999 | money }}", "{% set x = 1e-99999 * 2 %}", "{{ \"a\" * 100000000 }}",
        "{{ [1] * 100000000 }}", "{{ 1e99999 is even }}",
        "{% for x in [1, 2] if x < 1e99999 %}{% endfor %}"})
    EXPECT_TRUE(render(text, data).starts_with("!result_too_large")) << text;
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
}

TEST(Evaluate, ListsOfTexts) {
  const Case cases[] = {
      {"{{ [\"a\"] | and_list }}", "a"},
      {"{{ [\"a\", \"b\", \"c\"] | and_list }}", "a, b and c"},
      {"{{ [\"a\", \"b\", \"c\"] | and_list(serial=true) }}", "a, b, and c"},
      {"{{ [\"a\", \"b\"] | and_list(serial=true) }}", "a and b"},
      {"{{ [\"a\", \"b\", \"c\"] | and_list(separator=\" / \", last=\" & \") }}", "a / b & c"},
      {"{{ [\"a\", \"b\"] | and_list(last=\" & \") }}", "a & b"},
      {"{{ [\"a\", \"b\"] | and_list(last=\" & \", two=\" + \") }}", "a + b"},
      {"{{ [\"A, a\", \"b\", \"c\"] | and_list }}", "A, a; b; and c"},
      {"{{ [\"A, a\", \"b\"] | and_list(semicolons=false) }}", "A, a and b"},
      {"{{ [\"A, Inc.\", \"B, N.A.\", \"c\"] | and_list }}", "A, Inc., B, N.A. and c"},
      {"{{ [\"A, Inc., a Delaware corporation\", \"b\"] | or_list }}",
       "A, Inc., a Delaware corporation; or b"},
      {"{{ parties | and_list }}",
       "!wrong_kind|The filter and_list|a list of texts, or attribute=\"…\" for one of the values "
       "of each entry|parties[0]|a group "
       "of values"},
      {"{{ parties | and_list(attribute=\"nam\") }}",
       "!missing_value|parties[0].nam|Did you mean parties[0].name? "},
      {"{{ \"text\" | and_list }}", "!not_a_list|\"text\"|text"},
  };
  check(cases, k_data);
}

TEST(Evaluate, Respectively) {
  const Case cases[] = {
      {"{{ [\"a\", \"b\"] | respectively([\"x\", \"y\"]) }}", ", respectively"},
      {"{{ [\"a\", \"b\"] | respectively([\"x\", \"y\"], end=\",\") }}", ", respectively,"},
      {"{{ [\"a\", \"b\"] | respectively([\"x\", \"x\"]) }}", ""},
      {"{{ [\"a\", \"b\"] | respectively([\"x\", \"x\"], end=\",\") }}", ""},
      {"{{ [\"a\"] | respectively([\"x\"]) }}", ""},
      {"{{ parties | respectively(\"name\", \"state\") }}", ", respectively"},
      {"{{ [\"a\", \"b\"] | respectively([\"x\"]) }}",
       "!lists_not_parallel|[\"a\", \"b\"] has 2, [\"x\"] has 1"},
      {"{{ [\"a\", \"b\"] | respectively }}",
       "!wrong_arguments|The filter respectively|needs “list”|{{ names | respectively(states) }}"},
  };
  check(cases, k_data);
}

TEST(Evaluate, EndsOfItems) {
  const auto items = [](int count, const char* filter) {
    std::string list;
    for (int i = 1; i <= count; ++i) list += (i > 1 ? ", " : "") + std::to_string(i);
    return render("{% for i in [" + list + "] %}{{ i }}{{ loop | " + filter + " }} {% endfor %}",
                  k_data);
  };
  EXPECT_EQ(items(1, "punctuate"), "1. ");
  EXPECT_EQ(items(2, "punctuate"), "1; and 2. ");
  EXPECT_EQ(items(4, "punctuate(',', ', or', ',')"), "1, 2, 3, or 4, ");
  EXPECT_EQ(items(2, "punctuate(',', ', and', '.', two=' and')"), "1 and 2. ");
  EXPECT_EQ(items(3, "punctuate(',', ', and', '.', two=' and')"), "1, 2, and 3. ");
  EXPECT_EQ(render("{{ 3 | punctuate }}", k_data),
            "!wrong_kind|The filter punctuate|the loop|3|a number");
}

TEST(Evaluate, Stops) {
  const Case cases[] = {
      {"{{ \"Citigroup Inc.\" | stop }}", "Citigroup Inc."},
      {"{{ \"CMSI\" | stop }}", "CMSI."},
      {"{{ \"CMSI \" | stop }}", "CMSI."},
      {"{{ \"(“Purchaser”)\" | stop }}", "(“Purchaser”)."},
      {"{{ \"he said “no.”\" | stop }}", "he said “no.”"},
      {"{{ \"why?\" | stop }}{{ \"\" | stop }}", "why?"},
  };
  check(cases, k_data);
}

TEST(Evaluate, Words) {
  const Case cases[] = {
      {"{{ \"each of\" | upper_first }} {{ \"“each”\" | upper_first }} {{ \"2nd\" | upper_first }}",
       "Each of “Each” 2nd"},
      {"{{ \"iPhone élan\" | upper_first }} {{ \"élan\" | upper_first }}", "IPhone élan Élan"},
      {"{{ \"Citigroup Inc.\" | possessive }} {{ \"Banks\" | possessive }} {{ \"Banks\" | "
       "possessive(bare_s=true) }}",
       "Citigroup Inc.’s Banks’s Banks’"},
      {"{{ \"the Issuers\" | possessive }} {{ \"each of the Banks\" | possessive }} {{ \"the "
       "Business\" | possessive }} {{ \"the Issuers\" | possessive(bare_s=false) }}",
       "the Issuers’ each of the Banks’ the Business’s the Issuers’s"},
      {"{{ \"its\" | possessive }} {{ \"It\" | possessive }} {{ voice.we | possessive }} {{ \"I\" "
       "| "
       "possessive }}",
       "its Its our my"},
      {"{% for w in [\"MBA\", \"NYSE rule\", \"NATO treaty\", \"SPAC\", \"SPV\", \"LLCs\", \"EU "
       "law\", \"unanimous\", \"unissued share\", \"€8 fee\", \"$11 fee\", \"Uruguayan\"] %}{{ w | "
       "a_an "
       "}}, {% endfor %}",
       "an MBA, an NYSE rule, a NATO treaty, a SPAC, an SPV, an LLCs, an EU law, a unanimous, an "
       "unissued share, an €8 fee, an $11 fee, a Uruguayan, "},
      {"{{ \"\" | a_an }}", "!nothing_to_print|\"\" | a_an|\"\""},
      {"x{{ \"a\" ~ (\"\" | possessive | upper_first) }}",
       "!nothing_to_print|\"\" | possessive | upper_first|\"\""},
      {"{{ [] | and_list }}", "!nothing_to_print|[] | and_list|[]"},
      {"{{ [] | or_list | default(\"none\", true) }} {{ ([] | and_list) or \"-\" }}", "none -"},
      {"{{ [\"A\", \" \", \"B\"] | and_list }}", "!list_entry_empty|[\"A\", \" \", \"B\"]|2nd"},
      {"{{ -1 | ordinal }}", "!wrong_kind|The filter ordinal|a whole number, not negative|-1|-1"},
      {"{% for w in [\"Ohio corporation\", \"bank\", \"SEC rule\", \"U.S. bank\", \"honest man\", "
       "\"LLC\", \"European\", \"uninsured\", \"one-time\", \"8-K\", \"11th\", \"S-3\", \"UCC "
       "filing\", \"hourly\", \"“Act”\", \"Utah bank\"] %}{{ w | a_an }}, {% endfor %}",
       "an Ohio corporation, a bank, an SEC rule, a U.S. bank, an honest man, an LLC, a European, "
       "an "
       "uninsured, a one-time, an 8-K, an 11th, an S-3, a UCC filing, an hourly, an “Act”, a Utah "
       "bank, "},
      {"{{ 1 | plural(\"class\", \"classes\") }} {{ 2 | plural(\"class\", \"classes\") }} {{ "
       "parties "
       "| plural(\"party\", \"parties\") }}",
       "class classes parties"},
      {"{{ 4 | roman }} {{ 1999 | roman | lower }} {{ 1 | letter }} {{ 26 | letter }} {{ 28 | "
       "letter | lower }}",
       "IV mcmxcix A Z bb"},
      {"{{ 0 | roman }}", "!wrong_kind|The filter roman|a whole number from 1 to 3999|0|0"},
      {"{{ \"Section 8(c)\" | nbsp }}", "Section\u00A0"
                                        "8(c)"},
  };
  check(cases, k_data);
}

TEST(Evaluate, Voice) {
  const std::string all = "{{ voice.we }} {{ voice.us }} {{ voice.our }} {{ voice.ours }} {{ "
                          "voice.ourselves }} {{ voice.am }} {{ voice.have }} {{ voice.attorney }} "
                          "{{ voice.attorneys }} {{ voice }}";
  EXPECT_EQ(render(all, k_data), "we us our ours ourselves are have attorneys attorneys we");
  EXPECT_EQ(render(all, k_data, {"en-US", "I"}),
            "I me my mine myself am have an attorney attorney I");
  EXPECT_EQ(render("{{ voice.we }}", json(R"({"voice": "I"})")), "I");
  EXPECT_EQ(render("{{ voice.we }}", json(R"({"voice": "I"})"), {"en-US", "we"}), "we");
  EXPECT_EQ(render("{{ voice.we }}", json(R"({"voice": "they"})")), "!invalid_voice|they");
  EXPECT_EQ(render("{{ voice.wee }}", k_data), "!missing_value|voice.wee|Did you mean voice.we? ");
  EXPECT_EQ(
      render("{% if voice.we == \"we\" %}a{% endif %}{% if voice == \"we\" %}b{% endif %}", k_data),
      "ab");
}

} // namespace
} // namespace engross::templating::testing
