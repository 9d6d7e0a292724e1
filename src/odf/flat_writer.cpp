// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "odf/parts.hpp"

#include <map>
#include <set>
#include <sstream>

namespace engross::odf {

namespace {

constexpr std::size_t k_line = 76; // characters of base64

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::size_t column = 0;
  const auto put = [&](char c) {
    if (column++ % k_line == 0) out += '\n';
    out += c;
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = (bits << 8U) | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      put(k <= left ? digits[(bits >> (18U - 6U * k)) & 0x3FU] : '=');
  }
  return out + "\n";
}

std::string text_of(const pugi::xml_node& node) {
  std::ostringstream out;
  node.print(out, "", pugi::format_raw);
  return std::move(out).str();
}

class FlatWriter {
 public:
  explicit FlatWriter(const Document& document) : m_document(document) {}

  std::string run(bool as_template) {
    m_root = m_out.append_child("office:document");
    const pugi::xml_node content = m_document.content.document_element();
    const pugi::xml_node styles = m_document.styles.document_element();
    for (const pugi::xml_node& root : {content, styles, m_document.meta.document_element()})
      declare(root);
    set("office:version", m_document.version());
    set("office:mimetype", std::string(as_template ? k_template_mimetype : k_text_mimetype));
    copy(m_document.meta.document_element().child("office:meta"));
    add_settings();
    if (pugi::xml_node scripts = content.child("office:scripts"); scripts.first_child())
      copy(scripts);
    add_fonts(content, styles);
    copy(styles.child("office:styles"));
    add_automatic(content, styles);
    copy(styles.child("office:master-styles"));
    line();
    pugi::xml_node body = m_root.append_copy(content.child("office:body"));
    rename(body);
    line();
    put_back(m_root);
    return to_string(m_out);
  }

 private:
  void set(const char* name, const std::string& value) {
    pugi::xml_attribute attribute = m_root.attribute(name);
    if (!attribute) attribute = m_root.append_attribute(name);
    attribute.set_value(value.c_str());
  }

  void declare(const pugi::xml_node& root) {
    for (const pugi::xml_attribute& attribute : root.attributes())
      if (std::string_view(attribute.name()).starts_with("xmlns") &&
          !m_root.attribute(attribute.name()))
        m_root.append_attribute(attribute.name()) = attribute.value();
  }

  void line() { m_root.append_child(pugi::node_pcdata).set_value("\n  "); }

  void copy(const pugi::xml_node& node) {
    if (!node) return;
    line();
    m_root.append_copy(node);
  }

  void add_settings() {
    if (!m_document.package.contains("settings.xml")) return;
    const Result<pugi::xml_document> settings =
        parse_xml(clean_settings(m_document.package.read("settings.xml")), "", "settings.xml");
    if (!settings) return;
    declare(settings->document_element());
    copy(settings->document_element().child("office:settings"));
  }

  void add_fonts(const pugi::xml_node& content, const pugi::xml_node& styles) {
    line();
    pugi::xml_node out = m_root.append_child("office:font-face-decls");
    std::set<std::string> names;
    for (const pugi::xml_node& root : {styles, content})
      for (const pugi::xml_node& font :
           root.child("office:font-face-decls").children("style:font-face"))
        if (names.insert(font.attribute("style:name").value()).second) out.append_copy(font);
    if (!out.first_child()) m_root.remove_child(out);
  }

  /// A package has two sets of automatic styles, a flat file one: what means two things in them
  /// gets another name in the text.
  void add_automatic(const pugi::xml_node& content, const pugi::xml_node& styles) {
    line();
    pugi::xml_node out = m_root.append_child("office:automatic-styles");
    std::map<std::string, std::string> known;
    const auto key = [](const pugi::xml_node& node) {
      return std::string(node.name()) + ' ' + node.attribute("style:family").value() + ' ' +
             node.attribute("style:name").value();
    };
    for (const pugi::xml_node& style : styles.child("office:automatic-styles").children()) {
      if (style.type() == pugi::node_element) known[key(style)] = text_of(style);
      out.append_copy(style);
    }
    for (const pugi::xml_node& style : content.child("office:automatic-styles").children()) {
      const auto same = known.find(key(style));
      if (style.type() != pugi::node_element || same == known.end()) {
        out.append_copy(style);
        continue;
      }
      if (same->second == text_of(style)) continue;
      const std::string old = style.attribute("style:name").value();
      std::string name = old;
      for (int n = 1; known.contains(std::string(style.name()) + ' ' +
                                     style.attribute("style:family").value() + ' ' + name);
           ++n)
        name = old + "_" + std::to_string(n);
      pugi::xml_node copied = out.append_copy(style);
      copied.attribute("style:name").set_value(name.c_str());
      known[key(copied)] = text_of(copied);
      m_renamed[{std::string(style.attribute("style:family").value()), old}] = name;
    }
  }

  /// The text's references to styles that got another name. Families whose references this does
  /// not tell apart share the new name only where it is theirs.
  void rename(pugi::xml_node node) {
    if (m_renamed.empty()) return;
    for (pugi::xml_node child : node.children()) {
      const std::string_view name = child.name();
      const char* family = name == "text:p" || name == "text:h"      ? "paragraph"
                           : name == "text:span" || name == "text:a" ? "text"
                           : name == "text:list"                     ? ""
                           : name.starts_with("draw:")               ? "graphic"
                           : name == "text:section"                  ? "section"
                                                                     : nullptr;
      for (const char* attribute : {"text:style-name", "draw:style-name"})
        if (pugi::xml_attribute a = child.attribute(attribute); a && family != nullptr)
          if (const auto at = m_renamed.find({family, a.value()}); at != m_renamed.end())
            a.set_value(at->second.c_str());
      rename(child);
    }
  }

  /// Pictures go into the file again, and what lies beside it is named from there.
  void put_back(pugi::xml_node node) {
    for (pugi::xml_node child : node.children()) {
      if (pugi::xml_attribute href = child.attribute("xlink:href")) {
        std::string value = href.value();
        while (value.starts_with("./")) value.erase(0, 2);
        const auto added = m_document.added.find(value);
        std::optional<std::string> bytes;
        if (added != m_document.added.end())
          bytes = added->second.bytes;
        else if (m_document.package.contains(value))
          bytes = m_document.package.read(value);
        const bool embeds = std::string_view(child.name()) != "text:a";
        if (bytes && embeds) {
          for (const char* name : {"xlink:href", "xlink:type", "xlink:show", "xlink:actuate"})
            child.remove_attribute(name);
          pugi::xml_node data = child.prepend_child("office:binary-data");
          data.append_child(pugi::node_pcdata).set_value(encode_base64(*bytes).c_str());
        } else if (value.starts_with("../")) {
          href.set_value(value.c_str() + 3);
        }
      }
      put_back(child);
    }
  }

  const Document& m_document;
  pugi::xml_document m_out;
  pugi::xml_node m_root;
  std::map<std::pair<std::string, std::string>, std::string> m_renamed;
};

} // namespace

std::string write_flat(const Document& document, bool as_template) {
  return FlatWriter(document).run(as_template);
}

} // namespace engross::odf
