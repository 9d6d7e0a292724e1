// SPDX-License-Identifier: MPL-2.0
#include "letterhead/body.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "odf/links.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace engross::letterhead {

namespace {

std::string text_below(const pugi::xml_node& node) {
  std::string out;
  walk(node, [&](const pugi::xml_node& n) {
    const std::string_view name = n.name();
    if (name == "dc:creator" || name == "dc:date" || name == "meta:creator-initials") return false;
    if (n.type() == pugi::node_pcdata) out += n.value();
    if (is_paragraph(name) && !out.empty()) out += ' ';
    return true;
  });
  return shortened(out);
}

/// The place of what stands inside a paragraph, or of what paragraphs stand in.
Place place_of(const Auditor& a, const TextPart& part, const pugi::xml_node& node) {
  for (pugi::xml_node n = node; n; n = n.parent()) {
    if (!is_paragraph(n.name())) continue;
    const auto p = std::find_if(part.paragraphs.begin(), part.paragraphs.end(),
                                [&](const TextParagraph& one) { return one.node == n; });
    if (p != part.paragraphs.end()) return a.subject.place(part, *p);
  }
  const pugi::xml_node below =
      node.find_node([](const pugi::xml_node& n) { return is_paragraph(n.name()); });
  for (const TextParagraph& p : part.paragraphs)
    if (below && p.node == below) return a.subject.place(part, p);
  return a.subject.place(part.name);
}

/// A paragraph's end has no words.
std::string deletion_of(const std::string& text) {
  return text.empty() ? "a deletion" : "the deletion of “" + text + "”";
}

void check_changes(Auditor& a, const TextPart& part, const pugi::xml_node& root) {
  const pugi::xml_node changes = root.find_node(
      [](const pugi::xml_node& n) { return std::string_view(n.name()) == "text:tracked-changes"; });
  if (!changes) return;
  for (const pugi::xml_node& region : changes.children("text:changed-region")) {
    const pugi::xml_node kind =
        region.find_child([](const pugi::xml_node& n) { return n.type() == pugi::node_element; });
    const std::string_view name = kind.name();
    std::string what = name == "text:insertion"  ? "an insertion"
                       : name == "text:deletion" ? deletion_of(text_below(kind))
                                                 : "a change of formatting";
    const pugi::xml_node info = kind.child("office:change-info");
    if (const char* creator = info.child("dc:creator").text().get(); *creator != '\0')
      what += " by " + std::string(creator);
    // Where its mark stands.
    const char* id = region.attribute("text:id") ? region.attribute("text:id").value()
                                                 : region.attribute("xml:id").value();
    const pugi::xml_node mark = root.find_node([&](const pugi::xml_node& n) {
      return std::string_view(n.name()).starts_with("text:change") &&
             std::string_view(n.attribute("text:change-id").value()) == id;
    });
    a.report(Rule::tracked_changes, Code::change_left, place_of(a, part, mark), {what});
  }
  const pugi::xml_attribute track = changes.attribute("text:track-changes");
  if (track && std::string_view(track.value()) != "false")
    a.report(Rule::tracked_changes, Code::recording_on, a.subject.place(part.name), {});
}

bool is_hyperlink(std::string_view element) {
  return element == "text:a" || element == "draw:a" || element.starts_with("draw:area-") ||
         element == "form:button" || element == "form:image" || element == "form:form";
}

/// "file:///C:/x.doc", "C:\\x.doc", "\\\\server\\x.doc", "../x.doc": no scheme that a program is
/// behind.
bool is_file_address(std::string_view href) {
  const std::size_t colon = href.find_first_of(":/\\?");
  if (colon == std::string_view::npos || href[colon] != ':' || colon == 1) return true;
  std::string scheme(href.substr(0, colon));
  for (char& c : scheme)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return scheme == "file" || scheme == "smb" || scheme == "dav" || scheme == "webdav";
}

/// What a reader may click on: an address, a file that he does not have, a program.
void check_hyperlink(Auditor& a, const TextPart& part, const pugi::xml_node& node) {
  const std::string_view href = node.attribute("xlink:href").value();
  if (href.empty() || href.front() == '#') return;
  std::string text = text_below(node);
  if (text.empty()) text = "a picture";
  const Place place = place_of(a, part, node);
  if (std::string_view(node.name()) == "form:form") {
    const std::string form = node.attribute("form:name").value();
    if (a.applies(Rule::macros))
      a.report(Rule::macros, Code::active_content, place,
               {"the form “" + form + "”, which sends what is filled in to " + std::string(href)});
    if (a.applies(Rule::macros))
      a.hits.back().finding.hint = "Remove the form (Form, Design Mode); a letter needs none.";
    return;
  }
  if (odf::may_be_clicked(href)) {
    if (a.applies(Rule::links)) a.report(Rule::links, Code::web_link, place, {text, href});
  } else if (is_file_address(href)) {
    if (a.applies(Rule::links)) a.report(Rule::links, Code::file_link, place, {text, href});
  } else if (a.applies(Rule::macros)) {
    a.report(Rule::macros, Code::active_content, place,
             {"the link “" + text + "” to " + std::string(href)});
  }
}

/// A variable that shows nothing, and what a conditional text would say else.
void check_hidden_field(Auditor& a, const TextPart& part, const pugi::xml_node& node) {
  const std::string_view name = node.name();
  std::string text;
  if ((name.starts_with("text:variable-") || name.starts_with("text:user-field-")) &&
      std::string_view(node.attribute("text:display").value()) == "none") {
    text = node.attribute("office:string-value").value();
    if (text.empty()) text = text_below(node);
  } else if (name == "text:conditional-text") {
    const std::string shown = text_below(node);
    for (const char* value : {"text:string-value-if-true", "text:string-value-if-false"})
      if (shortened(node.attribute(value).value()) != shown) text = node.attribute(value).value();
  }
  if (!shortened(text).empty())
    a.report(Rule::hidden_text, Code::hidden_text_left, place_of(a, part, node), {shortened(text)});
}

/// What else a field shows that will be another on the next machine.
std::string_view live_value(const pugi::xml_node& node) {
  if (const std::string_view date = live_date(node); !date.empty()) return date;
  const std::string_view name = node.name();
  if (node.attribute("text:fixed").as_bool()) return {};
  if (name.starts_with("text:author-") || name.starts_with("text:sender-"))
    return "what LibreOffice knows of whoever opens the letter";
  if (name == "text:file-name") return "where the file lies";
  return {};
}

/// A live field that says who or where, not when.
bool is_no_date(const pugi::xml_node& node) {
  return live_date(node).empty() && !live_value(node).empty();
}

/// A cell in the colour of a marker by a style made by hand; a shade is a design.
void check_cell(Auditor& a, const TextPart& part, const pugi::xml_node& cell) {
  const std::string_view style = cell.attribute("table:style-name").value();
  if (style.empty()) return;
  const pugi::xml_node automatic =
      a.subject.document.content.document_element().child("office:automatic-styles");
  const pugi::xml_node made = automatic.find_child([&](const pugi::xml_node& one) {
    return one.attribute("style:name").value() == style &&
           std::string_view(one.attribute("style:family").value()) == "table-cell";
  });
  const std::string_view color =
      made.child("style:table-cell-properties").attribute("fo:background-color").value();
  for (const std::string_view marker : {"#ffff00", "#00ff00", "#00ffff", "#ff00ff"})
    if (color == marker)
      a.report(Rule::highlight, Code::highlight_left,
               place_of(a, part, cell.find_node([](const pugi::xml_node& node) {
                 return is_paragraph(node.name());
               })),
               {color});
}

/// Whether the connection of a DDE field is declared: check_links tells of it then.
bool is_declared(const Auditor& a, const pugi::xml_node& field) {
  const std::string_view name = field.attribute("text:connection-name").value();
  return static_cast<bool>(a.subject.document.content.find_node([&](const pugi::xml_node& node) {
    return std::string_view(node.name()) == "text:dde-connection-decl" &&
           node.attribute("office:name").value() == name;
  }));
}

void check_nodes(Auditor& a, const TextPart& part, const pugi::xml_node& root) {
  const bool comments = a.applies(Rule::comments);
  const bool hidden = a.applies(Rule::hidden_text);
  const bool dates = a.applies(Rule::live_dates);
  const bool highlight = a.applies(Rule::highlight);
  walk(root, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "text:tracked-changes") return false;
    if (name == "office:annotation") {
      if (comments)
        a.report(Rule::comments, Code::comment_left, place_of(a, part, node),
                 {text_below(node).empty() ? "…" : text_below(node)});
      return false;
    }
    const bool is_hidden =
        name == "text:hidden-text" || name == "text:hidden-paragraph" ||
        (name == "text:section" &&
         (std::string_view(node.attribute("text:display").value()) == "none" ||
          std::string_view(node.attribute("text:display").value()) == "condition"));
    if (hidden) check_hidden_field(a, part, node);
    if (hidden && is_hidden) {
      std::string text = name == "text:hidden-text" ? node.attribute("text:string-value").value()
                         : name == "text:section"   ? text_below(node)
                                                    : text_below(node.parent());
      a.report(Rule::hidden_text, Code::hidden_text_left, place_of(a, part, node), {text});
    }
    if (const std::string_view shown = live_value(node); dates && !shown.empty())
      a.report(Rule::live_dates, Code::date_is_live, place_of(a, part, node),
               {text_below(node).empty() ? "…" : text_below(node), shown});
    if (dates && is_no_date(node))
      a.hits.back().finding.hint =
          "Type what it should say in its place, or fix the field (double-click, Fixed content).";
    if (highlight && name == "table:table-cell") check_cell(a, part, node);
    if (name == "text:dde-connection" && a.applies(Rule::links) && !is_declared(a, node))
      a.report(Rule::links, Code::outside_link, place_of(a, part, node),
               {"A DDE link", node.attribute("text:connection-name").value()});
    if (is_hyperlink(name)) check_hyperlink(a, part, node);
    return true;
  });
}

