#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Paper and margins of a house style: what differs in one line, what a page keeps on purpose in a note."""

import json
import os
import pathlib
import re
import shutil
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

    def test_a_paper_that_is_allowed_stays(self):
        """Of a letter, of its pages on their side, and of a template; an annex on the letterhead's paper keeps that."""
        a4 = annexed({}, size=("297mm", "210mm")).replace('fo:page-width="8.5in" fo:page-height="11in"',
                                                          'fo:page-width="210mm" fo:page-height="297mm"', 1)
        drifted = a4.replace('fo:margin-left="1.25in"', 'fo:margin-left="1in"', 1)
        mixed = annexed({}).replace('fo:page-width="8.5in" fo:page-height="11in"',
                                    'fo:page-width="210mm" fo:page-height="297mm"', 1)
        mixed = mixed.replace('fo:margin-bottom="11pt"', 'fo:margin-bottom="8pt"', 1)
        house = self.folder / "house.json"
        for source, templates, papers in ((drifted, [], {("210mm", "297mm"), ("297mm", "210mm")}),
                                          (mixed, [], {("210mm", "297mm"), ("8.5in", "11in")}),
                                          (drifted, ["*"], {("210mm", "297mm"), ("297mm", "210mm")})):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "templates": templates,
                                         "rules": {"page": {"paper": ["Letter", "A4"]}, "headers": {"off": "Test."}}}),
                             encoding="utf-8")
            out = self.folder / "out"
            shutil.rmtree(out, ignore_errors=True)
            said = self.run_json("standardise", self.write(source), "--out", out, "--house", house)
            self.assertNotIn("EG-H012", [f.get("code") for f in said])
            self.assertIn(True, [f["repaired"] for f in said])
            after = (out / "letter.fodt").read_text(encoding="utf-8")
            self.assertEqual(set(re.findall(r'fo:page-width="([^"]*)" fo:page-height="([^"]*)"', after)), papers)

    def test_every_changed_header_is_told(self):
        """In words and as JSON: those of a template too, of an annex, and of the pages that come back from it."""
        header = '<text:p text:style-name="Continuation_20_Line">%s</text:p>'
        source = annexed({}, size=("11in", "8.5in")).replace(sample.HEADER, header % "Old Bank plc", 2)
        source = sample.automatic(source, '<style:style style:name="Back" style:family="paragraph" style:parent-style-name='
                                  '"Letter_20_Body" style:master-page-name="Standard"/>')
        source = source.replace("</office:text>", '<text:p text:style-name="Back">End</text:p></office:text>', 1)
        source = source.replace('fo:margin-left="1.25in"', 'fo:margin-left="1in"', 1)
        for templates in ([], ["*"]):
            house = self.folder / "house.json"
            house.write_text(json.dumps({"letterhead": "marlow-pike", "templates": templates}), encoding="utf-8")
            out = self.folder / "out"
            shutil.rmtree(out, ignore_errors=True)
            lines = self.run_json("standardise", self.write(source), "--out", out, "--house", house)
            changed = {line["changed"]: (line["was"], line["is"]) for line in lines if "changed" in line}
            self.assertIn("header of the pages in the style “Letter continued”", changed)
            was, now = changed["header of the pages in the style “Letter continued”"]
            self.assertTrue(was.startswith("EXHIBIT 5.1 / [picture] / Marlow") and "Page #" in now, (was, now))
            if templates:
                self.assertEqual(changed["header of every later page"][0], "Old Bank plc / Page #")
            self.assertTrue(all(line["repaired"] and line["file"] for line in lines if "changed" in line))
            said = subprocess.run([ENGROSS, "standardise", str(self.folder / "letter.fodt"), "--out", str(out), "--house", str(house),
                                   "--firm", str(sample.FIRM)], capture_output=True, text=True, timeout=60).stdout
            for what, (was, now) in changed.items():
                self.assertIn(f"  the {what} was {f'“{was}”' if was else 'nothing'}, is “{now}”\n", said)

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

    WIDE = 'fo:margin-left="0.5in" fo:margin-right="0.5in"'

    @staticmethod
    def with_object(what, source):
        """A table or frame at the end of the body."""
        width = what["width"]
        if "name" in what:
            shown = (f'<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" table:name="{what["name"]}" '
                     'table:style-name="Fees"><table:table-column/><table:table-row><table:table-cell><text:p text:style-name='
                     '"Letter_20_Body">Fee</text:p></table:table-cell></table:table-row></table:table>')
            source = sample.automatic(source, '<style:style style:name="Fees" style:family="table"><style:table-properties '
                                      'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                                      f'style:width="{width}" table:align="{what.get("align", "left")}"/></style:style>')
        else:
            shown = ('<text:p text:style-name="Letter_20_Body"><draw:frame draw:name="Chart" text:anchor-type="as-char" '
                     f'svg:width="{width}" svg:height="1in"><draw:text-box><text:p>Fees</text:p></draw:text-box></draw:frame>'
                     '</text:p>')
        mark = '<text:p text:style-name="Letter_20_Body">We are admitted'
        assert mark in source
        return source.replace(mark, shown + mark, 1)

    def on_letterhead(self, source, name="marlow-pike"):
        run = subprocess.run([ENGROSS, "letterhead", self.write(source), "--with", name, "--firm", sample.FIRM, "--json",
                              "--set", "letter.addressee.name=Harbor Trust Company", "--set", "letter.date=2006-02-27",
                              "--set", "letter.office=new_york", "--set", "letter.exhibit=EXHIBIT 5.1",
                              "-o", self.folder / "new.odt"], capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stdout)
        return [json.loads(said) for said in run.stdout.splitlines()]

    def test_what_is_wider_than_the_new_text(self):
        """The letterhead's text is 6 inches wide. standardise pushes nothing off the paper, letterhead says what is."""
        for what, name, stays in (({"width": "7.5in", "name": "Fees"}, "The table “Fees” is 7.5in", True),
                                  ({"width": "7.5in"}, "The frame “Chart” is 7.5in", True),
                                  ({"width": "6.5in", "name": "Fees"}, "The table “Fees” is 6.5in", False),
                                  ({"width": "7.5in", "name": "Fees", "align": "margins"}, None, False),  # as wide as the text
                                  ({"width": "6.15in", "name": "Fees"}, None, False),  # by the padding of Word's cells
                                  ({"width": "5in"}, None, False)):
            with self.subTest(what):
                source = self.with_object(what, sample.letter().replace(SIDES, self.WIDE, 1))
                found = self.on_letterhead(source)
                sentence = f"{name} wide; on the letterhead marlow-pike the text of its page is 6in wide."
                self.assertEqual([(f["code"], f["severity"], f["message"]) for f in found],
                                 [("EG-L015", "warning", sentence)] if name else [])
                copies = self.folder / "copies"
                left = [f for f in self.run_json("standardise", self.write(source), "--out", copies) if not f["repaired"]]
                self.assertEqual([f["code"] for f in left], (["EG-L015"] if name else []) + (["EG-H013"] if stays else []))
                copy = (copies / "letter.fodt").read_text(encoding="utf-8")
                self.assertIn(self.WIDE if stays else SIDES, copy)
                if name:
                    self.assertEqual(left[0]["message"], sentence)
                    self.assertEqual([f["repairable"] for f in self.run_json("audit", copies / "letter.fodt")],
                                     [False] * len(left))

    def test_other_repairs_of_a_page_that_stays_wide(self):
        """Paper and side margins stay, the rest of the page and the styles become the letterhead's."""
        source = self.with_object({"width": "7.5in", "name": "Fees"}, sample.letter().replace(SIDES, self.WIDE, 1))
        self.assertIn('fo:margin-top="0.6in"', source)
        source = source.replace('fo:margin-top="0.6in"', 'fo:margin-top="0.9in"', 1)
        source = source.replace('fo:margin-bottom="11pt" fo:line-height', 'fo:margin-bottom="5pt" fo:line-height', 1)
        copies = self.folder / "copies"
        left = [f for f in self.run_json("standardise", self.write(source), "--out", copies) if not f["repaired"]]
        self.assertEqual([f["code"] for f in left], ["EG-L015", "EG-H013"])
        copy = (copies / "letter.fodt").read_text(encoding="utf-8")
        self.assertIn('fo:margin-top="0.6in"', copy)
        self.assertIn(self.WIDE, copy)
        again = self.run_json("standardise", copies / "letter.fodt", "--out", self.folder / "again")
        self.assertEqual([f["message"] for f in again], [f["message"] for f in left])

    def test_widths_in_the_unit_of_the_letterhead(self):
        firm = (sample.FIRM / "letterheads/marlow-pike.fodt").read_text(encoding="utf-8")
        metric = self.folder / "metric.fodt"
        metric.write_text(firm.replace('fo:page-width="8.5in"', 'fo:page-width="21cm"', 1).replace(
            SIDES, 'fo:margin-left="3cm" fo:margin-right="3cm"', 1), encoding="utf-8")
        (found,) = self.on_letterhead(self.with_object({"width": "7in"}, sample.letter().replace(SIDES, self.WIDE, 1)), metric)
        self.assertIn("is 17.78cm wide; on the letterhead metric the text of its page is 15cm wide", found["message"])


if __name__ == "__main__":
    unittest.main()
