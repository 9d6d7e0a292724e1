// SPDX-License-Identifier: MPL-2.0
#include "office/docx_pages.hpp"

#include <minizip/unzip.h>
#include <pugixml.hpp>

#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::office {

namespace {

constexpr double k_emus = 12700;       ///< in a point
constexpr double k_twips = 20;         ///< in a point
constexpr char k_page_number = '\x01'; ///< stands for it
constexpr std::size_t k_largest_part = 256U << 20U;

bool is(pugi::xml_node node, const char* name) { return std::strcmp(node.name(), name) == 0; }

/// The parts of a DOCX, inflated when asked for.
class Archive {
 public:
  explicit Archive(const std::filesystem::path& file) : m_zip(unzOpen64(file.string().c_str())) {}
  ~Archive() {
    if (m_zip != nullptr) unzClose(m_zip);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  bool has(const std::string& part) const {
    return m_zip != nullptr && unzLocateFile(m_zip, part.c_str(), 1) == UNZ_OK;
  }
  /// None where it is missing, damaged or too large.
  std::optional<std::string> read(const std::string& part) const {
    unz_file_info64 info{};
    if (!has(part) ||
        unzGetCurrentFileInfo64(m_zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK ||
        info.uncompressed_size > k_largest_part || unzOpenCurrentFile(m_zip) != UNZ_OK)
      return std::nullopt;
    std::string out(static_cast<std::size_t>(info.uncompressed_size), '\0');
    const int got = unzReadCurrentFile(m_zip, out.data(), static_cast<unsigned>(out.size()));
    const bool is_sound = unzCloseCurrentFile(m_zip) == UNZ_OK;
    if (!is_sound || got < 0 || static_cast<std::size_t>(got) != out.size()) return std::nullopt;
    return out;
  }
  /// Without a root where there is no such part or it is no XML.
  pugi::xml_document xml(const std::string& part) const {
    pugi::xml_document out;
    const auto bytes = read(part);
    if (!bytes ||
        !out.load_buffer(bytes->data(), bytes->size(), pugi::parse_default | pugi::parse_ws_pcdata))
      out.reset();
    return out;
  }

 private:
  unzFile m_zip;
};

/// Targets of a part's relationships by their ids, as parts.
std::map<std::string, std::string> targets_of(const Archive& archive, const std::string& part) {
  std::map<std::string, std::string> out;
  const pugi::xml_document relations = archive.xml("word/_rels/" + part + ".rels");
  for (const pugi::xml_node node : relations.document_element().children("Relationship")) {
    const std::string target = node.attribute("Target").value();
    out[node.attribute("Id").value()] =
        target.starts_with('/') ? target.substr(1) : "word/" + target;
  }
  return out;
}

/// A header or footer as it is printed.
struct PagePart {
  std::vector<std::string> lines;
  std::vector<std::string> boxes; ///< lines of its text boxes
  std::vector<Extent> pictures;
};

class PartReader {
 public:
  PartReader(const Archive& archive, const std::string& part)
      : m_archive(archive), m_targets(targets_of(archive, part)) {}

  void read(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) {
      if (is(child, "w:p")) {
        m_line.clear();
        read(child);
        end_line();
      } else if (is(child, "w:fldChar")) {
        handle_field(child.attribute("w:fldCharType").value());
      } else if (is(child, "w:instrText")) {
        m_instruction += child.text().get();
      } else if (is(child, "w:t")) {
        if (!m_is_page_number) m_line += child.text().get();
      } else if (is(child, "w:tab") && !is(node, "w:tabs")) {
        m_line += '\t';
      } else if (is(child, "w:br") || is(child, "w:cr")) {
        end_line();
      } else if (is(child, "w:noBreakHyphen")) {
        m_line += "\u2011";
      } else if (is(child, "wp:inline") || is(child, "wp:anchor")) {
        add_picture(child);
        add_box(child);
      } else if (!is(child, "mc:Fallback") && !is(child, "w:pict") && !is(child, "w:del")) {
        read(child);
      }
    }
  }
  PagePart finish() { return std::move(m_out); }

 private:
  /// Word puts the page number in itself, whatever the file says; other fields read as stored.
  void handle_field(std::string_view type) {
    if (type == "begin") {
      m_instruction.clear();
    } else if (type == "separate") {
      const std::size_t at = m_instruction.find_first_not_of(' ');
      const std::string_view rest =
          at == std::string::npos ? std::string_view() : std::string_view(m_instruction).substr(at);
      m_is_page_number = rest.substr(0, rest.find_first_of(" \\")) == "PAGE";
      if (m_is_page_number) m_line += k_page_number;
    } else {
      m_is_page_number = false;
    }
  }

  void end_line() {
    const std::size_t last = m_line.find_last_not_of(" \t");
    m_line.erase(last == std::string::npos ? 0 : last + 1);
    if (!m_line.empty()) m_out.lines.push_back(std::move(m_line));
    m_line.clear();
  }

  /// What a text box says, apart from the line in which it is anchored.
  void add_box(pugi::xml_node drawing) {
    const pugi::xml_node content =
        drawing.find_node([](pugi::xml_node n) { return is(n, "w:txbxContent"); });
    if (!content) return;
    std::string line = std::exchange(m_line, {});
    std::vector<std::string> lines = std::exchange(m_out.lines, {});
    read(content);
    m_line = std::move(line);
    for (std::string& text : std::exchange(m_out.lines, std::move(lines)))
      m_out.boxes.push_back(std::move(text));
  }

  /// One whose picture is in the file; a drawing of another kind is none.
  void add_picture(pugi::xml_node drawing) {
    const pugi::xml_node blip = drawing.find_node([](pugi::xml_node n) { return is(n, "a:blip"); });
    const auto target = m_targets.find(blip.attribute("r:embed").value());
    if (target == m_targets.end() || !m_archive.has(target->second)) return;
    const pugi::xml_node extent = drawing.child("wp:extent");
    m_out.pictures.push_back(
        {extent.attribute("cx").as_double() / k_emus, extent.attribute("cy").as_double() / k_emus});
  }

  const Archive& m_archive;
  std::map<std::string, std::string> m_targets;
  std::string m_line;
  std::string m_instruction;
  bool m_is_page_number = false;
  PagePart m_out;
};

using Parts = std::map<std::string, std::string>; ///< "first" "even" "default" -> relationship

struct Section {
  Parts headers;
  Parts footers;
  Extent paper;
  bool has_title_page = false;
  bool is_on_new_page = true;
  std::vector<std::string> texts; ///< of its paragraphs, without blanks
};

std::string without_blanks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u00a0")) {
      ++i;
    } else if (text[i] != ' ' && text[i] != '\t') {
      out += text[i];
    }
  }
  return out;
}

