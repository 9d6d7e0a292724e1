// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross {

enum class Severity { info, warning, error };

/// What can be wrong. One row each in codes.def, which also holds the sentence.
enum class Code {
#define ENGROSS_FINDING(name, id, severity, message, hint) name,
#include "finding/codes.def"
#undef ENGROSS_FINDING
};

/// Where it is, as a lawyer sees it. Every member may be empty or 0 when it does not apply.
struct Place {
  std::string file;      ///< as the caller named it
  std::string part;      ///< "content.xml", "styles.xml", "meta.xml", or a part of a package
  std::string area;      ///< where in the part, in a person's words: "footnote", "header of page 1"
  int paragraph = 0;     ///< 1-based, counted over the part's text:p and text:h in document order;
                         ///< in a header or footer, over its own
  std::string heading;   ///< nearest heading before it
  std::string tag;       ///< the tag, as typed; in a finding no more than its first 80 characters
  std::string excerpt;   ///< about forty characters around it, the tag included
  int caret = -1;        ///< first code point of the tag in the excerpt; -1 without one
  std::string data_path; ///< "letter.addressee[0].name", where a value is at fault
  int line = 0;          ///< 1-based line of a text file (deal, book.json, firm.json)

  friend bool operator==(const Place&, const Place&) = default;
};

/// The part of a place in a person's words: its area, else "document properties" for meta.xml and
/// so on; empty for the running text.
std::string part_words(const Place& place);

/// One thing wrong: a value, never thrown by itself. Every part of Engross reports with this type.
struct Finding {
  Code code{};
  Severity severity = Severity::error;
  std::string message; ///< one sentence: what is wrong
  std::string hint;    ///< one sentence: what to do; may be empty
  Place place;

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

/// "EG-T001": stable, never reused.
std::string_view code_id(Code code);
/// "unclosed_block": the row's name in codes.def, which is also its documentation anchor.
std::string_view code_name(Code code);
/// "error", "warning", "info".
std::string_view severity_name(Severity severity);

/// The one place where a finding is made: fills {0}, {1}, … of the code's sentences with args.
Finding make_finding(Code code, Place place, std::initializer_list<std::string_view> args = {});
Finding make_finding(Code code, Place place, const std::vector<std::string>& args);

bool has_errors(const Findings& findings);

/// Moves all of `more` behind what `findings` holds.
void append(Findings& findings, Findings more);

/// Some lines for a person: place, sentence, excerpt with a caret under the tag, remedy.
std::string to_text(const Finding& finding);

/// A finding that stands for all that say the same of other places.
struct Said {
  const Finding* finding = nullptr; ///< the first
  std::string elsewhere; ///< "The same at 2 further places: paragraph 20; paragraph 34."; or empty
};
/// What a person is told: the findings without their repetitions. The result points into them.
std::vector<Said> without_repeats(const Findings& findings);
/// to_text() of each, with a line on where else the same is wrong.
std::vector<std::string> to_texts(const Findings& findings);

/// One JSON object on one line, keys as in the manual: code severity message hint file part
/// paragraph heading tag excerpt data_path line. Keys without a value are left out.
std::string to_json_line(const Finding& finding);

/// "did you mean": the candidate closest to `name` by edit distance, if close enough to help.
std::optional<std::string> closest_name(std::string_view name,
                                        const std::vector<std::string>& candidates);

/// A value where there is one, and everything found on the way. No value: at least one finding of
/// severity error says why. A value may come with findings, errors included.
template <class T> struct Result {
  std::optional<T> value;
  Findings findings;

  Result() = default;
  Result(T v) : value(std::move(v)) {}
  Result(Finding finding) { findings.push_back(std::move(finding)); }
  Result(Findings f) : findings(std::move(f)) {}

  explicit operator bool() const { return value.has_value(); }
  T& operator*() { return *value; }
  const T& operator*() const { return *value; }
  T* operator->() { return &*value; }
  const T* operator->() const { return &*value; }
};

/// Ends an operation that cannot go on: carries the findings that say why.
class Error : public std::runtime_error {
 public:
  explicit Error(Findings findings);
  explicit Error(Finding finding) : Error(Findings{std::move(finding)}) {}
  const Findings& findings() const { return m_findings; }

 private:
  Findings m_findings;
};

} // namespace engross
