// SPDX-License-Identifier: MPL-2.0
#include "opinion/book.hpp"

#include "deal/deal.hpp"
#include "odf/document.hpp"
#include "templating/compile.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <sstream>

namespace engross::opinion {

using deal::Value;
using pugi::xml_node;
using templating::Instruction;
using templating::ParagraphShape;

namespace {

bool named(xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

std::string xml_text(xml_node node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return out.str();
}

/// One ODF file of the book while its sections are compiled.
class BookFile {
 public:
  BookFile(odf::Document document, std::size_t number, std::vector<std::string>& styles,
           std::vector<StyleUse>& uses)
      : m_document(std::move(document)), m_prefix("EO" + std::to_string(number) + "_"),
        m_styles(styles), m_uses(uses) {
    m_marked = templating::mark_tags(m_document.content, m_document.package.name(), "content.xml");
    const xml_node content = m_document.content.child("office:document-content");
    for (xml_node style : content.child("office:automatic-styles").children("style:style"))
      m_automatic[style.attribute("style:name").value()] = style;
    for (xml_node style : m_document.styles.child("office:document-styles")
                              .child("office:styles")
                              .children("style:style"))
      if (const auto level = style.attribute("style:list-level"))
        m_levels[style.attribute("style:name").value()] = level.as_int();
    collect_sections(content.child("office:body"));
  }

  const std::map<std::string, xml_node>& sections() const { return m_sections; }
  Findings take_findings() { return std::move(m_marked.findings); }

  void compile(xml_node section, Opinion& opinion) {
    m_opinion = &opinion;
    m_seen_numbered = false;
    templating::Emitter emitter(m_marked);
    m_emitter = &emitter;
    flatten(section, 0);
    opinion.program = emitter.finish();
    for (const auto& placed : opinion.program.tags)
      if (placed.tag.kind == templating::Tag::Kind::label) {
        // A label's name is nearly always text as it stands: "name".
        const std::string name = placed.tag.expression.canonical();
        if (name.size() > 2) opinion.labels.push_back(name.substr(1, name.size() - 2));
      }
  }

 private:
  void collect_sections(xml_node node) {
    for (xml_node child : node) {
      if (named(child, "text:section"))
        m_sections[child.attribute("text:name").value()] = child;
      else
        collect_sections(child);
    }
  }

  /// \p level: nesting of lists around the children of `parent`.
  void flatten(xml_node parent, int level) {
    for (xml_node child : parent) {
      if (templating::is_tag(child))
        m_emitter->node(child);
      else if (named(child, "text:list"))
        list(child, level + 1);
      else if (named(child, "text:section"))
        flatten(child, level);
      else if (templating::is_paragraph(child))
        loose_paragraph(child);
      else if (child.type() == pugi::node_element)
        block(child);
    }
  }

  void list(xml_node node, int level) {
    for (xml_node item : node) {
      if (templating::is_tag(item)) {
        m_emitter->node(item);
        continue;
      }
      bool first = !named(item, "text:list-header");
      for (xml_node child : item) {
        if (templating::is_tag(child)) {
          m_emitter->node(child);
          continue;
        }
        if (child.type() != pugi::node_element) continue;
        if (templating::is_paragraph(child)) {
          paragraph(child, level, first ? ParagraphShape::numbered : ParagraphShape::continuation);
          m_seen_numbered = true;
        } else if (named(child, "text:list")) {
          list(child, level + 1);
        }
        first = false;
      }
    }
  }

  void loose_paragraph(xml_node node) {
    // Writer keeps empty paragraphs around lists in a section; they say nothing.
    if (!node.first_child()) return;
    const int level = style_level(node.attribute("text:style-name").value());
    if (level > 0) {
      m_seen_numbered = true;
      return paragraph(node, level, ParagraphShape::numbered);
    }
    if (m_seen_numbered) return paragraph(node, 1, ParagraphShape::continuation);
    block(node);
  }

  int style_level(const std::string& name) const {
    const auto automatic = m_automatic.find(name);
    const auto found =
        m_levels.find(automatic == m_automatic.end()
                          ? name
                          : automatic->second.attribute("style:parent-style-name").value());
    return found == m_levels.end() ? 0 : found->second;
  }

  void paragraph(xml_node node, int level, ParagraphShape shape) {
    map_styles(node);
    m_emitter->instruction(Instruction::Op::paragraph_begin, static_cast<std::uint32_t>(level),
                           static_cast<std::uint32_t>(shape));
    m_emitter->literal("<text:p text:style-name=\"");
    std::string style;
    odf::append_escaped(style, node.attribute("text:style-name").value());
    m_emitter->literal(style);
    m_emitter->literal("\">");
    m_emitter->instruction(Instruction::Op::paragraph_open);
    m_emitter->children(node);
    m_emitter->instruction(Instruction::Op::paragraph_end);
  }

  void block(xml_node node) {
    map_styles(node);
    m_emitter->instruction(Instruction::Op::paragraph_begin, 0,
                           static_cast<std::uint32_t>(ParagraphShape::block));
    m_emitter->instruction(Instruction::Op::paragraph_open);
    m_emitter->element(node);
    m_emitter->instruction(Instruction::Op::paragraph_end);
  }

  void map_styles(xml_node node) {
    if (node.type() != pugi::node_element || templating::is_tag(node)) return;
    node.remove_attribute("xml:id");
    for (const char* name : {"text:style-name", "table:style-name", "draw:style-name"})
      if (pugi::xml_attribute attribute = node.attribute(name)) map_style(node, attribute);
    for (xml_node child : node) map_styles(child);
  }

  void map_style(xml_node node, pugi::xml_attribute attribute) {
    const std::string name = attribute.value();
    const auto automatic = m_automatic.find(name);
    if (automatic == m_automatic.end()) {
      note_use(node, name);
      return;
    }
    const auto known = m_renamed.find(name);
    if (known == m_renamed.end()) rename(automatic->second, name);
    const Renamed& renamed = m_renamed[name];
    attribute.set_value(renamed.name.c_str());
    if (renamed.index)
      m_opinion->styles.insert(*renamed.index);
    else
      note_use(node, renamed.name);
  }

  void note_use(xml_node node, const std::string& name) {
    const bool paragraph = templating::is_paragraph(node);
    if (!paragraph && !named(node, "text:span")) return;
    m_uses.push_back({paragraph ? "paragraph" : "text", name, m_opinion->place});
  }

  /// A paragraph of the book brings its formatting, never a list, a page or a page break.
  void rename(xml_node style, const std::string& name) {
    pugi::xml_document copy;
    xml_node own = copy.append_copy(style);
    own.remove_attribute("style:list-style-name");
    own.remove_attribute("style:master-page-name");
    if (xml_node properties = own.child("style:paragraph-properties")) {
      properties.remove_attribute("fo:break-before");
      properties.remove_attribute("fo:break-after");
      properties.remove_attribute("style:page-number");
      if (!properties.first_attribute() && !properties.first_child()) own.remove_child(properties);
    }
    own.remove_attribute("officeooo:rsid");
    for (xml_node properties : own.children()) {
      properties.remove_attribute("officeooo:rsid");
      properties.remove_attribute("officeooo:paragraph-rsid");
    }
    for (xml_node child = own.first_child(); child;) {
      xml_node next = child.next_sibling();
      if (child.type() != pugi::node_element || (!child.first_attribute() && !child.first_child()))
        own.remove_child(child);
      child = next;
    }
    const std::string parent = own.attribute("style:parent-style-name").value();
    if (!own.first_child() && !parent.empty()) {
      m_renamed[name] = {parent, std::nullopt};
      return;
    }
    const std::string fresh = m_prefix + name;
    own.attribute("style:name").set_value(fresh.c_str());
    m_renamed[name] = {fresh, static_cast<std::uint32_t>(m_styles.size())};
    m_styles.push_back(xml_text(own));
  }

  struct Renamed {
    std::string name;
    std::optional<std::uint32_t> index; ///< none: the named parent stands for it
  };

  odf::Document m_document;
  std::string m_prefix;
  std::vector<std::string>& m_styles;
  std::vector<StyleUse>& m_uses;
  templating::MarkedPart m_marked;
  std::map<std::string, xml_node> m_automatic;
  std::map<std::string, int> m_levels;
  std::map<std::string, xml_node> m_sections;
  std::map<std::string, Renamed> m_renamed;
  templating::Emitter* m_emitter = nullptr;
  Opinion* m_opinion = nullptr;
  bool m_seen_numbered = false;
};

} // namespace

class BookLoader {
 public:
  BookLoader(std::string name, const Book::FileReader& read_file)
      : m_name(std::move(name)), m_read(read_file) {}

