#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Letters on a letterhead as LibreOffice lays them out: PDF of the ODT, and PDF of its DOCX.

Environment: APPLY_LETTERHEAD (program of tests/golden), LO_HOME (default /usr/lib/libreoffice),
ENGROSS_OUT (where pictures of the pages go; default: none are made).
"""

import copy
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lxml import etree

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LETTERHEAD = SOURCE / "templates" / "letterheads" / "marlow-pike.fodt"
TEMPLATE = SOURCE / "templates" / "templates" / "shelf-opinion.fodt"
TOOL = os.environ["APPLY_LETTERHEAD"]
SOFFICE = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice")) / "program" / "soffice"
OUT = os.environ.get("ENGROSS_OUT")

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, FO = ("{%s%s:1.0}" % (OASIS, name) for name in
                           ("office", "style", "text", "xsl-fo-compatible"))

FIRST = "FIRSTHEAD"  # what the headers say, so that a page tells which one it carries
CONTINUED = "CONTHEAD"
FOOT = "FOOTLINE"
TOLERANCE = 2.0  # points


def paragraph(text, style="Standard"):
    element = etree.Element(TEXT + "p", {TEXT + "style-name": style})
    element.text = text
    return element


def fill(area, lines, style):
    for child in list(area):
        area.remove(child)
    area.extend(paragraph(line, style) for line in lines)


def automatic_style(root, name, page=None, **properties):
    style = etree.SubElement(root.find(OFFICE + "automatic-styles"), STYLE + "style",
                             {STYLE + "name": name, STYLE + "family": "paragraph",
                              STYLE + "parent-style-name": "Standard"})
    if page:
        style.set(STYLE + "master-page-name", page)
    if properties:
        etree.SubElement(style, STYLE + "paragraph-properties",
                         {FO + key.replace("_", "-"): value for key, value in properties.items()})


def letterhead():
    """The sample letterhead, its headers of plain lines: eight on page 1, three after it."""
    root = etree.parse(str(LETTERHEAD)).getroot()
    page = root.find(".//" + STYLE + "master-page")
    fill(page.find(STYLE + "header"), [CONTINUED, "Date", "Page"], "Continuation_20_Line")
    first = page.find(STYLE + "header-first")
    fill(first, [FIRST] + ["Line"] * 6, "Header")
    first.append(paragraph("Partners", "Letterhead_20_Partners"))
    fill(page.find(STYLE + "footer"), [FOOT], "Footer")
    page.remove(page.find(STYLE + "footer-first"))
    return root


def careless_chain():
    """The same as two pages, First Page and Standard, with margins where a hand leaves them."""
    root = letterhead()
    masters = root.find(OFFICE + "master-styles")
    page = masters.find(STYLE + "master-page")
    first = copy.deepcopy(page)
    first.set(STYLE + "name", "First_20_Page")
    first.set(STYLE + "next-style-name", "Standard")
    lines = list(page.find(STYLE + "header-first"))
    fill(first.find(STYLE + "header"), [line.text for line in lines], "Header")
    first.remove(first.find(STYLE + "header-first"))
    page.remove(page.find(STYLE + "header-first"))
    automatic_style(root, "Loose", margin_bottom="14pt")
    page.find(STYLE + "header")[-1].set(TEXT + "style-name", "Loose")
    masters.append(first)
    return root


def letter(body, chain=False):
    """A text of the sample firm: `body` gives (text, master page or None)."""
    root = etree.parse(str(TEMPLATE)).getroot()
    text = root.find(OFFICE + "body").find(OFFICE + "text")
    for child in list(text):
        text.remove(child)
    masters = root.find(OFFICE + "master-styles")
    page = masters.find(STYLE + "master-page")
    layout = root.find(".//" + STYLE + "page-layout")
    wide = copy.deepcopy(layout)
    wide.set(STYLE + "name", "Turned")
    size = wide.find(STYLE + "page-layout-properties")
    size.set(FO + "page-width", "11in")
    size.set(FO + "page-height", "8.5in")
    size.set(STYLE + "print-orientation", "landscape")
    layout.addnext(wide)
    turned = etree.SubElement(masters, STYLE + "master-page",
                              {STYLE + "name": "Wide", STYLE + "page-layout-name": "Turned"})
    etree.SubElement(turned, STYLE + "header").append(paragraph("WIDEHEAD"))
    if chain:
        first = copy.deepcopy(page)
        first.set(STYLE + "name", "First_20_Page")
        first.set(STYLE + "next-style-name", "Standard")
        masters.append(first)
    for number, (line, master) in enumerate(body):
        style = "Standard"
        if master:
            style = "Break%d" % number
            automatic_style(root, style, master)
        text.append(paragraph(line, style))
    return root


def words(pdf):
    """Per page: list of (y of the line, word), in points from the top."""
    run = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True,
                         check=True)
    pages = []
    for line in run.stdout.splitlines():
        if "<page" in line:
            pages.append([])
        match = re.search(r'yMin="([\d.]+)".*>(.*)</word>', line)
        if match:
            pages[-1].append((float(match[1]), match[2]))
    return pages


def heads(pages):
    known = (FIRST, CONTINUED, "WIDEHEAD")
    return [[word for _, word in page if word in known] for page in pages]


def body_top(page):
    return min(y for y, word in page if word == "Body")


LONG = [("Body line %d" % i, None) for i in range(110)]


def cases():
    """name -> (letter, letterhead)"""
    annex = [("Body one", None), ("Body annex", "Wide"), ("Body back", "Standard")]
    return {
        "plain": (letter(LONG), letterhead()),
        "chain": (letter(LONG), careless_chain()),
        "two": (letter([("Body start", "First_20_Page")] + LONG, chain=True), letterhead()),
        "short": (letter([("Body only", None)]), letterhead()),
        "annex": (letter(annex + LONG), letterhead()),
    }


@unittest.skipUnless(SOFFICE.exists() and shutil.which("pdftotext"), "no LibreOffice, no pdftotext")
class Layout(unittest.TestCase):
    """Each case's pages, from its ODT and from its DOCX, as lists of words."""

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="engross-layout-") as folder:
            cls.lay_out(pathlib.Path(folder))

    @classmethod
    def lay_out(cls, work):
        letters = []
        for name, roots in cases().items():
            files = [work / f"{name}-text.fodt", work / f"{name}-head.fodt", work / f"{name}.odt"]
            for file, root in zip(files, roots):
                etree.ElementTree(root).write(str(file), xml_declaration=True, encoding="UTF-8")
            subprocess.run([TOOL, *map(str, files)], check=True, capture_output=True)
            letters.append(files[-1])

        def convert(kind, files, folder):
            subprocess.run(
                [str(SOFFICE), "-env:UserInstallation=" + (work / "profile").as_uri(), "--headless",
                 "--norestore", "--convert-to", kind, "--outdir", str(folder), *map(str, files)],
                capture_output=True, timeout=250, check=True)
            return [folder / (file.stem + "." + kind) for file in files]

        odt = convert("pdf", letters, work / "odt")
        docx = convert("pdf", convert("docx", letters, work), work / "docx")
        cls.pages = {file.stem: (words(file), words(other)) for file, other in zip(odt, docx)}
        for file in [*odt, *docx] if OUT else []:
            subprocess.run(["pdftoppm", "-r", "60", "-png", str(file),
                            str(pathlib.Path(OUT) / f"letterhead-{file.stem}-{file.parent.name}")],
                           check=True)

    def test_letterhead_on_page_one_continuation_after_it(self):
        for name in ("plain", "chain", "two"):
            for pages in self.pages[name]:
                with self.subTest(name):
                    self.assertGreater(len(pages), 2)
                    self.assertEqual(heads(pages), [[FIRST]] + [[CONTINUED]] * (len(pages) - 1))
                    self.assertGreater(body_top(pages[0]), body_top(pages[1]) + 40,
                                       "each page's text begins under its own header")

    def test_text_begins_at_one_height_in_odt_and_docx(self):
        for name in ("plain", "chain", "two"):
            odt, docx = self.pages[name]
            for number in (0, 1):
                with self.subTest(name, page=number + 1):
                    self.assertAlmostEqual(body_top(odt[number]), body_top(docx[number]),
                                           delta=TOLERANCE)

    def test_footer_stands_on_page_one_too(self):
        for pages in self.pages["plain"]:
            for number, page in enumerate(pages, 1):
                self.assertIn(FOOT, [word for _, word in page], f"page {number}")

    def test_one_page_letter_has_no_continuation(self):
        for pages in self.pages["short"]:
            self.assertEqual(heads(pages), [[FIRST]])

    def test_back_from_a_landscape_annex(self):
        for pages in self.pages["annex"]:
            self.assertEqual(heads(pages)[:4], [[FIRST], ["WIDEHEAD"], [CONTINUED], [CONTINUED]])
            self.assertAlmostEqual(body_top(pages[2]), body_top(pages[3]), delta=TOLERANCE)


if __name__ == "__main__":
    unittest.main()
