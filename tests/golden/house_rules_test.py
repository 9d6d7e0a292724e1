#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Each rule of a house style by a letter that breaks it and no other."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house_letter as sample  # noqa: E402

ENGROSS = os.environ["ENGROSS"]
BODY = "We have acted as counsel to the depositor named below."
OPEN = '<text:p text:style-name="Letter_20_Body">' + BODY
NUMBERED = '<text:p text:style-name="Letter_20_Body">We are admitted'


def swap(old, new):
    def change(source):
        assert source.count(old) >= 1, old
        return source.replace(old, new, 1)
    return change


def style(name, properties, inside, parent="Letter_20_Body"):
    """The body's first paragraph with an automatic style, or part of it with an automatic span."""
    def change(source):
        family = "text" if inside else "paragraph"
        source = sample.automatic(source, f'<style:style style:name="{name}" style:family="{family}"'
                                  f'{"" if inside else f" style:parent-style-name={chr(34)}{parent}{chr(34)}"}>'
                                  f"{properties}</style:style>")
        if inside:
            return source.replace(inside, f'<text:span text:style-name="{name}">{inside}</text:span>', 1)
        return source.replace(OPEN, OPEN.replace("Letter_20_Body", name, 1), 1)
    return change


def without_last_level(source):
    """As Writer's own list styles and ours differ: a level that no text uses."""
    start = source.index('<text:list-style style:name="Opinions"')
    end = source.index("</text:list-style>", start)
    last = source.rindex("<text:list-level-style-number", start, end)
    assert 'text:level="6"' in source[last:end]
    return source[:last] + source[end:]


def other_logo(source):
    start = source.index("<office:binary-data>")
    end = source.index("</office:binary-data>", start)
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    return source[:start] + "<office:binary-data>" + pixel + source[end:]


PAGE = 'fo:margin-left="1.25in"'
TABLE = '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" table:style-name="%s"><table:table-column/><table:table-row><table:table-cell><text:p text:style-name=' \
        '"Letter_20_Body">%s</text:p></table:table-cell></table:table-row></table:table>'
SIGNED = """\
<text:p text:style-name="Signature_20_Rule"/>
<text:p text:style-name="Signature_20_Name">Harriet Pike</text:p>
<text:p text:style-name="Signature_20_Title">Partner</text:p>"""
TWO_SIGN = '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" table:name="Signatures"><table:table-column ' \
           'table:number-columns-repeated="2"/>' + 2 * "<table:table-row>%s</table:table-row>" + "</table:table>"
CELLS = "".join('<table:table-cell><text:p text:style-name="Letter_20_Body">%s</text:p></table:table-cell>' % text
                for text in ("By: ________", "By: ________")), "".join(
                    '<table:table-cell><text:p text:style-name="Letter_20_Body">%s</text:p></table:table-cell>' % text
                    for text in ("Harriet Pike", "Louise Marlow"))
