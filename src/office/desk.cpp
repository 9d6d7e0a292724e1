// SPDX-License-Identifier: MPL-2.0
#include "office/desk.hpp"

#include "finding/files.hpp"
#include "office/locate.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/WindowDescriptor.hpp>
#include <com/sun/star/document/MacroExecMode.hpp>
#include <com/sun/star/document/UpdateDocMode.hpp>
#include <com/sun/star/frame/Frame.hpp>
#include <com/sun/star/frame/XLoadable.hpp>
#include <com/sun/star/frame/XModel2.hpp>
#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/lang/IllegalArgumentException.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/task/ErrorCodeIOException.hpp>
#include <com/sun/star/util/XCloseable.hpp>

#include <string>

namespace engross::office {

namespace {

namespace uno = css::uno;

/// Small, since what a window shows is laid out first and kept; in pixels.
constexpr sal_Int32 k_window_size = 200;

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

bool is_template(const std::filesystem::path& letter) {
  const std::string ending = ending_of(letter);
  return ending == ".ott" || ending == ".dotx" || ending == ".dot";
}

} // namespace

Desk::Desk(const uno::Reference<uno::XComponentContext>& office) : m_office(office) {
  css::awt::WindowDescriptor place;
  place.Type = css::awt::WindowClass_TOP;
  place.WindowServiceName = "window";
  place.Bounds = css::awt::Rectangle(0, 0, k_window_size, k_window_size);
  const uno::Reference<css::awt::XWindow> window(
      css::awt::Toolkit::create(office)->createWindow(place), uno::UNO_QUERY_THROW);
  m_frame = css::frame::Frame::create(office);
  m_frame->initialize(window);
  m_frame->setLayoutManager({});
}

OpenLetter::OpenLetter(Desk& desk, const std::filesystem::path& letter) : m_desk(desk) {
  m_document.set(desk.m_office->getServiceManager()->createInstanceWithContext(
                     "com.sun.star.text.TextDocument", desk.m_office),
                 uno::UNO_QUERY_THROW);
  const uno::Reference<css::frame::XLoadable> loadable(m_document, uno::UNO_QUERY_THROW);
  try {
    loadable->load(properties(
        {property("URL", ascii(file_url(letter))), property("Hidden", true),
         property("FilterName", import_filter(letter)), property("AsTemplate", is_template(letter)),
         property("MacroExecutionMode", css::document::MacroExecMode::NEVER_EXECUTE),
         property("UpdateDocMode", css::document::UpdateDocMode::NO_UPDATE)}));
  } catch (const css::task::ErrorCodeIOException&) {
    throw NotOpened(""); // a number and a line of LibreOffice's source
  } catch (const css::io::IOException& e) {
    throw NotOpened(utf8(e.Message));
  } catch (const css::lang::IllegalArgumentException& e) {
    throw NotOpened(utf8(e.Message));
  }
  show();
}

/// What the office's own loader does, in a window that is there already.
void OpenLetter::show() {
  const uno::Reference<css::frame::XModel2> model(m_document, uno::UNO_QUERY_THROW);
  m_view = model->createViewController("Default", {}, m_desk.m_frame.get());
  model->connectController(m_view.get());
  m_desk.m_frame->setComponent(m_view->getComponentWindow(), m_view.get());
  m_view->attachFrame(m_desk.m_frame.get());
  model->setCurrentController(m_view.get());
}

void OpenLetter::close() {
  if (m_view.is()) m_desk.m_frame->setComponent({}, {}); // which would go with the letter
  m_view.clear();
  const uno::Reference<css::util::XCloseable> closeable(m_document, uno::UNO_QUERY);
  m_document.clear();
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
