// SPDX-License-Identifier: MPL-2.0
#include "opinion/book.hpp"

#include "deal/deal.hpp"
#include "opinion/book_entries.hpp"
#include "opinion/book_file.hpp"
#include "opinion/book_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace engross::opinion {

class BookLoader {
 public:
  explicit BookLoader(const std::vector<Book::Source>& sources) : m_sources(sources) {}

  Result<Book> load() {
    bool whole = true;
    for (std::size_t i = 0; i < m_sources.size(); ++i) whole = read_source(i) && whole;
    Result<Book> out;
    if (whole) {
      merge();
      read_files();
      finish();
      check_rules(m_book.m_opinions, m_findings);
      check_questions();
      check_numbers();
      out.value = std::move(m_book);
    }
    out.findings = std::move(m_findings);
    return out;
  }

 private:
  bool read_source(std::size_t i) {
    const Book::Source& source = m_sources[i];
    Result<std::string> bytes = source.read_file(source.name);
    append(m_findings, std::move(bytes.findings));
    if (!bytes) return false;
    const deal::Source text{source.name, std::move(*bytes), deal::Format::json};
    Result<deal::Deal> json = deal::read({&text, 1});
    const bool readable = json && !has_errors(json.findings);
    append(m_findings, std::move(json.findings));
    if (!readable) return false;
    m_books.push_back(read_entries(json->root, source.name, i, m_findings));
    return true;
  }

  // --- Merging ---------------------------------------------------------------------------------

  Entry* entry(const std::string& id) {
    const auto found = m_at.find(id);
    return found == m_at.end() ? nullptr : &m_entries[found->second];
  }

  void say(Code code, const Entry& entry, const std::vector<std::string>& arguments) {
    m_findings.push_back(make_finding(code, entry.opinion.place, arguments));
  }

  void merge() {
    for (BookEntries& book : m_books) {
      std::vector<Entry> added;
      m_same_book.clear();
      for (const Entry& one : book.entries) m_same_book.insert(one.opinion.id);
      for (auto& [law, wordings] : book.laws) m_book.m_laws[law] = wordings;
      for (Entry& one : book.entries) {
        m_listed[{one.source, one.opinion.section}].push_back(one.opinion.id);
        if (one.opinion.overrides.empty())
          add(std::move(one), added);
        else
          replace(std::move(one));
      }
      for (Entry& one : added) {
        m_at[one.opinion.id] = m_entries.size();
        m_entries.push_back(std::move(one));
      }
    }
    for (Entry& one : m_entries) {
      rename(one.opinion.needs);
      rename(one.opinion.excludes);
      rename(one.alternatives);
    }
    join_alternatives();
    check_names();
    for (Entry& one : m_entries) {
      m_source_of[one.opinion.id] = one.source;
      m_book.m_opinions.push_back(std::move(one.opinion));
    }
  }

  void add(Entry one, std::vector<Entry>& added) {
    if (const Entry* other = entry(one.opinion.id))
      return say(Code::opinion_in_two_books, one, {one.opinion.id, other->opinion.place.file});
    added.push_back(std::move(one));
  }

  void replace(Entry one) {
    const std::string id = one.opinion.id;
    const std::string old_id = one.opinion.overrides;
    const auto again = m_renamed.find(old_id);
    Entry* old = entry(again == m_renamed.end() ? old_id : again->second);
    if (old == nullptr) {
      std::vector<std::string> ids;
      for (const Entry& e : m_entries) ids.push_back(e.opinion.id);
      std::string hint = "Check the id.";
      if (const auto close = closest_name(old_id, ids)) hint = "Did you mean “" + *close + "”?";
      if (m_same_book.contains(old_id))
        hint = "“" + old_id +
               "” is in the same book; the book of an office overrides that of the "
               "firm, the user’s both.";
      return say(Code::override_unknown, one, {id, old_id, hint});
    }
    const auto back = m_renamed.find(id);
    if (id != old->opinion.id && back != m_renamed.end() && back->second == old->opinion.id)
      return say(Code::override_circle, one, {id, old->opinion.id});
    const Entry* namesake = entry(id);
    if (namesake != nullptr && namesake != old)
      return say(Code::opinion_in_two_books, one, {id, namesake->opinion.place.file});
    if (!old->opinion.overrides.empty())
      say(Code::override_chain, one, {id, old->opinion.id, old->opinion.overrides});
    for (auto& [from, to] : m_renamed)
      if (to == old->opinion.id) to = id;
    if (id != old->opinion.id) {
      m_renamed[old->opinion.id] = id;
      m_at[id] = m_at[old->opinion.id];
      m_at.erase(old->opinion.id);
    }
    inherit(one, *old);
    *old = std::move(one);
  }

