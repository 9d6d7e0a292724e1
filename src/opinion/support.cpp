// SPDX-License-Identifier: MPL-2.0
#include "opinion/support.hpp"

#include <algorithm>

namespace engross::opinion {

using deal::Value;

namespace {

/// What two wordings of the same law or document share: letters and digits in small, without the
/// article before them and with one blank for all between.
std::string essence(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (kept)
      out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.starts_with("the ")) out.erase(0, 4);
  if (out.starts_with("laws ")) out.erase(3, 1);
  return out;
}

void collect(const Value& value, std::vector<std::string>& out) {
  if (value.kind() == Value::Kind::string)
    out.push_back(essence(value.as_string()));
  else if (value.kind() == Value::Kind::list)
    for (const Value& one : value.as_list()) collect(one, out);
  else if (value.kind() == Value::Kind::object)
    for (const auto& [name, member] : value.as_object()) collect(member, out);
}

std::string whom_to_ask(const Opinion& o) {
  return o.owner.empty() ? "Ask who may approve it; book.json names no owner."
                         : "Ask its owner, " + o.owner + ".";
}

class Support {
 public:
  Support(const Book& book, const Circumstances& circumstances, Findings& findings)
      : m_book(book), m_circumstances(circumstances), m_findings(findings) {
    if (circumstances.laws != nullptr) collect(*circumstances.laws, m_laws);
    if (circumstances.examined != nullptr) collect(*circumstances.examined, m_examined);
  }

  void check(const Opinion& o) {
    const auto say = [&](Code code, const std::vector<std::string>& arguments) {
      m_findings.push_back(make_finding(code, o.place, arguments));
    };
    // ISO dates compare as texts.
    const bool is_early = !m_circumstances.today.empty() && o.approved_on > m_circumstances.today;
    if (o.approved_by.empty())
      say(Code::opinion_not_approved, {o.id, whom_to_ask(o)});
    else if (is_early)
      say(Code::opinion_not_approved,
          {o.id, "Its approval is of " + o.approved_on + ", a day to come. " + whom_to_ask(o)});
    if (!o.review_by.empty() && !m_circumstances.today.empty() &&
        o.review_by < m_circumstances.today)
      say(Code::opinion_review_overdue, {o.id, o.review_by, whom_to_ask(o)});
    if (m_circumstances.laws != nullptr)
      for (const std::string& law : o.covers)
        if (!is_covered(law)) say(Code::law_not_covered, {o.id, law, m_circumstances.laws_path});
    if (m_circumstances.examined != nullptr)
      for (const std::string& document : o.backup)
        if (!was_examined(document))
          say(Code::backup_not_examined, {o.id, document, m_circumstances.examined_path});
  }

 private:
  bool is_covered(const std::string& law) const {
    const auto named = [&](const std::string& wording) {
      // "Securities Act of 1933, Section 4" is part of "Securities Act of 1933"; the "Delaware
      // Limited Liability Company Act" is no part of "Delaware".
      for (std::size_t end = wording.find(',');; end = wording.find(',', end + 1)) {
        const std::string wanted = essence(std::string_view(wording).substr(0, end));
        if (std::find(m_laws.begin(), m_laws.end(), wanted) != m_laws.end()) return true;
        if (end == std::string::npos) return false;
      }
    };
    if (named(law)) return true;
    const std::vector<std::string>* wordings = m_book.wordings(law);
    return wordings != nullptr &&
           (wordings->empty() || std::any_of(wordings->begin(), wordings->end(), named));
  }

  bool was_examined(const std::string& document) const {
    const std::string wanted = essence(document);
    return std::find(m_examined.begin(), m_examined.end(), wanted) != m_examined.end();
  }

  const Book& m_book;
  const Circumstances& m_circumstances;
  Findings& m_findings;
  std::vector<std::string> m_laws;
  std::vector<std::string> m_examined;
};

} // namespace

void check_support(const Book& book, const std::vector<Choice>& choices,
                   const Circumstances& circumstances, Findings& findings) {
  Support support(book, circumstances, findings);
  for (const Choice& choice : choices)
    if (choice.in) support.check(*choice.opinion);
}

} // namespace engross::opinion
