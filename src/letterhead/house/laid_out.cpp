// SPDX-License-Identifier: MPL-2.0
#include "letterhead/house/laid_out.hpp"

#include "letterhead/house/agreement.hpp"
#include "letterhead/house/auditor.hpp"
#include "letterhead/house/page_numbers.hpp"
#include "letterhead/house/page_words.hpp"
#include "letterhead/house/shown_parts.hpp"
#include "letterhead/house/signature.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engross::letterhead {

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    const std::string text = comparable(line);
    if (!text.empty()) out += (out.empty() ? "" : "\n") + text;
  }
  return out;
}

/// All that stands in a header: what is in its text boxes before its own lines.
std::string joined(const std::vector<std::string>& boxes, const std::vector<std::string>& lines) {
  std::vector<std::string> all = boxes;
  all.insert(all.end(), lines.begin(), lines.end());
  return joined(all);
}

constexpr std::size_t k_every = static_cast<std::size_t>(-1);

/// A pattern as it prints: without the picture, which has no line. `number`: what a page field
/// prints; `at`: the one that does, the others, which may be page counts, print anything.
std::string printed(std::string_view pattern, std::string_view number = "*",
                    std::size_t at = k_every) {
  std::string out;
  std::size_t fields = 0;
  constexpr std::string_view picture = "[picture]";
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.substr(i).starts_with(picture)) {
      i += picture.size();
      if (i < pattern.size() && pattern[i] == '\n') ++i;
      continue;
    }
    if (pattern[i] == '#')
      out += at == k_every || fields++ == at ? number : "*";
    else
      out += pattern[i];
    ++i;
  }
  return out;
}

/// What Writer prints for a reference whose target is gone, in the office that is asked.
constexpr std::string_view k_broken_reference = "Error: Reference source not found";

/// The lines of a pattern that print something whatever the deal says.
std::size_t lines_wanted(const PatternLines& pattern) {
  return static_cast<std::size_t>(
      std::count_if(pattern.begin(), pattern.end(), [](const PatternLine& line) {
        return !line.is_optional && !line.is_any_number && !printed(line.glob).empty();
      }));
}

/// Small capitals and letter-spacing come out of an office in another case, line feeds of the
/// pattern may be blanks where a line is full, and hyphens are printed alike or not at all.
std::string loose(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u00ad")) {
      i += 1;
      continue;
    }
    if (text.substr(i).starts_with("\u200b")) {
      i += 2;
      continue;
    }
    if (text.substr(i).starts_with("\u2010") || text.substr(i).starts_with("\u2011")) {
      i += 2;
      out += '-';
      continue;
    }
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\t') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// What is wrong in several formats is told once, with all of them.
class Reports {
 public:
  /// `key`: what makes it the same; `arguments`: of the sentence, with the format left empty.
  void add(Code code, const std::string& key, std::vector<std::string> arguments,
           const std::string& format) {
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const Entry& e) { return e.code == code && e.key == key; });
    if (at == m_entries.end())
      m_entries.push_back({code, key, std::move(arguments), {format}});
    else
      at->formats.push_back(format);
  }

  void tell(Auditor& auditor) {
    for (Entry& entry : m_entries) {
      for (std::string& argument : entry.arguments)
        if (argument.empty()) argument = list_text(entry.formats);
      auditor.report(Rule::laid_out, entry.code, auditor.subject.place(std::string_view()),
                     entry.arguments);
    }
  }

 private:
  struct Entry {
    Code code;
    std::string key;
    std::vector<std::string> arguments;
    std::vector<std::string> formats;
  };

  /// "ODT and PDF" and "DOCX" give "ODT, PDF and DOCX".
  static std::string list_text(const std::vector<std::string>& formats) {
    constexpr std::string_view k_and = " and ";
    std::string out;
    for (const std::string& format : formats) {
      if (const std::size_t at = out.rfind(k_and); at != std::string::npos)
        out.replace(at, k_and.size(), ", ");
      if (!out.empty()) out += k_and;
      out += format;
    }
    return out;
  }

  std::vector<Entry> m_entries;
};

class PageCheck {
 public:
  PageCheck(Auditor& auditor, const LaidOutFacts& facts, Reports& reports)
      : m_a(auditor), m_facts(facts), m_reports(reports), m_numbers(auditor) {}

