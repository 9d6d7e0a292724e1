// SPDX-License-Identifier: MPL-2.0
// What sections of a book bring into a letter besides their text, and what stays behind.
#include "opinion_slots.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <random>
#include <set>

namespace engross::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Insertion = Slots;

/// The automatic style of a letter that an element of its body names.
pugi::xml_node style_of(const pugi::xml_document& content, pugi::xml_node node) {
  return content.child("office:document-content")
      .child("office:automatic-styles")
      .find_child_by_attribute("style:name", node.attribute("text:style-name").value());
}

pugi::xml_node first(const pugi::xml_document& content, const char* name) {
  return text_of(content).find_node(
      [&](pugi::xml_node n) { return n.name() == std::string(name); });
}

std::string cell(const std::string& inside) {
  return "<table:table table:name=\"T\"><table:table-column/><table:table-row><table:table-cell>" +
         inside + "</table:table-cell></table:table-row></table:table>";
}

/// A template that declares no more than it uses itself, as one written by hand.
letter::Letter bare_letter(const FirmOnDisk& firm) {
  std::string bare = odf_text(tag("{% opinions \"g\" %}"));
  for (const char* prefix : {"table", "draw", "svg", "xlink", "loext"}) {
    const std::size_t at = bare.find(" xmlns:" + std::string(prefix) + "=");
    if (at != std::string::npos) bare.erase(at, bare.find('"', bare.find('"', at) + 1) + 1 - at);
  }
  EXPECT_THAT(bare, Not(HasSubstr("xmlns:table")));
  const std::filesystem::path file = firm.file("bare.fodt", bare);
  Result<letter::Assembly> assembly = letter::Assembly::compile({file, firm.path("."), {}});
  if (!assembly) return {{}, std::move(assembly.findings)};
  return assembly->render(*assembly->read_deal({firm.file("deal.json", "{}")}));
}

TEST_F(Insertion, NamespacesOfTheBookAreDeclared) {
  automatic = R"(<style:style style:name="t" style:family="table"><style:table-properties)"
              R"( table:align="left"/></style:style>)";
  opinion("a", top(item(op(1, "a"))) + cell(tag("b")));
  letter("");
  const letter::Letter out = bare_letter(firm);
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  EXPECT_STREQ(content_of(out).child("office:document-content").attribute("xmlns:table").value(),
               "urn:oasis:names:tc:opendocument:xmlns:table:1.0");
}

