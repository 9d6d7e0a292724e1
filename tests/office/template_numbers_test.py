#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""References to the numbers of a template's own lists against LibreOffice: made-up lists (nested,
continued, with headers, start values, levels that their style lacks and labels out of Word), a label
on each numbered paragraph and a reference to it. References are overwritten before LibreOffice sees
them.

Environment: ENGROSS (the command), LO_HOME.
"""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))

import acceptance  # noqa: E402
import list_numbers_test as made_up  # noqa: E402
import read_odt_numbers  # noqa: E402
import refreshing  # noqa: E402
from acceptance import Work, squeezed  # noqa: E402

LETTERS = 24
P = '<text:p text:style-name="Standard">%s</text:p>'


class Template(made_up.Letter):
    """The same lists with a label on each paragraph."""

    def paragraph(self):
        self.paragraphs += 1
        return P % f'{{% label "p{self.paragraphs}" %}}p{self.paragraphs}'

    def with_references(self, labels):
        end = "".join(P % (f'to {label} [{{{{ ref("{label}") }}}}]'
                           f'[{{{{ ref("{label}", form="number") }}}}]') for label in labels)
        return self.xml().replace("</office:text>", end + "</office:text>")


class Numbers(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        deal = cls.work / "deal.json"
        deal.write_text("{}")
        office = refreshing.Office(cls.work)
        cls.addClassCleanup(office.close)
        cls.fields, cls.letters = 0, []
        for seed in range(LETTERS):
            plain, template = cls.work / f"plain{seed}.fodt", cls.work / f"template{seed}.fodt"
            plain.write_text(made_up.Letter(seed).xml(), encoding="utf-8")
            labels = [p.text for p in read_odt_numbers.read(plain) if p.number]
            template.write_text(Template(seed).with_references(labels), encoding="utf-8")
            letter, wrong = cls.work / f"letter{seed}.odt", cls.work / f"wrong{seed}.odt"
            run = acceptance.engross("assemble", template, "--deal", deal, "-o", letter)
            if run.status != 0:
                raise AssertionError((seed, run))
            cls.fields += refreshing.overwritten(letter, wrong)
            cls.letters.append((seed, cls.written(letter), cls.lines(office, wrong)))

    @staticmethod
    def written(letter):
        return [squeezed(p.text) for p in read_odt_numbers.read(letter) if p.text.startswith("to p")]

    @staticmethod
    def lines(office, file):
        numbered, _ = office.read(file, True)
        return [line for line in numbered if line.startswith("to p")]

    def test_it_is_worth_it(self):
        self.assertGreater(self.fields, 600)
        text = " ".join(line for _, written, _ in self.letters for line in written)
        for some in ("[2(B)]", "[3.1]", "[Section 1.i]", "[I1]", "(A)(ii)"):
            self.assertIn(some, text)

    def test_libreoffice_computes_the_same(self):
        for seed, written, computed in self.letters:
            self.assertEqual(written, computed, seed)


if __name__ == "__main__":
    unittest.main()
