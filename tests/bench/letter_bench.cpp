// SPDX-License-Identifier: MPL-2.0
// Measures the engine in process and the command as a process. One thread; one JSON object with
// the readings on standard output. What the readings mean stands in README.md.

#include "letter/assembly.hpp"
#include "letterhead/apply.hpp"
#include "odf/deflate.hpp"
#include "odf/document.hpp"
#include "odf/package.hpp"
#include "templating/compile.hpp"

#include <CLI/CLI.hpp>
#include <libdeflate.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ; // POSIX

namespace engross::bench {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Elapsed time and processor time of this process, in seconds.
struct Time {
  double wall = 0;
  double cpu = 0;

  Time& operator+=(const Time& other) {
    wall += other.wall;
    cpu += other.cpu;
    return *this;
  }
  friend Time operator-(const Time& a, const Time& b) { return {a.wall - b.wall, a.cpu - b.cpu}; }
  friend Time operator/(const Time& a, double n) { return {a.wall / n, a.cpu / n}; }
};

Time now() {
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
  timespec cpu{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return {wall.count(), static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) * 1e-9};
}

template <class F> Time time_of(F&& work) {
  const Time begin = now();
  work();
  return now() - begin;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// The median of each clock by itself.
Time median(const std::vector<Time>& times) {
  std::vector<double> wall;
  std::vector<double> cpu;
  for (const Time& time : times) {
    wall.push_back(time.wall);
    cpu.push_back(time.cpu);
  }
  return {median(wall), median(cpu)};
}

Time median_of(int repeats, const std::function<void()>& work) {
  std::vector<Time> times(static_cast<std::size_t>(repeats));
  for (Time& time : times) time = time_of(work);
  return median(times);
}

json in_ms(const Time& time) { return {{"wall_ms", time.wall * 1e3}, {"cpu_ms", time.cpu * 1e3}}; }

/// A figure of a letter that is not as it should be would be worth nothing.
void refuse(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings)
    if (finding.severity == Severity::error) text += to_text(finding) + "\n";
  if (!text.empty()) throw std::runtime_error(text);
}

template <class T> T taken(Result<T> result) {
  refuse(result.findings);
  return std::move(*result);
}

struct Options {
  std::string template_file;
  std::string deal;
  std::string letterhead;
  std::string out; ///< folder for letters
  int count = 300;
  int repeats = 15;
  std::vector<std::string> command;
};

letter::Assembly compile(const Options& options) {
  return taken(letter::Assembly::compile({options.template_file, {}, {}}));
}

odf::Document opened(const fs::path& file) {
  return taken(odf::Document::open(file.string(), taken(letter::read_file(file))));
}

/// The stages of compile that the template and its letterhead cause, each by itself.
json compile_stages(const Options& options) {
  std::vector<Time> open;
  std::vector<Time> apply;
  std::vector<Time> tags;
  for (int i = 0; i < options.repeats; ++i) {
    std::optional<odf::Document> document;
    open.push_back(time_of([&] { document = opened(options.template_file); }));
    apply.push_back(
        time_of([&] { refuse(letterhead::apply(*document, opened(options.letterhead))); }));
    tags.push_back(time_of([&] {
      for (const auto& [part, dom] :
           {std::pair{"styles.xml", &document->styles},
            std::pair{"content.xml", &document->content}, std::pair{"meta.xml", &document->meta}}) {
        const templating::MarkedPart marked =
            templating::mark_tags(*dom, document->package.name(), part);
        refuse(marked.findings);
        templating::Emitter emitter(marked);
        emitter.children(*dom);
        if (emitter.finish().code.empty()) throw std::runtime_error("nothing was compiled");
      }
    }));
  }
  return {{"open", in_ms(median(open))},
          {"letterhead", in_ms(median(apply))},
          {"tags", in_ms(median(tags))}};
}

/// The same deal with the file number of letter `n`.
deal::Deal numbered(const deal::Deal& deal, int n) {
  deal::Object root = deal.root.as_object();
  deal::Object registration = root.find("registration")->as_object();
  registration.set("file_number", std::string("333-" + std::to_string(100000 + n)));
  root.set("registration", registration);
  return {root, deal.files, deal.formats};
}

fs::path letter_file(const Options& options, int n) {
  return fs::path(options.out) / (std::to_string(n) + ".odt");
}

std::string rendered(const letter::Assembly& assembly, const deal::Deal& deal) {
  letter::Letter letter = assembly.render(deal);
  refuse(letter.findings);
  return std::move(letter.odt);
}

/// What a package of the same parts costs when its text is there: the parts that differ from
/// letter to letter deflated, the others copied.
Time packing(const std::string& odt, int count) {
  const odf::Package package = taken(odf::Package::open("letter.odt", odt));
  std::vector<std::pair<std::string, std::string>> written;
  for (const char* path : {"content.xml", "styles.xml", "meta.xml"})
    written.emplace_back(path, package.read(path));
  odf::DeflaterPool pool;
  const auto pack = [&] {
    odf::PackageWriter writer(package.mimetype(), 315532800, &pool);
    for (const std::string& path : package.paths())
      if (path != "content.xml" && path != "styles.xml" && path != "meta.xml")
        writer.copy(path, std::string(package.media_type(path)), package.raw(path));
    for (const auto& [path, bytes] : written) writer.add(path, "text/xml", bytes);
    if (writer.finish("1.3").empty()) throw std::runtime_error("nothing was packed");
  };
  pack();
  return time_of([&] {
           for (int i = 0; i < count; ++i) pack();
         }) /
         count;
}

/// The floor: the bytes that differ from letter to letter go through libdeflate at our level, and
/// a file of the letter's size is written. No template, no data, no zip.
struct Floor {
  Time deflate;
  Time write;
};
Floor floor_of(const std::string& odt, const fs::path& folder, int count) {
  const odf::Package package = taken(odf::Package::open("letter.odt", odt));
  std::vector<std::string> parts;
  for (const char* path : {"content.xml", "styles.xml", "meta.xml"})
    parts.push_back(package.read(path));
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(odf::k_deflate_level);
  std::string packed(libdeflate_deflate_compress_bound(compressor, 1U << 20U), '\0');
  const auto deflate = [&] {
    for (const std::string& part : parts)
      if (libdeflate_deflate_compress(compressor, part.data(), part.size(), packed.data(),
                                      packed.size()) == 0)
        throw std::runtime_error("nothing was deflated");
  };
  deflate();
  Floor out;
  for (int i = 0; i < count; ++i) {
    out.deflate += time_of(deflate);
    const std::string file = (folder / ("floor" + std::to_string(i))).string();
    out.write += time_of([&] {
      const int handle = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
      if (handle < 0 || write(handle, odt.data(), odt.size()) != static_cast<ssize_t>(odt.size()) ||
          close(handle) != 0)
        throw std::runtime_error("cannot write " + file);
    });
  }
  libdeflate_free_compressor(compressor);
  return {out.deflate / count, out.write / count};
}

/// Peak of this process, in MB. Not getrusage's: that one begins with the parent's.
double peak_mb() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line))
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

