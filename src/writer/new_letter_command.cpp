// SPDX-License-Identifier: MPL-2.0
#include "writer/new_letter_command.hpp"

#include "writer/convert.hpp"
#include "writer/dialog.hpp"
#include "writer/finding_text.hpp"
#include "writer/letter_document.hpp"
#include "writer/new_letter_dialog.hpp"
#include "writer/text_dialog.hpp"
#include "writer/wait_pointer.hpp"

#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <rtl/ref.hxx>

namespace engross::writer {

void run_new_letter(const css::uno::Reference<css::uno::XComponentContext>& context,
                    const css::uno::Reference<css::frame::XFrame>& frame) {
  const auto parent = parent_of(frame);
  const rtl::Reference<NewLetterDialog> dialog(new NewLetterDialog(context));
  const auto letter = dialog->run(parent);
  if (!letter) return;
  css::uno::Reference<css::frame::XModel> document;
  {
    const WaitPointer wait(context, parent);
    document.set(open_letter(context, letter->odt, Opened::in_place), css::uno::UNO_QUERY_THROW);
  }
  // Choices went into it that are nowhere else: closing it shall ask.
  const css::uno::Reference<css::util::XModifiable> modifiable(document, css::uno::UNO_QUERY_THROW);
  modifiable->setModified(true);
  if (letter->findings.empty()) return;
  const css::uno::Reference<css::frame::XController> controller(document->getCurrentController());
  show_text(context, controller.is() ? parent_of(controller->getFrame()) : nullptr,
            "The Letter Is Made",
            "Please look at this before the letter goes out:", for_reading(letter->findings));
}

} // namespace engross::writer
