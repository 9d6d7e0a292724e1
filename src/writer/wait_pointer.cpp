// SPDX-License-Identifier: MPL-2.0
#include "writer/wait_pointer.hpp"

#include <com/sun/star/awt/Pointer.hpp>
#include <com/sun/star/awt/SystemPointer.hpp>

#include <utility>

namespace engross::writer {

WaitPointer::WaitPointer(const css::uno::Reference<css::uno::XComponentContext>& context,
                         css::uno::Reference<css::awt::XWindowPeer> window) noexcept
    : m_context(context), m_window(std::move(window)) {
  set(css::awt::SystemPointer::WAIT);
}

WaitPointer::~WaitPointer() { set(css::awt::SystemPointer::ARROW); }

void WaitPointer::set(sal_Int32 kind) noexcept {
  if (!m_window.is()) return;
  try {
    const auto pointer = css::awt::Pointer::create(m_context);
    pointer->setType(kind);
    m_window->setPointer(pointer);
  } catch (...) { // a pointer is not worth a message
  }
}

} // namespace engross::writer
