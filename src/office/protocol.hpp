// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "office/layout.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What engross and engross-office say to each other: one JSON object a line. See README.md here.
namespace engross::office {

enum class Format { odt, docx, pdf };
/// By the ending, in any case; empty for any other.
std::optional<Format> format_of(const std::filesystem::path& path);

/// One letter to be exported.
struct Request {
  std::int64_t id = 0;
  std::filesystem::path letter;               ///< absolute
  std::vector<std::filesystem::path> outputs; ///< absolute; format_of each is known
  double seconds = 60; ///< limit for all of it, a start of the office included
  /// Whose pages are told, in this order in the reply: "letter" laid out, "pdf" and "docx" read
  /// from the files made of it, "docx again" laid out as LibreOffice reads that file; nothing: none
  /// are.
  std::vector<std::string> layouts{};
  std::vector<std::filesystem::path> pictures{}; ///< absolute; of the first pages, in PNG
};

/// Why there is no export. The first word of each row is what stands on the line.
enum class Trouble {
  none,
  bad_request, ///< the line is no request
  not_read,    ///< the letter's file
  not_started, ///< LibreOffice
  not_opened,  ///< LibreOffice does not take the letter
  not_stored,  ///< LibreOffice does not export it
  not_written, ///< an output's place
  time_limit,
  crashed,
};

struct Reply {
  std::int64_t id = 0;
  Trouble trouble = Trouble::none;
  std::string detail; ///< words of the system or of LibreOffice, may be empty
  std::string file;   ///< the output concerned, for not_stored and not_written
  int pages = 0;
  std::map<std::string, int> micros; ///< time taken by each step
  std::vector<Layout> layouts{};
};

/// An office was started: enough to end it and to clean up should the worker die.
struct Started {
  long process = 0; ///< leads a process group of this number
  std::filesystem::path folder;
};

/// Throws std::runtime_error when a path is not UTF-8, which JSON cannot carry.
std::string to_line(const Request& request);
std::string to_line(const Reply& reply);
std::string to_line(const Started& started);

/// Throw std::runtime_error when the line is not what it should be.
Request request_from(std::string_view line);
std::variant<Reply, Started> answer_from(std::string_view line);

} // namespace engross::office
