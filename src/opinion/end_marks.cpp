// SPDX-License-Identifier: MPL-2.0
#include "opinion/end_marks.hpp"

#include <algorithm>

namespace engross::opinion {

using templating::ParagraphShape;

namespace {

constexpr char k_ellipsis = '\x1a'; ///< stands for “…”, which is no single char

/// Where the tag begins that ends with `xml`; a note goes as a whole. npos: none.
std::size_t tag_begin(std::string_view xml) {
  // A note behind the last word is not what the paragraph ends with.
  return xml.ends_with("</text:note>") ? xml.rfind("<text:note ") : xml.rfind('<');
}

/// Whether `xml`, which ends with ")", ends with a sentence in parentheses: "It is. (It was.)", and
/// not "the Bank (Acme, N.A.)".
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

/// A semicolon or comma that the book has at an end gives way to the mark of the slot, with the
/// "and" or "or" behind it where `joints` has that.
void drop_own_mark(std::string& content, const std::string& mark,
                   const std::vector<std::string_view>& joints) {
  if (mark.empty()) return;
  const std::size_t end = text_end(content);
  const std::string_view text = std::string_view(content).substr(0, end);
  std::size_t last = end;
  for (const std::string_view joint : joints)
    if (text.ends_with(joint)) last = text.find_last_not_of(" \n\t", end - joint.size() - 1) + 1;
  if (last == 0 || (content[last - 1] != ';' && content[last - 1] != ',')) return;
  const std::size_t before = last > 1 ? content.find_last_of("&; <>", last - 2) : std::string::npos;
  if (content[last - 1] == ';' && before != std::string::npos && content[before] == '&') return;
  content.erase(last - 1, end - last + 1);
  drop_blank_end(content);
}

/// " and" and " or", but for the one that would give way to the other.
std::vector<std::string_view> joints_of(const SlotOptions& options) {
  std::vector<std::string_view> out;
  const auto says = [&](std::string_view word) {
    return std::any_of(options.end.begin(), options.end.end(),
                       [&](const EndMarks& marks) { return marks.before_last.ends_with(word); });
  };
  if (!says(" or")) out.emplace_back(" and");
  if (!says(" and")) out.emplace_back(" or");
  return out;
}

void end_with(std::string& content, const std::string& mark,
              const std::vector<std::string_view>& joints) {
  drop_blank_end(content);
  drop_own_mark(content, mark, joints);
  // "Citigroup Inc." has its full stop already.
  const char last = last_visible(content);
  // A colon leads on to a table or to further paragraphs.
  if (last == ':') return;
  const bool stands = last == '.' || last == '!' || last == '?' || last == k_ellipsis;
  if (!mark.empty() && mark.front() == '.' && stands)
    content += mark.substr(1);
  else
    content += mark;
}

/// What stands behind piece k: the outermost item that ends there decides.
std::string end_mark(const std::vector<Piece>& pieces, std::size_t k, const SlotOptions& options) {
  const Piece& piece = pieces[k];
  if (piece.shape == ParagraphShape::block) return {};
  const auto marks = [&](int level) -> const EndMarks& {
    return options.end[static_cast<std::size_t>(std::clamp(level, 1, 3) - 1)];
  };
  std::size_t next = k + 1;
  while (next < pieces.size() && pieces[next].shape == ParagraphShape::block) ++next;
  if (next == pieces.size()) return marks(1).last;
  const Piece& follower = pieces[next];
  if (!follower.is_numbered())
    return follower.level < piece.level ? marks(follower.level + 1).last : std::string();
  if (follower.level > piece.level) return {}; // lead-in of its sub-items
  // A sibling follows; is it the last of its list?
  for (std::size_t i = next + 1; i < pieces.size(); ++i) {
    if (pieces[i].level == 0) continue;
    if (pieces[i].level < follower.level) break;
    if (pieces[i].is_numbered() && pieces[i].level == follower.level)
      return marks(follower.level).between;
  }
  return marks(follower.level).before_last;
}

} // namespace

void set_end_marks(std::vector<Piece>& pieces, const SlotOptions& options) {
  std::vector<std::string> marks;
  for (std::size_t k = 0; k < pieces.size(); ++k) marks.push_back(end_mark(pieces, k, options));
  const std::vector<std::string_view> joints = joints_of(options);
  for (std::size_t k = 0; k < pieces.size(); ++k)
    if (pieces[k].shape != ParagraphShape::block) end_with(pieces[k].content, marks[k], joints);
}

} // namespace engross::opinion
