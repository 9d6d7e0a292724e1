#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""“above” and “below” in the body, in tables, notes and frames: what Engross writes is what LibreOffice
computes, and where only the layout decides the letter says “–” until DOCX or PDF is made.

Environment: ENGROSS (the command, engross-office beside it), LO_HOME.
"""

import json
import pathlib
import re
import sys
import unittest
import zipfile

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "golden"))

import acceptance  # noqa: E402
import acceptance_office_test as formats  # noqa: E402
import refreshing  # noqa: E402
from acceptance import Work, squeezed  # noqa: E402
from com.sun.star.beans import PropertyValue  # noqa: E402

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
P = '<text:p text:style-name="Standard">%s</text:p>'
LANGUAGES = ("en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pt-BR", "pl-PL", "sv-SE")
TARGETS = ("first", "cell one", "cell two", "in foot", "in frame", "in end", "middle", "last")


def ask(where, targets=TARGETS):
    return " ".join(f'[{where}/{name}={{{{ ref("{name}", form="above") }}}}]' for name in targets)


def note(kind, text):
    return (f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
            f'<text:note-body>{text}</text:note-body></text:note>')


def label(name, more=""):
    return P % f'{{% label "{name}" %}}The {name}{more}'


def document():
    names = {name: OASIS + uri for name, uri in
             (("office", "office:1.0"), ("style", "style:1.0"), ("text", "text:1.0"),
              ("table", "table:1.0"), ("draw", "drawing:1.0"), ("svg", "svg-compatible:1.0"),
              ("fo", "xsl-fo-compatible:1.0"))}
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    styles = "".join(f'<style:style style:name="{one}" style:family="paragraph"><style:text-properties '
                     f'fo:language="{one[:2]}" fo:country="{one[3:]}"/></style:style>'
                     for one in LANGUAGES)
    spoken = "".join(f'<text:p text:style-name="{one}">{ask(one, ("first", "last"))}</text:p>'
                     for one in LANGUAGES)
    filler = P % "Words that fill the page. " * 40
    frame = ('<draw:frame draw:style-name="fr1" text:anchor-type="paragraph" svg:width="3in" '
             'svg:x="1in" svg:y="4in" draw:z-index="0"><draw:text-box fo:min-height="0.5in">'
             + label("in frame") + P % ask("frame") + '</draw:text-box></draw:frame>')
    table = ('<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>'
             '<table:table-cell>' + P % "One" + label("cell one") + P % ask("one")
             + '</table:table-cell><table:table-cell>' + label("cell two") + P % ask("two")
             + '</table:table-cell></table:table-row></table:table>')
    body = (P % ask("top") + label("first", ", as it was")
            + P % ("Early" + note("footnote", P % ask("early note"))) + table
            + spoken + P % ("Anchor" + note("footnote", label("in foot") + P % ask("foot"))) + P % ask("after")
            + P % ("Over" + frame) + filler
            + P % ('{% label "middle" %}The middle ' + ask("middle", ("middle", "first"))
                   + note("footnote", P % ask("middle note")))
            + P % ("End" + note("endnote", label("in end") + P % ask("end"))) + filler
            + P % ask("late") + P % ("Short" + note("footnote", P % ask("late note"))) + label("last")
            + P % ("Fin" + note("endnote", P % ask("last end"))))
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {declared} '
            'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            '<office:styles><style:style style:name="Standard" style:family="paragraph"/>'
            + styles + '<style:style style:name="Frame" style:family="graphic"/></office:styles>'
            '<office:automatic-styles><style:style style:name="fr1" style:family="graphic" '
            'style:parent-style-name="Frame"><style:graphic-properties style:vertical-pos="from-top" '
            'style:vertical-rel="page-content" style:horizontal-pos="from-left" '
            'style:horizontal-rel="page" style:wrap="parallel"/></style:style>'
            f'</office:automatic-styles><office:body><office:text>{body}</office:text>'
            '</office:body></office:document>')


def directions(file):
    """(where, target) -> the words of the field."""
    with zipfile.ZipFile(file) as package:
        text = "".join(acceptance.etree.fromstring(package.read("content.xml")).itertext())
    return {(where, target): word
            for where, target, word in re.findall(r"\[([^/\[\]]+)/([^=]+)=([^\]]*)\]", text)}


class Directions(Work):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.work / "letter.fodt").write_text(document(), encoding="utf-8")
        (cls.work / "deal.json").write_text(json.dumps({}))
        cls.stem = cls.work / "letter"
        cls.run_ = acceptance.engross("assemble", cls.work / "letter.fodt", "--deal",
                                      cls.work / "deal.json", "-o", f"{cls.stem}.odt")
        if cls.run_.status != 0:
            raise AssertionError(cls.run_)
        wrong = cls.work / "wrong.odt"
        refreshing.overwritten(f"{cls.stem}.odt", wrong)
        exporter, office = refreshing.Exporter(), refreshing.Office(cls.work)
        cls.addClassCleanup(exporter.close)
        cls.addClassCleanup(office.close)
        exporter.export(wrong, f"{cls.stem}.docx", f"{cls.stem}.pdf")
        loaded = office.desktop.loadComponentFromURL(
            wrong.as_uri(), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
        try:
            loaded.CurrentController.getPropertyValue("PageCount")  # lays the letter out
            loaded.getTextFields().refresh()
            loaded.storeToURL((cls.work / "refreshed.odt").as_uri(),
                              (PropertyValue(Name="FilterName", Value="writer8"),))
        finally:
            loaded.close(True)
        cls.ours = directions(f"{cls.stem}.odt")
        cls.theirs = directions(cls.work / "refreshed.odt")

    def test_what_is_said_is_what_libreoffice_says(self):
        self.assertEqual(self.ours.keys(), self.theirs.keys())
        self.assertEqual({key: word for key, word in self.ours.items() if word != "–"},
                         {key: word for key, word in self.theirs.items() if self.ours[key] != "–"})
        self.assertLessEqual({word for (where, _), word in self.theirs.items()
                              if where not in LANGUAGES}, {"above", "below"})

    def test_words_of_the_language(self):
        """Of a language whose words we do not have, LibreOffice fills them in."""
        self.assertEqual((self.ours["de-DE", "first"], self.ours["de-DE", "last"]), ("oben", "unten"))
        self.assertEqual({where for where, _ in self.ours if self.ours[where, "first"] == "–"
                          and where in LANGUAGES}, {"sv-SE"})

    def test_what_is_certain_is_said(self):
        open_ = {key for key, word in self.ours.items() if word == "–"}
        self.assertLess(len(open_), len(self.ours) / 2)
        for where, target in (("early note", "first"), ("late note", "middle"), ("middle note", "middle"),
                              ("end", "last"), ("last end", "in end"), ("top", "in foot"),
                              ("middle note", "in foot"), ("two", "cell one"), ("one", "cell two")):
            self.assertNotIn((where, target), open_)

    def test_layout_decides_the_rest_with_a_note(self):
        """LibreOffice has some of them above though they come later in the text."""
        self.assertEqual(self.ours["early note", "middle"], "–")
        self.assertEqual(self.theirs["early note", "cell one"], "above")
        self.assertEqual(self.theirs["early note", "last"], "below")
        self.assertIn("EG-O053", self.run_.error)

    def test_docx_and_pdf_have_no_dash(self):
        text = squeezed(" ".join(line for page in formats.pdf_pages(f"{self.stem}.pdf")
                                 for line in page))
        self.assertNotIn("=–]", text)
        self.assertNotIn(refreshing.SENTINEL, text)
        self.assertIn("[early note/cell one=above]", text)
        with zipfile.ZipFile(f"{self.stem}.docx") as package:
            for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
                words = "".join(acceptance.etree.fromstring(package.read(part)).itertext())
                self.assertNotIn("=–]", words)
                self.assertNotIn(refreshing.SENTINEL, words)


if __name__ == "__main__":
    unittest.main()
