// SPDX-License-Identifier: MPL-2.0
#include "deal/tree_reader.hpp"

#include "deal/ini_scan.hpp"
#include "deal/text.hpp"
#include "deal/xml_scan.hpp"

#include <boost/property_tree/info_parser.hpp>
#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <algorithm>
#include <locale>
#include <map>
#include <sstream>

namespace engross::deal {

namespace {

using boost::property_tree::ptree;

/// Lines in document order, handed out one by one.
class Lines {
 public:
  Lines(const std::vector<std::uint32_t>& lines, std::uint32_t file)
      : m_lines(lines), m_file(file) {}
  Origin next() { return {m_file, m_next < m_lines.size() ? m_lines[m_next++] : 0}; }

 private:
  const std::vector<std::uint32_t>& m_lines;
  std::uint32_t m_file;
  std::size_t m_next = 0;
};

Value at(Origin origin, Value value) {
  value.origin = origin;
  return value;
}

/// Collects members; a name that comes again makes a list, where the first stands.
class Members {
 public:
  void add(const std::string& name, Value value) {
    const auto [found, is_new] = m_places.emplace(name, m_groups.size());
    if (is_new) m_groups.emplace_back(name, List());
    m_groups[found->second].second.push_back(std::move(value));
  }

  bool empty() const { return m_groups.empty(); }

  Value take(Origin origin) {
    Object object;
    for (auto& [name, values] : m_groups) {
      if (values.size() == 1) {
        object.set(std::move(name), std::move(values.front()));
        continue;
      }
      const Origin first = values.front().origin;
      object.set(std::move(name), at(first, Value(std::move(values))));
    }
    return at(origin, Value(std::move(object)));
  }

 private:
  std::vector<std::pair<std::string, List>> m_groups;
  std::map<std::string, std::size_t, std::less<>> m_places;
};

/// Without the blank lines around it and the indentation of each line; line breaks stay.
std::string trim_text(std::string_view text) {
  std::string out;
  std::size_t pending_breaks = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) {
      if (!out.empty()) ++pending_breaks;
      continue;
    }
    line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    out.append(pending_breaks, '\n');
    out += line;
    pending_breaks = 1;
  }
  return out;
}

class XmlConverter {
 public:
  XmlConverter(const std::string& name, Lines lines, Findings& findings)
      : m_name(name), m_lines(lines), m_findings(findings) {}

  Value convert(const ptree& element) {
    const Origin origin = m_lines.next();
    Members members;
    std::string text;
    bool is_nil = false;
    std::map<std::string, std::string_view, std::less<>> tags;
    for (const auto& [tag, child] : element) {
      if (tag == "<xmlattr>") {
        for (const auto& [attribute, value] : child)
          is_nil |= add_attribute(members, attribute, value.data());
      } else if (tag == "<xmltext>") {
        text += child.data();
      } else {
        const std::string local = local_name(tag);
        Value value = convert(child);
        if (const auto [known, is_new] = tags.emplace(local, tag); !is_new && known->second != tag)
          m_findings.push_back(make_finding(Code::xml_prefixes, place_of(m_name, value.origin.line),
                                            {known->second, tag, local}));
        members.add(local, std::move(value));
      }
    }
    text = trim_text(text);
    if (members.empty())
      return is_nil && text.empty() ? at(origin, Value()) : at(origin, Value(std::move(text)));
    if (!text.empty()) members.add("#text", at(origin, Value(std::move(text))));
    return members.take(origin);
  }

 private:
  static std::string local_name(const std::string& name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string::npos || colon + 1 == name.size() ? name : name.substr(colon + 1);
  }

  /// Gives true for xsi:nil="true". What steers XML tools only is no data.
  bool add_attribute(Members& members, const std::string& name, const std::string& value) {
    const Origin origin = m_lines.next();
    if (name == "xsi:nil") return value == "true" || value == "1";
    if (name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") ||
        name == "xml:space")
      return false;
    members.add("@" + local_name(name), at(origin, Value(value)));
    return false;
  }

  const std::string& m_name;
  Lines m_lines;
  Findings& m_findings;
};

std::optional<Value> read_xml(const Source& source, std::string text, std::uint32_t file,
                              const Limits& limits, Findings& findings) {
  const std::optional<XmlScan> scan = scan_xml(source.name, text, limits.depth, findings);
  if (!scan) return std::nullopt;
  ptree tree;
  std::istringstream stream(std::move(text));
  boost::property_tree::read_xml(stream, tree,
                                 boost::property_tree::xml_parser::no_comments |
                                     boost::property_tree::xml_parser::no_concat_text);
  if (tree.empty()) return std::nullopt;
  return XmlConverter(source.name, Lines(scan->lines, file), findings).convert(tree.front().second);
}

/// A tree that can still grow: INI sections may come in any order.
class Branch {
 public:
  /// The section of that name, made where it is missing; nullptr when the name is a value.
  Branch* section(const std::string& name, Origin origin) {
    Entry& entry = find_or_add(name);
    if (entry.value) return nullptr;
    if (!entry.branch) {
      entry.branch = std::make_unique<Branch>();
      entry.branch->m_origin = origin;
    }
    return entry.branch.get();
  }

  /// False when the name is taken.
  bool set(const std::string& name, Value value) {
    Entry& entry = find_or_add(name);
    if (entry.value || entry.branch) return false;
    entry.value = std::move(value);
    return true;
  }

  Value take() {
    Object object;
    for (Entry& entry : m_entries)
      object.set(std::move(entry.name),
                 entry.branch ? entry.branch->take() : *std::move(entry.value));
    return at(m_origin, Value(std::move(object)));
  }

  void set_origin(Origin origin) { m_origin = origin; }

