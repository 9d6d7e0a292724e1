// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"
#include "letterhead/body.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/header_forms.hpp"
#include "letterhead/house/kept_layout.hpp"
#include "letterhead/house/page_words.hpp"
#include "letterhead/house/repairs.hpp"
#include "letterhead/tree.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace engross::letterhead {

namespace {

bool has_text(const pugi::xml_node& node) {
  bool found = false;
  walk(node, [&](const pugi::xml_node& n) {
    const std::string_view name = n.name();
    found = found || name == "draw:image" || name.starts_with("text:page-") ||
            (n.type() == pugi::node_pcdata &&
             std::string_view(n.value()).find_first_not_of(" \t\r\n") != std::string_view::npos);
    return !found;
  });
  return found;
}

std::vector<pugi::xml_node> paragraphs_of(const pugi::xml_node& part) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node& child : part.children())
    if (is_paragraph(child.name())) out.push_back(child);
  return out;
}

/// What a letter's header or footer said before the letterhead came.
struct OldPart {
  bool is_there = false;
  bool is_right = false; ///< as the letterhead has it, the letter's own words in place of tags
  bool is_plain = true;  ///< nothing but paragraphs
  bool says_more = false;
  bool has_place = true; ///< the letterhead has such a part
  pugi::xml_document copy;
  /// Of the copy's paragraphs, where it is right: the number of the letterhead's.
  std::map<pugi::xml_node, std::size_t> sources;
};

/// Drawings, text boxes and the like, which have words or styles of their own; a picture is none.
bool has_drawings(const pugi::xml_node& part) {
  bool found = false;
  walk(part, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (!name.starts_with("draw:")) return !found;
    const bool is_picture =
        name == "draw:frame" && node.child("draw:image") && !node.child("draw:text-box");
    found = found || (name != "draw:image" && !is_picture);
    return !found && name != "draw:frame";
  });
  return found;
}

bool has_pictures(const pugi::xml_node& part) {
  return static_cast<bool>(part.find_node(
      [](const pugi::xml_node& node) { return std::string_view(node.name()) == "draw:image"; }));
}

bool has_own_first(const Reference& reference) {
  return page_part(reference.masters(), PageRole::first, true) !=
         page_part(reference.masters(), PageRole::continuation, true);
}

/// The headers and footers of a letter, kept over the change of letterhead.
class LetterPages {
 public:
  LetterPages(const Subject& subject, const Reference& reference, const AddressBlock& block)
      : m_reference(reference), m_has_address(block.is_certain()),
        m_is_other(has_other_letterhead(subject, reference)) {
    read_shared_header(subject, block);
    // Page styles between page 1 and the later pages go; what they say has no place to go to.
    for (const MasterPage* page : pages_between(subject.masters))
      for (const char* part : {"style:header", "style:footer"})
        m_loses_words = m_loses_words || letterhead::says_more(page_lines(shown(page->node, part)),
                                                               reference, block);
    for (const PageRole role : k_page_roles)
      for (const bool is_header : {true, false}) {
        OldPart& old = m_old[role_key(role, is_header)];
        const pugi::xml_node part = page_part(subject.masters, role, is_header);
        if (!part) continue;
        const bool is_shared =
            role == PageRole::first &&
            part == page_part(subject.masters, PageRole::continuation, is_header);
        // What later pages say is not what a page 1 of its own would say: see read_shared_header.
        if (is_shared && is_header && has_own_first(reference)) continue;
        old.is_there = true;
        const std::vector<std::string> lines = page_lines(part);
        old.says_more = letterhead::says_more(lines, reference, block);
        old.has_place = static_cast<bool>(page_part(reference.masters(), role, is_header));
        const std::optional<PageFit> fits = fit_page(lines, reference, role, is_header, block);
        old.is_right = fits.has_value();
        const bool is_kept = role == PageRole::first && m_is_other;
        for (const pugi::xml_node& child : part.children())
          old.is_plain =
              old.is_plain && (child.type() != pugi::node_element || is_paragraph(child.name()));
        old.is_plain = old.is_plain && !has_drawings(part) && !(is_kept && has_pictures(part));
        old.copy.append_copy(part);
        for (const pugi::xml_node& p : paragraphs_of(old.copy.first_child()))
          name_style(subject, p);
        if (fits) note_sources(old, *fits, page_part(reference.masters(), role, is_header));
      }
  }