  Result<Book> load() {
    Result<Book> out;
    Result<std::string> bytes = m_read(m_name);
    if (!bytes) return {std::move(bytes.findings)};
    const deal::Source source{m_name, std::move(*bytes), deal::Format::json};
    Result<deal::Deal> json = deal::read({&source, 1});
    append(m_findings, std::move(json.findings));
    if (json && !has_errors(m_findings)) {
      read_entries(json->root);
      read_files(json->root);
      finish();
      out.value = std::move(m_book);
    }
    out.findings = std::move(m_findings);
    return out;
  }

 private:
  Place at(const Value& value, const std::string& path) const {
    Place place;
    place.file = m_name;
    place.line = static_cast<int>(value.origin.line);
    place.data_path = path;
    return place;
  }

  void wrong(const Value& value, const std::string& path, std::string_view key,
             std::string_view what, std::string_view wanted) {
    m_findings.push_back(make_finding(Code::book_key_wrong, at(value, path), {key, what, wanted}));
  }

  std::string text(const Value& entry, const char* key, const std::string& what) {
    const Value* value = entry.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return {};
    if (value->kind() == Value::Kind::string) return value->as_string();
    if (value->kind() == Value::Kind::number) return value->as_number().text;
    wrong(*value, key, key, what, "text");
    return {};
  }