# name, change, rule, codes, a word of the message, paragraph, repaired
CASES = [
    ("paper", swap('fo:page-height="11in"', 'fo:page-height="14in"'), "page", ["EG-H012"], "8.5in × 14in", 0, True),
    ("margin", swap(PAGE, 'fo:margin-left="1in"'), "page", ["EG-H013"], "left margin is 1in", 0, True),
    ("drift", swap('style:parent-style-name="Letter_20_Body" style:list-level="1" style:list-style-name="Opinions"/>',
                   'style:parent-style-name="Letter_20_Body" style:list-level="1" style:list-style-name="Opinions">'
                   '<style:paragraph-properties fo:margin-left="0.4in"/></style:style>'),
     "style_definitions", ["EG-H016"], "“Opinion 1”: margin-left is 0.4in, the letterhead says 0.5in", 0, True),
    ("list", swap('fo:text-indent="-0.5in" fo:margin-left="0.5in"', 'fo:text-indent="-0.5in" fo:margin-left="0.4in"'),
     "style_definitions", ["EG-H016"], "“Opinions”, level 1: margin-left is 0.4in, the letterhead says 0.5in", 0, True),
    ("font", style("T1", '<style:text-properties fo:font-family="Comic Sans MS"/>', "counsel"),
     "fonts", ["EG-H010", "EG-H018"], "Comic Sans MS", 6, True),
    ("size", style("T1", '<style:text-properties fo:font-size="13pt"/>', "counsel"),
     "font_sizes", ["EG-H011", "EG-H018"], "13pt", 6, True),
    ("by hand", style("P1", '<style:paragraph-properties fo:margin-top="6pt"/>', None),
     "direct_formatting", ["EG-H018", "EG-H019"], "Margin-top is set by hand", 6, True),
    ("indent by hand", style("P1", '<style:paragraph-properties fo:margin-left="0.4in"/>', None),
     "direct_formatting", ["EG-H018", "EG-H019"], "Margin-left is set by hand", 6, False),
    ("forbidden style", lambda s: swap('style:name="Letter_20_Body"', 'style:name="Text_20_body" style:display-name='
                                       '"Text body" style:family="paragraph" style:parent-style-name="Letter_20_Body"/>'
                                       '<style:style style:name="Letter_20_Body"')(swap(OPEN, OPEN.replace(
                                           "Letter_20_Body", "Text_20_body"))(s)),
     "styles", ["EG-H015"], "“Text body”", 6, True),
    ("other style", lambda s: swap('<style:style style:name="Letter_20_Body"', '<style:style style:name="Own" '
                                   'style:family="paragraph" style:parent-style-name="Letter_20_Body"/><style:style '
                                   'style:name="Letter_20_Body"')(swap(OPEN, OPEN.replace("Letter_20_Body", "Own"))(s)),
     "styles", ["EG-H017"], "“Own”", 6, False),
    ("footer", swap('<text:p text:style-name="Footer">Marlow &amp; Pike LLP</text:p>',
                    '<text:p text:style-name="Footer">Marlow and Pike</text:p>'),
     "headers", ["EG-H021"], "“Marlow and Pike”; it should read “Marlow & Pike LLP”", 0, True),
    ("first header", swap('Letterhead_20_Firm">Marlow &amp; Pike LLP', 'Letterhead_20_Firm">Marlow Pike'),
     "headers", ["EG-H021"], "The header of page 1 reads “EXHIBIT 5.1 / [picture] / Marlow Pike", 0, False),
    ("logo size", swap('svg:width="0.72in" svg:height="0.72in"', 'svg:width="3in" svg:height="3in"'),
     "headers", ["EG-H021"], "The size of the logo of page 1 reads “3in × 3in”; it should read “0.72in × 0.72in”", 0, True),
    ("other logo", other_logo, "headers", ["EG-H021"], "The logo of page 1 reads “another picture”", 0, True),
    ("no page number", swap('<text:p text:style-name="Continuation_20_Line">Page <text:page-number text:select-page='
                            '"current">2</text:page-number></text:p>', ""),
     "headers", ["EG-H021"], "it should read “… / … / Page #”", 0, True),
    ("two page styles", lambda s: swap('<style:master-page style:name="Standard" style:page-layout-name="Letter">',
                                       '<style:master-page style:name="Standard" style:page-layout-name="Letter"><style:header>' +
                                       sample.HEADER + '<text:p text:style-name="Continuation_20_Line">Page <text:page-number>2'
                                       '</text:page-number></text:p></style:header><style:footer><text:p text:style-name="Footer">'
                                       'Marlow &amp; Pike LLP</text:p></style:footer></style:master-page><style:master-page '
                                       'style:name="First_20_Page" style:display-name="First Page" style:page-layout-name="Letter" '
                                       'style:next-style-name="Standard">')(style(
                                           "D1", '<style:text-properties/>', None)(s).replace(
                                               '<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="D2">', 1)
         .replace('<office:automatic-styles>', '<office:automatic-styles><style:style style:name="D2" style:family="paragraph" '
                  'style:parent-style-name="Letter_20_Date" style:master-page-name="First_20_Page"/>', 1)),
     "page_styles", ["EG-H023"], "“First Page” and the rest on “Standard”", 0, True),
    ("no footer", swap("<style:footer>", '<style:footer style:display="false">'),
     "headers", ["EG-H020"], "Every later page has no footer", 0, True),
    ("left pages", swap("<style:footer>", '<style:header-left><text:p text:style-name="Header">Left</text:p></style:header-left>'
                      "<style:footer>"), "headers", ["EG-H021"], "The header of every left page reads “Left”", 0, False),
    ("no date", swap('<text:p text:style-name="Letter_20_Date"><text:bookmark-start text:name="_eng_header_2"/>February'
                     '\u00a027, 2006<text:bookmark-end text:name="_eng_header_2"/></text:p>', ""),
     "header_agreement", ["EG-H027"], "February 27, 2006", 0, False),
    ("style missing", lambda s: swap('<style:style style:name="Letter_20_Salutation" style:display-name="Letter Salutation"',
                                     '<style:style style:name="Greeting" style:display-name="Greeting"')(swap(
                                         '"Letter_20_Salutation">Ladies', '"Letter_20_Body">Ladies')(s)),
     "styles", ["EG-H014"], "“Letter Salutation”", 0, True),
    ("single lines", swap(' fo:orphans="2" fo:widows="2"', ""), "widows", ["EG-H016", "EG-H048"], "“Standard”", 1, True),
    ("page break after", style("P1", '<style:paragraph-properties fo:break-after="page"/>', None),
     "page_breaks", ["EG-H030"], "after this paragraph", 6, False),
    ("addressee", swap("Harbor Trust Company<text:bookmark-end", "Harbour Trust Company<text:bookmark-end"),
     "header_agreement", ["EG-H024"], "“Harbor Trust Company”; the letter is addressed to “Harbour Trust Company”", 0, True),
    ("date", swap("February\u00a027, 2006<text:bookmark-end", "March\u00a01, 2006<text:bookmark-end"),
     "header_agreement", ["EG-H025"], "“February 27, 2006”; the letter is dated “March 1, 2006”", 0, True),
    ("header typed", swap('<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Harbor Trust '
                          'Company</text:bookmark-ref>', "Harbor Trust Company"),
     "header_agreement", ["EG-H026"], "“Harbor Trust Company” as typed text", 0, True),
    ("header typed wrong", swap('<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Harbor '
                                'Trust Company</text:bookmark-ref>', "Pier Trust Company"),
     "header_agreement", ["EG-H024"], "Pier Trust Company", 0, True),
    ("typed number", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">(a)<text:tab/>We are admitted'),
     "numbering", ["EG-H028"], "“(a)” is typed", 10, False),
    ("list without style", swap('<text:list text:style-name="Opinions">', "<text:list>"),
     "numbering", ["EG-H029"], "no list style", 8, False),
    ("page break", style("P1", '<style:paragraph-properties fo:break-before="page"/>', None),
     "page_breaks", ["EG-H030"], "before this paragraph", 6, False),
    ("column break", style("P1", '<style:paragraph-properties fo:break-before="column"/>', None),
     "page_breaks", ["EG-H030"], "before this paragraph", 6, False),
    ("table break", lambda s: sample.automatic(swap(NUMBERED, TABLE % ("Tab1", "Series A") + NUMBERED)(s),
                                               '<style:style style:name="Tab1" style:family="table"><style:table-properties '
                                               'fo:break-before="page"/></style:style>'),
     "page_breaks", ["EG-H030"], "before this paragraph", 10, False),
    ("placeholder", swap("counsel to", 'counsel to <text:placeholder text:placeholder-type="text">&lt;Client&gt;'
                         '</text:placeholder>'), "brackets", ["EG-H037"], "“<Client>”", 6, False),
    ("angle brackets", swap("counsel to", "counsel to &lt;&lt;client&gt;&gt;"), "brackets", ["EG-H037"], "“<<client>>”", 6, False),
    ("nested brackets", swap("counsel to", "counsel to [[the] client]"), "brackets", ["EG-H037"], "“[[the] client]”", 6, False),
    ("footnote in brackets", swap("counsel to", "counsel to [1]"), "brackets", ["EG-H037"], "“[1]”", 6, False),
    ("white text", style("T1", '<style:text-properties fo:color="#ffffff"/>', "counsel"),
     "hidden_text", ["EG-H018", "EG-H042"], "“counsel”", 6, False),
    ("empty", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body"/><text:p text:style-name="Letter_20_Body"/>' +
                   NUMBERED), "empty_paragraphs", ["EG-H031"], "2 empty paragraphs", 10, True),
    ("spaces", swap("We are admitted", 'We <text:s text:c="6"/>are admitted'),
     "spaces", ["EG-H032"], "7 blanks", 10, False),
    ("tabs", swap("We are admitted", "We<text:tab/><text:tab/>are admitted"),
     "spaces", ["EG-H032"], "2 tabs", 10, False),
    ("highlight", style("T1", '<style:text-properties fo:background-color="#ffff00"/>', "counsel"),
     "highlight", ["EG-H033"], "#ffff00", 6, False),
    ("comment", swap("counsel", "<office:annotation><dc:creator>A</dc:creator><text:p>Ask Jonah</text:p>"
                     "</office:annotation>counsel"), "comments", ["EG-H034"], "“Ask Jonah”", 6, False),
    ("change", lambda s: swap("counsel", '<text:change text:change-id="ct1"/>counsel')(swap(
        "<office:text>", '<office:text><text:tracked-changes text:track-changes="true"><text:changed-region xml:id="ct1" text:id="ct1">'
        "<text:deletion><office:change-info><dc:creator>B</dc:creator></office:change-info><text:p>special </text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>")(s)),
     "tracked_changes", ["EG-H035", "EG-H036"], "the deletion of “special” by B", 6, False),
    ("bracket", swap("the depositor", "[the depositor]"), "brackets", ["EG-H037"], "“[the depositor]”", 6, False),
    ("rule", swap("the depositor", "_________"), "brackets", ["EG-H037"], "“_________”", 6, False),
    ("tag", swap("the depositor", "{{ depositor.name }}"), "tags", ["EG-H038"], "{{ depositor.name }}", 6, False),
    ("live date", swap("the depositor", 'the depositor on <text:date>February\u00a027, 2006</text:date>'),
     "live_dates", ["EG-H061"], "“February 27, 2006” is a field that shows the day on which the letter is opened", 6, False),
    ("live time", swap("the depositor", 'the depositor at <text:time text:fixed="false">10:00</text:time>'),
     "live_dates", ["EG-H061"], "the time at which the letter is opened", 6, False),
    ("day of saving", swap("the depositor", 'the depositor on <text:modification-date>2006</text:modification-date>'),
     "live_dates", ["EG-H061"], "“2006” is a field that shows the day on which the letter was last saved", 6, False),
    ("live date in the footer", swap('"Footer">Marlow &amp; Pike LLP</text:p>', '"Footer">Marlow &amp; Pike LLP<text:span><text:date '
                                     'text:fixed="false"/></text:span></text:p>'),
     "live_dates", ["EG-H061"], "the day on which", 0, False),
    ("language", style("T1", '<style:text-properties fo:language="fr" fo:country="FR"/>', "counsel"),
     "language", ["EG-H039"], "fr-FR", 6, False),
    ("sibling language", style("T1", '<style:text-properties fo:language="en" fo:country="GB"/>', "counsel"),
     "language", ["EG-H039"], "en-GB", 6, True),
    ("non-breaking", swap("the depositor", "Section § 5 of"), "non_breaking", ["EG-H040"], "“§ 5”", 6, True),
    ("date breaks", swap("the depositor", "May 5,"), "non_breaking", ["EG-H040"], "“May 5”", 6, True),
    ("signature", swap('<text:p text:style-name="Letter_20_Last_20_Body">', '<text:p text:style-name="Letter_20_Body">'),
     "signature", ["EG-H041"], "“Nobody else may rely on this letter.”", 11, True),
    ("signature table", swap(SIGNED, TWO_SIGN % CELLS), "signature", ["EG-H041"], "after “By: ________”", 13, True),
    ("all of the signature in a table",
     lambda s: swap('<text:p text:style-name="Signature_20_Closing">Very truly yours,</text:p>\n', "")(swap(
         SIGNED, TWO_SIGN.replace("%s", '<table:table-cell><text:p text:style-name="Letter_20_Body">Very truly yours,</text:p>'
                                  "</table:table-cell>", 1) % "<table:table-cell><text:p>____________</text:p></table:table-cell>")(s)),
     "signature", ["EG-H041"], "after “Very truly yours,”", 12, True),
    ("hidden", style("T1", '<style:text-properties text:display="none"/>', "counsel"),
     "hidden_text", ["EG-H042"], "“counsel", 6, False),
    ("hidden field", swap("counsel", '<text:hidden-text text:condition="ooow:1" text:string-value="weak" '
                          'text:is-hidden="true"/>counsel'), "hidden_text", ["EG-H042"], "“weak”", 6, False),
    ("link", swap("counsel", '<text:a xlink:type="simple" xlink:href="https://example.com/">counsel</text:a>'),
     "links", ["EG-H044"], "https://example.com/", 6, False),
    ("link to a file", swap("counsel", '<text:a xlink:type="simple" xlink:href="file:///C:/x.doc">counsel</text:a>'),
     "links", ["EG-H064"], "“counsel” is a link to the file file:///C:/x.doc", 6, False),
    ("link to a server", swap("counsel", '<text:a xlink:type="simple" xlink:href="..\\\\srv\\x.doc">counsel</text:a>'),
     "links", ["EG-H064"], "x.doc", 6, False),
    ("link to a macro", swap("counsel", '<text:a xlink:type="simple" xlink:href="vnd.sun.star.script:M?language=Basic">'
                             'counsel</text:a>'), "macros", ["EG-H047"], "the link “counsel” to vnd.sun.star.script:M", 6, False),
    ("data source", swap("counsel", '<text:database-display text:database-name="Clients" text:table-name="T" '
                         'text:table-type="table" text:column-name="c">counsel</text:database-display>'),
     "links", ["EG-H043"], "A data source is loaded from outside the file: Clients, T.", 6, False),
    ("outside", swap("counsel", '<draw:frame text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image '
                     'xlink:type="simple" xlink:href="file:///c/logo.png"/></draw:frame>counsel'),
     "links", ["EG-H043"], "A linked picture", 6, False),
    ("author", swap("<office:meta>", "<office:meta><dc:creator>J. Pike</dc:creator>"),
     "metadata", ["EG-H045"], "J. Pike", 0, True),
]

