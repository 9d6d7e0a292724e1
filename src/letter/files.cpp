// SPDX-License-Identifier: MPL-2.0
#include "letter/assembly.hpp"

#include <fstream>
#include <system_error>

namespace engross::letter {

namespace fs = std::filesystem;

namespace {

Place place_of(const fs::path& file) {
  Place place;
  place.file = file.string();
  return place;
}

} // namespace

Result<std::string> read_file(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error))
    return {make_finding(Code::file_not_found, place_of(file), {file.string()})};
  if (fs::is_directory(file, error))
    return {make_finding(Code::is_folder, place_of(file), {file.string()})};
  std::ifstream in(file, std::ios::binary);
  std::string bytes;
  const auto size = fs::file_size(file, error);
  if (!error) bytes.resize(static_cast<std::size_t>(size));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return {make_finding(Code::file_not_read, place_of(file),
                         {file.string(), error ? error.message() : "access was refused"})};
  return bytes;
}

Findings write_files(const std::vector<Output>& outputs) {
  if (const auto failed = write_all_or_none(outputs))
    return {make_finding(Code::file_not_written, place_of(failed->file),
                         {failed->file.string(), failed->reason})};
  return {};
}

} // namespace engross::letter
