// SPDX-License-Identifier: MPL-2.0
// Whatever Writer leaves inside a tag, the letter is the same. Each template is rewritten from a
// seed: spans, bookmarks, comments, tracked changes and other marks are put into its tags, quotes
// and blanks are exchanged; the letter of that template must be the letter of the template as
// typed.
#include "letter/assembly.hpp"
#include "odf/document.hpp"

#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace engross {
namespace {

namespace fs = std::filesystem;
using pugi::xml_node;

constexpr unsigned k_seeds = 200;
constexpr std::size_t k_failures_shown = 6;
constexpr const char* k_mark = "split"; ///< begins the names of our bookmarks

enum class Kind {
  span,            ///< spans without attributes
  styled_span,     ///< formatting that begins behind the first character of the tag
  divided_span,    ///< the span around the tag ends and begins again
  bookmark,        ///< points and ranges
  soft_page_break, //
  comment,         ///< with tags in their own text, some with a range
  insertion,       ///< tracked, some over the end of the paragraph
  deletion,        //
  invisible,       ///< soft hyphens and other characters without width
  curly,           ///< typographic quotes
  no_break,        ///< no-break spaces
  blank_element,   ///< text:s, text:tab, text:line-break
  placeholder,     ///< a placeholder field around the whole tag
  percent,         ///< %7B and the like in the targets of links
};
constexpr std::array k_kind_names = {
    "span",        "styled span", "divided span", "bookmark", "soft page break", "comment",       //
    "insertion",   "deletion",    "invisible",    "curly",    "no-break space",  "blank element", //
    "placeholder", "percent"};
constexpr std::size_t k_kinds = k_kind_names.size();

bool named(xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }
bool is_text(xml_node node) { return node.type() == pugi::node_pcdata; }
bool is_paragraph(xml_node node) { return named(node, "text:p") || named(node, "text:h"); }
bool is_transparent(xml_node node) { return named(node, "text:span") || named(node, "text:a"); }

/// Flows that may begin with text:tracked-changes (ODF 1.3 part 3, 5.5.1).
bool is_tracked_flow(xml_node node) {
  return named(node, "office:text") || std::string_view(node.name()).starts_with("style:header") ||
         std::string_view(node.name()).starts_with("style:footer");
}

std::string escaped(std::string_view text) {
  std::string out;
  odf::append_escaped(out, text);
  return out;
}

/// \p target: how the target of a link is written.
std::string start_tag(xml_node node,
                      const std::function<std::string(const std::string&)>& target = nullptr) {
  std::string out = std::string("<") + node.name();
  for (const pugi::xml_attribute a : node.attributes()) {
    const bool link = target && std::strcmp(a.name(), "xlink:href") == 0;
    out +=
        std::string(" ") + a.name() + "=\"" + escaped(link ? target(a.value()) : a.value()) + "\"";
  }
  return out + ">";
}

std::string end_tag(xml_node node) { return std::string("</") + node.name() + ">"; }

/// A document as a string, with marks in its tags.
class Splitter {
 public:
  /// The first seeds use one kind each, so that a fault shows its kind; the others mix them.
  Splitter(unsigned seed, std::string style) : m_random(seed), m_style(std::move(style)) {
    for (std::size_t i = 0; i < k_kinds; ++i)
      m_used[i] = seed < 6 * k_kinds ? seed % k_kinds == i : below(3) == 0;
  }

  /// No marks: the document as it is.
  void silence() { m_used = {}; }

  std::string write(const pugi::xml_document& document) {
    m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    for (xml_node child : document) block(child);
    return std::move(m_out);
  }

  std::array<int, k_kinds> marks{}; ///< how many of each kind

  std::string kinds() const {
    std::string out;
    for (std::size_t i = 0; i < k_kinds; ++i)
      if (m_used[i]) out += (out.empty() ? "" : ", ") + std::string(k_kind_names[i]);
    return out;
  }

 private:
  struct TagRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool placeholder = false;
  };
  struct Paragraph {
    std::string text;
    std::vector<TagRange> tags;
    std::set<std::size_t> quoted; ///< offsets inside of texts in tags
    std::map<std::size_t, std::string> quotes;
    std::size_t at = 0;
    std::vector<std::string> open_spans;     ///< of ours, in the text node at hand
    std::vector<std::string> open_bookmarks; ///< and comments: how they end
  };

