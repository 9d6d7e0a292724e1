// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

namespace engross::writer {

/// Engross ▸ Change Letterhead…: the document in the frame opens on another letterhead as a new
/// one. Main thread only; throws UNO exceptions.
void run_change_letterhead(const css::uno::Reference<css::uno::XComponentContext>& context,
                           const css::uno::Reference<css::frame::XFrame>& frame);

} // namespace engross::writer
