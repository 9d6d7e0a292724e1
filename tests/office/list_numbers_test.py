#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The readers of paragraph numbers against LibreOffice: for made-up lists the number read from the
ODT, the one read from the DOCX that LibreOffice makes of it, and the one in its PDF are the same.

Environment: LO_HOME (default /usr/lib/libreoffice).
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import read_docx_numbers  # noqa: E402
import read_odt_numbers  # noqa: E402

SOFFICE = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice")) / "program" / "soffice"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
LETTERS = 24


def level(number, kind, prefix, suffix, more=""):
    return (f'<text:list-level-style-number text:level="{number}" style:num-format="{kind}" '
            f'style:num-prefix="{prefix}" style:num-suffix="{suffix}" {more}>'
            '<style:list-level-properties '
            'text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'fo:text-indent="-0.5in" fo:margin-left="{number / 2}in"/>'
            '</style:list-level-properties></text:list-level-style-number>')


SYNC = 'style:num-letter-sync="true"'
KEPT = 'loext:num-list-format="%s"'
STYLES = ('<style:style style:name="Standard" style:family="paragraph"/>'
          '<text:list-style style:name="A">' + level(1, "1", "", ".") + level(2, "A", "(", ")", SYNC)
          + level(3, "i", "(", ")") + level(4, "a", "", ")", SYNC) + "</text:list-style>"
          '<text:list-style style:name="B">' + level(1, "1", "", ".", 'text:start-value="3"')
          + level(2, "1", "", ".", 'text:display-levels="2"')
          + level(3, "1", "", ".", 'text:display-levels="3"') + level(4, "I", "", ".")
          + "</text:list-style>"
          # levels that the style lacks, and labels as LibreOffice keeps those of Word
          '<text:list-style style:name="C">' + level(1, "I", "", ".")
          + level(3, "1", "", ".", 'text:display-levels="3"') + "</text:list-style>"
          '<text:list-style style:name="D">' + level(1, "1", "", ".", KEPT % "%1%.")
          + level(2, "A", "", ")", KEPT % "%1%(%2%)")
          + level(3, "i", "", "", KEPT % "Section %1%.%3%") + "</text:list-style>")


class Letter:
    """Lists of up to four levels with flush continuations, headers, start values, continued lists
    and plain paragraphs between, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.paragraphs = 0
        self.lists = []

    def chance(self, probability):
        return self.random.random() < probability

    def paragraph(self):
        self.paragraphs += 1
        return f'<text:p text:style-name="Standard">p{self.paragraphs}</text:p>'

    def items(self, depth):
        out = ""
        for _ in range(self.random.randint(1, 4)):
            if depth == 0 and self.chance(0.08):
                out += f"<text:list-header>{self.paragraph()}</text:list-header>"
                continue
            start = f' text:start-value="{self.random.randint(2, 9)}"' if self.chance(0.1) else ""
            inside = self.paragraph()
            if depth < 3 and self.chance(0.4):
                inside += f"<text:list>{self.items(depth + 1)}</text:list>"
            if self.chance(0.3):
                inside += self.paragraph()
            out += f"<text:list-item{start}>{inside}</text:list-item>"
        return out

    def xml(self):
        body = ""
        for number in range(self.random.randint(1, 4)):
            style = self.random.choice("AABCD")
            attributes = f'xml:id="list{number}" text:style-name="{style}"'
            earlier = [name for name, its in self.lists if its == style]
            if earlier and self.chance(0.4):
                attributes += f' text:continue-list="{self.random.choice(earlier)}"'
            elif self.chance(0.3):
                attributes += ' text:continue-numbering="true"'
            self.lists.append((f"list{number}", style))
            body += f"<text:list {attributes}>{self.items(0)}</text:list>"
            if self.chance(0.6):
                body += self.paragraph()
        return ('<?xml version="1.0" encoding="UTF-8"?><office:document '
                f'xmlns:office="{OASIS}office:1.0" xmlns:style="{OASIS}style:1.0" '
                f'xmlns:text="{OASIS}text:1.0" xmlns:fo="{OASIS}xsl-fo-compatible:1.0" '
                'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
                'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
                f'<office:styles>{STYLES}</office:styles><office:body><office:text>{body}'
                '</office:text></office:body></office:document>')


def numbered(paragraphs):
    return [(paragraph.number, paragraph.text) for paragraph in paragraphs]


@unittest.skipUnless(SOFFICE.exists() and shutil.which("pdftotext"), "no LibreOffice, no pdftotext")
class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="engross-numbers-")
        cls.addClassCleanup(folder.cleanup)
        work = pathlib.Path(folder.name)
        cls.files = [work / f"letter{seed}.fodt" for seed in range(LETTERS)]
        for seed, file in enumerate(cls.files):
            file.write_text(Letter(seed).xml(), encoding="utf-8")
        for kind in ("docx", "pdf"):
            subprocess.run(
                [str(SOFFICE), "-env:UserInstallation=" + (work / "profile").as_uri(), "--headless",
                 "--norestore", "--convert-to", kind, "--outdir", str(work), *map(str, cls.files)],
                capture_output=True, timeout=250, check=True)

    def test_the_lists_are_worth_it(self):
        read = [pair for file in self.files for pair in numbered(read_odt_numbers.read(file))]
        self.assertGreater(len(read), 300)
        for some in ("2.", "(B)", "(ii)", "a)", "3.1.", ""):
            self.assertIn(some, [number for number, _ in read])

    def test_docx_has_the_numbers_of_the_odt(self):
        for file in self.files:
            self.assertEqual(numbered(read_docx_numbers.read(file.with_suffix(".docx"))),
                             numbered(read_odt_numbers.read(file)), file.name)

    def test_pdf_has_the_numbers_of_the_odt(self):
        for file in self.files:
            run = subprocess.run(["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"],
                                 capture_output=True, text=True, check=True)
            printed = []
            for line in run.stdout.replace("\f", "\n").splitlines():
                if line.split():
                    number, _, text = line.strip().rpartition(" ")
                    printed.append((number.strip(), text))
            self.assertEqual(printed, numbered(read_odt_numbers.read(file)), file.name)


if __name__ == "__main__":
    unittest.main()
