// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/text/XTextDocument.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <filesystem>
#include <stdexcept>

namespace engross::office {

/// LibreOffice gave no document for the letter; what() is its reason, or empty.
class NotOpened : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What stands around a letter in its window, which nobody sees.
enum class Surroundings {
  usual,
  /// No layout manager, and so none of the eight areas in which toolbars dock: LibreOffice 7.4
  /// looks for a library for each, at every letter.
  none
};

/// A letter that is open in an office, without a window that anybody sees; closed in the end, also
/// when an export fails.
class OpenLetter {
 public:
  /// Macros do not run, links are not followed. Throws NotOpened; css::uno::Exception when the
  /// office dies under it.
  OpenLetter(const css::uno::Reference<css::uno::XComponentContext>& office,
             const std::filesystem::path& letter, Surroundings surroundings);
  ~OpenLetter();
  OpenLetter(const OpenLetter&) = delete;
  OpenLetter& operator=(const OpenLetter&) = delete;

  const css::uno::Reference<css::text::XTextDocument>& document() const { return m_document; }
  const css::uno::Reference<css::frame::XController>& view() const { return m_view; }
  void close();

 private:
  css::uno::Reference<css::lang::XComponent> m_component;
  css::uno::Reference<css::text::XTextDocument> m_document;
  css::uno::Reference<css::frame::XController> m_view;
};

} // namespace engross::office
