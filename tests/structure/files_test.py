# SPDX-License-Identifier: MPL-2.0
"""What every file of the project keeps, and the table of findings."""

import re
import subprocess
import sys
import unittest

import source_tree as tree

# Formats in which a comment is at home. Data, letters and prose are covered by LICENSE.
WITH_LICENCE = {".cpp", ".hpp", ".def", ".idl", ".py", ".sh", ".cmake", ".in"}
MACHINE = re.compile("|".join(["/" + "work/", "/" + "home/[a-z]", "/" + "root/", "/" + "Users/",
                               "/" + "var/tmp/", r"[A-Z]:\\" + "Users"]))

# Begins with a capital, a name that is filled in, or something as it is typed; ends as a sentence does
# or with a sentence of another library.
SENTENCE = re.compile(r"^(?:[A-Z{\"“<#]|\w+\().*(?:[.?!]|: \{\d\})$")


class Files(unittest.TestCase):
    def setUp(self):
        self.files = tree.files()
        self.assertGreater(len(self.files), 30)

    def test_licence_line(self):
        wrong = []
        for path in self.files:
            head = (tree.text(path) or "").split("\n", 3)[:3]
            script = bool(head) and head[0].startswith("#!")
            if not (path.suffix in WITH_LICENCE or path.name == "CMakeLists.txt" or script):
                continue
            if not any("SPDX-License-Identifier: MPL-2.0" in line for line in head):
                wrong.append(tree.name(path))
        self.assertEqual(wrong, [])

    def test_no_path_of_one_machine(self):
        wrong = []
        for path in self.files:
            content = tree.text(path) or ""
            wrong += [f"{tree.name(path)}:{tree.line_of(content, match.start())}: {match.group(0)}"
                      for match in MACHINE.finditer(content)]
        self.assertEqual(wrong, [])

    def test_no_built_file(self):
        endings = {".o", ".a", ".so", ".oxt", ".deb", ".pyc", ".rdb", ".log"}
        self.assertEqual([tree.name(path) for path in self.files if path.suffix in endings], [])

    def test_names_and_guards(self):
        wrong = []
        for path in self.files:
            if path.suffix not in (".cpp", ".hpp"):
                continue
            if not re.fullmatch(r"[a-z0-9_]+\.(cpp|hpp)", path.name):
                wrong.append(f"{tree.name(path)}: file names are snake_case")
            if path.suffix == ".hpp" and "#pragma once" not in path.read_text(encoding="utf-8"):
                wrong.append(f"{tree.name(path)}: no #pragma once")
        self.assertEqual(wrong, [])

    def test_commands_are_executable(self):
        for path in self.files:
            if (tree.text(path) or "").startswith("#!"):
                self.assertTrue(path.stat().st_mode & 0o100, tree.name(path))

    def test_links_in_the_documents_lead_somewhere(self):
        wrong = []
        for path in self.files:
            if path.suffix != ".md":
                continue
            content = path.read_text(encoding="utf-8")
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", content):
                if "://" not in target and not (path.parent / target).exists():
                    wrong.append(f"{tree.name(path)}: {target}")
        self.assertEqual(wrong, [])


class Codes(unittest.TestCase):
    def setUp(self):
        self.rows = tree.codes()

    def test_ids_and_names_are_unique(self):
        for key in ("id", "name"):
            seen = [row[key] for row in self.rows]
            self.assertEqual(sorted({value for value in seen if seen.count(value) > 1}), [], key)

    def test_shape(self):
        last = {}
        for row in self.rows:
            with self.subTest(row["id"]):
                self.assertRegex(row["id"], r"^EG-[ADPTOLHX]\d{3}$")
                self.assertRegex(row["name"], r"^[a-z][a-z0-9_]*$")
                self.assertIn(row["severity"], ("info", "warning", "error"))
                self.assertTrue(row["section"])
                self.assertGreater(int(row["id"][4:]), last.get(row["letter"], 0), "rows of a letter are in order")
                last[row["letter"]] = int(row["id"][4:])

    def test_sentences(self):
        for row in self.rows:
            with self.subTest(row["id"]):
                self.assertRegex(row["message"], SENTENCE)
                if row["hint"] and not re.fullmatch(r"\{\d\}", row["hint"]):
                    self.assertRegex(row["hint"], SENTENCE)
                self.assertNotRegex(row["message"] + row["hint"], "\u2014")
                numbers = {int(number) for number in re.findall(r"\{(\d)\}", row["message"] + row["hint"])}
                self.assertEqual(numbers, set(range(len(numbers))), "arguments are numbered from 0 without gap")

    def test_page_of_the_documentation(self):
        result = subprocess.run([sys.executable, str(tree.ROOT / "docs/findings_page.py"), "--check"],
                                capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
