// SPDX-License-Identifier: MPL-2.0
#include "office/pdf_pages.hpp"

#include "office/pdf_content.hpp"
#include "office/pdf_font.hpp"
#include "office/small_picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <string_view>
#include <utility>

namespace engross::office {

namespace {

constexpr double k_points = 72;      ///< in an inch
constexpr int k_picture_width = 420; ///< pixels
constexpr double k_same_line = 1;    ///< points by which the parts of a line may differ in height

/// Text as one operator draws it, at the left end of its base line; points, from the upper left
/// corner of the page.
struct Piece {
  std::string text;
  double x = 0;
  double y = 0;
  bool is_artifact = false;
};

struct Picture {
  double middle = 0; ///< from the upper edge of the page
  double x = 0;      ///< its middle from the left edge
  Extent extent;
};

/// The fonts of a file, each read once.
using Fonts = std::map<QPDFObjGen, PdfFont>;

/// Follows the drawing of a page (ISO 32000-1, 8.3, 8.8, 9.4 and 14.6) as far as it says what text
/// and pictures stand where, and which of the text is an artifact.
class Drawing {
 public:
  Drawing(QPDFObjectHandle resources, double page_height, Fonts& fonts)
      : m_objects(entry(resources, "/XObject")), m_font_entries(entry(resources, "/Font")),
        m_page_height(page_height), m_fonts(fonts) {}

  /// `content`: the operators of the page.
  void follow(std::string_view content) {
    PdfContent operators(content);
    while (operators.next()) handle(operators);
  }

  std::vector<Piece> pieces;
  std::vector<Picture> pictures;

 private:
  using Kind = Operand::Kind;

  static QPDFObjectHandle entry(QPDFObjectHandle resources, const char* name) {
    return resources.isDictionary() ? resources.getKey(name) : QPDFObjectHandle::newNull();
  }

  static QPDFMatrix matrix(const PdfContent& content) {
    const auto number = [&](std::size_t i) { return content.operand(i).number; };
    return {number(0), number(1), number(2), number(3), number(4), number(5)};
  }

  void handle(const PdfContent& content) {
    const std::string_view name = content.name();
    const std::size_t count = content.count();
    if (name == "q") {
      m_saved.push_back(m_matrix);
    } else if (name == "Q" && !m_saved.empty()) {
      m_matrix = m_saved.back();
      m_saved.pop_back();
    } else if (name == "cm" && count == 6) {
      m_matrix.concat(matrix(content));
    } else if (name == "BT") {
      m_text = QPDFMatrix();
    } else if (name == "Tm" && count == 6) {
      m_text = matrix(content);
    } else if ((name == "Td" || name == "TD") && count == 2) {
      m_text.concat(QPDFMatrix(1, 0, 0, 1, content.operand(0).number, content.operand(1).number));
    } else if (name == "Tf" && count == 2 && content.is(0, Kind::name)) {
      choose_font(content.operand(0).text);
    } else if ((name == "Tj" && content.is(0, Kind::string)) ||
               (name == "TJ" && content.is(0, Kind::array))) {
      add_text(content.operand(0).text);
    } else if (name == "BMC" || name == "BDC") {
      m_marked.push_back(content.is(0, Kind::name) && content.operand(0).text == "/Artifact");
      if (m_marked.back()) ++m_artifacts;
    } else if (name == "EMC" && !m_marked.empty()) {
      if (m_marked.back()) --m_artifacts;
      m_marked.pop_back();
    } else if (name == "Do" && content.is(0, Kind::name) && m_objects.isDictionary()) {
      add_picture(m_objects.getKey(content.operand(0).text));
    }
  }

  void choose_font(const std::string& name) {
    m_font = nullptr;
    if (!m_font_entries.isDictionary()) return;
    QPDFObjectHandle font = m_font_entries.getKey(name);
    if (!font.isDictionary()) return;
    const auto [at, is_new] = m_fonts.try_emplace(font.getObjGen());
    QPDFObjectHandle map = font.getKey("/ToUnicode");
    if (is_new && map.isStream()) {
      const auto bytes = map.getStreamData();
      at->second = PdfFont(std::string_view(
          reinterpret_cast<const char*>(bytes->getBuffer()), // NOLINT: bytes as characters
          bytes->getSize()));
    }
    m_font = &at->second;
  }

