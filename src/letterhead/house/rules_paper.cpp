// SPDX-License-Identifier: MPL-2.0
#include "letterhead/apply.hpp"
#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/length.hpp"
#include "letterhead/house/shown_parts.hpp"
#include "letterhead/house/wide.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace engross::letterhead {

namespace {

/// The reference's page that a page of the document is compared with; null: none of its kind.
const MasterPage* counterpart(const MasterPages& from, const MasterPage& page) {
  if (page.role == Role::turned) {
    for (const MasterPage& p : from.pages)
      if (p.role == Role::turned) return &p;
    return nullptr;
  }
  if (from.continuation == MasterPages::npos) return nullptr;
  return &from.pages[from.continuation];
}

/// The distance between a page style's header (or footer) and the text; none where it has none.
std::optional<double> gap_of(const MasterPage& page, bool is_header) {
  if (!shown(page.node, is_header ? "style:header" : "style:footer")) return std::nullopt;
  const pugi::xml_node properties =
      page.layout.child(is_header ? "style:header-style" : "style:footer-style")
          .child("style:header-footer-properties");
  const char* side = is_header ? "fo:margin-bottom" : "fo:margin-top";
  return points_of(properties.attribute(properties.attribute(side) ? side : "fo:margin").value());
}

std::string number_form(const MasterPage& page) {
  const pugi::xml_attribute form =
      page.layout.child("style:page-layout-properties").attribute("style:num-format");
  return letterhead::number_form(form ? std::string_view(form.value()) : "1");
}

bool shows_number(const MasterPage& page) {
  return static_cast<bool>(page.node.find_node([](const pugi::xml_node& node) {
    return std::string_view(node.name()) == "text:page-number" &&
           !node.attribute("style:num-format");
  }));
}

using Papers = std::vector<std::pair<double, double>>;

/// One page style against the house and the letterhead.
class Measured {
 public:
  /// `stays_wide`: for the sake of a table the letter's pages keep paper and side margins.
  Measured(Auditor& auditor, const MasterPage& page, bool stays_wide)
      : m_a(auditor), m_page(page), m_stays_wide(stays_wide), m_measures(measures_of(page)) {
    const MasterPages& masters = auditor.subject.masters;
    if (auditor.reference != nullptr) m_like = counterpart(auditor.reference->masters(), page);
    const bool is_letters = page.role == Role::first || page.role == Role::continuation;
    if (!is_letters && masters.continuation != MasterPages::npos)
      m_letters = &masters.pages[masters.continuation];
  }

  void run() {
    check_paper();
    if (m_page.role != Role::turned || m_like != nullptr) check_margins();
    if (m_like != nullptr) {
      if (!m_a.subject.is_from_word) {
        check_gaps();
        check_heights();
      }
      check_number_form();
    }
    report();
  }

 private:
  /// What the letterhead replaces when the document is put on it.
  bool is_brought() const { return m_like != nullptr && m_page.role != Role::other; }
  /// The house may ask for what the letterhead itself does not have.
  bool has_paper_of(const Papers& papers) const {
    const PageMeasures like = measures_of(*m_like);
    return std::any_of(papers.begin(), papers.end(), [&](const auto& paper) {
      return same_length(paper.first, like.width) && same_length(paper.second, like.height);
    });
  }

  bool stays_wide() const { return m_stays_wide && m_page.role != Role::turned; }

  void check_paper() {
    Papers papers = m_a.house.papers;
    const MasterPage* like = m_like;
    if (like == nullptr && m_a.reference != nullptr && m_letters != nullptr)
      like = &m_a.reference->masters().pages[m_a.reference->masters().continuation];
    if (papers.empty() && like != nullptr) {
      const PageMeasures other = measures_of(*like);
      papers.emplace_back(other.width, other.height);
    }
    if (papers.empty() || m_measures.width == 0) return;
    const std::string is = size_text(m_measures.width, m_measures.height);
    if (m_letters != nullptr) {
      const PageMeasures letters = measures_of(*m_letters);
      if (!fits({{letters.width, letters.height}})) return keep("paper", is);
    }
    if (fits(papers)) return;
    if (m_like == nullptr && m_a.house.papers.empty()) return; // of the letter it is told
    std::string wanted;
    for (const auto& [width, height] : papers)
      wanted += (wanted.empty() ? "" : " or ") + size_text(width, height);
    m_a.report(Rule::page, Code::paper_differs, m_a.subject.place("styles.xml"),
               {quoted_name(m_page), is, wanted},
               is_brought() && !stays_wide() && has_paper_of(papers));
  }

  /// Whether the page has one of the papers; lying, a page on its side.
  bool fits(const Papers& papers) const {
    return std::any_of(papers.begin(), papers.end(), [&](const auto& paper) {
      const bool upright = same_length(paper.first, m_measures.width) &&
                           same_length(paper.second, m_measures.height);
      const bool turned = same_length(paper.second, m_measures.width) &&
                          same_length(paper.first, m_measures.height);
      return upright || ((m_page.landscape || m_page.role == Role::turned) && turned);
    });
  }

