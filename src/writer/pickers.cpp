// SPDX-License-Identifier: MPL-2.0
#include "writer/pickers.hpp"

#include "writer/convert.hpp"

#include <com/sun/star/ui/dialogs/ExecutableDialogResults.hpp>
#include <com/sun/star/ui/dialogs/FilePicker.hpp>
#include <com/sun/star/ui/dialogs/FolderPicker.hpp>
#include <com/sun/star/ui/dialogs/TemplateDescription.hpp>

namespace engross::writer {

std::optional<std::filesystem::path>
pick_firm_folder(const css::uno::Reference<css::uno::XComponentContext>& context,
                 const std::filesystem::path& start) {
  const auto picker = css::ui::dialogs::FolderPicker::create(context);
  picker->setTitle(to_uno("Firm Folder"));
  if (!start.empty()) picker->setDisplayDirectory(url_of(start));
  if (picker->execute() != css::ui::dialogs::ExecutableDialogResults::OK) return {};
  return path_of(picker->getDirectory());
}

std::optional<std::filesystem::path>
pick_deal_file(const css::uno::Reference<css::uno::XComponentContext>& context,
               const std::filesystem::path& start) {
  const auto picker = css::ui::dialogs::FilePicker::createWithMode(
      context, css::ui::dialogs::TemplateDescription::FILEOPEN_SIMPLE);
  picker->setTitle(to_uno("Deal File"));
  picker->appendFilter(to_uno("Deal files"), to_uno("*.json;*.xml;*.ini;*.info"));
  picker->appendFilter(to_uno("All files"), to_uno("*"));
  if (!start.empty()) picker->setDisplayDirectory(url_of(start));
  if (picker->execute() != css::ui::dialogs::ExecutableDialogResults::OK) return {};
  const auto files = picker->getSelectedFiles();
  return files.hasElements() ? path_of(files[0]) : std::nullopt;
}

} // namespace engross::writer
