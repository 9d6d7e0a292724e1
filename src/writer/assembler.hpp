// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase2.hxx>
#include <org/engross/XAssembler.hpp>

namespace engross::writer {

/// org.engross.Assembler. Holds nothing but the context: any number of threads may call it.
class Assembler final
    : public cppu::WeakImplHelper2<org::engross::XAssembler, css::lang::XServiceInfo> {
 public:
  explicit Assembler(css::uno::Reference<css::uno::XComponentContext> context);

  // XAssembler
  rtl::OUString SAL_CALL getVersion() override;
  css::uno::Sequence<org::engross::Finding>
      SAL_CALL assembleToFile(const org::engross::Request& request,
                              const css::uno::Sequence<rtl::OUString>& outputs) override;
  css::uno::Reference<css::lang::XComponent>
      SAL_CALL assembleDocument(const org::engross::Request& request, sal_Bool hidden) override;
  css::uno::Sequence<org::engross::Finding>
      SAL_CALL check(const org::engross::Request& request) override;
  css::uno::Sequence<org::engross::OpinionParagraph>
      SAL_CALL opinions(const org::engross::Request& request) override;
  org::engross::Firm SAL_CALL firm(const rtl::OUString& folder) override;

  // XServiceInfo
  rtl::OUString SAL_CALL getImplementationName() override;
  sal_Bool SAL_CALL supportsService(const rtl::OUString& name) override;
  css::uno::Sequence<rtl::OUString> SAL_CALL getSupportedServiceNames() override;

 private:
  css::uno::Reference<css::uno::XComponentContext> m_context;
};

} // namespace engross::writer
