// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "letterhead/house/header_pattern.hpp"
#include "letterhead/house/subject.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace engross::letterhead {

/// The pages of a letter that differ.
enum class PageRole : unsigned char { first, continuation, left };
inline constexpr std::array k_page_roles = {PageRole::first, PageRole::continuation,
                                            PageRole::left};

/// Stand for what only the letter's address block says (private use characters).
inline constexpr std::string_view k_addressee_mark = "\xEE\x80\x80"
                                                     "addressee";
inline constexpr std::string_view k_date_mark = "\xEE\x80\x80"
                                                "date";

/// "page 1", "every later page", "every left page".
std::string_view role_text(PageRole role);
/// The key in House::page_lines: "first header".
std::string role_key(PageRole role, bool is_header);

/// The header or footer that is printed on pages of a role; empty where none is. A first page
/// without content of its own shows that of all pages (ODF 1.3 part 3, 16.10 ff.).
pugi::xml_node page_part(const MasterPages& masters, PageRole role, bool is_header);

/// A line of a header or footer as it prints: page fields are `#`, pictures `[picture]`.
struct PageLine {
  std::string text;
  pugi::xml_node paragraph;
  bool is_in_box = false; ///< of a text box or drawing, whose lines follow those of its paragraph
};
/// Lines of nothing are left out.
std::vector<PageLine> page_lines_with_paragraphs(const pugi::xml_node& part);
/// Their text.
std::vector<std::string> page_lines(const pugi::xml_node& part);

/// "i, ii, iii" for the style:num-format of page numbers.
std::string number_form(std::string_view format);

/// A picture that stands in a header or footer, as a logo does.
struct PagePicture {
  double width = 0; ///< points; 0 where it is not said
  double height = 0;
  std::string part; ///< of the package; empty: not in it
  pugi::xml_node frame;
};
std::vector<PagePicture> page_pictures(const pugi::xml_node& part);
/// Whether two pictures are of one size, as far as offices round it.
bool same_size(double width, double height, const PagePicture& picture);
/// "0.72in × 0.72in"
std::string size_text(double width, double height);

/// Paper and margins of a page style in points; a length that is not given is 0.
struct PageMeasures {
  double width = 0;
  double height = 0;
  std::map<std::string, double, std::less<>> margins; ///< "left" …
};
PageMeasures measures_of(const MasterPage& page);

/// The numbering and the indents of each level of a list style: "level 1" -> attribute -> value.
using ListLevels = std::map<std::string, std::map<std::string, std::string>>;
ListLevels list_levels(const pugi::xml_node& list_style);

/// Whether an attribute of a level decides how its numbers read.
bool is_of_number(std::string_view attribute);
/// The list styles that the text's lists and paragraphs name. Their numbers are words of a letter.
std::set<std::string> lists_in_use(const Subject& subject);

/// A header or footer with text boxes in it: its own lines, and those of the boxes.
struct BoxedPatterns {
  std::vector<PatternLines> lines;
  std::vector<PatternLines> boxes;
};

/// A letterhead as documents are compared with it. Immutable once made; threads may share it.
class Reference {
 public:
  /// `firm_data`: what the firm's deals have in common; a tag that it answers is part of the
  /// pattern, any other tag stands for any text.
  Reference(Subject letterhead, const deal::Value& firm_data);

  const Subject& subject() const { return m_subject; }
  const StyleSheet& styles() const { return *m_subject.body_styles; }
  const MasterPages& masters() const { return m_subject.masters; }
  /// All ways in which a letter's header or footer may read.
  const std::vector<PatternLines>& patterns(PageRole role, bool is_header) const;
  /// The same where text boxes stand in it, apart from each other; null where none does.
  const BoxedPatterns* boxed(PageRole role, bool is_header) const;
  /// Glob of the whole header or footer, lines joined by line feeds, in which a tag may be any
  /// number of lines: what does not match has another form altogether.
  const std::string& loose_pattern(PageRole role, bool is_header) const;
  /// The lines with their tags, for telling which line is the addressee and which the date.
  const std::vector<std::string>& raw_lines(PageRole role, bool is_header) const;
  /// A text of its headers with every tag answered by the firm's data; a text that is nothing but
  /// the addressee or the date gives k_addressee_mark or k_date_mark. None where a tag stays open.
  std::optional<std::string> answered(std::string_view text) const;
  /// Whether a whole header or footer can be answered for a letter.
  bool is_answerable(PageRole role, bool is_header, bool has_address) const;
  const std::map<std::string, ListLevels>& lists() const { return m_lists; }
  /// Fonts and sizes (points) that its styles use.
  const std::vector<std::string>& fonts() const { return m_fonts; }
  const std::vector<double>& font_sizes() const { return m_sizes; }
  const std::string& language() const { return m_language; } ///< "en-US"; empty: it says none

 private:
  Subject m_subject;
  deal::Value m_firm_data;
  std::map<std::string, std::vector<PatternLines>> m_patterns; ///< by role_key
  std::map<std::string, BoxedPatterns> m_boxed;
  std::map<std::string, std::string> m_loose;
  std::map<std::string, std::vector<std::string>> m_raw;
  std::map<std::string, ListLevels> m_lists;
  std::vector<std::string> m_fonts;
  std::vector<double> m_sizes;
  std::string m_language;
};

/// Turns lines with tags into one glob: {{ }} and what stands between block tags is any text.
std::string pattern_of(const std::vector<std::string>& lines, const deal::Value& firm_data);

/// A glob for a person: "… / Page #".
std::string pattern_text(std::string_view pattern);

} // namespace engross::letterhead
