// SPDX-License-Identifier: MPL-2.0
#include "letter/labels.hpp"

#include <algorithm>

namespace engross::letter {

using opinion::Opinion;
using templating::Program;
using templating::Tag;

namespace {

bool gives(const Opinion& o, const std::string& label) {
  return std::find(o.labels.begin(), o.labels.end(), label) != o.labels.end();
}

/// What the tags of a template itself name.
struct Named {
  std::set<std::string> labels;
  bool computed = false; ///< a label's name is an expression
  std::vector<opinion::Reference> references;
};

Named named_in(const Programs& programs) {
  Named out;
  for (const Program* program : programs)
    for (const Program::PlacedTag& placed : program->tags) {
      const bool label = placed.tag.kind == Tag::Kind::label;
      if (!label && placed.tag.kind != Tag::Kind::reference) continue;
      std::string name = templating::literal_text(placed.tag.expression);
      if (name.empty())
        out.computed = out.computed || label;
      else if (label)
        out.labels.insert(std::move(name));
      else
        out.references.push_back(
            {std::move(name), placed.place, templating::reference_form(placed.tag)});
    }
  return out;
}

} // namespace

void check_form(const opinion::Reference& reference, const opinion::Book& book, bool elsewhere,
                Findings& findings) {
  if (elsewhere || !reference.wants_number()) return;
  bool known = false;
  for (const Opinion& o : book.opinions()) {
    if (!gives(o, reference.label)) continue;
    known = true;
    if (!o.flush_labels.contains(reference.label)) return;
  }
  if (known)
    findings.push_back(make_finding(Code::label_not_numbered, reference.place, {reference.label}));
}

std::string absent_label(const std::string& label, const Programs& programs,
                         const opinion::Book* book, const std::set<const Opinion*>& chosen) {
  const std::string same = " Put the reference inside the same condition.";
  if (named_in(programs).labels.contains(label))
    return "{% label \"" + label + "\" %} stands in a block that is left out here." + same;
  std::string carriers;
  std::string first;
  if (book != nullptr)
    for (const Opinion& o : book->opinions()) {
      if (!gives(o, label)) continue;
      if (chosen.contains(&o))
        return "The opinion paragraph “" + o.id +
               "” carries it, but its own conditions leave that part out here, or no text stands "
               "beside "
               "the label." +
               same;
      if (carriers.empty()) first = o.id;
      carriers += (carriers.empty() ? "“" : " or “") + o.id + "”";
    }
  if (carriers.empty()) return "Check the name in {% label … %}.";
  return "The opinion paragraph " + carriers +
         " would carry it, but it is not in this letter: choose it, or put the reference inside {% "
         "if \"" +
         first + "\" is chosen %}.";
}

void check_references(const Programs& programs, const opinion::Book* book,
                      const std::optional<opinion::Places>& places, Findings& findings) {
  Named named = named_in(programs);
  if (named.computed) return;
  std::vector<std::string> known(named.labels.begin(), named.labels.end());
  std::vector<opinion::Reference> references = std::move(named.references);
  if (book != nullptr)
    for (const Opinion& o : book->opinions()) {
      if (places && !places->has(o)) continue;
      if (o.computes_labels) return;
      known.insert(known.end(), o.labels.begin(), o.labels.end());
      references.insert(references.end(), o.refers.begin(), o.refers.end());
    }
  for (const opinion::Reference& reference : references) {
    const std::string& label = reference.label;
    if (book != nullptr) check_form(reference, *book, named.labels.contains(label), findings);
    if (std::find(known.begin(), known.end(), label) != known.end()) continue;
    const auto close = closest_name(label, known);
    std::string hint =
        close ? "Did you mean “" + *close + "”?" : "Check the name in {% label … %}.";
    if (book != nullptr)
      for (const Opinion& o : book->opinions())
        if (gives(o, label))
          hint = "The opinion paragraph “" + o.id +
                 "” carries it, but the template has no place for it.";
    findings.push_back(make_finding(Code::label_unknown, reference.place, {label, hint}));
  }
}

} // namespace engross::letter
