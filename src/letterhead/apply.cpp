// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"

#include "letterhead/body.hpp"
#include "letterhead/header_gap.hpp"
#include "letterhead/main_page.hpp"
#include "letterhead/page_plan.hpp"
#include "letterhead/page_references.hpp"
#include "letterhead/pages.hpp"
#include "letterhead/spacing.hpp"
#include "letterhead/style_import.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engross::letterhead {

namespace {

/// One application: the order of its steps is that of `run`.
class Applier {
 public:
  Applier(odf::Document& letter, const odf::Document& letterhead)
      : m_letter(letter), m_letterhead(letterhead),
        m_name(letterhead_name(letterhead.package.name())), m_styles(letter, letterhead, m_name) {}

  Findings run(MasterPages letterhead_pages);

 private:
  Place letterhead_place() const;
  void check_letterhead(const MasterPages& pages);
  void check_heights(const MasterPage& page);
  void import_styles();
  void settle_next_pages();
  void import_pages();
  void name_page_of_endnotes();
  void make_continued_pages();
  pugi::xml_node place_continued(const std::string& name, const std::string& display,
                                 const pugi::xml_node& old);
  void give_layout(pugi::xml_node page, const pugi::xml_node& own);
  bool is_continued_page_needed() const;
  void check_result();

  odf::Document& m_letter;
  const odf::Document& m_letterhead;
  std::string m_name; ///< of the letterhead, as findings call it
  Findings m_findings;
  StyleImport m_styles;
  PagePlan m_plan;
  pugi::xml_node m_main; ///< the letter's one page
};

Findings Applier::run(MasterPages letterhead_pages) {
  check_letterhead(letterhead_pages);
  m_plan =
      PagePlan(std::move(letterhead_pages), master_pages_of(m_letter, false), m_styles.named());
  Spacing spacing(m_letter, m_styles);
  import_styles();
  append(m_findings, rewrite_page_references(m_letter, m_plan, m_styles));
  settle_next_pages();
  import_pages();
  name_page_of_endnotes();
  make_continued_pages();
  append(m_findings, m_styles.finish());
  append(m_findings, spacing.keep(m_styles, m_name));
  m_letter.styles_changed = true;
  check_result();
  return std::move(m_findings);
}

Place Applier::letterhead_place() const {
  Place place;
  place.file = m_letterhead.package.name();
  place.part = "styles.xml";
  return place;
}

void Applier::check_letterhead(const MasterPages& pages) {
  const Place place = letterhead_place();
  const MasterPage& main = pages.pages[pages.continuation];
  const bool has_first = pages.first != MasterPages::npos;
  if (!shown(main.node, "style:header") &&
      !(has_first && shown(pages.pages[pages.first].node, "style:header"))) {
    m_findings.push_back(
        make_finding(Code::letterhead_without_header, place, {m_name, shown_name(main.node)}));
  }
  if (!pages.unclear.empty()) {
    std::string names;
    for (const std::string& name : pages.unclear) {
      names += (names.empty() ? "" : ", ") + name;
    }
    m_findings.push_back(
        make_finding(Code::letterhead_role_unclear, place, {m_name, names, pages.unclear.front()}));
  }
  check_heights(main);
  if (has_first) {
    const MasterPage& first = pages.pages[pages.first];
    check_heights(first);
    constexpr std::array k_size = {"fo:page-width",    "fo:page-height", "fo:margin",
                                   "fo:margin-top",    "fo:margin-left", "fo:margin-right",
                                   "fo:margin-bottom", "fo:padding"};
    const pugi::xml_node a = first.layout.child("style:page-layout-properties");
    const pugi::xml_node b = main.layout.child("style:page-layout-properties");
    if (std::any_of(k_size.begin(), k_size.end(), [&](const char* name) {
          return attribute_of(a, name) != attribute_of(b, name);
        })) {
      m_findings.push_back(make_finding(Code::first_page_size_differs, place,
                                        {m_name, shown_name(first.node), shown_name(main.node)}));
    }
  }
}

void Applier::check_heights(const MasterPage& page) {
  constexpr std::array k_areas = {std::pair{"style:header-style", "header"},
                                  std::pair{"style:footer-style", "footer"}};
  for (const auto& [element, word] : k_areas) {
    const pugi::xml_node properties =
        page.layout.child(element).child("style:header-footer-properties");
    const std::string_view height = attribute_of(properties, "svg:height");
    if (height.empty()) continue;
    m_findings.push_back(make_finding(Code::header_height_fixed, letterhead_place(),
                                      {word, shown_name(page.node), m_name, height}));
  }
}

void Applier::import_styles() {
  const MasterPages& pages = m_plan.letterhead();
  for (const PageImport& import : m_plan.imports()) m_styles.need(pages.pages[import.source].node);
  // Their layout gives way to that of the continuation; their headers do not.
  for (const std::size_t i : {pages.first, pages.left}) {
    if (i == MasterPages::npos) continue;
    for (const pugi::xml_node& child : pages.pages[i].node.children()) m_styles.need(child);
  }
  // The old pages themselves stay until their successors stand beside them.
  std::vector<pugi::xml_node> leaving;
  std::vector<pugi::xml_node> staying;
  for (std::size_t i = 0; i < m_plan.letter().pages.size(); ++i) {
    (m_plan.is_replaced(i) ? leaving : staying).push_back(m_plan.letter().pages[i].node);
  }
  m_styles.drop_used_only_by(leaving, staying);
  m_styles.name_automatic_styles();
  m_styles.import_styles(
      [&](const std::string& page) { return m_plan.letterhead_page(page, false); });
}

/// Sets style:next-style-name of the pages that stay, and plans that of those that come.
void Applier::settle_next_pages() {
  // Which pages text stands on: named by a style in use or following such a page.
  NameSet used;
  const auto note = [&](const pugi::xml_node& styles) {
    for (const pugi::xml_node& style : styles.children("style:style")) {
      const std::string_view page = attribute_of(style, "style:master-page-name");
      if (!page.empty()) used.emplace(page);
    }
  };
  note(m_letter.content.document_element().child("office:automatic-styles"));
  note(m_styles.named());
  const auto follow = [&](const std::string& name, const std::string& next) {
    return next.empty() || next == name ? std::string()
                                        : m_plan.letter_page(next, used.count(name) != 0);
  };
  const MasterPages& pages = m_plan.letter();
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    const MasterPage& page = pages.pages[i];
    if (m_plan.is_replaced(i)) continue;
    const std::string name = page.node.attribute("style:name").value();
    const std::string next = follow(name, page.next);
    if (!next.empty()) set_attribute(page.node, "style:next-style-name", next);
    if (used.count(name) != 0) {
      Place place;
      place.file = m_letter.package.name();
      place.part = "styles.xml";
      m_findings.push_back(
          make_finding(Code::page_style_kept, std::move(place), {shown_name(page.node), m_name}));
    }
  }
  for (ContinuedPage& page : m_plan.continued()) page.next = follow(page.name, page.next);
  for (PageImport& import : m_plan.imports()) {
    if (import.next.empty()) continue;
    const bool from_letter = import.replaced && pages.find(import.next) != MasterPages::npos;
    std::string next = from_letter
                           ? follow(import.name, import.next)
                           : m_plan.letterhead_page(import.next, used.count(import.name) != 0);
    if (next == import.name) next.clear();
    import.next = std::move(next);
  }
}

