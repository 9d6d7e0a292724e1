// SPDX-License-Identifier: MPL-2.0
#include "letterhead/pages.hpp"

#include "letterhead/body.hpp"
#include "letterhead/house/length.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace engross::letterhead {

namespace {

/// The number before the unit; lengths of one page layout share their unit in practice, and the
/// answer is only asked for when style:print-orientation is absent.
double number_of(std::string_view length) {
  double value = 0;
  std::from_chars(length.data(), length.data() + length.size(), value);
  return value;
}

bool is_landscape(const pugi::xml_node& layout) {
  const pugi::xml_node properties = layout.child("style:page-layout-properties");
  const std::string_view orientation = properties.attribute("style:print-orientation").value();
  if (!orientation.empty()) return orientation == "landscape";
  const std::string_view width = properties.attribute("fo:page-width").value();
  const std::string_view height = properties.attribute("fo:page-height").value();
  if (width.empty() || height.empty()) return false;
  return number_of(width) > number_of(height);
}

bool is_left(const MasterPage& page) {
  return std::string_view(page.layout.attribute("style:page-usage").value()) == "left";
}

} // namespace

std::vector<const MasterPage*> pages_between(const MasterPages& masters) {
  std::vector<const MasterPage*> out;
  for (std::size_t i = 0; i < masters.pages.size(); ++i)
    if (masters.pages[i].role == Role::first && i != masters.start)
      out.push_back(&masters.pages[i]);
  return out;
}

std::string shown_name(const pugi::xml_node& master_page) {
  const char* display = master_page.attribute("style:display-name").value();
  const std::string_view name = master_page.attribute("style:name").value();
  return *display != '\0' ? std::string(display) : shown_name(name);
}

/// "_20_" is the character 0x20: so an office writes what no NCName may hold.
std::string shown_name(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    unsigned int code = 0;
    const char* const digits = name.data() + at + 1;
    const bool is_code = name[at] == '_' && at + 4 <= name.size() && name[at + 3] == '_' &&
                         std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2;
    if (is_code && code >= 0x20 && code < 0x7F) {
      out += static_cast<char>(code);
      at += 4;
    } else {
      out += name[at++];
    }
  }
  return out;
}

bool is_first_page_name(std::string_view name) {
  return name == "First_20_Page" || name == "First Page";
}

bool is_envelope(const MasterPage& page) {
  const pugi::xml_node properties = page.layout.child("style:page-layout-properties");
  const auto width = points_of(properties.attribute("fo:page-width").value());
  const auto height = points_of(properties.attribute("fo:page-height").value());
  // A C5 envelope is 162 mm high, and A5 paper 148 mm wide; ISO 269 and Monarch to No. 14 are less.
  constexpr double k_widest_strip = 132 * 72 / 25.4;
  return width && height && std::min(*width, *height) < k_widest_strip;
}

std::size_t MasterPages::find(std::string_view name) const {
  const auto it = index.find(std::string(name));
  return it == index.end() ? npos : it->second;
}

pugi::xml_node shown(const pugi::xml_node& master_page, const char* element) {
  const pugi::xml_node node = master_page.child(element);
  if (std::string_view(node.attribute("style:display").value()) == "false") return {};
  return node;
}

bool has_first_page_content(const pugi::xml_node& master_page) {
  return shown(master_page, "style:header-first") || shown(master_page, "style:footer-first");
}

MasterPages master_pages_of(const odf::Document& document, bool is_letterhead) {
  return read_master_pages(document.styles, start_page(document.content, document.styles),
                           is_letterhead);
}

