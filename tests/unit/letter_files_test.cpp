// SPDX-License-Identifier: MPL-2.0
// Files that cannot be read, or that are none of those that are read.
#include "letter/assembly.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace engross::letter {
namespace {

std::string code_of(const Findings& findings) {
  return findings.size() == 1 ? std::string(code_id(findings[0].code)) : "not one finding";
}

TEST(LetterFiles, OfAnotherEndingAreNoDeal) {
  EXPECT_EQ(code_of(read_deal_files({"deal.txt"}, {}).findings), "EG-D001");
}

TEST(LetterFiles, ThatAreNotThere) {
  EXPECT_EQ(code_of(read_file("no/such/file.odt").findings), "EG-A001");
}

TEST(LetterFiles, ThatCannotBeRead) {
  EXPECT_EQ(code_of(read_file(testing::TempDir()).findings), "EG-A002");
}

} // namespace
} // namespace engross::letter
