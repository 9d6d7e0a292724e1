// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "finding/finding.hpp"
#include "odf/list_numbering.hpp"
#include "odf/text_languages.hpp"
#include "templating/context.hpp"
#include "templating/program.hpp"

#include <pugixml.hpp>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engross::templating {

/// What stands in the letter where a value is missing.
enum class Mode {
  strict,  ///< nothing: the finding is an error and there is no letter
  draft,   ///< the name in brackets, in the character style of the letterhead; a warning
  partial, ///< the tag itself, for a later pass; a warning
};

/// Character style that the letterhead owns for draft marks.
inline constexpr const char* k_missing_style = "Engross_20_Missing";

/// What a partial letter leaves to a later pass. Where anything is left, whatever might read
/// otherwise with more data stays a tag: opinion slots, labels, references, set tags; and a loop
/// stays whole, for its variable is known nowhere else.
struct Held {
  bool any = false;
  using Loop = std::pair<const Program*, std::size_t>;
  std::set<Loop> loops; ///< by their first instruction, or the group of a loop over columns

  /// Whether \p more holds what this does not.
  bool add(const Held& more);
};

/// One letter being written: what programs write into and report to. One thread.
struct Rendering {
  explicit Rendering(Context& c) : context(c) {}

  Context& context;
  Findings findings;
  std::string out; ///< the XML of the part so far

  /// {% opinions %} and {% opinion %}; writes to `out`.
  std::function<void(const Program::PlacedTag&)> slot;
  /// Writes the automatic styles of the chosen opinion paragraphs to `out`.
  std::function<void()> automatic_styles;
  /// A picture of the deal that has become a part of the letter.
  struct Picture {
    std::string part;  ///< "Pictures/….png"
    double aspect = 0; ///< width / height; 0 where it is not known
  };
  /// Takes in the picture that a value names: a file of the deal or a data URI. None: reported.
  std::function<std::optional<Picture>(const std::string& value, const Place& place)> picture;
  /// A picture that says the name of one that a draft lacks.
  std::function<Picture(const std::string& name)> stand_in;
  /// Files of the deal, for naming the line of a value at fault.
  const std::vector<std::string>* deal_files = nullptr;
  Mode mode = Mode::strict;
  Held held;  ///< in partial mode: what an earlier run found
  Held found; ///< and what this one does
  Open open;  ///< what the expression at hand asked for in vain
  bool open_is_told = false;
  /// The outermost loop of the template under way.
  std::optional<Held::Loop> outer_loop;
  /// meta.xml: values become character data only, without ODF elements.
  bool plain = false;

  /// A paragraph of an opinion section, as it was written to `out`: [begin, open) is its start tag,
  /// [open, end) its content.
  struct Paragraph {
    int level = 0;
    std::uint32_t shape = 0;
    std::size_t begin = 0;
    std::size_t open = 0;
    std::size_t end = 0;
  };
  std::vector<Paragraph> paragraphs;

  std::size_t printed_at = 0; ///< where in `out` the last value was to stand
  /// Where in `out` a block without {% else %} was left out last.
  std::size_t left_out_at = std::string::npos;

  /// Of the program under way, for telling the variables of its loops from data.
  const std::vector<Program::PlacedTag>* tags = nullptr;
  std::vector<std::uint32_t> passes; ///< of the loops under way, counted from 1
  std::uint32_t columns = 0;         ///< of tables, written so far
  std::uint32_t pictures = 0;        ///< of the deal, named so far

  /// Until resolve_references runs, labels and references stand in `out` as processing
  /// instructions with an index into these.
  struct Mark {
    std::string name;
    std::string form; ///< references only
    Place place;
    std::uint32_t copy = 0;
    const void* tag = nullptr; ///< labels only: which one gave it
  };
  std::vector<Mark> labels;
  std::vector<Mark> references;
  /// How often the opinion paragraph under way stood in the letter before. Its labels may stand
  /// again; a reference means the label of its own copy, else the first.
  std::uint32_t copy = 0;

  /// Of the named styles; nullptr: all is English.
  const odf::TextLanguages* languages = nullptr;

  /// Instructions run so far, of all parts and sections of the letter.
  std::size_t steps = 0;
  bool given_up = false; ///< a limit was reached, and a finding says so

  /// What the body wrote at each anchor; the headers refer to it.
  std::vector<std::optional<std::string>> anchors;
};

/// What an expression wants to know in partial mode; before the first run.
void watch_partial(Rendering& rendering);

/// Runs a program to its end. What cannot be evaluated is a finding, and the next tag goes on.
void run(const Program& program, Rendering& rendering);

/// The highest number of a picture below `root` that is called as those of a deal are: what a
/// letter names must be told apart in all its parts.
std::uint32_t last_picture(const pugi::xml_node& root);

/// Name of the bookmark around an anchor, safe for Word.
std::string anchor_bookmark(std::uint32_t anchor);

/// Turns the marks in `out` into bookmarks and native reference fields whose texts are right
/// already: "11(C)" as one number-no-superior field a level, side by side.
/// `headers`: another part, whose references point into the body as well.
/// `absent_label` says what a person can do about a label that is not in the letter.
void resolve_references(Rendering& rendering, std::string& headers, const odf::ListStyles& lists,
                        const std::function<std::string(const std::string&)>& absent_label);

/// Appends text of the data as ODF character content: escaped, line breaks, tabs and runs of blanks
/// as elements (ODF 1.3 part 3, 6.1.2 to 6.1.5). Returns whether forbidden characters were dropped.
bool append_text(std::string& out, std::string_view text);

} // namespace engross::templating