  unsigned below(unsigned n) { return static_cast<unsigned>(m_random() % n); }

  bool use(Kind kind, unsigned one_in) {
    const auto i = static_cast<std::size_t>(kind);
    if (!m_used[i] || below(one_in) != 0) return false;
    ++marks[i];
    return true;
  }

  std::string next_name() { return k_mark + std::to_string(++m_names); }

  // --- Blocks ----------------------------------------------------------------------------------

  void block(xml_node node) {
    if (is_text(node)) {
      m_out += escaped(node.value());
    } else if (is_paragraph(node)) {
      paragraph(node);
    } else if (named(node, "dc:title") || named(node, "meta:user-defined")) {
      m_plain = true;
      paragraph(node);
      m_plain = false;
    } else if (node.type() == pugi::node_element) {
      m_out += start_tag(node);
      const std::string outer = std::exchange(m_regions, {});
      const std::size_t begin = m_out.size();
      for (xml_node child : node) block(child);
      if (!is_tracked_flow(node)) {
        m_regions = outer + m_regions;
      } else {
        if (!m_regions.empty())
          m_out.insert(begin, "<text:tracked-changes>" + m_regions + "</text:tracked-changes>");
        m_regions = outer;
      }
      m_out += end_tag(node);
    }
  }

  // --- Paragraphs ------------------------------------------------------------------------------

  static void gather(xml_node node, std::string& out) {
    for (xml_node child : node) {
      if (is_text(child))
        out += child.value();
      else if (is_transparent(child))
        gather(child, out);
    }
  }

  Paragraph scanned(xml_node node) {
    Paragraph p;
    gather(node, p.text);
    for (std::size_t i = 0; i + 1 < p.text.size(); ++i) {
      const char kind = p.text[i + 1];
      if (p.text[i] != '{' || (kind != '{' && kind != '%' && kind != '#')) continue;
      const std::string close = {kind == '{' ? '}' : kind, '}'};
      TagRange tag{i, i + 2, false};
      while (p.text.compare(tag.end, 2, close) != 0) {
        const char c = p.text[tag.end];
        if (kind != '#' && (c == '"' || c == '\'')) {
          const std::size_t end = p.text.find(c, tag.end + 1);
          for (std::size_t k = tag.end; k <= end; ++k) p.quoted.insert(k);
          choose_quotes(p, tag.end, end, c);
          tag.end = end;
        }
        ++tag.end;
      }
      tag.end += 2;
      i = tag.end - 1;
      p.tags.push_back(tag);
    }
    return p;
  }

  void choose_quotes(Paragraph& p, std::size_t begin, std::size_t end, char quote) {
    if (!use(Kind::curly, 1)) return;
    static constexpr std::array<std::array<const char*, 2>, 3> k_double = {
        {{"“", "”"}, {"”", "”"}, {"„", "“"}}};
    static constexpr std::array<std::array<const char*, 2>, 3> k_single = {
        {{"‘", "’"}, {"’", "’"}, {"‚", "‘"}}};
    const auto& pair = (quote == '"' ? k_double : k_single)[below(3)];
    p.quotes[begin] = pair[0];
    p.quotes[end] = pair[1];
  }

  void paragraph(xml_node node) {
    Paragraph p = scanned(node);
    m_out += start_tag(node);
    inline_children(node, p);
    for (const std::string& end : p.open_bookmarks) m_out += end;
    xml_node next = node.next_sibling();
    while (is_text(next)) next = next.next_sibling();
    const bool last = !is_paragraph(next);
    if (!m_open_insertion.empty() && (last || below(2) == 0)) end_insertion();
    m_out += end_tag(node);
  }

  void inline_children(xml_node node, Paragraph& p) {
    for (xml_node child : node) {
      if (is_text(child)) {
        text(child, p);
      } else if (is_transparent(child)) {
        m_out += start_tag(child, [this](const std::string& target) { return link(target); });
        inline_children(child, p);
        m_out += end_tag(child);
      } else {
        const std::string insertion = std::exchange(m_open_insertion, {});
        block(child);
        m_open_insertion = insertion;
      }
    }
  }

