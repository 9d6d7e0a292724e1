// SPDX-License-Identifier: MPL-2.0
#include "templating/date.hpp"
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/letter_case.hpp"
#include "templating/locale/locale.hpp"
#include "templating/unicode.hpp"

#include <algorithm>
#include <array>

/// The filters that letters need and Jinja2 does not have.
namespace engross::templating {

namespace {

using ValueKind = Value::Kind;

std::string subject_name(const FilterCall& call) { return canonical_text(call.node().child(0)); }

Value date(FilterCall& call) {
  const Value& subject = call.subject();
  if (subject.kind() != ValueKind::string)
    fail(Code::wrong_kind, {"The filter date", "a date as text", subject_name(call),
                            std::string(deal::kind_name(subject.kind()))});
  const std::optional<Date> parsed = parse_date(subject.as_string());
  if (!parsed) fail(Code::invalid_date, {subject_name(call), subject.as_string()});
  const std::string pattern = call.text(0, "long");
  PatternError error;
  std::optional<std::string> text =
      format_date(*parsed, pattern, call.context().settings().locale, error);
  if (!text) fail(Code::invalid_date_pattern, {pattern, error.at, error.hint});
  return std::move(*text);
}

/// Whether a comma of the text separates: one before "Inc.", "N.A." and the like does not.
bool holds_comma(std::string_view text) {
  static constexpr std::array<std::string_view, 34> k_suffixes = {
      "Inc.", "Inc",      "Incorporated", "Corp.", "Corporation", "Co.",  "Ltd.",
      "Ltd",  "Limited",  "L.L.C.",       "LLC",   "L.P.",        "LP",   "L.L.P.",
      "LLP",  "L.L.L.P.", "LLLP",         "P.C.",  "PC",          "P.A.", "PLLC",
      "N.A.", "NA",       "F.S.B.",       "FSB",   "S.A.",        "N.V.", "B.V.",
      "AG",   "plc",      "Jr.",          "Sr.",   "II",          "III"};
  for (std::size_t i = text.find(", "); i != std::string_view::npos; i = text.find(", ", i + 1)) {
    const std::string_view rest = text.substr(i + 2);
    const bool suffix = std::any_of(k_suffixes.begin(), k_suffixes.end(), [&](std::string_view s) {
      return rest.starts_with(s) && (rest.size() == s.size() || rest[s.size()] == ' ' ||
                                     rest[s.size()] == ',' || rest[s.size()] == ')');
    });
    if (!suffix) return true;
  }
  return false;
}

/// The texts of a list's items, or of one attribute of each.
std::vector<std::string> item_texts(FilterCall& call, const List& items, const Value* attribute,
                                    const std::string& list_name) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string where = list_name + "[" + std::to_string(i) + "]";
    const Value part = attribute != nullptr ? attribute_of(items[i], *attribute, where) : items[i];
    if (part.is_undefined()) fail_missing(part, call.context());
    if (part.kind() == ValueKind::none || part.kind() == ValueKind::list ||
        part.kind() == ValueKind::object) {
      const std::string hint =
          part.kind() == ValueKind::object ? ", which needs attribute=" : std::string{};
      call.fail_kind("a list of texts", part, where + hint);
    }
    texts.push_back(to_text(part));
  }
  return texts;
}

void collapse_equal(std::vector<std::string>& texts) {
  std::vector<std::string> kept;
  for (std::string& text : texts)
    if (std::find(kept.begin(), kept.end(), text) == kept.end()) kept.push_back(std::move(text));
  texts = std::move(kept);
}

struct Conjunctions {
  std::string_view language;
  std::string_view and_;
  std::string_view or_;
};

constexpr std::array<Conjunctions, 6> k_conjunctions = {{{"en", "and", "or"},
                                                         {"de", "und", "oder"},
                                                         {"es", "y", "o"},
                                                         {"fr", "et", "ou"},
                                                         {"it", "e", "o"},
                                                         {"pt", "e", "ou"}}};

/// Spanish "y" and "o" change before the sound that they are.
std::string spanish_conjunction(std::string_view word, std::string_view next) {
  const std::string lower = to_lower(next.substr(0, 8));
  const std::string_view text = lower;
  if (word == "y") {
    const bool i_sound = text.starts_with("i") || text.starts_with("í") || text.starts_with("hi") ||
                         text.starts_with("hí");
    const bool diphthong = text.starts_with("hie") || text.starts_with("hia") ||
                           text.starts_with("ia") || text.starts_with("ie");
    if (i_sound && !diphthong) return "e";
  }
  if (word == "o") {
    if (text.starts_with("o") || text.starts_with("ó") || text.starts_with("ho") ||
        text.starts_with("hó") || text.starts_with("8"))
      return "u";
  }
  return std::string(word);
}

