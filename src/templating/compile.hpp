// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "templating/program.hpp"

#include <pugixml.hpp>
#include <unordered_map>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engross::templating {

/// Prefix of the elements that stand for tags between the passes of the compiler; never written.
inline constexpr const char* k_tag_element = "engross:tag";

/// A tag found in a part, before it becomes an instruction.
struct FoundTag {
  Tag tag;
  Place place;
  pugi::xml_node marker;
  bool alone = false; ///< nothing else stood in its paragraph
  std::string style;  ///< named style of that paragraph, where it is gone
  bool in_loop = false;
  bool link = false;       ///< stands in the target of a link
  bool picture = false;    ///< names a picture that the deal replaces
  bool in_columns = false; ///< stands between the columns of a table
  std::uint32_t group = 0; ///< between columns: the same in all copies of the tag
  /// At which number its carrier began to count anew: a list item, or a heading of that level.
  std::optional<int> start;
  std::uint32_t start_level = 0;
  std::string source;               ///< its characters, for a later pass: without {%- and -%}
  std::optional<std::string> typed; ///< XML of it as it was typed, where its marker does not say
  /// Of an include or a slot: what page its carrier began.
  std::string master_page;
  std::string break_before;
};

/// What one part holds after its tags were found and its blocks hoisted: the DOM carries
/// engross:tag elements whose attribute n is the index into `tags`.
struct MarkedPart {
  std::vector<FoundTag> tags;
  Findings findings;
  /// Tags that could not be read but open or close a block: what they leave open is no second
  /// fault.
  int unread_ifs = 0;
  int unread_fors = 0;
  int unread_ends = 0;
  std::uint32_t column_marks = 0; ///< boundaries between columns that are counted
  bool starts = false;            ///< a list item or heading begins to count anew
  /// Lists that held only tags: their ids, and those of the lists with whose numbers they went on.
  std::map<std::string, std::string> gone_lists;
  bool changed = false; ///< the DOM differs from what was read: tags, tracked changes, comments
};

/// Finds all tags of a part (content.xml, styles.xml or meta.xml) across spans, accepts tracked
/// changes, drops comments, puts block tags on the level of their carriers and checks that every
/// block is closed in the flow in which it was opened.
/// \p named_styles: the office:styles of the document, where a page may begin.
MarkedPart mark_tags(pugi::xml_document& document, const std::string& file, const std::string& part,
                     pugi::xml_node named_styles = {});

/// What stands in the place of a style's name in a loop: \p first in its first pass, \p others in
/// the others. None: names that no style has.
std::optional<FoundTag> style_of_first_pass(const std::string& first, const std::string& others);

/// The same for the element alone: a section of an opinion book.
MarkedPart mark_tags_in(pugi::xml_node root, const std::string& file, const std::string& part,
                        int first_paragraph = 0);

/// Expressions of the headers that stand alone in a paragraph of the body: canonical text ->
/// number of the anchor.
using Anchors = std::map<std::string, std::uint32_t>;

class LoopedNames;

/// Emits a marked element as a program. Used directly for whole parts and by the opinion book,
/// which adds instructions of its own between the elements.
class Emitter {
 public:
  explicit Emitter(const MarkedPart& marked) : m_marked(marked) {}

  /// Print tags with these expressions become anchored_print (body) or linked_print (headers).
  const Anchors* anchored = nullptr;
  const Anchors* linked = nullptr;
  /// Write Instruction::automatic_styles at the end of office:automatic-styles.
  bool mark_automatic_styles = false;

  void element(pugi::xml_node node);  ///< start tag, children, end tag
  void children(pugi::xml_node node); ///< children only
  void node(pugi::xml_node node);     ///< element, text or tag
  void start_tag(pugi::xml_node node);
  void end_tag(pugi::xml_node node);
  void literal(std::string_view xml);
  void instruction(Instruction::Op op, std::uint32_t a = 0, std::uint32_t b = 0);

  /// Ends the emission; the emitter is empty afterwards.
  Program finish();

 private:
  struct Block {
    Tag::Kind kind{};
    std::uint32_t tag = 0; ///< index of the one that opens it
    std::size_t test = 0;  ///< jump_if_false or for_begin that waits for its target
    std::size_t loop = 0;  ///< first instruction of the loop's body
    bool waiting = false;
    std::vector<std::size_t> to_end; ///< jumps that wait for the end of the block
  };
  void tag(std::uint32_t index);
  void children(pugi::xml_node node, pugi::xml_node from);
  /// A paragraph, list, row and the like all of whose content hangs on blocks: it goes when they
  /// write nothing.
  void cell(pugi::xml_node node);
  std::string first_style(pugi::xml_node node) const;
  bool can_vanish(pugi::xml_node node);
  bool is_outside(pugi::xml_node parent, int& depth, bool& has_block);
  void attribute(pugi::xml_node node, pugi::xml_attribute attribute);
  void number_start(pugi::xml_node node);
  void attribute_value(std::string_view value);
  void flush();

  const MarkedPart& m_marked;
  std::optional<std::uint32_t> m_link; ///< first tag in the target of a link under way
  Program m_program;
  std::size_t m_literal_begin = 0;
  std::vector<Block> m_blocks;
  std::vector<bool> m_anchor_written;
  std::vector<std::uint32_t> m_loops;         ///< indices of the tags of the loops around
  std::shared_ptr<const LoopedNames> m_names; ///< once one is asked for
  std::unordered_map<std::size_t, bool> m_can_vanish;
};

/// Whether the element is text:p or text:h.
bool is_paragraph(pugi::xml_node node);
bool is_tag(pugi::xml_node node);

} // namespace engross::templating
