// SPDX-License-Identifier: MPL-2.0
#include "cli/laid_out.hpp"

#include "cli/interruptible_folder.hpp"
#include "finding/files.hpp"
#include "letter/assembly.hpp"
#include "letterhead/house/laid_out.hpp"
#include "office/converter.hpp"
#include "office/protocol.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

letterhead::LaidOutFacts facts_of(const office::Layout& layout, std::string format) {
  letterhead::LaidOutFacts out;
  out.format = std::move(format);
  for (const office::LaidPage& page : layout.pages) {
    letterhead::PageFacts facts;
    facts.is_seen = page.is_seen;
    const bool lies = page.paper.width > page.paper.height;
    facts.is_turned = !layout.pages.empty() && lies != (layout.pages.front().paper.width >
                                                        layout.pages.front().paper.height);
    facts.header = page.header;
    facts.footer = page.footer;
    facts.header_boxes = page.header_boxes;
    facts.footer_boxes = page.footer_boxes;
    for (const office::Extent& picture : page.header_pictures)
      facts.header_pictures.emplace_back(picture.width, picture.height);
    facts.shows_pictures = page.shows_pictures;
    facts.first_line = page.first_line;
    out.pages.push_back(std::move(facts));
  }
  return out;
}

/// The office's own layout; where it does not say how a page reads, the PDF does.
office::Layout layout_or_pdf(office::Layout layout, const office::Layout& pdf) {
  std::erase_if(layout.pages, [&](const office::LaidPage& page) {
    return layout.pages.size() > pdf.pages.size() && is_put_in(page);
  });
  if (layout.pages.size() != pdf.pages.size()) return layout;
  for (std::size_t i = 0; i < layout.pages.size(); ++i)
    if (!layout.pages[i].is_seen) layout.pages[i] = pdf.pages[i];
  return layout;
}

/// Only the command knows how to be given more time.
Findings with_option(Findings findings) {
  for (Finding& finding : findings)
    if (finding.code == Code::office_time_limit)
      finding.hint = "Open the letter in Writer to see what keeps it busy, or give it more time: "
                     "--time-limit SECONDS.";
  return findings;
}

} // namespace

struct LayoutOffice::State {
  InterruptibleFolder folder;
  std::mutex mutex;
  std::vector<std::unique_ptr<office::Converter>> idle;
  std::atomic<unsigned> number{0};
  bool reloads_docx = false;
  int time_limit = 0;
};

/// A converter for as long as it is needed.
class LayoutOffice::Lease {
 public:
  explicit Lease(State& state) : m_state(state) {
    const std::lock_guard lock(state.mutex);
    if (state.idle.empty()) {
      m_converter = std::make_unique<office::Converter>(options(state));
    } else {
      m_converter = std::move(state.idle.back());
      state.idle.pop_back();
    }
  }
  ~Lease() {
    const std::lock_guard lock(m_state.mutex);
    m_state.idle.push_back(std::move(m_converter));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  office::Converter* operator->() const { return m_converter.get(); }

 private:
  static office::Options options(const State& state) {
    office::Options out;
    out.packs_pdf = false; // it is read once
    out.time_limit = std::chrono::seconds(state.time_limit);
    return out;
  }

  State& m_state;
  std::unique_ptr<office::Converter> m_converter;
};

LayoutOffice::LayoutOffice(bool reloads_docx, int time_limit) : m_state(std::make_unique<State>()) {
  m_state->reloads_docx = reloads_docx;
  m_state->time_limit = time_limit;
}

LayoutOffice::~LayoutOffice() = default;

Result<std::string> LayoutOffice::read_word(const fs::path& file) {
  // Under its own name, which its fields show.
  const fs::path folder = m_state->folder.path() / ("word" + std::to_string(m_state->number++));
  std::error_code error;
  fs::create_directory(folder, error);
  const fs::path odt = folder / (file.stem().string() + ".odt");
  office::Job job;
  job.odt = file;
  job.outputs = {odt};
  Findings findings = Lease(*m_state)->convert(job);
  if (has_errors(findings)) return with_option(std::move(findings));
  Result<std::string> out = letter::read_file(odt);
  fs::remove_all(folder, error);
  return out;
}

void LayoutOffice::audit_pages(const fs::path& file, const letterhead::Subject& subject,
                               const HouseFiles& files, bool with_pictures, FileReport& report) {
  office::LayoutJob job;
  job.file = file;
  job.as_docx = !is_word_file(file);
  job.lay_out = m_state->reloads_docx;
  const std::string stem = "page" + std::to_string(m_state->number++) + "-";
  if (with_pictures)
    for (const char* page : {"1.png", "2.png"})
      job.pictures.push_back(m_state->folder.path() / (stem + page));
  const std::vector<fs::path> pictures = job.pictures;
  Result<office::LaidOut> laid_out = Lease(*m_state)->lay_out(job);
  append(report.faults, with_option(std::move(laid_out.findings)));
  if (!laid_out) return;
  std::vector<letterhead::LaidOutFacts> formats;
  formats.push_back(facts_of(laid_out->pdf, job.as_docx ? "ODT and PDF" : "PDF"));
  if (job.as_docx) formats.push_back(facts_of(laid_out->docx, "DOCX"));
  if (job.as_docx && job.lay_out)
    formats.push_back(facts_of(laid_out->docx_again, "DOCX that LibreOffice reads again"));
  const auto check = [&] {
    return letterhead::check_laid_out(subject, files.house,
                                      files.reference ? &*files.reference : nullptr, formats);
  };
  letterhead::Hits hits = check();
  // What parts header from body in a PDF is its tags, and frames or rare fonts deceive it: before
  // anything is said of a header, the office's own layout is asked.
  if (!hits.empty()) {
    job.lay_out = true;
    job.as_docx = false;
    job.pictures.clear();
    Result<office::LaidOut> again = Lease(*m_state)->lay_out(job);
    if (!again) {
      append(report.faults, with_option(std::move(again.findings)));
      return;
    }
    formats.front() =
        facts_of(layout_or_pdf(std::move(again->letter), laid_out->pdf), formats.front().format);
    hits = check();
  }
  for (letterhead::Hit& hit : hits) report.hits.push_back(std::move(hit));
  std::error_code error;
  for (const fs::path& picture : pictures) {
    if (!fs::exists(picture, error)) continue;
    if (Result<std::string> bytes = letter::read_file(picture))
      report.pages.push_back(std::move(*bytes));
    fs::remove(picture, error);
  }
}

bool is_word_file(const fs::path& file) {
  const std::string ending = ending_of(file);
  return ending == ".docx" || ending == ".dotx" || ending == ".doc" || ending == ".dot";
}

} // namespace engross::cli
