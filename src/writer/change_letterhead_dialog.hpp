// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letter/assembly.hpp"
#include "letter/on_letterhead.hpp"
#include "writer/dialog.hpp"

#include <cppuhelper/implbase1.hxx>

#include <optional>
#include <string>
#include <vector>

namespace engross::writer {

/// The dialog of Engross ▸ Change Letterhead…. Main thread only. Its handler is called by the
/// office and lets nothing out.
class ChangeLetterheadDialog final : public cppu::WeakImplHelper1<css::awt::XDialogEventHandler> {
 public:
  ChangeLetterheadDialog(const css::uno::Reference<css::uno::XComponentContext>& context,
                         letter::LetterheadChange change);

  /// Asks until the change is made or the person gives up: then no value. Throws UNO exceptions.
  std::optional<Result<std::string>> run(const css::uno::Reference<css::awt::XWindowPeer>& parent);

  // XDialogEventHandler
  sal_Bool SAL_CALL callHandlerMethod(const css::uno::Reference<css::awt::XDialog>& dialog,
                                      const css::uno::Any& event,
                                      const rtl::OUString& method) override;
  css::uno::Sequence<rtl::OUString> SAL_CALL getSupportedMethodNames() override;

 private:
  void browse_firm();
  void browse_deal();
  void change();
  void show();
  void fill(const char* name, const std::vector<std::string>& items, std::size_t selected);
  std::size_t selected(const char* name) const;

  css::uno::Reference<css::uno::XComponentContext> m_context;
  letter::LetterheadChange m_change;
  letter::FirmFolder m_firm;
  std::vector<std::filesystem::path> m_deals; ///< behind "none", as the list shows them
  std::filesystem::path m_deal;               ///< selected, empty: none
  std::optional<Dialog> m_dialog;             ///< while run() is running
  std::optional<Result<std::string>> m_result;
};

} // namespace engross::writer