  /// Why the words of the headers cannot be kept; empty where they can.
  std::string obstacle() const {
    if (m_loses_words) return "the header or footer of a page style between page 1 and the others";
    if (m_loses_picture) return "the header of all pages, which holds a picture";
    for (const PageRole role : k_page_roles)
      for (const bool is_header : {true, false}) {
        const auto at = m_old.find(role_key(role, is_header));
        if (at == m_old.end() || !at->second.is_there) continue;
        const std::string part = std::string(is_header ? "the header of " : "the footer of ") +
                                 std::string(role_text(role));
        if (!at->second.is_plain) return part + ", which holds a drawing, a text box or a table";
        if (!at->second.has_place && at->second.says_more)
          return part + ", which the letterhead does not have";
      }
    return {};
  }

  /// Gives the new pages the letter's words. False where a tag would be left in them.
  bool put_back(Subject& subject) {
    const MasterPages masters = master_pages_of(subject.document, false);
    for (const PageRole role : k_page_roles)
      for (const bool is_header : {true, false}) {
        pugi::xml_node part = page_part(masters, role, is_header);
        // Where page 1 has nothing of its own, the part is that of all pages.
        const bool is_shared = role == PageRole::first &&
                               part == page_part(masters, PageRole::continuation, is_header);
        if (part && !is_shared) fill(subject, part, role, is_header);
      }
    for (const MasterPage& page : masters.pages)
      if (!copy_to_others(masters, page)) return false;
    return true;
  }

 private:
  static void note_sources(OldPart& old, const PageFit& fits, const pugi::xml_node& letterheads) {
    const std::vector<PageLine> ours = page_lines_with_paragraphs(old.copy.first_child());
    const std::vector<PageLine> theirs = page_lines_with_paragraphs(letterheads);
    const std::vector<pugi::xml_node> forms = paragraphs_of(letterheads);
    for (std::size_t i = 0; i < ours.size() && i < fits.lines.size(); ++i) {
      if (!fits.lines[i]) continue;
      const std::size_t source = (*fits.pattern)[*fits.lines[i]].source;
      if (source >= theirs.size()) continue;
      const auto form = std::find(forms.begin(), forms.end(), theirs[source].paragraph);
      if (form != forms.end())
        old.sources.emplace(ours[i].paragraph, static_cast<std::size_t>(form - forms.begin()));
    }
  }

  /// A header for all pages, where the letterhead's page 1 has one of its own: what it says more,
  /// a legend say, stands on page 1 too, and would not be seen any more on a letter of one page.
  void read_shared_header(const Subject& subject, const AddressBlock& block) {
    const pugi::xml_node part = page_part(subject.masters, PageRole::continuation, true);
    if (!part || part != page_part(subject.masters, PageRole::first, true) ||
        !has_own_first(m_reference))
      return;
    bool is_letters = true;
    for (const pugi::xml_node& p : paragraphs_of(part)) {
      const std::vector<std::string> lines = page_lines(p);
      if (!letterhead::says_more(lines, m_reference, block)) continue;
      is_letters = is_letters && std::all_of(lines.begin(), lines.end(), is_letters_own);
      name_style(subject, m_page_1.append_copy(p));
    }
    if (!m_page_1.first_child()) return;
    m_loses_picture = has_pictures(part);
    m_is_other = m_is_other || !is_letters;
  }

  /// A style that has a name in place of an automatic one.
  static void name_style(const Subject& subject, pugi::xml_node p) {
    const std::string name =
        subject.page_styles->named(Space::paragraph, p.attribute("text:style-name").value());
    set_attribute(p, "text:style-name", name.empty() ? "Header" : name);
  }

  void fill(const Subject& subject, pugi::xml_node part, PageRole role, bool is_header) {
    OldPart& old = m_old[role_key(role, is_header)];
    if (old.is_right) return take_words(subject, part, old);
    if (role == PageRole::first && is_header && m_page_1.first_child() && !old.is_there) {
      if (m_is_other || !answer_tags(part)) return keep_words(part, m_page_1);
      const pugi::xml_node first = part.first_child();
      for (const pugi::xml_node& p : m_page_1.children())
        plain(part.insert_copy_before(p, first), {});
      return;
    }
    // Neither the look nor the words of our letterhead belong beside another firm's.
    if (role == PageRole::first && m_is_other && old.is_there)
      return keep_words(part, old.copy.first_child());
    if (role == PageRole::first && m_is_other) return empty(part);
    if (!old.says_more && answer_tags(part)) return;
    if (old.is_there) return take_words(subject, part, old);
    empty(part); // nothing was there, and what should be there is not known
  }

