#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""A house style and the files that are audited by it: what is refused, what stays, what is said. The rules themselves are in
house_cases_test.py."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402
from house_cases import span, swap, text  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
DRIFT = swap('fo:margin-left="1.25in"', 'fo:margin-left="1in"')  # what standardise repairs


class Rules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-house-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_engross(self, *arguments):
        return subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True, timeout=60)

    def audit(self, *files):
        result = self.run_engross("audit", *files, "--firm", sample.FIRM, "--json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertEqual(result.stderr, "")
        return [json.loads(line) for line in result.stdout.splitlines()]

    def write(self, change=None, name="letter.fodt"):
        source = sample.letter()
        path = self.folder / name
        path.write_text(change(source) if change else source, encoding="utf-8")
        return path

    def test_the_letter_keeps_the_house_style(self):
        self.assertEqual(self.audit(self.write()), [])

    def test_addressees_that_agree(self):
        """Over two lines, several of them, a part of the line: none of these disagrees with the header."""
        name = "Harbor Trust Company"
        for change in (
                lambda s: s.replace(name, "Harbor Trust Company<text:line-break/>as Trustee"),
                lambda s: swap("Harbor Trust Company<text:bookmark-end", "Harbor Trust<text:line-break/>Company"
                               "<text:bookmark-end")(s),
                lambda s: s.replace(name, "To Each Addressee Listed on Schedule A"),
                swap("Company<text:bookmark-end text:name=\"_eng_header_1\"/>",
                     "Company<text:bookmark-end text:name=\"_eng_header_1\"/>, as Trustee")):
            self.assertEqual(self.audit(self.write(change)), [])

    def test_what_is_wrong_with_a_house_style(self):
        letter = self.write()
        for content, code in (
                ({"letterhead": "nobody"}, "EG-A011"),
                ({"rules": {"fonts": {"off": " "}}}, "EG-H002"),
                ({"rules": {"font_sizes": {"allow": ["twelve"]}}}, "EG-H003"),
                ({"rules": {"page": {"paper": ["Foolscap"]}}}, "EG-H003"),
                ({"rules": {"direct_formatting": {"allow": ["font-weight"], "remove": ["font-weight"]}}}, "EG-H003"),
                ({}, "EG-H004"),
                ({"rules": {"language": {"allow": ["english"]}}}, "EG-D"),
                ({"rules": {"page": {"margins": {"left": "-1in"}}}}, "EG-D"),
                ({"rules": {"widow": {}}}, "EG-D"),
                ({"rules": {"tags": {"severity": "bad"}}}, "EG-D")):
            with self.subTest(content):
                house = self.folder / "house.json"
                house.write_text(json.dumps(content), encoding="utf-8")
                result = self.run_engross("audit", letter, "--house", house, "--json",
                                          *(["--firm", sample.FIRM] if content and code != "EG-H004" else []))
                found = [json.loads(line) for line in result.stdout.splitlines()]
                self.assertEqual(result.returncode, 1, result.stdout)
                self.assertTrue(any(finding["code"].startswith(code) for finding in found), found)
                # What is wrong with the file itself, engross check says too.
                if code not in ("EG-A011", "EG-H004"):
                    self.assertIn(code, self.run_engross("check", house, "--json").stdout)

    def test_what_cannot_be_audited(self):
        (self.folder / "empty").mkdir()
        (self.folder / "letter.docx").write_bytes(b"PK")
        for path, code in (("empty", "EG-H005"), ("letter.docx", "EG-H006"), ("none.odt", "EG-A001")):
            result = self.run_engross("audit", self.folder / path, "--firm", sample.FIRM, "--json")
            self.assertEqual(result.returncode, 1)
            self.assertIn(code, result.stdout)
        result = self.run_engross("audit", self.write(), "--json")
        self.assertEqual(result.returncode, 1)
        self.assertIn("EG-H001", result.stdout)

    def test_settings_of_rules(self):
        letter = self.write(swap("the depositor", "[the depositor] of {{ x }}"))
        house = self.folder / "house.json"
        for rules, expected in (
                ({}, {"EG-H037": "error", "EG-H038": "error"}),
                ({"brackets": {"severity": "info"}, "tags": {"off": "a form"}}, {"EG-H037": "info"}),
                ({"brackets": {"allow": ["[the depositor]"]}, "tags": {"only": "templates"}}, {}),
                ({"brackets": {"allow": ["[the *]"]}, "tags": {"only": "templates"}}, {})):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": rules}), encoding="utf-8")
            result = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM, "--json")
            found = [json.loads(line) for line in result.stdout.splitlines()]
            self.assertEqual({finding["code"]: finding["severity"] for finding in found}, expected)
            self.assertEqual(result.returncode, 1 if "error" in expected.values() else 0)
        house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"tags": {"off": "a form"}}}), encoding="utf-8")
        said = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM)
        self.assertIn("Not looked at: Tags (a form).", said.stdout)
        self.assertIn("1 file: 1 error; 0 without a finding.", said.stdout)

    def test_what_is_removed_is_not_allowed(self):
        """Bold is allowed by default."""
        letter = self.write(span(text("fo:font-weight", "bold")))
        house = self.folder / "house.json"
        for rule, codes in (({}, []), ({"remove": ["font-weight"]}, ["EG-H018"])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"direct_formatting": rule}}), encoding="utf-8")
            result = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM, "--json")
            found = [json.loads(line) for line in result.stdout.splitlines()]
            self.assertEqual([finding["code"] for finding in found], codes)
        copies = self.folder / "copies"
        self.run_engross("standardise", letter, "--house", house, "--firm", sample.FIRM, "--out", copies)
        said = self.run_engross("audit", copies / "letter.fodt", "--house", house, "--firm", sample.FIRM, "--json")
        self.assertEqual((said.stdout, said.stderr), ("", ""))

    def test_a_folder_that_cannot_be_made(self):
        """The report says so, not that there is none."""
        letter = self.folder / "letter.fodt"
        letter.write_text(sample.letter(), encoding="utf-8")
        result = self.run_engross("standardise", letter, "--firm", sample.FIRM, "--out", letter / "out", "--json")
        self.assertEqual(result.returncode, 3)
        self.assertIn("could not be made: Not a directory", result.stdout + result.stderr)

    def standardise(self, *arguments):
        result = self.run_engross("standardise", *arguments, "--firm", sample.FIRM, "--json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def test_parts_of_a_package(self):
        """A thumbnail, a printer, macros: found, and gone from the copy; the rest of the package stays."""
        packed = self.folder / "clean.odt"
        self.assertEqual(self.run_engross("convert", self.write(), "-o", packed).returncode, 0)
        with zipfile.ZipFile(packed) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        settings = parts["settings.xml"].decode()
        at = settings.index("<config:config-item ")
        printer = '<config:config-item config:name="PrinterName" config:type="string">Reception</config:config-item>'
        for part, content, code in (("Thumbnails/thumbnail.png", b"\x89PNG", "EG-H046"),
                                    ("settings.xml", (settings[:at] + printer + settings[at:]).encode(), "EG-H046"),
                                    ("Basic/Standard/Module1.xml", b"<x/>", "EG-H047")):
            with self.subTest(part):
                letter = self.folder / "letter.odt"
                with zipfile.ZipFile(letter, "w") as package:
                    for name, data in {**parts, part: content}.items():
                        package.writestr(name, data)
                self.assertEqual([finding["code"] for finding in self.audit(letter)], [code])
                self.standardise(letter, "--out", self.folder / "out")
                copy = self.folder / "out/letter.odt"
                self.assertEqual(self.audit(copy), [])
                with zipfile.ZipFile(copy) as package:
                    self.assertEqual(set(package.namelist()), set(parts))
                    self.assertEqual(package.read("content.xml"), parts["content.xml"])
                    self.assertNotIn(b"Reception", package.read("settings.xml"))

    def test_files_of_a_folder(self):
        """Endings in capitals count, editors' lock files do not, Word files are counted, copies are no originals."""
        folder = self.folder / "mixed"
        folder.mkdir()
        for name in ("A.FODT", "b.fodt", "~$b.fodt", ".~lock.b.fodt#"):
            (folder / name).write_bytes(self.write().read_bytes())
        (folder / "C.Docx").write_bytes(b"PK")
        said = self.run_engross("audit", folder, "--firm", sample.FIRM).stdout
        self.assertIn("1 Word file was not looked at", said)
        self.assertIn("2 files: nothing; 2 without a finding.", said)
        for _ in range(2):
            said = self.run_engross("standardise", folder, "--firm", sample.FIRM, "--out", folder / "out").stdout
            self.assertIn("2 files: 0 repaired", said)
        self.assertIn("4 files: 0 repaired", self.run_engross(
            "standardise", folder, "--firm", sample.FIRM, "--out", self.folder).stdout)

    def test_a_report_takes_the_place_of_no_document(self):
        letter = self.write()
        before = letter.read_bytes()
        result = self.run_engross("audit", letter, "--firm", sample.FIRM, "--html", letter, "--json")
        self.assertEqual(result.returncode, 3)
        self.assertIn("EG-A003", result.stdout)
        self.assertEqual(letter.read_bytes(), before)

    def test_who_may_read(self):
        """A backup and a copy may be read by whom the original may."""
        letter = self.write(DRIFT)
        letter.chmod(0o600)
        self.standardise(letter, "--out", self.folder / "out")
        self.assertEqual((self.folder / "out/letter.fodt").stat().st_mode & 0o777, 0o600)
        self.standardise(letter, "--in-place")
        for name in ("letter.fodt", "letter.fodt.bak"):
            self.assertEqual((self.folder / name).stat().st_mode & 0o777, 0o600)

    def test_what_is_not_repaired_is_not_said_to_be(self):
        (self.folder / "broken.fodt").write_text("<office:document", encoding="utf-8")
        result = self.run_engross("standardise", self.folder / "broken.fodt", "--firm", sample.FIRM, "--out", self.folder / "out")
        self.assertIn("could not be read; not copied", result.stdout)
        self.assertIn("1 with something for a person", result.stdout)

    def test_numbers_of_a_letter_stay(self):
        """Its text may refer to them; a template gets the letterhead's."""
        change = swap('style:num-suffix="." style:num-format="1"', 'style:num-suffix="." style:num-format="A"')
        source = sample.letter()
        if 'style:num-suffix="." style:num-format="1"' not in source:
            list_style = source[source.index('<text:list-style style:name="Opinions"'):]
            level = list_style[list_style.index("<text:list-level-style-number"):]
            level = level[:level.index(">") + 1]
            self.assertIn('style:num-format="1"', level)
            change = swap(level, level.replace('style:num-format="1"', 'style:num-format="A"'))
        letter = self.write(lambda s: DRIFT(change(s)))
        found = [finding for finding in self.audit(letter) if finding["rule"] == "style_definitions"]
        self.assertEqual([(finding["code"], finding["repairable"]) for finding in found], [("EG-H016", False)])
        self.standardise(letter, "--out", self.folder / "out")
        self.assertEqual([finding["rule"] for finding in self.audit(self.folder / "out/letter.fodt")], ["style_definitions"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
