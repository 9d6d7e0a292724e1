// SPDX-License-Identifier: MPL-2.0
#include "writer/dialog.hpp"

#include "writer/convert.hpp"

#include <com/sun/star/awt/DialogProvider2.hpp>
#include <com/sun/star/awt/PosSize.hpp>
#include <com/sun/star/awt/XControlContainer.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/graphic/GraphicProvider.hpp>
#include <com/sun/star/lang/XComponent.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace engross::writer {

namespace {

constexpr const char* k_extension = "vnd.sun.star.extension://org.engross/";

/// Over the middle of the parent, a little higher; without a parent it stays where it is.
void centre(const css::uno::Reference<css::awt::XDialog>& dialog,
            const css::uno::Reference<css::awt::XWindowPeer>& parent) {
  const css::uno::Reference<css::awt::XWindow> window(dialog, css::uno::UNO_QUERY);
  const css::uno::Reference<css::awt::XWindow> around(parent, css::uno::UNO_QUERY);
  if (!window.is() || !around.is()) return;
  const css::awt::Rectangle outer = around->getPosSize();
  const css::awt::Rectangle inner = window->getPosSize();
  window->setPosSize(std::max(0, (outer.Width - inner.Width) / 2),
                     std::max(0, (outer.Height - inner.Height) / 3), 0, 0, css::awt::PosSize::POS);
}

} // namespace

Dialog::Dialog(css::uno::Reference<css::uno::XComponentContext> context, const char* name,
               const css::uno::Reference<css::awt::XWindowPeer>& parent,
               const css::uno::Reference<css::awt::XDialogEventHandler>& handler)
    : m_context(std::move(context)) {
  css::uno::Sequence<css::beans::NamedValue> arguments(2);
  auto* argument = arguments.getArray();
  argument[0] = {to_uno("ParentWindow"), css::uno::Any(parent)};
  argument[1] = {to_uno("EventHandler"), css::uno::Any(handler)};
  const std::string url = std::string(k_extension) + "dialogs/" + name + ".xdl";
  m_dialog = css::awt::DialogProvider2::create(m_context)->createDialogWithArguments(to_uno(url),
                                                                                     arguments);
  if (!m_dialog.is()) throw css::uno::RuntimeException(to_uno("no dialog " + url));
  centre(m_dialog, parent);
}

Dialog::~Dialog() {
  try {
    const css::uno::Reference<css::lang::XComponent> component(m_dialog, css::uno::UNO_QUERY_THROW);
    component->dispose();
  } catch (...) { // gone with the office
  }
}

void Dialog::run() { m_dialog->execute(); }

void Dialog::end() { m_dialog->endExecute(); }

css::uno::Reference<css::awt::XWindowPeer> Dialog::peer() const {
  const css::uno::Reference<css::awt::XControl> control(m_dialog, css::uno::UNO_QUERY_THROW);
  return control->getPeer();
}

void Dialog::set_title(std::string_view utf8) { m_dialog->setTitle(to_uno(utf8)); }

css::uno::Reference<css::awt::XControl> Dialog::control(const char* name) const {
  const css::uno::Reference<css::awt::XControlContainer> container(m_dialog,
                                                                   css::uno::UNO_QUERY_THROW);
  return {container->getControl(rtl::OUString::createFromAscii(name)), css::uno::UNO_SET_THROW};
}

css::uno::Reference<css::beans::XPropertySet> Dialog::model(const char* name) const {
  return {control(name)->getModel(), css::uno::UNO_QUERY_THROW};
}

void Dialog::set(const char* name, const char* property, const css::uno::Any& value) {
  model(name)->setPropertyValue(rtl::OUString::createFromAscii(property), value);
}

void Dialog::set_text(const char* name, const char* property, std::string_view utf8) {
  set(name, property, css::uno::Any(to_uno(utf8)));
}

css::uno::Reference<css::awt::XWindowPeer>
parent_of(const css::uno::Reference<css::frame::XFrame>& frame) noexcept {
  try {
    if (frame.is()) return {frame->getContainerWindow(), css::uno::UNO_QUERY};
  } catch (...) { // closed meanwhile
  }
  return {};
}

rtl::OUString icon_url(const char* file) {
  return to_uno(std::string(k_extension) + "icons/" + file);
}

css::uno::Reference<css::graphic::XGraphic>
load_icon(const css::uno::Reference<css::uno::XComponentContext>& context, const char* file) {
  css::beans::PropertyValue url;
  url.Name = to_uno("URL");
  url.Value <<= icon_url(file);
  return css::graphic::GraphicProvider::create(context)->queryGraphic({&url, 1});
}

} // namespace engross::writer
