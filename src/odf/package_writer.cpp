// SPDX-License-Identifier: MPL-2.0
#include "odf/deflate.hpp"
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "odf/zip_memory.hpp"

#include <minizip/zip.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace engross::odf {

namespace {

constexpr std::string_view k_manifest_path = "META-INF/manifest.xml";
constexpr uLong k_utf8_names = 1U << 11U;
constexpr uLong k_made_by = 20; // 2.0, FAT: no attributes of a file system

/// Zip's own date and time, UTC, two seconds' steps.
uLong dos_time(std::int64_t seconds) {
  constexpr std::int64_t first = 315532800; // 1980-01-01
  constexpr std::int64_t last = 4354819198; // 2107-12-31 23:59:58
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds(std::clamp(seconds, first, last))};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  const auto years = static_cast<unsigned>(static_cast<int>(date.year()) - 1980);
  return (years << 25U) | (static_cast<unsigned>(date.month()) << 21U) |
         (static_cast<unsigned>(date.day()) << 16U) |
         (static_cast<unsigned>(clock.hours().count()) << 11U) |
         (static_cast<unsigned>(clock.minutes().count()) << 5U) |
         (static_cast<unsigned>(clock.seconds().count()) / 2U);
}

} // namespace

struct PackageWriter::State {
  struct Part {
    std::string path;
    std::string media_type;
    Package::Raw raw{};     ///< bytes empty where they lie in `packed`
    std::size_t offset = 0; ///< in `packed`
    std::size_t length = 0;
    bool own = false;
  };

  std::string mimetype;
  uLong time;
  DeflaterPool* pool;
  std::unique_ptr<Deflater> deflater;
  std::vector<Part> parts;
  std::vector<Package::Folder> folders;
  std::string packed; ///< what add() deflated, one part after the other
  MemoryFile memory{};

  State(std::string type, std::int64_t seconds, DeflaterPool* lender)
      : mimetype(std::move(type)), time(dos_time(seconds)), pool(lender),
        deflater(lender != nullptr ? lender->take() : std::make_unique<Deflater>()) {
    parts.reserve(16);
  }
  ~State() {
    if (pool != nullptr && deflater) pool->give_back(std::move(deflater));
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Part pack(std::string path, std::string media_type, std::string_view bytes) {
    Part part{.path = std::move(path), .media_type = std::move(media_type)};
    part.raw = {{}, crc32(bytes), bytes.size(), Z_DEFLATED};
    part.offset = packed.size();
    part.length = deflater->append(packed, bytes);
    part.own = true;
    return part;
  }

  std::string_view bytes_of(const Part& part) const {
    return part.own ? std::string_view(packed).substr(part.offset, part.length) : part.raw.bytes;
  }

  std::string manifest(std::string_view version) const {
    std::string attribute;
    // ODF 1.3 part 2, 4.14: since 1.2.
    if (!version.empty() && version != "1.0" && version != "1.1") {
      attribute = " manifest:version=\"";
      append_escaped(attribute, version);
      attribute += '"';
    }
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
                      "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"";
    out += attribute + ">\n";
    const auto entry = [&](std::string_view path, std::string_view type, std::string_view more) {
      out += "<manifest:file-entry manifest:full-path=\"";
      append_escaped(out, path);
      out += '"';
      out += more;
      out += " manifest:media-type=\"";
      append_escaped(out, type);
      out += "\"/>\n";
    };
    entry("/", mimetype, attribute);
    for (const Package::Folder& folder : folders) {
      std::string more;
      if (!folder.version.empty()) {
        more = " manifest:version=\"";
        append_escaped(more, folder.version);
        more += '"';
      }
      entry(folder.path, folder.media_type, more);
    }
    for (const Part& part : parts) entry(part.path, part.media_type, {});
    return out + "</manifest:manifest>\n";
  }

  void write(zipFile zip, const std::string& path, std::string_view bytes,
             const Package::Raw& raw) const {
    zip_fileinfo info{};
    info.dosDate = time;
    int status = zipOpenNewFileInZip4_64(zip, path.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                         raw.method, raw.method == 0 ? 0 : Z_DEFAULT_COMPRESSION, 1,
                                         -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, nullptr, 0,
                                         k_made_by, k_utf8_names, 0);
    if (status == ZIP_OK)
      status = zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(bytes.size()));
    if (status == ZIP_OK) status = zipCloseFileInZipRaw64(zip, raw.size, raw.crc);
    if (status != ZIP_OK) throw std::bad_alloc();
  }
};

PackageWriter::PackageWriter(std::string mimetype, std::int64_t time, DeflaterPool* pool)
    : m_state(std::make_unique<State>(std::move(mimetype), time, pool)) {}

PackageWriter::~PackageWriter() = default;

void PackageWriter::add(std::string path, std::string media_type, std::string_view bytes) {
  m_state->parts.push_back(m_state->pack(std::move(path), std::move(media_type), bytes));
}

void PackageWriter::add_folder(const Package::Folder& folder) {
  m_state->folders.push_back(folder);
}

void PackageWriter::copy(std::string path, std::string media_type, const Package::Raw& raw) {
  m_state->parts.push_back(
      {.path = std::move(path), .media_type = std::move(media_type), .raw = raw});
}

std::string PackageWriter::finish(std::string_view version) {
  State& state = *m_state;
  std::stable_sort(state.parts.begin(), state.parts.end(),
                   [](const State::Part& a, const State::Part& b) { return a.path < b.path; });
  // Of equal paths the last one stays.
  const auto doubles =
      std::unique(state.parts.rbegin(), state.parts.rend(),
                  [](const State::Part& a, const State::Part& b) { return a.path == b.path; });
  state.parts.erase(state.parts.begin(), doubles.base());
  std::sort(state.folders.begin(), state.folders.end(),
            [](const Package::Folder& a, const Package::Folder& b) { return a.path < b.path; });

  State::Part manifest = state.pack(std::string(k_manifest_path), {}, state.manifest(version));
  const auto place =
      std::find_if(state.parts.begin(), state.parts.end(), [](const State::Part& part) {
        return std::string_view(part.path) > k_manifest_path;
      });
  state.parts.insert(place, std::move(manifest));

  // Everything at once, so that no growing copies what is written already.
  constexpr std::size_t headers = 30 + 46 + 16;
  std::size_t size = 22 + headers + 2 * std::string_view("mimetype").size() + state.mimetype.size();
  for (const State::Part& part : state.parts)
    size += headers + 2 * part.path.size() + state.bytes_of(part).size();
  std::string out;
  out.reserve(size);

  state.memory.output = &out;
  zlib_filefunc64_def functions = memory_functions(state.memory);
  const zipFile zip = zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  if (zip == nullptr) throw std::bad_alloc();
  try {
    const std::string_view type = state.mimetype;
    state.write(zip, "mimetype", type, {type, crc32(type), type.size(), 0});
    for (const State::Part& part : state.parts)
      state.write(zip, part.path, state.bytes_of(part), part.raw);
  } catch (...) {
    zipClose(zip, nullptr);
    throw;
  }
  if (zipClose(zip, nullptr) != ZIP_OK || state.memory.failed) throw std::bad_alloc();
  return out;
}

} // namespace engross::odf
