// SPDX-License-Identifier: MPL-2.0
#include "office/open_letter.hpp"

#include "finding/files.hpp"
#include "office/locate.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/WindowDescriptor.hpp>
#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/Frame.hpp>
#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/task/ErrorCodeIOException.hpp>
#include <com/sun/star/util/XCloseable.hpp>

#include <string>

namespace engross::office {

namespace {

namespace uno = css::uno;

constexpr sal_Int32 k_width = 800; ///< pixels
constexpr sal_Int32 k_height = 600;

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

/// A frame in a window of its own, which the desktop does not know.
uno::Reference<css::frame::XFrame2>
bare_frame(const uno::Reference<uno::XComponentContext>& office) {
  css::awt::WindowDescriptor place;
  place.Type = css::awt::WindowClass_TOP;
  place.WindowServiceName = "window";
  place.Bounds = css::awt::Rectangle(0, 0, k_width, k_height);
  const uno::Reference<css::awt::XWindow> window(
      css::awt::Toolkit::create(office)->createWindow(place), uno::UNO_QUERY_THROW);
  uno::Reference<css::frame::XFrame2> out = css::frame::Frame::create(office);
  out->setLayoutManager({}); // before it gets its window, with which that one would begin
  out->initialize(window);
  return out;
}

void close_empty(const uno::Reference<css::frame::XFrame2>& frame) {
  const uno::Reference<css::util::XCloseable> closeable(frame, uno::UNO_QUERY);
  if (closeable.is()) closeable->close(true);
}

/// Into `frame`, or a new one of the office's own where it is none.
uno::Reference<css::lang::XComponent> load(const uno::Reference<uno::XComponentContext>& office,
                                           const uno::Reference<css::frame::XFrame2>& frame,
                                           const std::filesystem::path& letter) {
  uno::Reference<css::frame::XComponentLoader> loader(frame, uno::UNO_QUERY);
  if (!loader.is()) loader.set(css::frame::Desktop::create(office), uno::UNO_QUERY_THROW);
  try {
    return loader->loadComponentFromURL(
        ascii(file_url(letter)), frame.is() ? rtl::OUString("_self") : rtl::OUString("_blank"), 0,
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
}

} // namespace

OpenLetter::OpenLetter(const uno::Reference<uno::XComponentContext>& office,
                       const std::filesystem::path& letter, Surroundings surroundings) {
  uno::Reference<css::frame::XFrame2> frame; // ends with its letter
  if (surroundings == Surroundings::none) frame = bare_frame(office);
  uno::Reference<css::lang::XComponent> component;
  try {
    component = load(office, frame, letter);
  } catch (const NotOpened&) {
    close_empty(frame);
    throw;
  }
  if (!component.is()) {
    close_empty(frame);
    throw NotOpened("");
  }
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
