// SPDX-License-Identifier: MPL-2.0
#include "office/converter.hpp"
#include "office/locate.hpp"
#include "office/process.hpp"
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace engross::office::test {

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::string_view k_page_break =
    R"x(<style:style style:name="NewPage" style:family="paragraph" style:parent-style-name="Standard">)x"
    R"x(<style:paragraph-properties fo:break-before="page"/></style:style>)x"
    R"x(<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" )x"
    R"x(style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" )x"
    R"x(style:num-format="A" style:num-prefix="(" style:num-suffix=")"/></text:list-style>)x";

/// Every reference in it says something wrong.
Odt stale_letter() {
  Odt out;
  out.styles = k_page_break;
  out.body =
      R"(<text:p>To <text:bookmark-start text:name="name"/>Carrow &amp; Steele<text:bookmark-end text:name="name"/></text:p>)"
      R"(<text:p>Quoted [<text:bookmark-ref text:reference-format="text" text:ref-name="name">STALE-NAME</text:bookmark-ref>],)"
      R"( item [<text:bookmark-ref text:reference-format="number-no-superior" text:ref-name="item">STALE-NUMBER</text:bookmark-ref>],)"
      R"( page [<text:bookmark-ref text:reference-format="page" text:ref-name="item">–</text:bookmark-ref>]</text:p>)"
      R"(<text:list text:style-name="Numbers"><text:list-item><text:p>One</text:p></text:list-item>)"
      R"(<text:list-item><text:p>Two</text:p><text:list><text:list-item><text:p>First</text:p></text:list-item>)"
      R"(<text:list-item><text:p text:style-name="NewPage"><text:bookmark-start text:name="item"/>Second<text:bookmark-end text:name="item"/></text:p>)"
      R"(</text:list-item></text:list></text:list-item></text:list>)";
  return out;
}

Odt plain_letter(const std::string& text = "Gentlemen:") {
  return {"<text:p>" + text + "</text:p>", "", "", {}};
}

/// So many pages that an export takes seconds.
Odt endless_letter() {
  Odt out;
  for (int i = 0; i < 40000; ++i) {
    out.body += "<text:p>The Bank is validly existing as a banking association under the laws of "
                "the United States, paragraph " +
                std::to_string(i) + ".</text:p>";
  }
  return out;
}

std::string ids(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += std::string(out.empty() ? "" : " ") + std::string(code_name(f.code));
  }
  return out;
}

fs::path program_folder() {
  const char* home = std::getenv("LO_HOME");
  const auto found = find_program_folder(home == nullptr ? "" : home);
  return found ? *found : "";
}

class ConverterTest : public testing::Test {
 protected:
  ConverterTest() {
    fs::create_directory(m_temporary);
    ::setenv("TMPDIR", m_temporary.c_str(), 1);
    options.worker = ENGROSS_OFFICE_WORKER;
    options.office = program_folder();
    write_odt(letter, plain_letter());
  }

  ~ConverterTest() override { ::unsetenv("TMPDIR"); }

  /// Nothing of ours runs, and nothing lies in the temporary folder.
  void expect_all_gone() const {
    EXPECT_TRUE(wait_until([] { return children_of(::getpid()).empty(); }));
    EXPECT_THAT(names_in(m_temporary), IsEmpty());
  }

  /// The processes of a converter that has done a letter.
  static long worker_id() {
    const std::vector<long> children = children_of(::getpid());
    return children.size() == 1 ? children[0] : 0;
  }
  static long office_id() {
    const std::vector<long> children = children_of(worker_id());
    return children.size() == 1 ? children[0] : 0;
  }

  /// The worker's folder; empty while there is none.
  fs::path work_folder() const {
    const std::vector<std::string> names = names_in(m_temporary);
    return names.size() == 1 ? m_temporary / names[0] : fs::path();
  }

  /// Waits until the office has a letter in its hands.
  bool wait_for_letter_in_work() const {
    return wait_until([this] {
      std::error_code error;
      return !work_folder().empty() && !fs::is_empty(work_folder() / "letter", error) && !error;
    });
  }

