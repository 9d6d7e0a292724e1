// SPDX-License-Identifier: MPL-2.0
#include "cli/house_files.hpp"

#include "cli/laid_out.hpp"
#include "finding/files.hpp"
#include "letter/assembly.hpp"
#include "letter/firm.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace engross::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t k_any_time = 315532800; // of a package that is read and thrown away

bool is_terminal() {
#if __has_include(<unistd.h>)
  return isatty(STDERR_FILENO) != 0;
#else
  return false;
#endif
}

bool is_document(const fs::path& file, bool with_word) {
  const std::string ending = ending_of(file);
  if (with_word && is_word_file(file)) return true;
  return ending == ".odt" || ending == ".ott" || ending == ".fodt";
}

Place place_of(const fs::path& file) {
  Place place;
  place.file = file.string();
  return place;
}

bool is_below(const fs::path& file, const fs::path& folder) {
  const fs::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// Letterheads and opinion books are what documents are made from; they are no documents.
std::vector<fs::path> no_documents(const letter::Firm& firm) {
  std::error_code error;
  std::vector<fs::path> out = {fs::weakly_canonical(firm.folder / "letterheads", error)};
  for (const std::string& book : firm.books)
    out.push_back(fs::weakly_canonical((firm.folder / book).parent_path(), error));
  return out;
}

struct Listing {
  std::set<fs::path> documents;
  std::set<fs::path> places; ///< of the same, however their folders were named
  Findings unread;
  std::size_t words = 0;
  std::size_t found = 0; ///< with those that another path named before

  void add(const fs::path& file) {
    ++found;
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(fs::absolute(file, error).parent_path(), error);
    if (error || places.insert(folder / file.filename()).second) documents.insert(file);
  }
};

void list_folder(const fs::path& folder, const std::vector<fs::path>& left_out, bool with_word,
                 Listing& out) {
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(folder, options, error), end; !error && at != end;
       at.increment(error)) {
    const fs::path& file = at->path();
    const std::string name = file.filename().string();
    if (name.starts_with('.') || name.starts_with("~$")) { // what editors leave beside a file
      if (at->is_directory(error)) at.disable_recursion_pending();
      continue;
    }
    if (at->is_directory(error)) {
      // What nobody may look into is not audited, and that must be said.
      std::error_code refused;
      const fs::directory_iterator inside(file, refused);
      if (refused)
        out.unread.push_back(
            make_finding(Code::file_not_read, place_of(file), {file.string(), refused.message()}));
      continue;
    }
    if (!at->is_regular_file(error)) continue;
    if (!with_word && is_word_file(file)) ++out.words;
    if (!is_document(file, with_word)) continue;
    const fs::path whole = fs::weakly_canonical(file, error);
    const bool is_source = std::any_of(left_out.begin(), left_out.end(),
                                       [&](const fs::path& f) { return is_below(whole, f); });
    if (!is_source) out.add(file);
  }
}

/// The documents behind the paths; a path that is none is a finding.
Listing list_documents(const HouseOptions& options, const letter::Firm* firm, Findings& findings) {
  std::vector<fs::path> left_out = firm == nullptr ? std::vector<fs::path>() : no_documents(*firm);
  std::error_code ignored;
  // Only where it lies inside what is looked at: what is put there is no document of the folder.
  for (const std::string& path : options.paths) {
    if (options.left_out.empty()) break;
    const fs::path out = fs::weakly_canonical(options.left_out, ignored);
    const fs::path folder = fs::weakly_canonical(path, ignored);
    if (out != folder && is_below(out, folder)) left_out.push_back(out);
  }
  const bool with_word = options.with_word;
  Listing listing;
  for (const std::string& path : options.paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      const std::size_t before = listing.found;
      std::error_code refused;
      const fs::directory_iterator inside(path, refused);
      if (refused)
        findings.push_back(
            make_finding(Code::file_not_read, place_of(path), {path, refused.message()}));
      list_folder(path, left_out, with_word, listing);
      if (listing.found == before && !refused && listing.unread.empty())
        findings.push_back(make_finding(Code::nothing_to_audit, place_of(path), {path}));
    } else if (!fs::exists(path, error)) {
      findings.push_back(make_finding(Code::file_not_found, place_of(path), {path}));
    } else if (is_document(path, with_word) && fs::is_regular_file(path, error)) {
      listing.add(path);
    } else {
      findings.push_back(make_finding(Code::audit_kind_unknown, place_of(path), {path}));
    }
  }
  return listing;
}

/// The firm: as named, above the house style, or above the first document.
std::optional<letter::Firm> find_firm(const HouseOptions& options, Findings& findings) {
  std::optional<fs::path> folder;
  std::error_code error;
  if (!options.firm.empty()) folder = options.firm;
  if (!folder && !options.house.empty()) folder = letter::find_firm(options.house);
  if (!folder && !options.paths.empty()) {
    const fs::path& first = options.paths.front();
    folder = letter::find_firm(fs::is_directory(first, error) ? first / "x" : first);
  }
  if (!folder) return std::nullopt;
  Result<letter::Firm> firm = letter::read_firm(*folder);
  append(findings, std::move(firm.findings));
  return std::move(firm.value);
}

std::optional<letterhead::House> read_house_file(const fs::path& file, Findings& findings) {
  Result<std::string> bytes = letter::read_file(file);
  append(findings, std::move(bytes.findings));
  if (!bytes) return std::nullopt;
  Result<letterhead::House> house =
      letterhead::read_house({file.string(), std::move(*bytes), deal::Format::json});
  append(findings, std::move(house.findings));
  return std::move(house.value);
}