  /// Writer writes what a target may not hold as %7B, or as %7b; quotes and blanks as in the text.
  std::string link(const std::string& target) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t begin = 0; (begin = target.find("{{", at)) != std::string::npos;) {
      out += target.substr(at, begin - at);
      at = target.find("}}", begin) + 2;
      char quote = 0;
      for (const char c : target.substr(begin, at - begin)) {
        link_character(c, quote != 0 && c != quote, out);
        if (c == '"' || c == '\'') quote = quote == 0 ? c : 0;
      }
    }
    return out + target.substr(at);
  }

  void link_character(char c, bool quoted, std::string& out) {
    std::string written{c};
    const bool first = c == '{' && (out.empty() || out.back() != '{');
    if (!quoted && c == '"' && use(Kind::curly, 1)) written = "”";
    if (!quoted && c == ' ' && use(Kind::no_break, 2)) written = "\u00A0";
    if (!first && use(Kind::invisible, 6)) written.insert(0, "\u200B");
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || !use(Kind::percent, 2)) {
      out += written;
      return;
    }
    const char* digits = below(2) == 0 ? "0123456789ABCDEF" : "0123456789abcdef";
    for (const char byte : written) {
      const auto value = static_cast<unsigned char>(byte);
      out += {'%', digits[value / 16U], digits[value % 16U]};
    }
  }

  void text(xml_node node, Paragraph& p) {
    const std::string_view value = node.value();
    const std::size_t end = p.at + value.size();
    for (std::size_t i = 0; i < value.size();) {
      std::size_t length = 1;
      while (i + length < value.size() &&
             (static_cast<unsigned char>(value[i + length]) & 0xC0U) == 0x80U)
        ++length;
      const auto tag = std::find_if(p.tags.begin(), p.tags.end(), [&](const TagRange& t) {
        return t.begin <= p.at && p.at < t.end;
      });
      if (tag == p.tags.end()) {
        m_out += escaped(value.substr(i, length));
      } else {
        if (p.at == tag->begin && tag->end <= end) begin_placeholder(*tag);
        if (!m_plain && !tag->placeholder) boundary(p, *tag, node.parent());
        character(value.substr(i, length), p, *tag);
        if (p.at + length == tag->end) end_of_tag(p, *tag);
      }
      i += length;
      p.at += length;
    }
    close_spans(p);
  }

  void begin_placeholder(TagRange& tag) {
    if (m_plain || !use(Kind::placeholder, 2)) return;
    tag.placeholder = true;
    m_out += R"(<text:placeholder text:placeholder-type="text">&lt;)";
  }

  void end_of_tag(Paragraph& p, const TagRange& tag) {
    if (tag.placeholder) m_out += "&gt;</text:placeholder>";
    // Formatting of ours ends with the tag at the latest; spans without any may go on.
    if (std::any_of(p.open_spans.begin(), p.open_spans.end(),
                    [](const std::string& span) { return span != "<text:span>"; }) ||
        below(2) == 0)
      close_spans(p);
  }

  void close_spans(Paragraph& p) {
    for (std::size_t i = 0; i < p.open_spans.size(); ++i) m_out += "</text:span>";
    p.open_spans.clear();
  }

  void character(std::string_view c, const Paragraph& p, const TagRange& tag) {
    const bool quoted = p.quoted.contains(p.at);
    if (p.at > tag.begin && use(Kind::invisible, 6)) {
      static constexpr std::array k_invisible = {"\u00AD", "\u00AD", "\u200B", "\u2060"};
      m_out += k_invisible[below(k_invisible.size())];
    }
    if (const auto quote = p.quotes.find(p.at); quote != p.quotes.end()) {
      m_out += quote->second;
    } else if (c == " " && !quoted && use(Kind::no_break, 2)) {
      m_out += "\u00A0";
    } else if (c == " " && !quoted && !m_plain && !tag.placeholder && use(Kind::blank_element, 2)) {
      static constexpr std::array k_blank = {"<text:s/>", "<text:s text:c=\"2\"/>", "<text:tab/>",
                                             "<text:line-break/>"};
      m_out += k_blank[below(k_blank.size())];
    } else {
      m_out += escaped(c);
    }
  }

  /// Between two characters of a tag, and before its first.
  void boundary(Paragraph& p, const TagRange& tag, xml_node parent) {
    if (!p.open_spans.empty() && below(3) == 0) {
      m_out += "</text:span>";
      p.open_spans.pop_back();
    }
    if (named(parent, "text:span") && p.open_spans.empty() && use(Kind::divided_span, 4))
      m_out += end_tag(parent) + start_tag(parent);
    if (use(Kind::span, 4)) open_span(p, "<text:span>");
    if (p.at > tag.begin && use(Kind::styled_span, 6))
      open_span(p, "<text:span text:style-name=\"" + m_style + "\">");
    if (use(Kind::soft_page_break, 6)) m_out += "<text:soft-page-break/>";
    bookmark(p);
    comment(p);
    tracked_change();
    if (!p.open_bookmarks.empty() && below(8) == 0) {
      m_out += p.open_bookmarks.front();
      p.open_bookmarks.erase(p.open_bookmarks.begin());
    }
  }

  void open_span(Paragraph& p, std::string tag) {
    m_out += tag;
    p.open_spans.push_back(std::move(tag));
  }

  void bookmark(Paragraph& p) {
    if (!use(Kind::bookmark, 8)) return;
    const std::string attribute = " text:name=\"" + next_name() + "\"/>";
    if (below(2) == 0) {
      m_out += "<text:bookmark" + attribute;
    } else {
      m_out += "<text:bookmark-start" + attribute;
      p.open_bookmarks.push_back("<text:bookmark-end" + attribute);
    }
  }

  void comment(Paragraph& p) {
    if (!use(Kind::comment, 8)) return;
    const std::string name = next_name();
    m_out += "<office:annotation office:name=\"" + name +
             "\"><dc:creator>A. Reader</dc:creator><dc:date>2006-02-01T10:00:00</dc:date>"
             "<text:p>{{ not.a.tag }} nor {% if that %}</text:p></office:annotation>";
    if (below(2) == 0)
      p.open_bookmarks.push_back("<office:annotation-end office:name=\"" + name + "\"/>");
  }

  void tracked_change() {
    if (m_open_insertion.empty() && use(Kind::insertion, 8)) {
      m_open_insertion = region(below(4) == 0 ? "format-change" : "insertion", "");
      m_out += "<text:change-start text:change-id=\"" + m_open_insertion + "\"/>";
    } else if (!m_open_insertion.empty() && below(8) == 0) {
      end_insertion();
    }
    if (use(Kind::deletion, 8)) {
      static constexpr std::array k_deleted = {"<text:p>{{ old</text:p>",
                                               "<text:p>x }} {% endif %}</text:p><text:p/>"};
      const std::string id = region("deletion", k_deleted[below(k_deleted.size())]);
      m_out += "<text:change text:change-id=\"" + id + "\"/>";
    }
  }

  std::string region(const std::string& kind, const std::string& content) {
    std::string id = next_name();
    m_regions.append("<text:changed-region xml:id=\"").append(id).append("\" text:id=\"");
    m_regions.append(id).append("\"><text:").append(kind);
    m_regions += "><office:change-info><dc:creator>A. Reader</dc:creator>"
                 "<dc:date>2006-02-01T10:00:00</dc:date></office:change-info>";
    m_regions.append(content).append("</text:").append(kind).append("></text:changed-region>");
    return id;
  }

  void end_insertion() {
    m_out += "<text:change-end text:change-id=\"" + m_open_insertion + "\"/>";
    m_open_insertion.clear();
  }

  std::mt19937 m_random;
  std::string m_style; ///< of characters
  std::array<bool, k_kinds> m_used{};
  std::string m_out;
  std::string m_regions;        ///< of the flow at hand
  std::string m_open_insertion; ///< id
  bool m_plain = false;         ///< text without elements
  unsigned m_names = 0;
};