  /// Waits until the office, the leader of that group, reads the letter, of which it makes a copy.
  /// Before that, its death would be mended in silence.
  bool wait_for_letter_in_office(long group) const {
    return wait_until([&] {
      const std::string copies = (work_folder() / "tmp").string();
      for (const long member : members_of_group(group)) {
        std::error_code error;
        for (const fs::directory_entry& file :
             fs::directory_iterator("/proc/" + std::to_string(member) + "/fd", error)) {
          const std::string open = fs::read_symlink(file.path(), error).string();
          if (open.starts_with(copies) && open.ends_with(".tmp")) return true;
        }
      }
      return false;
    });
  }

  TempFolder folder;
  fs::path m_temporary = folder / "tmp";
  fs::path letter = folder / "letter.odt";
  Options options;
};

TEST_F(ConverterTest, StaleReferencesAreRightInEveryFormat) {
  write_odt(letter, stale_letter());
  const std::string before = read_file(letter);
  {
    Converter converter(options);
    const Findings findings =
        converter.convert({letter, {folder / "out.docx", folder / "out.pdf", folder / "out.odt"}});
    ASSERT_EQ(ids(findings), "");
  }
  const std::string document = read_part(folder / "out.docx", "word/document.xml");
  EXPECT_THAT(docx_text(document), HasSubstr("Quoted [Carrow & Steele], item [(B)], page [2]"));
  EXPECT_THAT(document, Not(HasSubstr("STALE")));
  const std::vector<Field> fields = docx_fields(document);
  ASSERT_THAT(fields, SizeIs(3));
  EXPECT_THAT(fields[0].instruction, StartsWith("REF name"));
  EXPECT_EQ(fields[0].result, "Carrow & Steele");
  EXPECT_THAT(fields[1].instruction, StartsWith("REF item"));
  EXPECT_THAT(fields[1].instruction, HasSubstr("\\n"));
  EXPECT_EQ(fields[1].result, "(B)");
  EXPECT_THAT(fields[2].instruction, StartsWith("PAGEREF item"));
  EXPECT_EQ(fields[2].result, "2");

  EXPECT_THAT(pdf_text(folder / "out.pdf"),
              HasSubstr("Quoted [Carrow & Steele], item [(B)], page [2]"));
  const std::string content = read_part(folder / "out.odt", "content.xml");
  EXPECT_THAT(content, HasSubstr(">(B)</text:bookmark-ref>"));
  EXPECT_THAT(content, HasSubstr(">2</text:bookmark-ref>"));
  EXPECT_EQ(read_part(folder / "out.odt", "Thumbnails/thumbnail.png"), "");

  EXPECT_EQ(read_file(letter), before);
  EXPECT_THAT(names_in(folder.path()),
              ElementsAre("letter.odt", "out.docx", "out.odt", "out.pdf", "tmp"));
  expect_all_gone();
}

TEST_F(ConverterTest, IndexGetsItsPages) {
  Odt odt;
  odt.styles = k_page_break;
  odt.body =
      R"(<text:table-of-content text:name="Contents" text:protected="false">)"
      R"(<text:table-of-content-source text:outline-level="1"><text:table-of-content-entry-template )"
      R"(text:outline-level="1" text:style-name="Standard"><text:index-entry-text/>)"
      R"(<text:index-entry-tab-stop style:type="right" style:leader-char="."/>)"
      R"(<text:index-entry-page-number/></text:table-of-content-entry-template>)"
      R"(</text:table-of-content-source><text:index-body><text:p>STALE</text:p></text:index-body>)"
      R"(</text:table-of-content><text:p>first page</text:p><text:p text:style-name="NewPage"/>)"
      R"(<text:p text:style-name="NewPage"/><text:h text:outline-level="1">Annex A</text:h>)";
  write_odt(letter, odt);
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "");
  const std::string text = pdf_text(folder / "out.pdf");
  EXPECT_THAT(text, testing::ContainsRegex("Annex A *[.]* *3\n"));
  EXPECT_THAT(text, Not(HasSubstr("STALE")));
}

TEST_F(ConverterTest, FileNameFieldShowsTheResult) {
  write_odt(
      letter,
      {R"(<text:p>[<text:file-name text:display="name">x</text:file-name>]</text:p>)", "", "", {}});
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "Opinion of Counsel.pdf"}})), "");
  EXPECT_THAT(pdf_text(folder / "Opinion of Counsel.pdf"), HasSubstr("[Opinion of Counsel]"));
}

