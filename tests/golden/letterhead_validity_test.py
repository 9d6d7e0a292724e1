#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""A letterhead put on the sample templates and on foreign files, read by other readers.

Needs $APPLY_LETTERHEAD. The ODF 1.3 schema and the foreign files are looked for in
$ENGROSS_SHARED (odf-schema/, corpus/); without them, or without jing, those tests skip themselves.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

from lxml import etree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from odf_schema import OASIS, SCHEMA, SHARED, USABLE, strict  # noqa: E402

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRM = SOURCE / "templates"
LETTERHEAD = FIRM / "letterheads" / "marlow-pike.fodt"
CORPUS = sorted((SHARED / "corpus").glob("*.odt"))
TOOL = os.environ["APPLY_LETTERHEAD"]

STYLE = "{%sstyle:1.0}" % OASIS
TEXT = "{%stext:1.0}" % OASIS
DRAW = "{%sdrawing:1.0}" % OASIS
OFFICE = "{%soffice:1.0}" % OASIS


def faults(files):
    """jing's sentences about each file, without line numbers."""
    out = {file: set() for file in files}
    run = subprocess.run(["jing", "-i", str(SCHEMA), *map(str, files)], capture_output=True,
                         text=True)
    for line in run.stdout.splitlines():
        match = re.match(r"(.*?):\d+:\d+: (?:error|fatal): (.*)", line)
        if match:
            out[pathlib.Path(match[1])].add(re.sub(r"; expected .*", "", match[2]))
    return out


def put_on(target, out, letterhead=LETTERHEAD):
    run = subprocess.run([TOOL, str(target), str(letterhead), str(out)], capture_output=True,
                         text=True)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def part(package, name):
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def text_of(content):
    """Every paragraph's text in the body."""
    body = etree.fromstring(content).find(OFFICE + "body")
    return ["".join(p.itertext()) for p in body.iter(TEXT + "p", TEXT + "h")]


class Work(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="engross-letterhead-")
        cls.work = pathlib.Path(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()


class Sample(Work):
    def test_the_sample_templates_take_the_letterhead_without_a_word(self):
        templates = sorted((FIRM / "templates").glob("*.fodt"))
        self.assertTrue(templates)
        for template in templates:
            out = self.work / (template.stem + ".odt")
            self.assertEqual(put_on(template, out), (0, [], ""), template.name)
            styles = etree.fromstring(part(out, "styles.xml"))
            masters = styles.findall(".//" + STYLE + "master-page")
            self.assertEqual([m.get(STYLE + "name") for m in masters], ["Standard"])
            self.assertIsNotNone(masters[0].find(STYLE + "header-first"))
            with zipfile.ZipFile(out) as archive:
                names = archive.namelist()
            for image in styles.iter(DRAW + "image"):
                self.assertIn(image.get("{http://www.w3.org/1999/xlink}href"), names)
            before = etree.parse(str(template)).getroot().find(OFFICE + "body")
            self.assertEqual(text_of(part(out, "content.xml")),
                             ["".join(p.itertext()) for p in before.iter(TEXT + "p", TEXT + "h")])

    @unittest.skipUnless(USABLE, "no ODF schema or no jing")
    def test_the_result_is_valid(self):
        files = []
        for template in sorted((FIRM / "templates").glob("*.fodt")):
            out = self.work / (template.stem + ".odt")
            self.assertEqual(put_on(template, out)[0], 0)
            for name in ("styles.xml", "content.xml"):
                file = self.work / (template.stem + "-" + name)
                file.write_bytes(part(out, name))
                files.append(file)
        self.assertEqual({k: v for k, v in faults(files).items() if v}, {})


@unittest.skipUnless(CORPUS, "no foreign files")
class Foreign(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = {}
        for file in CORPUS:
            out = cls.work / file.name
            cls.results[file] = (*put_on(file, out), out)

    def test_each_is_done_or_refused_with_findings(self):
        done = 0
        for file, (status, findings, error, out) in self.results.items():
            self.assertIn(status, (0, 1, 3), f"{file.name}: {error}")
            self.assertEqual(error, "", file.name)
            self.assertEqual(out.exists(), status != 3, file.name)
            if status:
                self.assertTrue(any(f["severity"] == "error" for f in findings), file.name)
            done += status != 3
        self.assertGreater(done, len(CORPUS) // 2)

    def test_the_text_is_untouched(self):
        for file, (status, _, _, out) in self.results.items():
            if status != 3:
                self.assertEqual(text_of(part(out, "content.xml")),
                                 text_of(part(file, "content.xml")), file.name)

    def test_no_reference_is_left_hanging(self):
        """Every style that the result's pages and page breaks name is there."""
        for file, (status, _, _, out) in self.results.items():
            if status == 3:
                continue
            styles = etree.fromstring(part(out, "styles.xml"))
            content = etree.fromstring(part(out, "content.xml"))
            masters = {m.get(STYLE + "name") for m in styles.iter(STYLE + "master-page")}
            layouts = {p.get(STYLE + "name") for p in styles.iter(STYLE + "page-layout")}
            self.assertIn("Standard", masters, file.name)
            for master in styles.iter(STYLE + "master-page"):
                self.assertIn(master.get(STYLE + "page-layout-name"), layouts, file.name)
                self.assertIn(master.get(STYLE + "next-style-name", "Standard"), masters, file.name)
            for style in [*content.iter(STYLE + "style"), *styles.iter(STYLE + "style")]:
                name = style.get(STYLE + "master-page-name")
                if name:
                    self.assertIn(name, masters, file.name)
            fonts = {f.get(STYLE + "name") for f in styles.iter(STYLE + "font-face")}
            before = etree.fromstring(part(file, "styles.xml"))
            known = {f.get(STYLE + "name") for f in before.iter(STYLE + "font-face")}
            for properties in styles.iter(STYLE + "text-properties"):
                font = properties.get(STYLE + "font-name")
                if font and font in known:
                    self.assertIn(font, fonts, file.name)

    @unittest.skipUnless(USABLE, "no ODF schema or no jing")
    def test_no_fault_that_the_file_did_not_have(self):
        pairs = []
        for file, (status, _, _, out) in self.results.items():
            if status == 3:
                continue
            for name in ("styles.xml", "content.xml"):
                old = self.work / f"{file.stem}-before-{name}"
                new = self.work / f"{file.stem}-after-{name}"
                old.write_bytes(strict(part(file, name)))
                new.write_bytes(strict(part(out, name)))
                pairs.append((old, new))
        found = faults([file for pair in pairs for file in pair])
        for old, new in pairs:
            self.assertEqual(found[new] - found[old], set(), new.name)


if __name__ == "__main__":
    unittest.main()
