// SPDX-License-Identifier: MPL-2.0
// The component in this process, without an office: registration, arguments, findings, and that
// nothing is thrown where the office would not survive it.
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/XDispatch.hpp>
#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/lang/XInitialization.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/uno/RuntimeException.hpp>
#include <cppuhelper/bootstrap.hxx>
#include <cppuhelper/implbase1.hxx>
#include <gmock/gmock.h>
#include <org/engross/Assembler.hpp>
#include <org/engross/AssemblyException.hpp>
#include <org/engross/Mode.hpp>
#include <org/engross/Severity.hpp>
#include <osl/file.hxx>
#include <rtl/ref.hxx>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>

namespace {

using css::uno::Reference;
using css::uno::Sequence;
using rtl::OUString;

OUString text(const std::string& utf8) {
  return OUString::fromUtf8(rtl::OString(utf8.data(), static_cast<sal_Int32>(utf8.size())));
}

std::string utf8(const OUString& value) {
  return rtl::OUStringToOString(value, RTL_TEXTENCODING_UTF8).getStr();
}

OUString url(const std::filesystem::path& path) {
  OUString out;
  osl::FileBase::getFileURLFromSystemPath(text(path.string()), out);
  return out;
}

std::string bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// One context for all tests: the bootstrap of the office's runtime is per process.
class Runtime : public testing::Environment {
 public:
  void SetUp() override { s_context = cppu::defaultBootstrap_InitialComponentContext(); }
  void TearDown() override {
    Reference<css::lang::XComponent>(s_context, css::uno::UNO_QUERY_THROW)->dispose();
    s_context.clear();
  }
  static Reference<css::uno::XComponentContext> s_context;
};
Reference<css::uno::XComponentContext> Runtime::s_context;
[[maybe_unused]] testing::Environment* const k_runtime =
    testing::AddGlobalTestEnvironment(new Runtime);

class AssemblerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "engross-uno-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    m_folder = pattern;
    m_request.FirmFolder = url(m_firm);
    m_request.Template = url(m_firm / "templates/takedown-opinion.fodt");
    set_deal(m_firm / "deals/takedown.json");
    m_assembler = org::engross::Assembler::create(Runtime::s_context);
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  void set_deal(const std::filesystem::path& file) {
    const OUString deal = url(file);
    m_request.DealFiles = Sequence<OUString>(&deal, 1);
  }

  std::filesystem::path assemble(const std::string& name) {
    const OUString output = url(m_folder / name);
    m_assembler->assembleToFile(m_request, Sequence<OUString>(&output, 1));
    return m_folder / name;
  }

  /// Findings of the AssemblyException that the call must end with.
  template <class Call> Sequence<org::engross::Finding> findings_of(Call call) {
    try {
      call();
    } catch (const org::engross::AssemblyException& error) {
      EXPECT_TRUE(error.Findings.hasElements());
      EXPECT_FALSE(error.Message.isEmpty());
      EXPECT_TRUE(error.Context.is());
      return error.Findings;
    }
    ADD_FAILURE() << "no exception";
    return {};
  }

  bool empty_folder() const { return std::filesystem::is_empty(m_folder); }

  std::filesystem::path m_firm = std::filesystem::path(ENGROSS_SOURCE_DIR) / "templates";
  std::filesystem::path m_folder;
  org::engross::Request m_request;
  Reference<org::engross::XAssembler> m_assembler;
};