void Applier::import_pages() {
  const MasterPages& pages = m_plan.letterhead();
  for (const PageImport& import : m_plan.imports()) {
    const MasterPage& source = pages.pages[import.source];
    pugi::xml_node page = import.replaced
                              ? m_styles.masters().insert_copy_before(source.node, import.replaced)
                              : m_styles.place_like(m_styles.masters(), source.node);
    const bool is_main = import.source == pages.continuation;
    if (is_main) {
      build_main_page(page, pages, m_styles);
      m_main = page;
    }
    complete_first_page(page);
    m_styles.adopt(page, true);
    even_out_headers(page, m_styles);
    if (import.own_layout) give_layout(page, import.own_layout->first_child());
    page.remove_attribute("style:next-style-name");
    if (!import.next.empty()) set_attribute(page, "style:next-style-name", import.next);
    if (import.name != source.name) {
      page.remove_attribute("style:display-name");
      set_attribute(page, "style:name", import.name);
      const std::string_view display =
          is_main ? std::string_view() : attribute_of(import.replaced, "style:display-name");
      if (!display.empty()) set_attribute(page, "style:display-name", display);
    }
  }
}

/// The letter's page without what is for page 1 only, under another name.
pugi::xml_node Applier::place_continued(const std::string& name, const std::string& display,
                                        const pugi::xml_node& old) {
  pugi::xml_node page = old ? m_styles.masters().insert_copy_before(m_main, old)
                            : m_styles.place_like(m_styles.masters(), m_main);
  set_attribute(page, "style:name", name);
  page.remove_attribute("style:display-name");
  if (!display.empty()) set_attribute(page, "style:display-name", display);
  page.remove_attribute("style:next-style-name");
  page.remove_child("style:header-first");
  page.remove_child("style:footer-first");
  return page;
}

/// The letter's layout, but for what the page does otherwise.
void Applier::give_layout(pugi::xml_node page, const pugi::xml_node& own) {
  pugi::xml_node layout =
      m_styles.copy_of_layout(std::string(attribute_of(page, "style:page-layout-name")));
  if (!layout) return;
  set_attribute(page, "style:page-layout-name", attribute_of(layout, "style:name"));
  for (const pugi::xml_attribute& attribute : own.attributes())
    set_attribute(layout, attribute.name(), attribute.value());
  pugi::xml_node properties = layout.child("style:page-layout-properties");
  if (!properties) properties = layout.prepend_child("style:page-layout-properties");
  const pugi::xml_node kept = own.child("style:page-layout-properties");
  const std::string_view orientation = attribute_of(kept, "style:print-orientation");
  const MasterPages& pages = m_plan.letterhead();
  if (!orientation.empty() &&
      pages.pages[pages.continuation].landscape != (orientation == "landscape")) {
    const std::string width(attribute_of(properties, "fo:page-width"));
    const std::string height(attribute_of(properties, "fo:page-height"));
    if (!width.empty() && !height.empty()) {
      set_attribute(properties, "fo:page-width", height);
      set_attribute(properties, "fo:page-height", width);
    }
  }
  for (const pugi::xml_attribute& attribute : kept.attributes())
    set_attribute(properties, attribute.name(), attribute.value());
  if (!kept.first_child()) return;
  while (properties.remove_child(properties.first_child())) {
  }
  for (const pugi::xml_node& child : kept.children()) properties.append_copy(child);
}

