#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""What audit and standardise say: of what was repaired, of headers that changed, of odd names of files."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
MARGIN = ('fo:margin-left="1.25in"', 'fo:margin-left="1in"')
BODY = '<text:p text:style-name="Letter_20_Body">We are admitted to practice in New York.</text:p>'


class Reports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-reports-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, *swaps, name="letter.fodt"):
        source = sample.letter()
        for old, new in swaps:
            assert old in source, old
            source = source.replace(old, new, 1)
        path = self.folder / name
        path.write_text(source, encoding="utf-8")
        return path

    def run_engross(self, *arguments):
        run = subprocess.run([ENGROSS, *map(str, arguments), "--firm", sample.FIRM], capture_output=True, timeout=60)
        return run.returncode, run.stdout.decode("utf-8", "strict" if "--json" in arguments else "replace")

    def standardise(self, letter, *more):
        return self.run_engross("standardise", letter, "--out", self.folder / "out", *more)[1]

    def audit(self, path, *more):
        return [json.loads(said) for said in self.run_engross("audit", path, "--json", *more)[1].splitlines()]

    def test_only_what_was_repaired_is_said_to_be(self):
        """A link whose text gets a non-breaking space is still there."""
        link = '<text:p text:style-name="Letter_20_Body"><text:a xlink:type="simple" xlink:href="https://x.example/">See § 5' \
               '</text:a></text:p>'
        said = [json.loads(line) for line in self.standardise(self.write((BODY, BODY + link)), "--json").splitlines()]
        self.assertEqual(sorted((f["code"], f["repaired"]) for f in said), [("EG-H040", True), ("EG-H044", False)])

    def test_headers_before_and_after(self):
        footer = '<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>'
        said = self.standardise(self.write((footer, '<text:p text:style-name="Footer">Marlow and Pike</text:p>')))
        self.assertIn("  the footer of every later page was “Marlow and Pike”, is “Marlow & Pike LLP”\n", said)
        self.assertEqual(said.count(" was “"), 1)
        said = self.standardise(self.write((">Harbor Trust Company</text:bookmark-ref>", ">Pier Trust</text:bookmark-ref>")))
        self.assertIn("the header of every later page was “Pier Trust / February 27, 2006 / Page #”, is “Harbor Trust Company / "
                      "February 27, 2006 / Page #”", said.replace("\u00a0", " "))
        self.assertNotIn(" was “", self.standardise(self.write(MARGIN)))

    def test_a_reference_to_nothing(self):
        letter = self.write(('<text:bookmark-start text:name="_eng_header_1"/>', ""),
                            ('<text:bookmark-end text:name="_eng_header_1"/>', ""))
        found = self.audit(letter)
        self.assertEqual([f["code"] for f in found], ["EG-H024"])
        self.assertIn("“Harbor Trust Company (a broken reference, printed as “Error: Reference source not found”)”",
                      found[0]["message"])
        self.standardise(letter)
        self.assertEqual(self.audit(self.folder / "out/letter.fodt"), [])

    def test_empty_paragraphs_that_are_something(self):
        """A bar, a line at the side, a paragraph with an id are no spacing."""
        for name, properties, attribute in (
                ("bar", 'fo:background-color="#000000"', ""), ("side", 'fo:border-left="1pt solid #000000"', ""),
                ("id", 'fo:background-color="transparent"', ' xml:id="here"')):
            with self.subTest(name):
                empty = f'<text:p text:style-name="E"{attribute}/>'
                letter = self.write((BODY, BODY + empty), (
                    "<office:automatic-styles>", '<office:automatic-styles><style:style style:name="E" style:family="paragraph" '
                    f'style:parent-style-name="Letter_20_Body"><style:paragraph-properties {properties}/></style:style>'))
                self.assertNotIn("EG-H031", [f["code"] for f in self.audit(letter)])
                self.standardise(letter)
                self.assertIn(empty[:25], (self.folder / "out/letter.fodt").read_text(encoding="utf-8"))

    def test_styles_replaced_in_a_circle(self):
        house = self.folder / "house.json"
        for replace, codes in (({"A": "Letter Body", "Letter Body": "A"}, ["EG-H003", "EG-H003"]),
                               ({"A": "B", "B": "Letter Body"}, ["EG-H003"]), ({"A": "Letter Body"}, [])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"styles": {"replace": replace}}}), "utf-8")
            self.assertEqual([f["code"] for f in self.audit(self.write(), "--house", house)], codes)

    def test_names_that_are_no_utf8(self):
        folder = self.folder / "names"
        folder.mkdir()
        name = os.path.join(os.fsencode(folder), b"caf\xe9.fodt")
        with open(name, "wb") as file:
            file.write(self.write(MARGIN).read_bytes())
        found = self.audit(folder)
        self.assertEqual([f["code"] for f in found], ["EG-H013"])
        self.assertTrue(found[0]["file"].endswith("caf\ufffd.fodt"), found)
        self.run_engross("audit", folder, "--html", self.folder / "r.html")
        self.assertIn("caf\ufffd.fodt", (self.folder / "r.html").read_bytes().decode("utf-8"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