TEST_F(AssemblerTest, SaysWhatItIs) {
  const Reference<css::lang::XServiceInfo> info(m_assembler, css::uno::UNO_QUERY_THROW);
  EXPECT_EQ(utf8(info->getImplementationName()), "org.engross.comp.Assembler");
  EXPECT_TRUE(info->supportsService("org.engross.Assembler") != 0);
  EXPECT_FALSE(info->supportsService("org.engross.Other") != 0);
  EXPECT_THAT(utf8(m_assembler->getVersion()), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST_F(AssemblerTest, WritesALetter) {
  const auto file = assemble("letter.odt");
  const std::string odt = bytes(file);
  EXPECT_THAT(odt, testing::StartsWith("PK"));
  EXPECT_THAT(odt, testing::HasSubstr("application/vnd.oasis.opendocument.text"));
  EXPECT_EQ(bytes(assemble("again.odt")), odt) << "same request, same bytes";
}

TEST_F(AssemblerTest, WritesSeveralFilesOrNone) {
  Sequence<OUString> outputs(2);
  outputs.getArray()[0] = url(m_folder / "a b.odt");
  outputs.getArray()[1] = url(m_folder / "ä.ODT");
  m_assembler->assembleToFile(m_request, outputs);
  EXPECT_EQ(bytes(m_folder / "a b.odt"), bytes(m_folder / "ä.ODT"));
  std::filesystem::remove(m_folder / "a b.odt");
  std::filesystem::remove(m_folder / "ä.ODT");

  outputs.getArray()[1] = url(m_folder / "missing/b.odt");
  findings_of([&] { m_assembler->assembleToFile(m_request, outputs); });
  EXPECT_TRUE(empty_folder());
}

TEST_F(AssemblerTest, OutputsMustBeFilesOfALetter) {
  for (const char* name :
       {"file:///tmp/letter.doc", "http://example.org/letter.odt", "/tmp/letter.odt", ""}) {
    const OUString output = text(name);
    const auto found = findings_of(
        [&] { m_assembler->assembleToFile(m_request, Sequence<OUString>(&output, 1)); });
    ASSERT_EQ(found.getLength(), 1) << name;
    const bool is_url = std::string_view(name).starts_with("file:");
    EXPECT_EQ(utf8(found[0].Code), is_url ? "EG-A004" : "EG-A019") << name;
  }
  findings_of([&] { m_assembler->assembleToFile(m_request, {}); });
}

TEST_F(AssemblerTest, NothingThatTheLetterIsMadeFromIsWrittenOver) {
  const auto own = m_folder / "template.odt";
  m_request.Template = url(assemble("template.odt"));
  const std::string before = bytes(own);
  Sequence<OUString> outputs(1);
  outputs.getArray()[0] = url(m_folder / "." / "template.odt");
  const auto found = findings_of([&] { m_assembler->assembleToFile(m_request, outputs); });
  EXPECT_EQ(utf8(found[0].Code), "EG-A003");
  EXPECT_EQ(bytes(own), before);
  outputs.realloc(2);
  outputs.getArray()[0] = outputs.getArray()[1] = url(m_folder / "twice.odt");
  findings_of([&] { m_assembler->assembleToFile(m_request, outputs); });
  EXPECT_FALSE(std::filesystem::exists(m_folder / "twice.odt"));
}

TEST_F(AssemblerTest, ADraftMarksWhatIsMissing) {
  const auto deal = m_folder / "incomplete.json";
  std::string text = bytes(m_firm / "deals/takedown.json");
  text.replace(text.find("\"salutation\""), 12, "\"greeting\"");
  std::ofstream(deal) << text;
  set_deal(deal);
  findings_of([&] { assemble("strict.odt"); });
  m_request.Mode = org::engross::Mode::DRAFT;
  EXPECT_THAT(bytes(assemble("draft.odt")), testing::StartsWith("PK"));
}

TEST_F(AssemblerTest, FindingsCarryPlaceAndRemedy) {
  const auto deal = m_folder / "broken.json";
  std::ofstream(deal) << "{\n  \"letter\": {,}\n}\n";
  set_deal(deal);
  const auto output = url(m_folder / "letter.odt");
  const auto found =
      findings_of([&] { m_assembler->assembleToFile(m_request, Sequence<OUString>(&output, 1)); });
  const org::engross::Finding& finding = found[0];
  EXPECT_THAT(utf8(finding.Code), testing::StartsWith("EG-D"));
  EXPECT_EQ(finding.Severity, org::engross::Severity::ERROR);
  EXPECT_FALSE(finding.Message.isEmpty());
  EXPECT_THAT(utf8(finding.Where.File), testing::HasSubstr("broken.json"));
  EXPECT_EQ(finding.Where.Line, 2);
  EXPECT_THAT(utf8(finding.Text), testing::HasSubstr(utf8(finding.Message)));
  EXPECT_FALSE(std::filesystem::exists(m_folder / "letter.odt"));
}

TEST_F(AssemblerTest, AMissingOrForeignTemplateIsAFinding) {
  for (const OUString& name :
       {url(m_folder / "no.fodt"), text("http://example.org/a.fodt"), OUString()}) {
    m_request.Template = name;
    findings_of([&] { m_assembler->opinions(m_request); });
    EXPECT_TRUE(m_assembler->check(m_request).hasElements()) << utf8(name);
  }
}

TEST_F(AssemblerTest, CheckThrowsNothing) {
  EXPECT_THAT(m_assembler->check(org::engross::Request()).getLength(), testing::Gt(0));
  set_deal(m_firm / "firm.json");
  EXPECT_NO_THROW(m_assembler->check(m_request));
}

TEST_F(AssemblerTest, OpinionsCanBeChosenByHand) {
  const auto before = m_assembler->opinions(m_request);
  ASSERT_GT(before.getLength(), 5);
  sal_Int32 charter = -1;
  for (sal_Int32 i = 0; i < before.getLength(); ++i) {
    EXPECT_FALSE(before[i].Title.isEmpty());
    EXPECT_FALSE(before[i].Reason.isEmpty());
    if (before[i].Title == "Charter of a national bank") charter = i;
  }
  ASSERT_GE(charter, 0);
  ASSERT_TRUE(before[charter].Chosen != 0);
  const std::string by_rules = bytes(assemble("rules.odt"));
  const org::engross::OpinionChoice out(before[charter].Id, false);
  m_request.Opinions = Sequence<org::engross::OpinionChoice>(&out, 1);
  EXPECT_FALSE(m_assembler->opinions(m_request)[charter].Chosen != 0);
  EXPECT_NE(bytes(assemble("hand.odt")), by_rules);
}

TEST_F(AssemblerTest, AssignmentsStandOverTheDeal) {
  const std::string before = bytes(assemble("before.odt"));
  const org::engross::Assignment other("letter.date", "2007-03-15");
  m_request.Assignments = Sequence<org::engross::Assignment>(&other, 1);
  EXPECT_NE(bytes(assemble("after.odt")), before);
}

TEST_F(AssemblerTest, ListsAFirmFolder) {
  const auto firm = m_assembler->firm(url(m_firm));
  EXPECT_EQ(utf8(firm.Name), "Marlow & Pike LLP");
  EXPECT_TRUE(firm.Templates.hasElements());
  for (const OUString& file : firm.Templates)
    EXPECT_THAT(utf8(file), testing::StartsWith("file:///"));
  EXPECT_TRUE(firm.Deals.hasElements());
  EXPECT_TRUE(firm.Letterheads.hasElements());
  findings_of([&] { m_assembler->firm(url(m_folder)); });
  findings_of([&] { m_assembler->firm("nowhere"); });
}

TEST_F(AssemblerTest, ADocumentNeedsAnOffice) {
  // No desktop in this process: the one thing that may come out is a RuntimeException.
  EXPECT_THROW(m_assembler->assembleDocument(m_request, true), css::uno::RuntimeException);
}

TEST_F(AssemblerTest, ManyThreadsMayCall) {
  const std::string expected = bytes(assemble("one.odt"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([this, i] { assemble(std::to_string(i) + ".odt"); });
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(bytes(m_folder / (std::to_string(i) + ".odt")), expected);
}

/// Remembers what it is told.
class Listener final : public cppu::WeakImplHelper1<css::frame::XStatusListener> {
 public:
  void SAL_CALL statusChanged(const css::frame::FeatureStateEvent& event) override {
    ++m_calls;
    m_enabled = event.IsEnabled != 0;
  }
  void SAL_CALL disposing(const css::lang::EventObject&) override {}
  int m_calls = 0;
  bool m_enabled = false;
};

/// Fails in the way that ends an office.
class FailingListener final : public cppu::WeakImplHelper1<css::frame::XStatusListener> {
 public:
  void SAL_CALL statusChanged(const css::frame::FeatureStateEvent&) override {
    throw std::runtime_error("a listener that fails");
  }
  void SAL_CALL disposing(const css::lang::EventObject&) override {}
};

class DispatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    m_handler.set(Runtime::s_context->getServiceManager()->createInstanceWithContext(
                      "org.engross.comp.Dispatcher", Runtime::s_context),
                  css::uno::UNO_QUERY_THROW);
    Reference<css::lang::XInitialization>(m_handler, css::uno::UNO_QUERY_THROW)->initialize({});
  }

  /// As the office's own parser takes it apart.
  static css::util::URL command(const char* path) {
    css::util::URL out;
    out.Protocol = "vnd.org.engross:";
    out.Path = OUString::createFromAscii(path);
    out.Complete = out.Protocol + out.Path;
    return out;
  }

  Reference<css::frame::XDispatchProvider> m_handler;
};

TEST_F(DispatcherTest, KnowsItsCommandsAndNoOthers) {
  EXPECT_TRUE(m_handler->queryDispatch(command("NewLetter"), "_self", 0).is());
  EXPECT_TRUE(m_handler->queryDispatch(command("About"), "_self", 0).is());
  EXPECT_FALSE(m_handler->queryDispatch(command("Other"), "_self", 0).is());
  EXPECT_FALSE(m_handler->queryDispatch(command(""), "_self", 0).is());
  css::util::URL foreign = command("About");
  foreign.Protocol = "vnd.example:";
  EXPECT_FALSE(m_handler->queryDispatch(foreign, "_self", 0).is());

  Sequence<css::frame::DispatchDescriptor> requests(2);
  requests.getArray()[0].FeatureURL = command("About");
  requests.getArray()[1].FeatureURL = command("Other");
  const auto dispatches = m_handler->queryDispatches(requests);
  ASSERT_EQ(dispatches.getLength(), 2);
  EXPECT_TRUE(dispatches[0].is());
  EXPECT_FALSE(dispatches[1].is());
}

TEST_F(DispatcherTest, TellsTheMenuAtOnceThatItIsEnabled) {
  const auto dispatch = m_handler->queryDispatch(command("NewLetter"), "_self", 0);
  const rtl::Reference<Listener> listener(new Listener);
  dispatch->addStatusListener(listener.get(), command("NewLetter"));
  EXPECT_EQ(listener->m_calls, 1);
  EXPECT_TRUE(listener->m_enabled);
  dispatch->removeStatusListener(listener.get(), command("NewLetter"));
}

TEST_F(DispatcherTest, LetsNothingOut) {
  // Without an office there are no windows and no main thread to go to: all of it fails inside.
  const auto dispatch = m_handler->queryDispatch(command("NewLetter"), "_self", 0);
  EXPECT_NO_THROW(dispatch->dispatch(command("NewLetter"), {}));
  EXPECT_NO_THROW(dispatch->dispatch(command("Other"), {}));
  EXPECT_NO_THROW(dispatch->addStatusListener({}, command("NewLetter")));
  EXPECT_NO_THROW(dispatch->addStatusListener(new FailingListener, command("NewLetter")));
}

TEST_F(DispatcherTest, IsAProtocolHandler) {
  const Reference<css::lang::XServiceInfo> info(m_handler, css::uno::UNO_QUERY_THROW);
  EXPECT_TRUE(info->supportsService("com.sun.star.frame.ProtocolHandler") != 0);
  EXPECT_EQ(utf8(info->getImplementationName()), "org.engross.comp.Dispatcher");
}

} // namespace
