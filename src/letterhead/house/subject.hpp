// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "letterhead/house/style_sheet.hpp"
#include "letterhead/pages.hpp"
#include "odf/document.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// Where a paragraph stands.
enum class Flow : unsigned char { body, table, frame, note, page };

/// A piece of a paragraph's text: one text node, or an element that stands for white space.
struct Run {
  pugi::xml_node node; ///< pcdata, text:s, text:tab, text:line-break
  std::size_t begin = 0;
  std::size_t length = 0;
  pugi::xml_node span; ///< innermost text:span around it; empty without one
};

/// One text:p or text:h.
struct TextParagraph {
  pugi::xml_node node;
  int number = 0; ///< 1-based in its part
  Flow flow = Flow::body;
  std::size_t heading = 0; ///< 1-based into TextPart::headings; 0: none before it
  std::string text;        ///< as read, notes, comments and frames left out
  std::vector<Run> runs;
  pugi::xml_node list; ///< innermost text:list; empty outside lists
  int list_level = 0;
  bool has_objects = false; ///< a frame, a note, a comment or a field stands in it
  /// Nothing but white space, non-breaking spaces included.
  bool is_blank() const {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text.compare(i, 2, "\xC2\xA0") == 0)
        ++i;
      else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
        return false;
    return true;
  }
};

/// The paragraphs of content.xml or styles.xml in document order.
struct TextPart {
  std::string name;
  std::vector<TextParagraph> paragraphs;
  std::vector<std::string> headings;
};

/// A document while it is audited: parsed, its paragraphs read, its styles resolved. One thread at
/// a time. Nothing in it is refused for what an audit should report.
class Subject {
 public:
  static Result<Subject> open(std::string name, std::string bytes);
  explicit Subject(odf::Document document);
  Subject(Subject&&) = default;
  Subject& operator=(Subject&&) = default;

  odf::Document document;
  TextPart body;  ///< content.xml
  TextPart pages; ///< styles.xml: headers and footers
  std::unique_ptr<const StyleSheet> body_styles;
  std::unique_ptr<const StyleSheet> page_styles;
  MasterPages masters;
  bool is_template = false; ///< of the mimetype; the house may know better
  /// Made of a Word file: its lists, page styles and dates of saving are those of the conversion.
  bool is_from_word = false;

  const std::string& file() const { return document.package.name(); }
  const StyleSheet& styles_of(const TextPart& part) const {
    return &part == &body ? *body_styles : *page_styles;
  }
  /// The place of a paragraph; the excerpt is about forty characters around `begin`.
  Place place(const TextPart& part, const TextParagraph& paragraph, std::size_t begin = 0,
              std::size_t length = 0) const;
  Place place(std::string_view part) const;
};

/// The style name of a paragraph.
std::string_view style_of(const TextParagraph& paragraph);

/// A property as it acts on a run: span by span, then the paragraph's style, then the default.
/// Values in percent are relative to what is outside, and passed over unless asked for.
std::string run_property(const StyleSheet& styles, const TextParagraph& paragraph, const Run& run,
                         std::string_view property, bool with_percent = false);
/// A property as it acts on a paragraph.
std::string paragraph_property(const StyleSheet& styles, const TextParagraph& paragraph,
                               std::string_view property);

/// The automatic style of a table; empty where it has none.
pugi::xml_node table_style(const pugi::xml_document& content, const pugi::xml_node& table);

/// Whether a paragraph begins a page or is the last one on its page, by its own style or a named
/// one.
bool starts_page(const StyleSheet& styles, const TextParagraph& paragraph);
bool ends_page(const StyleSheet& styles, const TextParagraph& paragraph);

/// What a date or time field shows that will say something else another day ("the day on which the
/// letter is opened"); empty for every other element (ODF 1.3 part 3, 7.3.2, 7.5).
std::string_view live_date(const pugi::xml_node& node);

/// Begin and end of each tag ({{ }}, {% %}, {# #}) in a text.
std::vector<std::pair<std::size_t, std::size_t>> tags_of(std::string_view text);
/// Whether the character at `at` belongs to one of `tags`.
bool is_inside_tag(const std::vector<std::pair<std::size_t, std::size_t>>& tags, std::size_t at);

/// Text for a sentence: white space collapsed, cut after `limit` characters.
std::string shortened(std::string_view text, std::size_t limit = 60);

} // namespace engross::letterhead
