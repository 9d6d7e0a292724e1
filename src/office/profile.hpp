// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>

namespace engross::office {

/// Writes a user profile into `folder` (which it makes) for a LibreOffice that only converts: no
/// macros, no links followed, no network, no extension, no recovery, nothing asked on a first
/// start. Throws std::filesystem::filesystem_error or std::system_error.
void write_profile(const std::filesystem::path& folder,
                   const std::filesystem::path& program_folder);

} // namespace engross::office
