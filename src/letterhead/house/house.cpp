// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/house.hpp"

#include "letterhead/house/house_schema.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <charconv>

namespace engross::letterhead {

using deal::Value;

namespace {

struct RuleText {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<RuleText, k_rules> k_texts = {{
    {"page", "Paper and margins"},
    {"page_styles", "Page styles"},
    {"headers", "Headers and footers"},
    {"header_agreement", "Header and address block"},
    {"style_definitions", "Style definitions"},
    {"styles", "Styles in use"},
    {"fonts", "Fonts"},
    {"font_sizes", "Font sizes"},
    {"direct_formatting", "Formatting by hand"},
    {"numbering", "Numbering"},
    {"page_breaks", "Page breaks"},
    {"empty_paragraphs", "Empty paragraphs"},
    {"spaces", "Spaces and tabs"},
    {"widows", "Single lines"},
    {"signature", "Signature block"},
    {"language", "Language"},
    {"non_breaking", "Non-breaking spaces"},
    {"brackets", "Blanks"},
    {"tags", "Tags"},
    {"live_dates", "Dates that change"},
    {"highlight", "Highlighting"},
    {"comments", "Comments"},
    {"tracked_changes", "Tracked changes"},
    {"hidden_text", "Hidden text"},
    {"links", "Links"},
    {"macros", "Macros"},
    {"metadata", "Metadata"},
    {"laid_out", "Pages as laid out"},
}};

constexpr std::string_view k_lengths = "a length such as \"0.5in\", \"12pt\" or \"2.5cm\"";

std::string shown(const Value& value) {
  if (value.kind() == Value::Kind::string) return value.as_string();
  if (value.kind() == Value::Kind::number) return value.as_number().text;
  return std::string(deal::kind_name(value.kind()));
}

class HouseReader {
 public:
  HouseReader(const Value& root, std::string file) : m_root(root), m_file(std::move(file)) {}

  House read() {
    text(m_root, "name", m_house.name);
    text(m_root, "letterhead", m_house.letterhead);
    texts(m_root, "templates", m_house.templates);
    if (const Value* block = m_root.member("address_block")) {
      text(*block, "addressee", m_house.addressee_style);
      text(*block, "date", m_house.date_style);
    }
    const Value* rules = m_root.member("rules");
    if (rules == nullptr || rules->kind() != Value::Kind::object) return std::move(m_house);
    for (std::size_t i = 0; i < k_rules; ++i)
      if (const Value* rule = rules->member(k_texts[i].name)) setting(*rule, i);
    parameters(*rules);
    return std::move(m_house);
  }

  Findings findings;

