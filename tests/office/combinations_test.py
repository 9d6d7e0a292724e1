#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Sixty seeded combinations of opinion paragraphs: numbers and references that Engross wrote are
those that LibreOffice computes, in ODT, DOCX and PDF.

Each paragraph of the sample book gets a label, so that a letter refers to every number in it. Each
letter is loaded as it was written, and once more with all its reference texts overwritten; both are
refreshed. The overwritten one goes through engross-office, the program that makes DOCX and PDF. One
office reads all, one exports all.

In DOCX LibreOffice makes nothing of this different: every paragraph is compared as it stands. What
it writes in another way, with the same text, is listed in docs/opinion-book.md.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import unittest
import zipfile

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))
LO_HOME = pathlib.Path(os.environ.get("LO_HOME", "/usr/lib/libreoffice"))
sys.path.append(str(LO_HOME / "program"))

import acceptance  # noqa: E402
import acceptance_office_test as formats  # noqa: E402
import combinations  # noqa: E402
import read_docx_numbers  # noqa: E402
from acceptance import Letter, Work, squeezed  # noqa: E402

import uno  # noqa: E402
from com.sun.star.beans import PropertyValue  # noqa: E402
from com.sun.star.connection import NoConnectException  # noqa: E402

LETTERS = 60
SENTINEL = "Zebra"