TEST_F(ConverterTest, AnyNameOfFileAndFolder) {
  const fs::path odd = folder / "Müller & Søn #1 100% $HOME 'x' 意見";
  fs::create_directory(odd);
  const fs::path source = odd / "a%20b ü.odt";
  write_odt(source, plain_letter());
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({source, {odd / "an #?%41 ü 意.docx", odd / "$x.pdf"}})), "");
  EXPECT_THAT(names_in(odd), SizeIs(3));
  EXPECT_THAT(docx_text(read_part(odd / "an #?%41 ü 意.docx", "word/document.xml")),
              HasSubstr("Gentlemen:"));
}

TEST_F(ConverterTest, AllOutputsOrNone) {
  const fs::path kept = folder / "kept.docx";
  write_file(kept, "what stood there");
  fs::create_directory(folder / "folder.pdf");
  Converter converter(options);
  for (const fs::path& impossible : {folder / "missing" / "out.pdf", folder / "folder.pdf"}) {
    const Findings findings = converter.convert({letter, {kept, folder / "new.docx", impossible}});
    ASSERT_EQ(ids(findings), "file_not_written");
    EXPECT_EQ(findings[0].place.file, impossible.string());
    EXPECT_EQ(read_file(kept), "what stood there");
    EXPECT_THAT(names_in(folder.path()),
                ElementsAre("folder.pdf", "kept.docx", "letter.odt", "tmp"));
  }
  ASSERT_EQ(ids(converter.convert({letter, {kept, folder / "new.docx"}})), "");
  EXPECT_THAT(docx_text(read_part(kept, "word/document.xml")), HasSubstr("Gentlemen:"));
}

TEST_F(ConverterTest, LinkedResultStaysALink) {
  fs::create_directory(folder / "archive");
  write_file(folder / "archive" / "real.pdf", "old");
  fs::create_symlink("archive/real.pdf", folder / "out.pdf");
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "");
  EXPECT_TRUE(fs::is_symlink(folder / "out.pdf"));
  EXPECT_THAT(read_file(folder / "archive" / "real.pdf"), StartsWith("%PDF-"));
}

TEST_F(ConverterTest, RefusedLetterHarmsNoOther) {
  write_file(folder / "broken.odt", "PK\x03\x04 this is no package");
  write_file(folder / "empty.odt", "");
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
  const long office = office_id();
  ASSERT_NE(office, 0);
  for (const char* name : {"broken.odt", "empty.odt"}) {
    const Findings findings = converter.convert({folder / name, {folder / "two.pdf"}});
    ASSERT_EQ(ids(findings), "office_not_opened") << name;
    EXPECT_THAT(findings[0].message, HasSubstr(name));
    EXPECT_THAT(findings[0].message, Not(HasSubstr(".cxx"))); // nothing that only its makers read
  }
  EXPECT_FALSE(fs::exists(folder / "two.pdf"));
  ASSERT_EQ(ids(converter.convert({letter, {folder / "three.pdf"}})), "");
  EXPECT_EQ(office_id(), office);
}

TEST_F(ConverterTest, WrongArguments) {
  Converter converter(options);
  EXPECT_EQ(ids(converter.convert({folder / "none.odt", {folder / "out.pdf"}})), "file_not_found");
  EXPECT_EQ(ids(converter.convert({letter, {folder / "out.pdf", folder / "out.txt"}})),
            "unknown_format");
  EXPECT_EQ(ids(converter.convert({letter, {}})), "");
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
  EXPECT_FALSE(fs::exists(folder / "out.pdf"));
}

TEST_F(ConverterTest, MissingOfficeNamesThePackage) {
  fs::create_directory(folder / "nowhere");
  options.office = folder / "nowhere";
  Converter converter(options);
  const Findings findings = converter.convert({letter, {folder / "out.pdf"}});
  ASSERT_EQ(ids(findings), "office_missing");
  EXPECT_THAT(findings[0].hint, HasSubstr("libreoffice-writer"));
  EXPECT_EQ(code_id(findings[0].code).substr(0, 4), "EG-X");
}

TEST_F(ConverterTest, OfficeWithoutWriterIsMissing) {
  fs::create_directory(folder / "program");
  fs::create_symlink(program_folder() / "soffice.bin", folder / "program" / "soffice.bin");
  options.office = folder / "program";
  Converter converter(options);
  EXPECT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "office_missing");
}

