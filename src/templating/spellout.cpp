// SPDX-License-Identifier: MPL-2.0
#include "templating/spellout.hpp"

#include "templating/decimal.hpp"
#include "templating/locale/locale.hpp"
#include "templating/number_format.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace engross::templating {

namespace {

constexpr std::string_view k_left = "←";
constexpr std::string_view k_right = "→";
constexpr std::int64_t k_limit = 1000000000000000000;
constexpr int k_max_depth = 64;

/// Plural categories of the supported languages, as far as their spell-out rules ask for them.
std::string_view plural_category(std::string_view language, bool ordinal, std::int64_t n) {
  if (ordinal) {
    if (language == "en") {
      const std::int64_t tens = n % 100;
      if (n % 10 == 1 && tens != 11) return "one";
      if (n % 10 == 2 && tens != 12) return "two";
      if (n % 10 == 3 && tens != 13) return "few";
    }
    if (language == "fr" && n == 1) return "one";
    if (language == "it" && (n == 8 || n == 11 || n == 80 || n == 800)) return "many";
    return "other";
  }
  const bool zero_is_one = language == "fr" || language == "pt";
  return n == 1 || (zero_is_one && n == 0) ? "one" : "other";
}

class Speller {
 public:
  explicit Speller(std::string_view tag) : m_tag(tag), m_data(locale_data(tag)) {
    const auto add = [&](std::string_view wanted) {
      for (const SpelloutLocale& locale : spellout_locales())
        if (locale.tag == wanted) m_line.push_back(&locale);
    };
    if (tag != language_of(tag)) add(tag);
    add(language_of(tag));
    if (m_line.empty()) {
      m_tag = "en";
      add("en");
    }
    add("root");
  }

  const SpelloutRuleSet* find_set(std::string_view name) const {
    for (const SpelloutLocale* locale : m_line)
      for (const SpelloutRuleSet& set : locale->sets)
        if (set.name == name) return &set;
    return nullptr;
  }
  bool only_in_root(std::string_view name) const {
    for (const SpelloutRuleSet& set : m_line.back()->sets)
      if (find_set(name) == &set) return true;
    return false;
  }

  /// `fraction`: the digits behind the point.
  void spell(std::string& out, const SpelloutRuleSet& set, std::int64_t n,
             std::string_view fraction, int depth = 0) const {
    if (depth > k_max_depth) return;
    if (!fraction.empty()) {
      if (const SpelloutRule* rule = special(set, k_fraction_rule))
        return apply(out, set, *rule, n, fraction, depth);
    }
    if (const SpelloutRule* rule = rule_for(set, n)) apply(out, set, *rule, n, fraction, depth);
  }

  void spell_negative(std::string& out, const SpelloutRuleSet& set, std::int64_t n,
                      std::string_view fraction) const {
    if (const SpelloutRule* rule = special(set, k_negative_rule))
      apply(out, set, *rule, n, fraction, 0);
    else
      spell(out, set, n, fraction);
  }

 private:
  static const SpelloutRule* special(const SpelloutRuleSet& set, std::int64_t base) {
    for (const SpelloutRule& rule : set.rules)
      if (rule.base == base) return &rule;
    return nullptr;
  }

  static std::int64_t divisor_of(const SpelloutRule& rule) {
    std::int64_t divisor = 1;
    if (rule.base < 1 || rule.radix < 2) return 1;
    while (divisor <= rule.base / rule.radix) divisor *= rule.radix;
    return divisor;
  }

  static const SpelloutRule* rule_for(const SpelloutRuleSet& set, std::int64_t n) {
    const SpelloutRule* best = nullptr;
    const SpelloutRule* before = nullptr;
    for (const SpelloutRule& rule : set.rules) {
      if (rule.base < 0 || rule.base > n) continue;
      before = best;
      best = &rule;
    }
    if (best == nullptr || before == nullptr) return best;
    const std::int64_t divisor = divisor_of(*best);
    const bool roll_back = best->body.find(k_right) != std::string_view::npos && n % divisor == 0 &&
                           best->base % divisor != 0;
    return roll_back ? before : best;
  }

  void apply(std::string& out, const SpelloutRuleSet& set, const SpelloutRule& rule, std::int64_t n,
             std::string_view fraction, int depth) const {
    std::string_view body = rule.body;
    if (body.starts_with('\'')) body.remove_prefix(1);
    const std::int64_t divisor = divisor_of(rule);
    while (!body.empty()) {
      if (body[0] == '[' || body[0] == ']') {
        const bool omit = body[0] == '[' && rule.base >= 0 && n % divisor == 0;
        body.remove_prefix(omit ? std::min(body.find(']') + 1, body.size()) : 1);
        continue;
      }
      if (body.starts_with("$(")) {
        plural(out, body, n / divisor);
        continue;
      }
      std::string_view mark;
      for (const std::string_view m : {k_left, k_right, std::string_view("=")})
        if (body.starts_with(m)) mark = m;
      if (mark.empty()) {
        out += body[0];
        body.remove_prefix(1);
        continue;
      }
      const std::size_t end = body.find(mark, mark.size());
      if (end == std::string_view::npos) return;
      const std::string_view target = body.substr(mark.size(), end - mark.size());
      body.remove_prefix(end + mark.size());
      substitute(out, set, rule, mark, target, n, fraction, depth);
    }
  }

