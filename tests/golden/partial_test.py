#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""A letter in two passes is the letter in one: whatever the deal lacks in a partial pass, a strict
pass over its letter with the whole deal gives what a single strict pass gives.

Environment: ENGROSS (the command).
"""

import copy
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "office"))
from round_trip_test import CASES, FIRM, letter  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
SEEDS = 12


def members(value, path=()):
    """Paths of all named values, at any depth."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield path + (name,)
            yield from members(member, path + (name,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from members(item, path + (i,))


def without(deal, paths):
    deal = copy.deepcopy(deal)
    for path in sorted(paths, key=len, reverse=True):
        group = deal
        for step in path[:-1]:
            group = group[step]
        del group[path[-1]]
    return deal


class TwoPasses(unittest.TestCase):
    maxDiff = 3000

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="engross-partial-")
        cls.addClassCleanup(folder.cleanup)
        cls.work = pathlib.Path(folder.name)

    def assemble(self, case, template, deal, out, mode="strict"):
        out.unlink(missing_ok=True)
        of_firm = ["--firm", FIRM] if case.template.is_relative_to(FIRM) else []
        run = subprocess.run(
            [ENGROSS, "assemble", *map(str, [template, "--deal", deal, *of_firm, "-o", out]),
             "--mode", mode], capture_output=True, text=True, timeout=120)
        self.assertEqual(run.returncode, 0, f"{mode}: {run.stdout}{run.stderr}")
        return letter(out)

    def both_passes(self, case, removed, wanted):
        whole = json.loads(case.deal.read_text(encoding="utf-8"))
        part, first, second = (self.work / name for name in ("part.json", "first.odt", "second.odt"))
        part.write_text(json.dumps(without(whole, removed)), encoding="utf-8")
        if not self.follows_the_schema(case, part):
            return False
        self.assemble(case, case.template, part, first, "partial")
        found = self.assemble(case, first, case.deal, second)
        self.assertEqual(found, wanted)
        return True

    def follows_the_schema(self, case, deal):
        """What is missing may decide which values a schema allows."""
        if not case.template.is_relative_to(FIRM):
            return True
        run = subprocess.run(
            [ENGROSS, "assemble", case.template, "--deal", deal, "--firm", FIRM, "--mode", "partial",
             "--json", "-o", self.work / "any.odt"], capture_output=True, text=True, timeout=120)
        errors = [line["code"] for line in map(json.loads, run.stdout.splitlines())
                  if line["severity"] == "error"]
        return not errors or any(not code.startswith("EG-D") for code in errors)

    def test_any_part_of_the_deal_may_come_later(self):
        for case in CASES:
            wanted = self.assemble(case, case.template, case.deal, self.work / "letter.odt")
            # Who chooses opinion paragraphs by name says so from the beginning.
            paths = [path for path in members(json.loads(case.deal.read_text(encoding="utf-8")))
                     if path[0] != "opinions"]
            done = 0
            for seed in range(SEEDS):
                dice = random.Random(f"{case.template.name} {seed}")
                share = dice.choice((1, 2, 4, len(paths) // 8, len(paths) // 2))
                removed = dice.sample(paths, min(len(paths), max(1, share)))
                with self.subTest(case.template.name, seed=seed, removed=removed):
                    done += self.both_passes(case, removed, wanted)
            self.assertGreater(done, SEEDS // 2, case.template.name)

    def test_all_of_the_deal_may_come_later(self):
        for case in CASES:
            with self.subTest(case.template.name):
                wanted = self.assemble(case, case.template, case.deal, self.work / "letter.odt")
                whole = json.loads(case.deal.read_text(encoding="utf-8"))
                self.assertTrue(self.both_passes(case, [(name,) for name in whole], wanted))


if __name__ == "__main__":
    unittest.main()
