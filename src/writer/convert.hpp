// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "letter/assembly.hpp"
#include "writer/letter_job.hpp"

#include <org/engross/Finding.hpp>
#include <org/engross/Firm.hpp>
#include <org/engross/OpinionParagraph.hpp>
#include <org/engross/Request.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Between the engine's types and UNO's. All text of the engine is UTF-8. Pure functions.
namespace engross::writer {

rtl::OUString to_uno(std::string_view utf8);
std::string to_utf8(const rtl::OUString& text);

/// Path of a file URL; no value for any other URL.
std::optional<std::filesystem::path> path_of(const rtl::OUString& url);
/// File URL of an absolute path.
rtl::OUString url_of(const std::filesystem::path& path);

org::engross::Finding to_uno(const Finding& finding);
css::uno::Sequence<org::engross::Finding> to_uno(const Findings& findings);
org::engross::Firm to_uno(const letter::FirmFolder& firm, const Findings& findings);
css::uno::Sequence<org::engross::OpinionParagraph>
to_uno(const std::vector<letter::OpinionChoice>& opinions);

/// What the engine needs of a request. A finding for every URL that is not a file's.
Result<LetterJob> to_job(const org::engross::Request& request);

/// Text of all findings, a blank line between two.
std::string to_text(const Findings& findings);

} // namespace engross::writer
