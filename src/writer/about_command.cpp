// SPDX-License-Identifier: MPL-2.0
#include "writer/about_command.hpp"

#include "writer/dialog.hpp"

#include <string>

namespace engross::writer {

void run_about(const css::uno::Reference<css::uno::XComponentContext>& context,
               const css::uno::Reference<css::frame::XFrame>& frame) {
  Dialog dialog(context, "about", parent_of(frame));
  dialog.set("picture", "Graphic", css::uno::Any(load_icon(context, "engross_64.png")));
  dialog.set_text("version", "Label", std::string("Version ") + ENGROSS_VERSION);
  dialog.run();
}

} // namespace engross::writer
