// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <string_view>

namespace engross::writer {

/// A modal dialog with a long text to read, scroll and copy. Main thread only; throws UNO
/// exceptions. The parent may be null.
void show_text(const css::uno::Reference<css::uno::XComponentContext>& context,
               const css::uno::Reference<css::awt::XWindowPeer>& parent, std::string_view title,
               std::string_view introduction, std::string_view text);

} // namespace engross::writer
