#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""The benchmark's premise: relatorio, with its template made from our sources, writes the letter
that Engross writes. Needs $ENGROSS, the command."""

import json
import os
import pathlib
import tempfile
import unittest
import zipfile

import letter_text
import relatorio_letter
import peer_setup
from relatorio.templates.opendocument import Template

FIRM = pathlib.Path(__file__).resolve().parents[2] / "templates"
TEMPLATE = FIRM / "templates" / "takedown-opinion.fodt"
DEAL = FIRM / "deals" / "takedown.json"


class SameText(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.template = peer_setup.relatorio(os.environ["ENGROSS"], TEMPLATE, DEAL, cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def both(self, deal):
        """The texts of both letters of a deal file."""
        ours = self.path / "ours.odt"
        peer_setup.assemble(os.environ["ENGROSS"], TEMPLATE, deal, ours)
        theirs = self.path / "theirs.odt"
        with open(self.template, "rb") as source:
            made = Template(source=source).generate(**relatorio_letter.data(FIRM, deal)).render()
        theirs.write_bytes(made.getvalue())
        return letter_text.lines(ours), letter_text.lines(theirs)

    def body(self, name):
        """The body's XML; here also the fields and bookmarks are the same."""
        with zipfile.ZipFile(self.path / name) as package:
            content = package.read("content.xml")
        return content[content.index(b"<office:body"):]

    def test_sample_deal(self):
        ours, theirs = self.both(DEAL)
        self.assertEqual(ours, theirs)
        self.assertGreater(len(" ".join(ours).split()), 1000)
        self.assertEqual(self.body("ours.odt"), self.body("theirs.odt"))

    def test_other_deal(self):
        """Loops of other lengths, the other branches, other values."""
        data = json.loads(DEAL.read_text())
        data["voice"] = "I"
        data["letter"]["addressee"]["name"] = "Carrow & Steele <Holdings>"
        data["letter"]["exhibit"] = ""
        data["documents"] = (data["documents"] * 3)[:-2]
        data["agreements"][0]["parties"].append("Carrow Securities LLC")
        data["erisa_headings"].append("Plans")
        data["parties"]["depositor"]["state"] = "Ohio"
        data["pooling"]["parties"][1].pop("short")
        data["reliances"] *= 2
        data["signature"]["conformed"] = False
        deal = self.path / "other.json"
        deal.write_text(json.dumps(data))
        ours, theirs = self.both(deal)
        self.assertEqual(ours, theirs)
        self.assertIn("Letter_20_Address: Carrow & Steele <Holdings>", ours)


if __name__ == "__main__":
    unittest.main()
