// SPDX-License-Identifier: MPL-2.0
#include "office/place_files.hpp"

#include <cerrno>
#include <fstream>
#include <random>
#include <string_view>
#include <system_error>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

struct Step {
  fs::path target;
  fs::path fresh; ///< the new file beside the target
  fs::path old;   ///< what stood there, under another name; empty where nothing did
  bool placed = false;
};

std::string random_name(std::random_device& random) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  for (int i = 0; i < 10; ++i) out += letters[random() % letters.size()];
  return out;
}

/// Where a name leads: a link keeps being one, and the file behind it is replaced.
fs::path final_target(const fs::path& path) {
  std::error_code error;
  fs::path resolved = fs::weakly_canonical(path, error);
  return error ? path : resolved;
}

/// The content alone: the copy is created as this user creates files, whatever the source allows.
bool copy_content(const fs::path& source, const fs::path& target, std::error_code& error) {
  std::ifstream in(source, std::ios::binary);
  std::ofstream out(target, std::ios::binary);
  if (in && out) out << in.rdbuf();
  out.close();
  if (in && out) return true;
  error = std::error_code(errno, std::generic_category());
  return false;
}

void take_back(std::vector<Step>& steps) {
  std::error_code ignored;
  for (Step& step : steps) {
    if (step.placed && step.old.empty()) fs::remove(step.target, ignored);
    if (!step.old.empty()) fs::rename(step.old, step.target, ignored);
    fs::remove(step.fresh, ignored);
  }
}

} // namespace

void place_files(const std::vector<std::pair<fs::path, fs::path>>& files) {
  std::random_device random;
  std::vector<Step> steps;
  steps.reserve(files.size());
  try {
    for (const auto& [source, wanted] : files) {
      Step& step = steps.emplace_back();
      step.target = final_target(wanted);
      const fs::path folder = step.target.parent_path();
      step.fresh = folder / (".engross-" + random_name(random));
      std::error_code error;
      if (fs::is_directory(step.target, error)) {
        throw NotPlaced(wanted, std::make_error_code(std::errc::is_a_directory).message());
      }
      if (!copy_content(source, step.fresh, error)) throw NotPlaced(wanted, error.message());
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
      Step& step = steps[i];
      std::error_code error;
      if (fs::exists(step.target, error)) {
        const fs::path old = step.target.parent_path() / (".engross-" + random_name(random));
        // A second name for the old file leaves no moment without the target; not every file
        // system has second names.
        fs::create_hard_link(step.target, old, error);
        if (error) fs::rename(step.target, old, error);
        if (error) throw NotPlaced(files[i].second, error.message());
        step.old = old;
      }
      fs::rename(step.fresh, step.target, error);
      if (error) throw NotPlaced(files[i].second, error.message());
      step.placed = true;
    }
  } catch (...) {
    take_back(steps);
    throw;
  }
  std::error_code ignored;
  for (const Step& step : steps) {
    if (!step.old.empty()) fs::remove(step.old, ignored);
  }
}

} // namespace engross::office