# What a person makes of the cases that are not repaired, and the words of the hint that say so. Where nothing is given
# the thing is taken out, so that the letter reads as it did before.
ENTRY = '<text:list text:style-name="Opinions"><text:list-item><text:p text:style-name="Opinion_20_1">We are admitted to ' \
        "practice in New York.</text:p></text:list-item></text:list>"
BY_A_PERSON = {
    "indent by hand": (None, "use a style for it"),
    "other style": (None, "Use a style of the letterhead"),
    "first header": (None, "correct the text"),
    "left pages": (None, "correct the text"),
    "no date": (None, "Date the letter"),
    "page break after": (None, "Remove it; use “keep with next paragraph”"),
    "typed number": (swap(NUMBERED + " to practice in New York.</text:p>", ENTRY), "an entry of a list style"),
    "list without style": (None, "one of the letterhead’s list styles"),
    "page break": (style("P1", '<style:paragraph-properties fo:keep-with-next="always"/>', None), "Remove it"),
    "column break": (None, "Remove it"),
    "table break": (lambda s: sample.automatic(swap(NUMBERED, TABLE % ("Tab1", "Series A") + NUMBERED)(s),
                                               '<style:style style:name="Tab1" style:family="table"/>'), "Remove it"),
    "placeholder": (swap("counsel to", "counsel to Acme Depositor LLC,"), "Fill it in"),
    "angle brackets": (swap("counsel to", "counsel to Acme Depositor LLC,"), "Fill it in"),
    "nested brackets": (swap("counsel to", "counsel to Acme Depositor LLC,"), "Fill it in"),
    "footnote in brackets": (None, "list it under “allow”"),
    "white text": (style("T1", '<style:text-properties style:use-window-font-color="true"/>', "counsel"), "Delete it or show it"),
    "spaces": (None, "Use an indent or a tab stop"),
    "tabs": (None, "Use an indent or a tab stop"),
    "highlight": (style("T1", '<style:text-properties fo:background-color="transparent"/>', "counsel"), "No Fill"),
    "comment": (None, "Settle it and delete it"),
    "change": (None, "Accept or reject it"),
    "bracket": (swap("the depositor", "Acme Depositor LLC"), "Fill it in"),
    "rule": (swap("the depositor", "Acme Depositor LLC"), "Fill it in"),
    "tag": (swap("the depositor", "Acme Depositor LLC"), "Assemble the letter again"),
    "live date": (swap("the depositor", 'the depositor on <text:date text:fixed="true">February\u00a027, 2006</text:date>'),
                  "fix the field"),
    "live time": (swap("the depositor", "the depositor at 10:00"), "Type the date"),
    "day of saving": (swap("the depositor", "the depositor on 2006"), "Type the date"),
    "live date in the footer": (None, "Type the date of the letter in its place"),
    "language": (style("T1", '<style:text-properties fo:language="en" fo:country="US"/>', "counsel"), "Set the language"),
    "hidden": (style("T1", '<style:text-properties text:display="true"/>', "counsel"), "Delete it or show it"),
    "hidden field": (None, "Delete it or show it"),
    "link": (None, "Remove the link"),
    "link to a file": (None, "the text can stay"),
    "link to a server": (None, "the text can stay"),
    "link to a macro": (None, "Remove them"),
    "data source": (None, "or delete it"),
    "outside": (None, "Embed it"),
}
# Shown by other tests: what LibreOffice lays out.
ELSEWHERE = {"laid_out"}


