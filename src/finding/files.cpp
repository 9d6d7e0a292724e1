// SPDX-License-Identifier: MPL-2.0
#include "finding/files.hpp"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace engross {

namespace fs = std::filesystem;

namespace {

struct Step {
  fs::path target;
  fs::path fresh; ///< the new file beside the target
  fs::path old;   ///< what stood there, under another name; empty where nothing did
  bool placed = false;
};

/// Where what stood at a target waits: beside the new file, and ours as long as we have that.
fs::path name_of_old(fs::path fresh) { return fresh += ".old"; }

/// A new file with a name of its own, empty. No path if the folder takes none.
fs::path new_file_in(const fs::path& folder) {
  for (int i = 1; i < 10000; ++i) {
    fs::path name = folder / (".engross-" + std::to_string(i) + ".part");
    errno = 0;
    if (std::FILE* file = std::fopen(name.string().c_str(), "wbx")) {
      std::fclose(file);
      std::error_code error;
      if (!fs::exists(name_of_old(name), error)) return name;
      fs::remove(name, error); // somebody is about to finish under this name
      continue;
    }
    if (errno != EEXIST) return {};
  }
  return {};
}

/// Where a link leads to; one that leads nowhere yet does too. Other names are taken as they are.
fs::path final_target(const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  const fs::path full = fs::absolute(path, error);
  const fs::path resolved = fs::weakly_canonical(full, error);
  return error ? full : resolved;
}

/// The content alone: whatever the source allows, the file keeps what it has.
bool fill(const NewFile& file, const fs::path& target) {
  std::ofstream out(target, std::ios::binary | std::ios::trunc);
  if (file.copy_of.empty()) {
    out.write(file.bytes.data(), static_cast<std::streamsize>(file.bytes.size()));
  } else {
    std::ifstream in(file.copy_of, std::ios::binary);
    if (!in) return false;
    // An empty source would be a failure to the stream.
    if (in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
  }
  out.close();
  return static_cast<bool>(out);
}

/// Who may read what stood there may read what takes its place, and nobody else, not even while it
/// is written. A new file is for whom this user's files are.
bool fill_as(const NewFile& file, const Step& step, const fs::file_status& old) {
  std::error_code error;
  if (!fs::is_regular_file(old)) return fill(file, step.fresh);
  fs::permissions(step.fresh, old.permissions() | fs::perms::owner_write, error);
  const bool done = !error && fill(file, step.fresh);
  if (done) fs::permissions(step.fresh, old.permissions(), error);
  return done && !error;
}

/// Gives a word why not.
std::string prepare(const NewFile& file, Step& step) {
  step.target = final_target(file.file);
  std::error_code error;
  const fs::file_status old = fs::status(step.target, error);
  if (fs::is_directory(old)) return "a folder has that name";
  const fs::path parent = step.target.parent_path();
  const fs::path folder = parent.empty() ? "." : parent;
  step.fresh = new_file_in(folder);
  if (step.fresh.empty())
    return fs::is_directory(folder, error) ? "access was refused"
                                           : "there is no folder " + folder.string();
  return fill_as(file, step, old) ? "" : "the disk may be full";
}

std::string place(Step& step) {
  std::error_code error;
  if (fs::exists(step.target, error)) {
    const fs::path old = name_of_old(step.fresh);
    // A second name for the old file leaves no moment without the target; not every file system
    // has second names.
    fs::create_hard_link(step.target, old, error);
    if (error) fs::rename(step.target, old, error);
    if (error) return error.message();
    step.old = old;
  }
  fs::rename(step.fresh, step.target, error);
  if (error) return error.message();
  step.placed = true;
  return {};
}

void take_back(const std::vector<Step>& steps) {
  std::error_code ignored;
  for (const Step& step : steps) {
    if (step.placed && step.old.empty()) fs::remove(step.target, ignored);
    if (!step.old.empty()) fs::rename(step.old, step.target, ignored);
    if (!step.fresh.empty()) fs::remove(step.fresh, ignored);
  }
}

} // namespace

std::string ending_of(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending;
}

std::optional<NotWritten> write_all_or_none(const std::vector<NewFile>& files) {
  std::vector<Step> steps;
  steps.reserve(files.size());
  std::string reason;
  std::size_t at = 0;
  for (; at < files.size() && reason.empty(); ++at)
    reason = prepare(files[at], steps.emplace_back());
  if (reason.empty())
    for (at = 0; at < files.size() && reason.empty(); ++at) reason = place(steps[at]);
  if (!reason.empty()) {
    take_back(steps);
    return NotWritten{files[at - 1].file, reason};
  }
  std::error_code ignored;
  for (const Step& step : steps)
    if (!step.old.empty()) fs::remove(step.old, ignored);
  return std::nullopt;
}

} // namespace engross
