// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "office/layout.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

/// LibreOffice as a service, seen from outside: this header links no UNO. The worker process
/// engross-office does.
namespace engross::office {

struct Options {
  std::filesystem::path
      worker; ///< engross-office; empty: beside the running program or in ../lib/engross
  std::filesystem::path office;        ///< LibreOffice's program folder; empty: the known places
  std::chrono::seconds time_limit{60}; ///< for one letter; then the whole process group is killed
  int letters_per_office = 200;        ///< then LibreOffice is replaced by a fresh one, at least 1
  bool packs_pdf = true; ///< false: PDFs need not be small, where LibreOffice can leave them so
};

/// One letter to be exported.
struct Job {
  /// .odt .ott .fodt, and .docx .dotx .doc .dot to become an .odt. Read, never changed or locked:
  /// the worker loads a copy.
  std::filesystem::path odt;
  std::vector<std::filesystem::path> outputs; ///< .docx, .pdf or .odt; the ending says the format
};

/// Owns one worker, which owns one private headless LibreOffice with a fresh profile; both are
/// started with the first job and end with this object, by process id. One thread at a time.
class Converter {
 public:
  explicit Converter(Options options = {});
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// Refreshes the letter's fields and writes all outputs, or none. Findings (X codes): LibreOffice
  /// or the worker missing (with the name of the Debian package), the document not opened, time
  /// limit, crash.
  Findings convert(const Job& job);

  /// Lays a letter out and says how it stands on its pages; takes the place of convert for the
  /// audit. The same findings. No value when one is an error.
  Result<LaidOut> lay_out(const LayoutJob& job);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace engross::office