class Office:
    """A LibreOffice of our own that reads documents."""

    def __init__(self, work):
        pipe = f"engross{os.getpid()}combinations"
        environment = {**os.environ, "HOME": str(work), "SAL_USE_VCLPLUGIN": "svp"}
        self.process = subprocess.Popen(
            [str(LO_HOME / "program/soffice"), "--headless", "--norestore", "--nologo",
             f"--accept=pipe,name={pipe};urp",
             f"-env:UserInstallation={(work / 'profile').as_uri()}"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local)
        address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        while True:
            try:
                context = resolver.resolve(address)
                break
            except NoConnectException:
                try:
                    self.process.wait(timeout=0.1)
                except subprocess.TimeoutExpired:
                    continue
                raise AssertionError("the office ended") from None
        self.desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context)

    def read(self, file, refresh):
        """Lines of the body with their numbers, and lines of body and header without."""
        document = self.desktop.loadComponentFromURL(
            file.as_uri(), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
        if document is None:
            raise AssertionError(f"{file.name} was not opened")
        try:
            if refresh:
                document.getTextFields().refresh()
            header = document.StyleFamilies.getByName("PageStyles").getByName("Standard")
            texts = document.Text.String + "\n" + header.HeaderText.String.rpartition("\n")[0]
            plain = file.with_suffix(".txt")
            document.storeToURL(plain.as_uri(), (
                PropertyValue(Name="FilterName", Value="Text (encoded)"),
                PropertyValue(Name="FilterOptions", Value="UTF8,LF,,,")))
            numbered = plain.read_text(encoding="utf-8-sig")
            return tuple([squeezed(line) for line in text.splitlines()]
                         for text in (numbered, texts))
        finally:
            document.close(True)

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:  # the connection may go before the answer is here
            pass
        self.process.wait(timeout=60)


class Exporter:
    """engross-office, by its lines (src/office/README.md)."""

    def __init__(self):
        environment = {**os.environ, "LD_LIBRARY_PATH": str(LO_HOME / "program")}
        self.process = subprocess.Popen(
            [str(pathlib.Path(acceptance.ENGROSS).parent / "engross-office"),
             str(LO_HOME / "program"), "1000"], env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.count = 0

    def export(self, letter, *outputs):
        self.count += 1
        request = {"id": self.count, "letter": str(letter), "seconds": 120.0,
                   "outputs": [str(output) for output in outputs]}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        while True:
            reply = json.loads(self.process.stdout.readline())
            if reply.get("id") == self.count:
                break
        if not reply["done"]:
            raise AssertionError(reply)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)


def overwritten(file, target):
    """A copy whose reference fields all say SENTINEL; how many there are."""
    count = 0
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename in ("content.xml", "styles.xml"):
                root = acceptance.etree.fromstring(data)
                for field in root.iter(acceptance.TEXT + "bookmark-ref"):
                    field.text = SENTINEL
                    count += 1
                data = acceptance.etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(info, data)
    return count


def lines(letter):
    """What Office.read should give."""
    # The header's last line has the number of whatever page was laid out last.
    texts = [p.text for p in letter.paragraphs] + letter.header("header")[:-1]
    return ([squeezed(f"{p.number} {p.text}") for p in letter.paragraphs],
            [squeezed(text) for text in texts])


class Combinations(Work):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        firm = combinations.Firm(cls.work)
        dice = random.Random(1871)
        cls.letters = []
        office, exporter = Office(cls.work), Exporter()
        cls.addClassCleanup(office.close)
        cls.addClassCleanup(exporter.close)
        for number in range(LETTERS):
            stem = cls.work / f"letter{number}"
            chosen = firm.assemble(dice, stem)
            wrong = cls.work / f"wrong{number}.odt"
            if overwritten(f"{stem}.odt", wrong) < len(chosen):
                raise AssertionError(f"{stem.name} has no references")
            docx, pdf = stem.with_suffix(".docx"), stem.with_suffix(".pdf")
            exporter.export(wrong, docx, pdf)
            cls.letters.append((stem, chosen, Letter(f"{stem}.odt"),
                                office.read(stem.with_suffix(".odt"), True),
                                office.read(wrong, True), office.read(docx, False)))

    def test_the_letters_are_worth_it(self):
        numbers = {p.number for _, _, odt, *_ in self.letters for p in odt.paragraphs}
        references = [r.text for _, _, odt, *_ in self.letters for r in odt.references(odt.content)]
        self.assertGreater(len(references), 2000)
        self.assertGreater(len({frozenset(chosen) for _, chosen, *_ in self.letters}), 55)
        for some in ("1.", "24.", "(A)", "(C)", "(ii)"):
            self.assertIn(some, numbers)
        texts = [p.text for _, _, odt, *_ in self.letters for p in odt.paragraphs]
        deep = [text for text in texts if re.search(r"\d\([A-Z]\)\([ivx]+\) or \(", text)]
        self.assertGreater(len(deep), 20)
        for some in ("above", "below", "(B)"):
            self.assertIn(some, references)

    def test_the_letter_is_right_by_itself(self):
        for _, _, odt, *_ in self.letters:
            faults = [fault for fault in acceptance.reference_faults(odt)
                      if "leaves out the levels" not in fault]  # form="number" does so
            self.assertEqual(faults, [])
            self.assertEqual(acceptance.name_faults(odt), [])
            for p in odt.paragraphs:
                for full, number in re.findall(r"(\S+) or (\S+) (?:above|below)", p.text):
                    # A slot on level 2 with nothing before it has no number above.
                    self.assertRegex(full, r"^(?:\d+|(?=\([A-Z]\)))(\([A-Z]\))?(\([ivx]+\))?(\([a-z]\))?$")
                    self.assertTrue(full.endswith(number), full)

    def test_libreoffice_computes_the_same(self):
        for _, _, odt, right, wrong, _ in self.letters:
            self.assertEqual(right, lines(odt))
            self.assertEqual(wrong, lines(odt))

    def test_docx_says_the_same(self):
        for stem, _, odt, _, _, reopened in self.letters:
            self.assertEqual(reopened, lines(odt))
            read = read_docx_numbers.read(stem.with_suffix(".docx"))
            self.assertEqual([squeezed(f"{p.number} {p.text}") for p in read], lines(odt)[0])

    def test_pdf_says_the_same(self):
        for stem, _, odt, *_ in self.letters:
            printed = formats.bare("".join(line for body in formats.Made(stem).bodies()
                                           for line in body))
            self.assertNotIn(SENTINEL.casefold(), printed)
            wanted = "".join(formats.bare(p.number + p.text) for p in odt.paragraphs)
            self.assertEqual(printed, wanted)


if __name__ == "__main__":
    unittest.main()