/// Element -> the attribute that names what it refers to, and what gives such names (ODF 1.3 part
/// 3, 7.7).
struct ReferenceKind {
  std::string_view element;
  std::string_view target;
  const char* name;
};
constexpr std::array<ReferenceKind, 4> k_reference_kinds = {
    {{"text:bookmark-ref", "text:bookmark", "text:name"},
     {"text:reference-ref", "text:reference-mark", "text:name"},
     {"text:sequence-ref", "text:sequence", "text:ref-name"},
     {"text:note-ref", "text:note", "text:id"}}};

/// Whether a header is printed: that of the letter's pages, or of others that its text names.
bool is_in_use(const Subject& subject, const pugi::xml_node& part) {
  const MasterPages& masters = subject.masters;
  const std::vector<std::size_t> others = other_pages(subject);
  for (std::size_t i = 0; i < masters.pages.size(); ++i)
    if (masters.pages[i].node == part.parent())
      return shown(part.parent(), part.name()) &&
             (i == masters.start || i == masters.left || masters.pages[i].role == Role::first ||
              i == masters.continuation ||
              std::find(others.begin(), others.end(), i) != others.end());
  return false;
}

/// "#name"; "#name|outline" and the like are sought by their headings, tables and frames.
bool leads_to_bookmark(const pugi::xml_node& link) {
  const std::string_view href = link.attribute("xlink:href").value();
  return href.size() > 1 && href.front() == '#' && href.find('|') == std::string_view::npos &&
         href.find('%') == std::string_view::npos;
}

