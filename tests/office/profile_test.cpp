// SPDX-License-Identifier: MPL-2.0
#include "office/locate.hpp"
#include "office/profile.hpp"
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <cstdlib>
#include <set>

namespace engross::office::test {

namespace {

namespace fs = std::filesystem;

/// "/org.openoffice.Office.Common/Misc" in the office's own schemas.
pugi::xml_node find_group(const pugi::xml_document& schemas, const std::string& path) {
  const std::size_t end = path.find('/', 1);
  const std::string component = path.substr(1, end - 1);
  const std::size_t dot = component.rfind('.');
  pugi::xml_node node;
  for (const pugi::xml_node& schema : schemas.document_element().children("oor:component-schema")) {
    if (component.substr(0, dot) == schema.attribute("oor:package").value() &&
        component.substr(dot + 1) == schema.attribute("oor:name").value()) {
      node = schema.child("component");
    }
  }
  for (std::size_t at = end + 1; node && at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    node = node.find_child_by_attribute("group", "oor:name", path.substr(at, slash - at).c_str());
    at = slash + 1;
  }
  return node;
}

/// The office ignores in silence what it does not know, so a slip of the pen would open a door.
TEST(Profile, EverySettingIsOneOfTheOffice) {
  const char* home = std::getenv("LO_HOME");
  const auto program = find_program_folder(home == nullptr ? "" : home);
  ASSERT_TRUE(program);
  const TempFolder folder;
  write_profile(folder / "profile", *program);
  pugi::xml_document settings;
  ASSERT_TRUE(settings.load_file((folder / "profile/user/registrymodifications.xcu").c_str()));
  pugi::xml_document schemas;
  ASSERT_TRUE(schemas.load_file((*program / "../share/registry/main.xcd").c_str()));

  const std::set<std::string> in_some_versions{"DisableActiveContent", "CollectUsageInformation",
                                               "Enable"}; // Java's, in builds with it
  std::set<std::string> names;
  for (const pugi::xml_node& item : settings.document_element().children("item")) {
    const std::string path = item.attribute("oor:path").value();
    const std::string name = item.child("prop").attribute("oor:name").value();
    names.insert(name);
    if (in_some_versions.contains(name)) continue;
    const pugi::xml_node group = find_group(schemas, path);
    EXPECT_TRUE(group.find_child_by_attribute("prop", "oor:name", name.c_str()))
        << path << ' ' << name;
  }
  for (const char* name : {"DisableMacrosExecution", "BlockUntrustedRefererLinks", "Link"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

/// With the number of its build the office starts once instead of twice.
TEST(Profile, KnowsTheBuild) {
  const TempFolder folder;
  fs::create_directory(folder / "program");
  write_file(folder / "program/versionrc",
             "[Version]\nAllLanguages=de\nbuildid=40(Build:2)\nX=1\n");
  write_profile(folder / "profile", folder / "program");
  EXPECT_EQ(read_file(folder / "profile/user/extensions/buildid"), "40(Build:2)");
  write_profile(folder / "other", folder / "nowhere");
  EXPECT_FALSE(fs::exists(folder / "other/user/extensions/buildid"));
}

} // namespace

} // namespace engross::office::test
