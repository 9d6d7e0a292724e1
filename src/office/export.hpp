// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/open_letter.hpp"
#include "office/protocol.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace engross::office {

/// LibreOffice refused an export; what() is its reason.
class NotStored : public std::runtime_error {
 public:
  NotStored(std::size_t output, const std::string& reason)
      : std::runtime_error(reason), m_output(output) {}
  std::size_t output() const { return m_output; }

 private:
  std::size_t m_output;
};

struct Exported {
  int pages = 0;
  Layout layout;                     ///< where it was wanted
  std::map<std::string, int> micros; ///< load, refresh, docx, pdf, odt, layout, close
};

/// What is to be made of a letter, all of it files of the work folder.
struct Export {
  std::filesystem::path letter; ///< the ending says how it is read
  std::vector<std::pair<Format, std::filesystem::path>> outputs{};
  std::filesystem::path layout{}; ///< what its layout is dumped into; empty: not wanted
  /// The outputs, a PDF first, are only looked at: pictures are coarse, and what the export of a
  /// PDF brings up to date itself is left to it.
  bool to_look_at = false;
};

/// Opens the letter, brings its fields, references and indexes up to date and stores it under each
/// name in its format. Throws NotOpened and NotStored (of a layout with the number past the
/// outputs); css::uno::Exception when the office dies under it.
Exported export_letter(const css::uno::Reference<css::uno::XComponentContext>& office,
                       const Export& wanted);

} // namespace engross::office