/// Whether anything that will stand in the letter refers to it.
bool Applier::is_continued_page_needed() const {
  const auto asks = [](const pugi::xml_node& node, const char* attribute) {
    return attribute_of(node, attribute) == k_continued_page;
  };
  const pugi::xml_node content = m_letter.content.document_element();
  for (const pugi::xml_node& styles :
       {m_styles.named(), content.child("office:automatic-styles")}) {
    for (const pugi::xml_node& style : styles.children("style:style")) {
      if (asks(style, "style:master-page-name")) return true;
    }
  }
  for (const pugi::xml_node& page : m_styles.masters().children("style:master-page")) {
    const bool is_it = attribute_of(page, "style:name") == k_continued_page;
    if (!is_it && asks(page, "style:next-style-name")) return true;
  }
  bool needed = false;
  walk(content.child("office:body"), [&](const pugi::xml_node& node) {
    needed = needed || asks(node, "text:master-page-name");
    return !needed;
  });
  return needed;
}

/// Endnotes stand on a page of the style that their configuration names (text:master-page-name);
/// where it names none, LibreOffice prints them on a page without header and footer.
void Applier::name_page_of_endnotes() {
  const pugi::xml_node note =
      m_letter.content.document_element().find_node([](const pugi::xml_node& node) {
        return std::string_view(node.name()) == "text:note" &&
               attribute_of(node, "text:note-class") == "endnote";
      });
  if (!note) return;
  pugi::xml_node named = m_styles.named();
  pugi::xml_node how =
      named.find_child_by_attribute("text:notes-configuration", "text:note-class", "endnote");
  if (how && !attribute_of(how, "text:master-page-name").empty()) return;
  if (!how) {
    how = named.append_child("text:notes-configuration");
    set_attribute(how, "text:note-class", "endnote");
    set_attribute(how, "style:num-format", "i");
  }
  set_attribute(how, "text:master-page-name", k_main_page);
}

void Applier::make_continued_pages() {
  for (const ContinuedPage& continued : m_plan.continued()) {
    pugi::xml_node page = place_continued(
        continued.name, std::string(attribute_of(continued.replaced, "style:display-name")),
        continued.replaced);
    if (!continued.next.empty()) set_attribute(page, "style:next-style-name", continued.next);
    if (continued.own_layout) give_layout(page, continued.own_layout->first_child());
  }
  const MasterPages& pages = m_plan.letter();
  if (is_continued_page_needed()) {
    const std::size_t old = pages.find(k_continued_page);
    place_continued(std::string(k_continued_page), "Letter continued",
                    old == MasterPages::npos ? pugi::xml_node() : pages.pages[old].node);
  }
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    if (m_plan.is_replaced(i)) m_styles.masters().remove_child(pages.pages[i].node);
  }
  m_styles.drop_stood_in_for();
}

void Applier::check_result() {
  append(m_findings, check_ancestry(m_styles.named(), m_letter.package.name()));
  StyleIndex body;
  add_definitions(body.automatic,
                  m_letter.content.document_element().child("office:automatic-styles"));
  add_definitions(body.named, m_styles.named());
  append(m_findings,
         check_styles(m_letter.content, {body, m_letter.package.name(), "content.xml", m_name}));
  StyleIndex pages;
  add_definitions(pages.automatic,
                  m_letterhead.styles.document_element().child("office:automatic-styles"));
  pages.named = std::move(body.named);
  append(m_findings, check_styles(m_letterhead.styles,
                                  {pages, m_letterhead.package.name(), "styles.xml", m_name}));
}

} // namespace

std::string letterhead_name(std::string_view file) {
  const std::size_t slash = file.find_last_of("/\\");
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  const std::size_t dot = file.rfind('.');
  return std::string(dot == 0 ? file : file.substr(0, dot));
}

Findings apply(odf::Document& target, const odf::Document& letterhead) {
  MasterPages pages = master_pages_of(letterhead, true);
  if (pages.pages.empty()) {
    Place place;
    place.file = letterhead.package.name();
    place.part = "styles.xml";
    return {make_finding(Code::letterhead_without_page_style, place,
                         {letterhead_name(letterhead.package.name())})};
  }
  return Applier(target, letterhead).run(std::move(pages));
}

} // namespace engross::letterhead
