// SPDX-License-Identifier: MPL-2.0
// Files that cannot be read, or that are none of those that are read.
#include "letter/assembly.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
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

TEST(LetterFiles, ThatAreFolders) {
  EXPECT_EQ(code_of(read_file(testing::TempDir()).findings), "EG-A016");
}

TEST(LetterFiles, ThatMayNotBeRead) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "engross-closed";
  std::ofstream(file) << "text";
  std::filesystem::permissions(file, std::filesystem::perms::none);
  const bool allowed = std::ifstream(file).good();
  const auto read = read_file(file);
  std::filesystem::remove(file);
  if (allowed) GTEST_SKIP() << "this user may read everything";
  EXPECT_EQ(code_of(read.findings), "EG-A002");
}

} // namespace
} // namespace engross::letter