json letters(const Options& options) {
  json out;
  out["compile"] = in_ms(median_of(options.repeats, [&] { compile(options); }));
  if (!options.letterhead.empty()) out["compile_stages"] = compile_stages(options);
  const letter::Assembly assembly = compile(options);
  const deal::Deal deal = taken(assembly.read_deal({options.deal}));
  out["read_deal"] =
      in_ms(median_of(options.repeats, [&] { taken(assembly.read_deal({options.deal})); }));

  for (int i = 0; i < 20; ++i) rendered(assembly, numbered(deal, i)); // caches warm
  Time rendering;
  Time writing;
  const Time begin = now();
  for (int i = 0; i < options.count; ++i) {
    const Time start = now();
    std::string odt = rendered(assembly, numbered(deal, i));
    const Time made = now();
    refuse(letter::write_files({{letter_file(options, i), std::move(odt)}}));
    rendering += made - start;
    writing += now() - made;
  }
  const Time whole = now() - begin;
  out["count"] = options.count;
  out["letters_per_s"] = options.count / whole.wall;
  out["letters_per_cpu_s"] = options.count / whole.cpu;
  out["letter"] = in_ms(whole / options.count);
  out["render"] = in_ms(rendering / options.count);
  out["write"] = in_ms(writing / options.count);
  out["peak_mb"] = peak_mb();

  const std::string odt = rendered(assembly, numbered(deal, 0));
  out["letter_bytes"] = odt.size();
  out["pack"] = in_ms(packing(odt, options.count));
  const Floor floor = floor_of(odt, options.out, options.count);
  out["floor_deflate"] = in_ms(floor.deflate);
  out["floor_write"] = in_ms(floor.write);
  return out;
}

