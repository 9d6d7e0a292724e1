// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <string_view>

namespace engross::writer {

/// A modal message with an OK button. Main thread only. The parent may be null.
void show_error(const css::uno::Reference<css::uno::XComponentContext>& context,
                const css::uno::Reference<css::awt::XWindowPeer>& parent, std::string_view text);

} // namespace engross::writer
