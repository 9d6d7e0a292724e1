// SPDX-License-Identifier: MPL-2.0
#include "office/profile.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace engross::office {

namespace {

namespace fs = std::filesystem;

struct Setting {
  std::string_view path;
  std::string_view name;
  std::string_view value;
};

/// What an office does not know (they differ between versions) it ignores.
constexpr Setting k_settings[] = {
    // A finished first start: no wizard, no questions, no tips.
    {"/org.openoffice.Office.Common/Misc", "FirstRun", "false"},
    {"/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"},
    {"/org.openoffice.Office.Common/Misc", "CrashReport", "false"},
    {"/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"},
    {"/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"},
    // The same letter everywhere, whatever the locale of the machine.
    {"/org.openoffice.Setup/L10N", "ooLocale", "en-US"},
    {"/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-US"},
    // No code of a document runs.
    {"/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
    {"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
    {"/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"},
    {"/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"},
    // Nothing outside of a document is loaded.
    {"/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
    {"/org.openoffice.Office.Writer/Content/Update", "Link", "0"},
    {"/org.openoffice.Office.Calc/Content/Update", "Link", "1"},
    // Whatever should still look for the network meets a proxy that is none.
    {"/org.openoffice.Inet/Settings", "ooInetProxyType", "2"},
    {"/org.openoffice.Inet/Settings", "ooInetNoProxy", ""},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"},
    {"/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"},
    {"/org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"},
    {"/org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"},
    // No work for a reader who is not there.
    {"/org.openoffice.Office.Common/Save/Document", "GenerateThumbnail", "false"},
    {"/org.openoffice.Office.Common/Save/Document", "CreateBackup", "false"},
    {"/org.openoffice.Office.Common/History", "PickListSize", "0"},
    {"/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"},
    {"/org.openoffice.Office.Linguistic/GrammarChecking", "IsAutoCheck", "false"},
    {"/org.openoffice.Office.Writer/AutoFunction/Completion", "CollectWords", "false"},
    // No other program opens what lies in the work folder.
    {"/org.openoffice.Office.Common/Misc", "UseLocking", "false"},
    {"/org.openoffice.Office.Common/Misc", "UseDocumentSystemFileLocking", "false"},
    {"/org.openoffice.Office.Common/Misc", "UseDocumentOOoLockFile", "false"},
    {"/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"},
    {"/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"},
};

std::string item(const Setting& s) {
  std::string out = "<item oor:path=\"";
  out += s.path;
  out += "\"><prop oor:name=\"";
  out += s.name;
  out += "\" oor:op=\"fuse\"><value>";
  out += s.value;
  out += "</value></prop></item>\n";
  return out;
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::system_error(errno, std::generic_category(), path.string());
}

/// The office notes which build made a profile and starts a second time for an unknown one.
std::string build_id(const fs::path& program_folder) {
  std::ifstream file(program_folder / "versionrc");
  constexpr std::string_view key = "buildid=";
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(key)) return line.substr(key.size());
  }
  return {};
}

} // namespace

void write_profile(const fs::path& folder, const fs::path& program_folder) {
  const fs::path user = folder / "user";
  fs::create_directories(user / "extensions");
  std::string settings = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n";
  for (const Setting& s : k_settings) settings += item(s);
  const std::string build = build_id(program_folder);
  const bool plain = build.find_first_of("<>&") == std::string::npos;
  if (!build.empty() && plain) {
    settings += item({"/org.openoffice.Setup/Office", "LastCompatibilityCheckID", build});
    write_file(user / "extensions" / "buildid", build);
  }
  settings += "</oor:items>\n";
  write_file(user / "registrymodifications.xcu", settings);
}

} // namespace engross::office
