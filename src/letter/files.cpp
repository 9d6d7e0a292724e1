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

/// Removes what was written when not everything could be.
class Temporaries {
 public:
  ~Temporaries() {
    std::error_code ignored;
    for (const fs::path& file : m_files) fs::remove(file, ignored);
  }
  void add(fs::path file) { m_files.push_back(std::move(file)); }
  void keep() { m_files.clear(); }

 private:
  std::vector<fs::path> m_files;
};

} // namespace

Result<std::string> read_file(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error))
    return {make_finding(Code::file_not_found, place_of(file), {file.string()})};
  if (fs::is_directory(file, error))
    return {make_finding(Code::file_not_read, place_of(file), {file.string(), "it is a folder"})};
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
  Temporaries temporaries;
  std::vector<fs::path> written;
  for (const Output& output : outputs) {
    fs::path temporary = output.file;
    temporary += ".engross-part";
    const auto failed = [&](const std::string& why) {
      return Findings{
          make_finding(Code::file_not_written, place_of(output.file), {output.file.string(), why})};
    };
    std::error_code error;
    const fs::path folder =
        output.file.has_parent_path() ? output.file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error)) return failed("there is no folder " + folder.string());
    if (fs::is_directory(output.file, error)) return failed("a folder has that name");
    temporaries.add(temporary);
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) return failed("access was refused");
    out.write(output.bytes.data(), static_cast<std::streamsize>(output.bytes.size()));
    out.close();
    if (!out) return failed("the disk may be full");
    written.push_back(temporary);
  }
  // Everything lies on disk beside its place; a rename in the same folder moves no bytes. What
  // stood there before is kept until all are in place.
  std::vector<std::pair<fs::path, fs::path>> replaced; // old file, where it waits
  const auto put_back = [&](std::size_t placed) {
    std::error_code ignored;
    for (std::size_t i = 0; i < placed; ++i) fs::remove(outputs[i].file, ignored);
    for (const auto& [file, waiting] : replaced) fs::rename(waiting, file, ignored);
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    std::error_code error;
    if (fs::exists(outputs[i].file, error)) {
      fs::path waiting = outputs[i].file;
      waiting += ".engross-old";
      fs::rename(outputs[i].file, waiting, error);
      if (!error) replaced.emplace_back(outputs[i].file, waiting);
    }
    if (!error) fs::rename(written[i], outputs[i].file, error);
    if (error) {
      put_back(i);
      return {make_finding(Code::file_not_written, place_of(outputs[i].file),
                           {outputs[i].file.string(), error.message()})};
    }
  }
  std::error_code ignored;
  for (const auto& [file, waiting] : replaced) fs::remove(waiting, ignored);
  temporaries.keep();
  return {};
}

} // namespace engross::letter
