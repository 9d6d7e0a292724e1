// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>

#include <functional>

namespace engross::writer {

/// Runs the task on the office's main thread, soon, and returns at once: the only thread that may
/// open windows. What the task throws is shown, never passed on.
void post_to_main_thread(const css::uno::Reference<css::uno::XComponentContext>& context,
                         std::function<void()> task);

} // namespace engross::writer
