// SPDX-License-Identifier: MPL-2.0
#include "opinion/end_marks.hpp"

#include <algorithm>
#include <array>

namespace engross::opinion {

using templating::ParagraphShape;

bool ends_in_abbreviation(std::string_view text) {
  static constexpr std::array<std::string_view, 12> k_known = {
      "Inc.", "Corp.", "Co.", "Ltd.", "Bros.", "Jr.", "Sr.", "No.", "St.", "seq.", "al.", "etc."};
  const std::size_t blank = text.find_last_of(" \n\t(");
  const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  return std::find(k_known.begin(), k_known.end(), word) != k_known.end() ||
         (word.ends_with('.') && word.find('.') + 1 < word.size()); // "N.A.", "L.P."
}

std::string visible_text(std::string_view xml) {
  std::string out;
  bool in_tag = false;
  for (const char c : xml) {
    if (c == '<') in_tag = true;
    if (!in_tag) out += c;
    if (c == '>') in_tag = false;
  }
  out.resize(out.find_last_not_of(" \n\t") + 1);
  return out;
}

namespace {

constexpr char k_ellipsis = '\x1a'; ///< stands for “…”, which is no single char

/// What ends a paragraph, and the marks of the level on which that is the end.
struct Mark {
  std::string text;
  const EndMarks* of = nullptr;
};

/// Where the tag begins that ends with `xml`; a note goes as a whole. npos: none.
std::size_t tag_begin(std::string_view xml) {
  // A note behind the last word is not what the paragraph ends with.
  return xml.ends_with("</text:note>") ? xml.rfind("<text:note ") : xml.rfind('<');
}

/// Whether `xml`, which ends with ")", ends with a sentence in parentheses: "It is. (It was.)", and
/// neither "the Bank (Acme, N.A.)" nor "Acme Inc. (Acme, N.A.)".
bool ends_in_own_sentence(std::string_view xml) {
  int depth = 0;
  for (std::size_t at = xml.size(); at > 0;) {
    const char c = xml[at - 1];
    if (c == '>') {
      const std::size_t open = tag_begin(xml.substr(0, at));
      if (open == std::string_view::npos) return false;
      at = open;
      continue;
    }
    --at;
    if (depth > 0 || c == ')') {
      depth += c == ')' ? 1 : c == '(' ? -1 : 0;
      continue;
    }
    // Before the parenthesis.
    if (c == ' ' || c == '\n' || c == '\t') continue;
    if (c == '.' && ends_in_abbreviation(visible_text(xml.substr(0, at + 1))) &&
        ends_in_abbreviation(visible_text(xml.substr(at + 1, xml.size() - at - 2))))
      return false;
    return c == '.' || c == '!' || c == '?' || xml.substr(0, at + 1).ends_with("…") ||
           xml.substr(0, at + 1).ends_with(".”");
  }
  return depth == 0;
}

/// The last character that a reader sees, past tags and closing quotes; ')' where the parenthesis
/// belongs to the sentence before it.
char last_visible(std::string_view xml) {
  for (std::size_t at = xml.size(); at > 0;) {
    const char c = xml[at - 1];
    if (c == '>') {
      const std::size_t open = tag_begin(xml.substr(0, at));
      if (open == std::string_view::npos) break;
      const std::string_view tag = xml.substr(open, at - open);
      // A reference will be a number, a letter or a word.
      if (tag.starts_with("<?") && !tag.starts_with(k_label_mark)) return ')';
      at = open;
    } else if (c == ')') {
      if (!ends_in_own_sentence(xml.substr(0, at))) return c;
      --at;
    } else if (c == ' ' || c == '\n' || c == '\t' || c == '"') {
      --at;
    } else if (at >= 3 && (xml.substr(at - 3, 3) == "”" || xml.substr(at - 3, 3) == "’")) {
      at -= 3;
    } else if (xml.substr(0, at).ends_with("…")) {
      return k_ellipsis;
    } else {
      return c;
    }
  }
  return '\0';
}

/// Blanks, tabs and line breaks behind the last visible character, also before closing tags.
void drop_blank_end(std::string& content) {
  for (std::size_t at = content.size(); at > 0;) {
    if (content[at - 1] == ' ' || content[at - 1] == '\n' || content[at - 1] == '\t') {
      content.erase(--at, 1);
      continue;
    }
    constexpr std::string_view k_no_break_space = "\xC2\xA0";
    if (std::string_view(content).substr(0, at).ends_with(k_no_break_space)) {
      at -= k_no_break_space.size();
      content.erase(at, k_no_break_space.size());
      continue;
    }
    const std::size_t open =
        content[at - 1] == '>' ? content.rfind('<', at - 1) : std::string::npos;
    if (open == std::string::npos) return;
    const std::string_view tag = std::string_view(content).substr(open, at - open);
    const auto is = [&](std::string_view name) { return tag.starts_with(name); };
    if (is("<text:line-break") || is("<text:s/") || is("<text:s ") || is("<text:tab"))
      content.erase(open, at - open);
    else if (!is("</text:span>") && !is("</text:a>") && !is(k_label_mark))
      return;
    at = open;
  }
}

/// Where the text of a paragraph ends: before closing tags and marks of labels.
std::size_t text_end(std::string_view content) {
  while (content.ends_with('>')) {
    const std::size_t open = content.rfind('<');
    if (open == std::string_view::npos) break;
    const std::string_view tag = content.substr(open);
    if (tag != "</text:span>" && tag != "</text:a>" && !tag.starts_with(k_label_mark)) break;
    content = content.substr(0, open);
  }
  return content.size();
}

/// A semicolon or comma that the book has at an end gives way to the mark of the slot, with an
/// "and" or "or" behind it that the slot says too, or that nothing follows. False: the word stays,
/// and the mark of the book with it, since the slot would say another thing.
bool drop_own_mark(std::string& content, const Mark& mark) {
  if (mark.text.empty()) return true;
  const std::size_t end = text_end(content);
  const std::string_view text = std::string_view(content).substr(0, end);
  std::size_t last = end;
  bool gives_way = true;
  for (const std::string_view joint : {" and", " or"}) {
    if (!text.ends_with(joint)) continue;
    last = text.find_last_not_of(" \n\t", end - joint.size() - 1) + 1;
    gives_way = mark.text.starts_with('.') || mark.of->before_last.ends_with(joint);
  }
  if (last == 0 || (content[last - 1] != ';' && content[last - 1] != ',')) return true;
  const std::size_t before = last > 1 ? content.find_last_of("&; <>", last - 2) : std::string::npos;
  if (content[last - 1] == ';' && before != std::string::npos && content[before] == '&')
    return true;
  if (!gives_way) return false;
  content.erase(last - 1, end - last + 1);
  drop_blank_end(content);
  return true;
}

/// A full stop of the book's own, and none of an abbreviation: "the date." "Section 3."
bool ends_in_own_full_stop(std::string_view text) {
  static constexpr std::array<std::string_view, 12> k_short = {"corp", "bros", "assn", "dept",
                                                               "govt", "intl", "natl", "univ",
                                                               "para", "supp", "secs", "arts"};
  if (!text.ends_with('.')) return false;
  const std::string words = visible_text(text.substr(0, text.size() - 1));
  const std::string word = words.substr(words.find_last_of(" \n\t") + 1);
  const auto all = [&](char from, char to) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [&](char c) { return c >= from && c <= to; });
  };
  constexpr std::size_t k_long = 4;
  return all('0', '9') || (all('a', 'z') && word.size() >= k_long &&
                           std::find(k_short.begin(), k_short.end(), word) == k_short.end());
}

