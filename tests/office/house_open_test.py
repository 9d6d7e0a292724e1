#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""LibreOffice opens what engross standardise has repaired, and prints the headers that it should.

Environment: ENGROSS (the command), LO_HOME (default /usr/lib/libreoffice), ENGROSS_SHARED (folder
that holds corpus/; without it those files are left out).
"""

import os
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRM = SOURCE / "templates"
ENGROSS = os.environ["ENGROSS"]
SOFFICE = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice")) / "program" / "soffice"
CORPUS = sorted((pathlib.Path(os.environ.get("ENGROSS_SHARED") or "shared") / "corpus").glob("*.odt"))


class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory(prefix="engross-house-")
        cls.addClassCleanup(cls.work.cleanup)
        cls.folder = pathlib.Path(cls.work.name)
        cls.engross("assemble", FIRM / "templates/takedown-opinion.fodt", "--deal", FIRM / "deals/takedown.json",
                    "-o", cls.folder / "letter.odt")
        cls.edit(cls.folder / "letter.odt", cls.folder / "edited.odt")
        cls.engross("standardise", FIRM / "drifted", cls.folder / "edited.odt", *CORPUS, "--out", cls.folder / "out",
                    "--firm", FIRM)
        cls.files = sorted((cls.folder / "out").iterdir())
        run = subprocess.run([SOFFICE, f"-env:UserInstallation={(cls.folder / 'profile').as_uri()}", "--headless",
                              "--convert-to", "pdf", "--outdir", cls.folder / "pdf", *cls.files],
                             capture_output=True, text=True, timeout=280)
        cls.said = run.stdout + run.stderr

    @classmethod
    def engross(cls, *arguments):
        run = subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True, timeout=120)
        assert run.returncode in (0, 1), run.stdout + run.stderr
        return run

    @staticmethod
    def edit(letter, edited):
        """A hand that types another addressee and another date, and leaves the header alone."""
        with zipfile.ZipFile(letter) as old, zipfile.ZipFile(edited, "w") as new:
            for item in old.infolist():
                data = old.read(item)
                if item.filename == "content.xml":
                    body = data.index(b"<office:text")
                    data = data[:body] + data[body:].replace(b"Credit Suisse Securities (USA) LLC",
                                                             b"Lighthouse Securities LLC", 1)
                    data = data.replace(b"February 27, 2006", b"March 1, 2006", 1)
                new.writestr(item, data)

    def pages(self, name):
        run = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", self.folder / "pdf" / name, "-"],
                             capture_output=True, text=True, check=True)
        return [" ".join(page.replace("\u00a0", " ").split()) for page in run.stdout.split("\f")][:-1]

    def test_each_one_opens(self):
        self.assertGreaterEqual(len(self.files), 13)
        for file in self.files:
            with self.subTest(file.name):
                pdf = self.folder / "pdf" / (file.stem + ".pdf")
                self.assertTrue(pdf.exists(), self.said)
                self.assertGreater(pdf.stat().st_size, 1000)

    def test_what_opens_is_the_letter(self):
        """Not its XML as text, which an office shows of a flat file that it does not know."""
        for file in sorted((FIRM / "drifted").glob("*.fodt")):
            with self.subTest(file.name):
                pages = self.pages(file.stem + ".pdf")
                self.assertIn("Very truly yours,", " ".join(pages))
                self.assertNotIn("iVBORw0KGgo", " ".join(pages))
                self.assertLessEqual(len(pages), 3)

    def test_the_header_follows_the_address_block(self):
        self.assertIn("EG-H024", self.engross("audit", self.folder / "edited.odt", "--firm", FIRM).stdout)
        pages = self.pages("edited.pdf")
        self.assertGreater(len(pages), 1)
        self.assertIn("Lighthouse Securities LLC", pages[0])
        for number, page in enumerate(pages[1:], 2):
            self.assertTrue(page.startswith(f"Lighthouse Securities LLC March 1, 2006 Page {number}"), page[:80])

    def test_the_letterhead_stands_on_page_1(self):
        for file in ("new-york-2019.pdf", "wilmington-entity-status.pdf"):
            with self.subTest(file):
                self.assertIn("limited liability partnership organized under", self.pages(file)[0])

    def test_an_older_name_of_the_firm_is_left_to_a_person(self):
        self.assertIn("Marlow, Pike & Renner LLP", self.pages("washington-no-action.pdf")[0])


if __name__ == "__main__":
    unittest.main(verbosity=1)