/// One letter with a long loop, again and again.
json loop(const Options& options) {
  const letter::Assembly assembly = compile(options);
  const deal::Deal deal = taken(assembly.read_deal({options.deal}));
  std::size_t bytes = 0;
  const auto work = [&] {
    std::string odt = rendered(assembly, deal);
    bytes = odt.size();
    refuse(letter::write_files({{letter_file(options, 0), std::move(odt)}}));
  };
  const Time first = time_of(work);
  const double first_peak = peak_mb();
  const Time later = median_of(options.repeats, work);
  return {{"first", in_ms(first)},
          {"letter", in_ms(later)},
          {"peak_mb_of_one", first_peak},
          {"peak_mb", peak_mb()},
          {"letter_bytes", bytes}};
}

/// A command from its start to its end, some times; its own words are thrown away.
json process(const Options& options) {
  std::vector<std::string> words = options.command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<Time> times;
  double peak = 0;
  for (int i = 0; i <= options.repeats; ++i) {
    const Time begin = now();
    pid_t child = 0;
    if (posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
      throw std::runtime_error("cannot start " + words.front());
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) != child || status != 0)
      throw std::runtime_error(words.front() + " failed");
    if (i == 0) continue; // brings the files into memory
    const auto seconds = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    times.push_back({(now() - begin).wall, seconds(usage.ru_utime) + seconds(usage.ru_stime)});
    peak = std::max(peak, static_cast<double>(usage.ru_maxrss) / 1024);
  }
  posix_spawn_file_actions_destroy(&actions);
  json out = in_ms(median(times));
  out["runs"] = times.size();
  out["peak_mb"] = peak;
  return out;
}

} // namespace

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Measures Engross; README.md says what and how.");
  app.require_subcommand(1);
  const auto common = [&](CLI::App* mode) {
    mode->add_option("template", options.template_file)->required();
    mode->add_option("--deal", options.deal)->required();
    mode->add_option("--out", options.out, "folder for the letters")->required();
    mode->add_option("--repeats", options.repeats);
    return mode;
  };
  CLI::App* in_turn = common(app.add_subcommand("letters", "different letters, in turn"));
  in_turn->add_option("--count", options.count);
  in_turn->add_option("--letterhead", options.letterhead, "the one of the firm: stages of compile");
  common(app.add_subcommand("loop", "the same letter, again and again"));
  CLI::App* as_process = app.add_subcommand("process", "a command, from its start to its end");
  as_process->add_option("--repeats", options.repeats);
  as_process->add_option("command", options.command)->required();
  as_process->prefix_command();
  try {
    app.parse(argc, argv);
    const std::string mode = app.get_subcommands().front()->get_name();
    const json out = mode == "letters" ? letters(options)
                     : mode == "loop"  ? loop(options)
                                       : process(options);
    std::cout << out.dump() << "\n";
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}

} // namespace engross::bench

int main(int argc, char** argv) { return engross::bench::run(argc, argv); }
