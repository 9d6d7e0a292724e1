// SPDX-License-Identifier: MPL-2.0
#include "odf/document.hpp"
#include "templating/dom.hpp"
#include "templating/render.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <utility>

/// Labels and references of a letter that is otherwise written.
namespace engross::templating {

namespace {

struct Edit {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string text;
};

/// A reference where it stands in the letter.
struct Reference {
  Edit edit;
  pugi::xml_node mark;
};

struct Target {
  pugi::xml_node paragraph;
  std::vector<odf::LevelNumber> numbers;
};

/// What a reference field of the format "direction" reads.
struct DirectionWords {
  std::string_view language;
  std::string_view above;
  std::string_view below;
};

constexpr std::array<DirectionWords, 8> k_direction_words = {{{"en", "above", "below"},
                                                              {"de", "oben", "unten"},
                                                              {"fr", "supra", "infra"},
                                                              {"es", "arriba", "abajo"},
                                                              {"it", "sopra", "sotto"},
                                                              {"nl", "boven", "onder"},
                                                              {"pt", "acima", "abaixo"},
                                                              {"pl", "powyżej", "poniżej"}}};

/// Where a part of the letter stands: in the body, or in a note or frame anchored there.
struct Flow {
  enum class Kind { body, footnote, endnote, frame } kind = Kind::body;
  pugi::xml_node root;    ///< of the note or frame
  std::size_t anchor = 0; ///< where that lies in the body
};

Flow flow_around(pugi::xml_node node) {
  Flow out;
  bool in_section = false;
  for (pugi::xml_node at = node; at; at = at.parent()) {
    if (std::strcmp(at.name(), "text:note") == 0) {
      const bool is_end = std::strcmp(at.attribute("text:note-class").value(), "endnote") == 0;
      if (out.kind == Flow::Kind::body)
        out.kind = is_end ? Flow::Kind::endnote : Flow::Kind::footnote;
    } else if (std::strncmp(at.name(), "draw:", 5) == 0) {
      out.kind = Flow::Kind::frame;
    } else {
      in_section = in_section || std::strcmp(at.name(), "text:section") == 0;
      continue;
    }
    out.root = at;
    out.anchor = static_cast<std::size_t>(at.offset_debug());
  }
  // A section may gather its endnotes at its own end.
  if (out.kind == Flow::Kind::endnote && in_section) out.kind = Flow::Kind::footnote;
  return out;
}

/// Writer compares places on the page, so a note stands below the text around it and a frame
/// anywhere. Whether the target stands above; none: only the layout knows.
std::optional<bool> stands_above(const Flow& target, std::size_t target_at, const Flow& reference,
                                 std::size_t reference_at) {
  using Kind = Flow::Kind;
  if (target.root == reference.root) return target_at < reference_at;
  if (target.kind == Kind::frame || reference.kind == Kind::frame) return std::nullopt;
  if (target.kind == Kind::body) {
    if (reference.kind == Kind::endnote || target_at < reference.anchor) return true;
    return std::nullopt;
  }
  if (reference.kind == Kind::body) {
    if (target.kind == Kind::endnote || reference_at < target.anchor) return false;
    return std::nullopt;
  }
  if (target.kind != reference.kind) return std::nullopt;
  return target.anchor < reference.anchor;
}

bool is_paragraph_node(pugi::xml_node node) {
  return std::strcmp(node.name(), "text:p") == 0 || std::strcmp(node.name(), "text:h") == 0;
}

pugi::xml_node paragraph_around(pugi::xml_node node) {
  while (node && !is_paragraph_node(node)) node = node.parent();
  return node;
}

class Resolver {
 public:
  Resolver(Rendering& rendering, const odf::ListStyles& lists) : m_r(rendering), m_lists(lists) {}

