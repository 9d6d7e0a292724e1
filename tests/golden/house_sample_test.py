#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""The drifted templates of the sample and files of many programs, audited and repaired.

Environment: ENGROSS (the command), ENGROSS_SHARED (folder that holds corpus/; without it those tests
skip themselves).
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import lxml.html

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
DRIFTED = sample.FIRM / "drifted"
CORPUS = sorted((pathlib.Path(os.environ.get("ENGROSS_SHARED") or "shared") / "corpus").glob("*.odt"))


def engross(*arguments):
    run = subprocess.run([ENGROSS, *map(str, arguments), "--firm", str(sample.FIRM), "--json"],
                         capture_output=True, text=True, timeout=300)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def rules(found):
    """file name -> rules, in the order of the report"""
    out = collections.defaultdict(list)
    for finding in found:
        name = pathlib.Path(finding["file"]).name
        if finding["rule"] not in out[name]:
            out[name].append(finding["rule"])
    return dict(out)


def table():
    """The table of drifted/README.md: file -> (rules that it breaks, rules left for a person)."""
    text = (DRIFTED / "README.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): tuple(re.findall(r"\w+", cell) for cell in row[2:4]) for row in rows}


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-house-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def repaired(self, paths, files):
        """Repairs copies, twice; every word stays, and the second time changes nothing."""
        status, said, errors = engross("standardise", *paths, "--out", self.folder / "out")
        self.assertIn(status, (0, 1), errors)
        self.assertEqual([finding for finding in said if "left as it is" in finding["message"]], [])
        refused = [pathlib.Path(finding["file"]).name for finding in said if "rule" not in finding]
        copies = []
        for file in files:
            if file.name in refused:
                self.assertFalse((self.folder / "out" / file.name).exists(), file.name)
                continue
            copies.append(self.folder / "out" / file.name)
            with self.subTest(file.name):
                self.assertEqual(sample.body_text(copies[-1]), sample.body_text(file))
        status, _, errors = engross("standardise", *copies, "--out", self.folder / "again")
        self.assertIn(status, (0, 1), errors)
        for copy in copies:
            with self.subTest(copy.name):
                self.assertEqual((self.folder / "again" / copy.name).read_bytes(), copy.read_bytes())
        return said, copies


class Drifted(Folder):
    def test_the_table_is_true(self):
        status, found, errors = engross("audit", DRIFTED)
        self.assertEqual((status, errors), (1, ""))
        self.assertEqual(rules(found), {file: broken for file, (broken, _) in table().items()})

    def test_repair(self):
        files = sorted(DRIFTED.glob("*.fodt"))
        said, copies = self.repaired([DRIFTED], files)
        self.assertEqual([copy.name for copy in copies], [file.name for file in files])
        self.assertEqual(rules(finding for finding in said if not finding["repaired"]),
                         {file: left for file, (_, left) in table().items() if left})

    def test_in_place_keeps_a_backup(self):
        original = (DRIFTED / "houston-pipeline-template.fodt").read_bytes()
        file = self.folder / "houston-template.fodt"
        file.write_bytes(original)
        self.assertEqual(engross("standardise", file, "--in-place")[0], 0)
        self.assertEqual((self.folder / "houston-template.fodt.bak").read_bytes(), original)
        first = file.read_bytes()
        self.assertNotEqual(first, original)
        self.assertEqual(engross("standardise", file, "--in-place")[0], 0)
        self.assertEqual(file.read_bytes(), first)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["houston-template.fodt", "houston-template.fodt.bak"])

    def test_copies_lie_beside_no_original(self):
        file = self.folder / "houston-template.fodt"
        original = (DRIFTED / "houston-pipeline-template.fodt").read_bytes()
        file.write_bytes(original)
        status, found, _ = engross("standardise", file, "--out", self.folder)
        self.assertEqual((status, [finding["code"] for finding in found]), (3, ["EG-A003"]))
        self.assertEqual(file.read_bytes(), original)
        for options in ((), ("--out", self.folder / "out", "--in-place")):
            self.assertEqual(engross("standardise", file, *options)[0], 2)

    def test_folders_keep_their_form(self):
        for name in ("a/one.fodt", "b/c/one.fodt"):
            (self.folder / "in" / name).parent.mkdir(parents=True)
            (self.folder / "in" / name).write_bytes((DRIFTED / "paris-authority-template.fodt").read_bytes())
        (self.folder / "in/.hidden").mkdir()
        (self.folder / "in/.hidden/two.fodt").write_text("no")
        engross("standardise", self.folder / "in", "--out", self.folder / "out")
        self.assertEqual(sorted(str(path.relative_to(self.folder / "out")) for path in (self.folder / "out").rglob("*.*")),
                         ["a/one.fodt", "b/c/one.fodt"])

    def test_many_threads_say_the_same(self):
        reports = {subprocess.run([ENGROSS, "audit", str(DRIFTED), "--workers", workers], capture_output=True,
                                  text=True).stdout for workers in ("1", "2", "7")}
        self.assertEqual(len(reports), 1)
        self.assertIn("12 files:", reports.pop())


class Html(Folder):
    def test_report(self):
        _, found, _ = engross("audit", DRIFTED, sample.FIRM / "templates")
        report = self.folder / "report.html"
        engross("audit", DRIFTED, sample.FIRM / "templates", "--html", report)
        root = lxml.html.fromstring(report.read_text(encoding="utf-8"))
        # Every document has a row, every finding stands once, every number leads somewhere.
        rows = root.xpath("//table[@class='matrix']/tbody/tr")
        self.assertEqual(len(rows), 14)
        counts = [int(cell.text_content()) for cell in root.xpath("//table[@class='matrix']//td/a")]
        self.assertEqual(sum(counts), len(found))
        items = root.xpath("//details//li")
        self.assertEqual(len(items), len(found))
        text = " ".join(root.text_content().split())
        for finding in found:
            self.assertIn(" ".join(finding["message"].split()), text)
        anchors = set(root.xpath("//@id"))
        links = root.xpath("//@href")
        self.assertGreater(len(links), 40)
        self.assertEqual([link for link in links if link[1:] not in anchors], [])
        # Nothing is loaded from elsewhere.
        self.assertEqual(root.xpath("//link | //img | //iframe | //script[@src]"), [])
        self.assertNotIn("url(", report.read_text(encoding="utf-8"))

    def test_nothing_found(self):
        letter = self.folder / "letter.fodt"
        letter.write_text(sample.letter(), encoding="utf-8")
        report = self.folder / "report.html"
        self.assertEqual(engross("audit", letter, "--html", report)[0], 0)
        self.assertIn("Every document keeps the house style.", report.read_text(encoding="utf-8"))

    def test_names_are_text(self):
        folder = self.folder / "<b>&"
        folder.mkdir()
        (folder / "<i>.fodt").write_text(sample.letter().replace("counsel", "[&lt;script&gt;]"), encoding="utf-8")
        report = self.folder / "report.html"
        engross("audit", folder, "--html", report)
        root = lxml.html.fromstring(report.read_text(encoding="utf-8"))
        self.assertEqual(len(root.xpath("//script")), 1)
        self.assertIn("[<script>]", root.text_content())

    def test_a_folder_that_is_not_there(self):
        status, _, _ = engross("audit", DRIFTED, "--html", self.folder / "none/report.html")
        self.assertEqual(status, 3)


@unittest.skipUnless(CORPUS, "there is no corpus")
class Corpus(Folder):
    def test_repair(self):
        _, copies = self.repaired([CORPUS[0].parent], CORPUS)
        self.assertGreater(len(copies), 40)


if __name__ == "__main__":
    unittest.main(verbosity=1)