  void run() {
    const bool headers = m_a.applies(Rule::headers);
    const bool agreement = m_a.applies(Rule::header_agreement);
    for (std::size_t i = 0; i < m_facts.pages.size(); ++i) {
      const PageFacts& page = m_facts.pages[i];
      if (!page.is_seen) continue;
      const PageRole role = i == 0 ? PageRole::first : PageRole::continuation;
      bool is_told = false;
      if (headers) {
        is_told = check_lines(i, role, true, page.header, page.header_boxes);
        check_lines(i, role, false, page.footer, page.footer_boxes);
        if (i == 0 && !page.is_turned) check_logo(page);
      }
      if (i > 0 && agreement) check_repeated(i, joined(page.header_boxes, page.header), is_told);
    }
    if (m_a.applies(Rule::signature)) check_signature();
  }

 private:
  std::vector<PatternLines> patterns(PageRole role, bool is_header) const {
    const auto own = m_a.house.page_lines.find(role_key(role, is_header));
    if (own == m_a.house.page_lines.end()) return letterheads_patterns(role, is_header);
    std::vector<PatternLines> out(1);
    for (const std::string& line : own->second) out.front().push_back({line});
    return out;
  }

  /// Which of the later pages are left ones, a page as it is laid out does not say.
  std::vector<PatternLines> letterheads_patterns(PageRole role, bool is_header) const {
    if (m_a.reference == nullptr) return {};
    std::vector<PatternLines> out = m_a.reference->patterns(role, is_header);
    if (role == PageRole::continuation &&
        !m_a.reference->raw_lines(PageRole::left, is_header).empty()) {
      const auto& left = m_a.reference->patterns(PageRole::left, is_header);
      out.insert(out.end(), left.begin(), left.end());
    }
    return out;
  }

  /// The empty argument becomes the formats.
  void report(Code code, const std::string& key, std::vector<std::string> args) {
    m_reports.add(code, key, std::move(args), m_facts.format);
  }

  /// Whether a header or footer reads as one of the patterns does. A box beside the lines may be
  /// part of what is wanted, or a seal that nobody asked for.
  bool is_right(std::size_t page, PageRole role, bool is_header,
                const std::vector<std::string>& lines,
                const std::vector<std::string>& boxes) const {
    const std::vector<PatternLines> wanted = patterns(role, is_header);
    const std::vector<std::string> numbers = m_numbers.of(page, role, is_header);
    const auto reads = [&](const PatternLines& pattern, const std::vector<std::string>& all,
                           const std::string& shown) {
      const std::string like = glob_of(pattern);
      if (shown.empty()) return printed(like).empty();
      if (m_numbers.has_line_each() && all.size() < lines_wanted(pattern)) return false;
      const auto fields = static_cast<std::size_t>(std::count(like.begin(), like.end(), '#'));
      if (fields == 0 || !matches_glob(loose(shown), loose(printed(like))))
        return matches_glob(loose(shown), loose(printed(like)));
      for (const std::string& number : numbers)
        for (std::size_t field = 0; field < fields; ++field)
          if (matches_glob(loose(shown), loose(printed(like, number, field)))) return true;
      return false;
    };
    const auto reads_as_one = [&](const std::vector<PatternLines>& list,
                                  const std::vector<std::string>& all) {
      const std::string shown = joined(all);
      return std::any_of(list.begin(), list.end(),
                         [&](const PatternLines& pattern) { return reads(pattern, all, shown); });
    };
    std::vector<std::string> all = boxes;
    all.insert(all.end(), lines.begin(), lines.end());
    if (reads_as_one(wanted, lines) || reads_as_one(wanted, all)) return true;
    // Where a box of the letterhead's stands among the lines is nobody's to say.
    const BoxedPatterns* boxed = is_own_pattern(role, is_header) || m_a.reference == nullptr
                                     ? nullptr
                                     : m_a.reference->boxed(role, is_header);
    return boxed != nullptr && reads_as_one(boxed->lines, lines) &&
           reads_as_one(boxed->boxes, boxes);
  }

  bool is_own_pattern(PageRole role, bool is_header) const {
    return m_a.house.page_lines.contains(role_key(role, is_header));
  }