  std::vector<std::string> texts(const Value& entry, const char* key, const std::string& what) {
    std::vector<std::string> out;
    const Value* value = entry.member(key);
    if (value == nullptr || value->kind() == Value::Kind::none) return out;
    if (value->kind() == Value::Kind::string) return {value->as_string()};
    if (value->kind() == Value::Kind::list) {
      for (const Value& one : value->as_list())
        if (one.kind() == Value::Kind::string) out.push_back(one.as_string());
      if (out.size() == value->as_list().size()) return out;
    }
    wrong(*value, key, key, what, "a list of texts");
    return out;
  }

  void read_entries(const Value& root) {
    const Value* list = root.member("opinions");
    if (list == nullptr || list->kind() != Value::Kind::list) {
      wrong(list != nullptr ? *list : root, "opinions", "opinions", "the book",
            "a list of opinion paragraphs");
      return;
    }
    std::set<std::string> known;
    for (std::size_t i = 0; i < list->as_list().size(); ++i) {
      const Value& entry = list->as_list()[i];
      const std::string path = "opinions[" + std::to_string(i) + "]";
      Opinion o;
      o.id = text(entry, "id", path);
      if (o.id.empty()) {
        wrong(entry, path, "id", path, "a name such as \"good-standing\"");
        continue;
      }
      const std::string what = "the opinion paragraph “" + o.id + "”";
      o.place = at(entry, path);
      if (!known.insert(o.id).second) {
        m_findings.push_back(make_finding(Code::opinion_twice, o.place, {o.id}));
        continue;
      }
      o.title = text(entry, "title", what);
      o.group = text(entry, "group", what);
      if (o.group.empty()) wrong(entry, path, "group", what, "the name of a group");
      if (const Value* order = entry.member("order")) {
        if (order->kind() == Value::Kind::number && order->as_number().is_integer())
          o.order = std::atoi(order->as_number().text.c_str());
        else
          wrong(*order, path + ".order", "order", what, "a whole number");
      }
      o.when_text = text(entry, "when", what);
      if (!o.when_text.empty()) {
        auto parsed = templating::parse_expression(o.when_text);
        if (auto* error = std::get_if<templating::TagError>(&parsed)) {
          Place place = at(*entry.member("when"), path + ".when");
          place.excerpt = o.when_text;
          place.caret = static_cast<int>(error->offset);
          m_findings.push_back(make_finding(error->code, place, error->arguments));
        } else {
          o.when = std::get<templating::Expression>(parsed);
        }
      }
      o.needs = texts(entry, "requires", what);
      o.excludes = texts(entry, "excludes", what);
      read_alternatives(entry, o, what);
      o.covers = texts(entry, "covers", what);
      o.backup = texts(entry, "backup", what);
      o.version = text(entry, "version", what);
      o.owner = text(entry, "owner", what);
      if (const Value* approved = entry.member("approved")) {
        if (approved->kind() == Value::Kind::object) {
          o.approved_by = text(*approved, "by", what);
          o.approved_on = text(*approved, "on", what);
        } else if (approved->kind() != Value::Kind::none) {
          wrong(*approved, path + ".approved", "approved", what, "{\"by\": …, \"on\": …}");
        }
      }
      o.review_by = text(entry, "review_by", what);
      o.note = text(entry, "note", what);
      o.section = text(entry, "section", what);
      if (o.section.empty()) o.section = o.id;
      m_book.m_opinions.push_back(std::move(o));
    }
    join_alternatives();
    const auto check = [&](const Opinion& o, const std::vector<std::string>& names) {
      for (const std::string& name : names) {
        if (known.contains(name)) continue;
        const auto close = closest_name(name, {known.begin(), known.end()});
        m_findings.push_back(make_finding(Code::opinion_unknown, o.place,
                                          {name, close ? "Did you mean “" + *close + "”?" : ""}));
      }
    };
    for (const Opinion& o : m_book.m_opinions) {
      check(o, o.needs);
      check(o, o.excludes);
    }
    for (const auto& [id, others] : m_alternatives)
      for (const Opinion& o : m_book.m_opinions)
        if (o.id == id) check(o, others);
  }

