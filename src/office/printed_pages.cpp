// SPDX-License-Identifier: MPL-2.0
#include "office/printed_pages.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace engross::office {

namespace {

/// Letters and digits without accents, in small letters: what every font tells alike, and where
/// small capitals, blanks and hyphens make no difference.
void add_plain(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
}

/// Hebrew and all that follows, which is shaped, runs from the right or lacks a font; signs such as
/// dashes and quotes (U+2000 to U+2FFF) are none.
bool is_other_script(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD6 && byte != 0xE2;
  });
}

struct Band {
  double top = 0;
  double bottom = std::numeric_limits<double>::max();
};

void keep(std::vector<std::string>& lines, const PrintedPage& page, Band band) {
  std::string shown;
  for (const PrintedPage::Text& piece : page.texts)
    if (piece.y > band.top && piece.y < band.bottom) add_plain(piece.text, shown);
  std::erase_if(lines, [&](const std::string& line) {
    std::string plain;
    add_plain(line, plain);
    return !is_other_script(line) && shown.find(plain) == std::string::npos;
  });
}

} // namespace

void keep_printed(Layout& layout, const std::vector<PrintedPage>& pages) {
  std::vector<LaidPage*> laid;
  for (LaidPage& page : layout.pages)
    if (layout.pages.size() == pages.size() || !is_put_in(page)) laid.push_back(&page);
  if (laid.size() != pages.size()) return;
  for (std::size_t i = 0; i < laid.size(); ++i) {
    LaidPage& page = *laid[i];
    keep(page.header, pages[i], {0, page.body_top});
    const std::vector<double>& places = pages[i].picture_places;
    const auto shown =
        std::count_if(places.begin(), places.end(), [&](double y) { return y < page.body_top; });
    page.shows_pictures = static_cast<std::size_t>(shown) >= page.header_pictures.size();
    keep(page.footer, pages[i], {page.footer_top});
    // They float: beside the text, where a list of partners stands.
    keep(page.header_boxes, pages[i], {});
    keep(page.footer_boxes, pages[i], {});
  }
}

} // namespace engross::office
