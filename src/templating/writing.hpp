// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/evaluator.hpp"
#include "templating/render.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace engross::templating {

// What one tag writes, and what it tells and holds when it cannot. For the runner of programs only.

/// A fault of evaluation at a place; in a loop it is told once.
void report(Rendering& r, const Place& at, const EvaluationError& error);

/// What is left to a later pass holds the loop around it, and all that depends on it.
void hold(Rendering& r);

/// In partial mode: whether the expression just evaluated asked for something that the deal lacks;
/// then it is told, and held.
bool is_open(Rendering& r, const Program::PlacedTag& placed);

/// Evaluates; what fails is reported and `otherwise` stands for it. What a later pass may know is
/// no fault yet.
template <class T, class F>
T attempt(Rendering& r, const Program::PlacedTag& placed, T otherwise, F&& evaluate_it) {
  if (r.mode == Mode::partial) {
    r.open.any = false;
    r.open.path.clear();
    r.open_is_told = false;
  }
  try {
    return evaluate_it();
  } catch (const EvaluationError& error) {
    if (r.mode == Mode::partial && error.code == Code::missing_value) {
      report(r, placed.place, error);
      r.open.any = r.open_is_told = true;
      r.open.path = error.data_path;
    } else if (r.mode != Mode::partial || !r.open.any) {
      report(r, placed.place, error);
    }
    return otherwise;
  }
}

/// A tag as it was typed.
void append_source(Rendering& r, std::string_view source);

/// Text of the deal; in a partial pass no later one will take it for a tag.
void append_value(Rendering& r, const Program::PlacedTag& placed, std::string_view text);
/// Visible in the letter and easy to find: [letter.date].
void append_missing(Rendering& r, const std::string& name);

/// The text that a tag prints; none where it could not be had and what stands for it is written.
std::optional<std::string> printed(Rendering& r, const Program::PlacedTag& placed);

void print(Rendering& r, const Program::PlacedTag& placed);
/// A value as part of a link's target, percent-encoded (RFC 3986).
void write_link_value(Rendering& r, const Program::PlacedTag& placed);
/// The whole target, once all its values are written.
void check_link(Rendering& r, const Program::PlacedTag& placed);
/// A picture for a later pass, as it stood in the template.
void keep_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field);

/// The highest number of a picture that has its name already: from an earlier pass, say.
std::uint32_t last_picture(std::string_view xml);
/// The picture's part, or one side of the largest size that fits into the frame.
void write_picture(Rendering& r, const Program::PlacedTag& placed, PictureField field);

/// A place in the text for resolve_references (references.cpp).
void write_label(Rendering& r, const Program::PlacedTag& placed);
void write_reference(Rendering& r, const Program::PlacedTag& placed);

} // namespace engross::templating