// --- The letter, without what a reader cannot see ------------------------------------------------

bool same_attributes(xml_node a, xml_node b) { return start_tag(a) == start_tag(b); }

bool is_ours(xml_node node) {
  return std::string_view(node.attribute("text:name").value()).starts_with(k_mark);
}

void normalise(xml_node node) {
  for (xml_node child = node.first_child(); child;) {
    xml_node next = child.next_sibling();
    if (named(child, "text:soft-page-break") ||
        (std::string_view(child.name()).starts_with("text:bookmark") && is_ours(child))) {
      node.remove_child(child);
    } else if (named(child, "text:span")) {
      normalise(child);
      if (!child.first_attribute()) {
        while (xml_node inner = child.first_child()) node.insert_move_before(inner, child);
      }
      if (!child.first_child()) node.remove_child(child);
    } else if (child.type() == pugi::node_element) {
      normalise(child);
    }
    child = next;
  }
  for (xml_node child = node.first_child(); child; child = child.next_sibling()) {
    xml_node next = child.next_sibling();
    while (next && named(child, "text:span") && same_attributes(child, next)) {
      while (xml_node inner = next.first_child()) child.append_move(inner);
      node.remove_child(next);
      next = child.next_sibling();
    }
  }
}

/// One line for each paragraph, so that a difference is short. Blanks are printed as a reader
/// counts them (ODF 1.3 part 3, 6.1.2): a run of characters is one, text:s is as many as it says.
class Printer {
 public:
  std::string out;

