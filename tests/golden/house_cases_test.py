#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Each rule of a house style by letters that break it and no other: the finding with its place, the letter as it is repaired, and
the second audit, which finds nothing. All settings of house.json, each rule switched off, each in every severity."""

import collections
import difflib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_cases_draft  # noqa: E402
import house_cases_page  # noqa: E402
import house_cases_style  # noqa: E402
import house_cases_text  # noqa: E402
import house_letter as sample  # noqa: E402
import house_shape  # noqa: E402
from house_cases import spot  # noqa: E402
from house_cases_right import RIGHT  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
CASES = [*house_cases_page.CASES, *house_cases_style.CASES, *house_cases_text.CASES, *house_cases_draft.CASES]
SCHEMA = json.loads((sample.ROOT / "docs/schemas/house.schema.json").read_text(encoding="utf-8"))
RULES = SCHEMA["properties"]["rules"]["properties"]
OFFICE = {"laid_out"}  # tests/golden/house_pages_test.py


def run(command, *arguments, house):
    """What the command says of each file, by its name."""
    done = subprocess.run([ENGROSS, command, *map(str, arguments), "--firm", sample.FIRM, "--house", str(house), "--json"],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        if "changed" in finding:  # how a header read before and reads now
            continue
        found[pathlib.Path(finding["file"]).name].append(finding)
    return found


def house_of(folder, rules, block=None):
    """A house.json with these rules; the sample's where they are None."""
    if rules is None:
        return sample.FIRM / "house.json"
    path = folder / "house.json"
    path.write_text(json.dumps({"letterhead": "marlow-pike", "rules": rules, **({"address_block": block} if block else {})}),
                    encoding="utf-8")
    return path


class Letters:
    """The letters of cases that share a house style: as they are, as they should be, and what the command does with them."""

    def __init__(self, folder, cases):
        for name in ("in", "right"):
            (folder / name).mkdir(parents=True)
        self.house = house_of(folder, cases[0].house, cases[0].block)
        self.folder = folder
        source = sample.letter()
        self.files = {}
        for number, case in enumerate(cases):
            broken, right = case.change(source), case.mended(source)
            (folder / f"right/{number:03}.fodt").write_text(right, encoding="utf-8")
            self.files[case] = []
            if case.parts is None:
                (folder / f"in/{number:03}.fodt").write_text(broken, encoding="utf-8")
                self.files[case].append(f"{number:03}.fodt")
            if case.in_package:
                house_shape.pack(broken, folder / f"in/{number:03}.odt", case.parts)
                self.files[case].append(f"{number:03}.odt")
        self.found = run("audit", folder / "in", house=self.house)
        self.right = run("audit", folder / "right", house=self.house)
        self.said = run("standardise", folder / "in", "--out", folder / "out", house=self.house)
        self.left = run("audit", folder / "out", house=self.house)
        run("standardise", folder / "out", "--out", folder / "again", house=self.house)


class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        work = tempfile.TemporaryDirectory(prefix="engross-cases-")
        cls.addClassCleanup(work.cleanup)
        groups = collections.defaultdict(list)
        for case in CASES:
            groups[case.key()].append(case)
        cls.groups = [Letters(pathlib.Path(work.name) / str(number), cases) for number, cases in enumerate(groups.values())]

    def each(self):
        for letters in self.groups:
            for case, names in letters.files.items():
                for name in names:
                    yield letters, case, name, f"{case} ({name[4:]})"

    def test_what_is_found_and_where(self):
        for letters, case, name, label in self.each():
            with self.subTest(label):
                found = letters.found[name]
                missing = list(case.found)
                for finding in found:
                    said = finding["message"].replace("\u00a0", " ")
                    one = next(
    (one for one in missing if (
        one[0],
        one[2]) == (
            finding["code"],
            spot(finding)) and one[1] in said),
             None)
                    self.assertIsNotNone(one, (finding["code"], said, spot(finding)))
                    missing.remove(one)
                self.assertEqual(missing, [])

    def test_no_other_rule_is_broken(self):
        for letters, case, name, label in self.each():
            with self.subTest(label):
                rules = {finding["rule"] for finding in letters.found[name]}
                self.assertIn(case.rule, rules)
                self.assertEqual(len(rules) > 1, bool(case.also), rules)

    def test_the_letter_as_it_should_be_is_clean(self):
        for letters, _, name, label in self.each():
            with self.subTest(label):
                self.assertEqual([finding["message"] for finding in letters.right[name[:4] + "fodt"]], [])

    def test_what_is_repaired(self):
        """The copy is the letter as it should be; the second audit finds nothing."""
        for letters, case, name, label in self.each():
            with self.subTest(label):
                if case.person:
                    continue
                self.assertTrue(all(finding["repairable"] for finding in letters.found[name]))
                self.assertEqual([finding["message"] for finding in letters.left[name]], [])
                said = letters.said[name]
                self.assertTrue(all(finding["repaired"] for finding in said), said)
                self.assertEqual(
    sorted(
        finding["message"] for finding in said), sorted(
            finding["message"] for finding in letters.found[name]))
                right = house_shape.lines(letters.folder / "right" / (name[:4] + "fodt"))
                copy = house_shape.lines(letters.folder / "out" / name)
                self.assertEqual(list(difflib.unified_diff(right, copy, "right", "repaired", lineterm="", n=0)), [])

    def test_what_a_person_repairs(self):
        """The finding says how; the copy is the file byte for byte."""
        for letters, case, name, label in self.each():
            with self.subTest(label):
                if not case.person:
                    continue
                self.assertFalse(any(finding["repairable"] for finding in letters.found[name]))
                hints = [finding["hint"] for finding in letters.found[name]]
                self.assertTrue(any(case.person in hint for hint in hints), hints)
                self.assertEqual((letters.folder / "out" / name).read_bytes(), (letters.folder / "in" / name).read_bytes())

    def test_the_words_stay_and_again_changes_nothing(self):
        for letters, _, name, label in self.each():
            with self.subTest(label):
                copy = letters.folder / "out" / name
                self.assertEqual(sample.body_text(copy), sample.body_text(letters.folder / "in" / name))
                self.assertEqual((letters.folder / "again" / name).read_bytes(), copy.read_bytes())

    def test_no_rule_and_no_setting_is_left_out(self):
        names = [str(case) for case in CASES]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual({case.rule for case in CASES} | OFFICE, set(RULES))
        used = {(rule, setting) for case in CASES for rule, settings in (case.house or {}).items() for setting in settings}
        used |= {("address_block", key) for case in CASES for key in case.block or {}}
        kept = {(rule, setting) for _, _, house in RIGHT for rule, settings in house.items() for setting in settings}
        of_all = {"off", "severity", "only", "note"}
        settings = {(rule, setting) for rule, reference in RULES.items()
                    for setting in SCHEMA["definitions"][reference["$ref"].rsplit("/",
                                                                                  1)[1]]["properties"] if setting not in of_all}
        self.assertEqual(settings | {("address_block", "addressee"), ("address_block", "date")},
                         {one for one in used if one[1] not in of_all})
        self.assertEqual(settings - kept, set())


