# SPDX-License-Identifier: MPL-2.0
"""For each rule of a house style the changes by which a letter that keeps it breaks it, and no other rule."""

import house_letter as sample

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
    ("roman page numbers", swap('style:num-format="1" style:print', 'style:num-format="i" style:print'), "page", ["EG-H013"],
     "form of page numbers is i, ii, iii instead of 1, 2, 3", 0, True),
    ("no page numbers", swap('style:num-format="1" style:print', 'style:num-format="" style:print'), "page", ["EG-H013"],
     "form of page numbers is none", 0, True),
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
    ("line breaks", swap("We are admitted", "We<text:line-break/><text:line-break/><text:line-break/>are admitted"),
     "spaces", ["EG-H032"], "3 line breaks", 10, False),
    ("empty but for a non-breaking space", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">\u00a0</text:p>' + NUMBERED),
     "empty_paragraphs", ["EG-H031"], "One empty paragraph", 10, True),
    ("typed number of two levels", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">1.1<text:tab/>We are admitted'),
     "numbering", ["EG-H028"], "“1.1” is typed", 10, False),
    ("typed section", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">Section 1.<text:tab/>We are admitted'),
     "numbering", ["EG-H028"], "“Section 1.” is typed", 10, False),
    ("typed bullet", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">•<text:tab/>We are admitted'),
     "numbering", ["EG-H028"], "“•” is typed", 10, False),
    ("typed number before a non-breaking space", swap(NUMBERED, '<text:p text:style-name="Letter_20_Body">1)\u00a0We are admitted'),
     "numbering", ["EG-H028"], "“1)” is typed", 10, False),
    ("hidden variable", swap("counsel", '<text:variable-set text:name="v" text:display="none" office:value-type="string" '
                             'office:string-value="weak"/>counsel'), "hidden_text", ["EG-H042"], "“weak”", 6, False),
    ("the other alternative", swap("counsel", '<text:conditional-text text:condition="ooow:1" text:string-value-if-true="counsel" '
                                   'text:string-value-if-false="weak">counsel</text:conditional-text>'),
     "hidden_text", ["EG-H042"], "“weak”", 6, False),
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
    ("broken reference", swap("counsel", '<text:bookmark-ref text:reference-format="number" text:ref-name="_Ref7">7'
                              '</text:bookmark-ref> counsel'), "links", ["EG-H069"], "“7” leads to “_Ref7”", 6, False),
    ("broken reference to a note", swap("counsel", '<text:note-ref text:note-class="footnote" text:reference-format="text" '
                                        'text:ref-name="ftn3">3</text:note-ref> counsel'),
     "links", ["EG-H069"], "“ftn3”", 6, False),
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
    "line breaks": (None, "Use an indent or a tab stop"),
    "typed number of two levels": (swap(NUMBERED + " to practice in New York.</text:p>", ENTRY), "an entry of a list style"),
    "typed section": (swap(NUMBERED + " to practice in New York.</text:p>", ENTRY), "an entry of a list style"),
    "typed bullet": (swap(NUMBERED + " to practice in New York.</text:p>", ENTRY), "an entry of a list style"),
    "typed number before a non-breaking space": (swap(NUMBERED + " to practice in New York.</text:p>", ENTRY), "an entry of a list style"),
    "hidden variable": (None, "Delete it or show it"),
    "the other alternative": (None, "Delete it or show it"),
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
    "broken reference": (swap("counsel", '<text:bookmark text:name="_Ref7"/><text:bookmark-ref '
                              'text:reference-format="number" text:ref-name="_Ref7">7</text:bookmark-ref> counsel'),
                         "Set it again"),
    "broken reference to a note": (None, "Set it again"),
    "link to a server": (None, "the text can stay"),
    "link to a macro": (None, "Remove them"),
    "data source": (None, "or delete it"),
    "outside": (None, "Embed it"),
}
# Shown by other tests: what LibreOffice lays out.
ELSEWHERE = {"laid_out"}