/// References that Writer will print as an error. check_header_agreement tells of those that it can
/// say the right text of.
void check_references(Auditor& a) {
  std::array<std::set<std::string_view>, k_reference_kinds.size()> targets;
  std::vector<std::pair<std::size_t, pugi::xml_node>> references;
  std::vector<pugi::xml_node> links;
  const auto read = [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "text:a" && leads_to_bookmark(node)) links.push_back(node);
    for (std::size_t i = 0; i < k_reference_kinds.size(); ++i) {
      const ReferenceKind& kind = k_reference_kinds[i];
      if (name == kind.element) references.emplace_back(i, node);
      if (name.starts_with(kind.target) &&
          (name.size() == kind.target.size() || name.substr(kind.target.size()) == "-start"))
        targets[i].insert(node.attribute(kind.name).value());
    }
    return true;
  };
  walk(a.subject.document.styles, read);
  links.clear();
  const std::size_t of_pages = references.size();
  walk(a.subject.document.content, read);
  std::optional<std::vector<HeaderLine>> lines;
  const auto is_told = [&](const pugi::xml_node& field) {
    if (!a.applies(Rule::header_agreement) || a.is_template) return false;
    if (!lines) lines = header_lines(a.subject, a.house, a.reference);
    return std::any_of(lines->begin(), lines->end(), [&](const HeaderLine& line) {
      return line.field == field && !line.expected.empty();
    });
  };
  for (std::size_t n = 0; n < references.size(); ++n) {
    const auto& [i, node] = references[n];
    const char* target = node.attribute("text:ref-name").value();
    if (targets[i].contains(target)) continue;
    if (n < of_pages) {
      pugi::xml_node part = node;
      while (part && std::string_view(part.parent().name()) != "style:master-page")
        part = part.parent();
      if (!is_in_use(a.subject, part) || is_told(node)) continue;
    }
    a.report(Rule::links, Code::reference_broken,
             place_of(a, n < of_pages ? a.subject.pages : a.subject.body, node),
             {text_below(node), target});
  }
  for (const pugi::xml_node& link : links) {
    const std::string_view target = link.attribute("xlink:href").value() + 1;
    if (targets[0].contains(target) || targets[1].contains(target)) continue;
    a.report(Rule::links, Code::reference_broken, place_of(a, a.subject.body, link),
             {text_below(link), target});
    a.hits.back().finding.hint = "Set the link again (Insert, Hyperlink, Document), or remove it.";
  }
}

