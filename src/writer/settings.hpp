// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>

#include <string>

namespace engross::writer {

/// What the New Letter dialog remembers between two letters, in the office's own configuration
/// (extension/Settings.xcs), so that an administrator can preset the firm folder.
struct Settings {
  std::string firm_folder; ///< file URLs; empty: never chosen
  std::string template_file;
  std::string deal_file;
};

/// Throws UNO exceptions.
Settings read_settings(const css::uno::Reference<css::uno::XComponentContext>& context);
/// Values that an administrator made final are left alone. Throws UNO exceptions.
void write_settings(const css::uno::Reference<css::uno::XComponentContext>& context,
                    const Settings& settings);

} // namespace engross::writer
