# SPDX-License-Identifier: MPL-2.0
"""The published contract: its golden dump, and what unoidl-write does not check by itself.

UPDATE_GOLDEN=1 rewrites idl/api.golden; the difference belongs into the review.
"""

import os
import pathlib
import re
import subprocess
import unittest

LO_HOME = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice"))
IDL = pathlib.Path(os.environ["ENGROSS_IDL"])
RDB = pathlib.Path(os.environ["ENGROSS_RDB"])
KINDS = r"(?:interface|struct|exception|service|singleton|constants|enum|typedef)"


def dump(rdb):
    program = LO_HOME / "program"
    return subprocess.run(
        [LO_HOME / "sdk/bin/unoidl-read", program / "types.rdb", program / "types/offapi.rdb", rdb],
        check=True, capture_output=True, text=True).stdout


class Contract(unittest.TestCase):
    def setUp(self):
        self.files = sorted(IDL.rglob("*.idl"))
        self.assertGreater(len(self.files), 8)

    def test_golden(self):
        golden = IDL / "api.golden"
        text = dump(RDB)
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(text, encoding="utf-8")
        self.maxDiff = None
        self.assertEqual(text, golden.read_text(encoding="utf-8"),
                         "the contract changed: look at it, then run with UPDATE_GOLDEN=1")

    def test_one_entity_a_file_named_like_the_file(self):
        for file in self.files:
            with self.subTest(file.name):
                source = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.S)
                self.assertEqual(re.findall(rf"\b{KINDS}\s+(\w+)", source), [file.stem])
                modules = re.findall(r"\bmodule\s+(\w+)", source)
                self.assertEqual(modules, list(file.parent.relative_to(IDL).parts))

    def test_nothing_is_published_before_the_first_release(self):
        self.assertNotIn("published", dump(RDB))

    def test_every_entity_and_member_is_documented(self):
        for file in self.files:
            with self.subTest(file.name):
                source = file.read_text(encoding="utf-8")
                self.assertRegex(source, rf"\*/\s*{KINDS}\s+{file.stem}\b")
                self.assertIn("@since", source)
                body = source[source.index("{", source.index(f"{file.stem}")) + 1:]
                # Each statement of the body begins with a comment.
                for statement in re.split(r";\s*\n", body)[:-1]:
                    if statement.strip() and not statement.strip().startswith("}"):
                        self.assertRegex(statement.strip(), r"^/(\*\*|//)", statement)

    def test_every_checked_exception_is_declared(self):
        # An exception that is not declared cuts the caller's connection.
        text = dump(RDB)
        for method in ("assembleToFile", "assembleDocument", "opinions", "firm", "changeFile", "changeDocument"):
            self.assertRegex(text, rf"{method}\([^;]*\) raises \(::org::engross::AssemblyException\);")


if __name__ == "__main__":
    unittest.main(verbosity=1)
