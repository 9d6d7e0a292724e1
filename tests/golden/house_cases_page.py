# SPDX-License-Identifier: MPL-2.0
"""Cases of the rules for pages: paper and margins, page styles, headers and footers, header and address block."""

import house_letter as sample
from house_cases import (AT_OPEN, FOOTER, LINE, PAGE_LINE, STYLES, TABLE, Case, annex, at_end, automatic, before_behind, both,
                         by_hand, in_header, named, p, page_style, paragraph, same, swap, within)

ADDRESSEE = ('<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_1">Harbor Trust Company'
             "</text:bookmark-ref>")
DATE = '<text:bookmark-ref text:reference-format="text" text:ref-name="_eng_header_2">February\u00a027, 2006</text:bookmark-ref>'
LETTER_DATE = ('<text:p text:style-name="Letter_20_Date"><text:bookmark-start text:name="_eng_header_2"/>February\u00a027, 2006'
               '<text:bookmark-end text:name="_eng_header_2"/></text:p>')
LETTER_NAME = ('<text:p text:style-name="Letter_20_Address"><text:bookmark-start text:name="_eng_header_1"/>Harbor Trust Company'
               '<text:bookmark-end text:name="_eng_header_1"/></text:p>')
HEADER = sample.HEADER + PAGE_LINE
FIRST_FOOTER = "A limited liability partnership organized under the laws of the State of New York"
FIRST = "styles.xml 4 “EXHIBIT 5.1”"
LATER = "styles.xml 1 “Harbor Trust Company”"


MIRROR = 'style:mirror="none"'


def other_logo(source):
    start = source.index("<office:binary-data>")
    end = source.index("</office:binary-data>", start)
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    return source[:start] + "<office:binary-data>" + pixel + source[end:]


def without_logo(source):
    start = source.index("<draw:frame")
    end = source.index("</draw:frame>", start) + len("</draw:frame>")
    return source[:start] + source[end:]


def two_page_styles(source):
    """As Writer's own letter templates have it: page 1 on First Page, which Standard follows."""
    source = swap('<style:master-page style:name="Standard" style:page-layout-name="Letter">',
                  '<style:master-page style:name="Standard" style:page-layout-name="Letter"><style:header>' + HEADER +
                  "</style:header><style:footer>" + FOOTER + "</style:footer></style:master-page><style:master-page "
                  'style:name="First_20_Page" style:display-name="First Page" style:page-layout-name="Letter" '
                  'style:next-style-name="Standard">')(source)
    return both(automatic("D2", "", parent="Letter_20_Date", more=' style:master-page-name="First_20_Page"'),
                swap('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="D2">'))(source)


def left(header="", footer=""):
    """Left pages with a header or footer of their own; the rest is that of later pages."""
    return both(swap("<style:footer>", f"<style:header-left>{header or HEADER}</style:header-left><style:footer>"),
                swap("<style:footer-first>", f"<style:footer-left>{footer or FOOTER}</style:footer-left><style:footer-first>"))


OWN_BLOCK = both(
    named(
        "Addressee",
        parent="Letter_20_Address"),
        named(
            "Day",
            parent="Letter_20_Date"),
            lambda source: source.replace(
                '<text:p text:style-name="Letter_20_Address">',
                '<text:p text:style-name="Addressee">'),
                swap(
                    '<text:p text:style-name="Letter_20_Date">',
                     '<text:p text:style-name="Day">'))
TURNED = 'fo:page-width="11in" fo:page-height="8.5in" style:print-orientation="landscape"'
LANDSCAPE = both(page_style("Turned", TURNED, HEADER, FOOTER), annex("Turned"))
TURNED_A4 = both(page_style("Turned", 'fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape"', HEADER,
                            FOOTER), annex("Turned"))


PAGE = "styles.xml 3 “Page 2”"
BEGINS = ' style:master-page-name="Standard"'
IN_BOX = ('<draw:frame draw:name="Box" text:anchor-type="paragraph" svg:width="3in" svg:height="0.5in"><draw:text-box>%s'
          "</draw:text-box></draw:frame>")
# The letter's own page without the letterhead.
CONTINUED = swap("</office:master-styles>",
                 '<style:master-page style:name="Letter_20_continued" style:display-name="Letter continued" '
                 f'style:page-layout-name="Letter"><style:header>{HEADER}</style:header><style:footer>{FOOTER}</style:footer>'
                 "</style:master-page></office:master-styles>")


