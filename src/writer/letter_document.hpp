// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <string>

namespace engross::writer {

enum class Opened {
  hidden,   ///< without a window; the caller closes it
  window,   ///< in a window of its own
  in_place, ///< in the start centre's window or an empty document's where there is one, as the
            ///< office does with files that the user opens
};

/// Opens an ODT in memory as a new Writer document without a name. Its fields are refreshed, since
/// LibreOffice 7.4 does not do that on load. Never null; throws UNO exceptions.
css::uno::Reference<css::lang::XComponent>
open_letter(const css::uno::Reference<css::uno::XComponentContext>& context, const std::string& odt,
            Opened opened);

/// An open document as the bytes of an ODT; it keeps its name and its mark of changes. Throws Error
/// where it is none of Writer's, and UNO exceptions.
std::string odt_of(const css::uno::Reference<css::uno::XComponentContext>& context,
                   const css::uno::Reference<css::lang::XComponent>& document);

/// The letter as another format, through the office's own filter: its fields refreshed, its pages
/// laid out. \p filter: "MS Word 2007 XML", "writer_pdf_Export". Throws UNO exceptions.
std::string export_letter(const css::uno::Reference<css::uno::XComponentContext>& context,
                          const std::string& odt, const char* filter);

} // namespace engross::writer