  /// New words for the same opinion: it comes where the old one came, beside the same paragraphs
  /// and on the same ground. Else whoever copies no rule would lose the opinion from every letter.
  static void inherit(Entry& one, const Entry& old) {
    Opinion& o = one.opinion;
    if (o.group.empty()) o.group = old.opinion.group;
    if (!one.has_order) o.order = old.opinion.order;
    if (!one.has_when) {
      o.when_text = old.opinion.when_text;
      o.when = old.opinion.when;
    }
    if (!one.has_needs) o.needs = old.opinion.needs;
    if (!one.has_covers) o.covers = old.opinion.covers;
    if (!one.has_backup) o.backup = old.opinion.backup;
    if (!one.has_excludes) o.excludes = old.opinion.excludes;
    if (!one.has_alternatives) {
      o.alternatives = old.opinion.alternatives;
      one.alternatives = old.alternatives;
    }
  }

  void rename(std::vector<std::string>& ids) const {
    for (std::string& id : ids)
      if (const auto found = m_renamed.find(id); found != m_renamed.end()) id = found->second;
  }

  /// Lists that share a member are one set; it is named by the first member in the book.
  void join_alternatives() {
    for (const Entry& one : m_entries) {
      if (one.alternatives.empty()) continue;
      std::vector<Entry*> members{entry(one.opinion.id)};
      for (const std::string& id : one.alternatives)
        if (Entry* other = entry(id)) members.push_back(other);
      std::set<std::string> names;
      for (const Entry* member : members)
        if (!member->opinion.alternatives.empty()) names.insert(member->opinion.alternatives);
      const std::string name = names.empty() ? one.opinion.id : *names.begin();
      for (Entry* member : members) member->opinion.alternatives = name;
      if (names.size() < 2) continue;
      for (Entry& other : m_entries)
        if (names.contains(other.opinion.alternatives)) other.opinion.alternatives = name;
    }
  }

  void check_names() {
    std::vector<std::string> ids;
    for (const Entry& one : m_entries) ids.push_back(one.opinion.id);
    const std::set<std::string> known(ids.begin(), ids.end());
    for (const Entry& one : m_entries)
      for (const auto* names : {&one.opinion.needs, &one.opinion.excludes, &one.alternatives})
        for (const std::string& name : *names) {
          if (known.contains(name)) continue;
          const auto close = closest_name(name, ids);
          say(Code::opinion_unknown, one,
              {name, close ? "Did you mean “" + *close + "”?"
                           : "Correct the entry “" + one.opinion.id + "” of the book."});
        }
  }

  // --- Sections --------------------------------------------------------------------------------

  void read_files() {
    BookParts parts;
    std::map<std::string, Opinion*> by_id;
    for (Opinion& o : m_book.m_opinions) by_id[o.id] = &o;
    std::map<std::pair<std::size_t, std::string>, std::string> found;
    std::size_t number = 0;
    for (std::size_t i = 0; i < m_books.size(); ++i)
      for (const std::string& listed : m_books[i].files) {
        Result<std::string> bytes = m_sources[i].read_file(listed);
        append(m_findings, std::move(bytes.findings));
        if (!bytes) continue;
        // As it can be opened: what book.json lists lies beside it.
        const std::string name = (std::filesystem::path(m_sources[i].name).parent_path() / listed)
                                     .lexically_normal()
                                     .string();
        Result<odf::Document> document = odf::Document::open(name, std::move(*bytes));
        append(m_findings, std::move(document.findings));
        if (!document) continue;
        BookFile file(std::move(*document), ++number, parts);
        for (const auto& [section, node] : file.sections()) {
          const auto first = found.emplace(std::pair(i, section), name);
          if (first.second)
            compile(i, section, node, file, name, by_id);
          else
            in_file(Code::section_twice, name, {section, first.first->second, name});
        }
        append(m_findings, file.take_findings());
      }
    for (const Opinion& o : m_book.m_opinions)
      if (!found.contains({m_source_of[o.id], o.section}))
        m_findings.push_back(
            make_finding(Code::opinion_without_section, o.place, {o.id, o.section}));
    m_book.m_styles = std::move(parts.styles);
    m_book.m_style_uses = std::move(parts.uses);
    m_book.m_pictures = std::move(parts.pictures);
    m_book.m_prefixes = std::move(parts.prefixes);
    m_book.m_own_styles = std::move(parts.own_styles);
    m_book.m_list_uses = std::move(parts.list_uses);
  }

