// SPDX-License-Identifier: MPL-2.0
#include "cli/assemble.hpp"
#include "cli/audit.hpp"
#include "cli/book.hpp"
#include "cli/check.hpp"
#include "cli/letterhead.hpp"
#include "cli/standardise.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace engross;

constexpr std::int64_t k_zip_epoch = 315532800; // 1980-01-01, the oldest time that a zip can hold

/// Reproducible builds' variable (reproducible-builds.org/specs/source-date-epoch): seconds since
/// 1970. The engine never looks at the environment; it is passed down from here. No value where it
/// holds something else.
std::optional<std::int64_t> read_source_date_epoch() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  std::int64_t time = 0;
  if (text == nullptr || *text == '\0') return k_zip_epoch;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), time);
  if (error != std::errc() || *end != '\0' || time < 0) return std::nullopt;
  return std::max(time, k_zip_epoch);
}

std::int64_t source_date_epoch() { return read_source_date_epoch().value_or(k_zip_epoch); }

/// The day by which review dates are judged: that of SOURCE_DATE_EPOCH, else of the clock; UTC.
std::string today() {
  using namespace std::chrono;
  const std::int64_t given = source_date_epoch();
  const sys_days day = floor<days>(given > k_zip_epoch ? sys_seconds(seconds(given))
                                                       : floor<seconds>(system_clock::now()));
  const year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

void add_voice(CLI::App& command, cli::Voice& voice) {
  command.add_flag("--json", voice.json, "Findings as one JSON object a line on standard output");
  command.add_flag("--quiet", voice.quiet, "Print nothing but errors");
}

void add_data(CLI::App& command, std::vector<std::string>& deals,
              std::vector<std::string>& assignments) {
  command.add_option("--deal", deals, "Deal data: .json, .xml, .ini or .info; later files win")
      ->type_name("FILE")
      ->expected(1, -1);
  command.add_option("--set", assignments, "One value of the deal, as PATH=VALUE")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->take_all()
      ->check([](const std::string& text) {
        return text.find('=') == std::string::npos ? "--set wants PATH=VALUE, not " + text
                                                   : std::string();
      });
}

/// Books after the firm's own.
void add_books(CLI::App& command, std::string& office, std::vector<std::string>& books) {
  command.add_option("--office", office, "Office whose opinion books override the firm's")
      ->type_name("NAME");
  command.add_option("--book", books, "book.json of yours, which overrides all others; may repeat")
      ->type_name("FILE")
      ->expected(1)
      ->take_all();
}

void add_sources(CLI::App& command, cli::AssembleOptions& options) {
  command.add_option("template", options.template_file, "Template: .odt, .ott or .fodt")
      ->required()
      ->type_name("TEMPLATE");
  add_data(command, options.deals, options.assignments);
  command.add_option("--firm", options.firm, "Firm folder; else the one above the template")
      ->type_name("DIR");
  command
      .add_option("--letterhead", options.letterhead, "Name of a letterhead; else the firm's own")
      ->type_name("NAME");
  add_books(command, options.office, options.books);
  command
      .add_option("--opinions", options.opinions,
                  "Opinion paragraphs by name, in (+) or out (-): --opinions=+id,-id; may repeat")
      ->type_name("LIST")
      ->join(',');
  add_voice(command, options.voice);
}

void add_time_limit(CLI::App& command, int& seconds) {
  command
      .add_option("--time-limit", seconds,
                  "Seconds that LibreOffice may take for DOCX and PDF; " + std::to_string(seconds) +
                      " where nothing is said")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 86400));
}

