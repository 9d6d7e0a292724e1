// SPDX-License-Identifier: MPL-2.0
#include "office/protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace engross::office::test {

namespace {

TEST(Protocol, FormatByEnding) {
  EXPECT_EQ(format_of("/a/b.docx"), Format::docx);
  EXPECT_EQ(format_of("B.PDF"), Format::pdf);
  EXPECT_EQ(format_of("x.y.odt"), Format::odt);
  for (const char* name : {"x.doc", "x", "pdf", ".pdf", "x.pdf ", "x.odt.txt"}) {
    EXPECT_FALSE(format_of(name)) << name;
  }
}

TEST(Protocol, RequestComesBack) {
  const Request sent{7, "/a \"b\"\n/ü.odt", {"/o/1.docx", "/o/2.pdf"}, 2.5};
  const std::string line = to_line(sent);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const Request got = request_from(line);
  EXPECT_EQ(got.id, 7);
  EXPECT_EQ(got.letter, sent.letter);
  EXPECT_EQ(got.outputs, sent.outputs);
  EXPECT_EQ(got.seconds, 2.5);
}

TEST(Protocol, WrongRequestsAreRefused) {
  for (const char* line : {
           "",
           "no json",
           "[]",
           "1",
           R"({"id":1})",
           R"({"id":"1","letter":"/a.odt","outputs":["/b.pdf"]})",
           R"({"id":1,"letter":"/a.odt","outputs":[]})",
           R"({"id":1,"letter":"/a.odt","outputs":["/b.exe"]})",
           R"({"id":1,"letter":"/a.odt","outputs":"/b.pdf"})",
           R"({"id":1,"letter":"/a.odt","outputs":["/b.pdf"],"seconds":0})",
           R"({"id":1,"letter":"/a.odt","outputs":["/b.pdf"],"seconds":"1"})",
       }) {
    EXPECT_THROW(request_from(line), std::runtime_error) << line;
  }
}

TEST(Protocol, NameThatIsNoUtf8IsAnError) {
  EXPECT_THROW(to_line(Request{1, "/a\xFF.odt", {"/b.pdf"}, 1}), std::runtime_error);
}

TEST(Protocol, RepliesComeBack) {
  for (const Trouble trouble : {Trouble::none, Trouble::bad_request, Trouble::not_read,
                                Trouble::not_started, Trouble::not_opened, Trouble::not_stored,
                                Trouble::not_written, Trouble::time_limit, Trouble::crashed}) {
    const auto answer =
        answer_from(to_line(Reply{3, trouble, "said so", "/o/1.pdf", 4, {{"all", 12}}}));
    ASSERT_TRUE(std::holds_alternative<Reply>(answer));
    const Reply& reply = std::get<Reply>(answer);
    EXPECT_EQ(reply.id, 3);
    EXPECT_EQ(reply.trouble, trouble);
    EXPECT_EQ(reply.detail, "said so");
    EXPECT_EQ(reply.file, "/o/1.pdf");
    EXPECT_EQ(reply.pages, 4);
    EXPECT_THAT(reply.micros, testing::ElementsAre(testing::Pair("all", 12)));
  }
  // What LibreOffice says may be in any encoding; it is still a line.
  EXPECT_NO_THROW(answer_from(to_line(Reply{1, Trouble::crashed, "\xFF", "", 0, {}})));
}

TEST(Protocol, StartComesBack) {
  const auto answer = answer_from(to_line(Started{4711, "/tmp/x"}));
  ASSERT_TRUE(std::holds_alternative<Started>(answer));
  EXPECT_EQ(std::get<Started>(answer).process, 4711);
  EXPECT_EQ(std::get<Started>(answer).folder, "/tmp/x");
}

TEST(Protocol, UnknownTroubleIsNoSuccess) {
  EXPECT_THROW(answer_from(R"({"id":1,"done":false,"trouble":"new"})"), std::runtime_error);
  EXPECT_THROW(answer_from(R"({"id":1,"done":false})"), std::runtime_error);
  EXPECT_THROW(answer_from(R"({"id":1})"), std::runtime_error);
}

} // namespace

} // namespace engross::office::test
