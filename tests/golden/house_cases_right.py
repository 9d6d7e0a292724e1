# SPDX-License-Identifier: MPL-2.0
"""What keeps a house style although it looks as if it broke it, and what a house style allows: (name, change, rules)."""

import house_letter as sample
from house_cases import (FOOTER, PAGE_LINE, TABLE, W, annex, at_end, automatic, before_behind, both, by_hand, marked, named, note, p,
                         page_style, paragraph, same, span, styled, swap, text, within, word)
from house_cases_draft import BASIC
from house_cases_page import HEADER, LANDSCAPE, left
from house_cases_style import OPINIONS
from house_cases_text import CLOSING, EMPTY, SIGNED


def without_last_level(source):
    """As Writer's own list styles and ours differ: a level that no text uses."""
    start = source.index(OPINIONS)
    end = source.index("</text:list-style>", start)
    last = source.rindex("<text:list-level-style-number", start, end)
    assert 'text:level="6"' in source[last:end]
    return source[:last] + source[end:]


PAGE_FIRST = ["Page #", "*", "*"]
FRENCH = span(text("fo:language", "fr", "fo:country", "FR"))
RIGHT = [
    # Rounding, defaults that are spelled out, and what an underline brings along.
    ("width of a border", swap("0.5pt solid #000000", "0.51pt solid #000000"), {}),
    ("default of a style", swap(' fo:orphans="2" fo:widows="2"', ' fo:orphans="2" fo:widows="2" fo:hyphenation-keep="auto"'), {}),
    ("other unit", swap('fo:margin-bottom="11pt"', 'fo:margin-bottom="0.3881cm"'), {}),
    ("defaults by hand", by_hand('<style:paragraph-properties fo:margin-left="0in" fo:text-indent="0in" style:shadow="none" '
                                 'fo:text-align="left" style:page-number="auto" fo:border="none"/>'), {}),
    ("underline", span('<style:text-properties style:text-underline-style="solid" style:text-underline-width="auto" '
                       'style:text-underline-color="font-color"/>'), {}),
    ("line height", swap('fo:line-height="112%"', 'fo:line-height="111%"'), {}),
    ("level of a list", without_last_level, {}),
    ("fixed date", word('counsel on <text:date text:fixed="true">May\u00a01, 2006</text:date>'), {}),
    ("day on which it was begun", word("counsel on <text:creation-date>May\u00a01, 2006</text:creation-date>"), {}),
    ("quotations", word("counsel under “[t]he note[s] [sic] […] of [2004] 1 AC 5”"), {}),
    ("quotations with words put in", word("counsel under “on [its] own”, “[t]he rights of [the] buyer” [emphasis added]"), {}),
    ("remarks about pages", before_behind(p("[Signature page follows]") + p("[Remainder of page intentionally left blank]")), {}),
    ("a number of X", word("counsel under Title XXX"), {}),
    ("day that begins a line", before_behind(p("27. Februar 2006")), {}),
    ("two blanks", swap("We are admitted", "We <text:s/>are admitted"), {}),
    ("number in the text", swap("We are admitted", "On May\u00a01, 2. of us were admitted"), {}),
    ("number alone", before_behind(p("(a)")), {}),
    ("shaded cell", both(automatic("C1", '<style:table-cell-properties fo:background-color="#dddddd"/>', "table-cell"),
                         before_behind(
        (TABLE % ("", p("Series A"))).replace("<table:table-cell>", '<table:table-cell table:style-name="C1">'))), {}),
    ("white on dark", both(automatic("C1", '<style:table-cell-properties fo:background-color="#1f2f4a"/>', "table-cell"), marked(
        "White", text("fo:color", "#ffffff")), before_behind((TABLE % ("",
                                                         p('<text:span text:style-name="White">Series A</text:span>'))).replace(
            "<table:table-cell>", '<table:table-cell table:style-name="C1">')),
                           swap('<text:span text:style-name="White">counsel</text:span>', W)),
     {}),
    ("empty cell", before_behind(TABLE % ("", EMPTY)), {}),
    ("ruled empty paragraph", before_behind(p("", "Signature_20_Rule")), {}),
    ("white where nothing is", both(marked("White", text("fo:color", "#ffffff")), swap(">counsel<", "> <")), {}),
    ("left pages like the others", left(), {}),
    ("annex like the letter", both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), {}),
    ("page on its side", LANDSCAPE, {}),
    ("left pages in another order", left(header=PAGE_LINE + sample.HEADER), {"headers": {"left": {"header": PAGE_FIRST}}}),
    ("left pages of an annex in another order", both(
        page_style("Annex", "", HEADER, FOOTER),
        within('style:name="Annex" style:page-layout-name', "<style:footer>",
               f"<style:header-left>{PAGE_LINE + sample.HEADER}</style:header-left><style:footer>"), annex("Annex")),
     {"headers": {"left": {"header": PAGE_FIRST}}}),
    ("page 1 that is numbered 1", both(
        automatic("D1", paragraph("style:page-number", "1"), parent="Letter_20_Date", more=' style:master-page-name="Standard"'),
        swap('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="D1">')), {}),
    ("annex with numbers of its own", both(
        page_style("Annex", "", HEADER, FOOTER),
        automatic("A1", paragraph("style:page-number", "1"), more=' style:master-page-name="Annex"'),
        at_end(p("ANNEX A", "A1"))), {}),
    ("fields that are filled in", word('<text:text-input text:description="Role">counsel</text:text-input> to <text:drop-down '
                                       'text:name="d"><text:label text:value="both"/><text:label text:current-selected="true" '
                                       'text:value="some"/>some</text:drop-down>'), {}),
    ("line to be signed on", swap(SIGNED, p("By: ____________", "Signature_20_Name")), {}),
    ("style that makes a page break", both(named("Schedule", paragraph("fo:break-before", "page")), at_end(p("SCHEDULE A",
                                                                                                             "Schedule"))), {}),
    ("reference to a note", both(note("See above."), swap("We are admitted", 'See note <text:note-ref text:note-class="footnote" '
                                       'text:reference-format="text" text:ref-name="ftn1">1</text:note-ref>. We are admitted')),
     {}),
    ("reference to a bookmark", both(word('counsel<text:bookmark text:name="_Ref7"/>'), swap(
        "We are admitted",
            'See <text:bookmark-ref text:reference-format="page" text:ref-name="_Ref7">1</text:bookmark-ref>. We are admitted')),
     {}),
    ("link within the letter", both(word('<text:a xlink:type="simple" xlink:href="#_Ref7">counsel</text:a>'), swap(
        "We are admitted", '<text:bookmark text:name="_Ref7"/>We are admitted')), {}),
    ("link to a heading", word('<text:a xlink:type="simple" xlink:href="#Series A|outline">counsel</text:a>'), {}),
    ("container of no Basic", swap("<office:settings>", BASIC.replace('<ooo:library-embedded ooo:name="Standard"/>', "") +
                                   "<office:settings>"), {}),
    ("time of work of nothing", swap("<office:meta>", "<office:meta><meta:editing-duration>PT0S</meta:editing-duration>"), {}),

    # What a house style allows.
    ("paper", swap('fo:page-height="11in"', 'fo:page-height="13in"'), {"page": {"paper": ["Letter", "8.5in x 13in"]}}),
    ("margins", swap('fo:margin-left="1.25in"', 'fo:margin-left="1in"'), {"page": {"margins": {"left": "1in"}}}),
    ("page style that may differ", both(page_style("Schedule", 'fo:margin-left="0.5in"', HEADER, FOOTER), annex("Schedule")),
     {"page": {"allow": ["Sched*"]}}),
    *((f"{part} of {page} pages", change, {"headers": {page: {part: lines}}})
      for page, part, lines, change in (
          ("first", "header", ["EXHIBIT*", "[picture]", "*", "*", "*"], same), ("first", "footer", ["A limited*"], same),
          ("continuation", "header", ["*Trust*", "*", "Page #"], same), ("continuation", "footer", ["Marlow*"], same),
          ("left", "header", ["*", "*", "*#"], left()), ("left", "footer", ["*Pike*"], left()))),
    ("styles that are there", same, {"styles": {"required": ["Letter Re", "Defined Term"], "forbidden": ["Old Body"],
                                                "replace": {"Strong": "Defined Term"}}}),
    ("style of one’s own", styled("Own"), {"styles": {"only_letterhead": False}}),
    ("font", styled("Own", text("fo:font-family", "Palatino")), {"fonts": {"allow": ["Liberation Serif", "Palatino"]}}),
    ("size", styled("Own", text("fo:font-size", "13pt")),
     {"font_sizes": {"allow": ["8pt", "9pt", "11pt", "12pt", "13pt", "23pt"]}}),
    ("formatting by hand", span(text("fo:color", "#ff0000")), {
     "direct_formatting": {"allow": ["color"], "remove": ["font-size"]}}),
    ("share of formatting by hand", span(text("fo:font-style", "italic")), {"direct_formatting": {"most_percent": 0}}),
    ("empty paragraphs", before_behind(3 * EMPTY), {"empty_paragraphs": {"allow": ["Letter Body"]}}),
    ("style of the signature block", both(named("Executed"), swap(
        CLOSING + SIGNED, p("Harriet Pike", "Executed") + p("Partner"))), {"signature": {"styles": ["Signature Closing"],
                                                                                         "closings": ["In witness"]}}),
    ("languages", FRENCH, {"language": {"allow": ["en-US", "fr-FR"]}}),
    ("breaks inside a number", word("counsel under § 5, for Mr. Pike, on May 5, 2006,"),
     {"non_breaking": {"before_number": [], "titles": [], "dates": False}}),
    ("blanks", word("[counsel] [to come]"), {"brackets": {"allow": ["[counsel]", "[to *]"]}}),
]
