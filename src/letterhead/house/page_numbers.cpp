// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/page_numbers.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/agreement.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace engross::letterhead {

namespace {

std::string roman(int number) {
  constexpr std::array k_signs = {std::pair{1000, "m"}, std::pair{900, "cm"}, std::pair{500, "d"},
                                  std::pair{400, "cd"}, std::pair{100, "c"},  std::pair{90, "xc"},
                                  std::pair{50, "l"},   std::pair{40, "xl"},  std::pair{10, "x"},
                                  std::pair{9, "ix"},   std::pair{5, "v"},    std::pair{4, "iv"},
                                  std::pair{1, "i"}};
  std::string out;
  for (const auto& [value, sign] : k_signs)
    for (; number >= value; number -= value) out += sign;
  return out;
}

/// A page number in a form of ODF (style:num-format); empty past the end of the alphabet.
std::string number_text(int number, char form) {
  constexpr int k_letters = 26;
  std::string out;
  if (form == 'i' || form == 'I') out = roman(number);
  if ((form == 'a' || form == 'A') && number <= k_letters)
    out = static_cast<char>('a' + number - 1);
  if (form == '1') out = std::to_string(number);
  if (form == 'I' || form == 'A')
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

void add_form(std::string_view form, std::string& forms) {
  if (form.size() == 1 && std::string_view("iIaA").find(form) != std::string_view::npos &&
      forms.find(form) == std::string::npos)
    forms += form;
}

void add_forms(const MasterPage& page, std::string& forms) {
  add_form(page.layout.child("style:page-layout-properties").attribute("style:num-format").value(),
           forms);
  walk(page.node, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()) == "text:page-number")
      add_form(node.attribute("style:num-format").value(), forms);
    return true;
  });
}

/// Where the text begins to count its pages anew, apart from its own beginning.
std::vector<int> restarts_of(const Subject& subject) {
  std::string_view opening;
  for (const TextParagraph& p : subject.body.paragraphs)
    if (!p.is_blank()) {
      opening = style_of(p);
      break;
    }
  std::vector<int> out;
  const auto look = [&](const pugi::xml_node& node) {
    const std::string_view value = node.attribute("style:page-number").value();
    int number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    if (number > 0 && node.parent().attribute("style:name").value() != opening)
      out.push_back(number);
    return true;
  };
  walk(subject.document.content.document_element().child("office:automatic-styles"), look);
  walk(subject.document.styles.document_element().child("office:styles"), look);
  return out;
}

bool shares_lines(const Subject& subject) {
  bool out = false;
  walk(subject.document.styles.document_element().child("office:master-styles"),
       [&](const pugi::xml_node& node) {
         const std::string_view name = node.name();
         out =
             out || name == "table:table" || name == "draw:text-box" || name == "draw:custom-shape";
         return !out;
       });
  return out;
}

/// Whether a part shows its page's own number, and that of no other page.
bool shows_own_number(const pugi::xml_node& part) {
  bool has_number = false;
  bool has_other = false;
  walk(part, [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()) != "text:page-number") return true;
    const std::string_view page = node.attribute("text:select-page").value();
    if ((!page.empty() && page != "current") || node.attribute("text:page-adjust").as_int() != 0)
      has_other = true;
    else
      has_number = true;
    return true;
  });
  return has_number && !has_other;
}

} // namespace

PageNumbers::PageNumbers(const Auditor& auditor)
    : m_a(auditor), m_restarts(restarts_of(auditor.subject)), m_forms("1"),
      m_has_line_each(!shares_lines(auditor.subject)) {
  if (m_a.reference != nullptr)
    for (const MasterPage& page : m_a.reference->masters().pages) add_forms(page, m_forms);
  for (const std::size_t i : other_pages(m_a.subject))
    add_forms(m_a.subject.masters.pages[i], m_forms);
}

std::vector<std::string> PageNumbers::of(std::size_t page, PageRole role, bool is_header) const {
  if (!m_a.house.page_lines.contains(role_key(role, is_header))) {
    if (m_a.reference == nullptr) return {"*"};
    const MasterPages& masters = m_a.reference->masters();
    const bool of_left = role == PageRole::continuation &&
                         shows_own_number(page_part(masters, PageRole::left, is_header));
    if (!of_left && !shows_own_number(page_part(masters, role, is_header))) return {"*"};
  }
  const int own = static_cast<int>(page) + 1;
  std::vector<int> numbers = {own};
  for (const int restart : m_restarts)
    for (int number = restart; number < restart + own - 1; ++number) numbers.push_back(number);
  std::vector<std::string> out;
  for (const int number : numbers)
    for (const char form : m_forms)
      if (std::string text = number_text(number, form); !text.empty())
        out.push_back(std::move(text));
  return out;
}

std::string PageNumbers::without(std::string_view text, std::size_t page) const {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const bool is_number = std::any_of(m_forms.begin(), m_forms.end(), [&](char form) {
      return word == number_text(static_cast<int>(page) + 1, form);
    });
    if (!is_number) out += std::string(word) + " ";
    at = end + 1;
  }
  std::erase_if(out, [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

} // namespace engross::letterhead
