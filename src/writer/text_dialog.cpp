// SPDX-License-Identifier: MPL-2.0
#include "writer/text_dialog.hpp"

#include "writer/dialog.hpp"

namespace engross::writer {

void show_text(const css::uno::Reference<css::uno::XComponentContext>& context,
               const css::uno::Reference<css::awt::XWindowPeer>& parent, std::string_view title,
               std::string_view introduction, std::string_view text) {
  Dialog dialog(context, "text", parent);
  dialog.set_title(title);
  dialog.set_text("introduction", "Label", introduction);
  dialog.set_text("text", "Text", text);
  dialog.run();
}

} // namespace engross::writer
