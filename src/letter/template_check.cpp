// SPDX-License-Identifier: MPL-2.0
#include "letter/template_check.hpp"

#include "opinion/slot.hpp"
#include "templating/render.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engross::letter {

using templating::FoundTag;
using templating::MarkedPart;
using templating::Tag;

namespace {

bool is_slot(const FoundTag& found) {
  return found.tag.kind == Tag::Kind::opinions || found.tag.kind == Tag::Kind::opinion;
}

/// An empty paragraph, or what prints nothing at all.
bool is_silent(pugi::xml_node node) {
  if (templating::is_paragraph(node)) return !node.first_child();
  static constexpr std::array<const char*, 5> k_silent = {
      "text:soft-page-break", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
      "office:forms"};
  return std::any_of(k_silent.begin(), k_silent.end(),
                     [&](const char* name) { return std::strcmp(node.name(), name) == 0; });
}

class SlotCheck {
 public:
  SlotCheck(const TemplateTags& tags, const opinion::Book* book, const odf::ListStyles& lists,
            Findings& findings)
      : m_tags(tags), m_book(book), m_lists(lists), m_findings(findings) {}

  std::optional<opinion::Places> run() {
    for (const FoundTag& found : m_tags.content.tags)
      if (is_slot(found)) check_slot(found);
    check_places(m_tags.styles, "a page header or footer", false);
    check_places(m_tags.meta, "the properties of the document", true);
    if (m_book != nullptr)
      for (const MarkedPart* part : {&m_tags.content, &m_tags.styles, &m_tags.meta})
        for (const FoundTag& found : part->tags) check_questions(found);
    if (m_computed) return std::nullopt;
    return std::move(m_places);
  }

 private:
  void say(Code code, const Place& place, const std::vector<std::string>& arguments) {
    m_findings.push_back(make_finding(code, place, arguments));
  }

  void check_slot(const FoundTag& found) {
    const pugi::xml_node around = found.marker.parent();
    if (std::strcmp(around.name(), "text:list") == 0 ||
        std::strcmp(around.name(), "text:list-item") == 0)
      say(Code::slot_place_wrong, found.place, {found.place.tag, "a list of the template"});
    else if (std::strncmp(around.name(), "table:table", 11) == 0 &&
             std::strcmp(around.name(), "table:table-cell") != 0)
      say(Code::slot_place_wrong, found.place, {found.place.tag, "a table row of its own"});
    if (!found.break_before.empty() || !found.master_page.empty()) {
      // The first paragraph of the opinions has a style of the book.
      Finding finding = make_finding(Code::slot_place_wrong, found.place,
                                     {found.place.tag, "a paragraph that begins a page or column"});
      finding.severity = Severity::warning;
      finding.hint = "The break comes behind the opinions: set it on the paragraph that leads in, "
                     "or on an empty one before the slot.";
      m_findings.push_back(std::move(finding));
    }
    if (m_book == nullptr) return say(Code::no_book, found.place, {found.place.tag});
    check_name(found);
    check_options(found);
  }

  void check_name(const FoundTag& found) {
    const std::string name = templating::literal_text(found.tag.expression);
    if (name.empty()) {
      m_computed = true;
    } else if (found.tag.kind == Tag::Kind::opinion) {
      if (const opinion::Opinion* o = m_book->find(name))
        m_places.ids.insert(o->id);
      else
        unknown(name, found.place);
    } else {
      m_places.groups.insert(name);
      if (m_book->has_group(name)) return;
      const auto close = closest_name(name, m_book->groups());
      say(Code::group_unknown, found.place,
          {name, close ? "Did you mean “" + *close + "”?"
                       : "Check the name against book.json of the firm."});
    }
  }

  void unknown(const std::string& id, const Place& place) {
    m_findings.push_back(opinion::unknown_opinion(*m_book, id, place,
                                                  "Check the name against book.json of the firm."));
  }

