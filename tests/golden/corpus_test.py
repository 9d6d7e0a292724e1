#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""ODT files of many hands and programs, as templates without tags: each can be checked and
assembled without data and keeps its text, or is refused with a finding.

Environment: ENGROSS (the command), ENGROSS_SHARED (folder that holds corpus/; without it the test
skips itself).
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

from lxml import etree

ENGROSS = os.environ["ENGROSS"]
CORPUS = pathlib.Path(os.environ.get("ENGROSS_SHARED") or "shared") / "corpus"
FILES = sorted(CORPUS.glob("*.odt"))
PARTS = ("content.xml", "styles.xml")

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT = ("{%s%s:1.0}" % (OASIS, name) for name in ("office", "text"))
# What never reaches a letter; the text around it does.
LEFT_OUT = {OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "tracked-changes",
            TEXT + "change", TEXT + "change-start", TEXT + "change-end"}
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
DONE, FINDINGS = 0, 1


def engross(*arguments):
    """(exit status, findings, standard error); the status of a killed process is negative."""
    run = subprocess.run([ENGROSS, *map(str, arguments), "--json"], capture_output=True, text=True,
                         timeout=120)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def read(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name in PARTS}


def lines(part):
    """Names of the elements with their text, in the order of the document: what is left out in a
    letter does not count, nor blanks between elements that hold no text."""
    out = []

    def walk(element, mixed):
        if element.tag in LEFT_OUT or not isinstance(element.tag, str):
            return
        mixed = element.tag in PARAGRAPHS or mixed and element.tag != OFFICE + "text"
        out.append(etree.QName(element).localname)
        add(element.text, mixed)
        for child in element:
            walk(child, mixed)
            add(child.tail, mixed)
        out.append("/")

    def add(text, mixed):
        if text and (mixed or text.strip()):
            if out and out[-1].startswith("="):
                out[-1] += text
            else:
                out.append("=" + text)

    walk(etree.fromstring(part), False)
    return out


def has_changes_of_ours(part):
    """Tags, tracked changes, comments and placeholders are worked on; all else is passed on."""
    root = etree.fromstring(part)
    if any(True for _ in root.iter(*LEFT_OUT, TEXT + "placeholder")):
        return True
    texts = ("".join(p.itertext()) for p in root.iter(*PARAGRAPHS))
    return any(mark in text for text in texts for mark in ("{{", "{%", "{#"))


@unittest.skipUnless(FILES, "no corpus")
class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="engross-corpus-")
        cls.addClassCleanup(folder.cleanup)
        cls.work = pathlib.Path(folder.name)
        cls.made = {}
        cls.refused = {}
        for file in FILES:
            letter = cls.work / file.name
            answer = engross("assemble", file, "-o", letter)
            (cls.made if letter.exists() else cls.refused)[file] = answer

    def test_check_finds_or_passes(self):
        for file in FILES:
            with self.subTest(file=file.name):
                status, findings, error = engross("check", file)
                self.assertIn(status, (DONE, FINDINGS), error)
                wrong = any(finding["severity"] == "error" for finding in findings)
                self.assertEqual(status == FINDINGS, wrong, findings)
                self.assertEqual(status == FINDINGS, file in self.refused, "assemble differs")

    def test_a_letter_or_a_finding(self):
        for file, (status, findings, error) in self.made.items():
            with self.subTest(file=file.name):
                self.assertEqual(status, DONE, error)
                self.assertNotIn("error", [finding["severity"] for finding in findings])
        for file, (status, findings, error) in self.refused.items():
            with self.subTest(file=file.name):
                self.assertEqual(status, FINDINGS, error)
                errors = [finding for finding in findings if finding["severity"] == "error"]
                self.assertTrue(errors)
                self.assertTrue(all(finding["message"] for finding in errors))

    def test_most_are_letters(self):
        self.assertGreater(len(self.made), 3 * len(self.refused),
                           {file.name: answer for file, answer in self.refused.items()})

    def test_the_text_stays(self):
        texts = 0
        for file in self.made:
            before, after = read(file), read(self.work / file.name)
            for name in before:
                with self.subTest(file=file.name, part=name):
                    wanted = lines(before[name])
                    texts += sum(line.startswith("=") for line in wanted)
                    self.assertEqual(lines(after[name]), wanted)
        self.assertGreater(texts, 400)

    def test_without_tags_every_byte_stays(self):
        same = 0
        for file in self.made:
            before, after = read(file), read(self.work / file.name)
            for name, part in before.items():
                if has_changes_of_ours(part):
                    continue
                with self.subTest(file=file.name, part=name):
                    self.assertTrue(after[name] == part, "bytes differ")
                    same += 1
        self.assertGreater(same, len(self.made))


if __name__ == "__main__":
    unittest.main()
