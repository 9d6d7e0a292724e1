// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// How a letter stands on its pages: facts that only the office knows. This header links no UNO.
namespace engross::office {

/// Width and height in points.
struct Extent {
  double width = 0;
  double height = 0;
};

/// One page, as it is laid out.
struct LaidPage {
  /// False past some twenty pages: LibreOffice does not say how its lines read, and of what stands
  /// below only number, page style, paper and body_top are known.
  bool is_seen = true;
  int number = 0;         ///< as a page number field prints it
  std::string page_style; ///< its name in the office's user interface
  Extent paper;
  std::vector<std::string> header; ///< its lines as printed: fields filled in, no blank lines
  std::vector<std::string> footer; ///< the same
  /// Lines of text boxes anchored in the header, which float beside or over its own. A PDF does not
  /// say what stands in a box.
  std::vector<std::string> header_boxes{};
  std::vector<std::string> footer_boxes{}; ///< the same
  std::vector<Extent> header_pictures;     ///< those that stand in its lines, as a logo should
  /// False: the PDF made of it shows fewer pictures there, in its own layout it has them all the
  /// same. A picture of lines and curves is none in a PDF.
  bool shows_pictures = true;
  std::string first_line; ///< of the body on this page, its number included; empty: no text on it
  std::string last_line;
  double body_top = 0;   ///< where the body's text begins, in points below the edge of the paper
  double footer_top = 0; ///< the same of the footer; 0: not known
};

/// Whether the office puts the page in to come to an odd number; it is not printed.
inline bool is_put_in(const LaidPage& page) {
  return page.is_seen && page.header.empty() && page.footer.empty() && page.first_line.empty();
}

struct Layout {
  std::vector<LaidPage> pages;
};

/// What is to be laid out, with Converter::lay_out.
struct LayoutJob {
  std::filesystem::path file; ///< .odt .ott .fodt .docx .dotx .doc .dot; read, never changed
  /// Make a DOCX of it, and read how its headers stand on the pages.
  bool as_docx = false;
  /// Ask LibreOffice for its own layout as well, of the letter and (as_docx) of that DOCX as it
  /// reads it again. Takes more than twice as long.
  bool lay_out = false;
  /// Where PNG pictures of the first pages go: [0] of page 1, [1] of page 2, …; none for a page
  /// that the letter does not have.
  std::vector<std::filesystem::path> pictures{};
};

struct LaidOut {
  /// Read from the PDF made of it, which is the letter as LibreOffice lays it out.
  Layout pdf;
  /// Read from the DOCX made of it, on the same pages; without pages unless as_docx. Only number,
  /// paper, header, footer and the pictures are known.
  Layout docx;
  Layout letter;     ///< where lay_out is on
  Layout docx_again; ///< where both are on
};

} // namespace engross::office
