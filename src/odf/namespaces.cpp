// SPDX-License-Identifier: MPL-2.0
#include "odf/namespaces.hpp"

#include "odf/document.hpp"
#include "odf/parts.hpp"

#include <unordered_map>
#include <unordered_set>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace engross::odf {

namespace {

struct Usual {
  std::string_view prefix;
  std::string_view uri;
};

// ODF 1.3 part 3, 1.5, and what LibreOffice and OpenOffice write beside it.
constexpr Usual k_usual[] = {
    {"anim", "urn:oasis:names:tc:opendocument:xmlns:animation:1.0"},
    {"chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"},
    {"config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"},
    {"db", "urn:oasis:names:tc:opendocument:xmlns:database:1.0"},
    {"dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"},
    {"draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"},
    {"fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
    {"form", "urn:oasis:names:tc:opendocument:xmlns:form:1.0"},
    {"manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"},
    {"meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
    {"number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"},
    {"of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"},
    {"office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
    {"presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"},
    {"script", "urn:oasis:names:tc:opendocument:xmlns:script:1.0"},
    {"smil", "urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0"},
    {"style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
    {"svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"},
    {"table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
    {"text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"grddl", "http://www.w3.org/2003/g/data-view#"},
    {"math", "http://www.w3.org/1998/Math/MathML"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"xforms", "http://www.w3.org/2002/xforms"},
    {"xhtml", "http://www.w3.org/1999/xhtml"},
    {"xlink", "http://www.w3.org/1999/xlink"},
    {"calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"},
    {"field", "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"},
    {"formx", "urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0"},
    {"loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"},
    {"ooo", "http://openoffice.org/2004/office"},
    {"oooc", "http://openoffice.org/2004/calc"},
    {"ooow", "http://openoffice.org/2004/writer"},
    {"officeooo", "http://openoffice.org/2009/office"},
    {"drawooo", "http://openoffice.org/2010/draw"},
    {"tableooo", "http://openoffice.org/2009/table"},
};
constexpr std::string_view k_xml_uri = "http://www.w3.org/XML/1998/namespace";

bool is_usual(std::string_view prefix) {
  return std::any_of(std::begin(k_usual), std::end(k_usual),
                     [&](const Usual& u) { return u.prefix == prefix; });
}

/// "text:p" -> "text", "p"; the prefix of "p" is empty.
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

/// The prefix that an xmlns attribute declares; false when it is another attribute.
bool declares(std::string_view attribute, std::string_view& prefix) {
  if (attribute == "xmlns") {
    prefix = {};
    return true;
  }
  if (!attribute.starts_with("xmlns:")) return false;
  prefix = attribute.substr(6);
  return true;
}

class Normaliser {
 public:
  Normaliser(pugi::xml_document& document, const std::string& file, const std::string& part)
      : m_document(document), m_place(place_of(file, part)) {}

  Findings run() {
    pugi::xml_node root = m_document.document_element();
    m_bound["xml"] = {std::string(k_xml_uri), "xml", true};
    visit(root);
    if (has_errors(m_findings)) return std::move(m_findings);
    for (const std::string& prefix : m_needed) {
      const std::string name = "xmlns:" + prefix;
      if (!root.attribute(name.c_str()))
        root.append_attribute(name.c_str()) = std::string(usual_uri(prefix)).c_str();
    }
    const std::string_view prefix = split(root.name()).first;
    if (!is_usual(prefix))
      m_findings.push_back(
          make_finding(Code::odf_xml_root, m_place, {std::string(root.name()).substr(0, 80)}));
    return std::move(m_findings);
  }

 private:
  struct Binding {
    std::string uri;
    std::string written; ///< the prefix that names get; equal to the bound one where it stays
    bool declared = false;
  };
  using Bindings = std::map<std::string, Binding, std::less<>>;

  void visit(pugi::xml_node node) {
    std::vector<std::pair<std::string, Binding>> outer;
    declare(node, outer);
    rename(node);
    join_texts(node);
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
      if (child.type() == pugi::node_element) visit(child);
      if (!m_findings.empty()) return;
    }
    for (auto it = outer.rbegin(); it != outer.rend(); ++it) {
      m_bound[it->first] = std::move(it->second);
      m_last = nullptr;
    }
  }

  /// Takes in what the element declares; `outer` keeps what held outside.
  void declare(pugi::xml_node node, std::vector<std::pair<std::string, Binding>>& outer) {
    for (pugi::xml_attribute attribute : node.attributes()) {
      std::string_view declared;
      if (!declares(attribute.name(), declared)) continue;
      const std::string prefix(declared);
      const std::string uri = attribute.value();
      const std::string_view usual = usual_prefix(uri);
      std::string written = prefix;
      if (!usual.empty() && !(prefix.empty() && usual == "math")) written = usual;
      if (usual.empty() && is_usual(prefix)) written = fresh(prefix);
      outer.emplace_back(prefix, m_bound[prefix]);
      m_bound[prefix] = {uri, written, !prefix.empty() || !uri.empty()};
      m_last = nullptr;
      if (written == prefix) {
        // Known at the root too, so that a node can move to another place of the document.
        if (!usual.empty() && usual == prefix) m_needed.insert(written);
        continue;
      }
      if (usual.empty()) {
        attribute.set_name(("xmlns:" + written).c_str());
      } else {
        m_needed.insert(written);
        // A usual prefix bound to another namespace of ODF: the root will bind it as is usual.
        if (is_usual(prefix)) m_wrong.emplace_back(node, attribute);
      }
    }
    for (auto& [owner, attribute] : m_wrong) owner.remove_attribute(attribute);
    m_wrong.clear();
  }

  std::string fresh(const std::string& prefix) {
    int n = 1;
    while (m_bound.contains("x" + std::to_string(n) + prefix)) ++n;
    return "x" + std::to_string(n) + prefix;
  }

  const Binding* find(std::string_view prefix) {
    if (m_last != nullptr && m_last->first == prefix) return &m_last->second;
    const auto it = m_bound.find(prefix);
    if (it == m_bound.end() || !it->second.declared) return nullptr;
    m_last = &*it;
    return &it->second;
  }

  void rename(pugi::xml_node node) {
    const auto [prefix, local] = split(node.name());
    const Binding* binding = find(prefix);
    if (binding != nullptr) {
      if (binding->written != prefix)
        node.set_name((binding->written + ":" + std::string(local)).c_str());
    } else if (!prefix.empty()) {
      undeclared(prefix, node.name());
    }
    for (pugi::xml_attribute attribute : node.attributes()) {
      const auto [p, l] = split(attribute.name());
      if (p.empty() || p == "xmlns") continue;
      const Binding* b = find(p);
      if (b == nullptr) {
        undeclared(p, attribute.name());
      } else if (b->written != p) {
        attribute.set_name((b->written + ":" + std::string(l)).c_str());
      }
    }
    check_attributes(node);
  }

  void undeclared(std::string_view prefix, const char* name) {
    m_findings.push_back(
        make_finding(Code::odf_xml_prefix, m_place,
                     {std::string(prefix).substr(0, 80), std::string(name).substr(0, 80)}));
  }

  void check_attributes(pugi::xml_node node) {
    const auto attributes = node.attributes();
    const auto count = std::distance(attributes.begin(), attributes.end());
    if (count < 2) return;
    constexpr std::ptrdiff_t few = 16;
    bool twice = false;
    const char* name = "";
    if (count <= few) {
      for (auto a = attributes.begin(); !twice && a != attributes.end(); ++a)
        for (auto b = attributes.begin(); !twice && b != a; ++b)
          if (std::strcmp(a->name(), b->name()) == 0) {
            twice = true;
            name = a->name();
          }
    } else {
      std::unordered_set<std::string_view> names;
      for (const pugi::xml_attribute attribute : attributes)
        if (!names.insert(attribute.name()).second) {
          twice = true;
          name = attribute.name();
        }
    }
    if (!twice) return;
    const std::string what = "the attribute " + std::string(name).substr(0, 80) +
                             " stands twice in " + std::string(node.name()).substr(0, 80);
    m_findings.push_back(make_finding(Code::odf_xml_syntax, m_place, {what}));
  }

  /// CDATA and what stood around a comment become one text.
  static void join_texts(pugi::xml_node node) {
    pugi::xml_node child = node.first_child();
    while (child) {
      pugi::xml_node next = child.next_sibling();
      const bool text = child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata;
      const auto is_text = [](pugi::xml_node n) {
        return n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata;
      };
      if (text && (child.type() == pugi::node_cdata || (next && is_text(next)))) {
        std::string joined = child.value();
        while (next && is_text(next)) {
          joined += next.value();
          const pugi::xml_node gone = next;
          next = next.next_sibling();
          node.remove_child(gone);
        }
        if (child.type() == pugi::node_cdata) {
          const pugi::xml_node gone = child;
          child = node.insert_child_before(pugi::node_pcdata, gone);
          node.remove_child(gone);
        }
        child.set_value(joined.c_str());
      }
      child = next;
    }
  }

  pugi::xml_document& m_document;
  Place m_place;
  Findings m_findings;
  Bindings m_bound;
  const Bindings::value_type* m_last = nullptr;
  std::set<std::string> m_needed;
  std::vector<std::pair<pugi::xml_node, pugi::xml_attribute>> m_wrong;
};

} // namespace

void add_declarations(pugi::xml_document& target, const pugi::xml_document& source) {
  pugi::xml_node root = target.document_element();
  for (const pugi::xml_attribute attribute : source.document_element().attributes()) {
    std::string_view prefix;
    if (declares(attribute.name(), prefix) && !prefix.empty() && !root.attribute(attribute.name()))
      root.append_attribute(attribute.name()) = attribute.value();
  }
}

std::string_view usual_prefix(std::string_view uri) {
  for (const Usual& u : k_usual)
    if (u.uri == uri) return u.prefix;
  return {};
}

std::string_view usual_uri(std::string_view prefix) {
  for (const Usual& u : k_usual)
    if (u.prefix == prefix) return u.uri;
  return {};
}

Findings normalise(pugi::xml_document& document, const std::string& file, const std::string& part) {
  return Normaliser(document, file, part).run();
}

} // namespace engross::odf
