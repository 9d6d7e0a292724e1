// SPDX-License-Identifier: MPL-2.0
#include "cli/book.hpp"

#include "cli/outputs.hpp"
#include "letter/book_tools.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace engross::cli {

namespace {

using Json = nlohmann::ordered_json;

Result<std::vector<letter::BookEntry>> read_books(const BookOptions& options) {
  return letter::read_book(options.path, options.office,
                           {options.books.begin(), options.books.end()});
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

/// Names and values in the order in which a person wants them; empty ones are left out.
std::vector<std::pair<const char*, std::string>> facts(const letter::BookEntry& e) {
  std::vector<std::pair<const char*, std::string>> out = {
      {"title", e.title},
      {"group", e.group},
      {"rule", e.rule},
      {"requires", joined(e.needs)},
      {"excludes", joined(e.excludes)},
      {"alternatives", e.alternatives},
      {"covers", joined(e.covers)},
      {"backup", joined(e.backup)},
      {"version", e.version},
      {"owner", e.owner},
      {"approved by", e.approved_by},
      {"approved on", e.approved_on},
      {"review by", e.review_by},
      {"overrides", e.overrides},
      {"note", e.note},
  };
  std::erase_if(out, [](const auto& fact) { return fact.second.empty(); });
  return out;
}

Json to_json(const letter::BookEntry& e) {
  return {{"id", e.id},
          {"title", e.title},
          {"group", e.group},
          {"rule", e.rule},
          {"requires", e.needs},
          {"excludes", e.excludes},
          {"alternatives", e.alternatives},
          {"covers", e.covers},
          {"backup", e.backup},
          {"version", e.version},
          {"owner", e.owner},
          {"approved_by", e.approved_by},
          {"approved_on", e.approved_on},
          {"review_by", e.review_by},
          {"overrides", e.overrides},
          {"note", e.note},
          {"text", e.text}};
}

} // namespace

std::string to_json_line(const letter::OpinionChoice& choice) {
  Json values = Json::object();
  for (const auto& [name, value] : choice.values) values[name] = value;
  return line_of({{"id", choice.id},
                  {"group", choice.group},
                  {"title", choice.title},
                  {"in", choice.chosen},
                  {"decider", choice.decider},
                  {"reason", choice.reason},
                  {"rule", choice.rule},
                  {"values", values}});
}

ExitStatus book_list(const BookOptions& options) {
  const Result<std::vector<letter::BookEntry>> book = read_books(options);
  if (book)
    for (const letter::BookEntry& e : *book) {
      if (!options.group.empty() && e.group != options.group) continue;
      if (options.voice.json)
        put(line_of(to_json(e)));
      else
        put(e.group + "/" + e.id + ": " + e.title);
    }
  print(book.findings, options.voice);
  return exit_status(book.findings);
}

ExitStatus book_show(const BookOptions& options) {
  Result<std::vector<letter::BookEntry>> book = read_books(options);
  if (book) {
    const auto found =
        std::find_if(book->begin(), book->end(), [&](const auto& e) { return e.id == options.id; });
    if (found == book->end()) {
      std::vector<std::string> ids;
      for (const letter::BookEntry& e : *book) ids.push_back(e.id);
      const auto close = closest_name(options.id, ids);
      Place place;
      place.file = options.path;
      book.findings.push_back(
          make_finding(Code::opinion_unknown, place,
                       {options.id, close ? "Did you mean “" + *close + "”?"
                                          : "“engross book list” names those there are."}));
    } else if (options.voice.json) {
      put(line_of(to_json(*found)));
    } else {
      put(found->id);
      for (const auto& [name, value] : facts(*found)) put("  " + std::string(name) + ": " + value);
      put("\n" + found->text);
    }
  }
  print(book.findings, options.voice);
  return exit_status(book.findings);
}

ExitStatus book_new(const BookToolOptions& options) {
  namespace fs = std::filesystem;
  Result<std::vector<letter::Output>> files =
      letter::new_book(options.folder, options.flat, options.time);
  if (!files) return finish(files.findings, options.voice);
  std::error_code error;
  const bool made = fs::create_directory(options.folder, error);
  const ExitStatus status = write_and_say(std::move(files.findings), *files, options.voice);
  if (made && status != k_done) fs::remove(options.folder, error); // only while it is empty
  return status;
}

ExitStatus book_extract(const BookToolOptions& options) {
  namespace fs = std::filesystem;
  letter::Extraction extraction;
  extraction.letter = options.letter;
  extraction.section = options.section;
  std::error_code error;
  extraction.book = fs::is_directory(options.into, error) ? fs::path(options.into) / "book.json"
                                                          : fs::path(options.into);
  extraction.id = options.id;
  extraction.group = options.group;
  extraction.title = options.title;
  extraction.time = options.time;
  Result<std::vector<letter::Output>> files = letter::extract_opinion(extraction);
  if (!files) return finish(files.findings, options.voice);
  return write_and_say(std::move(files.findings), *files, options.voice);
}

} // namespace engross::cli