bool is_on(pugi::xml_node toggle) {
  const std::string_view value = toggle.attribute("w:val").value();
  return toggle && value != "false" && value != "0" && value != "off";
}

/// Takes from the section's properties; what they do not say comes from the section before.
void read_properties(pugi::xml_node properties, const Section* before, Section& out) {
  if (before != nullptr) {
    out.headers = before->headers;
    out.footers = before->footers;
  }
  for (const pugi::xml_node node : properties.children("w:headerReference"))
    out.headers[node.attribute("w:type").value()] = node.attribute("r:id").value();
  for (const pugi::xml_node node : properties.children("w:footerReference"))
    out.footers[node.attribute("w:type").value()] = node.attribute("r:id").value();
  const pugi::xml_node paper = properties.child("w:pgSz");
  out.paper = {paper.attribute("w:w").as_double() / k_twips,
               paper.attribute("w:h").as_double() / k_twips};
  out.has_title_page = is_on(properties.child("w:titlePg"));
  out.is_on_new_page =
      std::strcmp(properties.child("w:type").attribute("w:val").value(), "continuous") != 0;
}

/// All text below, tables and their cells included; text boxes too, which is of no harm here.
std::string text_of(pugi::xml_node paragraph) {
  std::string out;
  struct Walker : pugi::xml_tree_walker {
    std::string* text = nullptr;
    bool for_each(pugi::xml_node& node) override {
      if (is(node, "w:t")) *text += node.text().get();
      return true;
    }
  } walker;
  walker.text = &out;
  paragraph.traverse(walker);
  return without_blanks(out);
}

void add_blocks(pugi::xml_node area, std::vector<Section>& sections) {
  for (const pugi::xml_node child : area.children()) {
    if (!is(child, "w:p")) {
      if (!is(child, "w:sectPr")) add_blocks(child, sections);
      continue;
    }
    if (std::string text = text_of(child); !text.empty())
      sections.back().texts.push_back(std::move(text));
    const pugi::xml_node properties = child.child("w:pPr").child("w:sectPr");
    if (!properties) continue;
    const Section* before = sections.size() > 1 ? &sections[sections.size() - 2] : nullptr;
    read_properties(properties, before, sections.back());
    sections.emplace_back();
  }
}

