// SPDX-License-Identifier: MPL-2.0
#include "writer/guard.hpp"

#include "writer/convert.hpp"
#include "writer/message.hpp"

#include <com/sun/star/uno/RuntimeException.hpp>
#include <cppuhelper/exc_hlp.hxx>
#include <org/engross/AssemblyException.hpp>

#include <exception>

namespace engross::writer {

void throw_findings(cppu::OWeakObject& self, const Findings& findings) {
  throw org::engross::AssemblyException(to_uno(to_text(findings)), css::uno::Reference(&self),
                                        to_uno(findings));
}

void throw_for_uno(cppu::OWeakObject& self, Raises raises) {
  try {
    throw;
  } catch (const css::uno::RuntimeException&) {
    throw;
  } catch (const org::engross::AssemblyException&) {
    if (raises == Raises::assembly) throw;
  } catch (const Error& error) {
    if (raises == Raises::assembly) throw_findings(self, error.findings());
  } catch (...) { // all others: below
  }
  throw css::uno::RuntimeException(to_uno(caught_text()), css::uno::Reference(&self));
}

std::string caught_text() noexcept {
  try {
    try {
      throw;
    } catch (const css::uno::Exception& error) {
      if (!error.Message.isEmpty()) return to_utf8(error.Message);
      return to_utf8(cppu::getCaughtException().getValueTypeName());
    } catch (const Error& error) {
      return to_text(error.findings());
    } catch (const std::exception& error) {
      return error.what();
    } catch (...) {
      return "an error without a name";
    }
  } catch (...) { // no memory left for the sentence
    return {};
  }
}

void show_caught(const css::uno::Reference<css::uno::XComponentContext>& context,
                 const css::uno::Reference<css::awt::XWindowPeer>& parent) noexcept {
  try {
    const std::string what = caught_text();
    const Finding finding = make_finding(Code::internal_error, {}, {what});
    show_error(context, parent, finding.message + "\n\n" + finding.hint);
  } catch (...) { // a failing message must not take the office with it
  }
}

} // namespace engross::writer
