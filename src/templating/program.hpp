// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "templating/tag.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace engross::templating {

/// One step of a compiled part. What a and b mean stands beside each operation.
struct Instruction {
  enum class Op : std::uint8_t {
    literal,          ///< write text [a, b)
    print,            ///< print tag a
    print_plain,      ///< print tag a into an attribute: character data only
    link_value,       ///< write the value of tag a into the target of a link
    link_end,         ///< the target of a link is written, in which tag a stands first
    picture,          ///< write field b (PictureField) of the picture that tag a names
    linked_print,     ///< print tag a as a reference to anchor b where the body wrote that anchor
    anchored_print,   ///< print tag a and put bookmark b around it
    reference,        ///< reference tag a
    label,            ///< label tag a
    set,              ///< set tag a
    jump,             ///< go to a
    jump_if_false,    ///< condition of tag a; go to b when it does not hold
    for_begin,        ///< loop of tag a; go to b when it has no pass
    for_next,         ///< go to a for the next pass, fall through after the last
    slot,             ///< tag a: opinions or opinion
    optional_begin,   ///< what follows up to optional_end …
    optional_content, ///< … and writes nothing after this mark …
    optional_end,     ///< … leaves no trace,
    optional_else,    ///< … or, in the place of optional_end, is replaced by what follows up to a
    automatic_styles, ///< here the automatic styles of the chosen opinion paragraphs go
    typed,            ///< nothing; where a block is kept for a later pass, tag a as it was typed
    name_passes,      ///< write the numbers of the passes of a loops, of b that a name stands in
    list_begin,       ///< a list in which items may begin to count anew …
    list_end,         ///< … ends
    start_next,       ///< the next item of the list, or heading of level b, begins at number a
    start,            ///< here a list item, or heading of level a, says so; b - 1: its own number
    column,           ///< b columns of a table begin here
    column_mark,      ///< boundary a between columns is here
    column_span,      ///< write how many columns lie between the boundaries a and b
    paragraph_begin,  ///< a paragraph of an opinion section: level a, shape b (ParagraphShape)
    paragraph_open,   ///< its start tag is written, its content begins
    paragraph_end,    ///< its content has ended
  };
  Op op{};
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// How a paragraph of an opinion section stands in the list (Instruction::b of paragraph_begin).
enum class ParagraphShape : std::uint32_t {
  numbered,     ///< begins a list item on its level
  continuation, ///< a further paragraph of the item of its level, without number
  block,        ///< outside the list: plain paragraph, table
};

/// What of a replaced picture stands in an attribute.
enum class PictureField : std::uint32_t { href, width, height, name };

/// A part of a template, compiled: literal XML and instructions. Immutable, shareable.
struct Program {
  struct PlacedTag {
    Tag tag;
    Place place;
    std::string style;  ///< of a slot: the named style of the paragraph in which it stood alone
    std::string typed;  ///< XML of the tag as it was typed, with the carrier that it owned
    std::string source; ///< its characters, for a later pass
    std::uint32_t group = 0; ///< of a loop over columns: the same in all its copies
  };
  std::string text;
  std::vector<Instruction> code;
  std::vector<PlacedTag> tags;
  std::string name_mark; ///< between a repeated name and the numbers of the passes
  /// Lists that go on with the numbers of another one: their ids, and that one's.
  std::map<std::string, std::string, std::less<>> continued;

  std::string_view literal(const Instruction& i) const {
    return std::string_view(text).substr(i.a, i.b - i.a);
  }
};

} // namespace engross::templating
