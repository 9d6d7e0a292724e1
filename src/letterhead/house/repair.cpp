// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/repair.hpp"

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/printed.hpp"
#include "letterhead/house/repairs.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace engross::letterhead {

namespace {

constexpr int k_rounds = 5;

/// What only a change of the pages puts right.
constexpr std::array k_of_pages = {Rule::page, Rule::page_styles, Rule::headers};

bool is_flat(std::string_view bytes) { return !bytes.starts_with("PK"); }

/// What stands before the root of a flat file: declaration and comments.
std::string head_of(std::string_view bytes) {
  const std::size_t root = bytes.find("<office:document");
  return root == std::string_view::npos ? std::string() : std::string(bytes.substr(0, root));
}

/// The document read anew after a change of it.
void reread(Subject& subject) {
  Subject fresh(std::move(subject.document));
  subject = std::move(fresh);
}

class Repairer {
 public:
  Repairer(const std::string& name, const std::string& bytes, const House& house,
           const Reference* reference)
      : m_name(name), m_bytes(bytes), m_house(house), m_reference(reference) {}

  Repaired run(std::int64_t time) {
    Repaired out;
    out.bytes = m_bytes;
    Result<Subject> opened = Subject::open(m_name, m_bytes);
    if (!opened) {
      out.faults = std::move(opened.findings);
      return out;
    }
    const Hits before = audit(*opened, m_house, m_reference);
    note(before);
    if (m_rules.empty()) {
      out.left = before;
      return out;
    }
    if (opened->document.package.contains("META-INF/documentsignatures.xml")) {
      out.left = before;
      out.left.push_back({Rule::metadata, make_finding(Code::document_signed,
                                                       opened->place(std::string_view()), {})});
      return out;
    }
    m_is_template = is_template(*opened, m_house);
    m_printed = printed(*opened, m_is_template);
    m_time = time;
    std::optional<Subject> subject = std::move(opened.value);
    const std::array old = {odf::to_string(subject->document.content),
                            odf::to_string(subject->document.styles),
                            odf::to_string(subject->document.meta)};
    repair(subject);
    odf::Document& document = subject->document;
    document.content_changed = odf::to_string(document.content) != old[0];
    document.styles_changed = odf::to_string(document.styles) != old[1];
    document.meta_changed = odf::to_string(document.meta) != old[2];
    const bool parts = has(Rule::macros) || drops_parts(before);
    if (document.content_changed || document.styles_changed || document.meta_changed || parts) {
      out.bytes = bytes_of(document, time);
      out.changed = true;
    }
    compare(before, out);
    if (out.changed && out.done.empty()) {
      // Nothing came of it: the file as it was is better than another one as wrong.
      out.bytes = m_bytes;
      out.changed = false;
      out.left = before;
    }
    for (Hit& hit : m_refused) out.left.push_back(std::move(hit));
    return out;
  }

 private:
  void note(const Hits& hits) {
    for (const Hit& hit : hits)
      if (hit.is_repairable) m_rules[hit.rule].push_back(&hit);
  }
  bool has(Rule rule) const { return m_rules.contains(rule); }

  /// A thumbnail or a printer, which writing leaves behind.
  bool drops_parts(const Hits& hits) const {
    return std::any_of(hits.begin(), hits.end(), [](const Hit& hit) {
      return hit.is_repairable && hit.finding.code == Code::private_part_left;
    });
  }

  bool needs_letterhead() const {
    if (m_reference == nullptr) return false;
    for (const Rule rule :
         {Rule::page, Rule::page_styles, Rule::headers, Rule::style_definitions, Rule::widows})
      if (has(rule)) return true;
    for (const Rule rule : {Rule::styles, Rule::fonts, Rule::font_sizes})
      if (const auto at = m_rules.find(rule); at != m_rules.end())
        for (const Hit* hit : at->second)
          if (hit->finding.message.starts_with("The style") ||
              hit->finding.code == Code::style_missing ||
              hit->finding.code == Code::style_forbidden)
            return true;
    const auto by_hand = m_rules.find(Rule::direct_formatting);
    return by_hand != m_rules.end() &&
           std::any_of(by_hand->second.begin(), by_hand->second.end(),
                       [](const Hit* hit) { return hit->finding.place.part == "styles.xml"; });
  }

  /// One step of the repair, undone if it would change what the letter says on paper. `change`
  /// gives false where it could not be done.
  template <class Change>
  bool step(std::optional<Subject>& subject, Rule rule, const Change& change) {
    odf::Document& document = subject->document;
    document.content_changed = document.styles_changed = document.meta_changed = true;
    std::string before = bytes_of(document, m_time);
    const bool done = change(*subject);
    if (done) reread(*subject);
    const std::vector<std::string> now = done ? printed(*subject, m_is_template) : m_printed;
    if (done && now == m_printed) return true;
    if (now != m_printed) refuse(rule, now);
    subject = std::move(Subject::open(m_name, std::move(before)).value);
    return false;
  }