  void run(std::string& headers,
           const std::function<std::string(const std::string&)>& absent_label) {
    m_document.load_buffer(m_r.out.data(), m_r.out.size(),
                           pugi::parse_default | pugi::parse_pi | pugi::parse_ws_pcdata);
    find_marks();
    std::multimap<const void*, Target*> labelled;
    for (auto& [label, target] : m_targets)
      labelled.emplace(target.paragraph.internal_object(), &target);
    // Tables and notes of the book bring list styles of their own.
    odf::ListStyles lists = m_lists;
    lists.read(m_document.child("office:document-content").child("office:automatic-styles"));
    odf::number_lists(m_document, lists,
                      [&](pugi::xml_node paragraph, const std::vector<odf::LevelNumber>& numbers) {
                        const auto [begin, end] = labelled.equal_range(paragraph.internal_object());
                        for (auto at = begin; at != end; ++at) at->second->numbers = numbers;
                      });
    for (auto& [label, target] : m_targets) bookmark(target.paragraph, label.first);
    for (std::size_t i = 0; i < m_references.size(); ++i) {
      Edit& edit = m_references[i].edit;
      if (edit.to == 0) continue; // dropped with its paragraph
      edit.text = field(m_r.references[i], m_references[i].mark, absent_label);
      m_edits.push_back(std::move(edit));
    }
    resolve_headers(headers, absent_label);
    apply();
  }

 private:
  /// A header stands on every page: nothing is above or below it.
  void resolve_headers(std::string& headers,
                       const std::function<std::string(const std::string&)>& absent_label) {
    static constexpr std::string_view k_open = "<?eg r";
    for (std::size_t at = headers.find(k_open); at != std::string::npos;
         at = headers.find(k_open, at)) {
      const std::size_t end = headers.find("?>", at) + 2;
      const Rendering::Mark& reference =
          m_r.references[std::strtoul(headers.c_str() + at + k_open.size(), nullptr, 10)];
      std::string text;
      if (reference.form == "above")
        m_r.findings.push_back(make_finding(Code::slot_place_wrong, reference.place,
                                            {reference.place.tag, "a page header or footer"}));
      else
        text = field(reference, {}, absent_label);
      headers.replace(at, end - at, text);
      at += text.size();
    }
  }

  void find_marks() {
    m_references.resize(m_r.references.size());
    std::vector<std::pair<std::size_t, pugi::xml_node>> by_offset;
    collect(m_document, by_offset);
    for (const auto& [offset, node] : by_offset) {
      const std::size_t from = offset - 2; // "<?" lies before the name
      const std::size_t to = m_r.out.find("?>", from) + 2;
      const std::string value = node.value();
      const auto index = static_cast<std::size_t>(std::strtoul(value.c_str() + 1, nullptr, 10));
      if (value[0] == 'l') {
        m_targets[{m_r.labels[index].name, m_r.labels[index].copy}] = {paragraph_around(node), {}};
        m_edits.push_back({from, to, {}});
      } else {
        m_references[index] = {{from, to, {}}, node};
      }
    }
  }

  void collect(pugi::xml_node parent, std::vector<std::pair<std::size_t, pugi::xml_node>>& out) {
    for (pugi::xml_node child : parent) {
      if (child.type() == pugi::node_pi) {
        out.emplace_back(static_cast<std::size_t>(child.offset_debug()), child);
      } else {
        if (std::strncmp(child.name(), "text:bookmark", 13) == 0)
          m_names.insert(in_word(child.attribute("text:name").value()));
        collect(child, out);
      }
    }
  }

  /// What of a name counts in Word: 40 characters, in any case.
  static std::string in_word(std::string_view name) {
    std::string out(name.substr(0, 40));
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  }

  /// Bookmarks the content of a paragraph once; returns the bookmark's name.
  const std::string& bookmark(pugi::xml_node paragraph, const std::string& wish) {
    const auto known = m_bookmarks.find(paragraph.internal_object());
    if (known != m_bookmarks.end()) return known->second;
    // Word: letters, digits, underscore, at most 40 characters.
    std::string name = "_eng_";
    for (const char c : wish) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (name.size() < 34) name += plain ? c : '_';
    }
    std::string unique = name;
    for (int n = 2; !m_names.insert(in_word(unique)).second; ++n)
      unique = name + "_" + std::to_string(n);

