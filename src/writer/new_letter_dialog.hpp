// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letter/assembly.hpp"
#include "writer/dialog.hpp"
#include "writer/letter_form.hpp"

#include <cppuhelper/implbase1.hxx>

#include <optional>
#include <string>
#include <vector>

namespace engross::writer {

/// The dialog of Engross ▸ New Letter…: shows a LetterForm and lets the person change it. Main
/// thread only. Its handler is called by the office and lets nothing out.
class NewLetterDialog final : public cppu::WeakImplHelper1<css::awt::XDialogEventHandler> {
 public:
  explicit NewLetterDialog(css::uno::Reference<css::uno::XComponentContext> context);

  /// Asks until a letter is made or the person gives up: then no value. Throws UNO exceptions.
  std::optional<letter::Letter> run(const css::uno::Reference<css::awt::XWindowPeer>& parent);

  // XDialogEventHandler
  sal_Bool SAL_CALL callHandlerMethod(const css::uno::Reference<css::awt::XDialog>& dialog,
                                      const css::uno::Any& event,
                                      const rtl::OUString& method) override;
  css::uno::Sequence<rtl::OUString> SAL_CALL getSupportedMethodNames() override;

 private:
  using Handler = void (NewLetterDialog::*)(const css::uno::Any& event);
  struct Method {
    const char* name;
    Handler handler;
  };
  static const std::vector<Method>& methods();

  void browse_firm(const css::uno::Any& event);
  void choose_template(const css::uno::Any& event);
  void choose_letterhead(const css::uno::Any& event);
  void choose_deal(const css::uno::Any& event);
  void browse_deal(const css::uno::Any& event);
  void choose_draft(const css::uno::Any& event);
  void choose_opinions(const css::uno::Any& event);
  void show_details(const css::uno::Any& event);
  void show_help(const css::uno::Any& event);
  void assemble(const css::uno::Any& event);

  void load_settings();
  void save_settings();
  void focus_first();
  void show();
  void show_opinions();
  void fill_list(const char* name, const std::vector<std::string>& items,
                 std::optional<std::size_t> selected);
  sal_Int32 selected(const char* name) const;

  css::uno::Reference<css::uno::XComponentContext> m_context;
  LetterForm m_form;
  std::optional<Dialog> m_dialog;             ///< while run() is running
  std::vector<letter::OpinionChoice> m_shown; ///< what the list shows
  std::optional<letter::Letter> m_letter;
  bool m_filling = false; ///< list boxes report what we select as if a person had
};

} // namespace engross::writer