  /// Says where the first difference is.
  void refuse(Rule rule, const std::vector<std::string>& now) {
    const auto [was, is] =
        std::mismatch(m_printed.begin(), m_printed.end(), now.begin(), now.end());
    const std::string& line = was != m_printed.end() ? *was : is != now.end() ? *is : m_name;
    Place place;
    place.file = m_name;
    const std::string words = shortened(words_alone(line.substr(line.find('\t') + 1)));
    m_refused.push_back(
        {rule, make_finding(Code::repair_refused, place, {rule_title(rule), words})});
  }

  /// Says why the letter's pages stay as they are.
  void refuse_pages(const std::string& obstacle) {
    const auto first =
        std::find_if(k_of_pages.begin(), k_of_pages.end(), [this](Rule rule) { return has(rule); });
    if (first == k_of_pages.end()) return;
    Place place;
    place.file = m_name;
    m_refused.push_back(
        {*first, make_finding(Code::repair_refused, place, {rule_title(*first), obstacle})});
  }

  void repair(std::optional<Subject>& subject) {
    const auto step_if = [&](bool wanted, Rule rule, const auto& change) {
      if (!wanted) return;
      step(subject, rule, [&](Subject& s) {
        change(s);
        return true;
      });
    };
    std::string obstacle;
    const auto on_letterhead = [&](Subject& s) {
      if (has(Rule::styles)) {
        replace_styles(s, m_house, m_reference);
        reread(s);
      }
      return apply_letterhead(s, m_house, *m_reference, obstacle);
    };
    // A style that only the letterhead has comes with it, or not at all.
    if (!needs_letterhead() || !step(subject, Rule::style_definitions, on_letterhead))
      step_if(has(Rule::styles), Rule::styles,
              [&](Subject& s) { replace_styles(s, m_house, nullptr); });
    if (!obstacle.empty()) refuse_pages(obstacle);
    const bool by_hand =
        m_house.of(Rule::direct_formatting).is_on &&
        (has(Rule::direct_formatting) || has(Rule::fonts) || has(Rule::font_sizes));
    step_if(by_hand, Rule::direct_formatting,
            [&](Subject& s) { remove_formatting_by_hand(s, m_house); });
    step_if(has(Rule::empty_paragraphs), Rule::empty_paragraphs,
            [&](Subject& s) { remove_empty_paragraphs(s, m_house, m_reference); });
    step_if(has(Rule::language), Rule::language,
            [&](Subject& s) { set_language(s, m_house, m_reference); });
    step_if(has(Rule::non_breaking), Rule::non_breaking,
            [&](Subject& s) { bind_blanks(s, m_house); });
    step_if(has(Rule::signature), Rule::signature,
            [&](Subject& s) { keep_signature(s, m_house, m_reference); });
    // Last, for it repeats what the others may have changed.
    const bool agreement =
        m_house.of(Rule::header_agreement).is_on && !is_template(*subject, m_house) &&
        (has(Rule::header_agreement) || has(Rule::non_breaking) || has(Rule::headers));
    step_if(agreement, Rule::header_agreement,
            [&](Subject& s) { link_header(s, m_house, m_reference); });
    step_if(has(Rule::metadata), Rule::metadata, [this](Subject& s) {
      const auto shown = odf::shown_meta(s.document.content, s.document.styles);
      odf::clean_meta(s.document.meta, shown);
      if (m_is_template) return;
      pugi::xml_node meta = s.document.meta.document_element().child("office:meta");
      for (pugi::xml_node node = meta.first_child(); node;) {
        const pugi::xml_node next = node.next_sibling();
        if (is_about_the_text(node.name()) && !shown.contains(std::string_view(node.name())))
          meta.remove_child(node);
        node = next;
      }
    });
  }

  std::string bytes_of(odf::Document& document, std::int64_t time) const {
    const bool as_template =
        document.package.mimetype() == "application/vnd.oasis.opendocument.text-template";
    if (!is_flat(m_bytes)) return odf::write(document, time, as_template);
    const std::string flat = odf::write_flat(document, as_template);
    const std::size_t root = flat.find("<office:document");
    const std::string head = head_of(m_bytes);
    return (head.empty() ? flat.substr(0, root) : head) + flat.substr(root) + "\n";
  }

  /// What was repaired is what a second audit does not find. A breach that needs a person may read
  /// otherwise after a repair nearby, and is not repaired by that.
  void compare(const Hits& before, Repaired& out) const {
    if (!out.changed) {
      out.left = before;
      return;
    }
    const Result<Subject> again = Subject::open(m_name, out.bytes);
    if (again) out.left = audit(*again, m_house, m_reference);
    using Key = std::tuple<Rule, std::string>;
    std::map<Key, int> left;
    for (const Hit& hit : out.left) ++left[{hit.rule, hit.finding.message}];
    for (const Hit& hit : before) {
      int& count = left[{hit.rule, hit.finding.message}];
      if (count > 0)
        --count;
      else if (hit.is_repairable)
        out.done.push_back(hit);
    }
  }