  void print(xml_node node) {
    if (is_text(node)) {
      text(node.value());
    } else if (named(node, "text:s")) {
      out.append(std::max(1U, node.attribute("text:c").as_uint(1)), ' ');
      m_blank = false;
    } else {
      const bool outer = m_blank;
      if (is_paragraph(node)) out += '\n';
      if (node.name()[0] != '\0') out += start_tag(node);
      const bool inside = named(node, "text:span") || named(node, "text:a");
      if (!inside) m_blank = is_paragraph(node);
      for (xml_node child : node) print(child);
      if (!inside) m_blank = outer;
      if (node.name()[0] != '\0') out += end_tag(node);
    }
  }

 private:
  void text(std::string_view value) {
    std::string collapsed;
    for (const char c : value) {
      const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!blank || !m_blank) collapsed += blank ? ' ' : c;
      m_blank = blank;
    }
    out += escaped(collapsed);
  }

  bool m_blank = false; ///< another blank here would not be seen
};

/// What a bookmark of ours still owes the letter: each name once, each start with its end.
std::string bookmark_fault(const pugi::xml_document& document) {
  std::map<std::string, std::string> seen;
  const auto walk = [&](auto&& self, xml_node node) -> void {
    if (std::string_view(node.name()).starts_with("text:bookmark") && is_ours(node))
      seen[node.attribute("text:name").value()] += node.name() + std::strlen("text:bookmark");
    for (xml_node child : node) self(self, child);
  };
  walk(walk, document);
  for (const auto& [name, what] : seen)
    if (!what.empty() && what != "-start-end") return name + " stands as: " + what;
  return {};
}

struct Outcome {
  std::string text;  ///< the parts, one paragraph a line; or the first finding that forbids it
  std::string fault; ///< of the letter by itself
  bool made = false;
};

std::string first_difference(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const auto line = [&](const std::string& text) {
    const std::size_t line_begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::size_t begin = std::max(line_begin, at > 400 ? at - 400 : 0);
    return text.substr(begin, text.find('\n', std::min(at, text.size())) - begin).substr(0, 800);
  };
  return "expected: " + line(a) + "\n     got: " + line(b);
}

struct Template {
  const char* name;
  const char* file;                 ///< in the copy of the folder
  const char* folder;               ///< in the sources
  const char* style;                ///< of characters, for formatting inside of tags
  bool link;                        ///< has a tag in the target of a link
  std::vector<const char*> deal;    ///< files
  std::vector<const char*> mutated; ///< files
};

void PrintTo(const Template& t, std::ostream* out) { *out << t.name; }

