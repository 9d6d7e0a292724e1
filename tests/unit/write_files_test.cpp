// SPDX-License-Identifier: MPL-2.0
#include "finding/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

namespace engross::test {

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class FilesTest : public testing::Test {
 protected:
  FilesTest() {
    const testing::TestInfo& info = *testing::UnitTest::GetInstance()->current_test_info();
    folder = fs::path(testing::TempDir()) / ("engross-files-" + std::string(info.name()));
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~FilesTest() override { fs::remove_all(folder); }

  static void put(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }
  static std::string get(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }

  fs::path folder;
};

TEST_F(FilesTest, BytesAndCopies) {
  put(folder / "source", "copied");
  put(folder / "old", "what stood there");
  put(folder / "nothing", "");
  ASSERT_FALSE(write_all_or_none({{folder / "new", std::string("a\0b", 3)},
                                  {folder / "old", "replaced"},
                                  {folder / "copy", {}, folder / "source"},
                                  {folder / "empty", {}, folder / "nothing"}}));
  EXPECT_THAT(names(), ElementsAre("copy", "empty", "new", "nothing", "old", "source"));
  EXPECT_EQ(get(folder / "new"), std::string("a\0b", 3));
  EXPECT_EQ(get(folder / "old"), "replaced");
  EXPECT_EQ(get(folder / "copy"), "copied");
  EXPECT_EQ(get(folder / "empty"), "");
}

TEST_F(FilesTest, NoneWhereOneFails) {
  put(folder / "kept", "what stood there");
  fs::create_directory(folder / "taken");
  for (const auto& [bad, reason] : {std::pair(folder / "missing" / "file", "there is no folder"),
                                    std::pair(folder / "taken", "a folder has that name")}) {
    for (const bool first : {true, false}) {
      std::vector<NewFile> files{{folder / "kept", "new"}, {folder / "other", "new"}};
      files.insert(first ? files.begin() : files.end(), NewFile{bad, "new"});
      const auto failed = write_all_or_none(files);
      ASSERT_TRUE(failed);
      EXPECT_EQ(failed->file, bad);
      EXPECT_THAT(failed->reason, HasSubstr(reason));
      EXPECT_EQ(get(folder / "kept"), "what stood there");
      EXPECT_THAT(names(), ElementsAre("kept", "taken"));
    }
  }
}

TEST_F(FilesTest, MissingSource) {
  const auto failed = write_all_or_none({{folder / "file", {}, folder / "none"}});
  ASSERT_TRUE(failed);
  EXPECT_THAT(names(), ElementsAre());
}

TEST_F(FilesTest, LinkStaysALink) {
  put(folder / "real", "old");
  fs::create_symlink("real", folder / "link");
  ASSERT_FALSE(write_all_or_none({{folder / "link", "new"}}));
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(get(folder / "real"), "new");
  EXPECT_THAT(names(), ElementsAre("link", "real"));
}

TEST_F(FilesTest, WhoMightReadWhatStoodThereMayReadTheNew) {
  constexpr fs::perms secret = fs::perms::owner_read | fs::perms::owner_write;
  put(folder / "secret", "old");
  put(folder / "fixed", "old");
  fs::permissions(folder / "secret", secret);
  fs::permissions(folder / "fixed", fs::perms::owner_read);
  fs::create_symlink("secret", folder / "link");
  ASSERT_FALSE(write_all_or_none({{folder / "link", "new"}, {folder / "fixed", "new"}}));
  EXPECT_EQ(fs::status(folder / "secret").permissions(), secret);
  EXPECT_EQ(fs::status(folder / "fixed").permissions(), fs::perms::owner_read);
  EXPECT_EQ(get(folder / "secret"), "new");
  EXPECT_EQ(get(folder / "fixed"), "new");
  put(folder / "usual", "");
  ASSERT_FALSE(write_all_or_none({{folder / "new", "x"}}));
  EXPECT_EQ(fs::status(folder / "new").permissions(), fs::status(folder / "usual").permissions());
}

TEST_F(FilesTest, LongestName) {
  const std::string name(255, 'a');
  for (const std::string text : {"new", "again"}) {
    ASSERT_FALSE(write_all_or_none({{folder / name, text}}));
    EXPECT_EQ(get(folder / name), text);
  }
  EXPECT_THAT(names(), ElementsAre(name));
}

TEST_F(FilesTest, ManyWritersInOneFolder) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int k = 0; k < 50; ++k) {
        const std::string name = std::to_string(i);
        EXPECT_FALSE(write_all_or_none({{folder / name, name + name}, {folder / "shared", name}}));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(names(), ElementsAre("0", "1", "2", "3", "shared"));
  for (int i = 0; i < 4; ++i) {
    const std::string name = std::to_string(i);
    EXPECT_EQ(get(folder / name), name + name);
  }
}

} // namespace

} // namespace engross::test