  void check_options(const FoundTag& found) {
    const std::string name = templating::literal_text(found.tag.expression);
    templating::Context context(deal::Value(deal::Object()), {});
    templating::Rendering rendering(context);
    const auto is_read = [&](const std::string& parameter) {
      const std::vector<opinion::Opinion>& all = m_book->opinions();
      return std::any_of(all.begin(), all.end(), [&](const opinion::Opinion& o) {
        const bool may_stand = name.empty() || o.group == name || m_book->find(name) == &o;
        return may_stand && o.reads.contains(parameter);
      });
    };
    templating::Program::PlacedTag placed;
    placed.tag = found.tag;
    placed.place = found.place;
    placed.style = found.style;
    const opinion::SlotOptions options =
        opinion::read_slot_options(placed, rendering, m_lists, is_read, true);
    append(m_findings, std::move(rendering.findings));
    if (options.drops_lead_in) check_lead_in(found);
    // In a loop the slot goes on after itself.
    if (options.goes_on && !found.in_loop && !m_list_styles.contains(options.list_style))
      say(Code::slot_continues_nothing, found.place, {found.place.tag});
    m_list_styles.insert(options.list_style);
  }

  /// The paragraph before the slot, past blank ones, is what lead_in="drop" takes away.
  void check_lead_in(const FoundTag& found) {
    pugi::xml_node before = found.marker.previous_sibling();
    while (before && !templating::is_tag(before) &&
           (before.type() != pugi::node_element || is_silent(before)))
      before = before.previous_sibling();
    const std::string_view name = before.name();
    if (!before)
      say(Code::lead_in_missing, found.place, {found.place.tag, "nothing"});
    else if (name == "table:table")
      say(Code::lead_in_missing, found.place, {found.place.tag, "a table"});
    else if (name == "text:section")
      say(Code::lead_in_missing, found.place, {found.place.tag, "the end of a section"});
  }

  /// Headers may refer to the body; they hold no slots, and nobody can refer to them.
  void check_places(const MarkedPart& part, const char* where, bool is_plain) {
    for (const FoundTag& found : part.tags)
      if (is_slot(found) || found.tag.kind == Tag::Kind::label ||
          (is_plain && found.tag.kind == Tag::Kind::reference))
        say(Code::slot_place_wrong, found.place, {found.place.tag, where});
  }

  void check_questions(const FoundTag& found) {
    std::vector<const templating::Expression*> expressions{&found.tag.expression,
                                                           &found.tag.filter};
    for (const auto& [key, expression] : found.tag.options) expressions.push_back(&expression);
    for (const templating::Expression* expression : expressions)
      for (const std::string& id : templating::chosen_asked(*expression))
        if (!id.empty() && m_book->find(id) == nullptr) unknown(id, found.place);
  }

  const TemplateTags& m_tags;
  const opinion::Book* m_book;
  const odf::ListStyles& m_lists;
  Findings& m_findings;
  opinion::Places m_places;
  std::set<std::string> m_list_styles; ///< of the slots so far
  bool m_computed = false;
};

} // namespace

std::optional<opinion::Places> check_slots(const TemplateTags& tags, const opinion::Book* book,
                                           const odf::ListStyles& lists, Findings& findings) {
  return SlotCheck(tags, book, lists, findings).run();
}

void check_list_levels(const Programs& programs, const opinion::Book& book,
                       const odf::ListStyles& lists, Findings& findings) {
  opinion::ListLevels said;
  for (const templating::Program* program : programs)
    for (const templating::Program::PlacedTag& placed : program->tags) {
      const Tag& tag = placed.tag;
      if (tag.kind != Tag::Kind::opinions && tag.kind != Tag::Kind::opinion) continue;
      const bool computed = std::any_of(tag.options.begin(), tag.options.end(), [](const auto& o) {
        return (o.first == "list" || o.first == "level") &&
               !templating::names_read(o.second).empty();
      });
      const std::string name = templating::literal_text(tag.expression);
      if (computed || name.empty()) continue;
      templating::Context context(deal::Value(deal::Object()), {});
      templating::Rendering rendering(context); // what is wrong with the options has been said
      const opinion::SlotOptions options = opinion::read_slot_options(
          placed, rendering, lists, [](const std::string&) { return true; }, true);
      for (const opinion::Opinion& o : book.opinions())
        if (tag.kind == Tag::Kind::opinion ? book.find(name) == &o : o.group == name)
          opinion::check_levels(o, o.levels, options, lists, said, findings);
    }
}

} // namespace engross::letter
