// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "opinion_support.hpp"

#include <gmock/gmock.h>

#include <string>

namespace engross::testing {

inline std::string p(const std::string& style, const std::string& text) {
  return "<text:p text:style-name=\"" + style + "\">" + text + "</text:p>";
}
inline std::string op(int level, const std::string& text) {
  return p("Opinion_20_" + std::to_string(level), text);
}
inline std::string item(const std::string& inside) {
  return "<text:list-item>" + inside + "</text:list-item>";
}
inline std::string list(const std::string& items) { return "<text:list>" + items + "</text:list>"; }
inline std::string top(const std::string& items) {
  return "<text:list text:style-name=\"Opinions\">" + items + "</text:list>";
}
inline std::string tag(const std::string& text) { return p("Body", text); }

/// Entries of a book whose paragraphs always are in; sections of the same names.
class Slots : public ::testing::Test {
 protected:
  void opinion(const std::string& id, const std::string& inside, const std::string& group = "g",
               const std::string& more = R"("when":"true")") {
    m_entries += std::string(m_entries.empty() ? "" : ",") + R"({"id":")" + id + R"(","group":")" +
                 group + R"(","approved":{"by":"C"})" + (more.empty() ? "" : "," + more) + "}";
    m_sections += section(id, inside);
  }
  letter::Letter letter(const std::string& body, const std::string& deal = "{}",
                        const letter::Request& request = {}) {
    firm.book(m_entries, m_sections, automatic);
    return firm.letter(body, deal, request);
  }
  std::string outline(const std::string& body, const std::string& deal = "{}") {
    const letter::Letter out = letter(body, deal);
    EXPECT_THAT(out.findings, ::testing::IsEmpty()) << all_text(out.findings);
    return outline_of(out);
  }

  FirmOnDisk firm;
  std::string automatic;

 private:
  std::string m_entries;
  std::string m_sections;
};

} // namespace engross::testing
