#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The sample letters on every letterhead of the sample firm, and the continuation header in hard cases:
as they are printed, and as their DOCX is laid out again.

Needs $ENGROSS with engross-office beside it, LibreOffice ($LO_HOME), poppler-utils and python3-docx.
$ENGROSS_OUT: where pictures of the pages go.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import docx
from lxml import etree

from acceptance import DRAW, FIRM, LETTERS, TEXT, Letter, Work, engross, findings

SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
SOFFICE = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice")) / "program/soffice"
OUT = os.environ.get("ENGROSS_OUT")
DATA = json.loads((FIRM / "firm.json").read_text(encoding="utf-8"))["data"]["firm"]
PAPERS = {"marlow-pike": (612, 792), "marlow-pike-a4": (595.3, 841.9)}
LOGO = 0.72  # inches


def bare(text):
    return "".join(text.split()).casefold()


def printed(pdf):
    """Per page: (width, height), lines from the top as (y, text without white space)."""
    run = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    pages = []
    for page in etree.fromstring(run.stdout.encode()).iter("{*}page"):
        rows = []
        for word in sorted(page.iter("{*}word"), key=lambda word: float(word.get("yMax"))):
            y = float(word.get("yMax"))
            if not rows or y - rows[-1][0] > 3:  # small capitals: one line in two sizes of type
                rows.append((y, []))
            rows[-1][1].append((float(word.get("xMin")), word.text or ""))
        rows = [(y, bare("".join(text for _, text in sorted(words)))) for y, words in rows]
        pages.append(((float(page.get("width")), float(page.get("height"))), rows))
    return pages


