// SPDX-License-Identifier: MPL-2.0
#include "templating/date.hpp"
#include "templating/decimal.hpp"
#include "templating/evaluator.hpp"
#include "templating/functions.hpp"
#include "templating/letter_case.hpp"
#include "templating/locale/locale.hpp"
#include "templating/spellout.hpp"
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
  if (error.needs_time)
    fail(Code::date_without_time, {subject_name(call), subject.as_string(), error.at});
  if (!text) fail(Code::invalid_date_pattern, {pattern, error.at, error.hint});
  return std::move(*text);
}

std::optional<TagError> check_date(const ExpressionNode& node) {
  const std::string* pattern = literal_text_argument(node, 0);
  if (pattern == nullptr) return std::nullopt;
  PatternError error;
  Date any;
  any.has_time = true;
  if (format_date(any, *pattern, "en", error)) return std::nullopt;
  return TagError{Code::invalid_date_pattern, {*pattern, error.at, error.hint}, 0};
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
      call.fail_kind(part.kind() == ValueKind::object
                         ? "a list of texts, or attribute=\"…\" for one of the values of each entry"
                         : "a list of texts",
                     part, where);
    }
    texts.push_back(to_text(part));
    if (trim_blanks(texts.back()).empty()) {
      EvaluationError error;
      error.code = Code::list_entry_empty;
      const std::string of = attribute != nullptr && attribute->kind() == ValueKind::string
                                 ? list_name + "." + attribute->as_string()
                                 : list_name;
      error.arguments = {of, ordinal_digits(static_cast<long long>(i) + 1, "en").value_or("")};
      error.origin = part.origin;
      throw error;
    }
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
  if (call.flag(k_collapse, false)) {
    std::vector<std::string> whole = texts;
    collapse_equal(texts);
    if (texts.size() > 1 && texts.size() < whole.size())
      call.context().state().collapsed.push_back(std::move(whole));
  }
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

