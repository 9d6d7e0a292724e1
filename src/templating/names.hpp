// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "templating/compile.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engross::templating {

/// Kinds of names of which a document may hold each once (ODF 1.3 part 3, 19.*; what Writer renames
/// on loading is counted too). xml:id and draw:id are one kind.
enum class NameKind { id, mark, bookmark, reference_mark, section, table, drawing, note, sequence };

/// A name in an attribute: [begin, begin + length) of its value.
struct NameUse {
  NameKind kind{};
  bool reference = false; ///< to what carries the name, which stands elsewhere
  std::size_t begin = 0;
  std::size_t length = 0;
};

std::optional<NameUse> name_use(pugi::xml_node node, pugi::xml_attribute attribute);

/// The names that elements below a node carry.
using Name = std::pair<NameKind, std::string>;
std::set<Name> names_below(pugi::xml_node root);

/// Gives what stands below \p root, and the references below it, other names where \p taken has
/// them already; the names that result are added to \p taken.
void make_names_unique(pugi::xml_node root, std::set<Name>& taken);

/// The loops around a place, outermost first: indices of their tags.
using LoopPath = std::vector<std::uint32_t>;

/// Names that loops repeat, found in a part whose tags are marked, before it is emitted.
class LoopedNames {
 public:
  LoopedNames(pugi::xml_node root, const std::vector<FoundTag>& tags);

  struct Depth {
    std::uint32_t common = 0; ///< loops around both the name and the place where it is used
    std::uint32_t all = 0;    ///< loops around what carries the name; 0: it is not repeated
  };
  Depth depth(const Name& name, const LoopPath& path) const;
  /// Stands between a name and the numbers of the passes, so that nothing else has the whole.
  const std::string& mark() const { return m_mark; }

 private:
  void find_mark();

  std::map<Name, LoopPath> m_paths;
  std::string m_mark = "_";
};

} // namespace engross::templating
