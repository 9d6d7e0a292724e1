// SPDX-License-Identifier: MPL-2.0
#include "writer/main_thread.hpp"

#include "writer/guard.hpp"

#include <com/sun/star/awt/AsyncCallback.hpp>
#include <com/sun/star/awt/XCallback.hpp>
#include <cppuhelper/implbase1.hxx>

#include <utility>

namespace engross::writer {

namespace {

class Callback final : public cppu::WeakImplHelper1<css::awt::XCallback> {
 public:
  Callback(css::uno::Reference<css::uno::XComponentContext> context, std::function<void()> task)
      : m_context(std::move(context)), m_task(std::move(task)) {}

  void SAL_CALL notify(const css::uno::Any&) override { guard_ui(m_context, {}, m_task); }

 private:
  css::uno::Reference<css::uno::XComponentContext> m_context;
  std::function<void()> m_task;
};

} // namespace

void post_to_main_thread(const css::uno::Reference<css::uno::XComponentContext>& context,
                         std::function<void()> task) {
  const css::uno::Reference<css::awt::XCallback> callback(new Callback(context, std::move(task)));
  css::awt::AsyncCallback::create(context)->addCallback(callback, {});
}

} // namespace engross::writer
