// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

namespace engross::writer {

/// Engross ▸ New Letter…: asks, assembles, opens the letter as a document without a name. Main
/// thread only; throws UNO exceptions.
void run_new_letter(const css::uno::Reference<css::uno::XComponentContext>& context,
                    const css::uno::Reference<css::frame::XFrame>& frame);

} // namespace engross::writer
