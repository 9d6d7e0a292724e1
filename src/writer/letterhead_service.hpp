// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase2.hxx>
#include <org/engross/XLetterhead.hpp>

namespace engross::writer {

/// org.engross.Letterhead. Holds nothing but the context: any number of threads may call it.
class LetterheadService final
    : public cppu::WeakImplHelper2<org::engross::XLetterhead, css::lang::XServiceInfo> {
 public:
  explicit LetterheadService(const css::uno::Reference<css::uno::XComponentContext>& context);

  // XLetterhead
  css::uno::Sequence<org::engross::Finding>
      SAL_CALL changeFile(const org::engross::LetterheadChange& change,
                          const css::uno::Sequence<rtl::OUString>& outputs) override;
  css::uno::Reference<css::lang::XComponent>
      SAL_CALL changeDocument(const org::engross::LetterheadChange& change,
                              const css::uno::Reference<css::lang::XComponent>& document,
                              sal_Bool hidden) override;

  // XServiceInfo
  rtl::OUString SAL_CALL getImplementationName() override;
  sal_Bool SAL_CALL supportsService(const rtl::OUString& name) override;
  css::uno::Sequence<rtl::OUString> SAL_CALL getSupportedServiceNames() override;

 private:
  css::uno::Reference<css::uno::XComponentContext> m_context;
};

} // namespace engross::writer
