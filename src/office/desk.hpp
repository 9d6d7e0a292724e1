// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/frame/XController2.hpp>
#include <com/sun/star/frame/XFrame2.hpp>
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

/// The window of an office in which letters are opened, one after the other. Nobody sees it, so it
/// is without menus and tool bars, which an office otherwise prepares for every letter anew. For as
/// long as that office runs; one thread.
class Desk {
 public:
  explicit Desk(const css::uno::Reference<css::uno::XComponentContext>& office);

 private:
  friend class OpenLetter;
  css::uno::Reference<css::uno::XComponentContext> m_office;
  css::uno::Reference<css::frame::XFrame2> m_frame;
};

/// A letter on the desk, which must be empty; off it again in the end, also when an export fails.
class OpenLetter {
 public:
  /// Macros do not run, links are not followed. Throws NotOpened; css::uno::Exception when the
  /// office dies under it.
  OpenLetter(Desk& desk, const std::filesystem::path& letter);
  ~OpenLetter();
  OpenLetter(const OpenLetter&) = delete;
  OpenLetter& operator=(const OpenLetter&) = delete;

  const css::uno::Reference<css::text::XTextDocument>& document() const { return m_document; }
  const css::uno::Reference<css::frame::XController2>& view() const { return m_view; }
  void close();

 private:
  void show();

  Desk& m_desk;
  css::uno::Reference<css::text::XTextDocument> m_document;
  css::uno::Reference<css::frame::XController2> m_view;
};

} // namespace engross::office
