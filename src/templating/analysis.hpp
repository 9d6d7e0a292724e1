// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "templating/program.hpp"

#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace engross::templating {

/// What templates ask of their data, found without data. A tree in the shape of the data.
struct Need {
  enum class Kind { any, text, number, date, boolean, list, object };

  Kind kind = Kind::any; ///< from the use: printed is text, looped over is a list, …
  bool required = false; ///< something other than a condition or `default` asks for it
  bool keyed = false;    ///< members are looked up by a computed key: any name may stand there
  Place place;           ///< of the first use
  /// In the order of first use; a list, since references to members must outlive later ones.
  std::list<std::pair<std::string, Need>> members;
  std::unique_ptr<Need> item; ///< of a list, or of a keyed group
  std::list<Need> parts;      ///< of a list that is taken apart: for name, value in pairs
  std::size_t at_least = 0;   ///< entries of a list that are asked for by their number
  Kind weak = Kind::any;      ///< a guess for the sample, where nothing says more: no claim
  std::string example;        ///< what the sample holds, where any text would not do
  bool is_key = false;        ///< it names a member of a keyed group

  Need& member(const std::string& name);
  Need& any_item();
};

/// Walks programs in document order, following loops and {% set %}. Findings: a branch that can
/// never be taken, a condition that always holds, a loop variable used behind its loop, "loop"
/// outside any, members that loop and voice do not have, and what fails whatever the data.
Need analyse(const std::vector<const Program*>& programs, Findings& findings);

/// Adds what one expression reads, such as the rule of an opinion paragraph.
void analyse(const Expression& expression, const Place& place, Need& need);

/// Names that the template asks for and `declared` (Schema::declared_paths) does not have.
void check_declared(const Need& need, const std::vector<std::string>& declared, Findings& findings);

/// JSON Schema, draft 7.
std::string to_json_schema(const Need& need, const std::string& title);

/// A deal to be filled in: every name with a value of its kind.
std::string to_sample(const Need& need);

} // namespace engross::templating