  void compile(std::size_t source, const std::string& section, pugi::xml_node node, BookFile& file,
               const std::string& name, const std::map<std::string, Opinion*>& by_id) {
    const auto listed = m_listed.find({source, section});
    if (listed == m_listed.end()) return in_file(Code::section_not_listed, name, {section});
    const std::vector<std::string>& ids = listed->second;
    const auto opinion = by_id.find(ids.front());
    if (ids.size() > 1)
      m_findings.push_back(make_finding(Code::section_shared,
                                        opinion == by_id.end() ? Place{} : opinion->second->place,
                                        {ids[0], ids[1], section}));
    // Of a paragraph that a later book overrides, only the section is left.
    if (opinion == by_id.end() || m_source_of[ids.front()] != source) return;
    file.compile(node, *opinion->second);
  }

  void in_file(Code code, const std::string& file, const std::vector<std::string>& arguments) {
    Place place;
    place.file = file;
    m_findings.push_back(make_finding(code, place, arguments));
  }

  void finish() {
    std::vector<Opinion>& opinions = m_book.m_opinions;
    std::map<std::string, std::size_t> groups;
    for (const Opinion& o : opinions) groups.emplace(o.group, groups.size());
    std::stable_sort(opinions.begin(), opinions.end(), [&](const Opinion& a, const Opinion& b) {
      return std::pair(groups[a.group], a.order) < std::pair(groups[b.group], b.order);
    });
    for (std::size_t i = 0; i < opinions.size(); ++i) m_book.m_by_id[opinions[i].id] = i;
    for (const auto& [old_id, id] : m_renamed) m_book.m_by_id[old_id] = m_book.m_by_id[id];
  }

  /// A book may hold groups without numbers; one paragraph without among others is a slip.
  void check_numbers() {
    std::set<std::string> numbered; // groups
    for (const Opinion& o : m_book.m_opinions)
      if (!o.levels.empty()) numbered.insert(o.group);
    for (const Opinion& o : m_book.m_opinions) {
      if (!o.levels.empty() || o.program.code.empty()) continue;
      const bool typed = !o.typed_number.empty();
      if (!typed && !numbered.contains(o.group)) continue;
      const std::string item = "make its first paragraph an item of a numbered list in Writer.";
      m_findings.push_back(make_finding(
          Code::opinion_without_number, o.place,
          {o.section, typed ? "“" + o.typed_number + "” is typed as text: delete it, and " + item
                            : "Where it is to have one, " + item}));
    }
  }

  void check_questions() {
    for (const Opinion& o : m_book.m_opinions)
      for (const auto& [id, place] : o.asks)
        if (m_book.find(id) == nullptr)
          m_findings.push_back(unknown_opinion(m_book, id, place, "Check the name."));
  }

  const std::vector<Book::Source>& m_sources;
  std::vector<BookEntries> m_books;
  std::vector<Entry> m_entries;
  std::map<std::string, std::size_t> m_at;      ///< of an id in m_entries
  std::set<std::string> m_same_book;            ///< ids of the book that is being merged
  std::map<std::string, std::string> m_renamed; ///< id that was overridden -> the one in its place
  std::map<std::pair<std::size_t, std::string>, std::vector<std::string>> m_listed;
  std::map<std::string, std::size_t> m_source_of;
  Book m_book;
  Findings m_findings;
};

Result<Book> Book::load(const std::string& name, const FileReader& read_file) {
  return load({Source{name, read_file}});
}

Result<Book> Book::load(const std::vector<Source>& sources) { return BookLoader(sources).load(); }

Finding unknown_opinion(const Book& book, const std::string& id, const Place& place,
                        const std::string& otherwise) {
  const auto close = closest_name(id, book.ids());
  return make_finding(Code::opinion_unknown, place,
                      {id, close ? "Did you mean “" + *close + "”?" : otherwise});
}

std::string shown_style(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool blank = name.substr(at, 4) == "_20_";
    out += blank ? ' ' : name[at];
    if (blank) at += 3;
  }
  return out;
}

const Opinion* Book::find(std::string_view id) const {
  const auto found = m_by_id.find(id);
  return found == m_by_id.end() ? nullptr : &m_opinions[found->second];
}

bool Book::has_group(std::string_view group) const {
  return std::any_of(m_opinions.begin(), m_opinions.end(),
                     [&](const Opinion& o) { return o.group == group; });
}

std::vector<std::string> Book::ids() const {
  std::vector<std::string> out;
  for (const Opinion& o : m_opinions) out.push_back(o.id);
  return out;
}

std::vector<std::string> Book::groups() const {
  std::vector<std::string> out;
  for (const Opinion& o : m_opinions)
    if (std::find(out.begin(), out.end(), o.group) == out.end()) out.push_back(o.group);
  return out;
}

const std::vector<std::string>* Book::wordings(std::string_view law) const {
  const auto found = m_laws.find(law);
  return found == m_laws.end() ? nullptr : &found->second;
}

} // namespace engross::opinion
