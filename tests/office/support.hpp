// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What the tests of the office half need: letters made from strings, readers of what comes out,
/// and a look at the processes of this machine.
namespace engross::office::test {

/// Goes with its content in the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return m_path; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);
/// Names in a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

/// An ODT with `body` inside office:text. `styles` goes into office:automatic-styles, `parts` are
/// further parts by name, `scripts` is the content of office:scripts.
struct Odt {
  std::string body;
  std::string styles;
  std::string scripts;
  std::map<std::string, std::string> parts;
};
void write_zip(const std::filesystem::path& path, const std::map<std::string, std::string>& parts);
void write_odt(const std::filesystem::path& path, const Odt& odt);

/// One part of a package; empty when it is not there.
std::string read_part(const std::filesystem::path& package, const std::string& name);

/// Fields of a DOCX part as instruction and result, in their order, blanks at the ends cut.
struct Field {
  std::string instruction;
  std::string result;
  friend bool operator==(const Field&, const Field&) = default;
};
std::vector<Field> docx_fields(const std::string& part);
/// All text of the paragraphs of a DOCX part, one a line, field results included.
std::string docx_text(const std::string& part);

/// Text of a PDF as pdftotext prints it, pages ended by form feeds.
std::string pdf_text(const std::filesystem::path& pdf);

/// Ids of the living processes whose parent is `id`.
std::vector<long> children_of(long id);
/// Ids of the living processes of a group.
std::vector<long> members_of_group(long id);

/// Waits until it holds, at most for half a minute; says whether it does.
bool wait_until(const std::function<bool()>& condition,
                std::chrono::seconds patience = std::chrono::seconds(30));

} // namespace engross::office::test