enum ListParameter { k_attribute, k_separator, k_last, k_two, k_serial, k_semicolons, k_collapse };

Value joined_list(FilterCall& call, bool is_and) {
  const Value* attribute = call.given(k_attribute) ? call.argument(k_attribute) : nullptr;
  std::vector<std::string> texts =
      item_texts(call, call.subject_list(), attribute, subject_name(call));
  if (call.flag(k_collapse, false)) collapse_equal(texts);
  if (texts.empty()) return std::string{};
  if (texts.size() == 1) return std::move(texts.front());

  const std::string_view language = language_of(call.context().settings().locale);
  std::string word = is_and ? "and" : "or";
  for (const Conjunctions& row : k_conjunctions)
    if (row.language == language) word = is_and ? row.and_ : row.or_;
  if (language == "es") word = spanish_conjunction(word, texts.back());

  const bool semicolons =
      call.flag(k_semicolons, std::any_of(texts.begin(), texts.end(), [](const std::string& text) {
                  return holds_comma(text);
                }));
  const std::string separator = call.text(k_separator, semicolons ? "; " : ", ");
  const bool serial = call.flag(k_serial, semicolons);
  const std::string bare = " " + word + " ";
  const std::string before_last = separator + word + " ";
  const std::string last = call.text(k_last, serial ? before_last : bare);
  const std::string two = call.text(k_two, call.given(k_last) ? call.text(k_last, "")
                                           : semicolons       ? before_last
                                                              : bare);

  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0 && i + 1 < texts.size())
      out += separator;
    else if (i > 0)
      out += texts.size() == 2 ? two : last;
    out += texts[i];
    if (out.size() > k_max_text) fail(Code::result_too_large, {canonical_text(call.node())});
  }
  return out;
}

Value and_list(FilterCall& call) { return joined_list(call, true); }
Value or_list(FilterCall& call) { return joined_list(call, false); }

/// The mark that ends an item of a list of paragraphs, by its position.
Value punctuate(FilterCall& call) {
  const LoopFrame* frame = loop_of_value(call.subject(), call.context().state());
  if (frame == nullptr) call.fail_kind("the loop", call.subject(), subject_name(call));
  const std::size_t i = frame->passes - 1;
  const std::string between = call.text(0, ";");
  const std::string before_last = call.text(1, "; and");
  const std::string last = call.text(2, ".");
  if (i + 1 == frame->count) return last;
  if (i + 2 < frame->count) return between;
  return frame->count == 2 ? call.text(3, before_last) : before_last;
}

/// A full stop, unless the text ends with one, with "?" or "!", or with one inside its closing
/// quotation marks.
Value stop(FilterCall& call) {
  std::string text = call.subject_text();
  std::string_view rest = trim_blanks(text);
  if (rest.empty()) return text;
  const auto ends = [&](std::string_view mark) { return rest.ends_with(mark); };
  for (bool quoted = true; quoted;) {
    quoted = false;
    for (const std::string_view mark : {"\"", "'", "”", "’", "“", "»", "›"}) {
      if (!ends(mark)) continue;
      rest.remove_suffix(mark.size());
      quoted = true;
    }
  }
  if (!ends(".") && !ends("?") && !ends("!") && !ends("…")) {
    text.resize(static_cast<std::size_t>(trim_blanks(text).data() - text.data()) +
                trim_blanks(text).size());
    text += '.';
  }
  return text;
}

Value upper_first(FilterCall& call) { return with_upper_first(call.subject_text()); }

constexpr FilterSpec k_filters[] = {
    {.name = "date",
     .function = date,
     .parameters = {"pattern"},
     .usage = "letter.date | date(\"MMMM d, yyyy\")"},
    {.name = "and_list",
     .function = and_list,
     .parameters = {"attribute", "separator", "last", "two", "serial", "semicolons", "collapse"},
     .usage = "parties | and_list(attribute=\"name\")"},
    {.name = "or_list",
     .function = or_list,
     .parameters = {"attribute", "separator", "last", "two", "serial", "semicolons", "collapse"},
     .usage = "parties | or_list(attribute=\"name\")"},
    {.name = "punctuate",
     .function = punctuate,
     .parameters = {"between", "before_last", "last", "two"},
     .usage = "loop | punctuate(\";\", \"; and\", \".\")"},
    {.name = "stop", .function = stop, .usage = "name | stop"},
    {.name = "upper_first", .function = upper_first, .usage = "name | upper_first"},
};

} // namespace

std::span<const FilterSpec> legal_filters() { return k_filters; }

} // namespace engross::templating
