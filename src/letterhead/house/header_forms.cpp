// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/header_forms.hpp"

#include <algorithm>

namespace engross::letterhead {

namespace {

std::string style_name(const pugi::xml_node& paragraph) {
  return paragraph.attribute("text:style-name").value();
}

bool holds_picture(const pugi::xml_node& paragraph) {
  return static_cast<bool>(paragraph.child("draw:frame"));
}

class Chooser {
 public:
  Chooser(const std::vector<OwnLine>& lines, const std::vector<pugi::xml_node>& forms,
          const Reference& reference, const pugi::xml_document& styles_xml)
      : m_lines(lines), m_forms(forms), m_reference(reference),
        m_root(styles_xml.document_element()), m_chosen(lines.size()) {
    for (const pugi::xml_node& form : forms) m_named.push_back(named(style_name(form)));
  }

  std::vector<std::string> run() {
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
      m_chosen[i] = known(m_lines[i], next);
      if (m_chosen[i]) next = std::max(next, *m_chosen[i] + 1);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i)
      if (!m_chosen[i]) m_chosen[i] = by_place(i);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
      const std::string own = style_name(m_lines[i].paragraph);
      out.push_back(m_chosen[i]     ? style_name(m_forms[*m_chosen[i]])
                    : is_there(own) ? own
                                    : "Header");
    }
    // The last one holds the gap to the text.
    if (!m_forms.empty() && !out.empty() && named(out.back()) == m_named.back())
      out.back() = style_name(m_forms.back());
    return out;
  }

 private:
  std::optional<std::size_t> known(const OwnLine& line, std::size_t next) const {
    if (line.form && *line.form < m_forms.size()) return line.form;
    const auto first = [&](std::size_t from, const auto& is_it) -> std::optional<std::size_t> {
      for (std::size_t k = from; k < m_forms.size(); ++k)
        if (is_it(k)) return k;
      return std::nullopt;
    };
    const pugi::xml_node p = line.paragraph;
    if (holds_picture(p)) return first(0, [&](std::size_t k) { return holds_picture(m_forms[k]); });
    const auto says_same = [&](std::size_t k) { return says_the_same(p, m_forms[k]); };
    if (const auto same = first(next, says_same)) return same;
    const auto looks_same = [&](std::size_t k) {
      return m_named[k] == style_name(p) && !holds_picture(m_forms[k]);
    };
    const auto same = first(next, looks_same);
    return same ? same : first(0, looks_same);
  }

  /// From the end where there are fewer lines than forms: an optional line stands first.
  std::optional<std::size_t> by_place(std::size_t i) const {
    const bool is_right = std::any_of(m_lines.begin(), m_lines.end(),
                                      [](const OwnLine& line) { return line.form.has_value(); });
    if (is_right)
      return i > 0 ? m_chosen[i - 1] : std::optional<std::size_t>(0); // one more addressee
    if (m_lines.size() > m_forms.size()) return std::nullopt;
    const std::size_t form = m_forms.size() - m_lines.size() + i;
    for (std::size_t k = 0; k < m_chosen.size(); ++k)
      if (m_chosen[k] && (k < i ? *m_chosen[k] >= form : *m_chosen[k] <= form)) return std::nullopt;
    if (holds_picture(m_forms[form])) return std::nullopt;
    return form;
  }

  bool says_the_same(const pugi::xml_node& words, const pugi::xml_node& form) const {
    const auto text = [](const pugi::xml_node& p) {
      std::string out;
      for (const std::string& line : page_lines(p)) out += line + " ";
      return out;
    };
    const std::optional<std::string> answer = m_reference.answered(text(form));
    return answer && *answer == text(words);
  }

  pugi::xml_node definition(const char* part, const std::string& name) const {
    return m_root.child(part).find_child([&](const pugi::xml_node& style) {
      return style.attribute("style:name").value() == name &&
             std::string_view(style.attribute("style:family").value()) == "paragraph";
    });
  }

  bool is_there(const std::string& name) const {
    return definition("office:styles", name) || definition("office:automatic-styles", name);
  }

  std::string named(const std::string& name) const {
    const pugi::xml_node automatic = definition("office:automatic-styles", name);
    return automatic ? automatic.attribute("style:parent-style-name").value() : name;
  }

  const std::vector<OwnLine>& m_lines;
  const std::vector<pugi::xml_node>& m_forms;
  const Reference& m_reference;
  pugi::xml_node m_root;
  std::vector<std::string> m_named; ///< of each form: its style or the parent of it
  std::vector<std::optional<std::size_t>> m_chosen;
};

} // namespace

std::vector<std::string> styles_of_lines(const std::vector<OwnLine>& lines,
                                         const std::vector<pugi::xml_node>& forms,
                                         const Reference& reference,
                                         const pugi::xml_document& styles_xml) {
  return Chooser(lines, forms, reference, styles_xml).run();
}

} // namespace engross::letterhead
