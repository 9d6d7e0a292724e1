// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <com/sun/star/uno/Sequence.hxx>
#include <rtl/ustring.hxx>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace engross::writer {

/// Why a service does not write this file, apart from what output_paths knows; a finding, or none.
using Refusal = std::function<Findings(const std::filesystem::path&)>;

/// The files behind the URLs of a request, checked before anything is made, so that a bad name
/// costs nothing: each a file URL, none named twice, none of `sources`. Throws Error with all
/// findings.
std::vector<std::filesystem::path> output_paths(const css::uno::Sequence<rtl::OUString>& urls,
                                                const std::vector<std::filesystem::path>& sources,
                                                const Refusal& refusal);

} // namespace engross::writer
