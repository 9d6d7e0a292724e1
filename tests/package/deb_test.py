# SPDX-License-Identifier: MPL-2.0
"""The Debian package, made of what was built: what is in it and what it asks for."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["ENGROSS_BINARY_DIR"])
OFFICE = os.environ["ENGROSS_OFFICE"] == "ON"


def run(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode != 0:
        raise AssertionError(f"{command}: {result.stdout}")
    return result.stdout


class Deb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="engross-deb-")
        cls.addClassCleanup(cls.folder.cleanup)
        run(os.environ["ENGROSS_CPACK"], "-G", "DEB", "-B", cls.folder.name,
            "--config", str(BUILD / "CPackConfig.cmake"), cwd=cls.folder.name)
        debs = list(pathlib.Path(cls.folder.name).glob("*.deb"))
        assert len(debs) == 1, debs
        cls.deb = debs[0]

    def field(self, name):
        return run("dpkg-deb", "-f", str(self.deb), name).strip()

    def test_name(self):
        self.assertRegex(self.deb.name, r"^engross_\d+\.\d+\.\d+_\w+\.deb$")
        self.assertEqual(self.field("Package"), "engross")

    def test_an_office_is_recommended_only(self):
        depends = [entry.strip().split()[0] for entry in self.field("Depends").split(",")]
        self.assertIn("libc6", depends)
        self.assertIn("libstdc++6", depends)
        unwanted = [name for name in depends if re.search(r"office|uno|^ure$|-dev$", name)]
        self.assertEqual(unwanted, [])
        self.assertEqual(self.field("Recommends"), "libreoffice-writer")

    def test_contents(self):
        listed = run("dpkg-deb", "-c", str(self.deb))
        entries = {line.split()[5].lstrip("."): line for line in listed.splitlines()}
        wanted = ["/usr/bin/engross", "/usr/share/doc/engross/copyright", "/usr/share/doc/engross/README.md",
                  "/usr/share/doc/engross/third-party-notices.txt",
                  "/usr/share/engross/sample-firm/firm.json",
                  "/usr/share/engross/sample-firm/templates/takedown-opinion.ott"]
        if OFFICE:
            wanted += ["/usr/lib/engross/engross-office", "/usr/share/engross/engross.oxt"]
        self.assertEqual([name for name in wanted if name not in entries], [])
        outside = [name for name in entries
                   if not re.match(r"/(usr/?)?$|/usr/(bin|lib|share)/(doc/)?(engross(/.*)?)?$", name)]
        self.assertEqual(outside, [])
        self.assertTrue(all("root/root" in line for line in entries.values()))

    def test_runs_where_it_is_unpacked(self):
        target = pathlib.Path(self.folder.name, "unpacked")
        run("dpkg-deb", "-x", str(self.deb), str(target))
        program = target / "usr/bin/engross"
        self.assertIn("engross", run(str(program), "--version"))
        # Its own search path must not be the build tree's.
        self.assertNotRegex(run("readelf", "-d", str(program)), r"R(UN)?PATH")
        firm = target / "usr/share/engross/sample-firm"
        letter = pathlib.Path(self.folder.name, "letter.odt")
        run(str(program), "assemble", str(firm / "templates/takedown-opinion.ott"),
            "--deal", str(firm / "deals/takedown.json"), "-o", str(letter))
        self.assertGreater(letter.stat().st_size, 1000)


if __name__ == "__main__":
    unittest.main(verbosity=1)
