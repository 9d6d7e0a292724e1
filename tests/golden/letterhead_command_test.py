# SPDX-License-Identifier: MPL-2.0
"""engross letterhead: an existing letter or template on another letterhead."""

import json
import shutil
import unittest
import zipfile

from lxml import etree

from acceptance import FIRM, LETTERS, STYLE, TEXT, Work, assemble, engross, findings

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
A4 = "marlow-pike-a4"

# As a person types it in Writer: no page header, a style that the letterhead has too.
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:body><office:text><text:p>{date}</text:p>
  <text:p>Credit Suisse <text:span>Securities (USA) LLC</text:span></text:p><text:p>Eleven Madison Avenue</text:p>
  <text:p>We were asked by Credit Suisse Securities (USA) LLC.</text:p></office:text></office:body></office:document>
"""

# As Word and Writer leave a letter that was typed away: all of it in Standard, which holds the distances.
TYPED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
 <office:styles>
  <style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="{below}"/></style:style>
  <style:style style:name="Quote" style:family="paragraph" style:parent-style-name="Standard"/>
 </office:styles>
 <office:automatic-styles>
  <style:style style:name="Justified" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties
   fo:text-align="justify"/></style:style>
  <style:style style:name="Tight" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties
   fo:margin-bottom="0in"/></style:style>
 </office:automatic-styles>
 <office:body><office:text><text:p text:style-name="Tight">October 23, 2001</text:p>
  <text:p text:style-name="Tight">Nobody &amp; Co.</text:p><text:p>Ladies and Gentlemen:</text:p>
  <text:p text:style-name="Justified">We were asked.</text:p><text:p text:style-name="Quote">So it is.</text:p>
  <text:p text:style-name="Standard">Very truly yours,</text:p></office:text></office:body></office:document>
"""


def part(package, name):
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def body_text(package):
    root = etree.fromstring(part(package, "content.xml"))
    return ["".join(paragraph.itertext()) for paragraph in root.iter(TEXT + "p", TEXT + "h")]


def page_size(package):
    properties = next(etree.fromstring(part(package, "styles.xml")).iter(STYLE + "page-layout-properties"))
    return properties.get(FO + "page-width"), properties.get(FO + "page-height")


def header(package, kind="header"):
    """The paragraphs of a header as they print, references by their text."""
    root = etree.fromstring(part(package, "styles.xml"))
    return ["".join(paragraph.itertext()) for paragraph in next(root.iter(STYLE + kind)).iter(TEXT + "p")]