# A year and a day in the subject of a letter are not its date.
SUBJECT = swap(p("Ladies and Gentlemen:", "Letter_20_Salutation"),
               p("<text:tab/>Class A, Series 2006-1", "Letter_20_Re") + p("Ladies and Gentlemen:", "Letter_20_Salutation"))


def page_field(old, new):
    return swap(PAGE_LINE, PAGE_LINE.replace(old, new))


def begins_page(page, properties=""):
    """A table that begins a page."""
    return both(automatic("TB", f'<style:table-properties style:width="6in"{properties}/>', "table",
                          more=f' style:master-page-name="{page}"'),
                at_end(TABLE % (' table:style-name="TB"', p("Series A"))))


DATE_LINE = '<text:p text:style-name="Letter_20_Date">'
CASES = [
    Case("page", "paper", swap('fo:page-height="11in"', 'fo:page-height="14in"'),
         [("EG-H012", "The page style “Standard” has paper of 8.5in × 14in; the house style says 8.5in × 11in", STYLES)]),
    *(Case("page", f"{side} margin", within("<style:page-layout-properties", f'fo:margin-{side}="{was}"',
                                            f'fo:margin-{side}="1in"'),
           [("EG-H013", f"In the page style “Standard” the {side} margin is 1in instead of {was}.", STYLES)])
      for side, was in (("left", "1.25in"), ("right", "1.25in"), ("top", "0.6in"), ("bottom", "0.5in"))),
    Case("page", "gap below the header", within("<style:header-style>", 'fo:margin-bottom="0.35in"', 'fo:margin-bottom="0.1in"'),
         [("EG-H013", "In the page style “Standard” the distance from header to text is 0.1in instead of 0.35in", STYLES)]),
    Case("page", "header that does not grow", within("<style:header-style>", "fo:min-height", "svg:height"),
         [("EG-H013", "In the page style “Standard” the height of the header is 0.1in, too low for its lines, instead of as high "
           "as they are", STYLES)]),
    Case("page", "gap above the footer", within("<style:footer-style>", 'fo:margin-top="0.3in"', 'fo:margin-top="0.1in"'),
         [("EG-H013", "In the page style “Standard” the distance from text to footer is 0.1in instead of 0.3in", STYLES)]),
    Case("page", "roman page numbers", swap('style:num-format="1" style:print', 'style:num-format="i" style:print'),
         [("EG-H013", "In the page style “Standard” the form of page numbers is i, ii, iii instead of 1, 2, 3", STYLES)]),
    Case("page", "no page numbers", swap('style:num-format="1" style:print', 'style:num-format="" style:print'),
         [("EG-H013", "In the page style “Standard” the form of page numbers is none instead of 1, 2, 3", STYLES)]),
    Case("page", "paper of an annex", both(page_style("Annex", 'fo:page-height="14in"', HEADER, FOOTER), annex("Annex")),
         [("EG-H070", "The page style “Annex” keeps its own paper (8.5in × 14in)", STYLES)],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="give its pages the page style of the letter"),
    Case("page", "margin of an annex", both(page_style("Annex", 'fo:margin-left="1in"', HEADER, FOOTER), annex("Annex")),
         [("EG-H070", "The page style “Annex” keeps its own left margin (1in)", STYLES)],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="give its pages the page style of the letter"),
    Case("page", "several of them", swap('fo:margin-left="1.25in" fo:margin-right="1.25in"',
                                         'fo:margin-left="1in" fo:margin-right="1in"'),
         [("EG-H013",
           "In the page style “Standard” the left margin is 1in instead of 1.25in, the right margin is 1in instead of 1.25in.",
           STYLES)]),
    Case("page", "annex that the house does not let differ", both(page_style("Annex", 'fo:margin-left="1in"', HEADER, FOOTER),
                                                                  annex("Annex")),
         [("EG-H070", "The page style “Annex” keeps its own left margin (1in)", STYLES)],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), house={"page": {"allow": ["Schedule*"]}},
         person="give its pages the page style of the letter"),
    Case("page", "paper that the house names", swap('fo:page-height="11in"', 'fo:page-height="12in"'),
         [("EG-H012", "8.5in × 12in; the house style says 8.5in × 11in or 8.5in × 14in or 8.268in × 11.693in or 8.5in × 13in",
           STYLES)],
         house={"page": {"paper": ["Letter", "Legal", "A4", "8.5in x 13in"]}}),
    Case("page", "paper that the letterhead itself does not have", same,
         [("EG-H012", "8.5in × 11in; the house style says 8.268in × 11.693in", STYLES)],
         swap('fo:page-width="8.5in" fo:page-height="11in"', 'fo:page-width="210mm" fo:page-height="297mm"'),
         house={"page": {"paper": ["A4"]}}, person="choose the paper in the page style"),
    Case("page", "margin that the letterhead itself does not have", swap('fo:margin-left="1.25in"', 'fo:margin-left="1.1in"'),
         [("EG-H013", "the left margin is 1.1in instead of 1in", STYLES)],
         swap('fo:margin-left="1.25in"', 'fo:margin-left="1in"'),
         house={"page": {"margins": {"left": "1in"}}}, person="set the margin in the page style"),
    Case("page", "margin that the house names", swap('fo:margin-left="1.25in"', 'fo:margin-left="1.1in"'),
         [("EG-H013", "the left margin is 1.1in instead of 1.25in", STYLES)], house={"page": {"margins": {"left": "1.25in",
                                                                                                          "top": "0.6in"}}}),
    Case("page", "paper of pages on their side", TURNED_A4,
         [("EG-H070", "The page style “Turned” keeps its own paper (11.693in × 8.268in)", STYLES)],
         LANDSCAPE, house={"page": {"paper": ["Letter"]}}, person="give its pages the page style of the letter"),

    Case("page_styles", "two page styles", two_page_styles,
         [("EG-H023", "Page 1 stands on the page style “First Page” and the rest on “Standard”", STYLES)]),

    Case("headers", "footer", swap(FOOTER, FOOTER.replace("&amp;", "and")),
         [("EG-H021", "The footer of every later page reads “Marlow and Pike LLP”; it should read “Marlow & Pike LLP”",
           "styles.xml 9 “Marlow and Pike LLP”")]),
    Case("headers", "footer of page 1", swap(FIRST_FOOTER, "A partnership"),
         [("EG-H021", f"The footer of page 1 reads “A partnership”; it should read “{FIRST_FOOTER}”",
           "styles.xml 10 “A partnership”")]),
    Case("headers", "header of page 1", swap('Letterhead_20_Firm">Marlow &amp; Pike LLP', 'Letterhead_20_Firm">Marlow Pike'),
         [("EG-H021", "The header of page 1 reads “EXHIBIT 5.1 / [picture] / Marlow Pike / 41 Chancel Street", FIRST)],
         person="correct the text"),
    Case("headers", "no logo", without_logo,
         [("EG-H021", "The header of page 1 reads “EXHIBIT 5.1 / Marlow & Pike LLP / 41 Chancel", FIRST)],
         person="Put the document on the letterhead"),
    Case("headers", "size of the logo", swap('svg:width="0.72in" svg:height="0.72in"', 'svg:width="3in" svg:height="3in"'),
         [("EG-H021", "The size of the logo of page 1 reads “3in × 3in”; it should read “0.72in × 0.72in”", FIRST)]),
    *(Case("headers", f"logo that is {why}", swap(was, now),
           [("EG-H021", f"The logo of page 1 reads “{why}”; it should read “the letterhead’s”", FIRST)])
      for why, was, now in (("transparent", MIRROR, f'{MIRROR} draw:image-opacity="0%"'),
                            ("cropped", MIRROR, f'{MIRROR} fo:clip="rect(0.3in, 0.3in, 0.3in, 0.3in)"'),
                            ("off the page", 'text:anchor-type="as-char"', 'text:anchor-type="page" svg:x="20in"'))),
    Case("headers", "other logo", other_logo,
         [("EG-H021", "The logo of page 1 reads “another picture”; it should read “the letterhead’s”", FIRST)]),
    Case("headers", "no page number", swap(PAGE_LINE, ""),
         [("EG-H021", "reads “Harbor Trust Company / February 27, 2006”; it should read “… / … / Page #”", LATER)]),
    Case("headers", "no header", swap("<style:header>", '<style:header style:display="false">'),
         [("EG-H020", "Every later page has no header; it should read “… / … / Page #”", STYLES)]),
    Case("headers", "no footer", swap("<style:footer>", '<style:footer style:display="false">'),
         [("EG-H020", "Every later page has no footer; it should read “Marlow & Pike LLP”", STYLES)]),
    Case("headers", "no footer of page 1", swap("<style:footer-first>", '<style:footer-first style:display="false">'),
         [("EG-H020", f"Page 1 has no footer; it should read “{FIRST_FOOTER}”", STYLES)]),
    Case("headers", "style of a line", swap('"Letterhead_20_Office">41', '"Letterhead_20_Partners">41'),
         [("EG-H021",
           "The style of “41 Chancel Street · New York, New York 10004 · (212) 555-014…” in the header of page 1 reads "
           "“Letterhead Partners”; it should read “Letterhead Office”",
           "styles.xml “41 Chancel Street · New York, New York 10004 · "
           "(212) 555-0142”")]),
    Case("headers", "header of left pages", left(header=p("Left", "Header")),
         [("EG-H021", "The header of every left page reads “Left”; it should read “… / … / Page #”", "styles.xml 9 “Left”")],
         left(), person="correct the text"),
    Case("headers", "footer of left pages", left(footer=FOOTER.replace("&amp;", "and")),
         [("EG-H021", "The footer of every left page reads “Marlow and Pike LLP”; it should read “Marlow & Pike LLP”",
           "styles.xml 13 “Marlow and Pike LLP”")]),
    Case("headers", "older letterhead in the text", swap(DATE_LINE, p("OLD &amp; PARTNERS LLP") + p("1 Old Street, Boston 02110") +
                                                          DATE_LINE),
         [("EG-L017", "The text begins with “OLD & PARTNERS LLP”, before the date", "content.xml 1 “OLD & PARTNERS LLP”")],
         person="Delete it in Writer"),
    Case("headers", "header of an annex", both(page_style("Annex", "", sample.HEADER + PAGE_LINE.replace("Page", "Sheet"),
                                                          FOOTER),
                                               annex("Annex")),
         [("EG-H021",
           "The header of the pages in the style “Annex” reads “Harbor Trust Company / February 27, 2006 / Sheet #”; it should read "
           "“… / … / Page #”", "styles.xml 11 “Harbor Trust Company”")],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="correct the text"),
    Case("headers", "footer of an annex", both(page_style("Annex", "", HEADER, FOOTER.replace("&amp;", "and")), annex("Annex")),
         [("EG-H021", "The footer of the pages in the style “Annex” reads “Marlow and Pike LLP”",
           "styles.xml 14 “Marlow and Pike LLP”")],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="correct the text"),
    Case("headers", "order of the lines on left pages", left(header=PAGE_LINE + sample.HEADER),
         [("EG-H021", "reads “Page # / Harbor Trust Company / February 27, 2006”; it should read “… / … / Page #”",
           "styles.xml 9 “Page 2”")]),
    Case("headers", "header of an annex that a table begins",
         both(page_style("Annex", "", LINE % "Sheet", FOOTER), begins_page("Annex")),
         [("EG-H021", "The header of the pages in the style “Annex” reads “Sheet”", "styles.xml 11 “Sheet”")],
         both(page_style("Annex", "", HEADER, FOOTER), begins_page("Annex")), person="correct the text"),
    Case("headers", "page number plus 1", page_field("text:select-page", 'text:page-adjust="1" text:select-page'),
         [("EG-H071", "The page number in the header of every later page is the page’s own plus 1", PAGE)],
         person="insert it again"),
    Case("headers", "number of the page before", page_field('"current"', '"previous"'),
         [("EG-H071", "is the page’s own minus 1", PAGE)], person="insert it again"),
    Case("headers", "form of the page number", page_field("text:select-page", 'style:num-format="i" text:select-page'),
         [("EG-H071", "is written i, ii, iii instead of 1, 2, 3", PAGE)], person="insert it again"),
    Case("headers", "number of all pages", page_field(
        '<text:page-number text:select-page="current">2</text:page-number>', "<text:page-count>2</text:page-count>"),
         [("EG-H071", "is not that of the page where it should be", "styles.xml “Page #”")], person="insert it again"),
    Case("headers", "page number of an annex", both(page_style("Annex", "", HEADER.replace(
        "text:select-page", 'text:page-adjust="-2" text:select-page'), FOOTER), annex("Annex")),
         [("EG-H071", "in the header of the pages in the style “Annex” is the page’s own minus 2", "styles.xml 13 “Page 2”")],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="insert it again"),
    Case("headers", "number of page 1", both(
        automatic("D5", paragraph("style:page-number", "5"), parent="Letter_20_Date", more=BEGINS),
        swap('<text:p text:style-name="Letter_20_Date">', '<text:p text:style-name="D5">')),
         [("EG-H072", "With this paragraph the page numbers begin with 5", "content.xml 1 “February\u00a027, 2006”")],
         person="Clear the page number"),
    Case("headers", "number of a later page", both(CONTINUED, by_hand(
        paragraph("style:page-number", "1"), more=BEGINS.replace("Standard", "Letter_20_continued"))),
         [("EG-H072", "With this paragraph the page numbers begin with 1", AT_OPEN)], person="Clear the page number"),
    Case("headers", "letterhead again", by_hand("", more=BEGINS),
         [("EG-H073", "With this paragraph the page style “Standard” begins again", AT_OPEN)],
         both(CONTINUED, by_hand("", more=BEGINS.replace("Standard", "Letter_20_continued")))),
    Case("headers", "letterhead again at a table", begins_page("Standard"),
         [("EG-H073", "With this paragraph the page style “Standard” begins again", "content.xml 16 “Series A”")],
         both(CONTINUED, begins_page("Letter_20_continued"))),
    Case("headers", "text box", in_header(IN_BOX % p("Pier Trust Company", "Header")),
         [("EG-H074", "A text box in the header of every later page reads “Pier Trust Company”",
           "styles.xml 4 “Pier Trust Company”")], person="Delete it"),
    Case("headers", "text box of page 1", swap(p(FIRST_FOOTER, "Footer"), p(FIRST_FOOTER + IN_BOX % p("Draft", "Header"), "Footer")),
         [("EG-H074", "A text box in the footer of page 1 reads “Draft”", "styles.xml 11 “Draft”")], person="Delete it"),
    *(Case("headers", f"{part} of {page} pages that the house names", change,
           [(code, words, place)], mended, house={"headers": {page: {part: lines}}}, person=hint)
      for page, part, lines, change, mended, code, words, place, hint in (
          ("first", "header", ["*", "[picture]", "Marlow*", "*", "*", "Attorneys"], same,
           swap("Tobias Renner</text:p>", "Tobias Renner</text:p>" + p("Attorneys", "Letterhead_20_Partners")),
           "EG-H021", "it should read “… / [picture] / Marlow… / … / … / Attorneys”", FIRST, "correct the text"),
          ("first", "footer", [], same, swap(p(FIRST_FOOTER, "Footer"), ""), "EG-H022",
           f"Page 1 has the footer “{FIRST_FOOTER}”, where the house style wants none",
           "styles.xml 10 “A limited liability partnership organize…”", "switch it off in the page style"),
          ("continuation", "header", ["Harbor*", "*", "Sheet #"], same,
           swap(PAGE_LINE, PAGE_LINE.replace("Page", "Sheet")), "EG-H021", "it should read “Harbor… / … / Sheet #”", LATER,
           "correct the text"),
          ("continuation", "footer", ["Marlow & Pike LLP", "#"], same,
           swap(FOOTER, FOOTER + p("<text:page-number>2</text:page-number>", "Footer")),
           "EG-H021", "The footer of every later page reads “Marlow & Pike LLP”; it should read “Marlow & Pike LLP / #”",
           "styles.xml 9 “Marlow & Pike LLP”",
           "correct the text"),
          ("left", "header", ["*", "*", "Sheet #"], left(), left(header=HEADER.replace("Page", "Sheet")), "EG-H021",
           "The header of every left page reads “Harbor Trust Company / February 27, 2006 / Page #”; it should read “… / … / Sheet #”", "styles.xml 9 “Harbor Trust Company”",
           "correct the text"),
          ("left", "footer", ["Left"], left(), left(footer=p("Left", "Footer")), "EG-H021",
           "The footer of every left page reads “Marlow & Pike LLP”; it should read “Left”", "styles.xml 13 “Marlow & Pike LLP”",
           "correct the text"))),

    Case("header_agreement", "addressee", swap("Harbor Trust Company<text:bookmark-end",
                                               "Harbour Trust Company<text:bookmark-end"),
         [("EG-H024", "names “Harbor Trust Company”; the letter is addressed to “Harbour Trust Company”", LATER)],
         lambda source: source.replace("Harbor Trust", "Harbour Trust")),
    Case("header_agreement", "date", swap("February\u00a027, 2006<text:bookmark-end", "March\u00a01, 2006<text:bookmark-end"),
         [("EG-H025", "is dated “February 27, 2006”; the letter is dated “March 1, 2006”",
           "styles.xml 2 “February\u00a027, 2006”")],
         lambda source: source.replace("February\u00a027", "March\u00a01")),
    Case("header_agreement", "addressee as typed text", swap(ADDRESSEE, "Harbor Trust Company"),
         [("EG-H026", "“Harbor Trust Company” as typed text, which no later edit of the address reaches", LATER)]),
    Case("header_agreement", "date as typed text", swap(DATE, "February\u00a027, 2006"),
         [("EG-H026", "as typed text, which no later edit of the date reaches", "styles.xml 2 “February\u00a027, 2006”")]),
    Case("header_agreement", "another addressee as typed text", swap(ADDRESSEE, "Pier Trust Company"),
         [("EG-H024", "names “Pier Trust Company”; the letter is addressed to “Harbor Trust Company”",
           "styles.xml 1 “Pier Trust Company”")]),
    Case("header_agreement", "another date as typed text", swap(DATE, "March\u00a03, 2004"),
         [("EG-H025", "is dated “March 3, 2004”; the letter is dated “February 27, 2006”", "styles.xml 2 “March\u00a03, 2004”")]),
    Case("header_agreement", "reference that leads nowhere", swap('text:ref-name="_eng_header_1"', 'text:ref-name="_Ref9"'),
         [("EG-H024", "names “Harbor Trust Company (a broken reference, printed as “Error: Reference source not found”)”",
           LATER)]),
    Case("header_agreement", "bookmark whose text is gone",
         swap('Harbor Trust Company<text:bookmark-end text:name="_eng_header_1"/>',
              '<text:bookmark-end text:name="_eng_header_1"/>Harbor Trust Company'),
         [("EG-H024", "names “Harbor Trust Company (a reference that prints nothing: its bookmark holds no text any more)”",
           LATER)], lambda source: source),
    Case("header_agreement", "no date", swap(LETTER_DATE, ""),
         [("EG-H027", "The letter has no date, and its continuation header prints “Error: Reference source not found”",
           "styles.xml 2 “February\u00a027, 2006”"),
          ("EG-H069", "“February 27, 2006” leads to “_eng_header_2”, which the document does not have",
           "styles.xml 2 “February\u00a027, 2006”")],
         person="Date the letter", also="the header refers to the date"),
    Case("header_agreement", "no date, which the header has as typed text",
         both(swap(LETTER_DATE, ""), swap(DATE, "February\u00a027, 2006"), SUBJECT),
         [("EG-H027", "The letter has no date, but the continuation header says “February 27, 2006”",
           "styles.xml 2 “February\u00a027, 2006”")], person="Date the letter"),
    Case("header_agreement", "date of nothing", both(swap("February\u00a027, 2006<text:bookmark-end", "<text:bookmark-end"), SUBJECT),
         [("EG-H027", "The letter has no date, and the date line of its continuation header prints nothing",
           "styles.xml 2 “February\u00a027, 2006”")], person="Date the letter"),
    *(Case("header_agreement", f"reference to the {format} of the addressee",
           swap(ADDRESSEE, ADDRESSEE.replace(' text:reference-format="text"', attribute)),
           [("EG-H024", "names “Harbor Trust Company (a reference that prints another thing than the text", LATER)])
      for format, attribute in (("page", ' text:reference-format="page"'), ("number", ' text:reference-format="number"'),
                                ("default", ""))),
    Case("header_agreement", "reference to the page of the date",
         swap(DATE, DATE.replace('"text"', '"page"')),
         [("EG-H025", "is dated “February 27, 2006 (a reference that prints another thing than the text",
           "styles.xml 2 “February\u00a027, 2006”")]),
    Case("header_agreement", "header of an annex", both(page_style("Annex", "",
                                                                   LINE % "Pier Trust Company" + LINE % DATE + PAGE_LINE,
                                                                   FOOTER), annex("Annex")),
         [("EG-H024", "names “Pier Trust Company”; the letter is addressed to “Harbor Trust Company”",
           "styles.xml 11 “Pier Trust Company”")],
         both(page_style("Annex", "", HEADER, FOOTER), annex("Annex")), person="Correct the header"),
    Case("header_agreement", "styles of the address block", both(OWN_BLOCK, swap(ADDRESSEE, "Pier Trust Company")),
         [("EG-H024", "names “Pier Trust Company”; the letter is addressed to “Harbor Trust Company”",
           "styles.xml 1 “Pier Trust Company”")], OWN_BLOCK, house={}, block={"addressee": "Addressee", "date": "Day"}),
]