std::vector<Section> sections_of(pugi::xml_node body) {
  std::vector<Section> out(1);
  add_blocks(body, out);
  const Section* before = out.size() > 1 ? &out[out.size() - 2] : nullptr;
  read_properties(body.child("w:sectPr"), before, out.back());
  return out;
}

/// Goes through the paragraphs with the pages: where a page begins.
class Finder {
 public:
  explicit Finder(const std::vector<Section>& sections) : m_sections(sections) {}

  /// The section of the page that begins with this line; a line that is nowhere further on is in
  /// the section of the page before.
  std::size_t section_of(const std::string& first_line) {
    const std::string line = without_blanks(first_line);
    if (line.empty()) return m_section;
    std::size_t paragraph = m_paragraph;
    for (std::size_t s = m_section; s < m_sections.size(); ++s, paragraph = 0)
      for (; paragraph < m_sections[s].texts.size(); ++paragraph) {
        const std::string& text = m_sections[s].texts[paragraph];
        // The line of a numbered paragraph begins with its number.
        const bool is_here = text.find(line) != std::string::npos ||
                             (line.size() > text.size() && line.ends_with(text)) ||
                             begins_after_number(line, text);
        if (!is_here) continue;
        m_section = s;
        m_paragraph = paragraph;
        return s;
      }
    return m_section;
  }

 private:
  static bool begins_after_number(std::string_view line, std::string_view text) {
    constexpr std::size_t longest = 12;
    for (std::size_t i = 1; i <= longest && i + 8 < line.size(); ++i)
      if (text.starts_with(line.substr(i))) return true;
    return false;
  }

  const std::vector<Section>& m_sections;
  std::size_t m_section = 0;
  std::size_t m_paragraph = 0;
};

class PageParts {
 public:
  explicit PageParts(const Archive& archive)
      : m_archive(archive), m_targets(targets_of(archive, "document.xml")) {
    m_has_even =
        is_on(archive.xml("word/settings.xml").document_element().child("w:evenAndOddHeaders"));
  }

  const PagePart& of(const Parts& parts, const Section& section, bool is_first, int number) {
    const char* type = "default";
    if (m_has_even && number % 2 == 0) type = "even";
    if (section.has_title_page && is_first) type = "first";
    const auto part = parts.find(type);
    return part == parts.end() ? m_none : read(part->second);
  }

 private:
  const PagePart& read(const std::string& relation) {
    const auto [at, is_new] = m_read.try_emplace(relation);
    const auto target = m_targets.find(relation);
    if (!is_new || target == m_targets.end()) return at->second;
    const std::string name = target->second.substr(target->second.rfind('/') + 1);
    PartReader reader(m_archive, name);
    reader.read(m_archive.xml(target->second).document_element());
    at->second = reader.finish();
    return at->second;
  }

  const Archive& m_archive;
  std::map<std::string, std::string> m_targets;
  std::map<std::string, PagePart> m_read;
  PagePart m_none;
  bool m_has_even = false;
};

std::vector<std::string> numbered(std::vector<std::string> lines, int number) {
  for (std::string& line : lines)
    for (std::size_t at = line.find(k_page_number); at != std::string::npos;
         at = line.find(k_page_number))
      line.replace(at, 1, std::to_string(number));
  return lines;
}

} // namespace

std::optional<Layout> read_docx_pages(const std::filesystem::path& docx, const Layout& letter) {
  const Archive archive(docx);
  const pugi::xml_document document = archive.xml("word/document.xml");
  const pugi::xml_node body = document.document_element().child("w:body");
  if (!body) return std::nullopt;
  const std::vector<Section> sections = sections_of(body);
  PageParts parts(archive);
  Finder finder(sections);
  Layout out;
  std::size_t last = 0;
  for (const LaidPage& page : letter.pages) {
    const std::size_t at = finder.section_of(page.first_line);
    const Section& section = sections[at];
    const bool is_first = out.pages.empty() || (at != last && section.is_on_new_page);
    last = at;
    const PagePart& header = parts.of(section.headers, section, is_first, page.number);
    const PagePart& footer = parts.of(section.footers, section, is_first, page.number);
    LaidPage& to = out.pages.emplace_back();
    to.number = page.number;
    to.paper = section.paper;
    to.header = numbered(header.lines, page.number);
    to.footer = numbered(footer.lines, page.number);
    to.header_boxes = numbered(header.boxes, page.number);
    to.footer_boxes = numbered(footer.boxes, page.number);
    to.header_pictures = header.pictures;
  }
  return out;
}

} // namespace engross::office
