#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Paper and margins of a house style: what differs in one line, what a page keeps on purpose in a note."""

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
SIDES = 'fo:margin-left="1.25in" fo:margin-right="1.25in"'


def annexed(layout, display="", size=("8.5in", "11in")):
    """The letter with an annex on a page style of its own, whose layout is the letter's but for `layout`."""
    source = sample.letter()
    start = source.index('<style:page-layout style:name="Letter">')
    end = source.index("</style:page-layout>", start) + len("</style:page-layout>")
    own = source[start:end].replace('"Letter"', '"Own"', 1).replace('"8.5in"', f'"{size[0]}"', 1).replace('"11in"', f'"{size[1]}"', 1)
    if float(size[0][:-2]) > float(size[1][:-2]):
        own = own.replace('orientation="portrait"', 'orientation="landscape"')
    for old, new in layout.items():
        assert old in own, old
        own = own.replace(old, new, 1)
    header = sample.HEADER + ('<text:p text:style-name="Continuation_20_Line">Page <text:page-number>2</text:page-number>'
                              '</text:p>')
    source = source[:end] + own + source[end:]
    source = source.replace("</office:master-styles>", f'<style:master-page style:name="Schedule_20_A" {display} '
                            f'style:page-layout-name="Own"><style:header>{header}</style:header></style:master-page>'
                            "</office:master-styles>", 1)
    source = sample.automatic(source, '<style:style style:name="ToAnnex" style:family="paragraph" '
                              'style:parent-style-name="Letter_20_Body" style:master-page-name="Schedule_20_A"/>')
    return source.replace("</office:text>", '<text:p text:style-name="ToAnnex">Annex A</text:p></office:text>', 1)


class Paper(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-paper-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, source):
        path = self.folder / "letter.fodt"
        path.write_text(source, encoding="utf-8")
        return path

    def run_json(self, *arguments):
        run = subprocess.run([ENGROSS, *map(str, arguments), "--firm", sample.FIRM, "--json"], capture_output=True,
                             text=True, timeout=60)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return [json.loads(said) for said in run.stdout.splitlines()]

    def paper(self, source, *house):
        return [(f["code"], f["message"]) for f in self.run_json("audit", self.write(source), *house) if f["rule"] == "page"]

    def test_one_line_for_a_page_style(self):
        narrow = sample.letter().replace(SIDES, 'fo:margin-left="1in" fo:margin-right="1in"', 1)
        self.assertEqual(self.paper(narrow), [
            ("EG-H013", "In the page style “Standard” the left margin is 1in instead of 1.25in, the right margin is 1in "
                        "instead of 1.25in.")])

    def test_what_an_annex_keeps(self):
        """Its own margins, paper and numbers stay on the letterhead: no advice to put it there."""
        own = {SIDES: 'fo:margin-left="0.4in" fo:margin-right="0.4in"', 'style:num-format="1"': 'style:num-format="i"'}
        kept = [("EG-H070", "The page style “Schedule A” keeps its own left margin (0.4in), right margin (0.4in), form of "
                            "page numbers (i, ii, iii).")]
        self.assertEqual(self.paper(annexed(own)), kept)
        self.assertEqual(self.paper(annexed(own, 'style:display-name="Schedule A"')), kept)
        copies = self.folder / "copies"
        self.run_json("standardise", self.write(annexed(own)), "--out", copies)
        self.assertEqual(self.paper((copies / "letter.fodt").read_text(encoding="utf-8")), kept)
        self.assertEqual(self.paper(annexed({}, size=("16.5in", "11.7in"))),
                         [("EG-H070", "The page style “Schedule A” keeps its own paper (16.5in × 11.7in).")])

    def test_page_styles_that_may_differ(self):
        own = annexed({SIDES: 'fo:margin-left="0.4in" fo:margin-right="0.4in"'})
        house = self.folder / "house.json"
        for names, codes in ((["Schedule *"], []), (["Standard", "Annex"], ["EG-H070"])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"page": {"allow": names}}}), encoding="utf-8")
            self.assertEqual([code for code, _ in self.paper(own, "--house", house)], codes)
        both = own.replace(SIDES, 'fo:margin-left="1in" fo:margin-right="1in"', 1)
        self.assertEqual([code for code, _ in self.paper(both, "--house", house)], ["EG-H013", "EG-H070"])


if __name__ == "__main__":
    unittest.main()
