#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Letters with combinations of opinion paragraphs are valid ODF 1.3, and name nothing twice.

Needs $ENGROSS and $OPINION_TEST, which makes 4,096 combinations of one sample letter and all of the other. The ODF 1.3 schema is looked for in $ENGROSS_SHARED/odf-schema; without it, or
without jing, the validation skips itself.
"""

import os
import random
import shutil
import subprocess
import unittest

import acceptance
import combinations
from acceptance import DRAW, TABLE, TEXT, Letter, Work

os.environ.setdefault("APPLY_LETTERHEAD", "")
import letterhead_validity_test as validity  # noqa: E402

LETTERS = 80


class Letters(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        firm = combinations.Firm(cls.work, rich=True)
        dice = random.Random(1933)
        cls.letters = {}
        for number in range(LETTERS):
            stem = cls.work / f"letter{number}"
            chosen = firm.assemble(dice, stem)
            cls.letters[stem.name] = (chosen, Letter(f"{stem}.odt"))

    def test_the_letters_are_worth_it(self):
        rich = [letter for chosen, letter in self.letters.values() if "rich" in chosen]
        self.assertGreater(len(rich), LETTERS / 8)
        for letter in rich:
            for tag in (TABLE + "table", TEXT + "note", DRAW + "image"):
                self.assertEqual(len(list(letter.content.iter(tag))), 2, tag)
            for image in letter.content.iter(DRAW + "image"):
                self.assertIn(image.get("{http://www.w3.org/1999/xlink}href"), letter.names)

    @unittest.skipUnless(validity.SCHEMA.exists() and shutil.which("jing"),
                         "no ODF schema or no jing")
    def test_every_part_is_valid(self):
        files = []
        for name, (_, letter) in self.letters.items():
            for part in ("content.xml", "styles.xml", "meta.xml"):
                file = self.work / f"{name}-{part}"
                file.write_bytes(validity.strict(letter.parts[part]))
                files.append(file)
        self.assertEqual({k.name: v for k, v in validity.faults(files).items() if v}, {})

    @unittest.skipUnless(validity.SCHEMA.exists() and shutil.which("jing"),
                         "no ODF schema or no jing")
    def test_every_combination_of_the_sample_book_is_valid(self):
        folder = self.work / "combinations"
        folder.mkdir()
        subprocess.run([os.environ["OPINION_TEST"], "--gtest_filter=Combinations.*"], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "ENGROSS_LETTERS": folder})
        files = sorted(folder.iterdir())
        self.assertGreater(len(files), 4096)
        for file in files:
            file.write_bytes(validity.strict(file.read_bytes()))
        for begin in range(0, len(files), 512):
            faults = validity.faults(files[begin:begin + 512])
            self.assertEqual({k.name: v for k, v in faults.items() if v}, {})

    def test_names_styles_and_references(self):
        for name, (_, letter) in self.letters.items():
            with self.subTest(name):
                self.assertEqual(acceptance.name_faults(letter), [])
                self.assertEqual(acceptance.style_faults(letter), [])
                bookmarks = letter.bookmarks()
                for reference in letter.references(letter.content) + letter.references(letter.styles):
                    self.assertIn(reference.target, bookmarks)
                for key in (TABLE + "name", DRAW + "name", TEXT + "id", DRAW + "id"):
                    names = [e.get(key) for e in letter.content.iter() if e.get(key)]
                    self.assertEqual(len(names), len(set(names)), key)


if __name__ == "__main__":
    unittest.main()
