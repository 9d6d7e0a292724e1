// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <com/sun/star/beans/PropertyValue.hpp>
#include <rtl/string.hxx>
#include <rtl/ustring.hxx>

#include <initializer_list>
#include <string>

/// Values as UNO has them.
namespace engross::office {

inline rtl::OUString ascii(const std::string& text) {
  return rtl::OUString::createFromAscii(text.c_str());
}

inline std::string utf8(const rtl::OUString& text) {
  return rtl::OUStringToOString(text, RTL_TEXTENCODING_UTF8).getStr();
}

template <class T> css::beans::PropertyValue property(const char* name, const T& value) {
  css::beans::PropertyValue out;
  out.Name = rtl::OUString::createFromAscii(name);
  out.Value <<= value;
  return out;
}

using Properties = css::uno::Sequence<css::beans::PropertyValue>;

inline Properties properties(std::initializer_list<css::beans::PropertyValue> values) {
  return {values.begin(), static_cast<sal_Int32>(values.size())};
}

} // namespace engross::office
