// SPDX-License-Identifier: MPL-2.0
#include "opinion/lead_in.hpp"

#include <algorithm>
#include <vector>

namespace engross::opinion {

namespace {

/// Cuts off the paragraph with which `out` ends, if it ends with one.
void drop_last_paragraph(std::string& out) {
  const std::size_t last = out.find_last_not_of(" \n\t");
  if (last == std::string::npos) return;
  std::string name;
  for (const char* one : {"text:p", "text:h"})
    if (out.substr(0, last + 1).ends_with("</" + std::string(one) + ">")) name = one;
  if (name.empty()) return;
  // Notes and frames hold paragraphs of their own.
  int depth = 0;
  for (std::size_t at = last;;) {
    const std::size_t close = out.rfind("</" + name + ">", at);
    std::size_t open = out.rfind("<" + name, at);
    while (open != std::string::npos && open > 0 && out[open + name.size() + 1] != ' ' &&
           out[open + name.size() + 1] != '>')
      open = out.rfind("<" + name, open - 1);
    if (open == std::string::npos) return;
    if (close != std::string::npos && close > open) {
      ++depth;
      at = close - 1;
      continue;
    }
    const bool without_content = out[out.find('>', open) - 1] == '/';
    if (!without_content && --depth == 0) {
      out.resize(open);
      return;
    }
    if (open == 0) return;
    at = open - 1;
  }
}

} // namespace

std::size_t end_before_blanks(std::string_view out) {
  for (;;) {
    out = out.substr(0, out.find_last_not_of(" \n\t") + 1);
    std::string_view rest = out;
    if (rest.ends_with("</text:p>")) {
      rest.remove_suffix(std::string_view("</text:p>").size());
      rest = rest.substr(0, rest.find_last_not_of(" \n\t") + 1);
    } else if (!rest.ends_with("/>")) {
      return out.size();
    }
    const std::size_t open = rest.ends_with('>') ? rest.rfind('<') : std::string_view::npos;
    if (open == std::string_view::npos) return out.size();
    const std::string_view tag = rest.substr(open);
    const bool closed = rest.size() < out.size(); // "<text:p/>" or "<text:p></text:p>"
    if (!tag.starts_with("<text:p ") && !tag.starts_with("<text:p>") &&
        !tag.starts_with("<text:p/"))
      return out.size();
    if (tag.ends_with("/>") == closed) return out.size();
    out = out.substr(0, open);
  }
}

void drop_lead_in(std::string& out) {
  const auto trim = [&] { out.resize(out.find_last_not_of(" \n\t") + 1); };
  std::vector<std::string> closed; // end tags, the last one first
  for (bool more = true; more;) {
    trim();
    more = false;
    for (const char* one : {"text:list", "text:list-item"})
      if (const std::string tag = "</" + std::string(one) + ">"; out.ends_with(tag)) {
        closed.emplace_back(one);
        out.resize(out.size() - tag.size());
        more = true;
      }
  }
  drop_last_paragraph(out);
  trim();
  for (; !closed.empty(); closed.pop_back()) {
    const std::size_t open = out.rfind('<');
    const std::string_view tag = std::string_view(out).substr(std::min(open, out.size()));
    const bool empty = tag.size() > closed.back().size() + 1 && tag.ends_with(">") &&
                       tag.substr(1, closed.back().size()) == closed.back() &&
                       tag[closed.back().size() + 1] != '-';
    if (!empty) break;
    out.resize(open);
    trim();
  }
  for (; !closed.empty(); closed.pop_back()) out += "</" + closed.back() + ">";
}

} // namespace engross::opinion
