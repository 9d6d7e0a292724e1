#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""A letter whose addressee and date somebody changes in Writer: the audit sees that the continuation
header no longer agrees, standardise repairs it, and the printed pages show the new words.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME (default /usr/lib/libreoffice).
Needs poppler-utils.
"""

import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from acceptance import FIRM, LETTERS, Letter, Work, assemble, engross, findings, squeezed  # noqa: E402
from refreshing import Office  # noqa: E402

from com.sun.star.beans import PropertyValue  # noqa: E402

OLD = {"addressee": "Credit Suisse Securities (USA) LLC", "date": "February 27, 2006"}
NEW = {"addressee": "Harbor Street Capital Markets Inc.", "date": "March 3, 2006"}


def line(text, words):
    paragraphs = text.createEnumeration()
    while paragraphs.hasMoreElements():
        paragraph = paragraphs.nextElement()
        if paragraph.supportsService("com.sun.star.text.Paragraph") and paragraph.getString() == words:
            return paragraph
    raise AssertionError(f"no line {words}")


def typed_over(text, paragraph, old, new):
    """The whole line replaced."""
    paragraph.setString(new)


def from_the_front(text, paragraph, old, new):
    """The new words typed before the old ones, which are then deleted."""
    cursor = text.createTextCursorByRange(paragraph.getStart())
    text.insertString(cursor, new, False)
    cursor = text.createTextCursorByRange(paragraph.getStart())
    cursor.goRight(len(new), False)
    cursor.gotoEndOfParagraph(True)
    cursor.setString("")


def in_the_middle(text, paragraph, old, new):
    """All but the first and the last letter of the old words replaced, then these."""
    cursor = text.createTextCursorByRange(paragraph.getStart())
    cursor.goRight(1, False)
    cursor.goRight(len(old) - 2, True)
    cursor.setString(new)
    cursor = text.createTextCursorByRange(paragraph.getEnd())
    cursor.goLeft(1, True)
    cursor.setString("")
    cursor = text.createTextCursorByRange(paragraph.getStart())
    cursor.goRight(1, True)
    cursor.setString("")


def on_a_line_of_its_own(text, paragraph, old, new):
    """A new paragraph after the old one, which goes, and with it the bookmark; Writer gives the date the
    style of the address."""
    cursor = text.createTextCursorByRange(paragraph.getEnd())
    text.insertControlCharacter(cursor, 0, False)  # a new paragraph
    text.insertString(cursor, new, False)
    line(text, old).dispose()


EDITS = (typed_over, from_the_front, in_the_middle, on_a_line_of_its_own)


class HandEdit(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls.work / "letter.odt"
        cls.made(cls(), assemble("takedown", cls.letter))
        cls.edited = cls.work / "edited"
        cls.edited.mkdir()
        office = Office(cls.work)
        try:
            for how in EDITS:
                document = office.desktop.loadComponentFromURL(
                    cls.letter.as_uri(), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
                text = document.getText()
                for what, old in OLD.items():
                    how(text, line(text, old), old, NEW[what])
                document.storeToURL((cls.edited / f"{how.__name__}.odt").as_uri(),
                                    (PropertyValue(Name="FilterName", Value="writer8"),))
                document.close(True)
        finally:
            office.close()
        cls.repaired = cls.work / "repaired"
        cls.repair = findings("standardise", cls.edited, "--firm", FIRM, "--out", cls.repaired)

    def of_header(self, *arguments):
        status, found = findings("audit", *arguments, "--firm", FIRM)
        self.assertIn(status, (0, 1), found)
        return [finding for finding in found if finding.get("rule") in ("header_agreement", "laid_out")]

    def test_as_made_it_agrees(self):
        self.assertEqual(self.of_header(self.letter), [])

    def test_the_audit_finds_it(self):
        for how in EDITS:
            with self.subTest(how.__name__):
                file = self.edited / f"{how.__name__}.odt"
                found = {finding["code"]: finding["message"] for finding in self.of_header(file)}
                self.assertEqual(set(found), {"EG-H024", "EG-H025"})
                for code, what in (("EG-H024", "addressee"), ("EG-H025", "date")):
                    self.assertIn(NEW[what], found[code])

    def test_the_repair_says_what_it_changed(self):
        status, said = self.repair
        self.assertIn(status, (0, 1), said)
        for how in EDITS:
            with self.subTest(how.__name__):
                about = {finding.get("code") for finding in said if pathlib.Path(finding["file"]).stem == how.__name__}
                self.assertLessEqual({"EG-H024", "EG-H025"}, about)

    def test_repaired_it_agrees_on_all_pages(self):
        for how in EDITS:
            with self.subTest(how.__name__):
                file = self.repaired / f"{how.__name__}.odt"
                self.assertEqual(self.of_header(file, "--laid-out"), [])

    def test_repaired_it_prints_the_new_words(self):
        for how in EDITS:
            with self.subTest(how.__name__):
                file = self.repaired / f"{how.__name__}.odt"
                pdf = file.with_suffix(".pdf")
                self.made(engross("convert", file, "-o", pdf))
                text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
                pages = [[squeezed(line) for line in page.splitlines() if line.strip()]
                         for page in text.stdout.split("\f")[:-1]]
                self.assertGreater(len(pages), 2)
                wanted = [NEW["addressee"], NEW["date"]]
                for number, page in enumerate(pages[1:], 2):
                    self.assertEqual(page[:3], [*wanted, f"Page {number}"])
                # Once each on page 1: in the address block, not in a header.
                for new, old in zip(NEW.values(), OLD.values()):
                    self.assertEqual(pages[0].count(new), 1, pages[0])
                    self.assertNotIn(old, pages[0])
                self.assertNotIn("Page 1", pages[0])

    def test_the_rest_of_the_letter_is_untouched(self):
        for how in EDITS:
            with self.subTest(how.__name__):
                before, after = (Letter(str(folder / f"{how.__name__}.odt")) for folder in (self.edited, self.repaired))
                self.assertEqual(*([squeezed(p.text) for p in letter.paragraphs] for letter in (before, after)))


if __name__ == "__main__":
    unittest.main(verbosity=1)
