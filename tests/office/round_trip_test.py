#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""A template that Writer has loaded and saved gives the letter that it gave before: every golden
template, the sample firm's opinion paragraphs and its letterhead.

Environment: ENGROSS (the command), LO_HOME (default /usr/lib/libreoffice).
"""

import collections
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

from lxml import etree

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))
import read_odt_numbers  # noqa: E402
from read_odt_numbers import DRAW, OFFICE, STYLE, TABLE, TEXT  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
SOFFICE = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice")) / "program" / "soffice"
FIRM = SOURCE / "templates"
SMALL = SOURCE / "tests" / "golden" / "templates"
DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"

PARAGRAPHS = (TEXT + "p", TEXT + "h")
BLANKS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
# Another flow in the middle of a paragraph, and what Writer computes anew.
APART = {TEXT + "note": "*", DRAW + "frame": "", TEXT + "page-number": "#", TEXT + "page-count": "#"}
HEADERS = [STYLE + area + variant for area in ("header", "footer")
           for variant in ("", "-first", "-left")]


def words(paragraph):
    out = []

    def walk(element):
        out.append(element.text or "")
        for child in element:
            if child.tag == TEXT + "s":
                out.append(" " * int(child.get(TEXT + "c", 1)))
            elif child.tag in BLANKS:
                out.append(BLANKS[child.tag])
            elif child.tag in APART:
                out.append(APART[child.tag])
            elif isinstance(child.tag, str):
                walk(child)
            out.append(child.tail or "")

    walk(paragraph)
    return "".join(out)


def paragraphs(root):
    """Writer puts an empty paragraph into each picture."""
    return [words(p) for p in root.iter(*PARAGRAPHS) if p.getparent().tag != DRAW + "image"]


def letter(file):
    """What a person reads in a letter, by the place where it stands."""
    with zipfile.ZipFile(file) as archive:
        content, styles, meta = (etree.fromstring(archive.read(name + ".xml"))
                                 for name in ("content", "styles", "meta"))
    out = collections.OrderedDict()
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    out["numbers"] = [(p.number, p.text) for p in read_odt_numbers.read(file)]
    out["notes"] = [paragraphs(note) for note in body.iter(TEXT + "note-body")]
    out["frames"] = sorted(paragraphs(box) for box in body.iter(DRAW + "text-box"))
    out["cells"] = [paragraphs(cell) for cell in body.iter(TABLE + "table-cell")]
    out["links"] = [(a.get("{http://www.w3.org/1999/xlink}href"), words(a))
                    for a in body.iter(TEXT + "a")]
    out["references"] = [words(r) for r in body.iter(TEXT + "bookmark-ref")]
    for name in HEADERS:
        out[etree.QName(name).localname] = [
            text for page in styles.iter(STYLE + "master-page") for area in page.findall(name)
            for text in paragraphs(area)]
    out["title"] = [title.text for title in meta.iter(DC_TITLE)]
    return out


def shapes(file):
    """For each table its number of columns, and for each row how many of them its cells cover."""
    with zipfile.ZipFile(file) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    repeated, spanned = TABLE + "number-columns-repeated", TABLE + "number-columns-spanned"
    out = {}
    for table in content.iter(TABLE + "table"):
        columns = sum(int(column.get(repeated, 1)) for column in table.iter(TABLE + "table-column")
                      if next(column.iterancestors(TABLE + "table")) is table)
        rows = []
        for row in table.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not table:
                continue
            cells = [cell for cell in row for _ in range(int(cell.get(repeated, 1)))]
            if len(cells) != columns:
                raise AssertionError(f"{table.get(TABLE + 'name')}: {len(cells)} of {columns}")
            rows.append([int(cell.get(spanned, 1)) for cell in cells
                         if cell.tag == TABLE + "table-cell"])
        out[table.get(TABLE + "name")] = (columns, rows)
    return out


Case = collections.namedtuple("Case", "template deal")
CASES = [Case(FIRM / "templates" / f"{name}-opinion.fodt", FIRM / "deals" / f"{name}.json")
         for name in ("takedown", "shelf")]
CASES += [Case(file, SMALL / "deal.json") for file in sorted(SMALL.glob("*.fodt"))]


@unittest.skipUnless(SOFFICE.exists(), "no LibreOffice")
class RoundTrip(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="engross-round-trip-")
        cls.addClassCleanup(folder.cleanup)
        cls.work = pathlib.Path(folder.name)
        cls.wanted = {case: cls.assembled(case, case.template, FIRM) for case in CASES}

    @classmethod
    def saved(cls, kind, files, folder):
        """Each file as Writer saves it in that form."""
        run = subprocess.run(
            [str(SOFFICE), "-env:UserInstallation=" + (cls.work / "profile").as_uri(),
             "--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder),
             *map(str, files)], capture_output=True, text=True, timeout=250, check=True)
        out = [folder / f"{file.stem}.{kind}" for file in files]
        missing = [file.name for file in out if not file.exists()]
        if missing:
            raise AssertionError(f"{missing}: {run.stdout}{run.stderr}")
        return out

    @classmethod
    def assembled(cls, case, template, firm):
        out = cls.work / "letter.odt"
        out.unlink(missing_ok=True)
        of_firm = ["--firm", firm] if case.template.is_relative_to(FIRM) else []
        run = subprocess.run(
            [ENGROSS, "assemble", str(template), "--deal", str(case.deal), *map(str, of_firm),
             "-o", str(out)], capture_output=True, text=True, timeout=120)
        if run.returncode != 0:
            raise AssertionError(f"{template.name}: {run.stdout}{run.stderr}")
        return letter(out)

    def same(self, case, template, firm=FIRM):
        got = self.assembled(case, template, firm)
        for place, texts in self.wanted[case].items():
            with self.subTest(template=template.name, place=place):
                self.assertEqual(got[place], texts)

    def test_the_letters_are_worth_it(self):
        everything = collections.Counter()
        for texts in self.wanted.values():
            everything.update({place: len(found) for place, found in texts.items()})
        for place in self.wanted[CASES[0]]:
            self.assertGreater(everything[place], 0, place)
        self.assertGreater(everything["numbers"], 100)

    def test_saved_as_document_and_as_template(self):
        for kind in ("odt", "ott"):
            files = self.saved(kind, [case.template for case in CASES], self.work)
            for case, file in zip(CASES, files):
                self.same(case, file)

    def test_tables_of_a_letter_in_writer(self):
        case = next(case for case in CASES if case.template.stem == "tables")
        self.assembled(case, case.template, FIRM)
        made = self.work / "letter.odt"
        self.assertEqual(shapes(made)["Columns"], (5, [[5], [1] * 5, [1] * 5, [1, 3, 1]]))
        saved, = self.saved("odt", [made.rename(self.work / "tables-letter.odt")],
                            self.work / "in-writer")
        self.assertEqual(shapes(saved), shapes(self.work / "tables-letter.odt"))
        # Writer puts a paragraph into a cell without any.
        self.assertEqual(letter(saved)["cells"],
                         [cell or [""] for cell in self.wanted[case]["cells"]])

    def test_saved_opinion_paragraphs_and_letterhead(self):
        firm = self.work / "firm"
        shutil.copytree(FIRM, firm)
        for folder in ("opinions", "letterheads", "templates"):
            self.saved("fodt", sorted((FIRM / folder).glob("*.fodt")), firm / folder)
        for case in CASES[:2]:
            self.same(case, firm / "templates" / case.template.name, firm)


if __name__ == "__main__":
    unittest.main()
