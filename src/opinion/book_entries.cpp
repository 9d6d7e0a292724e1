// SPDX-License-Identifier: MPL-2.0
#include "opinion/book_entries.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <set>

namespace engross::opinion {

using deal::Value;

namespace {

int digits(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

/// ISO 8601, so that two dates compare as texts.
bool is_date(const std::string& text) {
  using namespace std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string_view view = text;
  return (year(digits(view.substr(0, 4))) / digits(view.substr(5, 2)) / digits(view.substr(8, 2)))
      .ok();
}

/// A person chooses paragraphs as in "+a,-b".
bool can_be_named(const std::string& id) {
  const auto is_blank = [](char c) { return c >= '\0' && c <= ' '; };
  return id.front() != '+' && id.front() != '-' && id.find(',') == std::string::npos &&
         !is_blank(id.front()) && !is_blank(id.back()) &&
         std::none_of(id.begin(), id.end(), [](char c) { return c >= '\0' && c < ' '; });
}

class Reader {
 public:
  Reader(std::string file, std::size_t source, Findings& findings)
      : m_file(std::move(file)), m_source(source), m_findings(findings) {}

  BookEntries read(const Value& root) {
    BookEntries out;
    known_keys(root, {}, "the book",
               {"$schema", "book", "version", "note", "files", "laws", "opinions"});
    text(root, "book", "the book");
    text(root, "version", "the book");
    out.files = texts(root, "files", "the book");
    laws(root, out);
    const Value* list = root.member("opinions");
    if (list == nullptr || list->kind() != Value::Kind::list) {
      wrong(list != nullptr ? *list : root, "opinions", "opinions", "the book",
            "a list of opinion paragraphs");
      return out;
    }
    std::set<std::string> known;
    for (std::size_t i = 0; i < list->as_list().size(); ++i) {
      const Value& value = list->as_list()[i];
      Entry one = entry(value, "opinions[" + std::to_string(i) + "]");
      if (one.opinion.id.empty()) continue;
      if (known.insert(one.opinion.id).second)
        out.entries.push_back(std::move(one));
      else
        m_findings.push_back(
            make_finding(Code::opinion_twice, one.opinion.place, {one.opinion.id}));
    }
    return out;
  }

 private:
  Place at(const Value& value, const std::string& path) const {
    Place place;
    place.file = m_file;
    place.line = static_cast<int>(value.origin.line);
    place.data_path = path;
    return place;
  }

  void wrong(const Value& value, const std::string& path, std::string_view key,
             std::string_view what, std::string_view wanted) {
    m_findings.push_back(make_finding(Code::book_key_wrong, at(value, path), {key, what, wanted}));
  }

  void known_keys(const Value& value, const std::string& path, const std::string& what,
                  std::initializer_list<const char*> keys) {
    if (value.kind() != Value::Kind::object) return;
    const std::vector<std::string> known(keys.begin(), keys.end());
    for (const auto& [name, member] : value.as_object()) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto close = closest_name(name, known);
      m_findings.push_back(
          make_finding(Code::book_key_unknown, at(member, path.empty() ? name : path + "." + name),
                       {name, what, close ? "Did you mean “" + *close + "”?" : "Delete it."}));
    }
  }

  std::string text(const Value& entry, const char* key, const std::string& what) {
    const Value* value = entry.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    if (value->kind() == Value::Kind::string) return value->as_string();
    if (value->kind() == Value::Kind::number) return value->as_number().text;
    wrong(*value, key, key, what, "text");
    return {};
  }

  std::string date(const Value& entry, const char* key, const std::string& what) {
    std::string out = text(entry, key, what);
    if (out.empty() || is_date(out)) return out;
    wrong(*entry.member(key), key, key, what, "a date such as 2027-03-31");
    return {};
  }

  std::vector<std::string> texts(const Value& entry, const char* key, const std::string& what) {
    const Value* value = entry.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    return as_texts(*value, key, what);
  }

  std::vector<std::string> as_texts(const Value& value, const std::string& key,
                                    const std::string& what) {
    std::vector<std::string> out;
    if (value.kind() == Value::Kind::string) return {value.as_string()};
    if (value.kind() == Value::Kind::list) {
      for (const Value& one : value.as_list())
        if (one.kind() == Value::Kind::string) out.push_back(one.as_string());
      if (out.size() == value.as_list().size()) return out;
    }
    wrong(value, key, key, what, "a list of texts");
    return out;
  }

  void laws(const Value& root, BookEntries& out) {
    const Value* value = root.member("laws");
    if (value == nullptr) return;
    if (value->kind() != Value::Kind::object)
      return wrong(*value, "laws", "laws", "the book", "a group of laws with their wordings");
    for (const auto& [law, wordings] : value->as_object())
      out.laws[law] = as_texts(wordings, law, "the book’s laws");
  }

  Entry entry(const Value& value, const std::string& path) {
    Entry out;
    Opinion& o = out.opinion;
    out.source = m_source;
    o.id = text(value, "id", path);
    o.place = at(value, path);
    if (o.id.empty()) {
      wrong(value, path, "id", path, "a name such as \"good-standing\"");
      return out;
    }
    if (!can_be_named(o.id))
      m_findings.push_back(make_finding(Code::opinion_id_unusable, o.place, {o.id}));
    const std::string what = "the opinion paragraph “" + o.id + "”";
    known_keys(value, path, what,
               {"id", "title", "group", "order", "when", "requires", "excludes", "alternatives",
                "covers", "backup", "version", "owner", "approved", "review_by", "note", "section",
                "overrides"});
    o.title = text(value, "title", what);
    o.overrides = text(value, "overrides", what);
    o.group = text(value, "group", what);
    if (o.group.empty() && o.overrides.empty())
      wrong(value, path, "group", what, "the name of a group");
    out.has_order = order(value, path, what, o);
    rule(value, path, what, o);
    o.needs = texts(value, "requires", what);
    o.excludes = texts(value, "excludes", what);
    if (std::find(o.excludes.begin(), o.excludes.end(), o.id) != o.excludes.end())
      wrong(*value.member("excludes"), path + ".excludes", "excludes", what,
            "a list of other paragraphs, not of itself");
    const Value* alternatives = value.member("alternatives");
    out.has_when = value.member("when") != nullptr;
    out.has_needs = value.member("requires") != nullptr;
    out.has_covers = value.member("covers") != nullptr;
    out.has_backup = value.member("backup") != nullptr;
    out.has_excludes = value.member("excludes") != nullptr;
    out.has_alternatives = alternatives != nullptr;
    if (alternatives != nullptr && alternatives->kind() == Value::Kind::list)
      out.alternatives = as_texts(*alternatives, "alternatives", what);
    else
      o.alternatives = text(value, "alternatives", what);
    o.covers = texts(value, "covers", what);
    o.backup = texts(value, "backup", what);
    o.version = text(value, "version", what);
    o.owner = text(value, "owner", what);
    approval(value, path, what, o);
    o.review_by = date(value, "review_by", what);
    o.note = text(value, "note", what);
    o.section = text(value, "section", what);
    if (o.section.empty()) o.section = o.id;
    return out;
  }

  bool order(const Value& value, const std::string& path, const std::string& what, Opinion& o) {
    const Value* order = value.member("order");
    if (order == nullptr) return false;
    if (order->kind() == Value::Kind::number && order->as_number().is_integer()) {
      const std::string& text = order->as_number().text;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), o.order);
      if (error == std::errc() && end == text.data() + text.size()) return true;
    }
    wrong(*order, path + ".order", "order", what, "a whole number");
    return false;
  }

