// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "templating/expression.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace engross::templating {

/// One tag of a template, parsed.
struct Tag {
  enum class Kind {
    print,     ///< {{ expression }}
    reference, ///< {{ ref(name, form="…") }}: a native reference field
    comment,   ///< {# … #}
    if_,
    elif,
    else_,
    endif,
    for_,
    endfor,
    set,
    opinions, ///< {% opinions "group" key=value … %}: the slot
    opinion,  ///< {% opinion "id" key=value … %}
    label,    ///< {% label "name" %}
    include,  ///< {% include "fragment.odt" %}
  };
  Kind kind{};
  Expression expression;            ///< print; condition of if/elif; iterable of for; value of set;
                                    ///< name of label, reference, opinion(s), include
  std::vector<std::string> targets; ///< names bound by for and set
  Expression filter;                ///< for … in … if FILTER; empty without one
  std::vector<std::pair<std::string, Expression>> options; ///< key=value of opinions, opinion, ref
  bool trim_left = false;                                  ///< {%- {{- {#-
  bool trim_right = false;                                 ///< -%} -}} -#}
};

/// Why a tag cannot be read: a row of codes.def and its arguments. `offset` is in bytes of the
/// text.
struct TagError {
  Code code{};
  std::vector<std::string> arguments;
  std::size_t offset = 0;
};

/// Parses a whole tag, delimiters included. UTF-8. Curly quotes, non-breaking and other Unicode
/// spaces, soft hyphens and zero-width characters are tolerated outside and, as delimiters of
/// strings, inside expressions.
std::variant<Tag, TagError> parse_tag(std::string_view text);

/// The same tag without the marks of white-space control: {%- becomes {%.
std::string without_trim_marks(std::string_view text);

/// An expression alone, as in an opinion's `when`.
std::variant<Expression, TagError> parse_expression(std::string_view text);

/// Where a tag stands in a paragraph's text, in bytes, delimiters included.
struct TagSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// All tags of one paragraph's text. A tag that does not end in the paragraph, and a closing
/// delimiter without an opening one, is an error; strings inside a tag may hold delimiters.
struct TagScan {
  std::vector<TagSpan> spans;
  std::vector<TagError> errors;
};
TagScan scan_tags(std::string_view text);

/// The text of an expression that is a text in quotation marks; empty: it is something else.
std::string literal_text(const Expression& expression);

/// The form that a reference asks for, "full" where it says nothing; empty: it is computed.
std::string reference_form(const Tag& tag);

/// Texts of which an expression asks `is chosen`; empty for one that is computed.
std::vector<std::string> chosen_asked(const Expression& expression);

/// What an expression is where all of it must hold: the operands of its outermost `and`, in their
/// canonical form.
std::vector<std::string> conjuncts(const Expression& expression);

/// Names that an expression reads from the data ("letter.addressee.name"), for checking without
/// data; indices read as "[]", or "[0]" where they are written so and `keeps_indices`.
std::vector<std::string> names_read(const Expression& expression, bool keeps_indices = false);

} // namespace engross::templating