TEST_F(Insertion, NamesOutsideOdfStayInTheBook) {
  automatic = R"(<style:style style:name="t" style:family="text"><style:text-properties)"
              R"( xmlns:own="urn:own" own:secret="1" fo:font-weight="bold"/></style:style>)";
  opinion("a", top(item(op(1, "a <own:mark xmlns:own=\"urn:own\">x</own:mark>"
                              "<text:span xmlns:own=\"urn:own\" own:id=\"7\" "
                              "text:style-name=\"t\">b</text:span>"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  EXPECT_THAT(package->read("content.xml"), Not(HasSubstr("own")));
  EXPECT_EQ(outline_of(out), "1. a b.\n");
}

TEST_F(Insertion, FontsAreNamedByTheirFamily) {
  automatic = R"(<style:style style:name="t" style:family="text"><style:text-properties)"
              R"( style:font-name="Gothic1"/></style:style>)";
  opinion("a", top(item(op(1, "<text:span text:style-name=\"t\">b</text:span>"))));
  letter("");
  std::string book = odf_text(section("a", top(item(op(1, "<text:span text:style-name=\"t\">b"
                                                          "</text:span>")))),
                              automatic);
  book.insert(book.find("<office:styles>"),
              "<office:font-face-decls><style:font-face style:name=\"Gothic1\" "
              "svg:font-family=\"'Century Gothic'\"/></office:font-face-decls>");
  firm.file("opinions/book.fodt", book);
  const letter::Letter out = firm.letter(tag("{% opinions \"g\" %}"), "{}");
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node properties =
      style_of(content, first(content, "text:span")).child("style:text-properties");
  EXPECT_STREQ(properties.attribute("fo:font-family").value(), "'Century Gothic'");
  EXPECT_FALSE(properties.attribute("style:font-name"));
}

TEST_F(Insertion, ListsInsideTablesThatGoOnAreSaid) {
  opinion("a", top(item(op(1, "a"))) + cell("<text:list xml:id=\"l2\" text:continue-list=\"l1\" "
                                            "text:style-name=\"Opinions\">" +
                                            item(tag("in the table")) + "</text:list>"));
  EXPECT_THAT(codes(letter(tag("{% opinions \"g\" %}")).findings),
              ElementsAre("list_goes_on_in_book"));
}

TEST_F(Insertion, ListsInsideTablesCountForThemselves) {
  automatic = "<text:list-style style:name=\"Dots\"><text:list-level-style-bullet "
              "text:level=\"1\" text:bullet-char=\"•\"/></text:list-style>";
  opinion("a",
          top(item(op(1, "a"))) +
              cell("<text:list xml:id=\"l2\" text:style-name=\"Letters\">" + item(tag("first")) +
                   "</text:list><text:list text:continue-numbering=\"true\" "
                   "text:style-name=\"Dots\">" +
                   item(tag("dot")) + "</text:list>"));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node inner = first(content, "table:table-cell").child("text:list");
  ASSERT_TRUE(inner);
  EXPECT_FALSE(inner.attribute("xml:id"));
  EXPECT_FALSE(inner.next_sibling("text:list").attribute("text:continue-numbering"));
}

TEST_F(Insertion, NumberedParagraphsAreNumberedWithTheOthers) {
  opinion("a", top(item(op(1, "a"))));
  opinion("b", "<text:numbered-paragraph text:list-id=\"l7\" text:style-name=\"Opinions\">" +
                   op(1, "b, see {{ ref(\"s\") }}") +
                   "</text:numbered-paragraph><text:numbered-paragraph text:list-id=\"l7\" "
                   "text:level=\"2\">" +
                   op(2, "{% label \"s\" %}sub") + "</text:numbered-paragraph>");
  EXPECT_EQ(outline(tag("{% opinions \"g\" %}")), "1. a.\n2. b, see 2(A)\n(A) sub.\n");
}

/// Where Writer's pages ended when the book was saved says nothing.
TEST_F(Insertion, PagesOfTheBookLeaveNoTrace) {
  const std::string soft = "<text:soft-page-break/>";
  opinion("a", top(item(soft + op(1, "a, see {{ ref(\"s\") }}") +
                        list(item(soft + op(2, "{% label \"s\" %}b"))))) +
                   soft + top(item(op(1, "c" + soft))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  EXPECT_EQ(outline_of(out), "1. a, see 1(A)\n(A) b.\n2. c.\n") << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  EXPECT_FALSE(text_of(content).child("text:list").next_sibling("text:list"));
}

TEST_F(Insertion, ReservedHasAStyleAlsoForWhatHasNone) {
  opinion("a", cell(tag("b")), "g", R"("when":"false")");
  opinion("c", top(item(op(1, "c"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" reserved=\"[Reserved]\" %}"));
  ASSERT_EQ(outline_of(out), "1. [Reserved].\n2. c.\n") << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  EXPECT_STREQ(
      first(content, "text:list-item").child("text:p").attribute("text:style-name").value(),
      "Body");
}

/// The declarations of fields stay in the book: what the book shows is what the letter says.
TEST_F(Insertion, FieldsOfTheBookBecomeTheirText) {
  opinion("a",
          top(item(op(1, "<text:user-field-get text:name=\"f\">Marlow</text:user-field-get> and "
                         "<text:span text:style-name=\"Strong\"><text:user-defined "
                         "text:name=\"p\">Pike</text:user-defined></text:span>"
                         "<text:variable-set text:name=\"v\" text:display=\"none\" "
                         "text:formula=\"1\">1</text:variable-set> "
                         "<text:variable-set text:name=\"w\">LLP</text:variable-set>, "
                         "<text:variable-get text:name=\"w\">LLP</text:variable-get>"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  EXPECT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  EXPECT_EQ(outline_of(out), "1. Marlow and Pike LLP, LLP.\n");
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  const std::string content = package->read("content.xml");
  EXPECT_THAT(content, Not(HasSubstr("<text:user-")));
  EXPECT_THAT(content, Not(HasSubstr("<text:variable")));
}

/// Rows of a party table and the sentence above it, in whatever order the deal has the parties.
TEST_F(Insertion, PartiesKeepOrderCountAndJurisdiction) {
  const auto row = [](const std::string& inside) {
    return "<table:table-row>" + inside + "</table:table-row>";
  };
  const auto cell_of = [](const std::string& text) {
    return "<table:table-cell>" + tag(text) + "</table:table-cell>";
  };
  opinion("a", top(item(op(1, "{{ parties | and_list(attribute=\"name\") }} validly exist in "
                              "{{ parties | and_list(attribute=\"state\") }}{{ parties | "
                              "respectively(\"name\", \"state\") }}:"))) +
                   "<table:table><table:table-column/><table:table-column/>" +
                   row(cell_of("{% for party in parties %}") + "<table:table-cell/>") +
                   row(cell_of("{{ party.name }}") + cell_of("{{ party.state }}")) +
                   row(cell_of("{% endfor %}") + "<table:table-cell/>") + "</table:table>");
  std::vector<std::array<const char*, 2>> parties = {
      {"Alder", "Ohio"}, {"Birch", "Utah"}, {"Cedar", "Iowa"}, {"Dogwood", "Maine"}};
  std::mt19937 dice(7);
  for (std::size_t count = 1; count <= parties.size(); ++count) {
    std::shuffle(parties.begin(), parties.end(), dice);
    std::string deal;
    std::string names;
    std::string states;
    std::string rows;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& [name, state] = parties[i];
      deal += std::string(i > 0 ? "," : "") + R"({"name":")" + name + R"(","state":")" + state +
              R"("})";
      const std::string before = i == 0 ? "" : i + 1 < count ? ", " : " and ";
      names += before + name;
      states += before + state;
      rows += "[" + std::string(name) + "]\n[" + state + "]\n";
    }
    EXPECT_EQ(outline(tag("{% opinions \"g\" %}"), R"({"parties":[)" + deal + "]}"),
              "1. " + names + " validly exist in " + states + (count > 1 ? ", respectively" : "") +
                  ":\n" + rows);
  }
}

TEST_F(Insertion, ListsOfUnequalLengthAreAnError) {
  opinion("a", top(item(op(1, "{{ names | and_list }} of {{ states | and_list }}{{ names | "
                              "respectively(states) }}"))));
  const std::string body = tag("{% opinions \"g\" %}");
  EXPECT_EQ(outline(body, R"({"names":["A","B"],"states":["X","Y"]})"),
            "1. A and B of X and Y, respectively.\n");
  for (const char* deal :
       {R"({"names":["A","B"],"states":["X"]})", R"({"names":["A"],"states":["X","Y"]})"}) {
    const letter::Letter out = letter(body, deal);
    EXPECT_THAT(codes(out.findings), ElementsAre("lists_not_parallel")) << deal;
    EXPECT_THAT(out.odt, IsEmpty());
  }
}

/// By position in a second list: names and states side by side, also in a table of parties.
TEST_F(Insertion, ListsByPositionAreEquallyLong) {
  const auto made = [&](const std::string& inside, const std::string& deal) {
    return firm.letter(
        tag("{% for name in names %}") + tag("{{ name }}: " + inside) + tag("{% endfor %}"), deal);
  };
  letter("");
  const std::string equal = R"({"names":["A","B"],"states":["X","Y"],"o":[{"s":"X"},{"s":"Y"}]})";
  const std::string shorter = R"({"names":["A","B"],"states":["X"],"o":[{"s":"X"}]})";
  const std::string longer =
      R"({"names":["A"],"states":["X","Y"],"o":[{"s":"X"},{"s":"Y"},{"s":"Z"}]})";
  for (const char* inside :
       {"{{ states[loop.index0] }}", "{{ states[loop.index - 1] }}", "{{ o[loop.index0].s }}",
        "{{ states[loop.index0] | upper }}", "{{ \"of \" ~ states[loop.index0] }}"}) {
    EXPECT_TRUE(made(inside, equal).ok()) << inside;
    for (const std::string& deal : {shorter, longer}) {
      const letter::Letter out = made(inside, deal);
      EXPECT_THAT(codes(out.findings), ::testing::Each("lists_not_parallel")) << inside << deal;
      EXPECT_THAT(out.odt, IsEmpty()) << inside << deal;
    }
  }
  // Who asks whether there is one, or takes the next of the same list, knows what he does.
  for (const char* inside : {"{{ states[loop.index0] | default(\"–\") }}",
                             "{% if states[loop.index0] is defined %}x{% endif %}",
                             "{{ names[loop.index] | default(\"–\") }}", "{{ names[loop.index0] }}",
                             "{% set more = [\"a\", \"b\", \"c\"] %}{{ more[loop.index0] }}"})
    for (const std::string& deal : {shorter, longer})
      EXPECT_TRUE(made(inside, deal).ok()) << inside << all_text(made(inside, deal).findings);
}

TEST_F(Insertion, BookmarksAreSafeForWord) {
  const std::string long_name(50, 'x');
  std::string inside;
  std::string body = tag("{% opinions \"g\" %}");
  const std::vector<std::string> labels = {long_name + "1", long_name + "2", "Zoë's list", "case",
                                           "CASE",          "a-b",           "a.b"};
  for (const std::string& label : labels) {
    inside += item(op(1, "{% label \"" + label + "\" %}x"));
    body += tag("see {{ ref(\"" + label + "\") }}");
  }
  opinion("a", top(inside));
  const letter::Letter out = letter("<text:p text:style-name=\"Body\"><text:bookmark "
                                    "text:name=\"_ENG_a_b\"/>own</text:p>" +
                                    body);
  ASSERT_TRUE(out.ok()) << all_text(out.findings);
  struct Walker : pugi::xml_tree_walker {
    std::set<std::string> names;
    bool for_each(pugi::xml_node& node) override {
      if (node.name() != std::string("text:bookmark-start") &&
          node.name() != std::string("text:bookmark"))
        return true;
      std::string name = node.attribute("text:name").value();
      EXPECT_LE(name.size(), 40U);
      for (char& c : name) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') << name;
      }
      EXPECT_TRUE(names.insert(name).second) << name;
      return true;
    }
  } walker;
  const pugi::xml_document content = content_of(out);
  pugi::xml_node(text_of(content)).traverse(walker);
  EXPECT_EQ(walker.names.size(), labels.size() + 1);
  EXPECT_THAT(outline_of(out),
              HasSubstr("7. x.\nsee 1\nsee 2\nsee 3\nsee 4\nsee 5\nsee 6\nsee 7\n"));
}

TEST_F(Insertion, FormattingTabsAndBreaksAreKept) {
  automatic = R"(<style:style style:name="t" style:family="text"><style:text-properties)"
              R"( fo:font-style="italic" fo:font-variant="small-caps"/></style:style>)";
  opinion("a", top(item(op(1, "a<text:tab/><text:span text:style-name=\"t\">b</text:span>"
                              "<text:line-break/>c<text:s text:c=\"3\"/>d"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node properties =
      style_of(content, first(content, "text:span")).child("style:text-properties");
  EXPECT_STREQ(properties.attribute("fo:font-style").value(), "italic");
  EXPECT_STREQ(properties.attribute("fo:font-variant").value(), "small-caps");
  const pugi::xml_node paragraph = first(content, "text:span").parent();
  EXPECT_TRUE(paragraph.child("text:tab") && paragraph.child("text:line-break"));
  EXPECT_EQ(paragraph.child("text:s").attribute("text:c").as_int(), 3);
}

TEST_F(Slots, AutomaticStylesAreTheLettersOwn) {
  automatic =
      R"(<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Opinion_20_1" style:list-style-name="Opinions"><style:paragraph-properties fo:break-before="page" fo:text-align="center"/></style:style>)"
      R"(<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>)";
  opinion("a", top(item(p("P1", "a <text:span text:style-name=\"T1\">b</text:span>"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node styles =
      content.child("office:document-content").child("office:automatic-styles");
  const pugi::xml_node list_node = text_of(content).child("text:list");
  const pugi::xml_node node = list_node.child("text:list-item").child("text:p");
  const pugi::xml_node style =
      styles.find_child_by_attribute("style:name", node.attribute("text:style-name").value());
  ASSERT_TRUE(style);
  EXPECT_STREQ(style.attribute("style:parent-style-name").value(), "Opinion_20_1");
  EXPECT_STREQ(style.child("style:paragraph-properties").attribute("fo:text-align").value(),
               "center");
  EXPECT_FALSE(style.child("style:paragraph-properties").attribute("fo:break-before"));
  EXPECT_FALSE(style.attribute("style:list-style-name"));
  EXPECT_TRUE(styles.find_child_by_attribute(
      "style:name", node.child("text:span").attribute("text:style-name").value()));
}

TEST_F(Slots, TheSameParagraphTwiceSharesNoNames) {
  automatic =
      R"(<style:style style:name="ta" style:family="table"><style:table-properties style:width="3in"/></style:style>)";
  opinion("a", top(item(op(1, "x<text:bookmark text:name=\"own\"/> y<text:note text:id=\"n1\" "
                              "text:note-class=\"footnote\"><text:note-citation>1</text:note-"
                              "citation><text:note-body>" +
                                  tag("note") + "</text:note-body></text:note>"))) +
                   "<table:table table:name=\"T\" table:style-name=\"ta\" xml:id=\"t1\"><table:"
                   "table-column/><table:table-row><table:table-cell>" +
                   tag("c") + "</table:table-cell></table:table-row></table:table>");
  const letter::Letter out = letter(tag("{% opinion \"a\" %}") + tag("{% opinion \"a\" %}"));
  EXPECT_THAT(codes(out.findings), ElementsAre("opinion_printed_twice")) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  std::set<std::string> seen;
  struct Names : pugi::xml_tree_walker {
    std::set<std::string>& known;
    explicit Names(std::set<std::string>& k) : known(k) {}
    bool for_each(pugi::xml_node& node) override {
      for (const char* name : {"xml:id", "text:id", "table:name", "draw:name"})
        if (const auto attribute = node.attribute(name)) {
          EXPECT_TRUE(known.insert(name + std::string(attribute.value())).second)
              << name << "=" << attribute.value();
        }
      EXPECT_STRNE(node.name(), "text:bookmark");
      return true;
    }
  } names(seen);
  pugi::xml_node(text_of(content)).traverse(names);
}

TEST_F(Slots, PicturesComeAlong) {
  opinion("a", top(item(op(1, "seal "
                              "<draw:frame draw:name=\"s\" text:anchor-type=\"as-char\" "
                              "svg:width=\"1in\" svg:height=\"1in\"><draw:image>"
                              "<office:binary-data>iVBORw0KGgo=</office:binary-data>"
                              "</draw:image></draw:frame> here"))));
  const letter::Letter out = letter(tag("{% opinions \"g\" %}"));
  ASSERT_THAT(out.findings, IsEmpty()) << all_text(out.findings);
  const pugi::xml_document content = content_of(out);
  const pugi::xml_node image = text_of(content).find_node(
      [](pugi::xml_node n) { return n.name() == std::string("draw:image"); });
  const Result<odf::Package> package = odf::Package::open("letter.odt", out.odt);
  ASSERT_TRUE(package) << all_text(package.findings);
  const std::string path = image.attribute("xlink:href").value();
  ASSERT_TRUE(package->contains(path)) << path;
  EXPECT_EQ(package->read(path), "\x89PNG\r\n\x1a\n");
}

} // namespace
} // namespace engross::testing
