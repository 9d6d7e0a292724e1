# SPDX-License-Identifier: MPL-2.0
"""Every finding that the sources make is one that a test yields."""

import re
import unittest

import source_tree as tree

# Letters whose rows are complete; the rest of the table follows.
LETTERS = set("ADHOPT")
# What no test can bring about, and why.
NOT_PROVOKED = {
    "EG-A005": "a fault of our own",
    "EG-D039": "what read_schema lets pass, valijson takes; none is known that it does not",
}


class Codes(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.sources = "\n".join(tree.text(path) for path in tree.cpp_files("src"))
        cls.tests = "\n".join(tree.text(path) or "" for path in tree.files()
                              if tree.name(path).startswith("tests/")
                              and path.suffix in (".cpp", ".hpp", ".py")
                              and path.name != "codes_test.py")

    def made(self, row):
        return re.search(rf"\bCode::{row['name']}\b", self.sources)

    def yielded(self, row):
        short = row["id"][3:]
        return re.search(rf"\bCode::{row['name']}\b|\b{row['id']}\b|[\"' ]{short}[\"' ]|"
                         rf"\"{row['name']}\"", self.tests)

    def test_every_code_is_yielded_by_a_test(self):
        rows = [row for row in tree.codes() if row["letter"] in LETTERS and self.made(row)]
        self.assertGreater(len(rows), 100)
        missing = [f"{row['id']} {row['name']}" for row in rows
                   if row["id"] not in NOT_PROVOKED and not self.yielded(row)]
        self.assertEqual(missing, [], "no test names these")

    def test_exceptions_are_needed(self):
        rows = {row["id"]: row for row in tree.codes()}
        for code in NOT_PROVOKED:
            self.assertTrue(self.made(rows[code]), code)
            self.assertFalse(self.yielded(rows[code]), code)


if __name__ == "__main__":
    unittest.main()