TEST_F(ConverterTest, MissingWorker) {
  options.worker = folder / "engross-office";
  Converter converter(options);
  EXPECT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "office_worker_missing");
}

TEST_F(ConverterTest, WorkerThatIsNone) {
  options.worker = folder / "engross-office";
  write_file(options.worker, "#!/bin/sh\necho 'wrong library' >&2\nexit 7\n");
  fs::permissions(options.worker, fs::perms::owner_all);
  Converter converter(options);
  const Findings findings = converter.convert({letter, {folder / "out.pdf"}});
  ASSERT_EQ(ids(findings), "office_not_started");
  EXPECT_THAT(findings[0].message, HasSubstr("wrong library"));
}

/// A program folder like the real one, but what starts the office is a script.
void fake_office(const fs::path& folder, const std::string& script) {
  fs::create_directory(folder);
  for (const fs::directory_entry& entry : fs::directory_iterator(program_folder())) {
    if (entry.path().filename().string().starts_with("soffice")) continue;
    fs::create_symlink(entry.path(), folder / entry.path().filename());
  }
  write_file(folder / "soffice", "#!/bin/sh\n" + script);
  fs::permissions(folder / "soffice", fs::perms::owner_all);
}

TEST_F(ConverterTest, HangingOfficeIsKilledWhole) {
  fake_office(folder / "program", "echo $$ > \"$(dirname \"$0\")/id\"\nsleep 3600 &\n"
                                  "trap '' TERM\nwait\nsleep 3600\n");
  options.office = folder / "program";
  options.time_limit = std::chrono::seconds(2);
  {
    Converter converter(options);
    const Findings findings = converter.convert({letter, {folder / "out.pdf"}});
    ASSERT_EQ(ids(findings), "office_time_limit");
    EXPECT_THAT(findings[0].message, HasSubstr("2 seconds"));
    const long group = std::stol(read_file(folder / "program" / "id"));
    EXPECT_TRUE(wait_until([&] { return members_of_group(group).empty(); }));
  }
  EXPECT_FALSE(fs::exists(folder / "out.pdf"));
  expect_all_gone();
}

TEST_F(ConverterTest, OfficeThatDoesNotStartSaysWhy) {
  fake_office(folder / "program", "echo 'cannot open display'\nexit 3\n");
  options.office = folder / "program";
  Converter converter(options);
  const Findings findings = converter.convert({letter, {folder / "out.pdf"}});
  ASSERT_EQ(ids(findings), "office_not_started");
  EXPECT_THAT(findings[0].message, HasSubstr("status 3"));
  EXPECT_THAT(findings[0].message, HasSubstr("cannot open display"));
}

TEST_F(ConverterTest, LetterThatTakesTooLong) {
  write_odt(letter, endless_letter());
  options.time_limit = std::chrono::seconds(3);
  {
    Converter converter(options);
    EXPECT_EQ(ids(converter.convert({letter, {folder / "out.docx", folder / "out.pdf"}})),
              "office_time_limit");
    EXPECT_THAT(children_of(worker_id()), IsEmpty());
  }
  EXPECT_THAT(names_in(folder.path()), ElementsAre("letter.odt", "tmp"));
  expect_all_gone();
}

TEST_F(ConverterTest, CrashIsAFindingAndTheNextLetterWorks) {
  write_odt(folder / "endless.odt", endless_letter());
  {
    Converter converter(options);
    ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
    const long office = office_id();
    ASSERT_NE(office, 0);
    std::thread killer([&] {
      if (wait_for_letter_in_office(office)) ::kill(static_cast<pid_t>(office), SIGKILL);
    });
    const Findings findings = converter.convert({folder / "endless.odt", {folder / "two.pdf"}});
    killer.join();
    ASSERT_EQ(ids(findings), "office_failed");
    EXPECT_THAT(findings[0].message, HasSubstr("endless.odt"));
    EXPECT_FALSE(fs::exists(folder / "two.pdf"));

    ASSERT_EQ(ids(converter.convert({letter, {folder / "three.pdf"}})), "");
    EXPECT_NE(office_id(), office);
  }
  expect_all_gone();
}