/// Gives false where a letterhead is named and cannot be had.
bool read_reference(const HouseOptions& options, const letter::Firm* firm, HouseFiles& out,
                    Findings& findings) {
  std::string name = options.letterhead;
  if (name.empty()) name = out.house.letterhead;
  if (name.empty() && firm != nullptr) name = firm->letterhead;
  if (name.empty()) return true;
  letter::Firm nobody;
  nobody.folder = fs::path(options.house).parent_path();
  Result<odf::Document> letterhead =
      letter::open_letterhead(firm != nullptr ? *firm : nobody, name);
  append(findings, std::move(letterhead.findings));
  if (!letterhead) return false;
  const std::string file = letterhead->package.name();
  Result<letterhead::Subject> subject =
      letterhead::Subject::open(file, odf::write(*letterhead, k_any_time));
  append(findings, std::move(subject.findings));
  if (!subject) return false;
  out.letterhead_file = file;
  out.reference.emplace(std::move(*subject), firm != nullptr ? firm->data : deal::Value());
  return true;
}

} // namespace

Result<HouseFiles> read_house_files(const HouseOptions& options) {
  Findings findings;
  const std::optional<letter::Firm> firm = find_firm(options, findings);
  fs::path file = options.house;
  std::error_code error;
  if (file.empty() && firm) file = firm->folder / "house.json";
  if (options.house.empty() && (file.empty() || !fs::exists(file, error))) {
    // A firm that cannot be read is said to be that.
    if (!has_errors(findings)) findings.push_back(make_finding(Code::house_not_found, {}));
    return findings;
  }
  std::optional<letterhead::House> house = read_house_file(file, findings);
  if (!house) return findings;
  HouseFiles out;
  out.house = std::move(*house);
  out.house_file = file;
  if (read_reference(options, firm ? &*firm : nullptr, out, findings))
    append(findings, letterhead::check_house(out.house, out.reference ? &*out.reference : nullptr,
                                             file.string()));
  Listing listing = list_documents(options, firm ? &*firm : nullptr, findings);
  out.documents = {listing.documents.begin(), listing.documents.end()};
  out.unread = std::move(listing.unread);
  out.words_left_out = listing.words;
  if (has_errors(findings)) return findings;
  Result<HouseFiles> result(std::move(out));
  result.findings = std::move(findings);
  return result;
}

Findings check_house_file(const fs::path& file, const fs::path& firm_folder) {
  HouseOptions options;
  options.house = file.string();
  options.firm = firm_folder.string();
  Findings findings;
  const std::optional<letter::Firm> firm = find_firm(options, findings);
  std::optional<letterhead::House> house = read_house_file(file, findings);
  if (!house) return findings;
  HouseFiles files;
  files.house = std::move(*house);
  if (!read_reference(options, firm ? &*firm : nullptr, files, findings) || !files.reference)
    return findings;
  std::vector<letterhead::Subject> templates;
  if (firm)
    if (Result<letter::FirmFolder> list = letter::list_firm(firm->folder))
      for (const fs::path& one : list->templates)
        if (Result<std::string> read = letter::read_file(one))
          if (Result<letterhead::Subject> subject =
                  letterhead::Subject::open(one.string(), std::move(*read)))
            templates.push_back(std::move(*subject));
  append(findings,
         letterhead::check_styles_named(files.house, *files.reference, templates, file.string()));
  return findings;
}

void in_parallel(std::size_t count, unsigned workers, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& done) {
  if (workers == 0) workers = std::max(1U, std::thread::hardware_concurrency());
  std::mutex mutex;
  std::condition_variable ready;
  std::vector<bool> finished(count, false);
  std::exception_ptr failure;
  std::size_t next = 0;
  std::size_t shown = 0;
  // No thread runs far ahead of what has been shown: results wait in memory.
  const std::size_t ahead = std::size_t{16} * workers;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < std::min<std::size_t>(workers, count); ++t)
    threads.emplace_back([&] {
      while (true) {
        std::unique_lock lock(mutex);
        ready.wait(lock, [&] { return next >= count || failure || next < shown + ahead; });
        if (next >= count || failure) return;
        const std::size_t i = next++;
        lock.unlock();
        try {
          work(i);
        } catch (...) {
          lock.lock();
          if (!failure) failure = std::current_exception();
          lock.unlock();
        }
        lock.lock();
        finished[i] = true;
        ready.notify_all();
      }
    });
  {
    std::unique_lock lock(mutex);
    while (shown < count && !failure) {
      ready.wait(lock, [&] { return finished[shown] || failure; });
      if (failure) break;
      lock.unlock();
      done(shown);
      lock.lock();
      ++shown;
      ready.notify_all();
    }
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

Progress::Progress(std::size_t count, bool is_quiet)
    : m_count(count), m_shown(!is_quiet && count > 1 && is_terminal()) {}

Progress::~Progress() { clear(); }

void Progress::at(std::size_t done, const std::string& name) {
  if (!m_shown) return;
  std::fprintf(stderr, "\r\033[K%zu of %zu  %s", done, m_count, name.c_str());
  std::fflush(stderr);
  m_dirty = true;
}

void Progress::clear() {
  if (m_dirty) std::fputs("\r\033[K", stderr);
  m_dirty = false;
}

} // namespace engross::cli
