# SPDX-License-Identifier: MPL-2.0
"""The tour in README.md is walked as it stands there, and shows what it says."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import zipfile

import source_tree as tree


class Tour(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-readme-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        text = (tree.ROOT / "README.md").read_text(encoding="utf-8")
        tour = text[text.index("## A tour"):text.index("## In Writer")]
        self.blocks = re.findall(r"^```\n(.*?)^```$", tour, re.M | re.S)

    def run_block(self, block):
        environment = dict(os.environ, PATH=f"{tree.BUILD / 'bin'}:/usr/bin:/bin")
        return subprocess.run(["bash", "-c", block.replace("/tmp/", f"{self.folder}/")], cwd=tree.ROOT / "templates",
                              env=environment, capture_output=True, text=True, timeout=60)

    def test_every_step(self):
        steps = [block for block in self.blocks if re.search(r"^engross ", block, re.M)]
        self.assertEqual(len(steps), 4)
        said = [block for block in self.blocks if "error EG-" in block]
        self.assertEqual(len(said), 1)
        for step in steps:
            with self.subTest(step):
                result = self.run_block(step)
                wrong = "misspelt" in step
                self.assertEqual(result.returncode, 1 if wrong else 0, result.stdout + result.stderr)
                for letter in re.findall(r"-o /tmp/(\S+)", step):
                    file = self.folder / letter
                    self.assertEqual(file.exists(), not wrong)
                    if not wrong:
                        self.assertIsNone(zipfile.ZipFile(file).testzip())
                if wrong:
                    shown = (result.stdout + result.stderr).replace(f"{self.folder}/", "/tmp/")
                    self.assertIn(said[0], shown)

    def test_commands_of_the_first_lines(self):
        text = (tree.ROOT / "README.md").read_text(encoding="utf-8")
        commands = set(re.findall(r"(?:^|`)(package/\w+)", text, re.M))
        self.assertEqual(commands, {"package/try", "package/test"})
        for command in commands:
            self.assertTrue(os.access(tree.ROOT / command, os.X_OK), command)


if __name__ == "__main__":
    unittest.main(verbosity=1)