  /// The name of a set, or the ids of the others of the set.
  void read_alternatives(const Value& entry, Opinion& o, const std::string& what) {
    const Value* value = entry.member("alternatives");
    if (value != nullptr && value->kind() == Value::Kind::list)
      m_alternatives.emplace_back(o.id, texts(entry, "alternatives", what));
    else
      o.alternatives = text(entry, "alternatives", what);
  }

  /// Sets that share a member are one set; it is named by the first member in book.json.
  void join_alternatives() {
    for (const auto& [id, others] : m_alternatives) {
      std::set<std::string> names;
      std::string name = id;
      for (const Opinion& o : m_book.m_opinions) {
        const bool member =
            o.id == id || std::find(others.begin(), others.end(), o.id) != others.end();
        if (member && !o.alternatives.empty()) names.insert(o.alternatives);
      }
      if (!names.empty()) name = *names.begin();
      for (Opinion& o : m_book.m_opinions) {
        const bool member =
            o.id == id || std::find(others.begin(), others.end(), o.id) != others.end();
        if (member || names.contains(o.alternatives)) o.alternatives = name;
      }
    }
  }

  void read_files(const Value& root) {
    std::map<std::string, Opinion*> by_section;
    for (Opinion& o : m_book.m_opinions) by_section[o.section] = &o;
    std::set<std::string> found;
    std::size_t number = 0;
    for (const std::string& file : texts(root, "files", "the book")) {
      Result<std::string> bytes = m_read(file);
      append(m_findings, std::move(bytes.findings));
      if (!bytes) continue;
      Result<odf::Document> document = odf::Document::open(file, std::move(*bytes));
      append(m_findings, std::move(document.findings));
      if (!document) continue;
      BookFile book_file(std::move(*document), ++number, m_book.m_styles, m_book.m_style_uses);
      append(m_findings, book_file.take_findings());
      for (const auto& [name, section] : book_file.sections()) {
        const auto opinion = by_section.find(name);
        if (opinion == by_section.end()) {
          Place place;
          place.file = file;
          m_findings.push_back(make_finding(Code::section_not_listed, place, {name}));
          continue;
        }
        found.insert(name);
        book_file.compile(section, *opinion->second);
      }
    }
    for (const Opinion& o : m_book.m_opinions)
      if (!found.contains(o.section))
        m_findings.push_back(
            make_finding(Code::opinion_without_section, o.place, {o.id, o.section}));
  }

  void finish() {
    std::vector<std::string> groups;
    for (const Opinion& o : m_book.m_opinions)
      if (std::find(groups.begin(), groups.end(), o.group) == groups.end())
        groups.push_back(o.group);
    const auto rank = [&](const Opinion& o) {
      return std::pair(std::find(groups.begin(), groups.end(), o.group) - groups.begin(), o.order);
    };
    std::stable_sort(m_book.m_opinions.begin(), m_book.m_opinions.end(),
                     [&](const Opinion& a, const Opinion& b) { return rank(a) < rank(b); });
    for (std::size_t i = 0; i < m_book.m_opinions.size(); ++i)
      m_book.m_by_id[m_book.m_opinions[i].id] = i;
  }

  std::string m_name;
  const Book::FileReader& m_read;
  Book m_book;
  std::vector<std::pair<std::string, std::vector<std::string>>> m_alternatives;
  Findings m_findings;
};

Result<Book> Book::load(const std::string& name, const FileReader& read_file) {
  return BookLoader(name, read_file).load();
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

const Opinion* Book::labelled(std::string_view label) const {
  for (const Opinion& o : m_opinions)
    if (std::find(o.labels.begin(), o.labels.end(), label) != o.labels.end()) return &o;
  return nullptr;
}

} // namespace engross::opinion
