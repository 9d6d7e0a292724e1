// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/audit.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace engross::cli {

/// Where a house style is looked for.
struct HouseOptions {
  std::vector<std::string> paths; ///< documents and folders
  std::string house;              ///< house.json; empty: the firm's
  std::string firm;               ///< firm folder; empty: the one above the first path
  bool with_word = false;         ///< Word files are documents too
  std::string left_out;           ///< a folder that is not looked into
  std::string letterhead;         ///< name or path; empty: as house.json or firm.json says
};

/// A house style with the letterhead that it compares with, and the documents it is for.
struct HouseFiles {
  letterhead::House house;
  std::optional<letterhead::Reference> reference;
  std::filesystem::path house_file;
  std::filesystem::path letterhead_file;
  std::vector<std::filesystem::path> documents; ///< sorted; none twice
  Findings unread; ///< folders that could not be looked into; what is in the others counts
  std::size_t words_left_out = 0; ///< Word files in the folders, where they are no documents
};

/// Reads all of it. No value where there is nothing to audit by, or nothing to audit; findings of
/// severity error in house.json leave a value none too.
Result<HouseFiles> read_house_files(const HouseOptions& options);

/// What is wrong with a house style itself, and by the letterhead and the templates of its firm (no
/// folder: the one above the file): a style that none of them has.
Findings check_house_file(const std::filesystem::path& file, const std::filesystem::path& firm);

/// Calls `work(i)` for 0 … count-1 on `workers` threads (0: as many as the machine has), and
/// `done(i)` on the calling thread in that order, as soon as all up to i are there. What `work`
/// throws ends up in the caller.
void in_parallel(std::size_t count, unsigned workers, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& done);

/// A line of progress on a terminal, written over itself; nothing where standard error is none.
class Progress {
 public:
  Progress(std::size_t count, bool is_quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void at(std::size_t done, const std::string& name);
  void clear();

 private:
  std::size_t m_count;
  bool m_shown;
  bool m_dirty = false;
};

} // namespace engross::cli
