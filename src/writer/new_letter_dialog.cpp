// SPDX-License-Identifier: MPL-2.0
#include "writer/new_letter_dialog.hpp"

#include "writer/clock.hpp"
#include "writer/convert.hpp"
#include "writer/finding_text.hpp"
#include "writer/guard.hpp"
#include "writer/pickers.hpp"
#include "writer/settings.hpp"
#include "writer/text_dialog.hpp"
#include "writer/wait_pointer.hpp"

#include <com/sun/star/awt/XCheckBox.hpp>
#include <com/sun/star/awt/XItemList.hpp>
#include <com/sun/star/awt/XListBox.hpp>
#include <com/sun/star/awt/XWindow.hpp>

#include <utility>

namespace engross::writer {

namespace {

constexpr const char* k_help =
    "A letter is made from four things that your firm keeps in its firm folder: a template, the "
    "opinion paragraphs, a letterhead, and the data of the deal.\n\n"
    "Firm folder:  the folder that holds firm.json. It is remembered.\n\n"
    "Template:  the kind of letter.\n\n"
    "Letterhead:  the firm’s default, or another one, such as that of another office.\n\n"
    "Deal:  the file with the parties, dates and agreements of this transaction. Browse… takes a "
    "deal file from anywhere.\n\n"
    "Draft:  where a value is missing the letter shows its name in brackets. Without it nothing "
    "may be missing.\n\n"
    "Opinion paragraphs:  ticked are those that the deal calls for by the rules of your opinion "
    "book; each row says why. Click a row, or press the space bar, to put a paragraph in "
    "or to take it out. Paragraphs that it needs come along.\n\n"
    "Assemble opens the letter as a new document without a name. Nothing is saved, and none of "
    "the firm’s files is changed. If something is missing there is no letter: you see what is "
    "wrong, where it is, and what to do.";

std::string row_text(const letter::OpinionChoice& opinion) {
  std::string text = opinion.title.empty() ? opinion.id : opinion.title;
  if (!opinion.reason.empty()) text += "   (" + opinion.reason + ")";
  return text;
}

/// Sets a flag for the length of a scope.
class Flag {
 public:
  explicit Flag(bool& flag) : m_flag(flag) { m_flag = true; }
  ~Flag() { m_flag = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& m_flag;
};

} // namespace

NewLetterDialog::NewLetterDialog(css::uno::Reference<css::uno::XComponentContext> context)
    : m_context(std::move(context)), m_form(today()) {}

std::optional<letter::Letter>
NewLetterDialog::run(const css::uno::Reference<css::awt::XWindowPeer>& parent) {
  m_letter.reset();
  m_dialog.emplace(m_context, "new_letter", parent, this);
  try {
    // A click changes one row and leaves the others alone.
    m_dialog->set("opinions", "MultiSelectionSimpleMode", css::uno::Any(false));
    {
      const WaitPointer wait(m_context, parent);
      load_settings();
    }
    show();
    focus_first();
    m_dialog->run();
  } catch (...) {
    m_dialog.reset();
    throw;
  }
  m_dialog.reset();
  return std::exchange(m_letter, std::nullopt);
}

const std::vector<NewLetterDialog::Method>& NewLetterDialog::methods() {
  static const std::vector<Method> k_methods{
      {"browse_firm", &NewLetterDialog::browse_firm},
      {"choose_template", &NewLetterDialog::choose_template},
      {"choose_letterhead", &NewLetterDialog::choose_letterhead},
      {"choose_deal", &NewLetterDialog::choose_deal},
      {"browse_deal", &NewLetterDialog::browse_deal},
      {"choose_draft", &NewLetterDialog::choose_draft},
      {"choose_opinions", &NewLetterDialog::choose_opinions},
      {"show_details", &NewLetterDialog::show_details},
      {"show_help", &NewLetterDialog::show_help},
      {"assemble", &NewLetterDialog::assemble},
  };
  return k_methods;
}

sal_Bool NewLetterDialog::callHandlerMethod(const css::uno::Reference<css::awt::XDialog>&,
                                            const css::uno::Any& event,
                                            const rtl::OUString& method) {
  if (!m_dialog || m_filling) return true;
  bool known = false;
  css::uno::Reference<css::awt::XWindowPeer> window;
  guard_ui(m_context, {}, [&] { window = m_dialog->peer(); });
  guard_ui(m_context, window, [&] {
    for (const auto& [name, handler] : methods()) {
      if (!method.equalsAscii(name)) continue;
      known = true;
      (this->*handler)(event);
      return;
    }
  });
  return known;
}

css::uno::Sequence<rtl::OUString> NewLetterDialog::getSupportedMethodNames() {
  css::uno::Sequence<rtl::OUString> names;
  guard_ui(m_context, {}, [&] {
    names.realloc(static_cast<sal_Int32>(methods().size()));
    auto* name = names.getArray();
    for (const Method& method : methods()) *name++ = rtl::OUString::createFromAscii(method.name);
  });
  return names;
}

void NewLetterDialog::browse_firm(const css::uno::Any&) {
  const auto path = pick_firm_folder(m_context, m_form.firm_folder());
  if (!path || !m_dialog) return;
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.set_firm(*path);
  show();
}

void NewLetterDialog::choose_template(const css::uno::Any&) {
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.select_template(static_cast<std::size_t>(selected("template")));
  show();
}

void NewLetterDialog::choose_letterhead(const css::uno::Any&) {
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.select_letterhead(static_cast<std::size_t>(selected("letterhead")));
  show();
}

void NewLetterDialog::choose_deal(const css::uno::Any&) {
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.select_deal(static_cast<std::size_t>(selected("deal")));
  show();
}

void NewLetterDialog::browse_deal(const css::uno::Any&) {
  const auto path = pick_deal_file(m_context, m_form.deal_file().parent_path());
  if (!path || !m_dialog) return;
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.set_deal(*path);
  show();
}

void NewLetterDialog::choose_draft(const css::uno::Any&) {
  const css::uno::Reference<css::awt::XCheckBox> box(m_dialog->control("draft"),
                                                     css::uno::UNO_QUERY_THROW);
  const WaitPointer wait(m_context, m_dialog->peer());
  m_form.set_draft(box->getState() == 1);
  show();
}

void NewLetterDialog::choose_opinions(const css::uno::Any&) {
  const css::uno::Reference<css::awt::XListBox> list(m_dialog->control("opinions"),
                                                     css::uno::UNO_QUERY_THROW);
  std::vector<bool> selected(m_shown.size());
  for (const sal_Int16 position : list->getSelectedItemsPos())
    if (position >= 0 && static_cast<std::size_t>(position) < selected.size())
      selected[static_cast<std::size_t>(position)] = true;
  const WaitPointer wait(m_context, m_dialog->peer());
  for (std::size_t row = 0; row < m_shown.size(); ++row)
    if (selected[row] != m_shown[row].chosen) m_form.choose_opinion(m_shown[row].id, selected[row]);
  show();
}

void NewLetterDialog::show_details(const css::uno::Any&) {
  if (m_form.findings().empty()) return;
  show_text(m_context, m_dialog->peer(), "Findings",
            "What Engross found in the firm folder, the template and the deal:",
            for_reading(m_form.findings()));
}

void NewLetterDialog::show_help(const css::uno::Any&) {
  show_text(m_context, m_dialog->peer(), "New Letter: Help", "", k_help);
}

void NewLetterDialog::assemble(const css::uno::Any&) {
  if (!m_form.complete()) return;
  letter::Letter letter;
  {
    const WaitPointer wait(m_context, m_dialog->peer());
    letter = m_form.assemble();
  }
  if (!letter.ok()) {
    show_text(m_context, m_dialog->peer(), "No Letter Yet",
              "The letter could not be made. Nothing was changed. What is wrong, and what to do:",
              for_reading(letter.findings));
    return;
  }
  save_settings();
  m_letter = std::move(letter);
  m_dialog->end();
}

void NewLetterDialog::load_settings() {
  const Settings settings = read_settings(m_context);
  const auto path = [](const std::string& url) { return path_of(to_uno(url)); };
  const auto firm = path(settings.firm_folder);
  if (!firm) return;
  m_form.set_firm(*firm);
  std::error_code ignored;
  const auto remembered_template = path(settings.template_file);
  if (remembered_template && std::filesystem::is_regular_file(*remembered_template, ignored))
    m_form.set_template(*remembered_template);
  const auto deal = path(settings.deal_file);
  if (deal && std::filesystem::is_regular_file(*deal, ignored)) m_form.set_deal(*deal);
}

void NewLetterDialog::save_settings() {
  const auto url = [](const std::filesystem::path& path) {
    return path.empty() ? std::string() : to_utf8(url_of(path));
  };
  write_settings(m_context,
                 {url(m_form.firm_folder()), url(m_form.template_file()), url(m_form.deal_file())});
}

void NewLetterDialog::focus_first() {
  const char* first = m_form.complete() ? "template" : "browse_firm";
  const css::uno::Reference<css::awt::XWindow> window(m_dialog->control(first),
                                                      css::uno::UNO_QUERY_THROW);
  window->setFocus();
}

void NewLetterDialog::show() {
  const Flag filling(m_filling);
  Dialog& dialog = *m_dialog;
  dialog.set_text("firm", "Text", m_form.firm_folder().string());
  dialog.set_text("firm_name", "Label", m_form.firm_name());
  fill_list("template", m_form.template_names(), m_form.selected_template());
  fill_list("letterhead", m_form.letterhead_names(), m_form.selected_letterhead());
  fill_list("deal", m_form.deal_names(), m_form.selected_deal());
  show_opinions();
  std::string status = summary(m_form.findings());
  if (m_form.firm_folder().empty())
    status = "Choose the firm folder first: the folder that holds firm.json.";
  else if (status.empty())
    status = "Everything the letter needs is there.";
  dialog.set_text("status", "Label", status);
  dialog.set("details", "Enabled", css::uno::Any(!m_form.findings().empty()));
  dialog.set("assemble", "Enabled", css::uno::Any(m_form.complete()));
}

void NewLetterDialog::show_opinions() {
  const auto& opinions = m_form.opinions();
  m_dialog->set_text("chosen", "Label",
                     opinions.empty() ? std::string()
                                      : std::to_string(m_form.chosen_opinions()) + " of " +
                                            std::to_string(opinions.size()) + " chosen ");
  const css::uno::Reference<css::awt::XItemList> list(m_dialog->model("opinions"),
                                                      css::uno::UNO_QUERY_THROW);
  bool same_rows = opinions.size() == m_shown.size();
  for (std::size_t i = 0; same_rows && i < opinions.size(); ++i)
    same_rows = opinions[i].id == m_shown[i].id && row_text(opinions[i]) == row_text(m_shown[i]);
  if (!same_rows) list->removeAllItems();
  std::vector<sal_Int16> chosen;
  for (std::size_t i = 0; i < opinions.size(); ++i) {
    const auto position = static_cast<sal_Int32>(i);
    const rtl::OUString icon = icon_url(opinions[i].chosen ? "in.png" : "out.png");
    if (!same_rows)
      list->insertItem(position, to_uno(row_text(opinions[i])), icon);
    else if (opinions[i].chosen != m_shown[i].chosen)
      list->setItemImage(position, icon);
    if (opinions[i].chosen) chosen.push_back(static_cast<sal_Int16>(position));
  }
  m_dialog->set("opinions", "SelectedItems",
                css::uno::Any(css::uno::Sequence<sal_Int16>(
                    chosen.data(), static_cast<sal_Int32>(chosen.size()))));
  m_shown = opinions;
}

void NewLetterDialog::fill_list(const char* name, const std::vector<std::string>& items,
                                std::optional<std::size_t> selected) {
  css::uno::Sequence<rtl::OUString> texts(static_cast<sal_Int32>(items.size()));
  auto* text = texts.getArray();
  for (const std::string& item : items) *text++ = to_uno(item);
  m_dialog->set(name, "StringItemList", css::uno::Any(texts));
  css::uno::Sequence<sal_Int16> positions(selected ? 1 : 0);
  if (selected) positions.getArray()[0] = static_cast<sal_Int16>(*selected);
  m_dialog->set(name, "SelectedItems", css::uno::Any(positions));
}

sal_Int32 NewLetterDialog::selected(const char* name) const {
  const css::uno::Reference<css::awt::XListBox> list(m_dialog->control(name),
                                                     css::uno::UNO_QUERY_THROW);
  return list->getSelectedItemPos();
}

} // namespace engross::writer
