// SPDX-License-Identifier: MPL-2.0
#include "writer/message.hpp"

#include "writer/convert.hpp"

#include <com/sun/star/awt/MessageBoxButtons.hpp>
#include <com/sun/star/awt/MessageBoxType.hpp>
#include <com/sun/star/awt/Toolkit.hpp>

namespace engross::writer {

void show_error(const css::uno::Reference<css::uno::XComponentContext>& context,
                const css::uno::Reference<css::awt::XWindowPeer>& parent, std::string_view text) {
  const auto box = css::awt::Toolkit::create(context)->createMessageBox(
      parent, css::awt::MessageBoxType_ERRORBOX, css::awt::MessageBoxButtons::BUTTONS_OK, "Engross",
      to_uno(text));
  box->execute();
}

} // namespace engross::writer