  void substitute(std::string& out, const SpelloutRuleSet& set, const SpelloutRule& rule,
                  std::string_view mark, std::string_view target, std::int64_t n,
                  std::string_view fraction, int depth) const {
    const SpelloutRuleSet* next = &set;
    if (target.starts_with('%')) {
      next = find_set(target.substr(target.find_first_not_of('%')));
      if (next == nullptr) return;
    }
    if (target.starts_with('#') || target.starts_with('0')) {
      Digits digits = digits_of(Number(n));
      digits.fraction = std::string(fraction);
      out += figures(digits, m_data);
      return;
    }
    if (rule.base == k_fraction_rule && mark == k_right) {
      for (std::size_t i = 0; i < fraction.size(); ++i) {
        if (i > 0) out += ' ';
        spell(out, *next, fraction[i] - '0', {}, depth + 1);
      }
      return;
    }
    if (rule.base == k_fraction_rule && mark == k_left) return spell(out, *next, n, {}, depth + 1);
    if (rule.base == k_negative_rule && mark == k_right)
      return spell(out, *next, n, fraction, depth + 1);
    const std::int64_t divisor = divisor_of(rule);
    const std::int64_t part = mark == k_left ? n / divisor : mark == k_right ? n % divisor : n;
    spell(out, *next, part, mark == "=" ? fraction : std::string_view{}, depth + 1);
  }

  /// $(cardinal,one{…}other{…})$
  void plural(std::string& out, std::string_view& body, std::int64_t n) const {
    const std::size_t end = std::min(body.find(")$"), body.size());
    std::string_view rest = body.substr(2, end - 2);
    body.remove_prefix(std::min(end + 2, body.size()));
    const bool ordinal = rest.starts_with("ordinal");
    rest.remove_prefix(std::min(rest.find(',') + 1, rest.size()));
    const std::string_view wanted = plural_category(language_of(m_tag), ordinal, n);
    std::string_view other;
    while (!rest.empty()) {
      const std::size_t open = rest.find('{');
      const std::size_t close = rest.find('}');
      if (open == std::string_view::npos || close == std::string_view::npos) break;
      const std::string_view category = rest.substr(0, open);
      const std::string_view text = rest.substr(open + 1, close - open - 1);
      if (category == wanted) {
        out += text;
        return;
      }
      if (category == "other") other = text;
      rest.remove_prefix(close + 1);
    }
    out += other;
  }

  std::string_view m_tag;
  const LocaleData& m_data;
  std::vector<const SpelloutLocale*> m_line;
};

struct Parts {
  bool negative = false;
  std::int64_t whole = 0;
  std::string_view fraction;
};

std::optional<Parts> parts_of(std::string_view digits) {
  Parts parts;
  parts.negative = digits.starts_with('-');
  if (parts.negative) digits.remove_prefix(1);
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), parts.whole);
  if (error != std::errc{} || end != whole.data() + whole.size() || parts.whole >= k_limit)
    return std::nullopt;
  if (point != std::string_view::npos) parts.fraction = digits.substr(point + 1);
  return parts;
}

std::optional<std::string> spelled(std::string_view digits, std::string_view locale,
                                   std::initializer_list<std::string> sets) {
  const std::optional<Parts> parts = parts_of(digits);
  if (!parts) return std::nullopt;
  const Speller speller(locale);
  for (const std::string& name : sets) {
    const SpelloutRuleSet* set = speller.find_set(name);
    if (set == nullptr || (speller.only_in_root(name) && name != "digits-ordinal")) continue;
    std::string out;
    if (parts->negative)
      speller.spell_negative(out, *set, parts->whole, parts->fraction);
    else
      speller.spell(out, *set, parts->whole, parts->fraction);
    return out;
  }
  return std::nullopt;
}

bool is_british(std::string_view locale) {
  return language_of(locale) == "en" && locale != "en" && locale != "en-US" && locale != "en_US" &&
         locale != "en-CA" && locale != "en_CA";
}

} // namespace

std::optional<std::string> spelled_number(std::string_view digits, std::string_view locale,
                                          std::string_view rules) {
  if (rules == "year") return spelled(digits, locale, {"spellout-numbering-year"});
  if (is_british(locale)) return spelled(digits, locale, {"spellout-cardinal-verbose"});
  if (rules == "plain" || rules.empty()) return spelled(digits, locale, {"spellout-numbering"});
  return spelled(digits, locale, {"spellout-cardinal-" + std::string(rules), "spellout-cardinal"});
}

std::optional<std::string> spelled_ordinal(std::string_view digits, std::string_view locale,
                                           std::string_view rules) {
  if (is_british(locale)) return spelled(digits, locale, {"spellout-ordinal-verbose"});
  if (!rules.empty())
    return spelled(digits, locale, {"spellout-ordinal-" + std::string(rules), "spellout-ordinal"});
  return spelled(digits, locale, {"spellout-ordinal-masculine", "spellout-ordinal"});
}

bool is_spellout_form(std::string_view name, bool ordinal) {
  if (!ordinal && (name == "year" || name == "plain")) return true;
  const std::string set =
      std::string(ordinal ? "spellout-ordinal-" : "spellout-cardinal-") + std::string(name);
  for (const std::string_view locale : {"en", "de", "fr", "es", "pt", "it"})
    if (Speller(locale).find_set(set) != nullptr) return true;
  return false;
}

std::optional<std::string> ordinal_digits(long long number, std::string_view locale) {
  return spelled(std::to_string(number), locale, {"digits-ordinal"});
}

} // namespace engross::templating
