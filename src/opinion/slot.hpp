// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "deal/value.hpp"
#include "odf/list_numbering.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"
#include "templating/render.hpp"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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
  bool goes_on = false;       ///< numbering="continue": numbers go on from the slot before
  std::optional<int> start;   ///< number of the first paragraph
  int level = 1;              ///< of the list on which the opinions stand, 1 to 3
  std::string empty;          ///< text where nothing is chosen
  bool drops_lead_in = false; ///< lead_in="drop": with nothing chosen the paragraph before goes too
  std::string reserved;       ///< what stands for a paragraph left out; empty: the rest closes up
  deal::Object parameters;    ///< names that are no options: the sections see them
};

/// Evaluates the options of a slot's tag; what cannot be used is a finding.
/// `lists`: those of the letter. `is_read`: whether a section reads a parameter of that name.
/// `without_data`: what reads the deal is not judged.
SlotOptions read_slot_options(const templating::Program::PlacedTag& placed,
                              templating::Rendering& rendering, const odf::ListStyles& lists,
                              const std::function<bool(const std::string& parameter)>& is_read,
                              bool without_data = false);

/// Levels of the slot's list on which paragraphs of an opinion stand and which its list style
/// lacks. Each level of a list style is said once: `said`.
using ListLevels = std::set<std::pair<std::string, int>>;
void check_levels(const Opinion& opinion, const std::set<int>& levels, const SlotOptions& options,
                  const odf::ListStyles& lists, ListLevels& said, Findings& findings);

struct Piece;

/// Writes opinion paragraphs as one Writer list a slot. Remembers the slots of a letter, so that a
/// later one can go on with the numbers. One letter, one thread.
class SlotWriter {
 public:
  /// All must outlive the writer. `book`: nullptr where there is none. `choices`: parallel to its
  /// paragraphs.
  SlotWriter(templating::Rendering& rendering, const Book* book, const std::vector<Choice>& choices,
             const odf::ListStyles& lists)
      : m_rendering(rendering), m_book(book), m_choices(choices), m_lists(lists) {}

  /// {% opinions "group" … %} or {% opinion "id" … %}: writes to the rendering's `out`.
  void write(const templating::Program::PlacedTag& placed);
  /// When all parts are written: findings for what is chosen and stands nowhere.
  void report_unwritten();

 private:
  /// A paragraph of the book, or the mark that it was left out.
  struct Entry {
    const Opinion* opinion = nullptr;
    bool reserved = false;
  };
  std::vector<Entry> entries(const std::vector<const Choice*>& candidates, bool reserves) const;
  std::vector<Piece> render(const std::vector<Entry>& entries, const SlotOptions& options,
                            const std::string& reserved_style);
  void check_lead_ins(const Opinion& opinion, const std::vector<Piece>& pieces, std::size_t first);
  void note_written(const Opinion& opinion, std::string_view words);
  /// Lists among the parameters that one paragraph reads run side by side as a rule.
  void check_parameters(const std::vector<Entry>& entries, const SlotOptions& options,
                        const Place& place);
  void write_empty(const templating::Program::PlacedTag& placed, const SlotOptions& options,
                   const std::string& name);
  /// Remembers that what a slot wrote ends here.
  void note_end();
  bool is_end_of_slot(std::size_t at) const;

  templating::Rendering& m_rendering;
  const Book* m_book;
  const std::vector<Choice>& m_choices;
  const odf::ListStyles& m_lists;
  std::map<const Opinion*, std::vector<std::size_t>> m_written; ///< hashes of its words
  ListLevels m_levels; ///< lacking ones that have been said
  int m_slots = 0;
  std::map<std::string, int> m_last; ///< slot by list style
  std::size_t m_end = 0;             ///< where in `out` the last slot ended, with its last bytes
  std::string m_tail;
};

} // namespace engross::opinion
