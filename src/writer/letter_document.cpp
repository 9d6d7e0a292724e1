// SPDX-License-Identifier: MPL-2.0
#include "writer/letter_document.hpp"

#include "writer/convert.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/Desktop.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/io/SequenceInputStream.hpp>
#include <com/sun/star/io/SequenceOutputStream.hpp>
#include <com/sun/star/io/XOutputStream.hpp>
#include <com/sun/star/text/XTextDocument.hpp>
#include <com/sun/star/text/XTextFieldsSupplier.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <com/sun/star/util/XRefreshable.hpp>
#include <cppuhelper/implbase1.hxx>
#include <rtl/ref.hxx>

#include <utility>

namespace engross::writer {

namespace {

css::beans::PropertyValue property(const char* name, const css::uno::Any& value) {
  css::beans::PropertyValue out;
  out.Name = rtl::OUString::createFromAscii(name);
  out.Value = value;
  return out;
}

/// What an export writes, in memory.
class Bytes final : public cppu::WeakImplHelper1<css::io::XOutputStream> {
 public:
  void SAL_CALL writeBytes(const css::uno::Sequence<sal_Int8>& data) override {
    text.append(reinterpret_cast<const char*>(data.getConstArray()),
                static_cast<std::size_t>(data.getLength()));
  }
  void SAL_CALL flush() override {}
  void SAL_CALL closeOutput() override {}

  std::string text;
};

/// Page references need pages. See office/export.cpp.
void lay_out(const css::uno::Reference<css::lang::XComponent>& document) {
  const css::uno::Reference<css::frame::XModel> model(document, css::uno::UNO_QUERY_THROW);
  const css::uno::Reference<css::beans::XPropertySet> view(model->getCurrentController(),
                                                           css::uno::UNO_QUERY_THROW);
  view->getPropertyValue(to_uno("PageCount"));
  const css::uno::Reference<css::text::XTextFieldsSupplier> fields(document,
                                                                   css::uno::UNO_QUERY_THROW);
  const css::uno::Reference<css::util::XRefreshable> refreshable(fields->getTextFields(),
                                                                 css::uno::UNO_QUERY_THROW);
  refreshable->refresh();
  view->getPropertyValue(to_uno("PageCount"));
}

/// Closed in the end, also when an export fails.
class Hidden {
 public:
  explicit Hidden(css::uno::Reference<css::lang::XComponent> document)
      : m_document(std::move(document)) {}
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
  ~Hidden() {
    try {
      const css::uno::Reference<css::util::XCloseable> closeable(m_document, css::uno::UNO_QUERY);
      if (closeable.is()) closeable->close(true);
    } catch (const css::uno::Exception&) { // somebody holds it and closes it later
    }
  }

 private:
  css::uno::Reference<css::lang::XComponent> m_document;
};

} // namespace

std::string export_letter(const css::uno::Reference<css::uno::XComponentContext>& context,
                          const std::string& odt, const char* filter) {
  const auto document = open_letter(context, odt, Opened::hidden);
  const Hidden closer(document);
  lay_out(document);
  const rtl::Reference<Bytes> bytes(new Bytes);
  css::uno::Sequence<css::beans::PropertyValue> options(2);
  options.getArray()[0] = property("UseTaggedPDF", css::uno::Any(true));
  options.getArray()[1] = property("ExportBookmarks", css::uno::Any(true));
  css::uno::Sequence<css::beans::PropertyValue> arguments(3);
  auto* argument = arguments.getArray();
  *argument++ = property("FilterName", css::uno::Any(to_uno(filter)));
  *argument++ = property("OutputStream",
                         css::uno::Any(css::uno::Reference<css::io::XOutputStream>(bytes.get())));
  *argument++ = property("FilterData", css::uno::Any(options));
  const css::uno::Reference<css::frame::XStorable> storable(document, css::uno::UNO_QUERY_THROW);
  storable->storeToURL(to_uno("private:stream"), arguments);
  return std::move(bytes->text);
}

css::uno::Reference<css::lang::XComponent>
open_letter(const css::uno::Reference<css::uno::XComponentContext>& context, const std::string& odt,
            Opened opened) {
  const css::uno::Sequence<sal_Int8> bytes(reinterpret_cast<const sal_Int8*>(odt.data()),
                                           static_cast<sal_Int32>(odt.size()));
  const auto stream = css::io::SequenceInputStream::createStreamFromSequence(context, bytes);
  css::uno::Sequence<css::beans::PropertyValue> arguments(4);
  auto* argument = arguments.getArray();
  *argument++ = property("InputStream", css::uno::Any(css::uno::Reference<css::io::XInputStream>(
                                            stream, css::uno::UNO_QUERY_THROW)));
  *argument++ = property("FilterName", css::uno::Any(to_uno("writer8")));
  *argument++ = property("AsTemplate", css::uno::Any(true));
  *argument++ = property("Hidden", css::uno::Any(opened == Opened::hidden));
  auto document = css::frame::Desktop::create(context)->loadComponentFromURL(
      to_uno("private:stream"), to_uno(opened == Opened::in_place ? "_default" : "_blank"), 0,
      arguments);
  if (!document.is()) throw css::uno::RuntimeException(to_uno("Writer did not open the letter"));
  const css::uno::Reference<css::text::XTextFieldsSupplier> fields(document,
                                                                   css::uno::UNO_QUERY_THROW);
  const css::uno::Reference<css::util::XRefreshable> refreshable(fields->getTextFields(),
                                                                 css::uno::UNO_QUERY_THROW);
  refreshable->refresh();
  // "above" and "below" are asked of the layout, which so far has the first pages only.
  const css::uno::Reference<css::frame::XModel> model(document, css::uno::UNO_QUERY_THROW);
  const css::uno::Reference<css::beans::XPropertySet> view(model->getCurrentController(),
                                                           css::uno::UNO_QUERY);
  if (view.is()) {
    view->getPropertyValue(to_uno("PageCount"));
    refreshable->refresh();
  }
  // Refreshed fields are no edit of the user's.
  const css::uno::Reference<css::util::XModifiable> modifiable(document, css::uno::UNO_QUERY_THROW);
  modifiable->setModified(false);
  return document;
}

std::string odt_of(const css::uno::Reference<css::uno::XComponentContext>& context,
                   const css::uno::Reference<css::lang::XComponent>& document) {
  const css::uno::Reference<css::frame::XStorable> storable(document, css::uno::UNO_QUERY);
  const css::uno::Reference<css::text::XTextDocument> text(document, css::uno::UNO_QUERY);
  if (!storable.is() || !text.is())
    throw Error(make_finding(Code::not_odf, {}, {"no document of Writer"}));
  const auto stream = css::io::SequenceOutputStream::create(context);
  const css::uno::Reference<css::io::XOutputStream> output(stream, css::uno::UNO_QUERY_THROW);
  css::uno::Sequence<css::beans::PropertyValue> how(2);
  how.getArray()[0] = property("FilterName", css::uno::Any(to_uno("writer8")));
  how.getArray()[1] = property("OutputStream", css::uno::Any(output));
  storable->storeToURL(to_uno("private:stream"), how);
  const css::uno::Sequence<sal_Int8> bytes = stream->getWrittenBytes();
  return {reinterpret_cast<const char*>(bytes.getConstArray()),
          static_cast<std::size_t>(bytes.getLength())};
}

} // namespace engross::writer
