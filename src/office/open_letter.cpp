// SPDX-License-Identifier: MPL-2.0
#include "office/open_letter.hpp"

#include "finding/files.hpp"
#include "office/locate.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/task/ErrorCodeIOException.hpp>
#include <com/sun/star/util/XCloseable.hpp>

#include <string>

namespace engross::office {

namespace {

namespace uno = css::uno;

rtl::OUString import_filter(const std::filesystem::path& letter) {
  const std::string ending = ending_of(letter);
  if (ending == ".fodt") return "OpenDocument Text Flat XML";
  if (ending == ".ott") return "writer8_template";
  if (ending == ".docx") return "MS Word 2007 XML";
  if (ending == ".dotx") return "MS Word 2007 XML Template";
  if (ending == ".doc") return "MS Word 97";
  if (ending == ".dot") return "MS Word 97 Vorlage";
  return "writer8";
}

} // namespace

OpenLetter::OpenLetter(const uno::Reference<uno::XComponentContext>& office,
                       const std::filesystem::path& letter) {
  uno::Reference<css::lang::XComponent> component;
  try {
    component = css::frame::Desktop::create(office)->loadComponentFromURL(
        ascii(file_url(letter)), "_blank", 0,
        properties({property("Hidden", true), property("FilterName", import_filter(letter)),
                    property("MacroExecutionMode", css::document::MacroExecMode::NEVER_EXECUTE),
                    property("UpdateDocMode", css::document::UpdateDocMode::NO_UPDATE)}));
  } catch (const css::task::ErrorCodeIOException&) {
    throw NotOpened(""); // a number and a line of LibreOffice's source
  } catch (const css::io::IOException& e) {
    throw NotOpened(utf8(e.Message));
  } catch (const css::lang::IllegalArgumentException& e) {
    throw NotOpened(utf8(e.Message));
  }
  if (!component.is()) throw NotOpened("");
  m_component = component;
  m_document.set(component, uno::UNO_QUERY);
  if (!m_document.is()) {
    close();
    throw NotOpened("it is not a text document");
  }
  m_view = m_document->getCurrentController();
}

void OpenLetter::close() {
  m_view.clear();
  m_document.clear();
  const uno::Reference<css::util::XCloseable> closeable(m_component, uno::UNO_QUERY);
  m_component.clear();
  if (closeable.is()) closeable->close(true);
}

OpenLetter::~OpenLetter() {
  try {
    close();
  } catch (const uno::Exception&) {
    // Either the office has died, or it keeps a document that the next restart takes away.
  }
}

} // namespace engross::office
