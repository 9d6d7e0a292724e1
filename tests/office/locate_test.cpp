// SPDX-License-Identifier: MPL-2.0
#include "office/locate.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace engross::office::test {

namespace {

namespace fs = std::filesystem;

class LocateTest : public testing::Test {
 protected:
  LocateTest() {
    if (const char* path = std::getenv("PATH")) m_path = path;
  }
  ~LocateTest() override { ::setenv("PATH", m_path.c_str(), 1); }

  void make_office(const fs::path& program) const {
    fs::create_directories(program);
    write_file(program / "soffice", "");
    write_file(program / "soffice.bin", "");
    write_file(program / "libswlo.so", "");
  }

  TempFolder folder;

 private:
  std::string m_path;
};

TEST_F(LocateTest, ProgramFolderOrTheOneAboveIt) {
  const fs::path program = folder / "office" / "program";
  make_office(program);
  EXPECT_EQ(find_program_folder(program), program);
  EXPECT_EQ(find_program_folder(folder / "office"), program);
  EXPECT_FALSE(find_program_folder(folder / "other"));
  fs::remove(program / "libswlo.so");
  EXPECT_FALSE(find_program_folder(program));
}

TEST_F(LocateTest, PathIsFollowedThroughLinks) {
  const fs::path program = folder / "office" / "program";
  make_office(program);
  fs::create_directories(folder / "bin");
  fs::create_symlink("../office/program/soffice", folder / "bin" / "soffice");
  fs::create_symlink("soffice", folder / "bin" / "libreoffice");
  ::setenv("PATH", ("relative::" + (folder / "bin").string()).c_str(), 1);
  EXPECT_EQ(find_program_folder(""), fs::canonical(program));
}

TEST_F(LocateTest, ScriptInPathThatIsNoOfficeIsPassedOver) {
  const fs::path program = folder / "office" / "program";
  make_office(program);
  fs::create_directories(folder / "bin1");
  write_file(folder / "bin1" / "soffice", "#!/bin/sh\n");
  fs::create_directories(folder / "bin2");
  fs::create_symlink(program / "soffice", folder / "bin2" / "soffice");
  ::setenv("PATH", ((folder / "bin1").string() + ":" + (folder / "bin2").string()).c_str(), 1);
  EXPECT_EQ(find_program_folder(""), fs::canonical(program));
}

TEST_F(LocateTest, BinaryBeforeScript) {
  const fs::path program = folder / "program";
  make_office(program);
  EXPECT_EQ(office_binary(program), program / "soffice.bin");
  fs::remove(program / "soffice.bin");
  EXPECT_EQ(office_binary(program), program / "soffice");
}

TEST(FileUrl, EncodesAllButTheHarmless) {
  EXPECT_EQ(file_url("/tmp/a-b_c.d~e/F1"), "file:///tmp/a-b_c.d~e/F1");
  EXPECT_EQ(file_url("/a b/#%$&'ü"), "file:///a%20b/%23%25%24%26%27%C3%BC");
}

} // namespace

} // namespace engross::office::test