  /// Gives whether something was wrong. Of pages on their side only a broken reference is.
  bool check_lines(std::size_t page, PageRole role, bool is_header,
                   const std::vector<std::string>& lines, const std::vector<std::string>& boxes) {
    const std::vector<PatternLines> wanted = patterns(role, is_header);
    const auto glob = [](const PatternLines& pattern) { return printed(glob_of(pattern)); };
    const std::string text = joined(boxes, lines);
    const bool is_broken = text.find(k_broken_reference) != std::string::npos;
    if (std::all_of(wanted.begin(), wanted.end(),
                    [&](const PatternLines& pattern) { return glob(pattern).empty(); }))
      return false;
    if (!is_broken && (m_facts.pages[page].is_turned ||
                       is_right(page, role, is_header, lines, boxes) || is_own(text, is_header)))
      return false;
    const std::string number = std::to_string(page + 1);
    const std::string kind = is_header ? "header" : "footer";
    const auto any_number = [&](const PatternLines& pattern) {
      return matches_glob(loose(text), loose(glob(pattern)));
    };
    // What stands wrong in the same way on every page is told of the first.
    const bool is_number_alone =
        !is_broken && !text.empty() && std::any_of(wanted.begin(), wanted.end(), any_number);
    const std::string what = is_number_alone ? "number" : m_numbers.without(text, page);
    if (!m_told.insert(role_key(role, is_header) + " " + what).second) return true;
    if (text.empty()) {
      report(Code::page_shows_no, number + kind, {number, kind, ""});
      return true;
    }
    const std::string should =
        printed(glob_of(nearest(wanted, text)), m_numbers.of(page, role, is_header).front());
    report(Code::page_shows_other, number + kind + loose(text),
           {number, "", kind, shortened(pattern_text(readable(text)), 240),
            shortened(pattern_text(should), 240)});
    return true;
  }

  void check_logo(const PageFacts& page) {
    const std::vector<PatternLines> like = patterns(PageRole::first, true);
    const bool wanted = std::any_of(like.begin(), like.end(), [](const PatternLines& pattern) {
      return glob_of(pattern).find("[picture]") != std::string::npos;
    });
    const auto is_lost = [&] {
      const std::vector<PagePicture> own =
          page_pictures(page_part(m_a.subject.masters, PageRole::first, true));
      return !page.shows_pictures && !own.empty() &&
             std::all_of(own.begin(), own.end(), [&](const PagePicture& picture) {
               return is_drawn_as_image(m_a.subject, picture);
             });
    };
    if (wanted && (page.header_pictures.empty() || is_lost()))
      report(Code::page_without_logo, "", {""});
    if (!wanted || m_a.reference == nullptr) return;
    const std::vector<PagePicture> logos =
        page_pictures(page_part(m_a.reference->masters(), PageRole::first, true));
    if (logos.size() != page.header_pictures.size()) return;
    for (std::size_t i = 0; i < logos.size(); ++i) {
      const auto& [width, height] = page.header_pictures[i];
      if (same_size(width, height, logos[i])) continue;
      const std::string size = size_text(width, height);
      report(Code::page_shows_other, "logo" + size,
             {"1", "", "size of the logo", size, size_text(logos[i].width, logos[i].height)});
    }
  }

  /// The addressee and the date of the address block stand on every later page. `is_told`: that the
  /// header is not what it should be; of one that is another altogether no more is said.
  void check_repeated(std::size_t page, const std::string& text, bool is_told) {
    if (m_a.is_template) return;
    if (text.empty() || is_own(text, true)) return;
    if (is_told && text.find(k_broken_reference) != std::string::npos) return;
    std::string missing;
    std::vector<std::string> keys;
    bool has_some = false;
    for (const HeaderLine& line : lines()) {
      if (line.expected.empty() || !is_wanted(line, page)) continue;
      const auto says = [&](const std::string& words) {
        return loose(text).find(loose(words)) != std::string::npos;
      };
      // A typed line that says less than the address block is right (see header_lines).
      if (says(line.expected) || (line.agrees && says(line.text))) {
        has_some = true;
        continue;
      }
      const std::string key = "repeated " + line.expected;
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      keys.push_back(key);
      if (!m_told.contains(key)) missing += (missing.empty() ? "" : "\n") + line.expected;
    }
    if (missing.empty() || (is_told && !has_some)) return;
    m_told.insert(keys.begin(), keys.end());
    report(Code::page_shows_other, std::to_string(page) + loose(text) + missing,
           {std::to_string(page + 1), "", "header", shortened(pattern_text(readable(text)), 160),
            shortened(pattern_text(missing), 120)});
  }