    const auto begin = static_cast<std::size_t>(paragraph.offset_debug());
    const std::size_t content = m_r.out.find('>', begin) + 1;
    m_edits.push_back({content, content, "<text:bookmark-start text:name=\"" + unique + "\"/>"});
    const std::size_t end = end_of(paragraph);
    m_edits.push_back({end, end, "<text:bookmark-end text:name=\"" + unique + "\"/>"});
    return m_bookmarks[paragraph.internal_object()] = unique;
  }

  /// Where the end tag of a paragraph begins: behind its last descendant, past the end tags of
  /// paragraphs inside it (notes, frames).
  std::size_t end_of(pugi::xml_node paragraph) const {
    const std::string open = "<" + std::string(paragraph.name());
    const std::string close = "</" + std::string(paragraph.name()) + ">";
    std::size_t at = static_cast<std::size_t>(paragraph.offset_debug());
    int depth = 1;
    for (;;) {
      const std::size_t next_close = m_r.out.find(close, at);
      std::size_t next_open = m_r.out.find(open, at);
      while (next_open < next_close && m_r.out[next_open + open.size()] != ' ' &&
             m_r.out[next_open + open.size()] != '>')
        next_open = m_r.out.find(open, next_open + 1);
      if (next_close == std::string::npos) return m_r.out.size(); // cannot be: our own XML
      if (next_open < next_close) {
        ++depth;
        at = next_open + 1;
      } else {
        if (--depth == 0) return next_close;
        at = next_close + 1;
      }
    }
  }

  static void append_field(std::string& out, std::string_view format, std::string_view name,
                           std::string_view text) {
    out += "<text:bookmark-ref text:reference-format=\"";
    out += format;
    out += "\" text:ref-name=\"";
    out += name;
    out += "\">";
    odf::append_escaped(out, text);
    out += "</text:bookmark-ref>";
  }

  const Target* target_of(const Rendering::Mark& reference) const {
    auto found = m_targets.find({reference.name, reference.copy});
    if (found == m_targets.end()) found = m_targets.lower_bound({reference.name, 0});
    if (found == m_targets.end() || found->first.first != reference.name) return nullptr;
    return &found->second;
  }

  /// \p mark: the reference in the letter; none in a page header.
  std::string field(const Rendering::Mark& reference, pugi::xml_node mark,
                    const std::function<std::string(const std::string&)>& absent_label) {
    const Target* found = target_of(reference);
    if (found == nullptr) {
      Finding finding = make_finding(Code::label_unknown, reference.place,
                                     {reference.name, absent_label(reference.name)});
      if (m_r.mode != Mode::strict) finding.severity = Severity::warning;
      m_r.findings.push_back(std::move(finding));
      if (m_r.mode == Mode::strict) return {};
      std::string text;
      odf::append_escaped(text, m_r.mode == Mode::draft ? "[" + reference.name + "]"
                                                        : reference.place.tag);
      return text;
    }
    const Target& target = *found;
    const pugi::xml_node styles =
        m_document.child("office:document-content").child("office:automatic-styles");
    if (is_in_drawing(mark, styles) || is_in_drawing(target.paragraph, styles)) {
      m_r.findings.push_back(make_finding(
          Code::slot_place_wrong, reference.place,
          {is_in_drawing(mark, styles) ? reference.place.tag : "The label “" + reference.name + "”",
           "a drawing"}));
      return {};
    }
    std::string out;
    const std::string& name = bookmark(target.paragraph, reference.name);
    if (reference.form == "above") {
      append_direction(out, reference, mark, target, name);
    } else if (reference.form == "page") {
      append_field(out, "page", name, "–");
      m_r.findings.push_back(
          make_finding(Code::page_reference_pending, reference.place, {reference.name}));
    } else if (target.numbers.empty()) {
      m_r.findings.push_back(
          make_finding(Code::label_not_numbered, reference.place, {reference.name}));
    } else if (reference.form == "number") {
      append_number(out, reference, target.numbers.back(), name);
    } else {
      // A level whose number another one shows needs no field of its own.
      std::array<bool, odf::k_list_levels> shown{};
      std::vector<const odf::LevelNumber*> parts;
      for (auto number = target.numbers.rbegin(); number != target.numbers.rend(); ++number) {
        if (shown[static_cast<std::size_t>(number->level)]) continue;
        parts.push_back(&*number);
        for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = shown[i] || number->shows[i];
      }
      for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        append_number(out, reference, **part, bookmark((*part)->paragraph, "paragraph"));
    }
    return out;
  }

