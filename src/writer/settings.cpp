// SPDX-License-Identifier: MPL-2.0
#include "writer/settings.hpp"

#include "writer/convert.hpp"

#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/beans/PropertyAttribute.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/beans/XPropertySetInfo.hpp>
#include <com/sun/star/configuration/theDefaultProvider.hpp>
#include <com/sun/star/util/XChangesBatch.hpp>

#include <array>
#include <utility>

namespace engross::writer {

namespace {

constexpr std::array<std::pair<const char*, std::string Settings::*>, 3> k_members{
    {{"FirmFolder", &Settings::firm_folder},
     {"Template", &Settings::template_file},
     {"DealFile", &Settings::deal_file}}};

css::uno::Reference<css::beans::XPropertySet>
open_node(const css::uno::Reference<css::uno::XComponentContext>& context, const char* access) {
  const css::uno::Any argument(css::beans::NamedValue(
      to_uno("nodepath"), css::uno::Any(to_uno("/org.engross.Settings/NewLetter"))));
  return {css::configuration::theDefaultProvider::get(context)->createInstanceWithArguments(
              rtl::OUString::createFromAscii(access), {&argument, 1}),
          css::uno::UNO_QUERY_THROW};
}

} // namespace

Settings read_settings(const css::uno::Reference<css::uno::XComponentContext>& context) {
  const auto node = open_node(context, "com.sun.star.configuration.ConfigurationAccess");
  Settings settings;
  for (const auto& [name, member] : k_members) {
    rtl::OUString value;
    node->getPropertyValue(rtl::OUString::createFromAscii(name)) >>= value;
    settings.*member = to_utf8(value);
  }
  return settings;
}

void write_settings(const css::uno::Reference<css::uno::XComponentContext>& context,
                    const Settings& settings) {
  const auto node = open_node(context, "com.sun.star.configuration.ConfigurationUpdateAccess");
  for (const auto& [name, member] : k_members) {
    const rtl::OUString key = rtl::OUString::createFromAscii(name);
    const auto attributes = node->getPropertySetInfo()->getPropertyByName(key).Attributes;
    if ((attributes & css::beans::PropertyAttribute::READONLY) == 0)
      node->setPropertyValue(key, css::uno::Any(to_uno(settings.*member)));
  }
  css::uno::Reference<css::util::XChangesBatch>(node, css::uno::UNO_QUERY_THROW)->commitChanges();
}

} // namespace engross::writer