  const std::string& m_name;
  const std::string& m_bytes;
  const House& m_house;
  const Reference* m_reference;
  std::map<Rule, std::vector<const Hit*>> m_rules;
  bool m_is_template = false;
  std::vector<std::string> m_printed; ///< which no step may change
  Hits m_refused;                     ///< the steps that would have
  std::int64_t m_time = 0;
};

/// The text of a header or footer in one line.
std::string text_of_node(const pugi::xml_node& part) {
  std::string out;
  for (const std::string& line : page_lines(part)) out += (out.empty() ? "" : "\n") + line;
  return pattern_text(out);
}

std::string text_of_part(const Subject& subject, PageRole role, bool is_header) {
  return text_of_node(page_part(subject.masters, role, is_header));
}

/// Pages on a page style of their own, and those that come back to the letter's after them: their
/// page style, begun anew, showed the header of page 1 again.
void add_other_pages(const Subject& was, const Subject& is, std::vector<ChangedHeader>& out) {
  constexpr std::array k_parts = {
      std::pair{"style:header", "header of the pages in the style “"},
      std::pair{"style:header-first", "header of the first page in the style “"},
      std::pair{"style:header-left", "header of the left pages in the style “"},
      std::pair{"style:footer", "footer of the pages in the style “"},
      std::pair{"style:footer-first", "footer of the first page in the style “"},
      std::pair{"style:footer-left", "footer of the left pages in the style “"}};
  for (const std::size_t i : other_pages(is)) {
    const pugi::xml_node page = is.masters.pages[i].node;
    const auto old = std::find_if(
        was.masters.pages.begin(), was.masters.pages.end(),
        [&](const MasterPage& one) { return shown_name(one.node) == shown_name(page); });
    const bool is_back = old == was.masters.pages.end();
    for (const auto& [element, what] : k_parts) {
      const std::string_view name = element;
      if (is_back && name != "style:header" && name != "style:footer") continue;
      ChangedHeader changed{what + shown_name(page) + "”",
                            is_back ? text_of_part(was, PageRole::first, name == "style:header")
                                    : text_of_node(shown(old->node, element)),
                            text_of_node(shown(page, element))};
      if (comparable(changed.was) != comparable(changed.is)) out.push_back(std::move(changed));
    }
  }
}

std::vector<ChangedHeader> changed_headers(const std::string& name, const std::string& before,
                                           const std::string& after) {
  const Result<Subject> was = Subject::open(name, before);
  const Result<Subject> is = Subject::open(name, after);
  std::vector<ChangedHeader> out;
  if (!was || !is) return out;
  for (const bool is_header : {true, false})
    for (const PageRole role : k_page_roles) {
      // Left pages without a header of their own show that of all later pages.
      const auto has_own = [&](const Subject& one) {
        return static_cast<bool>(page_part(one.masters, role, is_header));
      };
      const bool is_left = role == PageRole::left;
      if (is_left && !has_own(*was) && !has_own(*is)) continue;
      const auto shown_on = [&](const Subject& one) {
        return text_of_part(one, is_left && !has_own(one) ? PageRole::continuation : role,
                            is_header);
      };
      ChangedHeader changed{std::string(is_header ? "header" : "footer") + " of " +
                                std::string(role_text(role)),
                            shown_on(*was), shown_on(*is)};
      if (comparable(changed.was) != comparable(changed.is)) out.push_back(std::move(changed));
    }
  add_other_pages(*was, *is, out);
  return out;
}

} // namespace

Repaired standardise(const std::string& name, std::string bytes, const House& house,
                     const Reference* reference, std::int64_t time) {
  const std::string original = std::move(bytes);
  Repaired out = Repairer(name, original, house, reference).run(time);
  const auto is_open = [](const Hit& hit) { return hit.is_repairable; };
  // What one repair brings to light another may put right; what comes out must come to rest.
  for (int round = 1; round < k_rounds && out.changed && out.faults.empty() &&
                      std::any_of(out.left.begin(), out.left.end(), is_open);
       ++round) {
    Repaired next = Repairer(name, out.bytes, house, reference).run(time);
    if (!next.changed || !next.faults.empty()) break;
    out.bytes = std::move(next.bytes);
    out.left = std::move(next.left);
    for (Hit& hit : next.done) out.done.push_back(std::move(hit));
  }
  if (out.changed) out.headers = changed_headers(name, original, out.bytes);
  std::stable_sort(out.done.begin(), out.done.end(),
                   [](const Hit& a, const Hit& b) { return a.rule < b.rule; });
  return out;
}

} // namespace engross::letterhead