/// All blanks become non-breaking.
Value nbsp(FilterCall& call) {
  std::string out;
  for (const char c : call.subject_text()) {
    if (c == ' ')
      append_utf8(out, 0xA0);
    else
      out += c;
  }
  return out;
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "the Issuers", "each of the Banks": several, whose possessive is the bare mark. "the Business"
/// and "the Basis" are one.
bool is_plural_phrase(std::string_view lower) {
  static constexpr std::array<std::string_view, 5> k_begins = {"the ", "these ", "those ", "both ",
                                                               "all "};
  const auto begins = [&](std::string_view word) {
    return lower.starts_with(word) || lower.find(" of " + std::string(word)) != std::string::npos;
  };
  return std::any_of(k_begins.begin(), k_begins.end(), begins) && lower.ends_with("s") &&
         !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is");
}

Value possessive(FilterCall& call) {
  struct Pronoun {
    std::string_view word;
    std::string_view own;
  };
  static constexpr std::array<Pronoun, 16> k_pronouns = {{{"i", "my"},
                                                          {"it", "its"},
                                                          {"he", "his"},
                                                          {"she", "her"},
                                                          {"we", "our"},
                                                          {"you", "your"},
                                                          {"they", "their"},
                                                          {"who", "whose"},
                                                          {"my", "my"},
                                                          {"its", "its"},
                                                          {"his", "his"},
                                                          {"her", "her"},
                                                          {"our", "our"},
                                                          {"your", "your"},
                                                          {"their", "their"},
                                                          {"whose", "whose"}}};
  std::string name = call.subject_text();
  if (trim_blanks(name).empty()) return std::string{};
  const std::string lower = to_lower(name);
  for (const Pronoun& pronoun : k_pronouns)
    if (lower == pronoun.word)
      return name != lower && name != "I" ? with_upper_first(pronoun.own)
                                          : std::string(pronoun.own);
  const bool bare = lower.ends_with('s') && call.flag(0, is_plural_phrase(lower));
  return name + (bare ? "’" : "’s");
}

/// Whether letters are read one by one, "MBA" and "NYSE" but not "NATO".
bool is_spelled_out(std::string_view word) {
  static constexpr std::string_view k_vowels = "AEIOU";
  if (word.size() < 2 || word.size() > 5 || k_vowels.find(word[0]) != std::string_view::npos ||
      k_vowels.find(word[1]) != std::string_view::npos)
    return false;
  // Two consonants that a word may begin with, and enough behind them to be one: "SPAC".
  static constexpr std::array<std::string_view, 14> k_pairs = {
      "SC", "SH", "SK", "SL", "SM", "SN", "SP", "SQ", "ST", "SW", "FL", "FR", "RH", "CH"};
  return word.size() < 4 || !is_one_of(word.substr(0, 2), k_pairs) ||
         k_vowels.find(word[2]) == std::string_view::npos;
}

/// Whether a text is spoken with a vowel first, so that "an" stands before it.
bool sounds_like_vowel(std::string_view text) {
  // Beginnings that look otherwise than they sound.
  static constexpr std::array<std::string_view, 14> k_consonants = {
      "uni", "unanim", "use", "usu", "utah", "uti", "ura",
      "uru", "uga",    "ubi", "ukr", "eu",   "ewe", "once"};
  static constexpr std::array<std::string_view, 4> k_prefix_un = {"unin", "unim", "unid", "uniss"};
  static constexpr std::array<std::string_view, 5> k_silent_h = {"hour", "honest", "honor", "heir",
                                                                 "honour"};
  static constexpr std::array<std::string_view, 8> k_words = {"one", "ones", "us",  "usa",
                                                              "uk",  "un",   "ucc", "ucits"};
  // Read letter by letter, though they could be words.
  static constexpr std::array<std::string_view, 11> k_spelled = {
      "SEC", "FDIC", "FHA", "FHFA", "FNMA", "NAIC", "SBA", "MOU", "EU", "HOA", "NOL"};
  while (!text.empty() && std::string_view("([\"'$").find(text[0]) != std::string_view::npos)
    text.remove_prefix(1);
  for (const std::string_view mark : {"“", "‘", "€", "£", "¥"})
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
  if (text.empty()) return false;
  const char first = text[0];
  if (first >= '0' && first <= '9') {
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789,"));
    const std::string_view group = digits.substr(0, digits.find(','));
    return first == '8' || group == "11" || group == "18";
  }
  const std::string_view word = text.substr(0, text.find_first_of(" -,/)"));
  const std::string lower = to_lower(word);
  // "LLCs" are several, read as one is.
  const std::string_view capitals =
      word.size() > 2 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
  const bool spoken = lower.find_first_of("aeiouy") != std::string::npos;
  const bool initials =
      capitals == to_upper(capitals) &&
      (capitals.size() == 1 || !spoken || capitals.find('.') != std::string_view::npos ||
       is_spelled_out(capitals) || is_one_of(capitals, k_spelled));
  if (initials) return std::string_view("AEFHILMNORSX").find(capitals[0]) != std::string_view::npos;
  const auto begins = [&](std::string_view s) { return std::string_view(lower).starts_with(s); };
  if (is_one_of(lower, k_words)) return false;
  if (std::any_of(k_silent_h.begin(), k_silent_h.end(), begins)) return true;
  if (std::any_of(k_prefix_un.begin(), k_prefix_un.end(), begins)) return true;
  if (std::any_of(k_consonants.begin(), k_consonants.end(), begins)) return false;
  return std::string_view("aeiou").find(lower[0]) != std::string_view::npos;
}

Value a_an(FilterCall& call) {
  const std::string text = call.subject_text();
  if (trim_blanks(text).empty()) return std::string{};
  return (sounds_like_vowel(text) ? "an " : "a ") + text;
}

/// ", respectively" where each of the lists distinguishes: all of one length, longer than one, none
/// the same throughout.
Value respectively(FilterCall& call) {
  std::vector<std::vector<std::string>> lists;
  std::vector<std::string> names;
  std::vector<const Value*> given;
  for (std::size_t i = 0; i + 1 < k_max_parameters && call.argument(i) != nullptr; ++i)
    given.push_back(call.argument(i));
  const bool by_attribute = !given.empty() && given.front()->kind() == ValueKind::string;
  const std::string name = subject_name(call);
  if (!by_attribute) {
    lists.push_back(item_texts(call, call.subject_list(), nullptr, name));
    names.push_back(name);
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Value& value = *given[i];
    if (value.kind() == ValueKind::string) {
      lists.push_back(item_texts(call, call.subject_list(), &value, name));
      names.push_back(name + "." + value.as_string());
    } else if (value.kind() == ValueKind::list) {
      const std::string list_name = canonical_text(call.node().child(i + 1));
      lists.push_back(item_texts(call, value.as_list(), nullptr, list_name));
      names.push_back(list_name);
    } else {
      call.fail_argument(i, "a list, or the name of an attribute");
    }
  }
  std::string lengths;
  for (std::size_t i = 0; i < lists.size(); ++i)
    lengths += (i > 0 ? ", " : "") + names[i] + " has " + std::to_string(lists[i].size());
  for (const auto& list : lists)
    if (list.size() != lists.front().size()) fail(Code::lists_not_parallel, {lengths});
  for (const auto& list : lists) {
    const bool all_equal = std::all_of(list.begin(), list.end(),
                                       [&](const std::string& text) { return text == list[0]; });
    if (list.size() < 2 || all_equal) return std::string{};
  }
  const auto& collapsed = call.context().state().collapsed;
  for (std::size_t i = 0; i < lists.size(); ++i)
    if (std::find(collapsed.begin(), collapsed.end(), lists[i]) != collapsed.end())
      fail(Code::lists_not_parallel, {lengths + ", and collapse=true prints fewer of " + names[i]});
  return ", respectively" + call.text(k_max_parameters - 1, "");
}

constexpr FilterSpec k_filters[] = {
    {.name = "date",
     .function = date,
     .parameters = {"pattern"},
     .check = check_date,
     .usage = "letter.date | date(\"MMMM d, yyyy\")"},
    {.name = "and_list",
     .function = and_list,
     .parameters = {"attribute", "separator", "last", "two", "serial", "semicolons", "collapse"},
     .never_empty = true,
     .usage = "parties | and_list(attribute=\"name\")"},
    {.name = "or_list",
     .function = or_list,
     .parameters = {"attribute", "separator", "last", "two", "serial", "semicolons", "collapse"},
     .never_empty = true,
     .usage = "parties | or_list(attribute=\"name\")"},
    {.name = "punctuate",
     .function = punctuate,
     .parameters = {"between", "before_last", "last", "two"},
     .takes_loop = true,
     .usage = "loop | punctuate(\";\", \"; and\", \".\")"},
    {.name = "stop", .function = stop, .usage = "name | stop"},
    {.name = "upper_first", .function = upper_first, .usage = "name | upper_first"},
    {.name = "nbsp", .function = nbsp, .usage = "name | nbsp"},
    {.name = "possessive",
     .function = possessive,
     .parameters = {"bare_s"},
     .never_empty = true,
     .usage = "name | possessive"},
    {.name = "a_an", .function = a_an, .never_empty = true, .usage = "description | a_an"},
    {.name = "respectively",
     .function = respectively,
     .parameters = {"list", "list2", "list3", "list4", "list5", "list6", "list7", "end"},
     .required = 1,
     .usage = "names | respectively(states)"},
};

} // namespace

std::span<const FilterSpec> legal_filters() { return k_filters; }

} // namespace engross::templating