  /// Whether the page should repeat it: a letterhead's page on its side may leave the date out.
  bool is_wanted(const HeaderLine& line, std::size_t page) const {
    if (!m_facts.pages[page].is_turned || m_a.reference == nullptr) return true;
    const std::vector<std::string> raw = turned_lines(m_a.reference->masters());
    const char* word = line.kind == LineKind::date ? "date" : "addressee";
    return raw.empty() || std::any_of(raw.begin(), raw.end(), [&](const std::string& one) {
             return one.find(word) != std::string::npos;
           });
  }

  static std::vector<std::string> turned_lines(const MasterPages& masters) {
    for (const MasterPage& page : masters.pages)
      if (page.role == Role::turned) return page_lines(shown(page.node, "style:header"));
    return {};
  }

  const std::vector<HeaderLine>& lines() {
    if (!m_has_lines) m_lines = header_lines(m_a.subject, m_a.house, m_a.reference);
    m_has_lines = true;
    return m_lines;
  }

  /// A PDF may show a non-breaking space as a distance: lines as the document has them.
  std::string readable(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string shown = text.substr(at, end - at);
      for (const HeaderLine& line : lines())
        for (const std::string& known : {line.text, line.expected})
          if (!known.empty() && loose(known) == loose(shown)) shown = known;
      out += (at == 0 ? "" : "\n") + shown;
      at = end + 1;
    }
    return out;
  }

  /// Whether pages with a header (footer) of their own, which the document itself says is left
  /// alone, read so: those of a schedule.
  bool is_own(const std::string& text, bool is_header) {
    if (text.empty()) return false;
    if (!m_own)
      m_own = foreign_parts(
          m_a.subject, m_a.reference == nullptr ? nullptr : &m_a.reference->masters(), m_a.block());
    return std::any_of(m_own->begin(), m_own->end(), [&](const ForeignPart& own) {
      return own.is_header == is_header &&
             matches_glob(loose(text), loose(printed(joined(page_lines(own.part)))));
    });
  }

  /// A page that begins with a line of the block parts it from the page before.
  void check_signature() {
    const SignatureBlock block = signature_block(m_a.subject, m_a.house, m_a.reference);
    for (std::size_t i = 1; i < m_facts.pages.size(); ++i) {
      const std::string first = comparable(m_facts.pages[i].first_line);
      if (first.empty()) continue;
      for (std::size_t k = 1; k < block.paragraphs.size(); ++k) {
        if (comparable(block.paragraphs[k]->text) != first) continue;
        report(Code::signature_split, std::to_string(i),
               {std::to_string(i), std::to_string(i + 1), ""});
        return;
      }
    }
  }

  Auditor& m_a;
  const LaidOutFacts& m_facts;
  Reports& m_reports;
  PageNumbers m_numbers;
  std::set<std::string> m_told;
  std::vector<HeaderLine> m_lines;
  bool m_has_lines = false;
  std::optional<std::vector<ForeignPart>> m_own;
};

} // namespace

Hits check_laid_out(const Subject& subject, const House& house, const Reference* reference,
                    const std::vector<LaidOutFacts>& formats) {
  Auditor auditor(subject, house, reference);
  if (!auditor.applies(Rule::laid_out)) return {};
  Reports reports;
  for (const LaidOutFacts& facts : formats)
    if (!facts.pages.empty()) PageCheck(auditor, facts, reports).run();
  reports.tell(auditor);
  for (std::size_t i = 1; i < formats.size(); ++i) {
    const std::size_t first = formats.front().pages.size();
    const std::size_t other = formats[i].pages.size();
    if (other > 0 && first != other)
      auditor.report(Rule::laid_out, Code::pages_differ, subject.place(std::string_view()),
                     {std::to_string(first), formats.front().format, std::to_string(other),
                      formats[i].format});
  }
  return std::move(auditor.hits);
}

} // namespace engross::letterhead
