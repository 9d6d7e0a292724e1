// SPDX-License-Identifier: MPL-2.0
#include "writer/change_letterhead_command.hpp"

#include "writer/change_letterhead_dialog.hpp"
#include "writer/convert.hpp"
#include "writer/finding_text.hpp"
#include "writer/letter_document.hpp"
#include "writer/message.hpp"
#include "writer/text_dialog.hpp"
#include "writer/wait_pointer.hpp"

#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/text/XTextDocument.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <rtl/ref.hxx>

namespace engross::writer {

void run_change_letterhead(const css::uno::Reference<css::uno::XComponentContext>& context,
                           const css::uno::Reference<css::frame::XFrame>& frame) {
  const auto parent = parent_of(frame);
  css::uno::Reference<css::frame::XModel> document;
  if (frame.is() && frame->getController().is()) document = frame->getController()->getModel();
  if (!css::uno::Reference<css::text::XTextDocument>(document, css::uno::UNO_QUERY).is()) {
    show_error(context, parent, "Open the letter or template that is to have another letterhead.");
    return;
  }
  letter::LetterheadChange change;
  change.file = path_of(document->getURL()).value_or("document.odt");
  change.bytes =
      odt_of(context, css::uno::Reference<css::lang::XComponent>(document, css::uno::UNO_QUERY));
  const rtl::Reference<ChangeLetterheadDialog> dialog(
      new ChangeLetterheadDialog(context, std::move(change)));
  const auto result = dialog->run(parent);
  if (!result) return;
  css::uno::Reference<css::frame::XModel> made;
  {
    const WaitPointer wait(context, parent);
    made.set(open_letter(context, **result, Opened::window), css::uno::UNO_QUERY_THROW);
  }
  const css::uno::Reference<css::util::XModifiable> modifiable(made, css::uno::UNO_QUERY_THROW);
  modifiable->setModified(true);
  if (result->findings.empty()) return;
  const css::uno::Reference<css::frame::XController> controller(made->getCurrentController());
  show_text(context, controller.is() ? parent_of(controller->getFrame()) : nullptr,
            "The Letterhead Is Changed",
            "Please look at this before the letter goes out:", for_reading(result->findings));
}

} // namespace engross::writer