class Split : public testing::TestWithParam<Template> {
 protected:
  void SetUp() override {
    m_folder =
        fs::path(testing::TempDir()) / ("engross-split-" + std::to_string(std::random_device()()));
    fs::copy(fs::path(ENGROSS_SOURCE_DIR) / GetParam().folder, m_folder,
             fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  /// The letter of what lies in the folder.
  Outcome letter() const {
    letter::Sources sources;
    sources.template_file = m_folder / GetParam().file;
    Result<letter::Assembly> assembly = letter::Assembly::compile(sources);
    Findings findings = assembly.findings;
    if (assembly && !has_errors(findings)) {
      std::vector<fs::path> files;
      for (const char* file : GetParam().deal) files.push_back(m_folder / file);
      const Result<deal::Deal> deal = assembly->read_deal(files);
      append(findings, deal.findings);
      if (deal) {
        letter::Letter made = assembly->render(*deal);
        append(findings, made.findings);
        if (made.ok()) return parts(std::move(made.odt));
      }
    }
    Outcome out;
    for (const Finding& finding : findings)
      if (out.text.empty() && finding.severity == Severity::error) out.text = to_text(finding);
    return out;
  }

  static Outcome parts(std::string odt) {
    Result<odf::Document> document = odf::Document::open("letter.odt", std::move(odt));
    Outcome out;
    if (!document) return out;
    out.made = true;
    for (pugi::xml_document* part : {&document->content, &document->styles, &document->meta}) {
      if (out.fault.empty()) out.fault = bookmark_fault(*part);
      normalise(*part);
      Printer printer;
      printer.print(*part);
      out.text += printer.out;
    }
    return out;
  }

  void split(const std::string& name, Splitter& splitter) const {
    pugi::xml_document document;
    const fs::path source = fs::path(ENGROSS_SOURCE_DIR) / GetParam().folder / name;
    ASSERT_TRUE(document.load_file(source.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
    std::ofstream(m_folder / name, std::ios::binary) << splitter.write(document);
  }

  fs::path m_folder;
};

TEST_P(Split, GivesTheSameLetter) {
  for (const char* name : GetParam().mutated) {
    Splitter none(0, {});
    none.silence();
    split(name, none);
  }
  const Outcome expected = letter();
  ASSERT_TRUE(expected.made) << expected.text;

  std::array<int, k_kinds> marks{};
  unsigned failures = 0;
  std::set<std::string> shown; // kinds
  for (unsigned seed = 0; seed < k_seeds; ++seed) {
    std::string kinds;
    for (const char* name : GetParam().mutated) {
      Splitter splitter(seed, GetParam().style);
      split(name, splitter);
      kinds = splitter.kinds();
      for (std::size_t i = 0; i < k_kinds; ++i) marks[i] += splitter.marks[i];
    }
    const Outcome got = letter();
    if (got.text == expected.text && got.fault.empty()) continue;
    ++failures;
    if (!shown.insert(kinds).second || shown.size() > k_failures_shown) continue;
    ADD_FAILURE() << "seed " << seed << " (" << kinds << ")\n"
                  << (got.text == expected.text ? got.fault
                      : got.made                ? first_difference(expected.text, got.text)
                                                : got.text);
  }
  EXPECT_EQ(failures, 0U) << "of " << k_seeds;
  for (std::size_t i = 0; i < k_kinds; ++i) {
    if (i == static_cast<std::size_t>(Kind::divided_span)) continue; // needs a tag in a span
    if (i == static_cast<std::size_t>(Kind::percent) && !GetParam().link) continue;
    EXPECT_GT(marks[i], 20) << k_kind_names[i];
  }
}

std::vector<Template> templates() {
  std::vector<Template> out;
  const std::vector<const char*> book = {"opinions/general.fodt", "opinions/shelf.fodt",
                                         "opinions/takedown.fodt"};
  const char* firm = "templates";
  // The letterhead is put on before tags are read, and must know the styles of the template.
  const char* term = "Defined_20_Term";
  const char* foreign = "Foreign";
  const char* takedown = "templates/takedown-opinion.fodt";
  const char* shelf = "templates/shelf-opinion.fodt";
  out.push_back({"Takedown", takedown, firm, term, false, {"deals/takedown.json"}, {takedown}});
  out.push_back({"Shelf", shelf, firm, term, false, {"deals/shelf.json"}, {shelf}});
  out.push_back({"TakedownBook", takedown, firm, foreign, false, {"deals/takedown.json"}, book});
  out.push_back({"ShelfBook", shelf, firm, foreign, false, {"deals/shelf.json"}, book});
  const char* letterhead = "letterheads/marlow-pike.fodt";
  out.push_back({"Letterhead", shelf, firm, term, false, {"deals/shelf.json"}, {letterhead}});
  const char* small = "tests/golden/templates";
  out.push_back({"Tables", "tables.fodt", small, foreign, false, {"deal.json"}, {"tables.fodt"}});
  out.push_back({"Lists", "lists.fodt", small, foreign, false, {"deal.json"}, {"lists.fodt"}});
  out.push_back({"Notes", "notes.fodt", small, foreign, true, {"deal.json"}, {"notes.fodt"}});
  out.push_back({"Frames", "frames.fodt", small, foreign, false, {"deal.json"}, {"frames.fodt"}});
  out.push_back(
      {"Headers", "headers.fodt", small, foreign, false, {"deal.json"}, {"headers.fodt"}});
  return out;
}

INSTANTIATE_TEST_SUITE_P(Golden, Split, testing::ValuesIn(templates()),
                         [](const auto& test) { return std::string(test.param.name); });

} // namespace
} // namespace engross