void end_with(std::string& content, const Mark& mark) {
  drop_blank_end(content);
  if (!drop_own_mark(content, mark)) return;
  const bool carries_on = mark.text.starts_with(';') || mark.text.starts_with(',');
  if (const std::size_t end = text_end(content);
      carries_on && ends_in_own_full_stop(std::string_view(content).substr(0, end)))
    content.erase(end - 1, 1);
  // "Citigroup Inc." has its full stop already.
  const char last = last_visible(content);
  // A colon leads on to a table or to further paragraphs.
  if (last == ':') return;
  const bool stands = last == '.' || last == '!' || last == '?' || last == k_ellipsis;
  if (mark.text.starts_with('.') && stands)
    content += mark.text.substr(1);
  else
    content += mark.text;
}

/// The first character that a reader sees is a capital letter, past tags and opening quotes.
bool begins_a_sentence(std::string_view xml) {
  while (!xml.empty()) {
    if (xml.front() == '<') {
      // A reference will be a number, a letter or a word.
      if (xml.starts_with("<?") && !xml.starts_with(k_label_mark)) return false;
      xml.remove_prefix(std::min(xml.size(), xml.find('>')) + 1);
    } else if (std::string_view(" \n\t\"(").find(xml.front()) != std::string_view::npos) {
      xml.remove_prefix(1);
    } else if (xml.starts_with("“") || xml.starts_with("‘") || xml.starts_with("„")) {
      xml.remove_prefix(std::string_view("“").size());
    } else {
      break;
    }
  }
  if (xml.empty()) return false;
  if (xml.front() >= 'A' && xml.front() <= 'Z') return true;
  // À to Þ of Latin-1 in UTF-8, with × among them.
  if (xml.size() < 2 || xml[0] != '\xC3') return false;
  const auto second = static_cast<unsigned char>(xml[1]);
  return second <= 0x9E && second != 0x97;
}

