// SPDX-License-Identifier: MPL-2.0
#include "cli/in_use.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_longest_name = 60;

std::string beginning_of(const fs::path& file) {
  std::string out(256, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return out;
}

/// Plain characters only: what others wrote goes into a sentence.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c >= ' ' && c <= '~' && out.size() < k_longest_name) out += c;
  return out;
}

/// "name,login,machine,day;": the first that says something.
std::string libreoffice_user(const fs::path& lock) {
  const std::string text = beginning_of(lock);
  std::string_view rest = text;
  for (int field = 0; field < 2; ++field) {
    const std::size_t comma = rest.find(',');
    if (std::string name = plain(rest.substr(0, comma)); !name.empty()) return name;
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return {};
}

/// A byte that gives the length, then the name.
std::string word_user(const fs::path& lock) {
  const std::string text = beginning_of(lock);
  if (text.empty()) return {};
  return plain(
      std::string_view(text).substr(1, std::min<std::size_t>(text.front(), k_longest_name)));
}

InUse by(std::string program, const std::string& user, fs::path lock) {
  if (!user.empty()) program += " (" + user + ")";
  return {std::move(program), std::move(lock)};
}

} // namespace

std::optional<InUse> in_use(const fs::path& file) {
  std::error_code error;
  const fs::path folder = file.parent_path();
  const std::string name = file.filename().string();
  if (const fs::path lock = folder / (".~lock." + name + "#"); fs::exists(lock, error))
    return by("LibreOffice", libreoffice_user(lock), lock);
  // Up to two letters are left out; unless that is the name of a document which has it all.
  std::string rest = name;
  for (int left_out = 0; left_out <= 2 && !rest.empty(); ++left_out) {
    const fs::path lock = folder / ("~$" + rest);
    const bool is_others = left_out > 0 && fs::exists(folder / rest, error);
    if (!is_others && fs::exists(lock, error)) return by("Word", word_user(lock), lock);
    do rest.erase(0, 1);
    while (!rest.empty() && (static_cast<unsigned char>(rest.front()) & 0xC0U) == 0x80U);
  }
  return std::nullopt;
}

} // namespace engross::cli
