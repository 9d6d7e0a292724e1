# SPDX-License-Identifier: MPL-2.0
"""The packed .oxt in a real, headless office, driven from another process."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import threading
import unittest
import zipfile

from lxml import etree

import office
from office import FIRM, OXT, uno, unohelper

from com.sun.star.frame import XStatusListener  # noqa: E402
from org.engross import AssemblyException  # noqa: E402

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
COMPONENTS = "{http://openoffice.org/2010/uno-components}"

# A template with a reference whose text is wrong, as after an edit in another program.
STALE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:body><office:text>
  <text:p><text:bookmark-start text:name="who"/>Fresh &amp; Early LLP<text:bookmark-end text:name="who"/></text:p>
  <text:p>To <text:bookmark-ref text:reference-format="text" text:ref-name="who">STALE</text:bookmark-ref>.</text:p>
 </office:text></office:body></office:document>
"""


def xml_in_bundle(name):
    with zipfile.ZipFile(OXT) as archive:
        return etree.fromstring(archive.read(name))


def names_in_bundle(ending):
    with zipfile.ZipFile(OXT) as archive:
        return [name for name in archive.namelist() if name.endswith(ending)]


def request(template="templates/takedown-opinion.fodt", deal="deals/takedown.json"):
    made = uno.createUnoStruct("org.engross.Request")
    made.FirmFolder = FIRM.as_uri()
    made.Template = (FIRM / template).as_uri()
    made.DealFiles = ((FIRM / deal).as_uri(),)
    return made


