#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Sixty seeded combinations of opinion paragraphs: numbers and references that Engross wrote are
those that LibreOffice computes, in ODT, DOCX and PDF.

Each paragraph of the sample book gets a label, so that a letter refers to every number in it. Each
letter is loaded as it was written, and once more with all its reference texts overwritten; both are
refreshed. The overwritten one goes through engross-office, the program that makes DOCX and PDF. One
office reads all, one exports all.

In DOCX LibreOffice makes nothing of this different: every paragraph is compared as it stands. What
it writes in another way, with the same text, is listed in docs/opinion-book.md.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME.
"""

import pathlib
import random
import re
import sys
import unittest

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))

import acceptance  # noqa: E402
import acceptance_office_test as formats  # noqa: E402
import combinations  # noqa: E402
import read_docx_numbers  # noqa: E402
from acceptance import Letter, Work, squeezed  # noqa: E402
import refreshing  # noqa: E402

LETTERS = 60


def lines(letter):
    """What Office.read should give."""
    # The header's last line has the number of whatever page was laid out last.
    texts = [p.text for p in letter.paragraphs] + letter.header("header")[:-1]
    return ([squeezed(f"{p.number} {p.text}") for p in letter.paragraphs],
            [squeezed(text) for text in texts])


class Combinations(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        firm = combinations.Firm(cls.work)
        dice = random.Random(1871)
        cls.letters = []
        office, exporter = refreshing.Office(cls.work), refreshing.Exporter()
        cls.addClassCleanup(office.close)
        cls.addClassCleanup(exporter.close)
        for number in range(LETTERS):
            stem = cls.work / f"letter{number}"
            chosen = firm.assemble(dice, stem)
            wrong = cls.work / f"wrong{number}.odt"
            if refreshing.overwritten(f"{stem}.odt", wrong) < len(chosen):
                raise AssertionError(f"{stem.name} has no references")
            docx, pdf = stem.with_suffix(".docx"), stem.with_suffix(".pdf")
            exporter.export(wrong, docx, pdf)
            cls.letters.append((stem, chosen, Letter(f"{stem}.odt"),
                                office.read(stem.with_suffix(".odt"), True),
                                office.read(wrong, True), office.read(docx, False)))

    def test_the_letters_are_worth_it(self):
        numbers = {p.number for _, _, odt, *_ in self.letters for p in odt.paragraphs}
        references = [r.text for _, _, odt, *_ in self.letters for r in odt.references(odt.content)]
        self.assertGreater(len(references), 2000)
        self.assertGreater(len({frozenset(chosen) for _, chosen, *_ in self.letters}), 55)
        for some in ("1.", "24.", "(A)", "(C)", "(ii)"):
            self.assertIn(some, numbers)
        texts = [p.text for _, _, odt, *_ in self.letters for p in odt.paragraphs]
        deep = [text for text in texts if re.search(r"\d\([A-Z]\)\([ivx]+\) or \(", text)]
        self.assertGreater(len(deep), 20)
        for some in ("above", "below", "(B)"):
            self.assertIn(some, references)

    def test_the_letter_is_right_by_itself(self):
        for _, _, odt, *_ in self.letters:
            faults = [fault for fault in acceptance.reference_faults(odt)
                      if "leaves out the levels" not in fault]  # form="number" does so
            self.assertEqual(faults, [])
            self.assertEqual(acceptance.name_faults(odt), [])
            for p in odt.paragraphs:
                for full, number in re.findall(r"(\S+) or (\S+) (?:above|below)", p.text):
                    # A slot on level 2 with nothing before it has no number above.
                    self.assertRegex(full, r"^(?:\d+|(?=\([A-Z]\)))(\([A-Z]\))?(\([ivx]+\))?(\([a-z]\))?$")
                    self.assertTrue(full.endswith(number), full)

    def test_libreoffice_computes_the_same(self):
        for _, _, odt, right, wrong, _ in self.letters:
            self.assertEqual(right, lines(odt))
            self.assertEqual(wrong, lines(odt))

    def test_docx_says_the_same(self):
        for stem, _, odt, _, _, reopened in self.letters:
            self.assertEqual(reopened, lines(odt))
            read = read_docx_numbers.read(stem.with_suffix(".docx"))
            self.assertEqual([squeezed(f"{p.number} {p.text}") for p in read], lines(odt)[0])

    def test_pdf_says_the_same(self):
        for stem, _, odt, *_ in self.letters:
            printed = formats.bare("".join(line for body in formats.Made(stem).bodies()
                                           for line in body))
            self.assertNotIn(refreshing.SENTINEL.casefold(), printed)
            wanted = "".join(formats.bare(p.number + p.text) for p in odt.paragraphs)
            self.assertEqual(printed, wanted)


if __name__ == "__main__":
    unittest.main()
