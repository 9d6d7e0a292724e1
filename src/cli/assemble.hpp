// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "cli/exit_status.hpp"
#include "cli/output.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace engross::cli {

/// What `engross assemble` and `engross explain` are told.
struct AssembleOptions {
  std::string template_file;
  std::vector<std::string> deals;
  std::vector<std::string> assignments; ///< "path=value"
  std::string firm;
  std::string letterhead;
  std::string office;
  std::vector<std::string> books;
  std::string opinions; ///< "+id,-id"
  std::string mode = "strict";
  std::vector<std::string> outputs;
  int time_limit = 60; ///< of LibreOffice, in seconds
  std::int64_t time = 315532800;
  std::string today; ///< "2026-11-22"
  Voice voice;
};

/// Makes one letter in all formats asked for; all files or none.
ExitStatus assemble(const AssembleOptions& options);

/// Lists the opinion paragraphs: in or out, and why.
ExitStatus explain(const AssembleOptions& options);

/// Prints the JSON Schema of the data that a template needs, or a deal to be filled in.
struct FieldsOptions {
  std::string template_file;
  std::string firm;
  std::string letterhead;
  std::string office;
  std::vector<std::string> books;
  bool sample = false;
  Voice voice;
};
ExitStatus fields(const FieldsOptions& options);

/// Exports finished letters: ODT to DOCX and PDF. Flat ODF is packed: .fodt to .odt or .ott.
struct ConvertOptions {
  std::string file;
  std::vector<std::string> outputs;
  int time_limit = 60; ///< of LibreOffice, in seconds
  std::int64_t time = 315532800;
  Voice voice;
};
ExitStatus convert(const ConvertOptions& options);

} // namespace engross::cli
