// SPDX-License-Identifier: MPL-2.0
#include "writer/dispatcher.hpp"

#include "writer/about_command.hpp"
#include "writer/change_letterhead_command.hpp"
#include "writer/convert.hpp"
#include "writer/guard.hpp"
#include "writer/main_thread.hpp"
#include "writer/new_letter_command.hpp"

#include <cppuhelper/supportsservice.hxx>

#include <array>
#include <utility>

namespace engross::writer {

namespace {

using Command = void (*)(const css::uno::Reference<css::uno::XComponentContext>&,
                         const css::uno::Reference<css::frame::XFrame>&);

/// What may stand behind "vnd.org.engross:".
constexpr std::array<std::pair<const char*, Command>, 3> k_commands{
    {{"NewLetter", run_new_letter},
     {"ChangeLetterhead", run_change_letterhead},
     {"About", run_about}}};

Command command_of(const css::util::URL& url) {
  // The office's parser leaves everything after the colon in Path.
  if (!url.Protocol.equalsIgnoreAsciiCase("vnd.org.engross:")) return nullptr;
  for (const auto& [name, command] : k_commands)
    if (url.Path.equalsAscii(name)) return command;
  return nullptr;
}

} // namespace

Dispatcher::Dispatcher(css::uno::Reference<css::uno::XComponentContext> context)
    : m_context(std::move(context)) {}

void Dispatcher::initialize(const css::uno::Sequence<css::uno::Any>& arguments) {
  guard_ui(m_context, {}, [&] {
    css::uno::Reference<css::frame::XFrame> frame;
    if (arguments.hasElements()) arguments[0] >>= frame;
    const std::lock_guard lock(m_mutex);
    m_frame = frame;
  });
}

css::uno::Reference<css::frame::XFrame> Dispatcher::frame() {
  css::uno::WeakReference<css::frame::XFrame> frame;
  {
    const std::lock_guard lock(m_mutex);
    frame = m_frame;
  }
  return frame;
}

css::uno::Reference<css::frame::XDispatch>
Dispatcher::queryDispatch(const css::util::URL& url, const rtl::OUString&, sal_Int32) {
  css::uno::Reference<css::frame::XDispatch> dispatch;
  guard_ui(m_context, {}, [&] {
    if (command_of(url)) dispatch = this;
  });
  return dispatch;
}

css::uno::Sequence<css::uno::Reference<css::frame::XDispatch>>
Dispatcher::queryDispatches(const css::uno::Sequence<css::frame::DispatchDescriptor>& requests) {
  css::uno::Sequence<css::uno::Reference<css::frame::XDispatch>> dispatches;
  guard_ui(m_context, {}, [&] {
    dispatches.realloc(requests.getLength());
    auto* dispatch = dispatches.getArray();
    for (const auto& request : requests)
      *dispatch++ = queryDispatch(request.FeatureURL, request.FrameName, request.SearchFlags);
  });
  return dispatches;
}

void Dispatcher::dispatch(const css::util::URL& url,
                          const css::uno::Sequence<css::beans::PropertyValue>&) {
  // The menu may let go of us meanwhile.
  const css::uno::Reference<css::uno::XInterface> self(static_cast<cppu::OWeakObject*>(this));
  guard_ui(m_context, {}, [&] {
    const Command command = command_of(url);
    if (!command) return;
    post_to_main_thread(
        m_context, [command, context = m_context, frame = frame()] { command(context, frame); });
  });
}

void Dispatcher::addStatusListener(const css::uno::Reference<css::frame::XStatusListener>& listener,
                                   const css::util::URL& url) {
  guard_ui(m_context, {}, [&] {
    if (!listener.is()) return;
    // Said once and for all: the commands are never greyed out, so nobody need be remembered.
    css::frame::FeatureStateEvent event;
    event.Source = static_cast<cppu::OWeakObject*>(this);
    event.FeatureURL = url;
    event.IsEnabled = command_of(url) != nullptr;
    listener->statusChanged(event);
  });
}

void Dispatcher::removeStatusListener(const css::uno::Reference<css::frame::XStatusListener>&,
                                      const css::util::URL&) {}

rtl::OUString Dispatcher::getImplementationName() {
  return guard(*this, Raises::nothing, [] { return to_uno("org.engross.comp.Dispatcher"); });
}

sal_Bool Dispatcher::supportsService(const rtl::OUString& name) {
  return guard(*this, Raises::nothing,
               [&]() -> sal_Bool { return cppu::supportsService(this, name); });
}

css::uno::Sequence<rtl::OUString> Dispatcher::getSupportedServiceNames() {
  return guard(*this, Raises::nothing, [] {
    const rtl::OUString name = to_uno("com.sun.star.frame.ProtocolHandler");
    return css::uno::Sequence<rtl::OUString>(&name, 1);
  });
}

} // namespace engross::writer

extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface*
org_engross_comp_Dispatcher_get_implementation(css::uno::XComponentContext* context,
                                               const css::uno::Sequence<css::uno::Any>&) {
  return cppu::acquire(new engross::writer::Dispatcher(context));
}