  void append_number(std::string& out, const Rendering::Mark& reference,
                     const odf::LevelNumber& number, const std::string& bookmark) {
    const bool known = number.unknown_format.empty();
    append_field(out, "number-no-superior", bookmark, known ? number.text : "–");
    if (!known)
      m_r.findings.push_back(make_finding(Code::number_pending, reference.place,
                                          {reference.name, number.unknown_format}));
  }

  /// In the language of the text, as LibreOffice does it; nullptr: we do not know its words.
  const DirectionWords* direction_words(pugi::xml_node mark) {
    std::string language;
    if (m_r.languages != nullptr) {
      if (!m_languages) {
        m_languages = *m_r.languages;
        m_languages->read(
            m_document.child("office:document-content").child("office:automatic-styles"));
      }
      language = m_languages->at(mark);
    }
    if (language.empty() || language == "none" || language == "zxx") language = "en";
    const auto* found =
        std::find_if(k_direction_words.begin(), k_direction_words.end(),
                     [&](const DirectionWords& words) { return words.language == language; });
    return found == k_direction_words.end() ? nullptr : found;
  }

  void append_direction(std::string& out, const Rendering::Mark& reference, pugi::xml_node mark,
                        const Target& target, const std::string& bookmark) {
    const std::optional<bool> above = stands_above(
        flow_around(target.paragraph), static_cast<std::size_t>(target.paragraph.offset_debug()),
        flow_around(mark), static_cast<std::size_t>(mark.offset_debug()));
    const DirectionWords* words = direction_words(mark);
    const bool known = above && words != nullptr;
    append_field(out, "direction", bookmark, !known ? "–" : *above ? words->above : words->below);
    if (!known)
      m_r.findings.push_back(
          make_finding(Code::direction_pending, reference.place, {reference.name}));
  }

  void apply() {
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const Edit& a, const Edit& b) {
      return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    std::string out;
    out.reserve(m_r.out.size() + 128 * m_edits.size());
    std::size_t at = 0;
    for (const Edit& edit : m_edits) {
      out.append(m_r.out, at, edit.from - at);
      out += edit.text;
      at = edit.to;
    }
    out.append(m_r.out, at);
    m_r.out = std::move(out);
  }

  Rendering& m_r;
  const odf::ListStyles& m_lists;
  pugi::xml_document m_document;
  std::map<std::pair<std::string, std::uint32_t>, Target> m_targets; ///< by label and copy
  std::map<const void*, std::string> m_bookmarks;
  std::vector<Reference> m_references;
  std::vector<Edit> m_edits;
  std::set<std::string> m_names;
  std::optional<odf::TextLanguages> m_languages; ///< with those of the automatic styles
};

} // namespace

void resolve_references(Rendering& rendering, std::string& headers, const odf::ListStyles& lists,
                        const std::function<std::string(const std::string&)>& absent_label) {
  if (rendering.given_up) return;
  if (rendering.labels.empty() && rendering.references.empty()) return;
  Resolver(rendering, lists).run(headers, absent_label);
}

} // namespace engross::templating