  /// Leaves one empty line.
  static void empty(pugi::xml_node part) {
    const std::vector<pugi::xml_node> lines = paragraphs_of(part);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) part.remove_child(lines[i]);
    if (!lines.empty())
      while (lines.back().first_child()) {
        pugi::xml_node last = lines.back();
        last.remove_child(last.first_child());
      }
  }

  /// The old paragraphs in their own styles.
  void keep_words(pugi::xml_node part, const pugi::xml_node& old) {
    while (part.first_child()) part.remove_child(part.first_child());
    for (const pugi::xml_node& p : paragraphs_of(old)) plain(part.append_copy(p), {});
  }

  /// The old paragraphs in the form of the new ones.
  void take_words(const Subject& subject, pugi::xml_node part, const OldPart& old) {
    std::vector<pugi::xml_node> forms;
    std::map<std::size_t, std::size_t> form_at; // by its place among the letterhead's paragraphs
    const std::vector<pugi::xml_node> all = paragraphs_of(part);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!holds_only_block_tags(all[i])) {
        form_at[i] = forms.size();
        forms.push_back(all[i]);
      }
    std::vector<OwnLine> words;
    for (const pugi::xml_node& p : paragraphs_of(old.copy.first_child())) {
      if (!has_text(p)) continue;
      OwnLine& line = words.emplace_back();
      line.paragraph = p;
      const auto source = old.sources.find(p);
      if (source == old.sources.end()) continue;
      if (const auto form = form_at.find(source->second); form != form_at.end())
        line.form = form->second;
    }
    if (words.empty() || forms.empty()) return;
    pugi::xml_document kept_frame;
    for (const pugi::xml_node& form : forms)
      if (const pugi::xml_node frame = form.child("draw:frame"); frame && !kept_frame.first_child())
        kept_frame.append_copy(frame);
    const std::vector<std::string> chosen =
        styles_of_lines(words, forms, m_reference, subject.document.styles);
    while (part.first_child()) part.remove_child(part.first_child());
    for (std::size_t i = 0; i < words.size(); ++i) {
      pugi::xml_node p = part.append_copy(words[i].paragraph);
      set_attribute(p, "text:style-name", chosen[i]);
      plain(p, kept_frame.first_child());
    }
  }

  /// Formatting by hand stays behind; a logo becomes the letterhead's.
  void plain(pugi::xml_node p, const pugi::xml_node& frame) {
    for (pugi::xml_node child = p.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      const std::string_view name = child.name();
      if (name == "draw:frame" && frame) {
        p.insert_copy_before(frame, child);
        p.remove_child(child);
      } else if (name == "text:span") {
        plain(child, frame);
        while (child.first_child()) p.insert_move_before(child.first_child(), child);
        p.remove_child(child);
      }
      child = next;
    }
  }

  /// The letterhead's own words, where all its tags are answered.
  bool answer_tags(pugi::xml_node part) const {
    pugi::xml_document trial;
    trial.append_copy(part);
    bool answered = true;
    walk(trial.first_child(), [&](const pugi::xml_node& node) {
      if (node.type() != pugi::node_pcdata) return true;
      const std::optional<std::string> text = m_reference.answered(node.value());
      answered = answered && text &&
                 (m_has_address || (*text != k_addressee_mark && *text != k_date_mark));
      if (text) {
        pugi::xml_node mutable_node = node;
        mutable_node.set_value(text->c_str());
      }
      return true;
    });
    if (!answered) return false;
    pugi::xml_node parent = part;
    while (parent.first_child()) parent.remove_child(parent.first_child());
    for (const pugi::xml_node& child : trial.first_child().children()) parent.append_copy(child);
    return true;
  }

  /// Pages that repeat the letterhead's headers, a continuation after an annex say.
  static bool copy_to_others(const MasterPages& masters, const MasterPage& page) {
    const MasterPage& main = masters.pages[masters.continuation];
    for (const char* name : {"style:header", "style:footer", "style:header-left",
                             "style:footer-left", "style:header-first", "style:footer-first"}) {
      pugi::xml_node part = page.node.child(name);
      if (!part || !has_tags(part)) continue;
      const pugi::xml_node from = main.node.child(name);
      if (page.node == main.node || !from) return false;
      while (part.first_child()) part.remove_child(part.first_child());
      for (const pugi::xml_node& child : from.children()) part.append_copy(child);
      if (has_tags(part)) return false;
    }
    return true;
  }

  static bool has_tags(const pugi::xml_node& part) {
    const std::vector<std::string> lines = page_lines(part);
    return std::any_of(lines.begin(), lines.end(),
                       [](const std::string& line) { return !tags_of(line).empty(); });
  }

  const Reference& m_reference;
  bool m_has_address;
  bool m_loses_words = false;
  bool m_loses_picture = false;
  bool m_is_other; ///< page 1 has the letterhead of another firm
  std::map<std::string, OldPart> m_old;
  pugi::xml_document m_page_1; ///< paragraphs of a header for all pages that page 1 must keep
};