class Letterhead(Work):
    def test_a_letter_becomes_the_one_assembled_on_it(self):
        for name, (_, deal) in LETTERS.items():
            for office in ("new_york", "wilmington"):
                with self.subTest(name, office=office):
                    there, moved, back = (self.work / f"{name}-{office}-{step}.odt" for step in ("there", "moved", "back"))
                    data = ("--deal", f"{deal}.json", "--set", f"letter.office={office}", "--firm", FIRM)
                    plain = self.work / f"{name}.odt"
                    self.made(assemble(name, plain))
                    self.made(assemble(name, there, more=("--letterhead", A4, "--set", f"letter.office={office}")))
                    self.made(engross("letterhead", plain, "--with", A4, *data, "-o", moved))
                    for member in ("content.xml", "styles.xml"):
                        self.assertEqual(part(moved, member), part(there, member), member)
                    self.assertEqual(page_size(moved), ("210mm", "297mm"))
                    self.assertEqual(page_size(plain), ("8.5in", "11in"))
                    # Back again: nothing is left of the way, and a second time changes nothing.
                    self.made(engross("letterhead", moved, "--with", "marlow-pike", "--deal", f"{deal}.json",
                                      "--firm", FIRM, "-o", back))
                    for member in ("content.xml", "styles.xml"):
                        self.assertEqual(part(back, member), part(plain, member), member)
                    self.assertEqual(body_text(moved), body_text(plain))

    def test_flat_files_say_the_same(self):
        flat, packed = self.work / "flat.fodt", self.work / "packed.odt"
        letter = self.work / "letter.odt"
        self.made(assemble("takedown", letter))
        self.made(engross("letterhead", letter, "--with", A4, "--deal", f"{LETTERS['takedown'][1]}.json", "--firm", FIRM,
                          "-o", flat, packed))
        root = etree.parse(str(flat)).getroot()
        self.assertTrue(root.tag.endswith("}document"))
        body = root.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
        self.assertEqual(["".join(p.itertext()) for p in body.iter(TEXT + "p", TEXT + "h")], body_text(packed))
        self.assertIn("210mm", flat.read_text(encoding="utf-8"))

    def test_a_template_keeps_its_tags_and_the_letterheads(self):
        template, _ = LETTERS["takedown"]
        made = self.work / "template.ott"
        self.made(engross("letterhead", template, "--with", A4, "-o", made))
        self.assertEqual(part(made, "mimetype"), b"application/vnd.oasis.opendocument.text-template")
        written = etree.fromstring(template.read_bytes())
        body = written.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
        self.assertEqual(body_text(made), ["".join(p.itertext()) for p in body.iter(TEXT + "p", TEXT + "h")])
        self.assertIn("{{ letter.addressee.name }}", header(made))
        self.assertEqual(page_size(made), ("210mm", "297mm"))
        # And works as a template.
        letter = self.work / "from-template.odt"
        self.made(engross("assemble", made, "--firm", FIRM, "--letterhead", A4, "--deal", f"{LETTERS['takedown'][1]}.json",
                          "-o", letter))

    def test_a_letter_of_another_program_refers_to_its_own_address(self):
        foreign, made = self.work / "foreign.fodt", self.work / "foreign.odt"
        foreign.write_text(FOREIGN.format(date="1 March 2006"), encoding="utf-8")
        status, found = findings("letterhead", foreign, "--with", "marlow-pike", "--firm", FIRM, "--deal",
                                 f"{LETTERS['takedown'][1]}.json", "-o", made)
        self.assertEqual((status, [finding["code"] for finding in found]), (0, ["EG-H025"]))
        self.assertEqual(body_text(made)[:3], ["1 March 2006", "Credit Suisse Securities (USA) LLC", "Eleven Madison Avenue"])
        root = etree.fromstring(part(made, "styles.xml"))
        references = list(next(root.iter(STYLE + "header")).iter(TEXT + "bookmark-ref"))
        self.assertEqual([reference.text for reference in references], ["Credit Suisse Securities (USA) LLC"])
        target = references[0].get(TEXT + "ref-name")
        content = etree.fromstring(part(made, "content.xml"))
        start, = (mark for mark in content.iter(TEXT + "bookmark-start") if mark.get(TEXT + "name") == target)
        self.assertEqual("".join(start.getparent().itertext()), "Credit Suisse Securities (USA) LLC")
        # The date in the letter is written in another way, so it is no target: the deal's is printed.
        self.assertEqual(header(made)[1], "February 27, 2006")

    def test_another_picture_of_the_logos_name(self):
        """It gives way, and a second application changes nothing."""
        letter, old, first, second = (self.work / f"{name}.odt" for name in ("letter", "old", "first", "second"))
        self.made(assemble("takedown", letter))
        with zipfile.ZipFile(letter) as archive, zipfile.ZipFile(old, "w") as other:
            for name in archive.namelist():
                other.writestr(name, archive.read(name) + (b"other" if name.startswith("Pictures/") else b""))
        for source, target in ((old, first), (first, second)):
            self.made(engross("letterhead", source, "--with", "marlow-pike", "--deal", f"{LETTERS['takedown'][1]}.json",
                              "--firm", FIRM, "-o", target))
        with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
            self.assertEqual({name: one.read(name) for name in one.namelist()}, {name: two.read(name) for name in two.namelist()})

    def test_a_letterhead_typed_above_the_date(self):
        for above, expected in ((["OLD FIRM LLP", "1 Old Street, New York"], ["EG-L017"]), (["BY HAND", "Our Ref: 1/2"], []),
                                (["Closing Opinion"], [])):
            letter = self.work / "typed.fodt"
            first = "".join(f"<text:p>{line}</text:p>" for line in above)
            letter.write_text(FOREIGN.format(date="October 23, 2001").replace("<office:text>", "<office:text>" + first),
                              encoding="utf-8")
            status, found = findings("letterhead", letter, "--with", "marlow-pike", "--firm", FIRM, "--set", "letter.date=2001-10-23",
                             "--set", "letter.addressee.name=Credit Suisse Securities (USA) LLC", "--set",
                             "letter.office=new_york", "-o", self.work / "typed.odt")
            self.assertEqual(([f["code"] for f in found], status), (expected, 0), found)
            if expected:
                self.assertIn("“OLD FIRM LLP”", found[0]["message"])

    def distances(self, file):
        """Below each paragraph, in points, styles followed."""
        styles = {}
        for name in ("styles.xml", "content.xml"):
            for style in etree.fromstring(part(file, name)).iter(STYLE + "style"):
                styles[style.get(STYLE + "name")] = style
        out = []
        for paragraph in etree.fromstring(part(file, "content.xml")).iter(TEXT + "p"):
            name, below = paragraph.get(TEXT + "style-name", "Standard"), None
            while below is None and name in styles:
                properties = styles[name].find(STYLE + "paragraph-properties")
                below = None if properties is None else properties.get(FO + "margin-bottom")
                name = styles[name].get(STYLE + "parent-style-name")
            out.append(below)
        return out

    def test_distances_of_a_letter_in_standard(self):
        """The letterhead's Standard has none: they come from its style for text, or stay as they were."""
        letter, made, again = self.work / "typed.fodt", self.work / "typed.odt", self.work / "again.odt"
        bodiless = self.work / "bodiless.fodt"
        bodiless.write_text((FIRM / "letterheads/marlow-pike.fodt").read_text(encoding="utf-8").replace("Body", "Prose"),
                            encoding="utf-8")
        words = ("--firm", FIRM, "--set", "letter.addressee.name=Nobody & Co.", "--set", "letter.date=2001-10-23", "--set",
                 "letter.office=new_york")
        for below, name, distances, codes in (
                ("0.139in", "marlow-pike", ["0in", "0in", "11pt", "11pt", "0.139in", "11pt"], ["EG-L016"]),
                ("0.139in", bodiless, ["0in", "0in", "0.139in", "0.139in", "0.139in", "0.139in"], []),
                ("0in", "marlow-pike", ["0in", "0in", "0pt", "0pt", "0pt", "0pt"], [])):
            with self.subTest(below=below, name=name):
                letter.write_text(TYPED.format(below=below), encoding="utf-8")
                status, found = findings("letterhead", letter, "--with", name, *words, "-o", made)
                self.assertEqual((status, [finding["code"] for finding in found]), (0, codes))
                if codes:
                    self.assertIn("3 paragraphs of the text in the style “Standard”", found[0]["message"])
                    self.assertIn("got the style “Letter Body”", found[0]["message"])
                self.assertEqual(self.distances(made), distances)
                self.assertEqual(findings("letterhead", made, "--with", name, *words, "-o", again), (0, []))
                for member in ("content.xml", "styles.xml"):
                    self.assertEqual(part(again, member), part(made, member), member)

    def test_data_by_hand(self):
        letter, made = self.work / "l.odt", self.work / "by-hand.odt"
        self.made(assemble("takedown", letter))
        values = {"letter.date": "2020-02-03", "letter.addressee.name": "Nobody & Co.", "letter.office": "wilmington"}
        sets = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
        status, found = findings("letterhead", letter, "--with", A4, "--firm", FIRM, *sets, "-o", made)
        # It is done, and said that the letter says otherwise.
        self.assertEqual((status, [(finding["code"], finding["severity"]) for finding in found]),
                         (0, [("EG-H024", "warning"), ("EG-H025", "warning"), ("EG-L014", "warning")]))
        # Nobody gave the exhibit number.
        self.assertIn("“EXHIBIT 5.1” stood in the header of page 1 and does not stand on the letterhead", found[2]["message"])
        self.assertEqual(header(made)[:2], ["Nobody & Co.", "February 3, 2020"])
        self.assertTrue(any("Brandywine Row" in line for line in header(made, "header-first")))

    def test_what_the_letterhead_shows_and_nobody_says(self):
        letter, made = self.work / "l2.odt", self.work / "none.odt"
        self.made(assemble("takedown", letter))
        status, found = findings("letterhead", letter, "--with", A4, "--firm", FIRM, "-o", made)
        self.assertEqual(status, 1)
        self.assertEqual({finding["code"] for finding in found}, {"EG-L011"})
        self.assertIn("letter.date", {finding["data_path"] for finding in found})
        self.assertFalse(made.exists())
        # With a deal it is the deal that lacks it.
        status, found = findings("letterhead", letter, "--with", A4, "--firm", FIRM, "--set", "letter.office=new_york",
                                 "--set", "letter.addressee.name=X", "-o", made)
        self.assertEqual((status, {finding["code"] for finding in found}), (1, {"EG-T014"}))

    def test_wrong_names(self):
        letter = self.work / "l3.odt"
        self.made(assemble("takedown", letter))
        out = self.work / "never.odt"
        status, found = findings("letterhead", letter, "--with", "marlow-pike-a5", "--firm", FIRM, "-o", out)
        self.assertEqual((status, [finding["code"] for finding in found]), (1, ["EG-A011"]))
        self.assertIn(A4, found[0]["hint"])
        self.assertEqual(engross("letterhead", letter, "--with", A4, "--firm", FIRM, "-o", letter).status, 2)
        status, found = findings("letterhead", self.work / "none.odt", "--with", A4, "--firm", FIRM, "-o", out)
        self.assertEqual((status, [finding["code"] for finding in found]), (1, ["EG-A001"]))
        status, found = findings("letterhead", letter, "--with", A4, "--firm", FIRM, "-o", self.work / "x.txt")
        self.assertIn("EG-A004", [finding["code"] for finding in found])
        self.assertFalse(out.exists())

    def test_firm_json_that_derives_wrongly(self):
        firm = self.work / "firm"
        shutil.copytree(FIRM, firm)
        data = json.loads((firm / "firm.json").read_text(encoding="utf-8"))
        template = firm / "templates/takedown-opinion.fodt"
        for wrong, key in ((7, "letterheads"), ({"a": {"from": "marlow-pike", "paper": "A5"}}, "letterheads.a.paper"),
                           ({"a": {"paper": "A4"}}, "letterheads.a.from"), ({"a": "b"}, "letterheads.a.from")):
            data["letterheads"] = wrong
            (firm / "firm.json").write_text(json.dumps(data), encoding="utf-8")
            status, found = findings("check", template)
            self.assertEqual((status, [(f["code"], f["data_path"]) for f in found]), (1, [("EG-A010", key)]))


if __name__ == "__main__":
    unittest.main(verbosity=1)
