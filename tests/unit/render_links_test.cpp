// SPDX-License-Identifier: MPL-2.0
// Values in the targets of links.
#include "render_support.hpp"

namespace engross::templating {
namespace {

Rendered link(const std::string& target, const std::string& json, Mode mode = Mode::strict) {
  return render("<text:p>a</text:p><text:p><text:a xlink:href=\"" + target +
                    "\">x</text:a></text:p>",
                json, mode);
}

struct Case {
  const char* target;
  const char* json;
  const char* written;
};

class LinkTarget : public testing::TestWithParam<Case> {};

TEST_P(LinkTarget, is_a_uri) {
  const Rendered out = link(GetParam().target, GetParam().json);
  EXPECT_TRUE(out.findings.empty()) << to_text(out.findings.front());
  EXPECT_NE(out.body.find("xlink:href=\"" + std::string(GetParam().written) + "\""),
            std::string::npos)
      << out.body;
}

INSTANTIATE_TEST_SUITE_P(
    render_links, LinkTarget,
    testing::Values(Case{"{{ u }}", R"({"u":"https://e.org/a b"})", "https://e.org/a%20b"},
                    Case{"{{ u }}", R"({"u":" https://e.org/a\u00a0"})", "https://e.org/a"},
                    Case{"{{ u }}", R"({"u":"https://e.org/100%?q=a%20b&r=\"<>"})",
                         "https://e.org/100%25?q=a%20b&amp;r=%22%3C%3E"},
                    Case{"{{ u }}", R"({"u":"https://münchen.de/münchen"})",
                         "https://münchen.de/m%C3%BCnchen"},
                    Case{"{{ u }}", R"({"u":"http://[2001:db8::1]:80/a[1]"})",
                         "http://[2001:db8::1]:80/a%5B1%5D"},
                    Case{"{{ u }}", R"({"u":"#Schedule 1"})", "#Schedule 1"},
                    Case{"#{{ u }}", R"({"u":"Schedule 1"})", "#Schedule 1"},
                    Case{"mailto:{{ u }}?subject={{ s }}", R"({"u":"a@b.c","s":"Re: notes"})",
                         "mailto:a@b.c?subject=Re:%20notes"},
                    Case{"https://{{ u }}/{{ s }}", R"({"u":"exämple.org","s":"§ 5/a{b}"})",
                         "https://exämple.org/%C2%A7%205/a%7Bb%7D"}));

TEST(render_links, values_that_give_no_target) {
  for (const char* value : {"", "  ", "https://e.org/a\\nb", "https://e.org/a\\tb"}) {
    const Rendered out = link("{{ u }}", "{\"u\":\"" + std::string(value) + "\"}");
    ASSERT_EQ(out.findings.size(), 1U) << value;
    EXPECT_EQ(code_id(out.findings[0].code), "EG-T144") << value;
    EXPECT_EQ(out.findings[0].place.paragraph, 2);
    EXPECT_EQ(out.findings[0].place.data_path, "u");
  }
  EXPECT_EQ(code_id(link("mailto:{{ u }}", R"({"u":""})").findings.at(0).code), "EG-T144");
}

TEST(render_links, values_that_lead_elsewhere) {
  for (const char* value : {"javascript:alert(1)", "www.sec.gov", "file:///etc/passwd", "a/b"}) {
    const Rendered out = link("{{ u }}", "{\"u\":\"" + std::string(value) + "\"}");
    ASSERT_EQ(out.findings.size(), 1U) << value;
    EXPECT_EQ(code_id(out.findings[0].code), "EG-P023") << value;
    EXPECT_EQ(out.findings[0].place.tag, "{{ u }}");
  }
}

TEST(render_links, missing_values_leave_a_uri) {
  const auto target = [](const std::string& href, Mode mode) {
    const Rendered out = link(href, "{}", mode);
    EXPECT_EQ(out.findings.size(), 1U);
    EXPECT_EQ(out.findings.at(0).severity, Severity::warning);
    const std::size_t begin = out.body.find("href=\"") + 6;
    return out.body.substr(begin, out.body.find('"', begin) - begin);
  };
  EXPECT_EQ(target("{{ u }}", Mode::draft), "#%5Bu%5D");
  EXPECT_EQ(target("https://e.org/{{ u }}", Mode::draft), "https://e.org/%5Bu%5D");
  EXPECT_EQ(target("{{ u }}", Mode::partial), "%7B%7B%20u%20%7D%7D");
  EXPECT_EQ(target("mailto:{{ u }}", Mode::partial), "mailto:%7B%7B%20u%20%7D%7D");
}

TEST(render_links, around_frames) {
  const Rendered out = render(
      R"(<text:p><draw:a xlink:href="{{ u }}"><draw:frame draw:name="f"/></draw:a></text:p>)",
      R"({"u":"https://e.org"})");
  EXPECT_NE(out.body.find("<draw:a xlink:href=\"https://e.org\">"), std::string::npos) << out.body;
}

} // namespace
} // namespace engross::templating
