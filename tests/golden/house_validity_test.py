#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""What engross standardise writes is valid ODF 1.3: no fault that the file did not have before.

Environment: ENGROSS (the command), ENGROSS_SHARED (folder that holds odf-schema/ and corpus/; without
the schema, or without jing, all of it skips itself).
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402
from odf_schema import SCHEMA, SHARED, USABLE, strict  # noqa: E402

ENGROSS = os.environ["ENGROSS"]


@unittest.skipUnless(USABLE, "no ODF schema or no jing")
class Valid(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-valid-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def faults(self, documents, name):
        """jing's sentences about each document and part, without line numbers."""
        folder = self.folder / name
        folder.mkdir()
        parts = {}
        for number, document in enumerate(documents):
            if document.suffix == ".fodt":
                found = {"document": document.read_bytes()}
            else:
                with zipfile.ZipFile(document) as package:
                    found = {part: package.read(part) for part in ("content.xml", "styles.xml", "meta.xml")
                             if part in package.namelist()}
            for part, xml in found.items():
                file = folder / f"{number}-{part}.xml"
                file.write_bytes(strict(xml))
                parts[file] = (document.name, part)
        out = {key: set() for key in parts.values()}
        run = subprocess.run(["jing", "-i", str(SCHEMA), *map(str, parts)], capture_output=True, text=True, timeout=300)
        for said in run.stdout.splitlines():
            match = re.match(r"(.*?):\d+:\d+: (?:error|fatal): (.*)", said)
            if match:
                out[parts[pathlib.Path(match[1])]].add(re.sub(r"; expected .*", "", match[2]))
        return out

    def standardised(self, folder):
        subprocess.run([ENGROSS, "standardise", folder, "--firm", sample.FIRM, "--house", sample.FIRM / "house.json", "--out",
                        self.folder / "out", "--quiet"], capture_output=True, timeout=200)
        return sorted(path for path in (self.folder / "out").rglob("*") if path.is_file())

    def check(self, folder):
        copies = self.standardised(folder)
        before = self.faults([folder / path.relative_to(self.folder / "out") for path in copies], "before")
        after = self.faults(copies, "after")
        new = {key: faults - before.get(key, set()) for key, faults in after.items()}
        self.assertEqual({key: faults for key, faults in new.items() if faults}, {})
        return copies, after

    def test_the_sample_is_valid(self):
        copies, after = self.check(sample.FIRM / "drifted")
        self.assertEqual(len(copies), 12)
        self.assertEqual({key: faults for key, faults in after.items() if faults}, {})

    @unittest.skipUnless((SHARED / "corpus").is_dir(), "there is no corpus")
    def test_foreign_files_get_no_fault(self):
        self.assertGreater(len(self.check(SHARED / "corpus")[0]), 40)


if __name__ == "__main__":
    unittest.main(verbosity=1)
