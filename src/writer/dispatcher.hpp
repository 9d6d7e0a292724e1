// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/frame/XDispatch.hpp>
#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/lang/XInitialization.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase4.hxx>
#include <cppuhelper/weakref.hxx>

#include <mutex>

namespace engross::writer {

/// The protocol vnd.org.engross: of the menus. One object per frame. Every entry is called by the
/// office, so nothing is ever thrown out of it.
class Dispatcher final
    : public cppu::WeakImplHelper4<css::lang::XServiceInfo, css::lang::XInitialization,
                                   css::frame::XDispatchProvider, css::frame::XDispatch> {
 public:
  explicit Dispatcher(css::uno::Reference<css::uno::XComponentContext> context);

  // XInitialization: the frame is argument 0
  void SAL_CALL initialize(const css::uno::Sequence<css::uno::Any>& arguments) override;

  // XDispatchProvider
  css::uno::Reference<css::frame::XDispatch> SAL_CALL queryDispatch(const css::util::URL& url,
                                                                    const rtl::OUString& target,
                                                                    sal_Int32 flags) override;
  css::uno::Sequence<css::uno::Reference<css::frame::XDispatch>> SAL_CALL
  queryDispatches(const css::uno::Sequence<css::frame::DispatchDescriptor>& requests) override;

  // XDispatch
  void SAL_CALL dispatch(const css::util::URL& url,
                         const css::uno::Sequence<css::beans::PropertyValue>& arguments) override;
  void SAL_CALL addStatusListener(const css::uno::Reference<css::frame::XStatusListener>& listener,
                                  const css::util::URL& url) override;
  void SAL_CALL
  removeStatusListener(const css::uno::Reference<css::frame::XStatusListener>& listener,
                       const css::util::URL& url) override;

  // XServiceInfo
  rtl::OUString SAL_CALL getImplementationName() override;
  sal_Bool SAL_CALL supportsService(const rtl::OUString& name) override;
  css::uno::Sequence<rtl::OUString> SAL_CALL getSupportedServiceNames() override;

 private:
  css::uno::Reference<css::frame::XFrame> frame();

  css::uno::Reference<css::uno::XComponentContext> m_context;
  std::mutex m_mutex;
  css::uno::WeakReference<css::frame::XFrame> m_frame; ///< weak: the frame owns us
};

} // namespace engross::writer
