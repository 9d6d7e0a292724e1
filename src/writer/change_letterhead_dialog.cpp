// SPDX-License-Identifier: MPL-2.0
#include "writer/change_letterhead_dialog.hpp"

#include "writer/convert.hpp"
#include "writer/finding_text.hpp"
#include "writer/guard.hpp"
#include "writer/pickers.hpp"
#include "writer/settings.hpp"
#include "writer/text_dialog.hpp"
#include "writer/wait_pointer.hpp"

#include <com/sun/star/awt/XListBox.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace engross::writer {

namespace fs = std::filesystem;

ChangeLetterheadDialog::ChangeLetterheadDialog(
    const css::uno::Reference<css::uno::XComponentContext>& context,
    letter::LetterheadChange change)
    : m_context(context), m_change(std::move(change)) {}

std::optional<Result<std::string>>
ChangeLetterheadDialog::run(const css::uno::Reference<css::awt::XWindowPeer>& parent) {
  m_result.reset();
  m_dialog.emplace(m_context, "change_letterhead", parent, this);
  try {
    const Settings settings = read_settings(m_context);
    m_change.firm = path_of(to_uno(settings.firm_folder)).value_or(fs::path());
    m_deal = path_of(to_uno(settings.deal_file)).value_or(fs::path());
    show();
    m_dialog->run();
  } catch (...) {
    m_dialog.reset();
    throw;
  }
  m_dialog.reset();
  return std::exchange(m_result, std::nullopt);
}

sal_Bool ChangeLetterheadDialog::callHandlerMethod(const css::uno::Reference<css::awt::XDialog>&,
                                                   const css::uno::Any&,
                                                   const rtl::OUString& method) {
  if (!m_dialog) return true;
  bool known = true;
  css::uno::Reference<css::awt::XWindowPeer> window;
  guard_ui(m_context, {}, [&] { window = m_dialog->peer(); });
  guard_ui(m_context, window, [&] {
    if (method.equalsAscii("browse_firm"))
      browse_firm();
    else if (method.equalsAscii("browse_deal"))
      browse_deal();
    else if (method.equalsAscii("change"))
      change();
    else
      known = false;
  });
  return known;
}

css::uno::Sequence<rtl::OUString> ChangeLetterheadDialog::getSupportedMethodNames() {
  css::uno::Sequence<rtl::OUString> names;
  guard_ui(m_context, {}, [&] {
    const std::array<rtl::OUString, 3> known{to_uno("browse_firm"), to_uno("browse_deal"),
                                             to_uno("change")};
    names = css::uno::Sequence<rtl::OUString>(known.data(), static_cast<sal_Int32>(known.size()));
  });
  return names;
}

void ChangeLetterheadDialog::browse_firm() {
  const auto folder = pick_firm_folder(m_context, m_change.firm);
  if (!folder || !m_dialog) return;
  m_change.firm = *folder;
  show();
}

void ChangeLetterheadDialog::browse_deal() {
  const auto file = pick_deal_file(m_context, m_deal.parent_path());
  if (!file || !m_dialog) return;
  m_deal = *file;
  show();
}

void ChangeLetterheadDialog::change() {
  const std::size_t head = selected("letterhead");
  if (head >= m_firm.letterheads.size()) return;
  m_change.letterhead = m_firm.letterheads[head];
  const std::size_t deal = selected("deal");
  m_change.deals.clear();
  if (deal > 0 && deal <= m_deals.size()) m_change.deals.push_back(m_deals[deal - 1]);
  Result<std::string> result;
  {
    const WaitPointer wait(m_context, m_dialog->peer());
    result = letter::put_on_letterhead(m_change);
  }
  if (!result) {
    show_text(m_context, m_dialog->peer(), "Letterhead Not Changed",
              "The text could not be put on the letterhead. What is wrong, and what to do:",
              for_reading(result.findings));
    return;
  }
  m_result = std::move(result);
  m_dialog->end();
}

void ChangeLetterheadDialog::show() {
  m_firm = {};
  if (!m_change.firm.empty())
    if (auto firm = letter::list_firm(m_change.firm)) m_firm = std::move(*firm);
  m_deals = m_firm.deals;
  std::error_code ignored;
  if (!fs::is_regular_file(m_deal, ignored)) m_deal.clear();
  if (!m_deal.empty() && std::find(m_deals.begin(), m_deals.end(), m_deal) == m_deals.end())
    m_deals.push_back(m_deal);
  std::vector<std::string> deals{"None"};
  std::size_t chosen = 0;
  for (const fs::path& deal : m_deals) {
    if (deal == m_deal) chosen = deals.size();
    deals.push_back(deal.filename().string());
  }
  m_dialog->set_text("firm", "Text", m_change.firm.string());
  m_dialog->set_text("firm_name", "Label",
                     m_firm.letterheads.empty() ? "Choose the firm folder first." : m_firm.name);
  fill("letterhead", m_firm.letterheads, 0);
  fill("deal", deals, chosen);
  m_dialog->set("change", "Enabled", css::uno::Any(!m_firm.letterheads.empty()));
}

void ChangeLetterheadDialog::fill(const char* name, const std::vector<std::string>& items,
                                  std::size_t selected) {
  css::uno::Sequence<rtl::OUString> texts(static_cast<sal_Int32>(items.size()));
  auto* text = texts.getArray();
  for (const std::string& item : items) *text++ = to_uno(item);
  m_dialog->set(name, "StringItemList", css::uno::Any(texts));
  css::uno::Sequence<sal_Int16> positions(items.empty() ? 0 : 1);
  if (!items.empty()) positions.getArray()[0] = static_cast<sal_Int16>(selected);
  m_dialog->set(name, "SelectedItems", css::uno::Any(positions));
}

/// Past every row when none is selected.
std::size_t ChangeLetterheadDialog::selected(const char* name) const {
  const css::uno::Reference<css::awt::XListBox> list(m_dialog->control(name),
                                                     css::uno::UNO_QUERY_THROW);
  return static_cast<std::size_t>(static_cast<sal_uInt16>(list->getSelectedItemPos()));
}

} // namespace engross::writer
