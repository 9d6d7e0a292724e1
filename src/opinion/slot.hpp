// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "opinion/book.hpp"
#include "templating/render.hpp"

#include <array>
#include <set>
#include <string>
#include <vector>

namespace engross::opinion {

/// How the items of one level end: between, before the last, last.
struct EndMarks {
  std::string between;
  std::string before_last;
  std::string last;
};

/// Options of a slot: {% opinions "group" end="." end2=[";", "; and"] list="Opinions" %}.
struct SlotOptions {
  std::array<EndMarks, 3> end{{{".", ".", "."}, {";", "; and", ";"}, {",", ", and", ","}}};
  std::string list_style = "Opinions";
  bool goes_on = false; ///< numbering="continue": numbers go on from the slot before
};

/// Writes opinion paragraphs as one Writer list a slot. Remembers the slots of a letter, so that a
/// later one can go on with the numbers. One letter, one thread.
class SlotWriter {
 public:
  explicit SlotWriter(templating::Rendering& rendering) : m_rendering(rendering) {}

  /// Evaluates the slot's options; what cannot be used is a finding.
  SlotOptions options(const templating::Program::PlacedTag& placed);

  /// Renders the sections and writes them to the rendering's `out`.
  void write(const std::vector<const Opinion*>& opinions, const SlotOptions& options);

 private:
  templating::Rendering& m_rendering;
  int m_slots = 0;
};

} // namespace engross::opinion
