// SPDX-License-Identifier: MPL-2.0
#include "office/locate.hpp"

#include "office/process.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <vector>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

/// An office without Writer (only libreoffice-core, or only Calc) is of no use to us.
bool has_writer(const fs::path& folder) {
  return is_file(folder / "libswlo.so") || is_file(folder / "libmergedlo.so");
}

bool is_program_folder(const fs::path& folder) {
  return is_file(office_binary(folder)) && has_writer(folder);
}

std::optional<fs::path> program_folder_at(const fs::path& place) {
  for (const fs::path& folder : {place, place / "program"}) {
    if (is_program_folder(folder)) return fs::absolute(folder);
  }
  return std::nullopt;
}

/// /opt/libreoffice7.4, /opt/libreoffice25.2 …: the newest first, by number.
std::vector<fs::path> folders_in_opt() {
  std::vector<std::pair<std::vector<int>, fs::path>> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/opt", error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("libreoffice")) continue;
    std::vector<int> version;
    bool in_number = false;
    for (const char c : name) {
      const bool digit = c >= '0' && c <= '9';
      if (digit && !in_number) version.push_back(0);
      if (digit && version.back() < 100000) version.back() = version.back() * 10 + (c - '0');
      in_number = digit;
    }
    found.emplace_back(std::move(version), entry.path());
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> out;
  out.reserve(found.size());
  for (auto& [version, path] : found) out.push_back(std::move(path));
  return out;
}

} // namespace

std::optional<fs::path> find_program_folder(const fs::path& wanted) {
  if (!wanted.empty()) return program_folder_at(wanted);
  for (const fs::path& folder : search_path()) {
    for (const char* name : {"soffice", "libreoffice"}) {
      std::error_code error;
      const fs::path target = fs::canonical(folder / name, error);
      if (!error && is_program_folder(target.parent_path())) return target.parent_path();
    }
  }
  std::vector<fs::path> known{"/usr/lib/libreoffice", "/usr/lib64/libreoffice",
                              "/usr/local/lib/libreoffice"};
  for (fs::path& folder : folders_in_opt()) known.push_back(std::move(folder));
  for (const fs::path& place : known) {
    if (auto folder = program_folder_at(place)) return folder;
  }
  return std::nullopt;
}

std::optional<fs::path> find_worker(const fs::path& wanted) {
  if (!wanted.empty()) {
    return is_file(wanted) ? std::optional(fs::absolute(wanted)) : std::nullopt;
  }
  const fs::path folder = running_program().parent_path();
  if (folder.empty()) return std::nullopt;
  for (const fs::path& place :
       {folder / "engross-office", folder.parent_path() / "lib" / "engross" / "engross-office"}) {
    if (is_file(place)) return place;
  }
  return std::nullopt;
}

fs::path office_binary(const fs::path& program_folder) {
  const fs::path binary = program_folder / "soffice.bin";
  return is_file(binary) ? binary : program_folder / "soffice";
}

std::string file_url(const fs::path& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "file://";
  for (const char c : path.string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

} // namespace engross::office