class Settings(unittest.TestCase):
    """What every rule may have: off, severity, only; and what a house style allows."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-settings-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_what_keeps_the_rules(self):
        """What looks the same, and what the house allows, is no finding."""
        houses = collections.defaultdict(list)
        for right in RIGHT:
            houses[repr(right[2])].append(right)
        for number, rights in enumerate(houses.values()):
            folder = self.folder / str(number)
            (folder / "in").mkdir(parents=True)
            for one, (_, change, _) in enumerate(rights):
                (folder / f"in/{one:03}.fodt").write_text(change(sample.letter()), encoding="utf-8")
            found = run("audit", folder / "in", house=house_of(folder, rights[0][2]))
            for one, (name, _, _) in enumerate(rights):
                with self.subTest(name):
                    self.assertEqual([finding["message"] for finding in found[f"{one:03}.fodt"]], [])

    def letters(self):
        """One letter for each rule, that of its first case with the sample's house style or one that says nothing."""
        firsts = {}
        for case in CASES:
            if not case.house and case.block is None and case.parts is None and not case.also:
                firsts.setdefault(case.rule, case)
        for rule, case in firsts.items():
            (self.folder / rule).mkdir()
            (self.folder / rule / f"{rule}.fodt").write_text(case.change(sample.letter()), encoding="utf-8")
        self.assertEqual(set(firsts), set(RULES) - OFFICE)
        return firsts

    # What the sample's house style sets, so that each letter breaks its rule without its severities.
    SETS = {"styles": {"replace": {"Text body": "Letter Body"}}}

    def test_severities(self):
        """Those of the house style; a note stays one."""
        self.letters()
        own = run("audit", self.folder, house=house_of(self.folder, self.SETS))
        for severity in ("error", "warning", "info"):
            rules = {rule: {**self.SETS.get(rule, {}), "severity": severity} for rule in RULES}
            found = run("audit", self.folder, house=house_of(self.folder, rules))
            for rule in set(RULES) - OFFICE:
                with self.subTest(f"{rule}: {severity}"):
                    letter = f"{rule}.fodt"
                    was = {finding["code"]: finding["severity"] for finding in own[letter]}
                    self.assertTrue(any(finding["rule"] == rule for finding in found[letter]))
                    for finding in found[letter]:
                        self.assertEqual(finding["severity"], "info" if was.get(finding["code"]) == "info" else severity)

    def test_rules_that_are_off(self):
        """Nothing is found, nothing repaired, and the report gives the reason."""
        for rule in self.letters():
            with self.subTest(rule):
                letter = self.folder / rule / f"{rule}.fodt"
                house = house_of(self.folder, {**self.SETS, rule: {**self.SETS.get(rule, {}), "off": "Looked at by hand."}})
                self.assertEqual(run("audit", letter, house=house), {})
                said = subprocess.run([ENGROSS, "audit", letter, "--firm", sample.FIRM, "--house", house],
                                      capture_output=True, text=True, timeout=60).stdout
                self.assertRegex(said, r"Not looked at: [A-Z][a-z -]+ \(Looked at by hand\.\)\.")
                copies = self.folder / "copies" / rule
                self.assertEqual(run("standardise", letter, "--out", copies, house=house), {})
                self.assertEqual((copies / letter.name).read_bytes(), letter.read_bytes())

    def test_rules_for_templates_only(self):
        self.letters()
        rules = {rule: {**self.SETS.get(rule, {}), "only": "templates"} for rule in RULES}
        self.assertEqual(run("audit", self.folder, house=house_of(self.folder, rules)), {})
        for rule in RULES:
            rules[rule]["only"] = "letters"
        found = run("audit", self.folder, house=house_of(self.folder, rules))
        self.assertEqual(set(found), {f"{rule}.fodt" for rule in set(RULES) - OFFICE})


if __name__ == "__main__":
    unittest.main(verbosity=1)