  void add_text(std::string_view codes) {
    if (m_font == nullptr) return;
    QPDFMatrix at = m_matrix;
    at.concat(m_text);
    pieces.push_back({m_font->text_of(codes), at.e, m_page_height - at.f, m_artifacts > 0});
  }

  /// It is drawn into the unit square.
  void add_picture(QPDFObjectHandle object) {
    if (!object.isStream()) return;
    if (!object.getDict().getKey("/Subtype").isNameAndEquals("/Image")) return;
    const double middle = m_matrix.f + (m_matrix.b + m_matrix.d) / 2;
    pictures.push_back({m_page_height - middle,
                        m_matrix.e + (m_matrix.a + m_matrix.c) / 2,
                        {std::hypot(m_matrix.a, m_matrix.b), std::hypot(m_matrix.c, m_matrix.d)}});
  }

  QPDFObjectHandle m_objects;
  QPDFObjectHandle m_font_entries;
  double m_page_height;
  Fonts& m_fonts;
  const PdfFont* m_font = nullptr;
  QPDFMatrix m_matrix;
  QPDFMatrix m_text;
  std::vector<QPDFMatrix> m_saved;
  std::vector<bool> m_marked;
  int m_artifacts = 0;
};

/// What is known of a page before header, body and footer are told apart.
struct Sheet {
  Extent paper;
  std::vector<Piece> pieces;
  std::vector<Picture> pictures;
  double body_top = 0; ///< base line of the body's first line
  double body_bottom = 0;
};

/// A page without text in its body is parted in its middle.
void find_body(Sheet& sheet) {
  sheet.body_top = sheet.body_bottom = sheet.paper.height / 2;
  bool is_found = false;
  for (const Piece& piece : sheet.pieces) {
    if (piece.is_artifact) continue;
    sheet.body_top = is_found ? std::min(sheet.body_top, piece.y) : piece.y;
    sheet.body_bottom = is_found ? std::max(sheet.body_bottom, piece.y) : piece.y;
    is_found = true;
  }
}

/// The heading of a table that goes on is an artifact too. But the bodies of later pages on the
/// same paper begin at the same height.
void put_tops_right(std::vector<Sheet>& sheets) {
  for (std::size_t i = 1; i < sheets.size(); ++i)
    for (std::size_t k = 1; k < sheets.size(); ++k)
      if (std::abs(sheets[i].paper.width - sheets[k].paper.width) < 1)
        sheets[i].body_top = std::min(sheets[i].body_top, sheets[k].body_top);
}

/// In the order in which they were drawn, which is that of the text, also in tables.
template <class Choice>
std::vector<std::string> lines_of(const std::vector<Piece>& pieces, Choice is_wanted) {
  std::vector<std::string> out;
  const Piece* before = nullptr;
  for (const Piece& piece : pieces) {
    if (!is_wanted(piece)) continue;
    const bool goes_on =
        before != nullptr && std::abs(piece.y - before->y) < k_same_line && piece.x >= before->x;
    if (!goes_on) out.emplace_back();
    out.back() += piece.text;
    before = &piece;
  }
  for (std::string& line : out) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    line.erase(0, begin);
    line.erase(line.find_last_not_of(' ') + 1);
  }
  std::erase(out, std::string());
  return out;
}

LaidPage page_of(const Sheet& sheet) {
  LaidPage out;
  out.paper = sheet.paper;
  out.body_top = sheet.body_top;
  out.header = lines_of(sheet.pieces, [&](const Piece& piece) {
    return piece.is_artifact && piece.y < sheet.body_top;
  });
  out.footer = lines_of(sheet.pieces, [&](const Piece& piece) {
    return piece.is_artifact && piece.y > sheet.body_bottom;
  });
  std::vector<std::string> body =
      lines_of(sheet.pieces, [](const Piece& piece) { return !piece.is_artifact; });
  if (!body.empty()) {
    out.first_line = std::move(body.front());
    out.last_line = body.size() > 1 ? std::move(body.back()) : out.first_line;
  }
  for (const Picture& picture : sheet.pictures)
    if (picture.middle < sheet.body_top) out.header_pictures.push_back(picture.extent);
  return out;
}

std::vector<Sheet> sheets_of(const std::filesystem::path& pdf) {
  QPDF file;
  file.setSuppressWarnings(true);
  file.processFile(pdf.string().c_str());
  Fonts fonts;
  std::vector<Sheet> out;
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file).getAllPages()) {
    const auto box = page.getMediaBox().getArrayAsRectangle();
    Sheet& sheet = out.emplace_back();
    sheet.paper = {box.urx - box.llx, box.ury - box.lly};
    Drawing drawing(page.getAttribute("/Resources", false), sheet.paper.height, fonts);
    std::string content;
    Pl_String all("content", nullptr, content);
    page.pipeContents(&all);
    drawing.follow(content);
    sheet.pieces = std::move(drawing.pieces);
    sheet.pictures = std::move(drawing.pictures);
    find_body(sheet);
  }
  return out;
}

