// SPDX-License-Identifier: MPL-2.0
#include "office/export.hpp"

#include "finding/files.hpp"
#include "office/layout_dump.hpp"
#include "office/locate.hpp"
#include "office/open_letter.hpp"
#include "office/process.hpp"
#include "office/uno_values.hpp"

#include <com/sun/star/awt/PosSize.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/text/XDocumentIndexesSupplier.hpp>
#include <com/sun/star/text/XTextFieldsSupplier.hpp>
#include <com/sun/star/util/XRefreshable.hpp>
#include <com/sun/star/view/DocumentZoomType.hpp>
#include <com/sun/star/view/XViewSettingsSupplier.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <iterator>

namespace engross::office {

namespace {

namespace uno = css::uno;

// A window that nobody sees, in pixels.
constexpr sal_Int16 k_small_zoom = 20; ///< percent, the least there is
constexpr double k_page_height = 230;
constexpr sal_Int32 k_window_width = 600; ///< what it shows is drawn, so not wider than needed

class Stopwatch {
 public:
  explicit Stopwatch(std::map<std::string, int>& micros) : m_micros(micros) {}
  void lap(const std::string& name) {
    const Clock::time_point now = Clock::now();
    m_micros[name] += static_cast<int>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - m_start).count());
    m_start = now;
  }

 private:
  std::map<std::string, int>& m_micros;
  Clock::time_point m_start = Clock::now();
};

/// Lays the whole letter out, which page references need; gives the number of pages.
int lay_out(const OpenLetter& letter) {
  const uno::Reference<css::beans::XPropertySet> view(letter.view(), uno::UNO_QUERY_THROW);
  sal_Int32 pages = 0;
  view->getPropertyValue("PageCount") >>= pages;
  return pages;
}

bool has_indexes(const OpenLetter& letter) {
  const uno::Reference<css::text::XDocumentIndexesSupplier> supplier(letter.document(),
                                                                     uno::UNO_QUERY_THROW);
  return supplier->getDocumentIndexes()->getCount() > 0;
}

/// True if there was an index.
bool update_indexes(const OpenLetter& letter) {
  const uno::Reference<css::text::XDocumentIndexesSupplier> supplier(letter.document(),
                                                                     uno::UNO_QUERY_THROW);
  const auto indexes = supplier->getDocumentIndexes();
  const sal_Int32 count = indexes->getCount();
  for (sal_Int32 i = 0; i < count; ++i) {
    const uno::Reference<css::util::XRefreshable> index(indexes->getByIndex(i), uno::UNO_QUERY);
    if (index.is()) index->refresh();
  }
  return count > 0;
}

/// LibreOffice 7.4 refreshes nothing on load. Numbers and quoted text first, since they decide the
/// layout; then what the layout decides, once more.
int bring_up_to_date(const OpenLetter& letter) {
  const uno::Reference<css::text::XTextFieldsSupplier> supplier(letter.document(),
                                                                uno::UNO_QUERY_THROW);
  const uno::Reference<css::util::XRefreshable> fields(supplier->getTextFields(),
                                                       uno::UNO_QUERY_THROW);
  fields->refresh();
  lay_out(letter);
  if (update_indexes(letter)) lay_out(letter);
  fields->refresh();
  return lay_out(letter);
}

Properties export_properties(Format format, bool to_look_at) {
  switch (format) {
  case Format::docx:
    return properties({property("FilterName", rtl::OUString("MS Word 2007 XML"))});
  case Format::pdf:
    if (to_look_at) {
      return properties(
          {property("FilterName", rtl::OUString("writer_pdf_Export")),
           property("FilterData",
                    properties({property("UseTaggedPDF", true), property("ExportBookmarks", false),
                                property("UseLosslessCompression", true),
                                property("ReduceImageResolution", false)}))});
    }
    return properties({property("FilterName", rtl::OUString("writer_pdf_Export")),
                       property("FilterData", properties({property("UseTaggedPDF", true),
                                                          property("ExportBookmarks", true)}))});
  case Format::odt:
    break;
  }
  return properties({property("FilterName", rtl::OUString("writer8"))});
}

/// The office breaks into lines what its window shows, and keeps the lines of some 250 paragraphs:
/// with a window for all pages of a long letter, those of the end. So that is the last look. A
/// letter of a few pages that has just been exported has all its lines without any window.
Layout layout_of(const OpenLetter& letter, int pages, const std::function<LayoutDump()>& take) {
  const auto is_whole = [](const LayoutDump& dump) {
    return std::find(dump.in_lines.begin(), dump.in_lines.end(), false) == dump.in_lines.end();
  };
  LayoutDump out = take();
  if (is_whole(out)) return std::move(out.layout);
  const uno::Reference<css::view::XViewSettingsSupplier> view(letter.view(), uno::UNO_QUERY_THROW);
  const auto settings = view->getViewSettings();
  settings->setPropertyValue("ZoomType", uno::Any(css::view::DocumentZoomType::BY_VALUE));
  settings->setPropertyValue("ZoomValue", uno::Any(k_small_zoom));
  const auto window = letter.view()->getFrame()->getComponentWindow();
  const auto grow = [&](double height) {
    window->setPosSize(0, 0, k_window_width, static_cast<sal_Int32>(height),
                       css::awt::PosSize::POSSIZE);
  };
  for (const int shown : {10, 22, pages + 2}) {
    grow(k_page_height * std::min(shown, pages + 2));
    add_pages(out, take());
    if (is_whole(out)) break;
  }
  return std::move(out.layout);
}

const char* step_name(Format format) {
  switch (format) {
  case Format::docx:
    return "docx";
  case Format::pdf:
    return "pdf";
  case Format::odt:
    break;
  }
  return "odt";
}

} // namespace

Exported export_letter(const uno::Reference<uno::XComponentContext>& office, const Export& wanted) {
  Exported out;
  Stopwatch watch(out.micros);
  OpenLetter letter(office, wanted.letter,
                    wanted.to_look_at ? Surroundings::none : Surroundings::usual);
  watch.lap("load");
  // The export of a PDF refreshes all fields, in every version, but no index.
  const bool is_refreshed = !wanted.to_look_at || has_indexes(letter);
  if (is_refreshed) out.pages = bring_up_to_date(letter);
  watch.lap("refresh");
  const uno::Reference<css::frame::XStorable> storable(letter.document(), uno::UNO_QUERY_THROW);
  std::size_t number = 0;
  const auto store = [&](const std::filesystem::path& file, const Properties& how) {
    try {
      storable->storeToURL(ascii(file_url(file)), how);
    } catch (const css::io::IOException& e) {
      throw NotStored(number, utf8(e.Message));
    }
    ++number;
  };
  for (const auto& [format, file] : wanted.outputs) {
    store(file, export_properties(format, wanted.to_look_at));
    watch.lap(step_name(format));
  }
  if (!is_refreshed) out.pages = lay_out(letter);
  if (!wanted.layout.empty()) {
    out.layout = layout_of(letter, out.pages, [&] {
      store(wanted.layout,
            properties({property("FilterName", rtl::OUString("writer_layout_dump"))}));
      --number;
      std::ifstream file(wanted.layout, std::ios::binary);
      auto dump = read_layout_dump(std::string(std::istreambuf_iterator<char>(file), {}));
      if (!dump) throw NotStored(number, "its layout is told in a form that is not known");
      return std::move(*dump);
    });
    watch.lap("layout");
  }
  letter.close();
  watch.lap("close");
  return out;
}

} // namespace engross::office