MasterPages read_master_pages(const pugi::xml_document& styles, const std::string& start,
                              bool is_letterhead) {
  constexpr std::size_t npos = MasterPages::npos;
  MasterPages out;
  std::unordered_map<std::string, pugi::xml_node> layouts;
  const pugi::xml_node root = styles.document_element();
  for (const pugi::xml_node& layout :
       root.child("office:automatic-styles").children("style:page-layout")) {
    layouts.emplace(layout.attribute("style:name").value(), layout);
  }
  for (const pugi::xml_node& node :
       root.child("office:master-styles").children("style:master-page")) {
    MasterPage page;
    page.node = node;
    page.name = node.attribute("style:name").value();
    page.next = node.attribute("style:next-style-name").value();
    if (page.next == page.name) page.next.clear();
    const auto layout = layouts.find(node.attribute("style:page-layout-name").value());
    if (layout != layouts.end()) page.layout = layout->second;
    page.landscape = is_landscape(page.layout);
    out.index.emplace(page.name, out.pages.size());
    out.pages.push_back(std::move(page));
  }
  if (out.pages.empty()) return out;

  out.start = out.find(start);
  if (out.start == npos) out.start = out.find(k_main_page);
  if (out.start == npos) out.start = 0;
  for (MasterPage& page : out.pages) {
    if (page.landscape != out.pages[out.start].landscape) page.role = Role::turned;
  }

  // The chain from page 1 to the page that follows itself. A chain that runs into itself (left and
  // right pages) ends where it is entered again.
  std::vector<std::size_t> chain;
  std::vector<std::size_t> position(out.pages.size(), npos);
  std::size_t page = out.start;
  while (page != npos && position[page] == npos) {
    position[page] = chain.size();
    chain.push_back(page);
    const std::size_t next = out.find(out.pages[page].next);
    if (next != npos && out.pages[next].landscape != out.pages[out.start].landscape) break;
    if (next != npos && position[next] != npos) {
      page = next;
      break;
    }
    page = next;
  }
  const std::size_t end =
      page != npos && position[page] != npos ? position[page] : chain.size() - 1;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    out.pages[chain[i]].role = i < end ? Role::first : Role::continuation;
  }
  out.continuation = chain[end];
  if (end > 0) out.first = out.start;

  // A left and a right page that take turns are one page with two headers.
  if (chain.size() - end == 2) {
    out.left = chain[end + 1];
    if (is_left(out.pages[out.continuation])) std::swap(out.left, out.continuation);
  }

  const std::string& following = out.pages[chain[end]].name;
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < out.pages.size(); ++i) {
    MasterPage& p = out.pages[i];
    if (p.role != Role::other) continue;
    const bool leads_on = p.next == following && (is_letterhead || is_first_page_name(p.name));
    if (p.name == k_continued_page || (!is_letterhead && !leads_on && p.name == k_main_page)) {
      p.role = Role::continuation;
    } else if (leads_on) {
      candidates.push_back(i);
    }
  }
  std::stable_partition(candidates.begin(), candidates.end(),
                        [&](std::size_t i) { return is_first_page_name(out.pages[i].name); });
  const bool settled =
      out.first != npos || has_first_page_content(out.pages[out.continuation].node);
  if (!is_letterhead) {
    for (const std::size_t i : candidates) out.pages[i].role = Role::first;
  } else if (!settled && !candidates.empty()) {
    out.first = candidates.front();
    out.pages[out.first].role = Role::first;
  }
  if (is_letterhead && (candidates.size() > 1 || (settled && !candidates.empty()))) {
    out.unclear.push_back(shown_name(out.pages[settled ? out.start : out.first].node));
    for (const std::size_t i : candidates) {
      if (i != out.first) out.unclear.push_back(shown_name(out.pages[i].node));
    }
  } else if (is_letterhead && !settled && candidates.empty()) {
    // Nothing says what page 1 looks like, yet another upright page has a header of its own.
    for (const MasterPage& p : out.pages) {
      if (p.role == Role::other && shown(p.node, "style:header"))
        out.unclear.push_back(shown_name(p.node));
    }
    if (!out.unclear.empty()) {
      out.unclear.insert(out.unclear.begin(), shown_name(out.pages[out.continuation].node));
    }
  }
  return out;
}

} // namespace engross::letterhead