std::vector<Sheet> read_sheets(const std::filesystem::path& pdf) {
  try {
    return sheets_of(pdf);
  } catch (const std::exception& e) { // of qpdf
    throw NotRead(std::string("the PDF made of it cannot be read: ") + e.what());
  }
}

/// Of a picture in poppler's 32 bits a pixel.
std::vector<Pixel> pixels_of(const poppler::image& image) {
  std::vector<Pixel> out;
  out.reserve(static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height()));
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, image.const_data() + y * image.bytes_per_row() + x * 4, sizeof pixel);
      out.push_back({static_cast<std::uint8_t>(pixel >> 16U),
                     static_cast<std::uint8_t>(pixel >> 8U), static_cast<std::uint8_t>(pixel)});
    }
  return out;
}

void say_nothing(const std::string& /*words*/, void* /*nobody*/) {}

} // namespace

Layout read_pdf_pages(const std::filesystem::path& pdf) {
  std::vector<Sheet> sheets = read_sheets(pdf);
  put_tops_right(sheets);
  Layout out;
  for (const Sheet& sheet : sheets) {
    out.pages.push_back(page_of(sheet));
    out.pages.back().number = static_cast<int>(out.pages.size());
  }
  return out;
}

std::vector<PrintedPage> read_printed_pages(const std::filesystem::path& pdf) {
  std::vector<PrintedPage> out;
  for (Sheet& sheet : read_sheets(pdf)) {
    PrintedPage& page = out.emplace_back();
    for (Piece& piece : sheet.pieces) page.texts.push_back({std::move(piece.text), piece.y});
    for (const Picture& picture : sheet.pictures)
      if (picture.x > 0 && picture.x < sheet.paper.width)
        page.picture_places.push_back(picture.middle);
  }
  return out;
}

void draw_pdf_pages(const std::filesystem::path& pdf,
                    const std::vector<std::filesystem::path>& pictures) {
  poppler::set_debug_error_function(say_nothing, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_file(pdf.string()));
  if (!document) throw NotRead("the PDF made of it cannot be read");
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_argb32);
  renderer.set_render_hints(poppler::page_renderer::antialiasing |
                            poppler::page_renderer::text_antialiasing);
  for (std::size_t i = 0; i < pictures.size() && static_cast<int>(i) < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(static_cast<int>(i)));
    if (!page) throw NotRead("a page of the PDF made of it cannot be read");
    const poppler::rectf paper = page->page_rect();
    const double scale = k_picture_width / std::max(1.0, paper.width());
    const auto height = static_cast<int>(std::lround(paper.height() * scale));
    const poppler::image image = renderer.render_page(
        page.get(), k_points * scale, k_points * scale, 0, 0, k_picture_width, height);
    if (!image.is_valid()) throw NotRead("its pages cannot be drawn");
    std::ofstream file(pictures[i], std::ios::binary);
    file << small_png(image.width(), image.height(), pixels_of(image));
    if (!file.flush()) throw NotRead("its pages cannot be drawn");
  }
}

} // namespace engross::office