/// The process is gone, but what it had started keeps the connection open, so that the bridge hears
/// nothing: as it sometimes happens without such help.
TEST_F(ConverterTest, CrashThatTheBridgeDoesNotHearOf) {
  fake_office(folder / "program",
              "'" + (program_folder() / "soffice.bin").string() + "' \"$@\" &\nwait $!\nexit $?\n");
  options.office = folder / "program";
  write_odt(folder / "endless.odt", endless_letter());
  {
    Converter converter(options);
    ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
    const long office = office_id();
    ASSERT_NE(office, 0);
    EXPECT_THAT(listening_sockets(office), SizeIs(2));
    for (const fs::path& pipe : listening_sockets(office)) EXPECT_FALSE(fs::exists(pipe)) << pipe;
    std::thread killer([&] {
      if (wait_for_letter_in_office(office)) ::kill(static_cast<pid_t>(office), SIGKILL);
    });
    const Findings findings = converter.convert({folder / "endless.odt", {folder / "two.pdf"}});
    killer.join();
    ASSERT_EQ(ids(findings), "office_failed");
    EXPECT_THAT(findings[0].message, HasSubstr("its process ended"));
    EXPECT_FALSE(fs::exists(folder / "two.pdf"));
    EXPECT_TRUE(wait_until([&] { return members_of_group(office).empty(); }));
    EXPECT_EQ(ids(converter.convert({letter, {folder / "three.pdf"}})), "");
  }
  expect_all_gone();
}

TEST_F(ConverterTest, OfficeThatDiedMeanwhileIsReplacedInSilence) {
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
  const long office = office_id();
  ::kill(static_cast<pid_t>(office), SIGKILL);
  ASSERT_TRUE(wait_until([&] { return children_of(worker_id()).empty(); }));
  EXPECT_EQ(ids(converter.convert({letter, {folder / "two.pdf"}})), "");
}

TEST_F(ConverterTest, DeadWorkerTakesItsOfficeAlong) {
  write_odt(folder / "endless.odt", endless_letter());
  {
    Converter converter(options);
    ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
    const long worker = worker_id();
    const long office = office_id();
    std::thread killer([&] {
      if (wait_for_letter_in_work()) ::kill(static_cast<pid_t>(worker), SIGKILL);
    });
    EXPECT_EQ(ids(converter.convert({folder / "endless.odt", {folder / "two.pdf"}})),
              "office_failed");
    killer.join();
    EXPECT_TRUE(wait_until([&] { return members_of_group(office).empty(); }));
    EXPECT_THAT(names_in(m_temporary), IsEmpty());
    EXPECT_EQ(ids(converter.convert({letter, {folder / "three.pdf"}})), "");
  }
  expect_all_gone();
}

/// The letter at hand when the caller dies must not keep the office alive either.
TEST_F(ConverterTest, DeadCallerLeavesNothing) {
  write_odt(folder / "endless.odt", endless_letter());
  for (const bool busy : {false, true}) {
    const pid_t caller = ::fork();
    if (caller == 0) {
      Converter converter(options);
      converter.convert({letter, {folder / "one.pdf"}});
      write_file(folder / "ready", "");
      if (busy) converter.convert({folder / "endless.odt", {folder / "two.pdf"}});
      ::pause();
      std::_Exit(0);
    }
    ASSERT_TRUE(wait_until([&] { return fs::exists(folder / "ready"); }));
    const std::vector<long> workers = children_of(caller);
    ASSERT_THAT(workers, SizeIs(1));
    const std::vector<long> offices = children_of(workers[0]);
    ASSERT_THAT(offices, SizeIs(1));
    if (busy) {
      ASSERT_TRUE(wait_for_letter_in_work());
    }
    ::kill(caller, SIGKILL);
    ::waitpid(caller, nullptr, 0);
    EXPECT_TRUE(wait_until([&] { return members_of_group(workers[0]).empty(); }));
    EXPECT_THAT(members_of_group(offices[0]), IsEmpty());
    EXPECT_THAT(names_in(m_temporary), IsEmpty());
    fs::remove(folder / "ready");
  }
  EXPECT_FALSE(fs::exists(folder / "two.pdf"));
}

