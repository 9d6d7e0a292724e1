#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""Rules of a house style that only LibreOffice can look at: pages as they are laid out, each fault by a letter that has it and no
other; and Word files, made by python-docx, that break each rule which is looked at in them.

Environment: ENGROSS (the command, engross-office beside it)."""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402
import house_shape  # noqa: E402
from house_cases import FOOTER, annex, before_behind, both, p, page_style, same, spot, swap  # noqa: E402
from house_cases_page import ADDRESSEE, HEADER  # noqa: E402
from house_cases_text import SIGNED  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
LONG = p("We have looked at the papers that we thought right for this letter, and at nothing else, as we were asked to. " * 3)
LETTER = before_behind(14 * LONG)  # three pages
HEADING = swap(p("It is our opinion that:", "Letter_20_Lead-in"),
               '<text:h text:outline-level="1" text:style-name="Letter_20_Lead-in">It is our opinion that:</text:h>')
LOGO = 'svg:width="0.72in" svg:height="0.72in"'
BLOCK = "\n".join(14 * [SIGNED.replace("Signature_20_Title", "Signature_20_Name")] + [SIGNED])  # longer than a page


def chapter(words):
    """A field that prints another text than it said last: the heading of the page."""
    return f'<text:chapter text:display="name" text:outline-level="1">{words}</text:chapter>'


# name, the letter, what is found, the letter as it should be, why another rule is broken too
PAGES = [
    ("header that prints another text", both(LETTER, HEADING, swap(ADDRESSEE, chapter("Harbor Trust Company"))),
     [("EG-H051",
       r"On page 2 of the ODT, PDF and DOCX the header reads “It is our opinion that: / February 27, 2006 / Page 2”; it should "
       r"read “Harbor Trust Company”"), ("EG-H051", "On page 2 of the DOCX that LibreOffice reads again the header reads"),
      ("EG-H026", "repeats “Harbor Trust Company”")], both(LETTER, HEADING),
     "what is no reference to the address block is typed text"),
    ("footer that prints another text", both(LETTER, HEADING, swap(FOOTER, FOOTER.replace("Marlow &amp; Pike LLP", chapter(
        "Marlow &amp; Pike LLP")))),
     [("EG-H051",
       "On page 2 of the ODT, PDF and DOCX the footer reads “It is our opinion that:”; it should read “Marlow & Pike LLP”"),
      ("EG-H051", "On page 2 of the DOCX that LibreOffice reads again the footer reads")], both(LETTER, HEADING), ""),
    ("page without header", both(page_style("Annex", "", "", FOOTER), annex("Annex")),
     [("EG-H050", "Page 2 shows no header in the ODT, PDF, DOCX and DOCX that LibreOffice reads again")],
     both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), ""),
    ("page without footer", both(page_style("Annex", "", HEADER), annex("Annex")),
     [("EG-H050", "Page 2 shows no footer in the ODT, PDF, DOCX and DOCX that LibreOffice reads again")],
     both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), ""),
    # Anchored to the page it does not come into the header of the DOCX.
    ("logo that the DOCX loses", swap('text:anchor-type="as-char"', 'text:anchor-type="page" text:anchor-page-number="1"'),
     [("EG-H052", "Page 1 shows no logo in the .*DOCX")], same, ""),
    ("logo of another size", swap(LOGO, 'svg:width="1in" svg:height="1in"'),
     [("EG-H051",
       r"On page 1 of the ODT and PDF the size of the logo reads “1\.0\d*in × 1\.0\d*in”; it should read “0.72in × 0.72in”"),
      ("EG-H051", r"On page 1 of the DOCX and DOCX that LibreOffice reads again the size of the logo reads “1in × 1in”"),
      ("EG-H021", "The size of the logo of page 1 reads “1in × 1in”")], same,
     "the file says the size that is printed"),
    ("no logo", lambda source: re.sub(r"<draw:frame.*?</draw:frame>", "", source, count=1, flags=re.S),
     [("EG-H052", "Page 1 shows no logo in the ODT, PDF, DOCX and DOCX that LibreOffice reads again"),
      ("EG-H021", "The header of page 1 reads “EXHIBIT 5.1 / Marlow & Pike LLP")], same, "the file has no logo either"),
    ("signature block on two pages", both(LETTER, swap(SIGNED, BLOCK)),
     [("EG-H053", r"The signature block begins on page \d and ends on page \d in the ODT, PDF")], LETTER, ""),
    ("other pages after reloading", both(LETTER, swap("<style:page-layout-properties ", (
        '<style:page-layout-properties style:layout-grid-mode="line" style:layout-grid-lines="20" '
        'style:layout-grid-base-height="0.3in" style:layout-grid-ruby-height="0in" '))),
     [("EG-H054", r"The letter has \d pages as ODT and PDF and \d as DOCX that LibreOffice reads again")], LETTER, ""),
]
# What the file says wrong, too, engross standardise puts right, and with it the page.
REPAIRED = ("header that prints another text", "logo of another size")


def paragraph(letter, begin="We have acted"):
    return next(one for one in letter.paragraphs if one.text.startswith(begin))


def run(letter, text, **font):
    """More text at the end of the first paragraph."""
    added = paragraph(letter).add_run(text)
    for name, value in font.items():
        setattr(added.font, name, value)
    return added


def xml(letter, source):
    paragraph(letter)._p.append(parse_xml(source % nsdecls("w", "r")))


def language(letter):
    run(letter, " Voir.")._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="fr-FR"/>'))


def link(letter):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    target = letter.part.relate_to("https://example.com/", kind, is_external=True)
    xml(letter, f'<w:hyperlink %s r:id="{target}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')


def in_header(letter, text):
    line = letter.sections[0].header.paragraphs[0]
    for node in [node for node in line._p if node.tag != qn("w:pPr")]:
        line._p.remove(node)
    line.add_run(text)


def two_empty_paragraphs(letter):
    behind = paragraph(letter, "We are admitted")
    for _ in range(2):
        behind.insert_paragraph_before("", style=behind.style)


def numbered(letter):
    behind = paragraph(letter, "We are admitted")
    behind.runs[0].text = "(a)\t" + behind.runs[0].text


def own_style(letter):
    style = letter.styles.add_style("Own", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = letter.styles["Letter Body"]
    paragraph(letter).style = style


CHANGED = ('<w:%s %%s w:id="901" w:author="B" w:date="2006-02-01T00:00:00Z"><w:r><w:%s xml:space="preserve"> special</w:%s></w:r>'
           "</w:%s>")
MARK = "content.xml 6 “…positor named below. Mark.”"
IN_BODY = "content.xml 6 “We have acted as counsel to the deposito…”"
# rule, change, (code, words, place), code of another rule that formatting by hand breaks too
WORD = [
    ("page", lambda d: setattr(d.sections[0], "left_margin", Inches(1)),
     [("EG-H013", "the left margin is 1in instead of 1.25in", "styles.xml")], ""),
    ("headers", lambda d: setattr(d.sections[0].footer.paragraphs[0].runs[0], "text", "Marlow and Pike"),
     [("EG-H021", "The footer of every later page reads “Marlow and Pike”", "styles.xml # “Marlow and Pike”")], ""),
    ("header_agreement", lambda d: in_header(d, "Pier Trust Company"),
     [("EG-H024", "names “Pier Trust Company”; the letter is addressed to “Harbor Trust Company”",
       "styles.xml # “Pier Trust Company”")], ""),
    ("style_definitions", lambda d: setattr(d.styles["Opinion 1"].font, "bold", True),
     [("EG-H016", "“Opinion 1”: font-weight is bold, the letterhead says normal", "styles.xml")], ""),
    ("styles", own_style, [("EG-H017", "The style “Own” is used here and is none of the letterhead", IN_BODY)], ""),
    ("fonts", lambda d: run(d, " Mark.", name="Comic Sans MS"), [("EG-H010", "Comic Sans MS", MARK)], "EG-H018"),
    ("font_sizes", lambda d: run(d, " Mark.", size=Pt(13)), [("EG-H011", "13pt", MARK)], "EG-H018"),
    ("direct_formatting", lambda d: run(d, " Mark.", all_caps=True), [("EG-H018", "Text-transform of 6 characters is set by hand",
                                                                       MARK)], ""),
    ("numbering", numbered, [("EG-H028", "The number “(a)” is typed", "content.xml 10 “(a) We are admitted to …”")], ""),
    ("page_breaks", lambda d: setattr(paragraph(d).paragraph_format, "page_break_before", True),
     [("EG-H030", "A page break by hand stands before this paragraph", IN_BODY)], ""),
    ("page_breaks", lambda d: paragraph(d, "We are admitted").runs[0].add_break(WD_BREAK.PAGE),
     [("EG-H030", "A page break by hand stands before this paragraph", "content.xml 11 “Nobody else may rely on this letter.”")],
     ""),
    ("empty_paragraphs", two_empty_paragraphs,
     [("EG-H031", "2 empty paragraphs stand here as spacing", "content.xml 10 “after “The Agreement binds its parties.””")], ""),
    ("spaces", lambda d: run(d, " See       above."),
     [("EG-H032", "7 blanks in a row", "content.xml 6 “…tor named below. See       above.”")], ""),
    ("widows", lambda d: setattr(paragraph(d).paragraph_format, "widow_control", False),
     [("EG-H048", "The style “Letter Body, changed by hand here,” lets single lines stand alone", IN_BODY)], ""),
    ("signature", lambda d: setattr(paragraph(d, "Harriet").paragraph_format, "keep_with_next", False),
     [("EG-H041", "A page may end after “Harriet Pike”", "content.xml 14 “Harriet Pike”")], ""),
    ("language", language, [("EG-H039", "Text of one paragraph is in fr-FR", "content.xml 6 “…positor named below. Voir.”")], ""),
    ("non_breaking", lambda d: run(d, " See Section No. 5."),
     [("EG-H040", "A line may end inside “No. 5.”", "content.xml 6 “… below. See Section No. 5.”")], ""),
    ("brackets", lambda d: run(d, " See [where]."),
     [("EG-H037", "A blank is left open: “[where]”", "content.xml 6 “…or named below. See [where].”")], ""),
    ("tags", lambda d: run(d, " See {{ where }}."),
     [("EG-H038", "The tag {{ where }} is left", "content.xml 6 “…or named below. See {{ where }}.”")], ""),
    ("live_dates", lambda d: xml(d, '<w:fldSimple %s w:instr=" DATE "><w:r><w:t>5 May 2006</w:t></w:r></w:fldSimple>'),
     [("EG-H061", "is a field that shows the day on which the letter is opened", IN_BODY)], ""),
    ("highlight", lambda d: run(d, " Mark.", highlight_color=WD_COLOR_INDEX.YELLOW), [("EG-H033",
                                                                                       "Text is highlighted in #ffff00", MARK)],
     ""),
    ("tracked_changes", lambda d: xml(d, CHANGED % ("ins", "t", "t", "ins")),
     [("EG-H035", "A tracked change is left: an insertion by B", IN_BODY)], ""),
    ("tracked_changes", lambda d: xml(d, CHANGED % ("del", "delText", "delText", "del")),
     [("EG-H035", "A tracked change is left: the deletion of “special” by B", IN_BODY)], ""),
    ("hidden_text", lambda d: run(d, " Mark.", hidden=True), [("EG-H042", "Hidden text is left: “Mark.”", MARK)], ""),
    ("links", link, [("EG-H044", "“here” is a link to https://example.com/", IN_BODY)], ""),
    ("metadata", lambda d: setattr(d.core_properties, "author", "J. Pike"), [("EG-H045", "written first by “J. Pike”",
                                                                              "meta.xml")], ""),
]
# Page styles are the conversion's; comments and macros need parts that python-docx does not write.
NOT_OF_WORD = {"page_styles", "laid_out", "comments", "macros"}


def audit(*arguments):
    done = subprocess.run([ENGROSS, "audit", *map(str, arguments), "--firm", sample.FIRM, "--laid-out", "--json"],
                          capture_output=True,
                          text=True, timeout=300)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        found[pathlib.Path(finding["file"]).name].append(finding)
    return found


class Pages(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory(prefix="engross-pages-")
        self.addCleanup(work.cleanup)
        self.folder = pathlib.Path(work.name)

    def test_pages(self):
        """Each fault by a letter that has it and no other; the letter as it should be, or as it is repaired, has none."""
        right = {}
        for number, (_, change, _, mended, _) in enumerate(PAGES):
            house_shape.pack(change(sample.letter()), self.folder / f"{number}.odt")
            source = mended(sample.letter())
            if source not in right:
                right[source] = f"right-{number}.odt"
                house_shape.pack(source, self.folder / right[source])
        copies = [f"{number}.odt" for number, page in enumerate(PAGES) if page[0] in REPAIRED]
        subprocess.run([ENGROSS, "standardise", *(self.folder / name for name in copies), "--firm", sample.FIRM, "--out",
                        self.folder / "copies"], capture_output=True, timeout=60, check=True)
        for name in copies:
            right[name] = "copy-of-" + name
            (self.folder / "copies" / name).rename(self.folder / right[name])
        found = audit(self.folder, "--reload-docx")
        for number, (name, _, expected, _, also) in enumerate(PAGES):
            with self.subTest(name):
                matched = set()  # an office may print an error in the same header as well
                for finding in found[f"{number}.odt"]:
                    said = finding["message"].replace("\u00a0", " ")
                    fits = [one for one in expected if one[0] == finding["code"] and re.search(one[1], said)]
                    self.assertEqual(len(fits), 1, (finding["code"], said))
                    matched.add(fits[0])
                    self.assertEqual(finding["repairable"], finding["rule"] != "laid_out" and name in REPAIRED)
                    self.assertTrue(finding["hint"])
                self.assertEqual(matched, set(expected))
                rules = {finding["rule"] for finding in found[f"{number}.odt"]}
                self.assertIn("laid_out", rules)
                self.assertEqual(len(rules) > 1, bool(also), rules)
        self.assertEqual(len(copies), len(REPAIRED))
        for name in right.values():
            self.assertEqual([finding["message"] for finding in found[name]], [])

    def test_switched_off_and_severities(self):
        letter = self.folder / "letter.fodt"
        letter.write_text(PAGES[2][1](sample.letter()), encoding="utf-8")
        house = self.folder / "house.json"
        for rules, severities in (({"off": "The printer sees to it."}, []), ({"severity": "warning"}, ["warning"])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"laid_out": rules}}), encoding="utf-8")
            self.assertEqual([finding["severity"] for finding in audit(letter, "--house", house)["letter.fodt"]], severities)

    def test_word_files(self):
        """Finding and place are those of the same fault in ODF; nothing in a Word file is repaired."""
        house_shape.pack(sample.letter(), self.folder / "right.odt")
        base = self.folder / "right.docx"
        subprocess.run([ENGROSS, "convert", self.folder / "right.odt", "-o", base], check=True, capture_output=True, timeout=120)
        (self.folder / "right.odt").unlink()
        for number, (_, change, _, _) in enumerate(WORD):
            letter = docx.Document(base)
            change(letter)
            letter.save(self.folder / f"{number}.docx")
        found = audit(self.folder)
        self.assertEqual([finding["message"] for finding in found["right.docx"]], [])
        for number, (rule, _, expected, also) in enumerate(WORD):
            with self.subTest(f"{number}: {rule}"):
                findings = [finding for finding in found[f"{number}.docx"] if finding["code"] != also]
                self.assertEqual(len(findings) < len(found[f"{number}.docx"]), bool(also))
                self.assertEqual({finding["rule"] for finding in findings}, {rule})
                matched = set()
                for finding in findings:
                    said = finding["message"].replace("\u00a0", " ")
                    # An office makes one page style of a section, or two.
                    where = re.sub(r"^styles\.xml \d+", "styles.xml #", spot(finding))
                    fits = [one for one in expected if (one[0], one[2]) == (finding["code"], where) and one[1] in said]
                    self.assertEqual(len(fits), 1, (finding["code"], said, where))
                    matched.add(fits[0])
                    self.assertFalse(finding["repairable"])
                self.assertEqual(matched, set(expected))
        schema = json.loads((sample.ROOT / "docs/schemas/house.schema.json").read_text(encoding="utf-8"))
        self.assertEqual({rule for rule, *_ in WORD} | NOT_OF_WORD, set(schema["properties"]["rules"]["properties"]))


if __name__ == "__main__":
    unittest.main(verbosity=1)