 private:
  void setting(const Value& rule, std::size_t i) {
    RuleSetting& out = m_house.settings[i];
    if (const Value* off = rule.member("off")) {
      out.is_on = false;
      if (off->kind() == Value::Kind::string) out.reason = off->as_string();
      if (out.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        wrong(Code::house_reason_missing, *off, "rules." + std::string(k_texts[i].name),
              {k_texts[i].name});
    }
    std::string word;
    text(rule, "severity", word);
    if (word == "error") out.severity = Severity::error;
    if (word == "warning") out.severity = Severity::warning;
    if (word == "info") out.severity = Severity::info;
    word.clear();
    text(rule, "only", word);
    if (word == "letters") out.scope = Scope::letters;
    if (word == "templates") out.scope = Scope::templates;
  }

  void parameters(const Value& rules) {
    const auto rule = [&](Rule r) -> const Value* { return rules.member(rule_name(r)); };
    if (const Value* r = rule(Rule::fonts)) texts(*r, "allow", m_house.fonts);
    if (const Value* r = rule(Rule::font_sizes)) sizes(*r);
    if (const Value* r = rule(Rule::page)) page(*r);
    if (const Value* r = rule(Rule::styles)) {
      texts(*r, "required", m_house.required_styles);
      texts(*r, "forbidden", m_house.forbidden_styles);
      if (const Value* only = r->member("only_letterhead"))
        m_house.only_letterhead_styles = only->kind() == Value::Kind::boolean && only->as_bool();
      if (const Value* map = r->member("replace"); map != nullptr && is_object(*map))
        for (const auto& [from, to] : map->as_object())
          if (to.kind() == Value::Kind::string) {
            m_house.replaced_styles[from] = to.as_string();
            m_house.forbidden_styles.push_back(from);
            // Else each repair would change the text again.
            if (map->member(to.as_string()) != nullptr)
              wrong(Code::house_value_wrong, to, "rules.styles.replace." + from,
                    {to.as_string(), "a style that is not replaced itself"});
          }
    }
    if (const Value* r = rule(Rule::headers)) headers(*r);
    if (const Value* r = rule(Rule::direct_formatting)) {
      by_hand(*r);
      if (const Value* most = r->member("most_percent");
          most != nullptr && most->kind() == Value::Kind::number)
        m_house.most_by_hand = number(most->as_number().text);
    }
    if (const Value* r = rule(Rule::brackets)) texts(*r, "allow", m_house.allowed_brackets);
    if (const Value* r = rule(Rule::empty_paragraphs)) texts(*r, "allow", m_house.allowed_empty);
    if (const Value* r = rule(Rule::language)) texts(*r, "allow", m_house.languages);
    if (const Value* r = rule(Rule::signature)) {
      texts(*r, "styles", m_house.signature_styles);
      texts(*r, "closings", m_house.closings);
    }
    if (const Value* r = rule(Rule::non_breaking)) {
      texts(*r, "before_number", m_house.before_number);
      texts(*r, "titles", m_house.titles);
      if (const Value* dates = r->member("dates"))
        m_house.keep_dates = dates->kind() != Value::Kind::boolean || dates->as_bool();
    }
  }

  /// What the house takes off is not allowed unless it says so, and that would be a contradiction.
  void by_hand(const Value& rule) {
    std::vector<std::string>& allowed = m_house.allowed_by_hand;
    texts(rule, "allow", allowed);
    const Value* remove = rule.member("remove");
    if (remove == nullptr) return;
    texts(rule, "remove", m_house.removed_by_hand);
    for (const std::string& name : m_house.removed_by_hand)
      if (std::erase(allowed, name) > 0 && rule.member("allow") != nullptr)
        wrong(Code::house_value_wrong, *remove, "rules.direct_formatting.remove",
              {name, "under “allow” or under “remove”, not both"});
  }

  void sizes(const Value& rule) {
    std::vector<std::string> list;
    texts(rule, "allow", list);
    const Value* where = rule.member("allow");
    for (const std::string& one : list)
      if (const auto size = length(one, *where, "rules.font_sizes.allow"))
        m_house.font_sizes.push_back(*size);
  }

  void page(const Value& rule) {
    texts(rule, "allow", m_house.own_pages);
    if (const Value* papers = rule.member("paper");
        papers != nullptr && papers->kind() == Value::Kind::list)
      for (const Value& one : papers->as_list()) paper(one);
    if (const Value* margins = rule.member("margins"); margins != nullptr && is_object(*margins))
      for (const auto& [side, value] : margins->as_object())
        if (const auto size = length(shown(value), value, "rules.page.margins." + side))
          m_house.margins[side] = *size;
  }

  void paper(const Value& value) {
    const std::string name = shown(value);
    if (name == "Letter") return m_house.papers.push_back({612, 792});
    if (name == "Legal") return m_house.papers.push_back({612, 1008});
    if (name == "A4") return m_house.papers.push_back({210 * 72 / 25.4, 297 * 72 / 25.4});
    const std::size_t x = name.find(" x ");
    const auto width = points_of(std::string_view(name).substr(0, x));
    const auto height =
        x == std::string::npos ? width : points_of(std::string_view(name).substr(x + 3));
    if (x == std::string::npos || !width || !height)
      return wrong(Code::house_value_wrong, value, "rules.page.paper",
                   {name, "\"Letter\", \"Legal\", \"A4\" or two lengths such as \"8.5in x 13in\""});
    m_house.papers.push_back({*width, *height});
  }

  void headers(const Value& rule) {
    for (const char* role : {"first", "continuation", "left"}) {
      const Value* page = rule.member(role);
      if (page == nullptr) continue;
      for (const char* part : {"header", "footer"}) {
        if (page->member(part) == nullptr) continue;
        Lines lines;
        texts(*page, part, lines);
        m_house.page_lines[std::string(role) + " " + part] = std::move(lines);
      }
    }
  }

  static bool is_object(const Value& value) { return value.kind() == Value::Kind::object; }

  static double number(const std::string& text) {
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }

  std::optional<double> length(const std::string& text, const Value& where,
                               const std::string& path) {
    const std::optional<double> out = points_of(text);
    if (!out) wrong(Code::house_value_wrong, where, path, {text, k_lengths});
    return out;
  }

  static void text(const Value& from, const char* key, std::string& out) {
    const Value* value = from.member(key);
    if (value != nullptr && value->kind() == Value::Kind::string) out = value->as_string();
  }

  static void texts(const Value& from, const char* key, std::vector<std::string>& out) {
    const Value* value = from.member(key);
    if (value == nullptr || value->kind() != Value::Kind::list) return;
    out.clear();
    for (const Value& one : value->as_list())
      if (one.kind() == Value::Kind::string) out.push_back(one.as_string());
  }

  void wrong(Code code, const Value& value, const std::string& path,
             std::initializer_list<std::string_view> args) {
    Place place;
    place.file = m_file;
    place.line = static_cast<int>(value.origin.line);
    place.data_path = path;
    findings.push_back(make_finding(code, place, args));
  }

  const Value& m_root;
  std::string m_file;
  House m_house;
};

} // namespace

std::string_view rule_name(Rule rule) { return k_texts[static_cast<std::size_t>(rule)].name; }
std::string_view rule_title(Rule rule) { return k_texts[static_cast<std::size_t>(rule)].title; }

House::House()
    : allowed_by_hand({"font-style", "font-weight", "text-underline-style", "text-position"}),
      removed_by_hand({"font-family", "font-size", "line-height", "margin-top", "margin-bottom",
                       "letter-spacing"}),
      before_number({"§", "§§", "No.", "Nos."}), titles({"Mr.", "Ms.", "Mrs.", "Dr."}),
      closings({"Very truly yours", "Yours very truly", "Yours truly", "Yours faithfully",
                "Yours sincerely", "Sincerely", "Sincerely yours", "Respectfully submitted"}) {}

std::string_view house_schema() { return k_house_schema; }

Result<House> read_house(const deal::Source& source) {
  Result<deal::Deal> json = deal::read({&source, 1});
  if (!json) return {std::move(json.findings)};
  Findings findings = std::move(json.findings);
  const deal::Source schema_source{"house.schema.json", std::string(k_house_schema),
                                   deal::Format::json};
  Result<deal::Schema> schema = deal::Schema::compile(schema_source);
  append(findings, std::move(schema.findings));
  if (schema) append(findings, schema->apply(*json));
  HouseReader reader(json->root, source.name);
  Result<House> out(reader.read());
  out.findings = std::move(findings);
  append(out.findings, std::move(reader.findings));
  return out;
}

bool matches_glob(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == text[t] && pattern[p] != '*'))) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

} // namespace engross::letterhead