class Service(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = office.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.start()
        cls.assembler = cls.office.create("org.engross.Assembler")

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=office.WORK))

    def tearDown(self):
        self.assertTrue(self.office.alive(), "the office lives on")

    # Installed

    def test_everything_in_the_manifest_is_registered(self):
        listed = self.office.listed()
        self.assertNotIn("is registered: no", listed)
        inside = listed[listed.index("bundled Packages"):]
        media_types = sorted(line.split(":", 1)[1].strip() for line in inside.splitlines()
                             if line.strip().startswith("Media-Type:"))
        # The platform is not said again.
        expected = sorted(entry.get(MANIFEST + "media-type").split(";platform")[0]
                          for entry in xml_in_bundle("META-INF/manifest.xml"))
        self.assertEqual([kind.split(";platform")[0] for kind in media_types], expected)

    def test_every_implementation_is_created(self):
        implementations = list(xml_in_bundle("engross.components").iter(COMPONENTS + "implementation"))
        self.assertGreaterEqual(len(implementations), 2)
        for implementation in implementations:
            name = implementation.get("name")
            made = self.office.create(name)
            self.assertIsNotNone(made, name)
            self.assertEqual(made.getImplementationName(), name)
            services = [service.get("name") for service in implementation.iter(COMPONENTS + "service")]
            self.assertEqual(list(made.getSupportedServiceNames()), services)

    def test_every_value_of_the_configuration_has_arrived(self):
        count = 0
        for name in names_in_bundle(".xcu"):
            root = xml_in_bundle(name)
            component = f"{root.get(OOR + 'package')}.{root.get(OOR + 'name')}"
            for prop in root.iter("prop"):
                nodes = [node.get(OOR + "name") for node in reversed(list(prop.iterancestors("node")))]
                path = f"/{component}/" + "/".join(f"['{node}']" if "." in node else node for node in nodes)
                value = self.office.configuration(path).getByName(prop.get(OOR + "name"))
                written = "".join(prop.find("value").itertext())
                if isinstance(value, tuple):
                    self.assertEqual(list(value), written.split(), path)
                elif "%origin%" in written:
                    self.assertTrue(value.endswith(written.removeprefix("%origin%")), value)
                else:
                    self.assertEqual(value, written, path)
                count += 1
        self.assertGreater(count, 10)

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("runuser"), "root installs as somebody else")
    def test_a_plain_user_installs_it(self):
        home = pathlib.Path(tempfile.mkdtemp(prefix="engross-user-"))
        self.addCleanup(shutil.rmtree, home, ignore_errors=True)
        shutil.copy(OXT, home / "engross.oxt")
        user = pwd.getpwnam("nobody")
        for path in (home, home / "engross.oxt"):
            os.chown(path, user.pw_uid, user.pw_gid)

        def run(program, *arguments):
            result = subprocess.run(
                ["runuser", "-u", "nobody", "--", "env", "-u", "URE_MORE_TYPES", f"HOME={home}", "SAL_USE_VCLPLUGIN=svp",
                 str(office.LO_HOME / "program" / program), *arguments[:1],
                 f"-env:UserInstallation={(home / 'profile').as_uri()}", *arguments[1:]],
                capture_output=True, text=True, cwd="/", timeout=180)
            self.assertEqual(result.returncode, 0, result.stderr)
            return result.stdout

        run("soffice", "--headless", "--norestore", "--terminate_after_init")
        run("unopkg", "add", "-s", str(home / "engross.oxt"))
        run("soffice", "--headless", "--norestore", "--terminate_after_init")
        listed = run("unopkg", "list", office.IDENTIFIER)
        self.assertEqual(listed.count("is registered: yes"),
                         1 + len(xml_in_bundle("META-INF/manifest.xml")))

    # Protocol

    def test_urls_are_dispatched(self):
        document = self.office.desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
        self.addCleanup(document.close, True)
        frame = document.CurrentController.Frame
        told = []

        class Listener(unohelper.Base, XStatusListener):
            def statusChanged(self, event):
                told.append((event.FeatureURL.Complete, event.IsEnabled))

            def disposing(self, source):
                pass

        for command in ("NewLetter", "ChangeLetterhead", "About"):
            url = self.office.url(f"vnd.org.engross:{command}")
            dispatch = frame.queryDispatch(url, "_self", 0)
            self.assertIsNotNone(dispatch, command)
            dispatch.addStatusListener(Listener(), url)
        office.wait_for(lambda: len(told) == 3, "the listeners to be told")
        self.assertEqual([enabled for _, enabled in told], [True, True, True])
        self.assertIsNone(frame.queryDispatch(self.office.url("vnd.org.engross:Other"), "_self", 0))

    # Letters

    def test_a_letter_goes_to_a_file(self):
        output = self.folder / "letter.odt"
        findings = self.assembler.assembleToFile(request(), (output.as_uri(),))
        self.assertEqual([finding.Code for finding in findings if finding.Severity == 2], [])
        with zipfile.ZipFile(output) as archive:
            first = archive.infolist()[0]
            self.assertEqual((first.filename, first.compress_type), ("mimetype", zipfile.ZIP_STORED))
            self.assertIsNone(archive.testzip())
        document = self.office.desktop.loadComponentFromURL(
            output.as_uri(), "_blank", 0, (office.property_value("Hidden", True),))
        self.assertIn("Ladies and Gentlemen", document.Text.String)
        document.close(True)

    def test_a_letter_goes_to_word_and_pdf(self):
        outputs = [self.folder / name for name in ("letter.odt", "letter.DOCX", "letter.pdf")]
        self.assembler.assembleToFile(request(), tuple(path.as_uri() for path in outputs))
        with zipfile.ZipFile(outputs[1]) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
            self.assertIn("Ladies and Gentlemen", "".join(body.itertext()))
        data = outputs[2].read_bytes()
        self.assertTrue(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"))
        self.assertFalse(self.office.desktop.Components.hasElements(), "the hidden letter is closed")
        wrong = (self.folder / "other.odt", self.folder / "letter.rtf")
        findings = self.findings_of(self.assembler.assembleToFile, request(), tuple(path.as_uri() for path in wrong))
        self.assertEqual([finding.Code for finding in findings], ["EG-A004"])
        self.assertFalse(wrong[0].exists())

    def test_a_letter_opens_without_a_name(self):
        for hidden in (True, False):
            document = self.assembler.assembleDocument(request(), hidden)
            self.addCleanup(document.close, True)
            self.assertTrue(document.supportsService("com.sun.star.text.TextDocument"))
            self.assertEqual(document.URL, "")
            self.assertFalse(document.hasLocation())
            self.assertFalse(document.isModified())
            self.assertFalse(document.isReadonly())
            text = document.Text.String
            self.assertIn("Ladies and Gentlemen", text)
            self.assertNotIn("{{", text)
            self.assertNotIn("{%", text)
            # Writer's own numbers: 1 to n at the first level, without a gap.
            numbers = [paragraph.ListLabelString.rstrip(".") for paragraph in document.Text
                       if paragraph.supportsService("com.sun.star.text.Paragraph")
                       and paragraph.ParaStyleName.startswith("Opinion 1") and paragraph.ListLabelString]
            chosen = [paragraph for paragraph in self.assembler.opinions(request()) if paragraph.Chosen]
            self.assertEqual(len(numbers), len(chosen))
            self.assertEqual(numbers, [str(number) for number in range(1, len(numbers) + 1)])

    def test_fields_are_refreshed(self):
        template = self.folder / "stale.fodt"
        template.write_text(STALE, encoding="utf-8")
        wanted = uno.createUnoStruct("org.engross.Request")
        wanted.Template = template.as_uri()
        document = self.assembler.assembleDocument(wanted, True)
        self.addCleanup(document.close, True)
        self.assertIn("To Fresh & Early LLP.", document.Text.String)
        self.assertNotIn("STALE", document.Text.String)

    def test_opinions_are_chosen_by_hand(self):
        paragraphs = self.assembler.opinions(request())
        last = [paragraph for paragraph in paragraphs if paragraph.Chosen][-1]
        choice = uno.createUnoStruct("org.engross.OpinionChoice")
        choice.Id, choice.Chosen = last.Id, False
        wanted = request()
        wanted.Opinions = (choice,)
        now = {paragraph.Id: paragraph for paragraph in self.assembler.opinions(wanted)}
        self.assertFalse(now[last.Id].Chosen)
        self.assertNotEqual(now[last.Id].Reason, last.Reason)

    def test_a_firm_folder_is_listed(self):
        firm = self.assembler.firm(FIRM.as_uri())
        self.assertEqual(firm.Name, "Marlow & Pike LLP")
        self.assertIn((FIRM / "templates/takedown-opinion.fodt").as_uri(), firm.Templates)

    def test_threads_do_not_disturb_each_other(self):
        faults = []

        def work(number):
            try:
                for repeat in range(3):
                    output = self.folder / f"{number}-{repeat}.odt"
                    self.assembler.assembleToFile(request(), (output.as_uri(),))
            except Exception as fault:  # reported by the assertion below
                faults.append(fault)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(faults, [])
        self.assertEqual(len({path.read_bytes() for path in self.folder.iterdir()}), 1)

    # Letterheads

    def change(self, **values):
        made = uno.createUnoStruct("org.engross.LetterheadChange")
        made.FirmFolder = FIRM.as_uri()
        made.Letterhead = "marlow-pike-a4"
        made.DealFiles = ((FIRM / "deals/takedown.json").as_uri(),)
        for name, value in values.items():
            setattr(made, name, value)
        return made

    def widths(self, document):
        styles = document.StyleFamilies.getByName("PageStyles")
        return [styles.getByName(name).Width for name in styles.ElementNames if styles.getByName(name).isInUse()]

    def test_a_file_gets_another_letterhead(self):
        letterhead = self.office.create("org.engross.Letterhead")
        letter, made, template, flat = (self.folder / name for name in ("letter.odt", "made.odt", "made.ott", "made.fodt"))
        self.assembler.assembleToFile(request(), (letter.as_uri(),))
        findings = letterhead.changeFile(self.change(File=letter.as_uri()),
                                         (made.as_uri(), template.as_uri(), flat.as_uri()))
        self.assertEqual(len(findings), 0)
        self.assertIn("<office:document ", flat.read_text(encoding="utf-8")[:300])
        with zipfile.ZipFile(template) as archive:
            self.assertTrue(archive.read("mimetype").endswith(b"text-template"))
        document = self.office.desktop.loadComponentFromURL(
            made.as_uri(), "_blank", 0, (office.property_value("Hidden", True),))
        self.addCleanup(document.close, True)
        self.assertEqual(self.widths(document), [21001])  # A4, as Writer reads 210 mm
        never = self.folder / "never.odt"
        self.findings_of(letterhead.changeFile, self.change(File=letter.as_uri(), Letterhead="none"), (never.as_uri(),))
        self.findings_of(letterhead.changeFile, self.change(File=letter.as_uri()), (letter.as_uri(),))
        self.findings_of(letterhead.changeFile, self.change(File=""), (never.as_uri(),))
        self.assertFalse(never.exists())

    def test_a_letterhead_is_put_on_odf_alone(self):
        """The endings of the contract, in any case; with any other one no file is written."""
        letterhead = self.office.create("org.engross.Letterhead")
        letter, capital, right = (self.folder / name for name in ("odf.odt", "CAPITAL.ODT", "right.odt"))
        self.assembler.assembleToFile(request(), (letter.as_uri(),))
        letterhead.changeFile(self.change(File=letter.as_uri()), (capital.as_uri(),))
        self.assertTrue(zipfile.is_zipfile(capital))
        for name in ("wrong.docx", "wrong.pdf", "wrong.doc", "wrong.txt", "wrong"):
            with self.subTest(name):
                wrong = self.folder / name
                finding, = self.findings_of(letterhead.changeFile, self.change(File=letter.as_uri()),
                                            (right.as_uri(), wrong.as_uri()))
                self.assertEqual(finding.Code, "EG-A003")
                self.assertIn(str(wrong), finding.Message)
                self.assertIn(".odt, .ott or .fodt", finding.Message)
                self.assertFalse(wrong.exists() or right.exists())

    def test_an_open_document_gets_another_letterhead(self):
        letterhead = self.office.create("org.engross.Letterhead")
        document = self.assembler.assembleDocument(request(), True)
        self.addCleanup(document.close, True)
        text = document.Text.String
        document.Text.createTextCursor().setString("Edited by hand. ")
        made = letterhead.changeDocument(self.change(), document, True)
        self.addCleanup(made.close, True)
        self.assertEqual(made.Text.String, "Edited by hand. " + text)
        self.assertEqual(made.URL, "")
        self.assertEqual((self.widths(document), self.widths(made)), ([21590], [21001]))
        page = made.StyleFamilies.getByName("PageStyles").getByName("Standard")
        self.assertIn("41 Chancel Street", page.HeaderTextFirst.String)
        self.assertEqual(page.HeaderText.String.split("\n")[0], "Credit Suisse Securities (USA) LLC")
        # What the letterhead shows and nobody says.
        self.findings_of(letterhead.changeDocument, self.change(DealFiles=()), document, True)
        self.findings_of(letterhead.changeDocument, self.change(), None, True)

    # Faults

    def findings_of(self, call, *arguments):
        with self.assertRaises(AssemblyException) as caught:
            call(*arguments)
        findings = caught.exception.Findings
        self.assertTrue(any(finding.Severity == 2 for finding in findings))
        for finding in findings:
            self.assertRegex(finding.Code, r"^EG-[A-Z]\d{3}$")
            self.assertTrue(finding.Message)
            self.assertIn(finding.Message, caught.exception.Message)
        return findings

    def test_findings_of_a_broken_deal_arrive(self):
        deal = self.folder / "broken.json"
        deal.write_text('{\n "letter": {,}\n}\n', encoding="utf-8")
        wanted = request()
        wanted.DealFiles = (deal.as_uri(),)
        output = self.folder / "letter.odt"
        findings = self.findings_of(self.assembler.assembleToFile, wanted, (output.as_uri(),))
        self.assertEqual((pathlib.Path(findings[0].Where.File).name, findings[0].Where.Line), ("broken.json", 2))
        self.assertFalse(output.exists())
        self.findings_of(self.assembler.assembleDocument, wanted, True)
        self.findings_of(self.assembler.opinions, wanted)
        self.assertEqual([finding.Code for finding in self.assembler.check(wanted)],
                         [finding.Code for finding in findings])

    def test_all_missing_values_are_named_at_once(self):
        deal = self.folder / "empty.json"
        deal.write_text("{}", encoding="utf-8")
        wanted = request()
        wanted.DealFiles = (deal.as_uri(),)
        findings = self.findings_of(self.assembler.assembleDocument, wanted, True)
        self.assertGreater(len(findings), 3)

    def test_wrong_urls_are_findings(self):
        wanted = request()
        for url in ("", "http://example.org/a.fodt", "not a url", "/etc/hosts", (self.folder / "none.fodt").as_uri()):
            wanted.Template = url
            findings = self.findings_of(self.assembler.assembleDocument, wanted, True)
            self.assertEqual(findings[0].Code, "EG-A001" if url.startswith("file:") else "EG-A019")
            self.assertIn(url.removeprefix("file://"), findings[0].Message)
        plain = str(self.folder / "a.odt")
        findings = self.findings_of(self.assembler.assembleToFile, request(), (plain,))
        self.assertEqual([finding.Code for finding in findings], ["EG-A019"])
        for mode in (9, -1):
            wanted = request()
            wanted.Mode = mode
            self.assertEqual([finding.Code for finding in self.assembler.check(wanted)], ["EG-A020"])
        self.findings_of(self.assembler.firm, "nowhere:")
        self.findings_of(self.assembler.assembleToFile, request(), ())
        self.findings_of(self.assembler.assembleToFile, request(), ((self.folder / "none/a.odt").as_uri(),))


class Ends(unittest.TestCase):
    def test_a_killed_office_of_the_tests_leaves_nothing(self):
        one = office.Office(oxt=None)
        self.addCleanup(one.close)
        one.start()
        sockets = one.sockets()
        self.assertTrue(any("_engross" in path.name for path in sockets), sockets)
        self.assertTrue(all(path.is_socket() for path in sockets), sockets)
        one.close()
        self.assertEqual([path for path in sockets if path.exists()], [])
        self.assertFalse(one.folder.exists())

    def test_an_office_that_made_letters_ends_properly(self):
        one = office.Office()
        self.addCleanup(one.close)
        one.start()
        one.create("org.engross.Assembler").assembleDocument(request(), False)
        self.assertEqual(one.end(), 0)

    def test_it_can_be_removed(self):
        one = office.Office()
        self.addCleanup(one.close)
        one.unopkg("remove", *(["--shared"] if one.shared else []), office.IDENTIFIER)
        one.start()
        self.assertIsNone(one.create("org.engross.Assembler"))
        self.assertEqual(one.end(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=1)
