// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/awt/XControl.hpp>
#include <com/sun/star/awt/XDialog.hpp>
#include <com/sun/star/awt/XDialogEventHandler.hpp>
#include <com/sun/star/awt/XWindowPeer.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/graphic/XGraphic.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <string_view>

namespace engross::writer {

/// A dialog of extension/dialogs/, made and thrown away with this object. Main thread only; all
/// members throw UNO exceptions, but the destructor.
class Dialog {
 public:
  /// `name` is the file's stem. Parent and handler may be null.
  Dialog(css::uno::Reference<css::uno::XComponentContext> context, const char* name,
         const css::uno::Reference<css::awt::XWindowPeer>& parent,
         const css::uno::Reference<css::awt::XDialogEventHandler>& handler = {});
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;

  /// Returns when the person, or end(), has closed it.
  void run();
  void end();

  css::uno::Reference<css::awt::XWindowPeer> peer() const;
  void set_title(std::string_view utf8);
  css::uno::Reference<css::awt::XControl> control(const char* name) const;
  css::uno::Reference<css::beans::XPropertySet> model(const char* name) const;
  void set(const char* name, const char* property, const css::uno::Any& value);
  void set_text(const char* name, const char* property, std::string_view utf8);

 private:
  css::uno::Reference<css::uno::XComponentContext> m_context;
  css::uno::Reference<css::awt::XDialog> m_dialog;
};

/// The window that a dialog of this frame belongs to. Null without a frame, or when it is gone.
css::uno::Reference<css::awt::XWindowPeer>
parent_of(const css::uno::Reference<css::frame::XFrame>& frame) noexcept;

/// URL of a file in extension/icons/.
rtl::OUString icon_url(const char* file);

/// A picture of extension/icons/. Null when it cannot be read.
css::uno::Reference<css::graphic::XGraphic>
load_icon(const css::uno::Reference<css::uno::XComponentContext>& context, const char* file);

} // namespace engross::writer