/// Pictures that the pages show after all stay in the package.
void keep_pictures(odf::Document& document) {
  for (const pugi::xml_document* xml : {&document.content, &document.styles})
    walk(xml->document_element(), [&](const pugi::xml_node& node) {
      std::string_view href = node.attribute("xlink:href").value();
      while (href.starts_with("./")) href.remove_prefix(2);
      document.dropped.erase(std::string(href));
      return true;
    });
}

/// Automatic styles of the letterhead's headers that the letter's own words do not use.
void drop_unused(odf::Document& document) {
  const pugi::xml_node root = document.styles.document_element();
  std::set<std::string> used;
  const auto note = [&](Space space, std::string_view name) {
    used.insert(style_key(space, name));
  };
  for (const char* part : {"office:styles", "office:automatic-styles", "office:master-styles"})
    collect_references(root.child(part), note);
  pugi::xml_node automatic = root.child("office:automatic-styles");
  for (pugi::xml_node style = automatic.child("style:style"); style;) {
    const pugi::xml_node next = style.next_sibling("style:style");
    const Space space = definition_space(style);
    if (!used.contains(style_key(space, style.attribute("style:name").value())))
      automatic.remove_child(style);
    style = next;
  }
}

/// The lines that answer() left for the address block.
void fill_from_address(Subject& subject, const House& house) {
  const AddressBlock block = address_block(subject, house);
  walk(subject.document.styles.document_element().child("office:master-styles"),
       [&](const pugi::xml_node& node) {
         if (node.type() != pugi::node_pcdata) return true;
         const std::string_view text = node.value();
         const TextParagraph* source = text == k_addressee_mark
                                           ? (block.lines.empty() ? nullptr : block.lines.front())
                                       : text == k_date_mark ? block.date
                                                             : nullptr;
         if (source == nullptr) return true;
         pugi::xml_node mutable_node = node;
         mutable_node.set_value(shortened(source->text, 2000).c_str());
         return true;
       });
}

} // namespace

bool apply_letterhead(Subject& subject, const House& house, const Reference& reference,
                      std::string& obstacle) {
  const bool of_template = is_template(subject, house);
  const AddressBlock block = address_block(subject, house);
  const bool has_address = block.is_certain();
  LetterPages pages(subject, reference, block);
  const ListNumbers numbers(subject);
  const OwnWidth width(subject, reference);
  const OwnPages own(subject);
  if (!of_template) obstacle = pages.obstacle();
  std::optional<odf::Document> other_paper;
  if (!width.is_kept()) other_paper = on_allowed_paper(subject, house, reference);
  const Findings findings =
      apply(subject.document, other_paper ? *other_paper : reference.subject().document);
  // An unknown style is the text's fault, and was there before.
  const bool failed = std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
    return f.severity == Severity::error && f.code != Code::unknown_style;
  });
  if (failed) return false;
  if (!obstacle.empty()) {
    numbers.put_back(subject.document);
    return own.put_back(subject.document);
  }
  width.put_back(subject.document);
  if (of_template) return true;
  numbers.put_back(subject.document);
  if (!pages.put_back(subject)) return false;
  if (has_address) fill_from_address(subject, house);
  keep_pictures(subject.document);
  drop_unused(subject.document);
  return true;
}

void replace_styles(Subject& subject, const House& house, const Reference* reference) {
  const StyleSheet& styles = *subject.body_styles;
  std::map<std::string, std::string> renamed;
  for (const auto& [from, to] : house.replaced_styles)
    for (const Space space : {Space::paragraph, Space::text}) {
      const std::string old = styles.by_display_name(space, from);
      std::string name = styles.by_display_name(space, to);
      if (name.empty() && reference != nullptr)
        name = reference->styles().by_display_name(space, to);
      if (!old.empty() && !name.empty() && old != name) renamed[style_key(space, old)] = name;
    }
  if (renamed.empty()) return;
  const auto rename = [&](Space space, std::string_view name) -> const std::string* {
    const auto at = renamed.find(style_key(space, name));
    return at == renamed.end() ? nullptr : &at->second;
  };
  const pugi::xml_node content = subject.document.content.document_element();
  const pugi::xml_node pages = subject.document.styles.document_element();
  rewrite_references(content.child("office:automatic-styles"), rename);
  rewrite_references(content.child("office:body"), rename);
  rewrite_references(pages.child("office:automatic-styles"), rename);
  rewrite_references(pages.child("office:master-styles"), rename);
}

} // namespace engross::letterhead