/// The words of the command, last one first as the parser wants them. "--option=" gives the option
/// nothing; the parser would take the next word for its value.
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> out;
  bool options = true;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    options = options && word != "--";
    if (options && word.starts_with("--") && word.size() > 3 && word.find('=') + 1 == word.size()) {
      word.pop_back();
      out.push_back(std::move(word));
      out.emplace_back();
    } else {
      out.push_back(std::move(word));
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

void add_house(CLI::App& command, cli::HouseOptions& options) {
  command.add_option("path", options.paths, "Documents (.odt, .ott, .fodt) and folders of them")
      ->required()
      ->type_name("PATH")
      ->expected(1, -1);
  command.add_option("--house", options.house, "House style; else house.json of the firm folder")
      ->type_name("FILE");
  command.add_option("--firm", options.firm, "Firm folder; else the one above")->type_name("DIR");
  command
      .add_option("--letterhead", options.letterhead,
                  "Letterhead to compare with; else that of the house style or the firm")
      ->type_name("NAME");
}

int run(int argc, char** argv) {
  CLI::App app{
      "Engross: legal letters from ODT templates, deal data and approved opinion paragraphs",
      "engross"};
  app.set_version_flag("--version", "engross " ENGROSS_VERSION);
  app.require_subcommand(1);
  app.footer("Exit status: 0 done, 1 findings, 2 usage, 3 file or disk, 4 LibreOffice missing or\n"
             "failed, 70 a fault of Engross, 130 interrupted.");

  cli::AssembleOptions assemble;
  assemble.time = source_date_epoch();
  assemble.today = today();
  CLI::App* assemble_command = app.add_subcommand("assemble", "Make one letter");
  add_sources(*assemble_command, assemble);
  assemble_command
      ->add_option("-o,--output", assemble.outputs, "Letter: .odt, .docx or .pdf; may repeat")
      ->required()
      ->type_name("OUT")
      ->expected(1, -1);
  assemble_command
      ->add_option("--mode", assemble.mode,
                   "Missing values: strict (no letter), draft ([name]) or partial (tag kept)")
      ->type_name("MODE")
      ->check(CLI::IsMember({"strict", "draft", "partial"}));
  add_time_limit(*assemble_command, assemble.time_limit);
  assemble_command->footer(
      "Example:\n  engross assemble takedown-opinion.fodt --deal takedown.json "
      "-o letter.odt letter.docx letter.pdf");

  cli::AssembleOptions explain;
  CLI::App* explain_command =
      app.add_subcommand("explain", "Say which opinion paragraphs are in, which are out, and why");
  add_sources(*explain_command, explain);
  explain_command->footer("Example:\n  engross explain takedown-opinion.fodt --deal takedown.json");

  cli::CheckOptions check;
  CLI::App* check_command = app.add_subcommand("check", "Find the faults that show without data");
  check_command
      ->add_option("path", check.paths,
                   "Template, firm folder or firm.json, book.json, house.json, deal or schema")
      ->required()
      ->type_name("PATH")
      ->expected(1, -1);
  check_command->add_option("--firm", check.firm, "Firm folder; else the one above the template")
      ->type_name("DIR");
  check_command->add_option("--letterhead", check.letterhead, "Name of a letterhead")
      ->type_name("NAME");
  add_books(*check_command, check.office, check.books);
  add_voice(*check_command, check.voice);
  check_command->footer("Example:\n  engross check firm/templates/takedown-opinion.fodt");

  cli::FieldsOptions fields;
  CLI::App* fields_command =
      app.add_subcommand("fields", "Print the JSON Schema of the data that a template needs");
  fields_command->add_option("template", fields.template_file, "Template: .odt, .ott or .fodt")
      ->required()
      ->type_name("TEMPLATE");
  fields_command->add_option("--firm", fields.firm, "Firm folder; else the one above the template")
      ->type_name("DIR");
  fields_command->add_option("--letterhead", fields.letterhead, "Name of a letterhead")
      ->type_name("NAME");
  fields_command->add_flag("--sample", fields.sample, "Print a deal to be filled in instead");
  add_books(*fields_command, fields.office, fields.books);
  add_voice(*fields_command, fields.voice);
  fields_command->footer("Example:\n  engross fields takedown-opinion.fodt --sample > deal.json");

  cli::ConvertOptions convert;
  convert.time = source_date_epoch();
  CLI::App* convert_command =
      app.add_subcommand("convert", "Export a letter to DOCX and PDF, or pack flat ODF");
  convert_command->add_option("file", convert.file, "Letter: .odt or .fodt")
      ->required()
      ->type_name("FILE");
  convert_command
      ->add_option("-o,--output", convert.outputs, "Result: .docx, .pdf, .odt or .ott; may repeat")
      ->required()
      ->type_name("OUT")
      ->expected(1, -1);
  add_time_limit(*convert_command, convert.time_limit);
  add_voice(*convert_command, convert.voice);
  convert_command->footer("Example:\n  engross convert letter.odt -o letter.docx letter.pdf");

  cli::AuditOptions audit;
  audit.today = today();
  CLI::App* audit_command =
      app.add_subcommand("audit", "Find what breaks the house style, in files and folders");
  add_house(*audit_command, audit.house);
  audit_command->add_flag(
      "--laid-out", audit.laid_out,
      "Through LibreOffice: headers as they stand on every page, as ODT, PDF and "
      "DOCX; Word files too");
  audit_command->add_flag("--reload-docx", audit.reload_docx,
                          "As --laid-out, and lay out the DOCX too, as LibreOffice reads it again");
  add_time_limit(*audit_command, audit.time_limit);
  audit_command->add_option("--html", audit.html, "Report as one HTML file")->type_name("FILE");
  audit_command->add_option("--workers", audit.workers, "Threads; else as many as the machine has")
      ->type_name("N");
  add_voice(*audit_command, audit.voice);
  audit_command->footer("Example:\n  engross audit letters --house firm/house.json");

  cli::LetterheadOptions letterhead;
  letterhead.time = source_date_epoch();
  CLI::App* letterhead_command =
      app.add_subcommand("letterhead", "Put a letter or a template on another letterhead");
  letterhead_command->add_option("file", letterhead.file, "Letter or template: .odt, .ott or .fodt")
      ->required()
      ->type_name("FILE");
  letterhead_command
      ->add_option("--with", letterhead.letterhead, "Name of the letterhead, or its file")
      ->required()
      ->type_name("NAME");
  letterhead_command
      ->add_option("-o,--output", letterhead.outputs,
                   "Result: .odt, .ott, .fodt, .docx or .pdf; may repeat")
      ->required()
      ->type_name("OUT")
      ->expected(1, -1);
  letterhead_command
      ->add_option("--firm", letterhead.firm, "Firm folder; else the one above the file")
      ->type_name("DIR");
  add_data(*letterhead_command, letterhead.deals, letterhead.assignments);
  add_time_limit(*letterhead_command, letterhead.time_limit);
  add_voice(*letterhead_command, letterhead.voice);
  letterhead_command->footer("What the letterhead of a letter shows (date, addressee, office) "
                             "comes from --deal and --set;\n"
                             "a template keeps the letterhead's tags.\n"
                             "Example:\n  engross letterhead letter.odt --with marlow-pike-a4 "
                             "--firm firm --deal deal.json "
                             "-o new.odt new.pdf");
  cli::StandardiseOptions standardise;
  standardise.time = source_date_epoch();
  CLI::App* standardise_command = app.add_subcommand(
      "standardise", "Repair what breaks the house style, as far as it is certain");
  add_house(*standardise_command, standardise.house);
  standardise_command->add_option("--out", standardise.out, "Folder for the corrected copies")
      ->type_name("DIR");
  standardise_command->add_flag("--in-place", standardise.in_place,
                                "Correct the files themselves; each original stays as NAME.bak");
  standardise_command
      ->add_option("--workers", standardise.workers, "Threads; else as many as the machine has")
      ->type_name("N");
  add_voice(*standardise_command, standardise.voice);
  standardise_command->footer(
      "Example:\n  engross standardise letters --firm firm --out corrected");

  cli::BookOptions book;
  CLI::App* book_command =
      app.add_subcommand("book", "Look into an opinion book, begin one, add to it");
  book_command->require_subcommand(1);
  const auto book_subcommand = [&](const char* name, const char* what) {
    CLI::App* command = book_command->add_subcommand(name, what);
    command->add_option("path", book.path, "book.json or firm folder")
        ->required()
        ->type_name("PATH");
    add_books(*command, book.office, book.books);
    add_voice(*command, book.voice);
    return command;
  };
  CLI::App* list_command = book_subcommand("list", "List the opinion paragraphs");
  list_command->add_option("--group", book.group, "Only those of one group")->type_name("GROUP");
  list_command->footer("Example:\n  engross book list firm --group takedown");
  CLI::App* show_command = book_subcommand("show", "Show one opinion paragraph");
  show_command->add_option("id", book.id, "Its id")->required()->type_name("ID");
  show_command->footer("Example:\n  engross book show firm/opinions/book.json good-standing");

  cli::BookToolOptions book_tool;
  book_tool.time = source_date_epoch();
  CLI::App* new_command = book_command->add_subcommand("new", "Begin an opinion book");
  new_command->add_option("folder", book_tool.folder, "Folder of the book")
      ->required()
      ->type_name("DIR");
  new_command->add_flag("--flat", book_tool.flat, "Flat ODF, which version control can compare");
  add_voice(*new_command, book_tool.voice);
  new_command->footer("Example:\n  engross book new firm/opinions");
  CLI::App* extract_command = book_command->add_subcommand(
      "extract", "Make an opinion paragraph from a section of a letter");
  const auto extract_option = [&](const char* name, std::string& value, const char* what,
                                  const char* type) {
    return extract_command->add_option(name, value, what)->type_name(type);
  };
  extract_option("letter", book_tool.letter, "Letter: .odt, .ott or .fodt", "LETTER")->required();
  extract_option("--section", book_tool.section, "Name of the section in Writer", "NAME")
      ->required();
  extract_option("--id", book_tool.id, "Id of the new paragraph", "ID")->required();
  extract_option("--group", book_tool.group, "Its group", "GROUP")->required();
  extract_option("--title", book_tool.title, "Its title; else made of the id", "TITLE");
  extract_option("--into", book_tool.into, "book.json, or its folder", "BOOK")->required();
  add_voice(*extract_command, book_tool.voice);
  extract_command->footer("Example:\n  engross book extract old-letter.odt --section Standing "
                          "--id good-standing --group takedown --into firm/opinions");

  try {
    std::vector<std::string> words = words_of(argc, argv);
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? cli::k_done : cli::k_usage;
  }
  if (!read_source_date_epoch()) {
    std::fprintf(stderr,
                 "SOURCE_DATE_EPOCH is “%s”; it must be seconds since 1970, in digits.\n"
                 "Correct it or unset it.\n",
                 std::getenv("SOURCE_DATE_EPOCH"));
    return cli::k_usage;
  }
  if (assemble_command->parsed()) return cli::assemble(assemble);
  if (explain_command->parsed()) return cli::explain(explain);
  if (check_command->parsed()) return cli::check(check);
  if (audit_command->parsed()) return cli::audit(audit);
  if (standardise_command->parsed()) return cli::standardise(standardise);
  if (fields_command->parsed()) return cli::fields(fields);
  if (letterhead_command->parsed()) return cli::change_letterhead(letterhead);
  if (list_command->parsed()) return cli::book_list(book);
  if (show_command->parsed()) return cli::book_show(book);
  if (new_command->parsed()) return cli::book_new(book_tool);
  if (extract_command->parsed()) return cli::book_extract(book_tool);
  return cli::convert(convert);
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    cli::print({make_finding(Code::internal_error, {}, {error.what()})}, {});
    return cli::k_our_bug;
  }
}