  void check_margins() {
    std::map<std::string, double, std::less<>> wanted = m_a.house.margins;
    if (wanted.empty() && m_like != nullptr) wanted = measures_of(*m_like).margins;
    const PageMeasures letters = m_letters != nullptr ? measures_of(*m_letters) : PageMeasures();
    for (const auto& [side, value] : wanted) {
      const auto at = m_measures.margins.find(side);
      if (at == m_measures.margins.end() || same_length(at->second, value)) continue;
      const bool is_side = side == "left" || side == "right";
      bool is_own = false;
      if (m_page.role == Role::turned)
        is_own = is_side && at->second < value; // a table is as wide as the page let it be
      else if (const auto of = letters.margins.find(side); of != letters.margins.end())
        is_own = !same_length(of->second, at->second);
      if (is_side && !is_own && stays_wide())
        add(m_left, side + " margin", inches(at->second), inches(value));
      else
        differs(side + " margin", inches(at->second), inches(value), is_own);
      if (m_like == nullptr) continue;
      const PageMeasures like = measures_of(*m_like);
      const auto brought = like.margins.find(side);
      m_all_brought =
          m_all_brought && brought != like.margins.end() && same_length(brought->second, value);
    }
  }

  void check_gaps() {
    for (const bool is_header : {true, false}) {
      const std::optional<double> is = gap_of(m_page, is_header);
      const std::optional<double> wanted = gap_of(*m_like, is_header);
      if (!is || !wanted || same_length(*is, *wanted)) continue;
      differs(is_header ? "distance from header to text" : "distance from text to footer",
              inches(*is), inches(*wanted), false);
    }
  }

  /// A header that does not grow cuts its lines off.
  void check_heights() {
    for (const bool is_header : {true, false}) {
      const std::optional<double> is = fixed_height(m_page, is_header);
      if (!is) continue;
      const std::string what = is_header ? "height of the header" : "height of the footer";
      const std::optional<double> wanted = fixed_height(*m_like, is_header);
      if (is_too_low(m_a.subject, m_page, is_header, *is))
        differs(what, inches(*is) + ", too low for its lines,", "as high as they are", false);
      else if (wanted && *is < *wanted && !same_length(*is, *wanted))
        differs(what, inches(*is), inches(*wanted), false);
    }
  }

  /// How the page numbers are written, where the page shows any.
  void check_number_form() {
    const std::string is = number_form(m_page);
    const std::string wanted = number_form(*m_like);
    if (!shows_number(m_page) || is == wanted) return;
    differs("form of page numbers", is, wanted,
            m_letters != nullptr && number_form(*m_letters) != is);
  }

  /// `is_own`: a page that is none of the letter's own has it otherwise than those, and keeps it
  /// on the letterhead, too.
  void differs(const std::string& what, const std::string& is, const std::string& wanted,
               bool is_own) {
    if (is_own) return keep(what, is);
    add(m_differences, what, is, wanted);
  }

  static void add(std::string& list, const std::string& what, const std::string& is,
                  const std::string& wanted) {
    list += (list.empty() ? "the " : ", the ") + what + " is " + is + " instead of " + wanted;
  }

  void keep(const std::string& what, const std::string& is) {
    m_kept += (m_kept.empty() ? "" : ", ") + what + " (" + is + ")";
  }

  void report() {
    const Place place = m_a.subject.place("styles.xml");
    if (!m_differences.empty())
      m_a.report(Rule::page, Code::margin_differs, place, {quoted_name(m_page), m_differences},
                 is_brought() && m_all_brought);
    if (!m_left.empty())
      m_a.report(Rule::page, Code::margin_differs, place, {quoted_name(m_page), m_left});
    if (!m_kept.empty())
      m_a.report(Rule::page, Code::page_keeps_own, place, {quoted_name(m_page), m_kept});
  }

  Auditor& m_a;
  const MasterPage& m_page;
  const MasterPage* m_like = nullptr;    ///< of the letterhead
  const MasterPage* m_letters = nullptr; ///< the letter's own later page, where this is none
  bool m_stays_wide;
  PageMeasures m_measures;
  std::string m_differences;
  bool m_all_brought = true; ///< whether the letterhead has the margins that are wanted
  std::string m_left;        ///< differences for a person
  std::string m_kept;
};

/// A page style for another use counts where text stands on it.
bool is_looked_at(const Auditor& a, const MasterPage& page) {
  if (!page.layout) return false;
  const bool is_letters = page.role == Role::first || page.role == Role::continuation;
  const std::vector<std::string>& own = a.house.own_pages;
  if (!is_letters && std::any_of(own.begin(), own.end(), [&](const std::string& glob) {
        return matches_glob(shown_name(page.node), glob);
      }))
    return false;
  if (page.role != Role::other || a.subject.masters.pages.size() == 1) return true;
  const std::vector<std::size_t> used = other_pages(a.subject);
  return std::any_of(used.begin(), used.end(),
                     [&](std::size_t i) { return a.subject.masters.pages[i].node == page.node; });
}

/// Says whether the letter's pages keep their width for the sake of one.
bool check_objects(Auditor& a) {
  if (a.reference == nullptr) return false;
  const std::vector<WideObject> wide = wide_objects(a.subject, *a.reference);
  const std::string_view unit = unit_of(a.reference->masters());
  for (const WideObject& one : wide)
    a.report(Rule::page, Code::wider_than_text, place_of(a.subject, one.object),
             {object_name(one.object.node), length_like(one.object.width, unit),
              letterhead_name(a.reference->subject().file()), length_like(one.new_width, unit)});
  return std::any_of(wide.begin(), wide.end(), [](const WideObject& w) { return w.is_pushed_off; });
}

} // namespace

void check_paper(Auditor& a) {
  if (!a.applies(Rule::page)) return;
  const bool stays_wide = check_objects(a);
  for (const MasterPage& page : a.subject.masters.pages)
    if (is_looked_at(a, page)) Measured(a, page, stays_wide).run();
}

} // namespace engross::letterhead