def through_word(work, files):
    """PDFs of DOCX files that LibreOffice reads again."""
    folder = work / "again"
    subprocess.run([str(SOFFICE), "-env:UserInstallation=" + (work / "profile").as_uri(), "--headless", "--norestore",
                    "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
                   capture_output=True, timeout=250, check=True)
    return {file.stem: folder / f"{file.stem}.pdf" for file in files}


def picture(pdf, name):
    if OUT:
        pathlib.Path(OUT).mkdir(parents=True, exist_ok=True)
        subprocess.run(["pdftoppm", "-r", "50", "-png", str(pdf), str(pathlib.Path(OUT) / name)], check=True)


class Shown(Work):
    def assert_header(self, page, lines, message):
        """The page begins with these lines, and the text follows below."""
        rows = [text for _, text in page[1]]
        self.assertEqual(rows[:len(lines)], [bare(line) for line in lines], message)
        self.assertGreater(page[1][len(lines)][0] - page[1][len(lines) - 1][0], 25, f"{message}: no gap below")


class EveryLetterhead(Shown):
    """The letters, two offices, two papers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = {}
        for name, (template, deal) in LETTERS.items():
            for head in PAPERS:
                for office in DATA["offices"]:
                    stem = cls.work / f"{name}_{head}_{office}"
                    run = engross("assemble", template, "--deal", f"{deal}.json", "--letterhead", head, "--set",
                                  f"letter.office={office}", "-o", *(f"{stem}.{kind}" for kind in ("odt", "docx", "pdf")))
                    if (run.status, run.error) != (0, ""):
                        raise AssertionError(f"{stem.name}: {run}")
                    cls.made[stem.name] = (head, office, stem)
        cls.again = through_word(cls.work, [stem.with_name(f"{stem.name}.docx") for _, _, stem in cls.made.values()])
        for name, (_, _, stem) in cls.made.items():
            picture(f"{stem}.pdf", name)

    def test_headers_page_by_page(self):
        self.assertEqual(len(self.made), 4 * len(LETTERS))
        for name, (head, office, stem) in self.made.items():
            letter = Letter(f"{stem}.odt")
            addressee, date, _ = letter.header("header")
            own = DATA["offices"][office]
            other, = (facts for key, facts in DATA["offices"].items() if key != office)
            first = [line for line in letter.header("header-first") if line]
            self.assertTrue(any(own["phone"] in line for line in first), name)
            for kind, pages in (("pdf", printed(f"{stem}.pdf")), ("docx", printed(self.again[name]))):
                self.assertGreater(len(pages), 1)
                for number, page in enumerate(pages, 1):
                    with self.subTest(name, kind=kind, page=number):
                        for seen, wanted in zip(page[0], PAPERS[head]):
                            self.assertAlmostEqual(seen, wanted, delta=1)
                        self.assert_header(page, first if number == 1 else [addressee, date, f"Page {number}"], name)
                        text = "".join(line for _, line in page[1])
                        self.assertEqual(bare(own["phone"]) in text, number == 1)
                        self.assertNotIn(bare(other["phone"]), text)
                        # Nothing runs over the paper's foot.
                        self.assertLess(page[1][-1][0], PAPERS[head][1] - 20)

    def test_text_begins_at_one_height_in_print_and_in_word(self):
        for name, (_, _, stem) in self.made.items():
            tops = []
            for pdf in (f"{stem}.pdf", self.again[name]):
                pages = printed(pdf)
                tops.append([pages[0][1][len([x for x in Letter(f"{stem}.odt").header("header-first") if x])][0],
                             pages[1][1][3][0]])
            for one, two in zip(*tops):
                self.assertAlmostEqual(one, two, delta=2, msg=name)

    def test_logo_in_all_three_in_its_size(self):
        for name, (_, _, stem) in self.made.items():
            with self.subTest(name):
                frames = list(Letter(f"{stem}.odt").styles.iter(DRAW + "frame"))
                self.assertEqual([(f.get(SVG + "width"), f.get(SVG + "height")) for f in frames], [(f"{LOGO}in",) * 2])
                header = docx.Document(f"{stem}.docx").sections[0].first_page_header
                extent, = header._element.iter("{*}extent")
                for key in ("cx", "cy"):
                    self.assertAlmostEqual(int(extent.get(key)) / 914400, LOGO, delta=0.01)
                for pdf in (f"{stem}.pdf", self.again[name]):
                    run = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True)
                    rows = [line.split() for line in run.stdout.splitlines()[2:]]
                    picture_row, = (row for row in rows if row[2] == "image")
                    self.assertEqual(picture_row[0], "1")
                    for pixels, per_inch in ((picture_row[3], picture_row[12]), (picture_row[4], picture_row[13])):
                        self.assertAlmostEqual(int(pixels) / int(per_inch), LOGO, delta=0.02)


LONG = ("Wells Fargo Bank, National Association, not in its individual capacity but solely as Trustee for the Holders "
        "of the REMIC Pass-Through Certificates, Series 2006-1, and its Successors and Assigns in that Capacity")

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:styles><style:style style:name="Standard" style:family="paragraph"/></office:styles>
 <office:automatic-styles>
  <style:style style:name="Annex" style:family="paragraph" style:parent-style-name="Standard" style:master-page-name="Wide"/>
  <style:style style:name="Back" style:family="paragraph" style:parent-style-name="Standard" style:master-page-name="Standard"/>
  <style:style style:name="Next" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:break-before="page"/></style:style>
  <style:style style:name="Sect" style:family="section"/>
  <style:page-layout style:name="Upright"><style:page-layout-properties fo:page-width="8.5in" fo:page-height="11in" fo:margin-top="1in"/></style:page-layout>
  <style:page-layout style:name="OnSide"><style:page-layout-properties fo:page-width="11in" fo:page-height="8.5in" style:print-orientation="landscape" fo:margin-top="1in"/></style:page-layout>
 </office:automatic-styles>
 <office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Upright"/>
  <style:master-page style:name="Wide" style:page-layout-name="OnSide"/></office:master-styles>
 <office:body><office:text>
  <text:p>February 27, 2006</text:p><text:p>Credit Suisse Securities (USA) LLC</text:p><text:p>BODY one</text:p>{more}
 </office:text></office:body></office:document>
"""
ANNEX = """<text:section text:name="S" text:style-name="Sect"><text:p>BODY in a section</text:p><text:p text:style-name="Next">BODY section goes on</text:p></text:section>
  <text:p text:style-name="Annex">BODY annex</text:p><text:p text:style-name="Back">BODY back</text:p><text:p text:style-name="Next">BODY end</text:p>"""


class ContinuationHeader(Shown):
    """One case a letter; all of them printed and, through their DOCX, laid out again."""

    CONTINUED = ["Credit Suisse Securities (USA) LLC", "February 27, 2006"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = {}
        firm = cls.work / "firm"
        shutil.copytree(FIRM, firm)
        head = firm / "letterheads/marlow-pike.fodt"
        page = '<text:page-number text:select-page="current">2</text:page-number>'
        text = head.read_text(encoding="utf-8")
        cls.assertIn(cls(), page, text)
        head.write_text(text.replace(page, page + " of <text:page-count>1</text:page-count>"), encoding="utf-8")
        template, deal = LETTERS["takedown"]
        template = firm / template.relative_to(FIRM)
        data = ("--deal", f"{deal}.json")
        for name, values in (("long", {"letter.addressee.name": LONG}),
                             ("schedule", {"letter.addressee.name": "To Each Addressee Listed on Schedule A"}),
                             ("lines", {"letter.addressee.name": "Credit Suisse Securities (USA) LLC\nas Representative"})):
            sets = [word for key, value in values.items() for word in ("--set", f"{key}={value}")]
            cls.make(name, "assemble", template, *data, *sets)
        for name, more in (("short", ""), ("annex", ANNEX)):
            source = cls.work / f"{name}-source.fodt"
            source.write_text(FOREIGN.format(more=more), encoding="utf-8")
            cls.make(name, "letterhead", source, "--with", "marlow-pike", "--firm", firm, *data)
        again = through_word(cls.work, [cls.work / f"{name}.docx" for name in cls.made])
        for name, stem in cls.made.items():
            picture(f"{stem}.pdf", f"case-{name}")
            cls.made[name] = {"pdf": printed(f"{stem}.pdf"), "docx": printed(again[name])}

    @classmethod
    def make(cls, name, *command):
        stem = cls.work / name
        run = engross(*command, "-o", *(f"{stem}.{kind}" for kind in ("odt", "docx", "pdf")))
        if run.status != 0 or " error " in run.error:
            raise AssertionError(f"{name}: {run}")
        cls.made[name] = stem

    def each(self, name):
        for kind, pages in self.made[name].items():
            with self.subTest(name, kind=kind):
                yield pages

    def test_a_very_long_addressee(self):
        for pages in self.each("long"):
            self.assertGreater(len(pages), 2)
            for number, page in enumerate(pages[1:], 2):
                rows = [text for _, text in page[1]]
                end = rows.index(bare("February 27, 2006"))
                self.assertGreater(end, 1, "it wraps")
                self.assertEqual("".join(rows[:end]), bare(LONG))
                self.assertEqual(rows[end + 1], bare(f"Page {number} of {len(pages)}"))
                self.assertGreater(page[1][end + 2][0] - page[1][end + 1][0], 25, "the text stays clear of it")

    def test_several_addressees(self):
        for pages in self.each("schedule"):
            for number, page in enumerate(pages[1:], 2):
                self.assert_header(page, ["To Each Addressee Listed on Schedule A", "February 27, 2006",
                                          f"Page {number} of {len(pages)}"], number)

    def test_an_addressee_of_two_lines(self):
        for pages in self.each("lines"):
            for number, page in enumerate(pages[1:], 2):
                rows = [text for _, text in page[1]]
                end = rows.index(bare("February 27, 2006"))
                self.assertEqual("".join(rows[:end]), bare("Credit Suisse Securities (USA) LLC as Representative"))
                self.assertEqual(rows[end + 1], bare(f"Page {number} of {len(pages)}"))

    def test_a_letter_of_one_page_has_none(self):
        for pages in self.each("short"):
            self.assertEqual(len(pages), 1)
            text = "".join(line for _, line in pages[0][1])
            self.assertIn(bare(DATA["statement"]), text)
            self.assertIsNone(re.search(r"page\d", text))

    def test_sections_and_landscape_annex(self):
        for pages in self.each("annex"):
            bodies = [next((line for _, line in page[1] if line.startswith("body")), "") for page in pages]
            self.assertEqual(bodies, ["bodyone", "bodysectiongoeson", "bodyannex", "bodyback", "bodyend"])
            self.assertEqual([page[0][0] > page[0][1] for page in pages], [False, False, True, False, False])
            for number in (2, 3, 4, 5):
                self.assert_header(pages[number - 1], [*self.CONTINUED, f"Page {number} of 5"], number)
            for number, page in enumerate(pages, 1):
                text = "".join(line for _, line in page[1])
                self.assertEqual(bare("41 Chancel Street") in text, number == 1, number)

    def test_a_missing_date_is_a_finding(self):
        template, deal = LETTERS["takedown"]
        data = json.loads(pathlib.Path(f"{deal}.json").read_text(encoding="utf-8"))
        del data["letter"]["date"]
        incomplete, out = self.work / "incomplete.json", self.work / "never.docx"
        incomplete.write_text(json.dumps(data), encoding="utf-8")
        status, found = findings("assemble", template, "--deal", incomplete, "-o", out)
        self.assertEqual(status, 1)
        self.assertTrue(any(f["code"] == "EG-T014" and f.get("part") == "styles.xml"
                            and f.get("data_path") == "letter.date" for f in found), found)
        self.assertFalse(out.exists())


if __name__ == "__main__":
    unittest.main(verbosity=1)
