// SPDX-License-Identifier: MPL-2.0
// How long a book of a thousand opinion paragraphs takes: to load, to choose from, to render 300
// of.
#include "letter/assembly.hpp"
#include "opinion/book.hpp"
#include "opinion/choice.hpp"
#include "templating/context.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace engross;
namespace fs = std::filesystem;

constexpr int k_paragraphs = 1000;
constexpr int k_files = 5;
constexpr int k_rules = 500;
constexpr int k_chosen = 300;
constexpr int k_rounds = 15;

constexpr const char* k_head =
    R"x(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><style:style style:name="Opinion_20_1" style:family="paragraph" style:list-level="1"/><style:style style:name="Opinion_20_2" style:family="paragraph" style:list-level="2"/><text:list-style style:name="Opinions"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="A" style:num-prefix="(" style:num-suffix=")" style:num-letter-sync="true"/></text:list-style></office:styles><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles><office:body><office:text>)x";
constexpr const char* k_tail = "</office:text></office:body></office:document>";

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

/// A paragraph of some 90 words with values, a sub-list, a label and, in each tenth, a reference.
std::string section(int i) {
  const std::string n = std::to_string(i);
  const std::string item = R"(<text:list-item><text:p text:style-name="Opinion_20_2">)";
  return R"(<text:section text:name="p)" + n +
         R"("><text:list text:style-name="Opinions"><text:list-item><text:p text:style-name="Opinion_20_1">{% label "l)" +
         n +
         R"(" %}The <text:span text:style-name="T1">Company</text:span>, {{ company.name }}, a {{ company.state }} corporation, has the corporate power to enter into agreement number )" +
         n +
         R"( and to perform what it promises there, and has authorized, executed and delivered it, so that, as far as {{ voice.we }} know</text:p><text:list>)" +
         item +
         "it binds the Company{% if company.state == \"Delaware\" %} under Delaware law{% "
         "endif %}</text:p></text:list-item>" +
         item +
         (i % 10 == 9 ? "what paragraph {{ ref(\"l" + std::to_string(i % 300 / 10 * 10) +
                            "\") }} says of it is true here too"
                      : std::string("no consent of an authority is needed for it")) +
         "</text:p></text:list-item></text:list></text:list-item></text:list></text:section>";
}

void write_firm(const fs::path& firm) {
  std::string book = R"({"files":[)";
  for (int f = 0; f < k_files; ++f)
    book += std::string(f > 0 ? "," : "") + "\"f" + std::to_string(f) + ".fodt\"";
  book += R"(],"opinions":[)";
  std::vector<std::string> files(k_files, k_head);
  for (int i = 0; i < k_paragraphs; ++i) {
    const std::string n = std::to_string(i);
    book += std::string(i > 0 ? "," : "") + R"({"id":"p)" + n + R"(","title":"Paragraph )" + n +
            R"(","group":"g","approved":{"by":"Committee","on":"2026-01-05"},"covers":["Law"])";
    if (i < k_rules)
      book += R"(,"when":"company.state == \"Delaware\" and size >= )" +
              std::to_string(i < k_chosen ? 10 : 1000 + i) + R"( and documents | length > 1")";
    if (i % 10 == 9) book += R"(,"requires":["p)" + std::to_string(i % 300 / 10 * 10) + R"("])";
    book += "}";
    files[static_cast<std::size_t>(i * k_files / k_paragraphs)] += section(i);
  }
  write(firm / "opinions/book.json", book + "]}");
  for (int f = 0; f < k_files; ++f)
    write(firm / "opinions" / ("f" + std::to_string(f) + ".fodt"),
          files[static_cast<std::size_t>(f)] + k_tail);
  write(firm / "firm.json", R"({"name":"Bench","book":"opinions/book.json"})");
  write(firm / "letter.fodt",
        std::string(k_head) +
            R"(<text:p text:style-name="Opinion_20_1">{% opinions "g" %}</text:p>)" + k_tail);
  write(firm / "deal.json",
        R"({"company":{"name":"Acme Inc.","state":"Delaware"},"size":20,"documents":["a","b"]})");
}

template <class T> T taken(Result<T> result) {
  for (const Finding& finding : result.findings) std::fputs(to_text(finding).c_str(), stderr);
  if (!result) std::exit(1);
  return std::move(*result);
}

/// Milliseconds of the median round.
template <class F> double median(F&& work) {
  std::vector<double> times;
  for (int i = 0; i < k_rounds; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
  const fs::path firm = fs::path(argc > 1 ? argv[1] : ".") / "book_bench_firm";
  write_firm(firm);
  const fs::path file = firm / "opinions/book.json";
  const opinion::Book::FileReader reader = [&](const std::string& name) {
    return letter::read_file(name == file.string() ? file : file.parent_path() / name);
  };
  std::optional<opinion::Book> book;
  const double load = median([&] { book = taken(opinion::Book::load(file.string(), reader)); });

  const letter::Assembly assembly =
      taken(letter::Assembly::compile({firm / "letter.fodt", firm, {}}));
  const deal::Deal deal = taken(assembly.read_deal({firm / "deal.json"}));
  Findings findings;
  std::ptrdiff_t in = 0;
  const double choose = median([&] {
    templating::Context context(deal.root, {});
    const auto choices = opinion::choose(*book, context, {}, std::nullopt, findings);
    in = std::count_if(choices.begin(), choices.end(), [](const auto& c) { return c.in; });
  });
  std::size_t bytes = 0;
  const double render = median([&] {
    const letter::Letter letter = assembly.render(deal);
    for (const Finding& finding : letter.findings) std::fputs(to_text(finding).c_str(), stderr);
    bytes = letter.odt.size();
  });
  std::printf("book of %d paragraphs in %d files: load and compile %.1f ms\n", k_paragraphs,
              k_files, load);
  std::printf("choose among them with %d rules: %.2f ms (%d in)\n", k_rules, choose,
              static_cast<int>(in));
  std::printf("render a letter with them: %.1f ms (%zu bytes)\n", render, bytes);
  fs::remove_all(firm);
  return bytes > 0 && in == k_chosen ? 0 : 1;
}
