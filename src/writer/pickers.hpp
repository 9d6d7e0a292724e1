// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>

#include <filesystem>
#include <optional>

/// The office's own dialogs for files. Main thread only; they throw UNO exceptions. No value: the
/// person gave up. `start` may be empty.
namespace engross::writer {

std::optional<std::filesystem::path>
pick_firm_folder(const css::uno::Reference<css::uno::XComponentContext>& context,
                 const std::filesystem::path& start);

std::optional<std::filesystem::path>
pick_deal_file(const css::uno::Reference<css::uno::XComponentContext>& context,
               const std::filesystem::path& start);

} // namespace engross::writer