/// What leaves the file when it is opened. The check's own sentences name it; its severity is the
/// rule's.
void check_links(Auditor& a, const TextPart& part, const pugi::xml_document& xml) {
  for (const Finding& finding : odf::check_external_links(xml, a.subject.file(), part.name)) {
    if (finding.code == Code::link_refused) continue; // see check_hyperlink
    const bool script = finding.code == Code::script_in_document;
    if (!a.applies(script ? Rule::macros : Rule::links)) continue;
    // "What would be loaded from outside: where."
    std::string_view what = finding.message;
    if (what.ends_with('.')) what.remove_suffix(1);
    const std::size_t colon = what.find(": ");
    const std::string_view where = colon == std::string_view::npos ? what : what.substr(colon + 2);
    what = finding.code == Code::external_data
               ? "A data source"
               : what.substr(0, std::min(what.find(" would "), colon));
    // Paragraphs are counted up to the link; those of a section stand behind it.
    const bool is_before = what.starts_with("A linked section");
    const int number = finding.place.paragraph + (is_before ? 1 : 0);
    const auto at = std::find_if(part.paragraphs.begin(), part.paragraphs.end(),
                                 [&](const TextParagraph& p) { return p.number == number; });
    const Place place = at == part.paragraphs.end() ? finding.place : a.subject.place(part, *at);
    if (script)
      a.report(Rule::macros, Code::active_content, place, {where});
    else
      a.report(Rule::links, Code::outside_link, place, {what, where});
  }
}

struct Item {
  std::string_view element;
  std::string_view text;
};

constexpr std::array k_personal = {
    Item{"meta:initial-creator", "written first by"},
    Item{"dc:creator", "last changed by"},
    Item{"meta:printed-by", "printed by"},
    Item{"dc:contributor", "with work of"},
    Item{"meta:creation-date", "begun on"},
    Item{"dc:date", "last changed on"},
    Item{"meta:print-date", "printed on"},
    Item{"meta:editing-duration", "worked on for"},
    Item{"meta:editing-cycles", "saved so often:"},
    Item{"meta:template", "made from the template"},
    Item{"dc:subject", "its subject is"},
    Item{"dc:description", "the remarks are"},
    Item{"meta:keyword", "a keyword is"},
    Item{"meta:user-defined", "a property is"},
};

} // namespace

bool is_about_the_text(std::string_view meta_element) {
  return meta_element == "dc:subject" || meta_element == "dc:description" ||
         meta_element == "meta:keyword" || meta_element == "meta:user-defined";
}

