// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/deal.hpp"
#include "finding/finding.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// The rules of a house style, in the order in which reports list them.
enum class Rule : unsigned char {
  page,
  page_styles,
  headers,
  header_agreement,
  style_definitions,
  styles,
  fonts,
  font_sizes,
  direct_formatting,
  numbering,
  page_breaks,
  empty_paragraphs,
  spaces,
  widows,
  signature,
  language,
  non_breaking,
  brackets,
  tags,
  live_dates,
  highlight,
  comments,
  tracked_changes,
  hidden_text,
  links,
  macros,
  metadata,
  laid_out
};
constexpr std::size_t k_rules = static_cast<std::size_t>(Rule::laid_out) + 1;

/// "empty_paragraphs": the rule's key in house.json.
std::string_view rule_name(Rule rule);
/// "Empty paragraphs": the rule for a reader.
std::string_view rule_title(Rule rule);

/// Which documents a rule is for.
enum class Scope : unsigned char { all, letters, templates };

/// What house.json says of one rule, whatever the rule.
struct RuleSetting {
  bool is_on = true;
  std::string reason;               ///< why it is off
  std::optional<Severity> severity; ///< instead of the findings' own; findings of info keep theirs
  Scope scope = Scope::all;
};

/// Lines as a header or footer should read: `*` is any text, `#` a page number.
using Lines = std::vector<std::string>;

/// house.json. Immutable once read; threads may share it. Styles are named as Writer shows them.
struct House {
  std::string name;
  std::string letterhead;             ///< stem or path, relative to the firm; empty: the firm's
  std::vector<std::string> templates; ///< globs on file names: documents with tags, besides .ott
  std::string addressee_style = "Letter Address";
  std::string date_style = "Letter Date";

  std::array<RuleSetting, k_rules> settings;
  const RuleSetting& of(Rule rule) const { return settings[static_cast<std::size_t>(rule)]; }

  // Parameters of the rules. What is empty is taken from the letterhead.
  std::vector<std::string> fonts;
  std::vector<double> font_sizes;                     ///< points
  std::vector<std::pair<double, double>> papers;      ///< points, width and height, upright
  std::map<std::string, double, std::less<>> margins; ///< "left" … -> points
  std::vector<std::string> own_pages; ///< page styles (globs) that are not measured by the letter's
  std::vector<std::string> required_styles;
  std::vector<std::string> forbidden_styles;
  std::map<std::string, std::string, std::less<>> replaced_styles; ///< forbidden -> to be used
  bool only_letterhead_styles = false;
  std::map<std::string, Lines, std::less<>> page_lines; ///< "first header", "continuation footer" …
  std::vector<std::string> allowed_by_hand; ///< properties, "fo:" left out: "font-style"
  std::vector<std::string> removed_by_hand; ///< properties that repair takes off
  double most_by_hand = 100;                ///< percent of a document's characters
  std::vector<std::string> allowed_brackets;
  std::vector<std::string> allowed_empty; ///< styles whose empty paragraphs are no spacing
  std::vector<std::string> languages;     ///< "en-US"; the first is the house's own
  std::vector<std::string> before_number; ///< "§", "No.": what a number may not be parted from
  std::vector<std::string> titles;        ///< "Mr.": what a name may not be parted from
  bool keep_dates = true;                 ///< month and day stay in one line
  std::vector<std::string> signature_styles;
  std::vector<std::string> closings; ///< how a signature block begins: "Very truly yours"

  House();
};

/// Reads house.json: checked by its JSON Schema, then read. No value where the file is no JSON;
/// else all findings at once, errors included.
Result<House> read_house(const deal::Source& source);

/// The JSON Schema (draft 7) of house.json, as shipped.
std::string_view house_schema();

/// A letter of its file name (no folder) against a pattern with `*` and `?`.
bool matches_glob(std::string_view text, std::string_view pattern);

} // namespace engross::letterhead