 private:
  struct Entry {
    std::string name;
    std::optional<Value> value;
    std::unique_ptr<Branch> branch;
  };

  Entry& find_or_add(const std::string& name) {
    const auto [found, is_new] = m_places.emplace(name, m_entries.size());
    if (is_new) m_entries.push_back({name, std::nullopt, nullptr});
    return m_entries[found->second];
  }

  Origin m_origin;
  std::vector<Entry> m_entries;
  std::map<std::string, std::size_t, std::less<>> m_places;
};

class IniConverter {
 public:
  IniConverter(const std::string& name, Lines lines, std::uint32_t file, int depth_limit,
               Findings& findings)
      : m_name(name), m_lines(lines), m_depth_limit(depth_limit), m_findings(findings) {
    m_root.set_origin({file, 1});
  }

  Value convert(const ptree& tree) {
    for (const auto& [name, child] : tree) {
      const Origin origin = m_lines.next();
      if (child.empty()) {
        set(m_root, name, name, at(origin, text_of_key(child.data())));
        continue;
      }
      Branch* section = descend(m_root, name, name, origin);
      for (const auto& [key, value] : child) {
        const Origin line = m_lines.next();
        if (section == nullptr) continue;
        std::string whole = name;
        whole.append(".").append(key);
        set(*section, key, whole, at(line, text_of_key(value.data())));
      }
    }
    return m_root.take();
  }

 private:
  /// Double quotes around the whole text are there to keep blanks, and no part of it.
  static Value text_of_key(const std::string& text) {
    const bool in_double_quotes = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return Value(in_double_quotes ? text.substr(1, text.size() - 2) : text);
  }

  /// Through all sections that a dotted name names; nullptr, and a finding, where one is a value.
  Branch* descend(Branch& from, std::string_view dotted, const std::string& whole, Origin origin) {
    if (std::count(whole.begin(), whole.end(), '.') + 2 > m_depth_limit) {
      m_findings.push_back(make_finding(Code::data_too_deep, place_of(m_name, origin.line),
                                        {std::to_string(m_depth_limit)}));
      return nullptr;
    }
    Branch* branch = &from;
    while (branch != nullptr) {
      const std::size_t dot = dotted.find('.');
      branch = branch->section(std::string(dotted.substr(0, dot)), origin);
      if (dot == std::string_view::npos) break;
      dotted.remove_prefix(dot + 1);
    }
    if (branch == nullptr) clash(whole, origin);
    return branch;
  }

  void set(Branch& from, std::string_view dotted, const std::string& whole, Value value) {
    const Origin origin = value.origin;
    const std::size_t dot = dotted.rfind('.');
    Branch* branch =
        dot == std::string_view::npos ? &from : descend(from, dotted.substr(0, dot), whole, origin);
    if (branch == nullptr) return;
    if (!branch->set(std::string(dotted.substr(dot == std::string_view::npos ? 0 : dot + 1)),
                     std::move(value)))
      clash(whole, origin);
  }

  void clash(const std::string& name, Origin origin) {
    m_findings.push_back(make_finding(Code::ini_name_twice, place_of(m_name, origin.line), {name}));
  }

  const std::string& m_name;
  Lines m_lines;
  int m_depth_limit;
  Findings& m_findings;
  Branch m_root;
};

std::optional<Value> read_ini(const Source& source, const std::string& text, std::uint32_t file,
                              const Limits& limits, Findings& findings) {
  const std::optional<LineScan> scan = scan_ini(source.name, text, findings);
  if (!scan) return std::nullopt;
  ptree tree;
  std::istringstream stream(text);
  // Blanks must not depend on the locale: in some, a byte of a UTF-8 character is one.
  stream.imbue(std::locale::classic());
  boost::property_tree::read_ini(stream, tree);
  return IniConverter(source.name, Lines(scan->lines, file), file, limits.depth, findings)
      .convert(tree);
}

Value convert_info(const ptree& node, Origin origin, Lines& lines) {
  Members members;
  for (const auto& [name, child] : node) {
    const Origin line = lines.next();
    members.add(name, convert_info(child, line, lines));
  }
  if (members.empty()) return at(origin, Value(node.data()));
  if (!node.data().empty()) members.add("#text", at(origin, Value(node.data())));
  return members.take(origin);
}

std::optional<Value> read_info(const Source& source, const std::string& text, std::uint32_t file,
                               const Limits& limits, Findings& findings) {
  const std::optional<LineScan> scan = scan_info(source.name, text, limits.depth, findings);
  if (!scan) return std::nullopt;
  ptree tree;
  std::istringstream stream(text);
  stream.imbue(std::locale::classic());
  boost::property_tree::read_info(stream, tree);
  Lines lines(scan->lines, file);
  Value root = convert_info(tree, {file, 1}, lines);
  return tree.empty() ? at({file, 1}, Value(Object())) : root;
}

} // namespace

std::optional<Value> read_tree(const Source& source, std::string_view text, std::uint32_t file,
                               const Limits& limits, Findings& findings) {
  try {
    switch (source.format) {
    case Format::xml:
      return read_xml(source, unix_lines(text), file, limits, findings);
    case Format::ini:
      return read_ini(source, unix_lines(text), file, limits, findings);
    case Format::info:
      return read_info(source, unix_lines(text), file, limits, findings);
    case Format::json:
      break;
    }
  } catch (const boost::property_tree::file_parser_error& error) {
    const std::string_view format = source.format == Format::xml   ? "XML"
                                    : source.format == Format::ini ? "INI"
                                                                   : "INFO";
    findings.push_back(make_finding(Code::data_syntax,
                                    place_of(source.name, static_cast<std::uint32_t>(error.line())),
                                    {format, error.message(), "Mend this place."}));
  }
  return std::nullopt;
}

} // namespace engross::deal