namespace {

/// The value of a setting, without a tree being built for it.
std::string_view setting(std::string_view xml, std::string_view name) {
  const std::size_t at = xml.find("\"" + std::string(name) + "\"");
  const std::size_t begin = at == std::string_view::npos ? at : xml.find('>', at);
  if (begin == std::string_view::npos || xml[begin - 1] == '/') return {};
  return xml.substr(begin + 1, std::min(xml.find('<', begin), xml.size()) - begin - 1);
}

/// Properties that every Word file has, about Word itself.
constexpr std::array<std::string_view, 6> k_of_word = {
    "AppVersion", "DocSecurity", "HyperlinksChanged", "LinksUpToDate", "ScaleCrop", "ShareDoc"};

void check_metadata(Auditor& a) {
  const pugi::xml_node meta = a.subject.document.meta.document_element().child("office:meta");
  const auto shown = odf::shown_meta(a.subject.document.content, a.subject.document.styles);
  for (const pugi::xml_node& node : meta.children())
    for (const Item& item : k_personal) {
      if (node.name() != item.element) continue;
      if (a.subject.is_from_word &&
          (item.element == "dc:date" || item.element == "meta:editing-cycles"))
        continue;
      // What a template says of itself is meant for its letters.
      const bool is_about = is_about_the_text(item.element);
      if (is_about && a.is_template) continue;
      std::string value = node.text().get();
      const std::string_view name = node.attribute("meta:name").value();
      if (std::find(k_of_word.begin(), k_of_word.end(), name) != k_of_word.end()) continue;
      if (!name.empty()) value.insert(0, std::string(name) + (value.empty() ? "" : ": "));
      if (item.element == "meta:template") value = node.attribute("xlink:href").value();
      // Word counts minutes; seconds are those that the conversion took.
      if (a.subject.is_from_word && item.element == "meta:editing-duration" &&
          value.find_first_of("MHD") == std::string::npos)
        continue;
      // A day is a fact of the letter; who worked how long is not.
      if (value.empty() || value == "PT0S" || value == "P0D" || value == "0") continue;
      // What the letter prints is not taken from under it.
      const bool is_shown = shown.contains(item.element);
      a.report(Rule::metadata, Code::metadata_left, a.subject.place("meta.xml"),
               {std::string(item.text) + (is_shown ? " (a field of the letter needs it)" : ""),
                shortened(value)},
               !is_shown);
    }
  if (a.subject.is_from_word) return; // picture and printer are those of the conversion
  const odf::Package& package = a.subject.document.package;
  for (const std::string& path : package.paths()) {
    const bool thumbnail = path.starts_with("Thumbnails/");
    if (thumbnail)
      a.report(Rule::metadata, Code::private_part_left, a.subject.place(path),
               {"a picture of an earlier first page"}, true);
    if (path != "settings.xml") continue;
    const std::string settings = package.read(path);
    const std::string printer(setting(settings, "PrinterName"));
    if (!printer.empty())
      a.report(Rule::metadata, Code::private_part_left, a.subject.place(path),
               {"the name of a printer, “" + shortened(printer) + "”"}, true);
  }
}

/// Title and properties of a letter may hold tags that nothing has filled in.
void check_meta_tags(Auditor& a) {
  if (!a.applies(Rule::tags) || a.is_template) return;
  const pugi::xml_node meta = a.subject.document.meta.document_element().child("office:meta");
  for (const pugi::xml_node& node : meta.children()) {
    const std::string_view text = node.text().get();
    for (const auto& [begin, end] : tags_of(text)) {
      Place place = a.subject.place("meta.xml");
      place.excerpt = shortened(text);
      a.report(Rule::tags, Code::tag_left, place, {shortened(text.substr(begin, end - begin))});
    }
  }
}

void check_macros(Auditor& a) {
  std::string last;
  for (const std::string& path : a.subject.document.package.paths()) {
    const std::string folder = path.substr(0, path.find('/'));
    if (folder == last || (folder != "Basic" && folder != "Scripts" && folder != "Dialogs"))
      continue;
    last = folder;
    a.report(Rule::macros, Code::active_content, a.subject.place(path),
             {path == "Basic/flat.xml" ? folder : "the folder " + folder}, true);
  }
}

} // namespace

void check_file(Auditor& a) {
  const odf::Document& document = a.subject.document;
  const auto part = [&](const TextPart& text, const pugi::xml_document& xml, const char* child) {
    const pugi::xml_node root = xml.document_element().child(child);
    if (a.applies(Rule::tracked_changes)) check_changes(a, text, root);
    check_nodes(a, text, root);
    check_links(a, text, xml);
  };
  part(a.subject.body, document.content, "office:body");
  part(a.subject.pages, document.styles, "office:master-styles");
  TextPart meta;
  meta.name = "meta.xml";
  check_links(a, meta, document.meta);
  check_meta_tags(a);
  if (a.applies(Rule::links)) check_references(a);
  if (a.applies(Rule::macros)) check_macros(a);
  if (a.applies(Rule::metadata)) check_metadata(a);
}

} // namespace engross::letterhead
