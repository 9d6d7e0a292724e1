#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""The command with a firm folder that is not as it should be: what it says, and its exit status."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ENGROSS, FIRM = pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1))
TEMPLATE = "templates/takedown-opinion.fodt"
DEAL = "deals/takedown.json"


class Case(unittest.TestCase):
    """Each test has a copy of the sample firm, and works in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-command-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        self.firm = self.work / "firm"
        shutil.copytree(FIRM, self.firm)

    def run_engross(self, *arguments, folder=None, program=ENGROSS, **environment):
        kept = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                              cwd=folder or self.firm, env={**kept, **environment}, check=False)

    def assemble(self, *arguments, template=TEMPLATE, deal=DEAL, output="../letter.odt", **more):
        return self.run_engross("assemble", template, "--deal", deal, *arguments, "-o", output, **more)

    def findings(self, run):
        return [json.loads(line) for line in run.stdout.splitlines()]

    def codes(self, run):
        return [finding["code"] for finding in self.findings(run)]

    def change(self, name, old, new):
        file = self.firm / name
        text = file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


class FirmJson(Case):
    def test_misspelt_key(self):
        for key, wrong in (("letterhead", "letterhed"), ("schema", "schemma"), ("book", "boook")):
            with self.subTest(wrong):
                shutil.copy(FIRM / "firm.json", self.firm)
                self.change("firm.json", f'"{key}"', f'"{wrong}"')
                for run in (self.assemble("--json"), self.run_engross("check", ".", "--json"),
                            self.run_engross("check", "firm.json", "--json")):
                    self.assertEqual(run.returncode, 1)
                    self.assertEqual(self.codes(run), ["EG-A013"])
                    finding = self.findings(run)[0]
                    self.assertIn(f"“{key}”", finding["hint"])
                    self.assertEqual(finding["file"], "firm.json")
                self.assertFalse((self.work / "letter.odt").exists())

    def test_no_letterhead_named(self):
        self.change("firm.json", '"letterhead": "marlow-pike",', "")
        run = self.assemble("--json")
        self.assertIn("EG-A014", self.codes(run))
        self.assertIn("marlow-pike", [f for f in self.findings(run) if f["code"] == "EG-A014"][0]["hint"])
        # The first page header of a template is its letterhead.
        self.change(TEMPLATE, "</style:header>",
                    "</style:header><style:header-first><text:p>Our own</text:p></style:header-first>")
        self.assertNotIn("EG-A014", self.codes(self.assemble("--json")))
        shutil.rmtree(self.firm / "letterheads")
        self.assertNotIn("EG-A014", self.codes(self.assemble("--json")))

    def test_only_the_cause_is_told(self):
        (self.firm / "firm.json").write_text('{"book": }', encoding="utf-8")
        self.assertNotIn("EG-O013", self.codes(self.assemble("--json")))
        self.assertIn("EG-D009", self.codes(self.assemble("--json")))
        shutil.copy(FIRM / "firm.json", self.firm)
        self.change("firm.json", "opinions/book.json", "opinions/bok.json")
        run = self.assemble("--json")
        self.assertEqual(self.codes(run), ["EG-A001"])
        self.assertEqual(self.findings(run)[0]["file"], "opinions/bok.json")
        run = self.assemble("--json", "--firm", "nope")
        self.assertEqual([f["file"] for f in self.findings(run) if f["code"] == "EG-A001"], ["nope/firm.json"])
        self.assertNotIn("EG-O013", self.codes(run))

    def test_no_book_for_a_slot(self):
        self.change("firm.json", '"book": "opinions/book.json",', "")
        self.assertIn("EG-O013", self.codes(self.assemble("--json")))
        alone = self.work / "alone.fodt"
        shutil.copy(self.firm / TEMPLATE, alone)
        run = self.assemble("--json", template=alone)
        self.assertIn("EG-A015", self.codes(run))
        self.assertNotIn("EG-O013", self.codes(run))
        self.assertIn("--firm DIR", [f for f in self.findings(run) if f["code"] == "EG-A015"][0]["hint"])


class Paths(Case):
    """Files are named as they can be opened from where the person stands."""

    def break_book(self):
        self.change("opinions/takedown.fodt", "{{ voice", "{{ voice.we | uper }}{{ voice")

    def test_files_of_a_book(self):
        self.break_book()
        for folder, template, seen in ((self.firm, TEMPLATE, "opinions/takedown.fodt"),
                                       (self.firm / "deals", "../" + TEMPLATE, "../opinions/takedown.fodt"),
                                       (self.work, self.firm / TEMPLATE, str(self.firm / "opinions/takedown.fodt"))):
            with self.subTest(seen):
                run = self.run_engross("assemble", template, "--deal", self.firm / DEAL, "--json",
                                       "-o", self.work / "letter.odt", folder=folder)
                files = {finding["file"] for finding in self.findings(run)}
                self.assertIn(seen, files)
                for file in files:
                    self.assertTrue((folder / file).exists(), file)
        (self.work / "d").mkdir()
        run = self.run_engross("check", "d/../firm", "--json", folder=self.work)
        self.assertEqual({finding["file"] for finding in self.findings(run)}, {"firm/opinions/takedown.fodt"})


class Check(Case):
    def check(self, *paths, folder=None):
        return self.run_engross("check", *paths, "--json", folder=folder)

    def test_everything_in_the_sample(self):
        for name in ("firm.json", "house.json", "deal.schema.json", "opinions/book.json", DEAL, TEMPLATE,
                     "deals/takedown.xml", "letterheads/marlow-pike.fodt", "."):
            with self.subTest(name):
                run = self.check(name)
                self.assertEqual((run.returncode, run.stdout), (0, ""), run.stdout + run.stderr)

    def test_a_deal(self):
        self.change(DEAL, '"salutation"', '"salutaton"')
        run = self.check(DEAL)
        self.assertEqual(run.returncode, 1)
        finding = self.findings(run)[0]
        self.assertEqual((finding["code"], finding["data_path"]), ("EG-D041", "letter.salutation"))
        self.assertIn("salutaton", finding["hint"])
        alone = shutil.copy(self.firm / DEAL, self.work / "deal.json")
        run = self.check(alone)
        self.assertEqual((run.returncode, self.codes(run)), (0, ["EG-A018"]))
        run = self.run_engross("check", alone, "--firm", self.firm, "--json")
        self.assertEqual(self.codes(run), ["EG-D041"])

    def test_a_broken_deal_book_and_schema(self):
        for name, code in ((DEAL, "EG-D009"), ("opinions/book.json", "EG-D009")):
            (self.firm / name).write_text('{"a": }', encoding="utf-8")
            self.assertEqual(self.codes(self.check(name)), [code], name)
        (self.firm / "deal.schema.json").write_text('{"type": "txt"}', encoding="utf-8")
        self.assertEqual(self.codes(self.check("deal.schema.json")), ["EG-D032"])

    def test_anything_else(self):
        (self.firm / "a.docx").write_text("", encoding="utf-8")
        for name, code in (("a.docx", "EG-A017"), ("letterheads/logo.svg", "EG-A017"), ("none.odt", "EG-A001")):
            run = self.check(name)
            self.assertEqual((run.returncode, self.codes(run)), (1, [code]), name)


class Templates(Case):
    def test_a_finished_letter_is_no_template(self):
        self.assertEqual(self.assemble().returncode, 0)
        for run in (self.assemble("--json", template="../letter.odt", output="../again.odt", folder=None),
                    self.run_engross("check", "../letter.odt", "--json")):
            self.assertEqual(run.returncode, 0, run.stdout)
            self.assertIn("EG-T127", self.codes(run))

    def test_bookmarks_of_the_template_keep_apart(self):
        old = '<text:bookmark text:name="_eng_header_1"/>'
        reference = '<text:bookmark-ref text:reference-format="page" text:ref-name="_eng_header_1">1</text:bookmark-ref>'
        self.change(TEMPLATE, "</office:text>", f"<text:p>{old}{reference}</text:p></office:text>")
        run = self.assemble()
        self.assertEqual(run.returncode, 0, run.stderr)
        with zipfile.ZipFile(self.work / "letter.odt") as letter:
            content = letter.read("content.xml").decode()
        names = re.findall(r'<text:bookmark(?:-start)? text:name="([^"]+)"', content)
        self.assertEqual(len(names), len(set(names)), names)
        self.assertIn("_eng_header_1", names)
        kept = re.search(r'<text:bookmark text:name="([^"]+)"/>'
                         r'<text:bookmark-ref [^>]*text:ref-name="([^"]+)"', content)
        self.assertEqual(kept[1], kept[2])

    def test_links_that_come_out_of_the_data(self):
        link = '<text:p><text:a xlink:href="{{ deal_link }}" xlink:type="simple">x</text:a></text:p></office:text>'
        self.change(TEMPLATE, "</office:text>", link)
        self.change("deal.schema.json", '"properties": {', '"properties": {"deal_link": {"type": "string"},')
        for value, good in (("https://www.sec.gov/a?b=1&c=2", True), ("mailto:a@b.example", True),
                            ("macro:///Standard.Module1.Main()", False), ("javascript:alert(1)", False),
                            ("file:///etc/passwd", False), ("www.sec.gov", False)):
            with self.subTest(value):
                run = self.assemble("--json", "--set", f"deal_link={value}")
                self.assertEqual(self.codes(run), [] if good else ["EG-P023"])
                self.assertEqual(run.returncode, 0 if good else 1)
        run = self.assemble("--json", "--mode", "draft")
        self.assertNotIn("EG-P023", self.codes(run))


class Drafts(Case):
    STYLE = "Engross_20_Missing"

    def parts(self, output):
        with zipfile.ZipFile(self.work / output) as letter:
            return letter.read("styles.xml").decode(), letter.read("content.xml").decode()

    def test_the_style_of_missing_values_is_for_drafts(self):
        self.assertEqual(self.assemble().returncode, 0)
        self.assertFalse(any(self.STYLE in part for part in self.parts("letter.odt")))
        self.change(DEAL, '"salutation"', '"salutaton"')
        for removed in (False, True):
            self.assertEqual(self.assemble("--mode", "draft", output="../draft.odt").returncode, 0)
            styles, content = self.parts("draft.odt")
            self.assertEqual(styles.count(f'style:name="{self.STYLE}"'), 1)
            self.assertIn(f'text:style-name="{self.STYLE}"', content)
            if not removed:
                self.change("letterheads/marlow-pike.fodt", self.STYLE, "Another")
                self.change(TEMPLATE, self.STYLE, "Another")


class CommandLine(Case):
    def test_options_without_a_value(self):
        for option in ("--opinions=", "--letterhead=", "--firm="):
            self.assertEqual(self.assemble(option).returncode, 0, option)

    def test_opinions_add_up(self):
        run = self.run_engross("explain", TEMPLATE, "--deal", DEAL, "--json", "--opinions=+no-litigation",
                               "--opinions=-good-standing")
        self.assertEqual(run.returncode, self.run_engross(
            "explain", TEMPLATE, "--deal", DEAL, "--json", "--opinions=+no-litigation, -good-standing").returncode)
        deciders = {row["id"]: row["decider"] for row in self.findings(run) if "decider" in row}
        self.assertEqual(deciders["no-litigation"], "person")

    def test_an_opinion_in_and_out_at_once(self):
        for command, more in (("assemble", ("-o", self.work / "both.odt")), ("explain", ())):
            run = self.run_engross(command, TEMPLATE, "--deal", DEAL, "--opinions=-good-standing",
                                   "--opinions=+no-litigation,+good-standing", *more)
            self.assertEqual(run.returncode, 2)
            self.assertIn("good-standing is asked for and left out", run.stderr)
        self.assertFalse((self.work / "both.odt").exists())

    def test_endings_in_capitals(self):
        self.assertEqual(self.assemble(output="../A.ODT").returncode, 0)
        self.assertTrue(zipfile.is_zipfile(self.work / "A.ODT"))

    def test_long_name(self):
        name = "a" * 250 + ".odt"
        self.assertEqual(self.assemble(output=self.work / name).returncode, 0)
        self.assertTrue((self.work / name).exists())

    def test_folders_in_the_place_of_files(self):
        run = self.assemble("--json", template="templates")
        self.assertEqual((run.returncode, self.codes(run)), (1, ["EG-A012"]))
        (self.firm / "a.json").mkdir()
        run = self.assemble("--json", deal="a.json")
        self.assertEqual((run.returncode, self.codes(run)), (1, ["EG-A016"]))

    def test_source_date_epoch(self):
        for text in ("abc", "-1", "12x", "99999999999999999999"):
            run = self.assemble(SOURCE_DATE_EPOCH=text)
            self.assertEqual(run.returncode, 2, text)
            self.assertIn(text, run.stderr)
        self.assertEqual(self.assemble(SOURCE_DATE_EPOCH="1700000000").returncode, 0)

    def test_time_limit(self):
        for bad in ("0", "x", "-5"):
            self.assertEqual(self.assemble("--time-limit", bad).returncode, 2)
        self.assertEqual(self.assemble("--time-limit", "5").returncode, 0)

    def test_findings_of_the_office_name_the_letter(self):
        # Alone in a folder it misses the office or the program that works with it.
        alone = self.work / "bin" / "engross"
        alone.parent.mkdir()
        shutil.copy(ENGROSS, alone)
        run = self.assemble("--json", output="../letter.docx", program=alone)
        self.assertEqual(run.returncode, 4)
        finding = self.findings(run)[-1]
        self.assertEqual(finding["file"], "../letter.docx")
        self.assertNotIn(tempfile.gettempdir() + "/engross-office", run.stdout)

    def test_the_same_is_said_once(self):
        run = self.assemble("--set", "voice=they")
        self.assertEqual(run.stderr.count("EG-T023"), 1)
        self.assertRegex(run.stderr, r"The same at \d+ further places: ")
        self.assertGreater(self.codes(self.assemble("--set", "voice=they", "--json")).count("EG-T023"), 10)


if __name__ == "__main__":
    unittest.main(verbosity=1)