  void rule(const Value& value, const std::string& path, const std::string& what, Opinion& o) {
    o.when_text = text(value, "when", what);
    if (o.when_text.empty()) return;
    auto parsed = templating::parse_expression(o.when_text);
    if (auto* error = std::get_if<templating::TagError>(&parsed)) {
      Place place = at(*value.member("when"), path + ".when");
      place.excerpt = o.when_text;
      place.caret = static_cast<int>(error->offset);
      m_findings.push_back(make_finding(error->code, place, error->arguments));
    } else {
      o.when = std::get<templating::Expression>(parsed);
    }
  }

  void approval(const Value& value, const std::string& path, const std::string& what, Opinion& o) {
    const Value* approved = value.member("approved");
    if (approved == nullptr || approved->kind() == Value::Kind::none) return;
    if (approved->kind() != Value::Kind::object)
      return wrong(*approved, path + ".approved", "approved", what, "{\"by\": …, \"on\": …}");
    known_keys(*approved, path + ".approved", what, {"by", "on"});
    o.approved_by = text(*approved, "by", what);
    o.approved_on = date(*approved, "on", what);
  }

  std::string m_file;
  std::size_t m_source;
  Findings& m_findings;
};

} // namespace

BookEntries read_entries(const Value& root, const std::string& file, std::size_t source,
                         Findings& findings) {
  return Reader(file, source, findings).read(root);
}

} // namespace engross::opinion