/// Whether the book left the end of a sentence open: no mark of any kind stands there.
bool is_open(std::string_view xml) {
  const char last = last_visible(xml);
  const std::string text = visible_text(xml);
  return last != '\0' && last != k_ellipsis &&
         std::string_view(".:;,!?-/").find(last) == std::string_view::npos &&
         !text.ends_with("—") && !text.ends_with("–");
}

/// What stands behind piece k: the outermost item that ends there decides.
Mark end_mark(const std::vector<Piece>& pieces, std::size_t k, const SlotOptions& options) {
  const Piece& piece = pieces[k];
  if (piece.shape == ParagraphShape::block) return {};
  const auto marks = [&](int level) -> const EndMarks& {
    return options.end[static_cast<std::size_t>(std::clamp(level, 1, 3) - 1)];
  };
  std::size_t next = k + 1;
  while (next < pieces.size() && pieces[next].shape == ParagraphShape::block) ++next;
  if (next == pieces.size()) return {marks(1).last, &marks(1)};
  const Piece& follower = pieces[next];
  if (!follower.is_numbered()) {
    const EndMarks& inner = marks(follower.level + 1);
    if (follower.level < piece.level) return {inner.last, &inner};
    // Two sentences of one item; what runs on into the next paragraph has no mark.
    const EndMarks& own = marks(piece.level);
    const bool sentence = next == k + 1 && follower.level == piece.level && !own.last.empty() &&
                          begins_a_sentence(follower.content) && is_open(piece.content);
    return {sentence ? "." : "", &own};
  }
  if (follower.level > piece.level) return {}; // lead-in of its sub-items
  // A sibling follows; is it the last of its list?
  const EndMarks& own = marks(follower.level);
  for (std::size_t i = next + 1; i < pieces.size(); ++i) {
    if (pieces[i].level == 0) continue;
    if (pieces[i].level < follower.level) break;
    if (pieces[i].is_numbered() && pieces[i].level == follower.level) return {own.between, &own};
  }
  return {own.before_last, &own};
}

} // namespace

bool ends_in_colon(std::string_view xml) { return last_visible(xml) == ':'; }

void set_end_marks(std::vector<Piece>& pieces, const SlotOptions& options) {
  std::vector<Mark> marks;
  for (std::size_t k = 0; k < pieces.size(); ++k) marks.push_back(end_mark(pieces, k, options));
  for (std::size_t k = 0; k < pieces.size(); ++k)
    if (pieces[k].shape != ParagraphShape::block) end_with(pieces[k].content, marks[k]);
}

} // namespace engross::opinion
