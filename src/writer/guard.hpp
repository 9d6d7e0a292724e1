// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"

#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/weak.hxx>

#include <string>
#include <type_traits>

/// The two walls at the edge of the component. What UNO does not expect cuts the caller's
/// connection; what the office does not expect ends the office, with every open document.
namespace engross::writer {

/// What a method's `raises` says.
enum class Raises { nothing, assembly };

/// Only in a handler: throws again what is being handled, as something the method may throw.
[[noreturn]] void throw_for_uno(cppu::OWeakObject& self, Raises raises);

/// Only in a handler: what is being handled, for a person.
std::string caught_text() noexcept;

/// Only in a handler: shows what is being handled in a message box. Throws nothing.
void show_caught(const css::uno::Reference<css::uno::XComponentContext>& context,
                 const css::uno::Reference<css::awt::XWindowPeer>& parent) noexcept;

/// Body of a UNO method that a program calls.
template <class Body>
std::invoke_result_t<Body> guard(cppu::OWeakObject& self, Raises raises, Body&& body) {
  try {
    return body();
  } catch (...) {
    throw_for_uno(self, raises);
  }
}

/// Body of an entry that the office calls: nothing leaves it.
template <class Body>
void guard_ui(const css::uno::Reference<css::uno::XComponentContext>& context,
              const css::uno::Reference<css::awt::XWindowPeer>& parent, Body&& body) noexcept {
  try {
    body();
  } catch (...) {
    show_caught(context, parent);
  }
}

/// Ends a call with AssemblyException.
[[noreturn]] void throw_findings(cppu::OWeakObject& self, const Findings& findings);

} // namespace engross::writer