class Rules(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="engross-house-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_engross(self, *arguments):
        return subprocess.run([ENGROSS, *map(str, arguments)], capture_output=True, text=True, timeout=60)

    def audit(self, *files):
        result = self.run_engross("audit", *files, "--firm", sample.FIRM, "--json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertEqual(result.stderr, "")
        return [json.loads(line) for line in result.stdout.splitlines()]

    def write(self, change=None, name="letter.fodt"):
        source = sample.letter()
        path = self.folder / name
        path.write_text(change(source) if change else source, encoding="utf-8")
        return path

    def test_the_letter_keeps_the_house_style(self):
        self.assertEqual(self.audit(self.write()), [])

    def test_what_looks_the_same(self):
        """Rounding, defaults that are spelled out, and what an underline brings along are no findings."""
        house = self.folder / "house.json"
        house.write_text(json.dumps({"letterhead": "marlow-pike"}), encoding="utf-8")
        for change in (swap("0.5pt solid #000000", "0.51pt solid #000000"),
                       swap(' fo:orphans="2" fo:widows="2"', ' fo:orphans="2" fo:widows="2" fo:hyphenation-keep="auto"'),
                       swap('fo:margin-bottom="11pt"', 'fo:margin-bottom="0.3881cm"'),
                       style("P1", '<style:paragraph-properties fo:margin-left="0in" fo:text-indent="0in" style:shadow="none" '
                             'fo:text-align="left" style:page-number="auto" fo:border="none"/>', None),
                       style("T1", '<style:text-properties style:text-underline-style="solid" style:text-underline-width="auto" '
                             'style:text-underline-color="font-color"/>', "counsel"),
                       swap('fo:line-height="112%"', 'fo:line-height="111%"'),
                       without_last_level,
                       swap("counsel to", 'counsel to <text:date text:fixed="true">May\u00a01, 2006</text:date>'),
                       swap("counsel to", "counsel to <text:creation-date>May\u00a01, 2006</text:creation-date>"),
                       swap("counsel to", "counsel to “[t]he note[s] [sic] […] of [2004] 1 AC 5”")):
            result = self.run_engross("audit", self.write(change), "--house", house, "--firm", sample.FIRM, "--json")
            self.assertEqual(result.stdout, "")

    def test_addressees_that_agree(self):
        """Over two lines, several of them, a part of the line: none of these disagrees with the header."""
        name = "Harbor Trust Company"
        for change in (
                lambda s: s.replace(name, "Harbor Trust Company<text:line-break/>as Trustee"),
                lambda s: swap("Harbor Trust Company<text:bookmark-end", "Harbor Trust<text:line-break/>Company"
                               "<text:bookmark-end")(s),
                lambda s: s.replace(name, "To Each Addressee Listed on Schedule A"),
                swap("Company<text:bookmark-end text:name=\"_eng_header_1\"/>",
                     "Company<text:bookmark-end text:name=\"_eng_header_1\"/>, as Trustee")):
            self.assertEqual(self.audit(self.write(change)), [])

    def test_what_is_wrong_with_a_house_style(self):
        letter = self.write()
        for content, code in (
                ({"letterhead": "nobody"}, "EG-A011"),
                ({"rules": {"fonts": {"off": " "}}}, "EG-H002"),
                ({"rules": {"font_sizes": {"allow": ["twelve"]}}}, "EG-H003"),
                ({"rules": {"page": {"paper": ["Foolscap"]}}}, "EG-H003"),
                ({}, "EG-H004"),
                ({"rules": {"language": {"allow": ["english"]}}}, "EG-D"),
                ({"rules": {"page": {"margins": {"left": "-1in"}}}}, "EG-D"),
                ({"rules": {"widow": {}}}, "EG-D"),
                ({"rules": {"tags": {"severity": "bad"}}}, "EG-D")):
            with self.subTest(content):
                house = self.folder / "house.json"
                house.write_text(json.dumps(content), encoding="utf-8")
                result = self.run_engross("audit", letter, "--house", house, "--json",
                                          *(["--firm", sample.FIRM] if content and code != "EG-H004" else []))
                found = [json.loads(line) for line in result.stdout.splitlines()]
                self.assertEqual(result.returncode, 1, result.stdout)
                self.assertTrue(any(finding["code"].startswith(code) for finding in found), found)
                # What is wrong with the file itself, engross check says too.
                if code not in ("EG-A011", "EG-H004"):
                    self.assertIn(code, self.run_engross("check", house, "--json").stdout)

    def test_what_cannot_be_audited(self):
        (self.folder / "empty").mkdir()
        (self.folder / "letter.docx").write_bytes(b"PK")
        for path, code in (("empty", "EG-H005"), ("letter.docx", "EG-H006"), ("none.odt", "EG-A001")):
            result = self.run_engross("audit", self.folder / path, "--firm", sample.FIRM, "--json")
            self.assertEqual(result.returncode, 1)
            self.assertIn(code, result.stdout)
        result = self.run_engross("audit", self.write(), "--json")
        self.assertEqual(result.returncode, 1)
        self.assertIn("EG-H001", result.stdout)

    def test_settings_of_rules(self):
        letter = self.write(swap("the depositor", "[the depositor] of {{ x }}"))
        house = self.folder / "house.json"
        for rules, expected in (
                ({}, {"EG-H037": "error", "EG-H038": "error"}),
                ({"brackets": {"severity": "info"}, "tags": {"off": "a form"}}, {"EG-H037": "info"}),
                ({"brackets": {"allow": ["[the depositor]"]}, "tags": {"only": "templates"}}, {}),
                ({"brackets": {"allow": ["[the *]"]}, "tags": {"only": "templates"}}, {})):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": rules}), encoding="utf-8")
            result = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM, "--json")
            found = [json.loads(line) for line in result.stdout.splitlines()]
            self.assertEqual({finding["code"]: finding["severity"] for finding in found}, expected)
            self.assertEqual(result.returncode, 1 if "error" in expected.values() else 0)
        house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"tags": {"off": "a form"}}}), encoding="utf-8")
        said = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM)
        self.assertIn("Not looked at: Tags (a form).", said.stdout)
        self.assertIn("1 file: 1 error; 0 without a finding.", said.stdout)

    def test_each_rule(self):
        for name, change, rule, codes, word, paragraph, repaired in CASES:
            with self.subTest(name):
                found = self.audit(self.write(change))
                self.assertEqual(sorted({finding["code"] for finding in found}), codes, found)
                first = [finding for finding in found if finding["rule"] == rule][0]
                self.assertIn(word, first["message"].replace("\u00a0", " "))
                if paragraph:
                    self.assertEqual(first["paragraph"], paragraph)
                    self.assertEqual(first["part"], "content.xml")
                    self.assertTrue(first.get("excerpt"), first)
                self.assertEqual(all(finding["repairable"] for finding in found), repaired, found)

    def test_no_rule_is_left_out(self):
        schema = json.loads((sample.ROOT / "docs/schemas/house.schema.json").read_text(encoding="utf-8"))
        rules = set(schema["properties"]["rules"]["properties"])
        self.assertEqual({rule for _, _, rule, *_ in CASES} | ELSEWHERE, rules)

    def test_what_a_person_repairs(self):
        """The finding says what to do, and a letter in which it was done is clean."""
        self.assertEqual({case[0] for case in CASES if not case[-1]}, set(BY_A_PERSON))
        for name, change, rule, *_ in CASES:
            if name not in BY_A_PERSON:
                continue
            with self.subTest(name):
                mended, word = BY_A_PERSON[name]
                hints = [finding["hint"] for finding in self.audit(self.write(change)) if finding["rule"] == rule]
                self.assertTrue(hints)
                self.assertTrue(any(word in hint for hint in hints), hints)
                self.assertEqual(self.audit(self.write(mended)), [])

    def standardise(self, *arguments):
        result = self.run_engross("standardise", *arguments, "--firm", sample.FIRM, "--json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def test_parts_of_a_package(self):
        """A thumbnail, a printer, macros: found, and gone from the copy; the rest of the package stays."""
        packed = self.folder / "clean.odt"
        self.assertEqual(self.run_engross("convert", self.write(), "-o", packed).returncode, 0)
        with zipfile.ZipFile(packed) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        settings = parts["settings.xml"].decode()
        at = settings.index("<config:config-item ")
        printer = '<config:config-item config:name="PrinterName" config:type="string">Reception</config:config-item>'
        for part, content, code in (("Thumbnails/thumbnail.png", b"\x89PNG", "EG-H046"),
                                    ("settings.xml", (settings[:at] + printer + settings[at:]).encode(), "EG-H046"),
                                    ("Basic/Standard/Module1.xml", b"<x/>", "EG-H047")):
            with self.subTest(part):
                letter = self.folder / "letter.odt"
                with zipfile.ZipFile(letter, "w") as package:
                    for name, data in {**parts, part: content}.items():
                        package.writestr(name, data)
                self.assertEqual([finding["code"] for finding in self.audit(letter)], [code])
                self.standardise(letter, "--out", self.folder / "out")
                copy = self.folder / "out/letter.odt"
                self.assertEqual(self.audit(copy), [])
                with zipfile.ZipFile(copy) as package:
                    self.assertEqual(set(package.namelist()), set(parts))
                    self.assertEqual(package.read("content.xml"), parts["content.xml"])
                    self.assertNotIn(b"Reception", package.read("settings.xml"))

    def test_files_of_a_folder(self):
        """Endings in capitals count, editors' lock files do not, Word files are counted, copies are no originals."""
        folder = self.folder / "mixed"
        folder.mkdir()
        for name in ("A.FODT", "b.fodt", "~$b.fodt", ".~lock.b.fodt#"):
            (folder / name).write_bytes(self.write().read_bytes())
        (folder / "C.Docx").write_bytes(b"PK")
        said = self.run_engross("audit", folder, "--firm", sample.FIRM).stdout
        self.assertIn("1 Word file was not looked at", said)
        self.assertIn("2 files: nothing; 2 without a finding.", said)
        for _ in range(2):
            said = self.run_engross("standardise", folder, "--firm", sample.FIRM, "--out", folder / "out").stdout
            self.assertIn("2 files: 0 repaired", said)
        self.assertIn("4 files: 0 repaired", self.run_engross(
            "standardise", folder, "--firm", sample.FIRM, "--out", self.folder).stdout)

    def test_a_report_takes_the_place_of_no_document(self):
        letter = self.write()
        before = letter.read_bytes()
        result = self.run_engross("audit", letter, "--firm", sample.FIRM, "--html", letter, "--json")
        self.assertEqual(result.returncode, 3)
        self.assertIn("EG-A003", result.stdout)
        self.assertEqual(letter.read_bytes(), before)

    def test_who_may_read(self):
        """A backup and a copy may be read by whom the original may."""
        letter = self.write(CASES[1][1])
        letter.chmod(0o600)
        self.standardise(letter, "--out", self.folder / "out")
        self.assertEqual((self.folder / "out/letter.fodt").stat().st_mode & 0o777, 0o600)
        self.standardise(letter, "--in-place")
        for name in ("letter.fodt", "letter.fodt.bak"):
            self.assertEqual((self.folder / name).stat().st_mode & 0o777, 0o600)

    def test_what_is_not_repaired_is_not_said_to_be(self):
        (self.folder / "broken.fodt").write_text("<office:document", encoding="utf-8")
        result = self.run_engross("standardise", self.folder / "broken.fodt", "--firm", sample.FIRM, "--out", self.folder / "out")
        self.assertIn("could not be read; not copied", result.stdout)
        self.assertIn("1 with something for a person", result.stdout)

    def test_numbers_of_a_letter_stay(self):
        """Its text may refer to them; a template gets the letterhead's."""
        change = swap('style:num-suffix="." style:num-format="1"', 'style:num-suffix="." style:num-format="A"')
        source = sample.letter()
        if 'style:num-suffix="." style:num-format="1"' not in source:
            list_style = source[source.index('<text:list-style style:name="Opinions"'):]
            level = list_style[list_style.index("<text:list-level-style-number"):]
            level = level[:level.index(">") + 1]
            self.assertIn('style:num-format="1"', level)
            change = swap(level, level.replace('style:num-format="1"', 'style:num-format="A"'))
        letter = self.write(lambda s: CASES[1][1](change(s)))
        found = [finding for finding in self.audit(letter) if finding["rule"] == "style_definitions"]
        self.assertEqual([(finding["code"], finding["repairable"]) for finding in found], [("EG-H016", False)])
        self.standardise(letter, "--out", self.folder / "out")
        self.assertEqual([finding["rule"] for finding in self.audit(self.folder / "out/letter.fodt")], ["style_definitions"])

    def test_a_header_that_the_house_names(self):
        letter = self.write()
        house = self.folder / "house.json"
        for lines, codes in (({"first": {"footer": []}}, ["EG-H022"]),
                             ({"continuation": {"header": ["Harbor*", "*", "Page #"]}}, []),
                             ({"continuation": {"header": ["Pier*", "*", "Page #"]}}, ["EG-H021"])):
            house.write_text(json.dumps({"letterhead": "marlow-pike", "rules": {"headers": lines}}), encoding="utf-8")
            result = self.run_engross("audit", letter, "--house", house, "--firm", sample.FIRM, "--json")
            self.assertEqual([json.loads(line)["code"] for line in result.stdout.splitlines()], codes)

    def test_each_repair(self):
        """What is repairable is gone afterwards, the rest stays; no word changes; again changes nothing."""
        for name, change, rule, codes, word, paragraph, repaired in CASES:
            with self.subTest(name):
                letter = self.write(change)
                before = sample.body_text(letter)
                said = self.standardise(letter, "--out", self.folder / "out")
                copy = self.folder / "out/letter.fodt"
                left = self.audit(copy)
                if repaired:
                    self.assertEqual(left, [])
                    self.assertEqual(sorted({finding["code"] for finding in said}), codes)
                    self.assertTrue(all(finding["repaired"] for finding in said), said)
                else:
                    self.assertEqual(sorted({finding["code"] for finding in left}), codes, left)
                    self.assertEqual(copy.read_bytes(), letter.read_bytes())
                self.assertEqual(sample.body_text(copy), before)
                self.standardise(copy, "--out", self.folder / "again")
                self.assertEqual((self.folder / "again/letter.fodt").read_bytes(), copy.read_bytes())
                packed = self.folder / "letter.odt"
                if self.run_engross("convert", letter, "-o", packed).returncode == 0 and repaired and codes != ["EG-H045"]:
                    self.assertEqual(sorted({finding["code"] for finding in self.audit(packed)}), codes)
                    self.standardise(packed, "--out", self.folder / "packed")
                    copy = self.folder / "packed/letter.odt"
                    self.assertEqual(self.audit(copy), [])
                    self.assertEqual(sample.body_text(copy), before)
                    self.standardise(copy, "--out", self.folder / "again")
                    self.assertEqual((self.folder / "again/letter.odt").read_bytes(), copy.read_bytes())
                letter.unlink()


if __name__ == "__main__":
    unittest.main(verbosity=1)
