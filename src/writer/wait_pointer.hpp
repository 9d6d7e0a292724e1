// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

namespace engross::writer {

/// While it lives, the pointer over the window says that work is going on. Main thread only; throws
/// nothing. The window may be null, and may go away meanwhile.
class WaitPointer {
 public:
  WaitPointer(const css::uno::Reference<css::uno::XComponentContext>& context,
              css::uno::Reference<css::awt::XWindowPeer> window) noexcept;
  ~WaitPointer();
  WaitPointer(const WaitPointer&) = delete;
  WaitPointer& operator=(const WaitPointer&) = delete;

 private:
  void set(sal_Int32 kind) noexcept;

  css::uno::Reference<css::uno::XComponentContext> m_context;
  css::uno::Reference<css::awt::XWindowPeer> m_window;
};

} // namespace engross::writer
