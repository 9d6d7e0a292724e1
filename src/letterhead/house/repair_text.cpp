// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/address_block.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/breaking.hpp"
#include "letterhead/house/empties.hpp"
#include "letterhead/house/formatting.hpp"
#include "letterhead/house/repairs.hpp"
#include "letterhead/house/signature.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <set>

namespace engross::letterhead {

namespace {

constexpr std::string_view k_non_breaking_space = "\xC2\xA0";

void remove_children(pugi::xml_node node) {
  while (node.first_child()) node.remove_child(node.first_child());
}

std::set<std::string> bookmark_names(const pugi::xml_document& content) {
  std::set<std::string> names;
  walk(content.document_element(), [&](const pugi::xml_node& node) {
    if (std::string_view(node.name()).starts_with("text:bookmark"))
      names.insert(node.attribute("text:name").value());
    return true;
  });
  return names;
}

/// A bookmark around the first line of a paragraph.
std::string mark_paragraph(Subject& subject, pugi::xml_node paragraph) {
  const std::set<std::string> names = bookmark_names(subject.document.content);
  std::string name;
  for (int n = 1; name.empty() || names.contains(name); ++n)
    name = "_eng_header_" + std::to_string(n);
  set_attribute(paragraph.prepend_child("text:bookmark-start"), "text:name", name);
  const pugi::xml_node line_break = paragraph.child("text:line-break");
  set_attribute(line_break ? paragraph.insert_child_before("text:bookmark-end", line_break)
                           : paragraph.append_child("text:bookmark-end"),
                "text:name", name);
  return name;
}

/// The attributes by which a style:style says a property, all scripts alike.
std::vector<std::string> attributes_of(std::string_view property) {
  std::string name(property.substr(property.find('|') + 1));
  if (name == "fo:font-family")
    return {"style:font-name",         "fo:font-family",           "style:font-family-generic",
            "style:font-pitch",        "style:font-name-asian",    "style:font-family-asian",
            "style:font-name-complex", "style:font-family-complex"};
  if (name == "fo:font-size") return {name, "style:font-size-asian", "style:font-size-complex"};
  return {name};
}

/// fo:margin and its kin, written as the four that they mean, so that one can go.
void expand_margins(pugi::xml_node properties) {
  const pugi::xml_attribute margin = properties.attribute("fo:margin");
  if (!margin) return;
  const std::string value = margin.value();
  properties.remove_attribute("fo:margin");
  for (const char* side : {"left", "right", "top", "bottom"})
    if (const std::string name = std::string("fo:margin-") + side;
        !properties.attribute(name.c_str()))
      set_attribute(properties, name.c_str(), value);
}

/// Whether a language is the house's in another country.
bool is_sibling(std::string_view language, const std::string& own) {
  return !language.empty() && language == std::string_view(own).substr(0, own.find('-'));
}

} // namespace

void link_header(Subject& subject, const House& house, const Reference* reference) {
  // Two headers may repeat one paragraph.
  std::vector<std::pair<pugi::xml_node, std::string>> marks;
  for (const HeaderLine& line : header_lines(subject, house, reference)) {
    if (line.expected.empty() || line.source == nullptr) continue;
    pugi::xml_node field = line.field;
    const bool same_text = shortened(line.text, 2000) == line.source_text;
    if (line.refers && same_text && !line.is_number) continue;
    if (!line.agrees && !line.is_certain) continue;
    // The same day in another form is the whole date, the second line of an address is not.
    const bool is_part = line.agrees && comparable(line.text) != line.expected &&
                         !(line.kind == LineKind::date && is_date_text(line.expected));
    if (!field && (!line.is_whole || is_part)) continue;
    if (!line.refers) {
      const auto known = std::find_if(marks.begin(), marks.end(), [&](const auto& mark) {
        return mark.first == line.source->node;
      });
      const std::string name =
          known != marks.end() ? known->second : mark_paragraph(subject, line.source->node);
      if (known == marks.end()) marks.emplace_back(line.source->node, name);
      if (!field) {
        pugi::xml_node paragraph = line.paragraph->node;
        remove_children(paragraph);
        field = paragraph.append_child("text:bookmark-ref");
      }
      set_attribute(field, "text:ref-name", name);
    }
    set_attribute(field, "text:reference-format", "text");
    remove_children(field);
    field.append_child(pugi::node_pcdata).set_value(line.source_text.c_str());
  }
}

void remove_formatting_by_hand(Subject& subject, const House& house) {
  const pugi::xml_node automatic =
      subject.document.content.document_element().child("office:automatic-styles");
  for (const pugi::xml_node& style : automatic.children("style:style")) {
    const Space space = family_space(style.attribute("style:family").value());
    if (space != Space::paragraph && space != Space::text) continue;
    for (const auto& [property, value] : own_properties(style, subject.body_styles->fonts())) {
      if (!is_removed_by_hand(house, property)) continue;
      if (stays_by_hand(property, value)) continue;
      const bool of_text = property.starts_with("t|");
      if (!of_text && needs_measures(*subject.body_styles, style.attribute("style:name").value()))
        continue;
      pugi::xml_node properties =
          style.child(of_text ? "style:text-properties" : "style:paragraph-properties");
      if (!of_text) expand_margins(properties);
      for (const std::string& name : attributes_of(property))
        properties.remove_attribute(name.c_str());
    }
  }
}

void remove_empty_paragraphs(Subject& subject, const House& house, const Reference* reference) {
  for (const EmptyRun& run : empty_runs(subject, house, reference)) {
    if (!run.is_removable) continue;
    for (const TextParagraph* p : run.paragraphs) {
      pugi::xml_node parent = p->node.parent();
      const pugi::xml_node space = p->node.previous_sibling();
      parent.remove_child(p->node);
      if (space.type() == pugi::node_pcdata) parent.remove_child(space);
    }
  }
}

void set_language(Subject& subject, const House& house, const Reference* reference) {
  std::vector<std::string> allowed = house.languages;
  if (allowed.empty() && reference != nullptr && !reference->language().empty())
    allowed.push_back(reference->language());
  if (allowed.empty()) return;
  const std::string& own = allowed.front();
  const std::size_t dash = own.find('-');
  const auto mend = [&](const pugi::xml_node& styles, bool by_hand) {
    for (const pugi::xml_node& style : styles.children()) {
      pugi::xml_node properties = style.child("style:text-properties");
      const std::string language = properties.attribute("fo:language").value();
      const std::string country = properties.attribute("fo:country").value();
      std::string tag = language;
      if (!country.empty() && country != "none") tag += "-" + country;
      if (!is_sibling(language, own) ||
          std::find(allowed.begin(), allowed.end(), tag) != allowed.end())
        continue;
      if (by_hand) {
        properties.remove_attribute("fo:language");
        properties.remove_attribute("fo:country");
      } else {
        properties.attribute("fo:language").set_value(own.substr(0, dash).c_str());
        if (dash != std::string::npos)
          set_attribute(properties, "fo:country", own.substr(dash + 1));
      }
    }
  };
  mend(subject.document.content.document_element().child("office:automatic-styles"), true);
  const pugi::xml_node styles = subject.document.styles.document_element();
  mend(styles.child("office:automatic-styles"), true);
  mend(styles.child("office:styles"), false);
}

void bind_blanks(Subject& subject, const House& house) {
  for (const TextParagraph& p : subject.body.paragraphs) {
    std::vector<Breakable> found = breakables_of(p.text, house);
    // From the end, so that offsets stay true.
    for (auto b = found.rbegin(); b != found.rend(); ++b)
      for (const Run& run : p.runs) {
        if (b->blank < run.begin || b->blank >= run.begin + run.length) continue;
        if (run.node.type() == pugi::node_element) break;
        pugi::xml_node node = run.node;
        std::string text = node.value();
        text.replace(b->blank - run.begin, 1, k_non_breaking_space);
        node.set_value(text.c_str());
        break;
      }
  }
}

namespace {

/// An automatic style of its own for `element`, which is like the one that it has.
pugi::xml_node own_style(Subject& subject, pugi::xml_node element, Space space,
                         const char* attribute, pugi::xml_node old, int& number) {
  pugi::xml_node root = subject.document.content.document_element();
  pugi::xml_node automatic = root.child("office:automatic-styles");
  if (!automatic)
    automatic = root.insert_child_before("office:automatic-styles", root.child("office:body"));
  const char* family = space == Space::table ? "table" : "paragraph";
  const auto is_taken = [&](const std::string& name) {
    return static_cast<bool>(automatic.find_child([&](const pugi::xml_node& style) {
             return style.attribute("style:name").value() == name;
           })) ||
           (space == Space::paragraph && subject.body_styles->find(space, name) != nullptr);
  };
  std::string name;
  do name = "Keep" + std::to_string(++number);
  while (is_taken(name));
  pugi::xml_node made;
  if (old) {
    made = automatic.append_copy(old);
    set_attribute(made, "style:name", name);
  } else {
    const std::string parent = element.attribute(attribute).value();
    made = automatic.append_child("style:style");
    set_attribute(made, "style:name", name);
    set_attribute(made, "style:family", family);
    if (space == Space::paragraph && !parent.empty())
      set_attribute(made, "style:parent-style-name", parent);
  }
  set_attribute(element, attribute, name);
  return made;
}

pugi::xml_node properties_of(pugi::xml_node style, const char* element) {
  const pugi::xml_node properties = style.child(element);
  return properties ? properties : style.prepend_child(element);
}

} // namespace

void keep_signature(Subject& subject, const House& house, const Reference* reference) {
  const SignatureBlock block = signature_block(subject, house, reference);
  int number = 0;
  for (const TextParagraph* p : block.keeping) {
    if (paragraph_property(*subject.body_styles, *p, "p|fo:keep-with-next") == "always") continue;
    const StyleSheet::Style* style = subject.body_styles->find(Space::paragraph, style_of(*p));
    const pugi::xml_node old =
        style != nullptr && style->is_automatic ? style->node : pugi::xml_node();
    const pugi::xml_node kept =
        own_style(subject, p->node, Space::paragraph, "text:style-name", old, number);
    set_attribute(properties_of(kept, "style:paragraph-properties"), "fo:keep-with-next", "always");
  }
  for (const SignatureBlock::Table& table : block.tables) {
    if (stays_whole(subject.document.content, table)) continue;
    const pugi::xml_node kept =
        own_style(subject, table.node, Space::table, "table:style-name",
                  table_style(subject.document.content, table.node), number);
    const pugi::xml_node properties = properties_of(kept, "style:table-properties");
    set_attribute(properties, "style:may-break-between-rows", "false");
    if (table.keeps_next) set_attribute(properties, "fo:keep-with-next", "always");
  }
}

} // namespace engross::letterhead
