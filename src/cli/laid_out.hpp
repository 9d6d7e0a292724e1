// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/audit_report.hpp"
#include "cli/house_files.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace engross::cli {

/// LibreOffice for an audit: lays documents out, and reads Word files. Threads may share it; each
/// that works has a LibreOffice of its own.
class LayoutOffice {
 public:
  /// `reloads_docx`: lays out the DOCX made of a letter as well. `time_limit`: seconds for one
  /// document.
  LayoutOffice(bool reloads_docx, int time_limit);
  ~LayoutOffice();
  LayoutOffice(const LayoutOffice&) = delete;
  LayoutOffice& operator=(const LayoutOffice&) = delete;

  /// A Word file as ODT. Findings say why not.
  Result<std::string> read_word(const std::filesystem::path& file);

  /// Adds to a report what shows only on the pages; pictures of the first two where asked for.
  void audit_pages(const std::filesystem::path& file, const letterhead::Subject& subject,
                   const HouseFiles& files, bool with_pictures, FileReport& report);

 private:
  struct State;
  class Lease;
  std::unique_ptr<State> m_state;
};

/// Whether only LibreOffice reads it: .docx .dotx .doc .dot.
bool is_word_file(const std::filesystem::path& file);

} // namespace engross::cli
