// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

/// Where LibreOffice and our worker are.
namespace engross::office {

/// LibreOffice's program folder, with Writer in it: `wanted` (the program folder or the one above
/// it) if not empty and then nowhere else; else where PATH's soffice leads, else the places where
/// packages put it.
std::optional<std::filesystem::path> find_program_folder(const std::filesystem::path& wanted);

/// engross-office: `wanted` if not empty and then nowhere else; else beside the running program or
/// in ../lib/engross.
std::optional<std::filesystem::path> find_worker(const std::filesystem::path& wanted);

/// What starts the office in that folder. The binary itself rather than the script around it, where
/// it is there: then no process stands between it and us.
std::filesystem::path office_binary(const std::filesystem::path& program_folder);

/// file:///…, every byte but letters, digits and "-._~/" as %XX, so that it passes through
/// LibreOffice's lists and macro expansion unharmed.
std::string file_url(const std::filesystem::path& path);

} // namespace engross::office