TEST_F(ConverterTest, WorkerAskedToEndCleansUp) {
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "one.pdf"}})), "");
  const long worker = worker_id();
  const long office = office_id();
  ::kill(static_cast<pid_t>(worker), SIGTERM);
  EXPECT_TRUE(wait_until([&] { return members_of_group(worker).empty(); }));
  EXPECT_THAT(members_of_group(office), IsEmpty());
  EXPECT_THAT(names_in(m_temporary), IsEmpty());
  EXPECT_EQ(ids(converter.convert({letter, {folder / "two.pdf"}})), "");
}

TEST_F(ConverterTest, FolderOfAKilledWorkerGoesWithTheNextStart) {
  const fs::path left = m_temporary / "engross-office-abcdef";
  fs::create_directory(left);
  write_file(left / "lock", "");
  const fs::path pipe =
      fs::path("/tmp") / ("OSL_PIPE_" + std::to_string(::geteuid()) + "_engross-office-abcdef");
  write_file(pipe, "");
  fs::create_directory(m_temporary / "engross-office-begun"); // no lock: one that is being made
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "");
  EXPECT_FALSE(fs::exists(left));
  EXPECT_FALSE(fs::exists(pipe));
  EXPECT_TRUE(fs::exists(m_temporary / "engross-office-begun"));
}

TEST_F(ConverterTest, OfficeIsReplacedAfterSoManyLetters) {
  options.letters_per_office = 2;
  Converter converter(options);
  std::vector<long> offices;
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(ids(converter.convert({letter, {folder / "out.docx"}})), "");
    offices.push_back(office_id());
  }
  EXPECT_EQ(offices[0], offices[1]);
  EXPECT_NE(offices[1], offices[2]);
  EXPECT_EQ(offices[2], offices[3]);
  EXPECT_NE(offices[3], offices[4]);
}

TEST_F(ConverterTest, TwoConvertersSideBySide) {
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  threads.reserve(2);
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([this, i, &done] {
      Converter converter(options);
      for (int k = 0; k < 3; ++k) {
        const fs::path out = folder / ("out" + std::to_string(i) + std::to_string(k) + ".pdf");
        if (converter.convert({letter, {out}}).empty() && fs::exists(out)) ++done;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(done, 6);
  expect_all_gone();
}

/// Once connected there is no way into the office for anybody else.
TEST_F(ConverterTest, OfficeIsNotReachableForOthers) {
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "out.pdf"}})), "");
  const std::string name = work_folder().filename().string();
  ASSERT_THAT(name, StartsWith("engross-office-"));
  for (const fs::directory_entry& entry : fs::directory_iterator("/tmp")) {
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr(name)));
  }
  EXPECT_EQ(fs::status(work_folder()).permissions(), fs::perms::owner_all);
}

TEST_F(ConverterTest, NothingOutsideTheLetterIsLoaded) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(server, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(server, 5), 0);
  ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size);
  const std::string web = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  write_odt(folder / "other.odt", plain_letter("FOREIGN TEXT"));
  // A red picture, so that it shows in a PDF if it gets there.
  write_file(folder / "red.ppm", "P3 2 1 255 255 0 0 255 0 0\n");

  const std::string file = "file://" + folder.path().string();
  const auto picture = [](const std::string& url) {
    return R"(<text:p><draw:frame text:anchor-type="as-char" svg:width="2in" svg:height="1in"><draw:image xlink:href=")" +
           url +
           R"(" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>)";
  };
  const auto section = [](const std::string& name, const std::string& url) {
    return R"(<text:section text:name=")" + name + R"("><text:section-source xlink:href=")" + url +
           R"(" xlink:type="simple" xlink:show="embed"/><text:p>kept</text:p></text:section>)";
  };
  write_odt(letter, {picture(web + "/a.png") + picture(file + "/red.ppm") +
                         section("s1", file + "/other.odt") + section("s2", web + "/other.odt"),
                     "",
                     "",
                     {}});
  Converter converter(options);
  ASSERT_EQ(ids(converter.convert({letter, {folder / "out.docx", folder / "out.pdf"}})), "");
  const std::string text = pdf_text(folder / "out.pdf");
  EXPECT_THAT(text, Not(HasSubstr("FOREIGN")));
  EXPECT_THAT(text, HasSubstr("kept"));
  EXPECT_LT(::accept(server, nullptr, nullptr), 0) << "the office went to the network";
  ::close(server);
  EXPECT_THAT(read_file(folder / "out.pdf"), Not(HasSubstr("/Subtype/Image")));
}

} // namespace

} // namespace engross::office::test
